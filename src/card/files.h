/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Small files of the system below a root that tests can set.
 */
#ifndef CARD_FILES_H
#define CARD_FILES_H

#include <stdbool.h>
#include <stddef.h>

struct buf;

/* Whether there is something at `path`, which begins with a slash. */
bool files_exist(const char *root, const char *path);

/* The first line, cut to the room there is. False when there is no such file or it is empty. */
bool files_line(const char *root, const char *path, char *out, size_t size);

/* The whole file, at most `most` bytes of it, with NUL bytes made blanks; nothing when it cannot be
 * read. */
void files_read(const char *root, const char *path, size_t most, struct buf *out);

#endif
