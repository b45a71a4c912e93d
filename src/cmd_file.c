/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * import, export, print, documents: plans and files.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "cmd.h"
#include "core/card_notes.h"
#include "core/plan.h"
#include "core/row_import.h"
#include "import_print.h"
#include "io/answers_yaml.h"
#include "io/card_json.h"
#include "io/csv_table.h"
#include "io/file.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

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

int app_unknown_document(const struct app *app, const char *name)
{
    const struct schema *schema = app->content.schema;
    const char **ids = xcalloc(schema->document_count + 1, sizeof *ids), *near;
    int status;

    for (size_t i = 0; i < schema->document_count; i++)
        ids[i] = schema->documents[i].id;
    near = schema_nearest(name, ids, schema->document_count);
    status = app_fail_text(
        ERR_USAGE,
        tr_text(&app->tr, near ? N_("there is no document \"%s\"; did you mean \"%s\"?")
                               : N_("there is no document \"%s\"; see kantapolku documents")),
        name, near);
    free(ids);
    return status;
}

static bool has_format(const struct document *document, const char *format)
{
    for (size_t i = 0; document->formats && document->formats[i]; i++)
        if (strcmp(document->formats[i], format) == 0)
            return true;
    return false;
}

/* A print is noted in the plan, so that the next one can tell what has changed. A plan that
 * another holds is printed all the same. */
static void note_print(struct app *app, const char *document)
{
    void *store;

    if (store_open(&store, app->args[0], STORE_WRITE, app->today, &app->tr, NULL) == 0) {
        store_sqlite_ops.note_print(store, document, lang_code(app->tr.lang), NULL);
        store_sqlite_ops.close(store);
    }
}

/* What is to be printed: the plan as it is now, or a version that was kept. */
static int document_to_print(struct app *app, struct plan *plan, const struct document *document,
                             struct doc **out, struct err *err)
{
    char *end = NULL;
    long number;

    if (!app->options.kept) {
        *out = doc_build(plan, document, &app->tr);
        return 0;
    }
    number = strtol(app->options.kept, &end, 10);
    return app_kept_document(app, plan, document, number > INT_MAX ? INT_MAX : (int)number, out,
                             err);
}

static int print_document(struct app *app, struct plan *plan, const struct document *document,
                          const struct writer *writer, struct err *err)
{
    struct buf out = BUF_INIT;
    struct doc *doc = NULL;
    int code = document_to_print(app, plan, document, &doc, err);

    if (!code)
        writer->write(doc, &app->tr, &out);
    doc_free(doc);
    plan_close(plan);
    if (!code)
        code = file_write(app->options.output ? app->options.output : "-", out.text, out.length,
                          err);
    if (!code && !app->options.kept)
        note_print(app, document->id);
    buf_free(&out);
    return code;
}

int cmd_print(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    const char *format = app->options.format ? app->options.format : "text";
    const struct writer *writer = writer_find(format);
    const struct document *document;

    if (app_open(app, app->args[0], STORE_READ, &plan, &err))
        return app_fail(&err);
    document = schema_document(app->content.schema, app->args[1]);
    if (!document || !writer || !has_format(document, format)) {
        plan_close(plan);
        return document ? app_fail_text(ERR_USAGE,
                                        tr_text(&app->tr, "%s is not printed as \"%s\""),
                                        document->id, format)
                        : app_unknown_document(app, app->args[1]);
    }
    return print_document(app, plan, document, writer, &err) ? app_fail(&err) : 0;
}

int cmd_documents(struct app *app)
{
    struct err err = { .tr = &app->tr };
    int code = app_load(app, &err);

    if (code)
        return app_fail(&err);
    for (size_t i = 0; i < app->content.schema->document_count; i++) {
        const struct document *document = &app->content.schema->documents[i];
        printf("  %s  %s (", document->id, text_get(&document->title, app->tr.lang));
        for (size_t f = 0; document->formats && document->formats[f]; f++)
            printf("%s%s", f ? " " : "", document->formats[f]);
        printf(")\n");
    }
    return 0;
}
