/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Translations of the program's own texts, from compiled gettext catalogues (.mo).
 *
 * Read without the C library's locales, so that Finnish and Swedish work on a machine that has only
 * C.UTF-8 and both can be used at once. A catalogue is mapped when its language is first
 * asked for. A missing or damaged one means English.
 */
#ifndef IO_CATALOG_H
#define IO_CATALOG_H

#include "base/tr.h"

struct catalogs;

/* `locale_dir` as in struct content_place. */
struct catalogs *catalogs_new(const char *locale_dir);
void catalogs_free(struct catalogs *catalogs);

/* A struct tr that looks into these catalogues. */
struct tr catalogs_tr(const struct catalogs *catalogs, enum lang lang);

#endif
