/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What a table would change in the rows of a repeat, and doing it.
 *
 * A preview is made first and only looked at; it writes nothing. Committing it is one change, which
 * undo takes back as one. A row is known by its name (the key of data/imports/): a name that the
 * plan has already gets new answers, another one a new row, and a name that is twice in the table
 * or in the plan is left out instead of guessed. An empty cell leaves the answer as it is, and so
 * does one that is no value of its item, which is told.
 *
 * Strings belong to the preview, or to the plan and the schema; it is good as long as these.
 */
#ifndef CORE_ROW_IMPORT_H
#define CORE_ROW_IMPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;
struct buf;
struct err;
struct import_column;
struct import_kind;
struct item;
struct plan;
struct table;
struct tr;

enum import_fate { IMPORT_LEFT_OUT, IMPORT_CHANGED, IMPORT_NEW, IMPORT_SAME, IMPORT_FATE_COUNT };

/* An answer that would change; values in their stored form, `before` NULL when there is none. */
struct import_change {
    const struct item *item;
    const char *before, *after;
    struct import_change *next;
};

/* Something to say about a cell, or (about the key's) about the whole row. */
struct import_remark {
    const struct item *item;
    int line, col;
    const char *message;      /* msgid with %1$s and %2$s */
    const char *arg[2];
    bool taken;               /* the value is taken all the same */
    struct import_remark *next;
};

struct import_row {
    enum import_fate fate;
    const char *name;         /* as in the table; may be "" when it is left out */
    const char *folded;
    char key[24];             /* of the plan's row; "" for a new one */
    int line, col;
    struct import_change *changes;
    struct import_remark *remarks;
};

struct row_import {
    struct arena *arena;
    struct plan *plan;
    const struct import_kind *kind;
    int64_t entry;            /* the newest entry of the plan that was looked at */
    struct import_row *rows;
    size_t row_count, counts[IMPORT_FATE_COUNT];
    const char **unknown;     /* headings that mean nothing here */
    size_t unknown_count;
};

/* ERR_INPUT with the place when the table cannot be used at all. */
int row_import_new(struct row_import **out, struct plan *plan, const struct table *table,
                   struct err *err);
void row_import_free(struct row_import *import);

/* The column of the kind that a heading means, or NULL. */
const struct import_column *import_column_of(const struct import_kind *kind, const char *heading);

/* There is something to write. */
bool row_import_has_changes(const struct row_import *import);

/* Writes all as one change. Refuses when the plan has changed since the preview was made. */
int row_import_commit(const struct row_import *import, struct err *err);

/* "New: 2" */
void import_fate_text(enum import_fate fate, size_t count, const struct tr *tr, struct buf *out);
/* "New: 2. To change: 1." */
void import_counts_text(const size_t counts[IMPORT_FATE_COUNT], const struct tr *tr,
                        struct buf *out);

/* The preview in words, for every face: `each` is called line by line. Only remarks and rows have a
 * place in the file. */
enum import_words {
    IMPORT_WORDS_NOTE,        /* about the whole file */
    IMPORT_WORDS_HEADING,     /* what happens to the rows that follow */
    IMPORT_WORDS_ROW,
    IMPORT_WORDS_DETAIL,      /* an answer of the row */
    IMPORT_WORDS_REMARK
};
typedef void (*import_tell)(void *data, enum import_words words, int line, int col,
                            const char *text);
void row_import_tell(const struct row_import *import, const struct tr *tr, import_tell each,
                     void *data);

#endif
