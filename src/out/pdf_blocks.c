/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The blocks of a document on paper, after the custom of Finnish offices: labels in the left margin,
 * text indented beside them, tables over the full width.
 */
#include "out/pdf_blocks.h"

#include <string.h>

#include "base/mem.h"
#include "base/tr.h"

enum {
    LIST_INDENT = 14 * POINT,
    TITLE_DROP = 62 * MM,     /* of the title, on a page of its own */
    ANNOUNCED = 4             /* headings and texts that may stand before a wide table */
};

/* ---- texts ---- */

static int text_left(void)
{
    return MARGIN_LEFT + TEXT_INDENT;
}

int text_width(const struct blocks *b)
{
    return flow_width(&b->flow) - TEXT_INDENT;
}

bool text_blank(const char *text)
{
    return text == NULL || text[strspn(text, " \n")] == '\0';
}

/* Its kind comes in runs. */
bool block_is_small(enum block_kind kind)
{
    return kind == BLOCK_FIELD || kind == BLOCK_LIST_ITEM || kind == BLOCK_CHECKBOX;
}

/* Space above a block: little within a run of small ones. */
static void space_above(struct blocks *b, int height, int in_run)
{
    bool run = b->block > b->pdf->doc->blocks && b->block[-1].kind == b->block->kind;
    flow_space(&b->flow, run ? in_run : height);
}

struct pdf_table *blocks_table(struct blocks *b, const struct block *block)
{
    if (b->table_of != block) {
        pdf_table_free(b->table);
        b->table = pdf_table_new(b->pdf, block);
        b->table_of = block;
    }
    return b->table;
}

/* ---- headings and paragraphs ---- */

/* How far below the top of its page the title stands: less when much stands below it there. */
static int title_drop(const struct blocks *b)
{
    enum { SPACE = 4 * POINT, TITLE = 40 * POINT + 14 * MM };
    int rest = flow_left(&b->flow) - TITLE;
    for (const struct block *at = b->block + 1;
         at < b->end && at->kind != BLOCK_SECTION && at->kind != BLOCK_PAGE_BREAK; at++)
        rest -= SPACE + (at->kind == BLOCK_FIELD
                             ? keep_field(b, at)
                             : keep_text(b, STYLE_BODY, at->text, text_width(b)));
    return rest < 0 ? 0 : rest < TITLE_DROP ? rest : TITLE_DROP;
}

static void put_title(struct blocks *b)
{
    struct flow *flow = &b->flow;
    bool front = b->is_long && b->block == b->pdf->doc->blocks;
    if (front)
        flow->y -= title_drop(b);
    text_put(flow, STYLE_TITLE, b->block->text, MARGIN_LEFT, flow_width(flow),
             tag_add(b->pdf, 0, "H1"), 0);
    flow->y -= 4 * POINT;
    page_artifact(b->pdf, flow->page, "Layout");
    page_fill(b->pdf, flow->page, COLOR_HEADING, MARGIN_LEFT, flow->y, 40 * MM, 2 * POINT);
    page_end(b->pdf, flow->page);
    flow_space(flow, front ? 14 * MM : 6 * MM);
    b->in_front = front;
}

/* The title page ends with the first section. */
static void end_front(struct blocks *b)
{
    if (!b->in_front)
        return;
    b->in_front = false;
    b->contents = contents_put(&b->flow);
    flow_page(&b->flow, false);
}

/* What comes next stands beside what has just been put into the left margin, from its height on. */
static void put_beside(struct blocks *b, int height)
{
    b->beside = b->flow.y;
    b->beside_page = b->flow.page;
    b->flow.y += height;
}

static void put_section(struct blocks *b)
{
    static const struct {
        enum pdf_style_name style;
        int above, below;
    } looks[] = {
        { STYLE_H1, 24 * POINT, 7 * POINT },
        { STYLE_H2, 15 * POINT, 4 * POINT },
        { STYLE_H3, SIDE_GAP, 3 * POINT },
    };
    static const char *const tags[] = { "H1", "H2", "H3", "H4" };
    int level = b->block->level < 1 ? 1 : b->block->level > 3 ? 3 : b->block->level;
    struct pdf_heading *heading = &b->pdf->headings[b->heading++];
    struct flow *flow = &b->flow;
    struct pdf_text text;
    bool beside = keep_is_beside(b, b->block);
    int width = beside ? TEXT_INDENT - LABEL_GAP : flow_width(flow);
    text_make(b->pdf, &text, looks[level - 1].style, b->block->text, width);
    struct flow_cell cell = { .x = MARGIN_LEFT, .width = width, .text = &text };
    int height = cell_height(&cell), kept = keep_below_heading(b);
    flow_space(flow, looks[level - 1].above);
    flow_need(flow, !beside ? height + kept : height > kept ? height : kept);
    heading->page = flow->page;
    heading->y = flow->y - (flow->fresh ? 0 : flow->owed);
    cell.tag = tag_add(b->pdf, 0, tags[heading->level - 1 + b->with_title]);
    flow_row(flow, &cell, 1, 0);
    if (beside)
        put_beside(b, height);
    else
        flow_space(flow, looks[level - 1].below);
    b->side_text = beside ? b->block + 1 : NULL;
    pdf_text_free(&text);
}

static void put_paragraph(struct blocks *b)
{
    if (text_blank(b->block->text))
        return;
    bool after_list = b->block > b->pdf->doc->blocks && block_is_small(b->block[-1].kind);
    if (b->block != b->side_text)
        flow_space(&b->flow, after_list ? 11 * POINT : 5 * POINT);
    text_put(&b->flow, STYLE_BODY, b->block->text, text_left(), text_width(b),
             tag_add(b->pdf, 0, "P"), keep_below(b, b->block));
}

/* ---- lists ---- */

static void list_begin(struct blocks *b, const char *attributes)
{
    b->list = tag_add(b->pdf, 0, "L");
    b->pdf->tags[b->list].attributes = attributes;
}

/* The item's tag, in the list of the run that it belongs to. */
static int item_add(struct blocks *b, const char *attributes)
{
    bool run = b->block > b->pdf->doc->blocks && b->block[-1].kind == b->block->kind;
    if (!run)
        list_begin(b, attributes);
    return tag_add(b->pdf, b->list, "LI");
}

static void put_list_item(struct blocks *b)
{
    struct pdf_text mark, text;
    bool numbered = b->block->label != NULL;
    int item = item_add(b, numbered ? "/O/List/ListNumbering/Decimal"
                                    : "/O/List/ListNumbering/Disc");
    int indent = numbered ? NUMBER_INDENT : LIST_INDENT, width = text_width(b) - indent;
    text_make(b->pdf, &mark, STYLE_BODY, numbered ? b->block->label : "\u2022", indent);
    text_make(b->pdf, &text, STYLE_BODY, b->block->text, width);
    struct flow_cell cells[] = {
        { .x = text_left(), .width = indent, .text = &mark,
          .tag = tag_add(b->pdf, item, "Lbl") },
        { .x = text_left() + indent, .width = width, .text = &text,
          .tag = tag_add(b->pdf, item, "LBody") },
    };
    space_above(b, 5 * POINT, 2 * POINT);
    flow_row(&b->flow, cells, countof(cells), keep_below_item(b, b->block));
    pdf_text_free(&mark);
    pdf_text_free(&text);
}

static void put_checkbox(struct blocks *b)
{
    struct pdf_text text;
    int item = item_add(b, "/O/List/ListNumbering/Square");
    int width = text_width(b) - LIST_INDENT, label = tag_add(b->pdf, item, "Lbl");
    b->pdf->tags[label].alt = xstrdup(b->block->on ? tr_text(b->pdf->tr, "ticked box")
                                                   : tr_text(b->pdf->tr, "box to tick"));
    text_make(b->pdf, &text, STYLE_BODY, b->block->text, width);
    struct flow_cell cells[] = {
        { .x = text_left(), .width = LIST_INDENT, .tag = label,
          .mark = b->block->on ? MARK_TICKED : MARK_BOX },
        { .x = text_left() + LIST_INDENT, .width = width, .text = &text,
          .tag = tag_add(b->pdf, item, "LBody") },
    };
    bool first = b->block > b->pdf->doc->blocks && b->block[-1].kind == BLOCK_QUESTION;
    if (!first)
        space_above(b, 5 * POINT, 4 * POINT);
    else if (!text_blank(b->block[-1].note))
        flow_space(&b->flow, 3 * POINT);
    flow_row(&b->flow, cells, countof(cells), keep_below_item(b, b->block));
    pdf_text_free(&text);
}

/* ---- fields ---- */

struct field {
    struct pdf_text label, value, note;
    struct flow_cell cells[2];
};

static void field_make(struct blocks *b, struct field *field, const char *label,
                       const char *value, int lines, const char *note, bool above, int item)
{
    int left = above ? MARGIN_LEFT : text_left();
    int width = MARGIN_LEFT + flow_width(&b->flow) - left;
    int label_width = above ? flow_width(&b->flow) : TEXT_INDENT - LABEL_GAP;
    text_make(b->pdf, &field->label, above ? STYLE_BODY : STYLE_LABEL, label, label_width);
    text_make(b->pdf, &field->value, STYLE_BODY, value, width);
    text_make(b->pdf, &field->note, STYLE_NOTE, note == NULL ? "" : note, width);
    bool blank = field->value.line_count == 0;
    field->cells[0] = (struct flow_cell){
        .x = MARGIN_LEFT, .width = label_width, .text = &field->label,
        .tag = tag_add(b->pdf, item, "Lbl")
    };
    int body = tag_add(b->pdf, item, "LBody");
    field->cells[1] = (struct flow_cell){
        .x = left, .width = width, .text = blank ? NULL : &field->value,
        .blank = blank ? WRITING : 0, .lines = lines, .note = &field->note
    };
    field->cells[1].tag = blank ? 0 : tag_add(b->pdf, body, "P");
    field->cells[1].note_tag =
        field->note.line_count == 0 ? 0 : tag_add(b->pdf, body, "P");
}

static void field_free(struct field *field)
{
    pdf_text_free(&field->label);
    pdf_text_free(&field->value);
    pdf_text_free(&field->note);
}

static bool label_is_long(struct blocks *b, const char *label)
{
    struct pdf_text text;
    text_make(b->pdf, &text, STYLE_LABEL, label, TEXT_INDENT - LABEL_GAP);
    bool tall = text.line_count > LABEL_LINES;
    pdf_text_free(&text);
    return tall;
}

static void field_put(struct blocks *b, const char *label, const char *value, int lines,
                      const char *note, bool above, int item)
{
    struct field field;
    field_make(b, &field, label, value, lines, note, above, item);
    if (above) {
        int below = cell_height(&field.cells[1]);
        flow_row(&b->flow, &field.cells[0], 1, below < KEPT ? below : KEPT);
        flow_row(&b->flow, &field.cells[1], 1, 0);
    } else {
        flow_row(&b->flow, field.cells, 2, 0);
    }
    field_free(&field);
}

static void put_field(struct blocks *b)
{
    const struct block *block = b->block;
    bool above = label_is_long(b, block->label);
    int item = item_add(b, "/O/List/ListNumbering/None");
    space_above(b, 6 * POINT, above ? 7 * POINT : text_blank(block->text) ? 4 * POINT : 3 * POINT);
    field_put(b, block->label, block->text, block->level, block->note, above, item);
}

/* ---- questions ---- */

/* What stands at the left ends where it ends, or where what is beside it does. */
static void end_beside(struct blocks *b)
{
    if (b->beside != 0 && b->beside_page == b->flow.page && b->flow.y > b->beside)
        b->flow.y = b->beside;
    b->beside = 0;
}

/* Beside the question, from its height on, stand its note and, block by block, its boxes. */
static void put_question(struct blocks *b)
{
    struct flow *flow = &b->flow;
    struct pdf_text label, note;
    int width = text_width(b);
    text_make(b->pdf, &label, STYLE_LABEL, b->block->label, TEXT_INDENT - LABEL_GAP);
    text_make(b->pdf, &note, STYLE_NOTE, text_blank(b->block->note) ? "" : b->block->note,
              width);
    struct flow_cell left = { .x = MARGIN_LEFT, .width = TEXT_INDENT - LABEL_GAP, .text = &label };
    struct flow_cell right = { .x = text_left(), .width = width, .text = &note };
    int height = cell_height(&left);
    flow_space(flow, 9 * POINT);
    flow_need(flow, keep_question(b, b->block));
    left.tag = tag_add(b->pdf, 0, "P");
    if (height > 0)
        flow_row(flow, &left, 1, 0);
    if (!flow_divides(flow, height))
        put_beside(b, height);
    if (note.line_count > 0)
        right.tag = tag_add(b->pdf, 0, "P");
    if (note.line_count > 0)
        flow_row(flow, &right, 1, KEPT / 2);
    pdf_text_free(&label);
    pdf_text_free(&note);
}

/* ---- tables, signatures, pages ---- */

/* More columns than a page holds: each row becomes a list of fields. */
static void put_table_as_fields(struct blocks *b)
{
    const struct block *block = b->block;
    for (size_t i = block->columns; i < block->rows * block->columns; i++) {
        size_t column = i % block->columns;
        if (column == 0)
            list_begin(b, "/O/List/ListNumbering/None");
        flow_space(&b->flow, column == 0 ? 9 * POINT : 2 * POINT);
        field_put(b, block->cells[column], text_blank(block->cells[i]) ? "\u2013" : block->cells[i],
                  0, NULL, false, tag_add(b->pdf, b->list, "LI"));
    }
}

static void put_table(struct blocks *b)
{
    struct pdf_table *table = blocks_table(b, b->block);
    flow_space(&b->flow, 8 * POINT);
    if (pdf_table_is_too_wide(table)) {
        if (!text_blank(b->block->text))
            text_put(&b->flow, STYLE_BODY, b->block->text, text_left(), text_width(b),
                     tag_add(b->pdf, 0, "P"), KEPT);
        put_table_as_fields(b);
    } else {
        pdf_table_put(&b->flow, table, text_blank(b->block->text) ? NULL : b->block->text);
    }
    flow_space(&b->flow, 12 * POINT);
}

/* What the chart says in words stands above it for all. */
static void put_gantt(struct blocks *b)
{
    put_paragraph(b);
    flow_space(&b->flow, 8 * POINT);
    gantt_put(&b->flow, b->block->gantt, text_blank(b->block->text) ? tr_text(b->pdf->tr, "Chart")
                                                                  : b->block->text);
    flow_space(&b->flow, 12 * POINT);
}

/* Two lines to write on, and below them what belongs there. */
static void put_signature(struct blocks *b)
{
    enum { GAP = 10 * MM };
    struct pdf *pdf = b->pdf;
    struct flow *flow = &b->flow;
    struct pdf_text name, place;
    int width = (flow_width(flow) - GAP) / 2, right = MARGIN_LEFT + width + GAP;
    flow_space(flow, 14 * POINT);
    flow_need(flow, SIGNATURE);
    if (!text_blank(b->block->label))
        text_put(flow, STYLE_BODY, b->block->label, MARGIN_LEFT, flow_width(flow),
                 tag_add(pdf, 0, "P"), 2 * WRITING);
    text_make(pdf, &name, STYLE_LABEL,
              text_blank(b->block->text) ? tr_text(pdf->tr, "Name in block letters")
                                       : b->block->text, width);
    text_make(pdf, &place, STYLE_LABEL, tr_text(pdf->tr, "Date and place"), width);
    struct flow_cell lines[] = { { .x = MARGIN_LEFT, .width = width, .blank = WRITING },
                                 { .x = right, .width = width, .blank = WRITING } };
    struct flow_cell words[] = {
        { .x = MARGIN_LEFT, .width = width, .text = &name, .tag = tag_add(pdf, 0, "P") },
        { .x = right, .width = width, .text = &place, .tag = tag_add(pdf, 0, "P") },
    };
    flow_row(flow, lines, countof(lines), 2 * pdf_styles[STYLE_LABEL].leading);
    flow_row(flow, words, countof(words), 0);
    flow_space(flow, 8 * POINT);
    pdf_text_free(&name);
    pdf_text_free(&place);
}

static void put_page_break(struct blocks *b)
{
    if (!b->flow.fresh)
        flow_page(&b->flow, false);
}

/* What is missing here has its own place in every PDF. */
static void (*const putters[BLOCK_KIND_COUNT])(struct blocks *b) = {
    [BLOCK_TITLE] = put_title,         [BLOCK_SECTION] = put_section,
    [BLOCK_PARAGRAPH] = put_paragraph, [BLOCK_LIST_ITEM] = put_list_item,
    [BLOCK_FIELD] = put_field,         [BLOCK_CHECKBOX] = put_checkbox,
    [BLOCK_QUESTION] = put_question,
    [BLOCK_TABLE] = put_table,         [BLOCK_CHART] = put_table,
    [BLOCK_GANTT] = put_gantt,
    [BLOCK_MATRIX] = put_table,        [BLOCK_SIGNATURE] = put_signature,
    [BLOCK_PAGE_BREAK] = put_page_break,
};

/* ---- the whole ---- */

/* The block, or what it announces, needs a landscape page. */
static bool wants_wide(struct blocks *b)
{
    const struct block *block = b->block;
    while (block + 1 < b->end && block->kind == BLOCK_SECTION)
        block++;
    while (block + 1 < b->end && block->kind == BLOCK_PARAGRAPH)
        block++;
    if (block - b->block > ANNOUNCED)
        return false;
    return block->kind == BLOCK_GANTT
           || (block_is_table(block) && pdf_table_is_wide(blocks_table(b, block)));
}

static void turn_page(struct blocks *b)
{
    bool wide = wants_wide(b);
    if (wide == b->pdf->pages[b->flow.page].wide)
        return;
    if (b->flow.fresh)
        b->pdf->pages[b->flow.page].wide = wide;
    if (b->flow.fresh)
        b->flow.y = page_height(b->pdf, b->flow.page) - MARGIN_TOP;
    else
        flow_page(&b->flow, wide);
}

void blocks_write(struct pdf *pdf)
{
    const struct doc *doc = pdf->doc;
    struct blocks b = { .pdf = pdf, .flow = { .pdf = pdf } };
    if (doc->count > 0)
        b.end = doc->blocks + doc->count;
    b.with_title = doc->count > 0 && doc->blocks[0].kind == BLOCK_TITLE;
    b.is_long = doc_has_contents(doc);
    headings_find(pdf);
    tag_add(pdf, 0, "Document");
    flow_page(&b.flow, false);
    for (b.block = doc->blocks; b.block < b.end; b.block++) {
        if (b.block->kind == BLOCK_SECTION || b.block->kind == BLOCK_PAGE_BREAK)
            end_front(&b);
        if (putters[b.block->kind] == NULL
            || doc_heads_contents(doc, (size_t)(b.block - doc->blocks)))
            continue;
        if (b.block->kind != BLOCK_CHECKBOX && b.block != b.side_text)
            end_beside(&b);
        if (b.block->kind != BLOCK_PAGE_BREAK)
            turn_page(&b);
        putters[b.block->kind](&b);
    }
    pdf->rest = page_height(pdf, b.flow.page) - MARGIN_TOP - b.flow.y;
    contents_end(pdf, b.contents);
    pdf_table_free(b.table);
    headers_put(pdf);
}
