/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Durations: what the fact of the day says, what the content estimates where it says nothing.
 *
 * Parts of a day are rounded up. A range without a typical value counts with its middle.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/facts.h"
#include "core/plan.h"
#include "core/plan_facts.h"
#include "core/schedule_parts.h"

static const struct unit {
    const char *word;         /* of a fact */
    double days;
    bool workdays;
} units[] = {
    { "day", 1, false }, { "working_day", 1, true }, { "week", 7, false },
    { "month", 365.0 / 12, false }, { "year", 365, false },
};

/* No activity takes longer: a number beyond it is a slip of the pen. */
enum { DAYS_MAX = 36525 };

static const struct unit *unit_of(const char *word)
{
    for (size_t i = 0; word && i < countof(units); i++)
        if (strcmp(units[i].word, word) == 0)
            return &units[i];
    return &units[0];
}

/* Part of a day is a day; -1 when the fact does not say it. */
static int days_of(const char *number, const struct unit *unit)
{
    double days = number ? strtod(number, NULL) * unit->days : -1;
    int whole;

    if (!(days >= 0))
        return -1;
    whole = days < DAYS_MAX ? (int)days : DAYS_MAX;
    return whole + (whole < DAYS_MAX && days > whole + 1e-9);
}

static void take_own(const struct activity_duration *own, struct duration *out)
{
    for (int i = 0; i < PACE_COUNT; i++)
        if (out->days[i] < 0 && own->days[i] >= 0)
            out->days[i] = own->unit == UNIT_WEEK ? 7 * own->days[i] : own->days[i];
}

/* What the version of the day leaves open an older version may say, but not how long it typically
 * takes. */
static void take_older(const struct fact *fact, struct duration *out)
{
    for (; fact; fact = fact->supersedes) {
        const struct unit *unit = unit_of(fact->unit);
        if (out->days[PACE_EARLY] < 0)
            out->days[PACE_EARLY] = days_of(fact->min, unit);
        if (out->days[PACE_LATE] < 0)
            out->days[PACE_LATE] = days_of(fact->max, unit);
    }
}

static void take_fact(const struct plan *plan, const struct fact *named, struct duration *out)
{
    struct fact_look look;
    const struct unit *unit;

    plan_fact_look(plan, named, &look);
    unit = unit_of(look.shown.unit);
    out->days[PACE_EARLY] = days_of(look.shown.min, unit);
    out->days[PACE_TYPICAL] = days_of(look.shown.number, unit);
    out->days[PACE_LATE] = days_of(look.shown.max, unit);
    if (!look.note)
        take_older(look.data->supersedes, out);
    for (int i = 0; i < PACE_COUNT; i++)
        out->by_fact = out->by_fact || out->days[i] >= 0;
    if (out->by_fact)
        out->workdays = unit->workdays;
}

/* A typical value between the two ends, and ends where there is only the typical one. What is not
 * `firm` gives way: the ends to a typical value of the fact, else the typical value to the ends. */
static void complete(struct duration *out, bool firm)
{
    int *early = &out->days[PACE_EARLY], *typical = &out->days[PACE_TYPICAL];
    int *late = &out->days[PACE_LATE];

    if (*typical < 0 && *early >= 0 && *late >= 0)
        *typical = (*early + *late + 1) / 2;
    if (*typical < 0)
        *typical = later_day(later_day(*early, *late), 0);
    if (*early < 0)
        *early = *typical;
    if (*late < 0)
        *late = later_day(*early, *typical);
    if (!firm)
        *typical = earlier_day(later_day(*typical, *early), *late);
    *early = earlier_day(*early, *typical);
    *late = later_day(*late, *typical);
}

void schedule_duration(const struct plan *plan, const struct activity *activity,
                       struct duration *out)
{
    bool firm;

    *out = (struct duration){ { -1, -1, -1 }, activity->duration.unit == UNIT_WORKDAY, false };
    if (activity->duration.fact)
        take_fact(plan, activity->duration.fact, out);
    firm = out->days[PACE_TYPICAL] >= 0;
    take_own(&activity->duration, out);
    complete(out, firm);
}

int schedule_gap(const struct plan *plan, const struct activity_gap *gap)
{
    struct fact_look look;
    const char *number;

    if (!gap->fact)
        return gap->days;
    plan_fact_look(plan, gap->fact, &look);
    number = look.shown.min ? look.shown.min : look.shown.number;
    return number ? days_of(number, unit_of(look.shown.unit)) : 0;
}
