/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the text writer: a document as lines, before they are dealt onto pages.
 *
 * A line knows how much space it wants above it, whether the next one must stay on its page, and
 * which lines to repeat when a page begins with it. Everything in columns (tables, fields, lists,
 * check boxes) goes through one function, layout_row(). Texts are borrowed and cleaned before
 * (doc_clean()); widths are columns of the screen.
 */
#ifndef OUT_TEXT_LAYOUT_H
#define OUT_TEXT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>

#include "out/doc.h"

struct tr;

struct layout_line {
    char *text;
    int space;                /* blank lines above, unless it begins a page */
    bool keep;                /* the next line stays on the same page */
    bool new_page;
    size_t head, head_lines;  /* lines to repeat when it begins a page */
    size_t heads;             /* the block, from 1, that it is the first line of; or 0 */
    size_t refers;            /* of the contents: the block, from 1, whose page it tells; or 0 */
};

struct layout {
    const struct doc *doc;
    const struct tr *tr;
    int cols;
    struct layout_line *lines;
    size_t count, room;
    int owed;                 /* blank lines that the next line gets at least */
    bool new_page;            /* the next line begins a page */
    enum block_kind last;     /* what was written before the present block */
};

/* Frees the lines. */
void layout_free(struct layout *layout);

/* Cells side by side: their widths, and the blank columns between them. */
struct grid {
    size_t columns;
    int *widths, gap;
};

/* How many lines the text takes at that width. */
int layout_pieces(const struct layout *layout, const char *text, int cols);

/* A line as it is, with `space` blank lines above. Good until the next line is put. */
struct layout_line *layout_line(struct layout *layout, int space, const char *text,
                                size_t length);

/* The lines from `first` on stay on one page; `last_too`: so does the line that comes next. */
void layout_keep(struct layout *layout, size_t first, bool last_too);

/* Cells side by side, each wrapped within its width; a short row is not divided by a page break. */
void layout_row(struct layout *layout, int space, const char *const *cells,
                const struct grid *grid);

/* The lines of a text in so many columns; returns the position of the first of them. */
size_t layout_wrapped(struct layout *layout, int space, const char *text, int cols);

/* A text across the page. Its first two and last two lines stay together. */
void layout_text(struct layout *layout, int space, const char *text);

/* `mark`, one column wide, all over `cols`. */
void layout_rule(struct layout *layout, const char *mark, int cols);

#endif
