/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Text from outside: cleaning, wrapping, fitting, dates.
 *
 * The first byte chooses the number of columns and whether the text is one line.
 */
#include "fuzz_help.h"

#include "base/date.h"
#include "base/utf8_ascii.h"
#include "base/utf8_wrap.h"

static void check_clean(const struct buf *clean, int flags)
{
    struct buf again = BUF_INIT;

    need(strlen(clean->text) == clean->length);
    need(utf8_valid(clean->text, clean->length));
    need(utf8_clean(&again, clean->text, clean->length, flags) == 0);
    need(again.length == clean->length && memcmp(again.text, clean->text, clean->length) == 0);
    for (size_t i = 0; i < clean->length; i++)
        need((unsigned char)clean->text[i] >= 0x20
             || (!(flags & UTF8_ONE_LINE) && strchr("\n\t", clean->text[i])));
    buf_free(&again);
}

/* Every line fits, unless it is one letter wider than the whole line; nothing but blanks and
 * newlines is lost between the lines. */
static void check_wrap(const char *text, int cols)
{
    size_t length, skip;

    for (; length = utf8_wrap(text, cols, &skip), skip; text += skip) {
        need(length <= skip && skip <= strlen(text));
        need(utf8_valid(text, length) && !memchr(text, '\n', length));
        need(utf8_width_n(text, length) <= cols || utf8_letter(text, length) == length);
        for (size_t at = length, used; at < skip; at += used) {
            uint32_t cp = utf8_decode(text + at, skip - at, &used);
            need(cp == '\n' || cp == '\t' || cp == ' ' || cp >= 0x1680);
        }
    }
    need(*text == '\0');
}

static void check_fit(const char *text, int cols)
{
    for (int ascii = 0; ascii < 2; ascii++) {
        struct buf out = BUF_INIT;
        int width = utf8_fit(&out, text, cols, ascii);
        need(width >= 0 && width <= cols && width == utf8_width(out.text));
        need(utf8_valid(out.text, out.length));
        buf_free(&out);
    }
}

static void check_forms(const char *text)
{
    struct buf out = BUF_INIT;

    utf8_fold(&out, text);
    need(utf8_valid(out.text, out.length));
    buf_clear(&out);
    utf8_to_ascii(&out, text);
    for (size_t i = 0; i < out.length; i++)
        need((unsigned char)out.text[i] < 0x80);
    buf_free(&out);
}

static void check_date(const char *text)
{
    int today = date_make(2026, 11, 22), date = date_parse(text, today);
    char shown[11];

    if (date == DATE_NONE)
        return;
    date_iso(date, shown);
    need(date_parse_iso(shown) == date && date_parse(shown, today) == date);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct buf clean = BUF_INIT;
    int flags, cols;

    if (size == 0)
        return 0;
    flags = data[0] & 0x80 ? UTF8_ONE_LINE : 0;
    cols = data[0] & 0x7F;
    utf8_clean(&clean, (const char *)data + 1, size - 1, flags);
    check_clean(&clean, flags);
    check_wrap(clean.text, cols);
    check_fit(clean.text, cols);
    check_forms(clean.text);
    check_date(clean.text);
    buf_free(&clean);
    return 0;
}
