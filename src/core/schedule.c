/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a network back to dates: the passes, and what they say of each step.
 */
#include "core/schedule.h"

#include <stdlib.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/plan.h"
#include "core/plan_facts.h"
#include "core/schedule_parts.h"

/* ---- passes ---- */

static void set_pace(const struct schedule_inside *in, enum pace pace)
{
    for (size_t i = 0; i < in->count; i++)
        net_node(in->net, (int)i)->duration =
            in->all[i].state == STEP_GONE ? 0 : in->all[i].days[pace];
}

/* A node's last day: the end is the day after it. */
static struct span span_of(int start, int end)
{
    return (struct span){ start, end > start ? end - 1 : start };
}

static int goal_number(const struct making *m)
{
    for (size_t i = 0; i < m->in->count; i++)
        if (m->in->all[i].activity->target && m->in->all[i].state != STEP_GONE)
            return (int)i;
    return -1;
}

static void run_pace(struct making *m, enum pace pace, int goal)
{
    struct schedule_inside *in = m->in;
    struct schedule *schedule = m->schedule;
    struct net_times *times = in->times;
    int end;

    set_pace(in, pace);
    end = net_forward(in->net, times);
    if (goal >= 0)
        end = times[goal].early_end;
    schedule->finish[pace] = end - 1;
    if (goal >= 0 && schedule->target != DATE_NONE)
        end = schedule->target + 1;
    net_backward(in->net, times, goal, end);
    for (size_t i = 0; i < in->count; i++) {
        in->all[i].early[pace] = span_of(times[i].early_start, times[i].early_end);
        in->all[i].late[pace] = span_of(times[i].late_start, times[i].late_end);
    }
}

/* After the passes; the typical one is the last. */
static void take_slack(struct making *m, int goal)
{
    struct schedule_inside *in = m->in;
    bool *critical = xcalloc((size_t)net_count(in->net) + 1, sizeof critical[0]);

    if (goal >= 0)
        net_critical(in->net, in->times, goal, critical);
    for (size_t i = 0; i < in->count; i++) {
        struct step *step = &in->all[i];
        const struct net_times *t = &in->times[i];
        if (step->state == STEP_DONE)
            continue;
        step->slack = earlier_day(t->late_start - t->early_start, t->late_end - t->early_end);
        if (step->started != DATE_NONE && step->started <= m->schedule->today)
            step->slack = t->late_end - t->early_end;
        step->free_slack = t->free;
        step->critical = critical[i];
    }
    free(critical);
}

/* One's own work is done on working days; but what can still be done today is not late. */
static int last_workday(int day, int today)
{
    int workday = calendar_workday_before(day);

    return day >= today ? later_day(workday, today) : workday;
}

static void take_last_days(struct step *step, int today)
{
    step->begin_by = step->late[PACE_LATE].first;
    step->finish_by = step->late[PACE_LATE].last;
    if (!step->activity->wait) {
        step->begin_by = last_workday(step->begin_by, today);
        step->finish_by = last_workday(step->finish_by, today);
    }
}

static bool waits_for_none(const struct schedule_inside *in, int node)
{
    int before;

    for (int n = 0; (before = net_previous(in->net, node, n)) >= 0; n++)
        if ((size_t)before < in->count ? in->all[before].state != STEP_DONE
                                       : !waits_for_none(in, before))
            return false;
    return true;
}

/* The day on which the last of what came before was done; DATE_NONE when no day is known. */
static int done_before(const struct schedule_inside *in, int node)
{
    int before, day = DATE_NONE;

    for (int n = 0; (before = net_previous(in->net, node, n)) >= 0; n++)
        day = later_day(day, (size_t)before < in->count ? in->all[before].finished
                                                    : done_before(in, before));
    return day;
}

/* A wait is under way as soon as nothing is before it. */
static void begin_wait(struct making *m, struct step *step, int number)
{
    const struct net_node *node = net_node(m->in->net, number);
    int end = net_clock_add(node->clock, m->in->times[number].early_start, step->days[PACE_LATE]);

    step->state = STEP_RUNNING;
    step->expected = step->finished != DATE_NONE ? step->finished : end - 1;
    if (step->started == DATE_NONE)
        step->started = done_before(m->in, number);
    if (step->started == DATE_NONE)
        step->started = earlier_day(step->early[PACE_TYPICAL].first, m->schedule->today);
}

static void take_state(struct making *m, int number)
{
    struct step *step = &m->in->all[number];
    int today = m->schedule->today;
    bool free = waits_for_none(m->in, number);

    if (step->state == STEP_DONE || step->state == STEP_GONE)
        return;
    if (step->activity->wait && (free || (step->started != DATE_NONE && step->started <= today)))
        begin_wait(m, step, number);
    else if (step->started != DATE_NONE && step->started <= today)
        step->state = STEP_RUNNING;
    else if (free && step->started == DATE_NONE && step->finished == DATE_NONE
             && net_node(m->in->net, number)->not_before <= today)
        step->state = STEP_READY;
    else
        step->state = STEP_BLOCKED;
}

/* What is done took as long as it took; where a day is not known, none is shown. */
static void take_real_days(struct step *step)
{
    if (step->state != STEP_DONE)
        return;
    step->begin_by = step->finish_by = DATE_NONE;
    if (step->finished != DATE_NONE)
        return;
    for (int pace = 0; pace < PACE_COUNT; pace++)
        step->early[pace] = step->late[pace] = (struct span){ step->started, DATE_NONE };
}

static void run_all(struct making *m)
{
    int goal = m->in->goal = goal_number(m);

    run_pace(m, PACE_EARLY, goal);
    run_pace(m, PACE_LATE, goal);
    run_pace(m, PACE_TYPICAL, goal);
    take_slack(m, goal);
    for (size_t i = 0; i < m->in->count; i++) {
        take_last_days(&m->in->all[i], m->schedule->today);
        take_state(m, (int)i);
        take_real_days(&m->in->all[i]);
    }
}

/* ---- the result ---- */

/* A row says only why it is not there when the content does. */
static bool is_told(const struct step *step)
{
    return !step->activity->per || step->activity->gone.in[0];
}

static void keep_step(struct schedule *schedule, struct step **kept, const struct step *step)
{
    *kept = &schedule->steps[schedule->count++];
    **kept = *step;
    if (step->activity->target)
        schedule->goal = *kept;
    if (step->early[PACE_TYPICAL].first != DATE_NONE)
        schedule->begin = earlier_day(schedule->begin, step->early[PACE_TYPICAL].first);
}

static void sort_out(struct making *m)
{
    struct schedule *schedule = m->schedule;
    struct schedule_inside *in = m->in;
    size_t hidden = in->count;

    schedule->steps = xcalloc(in->count + 1, sizeof schedule->steps[0]);
    schedule->gone = xcalloc(in->count + 1, sizeof schedule->gone[0]);
    in->kept = xcalloc(in->count + 1, sizeof in->kept[0]);
    schedule->begin = schedule->today;
    for (size_t i = 0; i < in->count; i++) {
        const struct step *step = &in->all[i];
        if (step->state != STEP_GONE) {
            keep_step(schedule, &in->kept[i], step);
        } else {
            in->kept[i] = &schedule->gone[is_told(step) ? schedule->gone_count++ : --hidden];
            *in->kept[i] = *step;
        }
    }
    for (int pace = 0; pace < PACE_COUNT && schedule->count == 0; pace++)
        schedule->finish[pace] = DATE_NONE;
}

static struct calendar *make_calendar(const struct making *m)
{
    const struct activities *content = m->content;
    struct calendar_pause *pauses = xcalloc(content->pause_count + 1, sizeof pauses[0]);
    struct calendar *calendar;
    size_t count = 0;

    for (size_t i = 0; i < content->pause_count; i++) {
        struct fact_look from, to;
        plan_fact_look(m->plan, content->pauses[i].from, &from);
        plan_fact_look(m->plan, content->pauses[i].to, &to);
        count += calendar_pause_read(&pauses[count], from.shown.date, to.shown.date);
    }
    calendar = calendar_new(m->plan->today, pauses, count);
    free(pauses);
    return calendar;
}

static int make(struct making *m, const struct schedule_change *changes, size_t count)
{
    struct schedule_inside *in = m->in;
    int code = schedule_make_net(m);

    if (code)
        return code;
    in->times = xcalloc((size_t)net_count(in->net) + 1, sizeof in->times[0]);
    set_pace(in, PACE_TYPICAL);
    net_forward(in->net, in->times);
    for (size_t i = 0; i < count; i++)
        schedule_apply(m, &changes[i], in->times);
    run_all(m);
    sort_out(m);
    return 0;
}

int schedule_new(struct schedule **out, const struct plan *plan,
                 const struct schedule_change *changes, size_t count, struct err *err)
{
    static const struct activities none;
    const struct activities *content = plan->schema->activities;
    struct schedule *schedule = xcalloc(1, sizeof *schedule);
    struct schedule_inside *in = xcalloc(1, sizeof *in);
    struct making m = { .plan = plan, .content = content ? content : &none,
                        .schedule = schedule, .in = in, .err = err };
    int code;

    schedule->inside = in;
    schedule->today = plan->today;
    schedule->target = schedule_answer(plan, m.content->target_item, NULL);
    in->entry = plan->last_entry;
    in->arena = arena_new();
    in->net = net_new();
    in->first = xcalloc(m.content->count + 1, sizeof in->first[0]);
    in->rows = xcalloc(m.content->count + 1, sizeof in->rows[0]);
    in->calendar = make_calendar(&m);
    m.durations = xcalloc(m.content->count + 1, sizeof m.durations[0]);
    m.joins = xcalloc(m.content->count + 1, sizeof m.joins[0]);
    for (size_t i = 0; i < m.content->count; i++)
        m.joins[i] = -1;
    code = make(&m, changes, count);
    free(m.durations);
    free(m.joins);
    if (code)
        schedule_free(schedule);
    else
        *out = schedule;
    return code;
}

struct span *schedule_pauses(const struct schedule *schedule, int first, int last, size_t *count)
{
    return calendar_pauses(schedule->inside->calendar, first, last, count);
}

void schedule_free(struct schedule *schedule)
{
    struct schedule_inside *in = schedule ? schedule->inside : NULL;

    if (!schedule)
        return;
    net_free(in->net);
    calendar_free(in->calendar);
    arena_free(in->arena);
    free(in->times);
    free(in->all);
    free(in->first);
    free(in->rows);
    free(in->kept);
    free(in);
    free(schedule->steps);
    free(schedule->gone);
    free(schedule);
}

bool schedule_is_current(const struct schedule *schedule, const struct plan *plan)
{
    return schedule->inside->entry == plan->last_entry && schedule->today == plan->today;
}

const struct step *schedule_step(const struct schedule *schedule, const struct activity *activity,
                                 const char *row)
{
    int number = schedule_step_number(schedule->inside, activity, row);

    return number < 0 ? NULL : schedule->inside->kept[number];
}
