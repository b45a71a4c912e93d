/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The network of activities (data/activities.yaml): what has to happen, how long it takes, what
 * waits for what. Read-only; part of the schema and in its arena. core/schedule.h computes dates.
 *
 * An activity belongs to a task of the task list. It may stand once per row of a repeat, and it
 * may name the items that hold its real first and last day. Durations are estimates in the file,
 * or come from a dated fact, which then wins.
 */
#ifndef CORE_ACTIVITY_H
#define CORE_ACTIVITY_H

#include "core/schema.h"

/* Short, typical and long durations. */
enum pace { PACE_EARLY, PACE_TYPICAL, PACE_LATE, PACE_COUNT };

/* What a duration counts: calendar days, Finnish working days, weeks of seven days. */
enum activity_unit { UNIT_DAY, UNIT_WORKDAY, UNIT_WEEK };

/* As written; a number is -1 when absent. */
struct activity_duration {
    const char *fact_id;
    const struct fact *fact;  /* the newest of its chain; NULL: the numbers alone */
    int days[PACE_COUNT];     /* in the unit; of a fact: only what it does not say itself */
    enum activity_unit unit;
};

/* A number of days, or a fact whose smallest value it is. */
struct activity_gap {
    int days;
    const char *fact_id;
    const struct fact *fact;
};

/* `other` is finished, then `gap` passes, then the activity that has the link may start. */
struct activity_link {
    const char *id;
    const struct activity *other;
    struct activity_gap gap;
    struct where where;
};

/* A day that an answer or a fact gives. */
struct activity_day {
    const char *id;           /* NULL: none */
    const struct item *item;
    const struct fact *fact;
};

/* Who does it, or whom it waits for. */
struct owner {
    const char *id;
    struct text title;
    const struct item *item;  /* its answer is the name; may be NULL */
    struct where where;
};

/* Whether an activity of a repeat's rows stands once by itself: never, while there are no rows, or
 * also while none of the rows concerns it. */
enum alone { ALONE_NEVER, ALONE_EMPTY, ALONE_ALWAYS };

struct activity {
    const char *id;
    const struct task *task;
    struct text title;
    const struct owner *owner;
    struct activity_duration duration;
    struct activity_link *after;      size_t after_count;
    struct activity_link *before;     size_t before_count;    /* `other` starts after this one */
    struct activity_day not_before, deadline;
    const struct item *start, *finish;        /* hold the real dates; may be NULL */
    const struct item *implies;       /* yes-or-no: is "yes" once the real last day is known */
    struct rule_text relevant;
    struct text gone;         /* why it is not there when it is not relevant */
    struct rule_text done;    /* finished, also where no date is known */
    const struct item *per;   /* once per row of this repeat; or NULL */
    enum alone alone;         /* per */
    bool wait;                /* someone else does it; nothing to do but to ask */
    bool pause, pause_given;  /* stands still in the holiday periods; else as `wait` says */
    bool target;              /* the one that is to be finished on the wished day */
    struct text slip;         /* what happens when it is late */
    struct source source;
    size_t index;
    struct where where;
};

/* A period of every year in which work stands still: facts with a day of every year. */
struct pause {
    const char *id;
    const struct fact *from, *to;
    struct where where;
};

struct requirement;

/* A day that follows from the answers long after the start: a card or certificate expires, a
 * requirement is to be in place. */
struct expiry {
    const char *id;
    const struct task *task;
    struct text title;
    const struct item *day;   /* the day itself, where it is known */
    const struct item *from;  /* else: the day from which the fact counts */
    const struct activity *after;     /* else: the day on which this activity is finished */
    const struct fact *fact;  /* NULL: the day is all there is */
    const struct item *per;
    const struct requirement *requirement;    /* a copy for this one, whose task it has; or NULL */
    struct rule_text relevant;
    struct where where;
};

struct activities {
    struct owner *owners;             size_t owner_count;
    struct pause *pauses;             size_t pause_count;
    struct activity *at;              size_t count;
    struct activity **by_id;  /* sorted; when the schema is complete */
    struct expiry *expiries;          size_t expiry_count;
    const struct item *target_item;   /* holds the wished day of the target activity */
    struct where where;
};

/* NULL when there is none. */
const struct activity *activity_find(const struct activities *activities, const char *id);

/* Joins names to things; reports as schema_finish() does and returns the number of problems. A
 * cycle among the activities is a problem that names it. */
int activities_finish(const struct schema *schema, struct activities *activities,
                      schema_report report, void *data);

#endif
