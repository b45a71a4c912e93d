/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/schedule_face.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/plan.h"
#include "core/schedule_parts.h"
#include "core/why.h"

enum { A_WEEK = 7 };

/* ---- names ---- */

struct step_ref step_ref(const struct step *step)
{
    struct step_ref ref = { .activity = step->activity };

    if (step->row)
        snprintf(ref.row, sizeof ref.row, "%s", step->row);
    return ref;
}

bool step_ref_is(const struct step_ref *ref, const struct step *step)
{
    return ref->activity == step->activity && strcmp(ref->row, step->row ? step->row : "") == 0;
}

const struct step *step_ref_find(const struct step_ref *ref, const struct schedule *schedule)
{
    if (!schedule || !ref->activity)
        return NULL;
    return schedule_step(schedule, ref->activity, ref->row[0] ? ref->row : NULL);
}

/* ---- questions ---- */

static bool is_open(const struct step *step)
{
    return step->state != STEP_DONE && step->state != STEP_GONE;
}

bool step_is_late(const struct schedule *schedule, const struct step *step)
{
    return is_open(step) && step_last_day(step) < schedule->today;
}

static int node_of(const struct schedule_inside *in, const struct step *step)
{
    for (size_t i = 0; i < in->count; i++)
        if (in->kept[i] == step)
            return (int)i;
    return -1;
}

int schedule_slip(const struct schedule *schedule, const struct step *step, int days)
{
    const struct schedule_inside *in = schedule->inside;
    int number = node_of(in, step), held, finish;
    struct net_node *node;

    if (number < 0 || in->goal < 0 || !is_open(step))
        return DATE_NONE;
    for (size_t i = 0; i < in->count; i++)
        net_node(in->net, (int)i)->duration = in->all[i].days[PACE_TYPICAL];
    node = net_node(in->net, number);
    held = node->end_not_before;
    net_forward(in->net, in->times);
    node->end_not_before = in->times[number].early_end + days;
    net_forward(in->net, in->times);
    finish = in->times[in->goal].early_end - 1;
    node->end_not_before = held;
    return finish;
}

/* By the last safe day, then as the content has them. */
static bool is_before(const struct step *a, const struct step *b)
{
    int left = step_last_day(a), right = step_last_day(b);

    return left < right || (left == right && a < b);
}

const struct step *schedule_upcoming(const struct schedule *schedule, const struct step *after)
{
    const struct step *next = NULL;

    for (size_t i = 0; i < schedule->count; i++) {
        const struct step *step = &schedule->steps[i];
        if (step->state == STEP_BLOCKED && !step_is_late(schedule, step)
            && (!after || is_before(after, step)) && (!next || is_before(step, next)))
            next = step;
    }
    return next;
}

/* ---- words ---- */

void schedule_weekday(int day, const struct tr *tr, struct buf *out)
{
    schedule_day(day, tr, out);
    buf_addf(out, " (%s)", date_weekday_name(date_weekday(day), tr->lang));
}

/* "If it slips by a week, the start is on 8.3.2027 and not on 1.3.2027."; nothing where
 * schedule_slip() knows no day. */
static void add_slip(const struct schedule *schedule, const struct step *step,
                     const struct tr *tr, struct buf *out)
{
    int finish = schedule_slip(schedule, step, A_WEEK);
    struct buf then = BUF_INIT, now = BUF_INIT;

    if (finish == DATE_NONE)
        return;
    schedule_day(finish, tr, &then);
    schedule_day(schedule->finish[PACE_TYPICAL], tr, &now);
    if (finish == schedule->finish[PACE_TYPICAL])
        buf_addf(out, tr_text(tr, "If it slips by a week, the start is still on %s."), now.text);
    else
        buf_addf(out, tr_text(tr, "If it slips by a week, the start is on %s and not on %s."),
                 then.text, now.text);
    buf_free(&then);
    buf_free(&now);
}

static void add_last_day(const struct schedule *schedule, const struct step *step,
                         const struct tr *tr, struct buf *out)
{
    struct buf day = BUF_INIT;

    schedule_weekday(step_last_day(step), tr, &day);
    buf_addf(out, tr_text(tr, step_is_late(schedule, step) ? N_("the last safe day was %s")
                                                           : N_("last safe day %s")), day.text);
    buf_free(&day);
}

/* Whom, since when, and until when. */
static void add_waiting(const struct plan *plan, const struct schedule *schedule,
                        const struct step *step, const struct tr *tr, struct buf *out)
{
    buf_addf(out, " %s ", tr_text(tr, "Waits for:"));
    schedule_owner_name(plan, step, tr, out);
    buf_add(out, ", ");
    schedule_step_when(schedule, step, tr, out);
    buf_add_char(out, '.');
}

static void add_blockers(const struct plan *plan, const struct schedule *schedule,
                         const struct step *step, const struct tr *tr, struct buf *out)
{
    struct step_list list = { 0 };

    schedule_blockers(schedule, step, &list);
    if (list.count)
        buf_addf(out, " %s ", tr_text(tr, "Waits for:"));
    for (size_t i = 0; i < list.count; i++) {
        buf_add(out, i ? ", " : "");
        schedule_step_name(plan, list.at[i], tr, out);
    }
    if (list.count)
        buf_add_char(out, '.');
    step_list_free(&list);
}

void schedule_brief(const struct plan *plan, const struct schedule *schedule,
                    const struct step *step, const struct tr *tr, struct buf *out)
{
    if (step->state == STEP_GONE) {
        schedule_gone_text(plan, step, tr, out);
        return;
    }
    schedule_step_name(plan, step, tr, out);
    buf_add(out, ": ");
    if (step->state == STEP_DONE)
        schedule_step_when(schedule, step, tr, out);
    else
        add_last_day(schedule, step, tr, out);
    buf_add(out, step->state == STEP_DONE ? "." : ". ");
    add_slip(schedule, step, tr, out);
    if (step->state == STEP_RUNNING && step->activity->wait && step->activity->owner)
        add_waiting(plan, schedule, step, tr, out);
    else if (step->state == STEP_BLOCKED)
        add_blockers(plan, schedule, step, tr, out);
}

static void add_owner(const struct plan *plan, const struct step *step, const struct tr *tr,
                      struct buf *out)
{
    if (!step->activity->owner)
        return;
    buf_addf(out, "%s ", tr_text(tr, step->activity->wait ? N_("Waits for:") : N_("Who:")));
    schedule_owner_name(plan, step, tr, out);
    buf_add_char(out, '\n');
}

static void add_finishes(const struct step *step, const struct tr *tr, struct buf *out)
{
    struct buf days[PACE_COUNT] = { BUF_INIT, BUF_INIT, BUF_INIT };

    for (int pace = 0; pace < PACE_COUNT; pace++)
        schedule_day(step->early[pace].last, tr, &days[pace]);
    buf_addf(out, tr_text(tr, "Finished on %s by short, %s by typical and %s by long durations."),
             days[PACE_EARLY].text, days[PACE_TYPICAL].text, days[PACE_LATE].text);
    buf_add_char(out, '\n');
    for (int pace = 0; pace < PACE_COUNT; pace++)
        buf_free(&days[pace]);
}

/* The answers that a rule reads, with what follows from them before. */
static void add_reads(const struct plan *plan, const struct rule_text *rule, const char *row,
                      const char *heading, const struct tr *tr, struct buf *out)
{
    struct buf reads = BUF_INIT;

    if (rule->sql)
        why_reads(plan, rule, row, tr, &reads);
    if (reads.length)
        buf_addf(out, "%s\n%s", tr_text(tr, heading), reads.text);
    buf_free(&reads);
}

static void add_reasons(const struct plan *plan, const struct step *step, const struct tr *tr,
                        struct buf *out)
{
    const struct item *finish = step->activity->finish;
    struct place place;

    add_reads(plan, &step->activity->relevant, step->row, N_("This is there because of your "
                                                             "answers:"), tr, out);
    if (is_open(step) && finish && !schedule_place(plan, step, true, &place)
        && !schedule_can_enter(plan, step, true))
        add_reads(plan, &finish->relevant, place.row,
                  N_("The day on which it is finished is not asked now, because of your answers:"),
                  tr, out);
}

void schedule_whole_text(const struct plan *plan, const struct schedule *schedule,
                         const struct step *step, const struct tr *tr, struct buf *out)
{
    size_t before;

    if (step->state == STEP_GONE) {
        schedule_gone_text(plan, step, tr, out);
        buf_add_char(out, '\n');
        add_reads(plan, &step->activity->relevant, step->row,
                  N_("This follows from your answers:"), tr, out);
        return;
    }
    add_owner(plan, step, tr, out);
    before = out->length;
    add_slip(schedule, step, tr, out);
    buf_add(out, out->length > before ? "\n" : "");
    schedule_step_text(plan, schedule, step, tr, out);
    buf_add(out, out->text[out->length - 1] == '\n' ? "" : "\n");
    if (is_open(step))
        add_finishes(step, tr, out);
    add_reasons(plan, step, tr, out);
}

void schedule_next_text(const struct plan *plan, const struct schedule *schedule,
                        const struct task *task, bool only_day, const struct tr *tr,
                        struct buf *out)
{
    const struct step *step = schedule_next_of_task(schedule, task);
    struct buf name = BUF_INIT, day = BUF_INIT;
    bool late = step && step_is_late(schedule, step);

    if (!step)
        return;
    schedule_step_name(plan, step, tr, &name);
    schedule_day(step_last_day(step), tr, &day);
    if (only_day)
        buf_addf(out, tr_text(tr, late ? N_("late since %s") : N_("by %s")), day.text);
    else
        buf_addf(out, tr_text(tr, late ? N_("%s late since %s") : N_("%s by %s")), name.text,
                 day.text);
    buf_free(&name);
    buf_free(&day);
}

/* ---- today ---- */

static const struct task *open_dependency(const struct plan *plan, const struct task *task)
{
    for (size_t i = 0; task->depends && task->depends[i]; i++)
        if (engine_task_blocks(plan->engine, task->depends[i]))
            return task->depends[i];
    return NULL;
}

const struct task *schedule_task_before(const struct plan *plan, const struct step *step)
{
    const struct task *task = step->activity->task, *before = NULL;
    struct task_state state;

    engine_task(plan->engine, task, &state);
    if (state.status != TASK_CANNOT_START)
        return NULL;
    while ((task = open_dependency(plan, task)))
        before = task;
    return before;
}

void schedule_today_text(const struct plan *plan, const struct schedule *schedule,
                         const struct tr *tr, struct buf *out)
{
    struct step_list actions = { 0 };
    struct buf name = BUF_INIT;

    schedule_actions(schedule, &actions);
    if (actions.count) {
        const struct step *step = actions.at[0];
        const struct task *before = schedule_task_before(plan, step);
        schedule_step_name(plan, step, tr, &name);
        if (before) {
            buf_addf(out, tr_text(tr, "%1$s, then %2$s"), text_get(&before->title, tr->lang),
                     name.text);
        } else {
            buf_addf(out, "%s, ", name.text);
            schedule_step_when(schedule, step, tr, out);
        }
    }
    step_list_free(&actions);
    buf_free(&name);
}

/* ---- real days ---- */

bool schedule_own_place(const struct plan *plan, const struct step *step, bool finish,
                        struct place *out)
{
    int position;
    bool asked = schedule_place(plan, step, finish, out);

    if (!out->row)
        return asked;
    position = answers_row_position(plan->answers, out->item->repeat, out->row);
    out->row = position < 0 ? NULL : answers_row_at(plan->answers, out->item->repeat,
                                                    (size_t)position)->key;
    return asked && out->row;
}

int schedule_keep(struct plan *plan, const struct step *step, bool finish, int day,
                  const struct tr *tr, struct err *err)
{
    int64_t before = plan->last_entry;
    struct buf problem = BUF_INIT;
    struct place place;
    int code, entries;

    schedule_own_place(plan, step, finish, &place);
    code = schedule_enter(plan, step, finish, day, NULL, err);
    if (!code)
        plan_problem_text(plan, &place, tr, &problem);
    if (problem.length) {
        code = plan->last_entry == before ? 0 : plan_undo(plan, NULL, &entries, err);
        if (!code)
            code = err_set(err, ERR_INPUT, N_("This day cannot be kept: %s"), problem.text);
    }
    buf_free(&problem);
    return code;
}
