/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How a question looks: its text and hint, the field, what stands beside it, and the keys that the
 * footer names.
 */
#include "ui/view_question.h"

/* A body with fewer rows has little room for hints above the field, or none. */
enum { SMALL_ROWS = 12, FEW_ROWS = 8 };

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

const enum action *question_footer(const struct widget *widget, const struct ui *ui)
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

/* The other languages in their own order, so that Swedish shows Finnish first. */
static enum lang peeked(const struct ui *ui, int peek)
{
    return (enum lang)(peek - 1 < (int)ui->tr.lang ? peek - 1 : peek);
}

/* The question in another language, or in the other one. */
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
    used = ui_draw_register(ui, body, row, question_current(q), typed.text);
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

    if (!answers_cell(ui->plan->answers, item, question_row(q))->required &&
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

void question_draw(struct view *view, struct ui *ui, struct canvas *canvas)
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
