/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rows of a repeat: people, units, risks. Each leads to its questions; rows are added, taken
 * from the ready-made ones, moved and removed.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "core/card_notes.h"
#include "core/rights.h"
#include "core/row_map.h"
#include "core/starter.h"
#include "ui/list_view.h"

struct rows_view {
    struct list_view list;
    const struct item *repeat;
    char removing[24];        /* the row that the user was asked about */
};

enum { LINE_ROW, LINE_ADD, LINE_CONTINUE, LINE_STARTER, LINE_RIGHTS };

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
    if (rights_are_in(ui->plan->schema, repeat->form))
        list_add(list, ui_text(ui, "Open the rights matrix"), NULL)->number = LINE_RIGHTS;
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
        ACTION_OPEN, ACTION_ADD, ACTION_REMOVE, ACTION_READER, ACTION_NEXT, ACTION_BACK,
        ACTION_HELP, ACTION_MENU, ACTION_LEAVE, ACTION_MOVE_UP, ACTION_MOVE_DOWN, ACTION_NONE
    };
    struct rows_view *view = xcalloc(1, sizeof *view);
    bool tests = ui_can_act(ui, ACTION_READER) && card_notes_are_in(ui->plan, repeat);

    list_view_init(&view->list, tests ? with_test : actions, fill_row_list, open_row);
    view->list.act = act_on_rows;
    view->repeat = repeat;
    return &view->list.view;
}
