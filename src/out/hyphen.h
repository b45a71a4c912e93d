/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Where a word may be divided at the end of a line.
 */
#ifndef OUT_HYPHEN_H
#define OUT_HYPHEN_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

/* Sets `points[i]` for each byte of `word` before which a hyphen and a new line may stand; `points`
 * has `length` elements. Finnish by syllable; Swedish and English between consonants; compounds
 * that the rule would get wrong by a list of their first parts. */
void hyphen_points(enum lang lang, const char *word, size_t length, bool *points);

#endif
