/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Copies of an open plan. Only store_sqlite.c includes this.
 *
 * Every copy is read back before it counts as one: SQLite must find no damage in it, and it must
 * hold as many log entries as the plan.
 */
#ifndef IO_STORE_COPIES_H
#define IO_STORE_COPIES_H

struct err;
struct sqlite3;
struct tr;

/* Copies the plan to the new file `path`: ERR_OUTPUT and no trace when it exists already or when
 * anything fails. `tr` may be NULL. */
int store_copies_write(struct sqlite3 *db, const char *path, const struct tr *tr, struct err *err);

/* Copies the plan at `plan` to PLAN.copy-DAY, unless that exists or there is nothing in the log,
 * and removes all but the last seven such copies. The path of the copy when one was made, the
 * caller's to free; otherwise NULL. */
char *store_copies_daily(struct sqlite3 *db, const char *plan, int today);

/* Copies the plan at `plan` to PLAN.format-FORMAT before it is brought to a newer format. Such a
 * copy from an update that was cut short is replaced. ERR_OUTPUT when there is none now. */
int store_copies_before_update(struct sqlite3 *db, const char *plan, int format);

#endif
