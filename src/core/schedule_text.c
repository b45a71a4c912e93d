/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * A schedule in words.
 */
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/tr.h"
#include "core/facts.h"
#include "core/plan.h"
#include "core/plan_facts.h"
#include "core/schedule_parts.h"
#include "core/why.h"

void schedule_day(int day, const struct tr *tr, struct buf *out)
{
    char shown[40] = "";

    date_text(day, tr->lang, shown, sizeof shown);
    buf_add(out, shown);
}

void schedule_span(const struct span *span, const struct tr *tr, struct buf *out)
{
    schedule_day(span->first, tr, out);
    if (span->first == span->last)
        return;
    if (span->first != DATE_NONE)
        buf_add(out, "–");
    schedule_day(span->last, tr, out);
}

/* A sentence with one day in it. */
static void add_day(const char *format, int day, const struct tr *tr, struct buf *out)
{
    struct buf shown = BUF_INIT;

    schedule_day(day, tr, &shown);
    buf_addf(out, tr_text(tr, format), shown.text);
    buf_free(&shown);
}

static void add_two_days(const char *format, int one, int other, const struct tr *tr,
                         struct buf *out)
{
    struct buf first = BUF_INIT, second = BUF_INIT;

    schedule_day(one, tr, &first);
    schedule_day(other, tr, &second);
    buf_addf(out, tr_text(tr, format), first.text, second.text);
    buf_free(&first);
    buf_free(&second);
}

/* A sentence with a number of days in it, in one of two forms. */
static void say_days(const char *one, const char *many, int days, const struct tr *tr,
                     struct buf *out)
{
    buf_addf(out, tr_plural(tr, one, many, (unsigned long)abs(days)), abs(days));
}

/* ---- names ---- */

/* The first answer of a row says what it is about: whose card, which training. */
static void row_name(const struct plan *plan, const struct item *repeat, const char *row,
                     const struct tr *tr, struct buf *out)
{
    size_t before = out->length;

    for (size_t i = 0; i < repeat->item_count && out->length == before; i++)
        if (item_type_holds_answer(repeat->items[i].type))
            plan_show(plan, &repeat->items[i], row, tr, out);
    if (out->length == before)
        plan_row_name(plan, repeat, row, tr, out);
}

void schedule_row_name(const struct plan *plan, const struct step *step, const struct tr *tr,
                       struct buf *out)
{
    if (step->row)
        row_name(plan, step->activity->per, step->row, tr, out);
}

void schedule_step_name(const struct plan *plan, const struct step *step, const struct tr *tr,
                        struct buf *out)
{
    plan_text(plan, &step->activity->title, tr, out);
    if (!step->row)
        return;
    buf_add(out, ": ");
    schedule_row_name(plan, step, tr, out);
}

void schedule_owner_name(const struct plan *plan, const struct step *step, const struct tr *tr,
                         struct buf *out)
{
    const struct owner *owner = step->activity->owner;
    struct buf name = BUF_INIT;

    if (!owner)
        return;
    plan_text(plan, &owner->title, tr, out);
    if (owner->item && engine_is_relevant(plan->engine, owner->item, NULL)
        && engine_value(plan->engine, owner->item, NULL))
        plan_show(plan, owner->item, NULL, tr, &name);
    if (name.length)
        buf_addf(out, " (%s)", name.text);
    buf_free(&name);
}

void schedule_expiry_name(const struct plan *plan, const struct schedule_expiry *expiry,
                          const struct tr *tr, struct buf *out)
{
    plan_text(plan, &expiry->expiry->title, tr, out);
    if (!expiry->row)
        return;
    buf_add(out, ": ");
    row_name(plan, expiry->expiry->per, expiry->row, tr, out);
}

const char *schedule_state_words(const struct step *step)
{
    static const char *const words[] = {
        [STEP_BLOCKED] = N_("later"), [STEP_READY] = N_("can begin"),
        [STEP_RUNNING] = N_("under way"), [STEP_DONE] = N_("done"),
        [STEP_GONE] = N_("not needed"),
    };

    if (step->activity->wait && step->state == STEP_RUNNING)
        return N_("waiting");
    return words[step->state];
}

/* ---- when ---- */

/* A day of the step that is still to come; DATE_NONE. */
static int agreed_day(const struct schedule *schedule, const struct step *step)
{
    if (step->finished > schedule->today)
        return step->finished;
    return step->started > schedule->today ? step->started : DATE_NONE;
}

void schedule_step_when(const struct schedule *schedule, const struct step *step,
                        const struct tr *tr, struct buf *out)
{
    bool late = step_last_day(step) < schedule->today;
    int agreed = agreed_day(schedule, step);

    if (step->state == STEP_DONE && step->finished != DATE_NONE)
        add_day(N_("done %s"), step->finished, tr, out);
    else if (step->state == STEP_DONE || step->state == STEP_GONE)
        buf_add(out, tr_text(tr, schedule_state_words(step)));
    else if (agreed != DATE_NONE)
        add_day(N_("agreed for %s"), agreed, tr, out);
    else if (step->state == STEP_RUNNING && step->activity->wait)
        add_two_days(step->expected < schedule->today
                         ? N_("waiting since %s, should have come by %s")
                         : N_("waiting since %s, expected by %s"),
                     step->started, step->expected, tr, out);
    else if (step->state == STEP_RUNNING)
        add_day(late ? N_("should have been finished by %s") : N_("finish by %s"), step->finish_by,
                tr, out);
    else
        add_day(late ? N_("should have begun by %s") : N_("begin by %s"), step->begin_by, tr, out);
}

/* ---- the whole ---- */

void schedule_verdict(const struct schedule *schedule, const struct tr *tr, struct buf *out)
{
    int typical, late;

    if (!schedule->goal)
        return;
    if (schedule->goal->state == STEP_DONE && schedule->goal->finished != DATE_NONE) {
        add_day(N_("The start was on %s."), schedule->goal->finished, tr, out);
        return;
    }
    if (schedule->finish[PACE_TYPICAL] == schedule->finish[PACE_LATE])
        add_day(N_("The start is on %s."), schedule->finish[PACE_LATE], tr, out);
    else
        add_two_days(N_("With typical durations the start is on %s, with long ones on %s."),
                     schedule->finish[PACE_TYPICAL], schedule->finish[PACE_LATE], tr, out);
    if (!schedule_margin(schedule, PACE_TYPICAL, &typical)
        || !schedule_margin(schedule, PACE_LATE, &late))
        return;
    buf_add_char(out, ' ');
    if (typical < 0) {
        add_day(N_("The wished day %s cannot be kept."), schedule->target, tr, out);
        buf_add_char(out, ' ');
        say_days("%d day is missing.", "%d days are missing.", typical, tr, out);
    } else if (late < 0) {
        add_day(N_("The wished day %s can be kept, but not if everything takes long."),
                schedule->target, tr, out);
        buf_add_char(out, ' ');
        say_days("Then %d day is missing.", "Then %d days are missing.", late, tr, out);
    } else {
        add_day(N_("The wished day %s can be kept."), schedule->target, tr, out);
        buf_add_char(out, ' ');
        say_days("There is %d day to spare even if everything takes long.",
                 "There are %d days to spare even if everything takes long.", late, tr, out);
    }
}

void schedule_help_text(const struct plan *plan, const struct schedule_help *help,
                        const struct tr *tr, struct buf *out)
{
    const struct step *step = help->step;

    schedule_step_name(plan, step, tr, out);
    if (help->kind == HELP_SHORTER)
        buf_addf(out, tr_plural(tr, ": %d day instead of %d, ", ": %d days instead of %d, ",
                                (unsigned long)step->days[PACE_EARLY]),
                 step->days[PACE_EARLY], step->days[PACE_TYPICAL]);
    else
        buf_add(out, tr_text(tr, N_(": an earlier day than the agreed one, ")));
    say_days("%d day is gained", "%d days are gained", help->days, tr, out);
}

/* ---- all about one step ---- */

static void add_line(struct buf *out)
{
    if (out->length > 0 && out->text[out->length - 1] != '\n')
        buf_add_char(out, '\n');
}

void schedule_duration_sources(const struct plan *plan, const struct activity *activity,
                               const struct tr *tr, struct buf *out)
{
    struct fact_look look;

    if (!activity->duration.fact)
        return;
    plan_fact_look(plan, activity->duration.fact, &look);
    for (const struct fact *fact = look.data; fact; fact = fact->supersedes) {
        struct buf line = BUF_INIT, day = BUF_INIT;
        buf_addf(&line, "%s: ", text_get(&fact->subject, tr->lang));
        fact_value(fact == look.data ? &look.shown : fact, tr, &line);
        fact_day(fact->source_date, tr, &day);
        buf_addf(&line, " (%s)", day.text);
        if (!strstr(out->text, line.text)) {
            add_line(out);
            buf_add(out, line.text);
        }
        buf_free(&line);
        buf_free(&day);
    }
}

/* "Takes 20–36 days, typically 28.", "Takes 1 day." */
static void add_days(const struct step *step, const struct tr *tr, struct buf *out)
{
    const int *days = step->days;

    if (days[PACE_EARLY] != days[PACE_LATE])
        buf_addf(out, tr_text(tr, step->workdays ? N_("Takes %d–%d working days, typically %d.")
                                                 : N_("Takes %d–%d days, typically %d.")),
                 days[PACE_EARLY], days[PACE_LATE], days[PACE_TYPICAL]);
    else if (step->workdays)
        say_days("Takes %d working day.", "Takes %d working days.", days[PACE_LATE], tr, out);
    else
        say_days("Takes %d day.", "Takes %d days.", days[PACE_LATE], tr, out);
}

static void add_duration(const struct plan *plan, const struct step *step, const struct tr *tr,
                         struct buf *out)
{
    add_days(step, tr, out);
    if (step->activity->duration.fact)
        schedule_duration_sources(plan, step->activity, tr, out);
    else
        buf_addf(out, " %s", tr_text(tr, "The duration is an estimate."));
}

static void add_spans(const struct step *step, const struct tr *tr, struct buf *out)
{
    if (step->state == STEP_DONE)
        return;
    add_line(out);
    add_two_days(N_("Earliest %s to %s."), step->early[PACE_EARLY].first,
                 step->early[PACE_EARLY].last, tr, out);
    add_line(out);
    add_two_days(N_("Last safe days: begin %s, finish %s."), step->begin_by, step->finish_by, tr,
                 out);
}

static void add_slack(const struct step *step, const struct tr *tr, struct buf *out)
{
    if (step->state == STEP_DONE)
        return;
    add_line(out);
    if (step->slack < 0)
        say_days("Is %d day too late for the wished day.",
                 "Is %d days too late for the wished day.", step->slack, tr, out);
    else if (step->critical)
        buf_add(out, tr_text(tr, "Critical: each day that this slips moves the start."));
    else
        say_days("Can slip %d day without moving the start.",
                 "Can slip %d days without moving the start.", step->slack, tr, out);
}

static void add_blockers(const struct plan *plan, const struct schedule *schedule,
                         const struct step *step, const struct tr *tr, struct buf *out)
{
    struct step_list list = { 0 };

    schedule_blockers(schedule, step, &list);
    for (size_t i = 0; i < list.count; i++) {
        add_line(out);
        buf_addf(out, "%s ", tr_text(tr, "Waits for:"));
        schedule_step_name(plan, list.at[i], tr, out);
    }
    step_list_free(&list);
}

void schedule_step_text(const struct plan *plan, const struct schedule *schedule,
                        const struct step *step, const struct tr *tr, struct buf *out)
{
    const struct activity *activity = step->activity;

    schedule_step_when(schedule, step, tr, out);
    add_line(out);
    add_duration(plan, step, tr, out);
    add_spans(step, tr, out);
    add_slack(step, tr, out);
    add_blockers(plan, schedule, step, tr, out);
    if (activity->slip.in[0]) {
        add_line(out);
        buf_addf(out, "%s ", tr_text(tr, "If it slips:"));
        plan_text(plan, &activity->slip, tr, out);
    }
    if (activity->source.title.in[0]) {
        add_line(out);
        buf_addf(out, "%s ", tr_text(tr, "Source:"));
        why_source(plan, &activity->source, tr, out);
    }
}

void schedule_gone_reason(const struct plan *plan, const struct activity *activity,
                          const struct tr *tr, struct buf *out)
{
    if (activity->gone.in[0])
        plan_text(plan, &activity->gone, tr, out);
    else
        buf_add(out, tr_text(tr, "does not concern you by your answers"));
}

void schedule_gone_text(const struct plan *plan, const struct step *step, const struct tr *tr,
                        struct buf *out)
{
    schedule_step_name(plan, step, tr, out);
    buf_add(out, ": ");
    schedule_gone_reason(plan, step->activity, tr, out);
}

/* ---- what if ---- */

/* Days by which the step ends later than before; 0 when it is not in both. */
static int moved(const struct schedule *before, const struct step *step)
{
    const struct step *old = schedule_step(before, step->activity, step->row);

    return old && old->state != STEP_GONE
        ? step->early[PACE_TYPICAL].last - old->early[PACE_TYPICAL].last : 0;
}

static void add_move(int days, const struct tr *tr, struct buf *out)
{
    if (days < 0)
        say_days("%d day earlier", "%d days earlier", days, tr, out);
    else
        say_days("%d day later", "%d days later", days, tr, out);
}

void schedule_difference(const struct plan *plan, const struct schedule *before,
                         const struct schedule *after, const struct tr *tr, struct buf *out)
{
    int days = after->finish[PACE_TYPICAL] - before->finish[PACE_TYPICAL];

    if (days == 0) {
        buf_add(out, tr_text(tr, "The start does not move."));
    } else {
        buf_addf(out, "%s ", tr_text(tr, "Start:"));
        add_move(days, tr, out);
        buf_addf(out, ", ");
        schedule_day(after->finish[PACE_TYPICAL], tr, out);
    }
    for (size_t i = 0; i < after->count; i++) {
        const struct step *step = &after->steps[i];
        if (step->state == STEP_DONE || moved(before, step) == 0)
            continue;
        add_line(out);
        schedule_step_name(plan, step, tr, out);
        buf_add(out, ": ");
        add_move(moved(before, step), tr, out);
        buf_add(out, ", ");
        schedule_day(step->early[PACE_TYPICAL].last, tr, out);
    }
}
