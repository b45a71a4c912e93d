/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the parts of the plan file ask of SQLite. Only store_*.c includes this.
 */
#ifndef IO_STORE_DB_H
#define IO_STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

struct sqlite3;

/* Settings of every connection to a plan: believe nothing in the file, lose nothing that was
 * committed, leave one file in the folder. */
void store_db_harden(struct sqlite3 *db);

/* Runs statements without results; an SQLite result code. */
int store_db_run(struct sqlite3 *db, const char *sql);

/* The one number that a query gives; -1 when it gives none. */
int64_t store_db_number(struct sqlite3 *db, const char *sql);

/* Why writing failed with the result code: a msgid where there is something to do about it, else
 * `otherwise`. */
const char *store_db_why(int code, const char *otherwise);

/* Whether SQLite finds no damage in the file. */
bool store_db_is_sound(struct sqlite3 *db);

#endif
