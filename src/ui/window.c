/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/window.h"

#include "ui/list_view.h"

static void place_window(struct window *window, const struct grid *body, int rows, bool read)
{
    int cursor = body->cursor_row, most = body->rows - rows;

    if (read)
        window->top = 0;
    else if (cursor < window->top)
        window->top = cursor;
    else if (cursor >= window->top + rows)
        window->top = cursor - rows + 1;
    if (most < 0)
        most = 0;
    if (window->top > most)
        window->top = most;
    if (window->scrolled > most - window->top)
        window->scrolled = most - window->top;
}

/* Where the window ends: with the key that shows more when there is a row for it. */
static void draw_more(struct ui *ui, struct canvas *canvas, int first, int rows, bool above,
                      bool below, bool words)
{
    struct buf text = BUF_INIT;

    if (above && rows > 0)
        ui_draw_above(canvas, first);
    if (below && words) {
        buf_addf(&text, "%s  %s", ui_text(ui, keymap_key(ACTION_PAGE_DOWN, true)),
                 ui_text(ui, "▼ more below"));
        canvas_put_right(canvas, first + rows, canvas->grid.cols - 1, text.text, ATTR_DIM);
    } else if (below && rows > 0) {
        canvas_put_right(canvas, first + rows - 1, canvas->grid.cols, "▼", ATTR_DIM);
    }
    buf_free(&text);
}

void window_draw(struct window *window, struct ui *ui, struct canvas *canvas, int first,
                 const struct canvas *body, bool read)
{
    int rows = ui_body_rows(canvas), top;
    bool words = body->grid.rows > rows && rows > 2;

    rows -= words;
    place_window(window, &body->grid, rows, read);
    top = window->top + window->scrolled;
    canvas_copy(canvas, first, body, top, rows);
    if (canvas->grid.cursor_row < 0 && rows > 0)
        canvas_cursor(canvas, first, 1);
    draw_more(ui, canvas, first, rows, top > 0, body->grid.rows > top + rows, words);
}

bool window_scroll(struct window *window, const struct ui *ui, const struct event *event, bool read,
                   bool keeps_pages)
{
    uint32_t key = event->kind == EVENT_KEY ? event->key : KEYS_NONE;
    int rows = ui_body_rows(&ui->screen) - 2, step = 0;

    rows = rows < 1 ? 1 : rows;
    if (key == KEYS_PAGE_DOWN && !keeps_pages)
        step = rows;
    else if (key == KEYS_PAGE_UP && window->scrolled > 0)
        step = -rows;
    else if (read && key == KEYS_DOWN)
        step = 1;
    else if (read && key == KEYS_UP)
        step = -1;
    window->scrolled = step ? window->scrolled + step : 0;
    if (window->scrolled < 0)
        window->scrolled = 0;
    return step != 0;
}
