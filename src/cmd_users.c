/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * users: who has which right. `compare` holds the supplier's list of users against the matrix; `on`
 * tells who had which right on a day.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd.h"
#include "core/plan.h"
#include "core/rights_compare.h"
#include "core/rights_past.h"
#include "core/rights_text.h"
#include "io/csv_table.h"
#include "print_json.h"

enum { USERS_MAX = 20000 };

static void set_string(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, print_json_word(text));
}

static void set_day(json_t *object, const char *key, int day)
{
    json_object_set_new(object, key, print_json_day(day));
}

/* What a file or a plan says is made harmless before it reaches the terminal. */
static void print_line(const char *text)
{
    struct buf clean = BUF_INIT;

    utf8_clean(&clean, text, strlen(text), 0);
    printf("%s\n", clean.text);
    buf_free(&clean);
}

/* ---- compare ---- */

static void compare_json(const struct app *app, const struct rights *rights, const char *file,
                         const struct rights_comparison *found)
{
    json_t *object = json_object(), *list = json_array();
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < found->count; i++) {
        const struct rights_mismatch *one = &found->at[i];
        json_t *entry = json_object();
        set_string(entry, "id", rights_compare_id(one->kind));
        json_object_set_new(entry, "line", one->line ? json_integer(one->line) : json_null());
        set_string(entry, "user", one->user);
        set_string(entry, "person", one->person < 0 ? NULL : rights->people[one->person].name);
        buf_clear(&text);
        rights_mismatch_text(rights, one, &app->tr, &text);
        set_string(entry, "message", text.text);
        json_array_append_new(list, entry);
    }
    set_string(object, "file", file);
    set_day(object, "today", rights->today);
    json_object_set_new(object, "users", json_integer((json_int_t)found->rows));
    json_object_set_new(object, "agree", json_integer((json_int_t)found->agreeing));
    json_object_set_new(object, "differences", list);
    buf_free(&text);
    print_json(object);
}

static void compare_text(const struct app *app, const struct rights *rights, const char *file,
                         const struct rights_comparison *found)
{
    struct buf text = BUF_INIT;

    for (size_t i = 0; i < found->count; i++) {
        buf_clear(&text);
        if (found->at[i].line)
            buf_addf(&text, "%s:%d: ", file, found->at[i].line);
        rights_mismatch_text(rights, &found->at[i], &app->tr, &text);
        print_line(text.text);
    }
    buf_free(&text);
    if (!app->options.quiet)
        printf(tr_text(&app->tr, N_("Users in the list: %1$zu. In agreement: %2$zu. "
                                    "Differences: %3$zu.\n")),
               found->rows, found->agreeing, found->count);
}

static int compare(struct app *app, const struct plan *plan, const char *file, struct err *err)
{
    const struct rights *rights = engine_rights(plan->engine);
    struct rights_comparison found = { 0 };
    struct table table = { 0 };
    int code = csv_table_read(&table, file, file, USERS_MAX, err), differs;

    if (!code)
        code = rights_compare(rights, &table, &found, err);
    if (!code && app->options.json)
        compare_json(app, rights, file, &found);
    else if (!code)
        compare_text(app, rights, file, &found);
    differs = found.count > 0;
    rights_comparison_free(&found);
    table_free(&table);
    return code ? code : differs;
}

/* ---- on a day ---- */

static json_t *cells_json(const struct rights *rights, int assignment, int day)
{
    json_t *cells = json_object();
    char letters[24];

    for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
        uint16_t effective = rights_effective(rights, assignment, g, day);
        rights_letters(effective, letters);
        if (effective)
            set_string(cells, rights->data->groups->choices[g].id, letters);
    }
    return cells;
}

static void add_named(json_t *object, const char *key,
                      void (*name)(const struct rights *, int, const struct tr *, struct buf *),
                      const struct rights *rights, int at, const struct tr *tr)
{
    struct buf text = BUF_INIT;

    if (at >= 0)
        name(rights, at, tr, &text);
    set_string(object, key, at < 0 ? NULL : text.text);
    buf_free(&text);
}

static void on_json(const struct app *app, const struct rights_past *past)
{
    const struct rights *rights = past->rights;
    json_t *object = json_object(), *list = json_array();

    for (size_t a = 0; a < rights->assignment_count; a++) {
        const struct rights_assignment *of = &rights->assignments[a];
        json_t *entry;
        if (!rights_active(rights, (int)a, past->day))
            continue;
        entry = json_object();
        add_named(entry, "person", rights_person_name, rights, of->person, &app->tr);
        add_named(entry, "role", rights_role_name, rights, of->role, &app->tr);
        add_named(entry, "unit", rights_unit_name, rights, of->unit, &app->tr);
        add_named(entry, "register", rights_register_name, rights, of->reg, &app->tr);
        set_day(entry, "from", of->from);
        set_day(entry, "until", of->until);
        json_object_set_new(entry, "rights", cells_json(rights, (int)a, past->day));
        json_array_append_new(list, entry);
    }
    set_day(object, "day", past->day);
    json_object_set_new(object, "assignments", list);
    print_json(object);
}

static void on_text(const struct app *app, const struct rights_past *past)
{
    const struct rights *rights = past->rights;
    struct buf text = BUF_INIT;
    char letters[24];
    size_t shown = 0;

    for (size_t a = 0; a < rights->assignment_count; a++) {
        if (!rights_active(rights, (int)a, past->day))
            continue;
        buf_clear(&text);
        rights_assignment_name(rights, (int)a, &app->tr, &text);
        buf_add(&text, "; ");
        rights_unit_name(rights, rights->assignments[a].unit, &app->tr, &text);
        buf_add(&text, "; ");
        rights_register_name(rights, rights->assignments[a].reg, &app->tr, &text);
        buf_add(&text, ":");
        for (int g = 0; g < RIGHTS_GROUP_COUNT; g++) {
            rights_letters(rights_effective(rights, (int)a, g, past->day), letters);
            if (*letters)
                buf_addf(&text, " D%02d %s", g + 1, letters);
        }
        print_line(text.text);
        shown++;
    }
    if (!shown)
        printf("%s\n", tr_text(&app->tr, N_("Nobody had rights on that day.")));
    buf_free(&text);
}

static int on_day(struct app *app, const struct plan *plan, const char *word, struct err *err)
{
    struct rights_past past = { 0 };
    int day = date_parse(word, plan->today), code;

    if (day == DATE_NONE)
        return err_set(err, ERR_USAGE, N_("\"%s\" is no date"), word);
    code = rights_past_on(plan, day, &past, err);
    if (!code && app->options.json)
        on_json(app, &past);
    else if (!code)
        on_text(app, &past);
    rights_past_free(&past);
    return code;
}

/* ---- the command ---- */

int cmd_users(struct app *app)
{
    static const struct {
        const char *name;
        int (*run)(struct app *app, const struct plan *plan, const char *word, struct err *err);
    } parts[] = { { "compare", compare }, { "on", on_day } };
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    size_t part = 0;
    int code;

    while (part < countof(parts) && strcmp(parts[part].name, app->args[0]) != 0)
        part++;
    if (part == countof(parts))
        return app_fail_text(ERR_USAGE, tr_text(&app->tr, N_("usage: kantapolku%s%s %s")),
                             " users", "", "compare PLAN FILE | on PLAN DATE");
    code = app_open(app, app->args[1], STORE_READ, &plan, &err);
    if (code)
        return app_fail(&err);
    if (!engine_rights(plan->engine))
        code = err_set(&err, ERR_INPUT, N_("%s is missing"), "data/rights");
    else
        code = parts[part].run(app, plan, app->args[2], &err);
    plan_close(plan);
    return code < 0 ? app_fail(&err) : code;
}
