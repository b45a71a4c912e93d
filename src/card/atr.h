/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The answer to reset (ISO 7816-3, 8.2).
 */
#ifndef CARD_ATR_H
#define CARD_ATR_H

#include <stddef.h>

enum { ATR_MAX = 33 };

/* The historical bytes within the answer: where they begin, and in `*count` how many there are;
 * NULL when the bytes are no answer to reset. */
const unsigned char *atr_history(const unsigned char *atr, size_t length, size_t *count);

#endif
