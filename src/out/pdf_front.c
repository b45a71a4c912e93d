/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Headings, the table of contents, and the header of each page.
 *
 * The contents are laid out before the text that they tell of, since they stand before it. The
 * number of each page is put into its place, which was kept free, at the end.
 */
#include "out/pdf_blocks.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/tr.h"

enum {
    SUB_INDENT = 7 * MM,
    NUMBER_WIDTH = 14 * MM,
    FRONT_GAP = 10 * MM       /* between the title page's text and the contents */
};

/* ---- headings ---- */

/* The level of a heading below those that it stands under, so that no level is skipped and equal
 * ones stay equal. `under`: their own levels, of which there are `*count`. */
static int heading_level(int *under, int *count, int level)
{
    level = level < 1 ? 1 : level > 3 ? 3 : level;
    while (*count > 0 && under[*count - 1] >= level)
        (*count)--;
    under[(*count)++] = level;
    return *count;
}

/* Headings are known before the pages are: the contents need their texts. */
void headings_find(struct pdf *pdf)
{
    int under[3], count = 0;
    for (size_t i = 0; i < pdf->doc->count; i++) {
        const struct block *block = &pdf->doc->blocks[i];
        if (block->kind != BLOCK_SECTION || doc_heads_contents(pdf->doc, i))
            continue;
        pdf->headings = vec_room(pdf->headings, &pdf->heading_room, pdf->heading_count + 1,
                                 sizeof pdf->headings[0]);
        pdf->headings[pdf->heading_count++] = (struct pdf_heading){
            .text = doc_clean(block->text, true),
            .level = heading_level(under, &count, block->level)
        };
    }
}

/* ---- contents ---- */

/* Where the number of an entry belongs. */
struct number_place {
    size_t heading, page, at; /* `at`: byte of the page's content */
    int right, y;
    enum pdf_style_name style;
};

struct contents {
    struct number_place *places;
    size_t count, room;
};

static bool is_listed(const struct pdf_heading *heading, bool subs)
{
    return heading->level == 1 || (subs && heading->level == 2);
}

/* Roughly, and rather too much: on the title page there must be room for all of it or none. */
static int contents_height(const struct pdf *pdf, bool subs)
{
    enum { ABOVE = 8 * POINT, ABOVE_SUB = 2 * POINT };
    int height = 0;
    for (size_t i = 0; i < pdf->heading_count; i++) {
        const struct pdf_heading *heading = &pdf->headings[i];
        if (is_listed(heading, subs))
            height += heading->level == 1 ? pdf_styles[STYLE_CONTENTS].leading + ABOVE
                                          : pdf_styles[STYLE_CONTENTS_SUB].leading + ABOVE_SUB;
    }
    return height + 2 * pdf_styles[STYLE_H1].leading;
}

/* Headings of the second level are listed when a page holds all of them. */
static bool has_subs(const struct pdf *pdf)
{
    return contents_height(pdf, true) <= PAGE_LONG - MARGIN_TOP - MARGIN_BOTTOM;
}

/* A free place for the number, marked as content of the link. */
static void number_reserve(struct flow *flow, struct contents *contents, size_t heading, int link,
                           int y, enum pdf_style_name style)
{
    struct pdf *pdf = flow->pdf;
    contents->places = vec_room(contents->places, &contents->room, contents->count + 1,
                                sizeof contents->places[0]);
    page_mark(pdf, flow->page, link);
    contents->places[contents->count++] = (struct number_place){
        .heading = heading, .page = flow->page, .at = pdf->pages[flow->page].content.length,
        .right = MARGIN_LEFT + flow_width(flow), .y = y, .style = style
    };
    page_end(pdf, flow->page);
}

static void link_add(struct flow *flow, size_t heading, int tag, int top)
{
    struct pdf *pdf = flow->pdf;
    pdf->links = vec_room(pdf->links, &pdf->link_room, pdf->link_count + 1, sizeof pdf->links[0]);
    pdf->links[pdf->link_count] = (struct pdf_link){
        .page = flow->page, .heading = heading, .tag = tag, .left = MARGIN_LEFT,
        .right = MARGIN_LEFT + flow_width(flow), .bottom = flow->y - 2 * POINT, .top = top
    };
    tag_link(pdf, tag, flow->page, (int)pdf->link_count++);
}

static void entry_put(struct flow *flow, struct contents *contents, int toc, size_t index)
{
    struct pdf *pdf = flow->pdf;
    const struct pdf_heading *heading = &pdf->headings[index];
    bool sub = heading->level > 1;
    enum pdf_style_name style = sub ? STYLE_CONTENTS_SUB : STYLE_CONTENTS;
    int leading = pdf_styles[style].leading, left = MARGIN_LEFT + (sub ? SUB_INDENT : 0);
    int width = flow_width(flow) - (left - MARGIN_LEFT) - NUMBER_WIDTH;
    int item = tag_add(pdf, toc, "TOCI");
    int link = tag_add(pdf, tag_add(pdf, item, "Reference"), "Link");
    flow_space(flow, sub ? POINT : 7 * POINT);
    flow_need(flow, 2 * leading);
    int top = flow->y - (flow->fresh ? 0 : flow->owed);
    size_t page = flow->page;
    text_put(flow, style, heading->text, left, width, link, 0);
    if (flow->page != page)
        top = page_height(pdf, flow->page) - MARGIN_TOP;
    int y = flow->y + leading - pdf_style_drop(&pdf_styles[style]);
    page_artifact(pdf, flow->page, "Layout");
    page_rule(pdf, flow->page, left, flow->y, MARGIN_LEFT + flow_width(flow) - left, POINT / 4);
    page_end(pdf, flow->page);
    number_reserve(flow, contents, index, link, y, style);
    link_add(flow, index, link, top);
}

struct contents *contents_put(struct flow *flow)
{
    struct contents *contents = xcalloc(1, sizeof *contents);
    bool subs = has_subs(flow->pdf);
    if (contents_height(flow->pdf, subs) + FRONT_GAP <= flow_left(flow))
        flow_space(flow, FRONT_GAP);
    else
        flow_page(flow, false);
    text_put(flow, STYLE_H1, tr_text(flow->pdf->tr, "Contents"), MARGIN_LEFT, flow_width(flow),
             tag_add(flow->pdf, 0, "H2"), 0);
    int toc = tag_add(flow->pdf, 0, "TOC");
    for (size_t i = 0; i < flow->pdf->heading_count; i++)
        if (is_listed(&flow->pdf->headings[i], subs))
            entry_put(flow, contents, toc, i);
    return contents;
}

/* Draws a line of text that ends at `right`. */
static void right_put(struct pdf *pdf, size_t page, enum pdf_style_name style, const char *words,
                      int right, int y)
{
    struct pdf_text text;
    text_make(pdf, &text, style, words, PAGE_LONG);
    if (text.line_count > 0)
        page_line(pdf, page, &text, &text.lines[0],
                  right - pdf_text_line_width(&text, &text.lines[0]), y, false);
    pdf_text_free(&text);
}

static void number_put(struct pdf *pdf, const struct number_place *place)
{
    struct buf *content = &pdf->pages[place->page].content, drawn, kept = *content;
    char number[24];
    snprintf(number, sizeof number, "%zu", pdf->headings[place->heading].page + 1);
    *content = (struct buf)BUF_INIT;
    right_put(pdf, place->page, place->style, number, place->right, place->y);
    drawn = *content;
    *content = kept;
    buf_splice(content, place->at, 0, drawn.text, drawn.length);
    buf_free(&drawn);
}

/* The last first: what is put in moves what stands behind it. */
void contents_end(struct pdf *pdf, struct contents *contents)
{
    if (contents == NULL)
        return;
    while (contents->count > 0)
        number_put(pdf, &contents->places[--contents->count]);
    free(contents->places);
    free(contents);
}

/* ---- header ---- */

/* At most so many lines of a text, from `*y` down. */
static void column_put(struct pdf *pdf, size_t page, enum pdf_style_name style, const char *words,
                       int x, int width, int *y, size_t lines)
{
    struct pdf_text text;
    char *clean = doc_clean(words, true);
    text_make(pdf, &text, style, clean, width);
    for (size_t i = 0; i < text.line_count && i < lines; i++) {
        page_line(pdf, page, &text, &text.lines[i], x, *y, false);
        *y -= text.style->leading;
    }
    free(clean);
    pdf_text_free(&text);
}

/* Sender, then the document with its number and who may see it, then page n (m) and date. */
static void header_put(struct pdf *pdf, size_t page)
{
    enum { NUMBERS = 24 * MM, GAP = 6 * MM };
    const struct doc *doc = pdf->doc;
    int right = page_width(pdf, page) - MARGIN_RIGHT;
    int half = (right - MARGIN_LEFT - NUMBERS) / 2, middle = MARGIN_LEFT + half;
    int top = page_height(pdf, page) - HEADER_TOP, y = top;
    struct buf number = BUF_INIT;
    page_artifact(pdf, page, "Header");
    column_put(pdf, page, STYLE_PAGE_STRONG, doc->provider, MARGIN_LEFT, half - GAP, &y, 2);
    y = top;
    column_put(pdf, page, STYLE_PAGE_STRONG, doc->title, middle, half - GAP, &y, 2);
    if (doc_mark(doc) != NULL)
        column_put(pdf, page, STYLE_PAGE, doc_mark(doc), middle, half - GAP, &y, 1);
    if (doc->notice != NULL)
        column_put(pdf, page, STYLE_PAGE_STRONG, doc->notice, middle, half - GAP, &y, 2);
    buf_addf(&number, "%zu (%zu)", page + 1, pdf->page_count);
    right_put(pdf, page, STYLE_PAGE, number.text, right, top);
    right_put(pdf, page, STYLE_PAGE, doc->date, right, top - pdf_styles[STYLE_PAGE].leading);
    page_end(pdf, page);
    buf_free(&number);
}

void headers_put(struct pdf *pdf)
{
    for (size_t i = 0; i < pdf->page_count; i++)
        header_put(pdf, i);
}
