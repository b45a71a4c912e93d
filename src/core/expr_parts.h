/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to expr.c (sets of expressions), expr_db.c (the projection) and expr_names.c (what an
 * expression names).
 */
#ifndef CORE_EXPR_PARTS_H
#define CORE_EXPR_PARTS_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/expr.h"
#include "core/expr_functions.h"
#include "core/expr_row.h"

struct buf;
struct ended_names;

/* No id can be this: the table of one row for all that stands outside repeats. */
#define EXPR_PLAN_TABLE "plan:"

/* The values of a statement are the arguments of this function, EXPR_TAKE_MOST a call, behind the
 * place of the first one: a column of its own for each would cost a name and a description of 280
 * bytes in every statement. */
#define EXPR_TAKE "take"
enum { EXPR_TAKE_MOST = 100 };

/* One table of the projection: the items outside repeats (repeat NULL), or a repeat's. */
struct expr_table {
    const char *name;
    const struct item *repeat;
    const struct item **columns;
    size_t count, room;
    sqlite3_stmt *write;
};

struct expr_db {
    sqlite3 *db;
    const struct schema *schema;
    struct expr_table *tables;     /* the first is the one outside repeats */
    struct expr_row plan;          /* its row */
    size_t table_count, table_room;
    char today[11];
    struct expr_facts facts;
    struct ended_names *ended;
    bool trusted;                  /* our own statements pass the authorizer */
    int slices;                    /* used by the evaluation that runs; -1: none runs */
    int takes_left;                /* calls of take() that the statement being compiled may have */
    struct expr_set *running;      /* whose values take() gives; NULL: nobody's */
    bool *list_made;               /* by position in schema->lists, for choice_filter */
};

/* What is wrong with the expression's outer shape, and where, or NULL: it must stay inside the
 * parentheses that it is put into. */
const char *expr_shape_fault(const char *sql, size_t *at);

/* The items that some expression of the content reads, by index: a fraction of all. The caller
 * frees. */
bool *expr_needed_items(const struct schema *schema);

/* The table of a choice_filter's list: its name, and the table itself. */
void expr_list_name(struct buf *sql, const struct expr_db *db, const struct list *list);
void expr_need_list(struct expr_db *db, const struct list *list);

/* The function EXPR_TAKE. */
void expr_take(sqlite3_context *context, int count, sqlite3_value **args);

#endif
