/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Addresses in a text that lead to where they say.
 *
 * The letters of an address are content of a tag of their own, and each of its lines has a place to
 * press: one tag, however many lines and pages the address takes.
 */
#include <string.h>

#include "base/mem.h"
#include "out/pdf.h"

void page_switch(struct pdf *pdf, size_t page, int *open, int tag)
{
    if (*open == tag)
        return;
    if (*open != 0)
        page_end(pdf, page);
    if (tag != 0)
        page_mark(pdf, page, tag);
    *open = tag;
}

static void place_add(struct pdf *pdf, size_t page, const struct pdf_text *text,
                      const struct pdf_place *place, int x, int y, int width)
{
    struct buf uri = BUF_INIT;
    const struct address *address = &place->address;
    int top = y + pdf_style_drop(text->style);
    address_uri(text->text, address, &uri);
    pdf->links = vec_room(pdf->links, &pdf->link_room, pdf->link_count + 1, sizeof pdf->links[0]);
    pdf->links[pdf->link_count] = (struct pdf_link){
        .page = page, .uri = buf_detach(&uri), .tag = place->tag,
        .words = xstrndup(text->text + address->from, address->to - address->from),
        .left = x, .right = x + width, .bottom = top - text->style->leading, .top = top
    };
    tag_link(pdf, place->tag, page, (int)pdf->link_count++);
}

/* Within a link, as in a table of contents, an address is text like any other. */
void page_linked_line(struct pdf *pdf, size_t page, const struct pdf_text *text,
                      const struct pdf_line *line, int x, int y, int tag, int *open)
{
    bool can_link = strcmp(pdf->tags[tag].type, "Link") != 0;
    for (size_t i = line->from, next; i < line->to; i = next) {
        struct pdf_place *place = pdf_text_place(text, i, line->to, &next);
        bool link = can_link && place != NULL;
        const struct pdf_line part = { i, next, line->hyphen && next == line->to, link };
        int width = pdf_text_span(text, i, next);
        if (link && place->tag == 0)
            place->tag = tag_add(pdf, tag, "Link");
        page_switch(pdf, page, open, link ? place->tag : tag);
        page_line(pdf, page, text, &part, x, y, false);
        if (link)
            place_add(pdf, page, text, place, x, y, width);
        x += width;
    }
}
