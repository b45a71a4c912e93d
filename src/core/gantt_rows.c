/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/gantt_rows.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/tr.h"
#include "core/plan.h"

/* Where a step stands: its heading, then the repeat and the row; steps that are in no row come
 * first. */
struct key {
    const struct step *step;
    size_t group, repeat, position, number;
};

struct making {
    const struct plan *plan;
    const struct tr *tr;
    enum gantt_by by;
    struct gantt_rows *out;
};

/* ---- order ---- */

static size_t group_of(const struct making *m, const struct activity *activity)
{
    const struct schema *schema = m->plan->schema;

    if (m->by == GANTT_BY_OWNER)
        return activity->owner ? (size_t)(activity->owner - schema->activities->owners)
                               : schema->activities->owner_count;
    return activity->task && activity->task->phase
               ? (size_t)(activity->task->phase - schema->phases) : schema->phase_count;
}

static struct key key_of(const struct making *m, const struct step *step, size_t number)
{
    const struct activity *activity = step->activity;
    struct key key = { .step = step, .group = group_of(m, activity), .number = number };

    if (step->row) {
        key.repeat = activity->per->index + 1;
        key.position = (size_t)answers_row_position(m->plan->answers, activity->per, step->row);
    }
    return key;
}

static int compare(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_rows(const struct key *a, const struct key *b)
{
    int order = compare(a->group, b->group);

    order = order ? order : compare(a->repeat, b->repeat);
    return order ? order : compare(a->position, b->position);
}

static int compare_keys(const void *left, const void *right)
{
    const struct key *a = left, *b = right;
    int order = compare_rows(a, b);

    return order ? order : compare(a->number, b->number);
}

/* ---- rows ---- */

static struct gantt_row *add(struct making *m, int depth, const struct step *step,
                             struct buf *name)
{
    struct gantt_rows *out = m->out;
    struct gantt_row *row;

    out->at = vec_room(out->at, &out->room, out->count + 1, sizeof out->at[0]);
    row = &out->at[out->count++];
    *row = (struct gantt_row){ .name = buf_detach(name), .step = step, .depth = depth,
                               .end = out->count,
                               .bar = { GANTT_SUM, DATE_NONE, DATE_NONE, DATE_NONE } };
    return row;
}

static void add_step(struct making *m, int depth, const struct step *step, bool whole_name)
{
    struct buf name = BUF_INIT;
    struct gantt_row *row;

    if (whole_name)
        schedule_step_name(m->plan, step, m->tr, &name);
    else
        plan_text(m->plan, &step->activity->title, m->tr, &name);
    row = add(m, depth, step, &name);
    row->bar = gantt_step_bar(step);
    row->critical = step->critical;
    row->gone = step->state == STEP_GONE;
}

/* What stands below the heading is complete. */
static void close_heading(struct making *m, size_t at)
{
    struct gantt_row *heading = &m->out->at[at];

    heading->end = m->out->count;
    for (size_t i = at + 1; i < m->out->count; i++) {
        const struct gantt_row *row = &m->out->at[i];
        if (!row->step)
            continue;
        gantt_add_bar(&heading->bar, &row->bar);
        heading->critical = heading->critical || row->critical;
    }
}

static void add_heading(struct making *m, const struct step *step)
{
    const struct activity *activity = step->activity;
    struct buf name = BUF_INIT;

    if (m->by == GANTT_BY_OWNER && activity->owner)
        schedule_owner_name(m->plan, step, m->tr, &name);
    else if (m->by == GANTT_BY_PHASE && activity->task && activity->task->phase)
        plan_text(m->plan, &activity->task->phase->title, m->tr, &name);
    else
        buf_add(&name, tr_text(m->tr, "Others"));
    add(m, 0, NULL, &name);
}

/* The steps of one row, from `keys` on; returns how many there are. */
static size_t add_row(struct making *m, const struct key *keys, size_t count)
{
    struct buf name = BUF_INIT;
    size_t steps = 1, heading = m->out->count;

    while (steps < count && compare_rows(&keys[steps], &keys[0]) == 0)
        steps++;
    if (steps == 1) {
        add_step(m, 1, keys[0].step, true);
        return 1;
    }
    schedule_row_name(m->plan, keys[0].step, m->tr, &name);
    add(m, 1, NULL, &name);
    for (size_t i = 0; i < steps; i++)
        add_step(m, 2, keys[i].step, false);
    close_heading(m, heading);
    return steps;
}

/* All below one heading; returns how many steps those are. */
static size_t add_group(struct making *m, const struct key *keys, size_t count)
{
    size_t heading = m->out->count, i = 0;

    add_heading(m, keys[0].step);
    while (i < count && keys[i].group == keys[0].group) {
        if (keys[i].step->row)
            i += add_row(m, &keys[i], count - i);
        else
            add_step(m, 1, keys[i++].step, false);
    }
    close_heading(m, heading);
    return i;
}

static void add_gone(struct making *m, const struct schedule *schedule)
{
    size_t heading = m->out->count;
    struct buf name = BUF_INIT;

    if (schedule->gone_count == 0)
        return;
    buf_add(&name, tr_text(m->tr, "Not needed"));
    add(m, 0, NULL, &name)->gone = true;
    for (size_t i = 0; i < schedule->gone_count; i++)
        add_step(m, 1, &schedule->gone[i], true);
    close_heading(m, heading);
}

static void clear(struct gantt_rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        free(rows->at[i].name);
    rows->count = 0;
}

void gantt_rows(const struct plan *plan, const struct schedule *schedule, enum gantt_by by,
                const struct tr *tr, struct gantt_rows *out)
{
    struct making m = { plan, tr, by, out };
    struct key *keys = xcalloc(schedule->count + 1, sizeof keys[0]);

    clear(out);
    for (size_t i = 0; i < schedule->count; i++)
        keys[i] = key_of(&m, &schedule->steps[i], i);
    if (schedule->count > 1)
        qsort(keys, schedule->count, sizeof keys[0], compare_keys);
    for (size_t i = 0; i < schedule->count;)
        i += add_group(&m, &keys[i], schedule->count - i);
    add_gone(&m, schedule);
    free(keys);
}

void gantt_rows_free(struct gantt_rows *rows)
{
    clear(rows);
    free(rows->at);
    *rows = (struct gantt_rows){ 0 };
}
