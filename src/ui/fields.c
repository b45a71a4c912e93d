/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/fields.h"

void fields_init(struct fields *fields, int count)
{
    fields->count = count;
    fields->problem = (struct buf)BUF_INIT;
    for (int i = 0; i < count; i++)
        fields->widgets[i].text = (struct buf)BUF_INIT;
}

void fields_free(struct fields *fields)
{
    for (int i = 0; i < fields->count; i++)
        widget_free(&fields->widgets[i]);
    buf_free(&fields->problem);
}

/* ---- drawing ---- */

static int draw_field(struct fields *fields, struct ui *ui, struct canvas *body, int row, int field,
                      const char *label, const char *hint)
{
    bool focus = field == fields->focus;
    int cols = body->grid.cols - 2;

    row += canvas_wrap(body, row, 1, cols, label, focus ? ATTR_BOLD : 0);
    row += fields->widgets[field].ops->draw(&fields->widgets[field], ui, body, row, 2, cols - 1);
    if (*hint)
        row += canvas_wrap(body, row, 4, cols - 3, hint, ATTR_DIM);
    if (focus && fields->problem.length) {
        canvas_put(body, row, 2, 1, "!", ATTR_BOLD);
        row += canvas_wrap(body, row, 4, cols - 3, fields->problem.text, ATTR_BOLD);
    }
    return row + 1;
}

/* Every field puts the cursor into itself; the one with the focus has it in the end. */
int fields_draw(struct fields *fields, struct ui *ui, struct canvas *body, int row,
                const char *const *labels, const char *const *hints)
{
    int cursor_row = -1, cursor_col = 0;

    for (int i = 0; i < fields->count; i++) {
        row = draw_field(fields, ui, body, row, i, labels[i], hints[i]);
        if (i == fields->focus) {
            cursor_row = body->grid.cursor_row;
            cursor_col = body->grid.cursor_col;
        }
    }
    row += canvas_wrap(body, row, 1, body->grid.cols - 2,
                       ui_text(ui, "Nothing is saved before Enter in the last field."), ATTR_DIM);
    canvas_cursor(body, cursor_row, cursor_col);
    return row;
}

/* ---- events ---- */

static void move(struct fields *fields, int step)
{
    int to = fields->focus + step;

    if (to < 0 || to >= fields->count)
        return;
    fields->focus = to;
    buf_clear(&fields->problem);
}

enum fields_wish fields_act(struct fields *fields, enum action action)
{
    if (action == ACTION_LEAVE || (action == ACTION_BACK && fields->focus == 0))
        return FIELDS_LEAVE;
    if (action == ACTION_BACK)
        move(fields, -1);
    else if (action == ACTION_NEXT || fields->focus + 1 < fields->count)
        move(fields, 1);
    else
        return FIELDS_SAVE;
    return FIELDS_STAY;
}

void fields_input(struct fields *fields, struct ui *ui, const struct event *event)
{
    struct widget *widget = &fields->widgets[fields->focus];

    if (window_scroll(&fields->window, ui, event, false, false))
        return;
    if (event->kind == EVENT_KEY && (event->key == KEYS_UP || event->key == KEYS_DOWN))
        move(fields, event->key == KEYS_UP ? -1 : 1);
    else if (widget->ops->input(widget, ui, event))
        buf_clear(&fields->problem);
}

void fields_complain(struct fields *fields, int field)
{
    fields->focus = field;
    buf_clear(&fields->problem);
}
