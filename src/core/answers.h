/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The current answers, made by replaying the log.
 *
 * A cell stands for one item, in one row when the item is in a repeat. It holds the stored
 * answer and, beside it, what the engine derived from all answers (the engine alone writes
 * that half). Rows have a key that is never reused and an order that the user decides.
 */
#ifndef CORE_ANSWERS_H
#define CORE_ANSWERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fact_notes;
struct item;
struct schema;

/* One line of the log. Reserved items: ROW_ADD, ROW_REMOVE and ROW_MOVE (value: the position,
 * from 1), TASK_DONE ("1" or NULL; `form` is the task), FACT_NOTE (fact_notes.h; `form` is the
 * fact). `row` is "person/3" (repeat and key), or "" outside repeats. */
struct entry {
    int64_t id;
    const char *form, *row, *item;
    const char *value;        /* NULL: cleared */
    const char *at;           /* "2026-11-22T14:32:05" local time */
    int64_t session, change;  /* entries of one change are taken back together */
    int64_t takes_back;       /* the change that this one takes back, or 0 */
    const char *who;          /* user of the session; only when read */
};

#define ENTRY_ROW_ADD "+row"
#define ENTRY_ROW_REMOVE "-row"
#define ENTRY_ROW_MOVE "@row"
#define ENTRY_TASK_DONE "=done"
#define ENTRY_FACT_NOTE "=fact"

enum cell_problem {
    CELL_FINE,
    CELL_NO_VALUE_OF_TYPE,    /* stored as typed, but it is no value of the type */
    CELL_CONSTRAINT,          /* the constraint is false */
    CELL_NOT_OFFERED,         /* the choice is no longer offered */
    CELL_ROW_GONE             /* points to a row that was removed */
};

struct cell {
    char *value;              /* stored answer, NULL when there is none */
    /* derived */
    char *computed;           /* calculate: its value; NULL when empty */
    char *offered;            /* choice_filter: ids with a space between; NULL = all */
    bool of_type;             /* the stored answer is a value of the item's type */
    bool relevant, required;
    unsigned char problem;    /* enum cell_problem */
};

struct row {
    char *key;
    struct cell *cells;       /* one per item of the repeat */
};

/* Row keys that are made or imported are below this. */
#define ROW_KEY_MAX 1000000000000000LL

struct answers;

struct answers *answers_new(const struct schema *schema);
void answers_free(struct answers *answers);

/* Replays one entry. Entries of items that the schema no longer has are ignored. */
void answers_apply(struct answers *answers, const struct entry *entry);

/* The cell of an item; `row` is the row's key, NULL outside repeats. NULL when there is no such
 * row. Good until a row of the repeat is added or removed. */
struct cell *answers_cell(const struct answers *answers, const struct item *item,
                          const char *row);

/* The stored value, NULL when not answered. */
const char *answers_value(const struct answers *answers, const struct item *item,
                          const char *row);

/* How many rows a repeat has. */
size_t answers_row_count(const struct answers *answers, const struct item *repeat);
/* The row at a position from 0; NULL beyond the end. */
struct row *answers_row_at(const struct answers *answers, const struct item *repeat,
                           size_t position);
/* The position of a key, or -1. */
int answers_row_position(const struct answers *answers, const struct item *repeat,
                         const char *key);

/* A key that no row of the repeat ever had, removed ones included. `out` holds 24 bytes. */
void answers_new_key(const struct answers *answers, const struct item *repeat, char out[24]);

/* The user said that the task is done (tasks with ask_complete). */
bool answers_task_done(const struct answers *answers, const char *task);

/* What the user has found when she checked facts. */
const struct fact_notes *answers_notes(const struct answers *answers);

#endif
