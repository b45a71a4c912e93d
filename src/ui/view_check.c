/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Check your answers: the problems first, then every answer; each line leads to its question
 * and back here. Also the rows of a repeat, and the page "why".
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "core/card_notes.h"
#include "core/rights.h"
#include "core/row_map.h"
#include "core/schema.h"
#include "core/starter.h"
#include "core/why.h"
#include "ui/list_view.h"

/* ---- check your answers ---- */

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

/* The form whose rows are the rights matrix. */
static bool is_of_rights(const struct ui *ui, const struct form *form)
{
    return rights_can(ui->plan->schema)
        && ui->plan->schema->rights->items[RIGHTS_ITEM_ROLE]->form == form;
}

static void fill_rights_line(struct list_view *list, struct ui *ui, const struct form *form)
{
    if (is_of_rights(ui, form))
        list_add(list, ui_text(ui, "Open the rights matrix"), NULL)->number = LINE_RIGHTS;
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
    fill_rights_line(list, ui, form);
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

/* ---- the rows of a repeat ---- */

struct rows_view {
    struct list_view list;
    const struct item *repeat;
    char removing[24];        /* the row that the user was asked about */
};

enum { LINE_ROW, LINE_ADD, LINE_CONTINUE, LINE_STARTER };

/* Narrower than this a row has no room for a summary. */
enum { NARROW_COLS = 50 };

/* What tells a row apart beside its name: the first other answers. */
static void row_summary(struct ui *ui, const struct item *repeat, const struct row *row,
                        struct buf *out)
{
    int shown = 0;

    for (size_t i = 1; i < repeat->item_count && shown < 1; i++) {
        const struct item *item = &repeat->items[i];
        if (!row->cells[i].value || !row->cells[i].relevant || item->type == ITEM_YESNO)
            continue;
        buf_add(out, shown++ ? ", " : "");
        plan_show(ui->plan, item, row->key, &ui->tr, out);
    }
}

static enum sign row_sign(const struct item *repeat, const struct row *row)
{
    enum sign sign = SIGN_DONE;

    for (size_t i = 0; i < repeat->item_count; i++) {
        if (row->cells[i].problem)
            return SIGN_PROBLEM;
        if (row->cells[i].required && !row->cells[i].value)
            sign = SIGN_SOME;
    }
    return sign;
}

/* A sign never stands without its word. */
static const char *row_word(const struct ui *ui, enum sign sign)
{
    return ui_text(ui, sign == SIGN_PROBLEM ? N_("there is a problem")
                       : sign == SIGN_SOME  ? N_("in progress")
                                            : N_("done"));
}

/* The name, the summary and the word of the sign; a narrow screen leaves out the summary. */
static void add_row_line(struct list_view *list, struct ui *ui, const struct item *repeat,
                         const struct row *row)
{
    bool narrow = ui_text_cols(&ui->screen) < NARROW_COLS;
    enum sign sign = row_sign(repeat, row);
    const char *word = row_word(ui, sign);
    struct buf name = BUF_INIT, summary = BUF_INIT, far = BUF_INIT;
    struct line *line;

    plan_row_name(ui->plan, repeat, row->key, &ui->tr, &name);
    row_summary(ui, repeat, row, &summary);
    line = list_add(list, name.text, narrow ? word : summary.text);
    line->place = (struct place){ repeat, row->key };
    line->sign = sign;
    line->indent = 5;
    line->stacks = narrow;
    if (!narrow) {
        buf_addf(&far, " %s", word);
        if (utf8_width(far.text) > list->far_cols)
            list->far_cols = utf8_width(far.text);
        line->far = buf_detach(&far);
    }
    buf_free(&name);
    buf_free(&summary);
}

/* The ready-made rows that are left, to be taken one by one. */
static void add_starters(struct list_view *list, struct ui *ui, const struct item *repeat)
{
    size_t room = repeat->starter ? repeat->starter->list->choice_count : 0;
    const struct choice **left = xcalloc(room + 1, sizeof left[0]);
    size_t count = starter_left(ui->plan, repeat, left);

    if (count > 0)
        list_add_text(list, ui_text(ui, "Ready-made rows, Enter adds one:"), 1, ATTR_DIM);
    for (size_t i = 0; i < count; i++) {
        struct line *line = list_add(list, text_get(&left[i]->label, ui->tr.lang), NULL);
        line->number = LINE_STARTER;
        line->thing = left[i];
        line->indent = 5;
        line->wraps = true;
    }
    free(left);
}

static void fill_row_list(struct list_view *list, struct ui *ui)
{
    const struct item *repeat = ((struct rows_view *)list)->repeat;
    size_t count = answers_row_count(ui->plan->answers, repeat);
    struct buf add = BUF_INIT;

    buf_addf(&list->title, "%s › ", text_get(&repeat->form->title, ui->tr.lang));
    plan_text(ui->plan, &repeat->page->title, &ui->tr, &list->title);
    buf_addf(&list->right, tr_plural(&ui->tr, "%zu row", "%zu rows", count), count);
    plan_text(ui->plan, &repeat->label, &ui->tr, &add);
    list_add_text(list, add.text, 1, ATTR_BOLD);
    list_add_gap(list);
    buf_clear(&add);
    plan_text(ui->plan, &repeat->hint, &ui->tr, &add);
    if (add.length) {
        list_add_text(list, add.text, 1, ATTR_NORMAL);
        list_add_gap(list);
    }
    list->far_cols = 0;
    for (size_t r = 0; r < count; r++)
        add_row_line(list, ui, repeat, answers_row_at(ui->plan->answers, repeat, r));
    if (count)
        list_add_gap(list);
    buf_clear(&add);
    buf_addf(&add, "+ %s: %s", ui_text(ui, "add"), text_get(&repeat->item_label, ui->tr.lang));
    list_add(list, add.text, NULL)->number = LINE_ADD;
    add_starters(list, ui, repeat);
    fill_rights_line(list, ui, repeat->form);
    list_add(list, ui_text(ui, "Continue"), NULL)->number = LINE_CONTINUE;
    buf_clear(&add);
    if (row_map_text(ui->plan, repeat, &ui->tr, &add)) {
        list_add_gap(list);
        list_add_lines(list, add.text);
    }
    buf_free(&add);
}

static void add_row(struct rows_view *view, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };
    char key[24];
    struct places steps = { 0 };

    if (!ui_can_write(ui))
        return;
    if (plan_row_add(ui->plan, view->repeat, key, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    engine_steps(ui->plan->engine, view->repeat->form, view->repeat, key, true, &steps);
    if (steps.count)
        ui_push(ui, view_question_new(ui, view->repeat->form, &steps.at[0], false));
    places_free(&steps);
}

/* The focus goes on to the next offer, so that Enter adds one after the other: the new row pushes
 * it down by one line, the first row by a gap more. */
static void take_starter(struct rows_view *view, struct ui *ui, const struct choice *choice)
{
    bool first = answers_row_count(ui->plan->answers, view->repeat) == 0;
    struct err err = { .tr = &ui->tr };

    if (!ui_can_write(ui))
        return;
    if (starter_take(ui->plan, view->repeat, choice, &ui->tr, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    view->list.focus += first ? 2 : 1;
    ui_say(ui, ui_text(ui, "Added. Open the row and make it fit."));
}

/* An unfinished row goes on where it was left, a finished one begins from the start. */
static const struct place *row_step(const struct ui *ui, const struct item *repeat,
                                    const struct places *steps)
{
    int position = answers_row_position(ui->plan->answers, repeat, steps->at[0].row);
    const struct row *row = answers_row_at(ui->plan->answers, repeat, (size_t)position);

    for (size_t i = 0; i < steps->count; i++) {
        ptrdiff_t n = steps->at[i].item - repeat->items;
        if (row->cells[n].problem || (row->cells[n].required && !row->cells[n].value))
            return &steps->at[i];
    }
    return &steps->at[0];
}

static void open_row(struct list_view *list, struct ui *ui, struct line *line)
{
    struct rows_view *view = (struct rows_view *)list;
    struct places steps = { 0 };

    if (line->number == LINE_ADD) {
        add_row(view, ui);
    } else if (line->number == LINE_RIGHTS) {
        ui_push(ui, view_rights_new(ui));
    } else if (line->number == LINE_STARTER) {
        take_starter(view, ui, line->thing);
    } else if (line->number == LINE_CONTINUE) {
        const struct item *repeat = view->repeat;
        ui_pop(ui);
        ui_question_next(ui, repeat);
    } else {
        engine_steps(ui->plan->engine, view->repeat->form, view->repeat, line->place.row, true,
                     &steps);
        if (steps.count)
            ui_push(ui, view_question_new(ui, view->repeat->form,
                                          row_step(ui, view->repeat, &steps), false));
        places_free(&steps);
    }
}

static void remove_chosen(struct ui *ui, void *data, int answer)
{
    struct rows_view *view = data;
    struct err err = { .tr = &ui->tr };

    if (answer == 0 && plan_row_remove(ui->plan, view->repeat, view->removing, &err))
        ui_say_error(ui, &err);
    else if (answer == 0)
        ui_say(ui, ui_text(ui, "Removed. Undo brings it back."));
    list_view_refresh(&view->list);
}

static void ask_remove(struct rows_view *view, struct ui *ui, const char *row)
{
    const char *labels[] = { ui_text(ui, "Remove"), ui_text(ui, "Keep") };
    int references = plan_row_references(ui->plan, view->repeat, row);
    struct buf text = BUF_INIT;

    if (!ui_can_write(ui))
        return;
    memcpy(view->removing, row, strlen(row) + 1);
    plan_row_name(ui->plan, view->repeat, row, &ui->tr, &text);
    if (references)
        buf_addf(&text, tr_plural(&ui->tr, "\n\n%d other answer points to this row and will be "
                                           "empty.",
                                  "\n\n%d other answers point to this row and will be empty.",
                                  (unsigned long)references), references);
    ui_push(ui, view_choose_new(ui, ui_text(ui, "Remove this?"), text.text, labels, 2,
                                remove_chosen, view));
    buf_free(&text);
}

static void move_row(struct rows_view *view, struct ui *ui, const char *row, int step)
{
    struct err err = { .tr = &ui->tr };
    int position = answers_row_position(ui->plan->answers, view->repeat, row) + step;
    int count = (int)answers_row_count(ui->plan->answers, view->repeat);

    if (!ui_can_write(ui) || position < 0 || position >= count)
        return;
    if (plan_row_move(ui->plan, view->repeat, row, position, &err)) {
        ui_say_error(ui, &err);
        return;
    }
    view->list.focus += (size_t)step;
}

static bool act_on_rows(struct list_view *list, struct ui *ui, enum action action,
                        struct line *line)
{
    struct rows_view *view = (struct rows_view *)list;
    const struct item *repeat = view->repeat;   /* outlives the view */
    const char *row = line && line->number == LINE_ROW ? line->place.row : NULL;

    switch (action) {
    case ACTION_ADD: add_row(view, ui); return true;
    case ACTION_REMOVE:
        if (row)
            ask_remove(view, ui, row);
        return true;
    case ACTION_MOVE_UP:
    case ACTION_MOVE_DOWN:
        if (row)
            move_row(view, ui, row, action == ACTION_MOVE_UP ? -1 : 1);
        return true;
    case ACTION_HELP:
        ui_push(ui, view_why_new(ui, &(struct place){ repeat, NULL }));
        return true;
    case ACTION_NEXT:
        ui_pop(ui);
        ui_question_next(ui, repeat);
        return true;
    case ACTION_BACK:
        ui_pop(ui);
        ui_question_back(ui, repeat);
        return true;
    case ACTION_LEAVE:
        ui_pop(ui);
        ui_question_leave(ui, repeat);
        return true;
    default: return false;
    }
}

struct view *view_rows_new(struct ui *ui, const struct item *repeat)
{
    static const enum action actions[] = {
        ACTION_OPEN, ACTION_ADD, ACTION_REMOVE, ACTION_NEXT, ACTION_BACK, ACTION_HELP,
        ACTION_MENU, ACTION_LEAVE, ACTION_MOVE_UP, ACTION_MOVE_DOWN, ACTION_NONE
    };
    static const enum action with_test[] = {
        ACTION_OPEN, ACTION_ADD, ACTION_REMOVE, ACTION_READER, ACTION_NEXT, ACTION_BACK, ACTION_HELP,
        ACTION_MENU, ACTION_LEAVE, ACTION_MOVE_UP, ACTION_MOVE_DOWN, ACTION_NONE
    };
    struct rows_view *view = xcalloc(1, sizeof *view);
    bool tests = ui_can_act(ui, ACTION_READER) && card_notes_are_in(ui->plan, repeat);

    list_view_init(&view->list, tests ? with_test : actions, fill_row_list, open_row);
    view->list.act = act_on_rows;
    view->repeat = repeat;
    return &view->list.view;
}

/* ---- why ---- */

struct why_view {
    struct list_view list;
    struct place place;
    char row[24];             /* the place's row, which may go away */
};

static void fill_why(struct list_view *list, struct ui *ui)
{
    struct why_view *view = (struct why_view *)list;
    struct buf text = BUF_INIT;

    buf_add(&list->title, ui_text(ui, "Why and help"));
    why_all(ui->plan, view->place.item, view->place.row, &ui->tr, &text);
    list_add_lines(list, text.text);
    buf_free(&text);
}

static void open_nothing(struct list_view *list, struct ui *ui, struct line *line)
{
    (void)list;
    (void)ui;
    (void)line;
}

static bool act_on_why(struct list_view *list, struct ui *ui, enum action action,
                       struct line *line)
{
    (void)line;
    if (action != ACTION_ITS_FACTS)
        return false;
    ui_push(ui, view_facts_new(ui, ((struct why_view *)list)->place.item));
    return true;
}

struct view *view_why_new(struct ui *ui, const struct place *place)
{
    static const enum action actions[] = {
        ACTION_LEAVE, ACTION_DOWN, ACTION_ITS_FACTS, ACTION_COPY, ACTION_NONE
    };
    struct why_view *view = xcalloc(1, sizeof *view);

    (void)ui;
    list_view_init(&view->list, actions, fill_why, open_nothing);
    view->list.act = act_on_why;
    view->place = *place;
    if (place->row) {
        snprintf(view->row, sizeof view->row, "%s", place->row);
        view->place.row = view->row;
    }
    return &view->list.view;
}
