/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What an answer is given with: a field, a larger text, a list of choices.
 *
 * A widget holds what the user is doing and knows nothing of steps or storing. Which one an item
 * gets stands in a table by its type; line mode has a table of its own, and a test holds
 * the two against each other.
 */
#ifndef UI_WIDGET_H
#define UI_WIDGET_H

#include "ui/ui.h"

struct option {
    char *id, *label, *hint;
};

struct widget {
    const struct widget_ops *ops;
    const struct item *item;
    const char *row;          /* borrowed */
    struct buf text;          /* typed widgets */
    size_t cursor;            /* byte offset in the text */
    bool unsure;              /* "I do not know" instead of a text */
    struct option *options;   /* choices */
    bool *chosen;             /* many */
    size_t count, room;
    int focus;                /* option under the cursor, -1: none yet */
    int cols;                 /* width it was drawn with last */
};

struct widget_ops {
    bool typing;              /* letters are text */
    bool lines;               /* Enter is a new line */
    /* Takes over a stored value ("" when there is none). */
    void (*start)(struct widget *widget, struct ui *ui, const char *value);
    /* Builds the options anew in the present language; may be NULL. */
    void (*relabel)(struct widget *widget, struct ui *ui);
    /* Draws from `row` on, at column `col` with at most `cols` columns; sets the cursor; returns
     * the rows used. */
    int (*draw)(struct widget *widget, struct ui *ui, struct canvas *canvas, int row, int col,
                int cols);
    /* A key or paste. Returns whether it was used. */
    bool (*input)(struct widget *widget, struct ui *ui, const struct event *event);
    /* Appends the value to be stored. */
    void (*value)(const struct widget *widget, struct buf *out);
};

/* Makes the widget of an item; `row` is borrowed. widget_free() also empties it for the next. */
void widget_start(struct widget *widget, struct ui *ui, const struct item *item, const char *row,
                  const char *value);
void widget_free(struct widget *widget);

/* The widget of a type; every type that is asked has one. */
const struct widget_ops *widget_kind(enum item_type type);

extern const struct widget_ops widget_field, widget_area, widget_choice, widget_many,
    widget_note;

/* For choices: adds an option (texts copied; hint may be NULL); fills them from the item's list or
 * rows. */
void widget_add_option(struct widget *widget, const char *id, const char *label,
                       const char *hint);
void widget_clear_options(struct widget *widget);

#endif
