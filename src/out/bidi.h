/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which parts of a line run from right to left.
 *
 * The texts are in languages written from left to right; names in another script stand within them.
 * So this is the part of the Unicode Bidirectional Algorithm (UAX 9) that such a line needs: it
 * runs to the right as a whole and has no directional controls, which are taken out of every text.
 * Signs of money and per cent stay with the words, not with the number, and brackets without a pair
 * may fall to the other side of a word.
 */
#ifndef OUT_BIDI_H
#define OUT_BIDI_H

#include <stdbool.h>
#include <stddef.h>

enum bidi_level {
    BIDI_LEFT,                /* runs to the right, as the line does */
    BIDI_RIGHT,               /* runs to the left */
    BIDI_NUMBER               /* runs to the right within what runs to the left */
};

/* Sets the level of each byte of the line. False when all are BIDI_LEFT. */
bool bidi_levels(const char *line, size_t length, unsigned char *levels);

#endif
