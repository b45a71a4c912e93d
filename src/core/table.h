/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A table of texts, as a file gives it: rows of cells, each with its place.
 *
 * Who reads files fills it, who understands rows only looks at it. Cells are cleaned UTF-8 without
 * blanks at their ends. Rows may differ in length; none is empty.
 */
#ifndef CORE_TABLE_H
#define CORE_TABLE_H

#include <stddef.h>

struct arena;

struct table_cell {
    const char *text;
    int line, col;            /* from 1, in characters */
};

struct table_row {
    const struct table_cell *cells;
    size_t count;
};

struct table {
    struct arena *arena;      /* holds all cells */
    const char *file;         /* for messages; borrowed */
    struct table_row *rows;
    size_t count, room;
};

void table_free(struct table *table);

#endif
