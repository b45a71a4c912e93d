/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Steps of the schedule in views: the snapshot that all of them share, a step's sign, and entering
 * its real days.
 */
#ifndef UI_STEPS_H
#define UI_STEPS_H

#include "core/schedule_face.h"
#include "ui/list_view.h"

/* The schedule as it stands, made anew after a change of the plan; NULL when the content has none.
 * Good until the next change, as are its steps: a view keeps a step_ref. */
const struct schedule *ui_schedule(struct ui *ui);
void ui_schedule_forget(struct ui *ui);
const struct step *ui_step(struct ui *ui, const struct step_ref *ref);

/* Its state, or that its last safe day is over. */
enum sign step_sign(const struct schedule *schedule, const struct step *step);

/* Stores the first or last day of the step, and says so; false, with the reason said, when its
 * question does not take it. */
bool ui_keep_day(struct ui *ui, const struct step *step, bool finish, int day);

/* What every view with steps can do with the one that has the focus (NULL: none): mark it as
 * begun or done today, or, when it has that day already, open the question that holds it, or
 * tell why that is not asked; what if. Whether it was one of these actions. */
bool ui_act_on_step(struct ui *ui, enum action action, const struct step *step);

/* All about a step; what if; the chart. */
struct view *view_step_new(struct ui *ui, const struct step *step);
struct view *view_what_if_new(struct ui *ui, const struct step *step);
struct view *view_gantt_new(struct ui *ui);

#endif
