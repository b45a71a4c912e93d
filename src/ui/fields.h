/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Several fields on one page that are saved together: nothing is before Enter in the last one.
 *
 * The fields hold what is typed; what is asked, what is right and what is done with it is the
 * view's.
 */
#ifndef UI_FIELDS_H
#define UI_FIELDS_H

#include "ui/widget.h"
#include "ui/window.h"

enum { FIELDS_MAX = 3 };

struct fields {
    struct widget widgets[FIELDS_MAX];
    int count, focus;
    struct window window;
    struct buf problem;       /* about the field with the focus, or "" */
};

/* Sets up zeroed fields; widget_start() then begins each of them. */
void fields_init(struct fields *fields, int count);
void fields_free(struct fields *fields);

/* Draws them all from `row` on: label, field, hint ("": none), the problem. Returns the row below,
 * with the cursor in the field that has the focus. */
int fields_draw(struct fields *fields, struct ui *ui, struct canvas *body, int row,
                const char *const *labels, const char *const *hints);

enum fields_wish { FIELDS_STAY, FIELDS_LEAVE, FIELDS_SAVE };
/* What the action means: moving from field to field is done at once. */
enum fields_wish fields_act(struct fields *fields, enum action action);
void fields_input(struct fields *fields, struct ui *ui, const struct event *event);

/* Goes to a field, about which `problem` then tells. */
void fields_complain(struct fields *fields, int field);

#endif
