/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The program's own texts in the user's language.
 *
 * A msgid is the English text. Whoever shows texts holds a `struct tr`; the catalogues
 * behind it are read elsewhere (io/catalog.h), so that this layer knows no files. Several
 * languages can be in use at the same time.
 */
#ifndef BASE_TR_H
#define BASE_TR_H

#include "base/lang.h"

/* Marks a msgid in a table for extraction, without translating it. */
#define N_(text) text

struct tr {
    enum lang lang;
    /* The translation of `msgid` (for `n` things when plural is not NULL), or NULL. */
    const char *(*lookup)(const void *catalogs, enum lang lang, const char *msgid,
                          const char *plural, unsigned long n);
    const void *catalogs;
};

/* The text in tr's language, English when there is no translation. Borrowed. */
const char *tr_text(const struct tr *tr, const char *msgid);

/* The form for `n` things. */
const char *tr_plural(const struct tr *tr, const char *one, const char *many, unsigned long n);

#endif
