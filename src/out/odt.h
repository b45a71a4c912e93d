/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the ODT writer.
 */
#ifndef OUT_ODT_H
#define OUT_ODT_H

#include "base/lang.h"

struct buf;
struct doc;
struct tr;

/* styles.xml with marks: @lang@, @country@, @header@ and @wide@ (the header of either page). */
extern const char odt_styles[];

/* Appends content.xml. */
void odt_content(const struct doc *doc, const struct tr *tr, struct buf *out);

/* Appends text as XML: line breaks and runs of blanks as elements. */
void odt_add_text(struct buf *out, const char *text);

/* The same with its addresses as links; and, for narrow cells, with soft hyphens in long words. */
void odt_add_linked(struct buf *out, const char *text);
void odt_add_divided(struct buf *out, enum lang lang, const char *text);

#endif
