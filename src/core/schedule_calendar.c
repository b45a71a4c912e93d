/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Clocks as tables: one pass over the years, then every question is one look.
 */
#include "core/schedule_calendar.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "core/holidays.h"

struct calendar {
    int first, days;
    struct calendar_pause *pauses;
    size_t pause_count;
    struct net_clock clocks[2][2];        /* by workdays, pauses */
};

/* A leap year, so that every day of a year can be named. */
static bool read_day(const char *text, int *month, int *day)
{
    char iso[16];
    int date;

    if (!text || snprintf(iso, sizeof iso, "2000-%s", text) != 10)
        return false;
    date = date_parse_iso(iso);
    *month = date_civil(date).month;
    *day = date_civil(date).day;
    return date != DATE_NONE;
}

bool calendar_pause_read(struct calendar_pause *pause, const char *first, const char *last)
{
    return read_day(first, &pause->first_month, &pause->first_day)
        && read_day(last, &pause->last_month, &pause->last_day);
}

static bool pause_holds(const struct calendar_pause *pause, int day)
{
    struct civil civil = date_civil(day);
    int at = civil.month * 100 + civil.day;
    int first = pause->first_month * 100 + pause->first_day;
    int last = pause->last_month * 100 + pause->last_day;

    return first <= last ? at >= first && at <= last : at >= first || at <= last;
}

struct calendar *calendar_new(int today, const struct calendar_pause *pauses, size_t count)
{
    struct calendar *calendar = xcalloc(1, sizeof *calendar);
    int year = date_civil(today).year;
    int end = date_make(year + CALENDAR_YEARS_AHEAD, 1, 1);

    calendar->first = date_make(year - CALENDAR_YEARS_BACK, 1, 1);
    if (calendar->first == DATE_NONE || end == DATE_NONE)
        calendar->first = end = today;
    calendar->days = end - calendar->first;
    calendar->pauses = xcalloc(count + 1, sizeof pauses[0]);
    calendar->pause_count = count;
    for (size_t i = 0; i < count; i++)
        calendar->pauses[i] = pauses[i];
    return calendar;
}

void calendar_free(struct calendar *calendar)
{
    if (!calendar)
        return;
    for (int i = 0; i < 4; i++) {
        free(calendar->clocks[i / 2][i % 2].before);
        free(calendar->clocks[i / 2][i % 2].day);
    }
    free(calendar->pauses);
    free(calendar);
}

static bool counts(const struct calendar *calendar, int day, bool workdays, bool pauses)
{
    if (workdays && !workday_is(day))
        return false;
    for (size_t i = 0; pauses && i < calendar->pause_count; i++)
        if (pause_holds(&calendar->pauses[i], day))
            return false;
    return true;
}

static void make_clock(const struct calendar *calendar, struct net_clock *clock, bool workdays,
                       bool pauses)
{
    clock->first = calendar->first;
    clock->days = calendar->days;
    clock->before = xcalloc((size_t)clock->days + 1, sizeof(int));
    clock->day = xcalloc((size_t)clock->days + 1, sizeof(int));
    for (int i = 0; i < clock->days; i++) {
        clock->before[i] = clock->counted;
        if (counts(calendar, clock->first + i, workdays, pauses))
            clock->day[clock->counted++] = clock->first + i;
    }
    clock->before[clock->days] = clock->counted;
}

const struct net_clock *calendar_clock(struct calendar *calendar, bool workdays, bool pauses)
{
    struct net_clock *clock = &calendar->clocks[workdays][pauses];

    if (!workdays && (!pauses || calendar->pause_count == 0))
        return NULL;
    if (!clock->before)
        make_clock(calendar, clock, workdays, pauses);
    return clock;
}

/* The pause that begins in the year. 29 February is the day after 28 February, also where there is
 * none: what begins with it begins on 1 March, what ends with it ends on the 28th. */
static struct span pause_in(const struct calendar_pause *pause, int year)
{
    bool over = pause->last_month * 100 + pause->last_day
                < pause->first_month * 100 + pause->first_day;
    struct span span = { date_make(year, pause->first_month, pause->first_day),
                         date_make(year + over, pause->last_month, pause->last_day) };

    if (span.first == DATE_NONE)
        span.first = date_make(year, 3, 1);
    if (span.last == DATE_NONE)
        span.last = date_make(year + over, 2, 28);
    return span;
}

static int compare_spans(const void *a, const void *b)
{
    const struct span *left = a, *right = b;

    return (left->first > right->first) - (left->first < right->first);
}

struct span *calendar_pauses(const struct calendar *calendar, int first, int last, size_t *count)
{
    int from = date_civil(first).year - 1, to = date_civil(last).year;
    size_t years = to >= from ? (size_t)(to - from + 1) : 0;
    struct span *spans = xcalloc(years * calendar->pause_count + 1, sizeof spans[0]);

    *count = 0;
    for (int year = from; year <= to; year++)
        for (size_t i = 0; i < calendar->pause_count; i++) {
            struct span span = pause_in(&calendar->pauses[i], year);
            if (span.first <= span.last && span.first <= last && span.last >= first)
                spans[(*count)++] = span;
        }
    qsort(spans, *count, sizeof spans[0], compare_spans);
    return spans;
}

int calendar_workday_before(int day)
{
    while (!workday_is(day))
        day--;
    return day;
}
