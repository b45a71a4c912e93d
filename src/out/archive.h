/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A zip archive made in memory. The same files give the same bytes: their dates are fixed.
 */
#ifndef OUT_ARCHIVE_H
#define OUT_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

struct archive;
struct buf;
struct err;

/* ERR_DEVICE when libzip is missing. archive_free() in any case. */
int archive_new(struct archive **out, struct err *err);
void archive_free(struct archive *archive);

/* Adds a file; its bytes are borrowed until archive_end(). `packed`: compressed. A failure is told
 * by archive_end(). */
void archive_add(struct archive *archive, const char *name, const char *bytes, size_t length,
                 bool packed);

/* Appends the finished archive to `out`; ERR_OUTPUT when something went wrong on the way. */
int archive_end(struct archive *archive, struct buf *out, struct err *err);

#endif
