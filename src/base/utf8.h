/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * UTF-8: validity, cleaning, width in terminal columns, folding.
 *
 * Inside the program every string is valid, cleaned UTF-8: whatever comes from outside
 * (keys, paste, YAML, plan file, argv) goes through utf8_clean() at its door. Layout counts
 * columns with utf8_width() and never bytes or code points. utf8_wrap.h makes lines of texts,
 * utf8_ascii.h brings them to terminals and file names that know ASCII only.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct buf;

/* Decodes one code point at `text` (at most `length` bytes). Stores its length in `*used`,
 * at least 1 when length > 0. Returns the code point, or UINT32_MAX for a malformed byte. */
uint32_t utf8_decode(const char *text, size_t length, size_t *used);

/* Writes the code point into `out` (4 bytes, no NUL); returns the number of bytes. */
size_t utf8_encode(uint32_t cp, char out[4]);

bool utf8_valid(const char *text, size_t length);

/* A mark that combines with the letter before it. */
bool utf8_is_mark(uint32_t cp);
/* A letter, a digit, or a mark on one. */
bool utf8_is_word(uint32_t cp);

/* Columns of one code point: 0, 1 or 2; control characters count 0. */
int utf8_cp_width(uint32_t cp);

/* How a code point is written within a line: the bidirectional classes of Unicode in short. */
enum utf8_direction {
    UTF8_LEFT,           /* a letter that runs from left to right */
    UTF8_RIGHT,          /* a letter that runs from right to left */
    UTF8_NUMBER,         /* a digit */
    UTF8_SIGN,           /* what joins digits to one number: full stop, comma, colon, hyphen */
    UTF8_MARK,           /* belongs to the letter before it */
    UTF8_NEUTRAL
};
enum utf8_direction utf8_direction(uint32_t cp);

/* Columns of a string. */
int utf8_width(const char *text);
int utf8_width_n(const char *text, size_t length);
/* Columns of the widest part of `text` between any of the ASCII letters `dividers`. */
int utf8_widest_part(const char *text, const char *dividers);

/* Length in bytes of the first letter with its combining marks; 0 at the end. */
size_t utf8_letter(const char *text, size_t length);

enum utf8_clean_flags {
    UTF8_ONE_LINE = 1,   /* newline and tab become a space */
};

/* Appends `text` to `out`, made harmless: malformed bytes, control characters (but newline
 * and tab), C1, bidi controls, zero-width characters, line and paragraph separators, tags and
 * noncharacters become U+00B7; the result is in NFC with at most two marks a letter.
 * CR LF and CR become newline. Returns how many characters were replaced. */
int utf8_clean(struct buf *out, const char *text, size_t length, int flags);

/* Appends the text with case and accents of comparison removed (Unicode case folding, NFC). */
void utf8_fold(struct buf *out, const char *text);
/* The texts are the same but for case and the way letters are composed. */
bool utf8_same_folded(const char *a, const char *b);

#endif
