/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The index page of a package: what is in it, and what the recipient will miss.
 */
#include "base/buf.h"
#include "base/err.h"
#include "base/tr.h"
#include "core/package.h"
#include "core/plan.h"
#include "core/versions.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/doc_sections.h"

/* What is told of a document beside its title: which version the package has of it. */
static void add_title(struct build *build, const struct document *document)
{
    struct versions kept = { 0 };
    struct buf text = BUF_INIT;
    struct err err = { 0 };
    buf_add(&text, text_get(&document->title, build->tr->lang));
    if (document->control != NULL && versions_read(build->plan, document, &kept, &err) == 0) {
        buf_add_char(&text, '\n');
        versions_now_text(build->plan, document, &kept, build->tr, &text);
    }
    doc_cell(build->doc, text.text);
    versions_free(&kept);
    buf_free(&text);
}

static void add_files(struct build *build, const struct package *package,
                      const char *const *names)
{
    const char *const headings[] = {
        tr_text(build->tr, "Document"), tr_text(build->tr, "For whom"), tr_text(build->tr, "File"),
    };
    const char *format;
    doc_section(build->doc, 1, tr_text(build->tr, "What is here"));
    doc_table(build->doc, BLOCK_TABLE, NULL, headings, 3);
    for (size_t i = 0; package->files[i] != NULL; i++) {
        const struct document *document =
            package_document(build->plan->schema, package->files[i], &format);
        struct buf audience = BUF_INIT;
        plan_text(build->plan, &document->audience, build->tr, &audience);
        add_title(build, document);
        doc_cell(build->doc, audience.text);
        doc_cell(build->doc, names[i]);
        buf_free(&audience);
    }
}

static void add_missing(struct build *build, const struct package *package)
{
    const struct doc_section tasks = { .of = package->tasks };
    doc_section(build->doc, 1, tr_text(build->tr, "What is still missing"));
    size_t begin = build->doc->count;
    show_findings(build, &tasks);
    show_open(build, &tasks);
    if (build->doc->count == begin)
        doc_paragraph(build->doc, tr_text(build->tr, "Nothing is missing here."));
}

struct doc *doc_build_package(const struct plan *plan, const struct package *package,
                              const char *const *names, const struct tr *tr)
{
    const struct document index = { .id = package->id, .title = package->title,
                                    .confidential = true };
    struct build build = { .plan = plan, .tr = tr, .document = &index };
    struct buf title = BUF_INIT, intro = BUF_INIT;
    plan_text(plan, &package->title, tr, &title);
    plan_text(plan, &package->intro, tr, &intro);
    build.doc = doc_new(package->id, tr->lang, title.text);
    engine_findings(plan->engine, &build.findings);
    build_header(&build);
    doc_title(build.doc, title.text);
    doc_field(build.doc, tr_text(tr, "Provider"), build.doc->provider, NULL);
    doc_field(build.doc, tr_text(tr, "Date"), build.doc->date, NULL);
    doc_paragraph(build.doc, intro.text);
    add_files(&build, package, names);
    add_missing(&build, package);
    findings_free(&build.findings);
    buf_free(&title);
    buf_free(&intro);
    return build.doc;
}
