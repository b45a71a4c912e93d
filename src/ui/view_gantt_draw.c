/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How the timeline looks: names at the left that do not scroll sideways, the chart beside them, and
 * below it what the line with the focus means.
 */
#include "ui/view_gantt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"

/* Columns before a name: the focus, the critical path, the state, a blank. */
enum { SIGN_COLS = 4, NAME_MIN = 8, NAME_MAX = 40, CHART_MIN = 8 };

/* ---- where everything stands ---- */

/* Rows of the body from above: the axis, the lines, its marks, a rule, the explanation. */
struct parts {
    int head, lines, marks, rule, text;
    int name_cols, chart_col, chart_cols;     /* without a chart chart_cols is 0 */
};

static struct parts parts_of(const struct canvas *canvas)
{
    int rows = ui_body_rows(canvas), cols = canvas->grid.cols;
    struct parts parts = { 0 };

    parts.text = rows >= 10 ? number_clamp(rows / 4, 3, 7) : rows >= 7 ? 2 : 0;
    parts.rule = parts.text > 0;
    parts.name_cols = number_clamp(cols * 3 / 10, NAME_MIN, NAME_MAX);
    parts.chart_col = SIGN_COLS + parts.name_cols + 1;
    parts.chart_cols = cols - parts.chart_col - 1;
    if (parts.chart_cols < CHART_MIN) {
        parts.chart_cols = 0;
        parts.name_cols = cols - SIGN_COLS;
    }
    parts.head = parts.chart_cols && rows >= 5 ? 2 : 0;
    parts.marks = parts.chart_cols && rows >= 10;
    parts.lines = rows - parts.head - parts.marks - parts.rule - parts.text;
    return parts;
}

int gantt_view_lines(const struct canvas *canvas)
{
    return parts_of(canvas).lines;
}

/* The focus stays in sight, with its headings when it is the first below them. */
static void keep_visible(struct gantt_view *view, int lines)
{
    size_t rows = lines > 0 ? (size_t)lines : 1;
    size_t first = view->focus;

    while (first > 0 && view->focus - first + 1 < rows
           && !view->rows.at[view->shown[first - 1]].step
           && view->rows.at[view->shown[first - 1]].depth
                  < view->rows.at[view->shown[first]].depth)
        first--;
    if (view->top > first)
        view->top = first;
    if (view->focus >= view->top + rows)
        view->top = view->focus - rows + 1;
    if (view->top + rows > view->shown_count)
        view->top = view->shown_count > rows ? view->shown_count - rows : 0;
}

/* ---- drawing ---- */

/* "target 1.3.2027: 9 days to spare"; without the target where there is no room for it. */
static void fill_verdict(struct ui *ui, const struct schedule *schedule, struct buf *out)
{
    int typical = 0, late = 0, room = ui->screen.grid.cols / 2 - 1;
    struct buf day = BUF_INIT, target = BUF_INIT;

    if (!schedule->goal)
        return;
    if (!schedule_margin(schedule, PACE_TYPICAL, &typical)
        || !schedule_margin(schedule, PACE_LATE, &late)) {
        schedule_day(schedule->finish[PACE_TYPICAL], &ui->tr, &day);
        buf_addf(out, ui_text(ui, "start %s"), day.text);
    } else {
        if (typical < 0)
            buf_addf(out, tr_plural(&ui->tr, "%d day late", "%d days late",
                                    (unsigned long)-typical), -typical);
        else if (late < 0)
            buf_add(out, ui_text(ui, "in time unless it takes long"));
        else
            buf_addf(out, tr_plural(&ui->tr, "%d day to spare", "%d days to spare",
                                    (unsigned long)late), late);
        schedule_day(schedule->target, &ui->tr, &day);
        buf_addf(&target, ui_text(ui, "target %s: "), day.text);
        if (utf8_width(target.text) + utf8_width(out->text) <= room)
            buf_splice(out, 0, 0, target.text, target.length);
    }
    buf_free(&day);
    buf_free(&target);
}

static void draw_head(struct gantt_view *view, struct ui *ui, struct canvas *canvas, int row,
                      const struct parts *parts)
{
    static const char *const units[] = {
        [GANTT_DAYS] = N_("day"), [GANTT_WEEKS] = N_("week"), [GANTT_MONTHS] = N_("month"),
    };
    struct buf large = BUF_INIT, small = BUF_INIT;

    gantt_head(&view->axis, ui_text(ui, "week"), ui->tr.lang, &large, &small);
    canvas_put(canvas, row, parts->chart_col, parts->chart_cols, large.text, ATTR_NORMAL);
    canvas_put_right(canvas, row + 1, parts->chart_col - 1,
                     ui_text(ui, units[view->axis.zoom]), ATTR_DIM);
    canvas_put(canvas, row + 1, parts->chart_col, parts->chart_cols, small.text, ATTR_DIM);
    buf_free(&large);
    buf_free(&small);
}

static void draw_marks(struct gantt_view *view, struct ui *ui, struct canvas *canvas, int row,
                       const struct schedule *schedule, const struct parts *parts)
{
    struct gantt_mark marks[] = { { schedule->today, ui_text(ui, "today") },
                                  { schedule->target, ui_text(ui, "target") } };
    struct buf text = BUF_INIT;
    bool swapped = schedule->target != DATE_NONE && schedule->target < schedule->today;

    if (swapped) {
        struct gantt_mark first = marks[0];
        marks[0] = marks[1];
        marks[1] = first;
    }
    gantt_marks(&view->axis, marks, (int)countof(marks), &text);
    canvas_put(canvas, row, parts->chart_col, parts->chart_cols, text.text, ATTR_DIM);
    buf_free(&text);
}

static void draw_bar(const struct gantt_view *view, struct canvas *canvas, int row,
                     const struct gantt_row *shown, bool folded, const struct parts *parts)
{
    static const struct gantt_bar nothing = { GANTT_WORK, DATE_NONE, DATE_NONE, DATE_NONE };
    unsigned char *cells = xcalloc((size_t)parts->chart_cols + 1, 1);
    struct buf text = BUF_INIT;
    bool bold = shown->critical && shown->step;

    gantt_cells(&view->axis, shown->step || folded ? &shown->bar : &nothing, cells);
    for (int i = 0; i < parts->chart_cols; i++)
        buf_add(&text, gantt_sign((enum gantt_cell)cells[i]));
    canvas_put(canvas, row, parts->chart_col, parts->chart_cols, text.text,
               bold ? ATTR_BOLD : ATTR_NORMAL);
    for (int i = 0; i < parts->chart_cols; i++)
        if (cells[i] == BAR_TODAY || cells[i] == BAR_PAUSE || cells[i] == BAR_MAYBE
            || cells[i] == BAR_REAL)
            canvas_attr(canvas, row, parts->chart_col + i, 1, ATTR_DIM);
    buf_free(&text);
    free(cells);
}

static void draw_line(const struct gantt_view *view, struct canvas *canvas, int row, size_t at,
                      const struct schedule *schedule, const struct parts *parts)
{
    size_t index = view->shown[at];
    const struct gantt_row *shown = &view->rows.at[index];
    bool focus = at == view->focus, folded = view->folded[index];
    const char *sign = folded ? "+" : shown->step ? ui_sign(step_sign(schedule, shown->step)) : " ";
    int indent = SIGN_COLS + (shown->depth > 1);

    if (shown->critical && (shown->step || folded))
        canvas_put(canvas, row, 1, 1, "*", ATTR_BOLD);
    canvas_put(canvas, row, 2, 1, sign, strcmp(sign, "!") == 0 ? ATTR_BOLD : ATTR_NORMAL);
    canvas_put(canvas, row, indent, SIGN_COLS + parts->name_cols - indent, shown->name,
               (shown->step ? ATTR_NORMAL : ATTR_BOLD) | (focus ? ATTR_REVERSE : 0)
                   | (shown->gone && shown->step ? ATTR_DIM : 0));
    if (parts->chart_cols)
        draw_bar(view, canvas, row, shown, folded, parts);
    if (!focus)
        return;
    canvas_put(canvas, row, 0, 1, "▶", ATTR_NORMAL);
    canvas_cursor(canvas, row, indent);
}

static void explain(struct gantt_view *view, struct ui *ui, struct buf *out)
{
    const struct gantt_row *row = gantt_view_focused(view);
    struct buf from = BUF_INIT, to = BUF_INIT;

    if (!row)
        return;
    if (row->step) {
        schedule_brief(ui->plan, ui_schedule(ui), row->step, &ui->tr, out);
        return;
    }
    buf_addf(out, "%s. ", row->name);
    if (row->bar.first != DATE_NONE) {
        schedule_day(row->bar.first, &ui->tr, &from);
        schedule_day(row->bar.last, &ui->tr, &to);
        buf_addf(out, ui_text(ui, "%s to %s by the long estimate."), from.text, to.text);
        buf_add_char(out, ' ');
    }
    buf_add(out, ui_text(ui, view->folded[view->shown[view->focus]]
                                 ? N_("Enter shows what is in it.")
                                 : N_("Enter hides what is in it.")));
    buf_free(&from);
    buf_free(&to);
}

/* As much as there is room for; Enter shows the rest. */
static void draw_text(struct gantt_view *view, struct ui *ui, struct canvas *canvas, int row,
                      const struct parts *parts)
{
    int cols = canvas->grid.cols - 2;
    struct buf text = BUF_INIT;
    struct canvas page;

    canvas_rule(canvas, row);
    explain(view, ui, &text);
    canvas_init_growing(&page, canvas->grid.cols, canvas->ascii);
    canvas_wrap(&page, 0, 1, cols < 1 ? 1 : cols, text.text, ATTR_NORMAL);
    canvas_copy(canvas, row + 1, &page, 0, parts->text);
    if (page.grid.rows > parts->text)
        canvas_put_right(canvas, row + parts->text, canvas->grid.cols, "▼", ATTR_DIM);
    canvas_free(&page);
    buf_free(&text);
}

static void draw_lines(struct gantt_view *view, struct ui *ui, struct canvas *canvas, int first,
                       const struct schedule *schedule, const struct parts *parts)
{
    keep_visible(view, parts->lines);
    for (int i = 0; i < parts->lines && view->top + (size_t)i < view->shown_count; i++)
        draw_line(view, canvas, first + i, view->top + (size_t)i, schedule, parts);
    if (view->top > 0 && parts->lines > 0)
        canvas_put_right(canvas, first, canvas->grid.cols, "▲", ATTR_DIM);
    if (view->top + (size_t)parts->lines < view->shown_count && parts->lines > 0)
        canvas_put_right(canvas, first + parts->lines - 1, canvas->grid.cols, "▼", ATTR_DIM);
    if (view->shown_count == 0)
        canvas_wrap(canvas, first, 1, canvas->grid.cols - 2,
                    ui_text(ui, "There is nothing in the timeline yet."), ATTR_NORMAL);
}

static void draw_chart(struct gantt_view *view, struct ui *ui, struct canvas *canvas, int first,
                       const struct schedule *schedule, const struct parts *parts)
{
    struct span *pauses = schedule_pauses(schedule, view->axis.first, gantt_end(&view->axis),
                                          &view->axis.pause_count);

    view->axis.pauses = pauses;
    draw_lines(view, ui, canvas, first, schedule, parts);
    view->axis.pauses = NULL;
    view->axis.pause_count = 0;
    free(pauses);
}

void gantt_view_draw(struct view *base, struct ui *ui, struct canvas *canvas)
{
    struct gantt_view *view = (struct gantt_view *)base;
    const struct schedule *schedule = ui_schedule(ui);
    struct parts parts = parts_of(canvas);
    struct buf verdict = BUF_INIT;
    int first;

    if (schedule)
        fill_verdict(ui, schedule, &verdict);
    first = ui_draw_header(ui, canvas, ui_text(ui, "Timeline"), verdict.text);
    buf_free(&verdict);
    gantt_view_fill(view, ui, schedule);
    if (!schedule)
        return;
    view->axis.cols = parts.chart_cols;
    view->axis.today = schedule->today;
    if (parts.head)
        draw_head(view, ui, canvas, first, &parts);
    draw_chart(view, ui, canvas, first + parts.head, schedule, &parts);
    first += parts.head + (parts.lines > 0 ? parts.lines : 0);
    if (parts.marks)
        draw_marks(view, ui, canvas, first, schedule, &parts);
    if (parts.rule)
        draw_text(view, ui, canvas, first + parts.marks, &parts);
}
