/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Reading whole files, and writing them so that no half-written file is ever seen.
 */
#ifndef IO_FILE_H
#define IO_FILE_H

#include <stddef.h>

struct buf;
struct err;

/* Appends the file's bytes to `out`; ERR_INPUT when it cannot be read or is larger than `max`.
 * "-" reads standard input. */
int file_read(struct buf *out, const char *path, size_t max, struct err *err);

/* Writes a temporary file beside `path` (mode 0600, synced) and renames it: ERR_OUTPUT and no
 * trace when anything fails. "-" writes standard output. */
int file_write(const char *path, const char *bytes, size_t length, struct err *err);

/* Gives the complete file `temporary` its name `path`, which nothing may have yet: -1 and errno,
 * EEXIST when something has it. The old name may stay and is the caller's to remove. */
int file_put_new(const char *temporary, const char *path);

#endif
