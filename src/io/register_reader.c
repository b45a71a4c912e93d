/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the readers of the three formats have in common: columns by heading, and the making of clean
 * rows.
 *
 * Most values are ASCII or hold a few letters of Latin-1; these take a short way past the general
 * cleaning, which would take most of the time of an import.
 */
#include "io/register_parts.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/register_check.h"

enum { OID_MAX = 128, EXAMPLE_MAX = 100 };

/* ---- reading ---- */

int register_reader_fail(struct register_reader *r, int line, int col, const char *message)
{
    return err_at(r->err, ERR_INPUT, r->name, line, col, "%s", tr_text(err_tr(r->err), message));
}

long register_reader_bytes(struct register_reader *r, char *bytes, size_t size)
{
    ssize_t got;

    do
        got = read(r->fd, bytes, size);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return err_set(r->err, ERR_INPUT, N_("%s: cannot be read: %s"), r->name,
                       err_reason(err_tr(r->err), errno));
    r->done += got;
    return got;
}

/* ---- values ---- */

/* What Windows-1252 has where ISO-8859-1 has control characters; 0: nothing. */
static const uint16_t windows[32] = {
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0, 0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
    0x2122, 0x0161, 0x203A, 0x0153, 0, 0x017E, 0x0178,
};

static void add_from_latin(struct buf *out, const char *bytes, size_t length)
{
    char letter[4];

    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        uint32_t cp = byte;
        if (byte >= 0x80 && byte < 0xA0 && windows[byte - 0x80])
            cp = windows[byte - 0x80];
        if (cp < 0x80)
            buf_add_char(out, (char)cp);
        else
            buf_add_n(out, letter, utf8_encode(cp, letter));
    }
}

static bool is_ascii_text(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] < 0x20 || bytes[i] > 0x7E)
            return false;
    return true;
}

/* Printable ASCII and the printable letters of Latin-1, as UTF-8: these are clean as they are. */
static bool is_latin_text(const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)bytes[i];
        if (byte >= 0x20 && byte <= 0x7E)
            continue;
        if ((byte != 0xC2 && byte != 0xC3) || i + 1 == length)
            return false;
        i++;
        if ((unsigned char)bytes[i] < (byte == 0xC2 ? 0xA0 : 0x80) ||
            (unsigned char)bytes[i] > 0xBF)
            return false;
    }
    return true;
}

static bool is_blank(const char *bytes, size_t length)
{
    return length > 0 && (*bytes == ' ' || *bytes == '\t' || *bytes == '\n' || *bytes == '\r');
}

static void trim(const char **bytes, size_t *length)
{
    for (;;) {
        if (is_blank(*bytes, *length))
            ++*bytes, --*length;
        else if (*length >= 2 && memcmp(*bytes, "\xC2\xA0", 2) == 0)
            *bytes += 2, *length -= 2;
        else
            break;
    }
    for (;;) {
        if (*length > 0 && is_blank(*bytes + *length - 1, 1))
            --*length;
        else if (*length >= 2 && memcmp(*bytes + *length - 2, "\xC2\xA0", 2) == 0)
            *length -= 2;
        else
            break;
    }
}

static void add_clean(struct register_reader *r, struct buf *out, const char *bytes,
                      size_t length)
{
    if (!r->summary->utf8 && r->summary->format == REGISTER_DELIMITED &&
        !is_ascii_text(bytes, length)) {
        buf_clear(&r->scratch);
        add_from_latin(&r->scratch, bytes, length);
        bytes = r->scratch.text;
        length = r->scratch.length;
    }
    trim(&bytes, &length);
    if (is_latin_text(bytes, length))
        buf_add_n(out, bytes, length);
    else
        utf8_clean(out, bytes, length, UTF8_ONE_LINE);
}

static void remark(struct register_reader *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void remark(struct register_reader *r, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, tr_text(err_tr(r->err), format), args);
    va_end(args);
    if (r->take->remark)
        r->take->remark(r->take->data, r->line, text.text);
    buf_free(&text);
}

void register_reader_doubt(struct register_reader *r, const char *message)
{
    r->doubtful = true;
    remark(r, "%s", tr_text(err_tr(r->err), message));
}

/* The functions below bring the value that begins at `start` of the row's text into its form. */

static void settle_date(struct register_reader *r, size_t start)
{
    const char *text = r->text.text + start;
    char iso[11] = "";
    int day;

    if (regcheck_date(text, &day)) {
        date_iso(day, iso);
    } else {
        r->doubtful = true;
        remark(r, N_("\"%s\" is no date that can be read; it is left open"), text);
    }
    buf_cut(&r->text, start);
    buf_add(&r->text, iso);
}

static void settle_flag(struct register_reader *r, size_t start)
{
    static const struct {
        const char *word, *flag;
    } words[] = {
        { "T", "1" }, { "F", "0" }, { "t", "1" }, { "f", "0" }, { "1", "1" }, { "0", "0" },
        { "true", "1" }, { "false", "0" },
    };
    const char *flag = NULL;

    for (size_t i = 0; i < countof(words) && !flag; i++)
        if (strcmp(r->text.text + start, words[i].word) == 0)
            flag = words[i].flag;
    if (!flag) {
        r->doubtful = true;
        remark(r, N_("\"%s\" is neither T nor F; it is left open"), r->text.text + start);
    }
    buf_cut(&r->text, start);
    buf_add(&r->text, flag ? flag : "");
}

/* "123456-7" and "01234567" become "0123456-7"; what is no such number stays as it is. */
static void settle_business(struct register_reader *r, size_t start)
{
    char digits[9], *at = digits;

    for (const char *text = r->text.text + start; *text; text++) {
        if (*text == '-')
            continue;
        if (*text < '0' || *text > '9' || at == digits + 8)
            return;
        *at++ = *text;
    }
    if (at < digits + 7 || (r->text.length - start == 9 && r->text.text[start + 7] == '-'))
        return;
    *at = '\0';
    buf_cut(&r->text, start);
    buf_addf(&r->text, "%s%.*s-%s", at == digits + 8 ? "" : "0", (int)(at - digits) - 1, digits,
             at - 1);
}

static void settle_identifier(struct register_reader *r, size_t start)
{
    if (strncmp(r->text.text + start, "urn:oid:", 8) == 0)
        buf_splice(&r->text, start, 8, NULL, 0);
}

static void settle_nothing(struct register_reader *r, size_t start)
{
    (void)r;
    (void)start;
}

static void (*const settle[])(struct register_reader *r, size_t start) = {
    [REGISTER_IDENTIFIER] = settle_identifier, [REGISTER_TEXT] = settle_nothing,
    [REGISTER_BUSINESS] = settle_business, [REGISTER_DATE] = settle_date,
    [REGISTER_FLAG] = settle_flag,
};

/* Letters that were read in a wrong character set before they came here. */
static bool looks_broken(const char *text, size_t length)
{
    if (is_ascii_text(text, length))
        return false;
    return strstr(text, "\xEF\xBF\xBD") || strstr(text, "\xC3\x83\xC2\xA4") ||
           strstr(text, "\xC3\x83\xC2\xB6") || strstr(text, "\xC3\x83\xE2\x80");
}

/* ---- columns ---- */

int register_reader_add_column(struct register_reader *r, const char *heading, size_t length)
{
    struct register_summary *summary = r->summary;
    struct buf text = BUF_INIT;

    if (summary->heading_count == REGISTER_COLUMNS_MAX)
        return register_reader_fail(r, r->line, 0, N_("more than 256 columns"));
    add_clean(r, &text, heading, length > REGISTER_VALUE_MAX ? REGISTER_VALUE_MAX : length);
    if (summary->heading_count == r->room) {
        r->room = r->room * 2 + 32;
        summary->headings = xrealloc(summary->headings, r->room, sizeof *summary->headings);
        summary->examples = xrealloc(summary->examples, r->room, sizeof *summary->examples);
        summary->fields = xrealloc(summary->fields, r->room, sizeof *summary->fields);
    }
    summary->fields[summary->heading_count] = register_headings_find(r->headings, text.text);
    summary->headings[summary->heading_count] = buf_detach(&text);
    summary->examples[summary->heading_count] = NULL;
    return (int)summary->heading_count++;
}

static bool is_column(const struct register_reader *r, size_t column, const char *heading,
                      size_t length)
{
    return column < r->summary->heading_count &&
           strncmp(r->summary->headings[column], heading, length) == 0 &&
           !r->summary->headings[column][length];
}

static int find_column(const struct register_reader *r, const char *heading, size_t length)
{
    for (size_t column = 0; column < r->summary->heading_count; column++)
        if (is_column(r, column, heading, length))
            return (int)column;
    return -1;
}

/* The values of a row mostly come in the order of the row before. */
int register_reader_column(struct register_reader *r, const char *heading, size_t length)
{
    struct buf clean = BUF_INIT;
    int column = (int)r->near;

    if (!is_column(r, r->near, heading, length))
        column = find_column(r, heading, length);
    if (column < 0) {
        add_clean(r, &clean, heading, length > REGISTER_VALUE_MAX ? REGISTER_VALUE_MAX : length);
        column = find_column(r, clean.text, clean.length);
        buf_free(&clean);
    }
    if (column < 0)
        column = register_reader_add_column(r, heading, length);
    r->near = column < 0 ? 0 : (size_t)column + 1;
    return column;
}

static bool has_field(const struct register_summary *summary, int field)
{
    for (size_t i = 0; i < summary->heading_count; i++)
        if (summary->fields[i] == field)
            return true;
    return false;
}

/* As many headings as a line holds, the unknown ones first: one of them is likely the one. */
static void list_headings(const struct register_summary *summary, struct buf *out)
{
    for (int unknown = 1; unknown >= 0; unknown--)
        for (size_t i = 0; i < summary->heading_count; i++)
            if ((summary->fields[i] == REGISTER_UNKNOWN) == unknown && *summary->headings[i] &&
                out->length < 160)
                buf_addf(out, "%s%s", out->length ? ", " : "", summary->headings[i]);
}

int register_reader_check_columns(struct register_reader *r, int line)
{
    bool has_name = has_field(r->summary, REGISTER_NAME) ||
                    has_field(r->summary, REGISTER_SHORT_NAME);
    const char *missing = has_field(r->summary, REGISTER_OID) ? "name" : "oid";
    struct buf headings = BUF_INIT;

    if (has_name && strcmp(missing, "oid") != 0)
        return 0;
    r->summary->missing = missing;
    list_headings(r->summary, &headings);
    err_at(r->err, ERR_INPUT, r->name, line, 0,
           N_("which heading means \"%s\"? Tell it with --map \"HEADING=%s\"; there are: %s"),
           missing, missing, headings.text);
    buf_free(&headings);
    return ERR_INPUT;
}

/* ---- rows ---- */

void register_reader_begin(struct register_reader *r, int line)
{
    buf_clear(&r->text);
    memset(r->at, 0, sizeof r->at);
    r->line = line;
    r->fault = NULL;
    r->doubtful = r->garbled = false;
    r->near = 0;
}

/* The first value of a column, for who has to tell what its heading means. */
static void keep_example(struct register_reader *r, int column, const char *bytes, size_t length)
{
    struct buf text = BUF_INIT;

    add_clean(r, &text, bytes, length < EXAMPLE_MAX ? length : EXAMPLE_MAX);
    if (text.length)
        r->summary->examples[column] = buf_detach(&text);
    buf_free(&text);
}

void register_reader_value(struct register_reader *r, int column, const char *bytes,
                           size_t length)
{
    int field = r->summary->fields[column];
    size_t start = r->text.length;

    if (!r->summary->examples[column] && length > 0)
        keep_example(r, column, bytes, length);
    if (field < 0 || r->at[field])
        return;
    if (length > REGISTER_VALUE_MAX) {
        r->fault = N_("a value is longer than 4000 bytes");
        return;
    }
    add_clean(r, &r->text, bytes, length);
    if (r->text.length == start)
        return;
    if (looks_broken(r->text.text + start, r->text.length - start)) {
        r->doubtful = r->garbled = true;
        remark(r, N_("letters look broken: \"%s\""), r->text.text + start);
    }
    settle[register_field_kind((enum register_field)field)](r, start);
    r->at[field] = start + 1;
    buf_add_n(&r->text, "", 1);
}

void register_reader_count(struct register_reader *r, size_t values, bool breaks)
{
    static const char spread[] = N_("the row goes on over several lines; a quote may be missing");
    size_t headings = r->summary->heading_count;

    if (breaks && values != headings)
        r->fault = spread;
    else if (values > headings)
        r->fault = N_("there are more values than headings");
    else if (breaks || values < headings)
        r->doubtful = true;
    if (breaks && !r->fault)
        remark(r, spread);
    else if (values < headings && !r->fault)
        remark(r, N_("there are fewer values than headings; the rest is left open"));
}

/* An odd identifier may be in the register all the same, so that only what can be none is
 * refused. */
static bool can_be_oid(const char *text)
{
    size_t length = strlen(text);

    return length < OID_MAX && strspn(text, "0123456789.") == length && strchr(text, '.');
}

static const char *fault_of(const struct register_reader *r, const struct register_row *row)
{
    if (r->fault)
        return r->fault;
    if (!*row->field[REGISTER_OID])
        return N_("the identifier is missing");
    if (!can_be_oid(row->field[REGISTER_OID]))
        return N_("the identifier is no OID");
    if (!*row->field[REGISTER_NAME] && !*row->field[REGISTER_SHORT_NAME])
        return N_("the name is missing");
    return NULL;
}

static int pass_on(struct register_reader *r, const struct register_row *row)
{
    struct register_summary *summary = r->summary;

    if (summary->rows == REGISTER_ROWS_MAX)
        return register_reader_fail(r, r->line, 0, N_("more than 1,000,000 rows"));
    summary->rows++;
    summary->doubtful += r->doubtful;
    summary->garbled += r->garbled;
    if (strcmp(row->field[REGISTER_BEGINS], summary->newest) > 0)
        memcpy(summary->newest, row->field[REGISTER_BEGINS], sizeof summary->newest);
    return r->take->row(r->take->data, row, r->err);
}

int register_reader_end(struct register_reader *r)
{
    struct register_row row = { .line = r->line };
    const char *fault;

    for (int i = 0; i < REGISTER_FIELD_COUNT; i++)
        row.field[i] = r->at[i] ? r->text.text + r->at[i] - 1 : "";
    fault = fault_of(r, &row);
    if (!fault)
        return pass_on(r, &row);
    if (r->summary->left_out++ == 0) {
        r->first_fault = fault;
        r->first_line = r->line;
    }
    if (r->summary->left_out > REGISTER_ROWS_MAX)
        return register_reader_fail(r, r->line, 0, N_("more than 1,000,000 rows"));
    remark(r, N_("row left out: %s"), tr_text(err_tr(r->err), fault));
    return 0;
}
