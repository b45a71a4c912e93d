/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The table of kept documents in the plan file. Only store_sqlite.c includes this.
 */
#ifndef IO_STORE_VERSIONS_H
#define IO_STORE_VERSIONS_H

#include <stdint.h>

#include "core/store.h"

struct buf;
struct sqlite3;

/* The first format with versions, and what it adds. */
enum { STORE_VERSIONS_FORMAT = 3 };
extern const char store_versions_step[];

/* Adds the version in the open transaction; an SQLite result code. */
int store_versions_add(struct sqlite3 *db, const struct version *version, const char *content,
                       const char *at, int64_t session);

/* Calls `each` for every version of the document, or of all when it is NULL, oldest first. A plan
 * of a format without versions has none. An SQLite result code, SQLITE_OK at the end. */
int store_versions_read(struct sqlite3 *db, const char *document,
                        void (*each)(void *data, const struct version *version), void *data);

enum store_content { STORE_CONTENT_FOUND, STORE_CONTENT_NONE, STORE_CONTENT_DAMAGED };

/* Appends what was kept. Damaged: it is not what was kept any more. */
enum store_content store_versions_content(struct sqlite3 *db, const char *document, int number,
                                          struct buf *out);

#endif
