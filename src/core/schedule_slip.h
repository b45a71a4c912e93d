/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What happens when a step slips: quick enough to be told for each step that a cursor passes, since
 * the network of the schedule is run once and nothing is asked of the plan.
 */
#ifndef CORE_SCHEDULE_SLIP_H
#define CORE_SCHEDULE_SLIP_H

#include "core/schedule.h"

/* The day on which the target is reached, typically, when the step ends so many days later than it
 * would. DATE_NONE when there is no target or the step is done or not among the schedule's. */
int schedule_slip(const struct schedule *schedule, const struct step *step, int days);

/* "If it slips by a week, production begins 8.3.2027 instead of 1.3.2027."; nothing where
 * schedule_slip() knows no day. Appends to `out`. */
void schedule_slip_text(const struct schedule *schedule, const struct step *step,
                        const struct tr *tr, struct buf *out);

#endif
