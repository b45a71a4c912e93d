/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A growing string.
 *
 * Invariants: `text` is never NULL and always ends with a NUL byte that `length` does not
 * count. Start with BUF_INIT; end with buf_free(), after which the buffer is empty and
 * may be used again. Appending never fails (see mem.h).
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdarg.h>
#include <stddef.h>

struct buf {
    char *text;
    size_t length, room;
};

extern char buf_empty_text[1];
#define BUF_INIT { buf_empty_text, 0, 0 }

void buf_free(struct buf *buf);
void buf_clear(struct buf *buf);

/* Gives the text to the caller, who frees it; the buffer is empty afterwards. */
char *buf_detach(struct buf *buf);

void buf_add(struct buf *buf, const char *text);
void buf_add_n(struct buf *buf, const char *text, size_t length);
void buf_add_char(struct buf *buf, char c);
/* In decimal; without the cost of a format. */
void buf_add_number(struct buf *buf, long number);
void buf_add_repeat(struct buf *buf, const char *text, int times);
void buf_addf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buf_vaddf(struct buf *buf, const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

/* Replaces `length` bytes at `at` by `count` bytes of `text`; both may be 0. */
void buf_splice(struct buf *buf, size_t at, size_t length, const char *text, size_t count);

/* Cuts the buffer down to `length` bytes; longer than it is does nothing. */
void buf_cut(struct buf *buf, size_t length);

/* Removes white space, no-break spaces included, at both ends. */
void buf_trim(struct buf *buf);

#endif
