/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What of the blocks stands together on a page.
 *
 * A heading, and a text that announces what follows it, stays on the page of what follows.
 */
#include "out/pdf_blocks.h"

#include <string.h>

enum {
    HEADING = 34 * POINT,     /* height of a heading of one line with the space above it */
    HEADING_GAP = 8 * POINT   /* between the last of them and a text */
};

/* Of a text that is kept whole: all of it; of one that may be divided: its beginning. */
int keep_text(const struct blocks *b, enum pdf_style_name style, const char *words, int width)
{
    struct pdf_text text;
    text_make(b->pdf, &text, style, words == NULL ? "" : words, width);
    struct flow_cell cell = { .text = &text };
    int height = cell_height(&cell);
    pdf_text_free(&text);
    return flow_divides(&b->flow, height) ? KEPT : height;
}

int keep_field(const struct blocks *b, const struct block *block)
{
    int label = keep_text(b, STYLE_LABEL, block->label, TEXT_INDENT - LABEL_GAP);
    int value = text_blank(block->text) ? WRITING
                                        : keep_text(b, STYLE_BODY, block->text, text_width(b));
    value += keep_text(b, STYLE_NOTE, block->note, text_width(b));
    return label > value ? label : value;
}

/* All of a question, and beside it the note and the beginning of the boxes. */
int keep_question(const struct blocks *b, const struct block *block)
{
    int label = keep_text(b, STYLE_LABEL, block->label, TEXT_INDENT - LABEL_GAP);
    int beside = keep_text(b, STYLE_NOTE, block->note, text_width(b)) + KEPT;
    return label > beside ? label : beside;
}

/* The last item of a list is not alone on its page. */
int keep_below_item(struct blocks *b, const struct block *item)
{
    const struct block *next = item + 1;
    bool is_last = next < b->end && next->kind == item->kind
                   && (next + 1 == b->end || next[1].kind != next->kind);
    return is_last ? keep_block(b, next) : 0;
}

/* What of a block must stand on the page of the text or heading that announces it, with the space
 * between them. */
int keep_block(struct blocks *b, const struct block *block)
{
    enum { SPACE = 8 * POINT, SIGNATURE_SPACE = 14 * POINT };
    if (block_is_table(block))
        return SPACE + (pdf_table_is_too_wide(blocks_table(b, block))
                            ? KEPT : pdf_table_least(blocks_table(b, block)));
    if (block->kind == BLOCK_SIGNATURE)
        return SIGNATURE_SPACE + SIGNATURE;
    if (block->kind == BLOCK_FIELD)
        return SPACE + keep_field(b, block);
    if (block->kind == BLOCK_LIST_ITEM || block->kind == BLOCK_CHECKBOX)
        return SPACE + keep_text(b, STYLE_BODY, block->text, text_width(b) - NUMBER_INDENT)
               + keep_below_item(b, block);
    return block->kind == BLOCK_QUESTION ? SPACE + keep_question(b, block) : KEPT;
}

/* The text between a heading and the first of its own headings. */
static bool is_intro(const struct blocks *b, const struct block *block)
{
    return block > b->pdf->doc->blocks && block[-1].kind == BLOCK_SECTION && block + 1 < b->end
           && block[1].kind == BLOCK_SECTION && block[1].level > block[-1].level;
}

/* What such a text announces: headings, and the beginning of what is below them. */
static int below_intro(struct blocks *b, const struct block *next)
{
    int height = 0;
    for (; next < b->end && next->kind == BLOCK_SECTION; next++)
        height += HEADING;
    return height + (next < b->end ? keep_block(b, next) : 0);
}

/* Labels of lists and tables announce what follows, and so do a colon, a question and the text
 * between a heading and its fields. */
int keep_below(struct blocks *b, const struct block *block)
{
    const struct block *next = block + 1;
    if (is_intro(b, block))
        return below_intro(b, next);
    bool headed = block > b->pdf->doc->blocks && block[-1].kind == BLOCK_SECTION && next < b->end
                  && (block_is_small(next->kind) || next->kind == BLOCK_QUESTION);
    size_t length = block->text == NULL ? 0 : strlen(block->text);
    bool open = length > 0 && strchr(":?", block->text[length - 1]) != NULL;
    bool announces = next < b->end
                     && (open || headed || next->kind == BLOCK_CHECKBOX
                         || next->kind == BLOCK_SIGNATURE || block_is_table(next));
    return announces ? keep_block(b, next) : 0;
}

/* A lowest heading with a text stands in the left margin, as offices do it, unless it is long. */
bool keep_is_beside(const struct blocks *b, const struct block *block)
{
    const struct block *next = block + 1;
    struct pdf_text text;
    if (block->level < 3 || next == b->end || next->kind != BLOCK_PARAGRAPH
        || text_blank(next->text))
        return false;
    text_make(b->pdf, &text, STYLE_H3, block->text, TEXT_INDENT - LABEL_GAP);
    bool fits = text.line_count > 0 && text.line_count <= LABEL_LINES;
    pdf_text_free(&text);
    return fits;
}

/* A heading is never the last on a page: it takes along the headings right below it, and with them
 * what follows, or the beginning of what is tall enough to be divided. */
int keep_below_heading(struct blocks *b)
{
    const struct block *block = b->block + 1;
    int height = 0;
    bool beside = keep_is_beside(b, b->block);
    for (; block < b->end && block->kind == BLOCK_SECTION; block++) {
        beside = keep_is_beside(b, block);
        height += beside ? SIDE_GAP : HEADING;
    }
    if (block == b->end)
        return height + KEPT;
    if (block->kind != BLOCK_PARAGRAPH)
        return height + keep_block(b, block);
    height += (beside ? 0 : HEADING_GAP) + keep_text(b, STYLE_BODY, block->text, text_width(b));
    return height + keep_below(b, block);
}
