/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The organisation register as this computer keeps it: one SQLite file in the user's cache, shared
 * by all plans. It may be deleted at any time; an import makes it anew.
 *
 * An import writes a new file beside it, and renames that when it is whole: who reads meanwhile
 * reads the earlier one to the end, and an import that is cut short changes nothing.
 */
#ifndef IO_REGISTER_STORE_H
#define IO_REGISTER_STORE_H

#include <stdint.h>

#include "base/sha256.h"
#include "io/register_row.h"

struct buf;
struct err;
struct register_store;

/* Where the rows come from. */
struct register_origin {
    char file[256];           /* the name of the file, without its folder */
    char digest[SHA256_TEXT]; /* SHA-256 of the file */
    char imported[11];        /* the day of the import, ISO */
    char modified[11];        /* the day on which the file was last changed, ISO; when it was
                                 downloaded, as a rule */
    char newest[11];          /* the latest day on which a row begins; "" when none does */
    int64_t size;             /* bytes of the file */
    int64_t rows, left_out;
    int64_t garbled;          /* rows with letters that look broken */
    int64_t fields;           /* bit 1 << field: the file has a column for it */
};

/* $XDG_CACHE_HOME/kantapolku/register.db, or below ~/.cache. 0, or -1 when there is no home. */
int register_store_path(struct buf *out);

/* Opens the register for reading. Returns 1 and NULL when none has been imported. */
int register_store_open(struct register_store **out, const char *path, struct err *err);
void register_store_close(struct register_store *store);
const struct register_origin *register_store_origin(const struct register_store *store);

/* Gets one row; its texts are good during the call. Nonzero ends the look-up. */
typedef int (*register_store_each)(void *data, const struct register_row *row);

/* The rows with exactly this OID: there may be several, each for its time. Returns how many it
 * has passed on, or a code. */
int register_store_by_oid(struct register_store *store, const char *oid,
                          register_store_each each, void *data, struct err *err);

/* The sub-tree of a business ID in its normal form: the rows that bear the number, in their own
 * column or in the OID, and all rows below them by the column of the parent. */
int register_store_tree(struct register_store *store, const char *business_id,
                        register_store_each each, void *data, struct err *err);

/* Searches as people do: a text with two dots or more as the beginning of an OID, a business ID as
 * its sub-tree, anything else as words, all of which stand in name, place, postcode or business
 * ID, in any case. Names that begin with the text come first, then words that do. At most `most`
 * rows are passed on; `*total` (may be NULL) gets how many there are. */
int register_store_find(struct register_store *store, const char *text, int most,
                        register_store_each each, void *data, int *total, struct err *err);

/* An import. register_store_end() puts it in the place of the earlier register; whatever is not
 * ended that way leaves no trace. Another import that is under way is ERR_OUTPUT. */
struct register_import;
int register_store_begin(struct register_import **out, const char *path, struct err *err);
int register_store_add(struct register_import *import, const struct register_row *row,
                       struct err *err);
int register_store_end(struct register_import *import, const struct register_origin *origin,
                       struct err *err);
void register_store_drop(struct register_import *import);

#endif
