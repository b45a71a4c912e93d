/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Hooks of the faces for documents: as text, as a file, on paper, kept, in a package.
 */
#include "face.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/err.h"
#include "base/tr.h"
#include "cmd.h"
#include "core/package.h"
#include "core/plan.h"
#include "core/print_job.h"
#include "io/file.h"
#include "io/printer.h"
#include "io/typed_path.h"
#include "kept.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"
#include "pack_job.h"

/* ---- one document ---- */

/* The plan's file, or its name in the folder that the user named. */
static void place_of(const struct face *face, const char *folder, struct buf *out)
{
    const char *slash = strrchr(face->path.text, '/');

    if (*folder) {
        typed_path(folder, out);
        buf_addf(out, "/%s", slash ? slash + 1 : face->path.text);
    } else {
        buf_add(out, face->path.text);
    }
}

static void add_lang(const struct face *face, enum lang lang, struct buf *path)
{
    if (lang != face->app->tr.lang)
        buf_addf(path, "-%s", lang_code(lang));
}

/* perhekoti.polku and plan become perhekoti-plan.pdf, in another language than the wizard's
 * perhekoti-plan-sv.pdf, a kept version perhekoti-plan-2.pdf. */
static void print_path(const struct face *face, const struct print_job *job, const char *suffix,
                       struct buf *path)
{
    place_of(face, job->folder, path);
    if (path->length > 6 && strcmp(path->text + path->length - 6, ".polku") == 0)
        buf_cut(path, path->length - 6);
    buf_addf(path, "-%s", job->document->id);
    if (job->version)
        buf_addf(path, "-%d", job->version);
    add_lang(face, job->tr->lang, path);
    buf_add(path, suffix);
}

/* The document as it is now, or as it was kept. */
static int build(const struct plan *plan, const struct print_job *job, struct doc **out,
                 struct err *err)
{
    if (job->version)
        return kept_read(plan, job->document, job->version, out, err);
    *out = doc_build(plan, job->document, job->tr);
    return 0;
}

/* A print is noted, so that the next one can tell what has changed; a kept version stays as it
 * is. */
static int note_print(struct plan *plan, const struct print_job *job, struct err *err)
{
    if (job->version || plan_read_only(plan))
        return 0;
    return plan->ops->note_print(plan->store, job->document->id, lang_code(job->tr->lang), err);
}

static int deliver(const struct face *face, const struct print_job *job,
                   const struct writer *writer, const struct buf *out, struct buf *path,
                   struct err *err)
{
    const struct printer_job paper = { job->printer, text_get(&job->document->title,
                                                              job->tr->lang),
                                       job->copies, job->duplex };

    if (job->printer)
        return printer_send(&paper, out->text, out->length, err);
    print_path(face, job, writer->suffix, path);
    return file_write(path->text, out->text, out->length, err);
}

int face_print(void *data, struct plan *plan, const struct print_job *job, struct buf *path,
               struct err *err)
{
    const struct writer *writer = writer_find(job->format);
    struct buf out = BUF_INIT;
    struct doc *doc = NULL;
    int code = build(plan, job, &doc, err);

    if (!code)
        code = writer_write(writer, doc, job->tr, &out, err);
    doc_free(doc);
    if (!code)
        code = deliver(data, job, writer, &out, path, err);
    if (!code)
        code = note_print(plan, job, err);
    buf_free(&out);
    return code;
}

/* The first document that can be a calendar. */
int face_calendar(void *data, struct plan *plan, const struct tr *tr, struct buf *path,
                  struct err *err)
{
    const struct schema *schema = plan->schema;
    struct print_job job = { .tr = tr, .format = "ics", .folder = "", .copies = 1 };

    for (size_t i = 0; i < schema->document_count && !job.document; i++)
        for (const char **at = schema->documents[i].formats; at && *at; at++)
            if (strcmp(*at, "ics") == 0)
                job.document = &schema->documents[i];
    if (!job.document)
        return err_set(err, ERR_MISSING, N_("no document can be written as a calendar"));
    return face_print(data, plan, &job, path, err);
}

int face_preview(void *data, struct plan *plan, const struct print_job *job, int cols,
                 struct buf *text, struct err *err)
{
    struct doc *doc = NULL;
    int code = build(plan, job, &doc, err);

    (void)data;
    if (!code)
        out_text_screen(doc, job->tr, cols, text);
    doc_free(doc);
    return code;
}

bool face_printers(void *data, struct buf *names)
{
    struct printers printers;
    bool answered = printers_find(&printers);

    (void)data;
    if (printers.usual < printers.count)
        buf_addf(names, "%s\n", printers.names[printers.usual]);
    for (size_t i = 0; i < printers.count; i++)
        if (i != printers.usual)
            buf_addf(names, "%s\n", printers.names[i]);
    printers_free(&printers);
    return answered;
}

int face_open_file(void *data, const char *path, struct err *err)
{
    (void)data;
    return printer_open_file(path, err);
}

int face_keep(void *data, struct plan *plan, const struct document *document, const struct tr *tr,
              int *number, struct err *err)
{
    (void)data;
    return kept_add(plan, document, tr, number, err);
}

/* ---- packages ---- */

/* The first of perhekoti-board-2026-11-29, perhekoti-board-2026-11-29-2, … that is free. */
static void pack_path(const struct face *face, const struct pack_request *request, struct buf *path)
{
    struct buf place = BUF_INIT;
    struct stat st;
    size_t length;

    place_of(face, request->folder, &place);
    pack_job_name(place.text, request->package, face->app->today, path);
    add_lang(face, request->tr->lang, path);
    length = path->length;
    buf_add(path, request->zip ? ".zip" : "");
    for (int n = 2; lstat(path->text, &st) == 0; n++) {
        buf_cut(path, length);
        buf_addf(path, "-%d%s", n, request->zip ? ".zip" : "");
    }
    buf_free(&place);
}

static int pack_begin(void *data, const struct plan *plan, const struct pack_request *request,
                      struct pack_job **out, struct err *err)
{
    struct buf path = BUF_INIT;
    int code;

    pack_path(data, request, &path);
    code = pack_job_begin(plan, request->package, request->tr, path.text, out, err);
    buf_free(&path);
    return code;
}

static void pack_index(void *data, const struct plan *plan, const struct pack_request *request,
                       int cols, struct buf *text)
{
    (void)data;
    pack_job_index(plan, request->package, request->tr, cols, text);
}

struct packer face_packer(struct face *face)
{
    return (struct packer){ face, pack_begin, pack_job_step, pack_job_state, pack_job_end,
                            pack_index };
}
