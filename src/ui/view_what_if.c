/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What if: a day or a duration of one step is moved and the effect stands below it. Nothing is
 * stored before the user keeps it; what is kept is the day, as an answer like any other.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/plan.h"
#include "ui/steps.h"

enum { DAYS_MAX = 3650 };

struct what_if {
    struct list_view list;
    struct step_ref ref;
    enum change_kind kind;    /* what the line with the focus changes */
    int value, before;        /* its value now, and as the plan has it */
};

/* ---- the change ---- */

static int value_of(const struct step *step, enum change_kind kind)
{
    if (kind == CHANGE_DAYS)
        return step->days[PACE_TYPICAL];
    return kind == CHANGE_START ? step->early[PACE_TYPICAL].first
                                : step->early[PACE_TYPICAL].last;
}

static void take_kind(struct what_if *view, const struct step *step, enum change_kind kind)
{
    view->kind = kind;
    view->value = view->before = value_of(step, kind);
}

/* A day that can be kept or a duration that makes sense, however often a key is pressed. */
static int bounded(const struct what_if *view, const struct ui *ui, int value)
{
    int low = view->kind == CHANGE_DAYS ? 0 : ui->plan->today - DAYS_MAX;
    int high = view->kind == CHANGE_DAYS ? DAYS_MAX : ui->plan->today + DAYS_MAX;

    return value < low ? low : value > high ? high : value;
}

static void shift(struct what_if *view, struct ui *ui, int days)
{
    view->value = bounded(view, ui, view->value + days);
    list_view_refresh(&view->list);
}

/* ---- lines ---- */

/* ", 7 days more" */
static void add_moved(const struct ui *ui, int days, struct buf *out)
{
    unsigned long count = (unsigned long)abs(days);

    buf_add(out, ", ");
    buf_addf(out, days < 0 ? tr_plural(&ui->tr, "%d day less", "%d days less", count)
                           : tr_plural(&ui->tr, "%d day more", "%d days more", count), abs(days));
}

static void add_value(struct what_if *view, struct ui *ui, const struct step *step,
                      enum change_kind kind, const char *label)
{
    int value = view->kind == kind ? view->value : value_of(step, kind);
    unsigned long count = (unsigned long)value;
    struct buf text = BUF_INIT;
    struct line *line;

    if (kind == CHANGE_DAYS && step->workdays)
        buf_addf(&text, tr_plural(&ui->tr, "%d working day", "%d working days", count), value);
    else if (kind == CHANGE_DAYS)
        buf_addf(&text, tr_plural(&ui->tr, "%d day", "%d days", count), value);
    else
        schedule_weekday(value, &ui->tr, &text);
    if (view->kind == kind && value != view->before)
        add_moved(ui, value - view->before, &text);
    line = list_add(&view->list, ui_text(ui, label), text.text);
    line->number = (int)kind;
    line->stacks = true;
    buf_free(&text);
}

/* The schedule with the change; NULL, with the reason said, when there is none. The caller
 * frees. */
static struct schedule *changed(const struct what_if *view, struct ui *ui)
{
    struct schedule_change change = { view->ref.activity,
                                      view->ref.row[0] ? view->ref.row : NULL, view->kind,
                                      view->value };
    struct schedule *after = NULL;
    struct err err = { .tr = &ui->tr };

    if (schedule_new(&after, ui->plan, &change, 1, &err))
        ui_say_error(ui, &err);
    return after;
}

/* First what becomes of the target, then what else moves. */
static void add_effect(struct what_if *view, struct ui *ui)
{
    struct schedule *after = changed(view, ui);
    struct buf text = BUF_INIT, verdict = BUF_INIT;
    size_t first;

    if (!after)
        return;
    schedule_difference(ui->plan, ui_schedule(ui), after, &ui->tr, &text);
    schedule_verdict(after, &ui->tr, &verdict);
    first = strcspn(text.text, "\n");
    if (text.text[first])
        text.text[first++] = '\0';
    list_add_text(&view->list, text.text, 1, ATTR_BOLD);
    list_add_text(&view->list, verdict.text, 1, ATTR_NORMAL);
    list_add_gap(&view->list);
    list_add_lines(&view->list, text.text + first);
    buf_free(&text);
    buf_free(&verdict);
    schedule_free(after);
}

static void fill_what_if(struct list_view *list, struct ui *ui)
{
    struct what_if *view = (struct what_if *)list;
    const struct step *step = ui_step(ui, &view->ref);

    buf_addf(&list->title, "%s: ", ui_text(ui, "What if"));
    if (!step || step->state == STEP_GONE) {
        list_add_text(list, ui_text(ui, "This step is no longer in the timeline."), 1,
                      ATTR_NORMAL);
        return;
    }
    schedule_step_name(ui->plan, step, &ui->tr, &list->title);
    if (step->started == DATE_NONE || step->started > ui->plan->today)
        add_value(view, ui, step, CHANGE_START, N_("It begins"));
    add_value(view, ui, step, CHANGE_DAYS, N_("It takes"));
    add_value(view, ui, step, CHANGE_FINISH, N_("It is finished"));
    list_add_gap(list);
    if (view->value == view->before)
        list_add_text(list, ui_text(ui, "Move a day or the duration: the effect shows here. "
                                        "Nothing is saved before you keep it with Enter."), 1,
                      ATTR_NORMAL);
    else
        add_effect(view, ui);
}

/* ---- keeping ---- */

/* A duration is kept as the day on which it then ends. */
static int day_to_keep(const struct what_if *view, struct ui *ui)
{
    struct schedule *after;
    const struct step *step;
    int day = view->value;

    if (view->kind != CHANGE_DAYS)
        return day;
    after = changed(view, ui);
    step = after ? schedule_step(after, view->ref.activity,
                                 view->ref.row[0] ? view->ref.row : NULL) : NULL;
    day = step ? step->early[PACE_TYPICAL].last : DATE_NONE;
    schedule_free(after);
    return day;
}

static void keep(struct list_view *list, struct ui *ui, struct line *line)
{
    struct what_if *view = (struct what_if *)list;
    const struct step *step = ui_step(ui, &view->ref);
    bool finish = view->kind != CHANGE_START;
    int day;

    (void)line;
    if (!step || !ui_can_write(ui))
        return;
    if (view->value == view->before) {
        ui_say(ui, ui_text(ui, "Nothing has been moved yet."));
        return;
    }
    if (!schedule_can_enter(ui->plan, step, finish)) {
        ui_say(ui, ui_text(ui, "No question asks for this day, so it cannot be kept. You can "
                               "still try what it would do."));
        return;
    }
    day = day_to_keep(view, ui);
    if (day != DATE_NONE && ui_keep_day(ui, step, finish, day))
        ui_pop(ui);
}

/* A key that moves something moves what has the focus; what another line had moved stands again as
 * the plan has it. */
static bool act_on_value(struct list_view *list, struct ui *ui, enum action action,
                         struct line *line)
{
    static const int days[ACTION_COUNT] = {
        [ACTION_EARLIER] = -1, [ACTION_LATER] = 1, [ACTION_WEEK_EARLIER] = -7,
        [ACTION_WEEK_LATER] = 7,
    };
    struct what_if *view = (struct what_if *)list;
    const struct step *step = ui_step(ui, &view->ref);

    if (action == ACTION_KEEP)
        keep(list, ui, line);
    if (action == ACTION_KEEP || !days[action] || !line || !step)
        return action == ACTION_KEEP;
    if (view->kind != (enum change_kind)line->number)
        take_kind(view, step, (enum change_kind)line->number);
    shift(view, ui, days[action]);
    return true;
}

struct view *view_what_if_new(struct ui *ui, const struct step *step)
{
    static const enum action actions[] = {
        ACTION_KEEP, ACTION_EARLIER, ACTION_LATER, ACTION_WEEK_EARLIER, ACTION_WEEK_LATER,
        ACTION_LEAVE, ACTION_MENU, ACTION_NONE
    };
    struct what_if *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_what_if, keep);
    view->list.act = act_on_value;
    view->ref = step_ref(step);
    take_kind(view, step, step->started == DATE_NONE || step->started > ui->plan->today
                              ? CHANGE_START : CHANGE_FINISH);
    return &view->list.view;
}
