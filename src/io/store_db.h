/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the parts of the plan file ask of SQLite. Only store_*.c includes this.
 */
#ifndef IO_STORE_DB_H
#define IO_STORE_DB_H

#include <stdbool.h>
#include <stdint.h>

struct buf;
struct sqlite3;
struct sqlite3_stmt;

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

/* A text of the row that a query gives, in `buf`; NULL where there is none. Texts in the file were
 * clean when they were written; a file changed by other means may hold anything, so they pass the
 * door again. */
const char *store_db_text(struct sqlite3_stmt *stmt, int column, struct buf *buf);
/* The same for a short text: one line, never NULL. */
const char *store_db_word(struct sqlite3_stmt *stmt, int column, struct buf *buf);

#endif
