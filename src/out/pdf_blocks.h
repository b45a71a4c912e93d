/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the PDF writer: what the parts that lay out blocks share.
 */
#ifndef OUT_PDF_BLOCKS_H
#define OUT_PDF_BLOCKS_H

#include "out/doc.h"
#include "out/pdf_flow.h"

enum pdf_style_name {
    STYLE_TITLE, STYLE_H1, STYLE_H2, STYLE_H3, STYLE_BODY, STYLE_LABEL, STYLE_NOTE, STYLE_HEAD,
    STYLE_CELL, STYLE_CELL_STRONG, STYLE_HEAD_SMALL, STYLE_CELL_SMALL, STYLE_PAGE,
    STYLE_PAGE_STRONG, STYLE_CONTENTS, STYLE_CONTENTS_SUB, STYLE_COUNT
};

/* ---- pdf_styles.c ---- */

extern const struct pdf_style pdf_styles[STYLE_COUNT];

/* Shapes and breaks; pdf_text_free() ends it. */
void text_make(struct pdf *pdf, struct pdf_text *text, enum pdf_style_name style,
               const char *words, int width);

/* A text across a column as a row of its own. */
void text_put(struct flow *flow, enum pdf_style_name style, const char *words, int x, int width,
              int tag, int after);

enum {
    KEPT = 40 * POINT,        /* height kept below what announces the next block */
    SIDE_GAP = 11 * POINT,    /* above a heading in the left margin */
    LABEL_GAP = 4 * MM,
    LABEL_LINES = 3,          /* a label taller than this stands above its value */
    NUMBER_INDENT = 20 * POINT,
    WRITING = 24 * POINT,     /* height of a line to write on */
    SIGNATURE = 2 * WRITING + 3 * 13600 /* of a line to sign, and what belongs to it */
};

struct contents;
struct pdf_table;

/* The blocks of a document while they are put on pages. */
struct blocks {
    struct pdf *pdf;
    struct flow flow;
    const struct block *block, *end;
    int list;                 /* the list that items are added to */
    int beside;               /* foot of what stands at the left of its boxes or text; 0: none */
    size_t beside_page;       /* the page it is on */
    const struct block *side_text; /* begins at the height of the heading at its left */
    bool with_title;          /* the document begins with a title, which is the first heading */
    bool is_long, in_front;   /* gets a title page; it is being filled */
    size_t heading;           /* the next one of the document's headings */
    struct pdf_table *table;      /* shaped in advance for the table block `table_of` */
    const struct block *table_of;
    struct contents *contents;
};

/* Width of what stands beside the labels. */
int text_width(const struct blocks *b);
/* The cells of a table block, which are shaped once. */
struct pdf_table *blocks_table(struct blocks *b, const struct block *block);
/* Nothing but blanks; NULL is empty, too. */
bool text_blank(const char *text);
/* Its kind comes in runs. */
bool block_is_small(enum block_kind kind);

/* ---- pdf_keep.c: heights that must stand on one page ---- */

/* Of a text that is kept whole, all of it; of one that may be divided, its beginning. Fields and
 * questions likewise. */
int keep_text(const struct blocks *b, enum pdf_style_name style, const char *words, int width);
int keep_field(const struct blocks *b, const struct block *block);
int keep_question(const struct blocks *b, const struct block *block);
/* What of a block must stand on the page of what announces it, with the space between them. */
int keep_block(struct blocks *b, const struct block *block);
/* What stays below a text, an item, the heading that is being put. */
int keep_below(struct blocks *b, const struct block *block);
int keep_below_item(struct blocks *b, const struct block *item);
int keep_below_heading(struct blocks *b);
/* A heading stands in the left margin, beside its text. */
bool keep_is_beside(const struct blocks *b, const struct block *block);

/* ---- pdf_front.c: what stands before the text, and around it ---- */

/* Lists the headings in `pdf`, which owns them, before any page is made. */
void headings_find(struct pdf *pdf);

/* The table of contents, on pages of its own. The numbers of pages come later. */
struct contents *contents_put(struct flow *flow);
/* Fills in the numbers of pages and frees the contents; NULL does nothing. */
void contents_end(struct pdf *pdf, struct contents *contents);

/* The header of every page; their number is known by now. */
void headers_put(struct pdf *pdf);

/* ---- pdf_table.c ---- */

/* Shapes the cells of a table, chart or matrix. */
struct pdf_table *pdf_table_new(struct pdf *pdf, const struct block *block);
void pdf_table_free(struct pdf_table *table);
/* It needs a landscape page; it does not even fit there. */
bool pdf_table_is_wide(const struct pdf_table *table);
bool pdf_table_is_too_wide(const struct pdf_table *table);
/* Height of its first part, which stands on a page with what announces it. */
int pdf_table_least(const struct pdf_table *table);
/* Puts it below `caption`, which may be NULL. */
void pdf_table_put(struct flow *flow, struct pdf_table *table, const char *caption);

/* ---- pdf_gantt.c ---- */

/* Draws the chart; `alt` says it in words. False, and nothing drawn, when no bar has days. */
bool gantt_put(struct flow *flow, const struct gantt *gantt, const char *alt);

#endif
