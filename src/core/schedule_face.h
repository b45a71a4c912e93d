/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the faces say of a step and do with it: names that outlive a schedule, short sentences for a
 * step that the user looks at, and real days as answers.
 *
 * All of it is quick enough for each step that a cursor passes: at most the network of the schedule
 * is run, and nothing is asked of the plan anew. Texts are appended to `out`.
 */
#ifndef CORE_SCHEDULE_FACE_H
#define CORE_SCHEDULE_FACE_H

#include "core/schedule.h"

/* A step's name for as long as the plan lives. */
struct step_ref {
    const struct activity *activity;
    char row[24];             /* "" when it is not in a row */
};

/* Names a step so that it is found again in the next schedule. */
struct step_ref step_ref(const struct step *step);
bool step_ref_is(const struct step_ref *ref, const struct step *step);
/* NULL when there is no such step any more. */
const struct step *step_ref_find(const struct step_ref *ref, const struct schedule *schedule);

/* The last safe day is over. */
bool step_is_late(const struct schedule *schedule, const struct step *step);

/* The day on which the target is reached, typically, when the step ends so many days later than it
 * would. DATE_NONE when there is no target or the step is done or not among the schedule's. */
int schedule_slip(const struct schedule *schedule, const struct step *step, int days);

/* What is blocked and whose last safe day is next, from today on: the first after `after`, or of
 * all (NULL). NULL at the end. */
const struct step *schedule_upcoming(const struct schedule *schedule, const struct step *after);

/* "4.12.2026 (Friday)". */
void schedule_weekday(int day, const struct tr *tr, struct buf *out);
/* What one has to know of a step first: its last safe day, what a slip does, what it waits for;
 * or why it is not there. */
void schedule_brief(const struct plan *plan, const struct schedule *schedule,
                    const struct step *step, const struct tr *tr, struct buf *out);
/* All that can be said of a step, one paragraph a line: who, what a slip does,
 * schedule_step_text(), when it is finished by each duration, the answers because of which it is
 * there or its day is not asked; or why it is not there. */
void schedule_whole_text(const struct plan *plan, const struct schedule *schedule,
                         const struct step *step, const struct tr *tr, struct buf *out);
/* "Smart card agreement by 4.12.2026": what is next in a task, and by when; with `only_day` without
 * the name. Nothing when the schedule has nothing open for the task. */
void schedule_next_text(const struct plan *plan, const struct schedule *schedule,
                        const struct task *task, bool only_day, const struct tr *tr,
                        struct buf *out);

/* The open task to do first, because the step's own task cannot start before it; NULL when the step
 * can be done. */
const struct task *schedule_task_before(const struct plan *plan, const struct step *step);
/* What to do today, most urgent first of all: "Smart card agreement, begin by 4.12.2026", or the
 * task that comes before it. Nothing when nothing can be done. */
void schedule_today_text(const struct plan *plan, const struct schedule *schedule,
                         const struct tr *tr, struct buf *out);

/* schedule_place() with the answers' own row key, which outlives the schedule. `out` names the
 * item also when it is not asked now. */
bool schedule_own_place(const struct plan *plan, const struct step *step, bool finish,
                        struct place *out);
/* schedule_enter(), but a day that its question does not accept is taken back at once and fails
 * with the question's reason: many take only days that have passed. */
int schedule_keep(struct plan *plan, const struct step *step, bool finish, int day,
                  const struct tr *tr, struct err *err);

#endif
