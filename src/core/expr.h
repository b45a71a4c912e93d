/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Expressions of the form language, evaluated over a projection of the answers.
 *
 * The projection holds one value per item, typed; items that are not relevant or hold no
 * value of their type are empty in it. An expression names items plainly; inside a repeat a
 * plain name means the same row's item. Expressions of one place (a form, or the rows
 * of one repeat) are compiled together into a set and evaluated together, which costs a
 * fraction of evaluating them one by one. doc/forms.md lists the functions and the traps.
 */
#ifndef CORE_EXPR_H
#define CORE_EXPR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct err;
struct fact_notes;
struct item;
struct list;
struct rule_text;
struct schema;

enum expr_kind { EXPR_EMPTY, EXPR_INTEGER, EXPR_REAL, EXPR_TEXT };

/* The text is good until the next row or the end of the evaluation. */
struct expr_value {
    enum expr_kind kind;
    int64_t integer;
    double real;
    const char *text;
};

enum expr_truth { EXPR_FALSE, EXPR_TRUE, EXPR_UNKNOWN };

/* Empty is unknown, zero and texts without a number are false. */
enum expr_truth expr_truth(const struct expr_value *value);

/* Sets the evaluator up for a program of one thread; to be called once, before anything else here
 * or in the plan file is used. Not calling it only costs time. */
void expr_setup(void);

/* The projection. `today` is the day number that rules see. */
struct expr_db;
int expr_db_new(struct expr_db **out, const struct schema *schema, int today, struct err *err);
/* The same with columns only for what the expressions of the schema itself read: making it takes
 * half the time. */
int expr_db_new_narrow(struct expr_db **out, const struct schema *schema, int today,
                       struct err *err);
void expr_db_free(struct expr_db *db);
/* The facts that expressions see are those with these notes, which stay alive as long. */
void expr_db_use_notes(struct expr_db *db, const struct fact_notes *notes);
/* The item has a column: some expression may read it. */
bool expr_db_holds(const struct expr_db *db, const struct item *item);

/* Who gives the values outside repeats: `value` is asked for an item whenever an expression reads
 * it; NULL is empty. `data` stays alive as long as expressions are evaluated. */
typedef const char *(*expr_value_of)(void *data, const struct item *item);
void expr_db_source(struct expr_db *db, expr_value_of value, void *data);

/* Writes one row of a repeat as a whole; it is added when it is new. `number` is the row's place in
 * the order from 1. `value` is asked for each item that has a column; NULL is empty. */
void expr_db_write(struct expr_db *db, const struct item *repeat, const char *row, int number,
                   expr_value_of value, void *data);
/* Removes all rows of a repeat. */
void expr_db_clear(struct expr_db *db, const struct item *repeat);

/* Where an expression stands and what it gives: with `list` it is a choice_filter and gives the
 * ids of the choices offered, with a space between. */
struct expr_spec {
    const struct rule_text *rule;
    const struct list *list;
};

/* Expressions of one place: the rows of `repeat`, or (NULL) outside repeats. */
struct expr_set;
int expr_set_new(struct expr_set **out, struct expr_db *db, const struct item *repeat,
                 const struct expr_spec *specs, size_t count, struct err *err);
void expr_set_free(struct expr_set *set);

/* Evaluates the set, for one row or (row NULL) for all in the order of their keys; calls `each`
 * once per row, or once outside repeats with row NULL. */
typedef void (*expr_each)(void *data, const char *row, const struct expr_value *values);
int expr_set_run(struct expr_set *set, const char *row, expr_each each, void *data,
                 struct err *err);

/* Evaluates one expression outside repeats; true when there is none, or when it does not compile,
 * which lint reports. */
enum expr_truth expr_once(struct expr_db *db, const struct rule_text *rule);

/* Compiles one expression alone and reports what is wrong at its place in the file. */
int expr_check(struct expr_db *db, const struct item *repeat, const struct expr_spec *spec,
               struct err *err);

/* Calls `each` for every item that the expression reads (repeats it reads as a whole are given
 * as the repeat), each once. Needs no projection. */
void expr_reads(const struct schema *schema, const char *sql,
                void (*each)(void *data, const struct item *item), void *data);

#endif
