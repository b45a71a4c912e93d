/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Walks over the interface bytes of an answer to reset.
 */
#include "card/atr.h"

const unsigned char *atr_history(const unsigned char *atr, size_t length, size_t *count)
{
    size_t at = 2;
    unsigned follows;

    if (length < 2 || length > ATR_MAX || (atr[0] != 0x3B && atr[0] != 0x3F))
        return NULL;
    *count = atr[1] & 0x0F;
    for (follows = atr[1] >> 4; follows;) {
        unsigned others = (follows & 1) + (follows >> 1 & 1) + (follows >> 2 & 1);
        at += others;
        if (!(follows & 8))
            break;
        if (at >= length)
            return NULL;
        follows = atr[at++] >> 4;
    }
    return at <= length && *count <= length - at ? atr + at : NULL;
}
