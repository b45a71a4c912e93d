/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Choices: one of a list, yes or no, a row of another table, or several of a list.
 *
 * While nothing is chosen no option has the focus, so that Enter goes on without answering.
 */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "ui/widget.h"

/* ---- options ---- */

static void add_list(struct widget *widget, struct ui *ui)
{
    const struct list *list = widget->item->list;
    struct buf label = BUF_INIT, hint = BUF_INIT;

    for (size_t i = 0; i < list->choice_count; i++) {
        const struct choice *choice = &list->choices[i];
        if (!engine_is_offered(ui->plan->engine, widget->item, widget->row, choice->id))
            continue;
        buf_clear(&label);
        buf_clear(&hint);
        plan_text(ui->plan, &choice->label, &ui->tr, &label);
        plan_text(ui->plan, &choice->hint, &ui->tr, &hint);
        widget_add_option(widget, choice->id, label.text, hint.text);
    }
    buf_free(&label);
    buf_free(&hint);
}

static void add_rows(struct widget *widget, struct ui *ui)
{
    const struct item *target = widget->item->target;
    struct buf name = BUF_INIT;

    for (size_t i = 0; i < answers_row_count(ui->plan->answers, target); i++) {
        const char *key = answers_row_at(ui->plan->answers, target, i)->key;
        buf_clear(&name);
        plan_row_name(ui->plan, target, key, &ui->tr, &name);
        widget_add_option(widget, key, name.text, NULL);
    }
    buf_free(&name);
}

static void add_options(struct widget *widget, struct ui *ui)
{
    if (widget->item->type == ITEM_YESNO) {
        widget_add_option(widget, "1", ui_text(ui, "yes"), NULL);
        widget_add_option(widget, "0", ui_text(ui, "no"), NULL);
    } else if (widget->item->type == ITEM_ROW) {
        add_rows(widget, ui);
    } else {
        add_list(widget, ui);
    }
    if (widget->item->unsure)
        widget_add_option(widget, VALUE_UNSURE, ui_text(ui, "I do not know"), NULL);
}

static void relabel(struct widget *widget, struct ui *ui)
{
    widget_clear_options(widget);
    add_options(widget, ui);
}

static int option_of(const struct widget *widget, const char *id, size_t length)
{
    for (size_t i = 0; i < widget->count; i++)
        if (strlen(widget->options[i].id) == length &&
            memcmp(widget->options[i].id, id, length) == 0)
            return (int)i;
    return -1;
}

static void choice_start(struct widget *widget, struct ui *ui, const char *value)
{
    add_options(widget, ui);
    buf_add(&widget->text, value);
    widget->focus = option_of(widget, value, strlen(value));
}

static void many_start(struct widget *widget, struct ui *ui, const char *value)
{
    add_options(widget, ui);
    widget->chosen = xcalloc(widget->count + 1, sizeof widget->chosen[0]);
    while (*value) {
        size_t length = strcspn(value, " ");
        int option = option_of(widget, value, length);
        if (option >= 0)
            widget->chosen[option] = true;
        value += length;
        value += strspn(value, " ");
    }
    widget->focus = widget->count ? 0 : -1;
}

/* ---- drawing ---- */

static int draw_option(struct widget *widget, struct canvas *canvas, int row, int col, int cols,
                       size_t n, const char *mark)
{
    const struct option *option = &widget->options[n];
    bool focused = (int)n == widget->focus;
    int used, width = utf8_width(option->label), room = cols - 6;

    if (room < 1)
        room = 1;
    canvas_put(canvas, row, col + 2, 3, mark, 0);
    used = canvas_wrap(canvas, row, col + 6, room, option->label, focused ? ATTR_BOLD : 0);
    if (used < 1)
        used = 1;
    if (focused) {
        canvas_put(canvas, row, col, 1, "▶", 0);
        canvas_attr(canvas, row, col + 6, width < room ? width : room, ATTR_REVERSE);
        canvas_cursor(canvas, row, col + 6);
    }
    if (option->hint && (focused || used == 1))
        used += canvas_wrap(canvas, row + used, col + 8, room - 2, option->hint, ATTR_DIM);
    return used;
}

static int choice_draw(struct widget *widget, struct ui *ui, struct canvas *canvas, int row,
                       int col, int cols)
{
    int first = row;

    for (size_t i = 0; i < widget->count; i++) {
        bool chosen = widget->chosen ? widget->chosen[i]
                                     : strcmp(widget->options[i].id, widget->text.text) == 0;
        const char *mark = widget->chosen ? (chosen ? "[x]" : "[ ]") : chosen ? "(•)" : "( )";
        row += draw_option(widget, canvas, row, col, cols, i, mark);
    }
    if (widget->count == 0 && widget->item->type == ITEM_ROW) {
        struct buf text = BUF_INIT;
        buf_addf(&text, tr_text(&ui->tr, "There is nothing to choose from yet. Add it first under "
                                         "\"%s\"."),
                 text_get(&widget->item->target->form->title, ui->tr.lang));
        row += canvas_wrap(canvas, row, col + 2, cols - 2, text.text, 0);
        buf_free(&text);
    }
    if (widget->focus < 0)
        canvas_cursor(canvas, first, col);
    return row - first;
}

/* ---- keys ---- */

static void move(struct widget *widget, int step)
{
    int last = (int)widget->count - 1;

    widget->focus = widget->focus < 0 ? (step > 0 ? 0 : last) : widget->focus + step;
    if (widget->focus < 0)
        widget->focus = 0;
    if (widget->focus > last)
        widget->focus = last;
}

static bool starts_with(const char *label, uint32_t letter)
{
    char typed[5] = "";
    struct buf a = BUF_INIT, b = BUF_INIT;
    bool same;

    typed[utf8_encode(letter, typed)] = 0;
    utf8_fold(&a, label);
    utf8_fold(&b, typed);
    same = b.length && strncmp(a.text, b.text, b.length) == 0;
    buf_free(&a);
    buf_free(&b);
    return same;
}

/* The next option that begins with the letter. */
static bool jump(struct widget *widget, uint32_t letter)
{
    for (size_t step = 1; step <= widget->count; step++) {
        size_t n = (size_t)(widget->focus + (int)step + (int)widget->count) % widget->count;
        if (starts_with(widget->options[n].label, letter)) {
            widget->focus = (int)n;
            return true;
        }
    }
    return false;
}

static bool move_by_key(struct widget *widget, uint32_t key)
{
    switch (key) {
    case KEYS_UP: move(widget, -1); return true;
    case KEYS_DOWN: move(widget, 1); return true;
    case KEYS_HOME: widget->focus = widget->count ? 0 : -1; return true;
    case KEYS_END: widget->focus = (int)widget->count - 1; return true;
    default: break;
    }
    if (key >= '1' && key <= '9' && key - '0' <= widget->count) {
        widget->focus = (int)(key - '1');
        return true;
    }
    return key > ' ' && key < KEYS_NONE && widget->count && jump(widget, key);
}

/* Space where no option is marked yet shows where one is, and chooses nothing. */
static bool mark_first(struct widget *widget, uint32_t key)
{
    if (key != ' ' || widget->focus >= 0)
        return false;
    move(widget, 1);
    return true;
}

static bool choice_input(struct widget *widget, struct ui *ui, const struct event *event)
{
    (void)ui;
    if (event->kind != EVENT_KEY)
        return false;
    if (event->key == KEYS_BACKSPACE || event->key == KEYS_DELETE) {
        buf_clear(&widget->text);
        widget->focus = -1;
        return true;
    }
    if (mark_first(widget, event->key))
        return true;
    if ((event->key == ' ' || event->key == KEYS_ENTER) && widget->focus >= 0) {
        buf_clear(&widget->text);
        buf_add(&widget->text, widget->options[widget->focus].id);
        return event->key == ' ';
    }
    return move_by_key(widget, event->key);
}

/* "I do not know" and the real choices exclude each other. */
static void toggle(struct widget *widget)
{
    bool unsure = strcmp(widget->options[widget->focus].id, VALUE_UNSURE) == 0;

    widget->chosen[widget->focus] = !widget->chosen[widget->focus];
    for (size_t i = 0; i < widget->count; i++)
        if ((strcmp(widget->options[i].id, VALUE_UNSURE) == 0) != unsure)
            widget->chosen[i] = false;
}

static bool many_input(struct widget *widget, struct ui *ui, const struct event *event)
{
    (void)ui;
    if (event->kind != EVENT_KEY)
        return false;
    if (event->key == ' ' && widget->focus >= 0) {
        toggle(widget);
        return true;
    }
    return move_by_key(widget, event->key);
}

static void choice_value(const struct widget *widget, struct buf *out)
{
    buf_add(out, widget->text.text);
}

static void many_value(const struct widget *widget, struct buf *out)
{
    for (size_t i = 0; i < widget->count; i++)
        if (widget->chosen[i])
            buf_addf(out, "%s%s", out->length ? " " : "", widget->options[i].id);
}

const struct widget_ops widget_choice = {
    .start = choice_start, .relabel = relabel, .draw = choice_draw, .input = choice_input,
    .value = choice_value,
};

const struct widget_ops widget_many = {
    .start = many_start, .relabel = relabel, .draw = choice_draw, .input = many_input,
    .value = many_value,
};
