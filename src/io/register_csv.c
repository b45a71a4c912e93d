/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The register as delimited text, by libcsv.
 *
 * libcsv gets the file line by line, so that each row knows the line on which it begins. Its
 * memory has a limit: a quote that nobody closes would otherwise make one value of the rest of
 * the file.
 */
#include <csv.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "io/register_parts.h"

enum { BLOCK = 1 << 16, VALUE_ROOM = 1 << 18 };

struct delimited {
    struct csv_parser parser;
    struct register_reader *reader;
    size_t values;            /* of the row so far */
    int line;                 /* of the file */
    bool has_headings;
    bool in_row, ended;
    int code;
};

static void *limited_realloc(void *old, size_t size)
{
    return size > VALUE_ROOM ? NULL : realloc(old, size);
}

static void on_value(void *bytes, size_t length, void *data)
{
    struct delimited *text = data;
    struct register_reader *r = text->reader;

    if (text->code)
        return;
    if (!text->has_headings) {
        int column = register_reader_add_column(r, bytes ? bytes : "", length);
        text->code = column < 0 ? column : 0;
    } else if (text->values < r->summary->heading_count) {
        register_reader_value(r, (int)text->values, bytes ? bytes : "", length);
    }
    text->values++;
}

static void on_row(int c, void *data)
{
    struct delimited *text = data;

    (void)c;
    text->ended = true;
    if (text->code)
        return;
    if (!text->has_headings) {
        text->code = register_reader_check_columns(text->reader, text->reader->line);
        text->has_headings = true;
    } else {
        register_reader_count(text->reader, text->values, text->line > text->reader->line);
        text->code = register_reader_end(text->reader);
    }
}

/* A whole line, or a part of one that is longer than a block. */
static int feed(struct delimited *text, const char *bytes, size_t length)
{
    if (!text->in_row) {
        register_reader_begin(text->reader, text->line);
        text->values = 0;
    }
    text->ended = false;
    if (csv_parse(&text->parser, bytes, length, on_value, on_row, text) != length)
        return register_reader_fail(text->reader, text->reader->line, 0,
                                    N_("a value is much too long: a quote may be missing"));
    text->in_row = !text->ended;
    text->line += bytes[length - 1] == '\n';
    return text->code;
}

/* An empty line is no row. */
static bool is_empty(const char *bytes, size_t length)
{
    return (length == 1 && *bytes == '\n') || (length == 2 && memcmp(bytes, "\r\n", 2) == 0);
}

static int feed_lines(struct delimited *text, const char *bytes, size_t length)
{
    int code = 0;

    while (length > 0 && !code) {
        const char *newline = memchr(bytes, '\n', length);
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

/* The sign that stands most often in the line of the headings. */
static char find_delimiter(const char *bytes, size_t length)
{
    static const char signs[] = ";\t,";
    size_t best = 0;
    char delimiter = ';';

    for (const char *sign = signs; *sign; sign++) {
        size_t count = 0;
        for (size_t i = 0; i < length && bytes[i] != '\n'; i++)
            count += bytes[i] == *sign;
        if (count > best) {
            best = count;
            delimiter = *sign;
        }
    }
    return delimiter;
}

static bool has_mark(const char *bytes, long length)
{
    return length >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0;
}

static int read_blocks(struct delimited *text, char *block)
{
    long got = register_reader_bytes(text->reader, block, BLOCK);
    size_t skip = has_mark(block, got) ? 3 : 0;
    int code = got < 0 ? (int)got : 0;

    if (got > 0)
        csv_set_delim(&text->parser, (unsigned char)find_delimiter(block, (size_t)got));
    while (got > 0 && !code) {
        code = feed_lines(text, block + skip, (size_t)got - skip);
        skip = 0;
        if (code)
            break;
        got = register_reader_bytes(text->reader, block, BLOCK);
        code = got < 0 ? (int)got : 0;
    }
    return code;
}

int register_csv_read(struct register_reader *r)
{
    struct delimited text = { .reader = r, .line = 1 };
    char *block = xcalloc(BLOCK, 1);
    int code;

    if (csv_init(&text.parser, 0) != 0) {
        free(block);
        return register_reader_fail(r, 0, 0, N_("there is too little memory"));
    }
    csv_set_realloc_func(&text.parser, limited_realloc);
    csv_set_blk_size(&text.parser, 4096);
    code = read_blocks(&text, block);
    /* Quotes inside a value are let be, but one that never ends means that a part is missing. */
    csv_set_opts(&text.parser, CSV_STRICT | CSV_STRICT_FINI);
    if (!code && csv_fini(&text.parser, on_value, on_row, &text) != 0)
        code = register_reader_fail(r, r->line, 0,
                                    N_("a value begins with a quote and never ends"));
    if (!code)
        code = text.code;
    csv_free(&text.parser);
    free(block);
    return code;
}
