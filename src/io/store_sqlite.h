/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The plan file: one SQLite database per provider. The format is described at the head of
 * store_sqlite.c.
 */
#ifndef IO_STORE_SQLITE_H
#define IO_STORE_SQLITE_H

#include <stdbool.h>

#include "core/store.h"

struct err;
struct tr;

extern const struct store_ops store_sqlite_ops;

/* How a plan is opened. */
enum store_mode {
    STORE_READ,      /* reading commands: no lock is taken, nothing is written */
    STORE_WRITE,     /* writing commands: held by another or newer than the program is an error */
    STORE_WIZARD     /* writes if it can; else opens for reading and read_only() says why */
};

/* Makes a new plan file (mode 0600); ERR_OUTPUT when `path` exists or cannot be made. */
int store_create(const char *path, struct err *err);

/* Opens a plan file. `today` is the date of the entries that are written; `tr` (may be NULL) is
 * the language of reasons and errors, and must stay good while the plan is open. A foreign or
 * damaged file is always an error (ERR_PLAN). */
int store_open(void **out, const char *path, enum store_mode mode, int today,
               const struct tr *tr, struct err *err);

/* What a list of plans shows, without opening for use: provider's name and last change.
 * Each buffer holds `size` bytes. */
int store_peek(const char *path, const char *name_item, char *name, char *changed,
               unsigned long size, struct err *err);

#endif
