/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Check your answers: the problems first, then every answer; each line leads to its question
 * and back here.
 */
#include "base/mem.h"
#include "core/rights.h"
#include "ui/list_view.h"

struct check_view {
    struct list_view list;
    const struct form *form;  /* NULL: the whole plan */
};

enum { LINE_PLACE, LINE_FINISH, LINE_DONE, LINE_REGISTER, LINE_RIGHTS };

static void fill_problems(struct list_view *list, struct ui *ui, const struct findings *problems)
{
    struct buf text = BUF_INIT;

    if (problems->count == 0)
        return;
    buf_addf(&text, tr_plural(&ui->tr, "! There is %d problem to correct",
                              "! There are %d problems to correct",
                              (unsigned long)problems->count), (int)problems->count);
    list_add_text(list, text.text, 1, ATTR_BOLD);
    for (size_t i = 0; i < problems->count; i++) {
        const struct finding *finding = &problems->at[i];
        struct line *line;
        buf_clear(&text);
        plan_finding_text(ui->plan, finding, &ui->tr, &text);
        line = list_add(list, text.text, NULL);
        line->wraps = true;
        line->ordinal = (int)i + 1;
        line->indent = 6;
        line->place = finding->place;
        line->can_focus = finding->place.item != NULL;
        buf_clear(&text);
        plan_finding_remedy(ui->plan, finding, &ui->tr, &text);
        if (text.length)
            list_add_text(list, text.text, 6, ATTR_NORMAL);
    }
    list_add_text(list, ui_text(ui, "Enter goes to the question. You may also go on and correct "
                                    "it later."), 3, ATTR_DIM);
    list_add_gap(list);
    buf_free(&text);
}

static void fill_answer(struct list_view *list, struct ui *ui, const struct item *item,
                        const char *row, int indent)
{
    const struct cell *cell = answers_cell(ui->plan->answers, item, row);
    struct buf label = BUF_INIT, value = BUF_INIT;
    struct line *line;

    plan_text(ui->plan, item->report_label.in[0] ? &item->report_label : &item->label, &ui->tr,
              &label);
    plan_show(ui->plan, item, row, &ui->tr, &value);
    if (!value.length && item_type_holds_answer(item->type))
        buf_add(&value, ui_text(ui, cell->required ? N_("not answered yet")
                                                   : N_("not answered (optional)")));
    line = list_add(list, label.text, value.text);
    line->indent = indent;
    line->stacks = true;
    line->place = (struct place){ item, row };
    line->sign = cell->problem ? SIGN_PROBLEM : SIGN_NONE;
    line->attr = cell->value || cell->computed ? ATTR_NORMAL : ATTR_DIM;
    line->can_focus = !item->calculate.sql && !item->read_only;
    buf_free(&label);
    buf_free(&value);
}

static bool is_shown(const struct item *item, const struct cell *cell)
{
    if (!cell->relevant || (item->calculate.sql && !cell->computed))
        return false;
    return item_type_holds_answer(item->type) || item->type == ITEM_REPEAT;
}

static void fill_rows(struct list_view *list, struct ui *ui, const struct item *repeat)
{
    const struct answers *answers = ui->plan->answers;
    struct buf name = BUF_INIT, count = BUF_INIT;
    size_t rows = answers_row_count(answers, repeat);
    struct line *line;

    buf_addf(&count, tr_plural(&ui->tr, "%zu row", "%zu rows", rows), rows);
    line = list_add(list, text_get(&repeat->label, ui->tr.lang), count.text);
    line->place = (struct place){ repeat, NULL };
    for (size_t r = 0; r < answers_row_count(answers, repeat); r++) {
        const struct row *row = answers_row_at(answers, repeat, r);
        buf_clear(&name);
        plan_row_name(ui->plan, repeat, row->key, &ui->tr, &name);
        list_add_text(list, name.text, 5, ATTR_BOLD);
        for (size_t i = 0; i < repeat->item_count; i++)
            if (is_shown(&repeat->items[i], &row->cells[i]))
                fill_answer(list, ui, &repeat->items[i], row->key, 7);
    }
    buf_free(&name);
    buf_free(&count);
}

static void fill_form(struct list_view *list, struct ui *ui, const struct form *form)
{
    int unused = engine_unused_answers(ui->plan->engine, form);
    struct buf text = BUF_INIT;

    for (size_t p = 0; p < form->page_count; p++)
        for (size_t i = 0; i < form->pages[p].item_count; i++) {
            const struct item *item = &form->pages[p].items[i];
            if (!is_shown(item, answers_cell(ui->plan->answers, item, NULL)))
                continue;
            if (item->type == ITEM_REPEAT)
                fill_rows(list, ui, item);
            else
                fill_answer(list, ui, item, NULL, 3);
        }
    if (unused > 0) {
        buf_addf(&text, tr_plural(&ui->tr,
                                  "%d earlier answer is kept but not used: the question does not "
                                  "concern you now.",
                                  "%d earlier answers are kept but not used: the questions do not "
                                  "concern you now.", (unsigned long)unused), unused);
        list_add_gap(list);
        list_add_text(list, text.text, 3, ATTR_DIM);
    }
    buf_free(&text);
}

static const struct task *task_of(const struct ui *ui, const struct form *form)
{
    for (size_t i = 0; form && i < ui->plan->schema->task_count; i++)
        if (ui->plan->schema->tasks[i].form == form)
            return &ui->plan->schema->tasks[i];
    return NULL;
}

/* Some tasks are done only when the user says so. */
static void fill_done(struct list_view *list, struct ui *ui, const struct form *form)
{
    const struct task *task = task_of(ui, form);
    bool done;

    if (!task || !task->ask_complete)
        return;
    done = answers_task_done(ui->plan->answers, task->id);
    list_add(list, ui_text(ui, done ? N_("This task is marked as done. Take the mark away")
                                    : N_("Mark this task as done")), NULL)->number = LINE_DONE;
}

/* The form whose codes stand in the organisation register. */
static void fill_register_line(struct list_view *list, struct ui *ui, const struct form *form)
{
    const struct registers *registers = ui->plan->schema->registers;

    if (form && registers && registers->items[REGISTER_ITEM_UNIT_OID]->form == form)
        list_add(list, ui_text(ui, "Check against the register"), NULL)->number = LINE_REGISTER;
}

static void fill_check(struct list_view *list, struct ui *ui)
{
    const struct form *form = ((struct check_view *)list)->form;
    struct findings problems = { 0 };

    buf_addf(&list->title, "%s › %s", form ? text_get(&form->title, ui->tr.lang)
                                           : ui_text(ui, "Whole plan"),
             ui_text(ui, "Check your answers"));
    if (form) {
        engine_form_problems(ui->plan->engine, form, &problems);
    } else {
        engine_findings(ui->plan->engine, &problems);
        while (problems.count && problems.at[problems.count - 1].severity != SEVERITY_ERROR)
            problems.count--;
    }
    fill_problems(list, ui, &problems);
    findings_free(&problems);
    for (size_t i = 0; i < ui->plan->schema->form_count; i++) {
        const struct form *each = &ui->plan->schema->forms[i];
        if (form && each != form)
            continue;
        if (!form) {
            list_add_gap(list);
            list_add_text(list, text_get(&each->title, ui->tr.lang), 1, ATTR_BOLD);
        }
        fill_form(list, ui, each);
    }
    list_add_gap(list);
    fill_done(list, ui, form);
    fill_register_line(list, ui, form);
    if (rights_are_in(ui->plan->schema, form))
        list_add(list, ui_text(ui, "Open the rights matrix"), NULL)->number = LINE_RIGHTS;
    list_add(list, ui_text(ui, "Back to the task list"), NULL)->number = LINE_FINISH;
}

static void back_to_tasks(struct ui *ui)
{
    while (ui->depth > 1)
        ui_pop(ui);
}

static void toggle_done(struct ui *ui, const struct form *form)
{
    const struct task *task = task_of(ui, form);
    struct err err = { .tr = &ui->tr };

    if (ui_can_write(ui) &&
        plan_set_task_done(ui->plan, task, !answers_task_done(ui->plan->answers, task->id), &err))
        ui_say_error(ui, &err);
}

/* A row's question belongs to the row: it is asked there. */
void ui_open_place(struct ui *ui, const struct place *place)
{
    if (place->item->type == ITEM_REPEAT)
        ui_push(ui, view_rows_new(ui, place->item));
    else
        ui_push(ui, view_question_new(ui, place->item->form, place, true));
}

static void open_checked(struct list_view *list, struct ui *ui, struct line *line)
{
    if (line->number == LINE_FINISH)
        back_to_tasks(ui);
    else if (line->number == LINE_REGISTER)
        ui_push(ui, view_register_new(ui));
    else if (line->number == LINE_RIGHTS)
        ui_push(ui, view_rights_new(ui));
    else if (line->number == LINE_DONE)
        toggle_done(ui, ((struct check_view *)list)->form);
    else
        ui_open_place(ui, &line->place);
}

static bool act_on_checked(struct list_view *list, struct ui *ui, enum action action,
                           struct line *line)
{
    (void)list;
    if (action == ACTION_HELP && line && line->place.item) {
        ui_push(ui, view_why_new(ui, &line->place));
        return true;
    }
    if (action != ACTION_LEAVE)
        return false;
    back_to_tasks(ui);
    return true;
}

struct view *view_check_new(struct ui *ui, const struct form *form)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_BACK, ACTION_LEAVE, ACTION_HELP, ACTION_UNDO, ACTION_PRINT,
        ACTION_MENU, ACTION_NONE
    };
    struct check_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_check, open_checked);
    view->list.act = act_on_checked;
    view->form = form;
    return &view->list.view;
}
