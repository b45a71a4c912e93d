/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A document as plain text for paper and screen: 80 columns, pages of 60 lines.
 *
 * Two steps. Here every block becomes lines of a layout (text_layout.h); text_pages.h deals them
 * onto pages. A text for the screen is the lines alone.
 */
#include "out/writers.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "out/doc.h"
#include "out/gantt_text.h"
#include "out/text_layout.h"
#include "out/text_pages.h"

enum {
    SCREEN_LEAST = 24,        /* columns of a text for the screen */
    LABEL_COLS = 30,
    LABEL_WORD_COLS = 40,     /* the same for the sake of one long word */
    GAP = 2,                  /* columns between columns */
    NARROW_GAP = 1,           /* the same in a table of many columns */
    MANY_COLUMNS = 8,
    TABLE_CELL_MIN = 2,       /* room for one wide letter */
    HEAD_REPEAT_LINES = 12,
    MARK_COLS = 3,            /* of a box to tick */
    FIELD_LINES = 3           /* a value taller than this stands below its label */
};

/* Blank lines above a block: none within a run of small ones. */
static int space_above(const struct layout *layout, enum block_kind kind)
{
    bool small = kind == BLOCK_FIELD || kind == BLOCK_LIST_ITEM || kind == BLOCK_CHECKBOX;
    if (layout->count == 0)
        return 0;
    bool run = layout->last == kind || (kind == BLOCK_CHECKBOX && layout->last == BLOCK_QUESTION);
    return small && run ? 0 : 1;
}

static void heading_put(struct layout *layout, const char *text, int space, const char *mark)
{
    size_t first = layout->count;
    int cols = 0;
    layout_text(layout, layout->count == 0 ? 0 : space, text);
    for (size_t i = first; i < layout->count; i++) {
        int width = utf8_width(layout->lines[i].text);
        cols = width > cols ? width : cols;
    }
    layout_rule(layout, mark, cols);
    layout_keep(layout, first, true);
}

static void write_title(struct layout *layout, const struct block *block)
{
    char *text = doc_clean(block->text, true);
    heading_put(layout, text, 1, "\u2550");
    free(text);
}

static void write_section(struct layout *layout, const struct block *block)
{
    char *text = doc_clean(block->text, true);
    if (block->level == 1) {
        heading_put(layout, text, layout->last == BLOCK_TITLE ? 1 : 2, "\u2500");
    } else if (block->level == 2) {
        heading_put(layout, text, 1, "-");
    } else {
        size_t first = layout->count;
        layout_text(layout, 1, text);
        layout_keep(layout, first, true);
    }
    free(text);
}

/* A lowest heading has no rule below it, so its text follows at once. */
static void write_paragraph(struct layout *layout, const struct block *block)
{
    bool headed = block > layout->doc->blocks && block[-1].kind == BLOCK_SECTION
                  && block[-1].level > 2;
    char *text = doc_clean(block->text, false);
    layout_text(layout, headed ? 0 : space_above(layout, block->kind), text);
    free(text);
}

/* A mark and a text that hangs beside it. */
static void mark_put(struct layout *layout, const struct block *block, const char *mark)
{
    char *text = doc_clean(block->text, false);
    int width = utf8_width(mark);
    int widths[] = { width, layout->cols - width - 1 };
    const char *cells[] = { mark, text };
    layout_row(layout, space_above(layout, block->kind), cells,
               &(struct grid){ countof(widths), widths, 1 });
    free(text);
}

static void write_list_item(struct layout *layout, const struct block *block)
{
    mark_put(layout, block, block->label != NULL ? block->label : "\u2013");
}

static void write_checkbox(struct layout *layout, const struct block *block)
{
    mark_put(layout, block, block->on ? "[x]" : "[ ]");
}

/* The label with the colon that divides it from the value; a question has its own mark. */
static char *label_text(const char *label)
{
    struct buf out = BUF_INIT;
    char *clean = doc_clean(label, true);
    buf_add(&out, clean);
    buf_trim(&out);
    if (out.length > 0 && strchr("?:.!", out.text[out.length - 1]) == NULL)
        buf_add_char(&out, ':');
    free(clean);
    return buf_detach(&out);
}

/* Labels have the same share of a narrow text as of a page. */
static int labels_most(const struct layout *layout)
{
    return layout->cols * LABEL_COLS / PAGE_COLS;
}

/* Columns for the labels of the run of fields that begins with `block`. */
static int label_cols(const struct layout *layout, const struct block *block,
                      const struct block *end)
{
    int cols = 1, most = labels_most(layout), word_most = most * LABEL_WORD_COLS / LABEL_COLS;
    for (; block < end && block->kind == BLOCK_FIELD; block++) {
        char *label = label_text(block->label);
        int width = utf8_width(label), word = utf8_widest_part(label, " ");
        width = width < most ? width : most;
        if (word > width && word <= word_most)
            width = word;
        cols = width > cols ? width : cols;
        free(label);
    }
    return cols;
}

/* A value that needs the whole width, or is to be copied: below its label, without indent. */
static void field_below(struct layout *layout, int space, const char *label, const char *value,
                        const char *note)
{
    size_t first = layout->count;
    layout_text(layout, space, label);
    layout_keep(layout, first, true);
    layout_text(layout, 0, value);
    if (*note != '\0') {
        layout->lines[layout->count - 1].keep = true;
        layout_text(layout, 0, note);
    }
    layout->owed = 1;
}

/* The note stands below the value, or the `lines` for it, or across the page when it holds an
 * address too wide. */
static void field_beside(struct layout *layout, int space, const char *label, const char *value,
                         int lines, const char *note, const struct grid *grid)
{
    int wide[] = { 1, layout->cols - 2 };
    struct buf out = BUF_INIT;
    size_t first = layout->count;
    bool fits = utf8_widest_part(note, " ") <= grid->widths[1];
    buf_add(&out, value);
    for (int i = 0; *value == '\0' && i < lines; i++) {
        buf_add(&out, i > 0 ? "\n" : "");
        buf_add_repeat(&out, "_", grid->widths[1]);
    }
    if (*note != '\0' && fits)
        buf_addf(&out, "\n%s", note);
    const char *cells[] = { label, out.text };
    layout_row(layout, space, cells, grid);
    if (!fits) {
        layout_keep(layout, first, true);
        layout_row(layout, 0, (const char *[]){ "", note },
                   &(struct grid){ countof(wide), wide, 1 });
    }
    buf_free(&out);
}

static char *note_text(const char *note)
{
    struct buf out = BUF_INIT;
    char *clean = doc_clean(note, true);
    if (*clean != '\0') {
        buf_add_char(&out, '(');
        buf_add(&out, clean);
        buf_add_char(&out, ')');
    }
    free(clean);
    return buf_detach(&out);
}

static void write_field(struct layout *layout, const struct block *block, int label_width)
{
    char *label = label_text(block->label), *note = note_text(block->note);
    char *value = doc_clean(block->text, false);
    int widths[] = { label_width, layout->cols - label_width - GAP };
    struct grid grid = { countof(widths), widths, GAP };
    int space = space_above(layout, block->kind);
    if (layout_pieces(layout, value, widths[1]) > (block->on ? 1 : FIELD_LINES)
        || utf8_widest_part(value, " \n") > widths[1])
        field_below(layout, layout->count > 0 ? 1 : space, label, value, note);
    else
        field_beside(layout, space, label, value, block->level > 1 ? block->level : 1, note, &grid);
    free(label);
    free(value);
    free(note);
}

/* Its note and its boxes hang below it. */
static void write_question(struct layout *layout, const struct block *block)
{
    char *label = doc_clean(block->label, true), *note = note_text(block->note);
    size_t first = layout->count;
    layout_text(layout, layout->count == 0 ? 0 : 1, label);
    if (*note != '\0')
        layout_row(layout, 0, (const char *[]){ "", note },
                &(struct grid){ 2, (int[]){ MARK_COLS, layout->cols - MARK_COLS - 1 }, 1 });
    layout_keep(layout, first, true);
    free(label);
    free(note);
}

static void write_signature(struct layout *layout, const struct block *block)
{
    int cols = (layout->cols - 2 * GAP) / 2, widths[] = { cols, cols };
    struct grid grid = { countof(widths), widths, 2 * GAP };
    char *who = doc_clean(block->label, true), *name = doc_clean(block->text, true);
    struct buf rule = BUF_INIT;
    size_t first = layout->count;
    if (*who != '\0')
        layout_text(layout, 1, who);
    buf_add_repeat(&rule, "_", cols);
    layout_row(layout, 2, (const char *[]){ rule.text, rule.text }, &grid);
    layout_row(layout, 0,
               (const char *[]){ *name != '\0' ? name
                                               : tr_text(layout->tr, "Name in block letters"),
                                 tr_text(layout->tr, "Date and place") },
               &grid);
    layout_keep(layout, first, false);
    layout->owed = 1;
    buf_free(&rule);
    free(who);
    free(name);
}

static char **cells_clean(const struct block *block)
{
    size_t count = block->rows * block->columns;
    char **cells = xcalloc(count, sizeof *cells);
    for (size_t i = 0; i < count; i++)
        cells[i] = doc_clean(block->cells[i], false);
    return cells;
}

static void cells_free(char **cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        free(cells[i]);
    free(cells);
}

struct column {
    int natural, word;        /* width without wrapping, and of its widest word */
};

static void columns_measure(const struct block *block, char *const *cells, struct column *columns)
{
    for (size_t i = 0; i < block->rows * block->columns; i++) {
        struct column *column = &columns[i % block->columns];
        int natural = utf8_widest_part(cells[i], "\n"), word = utf8_widest_part(cells[i], " \n");
        column->natural = natural > column->natural ? natural : column->natural;
        column->word = word > column->word ? word : column->word;
    }
}

static int widths_total(const struct grid *grid)
{
    int total = 0;
    for (size_t i = 0; i < grid->columns; i++)
        total += grid->widths[i];
    return total;
}

static void widest_shrink(struct grid *grid)
{
    size_t widest = 0;
    for (size_t i = 1; i < grid->columns; i++)
        if (grid->widths[i] > grid->widths[widest])
            widest = i;
    grid->widths[widest]--;
}

/* One more column to the cell that would otherwise be the tallest. False when none needs it. */
static bool tallest_grow(struct grid *grid, const struct column *columns)
{
    size_t tallest = grid->columns;
    for (size_t i = 0; i < grid->columns; i++) {
        if (columns[i].natural <= grid->widths[i])
            continue;
        if (tallest == grid->columns
            || (long)columns[i].natural * grid->widths[tallest]
                   > (long)columns[tallest].natural * grid->widths[i])
            tallest = i;
    }
    if (tallest < grid->columns)
        grid->widths[tallest]++;
    return tallest < grid->columns;
}

/* Each column gets its widest word, if there is room; the rest goes where it saves lines. */
static void grid_fit(const struct layout *layout, struct grid *grid,
                     const struct column *columns)
{
    int room = layout->cols - (int)(grid->columns - 1) * grid->gap;
    for (size_t i = 0; i < grid->columns; i++) {
        int word = columns[i].word < room ? columns[i].word : room;
        grid->widths[i] = word > TABLE_CELL_MIN ? word : TABLE_CELL_MIN;
    }
    while (widths_total(grid) > room)
        widest_shrink(grid);
    while (widths_total(grid) < room && tallest_grow(grid, columns))
        continue;
}

static void table_head(struct layout *layout, char *const *cells, const struct grid *grid,
                       int space)
{
    int total = widths_total(grid) + (int)(grid->columns - 1) * grid->gap;
    size_t first = layout->count;
    layout_row(layout, space, (const char *const *)cells, grid);
    layout_rule(layout, "\u2500", total);
    layout_keep(layout, first, true);
}

static void table_rows(struct layout *layout, const struct block *block, char *const *cells,
                       const struct grid *grid)
{
    size_t head = layout->count;
    table_head(layout, cells, grid, 1);
    size_t body = layout->count;
    for (size_t row = 1; row < block->rows; row++)
        layout_row(layout, block->on, (const char *const *)&cells[row * block->columns], grid);
    if (body == layout->count)
        layout->lines[body - 1].keep = false;
    if (block->shades != NULL)
        layout_keep(layout, head, false);
    if (body - head > HEAD_REPEAT_LINES)
        return;
    for (size_t i = body; i < layout->count; i++) {
        layout->lines[i].head = head;
        layout->lines[i].head_lines = body - head;
    }
}

/* More columns than a page holds: each row becomes a list of fields. */
static void table_as_fields(struct layout *layout, const struct block *block, char *const *cells)
{
    int cols = labels_most(layout), widths[] = { cols, layout->cols - cols - GAP };
    struct grid grid = { countof(widths), widths, GAP };
    for (size_t i = block->columns; i < block->rows * block->columns; i++) {
        char *label = label_text(cells[i % block->columns]);
        layout_row(layout, i % block->columns == 0 ? 1 : 0, (const char *[]){ label, cells[i] },
                   &grid);
        free(label);
    }
}

/* Lines to write on in the cells that are to be filled in. */
static void cells_line(const struct block *block, char **cells, const struct grid *grid)
{
    for (size_t i = block->columns; i < block->rows * block->columns; i++) {
        struct buf line = BUF_INIT;
        if (*cells[i] != '\0')
            continue;
        buf_add_repeat(&line, "_", grid->widths[i % block->columns]);
        free(cells[i]);
        cells[i] = buf_detach(&line);
    }
}

static void write_table(struct layout *layout, const struct block *block)
{
    if (block->text != NULL && *block->text != '\0') {
        write_paragraph(layout, block);
        layout->lines[layout->count - 1].keep = true;
    }
    if (block->rows == 0)
        return;
    char **cells = cells_clean(block);
    struct column *columns = xcalloc(block->columns, sizeof *columns);
    struct grid grid = { block->columns, xcalloc(block->columns, sizeof(int)),
                         block->columns > MANY_COLUMNS ? NARROW_GAP : GAP };
    columns_measure(block, cells, columns);
    for (size_t i = 1; block->on && i < block->columns; i++)
        columns[i].natural = layout->cols;
    if ((int)block->columns * (TABLE_CELL_MIN + grid.gap) - grid.gap > layout->cols) {
        table_as_fields(layout, block, cells);
    } else {
        grid_fit(layout, &grid, columns);
        if (block->on)
            cells_line(block, cells, &grid);
        table_rows(layout, block, cells, &grid);
    }
    layout->owed = 1;
    free(grid.widths);
    free(columns);
    cells_free(cells, block->rows * block->columns);
}

/* "6.1  Its name", whose further lines begin below the name. */
static void numbered_put(struct layout *layout, int space, const char *title, int cols)
{
    enum { NUMBER_MOST = 12 };
    const char *gap = strstr(title, "  ");
    if (gap == NULL || gap - title > NUMBER_MOST) {
        layout_wrapped(layout, space, title, cols);
        return;
    }
    char *number = xstrndup(title, (size_t)(gap - title));
    int widths[] = { utf8_width(number), cols - utf8_width(number) - 2 };
    const char *cells[] = { number, gap + 2 };
    layout_row(layout, space, cells, &(struct grid){ countof(widths), widths, 2 });
    free(number);
}

/* A heading of the contents; the page of the block `at` is put in when the lines have been dealt
 * onto pages. */
static void contents_put(struct layout *layout, const char *title, size_t at)
{
    enum { NUMBER_COLS = 6 };
    size_t first = layout->count;
    numbered_put(layout, layout->last == BLOCK_CONTENTS ? 0 : 1, title, PAGE_COLS - NUMBER_COLS);
    if (layout->count == first)
        return;
    layout_keep(layout, first, false);
    layout->lines[layout->count - 1].refers = at + 1;
    layout->last = BLOCK_CONTENTS;
}

static void write_contents(struct layout *layout, const struct block *block)
{
    const struct doc *doc = layout->doc;
    for (size_t i = (size_t)(block - doc->blocks); i < doc->count; i++) {
        if (doc->blocks[i].kind != BLOCK_SECTION || doc->blocks[i].level > 2)
            continue;
        char *title = doc_clean(doc->blocks[i].text, true);
        contents_put(layout, title, i);
        free(title);
    }
    layout->owed = 1;
}

struct gantt_lines {
    struct layout *layout;
    size_t head;              /* the first of the lines of the scale */
};

/* The scale stands above the first bars of every page; the key stays in one piece. */
static void gantt_put(void *data, enum gantt_line_kind kind, const char *text)
{
    const struct gantt_lines *lines = data;
    struct layout *layout = lines->layout;
    size_t at = layout->count;
    struct layout_line *line = layout_line(layout, 0, text, strlen(text));
    if (at >= lines->head + GANTT_HEAD_LINES && kind != GANTT_KEY) {
        line->head = lines->head;
        line->head_lines = GANTT_HEAD_LINES;
    }
    if (kind == GANTT_MORE)
        layout->lines[at - 1].keep = true;
    line->keep = kind == GANTT_KEY || at < lines->head + GANTT_HEAD_LINES;
}

static void write_gantt(struct layout *layout, const struct block *block)
{
    struct gantt_lines lines = { layout, 0 };
    if (block->text != NULL && *block->text != '\0')
        write_paragraph(layout, block);
    layout->owed = 1;
    lines.head = layout->count;
    gantt_text(block->gantt, layout->tr, layout->cols, gantt_put, &lines);
    if (layout->count > lines.head)
        layout->lines[layout->count - 1].keep = false;
    layout->owed = 1;
}

static void write_page_break(struct layout *layout, const struct block *block)
{
    (void)block;
    layout->new_page = layout->count > 0;
}

/* Fields are missing here: their label column depends on the whole run. */
static void (*const block_writers[BLOCK_KIND_COUNT])(struct layout *layout,
                                                     const struct block *block) = {
    [BLOCK_TITLE] = write_title,
    [BLOCK_SECTION] = write_section,
    [BLOCK_PARAGRAPH] = write_paragraph,
    [BLOCK_LIST_ITEM] = write_list_item,
    [BLOCK_QUESTION] = write_question,
    [BLOCK_CHECKBOX] = write_checkbox,
    [BLOCK_TABLE] = write_table,
    [BLOCK_CHART] = write_table,
    [BLOCK_GANTT] = write_gantt,
    [BLOCK_MATRIX] = write_table,
    [BLOCK_SIGNATURE] = write_signature,
    [BLOCK_PAGE_BREAK] = write_page_break,
    [BLOCK_CONTENTS] = write_contents,
};

static void blocks_write(struct layout *layout, const struct doc *doc)
{
    int label_width = 0;
    for (size_t i = 0; i < doc->count; i++) {
        const struct block *block = &doc->blocks[i];
        bool field = block->kind == BLOCK_FIELD;
        size_t first = layout->count;
        if (field && (i == 0 || block[-1].kind != BLOCK_FIELD))
            label_width = label_cols(layout, block, doc->blocks + doc->count);
        if (field)
            write_field(layout, block, label_width);
        else
            block_writers[block->kind](layout, block);
        if (layout->count > first)
            layout->lines[first].heads = i + 1;
        layout->last = block->kind;
    }
}

void out_text(const struct doc *doc, const struct tr *tr, struct buf *out)
{
    struct layout layout = { .doc = doc, .tr = tr, .cols = PAGE_COLS };
    blocks_write(&layout, doc);
    text_pages(&layout, out);
    layout_free(&layout);
}

/* One long page. */
void out_text_screen(const struct doc *doc, const struct tr *tr, int cols, struct buf *out)
{
    struct layout layout = { .doc = doc, .tr = tr,
                             .cols = cols > SCREEN_LEAST ? cols : SCREEN_LEAST };
    blocks_write(&layout, doc);
    for (size_t i = 0; i < layout.count; i++) {
        for (int space = 0; i > 0 && space < layout.lines[i].space; space++)
            buf_add_char(out, '\n');
        buf_addf(out, "%s\n", layout.lines[i].text);
    }
    layout_free(&layout);
}
