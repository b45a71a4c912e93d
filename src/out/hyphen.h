/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where a word may be divided at the end of a line.
 */
#ifndef OUT_HYPHEN_H
#define OUT_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

enum hyphen_point {
    HYPHEN_NONE,
    HYPHEN_SYLLABLE,
    HYPHEN_PART               /* between the parts of a compound: better than any other */
};

/* Sets in `points[i]`, for each of the `length` bytes of `word`, whether a hyphen and a new line
 * may stand before it (enum hyphen_point). Finnish by syllable; Swedish and English between
 * consonants; compounds by a list of first parts. */
void hyphen_points(enum lang lang, const char *word, size_t length, char *points);

/* Addresses and numbers are copied letter by letter: no hyphen may come into them. */
bool hyphen_is_address(const char *word, size_t length);

#endif
