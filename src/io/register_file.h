/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reads a downloaded organisation register, row by row: the code server's delimited text
 * (`;`, tab or comma; UTF-8 or ISO-8859-1), its XML, or the JSON answers of its REST service.
 *
 * The file is hostile until read: it has limits, and beyond one of them, or when it is not what it
 * seems, reading ends with one error that names the place. A row that is broken is passed over
 * and told as a remark; the rest is read. Texts that come out are cleaned (utf8_clean) and trimmed.
 */
#ifndef IO_REGISTER_FILE_H
#define IO_REGISTER_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/sha256.h"
#include "io/register_row.h"

struct err;

enum {
    REGISTER_FILE_MAX = 512 << 20, REGISTER_JSON_MAX = 8 << 20, REGISTER_ROWS_MAX = 1000000,
    REGISTER_COLUMNS_MAX = 256, REGISTER_VALUE_MAX = 4000
};

enum register_format { REGISTER_DELIMITED, REGISTER_XML, REGISTER_JSON };

/* Who gets what is read. The row and its texts are good during the call; row() returns 0, or a
 * code with `err` filled, which ends the reading. The remark is in the language of the error. */
struct register_take {
    int (*row)(void *data, const struct register_row *row, struct err *err);
    void (*remark)(void *data, int line, const char *text);
    void *data;
};

/* What was read. */
struct register_summary {
    enum register_format format;
    bool utf8;
    char digest[SHA256_TEXT];
    long long size, modified; /* bytes; seconds since 1970 */
    int rows;                 /* passed on */
    int left_out, doubtful;   /* broken ones; those passed on with a remark */
    int garbled;              /* rows with letters that look broken; they are doubtful, too */
    char newest[11];          /* the latest day on which a row begins; "" when none does */
    int page_count, pages;    /* of JSON: those of the file, and all; 0 when it does not say */
    char **headings;          /* all of them, as they stand in the file */
    char **examples;          /* of each a value, or NULL */
    int *fields;              /* what each of them means, as register_headings_find() says it */
    size_t heading_count;
    const char *missing;      /* the name of a field that no heading means, but that is needed; the
                                 file was not read further than its first row then */
};

/* Reads a file in steps, for who has other things to do meanwhile. What is given is borrowed until
 * register_reading_close(), which may come at any time; `name` is what errors call the file.
 * `summary` is filled as far as reading came, and freed by the caller in any case. A file without a
 * column that is needed is ERR_INPUT, and the summary lists the headings to choose from. */
struct register_reading;
int register_reading_open(struct register_reading **out, const char *name,
                          const struct register_headings *headings,
                          const struct register_take *take, struct register_summary *summary,
                          struct err *err);
/* 1: there is more; 0: the whole file was read; or a code. */
int register_reading_step(struct register_reading *reading, struct err *err);
/* How much has been read, 0 to 100. */
int register_reading_percent(const struct register_reading *reading);
void register_reading_close(struct register_reading *reading);

void register_summary_free(struct register_summary *summary);

#endif
