/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A view that is a list: tasks, rows, checked answers, menus, search results.
 *
 * A concrete view embeds struct list_view first, fills the lines from the plan, and opens the
 * one that has the focus. Lines are filled again only when the plan, the language or the
 * width has changed, so that moving in a list of thousands costs as little as in one of ten.
 */
#ifndef UI_LIST_VIEW_H
#define UI_LIST_VIEW_H

#include <stdint.h>

#include "ui/ui.h"

enum sign { SIGN_NONE, SIGN_DONE, SIGN_SOME, SIGN_OPEN, SIGN_WAITS, SIGN_PROBLEM };

/* One column wide. */
const char *ui_sign(enum sign sign);

struct line {
    char *left;               /* wraps over rows when `wraps` */
    char *right;              /* at the right-hand side, or NULL */
    char *far;                /* dimmed, in the last columns, or NULL */
    enum sign sign;
    int attr, indent, rows;
    int ordinal;              /* a number in front of the text, or 0 */
    bool can_focus, wraps;
    bool stacks;              /* `right` goes below `left` when they do not fit on one row */
    bool stacked;             /* private: it does */
    bool typed;               /* shows what is being typed: underlined, has the cursor at need */
    /* whatever open() needs */
    struct place place;
    const void *thing;
    int number;
};

struct list_view {
    struct view view;
    void (*fill)(struct list_view *list, struct ui *ui);
    void (*open)(struct list_view *list, struct ui *ui, struct line *line);   /* may be NULL */
    /* Actions beside moving and opening; returns whether it knew the action. May be NULL. */
    bool (*act)(struct list_view *list, struct ui *ui, enum action action, struct line *line);
    /* Keys that are text (search); may be NULL. */
    void (*input)(struct list_view *list, struct ui *ui, const struct event *event);
    /* What the view watches can be read; may be NULL. */
    void (*ready)(struct list_view *list, struct ui *ui);
    void (*free)(struct list_view *list);

    struct buf title, right;
    struct line *lines;
    size_t count, room;
    size_t focus;             /* a line that can have it, or `count` when none can */
    size_t pinned;            /* so many lines stay above those that scroll; set by fill() */
    int top;                  /* first row shown of those that scroll */
    int far_cols;             /* width of the `far` column */

    /* what the lines were filled for */
    int64_t filled_entry;
    int filled_cols;
    enum lang filled_lang;
    bool filled;
};

/* Sets up the embedded list; the caller has zeroed it. */
void list_view_init(struct list_view *list, const enum action *actions,
                    void (*fill)(struct list_view *, struct ui *),
                    void (*open)(struct list_view *, struct ui *, struct line *));

/* Adds a line; texts are copied. Change the rest through the pointer, good until the next call. */
struct line *list_add(struct list_view *list, const char *left, const char *right);
/* A line that is only read: wrapped text, a heading, an empty line. */
void list_add_text(struct list_view *list, const char *text, int indent, int attr);
void list_add_gap(struct list_view *list);
/* A text of several lines, each wrapped by itself. */
void list_add_lines(struct list_view *list, const char *text);

/* Of pages that save files (view_print.c): which folder they go to; where the last one lies, with
 * `open` as the number of the line that opens it. */
struct line *ui_add_folder(struct list_view *list, struct ui *ui);
void ui_add_saved(struct list_view *list, struct ui *ui, const char *path, int open);

/* The sign that the window does not begin at the top: in the rule above the first row, or beside
 * that row. */
void ui_draw_above(struct canvas *canvas, int first);

/* Fills the lines again before the next drawing. */
void list_view_refresh(struct list_view *list);

#endif
