/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the text writer: the lines of a text in a column.
 */
#ifndef OUT_TEXT_PIECE_H
#define OUT_TEXT_PIECE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

struct buf;

struct text_piece {
    const char *text;
    size_t length;
    bool hyphen;              /* it ends within a word, and has room for a hyphen */
};

/* The next piece of `*rest` that fits into `cols`, moving `*rest` on; false at the end. A word that
 * is longer than a line is divided as the language has it, or cut if it cannot be. */
bool text_piece_next(enum lang lang, const char **rest, int cols, struct text_piece *out);

void text_piece_add(struct buf *out, const struct text_piece *piece);

#endif
