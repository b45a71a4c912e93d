/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the PDF writer: the document while it is made.
 *
 * Lengths are thousandths of a point, counted from the lower left corner of the page as in the PDF.
 * Pages are drawn in reading order. Everything drawn stands between page_mark() and page_end(), as
 * the content of a tag, or between page_artifact() and page_end(), as decoration.
 */
#ifndef OUT_PDF_H
#define OUT_PDF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "out/pdf_text.h"

struct doc;
struct err;
struct pdf_file;
struct tr;

enum {
    POINT = 1000,
    MM = 2835,
    PAGE_SHORT = 595276,      /* A4 */
    PAGE_LONG = 841890,
    MARGIN_LEFT = 20 * MM,
    MARGIN_RIGHT = 15 * MM,
    MARGIN_TOP = 33 * MM,     /* the header stands in it */
    MARGIN_BOTTOM = 18 * MM,
    MARGIN_TIGHT = 13 * MM,   /* the same when space is saved */
    HEADER_TOP = 13 * MM,
    TEXT_INDENT = 46 * MM     /* labels stand left of it, text begins at it */
};

struct pdf_page {
    bool wide;                /* landscape */
    struct buf content;
    int *marks;               /* tag by number of marked content */
    size_t mark_count, mark_room;
};

/* What a tag holds, in reading order. */
struct pdf_kid {
    enum { KID_TAG, KID_MARK, KID_LINK } kind;
    int value;                /* tag, number of marked content, index of link */
    size_t page;              /* of marked content and links */
};

struct pdf_tag {
    const char *type;         /* "H1", "P"; a literal */
    const char *attributes;   /* a literal such as "/O/Table/Scope/Column", or NULL */
    char *alt;                /* text for those who do not see it, or NULL */
    int parent;
    struct pdf_kid *kids;
    size_t kid_count, kid_room;
};

struct pdf_heading {
    char *text;
    int level;                /* from 1, without gaps */
    size_t page;
    int y;                    /* top of its text */
};

/* Where a figure stands that is on one page as a whole. */
struct pdf_figure {
    int tag, left, bottom, right, top;
};

struct pdf_link {
    size_t page, heading;     /* where it stands; the heading that it leads to */
    char *uri;                /* that it leads to instead, or NULL */
    char *words;              /* of the text that lead to it; NULL: those of the heading */
    int tag, left, bottom, right, top;
};

struct pdf {
    const struct doc *doc;
    const struct tr *tr;
    struct pdf_fonts *fonts;
    bool old;                 /* PDF/A-1 instead of PDF/A-2 */
    bool tight;               /* space is saved, so that the last page is not nearly empty */
    int rest;                 /* how much of the last page is filled */
    struct pdf_page *pages;
    size_t page_count, page_room;
    struct pdf_tag *tags;     /* [0] is the document */
    size_t tag_count, tag_room;
    struct pdf_heading *headings;
    size_t heading_count, heading_room;
    struct pdf_link *links;
    size_t link_count, link_room;
    struct pdf_figure *figures;
    size_t figure_count, figure_room;
};

/* ---- pdf_page.c ---- */

/* Adds a page and returns its index. */
size_t page_add(struct pdf *pdf, bool wide);
int page_width(const struct pdf *pdf, size_t page);
int page_height(const struct pdf *pdf, size_t page);

/* Begins content of the tag; begins decoration, whose kind is "Layout", or "Header" for what
 * is the same on every page. page_end() ends either. */
void page_mark(struct pdf *pdf, size_t page, int tag);
void page_artifact(struct pdf *pdf, size_t page, const char *kind);
void page_end(struct pdf *pdf, size_t page);

/* Draws a line of a text from (x, y) on, y being the line on which its letters stand. `turned`: it
 * runs upwards. */
void page_line(struct pdf *pdf, size_t page, const struct pdf_text *text,
               const struct pdf_line *line, int x, int y, bool turned);
void page_fill(struct pdf *pdf, size_t page, enum pdf_color color, int x, int y, int width,
               int height);
/* A line across, 0.5 pt or as thick as said. */
void page_rule(struct pdf *pdf, size_t page, int x, int y, int width, int thick);
/* A diamond around (x, y). */
void page_diamond(struct pdf *pdf, size_t page, int x, int y, int size);
/* A box to tick, ticked or not. */
void page_box(struct pdf *pdf, size_t page, int x, int y, int size, bool on);

/* ---- pdf_link.c ---- */

/* Ends the content of the tag `*open` and begins that of `tag`, unless they are the same; 0: no
 * tag. */
void page_switch(struct pdf *pdf, size_t page, int *open, int tag);
/* As page_line() for content of `tag`, with the addresses of the text as links. `*open` as
 * above. */
void page_linked_line(struct pdf *pdf, size_t page, const struct pdf_text *text,
                      const struct pdf_line *line, int x, int y, int tag, int *open);

/* ---- pdf_tags.c ---- */

/* Adds a tag below `parent` (0: the document) and returns it. */
int tag_add(struct pdf *pdf, int parent, const char *type);
/* The tag gets the next number of marked content on the page, which is returned. */
int tag_mark(struct pdf *pdf, int tag, size_t page);
void tag_link(struct pdf *pdf, int tag, size_t page, int link);

/* Writes all tags; `pages` and `links` are the object numbers. Returns the number of the root. */
int tags_write(const struct pdf *pdf, struct pdf_file *file, const int *pages, const int *links);

/* ---- pdf_meta.c ---- */

/* Each writes one object and returns its number. */
int meta_info(const struct pdf *pdf, struct pdf_file *file);
int meta_xmp(const struct pdf *pdf, struct pdf_file *file);
int meta_color(struct pdf_file *file);

/* ---- pdf_blocks.c ---- */

/* Lays out the whole document on pages. */
void blocks_write(struct pdf *pdf);

#endif
