/* SPDX-License-Identifier: EUPL-1.2 */
#include "ui/steps.h"

#include "core/plan.h"

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

const struct step *ui_step(struct ui *ui, const struct step_ref *ref)
{
    return step_ref_find(ref, ui_schedule(ui));
}

enum sign step_sign(const struct schedule *schedule, const struct step *step)
{
    static const enum sign signs[] = {
        [STEP_BLOCKED] = SIGN_WAITS, [STEP_READY] = SIGN_OPEN, [STEP_RUNNING] = SIGN_SOME,
        [STEP_DONE] = SIGN_DONE, [STEP_GONE] = SIGN_NONE,
    };

    return step_is_late(schedule, step) ? SIGN_PROBLEM : signs[step->state];
}

bool ui_keep_day(struct ui *ui, const struct step *step, bool finish, int day)
{
    struct err err = { .tr = &ui->tr };
    struct buf line = BUF_INIT;
    bool kept;

    if (!ui_can_write(ui))
        return false;
    schedule_step_name(ui->plan, step, &ui->tr, &line);
    buf_add(&line, ": ");
    schedule_day(day, &ui->tr, &line);
    buf_addf(&line, ". %s", ui_text(ui, "Saved; u takes it back."));
    kept = schedule_keep(ui->plan, step, finish, day, &ui->tr, &err) == 0;
    if (kept)
        ui_say(ui, line.text);
    else
        ui_say_error(ui, &err);
    buf_free(&line);
    return kept;
}

static void mark(struct ui *ui, const struct step *step, bool finish)
{
    struct place place;
    bool asked = schedule_own_place(ui->plan, step, finish, &place);

    bool known = place.item && answers_value(ui->plan->answers, place.item, place.row);

    if (!place.item)
        ui_say(ui, ui_text(ui, finish ? N_("No question asks for the day on which this is "
                                           "finished: it follows from the other answers.")
                                      : N_("No question asks for the day on which this begins.")));
    else if (asked && known)
        ui_open_place(ui, &place);
    else if (schedule_can_enter(ui->plan, step, finish))
        ui_keep_day(ui, step, finish, ui->plan->today);
    else
        ui_push(ui, view_why_new(ui, &place));
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
        mark(ui, step, action == ACTION_DONE);
    return true;
}
