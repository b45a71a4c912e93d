/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A cursor over BER-TLV.
 */
#include "card/ber.h"

/* Reads tag and length; returns how many bytes they take, 0 when they are none. */
static size_t read_head(const unsigned char *bytes, size_t length, unsigned *tag, size_t *value)
{
    size_t at = 0, more;

    if (length < 2 || bytes[0] == 0x00 || bytes[0] == 0xFF)
        return 0;
    *tag = bytes[at++];
    if ((*tag & 0x1F) == 0x1F) {
        if (bytes[at] & 0x80)
            return 0;
        *tag = *tag << 8 | bytes[at++];
    }
    if (at >= length)
        return 0;
    *value = bytes[at++];
    if (*value < 0x80)
        return at;
    more = *value & 0x7F;
    if (more < 1 || more > 2 || length - at < more)
        return 0;
    for (*value = 0; more > 0; more--)
        *value = *value << 8 | bytes[at++];
    return at;
}

bool ber_next(struct ber *ber, struct ber_item *item)
{
    size_t value, head = read_head(ber->at, ber->length, &item->tag, &value);

    if (head == 0 || ber->length - head < value) {
        ber->length = 0;
        return false;
    }
    item->start = ber->at;
    item->whole = head + value;
    item->value = (struct ber){ ber->at + head, value };
    ber->at += item->whole;
    ber->length -= item->whole;
    return true;
}

bool ber_find(struct ber *ber, unsigned tag, struct ber_item *item)
{
    while (ber_next(ber, item))
        if (item->tag == tag)
            return true;
    return false;
}

size_t ber_length(const unsigned char *bytes, size_t length)
{
    unsigned tag;
    size_t value, head = read_head(bytes, length, &tag, &value);

    return head ? head + value : 0;
}
