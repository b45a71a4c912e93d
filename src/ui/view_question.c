/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One question at a time, in the engine's order.
 *
 * The answer is stored whenever the cursor leaves the question, in whatever direction. Going
 * back never checks anything. Going on shows a problem once; a second Enter goes on all the
 * same, and the problem stays in the summary. A step that is a repeat puts its list of rows
 * on top.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "ui/window.h"
#include "ui/widget.h"

struct question_view {
    struct view view;
    const struct form *form;
    const struct item *repeat;
    char row[24];             /* key of the row whose questions these are; "" at form level */
    struct places steps;
    size_t at;
    bool back_to_list;        /* the answer leads back to the view below */
    bool full;                /* a question of low priority was asked for by name */
    struct widget widget;
    struct buf stored;        /* the value that the widget began with */
    struct buf drafted;       /* the text last kept as a draft */
    bool has_draft;
    struct buf cleaned;       /* what was repaired in the value that was stored last */
    struct buf problem;
    bool warned;              /* the problem was shown: the next Enter goes on */
    bool kept_here;           /* the answer could not be written: leaving again gives it up */
    int peek;                 /* 0: no other language shown */
    struct window window;
};

/* A body with fewer rows has little room for hints above the field, or none. */
enum { SMALL_ROWS = 12, FEW_ROWS = 8 };

static const struct view_ops question_ops;

static const struct place *current(const struct question_view *q)
{
    return q->at < q->steps.count ? &q->steps.at[q->at] : NULL;
}

/* ---- footers ---- */

/* What a narrow footer drops comes last. */
static const enum action in_field[] = {
    ACTION_CONTINUE, ACTION_BACK, ACTION_HELP, ACTION_UNSURE, ACTION_MENU, ACTION_LEAVE,
    ACTION_PEEK, ACTION_NONE
};
static const enum action in_field_sure[] = {
    ACTION_CONTINUE, ACTION_BACK, ACTION_HELP, ACTION_MENU, ACTION_LEAVE, ACTION_PEEK,
    ACTION_NONE
};
static const enum action in_area[] = {
    ACTION_NEXT, ACTION_BACK, ACTION_HELP, ACTION_MENU, ACTION_LEAVE, ACTION_PEEK, ACTION_NONE
};
static const enum action proposed_field[] = {
    ACTION_CONTINUE, ACTION_PROPOSAL, ACTION_BACK, ACTION_HELP, ACTION_UNSURE, ACTION_MENU,
    ACTION_LEAVE, ACTION_PEEK, ACTION_NONE
};
static const enum action proposed_field_sure[] = {
    ACTION_CONTINUE, ACTION_PROPOSAL, ACTION_BACK, ACTION_HELP, ACTION_MENU, ACTION_LEAVE,
    ACTION_PEEK, ACTION_NONE
};
static const enum action proposed_area[] = {
    ACTION_NEXT, ACTION_PROPOSAL, ACTION_BACK, ACTION_HELP, ACTION_MENU, ACTION_LEAVE,
    ACTION_PEEK, ACTION_NONE
};
static const enum action in_choice[] = {
    ACTION_CONTINUE, ACTION_BACK, ACTION_SELECT, ACTION_HELP, ACTION_MENU, ACTION_LEAVE,
    ACTION_PEEK, ACTION_UNDO, ACTION_NONE
};
static const enum action in_note[] = {
    ACTION_CONTINUE, ACTION_BACK, ACTION_HELP, ACTION_MENU, ACTION_LEAVE, ACTION_PEEK,
    ACTION_NONE
};

static const enum action beside_register[] = {
    ACTION_CONTINUE, ACTION_BACK, ACTION_TAKE, ACTION_HELP, ACTION_UNSURE, ACTION_MENU,
    ACTION_LEAVE, ACTION_PEEK, ACTION_NONE
};
static const enum action beside_register_sure[] = {
    ACTION_CONTINUE, ACTION_BACK, ACTION_TAKE, ACTION_HELP, ACTION_MENU, ACTION_LEAVE,
    ACTION_PEEK, ACTION_NONE
};

static const enum action *footer_of(const struct widget *widget, const struct ui *ui)
{
    if (ui->hooks->registers && ui_register_beside(ui, widget->item))
        return widget->item->unsure ? beside_register : beside_register_sure;
    if (widget->item->model.in[0])
        return widget->ops->lines ? proposed_area
                                  : widget->item->unsure ? proposed_field : proposed_field_sure;
    if (widget->ops->lines)
        return in_area;
    if (widget->ops->typing)
        return widget->item->unsure ? in_field : in_field_sure;
    return widget->item->type == ITEM_NOTE ? in_note : in_choice;
}

/* ---- steps ---- */

static const char *row_of(const struct question_view *q)
{
    return q->row[0] ? q->row : NULL;
}

static void find_steps(struct question_view *q, struct ui *ui)
{
    engine_steps(ui->plan->engine, q->form, q->repeat, row_of(q), ui->full || q->full,
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

struct finding_draft {
    const struct question_view *q;
    const struct ui *ui;
    struct buf text;
    char at[32];
    bool found;
};

static void match_draft(void *data, const char *item, const char *row, const char *text,
                        const char *at)
{
    struct finding_draft *find = data;

    if (strcmp(item, current(find->q)->item->id) != 0 || strcmp(row, find->q->row) != 0)
        return;
    find->found = true;
    buf_clear(&find->text);
    buf_add(&find->text, text);
    date_stamp(at, find->ui->plan->today, find->ui->tr.lang, find->at, sizeof find->at);
}

/* What could not be written is in the field again, so that leaving it tries once more. */
static void restore_unsaved(struct question_view *q, struct ui *ui)
{
    const char *value = ui_unsaved(ui, current(q)->item, q->row);

    if (value)
        widget_start(&q->widget, ui, current(q)->item, row_of(q), value);
}

/* What was typed before a crash is put back into the field, and said. */
static void restore_draft(struct question_view *q, struct ui *ui)
{
    struct finding_draft find = { .q = q, .ui = ui, .text = BUF_INIT };
    struct buf line = BUF_INIT;

    ui->plan->ops->drafts(ui->plan->store, match_draft, &find, NULL);
    if (find.found) {
        q->has_draft = true;
        widget_start(&q->widget, ui, current(q)->item, row_of(q), find.text.text);
        buf_addf(&line, tr_text(&ui->tr, "Unfinished text from %s is back in the field."),
                 find.at);
        ui_say(ui, line.text);
    }
    buf_free(&find.text);
    buf_free(&line);
}

/* An answer that is stored with a problem says so whenever the cursor comes back to it. */
static void find_problem(struct question_view *q, struct ui *ui)
{
    buf_clear(&q->problem);
    plan_problem_text(ui->plan, current(q), &ui->tr, &q->problem);
    q->warned = q->problem.length > 0;
}

static void load_step(struct question_view *q, struct ui *ui)
{
    const struct place *place = current(q);
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
    widget_start(&q->widget, ui, place->item, row_of(q),
                 value ? value : q->drafted.text);
    buf_clear(&q->drafted);
    if (q->widget.ops->typing)
        restore_draft(q, ui);
    restore_unsaved(q, ui);
    if (!q->has_draft)
        find_problem(q, ui);
    q->view.typing = q->widget.ops->typing;
    q->view.actions = footer_of(&q->widget, ui);
}

/* ---- storing ---- */

enum stored { STORED, REFUSED, FAILED };

static void drop_draft(struct question_view *q, struct ui *ui)
{
    struct err err = { .tr = &ui->tr };

    if (q->has_draft &&
        ui->plan->ops->set_draft(ui->plan->store, q->widget.item->id, q->row, NULL, &err))
        ui_say_error(ui, &err);
    q->has_draft = false;
}

/* The copy that the first change of a day makes is said once. */
static void tell_copy(struct ui *ui)
{
    const char *path = ui->plan->ops->copy(ui->plan->store);
    struct buf line = BUF_INIT;

    if (!path || ui->copy_told)
        return;
    ui->copy_told = true;
    buf_addf(&line, tr_text(&ui->tr, "Today's copy of the plan: %s"), path);
    ui_say(ui, line.text);
    buf_free(&line);
}

static enum stored store(struct question_view *q, struct ui *ui)
{
    struct check check = CHECK_INIT;
    struct buf value = BUF_INIT;
    struct err err = { .tr = &ui->tr };
    enum stored result = STORED;

    if (q->widget.item->type == ITEM_NOTE)
        return STORED;
    q->widget.ops->value(&q->widget, &value);
    if (plan_read_only(ui->plan)) {
        if (strcmp(value.text, q->stored.text) != 0)
            ui_can_write(ui);                /* says why the change is not kept */
        buf_free(&value);
        return STORED;
    }
    switch (plan_set(ui->plan, q->widget.item, row_of(q), value.text, &check, &err)) {
    case 0:
        buf_clear(&q->stored);
        buf_add(&q->stored, value.text);
        buf_clear(&q->cleaned);
        check_cleaned(&check, &ui->tr, &q->cleaned);
        ui_saved(ui, q->widget.item, q->row);
        tell_copy(ui);
        break;
    case ERR_REFUSED:
        buf_clear(&q->problem);
        check_message(&check, &ui->tr, &q->problem);
        widget_start(&q->widget, ui, q->widget.item, row_of(q), "");
        result = REFUSED;
        break;
    default:
        ui_not_saved(ui, q->widget.item, q->row, value.text, &err);
        result = FAILED;
        break;
    }
    if (result != FAILED)
        drop_draft(q, ui);
    check_free(&check);
    buf_free(&value);
    return result;
}

/* Stores before leaving any way but onwards. A value that is refused is said on the next page. What
 * cannot be written stays in the field once, so that it can be copied. */
static bool store_to_leave(struct question_view *q, struct ui *ui)
{
    enum stored stored = store(q, ui);

    if (stored == REFUSED)
        ui_say_problem(ui, q->problem.text);
    if (stored != FAILED || q->kept_here)
        return true;
    q->kept_here = true;
    return false;
}

/* Says in the message line what the value became, when that is not what was typed. */
static void say_normal_form(struct question_view *q, struct ui *ui)
{
    const char *value = answers_value(ui->plan->answers, q->widget.item, row_of(q));
    struct buf line = BUF_INIT;

    if (value && q->widget.ops->typing && !q->widget.unsure && !plan_read_only(ui->plan) &&
        strcmp(value, q->widget.text.text) != 0) {
        buf_addf(&line, "%s: ", ui_text(ui, "Saved"));
        check_show(q->widget.item, value, &ui->tr, &line);
        if (q->cleaned.length)
            buf_addf(&line, ". %s", q->cleaned.text);
        ui_say(ui, line.text);
    }
    buf_free(&line);
}

/* ---- moving ---- */

static void show_step(struct question_view *q, struct ui *ui)
{
    load_step(q, ui);
    if (current(q) && current(q)->item->type == ITEM_REPEAT)
        ui_push(ui, view_rows_new(ui, current(q)->item));
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
    if (!current(q))
        finish(q, ui);
    else
        show_step(q, ui);
}

static void go_on(struct question_view *q, struct ui *ui)
{
    const struct item *item = q->widget.item;
    enum stored stored = store(q, ui);

    if (stored == FAILED || stored == REFUSED)
        return;
    if (!q->warned && item->type != ITEM_NOTE && current(q)) {
        find_problem(q, ui);
        if (q->warned)
            return;
    }
    say_normal_form(q, ui);
    if (q->back_to_list)
        ui_pop(ui);
    else
        go_from(q, ui, item, false);
}

static void go_back(struct question_view *q, struct ui *ui)
{
    const struct item *item = q->widget.item;

    if (!store_to_leave(q, ui))
        return;
    if (q->back_to_list)
        ui_pop(ui);
    else
        go_from(q, ui, item, true);
}

static struct question_view *question_at(struct ui *ui, const struct item *repeat)
{
    struct question_view *q = ui->depth ? (struct question_view *)ui->views[ui->depth - 1] : NULL;

    return q && q->view.ops == &question_ops && current(q) && current(q)->item == repeat ? q
                                                                                         : NULL;
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

/* ---- drawing ---- */

static int draw_title(struct question_view *q, struct ui *ui, struct canvas *canvas)
{
    const struct item *item = q->widget.item;
    struct buf title = BUF_INIT, right = BUF_INIT;
    int first;

    buf_addf(&title, "%s › ", text_get(&q->form->title, ui->tr.lang));
    if (q->repeat) {
        plan_row_name(ui->plan, q->repeat, q->row, &ui->tr, &title);
    } else {
        plan_text(ui->plan, &item->page->title, &ui->tr, &title);
    }
    buf_addf(&right, canvas->grid.cols < 50 ? "%zu / %zu"
                                            : tr_text(&ui->tr, "question %zu / %zu"),
             q->at + 1, q->steps.count);
    first = ui_draw_header(ui, canvas, title.text, right.text);
    buf_free(&title);
    buf_free(&right);
    return first;
}

static int draw_text(struct ui *ui, struct canvas *body, int row, const struct text *text,
                     int attr)
{
    struct buf expanded = BUF_INIT;
    int used;

    plan_text(ui->plan, text, &ui->tr, &expanded);
    used = canvas_wrap(body, row, 1, body->grid.cols - 2, expanded.text, attr);
    buf_free(&expanded);
    return used;
}

/* The question in the language after the present one, or the one after that. */
/* The other languages in their own order, so that Swedish shows Finnish first. */
static enum lang peeked(const struct ui *ui, int peek)
{
    return (enum lang)(peek - 1 < (int)ui->tr.lang ? peek - 1 : peek);
}

static int draw_peek(struct question_view *q, struct ui *ui, struct canvas *body, int row)
{
    enum lang lang = peeked(ui, q->peek);
    struct tr other = ui->hooks->tr(ui->hooks->data, lang);
    struct buf text = BUF_INIT;
    int used;

    buf_addf(&text, "%s: ", lang_code(lang));
    plan_text(ui->plan, &q->widget.item->label, &other, &text);
    if (q->widget.item->hint.in[0]) {
        buf_add_char(&text, ' ');
        plan_text(ui->plan, &q->widget.item->hint, &other, &text);
    }
    used = canvas_wrap(body, row, 1, body->grid.cols - 2, text.text, ATTR_DIM);
    buf_free(&text);
    return used;
}

static int draw_problem(const struct question_view *q, struct ui *ui, struct canvas *body,
                        int row)
{
    int first = row;

    if (!q->problem.length)
        return 0;
    canvas_put(body, row, 1, 1, "!", ATTR_BOLD);
    row += canvas_wrap(body, row, 3, body->grid.cols - 4, q->problem.text, ATTR_BOLD);
    if (q->warned)
        row += canvas_wrap(body, row, 3, body->grid.cols - 4,
                           ui_text(ui, "Correct the answer, or press Enter to go on and correct "
                                       "it later."), 0);
    return row + 1 - first;
}

static int draw_beside(struct question_view *q, struct ui *ui, struct canvas *body, int row)
{
    struct buf typed = BUF_INIT;
    int used;

    q->widget.ops->value(&q->widget, &typed);
    used = ui_draw_register(ui, body, row, current(q), typed.text);
    used += ui_draw_proposal(ui, body, row + used, q->widget.item, typed.text);
    buf_free(&typed);
    return used;
}

/* The hint, and for a note its text, with an empty row behind each. */
static int draw_hints(struct ui *ui, struct canvas *body, int row, const struct item *item)
{
    int first = row, used = draw_text(ui, body, row, &item->hint, 0);

    row += used ? used + 1 : 0;
    if (item->type == ITEM_NOTE) {
        used = draw_text(ui, body, row, &item->guidance, 0);
        row += used ? used + 1 : 0;
    }
    return row - first;
}

/* Question, hint, answer, problem; with `hint_last` the hint comes after these. Returns the row
 * behind answer and problem; `*hint_rows` gets the rows of a hint before them. */
static int draw_body(struct question_view *q, struct ui *ui, struct canvas *body, bool hint_last,
                     int *hint_rows)
{
    const struct item *item = q->widget.item;
    int row = draw_text(ui, body, 0, &item->label, ATTR_BOLD), end;

    if (!answers_cell(ui->plan->answers, item, row_of(q))->required &&
        item_type_holds_answer(item->type))
        row += canvas_wrap(body, row, 1, body->grid.cols - 2, ui_text(ui, "(optional)"),
                           ATTR_DIM);
    if (q->peek)
        row += draw_peek(q, ui, body, row);
    *hint_rows = hint_last ? 0 : 1 + draw_hints(ui, body, row + 1, item);
    row += *hint_rows;
    row += q->widget.ops->draw(&q->widget, ui, body, row, 2, body->grid.cols - 3) + 1;
    row += draw_beside(q, ui, body, row);
    row += draw_problem(q, ui, body, row);
    end = row - 1;
    if (hint_last)
        row += draw_hints(ui, body, row, item);
    draw_text(ui, body, row, &item->page->why, ATTR_DIM);
    if (item->type == ITEM_NOTE)
        canvas_cursor(body, 0, 1);
    return end;
}

/* On a small screen the hint gives way where the answer would not be seen for it. */
static void make_body(struct question_view *q, struct ui *ui, struct canvas *body)
{
    int cols = ui_text_cols(&ui->screen) + 2, rows = ui_body_rows(&ui->screen) - 1, hint_rows, end;

    canvas_init_growing(body, cols, ui->screen.ascii);
    end = draw_body(q, ui, body, false, &hint_rows);
    if (q->widget.item->type == ITEM_NOTE || rows >= SMALL_ROWS || end <= rows)
        return;
    if (rows >= FEW_ROWS && end - hint_rows > rows)
        return;
    canvas_free(body);
    canvas_init_growing(body, cols, ui->screen.ascii);
    draw_body(q, ui, body, true, &hint_rows);
}

static void question_draw(struct view *view, struct ui *ui, struct canvas *canvas)
{
    struct question_view *q = (struct question_view *)view;
    struct canvas body;
    int first;

    if (!q->widget.item)
        return;
    first = draw_title(q, ui, canvas);
    make_body(q, ui, &body);
    window_draw(&q->window, ui, canvas, first, &body, q->widget.item->type == ITEM_NOTE);
    canvas_free(&body);
}

/* ---- events ---- */

/* Takes what the register says about the question, as one change. */
static void take(struct question_view *q, struct ui *ui)
{
    struct buf typed = BUF_INIT;
    const char *value;
    char *copy;

    q->widget.ops->value(&q->widget, &typed);
    value = ui_register_offer(ui, current(q), typed.text);
    buf_free(&typed);
    if (!value) {
        ui_say(ui, ui_text(ui, "The register says nothing else about this."));
        return;
    }
    if (!ui_can_write(ui))
        return;
    copy = xstrdup(value);
    widget_start(&q->widget, ui, current(q)->item, row_of(q), copy);
    free(copy);
    if (store(q, ui) == STORED)
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
    } else if (ui_can_write(ui) && (!typed.text[0] || store(q, ui) == STORED)) {
        widget_start(&q->widget, ui, q->widget.item, row_of(q), proposal.text);
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
        if (store_to_leave(q, ui))
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
    case ACTION_HELP: ui_push(ui, view_why_new(ui, current(q))); break;
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

static void keep_draft(struct question_view *q, struct ui *ui)
{
    struct buf value = BUF_INIT;
    struct err err = { .tr = &ui->tr };

    q->widget.ops->value(&q->widget, &value);
    if (q->view.typing && !plan_read_only(ui->plan) &&
        strcmp(value.text, q->stored.text) != 0 && strcmp(value.text, q->drafted.text) != 0 &&
        !plan_refuses_draft(value.text)) {
        if (ui->plan->ops->set_draft(ui->plan->store, q->widget.item->id, q->row, value.text,
                                     &err))
            ui_say_error(ui, &err);
        q->has_draft = true;
        buf_clear(&q->drafted);
        buf_add(&q->drafted, value.text);
    }
    buf_free(&value);
}

static void question_rest(struct view *view, struct ui *ui, bool leaving)
{
    struct question_view *q = (struct question_view *)view;

    if (!current(q) || current(q)->item->type == ITEM_REPEAT)
        return;
    if (leaving)
        store(q, ui);
    else
        keep_draft(q, ui);
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
    const struct item *item = current(q) ? current(q)->item : NULL;
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
    if (current(q)->item != item || item->type == ITEM_REPEAT)
        return;
    value = answers_value(ui->plan->answers, item, row_of(q));
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
