/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts out: one line each, written at once, so that lines of several processes do not mix.
 *
 * Every value is made harmless here (utf8_clean), whatever it was. Keys: core/card_facts.h.
 */
#ifndef CARD_EMIT_H
#define CARD_EMIT_H

#include <stddef.h>

struct buf;

/* Where the facts of a reader's card or of this computer go: keys begin with `prefix`. */
struct emitter {
    int fd;
    char prefix[32];
};

/* Appends bytes as they are passed on: harmless, of one line, without blanks at the ends. */
void emit_clean(struct buf *out, const void *bytes, size_t length);

/* Writes a fact; nothing when there is nothing left of the value once it is clean. */
void emit(const struct emitter *to, const char *key, const char *value);
void emitf(const struct emitter *to, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Bytes that are text, or ought to be; nothing is written for none. */
void emit_bytes(const struct emitter *to, const char *key, const void *bytes, size_t length);
void emit_hex(const struct emitter *to, const char *key, const unsigned char *bytes,
              size_t length);

#endif
