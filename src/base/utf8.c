/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * UTF-8: decoding, cleaning, columns, wrapping, folding.
 *
 * Character properties, normal forms and case folding come from libutf8proc; what counts as
 * harmless and where a line may break is decided here. A mark is a combining character that
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
#define ELLIPSIS "\xE2\x80\xA6"

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

static bool is_mark(uint32_t cp)
{
    utf8proc_category_t c = category(cp);

    return c == UTF8PROC_CATEGORY_MN || c == UTF8PROC_CATEGORY_MC || c == UTF8PROC_CATEGORY_ME;
}

static bool is_alphabetic(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return category(cp) >= UTF8PROC_CATEGORY_LU && category(cp) <= UTF8PROC_CATEGORY_LO;
}

bool utf8_is_word(uint32_t cp)
{
    utf8proc_category_t c = category(cp);

    return is_mark(cp) || (c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO)
        || (c >= UTF8PROC_CATEGORY_ND && c <= UTF8PROC_CATEGORY_NO);
}

int utf8_cp_width(uint32_t cp)
{
    if (cp >= 0x20 && cp < 0x7F)
        return 1;
    if (!is_scalar(cp) || is_mark(cp))
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
        if (cp == UINT32_MAX || !is_mark(cp))
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
        if (!is_harmless(cp) || (!has_base && is_mark(cp))) {
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

/* Puts valid text into the form that `options` ask for. */
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
        marks = is_mark(cp) ? marks + 1 : 0;
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

/* The bytes of the letters that fit into `cols` columns. */
static size_t fitting(const char *text, size_t length, int cols, int *width)
{
    size_t at = 0;

    *width = 0;
    while (at < length) {
        size_t letter = utf8_letter(text + at, length - at);
        int more = utf8_width_n(text + at, letter);
        if (more > cols - *width)
            break;
        *width += more;
        at += letter;
    }
    return at;
}

int utf8_fit(struct buf *out, const char *text, int cols, bool ascii)
{
    size_t length = strlen(text), end;
    int dots = ascii ? 3 : 1, width;

    if (cols <= 0)
        return 0;
    end = fitting(text, length, cols, &width);
    if (end == length) {
        buf_add_n(out, text, length);
        return width;
    }
    if (dots > cols)
        dots = cols;
    end = fitting(text, length, cols - dots, &width);
    buf_add_n(out, text, end);
    if (ascii)
        buf_add_repeat(out, ".", dots);
    else
        buf_add(out, ELLIPSIS);
    return width + dots;
}

/* Blanks that a line may end at; the no-break spaces are not among them. */
static bool is_blank(const char *text, size_t letter)
{
    size_t used;
    uint32_t cp;

    if (letter == 1)
        return *text == ' ' || *text == '\t';
    cp = utf8_decode(text, letter, &used);
    if (letter != used)
        return false;
    return cp >= 0x2000 && category(cp) == UTF8PROC_CATEGORY_ZS && cp != 0x2007 && cp != 0x202F;
}

static size_t next_letter(const char *text)
{
    if (is_ascii(text[0]) && is_ascii(text[1]))
        return 1;
    return utf8_letter(text, strnlen(text, 256));
}

/* A mail or web address, or a host name: breaking it at a hyphen would make it unusable. */
static bool is_address(const char *word)
{
    for (size_t at = 0, letter; word[at] && word[at] != '\n'; at += letter) {
        letter = next_letter(word + at);
        if (is_blank(word + at, letter))
            break;
        if (word[at] == '@' || strncmp(word + at, "://", 3) == 0)
            return true;
        if (word[at] == '.' && at > 0 && ((unsigned char)word[at + 1] | 0x20) >= 'a')
            return true;
    }
    return false;
}

static bool is_hyphen(const char *text, size_t letter)
{
    return (letter == 1 && *text == '-') || (letter == 3 && memcmp(text, "\xE2\x80\x90", 3) == 0);
}

/* What has been read of the line so far. `end` and `next` are the last place where it may
 * end and where the next line would begin; `word` is where the word begun last begins. */
struct wrap {
    size_t at, end, next, word;
    int width, letters;       /* letters in a row just before `at` */
    bool has_text;
};

/* The dash between two dates: "1.1.2026–31.12.2026". That of "77–78" stays with its numbers. */
static bool is_between_days(const char *text, const struct wrap *w, size_t letter)
{
    enum { DATE_LEAST = 8 };      /* "1.1.2026" */
    const char *after = text + w->at + letter;

    return letter == 3 && memcmp(text + w->at, "\u2013", 3) == 0 &&
           w->at - w->word >= DATE_LEAST && strcspn(after, " \n") >= DATE_LEAST &&
           *after >= '0' && *after <= '9';
}

/* A single letter before a hyphen stays with the rest ("Y-tunnus"). */
static bool may_break_after(const char *text, const struct wrap *w, size_t letter)
{
    const char *after = text + w->at + letter;
    size_t used;

    if (is_between_days(text, w, letter))
        return true;
    if (w->letters < 2 || !is_hyphen(text + w->at, letter))
        return false;
    return is_alphabetic(utf8_decode(after, strnlen(after, 4), &used))
        && !is_address(text + w->word);
}

/* Blanks never make a line too long: those at its end are not shown. */
static void pass_blank(struct wrap *w, size_t letter, int width)
{
    if (w->at != w->next)
        w->end = w->at;
    w->at += letter;
    w->width += width;
    w->next = w->word = w->at;
    w->letters = 0;
}

static void pass_letter(const char *text, struct wrap *w, size_t letter, int width)
{
    size_t used;
    bool breaks = may_break_after(text, w, letter);
    bool blank = is_blank(text + w->at, letter);
    bool alphabetic = is_alphabetic(utf8_decode(text + w->at, letter, &used));

    w->letters = alphabetic ? w->letters + 1 : 0;
    w->at += letter;
    w->width += width;
    w->has_text = w->has_text || !blank;
    if (blank)
        w->word = w->at;
    if (breaks)
        w->end = w->next = w->at;
}

static size_t without_blanks_at_end(const char *text, size_t length)
{
    size_t end = 0, letter;

    for (size_t at = 0; at < length; at += letter) {
        letter = utf8_letter(text + at, length - at);
        if (!is_blank(text + at, letter))
            end = at + letter;
    }
    return end;
}

/* "16 §" stays together where the line may break before it. */
static bool is_glued(const char *text, const struct wrap *w, size_t blank)
{
    static const char *const signs[] = { "§", "€", "%" };

    for (size_t i = 0; w->next && i < countof(signs); i++)
        if (strncmp(text + w->at + blank, signs[i], strlen(signs[i])) == 0)
            return true;
    return false;
}

size_t utf8_wrap(const char *text, int cols, size_t *skip)
{
    struct wrap w = { 0 };

    while (text[w.at] && text[w.at] != '\n') {
        size_t letter = next_letter(text + w.at);
        int width = utf8_width_n(text + w.at, letter);
        if (w.has_text && is_blank(text + w.at, letter) && !is_glued(text, &w, letter)) {
            pass_blank(&w, letter, width);
        } else if (w.at > 0 && width > cols - w.width) {
            *skip = w.next ? w.next : w.at;
            return without_blanks_at_end(text, w.next ? w.end : w.at);
        } else {
            pass_letter(text, &w, letter, width);
        }
    }
    *skip = w.at + (text[w.at] == '\n');
    return without_blanks_at_end(text, w.at);
}

void utf8_fold(struct buf *out, const char *text)
{
    struct buf folded = BUF_INIT;

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
        else if (!is_mark(part))
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
        } else if (!is_scalar(cp) || (!is_mark(cp) && !add_decomposed(out, cp))) {
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
