/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * UTF-8: decoding, cleaning, columns, folding.
 *
 * Character properties, normal forms and case folding come from libutf8proc; what counts as
 * harmless is decided here. A mark is a combining character that
 * takes no column; a letter is one character with the marks after it.
 */
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/mem.h"

enum { MARKS_AT_MOST = 2 };

#define MIDDLE_DOT "\xC2\xB7"

/* By number of bytes: the bits of the lead byte that are kept, the least code point. */
static const struct {
    unsigned char mask, lead, keep;
    uint32_t least;
} shapes[] = {
    { 0x80, 0x00, 0x7F, 0 },
    { 0xE0, 0xC0, 0x1F, 0x80 },
    { 0xF0, 0xE0, 0x0F, 0x800 },
    { 0xF8, 0xF0, 0x07, 0x10000 },
};

static bool is_scalar(uint32_t cp)
{
    return cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF);
}

static uint32_t decode_shape(const unsigned char *bytes, size_t length, size_t shape)
{
    uint32_t cp = bytes[0] & shapes[shape].keep;

    if (shape + 1 > length)
        return UINT32_MAX;
    for (size_t i = 1; i <= shape; i++) {
        if ((bytes[i] & 0xC0) != 0x80)
            return UINT32_MAX;
        cp = cp << 6 | (bytes[i] & 0x3F);
    }
    return cp >= shapes[shape].least && is_scalar(cp) ? cp : UINT32_MAX;
}

uint32_t utf8_decode(const char *text, size_t length, size_t *used)
{
    const unsigned char *bytes = (const unsigned char *)text;
    uint32_t cp = UINT32_MAX;
    size_t shape = 0;

    *used = length > 0;
    if (length == 0)
        return UINT32_MAX;
    if (bytes[0] < 0x80)
        return bytes[0];
    while (shape < countof(shapes) && (bytes[0] & shapes[shape].mask) != shapes[shape].lead)
        shape++;
    if (shape < countof(shapes))
        cp = decode_shape(bytes, length, shape);
    if (cp != UINT32_MAX)
        *used = shape + 1;
    return cp;
}

size_t utf8_encode(uint32_t cp, char out[4])
{
    size_t shape = 3;

    if (!is_scalar(cp))
        cp = 0xFFFD;
    while (shape > 0 && cp < shapes[shape].least)
        shape--;
    for (size_t i = shape; i > 0; i--, cp >>= 6)
        out[i] = (char)(0x80 | (cp & 0x3F));
    out[0] = (char)(shapes[shape].lead | cp);
    return shape + 1;
}

bool utf8_valid(const char *text, size_t length)
{
    size_t used;

    for (size_t at = 0; at < length; at += used) {
        if (utf8_decode(text + at, length - at, &used) == UINT32_MAX)
            return false;
    }
    return true;
}

static utf8proc_category_t category(uint32_t cp)
{
    return utf8proc_category((utf8proc_int32_t)cp);
}

bool utf8_is_mark(uint32_t cp)
{
    utf8proc_category_t c = category(cp);

    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ME;
}

bool utf8_is_word(uint32_t cp)
{
    utf8proc_category_t c = category(cp);

    return utf8_is_mark(cp) || (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO)
        || (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO);
}

int utf8_cp_width(uint32_t cp)
{
    if (cp >= 0x20 && cp < 0x7F)
        return 1;
    if (!is_scalar(cp) || utf8_is_mark(cp))
        return 0;
    return utf8proc_charwidth((utf8proc_int32_t)cp);
}

int utf8_width_n(const char *text, size_t length)
{
    int width = 0;
    size_t used;

    for (size_t at = 0; at < length; at += used)
        width += utf8_cp_width(utf8_decode(text + at, length - at, &used));
    return width;
}

int utf8_width(const char *text)
{
    return utf8_width_n(text, strlen(text));
}

int utf8_widest_part(const char *text, const char *dividers)
{
    int widest = 0;

    while (*text) {
        size_t length = strcspn(text, dividers);
        int width = utf8_width_n(text, length);
        widest = width > widest ? width : widest;
        text += length + (text[length] != '\0');
    }
    return widest;
}

static bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

size_t utf8_letter(const char *text, size_t length)
{
    size_t used, end;

    if (length > 1 && is_ascii(text[0]) && is_ascii(text[1]))
        return 1;             /* nearly all of a page */
    utf8_decode(text, length, &used);
    for (end = used; end < length; end += used) {
        uint32_t cp = utf8_decode(text + end, length - end, &used);
        if (cp == UINT32_MAX || !utf8_is_mark(cp))
            break;
    }
    return end;
}

/* Characters that are assigned and neither control nor format, yet show nothing: joiners,
 * fillers and variation selectors. */
static const struct {
    uint32_t first, last;
} invisible[] = {
    { 0x034F, 0x034F }, { 0x115F, 0x1160 }, { 0x17B4, 0x17B5 }, { 0x180B, 0x180F },
    { 0x3164, 0x3164 }, { 0xFE00, 0xFE0F }, { 0xFFA0, 0xFFA0 }, { 0xE0100, 0xE01EF },
};

/* May the character reach a screen or a document? A soft hyphen is format, but visible. */
static bool is_harmless(uint32_t cp)
{
    if (cp < 0x7F)
        return cp >= 0x20 || cp == '\n' || cp == '\t';
    if (!is_scalar(cp))
        return false;
    for (size_t i = 0; i < countof(invisible); i++) {
        if (cp >= invisible[i].first && cp <= invisible[i].last)
            return false;
    }
    switch (category(cp)) {
    case UTF8PROC_CATEGORY_CF:
        return cp == 0xAD;
    case UTF8PROC_CATEGORY_CC:
    case UTF8PROC_CATEGORY_CN:
    case UTF8PROC_CATEGORY_CS:
    case UTF8PROC_CATEGORY_ZL:
    case UTF8PROC_CATEGORY_ZP:
        return false;
    default:
        return true;
    }
}

/* Replaces what is not harmless, and marks that have no letter to stand on. */
static int replace_harmful(struct buf *out, const char *text, size_t length, int flags)
{
    bool has_base = false;
    int replaced = 0;
    size_t used;

    for (size_t at = 0; at < length; at += used) {
        uint32_t cp = utf8_decode(text + at, length - at, &used);
        if (cp == '\r') {
            used += at + 1 < length && text[at + 1] == '\n';
            cp = '\n';
        }
        if (!is_harmless(cp) || (!has_base && utf8_is_mark(cp))) {
            buf_add(out, MIDDLE_DOT);
            has_base = true;
            replaced++;
        } else if (cp == '\n' || cp == '\t') {
            has_base = (flags & UTF8_ONE_LINE) != 0;
            buf_add_char(out, has_base ? ' ' : (char)cp);
        } else {
            buf_add_n(out, text + at, used);
            has_base = true;
        }
    }
    return replaced;
}

enum utf8_direction utf8_direction(uint32_t cp)
{
    switch ((utf8proc_bidi_class_t)utf8proc_get_property((utf8proc_int32_t)cp)->bidi_class) {
    case UTF8PROC_BIDI_CLASS_L:
        return UTF8_LEFT;
    case UTF8PROC_BIDI_CLASS_R:
    case UTF8PROC_BIDI_CLASS_AL:
        return UTF8_RIGHT;
    case UTF8PROC_BIDI_CLASS_EN:
    case UTF8PROC_BIDI_CLASS_AN:
        return UTF8_NUMBER;
    case UTF8PROC_BIDI_CLASS_ES:
    case UTF8PROC_BIDI_CLASS_CS:
        return UTF8_SIGN;
    case UTF8PROC_BIDI_CLASS_NSM:
        return UTF8_MARK;
    default:
        return UTF8_NEUTRAL;
    }
}

/* Puts valid text into the form that `options` ask for. */
static void map_text(struct buf *text, utf8proc_option_t options)
{
    utf8proc_uint8_t *mapped = NULL;
    utf8proc_ssize_t length = utf8proc_map((const utf8proc_uint8_t *)text->text,
                                           (utf8proc_ssize_t)text->length, &mapped, options);

    if (length >= 0) {
        buf_clear(text);
        buf_add_n(text, (const char *)mapped, (size_t)length);
    }
    free(mapped);
}

static void compose(struct buf *text)
{
    map_text(text, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

/* Leaves each letter its first marks. Returns how many marks went. */
static int drop_marks(struct buf *text)
{
    int dropped = 0, marks = 0;
    size_t used, end = 0;

    for (size_t at = 0; at < text->length; at += used) {
        uint32_t cp = utf8_decode(text->text + at, text->length - at, &used);
        marks = utf8_is_mark(cp) ? marks + 1 : 0;
        if (marks > MARKS_AT_MOST) {
            dropped++;
            continue;
        }
        memmove(text->text + end, text->text + at, used);
        end += used;
    }
    buf_cut(text, end);
    return dropped;
}

/* Printable characters below the first combining mark (U+0300): nothing in them is harmful, and
 * nothing composes. Nearly all texts of Finnish and Swedish are such. */
static bool is_plain(const char *text, size_t length)
{
    const unsigned char *at = (const unsigned char *)text, *end = at + length;

    while (at < end) {
        bool ascii = at[0] >= 0x20 && at[0] <= 0x7e;
        bool latin = end - at > 1 && at[0] >= 0xc2 && at[0] <= 0xcb && (at[1] & 0xc0) == 0x80 &&
                     (at[0] > 0xc2 || at[1] >= 0xa0);
        if (!ascii && !latin)
            return false;
        at += latin ? 2 : 1;
    }
    return true;
}

int utf8_clean(struct buf *out, const char *text, size_t length, int flags)
{
    struct buf clean = BUF_INIT;
    int replaced, dropped;

    if (is_plain(text, length)) {
        buf_add_n(out, text, length);
        return 0;
    }
    replaced = replace_harmful(&clean, text, length, flags);
    do {
        compose(&clean);
        dropped = drop_marks(&clean);
        replaced += dropped;
    } while (dropped > 0);
    buf_add_n(out, clean.text, clean.length);
    buf_free(&clean);
    return replaced;
}

/* Most words have nothing but plain letters, which need no tables. Returns false, and adds nothing,
 * when there is another one. */
static bool fold_ascii(struct buf *out, const char *text)
{
    size_t before = out->length;

    for (const char *at = text; *at; at++) {
        if (!is_ascii(*at)) {
            buf_cut(out, before);
            return false;
        }
        buf_add_char(out, *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at);
    }
    return true;
}

void utf8_fold(struct buf *out, const char *text)
{
    struct buf folded = BUF_INIT;

    if (fold_ascii(out, text))
        return;
    buf_add(&folded, text);
    map_text(&folded, UTF8PROC_CASEFOLD | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    buf_add_n(out, folded.text, folded.length);
    buf_free(&folded);
}

bool utf8_same_folded(const char *a, const char *b)
{
    struct buf x = BUF_INIT, y = BUF_INIT;
    bool same;

    utf8_fold(&x, a);
    utf8_fold(&y, b);
    same = strcmp(x.text, y.text) == 0;
    buf_free(&x);
    buf_free(&y);
    return same;
}
