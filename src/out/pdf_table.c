/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Tables over several pages, with their headings on each.
 *
 * Columns are measured first. Each gets room for its widest word, or for a part of it that can be
 * divided when words are long; what is left goes where it saves lines. When a portrait page is too
 * narrow, or takes more paper, the table gets a landscape one, there with smaller letters if need
 * be, and a matrix turns its headings upright before it does so.
 */
#include "out/pdf_blocks.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum {
    PAD_X = 3500,             /* between text and the edge of a cell */
    PAD_Y = 3000,
    CELL_LEAST = 7 * MM,
    TURNED_HEIGHT = 42 * MM,  /* room for headings that stand upright */
    TURNED_FROM = 8,          /* columns */
    SQUEEZED_FROM = 7,        /* columns from which on a landscape page may save paper */
    HEAD_MOST = 70 * MM,      /* taller headings are not repeated */
    WRITE_HEIGHT = 20 * POINT, /* of a row to write in, and the width of its cells */
    WRITE_WIDTH = 24 * MM,
    ROW_MOST = 60 * MM,       /* taller rows may be divided rather than kept with another */
    KEPT_MOST = 80 * MM,      /* taller beginnings of tables are not kept whole */
    CAPTION = 30 * POINT,     /* height of one, with the space below it */
    ROW_PART = 30 * POINT,    /* of them this must stand */
    NATURAL_MOST = 60 * MM    /* a text wider than this has several lines anyway */
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
    int *heads;               /* width of headings, upright ones as they stand */
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
            raise(&table->heads[pass ? c : 1], table->heads[pass ? 1 : c]);
        }
}

static void columns_measure(struct pdf_table *table)
{
    const struct block *block = table->block;
    int most = word_most[table->fit];
    for (size_t c = 0; c < block->columns; c++)
        table->words[c] = table->naturals[c] = table->heads[c] = 0;
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        size_t column = i % block->columns;
        if (table->turned && i < block->columns && column > 0) {
            pdf_text_break(&table->cells[i], table->pdf->fonts, TURNED_HEIGHT);
            table->heads[column] =
                (int)table->cells[i].line_count * table->cells[i].style->leading;
            continue;
        }
        raise(&table->words[column], pdf_text_word(&table->cells[i]));
        raise(i < block->columns ? &table->heads[column] : &table->naturals[column],
              pdf_text_natural(&table->cells[i]));
    }
    for (size_t c = 0; c < block->columns; c++) {
        table->words[c] = table->words[c] < most ? table->words[c] : most;
        raise(&table->words[c], table->turned && c > 0 ? table->heads[c] : CELL_LEAST);
        raise(&table->naturals[c], table->words[c]);
        raise(&table->naturals[c], block->on && c > 0 ? WRITE_WIDTH : 0);
    }
    if (block->shades != NULL && block->columns > 1)
        columns_equal(table);
}

/* Room for the cells of the way that is set. */
static int fit_room(const struct pdf_table *table)
{
    return table->fit == FIT_NARROW ? narrow_room : wide_room;
}

/* Whether it fits in the way that is set. */
static bool fits(struct pdf_table *table)
{
    columns_measure(table);
    long needed = 0;
    for (size_t c = 0; c < table->block->columns; c++)
        needed += table->words[c] + 2 * PAD_X;
    return needed <= fit_room(table);
}

/* Widens the columns towards `wishes`, at most `most` each, as far as `rest` goes. Returns what is
 * left of it. */
static long widths_raise(struct pdf_table *table, const int *wishes, int most, long rest)
{
    size_t columns = table->block->columns;
    long wished = 0;
    for (size_t c = 0; c < columns; c++) {
        int wish = wishes[c] < most ? wishes[c] : most;
        wished += wish > table->widths[c] ? wish - table->widths[c] : 0;
    }
    long given = wished < rest ? wished : rest;
    for (size_t c = 0; c < columns && given > 0; c++) {
        int wish = wishes[c] < most ? wishes[c] : most;
        if (wish > table->widths[c])
            table->widths[c] += (int)(given * (wish - table->widths[c]) / wished);
    }
    return rest - given;
}

/* Shares `room`: each column gets its widest word, then what saves lines in most rows, then its
 * heading on one line, and long texts the rest. When all have enough it is shared by what they
 * have. */
static void widths_share(struct pdf_table *table, int room)
{
    size_t columns = table->block->columns;
    long used = 0, rest = room - (long)columns * 2 * PAD_X;
    for (size_t c = 0; c < columns; c++) {
        table->widths[c] = table->words[c];
        rest -= table->words[c];
    }
    rest = rest > 0 ? widths_raise(table, table->naturals, NATURAL_MOST, rest) : 0;
    rest = widths_raise(table, table->heads, INT_MAX, rest);
    rest = widths_raise(table, table->naturals, INT_MAX, rest);
    for (size_t c = 0; c < columns; c++)
        used += table->widths[c];
    for (size_t c = 0; c < columns; c++)
        table->widths[c] += (int)(rest * table->widths[c] / used);
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

static int head_most(const struct pdf_table *table)
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

/* Of the texts, without the space around them. */
static int row_height(const struct pdf_table *table, size_t row)
{
    const struct pdf_text *cells = &table->cells[row * table->block->columns];
    int most = table->block->on ? WRITE_HEIGHT : 0;
    for (size_t c = 0; c < table->block->columns; c++)
        raise(&most, (int)cells[c].line_count * cells[c].style->leading);
    return most;
}

static void lines_make(struct pdf_table *table)
{
    widths_share(table, fit_room(table));
    cells_break(table);
    table->head_height = head_most(table);
}

/* Pages that it fills, in hundredths. */
enum { PAGE_FULL = 100 };
static long paper_of(struct pdf_table *table)
{
    int page = table->fit == FIT_NARROW ? PAGE_LONG : PAGE_SHORT;
    long height = 0;
    lines_make(table);
    for (size_t row = 1; row < table->block->rows; row++)
        height += row_height(table, row) + 2 * PAD_Y;
    return height * PAGE_FULL / (page - MARGIN_TOP - MARGIN_BOTTOM - table->head_height);
}

/* Many columns may be so narrow on a portrait page that landscape ones save paper, more than what
 * stays empty where pages turn. */
static bool is_squeezed(struct pdf_table *table)
{
    if (table->block->columns < SQUEEZED_FROM)
        return false;
    long saved = paper_of(table) - PAGE_FULL;
    if (saved <= 0)
        return false;
    table->fit = FIT_WIDE;
    return fits(table) && paper_of(table) < saved;
}

/* The first of the ways that suits: upright headings before small letters. */
static void fit_find(struct pdf_table *table)
{
    bool can_turn = table->block->kind == BLOCK_MATRIX && table->block->columns >= TURNED_FROM;
    table->fit = FIT_NARROW;
    if (fits(table)) {
        if (is_squeezed(table))
            return;
        table->fit = FIT_NARROW;
        columns_measure(table);
        return;
    }
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
    if (table->fit != FIT_NOT)
        lines_make(table);
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

/* ---- drawing ---- */

static int table_width(const struct pdf_table *table)
{
    int width = 0;
    for (size_t c = 0; c < table->block->columns; c++)
        width += table->widths[c] + 2 * PAD_X;
    return width;
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
            .tag = tag_add(table->pdf, tag, head ? "TH" : "TD"),
            .least = block->on && row > 0 ? WRITE_HEIGHT : 0
        };
        if (head)
            table->pdf->tags[cells[c].tag].attributes =
                row == 0 ? "/O/Table/Scope/Column" : "/O/Table/Scope/Row";
        x += table->widths[c] + 2 * PAD_X;
    }
}

/* What of a row must stand on a page with its neighbour. */
static int row_kept(const struct pdf_table *table, size_t row)
{
    int height = row_height(table, row);
    return (height > ROW_MOST ? ROW_PART : height) + 2 * PAD_Y;
}

static void row_put(struct flow *flow, const struct flow_cell *cells, size_t count)
{
    flow_space(flow, PAD_Y);
    flow_row(flow, cells, count, PAD_Y);
}

/* The last row is not alone on its page. */
static void last_rows_keep(struct flow *flow, const struct pdf_table *table, size_t row)
{
    if (row + 2 != table->block->rows)
        return;
    flow_space(flow, PAD_Y);
    flow_need(flow, row_kept(table, row) + row_kept(table, row + 1) - PAD_Y);
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
        last_rows_keep(flow, table, row);
        row_put(flow, cells, block->columns);
    }
    flow->begun = NULL;
    flow->drawn = NULL;
    free(cells);
}

/* The caption and the headings with the first two rows, or with all three when there are no more. A
 * table with shades is looked at as a whole. */
int pdf_table_least(const struct pdf_table *table)
{
    size_t rows = table->block->rows, kept = rows == 4 || table->block->shades != NULL ? rows : 3;
    bool captioned = table->block->text != NULL && *table->block->text != '\0';
    int height = table->head_height < HEAD_MOST ? table->head_height : HEAD_MOST;
    height += captioned ? CAPTION : 0;
    for (size_t row = 1; row < rows && row < kept && height < KEPT_MOST; row++)
        height += row_kept(table, row);
    return height;
}

void pdf_table_put(struct flow *flow, struct pdf_table *table, const char *caption)
{
    int tag = tag_add(flow->pdf, 0, "Table"), least = pdf_table_least(table);
    flow_need(flow, least);
    if (caption != NULL) {
        text_put(flow, STYLE_H3, caption, MARGIN_LEFT, flow_width(flow),
                 tag_add(flow->pdf, tag, "Caption"), least - CAPTION);
        flow_space(flow, 3 * POINT);
    }
    if (!flow->fresh)
        flow->y -= flow->owed;
    rows_put(flow, table, tag);
}
