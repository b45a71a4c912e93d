/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables over several pages, with their headings on each.
 *
 * Columns are measured first. Each gets room for its widest word, or for a part of it that can be
 * divided when words are long; what is left goes where it saves lines. When a portrait page is too
 * narrow the table gets a landscape one, there with smaller letters if need be, and a matrix turns
 * its headings upright before it does so.
 */
#include "out/pdf_blocks.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    PAD_X = 3500,             /* between text and the edge of a cell */
    PAD_Y = 3000,
    CELL_LEAST = 7 * MM,
    TURNED_HEIGHT = 42 * MM,  /* room for headings that stand upright */
    TURNED_FROM = 8,          /* columns */
    HEAD_MOST = 70 * MM       /* taller headings are not repeated */
};

static const int wide_room = PAGE_LONG - MARGIN_LEFT - MARGIN_RIGHT;
static const int narrow_room = PAGE_SHORT - MARGIN_LEFT - MARGIN_RIGHT;

enum fit { FIT_NARROW, FIT_WIDE, FIT_SMALL, FIT_NOT };

/* A word wider than this is divided rather than that the table takes the next way to fit. */
static const int word_most[] = {
    [FIT_NARROW] = 24 * MM, [FIT_WIDE] = 18 * MM, [FIT_SMALL] = 11 * MM
};

struct pdf_table {
    struct pdf *pdf;
    const struct block *block;
    struct pdf_text *cells;   /* row by row */
    int *widths, *words, *naturals; /* of columns, padding not counted */
    int *heads;               /* width of headings that stand upright */
    enum fit fit;
    bool turned;
    int head_height;
    size_t row;               /* that is being put */
};

/* ---- measuring ---- */

static void cells_shape(struct pdf_table *table, bool is_small)
{
    const struct block *block = table->block;
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        bool head = i < block->columns
                    || (block->kind == BLOCK_MATRIX && i % block->columns == 0);
        enum pdf_style_name style = is_small ? STYLE_CELL_SMALL : STYLE_CELL;
        if (head)
            style = is_small ? STYLE_HEAD_SMALL : STYLE_HEAD;
        pdf_text_free(&table->cells[i]);
        pdf_text_set(&table->cells[i], table->pdf->fonts, &pdf_styles[style],
                     table->pdf->doc->lang, block->cells[i]);
    }
}

static void raise(int *most, int value)
{
    *most = value > *most ? value : *most;
}

/* The columns of shaded cells are equally wide. */
static void columns_equal(struct pdf_table *table)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t c = 2; c < table->block->columns; c++) {
            raise(&table->words[pass ? c : 1], table->words[pass ? 1 : c]);
            raise(&table->naturals[pass ? c : 1], table->naturals[pass ? 1 : c]);
        }
}

static void columns_measure(struct pdf_table *table)
{
    const struct block *block = table->block;
    int most = word_most[table->fit];
    for (size_t c = 0; c < block->columns; c++)
        table->words[c] = table->naturals[c] = 0;
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        size_t column = i % block->columns;
        if (table->turned && i < block->columns && column > 0) {
            pdf_text_break(&table->cells[i], table->pdf->fonts, TURNED_HEIGHT);
            table->heads[column] =
                (int)table->cells[i].line_count * table->cells[i].style->leading;
            continue;
        }
        raise(&table->words[column], pdf_text_word(&table->cells[i]));
        raise(&table->naturals[column], pdf_text_natural(&table->cells[i]));
    }
    for (size_t c = 0; c < block->columns; c++) {
        table->words[c] = table->words[c] < most ? table->words[c] : most;
        raise(&table->words[c], table->turned && c > 0 ? table->heads[c] : CELL_LEAST);
        raise(&table->naturals[c], table->words[c]);
    }
    if (block->shades != NULL && block->columns > 1)
        columns_equal(table);
}

/* Whether it fits in the way that is set. */
static bool fits(struct pdf_table *table)
{
    int room = table->fit == FIT_NARROW ? narrow_room : wide_room;
    columns_measure(table);
    long needed = 0;
    for (size_t c = 0; c < table->block->columns; c++)
        needed += table->words[c] + 2 * PAD_X;
    return needed <= room;
}

/* The first of the ways that suits: upright headings before small letters. */
static void fit_find(struct pdf_table *table)
{
    bool can_turn = table->block->kind == BLOCK_MATRIX && table->block->columns >= TURNED_FROM;
    table->fit = FIT_NARROW;
    if (fits(table))
        return;
    table->fit = FIT_WIDE;
    if (fits(table))
        return;
    table->turned = can_turn;
    if (can_turn && fits(table))
        return;
    table->fit = FIT_SMALL;
    cells_shape(table, true);
    if (!fits(table))
        table->fit = FIT_NOT;
}

struct pdf_table *pdf_table_new(struct pdf *pdf, const struct block *block)
{
    struct pdf_table *table = xcalloc(1, sizeof *table);
    table->pdf = pdf;
    table->block = block;
    table->cells = xcalloc(block->rows * block->columns + 1, sizeof table->cells[0]);
    table->widths = xcalloc(block->columns + 1, sizeof table->widths[0]);
    table->words = xcalloc(block->columns + 1, sizeof table->words[0]);
    table->naturals = xcalloc(block->columns + 1, sizeof table->naturals[0]);
    table->heads = xcalloc(block->columns + 1, sizeof table->heads[0]);
    cells_shape(table, false);
    fit_find(table);
    return table;
}

void pdf_table_free(struct pdf_table *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->block->rows * table->block->columns; i++)
        pdf_text_free(&table->cells[i]);
    free(table->cells);
    free(table->widths);
    free(table->words);
    free(table->naturals);
    free(table->heads);
    free(table);
}

bool pdf_table_is_wide(const struct pdf_table *table)
{
    return table->fit == FIT_WIDE || table->fit == FIT_SMALL;
}

bool pdf_table_is_too_wide(const struct pdf_table *table)
{
    return table->fit == FIT_NOT;
}

/* Shares `room` by what each column would like beyond `widths`; nobody gets more than that, but
 * when all have enough the rest is shared by what they have. */
static void widths_share(struct pdf_table *table, int room)
{
    size_t columns = table->block->columns;
    long used = 0, wished = 0;
    for (size_t c = 0; c < columns; c++) {
        table->widths[c] = table->words[c];
        used += table->words[c];
        wished += table->naturals[c] - table->words[c];
    }
    long rest = room - (long)columns * 2 * PAD_X - used;
    for (size_t c = 0; c < columns && rest > 0; c++) {
        long wish = table->naturals[c] - table->words[c];
        if (wished > rest)
            table->widths[c] += (int)(rest * wish / wished);
        else
            table->widths[c] += (int)(wish + (rest - wished) * table->naturals[c]
                                                 / (used + wished));
    }
}

static void cells_break(struct pdf_table *table)
{
    const struct block *block = table->block;
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        size_t column = i % block->columns;
        bool upright = table->turned && i < block->columns && column > 0;
        pdf_text_break(&table->cells[i], table->pdf->fonts,
                       upright ? TURNED_HEIGHT : table->widths[column]);
    }
}

/* ---- drawing ---- */

static int table_width(const struct pdf_table *table)
{
    int width = 0;
    for (size_t c = 0; c < table->block->columns; c++)
        width += table->widths[c] + 2 * PAD_X;
    return width;
}

static int head_height(const struct pdf_table *table)
{
    int most = 0;
    for (size_t c = 0; c < table->block->columns; c++) {
        const struct pdf_text *text = &table->cells[c];
        int height = (int)text->line_count * text->style->leading;
        if (table->turned && c > 0) {
            height = 0;
            for (size_t i = 0; i < text->line_count; i++)
                raise(&height, pdf_text_line_width(text, &text->lines[i]));
        }
        raise(&most, height);
    }
    return most + 2 * PAD_Y;
}

/* Lines of one heading; upright ones stand side by side on the foot of the row. */
static void head_cell_draw(struct flow *flow, const struct pdf_table *table, size_t column, int x)
{
    const struct pdf_text *text = &table->cells[column];
    int leading = text->style->leading, top = flow->y - PAD_Y;
    for (size_t i = 0; i < text->line_count; i++) {
        int down = (int)i * leading + pdf_style_drop(text->style);
        if (table->turned && column > 0)
            page_line(flow->pdf, flow->page, text, &text->lines[i], x + down,
                      flow->y - table->head_height + PAD_Y, true);
        else
            page_line(flow->pdf, flow->page, text, &text->lines[i], x, top - down, false);
    }
}

/* The first time its cells have tags; on the pages that follow it is decoration. */
static void head_draw(struct flow *flow, struct pdf_table *table, const struct flow_cell *tagged)
{
    int x = MARGIN_LEFT + PAD_X, width = table_width(table);
    page_artifact(flow->pdf, flow->page, "Layout");
    page_fill(flow->pdf, flow->page, COLOR_SHADE, MARGIN_LEFT, flow->y - table->head_height, width,
              table->head_height);
    page_rule(flow->pdf, flow->page, MARGIN_LEFT, flow->y - table->head_height, width, POINT);
    page_end(flow->pdf, flow->page);
    for (size_t c = 0; c < table->block->columns; c++) {
        if (table->cells[c].line_count > 0) {
            if (tagged != NULL)
                page_mark(flow->pdf, flow->page, tagged[c].tag);
            else
                page_artifact(flow->pdf, flow->page, "Header");
            head_cell_draw(flow, table, c, x);
            page_end(flow->pdf, flow->page);
        }
        x += table->widths[c] + 2 * PAD_X;
    }
    flow->y -= table->head_height;
    flow->owed = 0;
    flow->fresh = false;
}

static void page_begun(struct flow *flow, void *data)
{
    struct pdf_table *table = data;
    if (table->head_height > HEAD_MOST)
        return;
    head_draw(flow, table, NULL);
    flow_space(flow, PAD_Y);
}

/* The shades of a row that stands between the two heights. */
static void shades_draw(struct flow *flow, const struct pdf_table *table, int top, int bottom)
{
    enum { GAP = POINT };
    size_t columns = table->block->columns;
    int x = MARGIN_LEFT;
    for (size_t c = 0; c < columns; c++) {
        int shade = doc_shade(table->block, table->row * columns + c);
        int width = table->widths[c] + 2 * PAD_X;
        if (shade > 0)
            page_fill(flow->pdf, flow->page, (enum pdf_color)(COLOR_DARKER + shade - 1), x + GAP / 2,
                      bottom + GAP / 2, width - GAP, top - bottom - GAP);
        x += width;
    }
}

/* How tall a row is, one knows when it stands; its shades are put in before it. */
static void row_shade(struct flow *flow, const struct pdf_table *table, int top, int bottom)
{
    struct buf *content = &flow->pdf->pages[flow->page].content, kept = *content;
    *content = (struct buf)BUF_INIT;
    page_artifact(flow->pdf, flow->page, "Layout");
    shades_draw(flow, table, top, bottom);
    page_end(flow->pdf, flow->page);
    struct buf drawn = *content;
    *content = kept;
    buf_splice(content, flow->row_at, 0, drawn.text, drawn.length);
    buf_free(&drawn);
}

static void row_drawn(struct flow *flow, int top, void *data)
{
    const struct pdf_table *table = data;
    flow->y -= PAD_Y;
    if (table->block->shades != NULL)
        row_shade(flow, table, top + PAD_Y, flow->y);
    page_artifact(flow->pdf, flow->page, "Layout");
    page_rule(flow->pdf, flow->page, MARGIN_LEFT, flow->y, table_width(table), POINT / 4);
    page_end(flow->pdf, flow->page);
}

/* The cells of a row, with a tag each below the tag of the row. */
static void row_cells(const struct pdf_table *table, size_t row, struct flow_cell *cells, int tag)
{
    const struct block *block = table->block;
    int x = MARGIN_LEFT + PAD_X;
    for (size_t c = 0; c < block->columns; c++) {
        bool head = row == 0 || (block->kind == BLOCK_MATRIX && c == 0);
        cells[c] = (struct flow_cell){
            .x = x, .width = table->widths[c], .text = &table->cells[row * block->columns + c],
            .tag = tag_add(table->pdf, tag, head ? "TH" : "TD")
        };
        if (head)
            table->pdf->tags[cells[c].tag].attributes =
                row == 0 ? "/O/Table/Scope/Column" : "/O/Table/Scope/Row";
        x += table->widths[c] + 2 * PAD_X;
    }
}

static void row_put(struct flow *flow, const struct flow_cell *cells, size_t count)
{
    flow_space(flow, PAD_Y);
    flow_row(flow, cells, count, PAD_Y);
}

static void rows_put(struct flow *flow, struct pdf_table *table, int tag)
{
    const struct block *block = table->block;
    struct flow_cell *cells = xcalloc(block->columns, sizeof *cells);
    row_cells(table, 0, cells, tag_add(table->pdf, tag_add(table->pdf, tag, "THead"), "TR"));
    flow->data = table;
    flow->drawn = row_drawn;
    if (table->head_height <= HEAD_MOST)
        head_draw(flow, table, cells);
    else
        row_put(flow, cells, block->columns);
    flow->begun = page_begun;
    int body = block->rows > 1 ? tag_add(table->pdf, tag, "TBody") : 0;
    for (size_t row = 1; row < block->rows; row++) {
        table->row = row;
        row_cells(table, row, cells, tag_add(table->pdf, body, "TR"));
        row_put(flow, cells, block->columns);
    }
    flow->begun = NULL;
    flow->drawn = NULL;
    free(cells);
}

/* The height that the headings want below them: that of the first row, or the beginning of a tall
 * one; of a table with shades all of it, since it is looked at as a whole. */
static int first_height(const struct flow *flow, const struct pdf_table *table)
{
    enum { FIRST_ROW = 30 * POINT };
    const struct block *block = table->block;
    int height = 0;
    for (size_t row = 1; row < (block->shades != NULL ? block->rows : 2) && row < block->rows; row++) {
        int most = 0;
        for (size_t c = 0; c < block->columns; c++) {
            const struct pdf_text *text = &table->cells[row * block->columns + c];
            raise(&most, (int)text->line_count * text->style->leading + 2 * PAD_Y);
        }
        height += most;
    }
    return height < FIRST_ROW || flow_divides(flow, height) ? FIRST_ROW : height;
}

void pdf_table_put(struct flow *flow, struct pdf_table *table, const char *caption)
{
    enum { CAPTION = 30 * POINT };
    int tag = tag_add(flow->pdf, 0, "Table");
    widths_share(table, flow_width(flow));
    cells_break(table);
    table->head_height = head_height(table);
    int head = table->head_height < HEAD_MOST ? table->head_height : HEAD_MOST;
    head += first_height(flow, table);
    flow_need(flow, head + (caption == NULL ? 0 : CAPTION));
    if (caption != NULL) {
        text_put(flow, STYLE_H3, caption, MARGIN_LEFT, flow_width(flow),
                 tag_add(flow->pdf, tag, "Caption"), head);
        flow_space(flow, 3 * POINT);
    }
    if (!flow->fresh)
        flow->y -= flow->owed;
    rows_put(flow, table, tag);
}
