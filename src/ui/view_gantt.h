/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of the timeline share; for view_gantt*.c only. view_gantt.c knows the rows and
 * what keys do, view_gantt_draw.c how it looks.
 *
 * The rows are made when the plan, the language or the grouping changes, the lines that show when a
 * heading is folded; a key that moves only draws. Rows point into the schedule of the plan, which
 * every change makes anew: who looks at them calls gantt_view_fill() first.
 */
#ifndef UI_VIEW_GANTT_H
#define UI_VIEW_GANTT_H

#include "core/gantt_rows.h"
#include "ui/steps.h"

struct gantt_view {
    struct view view;
    struct gantt_axis axis;
    enum gantt_by by;
    struct gantt_rows rows;
    size_t *shown;            /* rows that no folded heading hides */
    size_t shown_count, focus, top;
    bool *folded;             /* by row */
    char **turned;            /* names of headings that the user has folded or opened */
    size_t turned_count, turned_room;
    struct step_ref at;       /* the step with the focus; activity NULL: a heading has it */
    bool placed;              /* the focus and the axis have had their first place */
    /* what the rows were made for */
    bool filled;
    int64_t filled_entry;
    enum lang filled_lang;
};

/* Makes the rows of this schedule when they are not those of the plan; NULL: there are none. */
void gantt_view_fill(struct gantt_view *view, struct ui *ui, const struct schedule *schedule);

/* The row with the focus; NULL when no row shows. */
const struct gantt_row *gantt_view_focused(const struct gantt_view *view);

/* The lines of rows that a body on this canvas has room for; 0 or less when there is none. */
int gantt_view_lines(const struct canvas *canvas);

/* The view's `draw`. */
void gantt_view_draw(struct view *base, struct ui *ui, struct canvas *canvas);

#endif
