/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/card_names.h"

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

enum { NAMES_THAT_TELL = 2 };

/* How many words of `a` there are, and how many of them `b` has too; both are folded. */
static void count_words(const char *a, const char *b, size_t *all, size_t *shared)
{
    struct buf inside = BUF_INIT;

    *all = *shared = 0;
    buf_addf(&inside, " %s ", b);
    for (a += strspn(a, " "); *a; a += strspn(a, " ")) {
        size_t length = strcspn(a, " ");
        struct buf word = BUF_INIT;
        buf_addf(&word, " %.*s ", (int)length, a);
        (*all)++;
        *shared += strstr(inside.text, word.text) != NULL;
        buf_free(&word);
        a += length;
    }
    buf_free(&inside);
}

enum card_names card_names_compare(const char *a, const char *b)
{
    struct buf first = BUF_INIT, second = BUF_INIT;
    size_t words[2], shared[2];
    bool inside[2];

    utf8_fold(&first, a);
    utf8_fold(&second, b);
    count_words(first.text, second.text, &words[0], &shared[0]);
    count_words(second.text, first.text, &words[1], &shared[1]);
    buf_free(&first);
    buf_free(&second);
    for (int i = 0; i < 2; i++)
        inside[i] = words[i] > 0 && shared[i] == words[i];
    if (inside[0] && inside[1])
        return CARD_NAMES_SAME;
    return (inside[0] && words[0] >= NAMES_THAT_TELL) || (inside[1] && words[1] >= NAMES_THAT_TELL)
               ? CARD_NAMES_FIT : CARD_NAMES_DIFFER;
}
