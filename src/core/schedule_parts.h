/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The inside of a schedule, shared by the schedule*.c files only.
 */
#ifndef CORE_SCHEDULE_PARTS_H
#define CORE_SCHEDULE_PARTS_H

#include "core/schedule.h"
#include "core/schedule_calendar.h"
#include "core/schedule_net.h"

static inline int later_day(int a, int b)
{
    return a > b ? a : b;
}

static inline int earlier_day(int a, int b)
{
    return a < b ? a : b;
}

/* How long an activity takes by the facts of the plan's day. */
struct duration {
    int days[PACE_COUNT];     /* never falling from one pace to the next */
    bool workdays;
    bool by_fact;             /* the fact says it, at least in part */
};
void schedule_duration(const struct plan *plan, const struct activity *activity,
                       struct duration *out);
int schedule_gap(const struct plan *plan, const struct activity_gap *gap);

/* The real or agreed day that an item holds; DATE_NONE. `item` may be NULL. */
int schedule_answer(const struct plan *plan, const struct item *item, const char *row);

/* A step and its node have the same number; nodes after them only join many to many. */
struct schedule_inside {
    int64_t entry;            /* the plan's newest entry when this was made */
    struct arena *arena;
    struct calendar *calendar;
    struct net *net;
    struct net_times *times;  /* of one pace at a time; in the end of the typical one */
    struct step *all;         /* by node, gone ones included */
    size_t count;
    size_t *first, *rows;     /* by activity: its first step, and how many it has */
    struct step **kept;       /* by node: where it stands in steps or gone */
    int goal;                 /* node of the target activity, or -1 */
};

/* What a schedule is made of, and what is known while it is made. */
struct making {
    const struct plan *plan;
    const struct activities *content;
    struct schedule *schedule;
    struct schedule_inside *in;
    struct duration *durations;       /* by activity */
    int *joins;                       /* by activity: its joining node, or -1 */
    struct err *err;
};

/* Makes the steps with their nodes and links, and sorts the network. */
int schedule_make_net(struct making *m);
/* Changes the node of a step; `times` are the early ones without any change. */
void schedule_apply(struct making *m, const struct schedule_change *change,
                    const struct net_times *times);
/* The number of a step, or -1. */
int schedule_step_number(const struct schedule_inside *in, const struct activity *activity,
                         const char *row);

#endif
