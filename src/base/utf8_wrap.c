/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where a line may end, in the custom of Finnish and Swedish: what belongs together stays together.
 */
#include "base/utf8_wrap.h"

#include <stdint.h>
#include <string.h>

#include <utf8proc.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

#define ELLIPSIS "\xE2\x80\xA6"

static utf8proc_category_t category(uint32_t cp)
{
    return utf8proc_category((utf8proc_int32_t)cp);
}

static bool is_alphabetic(uint32_t cp)
{
    if (cp < 0x80)
        return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    return category(cp) >= UTF8PROC_CATEGORY_LU && category(cp) <= UTF8PROC_CATEGORY_LO;
}

static bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

/* ---- fitting ---- */

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

/* ---- wrapping ---- */

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
