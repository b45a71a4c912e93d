/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One step of the schedule: when it can and when it must happen, how long it takes and who says so,
 * what it waits for, what happens when it slips, and what can be done about it.
 */
#include "base/date.h"
#include "base/mem.h"
#include "core/plan.h"
#include "ui/steps.h"

enum { LINE_DONE, LINE_BEGUN, LINE_WHAT_IF, LINE_FACT, LINE_TASK };

struct step_view {
    struct list_view list;
    struct step_ref ref;
};

static void add_choice(struct list_view *list, struct ui *ui, const char *msgid, int number)
{
    list_add(list, ui_text(ui, msgid), NULL)->number = number;
}

static void add_named(struct list_view *list, struct ui *ui, const char *msgid,
                      const struct text *name, int number)
{
    struct buf text = BUF_INIT;
    struct line *line;

    buf_addf(&text, "%s: %s", ui_text(ui, msgid), text_get(name, ui->tr.lang));
    line = list_add(list, text.text, NULL);
    line->number = number;
    line->wraps = true;
    buf_free(&text);
}

static void add_choices(struct list_view *list, struct ui *ui, const struct step *step)
{
    if (schedule_can_enter(ui->plan, step, true))
        add_choice(list, ui, step->finished != DATE_NONE
                                 ? N_("Change the day on which it is finished")
                                 : N_("Mark as done today"), LINE_DONE);
    if (schedule_can_enter(ui->plan, step, false))
        add_choice(list, ui, step->started != DATE_NONE ? N_("Change the day on which it begins")
                                                        : N_("Mark as begun today"), LINE_BEGUN);
    if (step->state != STEP_DONE)
        add_choice(list, ui, N_("What if it moves?"), LINE_WHAT_IF);
    if (step->activity->duration.fact)
        add_named(list, ui, N_("Where the duration comes from"),
                  &step->activity->duration.fact->subject, LINE_FACT);
    if (step->activity->task)
        add_named(list, ui, N_("Open the task"), &step->activity->task->title, LINE_TASK);
}

static void fill_step(struct list_view *list, struct ui *ui)
{
    const struct step *step = ui_step(ui, &((struct step_view *)list)->ref);
    struct buf text = BUF_INIT;

    if (!step) {
        list_add_text(list, ui_text(ui, "This step is no longer in the timeline."), 1,
                      ATTR_NORMAL);
        return;
    }
    schedule_step_name(ui->plan, step, &ui->tr, &list->title);
    if (step->state != STEP_GONE)
        buf_add(&list->right, ui_text(ui, schedule_state_words(step)));
    schedule_whole_text(ui->plan, ui_schedule(ui), step, &ui->tr, &text);
    list_add_lines(list, text.text);
    list_add_gap(list);
    if (step->state != STEP_GONE)
        add_choices(list, ui, step);
    buf_free(&text);
}

static void choose(struct list_view *list, struct ui *ui, struct line *line)
{
    const struct step *step = ui_step(ui, &((struct step_view *)list)->ref);

    if (!step)
        return;
    if (line->number == LINE_TASK)
        ui_open_task(ui, step->activity->task);
    else if (line->number == LINE_FACT)
        ui_push(ui, view_fact_new(ui, step->activity->duration.fact));
    else
        ui_act_on_step(ui, line->number == LINE_DONE    ? ACTION_DONE
                           : line->number == LINE_BEGUN ? ACTION_BEGUN
                                                        : ACTION_WHAT_IF, step);
}

static bool act_on_line(struct list_view *list, struct ui *ui, enum action action,
                        struct line *line)
{
    (void)line;
    return ui_act_on_step(ui, action, ui_step(ui, &((struct step_view *)list)->ref));
}

struct view *view_step_new(struct ui *ui, const struct step *step)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_DONE, ACTION_BEGUN, ACTION_WHAT_IF, ACTION_LEAVE, ACTION_UNDO,
        ACTION_COPY, ACTION_MENU, ACTION_NONE
    };
    struct step_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_step, choose);
    view->list.act = act_on_line;
    view->ref = step_ref(step);
    return &view->list.view;
}
