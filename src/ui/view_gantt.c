/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The timeline: names at the left that do not scroll sideways, the chart beside them, and below it
 * what the line with the focus means.
 *
 * core/gantt.h and core/gantt_rows.h make the cells and the rows. The rows are made when the plan,
 * the language or the grouping changes, the lines that show when a heading is folded; a key that
 * moves only draws.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/number.h"
#include "base/utf8.h"
#include "core/gantt_rows.h"
#include "ui/steps.h"

/* Columns before a name: the focus, the critical path, the state, a blank. */
enum { SIGN_COLS = 4, NAME_MIN = 8, NAME_MAX = 40, CHART_MIN = 8, ROWS_OPEN_MAX = 3 };

struct gantt_view {
    struct view view;
    struct gantt_axis axis;
    enum gantt_by by;
    struct gantt_rows rows;
    size_t *shown;            /* rows that no folded heading hides */
    size_t shown_count, focus, top;
    bool *folded;             /* by row */
    char **turned;            /* names of headings that the user has folded or opened */
    size_t turned_count, turned_room;
    struct step_ref at;       /* the step with the focus; activity NULL: a heading has it */
    bool placed;              /* the focus and the axis have had their first place */
    /* what the rows were made for */
    bool filled;
    int64_t filled_entry;
    enum lang filled_lang;
};

/* ---- rows ---- */

static bool is_turned(const struct gantt_view *view, const char *name)
{
    for (size_t i = 0; i < view->turned_count; i++)
        if (strcmp(view->turned[i], name) == 0)
            return true;
    return false;
}

static void turn(struct gantt_view *view, const char *name)
{
    for (size_t i = 0; i < view->turned_count; i++)
        if (strcmp(view->turned[i], name) == 0) {
            free(view->turned[i]);
            view->turned[i] = view->turned[--view->turned_count];
            return;
        }
    view->turned = vec_room(view->turned, &view->turned_room, view->turned_count + 1,
                            sizeof view->turned[0]);
    view->turned[view->turned_count++] = xstrdup(name);
}

/* Folded to begin with: what is not needed, and the rows of a repeat when there are many. */
static void fold(struct gantt_view *view)
{
    const struct gantt_rows *rows = &view->rows;
    size_t inner = 0;

    for (size_t i = 0; i < rows->count; i++)
        inner += !rows->at[i].step && rows->at[i].depth > 0;
    for (size_t i = 0; i < rows->count; i++) {
        const struct gantt_row *row = &rows->at[i];
        bool folded = row->gone || (row->depth > 0 && inner > ROWS_OPEN_MAX);
        view->folded[i] = !row->step && folded != is_turned(view, row->name);
    }
}

static const struct gantt_row *focused(const struct gantt_view *view)
{
    return view->focus < view->shown_count ? &view->rows.at[view->shown[view->focus]] : NULL;
}

/* Which rows show, and where among them the focus is. */
static void show_rows(struct gantt_view *view)
{
    view->shown_count = 0;
    for (size_t i = 0; i < view->rows.count;) {
        const struct gantt_row *row = &view->rows.at[i];
        if (view->at.activity && row->step && step_ref_is(&view->at, row->step))
            view->focus = view->shown_count;
        view->shown[view->shown_count++] = i;
        i = view->folded[i] ? row->end : i + 1;
    }
    if (view->focus >= view->shown_count)
        view->focus = view->shown_count ? view->shown_count - 1 : 0;
}

static void note_focus(struct gantt_view *view)
{
    const struct gantt_row *row = focused(view);

    view->at = row && row->step ? step_ref(row->step) : (struct step_ref){ NULL, "" };
}

/* The first thing to do has the focus when the view opens. */
static void place_first(struct gantt_view *view, const struct schedule *schedule)
{
    struct step_list actions = { 0 };

    schedule_actions(schedule, &actions);
    if (actions.count == 0)
        schedule_waits(schedule, &actions);
    if (actions.count)
        view->at = step_ref(actions.at[0]);
    step_list_free(&actions);
    view->axis.zoom = GANTT_WEEKS;
    gantt_begin(&view->axis, schedule->today);
    view->placed = true;
}

/* Without a schedule no row may point into the last one. */
static void empty(struct gantt_view *view)
{
    gantt_rows_free(&view->rows);
    view->shown_count = 0;
    view->filled = false;
}

static void fill(struct gantt_view *view, struct ui *ui, const struct schedule *schedule)
{
    if (view->filled && view->filled_entry == ui->plan->last_entry
        && view->filled_lang == ui->tr.lang)
        return;
    gantt_rows(ui->plan, schedule, view->by, &ui->tr, &view->rows);
    if (!view->placed)
        place_first(view, schedule);
    free(view->shown);
    free(view->folded);
    view->shown = xcalloc(view->rows.count + 1, sizeof view->shown[0]);
    view->folded = xcalloc(view->rows.count + 1, sizeof view->folded[0]);
    fold(view);
    show_rows(view);
    view->filled = true;
    view->filled_entry = ui->plan->last_entry;
    view->filled_lang = ui->tr.lang;
}

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
    const struct gantt_row *row = focused(view);
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

static void gantt_draw(struct view *base, struct ui *ui, struct canvas *canvas)
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
    if (!schedule) {
        empty(view);
        return;
    }
    fill(view, ui, schedule);
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

/* ---- acting ---- */

/* The bar of what is still to come follows into sight; what is done only shows where it lies. */
static void follow(struct gantt_view *view)
{
    const struct gantt_row *row = focused(view);

    if (!row || !row->step || row->step->state == STEP_DONE || row->bar.first == DATE_NONE
        || view->axis.cols < 1)
        return;
    if (gantt_col(&view->axis, row->bar.last) < 0
        || gantt_col(&view->axis, row->bar.first) >= view->axis.cols)
        gantt_show(&view->axis, row->bar.first);
}

static void move(struct gantt_view *view, long step)
{
    long to = (long)view->focus + step, last = (long)view->shown_count - 1;

    if (last < 0)
        return;
    view->focus = (size_t)(to < 0 ? 0 : to > last ? last : to);
    note_focus(view);
    follow(view);
}

static void open_row(struct gantt_view *view, struct ui *ui)
{
    const struct gantt_row *row = focused(view);

    if (!row)
        return;
    if (row->step) {
        ui_push(ui, view_step_new(ui, row->step));
        return;
    }
    turn(view, row->name);
    fold(view);
    note_focus(view);
    show_rows(view);
}

/* The day that stays where it is when the zoom changes: where the bar begins, today, or the left
 * edge, whichever is the first in sight. */
static int zoom_day(const struct gantt_view *view)
{
    const struct gantt_row *row = focused(view);
    int days[] = { row ? row->bar.first : DATE_NONE, view->axis.today };

    for (size_t i = 0; i < countof(days); i++) {
        int col = days[i] == DATE_NONE ? -1 : gantt_col(&view->axis, days[i]);
        if (col >= 0 && col < view->axis.cols)
            return days[i];
    }
    return view->axis.first;
}

static void zoom(struct gantt_view *view, int step)
{
    gantt_zoom(&view->axis, (int)view->axis.zoom + step, zoom_day(view));
}

/* The signs of the chart, and those of the steps. */
static void add_legend(struct ui *ui, struct buf *out)
{
    static const struct {
        enum sign sign;
        const char *words;
    } signs[] = {
        { SIGN_DONE, N_("done") }, { SIGN_SOME, N_("under way") }, { SIGN_OPEN, N_("can begin") },
        { SIGN_WAITS, N_("later") }, { SIGN_PROBLEM, N_("the last safe day is over") },
    };

    buf_addf(out, "\n* %s", ui_text(ui, "critical: each day that it slips moves the start"));
    for (int cell = 0; cell < BAR_COUNT; cell++)
        if (gantt_words((enum gantt_cell)cell))
            buf_addf(out, "\n%s %s", gantt_sign((enum gantt_cell)cell),
                     ui_text(ui, gantt_words((enum gantt_cell)cell)));
    for (size_t i = 0; i < countof(signs); i++)
        buf_addf(out, "%s%s %s", i ? "  " : "\n", ui_sign(signs[i].sign),
                 ui_text(ui, signs[i].words));
}

static void show_help(struct ui *ui)
{
    const struct schedule *schedule = ui_schedule(ui);
    struct schedule_help helps[SCHEDULE_HELP_MAX];
    struct buf text = BUF_INIT;
    size_t count = schedule ? schedule_help(schedule, helps) : 0;

    if (schedule)
        schedule_verdict(schedule, &ui->tr, &text);
    if (count)
        buf_addf(&text, "\n\n%s", ui_text(ui, "What would help most:"));
    for (size_t i = 0; i < count; i++) {
        buf_addf(&text, "\n%zu ", i + 1);
        schedule_help_text(ui->plan, &helps[i], &ui->tr, &text);
    }
    buf_add(&text, "\n");
    add_legend(ui, &text);
    ui_push(ui, view_text_new(ui, ui_text(ui, "How to read the timeline"), text.text));
    buf_free(&text);
}

static void regroup(struct gantt_view *view)
{
    view->by = (enum gantt_by)((view->by + 1) % GANTT_BY_COUNT);
    view->filled = false;
}

static void export(struct ui *ui)
{
    struct buf path = BUF_INIT, line = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    if (!ui->hooks->calendar) {
        ui_say(ui, ui_text(ui, "The calendar cannot be written here."));
    } else if (ui->hooks->calendar(ui->hooks->data, ui->plan, &ui->tr, &path, &err)) {
        ui_say_error(ui, &err);
    } else {
        buf_addf(&line, "%s: %s", ui_text(ui, "Written for your calendar into the file"),
                 path.text);
        ui_say(ui, line.text);
    }
    buf_free(&path);
    buf_free(&line);
}

static void gantt_act(struct view *base, struct ui *ui, enum action action)
{
    struct gantt_view *view = (struct gantt_view *)base;
    const struct gantt_row *row = focused(view);
    int page = parts_of(&ui->screen).lines - 1;

    if (ui_act_on_step(ui, action, row ? row->step : NULL))
        return;
    switch (action) {
    case ACTION_UP: move(view, -1); break;
    case ACTION_DOWN: move(view, 1); break;
    case ACTION_PAGE_UP: move(view, page < 1 ? -1 : -page); break;
    case ACTION_PAGE_DOWN: move(view, page < 1 ? 1 : page); break;
    case ACTION_FIRST: move(view, -(long)view->focus); break;
    case ACTION_LAST: move(view, (long)view->shown_count); break;
    case ACTION_EARLIER: gantt_scroll(&view->axis, -1); break;
    case ACTION_LATER: gantt_scroll(&view->axis, 1); break;
    case ACTION_ZOOM_IN: zoom(view, -1); break;
    case ACTION_ZOOM_OUT: zoom(view, 1); break;
    case ACTION_OPEN: open_row(view, ui); break;
    case ACTION_HELP: show_help(ui); break;
    case ACTION_GROUPS: regroup(view); break;
    case ACTION_CALENDAR: export(ui); break;
    case ACTION_LEAVE:
    case ACTION_BACK: ui_pop(ui); break;
    default: break;
    }
}

static void gantt_input(struct view *base, struct ui *ui, const struct event *event)
{
    static const enum action moving[] = {
        ACTION_UP, ACTION_DOWN, ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_FIRST, ACTION_LAST,
        ACTION_BACK, ACTION_NONE
    };
    enum action action = ACTION_NONE;

    if (event->kind == EVENT_KEY)
        action = keymap_find(moving, event->key, false);
    if (action != ACTION_NONE)
        gantt_act(base, ui, action);
}

static void gantt_again(struct view *base, struct ui *ui)
{
    (void)ui;
    ((struct gantt_view *)base)->filled = false;
}

static void gantt_free(struct view *base)
{
    struct gantt_view *view = (struct gantt_view *)base;

    gantt_rows_free(&view->rows);
    for (size_t i = 0; i < view->turned_count; i++)
        free(view->turned[i]);
    free(view->turned);
    free(view->shown);
    free(view->folded);
    free(view);
}

struct view *view_gantt_new(struct ui *ui)
{
    static const struct view_ops ops = {
        .draw = gantt_draw, .act = gantt_act, .input = gantt_input, .again = gantt_again,
        .free = gantt_free,
    };
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_EARLIER, ACTION_LATER, ACTION_WHAT_IF, ACTION_DONE, ACTION_ZOOM_IN,
        ACTION_ZOOM_OUT, ACTION_BEGUN, ACTION_TODAY, ACTION_CALENDAR, ACTION_GROUPS, ACTION_LEAVE,
        ACTION_HELP, ACTION_MENU, ACTION_NONE
    };
    struct gantt_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    view->view = (struct view){ .ops = &ops, .actions = actions };
    view->axis.today = DATE_NONE;
    return &view->view;
}
