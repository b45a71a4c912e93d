/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The frame around views: the header, the line of messages and the keys.
 */
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "ui/ui.h"

/* Rows of the footer: the rule, the line of messages and up to two lines of keys. */
enum { HEADER_ROWS = 2, FOOTER_ROWS = 4, SMALL_ROWS = 10, TEXT_COLS = 76, BAR_COLS = 40 };

static bool is_small(const struct canvas *canvas)
{
    return canvas->grid.rows < SMALL_ROWS;
}

int ui_body_rows(const struct canvas *canvas)
{
    int rows = canvas->grid.rows - (is_small(canvas) ? 2 : HEADER_ROWS + FOOTER_ROWS);

    return rows > 0 ? rows : 0;
}

int ui_text_cols(const struct canvas *canvas)
{
    int cols = canvas->grid.cols - 2;

    return cols < 1 ? 1 : cols > TEXT_COLS ? TEXT_COLS : cols;
}

int ui_draw_header(struct ui *ui, struct canvas *canvas, const char *title, const char *right)
{
    int width = utf8_width(right), cols = canvas->grid.cols;

    (void)ui;
    if (width > 0 && width < cols / 2)
        canvas_put_right(canvas, 0, cols - 1, right, ATTR_DIM);
    else
        width = 0;
    canvas_put(canvas, 0, 1, cols - width - 3, title, ATTR_BOLD);
    if (is_small(canvas))
        return 1;
    canvas_rule(canvas, 1);
    return HEADER_ROWS;
}

int ui_draw_bar(struct canvas *canvas, int row, int percent)
{
    int cols = canvas->grid.cols - 10 < BAR_COLS ? canvas->grid.cols - 10 : BAR_COLS;
    struct buf bar = BUF_INIT;

    buf_add_char(&bar, '[');
    for (int i = 0; i < cols; i++)
        buf_add_char(&bar, i * 100 < percent * cols ? '#' : '.');
    buf_addf(&bar, "] %d %%", percent);
    canvas_put(canvas, row, 1, -1, bar.text, ATTR_NORMAL);
    buf_free(&bar);
    return row + 2;
}

/* The reason without the folders of the plan's path, which push the rest off a narrow screen. */
static void add_without_folders(struct buf *out, const char *reason)
{
    const char *end = strstr(reason, ".polku"), *from = reason, *name = end;

    while (name && name > reason && name[-1] != '/')
        name--;
    while (from < name && !(*from == '/' && (from == reason || from[-1] == ' ')))
        from++;
    if (name && from < name) {
        buf_add_n(out, reason, (size_t)(from - reason));
        reason = name;
    }
    buf_add(out, reason);
}

/* What does not fit on one row says the same in fewer words. */
static void add_fitting(const struct ui *ui, const char *text, const char *shorter,
                        struct buf *out)
{
    buf_add(out, utf8_width(text) > ui->screen.grid.cols - 2 ? shorter : text);
}

/* "For reading only: …" or "Saved 14.32"; before there is anything to tell, how saving works where
 * an answer is edited. */
static void saved_line(const struct ui *ui, const struct view *view, struct buf *out)
{
    const char *reason = ui->plan ? plan_read_only(ui->plan) : NULL;

    if (!ui->plan) {
        buf_add(out, ui_text(ui, "Nothing has been saved yet."));
    } else if (reason) {
        buf_addf(out, "%s: ", ui_text(ui, "For reading only"));
        add_without_folders(out, reason);
    } else if (ui->plan->saved_at[0]) {
        buf_addf(out, "%s %.2s.%.2s", ui_text(ui, "Saved"), ui->plan->saved_at + 11,
                 ui->plan->saved_at + 14);
    } else if (view->answering) {
        add_fitting(ui, ui_text(ui, "Every answer is saved when you leave the field."),
                    ui_text(ui, "Every answer is saved at once."), out);
    }
}

/* Writes the text from the row on, the last row cut; returns the rows used. */
static int draw_lines(struct canvas *canvas, int row, int rows, const char *text, int attr)
{
    int cols = canvas->grid.cols - 2, used = 0;
    struct buf part = BUF_INIT;

    for (; used < rows - 1 && utf8_width(text) > cols; used++) {
        size_t skip, length = utf8_wrap(text, cols, &skip);
        buf_clear(&part);
        buf_add_n(&part, text, length);
        canvas_put(canvas, row + used, 1, cols, part.text, attr);
        text += skip;
    }
    canvas_put(canvas, row + used, 1, cols, text, attr);
    buf_free(&part);
    return used + 1;
}

/* A message that one row does not hold takes rows from the keys. */
static int draw_message(struct ui *ui, const struct view *view, int row, int rows)
{
    struct buf line = BUF_INIT;
    bool unsaved = !ui->message.length && ui->unsaved_count;
    bool problem = unsaved || (ui->message.length && ui->message_is_problem);
    int used;

    if (problem)
        buf_add(&line, "! ");
    if (ui->message.length)
        buf_add(&line, ui->message.text);
    else if (unsaved)
        buf_addf(&line, tr_plural(&ui->tr, "%zu answer is not saved", "%zu answers are not saved",
                                  ui->unsaved_count), ui->unsaved_count);
    else
        saved_line(ui, view, &line);
    used = draw_lines(&ui->screen, row, rows, line.text,
                      problem ? ATTR_BOLD : ui->message.length ? ATTR_NORMAL : ATTR_DIM);
    buf_free(&line);
    return used;
}

/* Where a key comes to stand after the one that ended at `*col`; moves to the next row at need.
 * Returns its width with the label. */
static int place_key(const struct ui *ui, const struct view *view, enum action action, int *row,
                     int *col)
{
    int width = utf8_width(ui_text(ui, keymap_key(action, view->typing))) + 1 +
                utf8_width(ui_text(ui, keymap_label(action)));

    if (*col > 1 && *col + width >= ui->screen.grid.cols) {
        (*row)++;
        *col = 1;
    }
    return width;
}

static bool keys_fit(const struct ui *ui, const struct view *view, const bool *left_out, int rows)
{
    int row = 0, col = 1;

    for (const enum action *at = view->actions; at && *at != ACTION_NONE; at++)
        if (!left_out[*at])
            col += place_key(ui, view, *at, &row, &col) + 2;
    return row < rows;
}

/* Leaves out what the footer has no room for: first what others lead to, from the end of the
 * footer on, then these others. */
static void choose_keys(const struct ui *ui, const struct view *view, int rows, bool *left_out)
{
    static const enum action weighty[] = {
        ACTION_HELP, ACTION_BACK, ACTION_QUIT, ACTION_LEAVE, ACTION_MENU, ACTION_GRID_MENU
    };
    bool kept[ACTION_COUNT] = { false };
    size_t count = 0;

    for (size_t i = 0; i < countof(weighty); i++)
        kept[weighty[i]] = true;
    while (view->actions && view->actions[count] != ACTION_NONE)
        count++;
    while (count > 1 && !keys_fit(ui, view, left_out, rows)) {
        enum action action = view->actions[--count];
        left_out[action] = !kept[action];
    }
    for (size_t i = 0; i < countof(weighty) && !keys_fit(ui, view, left_out, rows); i++)
        left_out[weighty[i]] = true;
}

/* "Enter continue  ? help  …", wrapped over the rows that there are; whole keys only. */
static void draw_keys(struct ui *ui, const struct view *view, int row, int rows)
{
    bool left_out[ACTION_COUNT] = { [ACTION_DOWN] = view->still };
    int col = 1, last = row + rows - 1;

    choose_keys(ui, view, rows, left_out);
    for (const enum action *at = view->actions; at && *at != ACTION_NONE; at++) {
        if (left_out[*at])
            continue;
        place_key(ui, view, *at, &row, &col);
        if (row > last)
            return;
        col += canvas_put(&ui->screen, row, col, -1,
                          ui_text(ui, keymap_key(*at, view->typing)), ATTR_BOLD) + 1;
        col += canvas_put(&ui->screen, row, col, -1, ui_text(ui, keymap_label(*at)), ATTR_DIM) + 2;
    }
}

void ui_draw_footer(struct ui *ui, const struct view *view)
{
    int rows = ui->screen.grid.rows, used;

    if (is_small(&ui->screen)) {
        draw_message(ui, view, rows - 1, 1);
        return;
    }
    canvas_rule(&ui->screen, rows - FOOTER_ROWS);
    used = draw_message(ui, view, rows - FOOTER_ROWS + 1, FOOTER_ROWS - 1);
    draw_keys(ui, view, rows - FOOTER_ROWS + 1 + used, FOOTER_ROWS - 1 - used);
}
