/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: any bytes as certificates of a card, one after the other (each a length of two
 * bytes, then so many bytes). Texts stay short, days are days or nothing, and no chain is complete
 * where nothing is pinned.
 */
#include "fuzz_help.h"

#include "card/x509.h"

enum { TEXTS_MAX = 1000 };

static void check_day(const char *day)
{
    need(*day == '\0' || (strlen(day) == 10 && day[4] == '-' && day[7] == '-'));
}

static void check_one(const struct x509_pile *pile, size_t at)
{
    struct buf text = BUF_INIT;
    char from[11], until[11];

    for (int what = X509_ISSUER; what <= X509_NUMBER; what++) {
        buf_clear(&text);
        x509_text(pile, at, (enum x509_text)what, &text);
        need(text.length < TEXTS_MAX);
    }
    x509_days(pile, at, from, until);
    check_day(from);
    check_day(until);
    need(x509_use_name(x509_use(pile, at)) != NULL);
    need(x509_chain(pile, at, &text) != X509_COMPLETE);
    buf_free(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct x509_pile *pile = x509_pile_new();

    while (size >= 2) {
        size_t length = (size_t)data[0] << 8 | data[1];
        data += 2;
        size -= 2;
        if (length > size)
            length = size;
        x509_add(pile, data, length);
        data += length;
        size -= length;
    }
    for (size_t i = 0; i < x509_count(pile); i++)
        check_one(pile, i);
    x509_pile_free(pile);
    return 0;
}
