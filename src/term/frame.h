/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A painted screen as bytes, so that the next start can show it before anything is loaded.
 */
#ifndef TERM_FRAME_H
#define TERM_FRAME_H

#include <stddef.h>

struct buf;
struct grid;

/* Appends the grid. */
void frame_save(const struct grid *grid, struct buf *out);

/* Fills `grid`, whose cells are rows x cols and owned by the caller, from saved bytes. Returns 0,
 * or -1 when they are not a frame of that size; the grid may then be half filled. */
int frame_load(struct grid *grid, const char *bytes, size_t length);

#endif
