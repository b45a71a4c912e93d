/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Drawing text on a grid of cells.
 *
 * A canvas has a fixed width and either a fixed height (the screen) or grows downwards as it is
 * drawn on (a page that is taller than the screen, of which canvas_copy() shows a window). Drawing
 * outside it is cut, never an error: layout is total for any size from 1 x 1. In ASCII mode
 * letters, rules and signs are replaced when they are drawn.
 */
#ifndef UI_CANVAS_H
#define UI_CANVAS_H

#include <stdbool.h>

#include "term/term.h"

struct canvas {
    struct grid grid;         /* grid.rows is the height drawn so far when growing */
    int room;                 /* private */
    bool ascii, grows;
};

/* Of that size; or with as many rows as are drawn. `ascii`: signs become letters of ASCII. */
void canvas_init(struct canvas *canvas, int rows, int cols, bool ascii);
void canvas_init_growing(struct canvas *canvas, int cols, bool ascii);
void canvas_free(struct canvas *canvas);

/* Blanks everything and hides the cursor; a fixed canvas may change its size. */
void canvas_reset(struct canvas *canvas, int rows, int cols);

/* Writes one line of text into at most `cols` columns (cut with an ellipsis); -1: to the right
 * edge. Returns the columns used. */
int canvas_put(struct canvas *canvas, int row, int col, int cols, const char *text, int attr);
/* The same, ending at column `col` (exclusive). */
int canvas_put_right(struct canvas *canvas, int row, int col, const char *text, int attr);
/* Wraps the text into `cols` columns from `row` on; returns the number of rows used (0 for ""). */
int canvas_wrap(struct canvas *canvas, int row, int col, int cols, const char *text, int attr);
/* Rows that canvas_wrap() would use. */
int canvas_wrap_rows(const struct canvas *canvas, const char *text, int cols);
/* Columns that the text takes. */
int canvas_width(const struct canvas *canvas, const char *text);
/* A horizontal rule over the whole width, a margin of one column at each side. */
void canvas_rule(struct canvas *canvas, int row);
/* Adds attributes to `cols` cells without changing the text. */
void canvas_attr(struct canvas *canvas, int row, int col, int cols, int attr);
void canvas_cursor(struct canvas *canvas, int row, int col);

/* Copies `rows` rows of `from`, starting at `from_row`, to row `row`; the cursor comes along when
 * it lies among them. */
void canvas_copy(struct canvas *canvas, int row, const struct canvas *from, int from_row, int rows);

/* The grid as text, one line a row, without trailing blanks: for tests and for copying. */
struct buf;
void canvas_text(const struct grid *grid, struct buf *out);
/* The attributes, one letter a cell: space normal, b bold, d dim, r reverse, u underline, and
 * capital letters for bold together with one of them. */
void canvas_attrs(const struct grid *grid, struct buf *out);

#endif
