/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * import, export: answers and files.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd.h"
#include "core/plan.h"
#include "core/row_import.h"
#include "io/answers_yaml.h"
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

static int import_answers(struct app *app, struct plan *plan, struct err *err)
{
    struct import_report report = { app->args[1], app->options.quiet, 0 };
    struct buf text = BUF_INIT;
    int code = file_read(&text, app->args[1], IMPORT_MAX, err);

    if (!code)
        code = answers_import(plan, text.text, text.length, app->args[1], app->options.dry_run,
                              &app->tr, report_change, &report, err);
    buf_free(&text);
    if (!code && !app->options.quiet) {
        printf(tr_plural(&app->tr, "%d answer changed.", "%d answers changed.",
                         (unsigned long)report.changes), report.changes);
        putchar('\n');
    }
    return code;
}

/* Only what is wrong needs its place. */
static void print_row_words(void *data, enum import_words words, int line, int col,
                            const char *text)
{
    static const int indent[] = {
        [IMPORT_WORDS_NOTE] = 0, [IMPORT_WORDS_HEADING] = 0, [IMPORT_WORDS_ROW] = 2,
        [IMPORT_WORDS_DETAIL] = 4, [IMPORT_WORDS_REMARK] = 4,
    };
    struct buf clean = BUF_INIT;

    utf8_clean(&clean, text, strlen(text), UTF8_ONE_LINE);
    printf("%*s", indent[words], "");
    if (words == IMPORT_WORDS_REMARK)
        printf("%s:%d:%d: ", (const char *)data, line, col);
    puts(clean.text);
    buf_free(&clean);
}

static void print_rows(const struct app *app, const struct row_import *import)
{
    struct buf summary = BUF_INIT;

    row_import_tell(import, &app->tr, print_row_words, app->args[1]);
    row_import_summary(import, &app->tr, &summary);
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
        code = (csv_table_is_name(app->args[1]) ? import_rows : import_answers)(app, plan, &err);
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
