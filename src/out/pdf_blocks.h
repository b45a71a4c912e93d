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

/* ---- pdf_front.c: what stands before the text, and around it ---- */

/* Lists the headings in `pdf`, which owns them, before any page is made. */
void headings_find(struct pdf *pdf);

/* The table of contents, on pages of its own. The numbers of pages come later. */
struct contents;
struct contents *contents_put(struct flow *flow);
/* Fills in the numbers of pages and frees the contents; NULL does nothing. */
void contents_end(struct pdf *pdf, struct contents *contents);

/* The header of every page; their number is known by now. */
void headers_put(struct pdf *pdf);

/* ---- pdf_table.c ---- */

struct pdf_table;
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
