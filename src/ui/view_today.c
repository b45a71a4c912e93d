/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Today: whether the wished day can be kept, what to do now, who is waited for and since when, the
 * next last days, what would help most; and which question each task goes on with.
 */
#include "base/mem.h"
#include "core/plan.h"
#include "ui/steps.h"

enum { DEADLINES = 3, ACTIONS_MAX = 7 };

/* What a line is: `thing` is its form, its step or its task. */
enum { LINE_QUESTION, LINE_STEP, LINE_TASK };

/* ---- the schedule ---- */

static void add_heading(struct list_view *list, struct ui *ui, const char *msgid)
{
    if (list->count)
        list_add_gap(list);
    list_add_text(list, ui_text(ui, msgid), 3, ATTR_BOLD);
}

/* The step is good until the next change, after which the lines are filled again. */
static struct line *add_step(struct list_view *list, struct ui *ui, const struct step *step,
                             const char *when)
{
    const struct schedule *schedule = ui_schedule(ui);
    struct buf name = BUF_INIT;
    struct line *line;

    schedule_step_name(ui->plan, step, &ui->tr, &name);
    line = list_add(list, name.text, when);
    line->sign = step_sign(schedule, step);
    line->indent = 5;
    line->stacks = true;
    line->number = LINE_STEP;
    line->thing = step;
    buf_free(&name);
    return line;
}

static bool has_task(const struct list_view *list, const struct task *task)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->lines[i].number == LINE_TASK && list->lines[i].thing == task)
            return true;
    return false;
}

/* The task that comes before the step, once. */
static void add_before(struct list_view *list, struct ui *ui, const struct step *step)
{
    const struct task *task = schedule_task_before(ui->plan, step);
    struct line *line;

    if (!task || has_task(list, task))
        return;
    line = list_add(list, text_get(&task->title, ui->tr.lang), ui_text(ui, "comes first"));
    line->sign = SIGN_OPEN;
    line->indent = 5;
    line->stacks = true;
    line->number = LINE_TASK;
    line->thing = task;
}

static void add_actions(struct list_view *list, struct ui *ui, const struct schedule *schedule)
{
    struct step_list actions = { 0 };
    struct buf text = BUF_INIT;

    schedule_actions(schedule, &actions);
    if (actions.count)
        add_heading(list, ui, N_("Do now"));
    for (size_t i = 0; i < actions.count && i < ACTIONS_MAX; i++) {
        add_before(list, ui, actions.at[i]);
        buf_clear(&text);
        schedule_step_when(schedule, actions.at[i], &ui->tr, &text);
        add_step(list, ui, actions.at[i], text.text);
    }
    buf_clear(&text);
    if (actions.count > ACTIONS_MAX) {
        buf_addf(&text, tr_plural(&ui->tr, "and %zu more, in the timeline",
                                  "and %zu more, in the timeline",
                                  actions.count - ACTIONS_MAX), actions.count - ACTIONS_MAX);
        list_add_text(list, text.text, 5, ATTR_DIM);
    }
    step_list_free(&actions);
    buf_free(&text);
}

/* Whom, since when, and when they should be ready. */
static void add_waits(struct list_view *list, struct ui *ui, const struct schedule *schedule)
{
    struct step_list waits = { 0 };
    struct buf text = BUF_INIT;

    schedule_waits(schedule, &waits);
    if (waits.count)
        add_heading(list, ui, N_("Waiting for others"));
    for (size_t i = 0; i < waits.count; i++) {
        buf_clear(&text);
        schedule_owner_name(ui->plan, waits.at[i], &ui->tr, &text);
        buf_add(&text, text.length ? ": " : "");
        schedule_step_when(schedule, waits.at[i], &ui->tr, &text);
        add_step(list, ui, waits.at[i], text.text);
    }
    step_list_free(&waits);
    buf_free(&text);
}

static void add_deadlines(struct list_view *list, struct ui *ui, const struct schedule *schedule)
{
    const struct step *step = schedule_upcoming(schedule, NULL);
    struct buf text = BUF_INIT;

    if (step)
        add_heading(list, ui, N_("Next last safe days"));
    for (int i = 0; i < DEADLINES && step; i++, step = schedule_upcoming(schedule, step)) {
        buf_clear(&text);
        schedule_weekday(step_last_day(step), &ui->tr, &text);
        add_step(list, ui, step, text.text);
    }
    buf_free(&text);
}

static void add_helps(struct list_view *list, struct ui *ui, const struct schedule *schedule)
{
    struct schedule_help helps[SCHEDULE_HELP_MAX];
    size_t count = schedule_help(schedule, helps);
    struct buf text = BUF_INIT;

    if (count)
        add_heading(list, ui, N_("What would help most"));
    for (size_t i = 0; i < count; i++) {
        struct line *line;
        buf_clear(&text);
        schedule_help_text(ui->plan, &helps[i], &ui->tr, &text);
        line = list_add(list, text.text, NULL);
        line->wraps = true;
        line->indent = 5;
        line->number = LINE_STEP;
        line->thing = helps[i].step;
    }
    buf_free(&text);
}

static void add_schedule(struct list_view *list, struct ui *ui, const struct schedule *schedule)
{
    struct buf text = BUF_INIT;

    schedule_verdict(schedule, &ui->tr, &text);
    if (text.length)
        list_add_text(list, text.text, 1, ATTR_NORMAL);
    add_actions(list, ui, schedule);
    add_waits(list, ui, schedule);
    add_deadlines(list, ui, schedule);
    add_helps(list, ui, schedule);
    buf_free(&text);
}

/* ---- questions ---- */

static void add_question(struct list_view *list, struct ui *ui, const struct task *task,
                         const struct task_state *state)
{
    const struct place *place = state->first_problem.item ? &state->first_problem
                                                          : &state->first_open;
    struct buf name = BUF_INIT;
    struct line *line;

    if (place->item)
        plan_place_name(ui->plan, place, &ui->tr, &name);
    else
        buf_add(&name, ui_text(ui, "Check the answers and mark the task as done"));
    list_add_text(list, text_get(&task->title, ui->tr.lang), 3, ATTR_BOLD);
    line = list_add(list, name.text, NULL);
    line->sign = state->first_problem.item ? SIGN_PROBLEM : SIGN_OPEN;
    line->place = *place;
    line->thing = task->form;
    line->number = LINE_QUESTION;
    line->indent = 5;
    line->wraps = true;
    buf_free(&name);
}

static void fill_today(struct list_view *list, struct ui *ui)
{
    const struct schema *schema = ui->plan->schema;
    const struct schedule *schedule = ui_schedule(ui);
    bool headed = !schedule || !schedule->count;

    buf_add(&list->title, ui_text(ui, "What to do next"));
    if (schedule && schedule->count)
        add_schedule(list, ui, schedule);
    for (size_t i = 0; i < schema->task_count; i++) {
        struct task_state state;
        engine_task(ui->plan->engine, &schema->tasks[i], &state);
        if (!state.relevant || state.status == TASK_DONE || state.status == TASK_CANNOT_START)
            continue;
        if (!headed)
            add_heading(list, ui, N_("Questions that go on"));
        headed = true;
        add_question(list, ui, &schema->tasks[i], &state);
    }
    if (list->count == 0)
        list_add_text(list, ui_text(ui, "Everything that is asked now has been answered."), 1,
                      ATTR_NORMAL);
}

/* ---- acting ---- */

static void open_next(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    if (line->number == LINE_STEP)
        ui_push(ui, view_step_new(ui, line->thing));
    else if (line->number == LINE_TASK)
        ui_open_task(ui, line->thing);
    else if (line->place.item)
        ui_push(ui, view_question_new(ui, line->place.item->form, &line->place, true));
    else
        ui_push(ui, view_check_new(ui, line->thing));
}

static bool act_on_next(struct list_view *list, struct ui *ui, enum action action,
                        struct line *line)
{
    (void)list;
    return ui_act_on_step(ui, action, line && line->number == LINE_STEP ? line->thing : NULL);
}

struct view *view_today_new(struct ui *ui)
{
    static const enum action with_steps[] = {
        ACTION_OPEN, ACTION_DONE, ACTION_BEGUN, ACTION_WHAT_IF, ACTION_TIMELINE, ACTION_LEAVE,
        ACTION_MENU, ACTION_NONE
    };
    static const enum action plain[] = { ACTION_OPEN, ACTION_LEAVE, ACTION_NONE };
    struct list_view *list = xcalloc(1, sizeof *list);

    list_view_init(list, ui->plan->schema->activities ? with_steps : plain, fill_today, open_next);
    list->act = act_on_next;
    return &list->view;
}
