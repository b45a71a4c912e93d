/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * print, documents: a plan as paper and files.
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "cmd.h"
#include "core/plan.h"
#include "io/file.h"
#include "io/printer.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

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

/* What --format says; else what the name of the file says; else PDF for a printer and text. */
static const struct writer *choose_writer(const struct options *options)
{
    const struct writer *writer = NULL;

    if (options->format)
        return writer_find(options->format);
    if (options->output)
        writer = writer_for_file(options->output);
    return writer ? writer : writer_find(options->printer ? "pdf" : "text");
}

/* How the printer is to print; 0 when `--copies` is no number from 1 to 99. */
static int read_copies(const struct options *options)
{
    char *end = NULL;
    long copies = options->copies ? strtol(options->copies, &end, 10) : 1;

    return (end && (*end || end == options->copies)) || copies < 1 || copies > 99 ? 0
                                                                                  : (int)copies;
}

/* Checks what only belongs together with --printer. */
static int check_printer(const struct app *app, const struct writer *writer)
{
    const struct options *options = &app->options;

    if (!options->printer && (options->copies || options->duplex))
        return app_fail_text(ERR_USAGE, "%s", tr_text(&app->tr, "--copies and --duplex need "
                                                                 "--printer"));
    if (options->printer && strcmp(writer->format, "pdf") != 0)
        return app_fail_text(ERR_USAGE, "%s", tr_text(&app->tr, "a printer gets a document as "
                                                                 "pdf only"));
    if (read_copies(options) == 0)
        return app_fail_text(ERR_USAGE, "%s", tr_text(&app->tr, "--copies is a number from 1 to "
                                                                 "99"));
    return 0;
}

/* To the printer, the file, or both; without either to standard output. */
static int deliver(const struct app *app, const struct document *document, const struct buf *out,
                   struct err *err)
{
    const struct options *options = &app->options;
    struct printer_job job = { options->printer, text_get(&document->title, app->tr.lang),
                               read_copies(options), options->duplex };
    int code = 0;

    if (options->output || !options->printer)
        code = file_write(options->output ? options->output : "-", out->text, out->length, err);
    if (!code && options->printer)
        code = printer_send(&job, out->text, out->length, err);
    return code;
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
                          const struct writer *writer)
{
    struct err err = { .tr = &app->tr };
    struct buf out = BUF_INIT;
    struct doc *doc = NULL;
    int code = document_to_print(app, plan, document, &doc, &err);

    plan_close(plan);
    content_rest(&app->content);
    if (!code)
        code = writer_write(writer, doc, &app->tr, &out, &err);
    doc_free(doc);
    if (!code)
        code = deliver(app, document, &out, &err);
    if (!code && !app->options.kept)
        note_print(app, document->id);
    buf_free(&out);
    return code ? app_fail(&err) : 0;
}

int cmd_print(struct app *app)
{
    struct err err = { .tr = &app->tr };
    struct plan *plan = NULL;
    const struct writer *writer = choose_writer(&app->options);
    const struct document *document;
    int status = 0;

    if (app_open(app, app->args[0], STORE_READ, &plan, &err))
        return app_fail(&err);
    document = schema_document(app->content.schema, app->args[1]);
    if (!document)
        status = app_unknown_document(app, app->args[1]);
    else if (!writer || !has_format(document, writer->format))
        status = app_fail_text(ERR_USAGE, tr_text(&app->tr, "%s is not printed as \"%s\""),
                               document->id, writer ? writer->format : app->options.format);
    else
        status = check_printer(app, writer);
    if (status) {
        plan_close(plan);
        return status;
    }
    return print_document(app, plan, document, writer);
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
