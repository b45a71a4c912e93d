/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the text writer: lines dealt onto pages, each with a header.
 */
#ifndef OUT_TEXT_PAGES_H
#define OUT_TEXT_PAGES_H

struct buf;
struct layout;

enum { PAGE_COLS = 80, PAGE_LINES = 60 };

/* Appends the pages, divided by form feeds. The layout is PAGE_COLS wide. */
void text_pages(const struct layout *layout, struct buf *out);

#endif
