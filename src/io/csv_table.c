/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Decoding, the separator, and the cells.
 *
 * libcsv is fed byte by byte, since it does not tell where a cell begins: the place of the first
 * byte after a separator or a line end is kept until the cell is complete.
 */
#include "io/csv_table.h"

#include <csv.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/identifiers.h"
#include "io/file.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";
static const char person_code_found[] =
    N_("this looks like a personal identity code; nothing was brought in, remove all such codes "
       "from the file");

/* Line and column of the byte that is being looked at. A line ends with CR, LF, or both. */
struct place_in_file {
    int line, col;
};

static void go_on(struct place_in_file *place, const char *at)
{
    if (*at == '\n' || (*at == '\r' && at[1] != '\n'))
        *place = (struct place_in_file){ place->line + 1, 1 };
    else if (*at != '\r' && ((unsigned char)*at & 0xc0) != 0x80)
        place->col++;
}

static struct place_in_file place_of(const char *text, size_t offset)
{
    struct place_in_file place = { 1, 1 };

    for (size_t i = 0; i < offset; i++)
        go_on(&place, text + i);
    return place;
}

/* ---- characters ---- */

/* What 0x80 to 0x9f mean in Windows-1252; 0 for the five that mean nothing, which stay control
 * characters and are replaced with these. */
static const uint16_t windows[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
    0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178,
};

static void decode_windows(struct buf *out, const char *bytes, size_t length)
{
    char letter[4];

    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        uint32_t cp = byte >= 0x80 && byte < 0xa0 ? windows[byte - 0x80] : byte;
        buf_add_n(out, letter, utf8_encode(cp ? cp : byte, letter));
    }
}

static int decode(struct buf *out, const char *bytes, size_t length, const char *file,
                  struct err *err)
{
    size_t mark = strlen(byte_order_mark), at = 0;
    const char *nul = length ? memchr(bytes, '\0', length) : NULL;
    struct place_in_file place;

    if (nul) {
        place = place_of(bytes, (size_t)(nul - bytes));
        return err_at(err, ERR_INPUT, file, place.line, place.col,
                      N_("this is no text file: save the table as CSV (UTF-8)"));
    }
    if (length >= mark && memcmp(bytes, byte_order_mark, mark) == 0)
        at = mark;
    if (utf8_valid(bytes + at, length - at))
        buf_add_n(out, bytes + at, length - at);
    else
        decode_windows(out, bytes + at, length - at);
    return 0;
}

static int refuse_person_code(const char *text, const char *file, struct err *err)
{
    struct place_in_file place;
    size_t at;

    if (!id_has_person_code(text, &at, NULL))
        return 0;
    place = place_of(text, at);
    return err_at(err, ERR_INPUT, file, place.line, place.col,
                  "%s", tr_text(err_tr(err), person_code_found));
}

/* ---- the separator ---- */

static const char separators[] = ";\t,";

/* A spreadsheet may say in the first line what separates the cells. Returns the length of that
 * line. */
static size_t said_separator(const char *text, char *out)
{
    size_t length = 5;

    if (strncasecmp(text, "sep=", 4) != 0 || !text[4] || !strchr(separators, text[4]))
        return 0;
    *out = text[4];
    length += text[length] == '\r';
    length += text[length] == '\n';
    return length > 5 || !text[5] ? length : 0;
}

/* What stands most often between the cells of the heading; the first of equals. */
static char find_separator(const char *text)
{
    size_t counts[sizeof separators] = { 0 }, best = 0;
    bool quoted = false, seen = false;

    for (; *text && (quoted || !seen || !strchr("\r\n", *text)); text++) {
        const char *found = quoted ? NULL : strchr(separators, *text);
        quoted ^= *text == '"';
        seen |= !strchr("\r\n", *text);
        if (found)
            counts[found - separators]++;
    }
    for (size_t i = 1; separators[i]; i++)
        if (counts[i] > counts[best])
            best = i;
    return separators[best];
}

/* ---- cells and rows ---- */

struct reader {
    struct table *table;
    struct err *err;
    size_t max_rows;
    struct place_in_file place, begin;    /* of the byte; of the cell */
    bool between;                         /* the cell has not begun */
    struct table_cell cells[CSV_COLUMNS_MAX];
    size_t cell_count, cell_bytes;
    bool has_text;                        /* a cell of the row has */
    int code;
};

static int fail(struct reader *reader, struct place_in_file place, const char *message)
{
    if (!reader->code)
        reader->code = err_at(reader->err, ERR_INPUT, reader->table->file, place.line, place.col,
                              "%s", tr_text(err_tr(reader->err), message));
    return reader->code;
}

static void on_cell(void *bytes, size_t length, void *data)
{
    struct reader *reader = data;
    struct buf text = BUF_INIT;

    reader->between = true;
    reader->cell_bytes = 0;
    utf8_clean(&text, bytes ? bytes : "", length, 0);
    buf_trim(&text);
    if (reader->cell_count == CSV_COLUMNS_MAX) {
        fail(reader, reader->begin, N_("the row has too many cells"));
    } else if (id_has_person_code(text.text, NULL, NULL)) {
        fail(reader, reader->begin, person_code_found);
    } else {
        reader->has_text |= text.length > 0;
        reader->cells[reader->cell_count++] = (struct table_cell){
            text.length ? arena_strndup(reader->table->arena, text.text, text.length) : "",
            reader->begin.line, reader->begin.col
        };
    }
    buf_free(&text);
}

static void keep_row(struct reader *reader)
{
    struct table *table = reader->table;
    struct table_cell *cells = arena_alloc(table->arena, reader->cell_count, sizeof *cells);

    memcpy(cells, reader->cells, reader->cell_count * sizeof *cells);
    table->rows = vec_room(table->rows, &table->room, table->count + 1, sizeof table->rows[0]);
    table->rows[table->count++] = (struct table_row){ cells, reader->cell_count };
}

static void on_row(int end, void *data)
{
    struct reader *reader = data;

    (void)end;
    if (reader->has_text && reader->table->count == reader->max_rows && !reader->code)
        reader->code = err_at(reader->err, ERR_INPUT, reader->table->file,
                              reader->cells[0].line, reader->cells[0].col,
                              N_("the table has more than %zu rows"), reader->max_rows - 1);
    else if (reader->has_text && !reader->code)
        keep_row(reader);
    reader->cell_count = 0;
    reader->has_text = false;
}

static int read_byte(struct reader *reader, struct csv_parser *parser, const char *at)
{
    if (reader->between && (reader->cell_count > 0 || !strchr("\r\n", *at))) {
        reader->begin = reader->place;
        reader->between = false;
    }
    if (++reader->cell_bytes > CSV_CELL_MAX)
        return fail(reader, reader->begin,
                    N_("the cell is too long; is a quotation mark missing?"));
    if (csv_parse(parser, at, 1, on_cell, on_row, reader) != 1)
        return fail(reader, reader->place,
                    N_("there is a quotation mark within the cell; write it twice and the whole "
                       "cell in quotation marks"));
    go_on(&reader->place, at);
    return reader->code;
}

static void *again(void *old, size_t size)
{
    return xrealloc(old, size, 1);
}

static int read_cells(struct reader *reader, const char *text, char separator)
{
    struct csv_parser parser;

    csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_APPEND_NULL);
    csv_set_realloc_func(&parser, again);
    csv_set_delim(&parser, (unsigned char)separator);
    for (; *text && !reader->code; text++)
        read_byte(reader, &parser, text);
    if (!reader->code && csv_fini(&parser, on_cell, on_row, reader) != 0)
        fail(reader, reader->begin, N_("the quotation mark at the beginning of the cell is not "
                                       "closed"));
    csv_free(&parser);
    return reader->code;
}

static int read_table(struct table *out, const char *text, size_t max_rows, struct err *err)
{
    struct reader *reader = xcalloc(1, sizeof *reader);
    char separator = 0;
    size_t said = said_separator(text, &separator);
    int code;

    *reader = (struct reader){ .table = out, .err = err, .max_rows = max_rows,
                               .place = place_of(text, said), .between = true };
    reader->begin = reader->place;
    code = read_cells(reader, text + said, said ? separator : find_separator(text));
    if (!code && out->count == 0)
        code = fail(reader, (struct place_in_file){ 1, 1 }, N_("the file is empty"));
    free(reader);
    return code;
}

int csv_table_parse(struct table *out, const char *bytes, size_t length, const char *file,
                    size_t max_rows, struct err *err)
{
    struct buf text = BUF_INIT;
    int code = decode(&text, bytes, length, file, err);

    *out = (struct table){ .arena = arena_new(), .file = file };
    if (!code)
        code = refuse_person_code(text.text, file, err);
    if (!code)
        code = read_table(out, text.text, max_rows, err);
    if (code)
        table_free(out);
    buf_free(&text);
    return code;
}

int csv_table_read(struct table *out, const char *path, const char *file, size_t max_rows,
                   struct err *err)
{
    struct buf bytes = BUF_INIT;
    int code = file_read(&bytes, path, CSV_FILE_MAX, err);

    *out = (struct table){ 0 };
    if (!code)
        code = csv_table_parse(out, bytes.text, bytes.length, file, max_rows, err);
    buf_free(&bytes);
    return code;
}

bool csv_table_is_name(const char *path)
{
    static const char *const ends[] = { ".csv", ".tsv", ".txt" };
    size_t length = strlen(path);

    for (size_t i = 0; i < countof(ends); i++)
        if (length > 4 && strcasecmp(path + length - 4, ends[i]) == 0)
            return true;
    return false;
}
