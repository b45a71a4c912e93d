/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * import, export: answers and files.
 */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cmd.h"
#include "core/card_notes.h"
#include "core/plan.h"
#include "core/row_import.h"
#include "import_print.h"
#include "io/answers_yaml.h"
#include "io/card_json.h"
#include "io/csv_table.h"
#include "io/file.h"

enum { IMPORT_MAX = 8 << 20 };

struct import_report {
    const char *file;
    bool quiet;
    int changes;
};

static void report_change(void *data, int line, int col, const char *message)
{
    struct import_report *report = data;

    report->changes++;
    if (!report->quiet)
        printf("%s:%d:%d: %s\n", report->file, line, col, message);
}

static int import_answers(struct app *app, struct plan *plan, const struct buf *text,
                          struct err *err)
{
    struct import_report report = { app->args[1], app->options.quiet, 0 };
    int code = answers_import(plan, text->text, text->length, app->args[1], app->options.dry_run,
                              &app->tr, report_change, &report, err);

    if (!code && !app->options.quiet) {
        printf(tr_plural(&app->tr, "%d answer changed.", "%d answers changed.",
                         (unsigned long)report.changes), report.changes);
        putchar('\n');
    }
    return code;
}

static int import_tests(struct app *app, struct plan *plan, const struct buf *text,
                        struct err *err)
{
    struct import_printer printer = { stdout, app->args[1] };
    struct card_results results = { 0 };
    int code = card_json_read(&results, text->text, text->length, app->args[1],
                              plan->schema->cards, err);

    if (!code)
        code = import_cards(app, plan, &results, &printer, err);
    card_results_free(&results);
    return code;
}

/* Answers, or results of card tests. */
static int import_text(struct app *app, struct plan *plan, struct err *err)
{
    struct buf text = BUF_INIT;
    int code = file_read(&text, app->args[1], IMPORT_MAX, err);

    if (!code && plan->schema->cards && card_json_is(text.text, text.length))
        code = import_tests(app, plan, &text, err);
    else if (!code)
        code = import_answers(app, plan, &text, err);
    buf_free(&text);
    return code;
}

static void print_rows(const struct app *app, const struct row_import *import)
{
    struct import_printer printer = { stdout, app->args[1] };
    struct buf summary = BUF_INIT;

    row_import_tell(import, &app->tr, import_print, &printer);
    import_counts_text(import->counts, &app->tr, &summary);
    puts(summary.text);
    if (app->options.dry_run)
        puts(tr_text(&app->tr, "Nothing was changed."));
    buf_free(&summary);
}

static int import_rows(struct app *app, struct plan *plan, struct err *err)
{
    struct table table;
    struct row_import *import = NULL;
    int code = csv_table_read(&table, app->args[1], app->args[1], SCHEMA_ROWS_MAX + 1, err);

    if (!code)
        code = row_import_new(&import, plan, &table, err);
    if (!code && !app->options.dry_run)
        code = row_import_commit(import, err);
    if (!code && !app->options.quiet)
        print_rows(app, import);
    row_import_free(import);
    table_free(&table);
    return code;
}

int cmd_import(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    enum store_mode mode = app->options.dry_run ? STORE_READ : STORE_WRITE;
    int code = app_open(app, app->args[0], mode, &plan, &err);

    if (!code)
        code = (csv_table_is_name(app->args[1]) ? import_rows : import_text)(app, plan, &err);
    plan_close(plan);
    return code ? app_fail(&err) : 0;
}

static int export_format(const char *name, enum answers_format *out)
{
    *out = name && strcmp(name, "json") == 0 ? ANSWERS_JSON : ANSWERS_YAML;
    return !name || *out == ANSWERS_JSON || strcmp(name, "yaml") == 0 ? 0 : -1;
}

int cmd_export(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct buf out = BUF_INIT;
    struct plan *plan;
    enum answers_format format;
    int code = 0;

    if (export_format(app->options.format, &format))
        return app_fail_text(ERR_USAGE, "%s",
                             tr_text(&app->tr, "--format of export is yaml or json"));
    code = app_open(app, app->args[0], STORE_READ, &plan, &err);
    if (!code) {
        answers_export(plan, format, &app->tr, &out);
        plan_close(plan);
        code = file_write(app->options.output ? app->options.output : "-", out.text, out.length,
                          &err);
    }
    buf_free(&out);
    return code ? app_fail(&err) : 0;
}
