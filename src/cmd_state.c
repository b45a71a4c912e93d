/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * status and check: how far the plan is, and what is wrong.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "cmd.h"
#include "core/completeness.h"
#include "core/plan.h"
#include "core/rights_check.h"
#include "core/schedule.h"
#include "core/versions.h"
#include "core/why.h"
#include "print_json.h"

/* ---- status ---- */

static json_t *task_json(const struct plan *plan, const struct task *task,
                         const struct task_state *state, const struct tr *tr)
{
    json_t *blocked = json_array();

    for (size_t i = 0; task->depends && task->depends[i]; i++)
        if (engine_task_blocks(plan->engine, task->depends[i]))
            json_array_append_new(blocked, json_string(task->depends[i]->id));
    return json_pack("{s:s,s:s,s:s,s:i,s:i,s:o}", "id", task->id, "title",
                     text_get(&task->title, tr->lang), "status", task_status_name(state->status),
                     "answered", state->answered, "required", state->required, "blocked_by",
                     blocked);
}

/* What to do next in a task: its first problem, else its first open question. */
static const struct place *next_place(const struct task_state *state)
{
    if (state->status == TASK_CANNOT_START || state->status == TASK_DONE)
        return NULL;
    if (state->first_problem.item)
        return &state->first_problem;
    return state->first_open.item ? &state->first_open : NULL;
}

/* Days to the day on which the provider wants to be in production; false when it is not known. */
static bool days_left(const struct plan *plan, int *days)
{
    const struct item *item = schema_item(plan->schema, "target_date");
    const char *value = item ? engine_value(plan->engine, item, NULL) : NULL;
    int target = value ? date_parse_iso(value) : DATE_NONE;

    *days = target - plan->today;
    return target != DATE_NONE;
}

/* ---- the plan that the provider writes, and its kept versions ---- */

static json_t *tally_json(const struct tally *tally)
{
    json_t *out = json_object();

    for (int i = 0; i < STANDING_COUNT; i++)
        json_object_set_new(out, standing_word((enum standing)i), json_integer(tally->of[i]));
    return out;
}

/* How far each point of the law is. */
static json_t *points_json(const struct plan *plan)
{
    const struct requirements *all = plan->schema->requirements;
    const struct list *points = all ? all->points : NULL;
    json_t *out = json_array();

    for (size_t i = 0; points && i < points->choice_count; i++) {
        struct tally tally = tally_point(plan, points->choices[i].id);
        json_array_append_new(out, json_pack("{s:s,s:o}", "id", points->choices[i].id,
                                             "requirements", tally_json(&tally)));
    }
    return out;
}

static json_t *versions_json(const struct plan *plan)
{
    struct versions versions;
    json_t *out = json_array();

    versions_read(plan, NULL, &versions, NULL);
    for (size_t i = 0; i < versions.count; i++) {
        const struct version *version = &versions.at[i];
        json_array_append_new(
            out, json_pack("{s:s,s:i,s:s,s:s,s:s,s:s}", "document", version->document, "version",
                           version->number, "lang", version->lang, "approved_on",
                           version->approved_on, "approved_by", version->approved_by, "kept_at",
                           version->at));
    }
    versions_free(&versions);
    return out;
}

/* Nothing as long as nobody has begun with the requirements. */
static void requirements_text(const struct plan *plan, const struct tr *tr)
{
    struct tally tally = tally_all(plan);

    if (tally.of[STANDING_OPEN] + tally.of[STANDING_ASIDE] == tally.all)
        return;
    printf(tr_text(tr, "Requirements of the security plan: %d in place, %d planned, %d open"),
           tally.of[STANDING_IN_PLACE] + tally.of[STANDING_NOT_US], tally.of[STANDING_PLANNED],
           tally.of[STANDING_OPEN]);
    putchar('\n');
}

/* The last version of each document that has one. */
static void versions_text(const struct plan *plan, const struct tr *tr)
{
    struct versions versions;
    char day[32];

    versions_read(plan, NULL, &versions, NULL);
    for (size_t i = 0; i < versions.count; i++) {
        const struct version *version = &versions.at[i];
        const struct document *document = schema_document(plan->schema, version->document);
        if (i + 1 < versions.count && strcmp(version->document, version[1].document) == 0)
            continue;
        date_text(date_parse_iso(version->approved_on), tr->lang, day, sizeof day);
        printf("%s: ", document ? text_get(&document->title, tr->lang) : version->document);
        printf(tr_text(tr, "version %d, approved %s"), version->number, day);
        putchar('\n');
    }
    versions_free(&versions);
}

/* What the schedule has to do today, most urgent first. */
static void put_steps(const struct plan *plan, const struct schedule *schedule,
                      const struct tr *tr, json_t *out)
{
    struct step_list list = { 0 };

    schedule_actions(schedule, &list);
    for (size_t i = 0; i < list.count; i++) {
        const struct activity *activity = list.at[i]->activity;
        struct buf name = BUF_INIT;
        char day[11];
        schedule_step_name(plan, list.at[i], tr, &name);
        date_iso(step_last_day(list.at[i]), day);
        json_array_append_new(out, json_pack(
            "{s:s,s:s?,s:s,s:s,s:s}", "task", activity->task->id, "item",
            activity->finish ? activity->finish->id : NULL, "title", name.text, "activity",
            activity->id, "last_day", day));
        buf_free(&name);
    }
    step_list_free(&list);
}

/* The first place to go on in a task. */
static void put_place(const struct plan *plan, const struct task *task, const struct place *place,
                      const struct tr *tr, json_t *out)
{
    struct buf name = BUF_INIT;

    plan_place_name(plan, place, tr, &name);
    json_array_append_new(out, json_pack("{s:s,s:s,s:s}", "task", task->id, "item",
                                         place->item->id, "title", name.text));
    buf_free(&name);
}

static void status_json(const struct plan *plan, const struct schedule *schedule,
                        const struct tr *tr)
{
    int days;
    json_t *tasks = json_array(), *next = json_array();

    put_steps(plan, schedule, tr, next);
    for (size_t i = 0; i < plan->schema->task_count; i++) {
        const struct task *task = &plan->schema->tasks[i];
        struct task_state state;
        engine_task(plan->engine, task, &state);
        if (!state.relevant)
            continue;
        json_array_append_new(tasks, task_json(plan, task, &state, tr));
        if (next_place(&state))
            put_place(plan, task, next_place(&state), tr, next);
    }
    print_json(json_pack("{s:o,s:o,s:o,s:o,s:o}", "tasks", tasks, "next", next, "days_left",
                         days_left(plan, &days) ? json_integer(days) : json_null(), "points",
                         points_json(plan), "versions", versions_json(plan)));
}

/* The next question of a task, and the next step of the schedule with its last day. */
static void print_next(const struct plan *plan, const struct schedule *schedule,
                       const struct task *task, const struct task_state *state,
                       const struct tr *tr)
{
    const struct place *place = next_place(state);
    const struct step *step = schedule_next_of_task(schedule, task);
    struct buf next = BUF_INIT;

    if (place) {
        plan_place_name(plan, place, tr, &next);
        printf("  %s: %s\n", tr_text(tr, "next"), next.text);
        buf_clear(&next);
    }
    if (step) {
        schedule_step_name(plan, step, tr, &next);
        buf_add(&next, ", ");
        schedule_step_when(schedule, step, tr, &next);
        printf("  %s\n", next.text);
    }
    buf_free(&next);
}

static void status_text(const struct plan *plan, const struct schedule *schedule,
                        const struct tr *tr)
{
    int days;

    for (size_t i = 0; i < plan->schema->task_count; i++) {
        const struct task *task = &plan->schema->tasks[i];
        struct task_state state;
        engine_task(plan->engine, task, &state);
        if (!state.relevant)
            continue;
        printf("%s: %s", text_get(&task->title, tr->lang),
               tr_text(tr, plan_status_words(task, state.status)));
        if (task->form)
            printf(", %d / %d", state.answered, state.required);
        putchar('\n');
        print_next(plan, schedule, task, &state, tr);
    }
    requirements_text(plan, tr);
    versions_text(plan, tr);
    if (days_left(plan, &days)) {
        printf(tr_plural(tr, "%d day to the planned start", "%d days to the planned start",
                         (unsigned long)(days < 0 ? -days : days)), days);
        putchar('\n');
    }
}

int cmd_status(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    struct schedule *schedule;

    if (app_open_schedule(app, app->args[0], &plan, &schedule, &err))
        return app_fail(&err);
    (app->options.json ? status_json : status_text)(plan, schedule, &app->tr);
    schedule_free(schedule);
    plan_close(plan);
    return 0;
}

/* ---- check ---- */

static const char *finding_id(const struct finding *finding)
{
    static const char *const ids[] = {
        [FINDING_VALUE] = "value", [FINDING_ROWS] = "rows", [FINDING_RULE] = "rule",
        [FINDING_MISSING] = "missing", [FINDING_UNSURE] = "unsure",
    };

    if (finding->rights)
        return finding->rights->check->id;
    return finding->rule ? finding->rule->id : ids[finding->kind];
}

static json_t *finding_json(const struct plan *plan, const struct finding *finding,
                            const struct tr *tr)
{
    const struct item *item = finding->place.item;
    const struct item *repeat = finding->rule ? finding->rule->each : NULL;
    struct buf message = BUF_INIT, remedy = BUF_INIT, source = BUF_INIT;
    json_t *out, *row = json_null();

    plan_finding_text(plan, finding, tr, &message);
    plan_finding_remedy(plan, finding, tr, &remedy);
    if (finding->rights)
        plan_text(plan, &finding->rights->check->source, tr, &source);
    else if (finding->rule)
        why_source(plan, &finding->rule->source, tr, &source);
    else if (item)
        why_source(plan, item->source.title.in[0] ? &item->source : &item->form->source, tr,
                   &source);
    if (finding->place.row && (repeat || (item && item->repeat))) {
        repeat = repeat ? repeat : item->repeat;
        json_decref(row);
        row = json_integer(answers_row_position(plan->answers, repeat, finding->place.row) + 1);
    }
    out = json_pack("{s:s,s:s,s:s,s:o,s:o,s:s,s:o,s:o}", "id", finding_id(finding), "severity",
                    severity_name(finding->severity), "task", finding->task->id, "item",
                    item ? json_string(item->id) : json_null(), "row", row, "message",
                    message.text, "remedy", print_json_text(&remedy), "source",
                    print_json_text(&source));
    buf_free(&message);
    buf_free(&remedy);
    buf_free(&source);
    return out;
}

static void check_json(const struct app *app, const struct plan *plan,
                       const struct findings *findings, const int *counts)
{
    json_t *list = json_array();
    char today[11];

    for (size_t i = 0; i < findings->count; i++)
        json_array_append_new(list, finding_json(plan, &findings->at[i], &app->tr));
    date_iso(plan->today, today);
    print_json(json_pack("{s:s,s:s,s:o,s:{s:i,s:i,s:i}}", "plan", app->args[0], "today", today,
                         "findings", list, "counts", "error", counts[SEVERITY_ERROR], "warning",
                         counts[SEVERITY_WARNING], "note", counts[SEVERITY_NOTE]));
}

static void check_text(const struct plan *plan, const struct findings *findings,
                       const int *counts, const struct tr *tr)
{
    static const char *const words[] = {
        [SEVERITY_ERROR] = N_("error"), [SEVERITY_WARNING] = N_("warning"),
        [SEVERITY_NOTE] = N_("note"),
    };

    for (size_t i = 0; i < findings->count; i++) {
        const struct finding *finding = &findings->at[i];
        struct buf line = BUF_INIT, remedy = BUF_INIT;
        plan_finding_text(plan, finding, tr, &line);
        plan_finding_remedy(plan, finding, tr, &remedy);
        printf("%s: %s: %s\n", tr_text(tr, words[finding->severity]),
               text_get(&finding->task->title, tr->lang), line.text);
        if (remedy.length)
            printf("  %s\n", remedy.text);
        buf_free(&line);
        buf_free(&remedy);
    }
    printf("%s: %d, %s: %d, %s: %d\n", tr_text(tr, "errors"), counts[SEVERITY_ERROR],
           tr_text(tr, "warnings"), counts[SEVERITY_WARNING], tr_text(tr, "notes"),
           counts[SEVERITY_NOTE]);
}

int cmd_check(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    struct findings findings = { 0 };
    int counts[SEVERITY_NOTE + 1] = { 0 };
    int code = app_open(app, app->args[0], STORE_READ, &plan, &err);

    if (code)
        return app_fail(&err);
    engine_findings(plan->engine, &findings);
    for (size_t i = 0; i < findings.count; i++)
        counts[findings.at[i].severity]++;
    if (app->options.json)
        check_json(app, plan, &findings, counts);
    else
        check_text(plan, &findings, counts, &app->tr);
    findings_free(&findings);
    plan_close(plan);
    return counts[SEVERITY_ERROR] ? 1 : 0;
}
