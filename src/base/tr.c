/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Looking up the program's own texts. English is the msgid itself, so nothing is ever
 * without a text.
 */
#include "base/tr.h"

#include <stddef.h>

static const char *look_up(const struct tr *tr, const char *msgid, const char *plural,
                           unsigned long n)
{
    if (!tr || !tr->lookup)
        return NULL;
    return tr->lookup(tr->catalogs, tr->lang, msgid, plural, n);
}

const char *tr_text(const struct tr *tr, const char *msgid)
{
    const char *found = look_up(tr, msgid, NULL, 1);

    return found ? found : msgid;
}

const char *tr_plural(const struct tr *tr, const char *one, const char *many, unsigned long n)
{
    const char *found = look_up(tr, one, many, n);

    if (found)
        return found;
    return n == 1 ? one : many;
}
