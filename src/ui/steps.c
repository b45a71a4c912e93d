/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/steps.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "core/schedule_slip.h"

/* ---- the schedule ---- */

void ui_schedule_forget(struct ui *ui)
{
    schedule_free(ui->schedule);
    ui->schedule = NULL;
}

const struct schedule *ui_schedule(struct ui *ui)
{
    struct err err = { .tr = &ui->tr };

    if (!ui->plan || !ui->plan->schema->activities)
        return NULL;
    if (ui->schedule && schedule_is_current(ui->schedule, ui->plan))
        return ui->schedule;
    ui_schedule_forget(ui);
    if (schedule_new(&ui->schedule, ui->plan, NULL, 0, &err))
        ui_say_error(ui, &err);
    return ui->schedule;
}

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

const struct step *ui_step(struct ui *ui, const struct step_ref *ref)
{
    const struct schedule *schedule = ui_schedule(ui);

    if (!schedule || !ref->activity)
        return NULL;
    return schedule_step(schedule, ref->activity, ref->row[0] ? ref->row : NULL);
}

enum sign step_sign(const struct schedule *schedule, const struct step *step)
{
    static const enum sign signs[] = {
        [STEP_BLOCKED] = SIGN_WAITS, [STEP_READY] = SIGN_OPEN, [STEP_RUNNING] = SIGN_SOME,
        [STEP_DONE] = SIGN_DONE, [STEP_GONE] = SIGN_NONE,
    };

    if (step->state != STEP_DONE && step->state != STEP_GONE
        && step_last_day(step) < schedule->today)
        return SIGN_PROBLEM;
    return signs[step->state];
}

/* ---- words ---- */

void step_day(int day, const struct tr *tr, struct buf *out)
{
    schedule_day(day, tr, out);
    buf_addf(out, " (%s)", date_weekday_name(date_weekday(day), tr->lang));
}

/* When, as far as it is not in the past: what it waits for has an end, one's own work a beginning. */
static void add_when(struct ui *ui, const struct schedule *schedule, const struct step *step,
                     struct buf *out)
{
    int last = step_last_day(step);
    struct buf day = BUF_INIT;

    if (step->state == STEP_DONE) {
        schedule_step_when(schedule, step, &ui->tr, out);
    } else {
        step_day(last, &ui->tr, &day);
        buf_addf(out, ui_text(ui, last < schedule->today ? N_("the last safe day was %s")
                                                         : N_("last safe day %s")), day.text);
    }
    buf_add_char(out, '.');
    buf_free(&day);
}

static void add_waits_for(struct ui *ui, const struct schedule *schedule, const struct step *step,
                          struct buf *out)
{
    struct step_list list = { 0 };

    if (step->state == STEP_RUNNING && step->activity->wait && step->activity->owner) {
        buf_addf(out, " %s ", ui_text(ui, "Waits for:"));
        schedule_owner_name(ui->plan, step, &ui->tr, out);
        buf_add(out, ", ");
        schedule_step_when(schedule, step, &ui->tr, out);
        buf_add_char(out, '.');
    } else if (step->state == STEP_BLOCKED) {
        schedule_blockers(schedule, step, &list);
        for (size_t i = 0; i < list.count; i++) {
            buf_addf(out, "%s", i ? ", " : " ");
            if (!i)
                buf_addf(out, "%s ", ui_text(ui, "Waits for:"));
            schedule_step_name(ui->plan, list.at[i], &ui->tr, out);
        }
        if (list.count)
            buf_add_char(out, '.');
    }
    step_list_free(&list);
}

void step_brief(struct ui *ui, const struct step *step, struct buf *out)
{
    const struct schedule *schedule = ui_schedule(ui);

    if (step->state == STEP_GONE) {
        schedule_gone_text(ui->plan, step, &ui->tr, out);
        return;
    }
    schedule_step_name(ui->plan, step, &ui->tr, out);
    buf_add(out, ": ");
    add_when(ui, schedule, step, out);
    if (step->state != STEP_DONE)
        buf_add_char(out, ' ');
    schedule_slip_text(schedule, step, &ui->tr, out);
    add_waits_for(ui, schedule, step, out);
}

/* With the name when it is the user's own work; what is waited for is no action. */
void step_next_of_task(struct ui *ui, const struct task *task, bool brief, struct buf *out)
{
    const struct schedule *schedule = ui_schedule(ui);
    const struct step *step = schedule ? schedule_next_of_task(schedule, task) : NULL;
    struct buf name = BUF_INIT, day = BUF_INIT;
    int last;

    if (!step)
        return;
    last = step_last_day(step);
    schedule_step_name(ui->plan, step, &ui->tr, &name);
    schedule_day(last, &ui->tr, &day);
    if (brief)
        buf_addf(out, ui_text(ui, last < schedule->today ? N_("late since %s") : N_("by %s")),
                 day.text);
    else
        buf_addf(out, ui_text(ui, last < schedule->today ? N_("%s late since %s")
                                                         : N_("%s by %s")), name.text, day.text);
    buf_free(&name);
    buf_free(&day);
}

/* ---- real days ---- */

/* With the answers' own row key, which outlives the schedule. */
bool ui_step_place(const struct ui *ui, const struct step *step, bool finish, struct place *out)
{
    const struct answers *answers = ui->plan->answers;
    int position;

    if (!schedule_place(ui->plan, step, finish, out))
        return false;
    if (!out->row)
        return true;
    position = answers_row_position(answers, out->item->repeat, out->row);
    if (position >= 0)
        out->row = answers_row_at(answers, out->item->repeat, (size_t)position)->key;
    return position >= 0;
}

static void say_kept(struct ui *ui, const char *name, int day)
{
    struct buf line = BUF_INIT;

    buf_addf(&line, "%s: ", name);
    schedule_day(day, &ui->tr, &line);
    buf_addf(&line, ". %s", ui_text(ui, "Saved; u takes it back."));
    ui_say(ui, line.text);
    buf_free(&line);
}

/* A day that the question does not accept is taken back at once: many take only days that have
 * passed. */
static bool refused(struct ui *ui, const struct place *place)
{
    struct buf line = BUF_INIT;
    struct err err = { .tr = &ui->tr };
    size_t before;
    int entries;
    bool problem;

    buf_addf(&line, "%s ", ui_text(ui, "This day cannot be kept:"));
    before = line.length;
    plan_problem_text(ui->plan, place, &ui->tr, &line);
    problem = line.length > before;
    if (problem && plan_undo(ui->plan, NULL, &entries, &err))
        ui_say_error(ui, &err);
    else if (problem)
        ui_say_problem(ui, line.text);
    buf_free(&line);
    return problem;
}

bool ui_keep_day(struct ui *ui, const struct step *step, const struct place *place, int day)
{
    struct err err = { .tr = &ui->tr };
    struct buf name = BUF_INIT;
    char iso[11];
    bool kept;

    if (!ui_can_write(ui))
        return false;
    schedule_step_name(ui->plan, step, &ui->tr, &name);
    date_iso(day, iso);
    kept = plan_set(ui->plan, place->item, place->row, iso, NULL, &err) == 0;
    if (!kept)
        ui_say_error(ui, &err);
    kept = kept && !refused(ui, place);
    if (kept)
        say_kept(ui, name.text, day);
    buf_free(&name);
    return kept;
}

void ui_mark_step(struct ui *ui, const struct step *step, bool finish)
{
    struct place place;

    if (!ui_step_place(ui, step, finish, &place))
        ui_say(ui, ui_text(ui, finish ? N_("No question asks for the day on which this is "
                                           "finished: it follows from the other answers.")
                                      : N_("No question asks for the day on which this begins.")));
    else if (answers_value(ui->plan->answers, place.item, place.row))
        ui_open_place(ui, &place);
    else
        ui_keep_day(ui, step, &place, ui->plan->today);
}

bool ui_act_on_step(struct ui *ui, enum action action, const struct step *step)
{
    if (action != ACTION_DONE && action != ACTION_BEGUN && action != ACTION_WHAT_IF)
        return false;
    if (!step || step->state == STEP_GONE)
        ui_say(ui, ui_text(ui, "Choose a step first."));
    else if (action == ACTION_WHAT_IF)
        ui_push(ui, view_what_if_new(ui, step));
    else
        ui_mark_step(ui, step, action == ACTION_DONE);
    return true;
}
