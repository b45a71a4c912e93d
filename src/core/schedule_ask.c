/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Questions to a schedule: what to do today, whom to wait for, what would help, what expires.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/expr.h"
#include "core/plan.h"
#include "core/plan_facts.h"
#include "core/schedule_parts.h"

/* ---- one step ---- */

bool schedule_margin(const struct schedule *schedule, enum pace pace, int *days)
{
    *days = schedule->target - schedule->finish[pace];
    return schedule->target != DATE_NONE && schedule->goal;
}

static struct place place_of(const struct step *step, const struct item *item)
{
    return (struct place){ item, item && item->repeat ? step->row : NULL };
}

/* A person may answer it, in this row. */
static bool takes_answer(const struct step *step, const struct item *item)
{
    return item && !item->read_only && !item->calculate.sql && (!item->repeat || step->row);
}

bool schedule_place(const struct plan *plan, const struct step *step, bool finish,
                    struct place *out)
{
    *out = place_of(step, finish ? step->activity->finish : step->activity->start);
    return takes_answer(step, out->item) && engine_is_relevant(plan->engine, out->item, out->row);
}

bool schedule_can_enter(const struct plan *plan, const struct step *step, bool finish)
{
    const struct activity *activity = step->activity;
    struct place place, implied = place_of(step, activity->implies);

    return schedule_place(plan, step, finish, &place)
        || (finish && takes_answer(step, place.item) && takes_answer(step, implied.item)
            && engine_is_relevant(plan->engine, implied.item, implied.row));
}

int schedule_enter(struct plan *plan, const struct step *step, bool finish, int day,
                   struct check *check, struct err *err)
{
    struct plan_batch *batch = plan_batch_new(plan);
    struct place place = place_of(step, finish ? step->activity->finish : step->activity->start);
    struct place implied = place_of(step, step->activity->implies);
    char iso[11];
    int code = 0;

    date_iso(day, iso);
    if (day > plan->today && !schedule_place(plan, step, finish, &place))
        code = err_set(err, ERR_REFUSED, N_("A day that is still to come cannot be entered here."));
    else if (finish && implied.item && day != DATE_NONE && day <= plan->today)
        code = plan_batch_set(batch, implied.item, implied.row, "1", NULL, err);
    if (!code)
        code = plan_batch_set(batch, place.item, place.row, iso, check, err);
    return plan_batch_end(batch, code, err);
}

int step_last_day(const struct step *step)
{
    return step->state == STEP_RUNNING ? step->finish_by : step->begin_by;
}

/* ---- lists ---- */

void step_list_free(struct step_list *list)
{
    free(list->at);
    *list = (struct step_list){ 0 };
}

static void add(struct step_list *list, const struct step *step)
{
    list->at = vec_room(list->at, &list->room, list->count + 1, sizeof list->at[0]);
    list->at[list->count++] = step;
}

/* The earlier last day first; then as the content has them. */
static int compare_urgency(const void *left, const void *right)
{
    const struct step *a = *(const struct step *const *)left;
    const struct step *b = *(const struct step *const *)right;
    int days = (step_last_day(a) > step_last_day(b)) - (step_last_day(a) < step_last_day(b));

    return days ? days : (a > b) - (a < b);
}

static void sort_by_urgency(struct step_list *list)
{
    if (list->count > 1)
        qsort(list->at, list->count, sizeof list->at[0], compare_urgency);
}

static void add_blockers(const struct schedule_inside *in, int node, struct step_list *out)
{
    int before;

    for (int n = 0; (before = net_previous(in->net, node, n)) >= 0; n++) {
        if ((size_t)before >= in->count)
            add_blockers(in, before, out);
        else if (in->all[before].state != STEP_DONE)
            add(out, in->kept[before]);
    }
}

void schedule_blockers(const struct schedule *schedule, const struct step *step,
                       struct step_list *out)
{
    const struct schedule_inside *in = schedule->inside;

    out->count = 0;
    for (size_t i = 0; i < in->count; i++)
        if (in->kept[i] == step)
            add_blockers(in, (int)i, out);
}

static bool can_act(const struct step *step)
{
    return !step->activity->wait && (step->state == STEP_READY || step->state == STEP_RUNNING);
}

void schedule_actions(const struct schedule *schedule, struct step_list *out)
{
    out->count = 0;
    for (size_t i = 0; i < schedule->count; i++)
        if (can_act(&schedule->steps[i]))
            add(out, &schedule->steps[i]);
    sort_by_urgency(out);
}

void schedule_waits(const struct schedule *schedule, struct step_list *out)
{
    out->count = 0;
    for (size_t i = 0; i < schedule->count; i++)
        if (schedule->steps[i].activity->wait && schedule->steps[i].state == STEP_RUNNING)
            add(out, &schedule->steps[i]);
    sort_by_urgency(out);
}

/* Something to do comes before something to wait for, and that before what is still blocked. */
static int rank(const struct step *step)
{
    return can_act(step) ? 0 : step->state == STEP_RUNNING ? 1 : 2;
}

const struct step *schedule_next_of_task(const struct schedule *schedule, const struct task *task)
{
    const struct step *next = NULL;

    for (size_t i = 0; i < schedule->count; i++) {
        const struct step *step = &schedule->steps[i];
        if (step->activity->task != task || step->state == STEP_DONE)
            continue;
        if (!next || rank(step) < rank(next)
            || (rank(step) == rank(next) && step_last_day(step) < step_last_day(next)))
            next = step;
    }
    return next;
}

/* ---- what would help ---- */

/* The goal's end, typically, with the nodes as they are now. */
static int goal_end(const struct schedule_inside *in)
{
    net_forward(in->net, in->times);
    return in->times[in->goal].early_end;
}

/* Puts the node as it would be at best; false when it is so already. */
static bool improve(const struct schedule_inside *in, int number, enum help_kind kind, int today)
{
    struct net_node *node = net_node(in->net, number);
    int days = in->all[number].days[PACE_EARLY];

    if (kind == HELP_SHORTER) {
        if (node->duration <= days)
            return false;
        node->duration = days;
        return true;
    }
    if (node->not_before <= today && node->end_not_before <= today + 1)
        return false;
    node->not_before = earlier_day(node->not_before, today);
    node->end_not_before = earlier_day(node->end_not_before, today + 1);
    return true;
}

/* How many days the goal gains by it; the node is left as it was. */
static int gain(const struct schedule_inside *in, int number, enum help_kind kind, int today,
                int end)
{
    struct net_node *node = net_node(in->net, number);
    const struct net_node before = *node;
    int days = improve(in, number, kind, today) ? end - goal_end(in) : 0;

    *node = before;
    return days;
}

/* The change that brings most; false when none brings anything. */
static bool best_help(const struct schedule *schedule, struct schedule_help *out, int *number)
{
    const struct schedule_inside *in = schedule->inside;
    bool *critical = xcalloc((size_t)net_count(in->net) + 1, sizeof critical[0]);
    int end = goal_end(in);

    out->days = 0;
    net_critical(in->net, in->times, in->goal, critical);
    for (size_t i = 0; i < 2 * in->count; i++) {
        enum help_kind kind = i < in->count ? HELP_SHORTER : HELP_EARLIER;
        int node = (int)(i % in->count), days;
        if (!critical[node] || in->all[node].state == STEP_DONE)
            continue;
        days = gain(in, node, kind, schedule->today, end);
        if (days > out->days) {
            *out = (struct schedule_help){ in->kept[node], days, kind };
            *number = node;
        }
    }
    free(critical);
    return out->days > 0;
}

size_t schedule_help(const struct schedule *schedule, struct schedule_help out[SCHEDULE_HELP_MAX])
{
    const struct schedule_inside *in = schedule->inside;
    struct net_node before[SCHEDULE_HELP_MAX];
    int changed[SCHEDULE_HELP_MAX];
    size_t count = 0;

    if (in->goal < 0)
        return 0;
    while (count < SCHEDULE_HELP_MAX && best_help(schedule, &out[count], &changed[count])) {
        before[count] = *net_node(in->net, changed[count]);
        improve(in, changed[count], out[count].kind, schedule->today);
        count++;
    }
    for (size_t i = count; i-- > 0;)
        *net_node(in->net, changed[i]) = before[i];
    return count;
}

/* ---- what expires ---- */

struct expiring {
    const struct plan *plan;
    const struct schedule *schedule;
    const struct expiry *expiry;
    struct schedule_expiries *out;
};

/* The day that so much later is; years and months by the calendar. */
static int fact_after(const struct plan *plan, const struct fact *fact, int day)
{
    struct fact_look look;
    const char *number, *unit;

    plan_fact_look(plan, fact, &look);
    number = look.shown.number ? look.shown.number : look.shown.max;
    unit = look.shown.unit ? look.shown.unit : "day";
    if (!number || day == DATE_NONE)
        return DATE_NONE;
    if (strcmp(unit, "year") == 0 || strcmp(unit, "month") == 0)
        return date_add_months(day, atoi(number) * (unit[0] == 'y' ? 12 : 1));
    return day + schedule_gap(plan, &(struct activity_gap){ .fact = fact });
}

static void add_expiry(const struct expiring *e, const char *row)
{
    const struct expiry *expiry = e->expiry;
    int day = schedule_answer(e->plan, expiry->day, row), from;
    struct schedule_expiry found = { expiry, row, day, day != DATE_NONE };

    if (day == DATE_NONE && expiry->fact) {
        from = schedule_answer(e->plan, expiry->from, row);
        if (from == DATE_NONE && expiry->after) {
            const struct step *step = schedule_step(e->schedule, expiry->after,
                                                    expiry->after->per ? row : NULL);
            from = step && step->state != STEP_GONE ? step->early[PACE_TYPICAL].last : DATE_NONE;
        }
        found.day = fact_after(e->plan, expiry->fact, from);
    }
    if (found.day == DATE_NONE)
        return;
    e->out->at = vec_room(e->out->at, &e->out->room, e->out->count + 1, sizeof e->out->at[0]);
    e->out->at[e->out->count++] = found;
}

static void take_expiry(void *data, const char *row, const struct expr_value *values)
{
    const struct expiring *e = data;
    int position = row ? answers_row_position(e->plan->answers, e->expiry->per, row) : -1;

    if (expr_truth(&values[0]) != EXPR_TRUE)
        return;
    add_expiry(e, position < 0 ? NULL : answers_row_at(e->plan->answers, e->expiry->per,
                                                       (size_t)position)->key);
}

static int compare_days(const void *left, const void *right)
{
    const struct schedule_expiry *a = left, *b = right;

    return (a->day > b->day) - (a->day < b->day);
}

void schedule_expiries(const struct plan *plan, const struct schedule *schedule,
                       struct schedule_expiries *out)
{
    static const struct rule_text always = { "1", { NULL, 0, 0 } };
    const struct activities *content = plan->schema->activities;

    out->count = 0;
    for (size_t i = 0; content && i < content->expiry_count; i++) {
        const struct expiry *expiry = &content->expiries[i];
        struct expiring e = { plan, schedule, expiry, out };
        struct expr_spec spec = { expiry->relevant.sql ? &expiry->relevant : &always, NULL };
        struct expr_set *set = NULL;
        if (!expiry->relevant.sql && !expiry->per) {
            add_expiry(&e, NULL);
            continue;
        }
        if (expr_set_new(&set, engine_projection(plan->engine), expiry->per, &spec, 1, NULL) == 0)
            expr_set_run(set, NULL, take_expiry, &e, NULL);
        expr_set_free(set);
    }
    if (out->count > 1)
        qsort(out->at, out->count, sizeof out->at[0], compare_days);
}

void schedule_expiries_free(struct schedule_expiries *expiries)
{
    free(expiries->at);
    *expiries = (struct schedule_expiries){ 0 };
}
