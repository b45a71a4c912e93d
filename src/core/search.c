/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/search.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* Whether no word goes on at `at`, which is in `text`. */
static bool begins_word(const char *text, const char *at)
{
    const char *before = at;
    size_t used;

    if (at == text)
        return true;
    do
        before--;
    while (before > text && (*before & 0xC0) == 0x80);
    return !utf8_is_word(utf8_decode(before, (size_t)(at - before), &used));
}

enum search_fit search_fit(const char *text, const char *folded)
{
    struct buf other = BUF_INIT;
    enum search_fit fit = SEARCH_NONE;
    const char *at;

    if (!*folded)
        return SEARCH_NONE;
    utf8_fold(&other, text);
    for (at = strstr(other.text, folded); at && fit != SEARCH_WORD; at = strstr(at + 1, folded))
        fit = begins_word(other.text, at) ? SEARCH_WORD : SEARCH_INSIDE;
    buf_free(&other);
    return fit;
}

enum search_fit search_better(enum search_fit a, enum search_fit b)
{
    return a > b ? a : b;
}
