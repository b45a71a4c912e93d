/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the PDF writer: filling pages from top to bottom.
 *
 * Everything goes through one function: flow_row() puts cells side by side and divides them over
 * pages when it must. A paragraph is a row of one cell.
 */
#ifndef OUT_PDF_FLOW_H
#define OUT_PDF_FLOW_H

#include "out/pdf.h"

struct flow {
    struct pdf *pdf;
    size_t page;
    int y;                    /* where the next thing begins */
    int owed;                 /* space that the next thing wants above it, unless it begins a page */
    bool fresh;               /* nothing stands on the page yet */
    size_t row_at;            /* byte of the page's content where the row, or its part, begins */
    void (*begun)(struct flow *flow, void *data); /* after a row has begun a page; may be NULL */
    void (*drawn)(struct flow *flow, int top, void *data); /* a row, or a part of one, stands */
    void *data;
};

enum flow_mark { MARK_NONE, MARK_BOX, MARK_TICKED };

/* Its texts are broken to its width already. */
struct flow_cell {
    int x, width;
    const struct pdf_text *text, *note;   /* note below text, may be NULL */
    int tag, note_tag;
    int least;                /* height that it has at least */
    int blank;                /* height left free for writing, with a line at its foot; 0: none */
    int lines;                /* so many of them, if more than one */
    enum flow_mark mark;      /* drawn instead of a text */
};

/* A new page; what is owed is forgotten. */
void flow_page(struct flow *flow, bool wide);

/* At least this much space above what comes next. */
void flow_space(struct flow *flow, int height);

/* Begins a page unless so much fits on this one. */
void flow_need(struct flow *flow, int height);
/* A row of that height is tall enough to be divided between pages. */
bool flow_divides(const struct flow *flow, int height);

int flow_left(const struct flow *flow);     /* room to the foot of the page */
int flow_width(const struct flow *flow);    /* between the margins */

int cell_height(const struct flow_cell *cell);

/* Puts a row. `after`: height that must stay below it on the same page. */
void flow_row(struct flow *flow, const struct flow_cell *cells, size_t count, int after);

#endif
