/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the readers of the register's three formats share. Only register_file.c, register_reader.c
 * and the readers include this.
 *
 * A reader tells the columns as it meets them, then each row as begin, values, end. Every function
 * that can end the reading returns a code; the reader stops at the first that is not 0. It reads a
 * block a step, so that whoever waits for it can do something else in between.
 */
#ifndef IO_REGISTER_PARTS_H
#define IO_REGISTER_PARTS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "io/register_file.h"

struct register_reader {
    int fd;
    void *state;              /* of the reader of the format */
    long long done;           /* bytes read, those of the first look too */
    const char *name;
    const struct register_headings *headings;
    const struct register_take *take;
    struct register_summary *summary;
    struct err *err;

    size_t room;              /* of the summary's headings */
    size_t near;              /* the column after the one that was found last */

    /* The row that is being read. */
    struct buf text;          /* its values, each with its NUL */
    size_t at[REGISTER_FIELD_COUNT];    /* where each begins, plus 1; 0: none */
    struct buf scratch;
    int line;
    const char *fault;        /* msgid: why the row cannot be used */
    bool doubtful, garbled;

    const char *first_fault;  /* the same of the first row that was left out, and its line */
    int first_line;
};

/* The reader of a format. step() reads on: 1 when there may be more, 0 when all was read, or a
 * code. end() frees what start() has made, also when that failed. */
struct register_format_ops {
    int (*start)(struct register_reader *r);
    int (*step)(struct register_reader *r);
    void (*end)(struct register_reader *r);
};

extern const struct register_format_ops register_csv, register_xml, register_json;

/* An error at a place of the file; line 0: of the whole. Returns its code. */
int register_reader_fail(struct register_reader *r, int line, int col, const char *message);

/* Reads on: at most `size` bytes, 0 at the end, or a negative code. */
long register_reader_bytes(struct register_reader *r, char *bytes, size_t size);

/* Adds the next column; a code when there are too many. */
int register_reader_add_column(struct register_reader *r, const char *heading, size_t length);

/* The number of the column with this heading, which is added when it is new; or a code. */
int register_reader_column(struct register_reader *r, const char *heading, size_t length);

/* Whether the columns that are needed are there; ERR_INPUT with the headings otherwise. Asked after
 * the first row, so that the summary has an example of each column. */
int register_reader_check_columns(struct register_reader *r, int line);

/* Something about the row that is being read is doubtful (msgid). */
void register_reader_doubt(struct register_reader *r, const char *message);

/* A row begins on that line of the file; then its values come, by the number of their column. What
 * is in a column without a meaning is left out; a value too long makes the row useless. */
void register_reader_begin(struct register_reader *r, int line);
void register_reader_value(struct register_reader *r, int column, const char *bytes,
                           size_t length);
/* The row has this many values. With more than there are headings it cannot be used; with fewer, or
 * with line breaks, it is doubtful; with both it cannot, since a quote is not closed then. */
void register_reader_count(struct register_reader *r, size_t values, bool breaks);
int register_reader_end(struct register_reader *r);

#endif
