/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The functions that expressions may call: SQLite's harmless ones and our own.
 *
 * date() and julianday() replace SQLite's, which would read the clock.
 */
#ifndef CORE_EXPR_FUNCTIONS_H
#define CORE_EXPR_FUNCTIONS_H

#include <stdbool.h>

struct ended_names;
struct fact_notes;
struct schema;
struct sqlite3;

/* Where facts come from; read at each call. `notes` may be NULL. */
struct expr_facts {
    const struct schema *schema;
    const struct fact_notes *notes;
    int today;
    const struct ended_names *ended;       /* as of that day */
};

/* The name, in any case, is of a function that expressions may call. */
bool expr_function_is_allowed(const char *name);
/* Makes our own functions known to the database; `facts` is borrowed as long as it is open. */
void expr_functions_register(struct sqlite3 *db, const struct expr_facts *facts);

#endif
