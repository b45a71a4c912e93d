/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the making of a preview shares; for row_import.c and row_import_headings.c only.
 */
#ifndef CORE_ROW_IMPORT_MAKER_H
#define CORE_ROW_IMPORT_MAKER_H

#include "core/row_import.h"

struct schema;
struct table_cell;

/* What is needed while the preview is made. */
struct maker {
    struct row_import *import;
    const struct table *table;
    size_t *cells;            /* for each column of the kind: position of its cell + 1; 0: none */
    char **names;             /* of the plan's rows, folded */
    size_t name_count;
    char ***targets;          /* for each column that is a row item: see target_names() */
    struct err *err;
};

/* Appends the text; blanks and line ends within a name or a heading are one blank. */
void row_import_tidy(struct buf *out, const char *text);

/* ERR_INPUT at the cell. `msgid` has %1$s and %2$s. */
int row_import_fail(const struct maker *maker, const struct table_cell *cell, const char *msgid,
                    const char *a, const char *b);

/* The kind that knows most of the headings, the key's among them: without it no row is known. */
const struct import_kind *row_import_kind(const struct schema *schema, const struct table *table);

/* Finds the column of each heading; what means nothing is noted as unknown. ERR_INPUT when two
 * headings mean the same or the key has none. */
int row_import_headings(struct maker *maker);

#endif
