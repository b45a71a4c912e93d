/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * timeline: when what has to happen.
 */
#include <stdio.h>

#include "base/buf.h"
#include "base/date.h"
#include "cmd.h"
#include "core/plan.h"
#include "core/schedule.h"
#include "print_json.h"

struct timeline {
    const struct plan *plan;
    const struct schedule *schedule;
    const struct tr *tr;
};

/* ---- JSON ---- */

typedef void words(const struct plan *plan, const struct step *step, const struct tr *tr,
                   struct buf *out);

static json_t *json_words(const struct timeline *t, const struct step *step, words *say)
{
    struct buf text = BUF_INIT;
    json_t *json;

    say(t->plan, step, t->tr, &text);
    json = json_string(text.text);
    buf_free(&text);
    return json;
}

/* The position of the step's row, from 1. */
static json_t *json_row(const struct timeline *t, const struct step *step)
{
    const struct item *per = step->activity->per;

    if (!step->row)
        return json_null();
    return json_integer(answers_row_position(t->plan->answers, per, step->row) + 1);
}

static const char *state_id(enum step_state state)
{
    static const char *const ids[] = {
        [STEP_BLOCKED] = "blocked", [STEP_READY] = "ready", [STEP_RUNNING] = "running",
        [STEP_DONE] = "done", [STEP_GONE] = "gone",
    };

    return ids[state];
}

static json_t *step_json(const struct timeline *t, const struct step *step)
{
    const struct span *early = &step->early[PACE_TYPICAL], *late = &step->late[PACE_TYPICAL];
    bool done = step->state == STEP_DONE;

    return json_pack(
        "{s:s,s:o,s:s,s:o,s:o,s:s,s:b,s:o,s:o,s:o,s:o,s:i,s:i,s:b,s:o,s:o,s:o,s:o,s:o}",
        "id", step->activity->id, "row", json_row(t, step), "task", step->activity->task->id,
        "title", json_words(t, step, schedule_step_name), "owner",
        json_words(t, step, schedule_owner_name), "state", state_id(step->state), "wait",
        step->activity->wait, "early_start", print_json_day(early->first), "early_finish",
        print_json_day(early->last), "late_start", print_json_day(late->first), "late_finish",
        print_json_day(late->last), "slack_days", step->slack, "free_slack_days",
        step->free_slack, "critical", step->critical, "done",
        print_json_day(done ? step->finished : DATE_NONE), "earliest_finish",
        print_json_day(step->early[PACE_EARLY].last), "latest_finish",
        print_json_day(step->early[PACE_LATE].last), "begin_by",
        print_json_day(done ? DATE_NONE : step->begin_by), "finish_by",
        print_json_day(done ? DATE_NONE : step->finish_by));
}

static void add_actions(const struct timeline *t, const struct step_list *list, const char *kind,
                        json_t *out)
{
    for (size_t i = 0; i < list->count; i++) {
        const struct step *step = list->at[i];
        json_array_append_new(out, json_pack(
            "{s:s,s:o,s:s,s:s,s:o,s:o}", "id", step->activity->id, "row", json_row(t, step),
            "task", step->activity->task->id, "kind", kind, "title",
            json_words(t, step, schedule_step_name), "last_day",
            print_json_day(step_last_day(step))));
    }
}

static json_t *json_help(const struct timeline *t)
{
    struct schedule_help help[SCHEDULE_HELP_MAX];
    size_t count = schedule_help(t->schedule, help);
    json_t *out = json_array();

    for (size_t i = 0; i < count; i++)
        json_array_append_new(out, json_pack("{s:s,s:o,s:i}", "id", help[i].step->activity->id,
                                             "row", json_row(t, help[i].step), "days",
                                             help[i].days));
    return out;
}

static json_t *json_gone(const struct timeline *t)
{
    json_t *out = json_array();

    for (size_t i = 0; i < t->schedule->gone_count; i++)
        json_array_append_new(out, json_pack(
            "{s:s,s:o,s:o}", "id", t->schedule->gone[i].activity->id, "row",
            json_row(t, &t->schedule->gone[i]), "reason",
            json_words(t, &t->schedule->gone[i], schedule_gone_text)));
    return out;
}

static void print_timeline(const struct timeline *t)
{
    const struct schedule *schedule = t->schedule;
    json_t *activities = json_array(), *actions = json_array();
    struct step_list list = { 0 };
    int margin;

    for (size_t i = 0; i < schedule->count; i++)
        json_array_append_new(activities, step_json(t, &schedule->steps[i]));
    schedule_actions(schedule, &list);
    add_actions(t, &list, "do", actions);
    schedule_waits(schedule, &list);
    add_actions(t, &list, "wait", actions);
    step_list_free(&list);
    print_json(json_pack(
        "{s:o,s:o,s:{s:o,s:o,s:o},s:o,s:o,s:o,s:o,s:o}", "today", print_json_day(schedule->today),
        "target", print_json_day(schedule->target), "finish", "early",
        print_json_day(schedule->finish[PACE_EARLY]), "typ",
        print_json_day(schedule->finish[PACE_TYPICAL]), "late",
        print_json_day(schedule->finish[PACE_LATE]), "margin_days",
        schedule_margin(schedule, PACE_TYPICAL, &margin) ? json_integer(margin) : json_null(),
        "activities", activities, "actions_today", actions, "help", json_help(t), "not_needed",
        json_gone(t)));
}

/* ---- text ---- */

static void print_steps(const struct timeline *t, const struct step_list *list,
                        const char *heading)
{
    if (list->count == 0)
        return;
    printf("\n%s\n", tr_text(t->tr, heading));
    for (size_t i = 0; i < list->count; i++) {
        struct buf line = BUF_INIT;
        schedule_step_name(t->plan, list->at[i], t->tr, &line);
        buf_add(&line, ", ");
        schedule_step_when(t->schedule, list->at[i], t->tr, &line);
        printf("  %s\n", line.text);
        buf_clear(&line);
        schedule_owner_name(t->plan, list->at[i], t->tr, &line);
        printf("    %s\n", line.text);
        buf_free(&line);
    }
}

static void print_help(const struct timeline *t)
{
    struct schedule_help help[SCHEDULE_HELP_MAX];
    size_t count = schedule_help(t->schedule, help);
    int margin;

    if (!schedule_margin(t->schedule, PACE_TYPICAL, &margin) || margin >= 0 || count == 0)
        return;
    printf("\n%s\n", tr_text(t->tr, "What would help most"));
    for (size_t i = 0; i < count; i++) {
        struct buf line = BUF_INIT;
        schedule_help_text(t->plan, &help[i], t->tr, &line);
        printf("  %s\n", line.text);
        buf_free(&line);
    }
}

/* Every step with its days; "*" marks the critical ones. */
static void print_all(const struct timeline *t)
{
    printf("\n%s\n", tr_text(t->tr, "All activities (* critical)"));
    for (size_t i = 0; i < t->schedule->count; i++) {
        const struct step *step = &t->schedule->steps[i];
        struct buf line = BUF_INIT;
        buf_add(&line, step->critical ? "* " : "  ");
        schedule_span(&step->early[PACE_TYPICAL], t->tr, &line);
        buf_add(&line, line.length > 2 ? "  " : "");
        schedule_step_name(t->plan, step, t->tr, &line);
        buf_add(&line, ", ");
        schedule_step_when(t->schedule, step, t->tr, &line);
        printf("%s\n", line.text);
        buf_free(&line);
    }
}

static void print_text(const struct timeline *t)
{
    struct step_list list = { 0 };
    struct buf verdict = BUF_INIT;

    schedule_verdict(t->schedule, t->tr, &verdict);
    printf("%s\n", verdict.length ? verdict.text
                                  : tr_text(t->tr, "There is nothing to schedule."));
    print_help(t);
    schedule_actions(t->schedule, &list);
    print_steps(t, &list, N_("Do now"));
    schedule_waits(t->schedule, &list);
    print_steps(t, &list, N_("Waiting for others"));
    if (t->schedule->count > 0)
        print_all(t);
    step_list_free(&list);
    buf_free(&verdict);
}

int cmd_timeline(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    struct schedule *schedule;
    struct timeline t;

    if (app_open_schedule(app, app->args[0], &plan, &schedule, &err))
        return app_fail(&err);
    t = (struct timeline){ plan, schedule, &app->tr };
    (app->options.json ? print_timeline : print_text)(&t);
    schedule_free(schedule);
    plan_close(plan);
    return 0;
}
