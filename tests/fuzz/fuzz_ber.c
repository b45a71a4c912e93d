/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: any bytes as BER-TLV and as an answer to reset. No item leaves its bytes, items do
 * not overlap, and walking ends.
 */
#include "fuzz_help.h"

#include "card/atr.h"
#include "card/ber.h"

static void walk(struct ber ber, int depth)
{
    const unsigned char *end = ber.at + ber.length, *last = ber.at;
    struct ber_item item;

    while (ber_next(&ber, &item)) {
        need(item.start == last && item.whole >= 2);
        need(item.value.at + item.value.length == item.start + item.whole);
        need(item.value.at + item.value.length <= end && ber.at + ber.length <= end);
        need(ber_length(item.start, (size_t)(end - item.start)) == item.whole);
        last = ber.at;
        if (depth < 16)
            walk(item.value, depth + 1);
    }
    need(ber.length == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct ber all = { data, size }, other = { data, size };
    struct ber_item item;
    const unsigned char *history;
    size_t count;

    walk(all, 0);
    if (ber_find(&other, 0x30, &item))
        need(item.tag == 0x30);
    history = atr_history(data, size, &count);
    need(!history || (history >= data + 2 && history + count <= data + size && count <= 15));
    return 0;
}
