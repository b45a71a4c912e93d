/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a plan to a network.
 *
 * Every activity becomes a step, or one for each row; every step is the node of the same number. A
 * step that does not concern the provider has a node without links. Real dates fix a node; a day
 * that is agreed but still to come holds it between that day and itself, so that a predecessor
 * which takes too long shows as too late and not as a date in the past.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "core/expr.h"
#include "core/plan.h"
#include "core/plan_facts.h"
#include "core/schedule_parts.h"

int schedule_answer(const struct plan *plan, const struct item *item, const char *row)
{
    const char *value = item ? engine_value(plan->engine, item, item->repeat ? row : NULL) : NULL;

    return value ? date_parse_iso(value) : DATE_NONE;
}

/* ---- steps ---- */

static struct step *add_step(struct making *m, const struct activity *activity, const char *row,
                             size_t *room)
{
    struct schedule_inside *in = m->in;
    struct step *step;

    in->all = vec_room(in->all, room, in->count + 1, sizeof in->all[0]);
    step = &in->all[in->count++];
    *step = (struct step){ .activity = activity, .started = DATE_NONE, .finished = DATE_NONE,
                           .expected = DATE_NONE };
    step->row = row ? arena_strdup(in->arena, row) : NULL;
    return step;
}

static bool concerns(const struct making *m, const struct activity *activity)
{
    struct task_state state = { .relevant = true };

    if (activity->task)
        engine_task(m->plan->engine, activity->task, &state);
    return state.relevant
        && (!activity->per || engine_is_relevant(m->plan->engine, activity->per, NULL));
}

/* The rows of the activity. One that has none, or does not concern the provider, is a single
 * step. */
static void add_steps(struct making *m, const struct activity *activity, size_t *room)
{
    const struct answers *answers = m->plan->answers;
    bool here = concerns(m, activity);
    size_t rows = activity->per && here ? answers_row_count(answers, activity->per) : 0;

    m->in->first[activity->index] = m->in->count;
    for (size_t i = 0; i < rows; i++)
        add_step(m, activity, answers_row_at(answers, activity->per, i)->key, room);
    if (rows == 0 || activity->alone == ALONE_ALWAYS) {
        struct step *step = add_step(m, activity, NULL, room);
        if (!here || (activity->per && !activity->alone))
            step->state = STEP_GONE;
    }
    m->in->rows[activity->index] = m->in->count - m->in->first[activity->index];
}

/* ---- what the expressions say ---- */

/* The expressions of one place, with what to do with each value. */
struct asking {
    struct making *m;
    struct expr_spec *specs;
    const struct activity **of;
    bool *is_done;
    size_t count;
    const struct item *per;
};

static void take_values(void *data, const char *row, const struct expr_value *values)
{
    struct asking *asking = data;
    struct schedule_inside *in = asking->m->in;
    const struct answers *answers = asking->m->plan->answers;
    size_t position = row ? (size_t)answers_row_position(answers, asking->per, row) : 0;

    for (size_t i = 0; i < asking->count; i++) {
        size_t index = asking->of[i]->index;
        struct step *step = &in->all[in->first[index] + position];
        bool holds = expr_truth(&values[i]) == EXPR_TRUE;
        if (position >= in->rows[index] || step->state == STEP_GONE || (row && !step->row))
            continue;
        if (asking->is_done[i] && holds)
            step->state = STEP_DONE;
        else if (!asking->is_done[i] && !holds)
            step->state = STEP_GONE;
    }
}

static void add_asked(struct asking *asking, const struct activity *activity,
                      const struct rule_text *rule, bool done)
{
    if (!rule->sql)
        return;
    asking->specs[asking->count] = (struct expr_spec){ rule, NULL };
    asking->of[asking->count] = activity;
    asking->is_done[asking->count++] = done;
}

static int ask_place(struct making *m, const struct item *per)
{
    size_t count = m->content->count;
    struct asking asking = { .m = m, .per = per,
                             .specs = xcalloc(2 * count + 1, sizeof *asking.specs),
                             .of = xcalloc(2 * count + 1, sizeof *asking.of),
                             .is_done = xcalloc(2 * count + 1, sizeof *asking.is_done) };
    struct expr_set *set = NULL;
    int code = 0;

    for (size_t i = 0; i < count; i++) {
        const struct activity *activity = &m->content->at[i];
        if (activity->per != per)
            continue;
        add_asked(&asking, activity, &activity->done, true);
        add_asked(&asking, activity, &activity->relevant, false);
    }
    if (asking.count > 0)
        code = expr_set_new(&set, engine_projection(m->plan->engine), per, asking.specs,
                            asking.count, m->err);
    if (set && !code)
        code = expr_set_run(set, NULL, take_values, &asking, m->err);
    expr_set_free(set);
    free(asking.specs);
    free(asking.of);
    free(asking.is_done);
    return code;
}

static int ask_all(struct making *m)
{
    const struct schema *schema = m->plan->schema;
    int code = ask_place(m, NULL);

    for (size_t i = 0; i < schema->item_count && !code; i++)
        if (schema->items[i]->type == ITEM_REPEAT)
            code = ask_place(m, schema->items[i]);
    return code;
}

/* The step that stands by itself gives way to the first row that concerns the activity. */
static void drop_alone(struct making *m, const struct activity *activity)
{
    struct schedule_inside *in = m->in;
    struct step *steps = &in->all[in->first[activity->index]];
    size_t rows = in->rows[activity->index];

    if (activity->alone != ALONE_ALWAYS)
        return;
    for (size_t i = 0; i < rows; i++)
        if (steps[i].row && steps[i].state != STEP_GONE)
            steps[rows - 1].state = STEP_GONE;
}

/* ---- nodes ---- */

static int day_of(const struct making *m, const struct activity_day *day, const char *row)
{
    struct fact_look look;

    if (day->item)
        return schedule_answer(m->plan, day->item, row);
    if (!day->fact)
        return DATE_NONE;
    plan_fact_look(m->plan, day->fact, &look);
    return look.shown.date ? date_parse_iso(look.shown.date) : DATE_NONE;
}

static int earlier_given(int a, int b)
{
    if (a == DATE_NONE || b == DATE_NONE)
        return a == DATE_NONE ? b : a;
    return earlier_day(a, b);
}

/* The step is finished, or begun, on a day that is real when it is not after today and agreed when
 * it is. */
static void fix_finish(const struct schedule *schedule, struct net_node *node, int day)
{
    if (day <= schedule->today) {
        node->end = day + 1;
    } else {
        node->end_not_before = day + 1;
        node->end_by = earlier_given(node->end_by, day + 1);
    }
}

static void fix_start(const struct schedule *schedule, struct net_node *node, int day)
{
    if (day <= schedule->today) {
        node->start = day;
        node->end_not_before = later_day(node->end_not_before, schedule->today + 1);
    } else {
        node->not_before = later_day(node->not_before, day);
        node->start_by = earlier_given(node->start_by, day);
    }
}

/* When nobody knows when it was done, it was before today. */
static void fix_done(const struct schedule *schedule, const struct step *step,
                     struct net_node *node)
{
    node->end = step->finished == DATE_NONE ? schedule->today : step->finished + 1;
    if (step->started != DATE_NONE)
        node->start = step->started;
    else if (step->finished == DATE_NONE)
        node->start = schedule->today;
}

/* The question that is answered "yes" once it is done. */
static bool is_implied(const struct making *m, const struct step *step)
{
    const struct item *item = step->activity->implies;
    const char *value = item ? engine_value(m->plan->engine, item, item->repeat ? step->row : NULL)
                             : NULL;

    return value && strcmp(value, "1") == 0;
}

/* The real and agreed days of the step. What is done is not agreed for later. */
static void read_days(const struct making *m, struct step *step)
{
    int today = m->schedule->today;

    step->started = schedule_answer(m->plan, step->activity->start, step->row);
    step->finished = schedule_answer(m->plan, step->activity->finish, step->row);
    if (step->state == STEP_GONE)
        return;
    if ((step->finished != DATE_NONE && step->finished <= today) || is_implied(m, step))
        step->state = STEP_DONE;
    if (step->state == STEP_DONE && step->finished > today)
        step->finished = DATE_NONE;
    if (step->state == STEP_DONE && step->started > today)
        step->started = DATE_NONE;
}

static void fix_days(const struct schedule *schedule, const struct step *step,
                     struct net_node *node)
{
    if (step->state == STEP_DONE) {
        fix_done(schedule, step, node);
        return;
    }
    if (step->finished != DATE_NONE)
        fix_finish(schedule, node, step->finished);
    if (step->started != DATE_NONE)
        fix_start(schedule, node, step->started);
}

/* A wait begins by itself, so it may have begun before today; it goes on until somebody says that
 * it has ended. */
static void add_node(struct making *m, struct step *step)
{
    const struct activity *activity = step->activity;
    const struct duration *duration = &m->durations[activity->index];
    bool by_itself = activity->wait && activity->after_count > 0;
    int today = m->schedule->today, deadline = day_of(m, &activity->deadline, step->row);
    struct net_node node = NET_NODE_INIT;

    node.clock = calendar_clock(m->in->calendar, duration->workdays, activity->pause);
    node.not_before = later_day(by_itself ? DATE_NONE : today,
                                day_of(m, &activity->not_before, step->row));
    node.end_not_before = activity->wait ? today + 1 : DATE_NONE;
    node.end_by = deadline == DATE_NONE ? DATE_NONE : deadline + 1;
    step->workdays = duration->workdays;
    memcpy(step->days, duration->days, sizeof step->days);
    read_days(m, step);
    if (step->state != STEP_GONE)
        fix_days(m->schedule, step, &node);
    net_add(m->in->net, &node);
}

/* ---- links ---- */

static bool is_gone(const struct making *m, size_t step)
{
    return m->in->all[step].state == STEP_GONE;
}

static void link_steps(struct making *m, size_t from, size_t to, int gap)
{
    if (!is_gone(m, from) && !is_gone(m, to))
        net_link(m->in->net, (int)from, (int)to, gap);
}

/* All rows of `from` end in one node, so that many rows of another repeat can wait for it. */
static int joining_node(struct making *m, const struct activity *from)
{
    struct schedule_inside *in = m->in;
    int *join = &m->joins[from->index];

    if (*join >= 0)
        return *join;
    *join = net_add(in->net, &(struct net_node)NET_NODE_INIT);
    for (size_t i = 0; i < in->rows[from->index]; i++)
        if (!is_gone(m, in->first[from->index] + i))
            net_link(in->net, (int)(in->first[from->index] + i), *join, 0);
    return *join;
}

static void link_through(struct making *m, const struct activity *from, const struct activity *to,
                         int gap)
{
    struct schedule_inside *in = m->in;

    for (size_t i = 0; i < in->rows[to->index]; i++)
        if (!is_gone(m, in->first[to->index] + i))
            net_link(in->net, joining_node(m, from), (int)(in->first[to->index] + i), gap);
}

/* Row to the same row where both stand in the rows of one repeat, else every row to every row. */
static void link_activities(struct making *m, const struct activity *from,
                            const struct activity *to, int gap)
{
    const struct schedule_inside *in = m->in;
    size_t from_first = in->first[from->index], from_rows = in->rows[from->index];
    size_t to_first = in->first[to->index], to_rows = in->rows[to->index];

    if (from->per && from->per == to->per && from_rows == to_rows) {
        for (size_t i = 0; i < from_rows; i++)
            link_steps(m, from_first + i, to_first + i, gap);
    } else if (from_rows > 1 && to_rows > 1) {
        link_through(m, from, to, gap);
    } else {
        for (size_t i = 0; i < from_rows; i++)
            for (size_t k = 0; k < to_rows; k++)
                link_steps(m, from_first + i, to_first + k, gap);
    }
}

static void add_links(struct making *m, const struct activity *activity)
{
    for (size_t i = 0; i < activity->after_count; i++)
        link_activities(m, activity->after[i].other, activity,
                        schedule_gap(m->plan, &activity->after[i].gap));
    for (size_t i = 0; i < activity->before_count; i++)
        link_activities(m, activity, activity->before[i].other,
                        schedule_gap(m->plan, &activity->before[i].gap));
}

/* ---- what if ---- */

int schedule_step_number(const struct schedule_inside *in, const struct activity *activity,
                       const char *row)
{
    size_t first = in->first[activity->index];

    for (size_t i = 0; i < in->rows[activity->index]; i++) {
        const char *own = in->all[first + i].row;
        if (own == row || (own && row && strcmp(own, row) == 0))
            return (int)(first + i);
    }
    return -1;
}

void schedule_apply(struct making *m, const struct schedule_change *change,
                         const struct net_times *times)
{
    int number = schedule_step_number(m->in, change->activity, change->row);
    struct net_node *node;
    struct step *step;

    if (number < 0 || m->in->all[number].state == STEP_GONE)
        return;
    node = net_node(m->in->net, number);
    step = &m->in->all[number];
    switch (change->kind) {
    case CHANGE_START:
        fix_start(m->schedule, node, change->value);
        break;
    case CHANGE_FINISH:
        fix_finish(m->schedule, node, change->value);
        break;
    case CHANGE_SHIFT:
        fix_start(m->schedule, node, times[number].early_start + change->value);
        break;
    case CHANGE_DAYS:
        for (int pace = 0; pace < PACE_COUNT; pace++)
            step->days[pace] = change->value;
        break;
    }
}

/* ---- the whole ---- */

static void take_as_done(struct making *m, int node)
{
    struct step *step = (size_t)node < m->in->count ? &m->in->all[node] : NULL;

    if (!step || step->state == STEP_DONE)
        return;
    step->state = STEP_DONE;
    read_days(m, step);
    fix_done(m->schedule, step, net_node(m->in->net, node));
}

/* Once the goal is reached, what had to come before it has been done, whether or not somebody has
 * said so. */
static void close_before(struct making *m, int goal)
{
    bool *seen = xcalloc((size_t)net_count(m->in->net) + 1, sizeof seen[0]);
    int *open = xcalloc((size_t)net_count(m->in->net) + 1, sizeof open[0]);
    int before;
    size_t count = 0;

    open[count++] = goal;
    while (count > 0) {
        int node = open[--count];
        take_as_done(m, node);
        for (int n = 0; (before = net_previous(m->in->net, node, n)) >= 0; n++) {
            if (!seen[before])
                open[count++] = before;
            seen[before] = true;
        }
    }
    free(seen);
    free(open);
}

int schedule_make_net(struct making *m)
{
    const struct activities *content = m->content;
    size_t room = 0;
    int code;

    for (size_t i = 0; i < content->count; i++)
        add_steps(m, &content->at[i], &room);
    code = ask_all(m);
    if (code)
        return code;
    for (size_t i = 0; i < content->count; i++)
        drop_alone(m, &content->at[i]);
    for (size_t i = 0; i < content->count; i++)
        schedule_duration(m->plan, &content->at[i], &m->durations[i]);
    for (size_t i = 0; i < m->in->count; i++)
        add_node(m, &m->in->all[i]);
    for (size_t i = 0; i < content->count; i++)
        add_links(m, &content->at[i]);
    if (net_sort(m->in->net, NULL) > 0)
        return err_set(m->err, ERR_INPUT, "activities wait for each other");
    for (size_t i = 0; i < m->in->count; i++)
        if (m->in->all[i].activity->target && m->in->all[i].state == STEP_DONE)
            close_before(m, (int)i);
    return 0;
}
