/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Rows on pages.
 *
 * A row that does not fit goes to the next page if it is short, and is divided between lines if it
 * is tall: at least MIN_LINES on this page, and never the last line alone on the next.
 */
#include "out/pdf_flow.h"

#include <stdlib.h>

#include "base/mem.h"

enum { KEPT_SHARE = 3, MIN_LINES = 2 };

/* How far each cell has been drawn. */
struct progress {
    size_t lines, notes;
    bool blank, mark;
};

void flow_page(struct flow *flow, bool wide)
{
    flow->page = page_add(flow->pdf, wide);
    flow->y = page_height(flow->pdf, flow->page) - MARGIN_TOP;
    flow->fresh = true;
    flow->owed = 0;
}

void flow_space(struct flow *flow, int height)
{
    enum { TIGHT = 70 };      /* of 100 */
    if (flow->pdf->tight)
        height = height / 100 * TIGHT;
    flow->owed = height > flow->owed ? height : flow->owed;
}

static int foot(const struct flow *flow)
{
    return flow->pdf->tight ? MARGIN_TIGHT : MARGIN_BOTTOM;
}

int flow_left(const struct flow *flow)
{
    return flow->y - (flow->fresh ? 0 : flow->owed) - foot(flow);
}

int flow_width(const struct flow *flow)
{
    return page_width(flow->pdf, flow->page) - MARGIN_LEFT - MARGIN_RIGHT;
}

static void row_page(struct flow *flow)
{
    flow_page(flow, flow->pdf->pages[flow->page].wide);
    if (flow->begun != NULL)
        flow->begun(flow, flow->data);
}

void flow_need(struct flow *flow, int height)
{
    if (!flow->fresh && flow_left(flow) < height)
        row_page(flow);
}

static int text_height(const struct pdf_text *text)
{
    return text == NULL ? 0 : (int)text->line_count * text->style->leading;
}

static int blank_height(const struct flow_cell *cell)
{
    return cell->blank * (cell->lines > 1 ? cell->lines : 1);
}

int cell_height(const struct flow_cell *cell)
{
    int height = text_height(cell->text) + text_height(cell->note) + blank_height(cell);
    return height > cell->least ? height : cell->least;
}

/* Draws the lines from `*done` on that fit above `bottom`; moves `*y` down. */
static void draw_lines(struct flow *flow, const struct flow_cell *cell,
                       const struct pdf_text *text, int tag, size_t *done, int *y, int bottom)
{
    int open = 0;
    for (; text != NULL && *done < text->line_count && *y - text->style->leading >= bottom;
         (*done)++) {
        const struct pdf_line *line = &text->lines[*done];
        int foot = *y - pdf_style_drop(text->style);
        if (text->place_count > 0) {
            page_linked_line(flow->pdf, flow->page, text, line, cell->x, foot, tag, &open);
        } else {
            page_switch(flow->pdf, flow->page, &open, tag);
            page_line(flow->pdf, flow->page, text, line, cell->x, foot, false);
        }
        *y -= text->style->leading;
    }
    page_switch(flow->pdf, flow->page, &open, 0);
}

static void draw_mark(struct flow *flow, const struct flow_cell *cell, int y)
{
    enum { SIZE = 8 * POINT, DROP = 10 * POINT };
    page_mark(flow->pdf, flow->page, cell->tag);
    page_box(flow->pdf, flow->page, cell->x, y - DROP, SIZE, cell->mark == MARK_TICKED);
    page_end(flow->pdf, flow->page);
}

/* Draws what fits of one cell; returns where it ends. */
static int draw_cell(struct flow *flow, const struct flow_cell *cell, struct progress *progress,
                     int bottom)
{
    int y = flow->y;
    draw_lines(flow, cell, cell->text, cell->tag, &progress->lines, &y, bottom);
    if (cell->text != NULL && progress->lines < cell->text->line_count)
        return y;
    if (cell->blank > 0 && !progress->blank && y - blank_height(cell) >= bottom) {
        int foot = y - blank_height(cell);
        page_artifact(flow->pdf, flow->page, "Layout");
        for (y -= cell->blank; y >= foot; y -= cell->blank)
            page_rule(flow->pdf, flow->page, cell->x, y + 2 * POINT, cell->width, POINT / 2);
        page_end(flow->pdf, flow->page);
        y = foot;
        progress->blank = true;
    }
    if (cell->mark != MARK_NONE && !progress->mark) {
        draw_mark(flow, cell, y);
        progress->mark = true;
    }
    if (cell->blank == 0 || progress->blank)
        draw_lines(flow, cell, cell->note, cell->note_tag, &progress->notes, &y, bottom);
    return y;
}

static bool cell_done(const struct flow_cell *cell, const struct progress *progress)
{
    return (cell->text == NULL || progress->lines == cell->text->line_count)
           && (cell->note == NULL || progress->notes == cell->note->line_count)
           && (cell->blank == 0 || progress->blank);
}

static bool row_done(const struct flow_cell *cells, size_t count, const struct progress *progress)
{
    for (size_t i = 0; i < count; i++)
        if (!cell_done(&cells[i], &progress[i]))
            return false;
    return true;
}

static int widest_leading(const struct flow_cell *cells, size_t count)
{
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int leading = cells[i].text == NULL ? cells[i].blank : cells[i].text->style->leading;
        most = leading > most ? leading : most;
    }
    return most;
}

static int row_height(const struct flow_cell *cells, size_t count)
{
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int height = cell_height(&cells[i]);
        most = height > most ? height : most;
    }
    return most;
}

bool flow_divides(const struct flow *flow, int height)
{
    return height > (page_height(flow->pdf, flow->page) - MARGIN_TOP - MARGIN_BOTTOM) / KEPT_SHARE;
}

/* Begins a page if the row is better off there. */
static void row_place(struct flow *flow, int height, int leading, int after)
{
    int left = flow_left(flow);
    bool fits = height + after <= left;
    if (flow->fresh || fits)
        return;
    if (!flow_divides(flow, height) || left < MIN_LINES * leading)
        row_page(flow);
}

/* The foot down to which this part of the row may reach: a row that ends one line further leaves
 * that line company. */
static int part_foot(const struct flow *flow, int rest, int leading)
{
    int over = rest - flow_left(flow);
    bool lonely = over > 0 && over < MIN_LINES * leading && rest > (MIN_LINES + 1) * leading;
    return foot(flow) + (lonely ? leading : 0);
}

static int rest_height(const struct flow_cell *cells, size_t count,
                       const struct progress *progress)
{
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int height = cell_height(&cells[i]);
        if (cells[i].text != NULL)
            height -= (int)progress[i].lines * cells[i].text->style->leading;
        if (cells[i].note != NULL)
            height -= (int)progress[i].notes * cells[i].note->style->leading;
        if (progress[i].blank)
            height -= blank_height(&cells[i]);
        most = height > most ? height : most;
    }
    return most;
}

void flow_row(struct flow *flow, const struct flow_cell *cells, size_t count, int after)
{
    struct progress *progress = xcalloc(count, sizeof *progress);
    int leading = widest_leading(cells, count);
    row_place(flow, row_height(cells, count), leading, after);
    for (bool first = true; first || !row_done(cells, count, progress); first = false) {
        if (!first)
            row_page(flow);
        if (!flow->fresh)
            flow->y -= flow->owed;
        flow->owed = 0;
        int foot = part_foot(flow, rest_height(cells, count, progress), leading);
        int top = flow->y, lowest = top;
        flow->row_at = flow->pdf->pages[flow->page].content.length;
        for (size_t i = 0; i < count; i++) {
            int y = draw_cell(flow, &cells[i], &progress[i], foot);
            if (first && y > top - cells[i].least)
                y = top - cells[i].least;
            lowest = y < lowest ? y : lowest;
        }
        flow->y = lowest;
        flow->fresh = false;
        if (flow->drawn != NULL)
            flow->drawn(flow, top, flow->data);
    }
    free(progress);
}
