/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The timeline: its rows, which of them show, and what its keys do.
 *
 * core/gantt.h and core/gantt_rows.h make the cells and the rows.
 */
#include "ui/view_gantt.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { ROWS_OPEN_MAX = 3 };

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

const struct gantt_row *gantt_view_focused(const struct gantt_view *view)
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
    const struct gantt_row *row = gantt_view_focused(view);

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

void gantt_view_fill(struct gantt_view *view, struct ui *ui, const struct schedule *schedule)
{
    if (!schedule) {
        empty(view);
        return;
    }
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

/* ---- acting ---- */

/* The bar of what is still to come follows into sight; what is done only shows where it lies. */
static void follow(struct gantt_view *view)
{
    const struct gantt_row *row = gantt_view_focused(view);

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
    const struct gantt_row *row = gantt_view_focused(view);

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
    const struct gantt_row *row = gantt_view_focused(view);
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
    const struct gantt_row *row = gantt_view_focused(view);
    int page = gantt_view_lines(&ui->screen) - 1;

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
        .draw = gantt_view_draw, .act = gantt_act, .input = gantt_input, .again = gantt_again,
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
