/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What writing and searching the register's cache share. Only register_store*.c include this.
 *
 * Table `unit` has the rows, in the order of the file; `origin` says where they come from. Table
 * `search` holds the folded texts of many rows in each of its blocks, in the same order: a
 * search runs over all of them. That takes less time than asking an index of letters, costs next
 * to nothing to build, and finds any part of a word, however short.
 */
#ifndef IO_REGISTER_STORE_PARTS_H
#define IO_REGISTER_STORE_PARTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "io/register_row.h"

struct sqlite3;
struct err;

enum {
    REGISTER_STORE_ID = 0x4B507267,     /* application_id: "KPrg" */
    REGISTER_STORE_FORMAT = 1,          /* user_version */
    REGISTER_BLOCK = 1 << 16            /* a block is ended when it is this long */
};

/* The members of struct register_origin that table `origin` keeps, texts and numbers. */
#define REGISTER_ORIGIN_TEXTS(_) _(file) _(digest) _(imported) _(modified) _(newest)
#define REGISTER_ORIGIN_NUMBERS(_) _(size) _(rows) _(left_out) _(garbled) _(fields)

/* Appends what is searched of a row: a newline, then each text that is not in it yet, folded and
 * ended with the unit separator. `scratch` is used on the way. */
void register_search_add(struct buf *block, const struct register_row *row,
                         struct buf *scratch);

/* The rows in which all words of `text` stand: at most `most` ids in the order they are to be
 * shown, and how many there are. An SQLite result code. */
int register_search_run(struct sqlite3 *db, const char *text, int most, int64_t *ids, int *count,
                        int *total);

/* The same as utf8_fold(), faster for ASCII and Latin-1. */
void register_search_fold(struct buf *out, const char *text);

#endif
