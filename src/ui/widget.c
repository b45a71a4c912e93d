/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/widget.h"

#include <stdlib.h>

#include "base/mem.h"

static const struct widget_ops *const kinds[ITEM_TYPE_COUNT] = {
    [ITEM_TEXT] = &widget_field,     [ITEM_LONGTEXT] = &widget_area,
    [ITEM_FILE_REF] = &widget_field, [ITEM_YTUNNUS] = &widget_field,
    [ITEM_OID] = &widget_field,      [ITEM_PHONE] = &widget_field,
    [ITEM_EMAIL] = &widget_field,    [ITEM_POSTCODE] = &widget_field,
    [ITEM_CARD_READER] = &widget_field, [ITEM_INTEGER] = &widget_field,
    [ITEM_DECIMAL] = &widget_field,  [ITEM_DATE] = &widget_field,
    [ITEM_YESNO] = &widget_choice,   [ITEM_ONE] = &widget_choice,
    [ITEM_ROW] = &widget_choice,     [ITEM_MANY] = &widget_many,
    [ITEM_NOTE] = &widget_note,
};

const struct widget_ops *widget_kind(enum item_type type)
{
    return kinds[type];
}

void widget_clear_options(struct widget *widget)
{
    for (size_t i = 0; i < widget->count; i++) {
        free(widget->options[i].id);
        free(widget->options[i].label);
        free(widget->options[i].hint);
    }
    widget->count = 0;
}

void widget_free(struct widget *widget)
{
    widget_clear_options(widget);
    free(widget->options);
    free(widget->chosen);
    buf_free(&widget->text);
    *widget = (struct widget){ .text = BUF_INIT };
}

void widget_add_option(struct widget *widget, const char *id, const char *label,
                       const char *hint)
{
    widget->options = vec_room(widget->options, &widget->room, widget->count + 1,
                               sizeof widget->options[0]);
    widget->options[widget->count++] =
        (struct option){ xstrdup(id), xstrdup(label), hint && *hint ? xstrdup(hint) : NULL };
}

void widget_start(struct widget *widget, struct ui *ui, const struct item *item, const char *row,
                  const char *value)
{
    widget_free(widget);
    widget->item = item;
    widget->row = row;
    widget->focus = -1;
    widget->ops = widget_kind(item->type);
    widget->ops->start(widget, ui, value);
}

/* ---- note: nothing to answer ---- */

static void note_start(struct widget *widget, struct ui *ui, const char *value)
{
    (void)widget;
    (void)ui;
    (void)value;
}

static int note_draw(struct widget *widget, struct ui *ui, struct canvas *canvas, int row,
                     int col, int cols)
{
    (void)widget;
    (void)ui;
    (void)cols;
    canvas_cursor(canvas, row, col);
    return 0;
}

static bool note_input(struct widget *widget, struct ui *ui, const struct event *event)
{
    (void)widget;
    (void)ui;
    (void)event;
    return false;
}

static void note_value(const struct widget *widget, struct buf *out)
{
    (void)widget;
    (void)out;
}

const struct widget_ops widget_note = {
    .start = note_start, .draw = note_draw, .input = note_input, .value = note_value,
};
