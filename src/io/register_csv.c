/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register as delimited text, by libcsv.
 *
 * libcsv gets the file line by line, so that each row knows the line on which it begins. What ends
 * a line is told by the first of them: old spreadsheet programs write CR alone. libcsv's memory
 * has a limit: a quote that nobody closes would otherwise make one value of the rest of the file.
 */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "io/register_parts.h"

enum { BLOCK = 1 << 16, VALUE_ROOM = 1 << 18 };

struct delimited {
    struct csv_parser parser;
    struct register_reader *reader;
    size_t values;            /* of the row so far */
    int line;                 /* of the file */
    char line_end;
    int heading_line;         /* 0: the headings have not been read yet */
    bool checked;             /* they are enough */
    bool in_row, ended, begun;
    int code;
    char block[BLOCK];
};

static void *limited_realloc(void *old, size_t size)
{
    return size > VALUE_ROOM ? NULL : realloc(old, size);
}

static void begin_row(struct delimited *text)
{
    register_reader_begin(text->reader, text->line);
    text->values = 0;
}

static void on_value(void *bytes, size_t length, void *data)
{
    struct delimited *text = data;
    struct register_reader *r = text->reader;

    if (text->code)
        return;
    if (!text->heading_line) {
        int column = register_reader_add_column(r, bytes ? bytes : "", length);
        text->code = column < 0 ? column : 0;
    } else if (text->values < r->summary->heading_count) {
        register_reader_value(r, (int)text->values, bytes ? bytes : "", length);
    }
    text->values++;
}

/* Once there is a row, or when there will be none. */
static int check_headings(struct delimited *text)
{
    if (text->checked || !text->heading_line)
        return 0;
    text->checked = true;
    return register_reader_check_columns(text->reader, text->heading_line);
}

static int end_row(struct delimited *text)
{
    int code = check_headings(text);

    if (code)
        return code;
    register_reader_count(text->reader, text->values, text->line > text->reader->line);
    return register_reader_end(text->reader);
}

static void on_row(int c, void *data)
{
    struct delimited *text = data;

    (void)c;
    text->ended = true;
    if (text->code)
        return;
    if (text->heading_line)
        text->code = end_row(text);
    else
        text->heading_line = text->reader->line;
    begin_row(text);
}

/* A whole line, or a part of one that is longer than a block. */
static int feed(struct delimited *text, const char *bytes, size_t length)
{
    if (!text->in_row)
        begin_row(text);
    text->ended = false;
    if (csv_parse(&text->parser, bytes, length, on_value, on_row, text) != length)
        return register_reader_fail(text->reader, text->reader->line, 0,
                                    N_("a value is much too long: a quote may be missing"));
    text->in_row = !text->ended;
    text->line += bytes[length - 1] == text->line_end;
    return text->code;
}

/* An empty line is no row. */
static bool is_empty(const char *bytes, size_t length)
{
    return (length == 1 && (*bytes == '\n' || *bytes == '\r'))
        || (length == 2 && memcmp(bytes, "\r\n", 2) == 0);
}

static int feed_lines(struct delimited *text, const char *bytes, size_t length)
{
    int code = 0;

    while (length > 0 && !code) {
        const char *newline = memchr(bytes, text->line_end, length);
        size_t line = newline ? (size_t)(newline - bytes) + 1 : length;
        if (text->in_row || !is_empty(bytes, line))
            code = feed(text, bytes, line);
        else
            text->line++;
        bytes += line;
        length -= line;
    }
    return code;
}

/* How long the line of the headings is; without an end all of it. */
static size_t first_line(const char *bytes, size_t length)
{
    size_t at = 0;

    while (at < length && bytes[at] != '\n' && bytes[at] != '\r')
        at++;
    return at;
}

/* CR alone, or LF with or without CR in front. */
static char find_line_end(const char *bytes, size_t length)
{
    size_t at = first_line(bytes, length);

    return at + 1 < length && bytes[at] == '\r' && bytes[at + 1] != '\n' ? '\r' : '\n';
}

/* The sign that stands most often in the line of the headings. */
static char find_delimiter(const char *bytes, size_t length)
{
    static const char signs[] = ";\t,";
    size_t best = 0;
    char delimiter = ';';

    for (const char *sign = signs; *sign; sign++) {
        size_t count = 0;
        for (size_t i = 0; i < length; i++)
            count += bytes[i] == *sign;
        if (count > best) {
            best = count;
            delimiter = *sign;
        }
    }
    return delimiter;
}

/* What the first block tells about the whole; returns the bytes that are passed over. */
static size_t begin_file(struct delimited *text, size_t length)
{
    size_t skip = length >= 3 && memcmp(text->block, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    const char *bytes = text->block + skip;

    text->begun = true;
    text->line_end = find_line_end(bytes, length - skip);
    csv_set_delim(&text->parser,
                  (unsigned char)find_delimiter(bytes, first_line(bytes, length - skip)));
    return skip;
}

/* Quotes inside a value are let be, but one that never ends means that a part is missing. */
static int end_file(struct delimited *text)
{
    csv_set_opts(&text->parser, CSV_STRICT | CSV_STRICT_FINI);
    if (csv_fini(&text->parser, on_value, on_row, text) != 0)
        return register_reader_fail(text->reader, text->reader->line, 0,
                                    N_("a value begins with a quote and never ends"));
    return text->code ? text->code : check_headings(text);
}

static int start(struct register_reader *r)
{
    struct delimited *text = r->state = xcalloc(1, sizeof *text);

    text->reader = r;
    text->line = 1;
    if (csv_init(&text->parser, 0) != 0)
        return register_reader_fail(r, 0, 0, N_("there is too little memory"));
    csv_set_realloc_func(&text->parser, limited_realloc);
    csv_set_blk_size(&text->parser, 4096);
    return 0;
}

static int step(struct register_reader *r)
{
    struct delimited *text = r->state;
    long got = register_reader_bytes(r, text->block, BLOCK);
    size_t skip = got > 0 && !text->begun ? begin_file(text, (size_t)got) : 0;
    int code = got > 0 ? feed_lines(text, text->block + skip, (size_t)got - skip) : (int)got;

    if (code)
        return code;
    return got > 0 ? 1 : end_file(text);
}

static void end(struct register_reader *r)
{
    struct delimited *text = r->state;

    csv_free(&text->parser);
    free(text);
}

const struct register_format_ops register_csv = { start, step, end };
