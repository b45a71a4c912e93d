/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Lines of terminal columns: a text cut to what fits, a text in lines.
 *
 * Texts are valid, cleaned UTF-8 (utf8.h) and are borrowed. No letter is divided from its marks.
 */
#ifndef BASE_UTF8_WRAP_H
#define BASE_UTF8_WRAP_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Appends `text` cut to at most `cols` columns, ending in U+2026 (or "..." when `ascii`) if
 * something was cut. Returns the columns used. */
int utf8_fit(struct buf *out, const char *text, int cols, bool ascii);

/* The next line of `text` when wrapped to `cols` columns: returns its length in bytes and
 * stores in `*skip` how many bytes to go on by (the line and the blanks or newline that end
 * it). Breaks at spaces, after hyphens between letters and after the dash between two dates;
 * never inside a number, an address, at a no-break space or before a sign of section, euro or per
 * cent unless a single word is wider than a line. A trailing empty line is not reported; both are
 * 0 at the end of the text. */
size_t utf8_wrap(const char *text, int cols, size_t *skip);

#endif
