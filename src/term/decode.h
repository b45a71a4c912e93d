/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Bytes from a terminal into keys and pastes.
 *
 * Knows no terminal: bytes are put in as they come, events are taken out. A sequence that is
 * not whole yet stays until more bytes come or until the caller says that there was silence;
 * then it is taken as the keys it would be if typed. Sequences of xterm, rxvt, the Linux
 * console and PuTTY are built in, so that a terminal with a wrong TERM keeps its arrow keys;
 * those of the terminal description come on top.
 */
#ifndef TERM_DECODE_H
#define TERM_DECODE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "term/term.h"

/* A paste longer than this loses its end. */
enum { DECODE_PASTE_MAX = 64 * 1024 };

struct key_bytes {
    const char *bytes;
    uint32_t key;
};

struct decoder {
    const struct key_bytes *own;  /* of the terminal description, borrowed; may hold NULL */
    size_t own_count;
    bool multibyte;           /* bytes over 127 are in the charset of the locale, not UTF-8 */
    bool pasting;
    struct buf bytes;         /* put in and not taken out yet */
    struct buf paste;         /* collected so far, as it came */
    struct buf clean;         /* the paste handed out last */
};

#define DECODER_INIT { .bytes = BUF_INIT, .paste = BUF_INIT, .clean = BUF_INIT }

void decode_free(struct decoder *decoder);

/* Puts in what was read from the terminal. */
void decode_put(struct decoder *decoder, const char *bytes, size_t length);

/* Takes the next key or paste. Returns false when there is none, or only the beginning of one;
 * with `silence`, beginnings are taken too. `out->burst` tells whether bytes are left behind it. */
bool decode_next(struct decoder *decoder, bool silence, struct event *out);

/* Whether a beginning waits for the rest of its bytes. */
bool decode_waits(const struct decoder *decoder);

#endif
