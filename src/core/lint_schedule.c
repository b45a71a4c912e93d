/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The activities: durations that can be counted, days that are days, and a reason for everything
 * that may be left out.
 */
#include <string.h>

#include "core/activity.h"
#include "core/lint_parts.h"

static bool counts_days(const struct fact *fact)
{
    static const char *const units[] = { "day", "working_day", "week", "month", "year" };

    for (size_t i = 0; fact->unit && i < sizeof units / sizeof units[0]; i++)
        if (strcmp(fact->unit, units[i]) == 0)
            return true;
    return !fact->unit;
}

static bool has_number(const struct activity_duration *duration)
{
    for (int i = 0; i < PACE_COUNT; i++)
        if (duration->days[i] >= 0)
            return true;
    return false;
}

static void check_order(struct lint *lint, const struct activity *activity)
{
    int before = 0;

    for (int i = 0; i < PACE_COUNT; i++) {
        int days = activity->duration.days[i];
        if (days >= 0 && days < before)
            problems_add(&lint->out, &activity->where,
                         "the duration of \"%s\" falls: min, typ and max must rise",
                         activity->id);
        before = days >= 0 ? days : before;
    }
}

/* A fact without a value leaves all to the numbers beside it. */
static void check_duration(struct lint *lint, const struct activity *activity)
{
    const struct activity_duration *duration = &activity->duration;
    const struct fact *fact = duration->fact;
    bool workdays = fact && fact->unit && strcmp(fact->unit, "working_day") == 0;

    check_order(lint, activity);
    if (fact && !counts_days(fact))
        problems_add(&lint->out, &activity->where, "the fact \"%s\" counts no days", fact->id);
    else if (!has_number(duration) && !(fact && (fact->number || fact->min || fact->max)))
        problems_add(&lint->out, &activity->where, "\"%s\" has no duration", activity->id);
    else if (fact && fact->unit && has_number(duration)
             && workdays != (duration->unit == UNIT_WORKDAY))
        problems_add(&lint->out, &activity->where,
                     "the duration of \"%s\" mixes working days and other days", activity->id);
}

static void check_gap(struct lint *lint, const struct activity_link *link)
{
    if (link->gap.fact && !counts_days(link->gap.fact))
        problems_add(&lint->out, &link->where, "the fact \"%s\" counts no days",
                     link->gap.fact->id);
}

static void check_day_fact(struct lint *lint, const struct where *where, const struct fact *fact)
{
    if (fact && !fact->date)
        problems_add(&lint->out, where, "the fact \"%s\" is no day", fact->id);
}

/* A row may say nothing: another activity of the same repeat has it. */
static void check_reason(struct lint *lint, const struct activity *activity)
{
    bool conditional = activity->relevant.sql != NULL;

    if (conditional && !activity->per && !activity->gone.in[0])
        problems_add(&lint->out, &activity->where,
                     "\"%s\" can be left out: \"gone\" must say why", activity->id);
    if (!conditional && activity->gone.in[0])
        problems_add(&lint->out, &activity->where,
                     "\"gone\" of \"%s\" is never said: it has no \"relevant\"", activity->id);
    if (activity->alone && !activity->per)
        problems_add(&lint->out, &activity->where,
                     "\"alone\" of \"%s\" means nothing without \"per\"", activity->id);
}

static void check_activity(struct lint *lint, const struct activity *activity)
{
    lint_text(lint, &activity->where, "title", &activity->title, LINT_DATA_TEXT);
    lint_label(lint, &activity->where, &activity->title);
    lint_text(lint, &activity->where, "gone", &activity->gone, LINT_DATA_TEXT);
    lint_text(lint, &activity->where, "slip", &activity->slip, LINT_DATA_TEXT);
    lint_rule(lint, &activity->relevant, activity->per, NULL, NULL);
    lint_rule(lint, &activity->done, activity->per, NULL, NULL);
    check_duration(lint, activity);
    check_reason(lint, activity);
    check_day_fact(lint, &activity->where, activity->not_before.fact);
    check_day_fact(lint, &activity->where, activity->deadline.fact);
    for (size_t i = 0; i < activity->after_count; i++)
        check_gap(lint, &activity->after[i]);
    for (size_t i = 0; i < activity->before_count; i++)
        check_gap(lint, &activity->before[i]);
}

static void check_expiry(struct lint *lint, const struct expiry *expiry)
{
    lint_text(lint, &expiry->where, "title", &expiry->title, LINT_DATA_TEXT);
    lint_label(lint, &expiry->where, &expiry->title);
    lint_rule(lint, &expiry->relevant, expiry->per, NULL, NULL);
    if (expiry->fact && !counts_days(expiry->fact))
        problems_add(&lint->out, &expiry->where, "the fact \"%s\" counts no days",
                     expiry->fact->id);
    if (!expiry->fact && !expiry->day)
        problems_add(&lint->out, &expiry->where, "\"%s\" needs \"fact\" or \"day\"", expiry->id);
    if (!expiry->day && !expiry->from && !expiry->after)
        problems_add(&lint->out, &expiry->where, "\"%s\" has no day to count from", expiry->id);
}

static void check_targets(struct lint *lint, const struct activities *all)
{
    size_t count = 0;

    for (size_t i = 0; i < all->count; i++)
        count += all->at[i].target;
    if (all->target_item && count != 1)
        problems_add(&lint->out, &all->where,
                     "there are %zu activities with \"target\"; there must be one", count);
}

void lint_schedule(struct lint *lint)
{
    const struct activities *all = lint->schema->activities;

    if (!all)
        return;
    check_targets(lint, all);
    for (size_t i = 0; i < all->owner_count; i++)
        lint_text(lint, &all->owners[i].where, "title", &all->owners[i].title, LINT_DATA_TEXT);
    for (size_t i = 0; i < all->pause_count; i++) {
        check_day_fact(lint, &all->pauses[i].where, all->pauses[i].from);
        check_day_fact(lint, &all->pauses[i].where, all->pauses[i].to);
    }
    for (size_t i = 0; i < all->count; i++)
        check_activity(lint, &all->at[i]);
    for (size_t i = 0; i < all->expiry_count; i++)
        check_expiry(lint, &all->expiries[i]);
}
