/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The format of the plan file: which tables it has. Only store_*.c includes this.
 *
 * application_id is "KPLK", user_version the number of the format. What the tables are for is told
 * at the head of store_sqlite.c.
 */
#ifndef IO_STORE_FORMAT_H
#define IO_STORE_FORMAT_H

#include <stdbool.h>

#include "io/store_versions.h"

struct sqlite3;

enum {
    STORE_APPLICATION_ID = 0x4b504c4b,   /* "KPLK" */
    STORE_FORMAT = STORE_VERSIONS_FORMAT /* the newest one */
};

/* Brings a database of format `from`, 0 an empty one, to STORE_FORMAT: in one transaction, or not
 * at all. An SQLite result code. */
int store_format_update(struct sqlite3 *db, int from);

/* The database has, word for word, the tables and triggers of the format, and no others. */
bool store_format_is(struct sqlite3 *db, int format);

#endif
