/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * freeze: a document kept as it was approved; and printing it again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "cmd.h"
#include "core/plan.h"
#include "core/versions.h"
#include "kept.h"
#include "out/doc.h"

/* ---- which versions there are ---- */

static void print_version(const struct app *app, const struct plan *plan,
                          const struct version *version, bool last)
{
    const struct document *document = schema_document(plan->schema, version->document);
    const struct item **items = NULL;
    size_t count = 0;
    char day[32];

    date_text(date_parse_iso(version->approved_on), app->tr.lang, day, sizeof day);
    printf("%s %d (%s): ", version->document, version->number, version->lang);
    printf(tr_text(&app->tr, "approved %s, %s"), day, version->approved_by);
    if (last && document && versions_changes(plan, document, version->last_answer, INT64_MAX,
                                             &items, &count, NULL) == 0 && count > 0) {
        fputs("; ", stdout);
        printf(tr_plural(&app->tr, "%lu question has changed since",
                         "%lu questions have changed since", count), (unsigned long)count);
    }
    putchar('\n');
    free(items);
}

static int list_versions(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct versions versions = { NULL, 0, 0 };
    struct plan *plan = NULL;
    int code = app_open(app, app->args[0], STORE_READ, &plan, &err);

    if (!code)
        code = versions_read(plan, NULL, &versions, &err);
    for (size_t i = 0; !code && i < versions.count; i++)
        print_version(app, plan, &versions.at[i],
                      i + 1 == versions.count
                          || strcmp(versions.at[i].document, versions.at[i + 1].document) != 0);
    if (!code && versions.count == 0 && !app->options.quiet)
        puts(tr_text(&app->tr, "No version of a document has been kept."));
    versions_free(&versions);
    plan_close(plan);
    return code ? app_fail(&err) : 0;
}

/* ---- keeping ---- */

static int keep_next(struct app *app, struct plan *plan, const struct document *document,
                     struct err *err)
{
    int number, code = kept_add(plan, document, &app->tr, &number, err);

    if (!code && !app->options.quiet) {
        printf(tr_text(&app->tr, "Version %d of %s is kept and cannot be changed any more."),
               number, document->id);
        printf("\n%s kantapolku print %s %s --version %d\n", tr_text(&app->tr, "To print it:"),
               app->args[0], document->id, number);
    }
    return code;
}

int cmd_freeze(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    const struct document *document;
    int code;

    if (app->arg_count == 1)
        return list_versions(app);
    code = app_open(app, app->args[0], STORE_WRITE, &plan, &err);
    if (code)
        return app_fail(&err);
    document = schema_document(app->content.schema, app->args[1]);
    if (!document) {
        plan_close(plan);
        return app_unknown_document(app, app->args[1]);
    }
    code = keep_next(app, plan, document, &err);
    plan_close(plan);
    return code ? app_fail(&err) : 0;
}

/* ---- printing again ---- */

int app_kept_document(struct app *app, struct plan *plan, const struct document *document,
                      int number, struct doc **out, struct err *err)
{
    int code = kept_read(plan, document, number, out, err);

    if (code)
        return code;
    if (app->options.lang && strcmp(app->options.lang, lang_code((*out)->lang)) != 0) {
        code = err_set(err, ERR_USAGE, N_("version %d of %s was kept in another language: %s"),
                       number, document->id, lang_name((*out)->lang));
        doc_free(*out);
        *out = NULL;
        return code;
    }
    app->tr = app_tr(app, (*out)->lang);
    return 0;
}
