/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/list_view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static const char *const sign_texts[] = {
    [SIGN_NONE] = " ", [SIGN_DONE] = "✓", [SIGN_SOME] = "◐", [SIGN_OPEN] = "○",
    [SIGN_WAITS] = "–", [SIGN_PROBLEM] = "!",
};

const char *ui_sign(enum sign sign)
{
    return sign_texts[sign];
}

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

void list_add_lines(struct list_view *list, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        char *line = xstrndup(text, length);
        list_add_text(list, line, 1, ATTR_NORMAL);
        free(line);
        text += length + (text[length] == '\n');
    }
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

/* The column behind the last one of the line's texts; only `far` stands behind it. */
static int edge_of(const struct list_view *list, const struct line *line, int cols)
{
    bool beside_far = list->far_cols && (line->right || line->far);

    return cols + 1 - (beside_far ? list->far_cols + 1 : 0);
}

static void measure(const struct list_view *list, const struct canvas *canvas, struct line *line,
                    int cols)
{
    int room = edge_of(list, line, cols) - line->indent;

    line->stacked = line->stacks && line->right && *line->right &&
                    canvas_width(canvas, line->left) + 2 + canvas_width(canvas, line->right) >
                        room;
    if (line->wraps || line->stacked)
        line->rows = canvas_wrap_rows(canvas, line->left, room < 1 ? 1 : room);
    if (line->stacked)
        line->rows += canvas_wrap_rows(canvas, line->right, room < 3 ? 1 : room - 2);
    if (line->rows < 1)
        line->rows = 1;
}

static int rows_between(const struct list_view *list, size_t from, size_t to)
{
    int rows = 0;

    for (size_t i = from; i < to && i < list->count; i++)
        rows += list->lines[i].rows;
    return rows;
}

static int pinned_rows(const struct list_view *list)
{
    return rows_between(list, 0, list->pinned);
}

static void fill(struct list_view *list, struct ui *ui, int cols)
{
    int64_t entry = ui->plan ? ui->plan->last_entry : 0;

    if (list->filled && list->filled_entry == entry &&
        list->filled_cols == ui->screen.grid.cols && list->filled_lang == ui->tr.lang)
        return;
    clear_lines(list);
    buf_clear(&list->title);
    buf_clear(&list->right);
    list->pinned = 0;
    list->fill(list, ui);
    for (size_t i = 0; i < list->count; i++)
        measure(list, &ui->screen, &list->lines[i], cols);
    if (pinned_rows(list) > ui_body_rows(&ui->screen) / 3)
        list->pinned = 0;     /* no room: they scroll with the rest */
    list->focus = focusable(list, list->focus);
    list->filled = true;
    list->filled_entry = entry;
    list->filled_cols = ui->screen.grid.cols;
    list->filled_lang = ui->tr.lang;
}

/* The line's first row among those that scroll. */
static int row_of(const struct list_view *list, size_t at)
{
    return rows_between(list, list->pinned, at);
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
        list->top = last - first < rows ? last - rows : first;
    if (list->top > total - rows)
        list->top = total - rows;
    if (list->top < 0)
        list->top = 0;
}

/* ---- drawing ---- */

void ui_draw_above(struct canvas *canvas, int first)
{
    if (first > 1)
        canvas_put_right(canvas, first - 1, canvas->grid.cols - 2, " ▲ ", ATTR_DIM);
    else
        canvas_put_right(canvas, first, canvas->grid.cols, "▲", ATTR_DIM);
}

/* The left text comes first: the right one gets what it leaves, or a third when that is more. */
static int right_width(const struct canvas *canvas, const struct line *line, int available)
{
    int width = canvas_width(canvas, line->right);
    int rest = available - canvas_width(canvas, line->left) - 2;
    int most = rest > available / 3 ? rest : available / 3;

    return width < most ? width : most;
}

/* Marks the text that was drawn in these rows, up to the last letter of each. */
static void mark(struct canvas *canvas, int row, int rows, int from, int end, int attr)
{
    for (; rows > 0 && row < canvas->grid.rows; rows--, row++) {
        const struct cell_glyph *cells = &canvas->grid.cells[row * canvas->grid.cols];
        int last = end < canvas->grid.cols ? end : canvas->grid.cols;
        while (last > from && strcmp(cells[last - 1].text, " ") == 0)
            last--;
        canvas_attr(canvas, row, from, last - from, attr);
    }
}

/* Draws the texts; returns the rows of the left one and the column behind it. */
static int draw_texts(const struct line *line, struct canvas *canvas, int row, int *edge)
{
    int room = *edge - line->indent, used = 1, width = 0;

    if (line->wraps || line->stacked) {
        used = canvas_wrap(canvas, row, line->indent, room < 1 ? 1 : room, line->left,
                           line->attr);
        if (line->stacked)
            canvas_wrap(canvas, row + used, line->indent + 2, room < 3 ? 1 : room - 2,
                        line->right, line->attr & ATTR_DIM);
        return used;
    }
    if (line->right && room > 0) {
        width = right_width(canvas, line, room);
        canvas_put(canvas, row, *edge - width, width, line->right, line->attr & ATTR_DIM);
        *edge -= width + 1;
    }
    canvas_put(canvas, row, line->indent, *edge > line->indent ? *edge - line->indent : 0,
               line->left, line->attr);
    return used;
}

static void draw_line(const struct list_view *list, struct canvas *canvas,
                      const struct line *line, int row, int cols, bool focused)
{
    int edge = edge_of(list, line, cols), used;
    char number[16];

    if (line->far)
        canvas_put(canvas, row, cols + 1 - list->far_cols, list->far_cols, line->far, ATTR_DIM);
    if (line->sign)
        canvas_put(canvas, row, line->indent - 2, 1, ui_sign(line->sign),
                   line->sign == SIGN_PROBLEM ? ATTR_BOLD : 0);
    if (line->ordinal) {
        snprintf(number, sizeof number, "%d", line->ordinal);
        canvas_put_right(canvas, row, line->indent - 2, number, 0);
    }
    used = draw_texts(line, canvas, row, &edge);
    if (line->typed)
        mark(canvas, row, used, line->indent, edge, ATTR_UNDERLINE);
    if (line->typed && list->focus == list->count)
        canvas_cursor(canvas, row, line->indent + canvas_width(canvas, line->left));
    if (!focused)
        return;
    mark(canvas, row, used, line->indent, edge, ATTR_REVERSE);
    canvas_put(canvas, row, line->ordinal || line->indent < 3 ? 0 : line->indent - 3, 1, "▶", 0);
    canvas_cursor(canvas, row, line->indent);
}

/* The last row tells how much more there is below; without room for it a sign has to do. */
static void draw_more(struct ui *ui, struct canvas *canvas, int first, int rows, int above,
                      int below, bool words)
{
    struct buf text = BUF_INIT;

    if (above > 0 && rows > 0)
        ui_draw_above(canvas, first);
    if (below > 0 && words) {
        buf_addf(&text, tr_plural(&ui->tr, "▼ %d more row", "▼ %d more rows",
                                  (unsigned long)below), below);
        canvas_put_right(canvas, first + rows, canvas->grid.cols - 1, text.text, ATTR_DIM);
    } else if (below > 0 && rows > 0) {
        canvas_put_right(canvas, first + rows - 1, canvas->grid.cols, "▼", ATTR_DIM);
    }
    buf_free(&text);
}

/* Lines are drawn on a page of their own, of which the window shows whole rows: a line of several
 * rows may begin above the window or end below it. */
static void draw_lines(const struct list_view *list, struct canvas *canvas, int first, int rows,
                       int cols)
{
    int at = 0, start = -1;
    struct canvas page;

    canvas_init_growing(&page, canvas->grid.cols, canvas->ascii);
    for (size_t i = list->pinned; i < list->count && at < list->top + rows; i++) {
        struct line *line = &list->lines[i];
        if (at + line->rows > list->top) {
            start = start < 0 ? at : start;
            draw_line(list, &page, line, at - start, cols, i == list->focus);
        }
        at += line->rows;
    }
    if (start >= 0)
        canvas_copy(canvas, first, &page, list->top - start, rows);
    canvas_free(&page);
}

static void draw_pinned(const struct list_view *list, struct canvas *canvas, int row, int cols)
{
    for (size_t i = 0; i < list->pinned; i++) {
        draw_line(list, canvas, &list->lines[i], row, cols, false);
        row += list->lines[i].rows;
    }
}

static void list_draw(struct view *view, struct ui *ui, struct canvas *canvas)
{
    struct list_view *list = (struct list_view *)view;
    int cols = ui_text_cols(canvas), rows = ui_body_rows(canvas), first, total;
    bool words;

    fill(list, ui, cols);
    first = ui_draw_header(ui, canvas, list->title.text, list->right.text);
    draw_pinned(list, canvas, first, cols);
    first += pinned_rows(list);
    rows -= pinned_rows(list);
    total = row_of(list, list->count);
    view->still = total <= rows;
    words = total > rows && rows > 2;
    rows -= words;
    keep_visible(list, rows);
    draw_lines(list, canvas, first, rows, cols);
    draw_more(ui, canvas, first, rows, list->top, total - list->top - rows, words);
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
    case ACTION_CHOOSE:
    case ACTION_CONTINUE:
        if (!focused(list))
            ui_pop(ui);
        else if (list->open)
            list->open(list, ui, focused(list));
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

static void list_ready(struct view *view, struct ui *ui)
{
    struct list_view *list = (struct list_view *)view;

    if (list->ready)
        list->ready(list, ui);
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
    .ready = list_ready, .free = list_free,
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
