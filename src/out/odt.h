/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the ODT writer.
 */
#ifndef OUT_ODT_H
#define OUT_ODT_H

#include "base/lang.h"

#include <stdbool.h>

struct block;
struct buf;
struct doc;
struct tr;

/* styles.xml with marks: @lang@, @country@, @header@ and @wide@ (the header of either page). */
extern const char odt_styles[];

/* Appends content.xml. */
void odt_content(const struct doc *doc, const struct tr *tr, struct buf *out);

/* Room for a table on a page of either kind, in tenths of a millimetre. */
enum { ODT_NARROW = 1750, ODT_WIDE = 2620 };
/* Its words do not fit a portrait page. */
bool odt_table_is_wide(const struct block *block);
/* `widths`, which are 0, become those of the columns, in tenths of a millimetre. */
void odt_columns_share(const struct block *block, int room, int *widths);

/* Appends text as XML: line breaks and runs of blanks as elements. */
void odt_add_text(struct buf *out, const char *text);

/* The same with its addresses as links; and, for narrow cells, with soft hyphens in long words. */
void odt_add_linked(struct buf *out, const char *text);
void odt_add_divided(struct buf *out, enum lang lang, const char *text);

#endif
