/* SPDX-License-Identifier: EUPL-1.2 */
#include "out/text_piece.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "out/hyphen.h"

/* A division between parts of a compound is taken when they fill this share (of 100). */
enum { PART_ENOUGH = 35 };

/* utf8_wrap() took all that fits and stopped amid a word. */
static bool is_cut(const char *text, size_t length, size_t skip)
{
    return length > 0 && length == skip && text[length] != '\0' && text[length - 1] != '-'
           && strchr(" \n", text[length]) == NULL;
}

/* Bytes of the word that fit into `cols` with a hyphen behind them; 0 when no division fits. */
static size_t hyphen_place(enum lang lang, const char *word, int cols)
{
    size_t length = strcspn(word, " \n"), best = 0, part = 0;
    if (hyphen_is_address(word, length))
        return 0;
    char *points = xcalloc(length + 1, 1);
    hyphen_points(lang, word, length, points);
    int width = 0;
    for (size_t i = 0; i < length && width < cols;) {
        size_t letter = utf8_letter(word + i, length - i);
        best = points[i] != HYPHEN_NONE ? i : best;
        part = points[i] == HYPHEN_PART ? i : part;
        width += utf8_width_n(word + i, letter);
        i += letter;
    }
    free(points);
    return utf8_width_n(word, part) * 100 > cols * PART_ENOUGH ? part : best;
}

/* Bytes up to the last mark in an address or a number of which `length` bytes fit on a line, where
 * that is not too short; else all that fit. */
static size_t mark_place(const char *word, size_t length)
{
    size_t place = length;
    while (place > 0 && strchr("/._@:?&=,;-", word[place - 1]) == NULL)
        place--;
    return place > length / 2 ? place : length;
}

bool text_piece_next(enum lang lang, const char **rest, int cols, struct text_piece *out)
{
    size_t skip;
    *out = (struct text_piece){ .text = *rest };
    out->length = utf8_wrap(*rest, cols, &skip);
    if (skip == 0)
        out->length = skip = utf8_letter(*rest, strlen(*rest));
    if (is_cut(*rest, out->length, skip)) {
        size_t place = hyphen_place(lang, *rest, cols);
        out->hyphen = place > 0;
        out->length = skip = place > 0 ? place : mark_place(*rest, out->length);
    }
    *rest += skip;
    return skip > 0;
}

void text_piece_add(struct buf *out, const struct text_piece *piece)
{
    buf_add_n(out, piece->text, piece->length);
    if (piece->hyphen)
        buf_add_char(out, '-');
}
