/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The answers outside repeats as a table of one row that is never written: each value is asked
 * for when an expression reads it. So one answer costs the same among ten questions and among a
 * thousand. Private to expr.c.
 */
#ifndef CORE_EXPR_ROW_H
#define CORE_EXPR_ROW_H

#include <sqlite3.h>

#include "core/expr.h"

struct expr_row {
    const struct item *const *columns;   /* behind `row_key` and `today` */
    size_t count;
    const char *today;
    expr_value_of value;                 /* NULL: all are empty */
    void *data;
};

/* Makes the table in the database; `row` is read as long as the database is open. Returns a code
 * of SQLite. */
int expr_row_make(sqlite3 *db, const char *table, struct expr_row *row);

#endif
