/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One question at a time, in the engine's order.
 *
 * The answer is stored whenever the cursor leaves the question, in whatever direction. Going
 * back never checks anything. Going on shows a problem once; a second Enter goes on all the
 * same, and the problem stays in the summary. A step that is a repeat puts its list of rows
 * on top.
 */
#include "ui/view_question.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const struct view_ops question_ops;

/* ---- steps ---- */

const struct place *question_current(const struct question_view *q)
{
    return q->at < q->steps.count ? &q->steps.at[q->at] : NULL;
}

const char *question_row(const struct question_view *q)
{
    return q->row[0] ? q->row : NULL;
}

static void find_steps(struct question_view *q, struct ui *ui)
{
    engine_steps(ui->plan->engine, q->form, q->repeat, question_row(q), ui->full || q->full,
                 &q->steps);
}

/* The step of the item; when it is not asked any more, the first one after it. */
static size_t step_of(const struct question_view *q, const struct item *item)
{
    size_t i = 0;

    while (i < q->steps.count && q->steps.at[i].item->index < item->index)
        i++;
    return i;
}

static bool is_answered(const struct ui *ui, const struct place *place)
{
    if (place->item->type == ITEM_REPEAT)
        return answers_row_count(ui->plan->answers, place->item) > 0;
    return answers_value(ui->plan->answers, place->item, place->row) != NULL;
}

static bool is_open(const struct ui *ui, const struct place *place)
{
    const struct cell *cell = answers_cell(ui->plan->answers, place->item, place->row);

    if (place->item->type == ITEM_REPEAT)
        return answers_row_count(ui->plan->answers, place->item) < (size_t)place->item->row_min;
    return cell->required && !cell->value;
}

/* Where the user left off: the first required question without an answer. A form that nobody has
 * touched begins with its first step. */
static size_t first_open(const struct question_view *q, const struct ui *ui)
{
    bool touched = false;

    for (size_t i = 0; i < q->steps.count && !touched; i++)
        touched = is_answered(ui, &q->steps.at[i]);
    for (size_t i = 0; touched && i < q->steps.count; i++)
        if (is_open(ui, &q->steps.at[i]))
            return i;
    return 0;
}

/* An answer that is stored with a problem says so whenever the cursor comes back to it. */
static void find_problem(struct question_view *q, struct ui *ui)
{
    buf_clear(&q->problem);
    plan_problem_text(ui->plan, question_current(q), &ui->tr, &q->problem);
    q->warned = q->problem.length > 0;
}

static void load_step(struct question_view *q, struct ui *ui)
{
    const struct place *place = question_current(q);
    const char *value;

    q->warned = q->has_draft = q->kept_here = false;
    q->window = (struct window){ 0 };
    buf_clear(&q->problem);
    buf_clear(&q->stored);
    buf_clear(&q->drafted);
    if (!place || place->item->type == ITEM_REPEAT)
        return;
    value = answers_value(ui->plan->answers, place->item, place->row);
    if (value)
        buf_add(&q->stored, value);
    else if (item_type_is_typed(place->item->type) || place->item->type == ITEM_YESNO ||
             place->item->type == ITEM_ONE || place->item->type == ITEM_ROW)
        engine_initial(ui->plan->engine, place->item, place->row, &q->drafted);
    widget_start(&q->widget, ui, place->item, question_row(q),
                 value ? value : q->drafted.text);
    buf_clear(&q->drafted);
    if (q->widget.ops->typing)
        question_restore_draft(q, ui);
    question_restore_unsaved(q, ui);
    if (!q->has_draft)
        find_problem(q, ui);
    q->view.typing = q->widget.ops->typing;
    q->view.answering = item_type_holds_answer(place->item->type);
    q->view.actions = question_footer(&q->widget, ui);
}

/* ---- moving ---- */

static void show_step(struct question_view *q, struct ui *ui)
{
    load_step(q, ui);
    if (question_current(q) && question_current(q)->item->type == ITEM_REPEAT)
        ui_push(ui, view_rows_new(ui, question_current(q)->item));
}

/* After the last question: a row goes back to its list, a form to its check page. */
static void finish(struct question_view *q, struct ui *ui)
{
    const struct form *form = q->form;
    bool check = !q->repeat && !q->back_to_list;

    ui_pop(ui);
    if (check)
        ui_push(ui, view_check_new(ui, form));
}

static void go_from(struct question_view *q, struct ui *ui, const struct item *item, bool back)
{
    size_t at;

    find_steps(q, ui);
    at = step_of(q, item);
    if (back && at == 0) {
        ui_pop(ui);
        return;
    }
    if (back)
        at--;
    else if (at < q->steps.count && q->steps.at[at].item == item)
        at++;
    q->at = at;
    if (!question_current(q))
        finish(q, ui);
    else
        show_step(q, ui);
}

static void go_on(struct question_view *q, struct ui *ui)
{
    const struct item *item = q->widget.item;
    enum stored stored = question_store(q, ui);

    if (stored == FAILED || stored == REFUSED)
        return;
    if (!q->warned && item->type != ITEM_NOTE && question_current(q)) {
        find_problem(q, ui);
        if (q->warned)
            return;
    }
    question_say_normal_form(q, ui);
    if (q->back_to_list)
        ui_pop(ui);
    else
        go_from(q, ui, item, false);
}

static void go_back(struct question_view *q, struct ui *ui)
{
    const struct item *item = q->widget.item;

    if (!question_store_to_leave(q, ui))
        return;
    if (q->back_to_list)
        ui_pop(ui);
    else
        go_from(q, ui, item, true);
}

/* The top view, when it is at the step of the repeat. */
static struct question_view *question_at(struct ui *ui, const struct item *repeat)
{
    struct question_view *q = ui->depth ? (struct question_view *)ui->views[ui->depth - 1] : NULL;
    const struct place *at = q && q->view.ops == &question_ops ? question_current(q) : NULL;

    return at && at->item == repeat ? q : NULL;
}

void ui_question_next(struct ui *ui, const struct item *repeat)
{
    struct question_view *q = question_at(ui, repeat);

    if (q && !q->back_to_list)
        go_from(q, ui, repeat, false);
    else if (q)
        ui_pop(ui);
}

void ui_question_back(struct ui *ui, const struct item *repeat)
{
    struct question_view *q = question_at(ui, repeat);

    if (q && !q->back_to_list)
        go_from(q, ui, repeat, true);
    else if (q)
        ui_pop(ui);
}

void ui_question_leave(struct ui *ui, const struct item *repeat)
{
    if (question_at(ui, repeat))
        ui_pop(ui);
}

/* ---- events ---- */

/* Takes what the register says about the question, as one change. */
static void take(struct question_view *q, struct ui *ui)
{
    struct buf typed = BUF_INIT;
    const char *value;
    char *copy;

    q->widget.ops->value(&q->widget, &typed);
    value = ui_register_offer(ui, question_current(q), typed.text);
    buf_free(&typed);
    if (!value) {
        ui_say(ui, ui_text(ui, "The register says nothing else about this."));
        return;
    }
    if (!ui_can_write(ui))
        return;
    copy = xstrdup(value);
    widget_start(&q->widget, ui, question_current(q)->item, question_row(q), copy);
    free(copy);
    if (question_store(q, ui) == STORED)
        ui_say(ui, ui_text(ui, "Taken from the register. Undo takes it back."));
    find_problem(q, ui);
}

/* Puts the proposal into the field. It is the user's answer when she goes on from there; what
 * stood in the field is stored first, so that undo brings it back. */
static void take_proposal(struct question_view *q, struct ui *ui)
{
    struct buf typed = BUF_INIT, proposal = BUF_INIT;

    q->widget.ops->value(&q->widget, &typed);
    if (!ui_proposal(ui, q->widget.item, typed.text, &proposal, NULL)) {
        ui_say(ui, ui_text(ui, "There is no other proposal for this."));
    } else if (ui_can_write(ui) && (!typed.text[0] || question_store(q, ui) == STORED)) {
        widget_start(&q->widget, ui, q->widget.item, question_row(q), proposal.text);
        q->warned = false;
        buf_clear(&q->problem);
        ui_say(ui, ui_text(ui, "The proposal is in the field. Read it and make it your own."));
    }
    buf_free(&typed);
    buf_free(&proposal);
}

static void question_act(struct view *view, struct ui *ui, enum action action)
{
    struct question_view *q = (struct question_view *)view;

    switch (action) {
    case ACTION_CONTINUE:
        q->widget.ops->input(&q->widget, ui,
                             &(struct event){ .kind = EVENT_KEY, .key = KEYS_ENTER });
        go_on(q, ui);
        break;
    case ACTION_NEXT: go_on(q, ui); break;
    case ACTION_BACK: go_back(q, ui); break;
    case ACTION_LEAVE:
        if (question_store_to_leave(q, ui))
            ui_pop(ui);
        break;
    case ACTION_SELECT:
        q->widget.ops->input(&q->widget, ui,
                             &(struct event){ .kind = EVENT_KEY, .key = ' ' });
        break;
    case ACTION_UNSURE:
        q->widget.unsure = !q->widget.unsure;
        buf_clear(&q->widget.text);
        q->widget.cursor = 0;
        break;
    case ACTION_HELP: ui_push(ui, view_why_new(ui, question_current(q))); break;
    case ACTION_TAKE: take(q, ui); break;
    case ACTION_PROPOSAL: take_proposal(q, ui); break;
    case ACTION_PEEK: q->peek = (q->peek + 1) % LANG_COUNT; break;
    default: break;
    }
}

/* Enter that arrives in a burst of keys is part of a paste, not a wish to go on. A step of rows for
 * which no view could be put on top, because the stack is full, is left with any key. */
static void question_input(struct view *view, struct ui *ui, const struct event *event)
{
    struct question_view *q = (struct question_view *)view;
    bool note = q->widget.item && q->widget.item->type == ITEM_NOTE;

    if (!q->widget.item) {
        ui_pop(ui);
        return;
    }
    if (window_scroll(&q->window, ui, event, note, q->widget.ops->lines))
        return;
    if (event->kind == EVENT_KEY && event->key == KEYS_TAB) {
        go_on(q, ui);
        return;
    }
    if (event->kind == EVENT_KEY && event->key == KEYS_PAGE_UP && !q->widget.ops->lines) {
        go_back(q, ui);
        return;
    }
    if (event->kind == EVENT_KEY && event->key == KEYS_LEFT && !q->view.typing) {
        go_back(q, ui);
        return;
    }
    if (q->widget.ops->input(&q->widget, ui, event)) {
        q->warned = false;
        buf_clear(&q->problem);
    }
}

/* Yes and no by their first letters, in any of the languages. */
static bool question_letter(struct view *view, struct ui *ui, uint32_t letter)
{
    static const char yes[] = "kjy", no[] = "en";
    struct question_view *q = (struct question_view *)view;
    bool is_yes = letter < 128 && strchr(yes, (int)letter);

    (void)ui;
    if (!q->widget.item || q->widget.item->type != ITEM_YESNO || letter == 0 || letter > 127 ||
        (!is_yes && !strchr(no, (int)letter)))
        return false;
    q->widget.focus = is_yes ? 0 : 1;
    return true;
}

static void question_rest(struct view *view, struct ui *ui, bool leaving)
{
    struct question_view *q = (struct question_view *)view;

    if (!question_current(q) || question_current(q)->item->type == ITEM_REPEAT)
        return;
    if (leaving)
        question_store(q, ui);
    else
        question_keep_draft(q, ui);
}

static void question_shown(struct view *view, struct ui *ui)
{
    show_step((struct question_view *)view, ui);
}

/* Another view or an undo may have changed the answer, the language or the steps. When the row
 * itself is gone there is nothing left to ask: the view goes as soon as it is on top. */
static void question_again(struct view *view, struct ui *ui)
{
    struct question_view *q = (struct question_view *)view;
    const struct item *item = question_current(q) ? question_current(q)->item : NULL;
    const char *value;

    if (q->repeat && answers_row_position(ui->plan->answers, q->repeat, q->row) < 0) {
        if (ui->views[ui->depth - 1] == view)
            ui_pop(ui);
        return;
    }
    find_steps(q, ui);
    if (!item || q->steps.count == 0)
        return;
    q->at = step_of(q, item);
    if (q->at == q->steps.count)
        q->at--;
    if (question_current(q)->item != item || item->type == ITEM_REPEAT)
        return;
    value = answers_value(ui->plan->answers, item, question_row(q));
    if (strcmp(value ? value : "", q->stored.text) != 0 && q->widget.item)
        load_step(q, ui);
    else if (q->widget.item && q->widget.ops->relabel)
        q->widget.ops->relabel(&q->widget, ui);
    if (q->warned)
        find_problem(q, ui);
}

static void question_free(struct view *view)
{
    struct question_view *q = (struct question_view *)view;

    widget_free(&q->widget);
    places_free(&q->steps);
    buf_free(&q->stored);
    buf_free(&q->drafted);
    buf_free(&q->cleaned);
    buf_free(&q->problem);
    free(q);
}

static const struct view_ops question_ops = {
    .draw = question_draw, .act = question_act, .input = question_input,
    .letter = question_letter,
    .rest = question_rest, .shown = question_shown, .again = question_again,
    .free = question_free,
};

struct view *view_question_new(struct ui *ui, const struct form *form, const struct place *place,
                               bool back_to_list)
{
    struct question_view *q = xcalloc(1, sizeof *q);

    *q = (struct question_view){ .view = { .ops = &question_ops }, .form = form,
                                 .back_to_list = back_to_list, .stored = BUF_INIT,
                                 .drafted = BUF_INIT, .cleaned = BUF_INIT,
                                 .problem = BUF_INIT };
    q->widget.text = (struct buf)BUF_INIT;
    if (place && place->item->repeat) {
        q->repeat = place->item->repeat;
        snprintf(q->row, sizeof q->row, "%s", place->row);
    }
    q->full = place && place->item->full_only;
    find_steps(q, ui);
    q->at = place ? step_of(q, place->item) : first_open(q, ui);
    if (q->at >= q->steps.count && q->steps.count)
        q->at = q->steps.count - 1;
    if (q->steps.count == 0) {
        ui_say(ui, ui_text(ui, "There is nothing to ask here now."));
        question_free(&q->view);
        return NULL;
    }
    return &q->view;
}
