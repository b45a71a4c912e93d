/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * ASCII from UTF-8: a table for what libutf8proc's decomposition does not tell, that for the rest.
 */
#include "base/utf8_ascii.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

/* What the decomposition of a character does not tell. */
static const struct {
    uint32_t first, last;
    const char *ascii;
} ascii_forms[] = {
    { 0xA7, 0xA7, "par." },     { 0xA9, 0xA9, "(c)" },      { 0xAB, 0xAB, "\"" },
    { 0xAD, 0xAD, "-" },        { 0xB0, 0xB0, "o" },        { 0xB1, 0xB1, "+-" },
    { 0xB4, 0xB4, "'" },        { 0xB7, 0xB7, "." },        { 0xBB, 0xBB, "\"" },
    { 0xC6, 0xC6, "AE" },       { 0xD0, 0xD0, "D" },        { 0xD7, 0xD7, "x" },
    { 0xD8, 0xD8, "O" },        { 0xDE, 0xDE, "Th" },       { 0xDF, 0xDF, "ss" },
    { 0xE6, 0xE6, "ae" },       { 0xF0, 0xF0, "d" },        { 0xF8, 0xF8, "o" },
    { 0xFE, 0xFE, "th" },       { 0x110, 0x110, "D" },      { 0x111, 0x111, "d" },
    { 0x126, 0x126, "H" },      { 0x127, 0x127, "h" },      { 0x131, 0x131, "i" },
    { 0x141, 0x141, "L" },      { 0x142, 0x142, "l" },      { 0x14A, 0x14A, "N" },
    { 0x14B, 0x14B, "n" },      { 0x152, 0x152, "OE" },     { 0x153, 0x153, "oe" },
    { 0x166, 0x166, "T" },      { 0x167, 0x167, "t" },      { 0x2010, 0x2015, "-" },
    { 0x2018, 0x201B, "'" },    { 0x201C, 0x201F, "\"" },   { 0x2022, 0x2022, "*" },
    { 0x2032, 0x2032, "'" },    { 0x2033, 0x2033, "\"" },   { 0x2039, 0x2039, "<" },
    { 0x203A, 0x203A, ">" },    { 0x2044, 0x2044, "/" },    { 0x20AC, 0x20AC, "EUR" },
    { 0x2190, 0x2190, "<" },    { 0x2191, 0x2191, "^" },    { 0x2192, 0x2192, ">" },
    { 0x2193, 0x2193, "v" },    { 0x2212, 0x2212, "-" },    { 0x2264, 0x2264, "<=" },
    { 0x2265, 0x2265, ">=" },   { 0x2500, 0x2501, "-" },    { 0x2502, 0x2503, "|" },
    { 0x2504, 0x2505, "-" },    { 0x2506, 0x2507, "|" },    { 0x2508, 0x2509, "-" },
    { 0x250A, 0x250B, "|" },    { 0x250C, 0x254B, "+" },    { 0x254C, 0x254D, "-" },
    { 0x254E, 0x254F, "|" },    { 0x2550, 0x2550, "=" },    { 0x2551, 0x2551, "|" },
    { 0x2552, 0x256C, "+" },    { 0x256D, 0x2570, "+" },    { 0x2588, 0x2588, "#" },
    { 0x2591, 0x2593, "#" },    { 0x25A0, 0x25A0, "#" },    { 0x25B6, 0x25B6, ">" },
    { 0x25B8, 0x25B8, ">" },    { 0x25BA, 0x25BA, ">" },    { 0x25C0, 0x25C0, "<" },
    { 0x25C6, 0x25C6, "*" },    { 0x25CB, 0x25CB, "o" },    { 0x25CF, 0x25CF, "*" },
    { 0x2611, 0x2611, "x" },    { 0x2713, 0x2714, "x" },    { 0x2717, 0x2718, "x" },
};

static const char *ascii_form(uint32_t cp)
{
    for (size_t i = 0; i < countof(ascii_forms); i++) {
        if (cp >= ascii_forms[i].first && cp <= ascii_forms[i].last)
            return ascii_forms[i].ascii;
    }
    return NULL;
}

/* "a" from "ä", "fi" from the ligature, "1/2" from the fraction. */
static bool add_decomposed(struct buf *out, uint32_t cp)
{
    utf8proc_int32_t parts[32];
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, countof(parts),
                                                     UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE,
                                                     &boundary);
    size_t before = out->length;

    for (utf8proc_ssize_t i = 0; i < count && i < (utf8proc_ssize_t)countof(parts); i++) {
        uint32_t part = (uint32_t)parts[i];
        const char *form = ascii_form(part);
        if (part < 0x80)
            buf_add_char(out, (char)part);
        else if (form)
            buf_add(out, form);
        else if (!utf8_is_mark(part))
            return false;
    }
    return out->length > before;
}

void utf8_to_ascii(struct buf *out, const char *text)
{
    size_t length = strlen(text), used;

    for (size_t at = 0; at < length; at += used) {
        uint32_t cp = utf8_decode(text + at, length - at, &used);
        const char *form = ascii_form(cp);
        size_t before = out->length;
        if (cp < 0x80) {
            buf_add_char(out, (char)cp);
        } else if (form) {
            buf_add(out, form);
        } else if (cp == UINT32_MAX || (!utf8_is_mark(cp) && !add_decomposed(out, cp))) {
            buf_cut(out, before);
            buf_add_char(out, '?');
        }
    }
}

void utf8_file_name(struct buf *out, const char *text, size_t most)
{
    struct buf ascii = BUF_INIT;
    size_t begin = out->length;

    utf8_to_ascii(&ascii, text);
    for (const char *at = ascii.text; *at && out->length - begin < most; at++) {
        char c = *at >= 'A' && *at <= 'Z' ? (char)(*at + 32) : *at;
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            buf_add_char(out, c);
        else if (out->length > begin && out->text[out->length - 1] != '-')
            buf_add_char(out, '-');
    }
    while (out->length > begin && out->text[out->length - 1] == '-')
        buf_cut(out, out->length - 1);
    buf_free(&ascii);
}
