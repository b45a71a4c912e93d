/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * BER-TLV as cards write it: a cursor over bytes that are not to be trusted.
 *
 * Tags of one or two bytes, definite lengths up to 65535. A value never reaches beyond the bytes
 * given. The cursor stops for good at what is no TLV, and at 00 or FF: cards pad their files so.
 */
#ifndef CARD_BER_H
#define CARD_BER_H

#include <stdbool.h>
#include <stddef.h>

/* What is still to be read; start with the whole. Borrowed bytes. */
struct ber {
    const unsigned char *at;
    size_t length;
};

struct ber_item {
    unsigned tag;             /* 0x30, or 0xDF21 for two bytes */
    struct ber value;
    const unsigned char *start;       /* of its tag */
    size_t whole;             /* bytes of tag, length and value */
};

/* Reads the next item and goes past it; false at the end. */
bool ber_next(struct ber *ber, struct ber_item *item);
/* Goes on to the first item with this tag, and past it; false when there is none. */
bool ber_find(struct ber *ber, unsigned tag, struct ber_item *item);

/* How long the item is that begins here, by its head alone; 0 when the head says nothing. May be
 * more than the bytes there are. */
size_t ber_length(const unsigned char *bytes, size_t length);

#endif
