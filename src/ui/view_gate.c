/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A gate: is the provider ready for the next big step, and if not, what is open. Each line leads
 * to the task or the question where it is put right.
 */
#include "base/mem.h"
#include "core/schema.h"
#include "ui/list_view.h"

struct gate_view {
    struct list_view list;
    const struct task *gate;
};

static void add_open_task(struct list_view *list, struct ui *ui, const struct finding *finding)
{
    const struct task *task = finding->task;
    struct task_state state;
    struct line *line;

    engine_task(ui->plan->engine, task, &state);
    line = list_add(list, text_get(&task->title, ui->tr.lang),
                    ui_text(ui, plan_status_words(task, state.status)));
    line->stacks = true;
    line->indent = 3;
    line->thing = task;
}

static void add_condition(struct list_view *list, struct ui *ui, const struct finding *finding)
{
    struct buf text = BUF_INIT;
    struct line *line;

    plan_finding_text(ui->plan, finding, &ui->tr, &text);
    line = list_add(list, text.text, NULL);
    line->wraps = true;
    line->indent = 3;
    line->place = finding->place;
    line->can_focus = finding->place.item != NULL;
    buf_clear(&text);
    plan_finding_remedy(ui->plan, finding, &ui->tr, &text);
    if (text.length)
        list_add_text(list, text.text, 5, ATTR_DIM);
    buf_free(&text);
}

static void fill_gate(struct list_view *list, struct ui *ui)
{
    const struct task *gate = ((struct gate_view *)list)->gate;
    struct findings open = { 0 };
    struct buf text = BUF_INIT;

    buf_add(&list->title, text_get(&gate->title, ui->tr.lang));
    plan_text(ui->plan, &gate->intro, &ui->tr, &text);
    if (text.length)
        list_add_text(list, text.text, 1, ATTR_NORMAL);
    list_add_gap(list);
    engine_gate(ui->plan->engine, gate, &open);
    buf_clear(&text);
    if (open.count)
        buf_addf(&text, tr_plural(&ui->tr, "%zu matter is open:", "%zu matters are open:",
                                  open.count), open.count);
    else
        buf_add(&text, ui_text(ui, "Everything is in order: you are ready."));
    list_add_text(list, text.text, 1, ATTR_BOLD);
    for (size_t i = 0; i < open.count; i++)
        (open.at[i].kind == FINDING_TASK ? add_open_task : add_condition)(list, ui, &open.at[i]);
    findings_free(&open);
    buf_free(&text);
}

static void open_line(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    if (line->thing)
        ui_open_task(ui, line->thing);
    else
        ui_open_place(ui, &line->place);
}

static bool act_on_line(struct list_view *list, struct ui *ui, enum action action,
                        struct line *line)
{
    (void)list;
    if (action != ACTION_HELP || !line || !line->place.item)
        return false;
    ui_push(ui, view_why_new(ui, &line->place));
    return true;
}

struct view *view_gate_new(struct ui *ui, const struct task *gate)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_BACK, ACTION_HELP, ACTION_PRINT, ACTION_MENU, ACTION_NONE
    };
    struct gate_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_gate, open_line);
    view->list.act = act_on_line;
    view->gate = gate;
    return &view->list.view;
}
