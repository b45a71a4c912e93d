/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * id, why, lint: questions to the program about identifiers, items and content.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"
#include "cmd.h"
#include "core/expr.h"
#include "core/identifiers.h"
#include "core/lint.h"
#include "core/plan.h"
#include "core/why.h"

/* ---- id ---- */

/* VALUE, state, canonical form, reason, with tabs between. Returns whether it is bad. */
static bool print_id(const struct app *app, const char *kind, const char *value)
{
    static const char *const states[] = { [ID_OK] = "ok", [ID_WARN] = "warn", [ID_BAD] = "bad" };
    struct id_result result = ID_RESULT_INIT;
    struct buf shown = BUF_INIT, reason = BUF_INIT, canonical = BUF_INIT;
    bool bad;

    /* what is shown has its invisible characters marked; what is checked has them still, so that
     * the reason can name them */
    utf8_clean(&shown, value, strlen(value), UTF8_ONE_LINE);
    id_check(kind, utf8_valid(value, strlen(value)) ? value : shown.text, &result);
    id_reason_text(&result, &app->tr, &reason);
    utf8_clean(&canonical, result.canonical.text, result.canonical.length, UTF8_ONE_LINE);
    printf("%s\t%s\t%s\t%s\n", shown.text, states[result.state], canonical.text, reason.text);
    bad = result.state == ID_BAD;
    buf_free(&shown);
    buf_free(&reason);
    buf_free(&canonical);
    id_result_free(&result);
    return bad;
}

static bool print_lines(const struct app *app, const char *kind)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    bool bad = false;

    while ((length = getline(&line, &room, stdin)) >= 0) {
        line[strcspn(line, "\r\n")] = 0;
        bad |= print_id(app, kind, line);
    }
    free(line);
    return bad;
}

int cmd_id(struct app *app)
{
    const char *kind = app->args[0];
    const char *const *kinds = id_kinds();
    bool known = false, bad = false;

    for (size_t i = 0; kinds[i]; i++)
        known |= strcmp(kinds[i], kind) == 0;
    if (!known) {
        struct buf list = BUF_INIT;
        for (size_t i = 0; kinds[i]; i++)
            buf_addf(&list, " %s", kinds[i]);
        app_fail_text(ERR_USAGE, tr_text(&app->tr, "unknown kind \"%s\"; the kinds are:%s"), kind,
                      list.text);
        buf_free(&list);
        return err_status(ERR_USAGE);
    }
    for (int i = 1; i < app->arg_count; i++)
        bad |= strcmp(app->args[i], "-") == 0 ? print_lines(app, kind)
                                              : print_id(app, kind, app->args[i]);
    return bad ? 1 : 0;
}

/* ---- why ---- */

int cmd_why(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan;
    const struct item *item = NULL;
    struct buf out = BUF_INIT;
    char row[24];
    int code = app_open(app, app->args[0], STORE_READ, &plan, &err);

    if (code)
        return app_fail(&err);
    code = plan_address(plan, app->args[1], &item, row, NULL, &err);
    if (!code) {
        why_all(plan, item, item->repeat ? row : NULL, &app->tr, &out);
        fputs(out.text, stdout);
    }
    buf_free(&out);
    plan_close(plan);
    return code ? app_fail(&err) : 0;
}

/* ---- lint ---- */

static void print_problem(void *data, const struct where *where, const char *message)
{
    int *count = data;

    ++*count;
    if (where && where->file)
        printf("%s:%d:%d: %s\n", where->file, where->line, where->col, message);
    else
        printf("%s\n", message);
}

int cmd_lint(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct expr_db *db = NULL;
    int problems = 0, code;

    app->place.image[0] = 0;      /* lint reads the YAML itself */
    code = content_load(&app->content, &app->place, print_problem, &problems, &err);
    if (code && problems == 0)
        return app_fail(&err);
    if (!code) {
        code = expr_db_new(&db, app->content.schema, app->today, &err);
        if (!code)
            lint_check(app->content.schema, db, print_problem, &problems);
        expr_db_free(db);
    }
    if (!app->options.quiet)
        printf(tr_plural(&app->tr, "%d problem\n", "%d problems\n", (unsigned long)problems),
               problems);
    return problems ? 1 : 0;
}
