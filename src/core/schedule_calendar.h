/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The calendar of a schedule: which days count for which kind of work.
 *
 * A calendar covers a number of years around today and knows the working days (core/holidays.h)
 * and the periods of every year in which work stands still. Before and after those years every day
 * counts, so a schedule that runs that far is too short rather than wrong in its order.
 */
#ifndef CORE_SCHEDULE_CALENDAR_H
#define CORE_SCHEDULE_CALENDAR_H

#include <stdbool.h>
#include <stddef.h>

#include "core/schedule.h"
#include "core/schedule_net.h"

enum { CALENDAR_YEARS_BACK = 3, CALENDAR_YEARS_AHEAD = 12 };

/* A period of every year; one whose first day is later in the year than its last goes over New
 * Year. */
struct calendar_pause {
    int first_month, first_day, last_month, last_day;
};

/* Reads "07-01" and "07-31"; false when they are no days of a year. */
bool calendar_pause_read(struct calendar_pause *pause, const char *first, const char *last);

struct calendar;
/* The pauses are copied. */
struct calendar *calendar_new(int today, const struct calendar_pause *pauses, size_t count);
void calendar_free(struct calendar *calendar);

/* The clock of a kind of work; NULL when all days count. Made when it is first asked for; owned by
 * the calendar. */
const struct net_clock *calendar_clock(struct calendar *calendar, bool workdays, bool pauses);

/* The pauses between two days, in the order of their first days; `*count` of them, the caller
 * frees. One that is under way on an edge is there with its own days. */
struct span *calendar_pauses(const struct calendar *calendar, int first, int last, size_t *count);

/* The last working day on or before the day. */
int calendar_workday_before(int day);

#endif
