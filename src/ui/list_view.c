/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/list_view.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static const char *const sign_texts[] = {
    [SIGN_NONE] = " ", [SIGN_DONE] = "✓", [SIGN_SOME] = "◐", [SIGN_OPEN] = "○",
    [SIGN_WAITS] = "–", [SIGN_PROBLEM] = "!",
};

/* ---- lines ---- */

struct line *list_add(struct list_view *list, const char *left, const char *right)
{
    list->lines = vec_room(list->lines, &list->room, list->count + 1, sizeof list->lines[0]);
    list->lines[list->count] = (struct line){
        .left = xstrdup(left), .right = right ? xstrdup(right) : NULL, .rows = 1,
        .can_focus = true, .indent = 3
    };
    return &list->lines[list->count++];
}

void list_add_text(struct list_view *list, const char *text, int indent, int attr)
{
    struct line *line = list_add(list, text, NULL);

    line->can_focus = false;
    line->wraps = true;
    line->indent = indent;
    line->attr = attr;
}

void list_add_gap(struct list_view *list)
{
    list_add(list, "", NULL)->can_focus = false;
}

static void clear_lines(struct list_view *list)
{
    for (size_t i = 0; i < list->count; i++) {
        free(list->lines[i].left);
        free(list->lines[i].right);
        free(list->lines[i].far);
    }
    list->count = 0;
}

void list_view_refresh(struct list_view *list)
{
    list->filled = false;
}

/* ---- focus and scrolling ---- */

/* The nearest line from `at` on that can have the focus, else before it, else `count`. */
static size_t focusable(const struct list_view *list, size_t at)
{
    for (size_t i = at; i < list->count; i++)
        if (list->lines[i].can_focus)
            return i;
    for (size_t i = at < list->count ? at : list->count; i-- > 0;)
        if (list->lines[i].can_focus)
            return i;
    return list->count;
}

static struct line *focused(struct list_view *list)
{
    return list->focus < list->count ? &list->lines[list->focus] : NULL;
}

static void fill(struct list_view *list, struct ui *ui, int cols)
{
    if (list->filled && list->filled_entry == ui->plan->last_entry &&
        list->filled_cols == cols && list->filled_lang == ui->tr.lang)
        return;
    clear_lines(list);
    buf_clear(&list->title);
    buf_clear(&list->right);
    list->fill(list, ui);
    for (size_t i = 0; i < list->count; i++) {
        struct line *line = &list->lines[i];
        int width = cols - line->indent;
        if (line->wraps)
            line->rows = canvas_wrap_rows(line->left, width < 1 ? 1 : width);
        if (line->rows < 1)
            line->rows = 1;
    }
    list->focus = focusable(list, list->focus);
    list->filled = true;
    list->filled_entry = ui->plan->last_entry;
    list->filled_cols = cols;
    list->filled_lang = ui->tr.lang;
}

static int row_of(const struct list_view *list, size_t at)
{
    int row = 0;

    for (size_t i = 0; i < at && i < list->count; i++)
        row += list->lines[i].rows;
    return row;
}

/* Scrolls so that the focus is visible, with what stands directly above the first one. */
static void keep_visible(struct list_view *list, int rows)
{
    int first = row_of(list, list->focus), total = row_of(list, list->count);
    int last = list->focus < list->count ? first + list->lines[list->focus].rows : first;

    if (focusable(list, 0) == list->focus && last <= rows)
        first = 0;
    if (list->focus < list->count && first < list->top)
        list->top = first;
    if (list->focus < list->count && last > list->top + rows)
        list->top = last - rows;
    if (list->top > total - rows)
        list->top = total - rows;
    if (list->top < 0)
        list->top = 0;
}

/* ---- drawing ---- */

static void draw_line(const struct list_view *list, struct canvas *canvas,
                      const struct line *line, int row, int cols)
{
    int right = cols + 1, text_end;

    if (line->far)
        canvas_put(canvas, row, cols + 1 - list->far_cols, list->far_cols, line->far, ATTR_DIM);
    if (list->far_cols)
        right -= list->far_cols + 1;
    text_end = right;
    if (line->right) {
        int width = utf8_width(line->right), most = (right - line->indent) / 2;
        if (width > most)
            width = most;
        canvas_put(canvas, row, right - width, width, line->right, line->attr & ATTR_DIM);
        text_end = right - width - 1;
    }
    if (line->sign)
        canvas_put(canvas, row, line->indent - 2, 1, sign_texts[line->sign],
                   line->sign == SIGN_PROBLEM ? ATTR_BOLD : 0);
    if (line->wraps)
        canvas_wrap(canvas, row, line->indent, cols - line->indent + 1, line->left, line->attr);
    else
        canvas_put(canvas, row, line->indent, text_end - line->indent, line->left, line->attr);
}

static void draw_more(struct ui *ui, struct canvas *canvas, int row, int below)
{
    struct buf text = BUF_INIT;

    buf_addf(&text, tr_plural(&ui->tr, "▼ %d more row", "▼ %d more rows",
                              (unsigned long)below), below);
    canvas_put_right(canvas, row, canvas->grid.cols - 1, text.text, ATTR_DIM);
    buf_free(&text);
}

static void list_draw(struct view *view, struct ui *ui, struct canvas *canvas)
{
    struct list_view *list = (struct list_view *)view;
    int cols = ui_text_cols(canvas), rows = ui_body_rows(canvas), at = 0, first, total;

    fill(list, ui, cols);
    first = ui_draw_header(ui, canvas, list->title.text, list->right.text);
    total = row_of(list, list->count);
    rows -= total > rows && rows > 2;        /* the last row tells that there is more */
    keep_visible(list, rows);
    for (size_t i = 0; i < list->count && at < list->top + rows; i++) {
        struct line *line = &list->lines[i];
        int row = first + at - list->top;
        at += line->rows;
        if (at <= list->top)
            continue;
        draw_line(list, canvas, line, row, cols);
        if (row < first)                     /* a wrapped line that begins above the window */
            ui_draw_header(ui, canvas, list->title.text, list->right.text);
        if (i != list->focus || row < first)
            continue;
        canvas_put(canvas, row, line->indent - 3 < 0 ? 0 : line->indent - 3, 1, "▶", 0);
        canvas_attr(canvas, row, line->indent, utf8_width(line->left) > cols - line->indent
                    ? cols - line->indent : utf8_width(line->left), ATTR_REVERSE);
        canvas_cursor(canvas, row, line->indent);
    }
    if (total > list->top + rows)
        draw_more(ui, canvas, first + rows, total - list->top - rows);
}

/* ---- acting ---- */

static void move_focus(struct list_view *list, int step)
{
    size_t at = list->focus;

    while (step != 0 && list->count > 0) {
        size_t next = at;
        do {
            if ((step < 0 && next == 0) || (step > 0 && next + 1 >= list->count))
                next = list->count;
            else
                next += step < 0 ? (size_t)-1 : 1;
        } while (next < list->count && !list->lines[next].can_focus);
        if (next >= list->count) {
            if (step < 0)
                list->top = 0;
            break;
        }
        at = next;
        step += step < 0 ? 1 : -1;
    }
    list->focus = at;
    if (focusable(list, 0) == list->count)   /* a page that is only read: scroll it */
        list->focus = list->count;
}

static void scroll(struct list_view *list, int rows)
{
    if (focusable(list, 0) == list->count)
        list->top += rows;
    else
        move_focus(list, rows);
}

static void list_act(struct view *view, struct ui *ui, enum action action)
{
    struct list_view *list = (struct list_view *)view;
    int page = ui_body_rows(&ui->screen) - 2;

    if (list->act && list->act(list, ui, action, focused(list)))
        return;
    switch (action) {
    case ACTION_UP: scroll(list, -1); break;
    case ACTION_DOWN: scroll(list, 1); break;
    case ACTION_PAGE_UP: scroll(list, page < 1 ? -1 : -page); break;
    case ACTION_PAGE_DOWN: scroll(list, page < 1 ? 1 : page); break;
    case ACTION_FIRST: list->focus = focusable(list, 0); list->top = 0; break;
    case ACTION_LAST: list->focus = focusable(list, list->count); list->top = 1 << 28; break;
    case ACTION_OPEN:
    case ACTION_CONTINUE:
        if (focused(list))
            list->open(list, ui, focused(list));
        else
            ui_pop(ui);
        break;
    case ACTION_LEAVE:
    case ACTION_BACK: ui_pop(ui); break;
    default: break;
    }
}

/* Up and down work in every list, whether its footer names them or not. */
static void list_input(struct view *view, struct ui *ui, const struct event *event)
{
    static const enum action moving[] = {
        ACTION_UP, ACTION_DOWN, ACTION_PAGE_UP, ACTION_PAGE_DOWN, ACTION_FIRST, ACTION_LAST,
        ACTION_LEAVE, ACTION_BACK, ACTION_NONE
    };
    struct list_view *list = (struct list_view *)view;
    enum action action = ACTION_NONE;

    if (event->kind == EVENT_KEY)
        action = keymap_find(moving, event->key, view->typing);
    if (action != ACTION_NONE)
        list_act(view, ui, action);
    else if (list->input)
        list->input(list, ui, event);
}

static void list_again(struct view *view, struct ui *ui)
{
    (void)ui;
    list_view_refresh((struct list_view *)view);
}

static void list_free(struct view *view)
{
    struct list_view *list = (struct list_view *)view;

    clear_lines(list);
    free(list->lines);
    buf_free(&list->title);
    buf_free(&list->right);
    if (list->free)
        list->free(list);
    free(list);
}

static const struct view_ops list_ops = {
    .draw = list_draw, .act = list_act, .input = list_input, .again = list_again,
    .free = list_free,
};

void list_view_init(struct list_view *list, const enum action *actions,
                    void (*fill_lines)(struct list_view *, struct ui *),
                    void (*open)(struct list_view *, struct ui *, struct line *))
{
    list->view = (struct view){ .ops = &list_ops, .actions = actions };
    list->fill = fill_lines;
    list->open = open;
    list->title = (struct buf)BUF_INIT;
    list->right = (struct buf)BUF_INIT;
}
