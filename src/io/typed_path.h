/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The path that a person means.
 *
 * It is typed, pasted, or made by a terminal when a file is dropped on it: then it comes in quotes,
 * with backslashes before blanks, or as an address "file://…".
 */
#ifndef IO_TYPED_PATH_H
#define IO_TYPED_PATH_H

struct buf;

/* Appends the path. A ~ in front is the home folder. What exists exactly as it was written is left
 * alone otherwise. */
void typed_path(const char *text, struct buf *out);

#endif
