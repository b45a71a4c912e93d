/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lines out of words.
 *
 * A word is what stands between places where a line may always break. The next line takes words
 * while they fit. A word that does not fit is divided when it is wider than a whole line, and in
 * running text when the line would otherwise stay rather empty.
 */
#include "out/pdf_text.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "out/bidi.h"
#include "out/doc.h"
#include "out/hyphen.h"

/* A line that is filled to this share (of 100) is full enough not to divide the next word. */
enum { FULL_ENOUGH = 45 };

/* A division between parts of a compound is taken when they fill this share (of 100). */
enum { PART_ENOUGH = 35 };

/* Letters after the place of a hyphen that decide whether it is right. */
enum { LOOK_AHEAD = 12 };

int pdf_style_drop(const struct pdf_style *style)
{
    return (int)((long)style->leading * 78 / 100);
}

static bool is_at(const struct pdf_text *text, size_t i, char c)
{
    return i < text->glyphs.count && text->text[text->glyphs.at[i].at] == c;
}

static int glyph_width(const struct pdf_text *text, size_t i)
{
    return (int)((long)text->glyphs.at[i].advance * text->style->size / 1000);
}

/* Of the glyphs from `from` to `to`. */
static int span(const struct pdf_text *text, size_t from, size_t to)
{
    long width = 0;
    for (size_t i = from; i < to; i++)
        width += text->glyphs.at[i].advance;
    return (int)(width * text->style->size / 1000 > INT_MAX / 2
                     ? INT_MAX / 2 : width * text->style->size / 1000);
}

static void find_places(struct pdf_text *text)
{
    struct address address;
    for (size_t at = 0; address_next(text->text, at, &address); at = address.to) {
        text->places = vec_room(text->places, &text->place_room, text->place_count + 1,
                                sizeof text->places[0]);
        text->places[text->place_count++] = (struct pdf_place){ .address = address };
    }
}

void pdf_text_set(struct pdf_text *text, struct pdf_fonts *fonts, const struct pdf_style *style,
                  enum lang lang, const char *words)
{
    memset(text, 0, sizeof *text);
    text->style = style;
    text->lang = lang;
    text->text = doc_clean(words, false);
    find_places(text);
    const char *rest = text->text;
    while (*rest != '\0') {
        size_t length = strcspn(rest, "\n"), from = (size_t)(rest - text->text);
        pdf_fonts_shape(fonts, style->face, text->text, from, length, &text->glyphs);
        rest += length;
        if (*rest == '\0')
            break;
        struct pdf_glyphs *glyphs = &text->glyphs;
        glyphs->at = vec_room(glyphs->at, &glyphs->room, glyphs->count + 1, sizeof glyphs->at[0]);
        glyphs->at[glyphs->count++] = (struct pdf_glyph){
            .at = (uint32_t)(from + length), .first = true
        };
        rest++;
    }
}

void pdf_text_free(struct pdf_text *text)
{
    free(text->text);
    free(text->glyphs.at);
    free(text->lines);
    free(text->places);
    memset(text, 0, sizeof *text);
}

struct pdf_place *pdf_text_place(const struct pdf_text *text, size_t i, size_t to, size_t *next)
{
    const struct pdf_glyph *glyphs = text->glyphs.at;
    struct pdf_place *place = NULL;
    size_t end = strlen(text->text);
    for (size_t p = 0; p < text->place_count; p++) {
        const struct address *address = &text->places[p].address;
        if (glyphs[i].at >= address->to)
            continue;
        place = glyphs[i].at >= address->from ? &text->places[p] : NULL;
        end = place != NULL ? address->to : address->from;
        break;
    }
    for (*next = i + 1; *next < to && glyphs[*next].at < end;)
        ++*next;
    return place;
}

/* The letter from glyph `i` on: its advance, and the first glyph that is no more of it. */
static int letter_advance(const struct pdf_text *text, size_t i, size_t *next)
{
    int advance = text->glyphs.at[i].advance;
    for (*next = i + 1; *next < text->glyphs.count && !text->glyphs.at[*next].first; ++*next)
        advance += text->glyphs.at[*next].advance;
    return advance;
}

static int advances(const struct pdf_text *text, size_t from, size_t to)
{
    int sum = 0;
    for (size_t i = from; i < to; i++)
        sum += text->glyphs.at[i].advance;
    return sum;
}

/* Letters from `from` to `to`, which stand to the left of `right`: each to the left of the one
 * before it, but the digits of a number as they are. */
static void stand_leftwards(const struct pdf_text *text, const struct pdf_line *line, size_t from,
                            size_t to, int right, int *stands)
{
    for (size_t i = from, next; i < to; i = next) {
        size_t end = i;
        int x;
        while (end < to && text->glyphs.at[end].level == BIDI_NUMBER)
            end++;
        if (end == i)
            letter_advance(text, i, &end);
        right -= advances(text, i, end);
        for (x = right; i < end; i = next) {
            stands[i - line->from] = x;
            x += letter_advance(text, i, &next);
        }
        next = end;
    }
}

int *pdf_text_stands(const struct pdf_text *text, const struct pdf_line *line)
{
    const struct pdf_glyph *glyphs = text->glyphs.at;
    int *stands = xcalloc(line->to - line->from + 1, sizeof *stands), x = 0;
    size_t visible = line->to;
    while (visible > line->from && is_at(text, visible - 1, ' '))
        visible--;
    for (size_t i = line->from, next; i < line->to; i = next) {
        size_t end = i;
        while (end < visible && glyphs[end].level != BIDI_LEFT)
            end++;
        if (end > i) {
            int width = advances(text, i, end);
            stand_leftwards(text, line, i, end, x + width, stands);
            x += width;
            next = end;
        } else {
            stands[i - line->from] = x;
            x += letter_advance(text, i, &next);
        }
    }
    stands[line->to - line->from] = x;
    return stands;
}

size_t pdf_text_letter(const struct pdf_text *text, size_t i)
{
    size_t at = text->glyphs.at[i].at;
    for (i++; i < text->glyphs.count; i++)
        if (text->glyphs.at[i].first)
            return text->glyphs.at[i].at - at;
    return strlen(text->text + at);
}

/* The dash of a span of days: whole dates stand on both sides. That of "77–78" keeps its
 * numbers. */
static bool is_between_days(const char *dash, size_t at)
{
    enum { DATE_LEAST = 8, DASH = 3 };    /* "1.1.2026" */
    return at >= DATE_LEAST && dash[DASH] >= '0' && dash[DASH] <= '9'
           && strcspn(dash - DATE_LEAST, " \n") >= 2 * DATE_LEAST + DASH;
}

/* A hyphen after which a line may break: between two letters or digits on each side. */
static bool breaks_after(const struct pdf_text *text, size_t i)
{
    size_t at = text->glyphs.at[i].at;
    const char *c = text->text + at;
    if (strncmp(c, "\u2013", strlen("\u2013")) == 0)
        return is_between_days(c, at);
    if (*c != '-' || at < 2 || c[1] == '\0' || c[2] == '\0')
        return false;
    return strchr(" \n-", c[-1]) == NULL && strchr(" \n-", c[-2]) == NULL
           && strchr(" \n-0123456789", c[1]) == NULL && strchr(" \n-", c[2]) == NULL;
}

/* The end of the word that begins at glyph `i`, blanks after it not included. */
static size_t word_end(const struct pdf_text *text, size_t i)
{
    for (; i < text->glyphs.count; i++) {
        if (is_at(text, i, ' ') || is_at(text, i, '\n'))
            return i;
        if (breaks_after(text, i))
            return i + 1;
    }
    return i;
}

static size_t blanks_end(const struct pdf_text *text, size_t i)
{
    while (is_at(text, i, ' '))
        i++;
    return i;
}

static void line_add(struct pdf_text *text, size_t from, size_t to, bool hyphen)
{
    text->lines = vec_room(text->lines, &text->line_room, text->line_count + 1,
                           sizeof text->lines[0]);
    text->lines[text->line_count++] = (struct pdf_line){ from, to, hyphen, false };
}

/* The last place within a word where it may be divided so that what stands before it, with a
 * hyphen, is at most `room` wide; `from` when there is none. */
static size_t hyphen_place(const struct pdf_text *text, size_t from, size_t to, int room)
{
    size_t best = from, part = from, last = from;
    int width = 0;
    while (last < to && width <= room)
        width += glyph_width(text, last++);
    to = last + LOOK_AHEAD < to ? last + LOOK_AHEAD : to;
    size_t start = text->glyphs.at[from].at;
    size_t end = to < text->glyphs.count ? text->glyphs.at[to].at : strlen(text->text);
    if (hyphen_is_address(text->text + start, end - start))
        return from;
    char *points = xcalloc(end - start + 1, 1);
    hyphen_points(text->lang, text->text + start, end - start, points);
    for (size_t i = from; i < last; i++) {
        if (!text->glyphs.at[i].first)
            continue;
        int point = points[text->glyphs.at[i].at - start];
        best = point != HYPHEN_NONE ? i : best;
        part = point == HYPHEN_PART ? i : part;
    }
    free(points);
    return span(text, from, part) > room / 100 * PART_ENOUGH ? part : best;
}

/* The last letter that fits; in an address or a number rather after one of its marks. At least one
 * letter goes on the line. */
static size_t forced_place(const struct pdf_text *text, size_t from, size_t to, int room)
{
    size_t best = from, mark = from;
    int width = 0;
    for (size_t i = from; i < to; i++) {
        width += glyph_width(text, i);
        if (width > room && best > from)
            break;
        if (i + 1 == to || text->glyphs.at[i + 1].first) {
            best = i + 1;
            if (strchr("/._@:?&=,;", text->text[text->glyphs.at[i].at]) != NULL)
                mark = i + 1;
        }
    }
    return mark > from + (best - from) / 2 ? mark : best;
}

/* Where the line ends that begins at `from` and is filled with whole words up to `fit`; the word
 * from `fit` to `end` does not fit any more. */
static size_t divide(struct pdf_text *text, size_t from, size_t fit, size_t end, int width,
                     int hyphen)
{
    int used = span(text, from, fit);
    bool alone = fit == from, enough = text->style->whole || used > width / 100 * FULL_ENOUGH;
    if (!alone && enough && span(text, fit, end) <= width)
        return fit;
    size_t place = hyphen_place(text, fit, end, width - used - hyphen);
    if (place > fit) {
        line_add(text, from, place, true);
        return place;
    }
    if (!alone)
        return fit;
    place = forced_place(text, from, end, width);
    line_add(text, from, place, false);
    return place;
}

/* One line from glyph `from` on; returns where the next one begins. */
static size_t line_fill(struct pdf_text *text, size_t from, int width, int hyphen)
{
    size_t fit = from;            /* where the next word begins, after blanks */
    while (fit < text->glyphs.count && !is_at(text, fit, '\n')) {
        size_t end = word_end(text, fit), lines = text->line_count;
        if (span(text, from, end) <= width) {
            fit = blanks_end(text, end);
            continue;
        }
        size_t next = divide(text, from, fit, end, width, hyphen);
        if (text->line_count == lines)
            line_add(text, from, fit, false);
        return next;
    }
    line_add(text, from, fit, false);
    return fit < text->glyphs.count ? fit + 1 : fit;
}

void pdf_text_break(struct pdf_text *text, struct pdf_fonts *fonts, int width)
{
    struct pdf_glyphs glyphs = { 0 };
    int hyphen = 0;
    pdf_fonts_shape(fonts, text->style->face, "-", 0, 1, &glyphs);
    if (glyphs.count > 0)
        hyphen = glyphs.at[0].advance * text->style->size / 1000;
    free(glyphs.at);
    text->line_count = 0;
    for (size_t at = 0; at < text->glyphs.count;)
        at = line_fill(text, at, width, hyphen);
}

int pdf_text_span(const struct pdf_text *text, size_t from, size_t to)
{
    return span(text, from, to);
}

int pdf_text_line_width(const struct pdf_text *text, const struct pdf_line *line)
{
    size_t to = line->to;
    while (to > line->from && is_at(text, to - 1, ' '))
        to--;
    return span(text, line->from, to);
}

static int widest(const struct pdf_text *text, bool words)
{
    int most = 0;
    size_t from = 0;
    for (size_t i = 0; i <= text->glyphs.count; i++) {
        bool ends = i == text->glyphs.count || is_at(text, i, '\n')
                    || (words && (is_at(text, i, ' ') || (i > 0 && breaks_after(text, i - 1))));
        if (!ends)
            continue;
        int width = span(text, from, i);
        most = width > most ? width : most;
        from = words && i < text->glyphs.count && text->glyphs.at[i].first
                       && !is_at(text, i, ' ') && !is_at(text, i, '\n')
                   ? i : i + 1;
    }
    return most;
}

int pdf_text_natural(const struct pdf_text *text)
{
    return widest(text, false);
}

int pdf_text_word(const struct pdf_text *text)
{
    return widest(text, true);
}
