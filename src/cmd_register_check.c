/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * register check PLAN: the plan's units held against the organisation register.
 */
#include "cmd_register_check.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cmd.h"
#include "core/plan.h"
#include "print_json.h"
#include "register_cache.h"

/* ---- for people ---- */

static void print_line(const char *prefix, const struct buf *text)
{
    if (text->length)
        printf("%s%s\n", prefix, text->text);
}

static void print_finding(const struct app *app, const struct plan *plan,
                          const struct register_report *report,
                          const struct register_finding *finding)
{
    struct buf text = BUF_INIT, remedy = BUF_INIT, contacts = BUF_INIT;

    register_finding_text(plan, report, finding, &app->tr, &text);
    register_finding_remedy(plan, finding, &app->tr, &remedy);
    register_finding_contacts(plan, finding, &app->tr, &contacts);
    printf("%s\t%s\n", severity_name(finding->severity), text.text);
    print_line("\t", &remedy);
    printf("\t%s %s\n", tr_text(&app->tr, "Ask:"), contacts.text);
    buf_free(&text);
    buf_free(&remedy);
    buf_free(&contacts);
}

static void print_report(const struct app *app, const struct plan *plan,
                         const struct register_report *report)
{
    struct buf text = BUF_INIT;

    register_state_text(plan, report->result.state, &app->tr, &text);
    print_line("", &text);
    buf_clear(&text);
    register_state_more(plan, report->result.state, &app->tr, &text);
    print_line("", &text);
    buf_clear(&text);
    register_age_text(plan, report, &app->tr, &text);
    if (!text.length)
        register_note_text(plan, "where", &app->tr, &text);
    print_line("", &text);
    for (size_t i = 0; i < report->result.count; i++)
        print_finding(app, plan, report, &report->result.at[i]);
    buf_free(&text);
}

/* ---- for programs ---- */

static void set_text(json_t *object, const char *key, const struct buf *text)
{
    json_object_set_new(object, key, print_json_text(text));
}

static void set_day(json_t *object, const char *key, int day)
{
    json_object_set_new(object, key, print_json_day(day));
}

static json_t *finding_json(const struct app *app, const struct plan *plan,
                            const struct register_report *report,
                            const struct register_finding *finding)
{
    struct place place = register_finding_place(plan, report, finding);
    struct buf text = BUF_INIT;
    json_t *object = json_object();

    json_object_set_new(object, "id", json_string(register_message_id(finding->message)));
    json_object_set_new(object, "rank", json_integer(finding->message + 1));
    json_object_set_new(object, "level", json_integer(finding->level));
    json_object_set_new(object, "severity", json_string(severity_name(finding->severity)));
    json_object_set_new(object, "item", print_json_word(place.item ? place.item->id : NULL));
    json_object_set_new(object, "row", print_json_word(place.row));
    register_finding_text(plan, report, finding, &app->tr, &text);
    set_text(object, "message", &text);
    buf_clear(&text);
    register_finding_remedy(plan, finding, &app->tr, &text);
    set_text(object, "remedy", &text);
    buf_clear(&text);
    register_finding_contacts(plan, finding, &app->tr, &text);
    set_text(object, "contact", &text);
    buf_free(&text);
    return object;
}

static json_t *register_json(const struct register_report *report)
{
    const struct register_picture *picture = &report->picture;
    json_t *object = json_object();

    if (!picture->imported) {
        json_decref(object);
        return json_null();
    }
    json_object_set_new(object, "file", print_json_word(picture->file));
    json_object_set_new(object, "sha256", print_json_word(picture->digest));
    set_day(object, "date", picture->file_date);
    json_object_set_new(object, "days", report->result.age < 0 ? json_null()
                                                               : json_integer(report->result.age));
    set_day(object, "again", report->result.again);
    json_object_set_new(object, "from_plan", json_boolean(report->from_plan));
    return object;
}

static json_t *levels_json(const struct register_report *report)
{
    static const char *const names[] = { "open", "clear", "note", "warning", "error" };
    json_t *levels = json_array();

    for (int i = 0; i < REGCHECK_LEVELS; i++)
        json_array_append_new(levels, json_string(names[report->result.level[i]]));
    return levels;
}

static void report_json(const struct app *app, const struct plan *plan, const char *path,
                        const struct register_report *report)
{
    json_t *object = json_object(), *findings = json_array();

    for (size_t i = 0; i < report->result.count; i++)
        json_array_append_new(findings, finding_json(app, plan, report, &report->result.at[i]));
    json_object_set_new(object, "plan", json_string(path));
    set_day(object, "today", plan->today);
    json_object_set_new(object, "state", json_string(register_state_id(report->result.state)));
    json_object_set_new(object, "register", register_json(report));
    json_object_set_new(object, "levels", levels_json(report));
    json_object_set_new(object, "findings", findings);
    print_json(object);
}

/* ---- the command ---- */

static bool has_errors(const struct register_result *result)
{
    for (size_t i = 0; i < result->count; i++)
        if (result->at[i].severity == SEVERITY_ERROR)
            return true;
    return false;
}

/* What was found stays in the plan when it can be written; a plan that is open elsewhere is
 * checked all the same. */
static int check_plan(struct app *app, struct plan *plan, const char *path, struct err *err)
{
    struct register_cache *cache = register_cache_new();
    struct register_lookup lookup = register_cache_lookup(cache);
    struct register_report report = { 0 };
    int code = register_plan_check(plan, &lookup, &report, err), found = 0;

    if (!code)
        code = register_plan_keep(plan, &report, err);
    if (!code && app->options.json)
        report_json(app, plan, path, &report);
    else if (!code)
        print_report(app, plan, &report);
    found = has_errors(&report.result);
    register_report_free(&report);
    register_cache_free(cache);
    return code ? code : found;
}

int cmd_register_check(struct app *app)
{
    struct err err = { .tr = &app->tr };
    int first = app->arg_count > 1 && strcmp(app->args[0], "check") == 0;
    const char *path = app->args[first];
    struct plan *plan = NULL;
    int code;

    if (app->arg_count != first + 1)
        return app_fail_text(ERR_USAGE, tr_text(&app->tr, N_("usage: kantapolku%s%s %s")),
                             " register", " check", "PLAN");
    code = app_open(app, path, STORE_WIZARD, &plan, &err);
    if (code)
        return app_fail(&err);
    if (!register_plan_can(plan))
        code = err_set(&err, ERR_INPUT, N_("%s is missing"), "data/register_messages.yaml");
    else
        code = check_plan(app, plan, path, &err);
    plan_close(plan);
    return code < 0 ? app_fail(&err) : code;
}
