/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Steps of the schedule in views: which step, its sign, and entering its real days.
 *
 * A schedule is a snapshot that the next change of the plan throws away, so a view keeps a step_ref
 * and looks the step up when it needs it.
 */
#ifndef UI_STEPS_H
#define UI_STEPS_H

#include "core/schedule.h"
#include "ui/list_view.h"

struct step_ref {
    const struct activity *activity;
    char row[24];             /* "" when it is not in a row */
};

struct step_ref step_ref(const struct step *step);
bool step_ref_is(const struct step_ref *ref, const struct step *step);

/* The schedule as it stands, made anew after a change of the plan; NULL when the content has none.
 * Good until the next change. */
const struct schedule *ui_schedule(struct ui *ui);
void ui_schedule_forget(struct ui *ui);
/* NULL when there is no such step any more. */
const struct step *ui_step(struct ui *ui, const struct step_ref *ref);

/* Its state, or that its last safe day is over. */
enum sign step_sign(const struct schedule *schedule, const struct step *step);

/* "Smart card agreement by 4.12.2026": what is next in a task, and by when; with `brief` only the
 * day. Nothing when the schedule has nothing for the task. */
void step_next_of_task(struct ui *ui, const struct task *task, bool brief, struct buf *out);

/* "4.12.2026 (Friday)". */
void step_day(int day, const struct tr *tr, struct buf *out);
/* "Smart card agreement: last safe day 4.12.2026 (Friday)." and the like: what one has to know of a
 * step first, in a few sentences. */
void step_brief(struct ui *ui, const struct step *step, struct buf *out);

/* The question that holds the real first or last day; false when none does or it is not asked now. */
bool ui_step_place(const struct ui *ui, const struct step *step, bool finish, struct place *out);
/* Stores the day as its answer, and says so; false, with the reason said, when the question does not
 * take it. The step is old afterwards. */
bool ui_keep_day(struct ui *ui, const struct step *step, const struct place *place, int day);
/* Marks the step as begun or finished today. One that has that day already opens the question that
 * holds it. */
void ui_mark_step(struct ui *ui, const struct step *step, bool finish);

/* All about a step; what if; the chart. */
struct view *view_step_new(struct ui *ui, const struct step *step);
struct view *view_what_if_new(struct ui *ui, const struct step *step);
struct view *view_gantt_new(struct ui *ui);

/* What every view with steps can do with the one that has the focus; whether it was one of these
 * actions. */
bool ui_act_on_step(struct ui *ui, enum action action, const struct step *step);

#endif
