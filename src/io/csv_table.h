/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables from CSV files, whoever wrote them.
 *
 * What stands between the cells is found out: a semicolon, a comma or a tab, or what a first line
 * "sep=;" says. Bytes that are no UTF-8 are Windows-1252, of which ISO 8859-1 is a part. Rows
 * without any text are left out. A file that holds a personal identity code anywhere is refused.
 */
#ifndef IO_CSV_TABLE_H
#define IO_CSV_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/table.h"

struct err;

enum { CSV_FILE_MAX = 8 << 20, CSV_CELL_MAX = 64 << 10, CSV_COLUMNS_MAX = 200 };

/* Reads a table of at most `max_rows` rows, the heading included. ERR_INPUT with the place when the
 * bytes are no such table; `out` is empty then. `file` is borrowed. */
int csv_table_parse(struct table *out, const char *bytes, size_t length, const char *file,
                    size_t max_rows, struct err *err);
/* The same from the file `path`; `file` is what messages call it. */
int csv_table_read(struct table *out, const char *path, const char *file, size_t max_rows,
                   struct err *err);

/* The name is that of a table: it ends in .csv, .tsv or .txt. */
bool csv_table_is_name(const char *path);

#endif
