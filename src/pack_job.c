/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One package: its documents are built at once, then written one by one into memory, and all of
 * them on disk in the last step. A folder gets its name when it is complete. A document that is
 * approved goes to others as it was approved, and as a draft only when it never was.
 */
#include "pack_job.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "cmd.h"
#include "core/package.h"
#include "core/plan.h"
#include "core/versions.h"
#include "io/file.h"
#include "kept.h"
#include "out/archive.h"
#include "out/doc.h"
#include "out/doc_build.h"
#include "out/writers.h"

struct file {
    char *name;
    const char *title;
    const struct writer *writer;
    struct doc *doc;          /* until it is written */
    struct buf bytes;
};

struct pack_job {
    struct tr tr;
    char *path;
    struct file *files;       /* the index is the first */
    size_t count, made;
};

/* ---- names and documents ---- */

void pack_job_name(const char *plan_file, const struct package *package, int today,
                   struct buf *out)
{
    size_t length = strlen(plan_file);
    char day[11];

    if (length > 6 && strcmp(plan_file + length - 6, ".polku") == 0)
        length -= 6;
    date_iso(today, day);
    buf_add_n(out, plan_file, length);
    buf_addf(out, "-%s-%s", package->id, day);
}

/* "2-budjetti.pdf" */
static char *name_of(size_t number, const char *title, const char *suffix)
{
    struct buf name = BUF_INIT;

    buf_addf(&name, "%zu-", number);
    app_file_name(title, &name);
    buf_add(&name, suffix);
    return buf_detach(&name);
}

static void name_files(struct pack_job *job, const struct schema *schema,
                       const struct package *package)
{
    job->files[0].title = tr_text(&job->tr, "index");
    job->files[0].writer = writer_find("pdf");
    for (size_t i = 1; i < job->count; i++) {
        const char *format;
        const struct document *document = package_document(schema, package->files[i - 1], &format);
        job->files[i].title = text_get(&document->title, job->tr.lang);
        job->files[i].writer = writer_find(format);
    }
    for (size_t i = 0; i < job->count; i++) {
        job->files[i].bytes = (struct buf)BUF_INIT;
        job->files[i].name = name_of(i, job->files[i].title, job->files[i].writer->suffix);
    }
}

static struct doc *build_index(const struct pack_job *job, const struct plan *plan,
                               const struct package *package)
{
    const char **names = xcalloc(job->count, sizeof *names);
    struct doc *doc;

    for (size_t i = 1; i < job->count; i++)
        names[i - 1] = job->files[i].name;
    doc = doc_build_package(plan, package, names, &job->tr);
    free(names);
    return doc;
}

static bool is_zip(const char *path)
{
    size_t length = strlen(path);

    return length > 4 && strcmp(path + length - 4, ".zip") == 0;
}

static int taken(const char *path, struct err *err)
{
    struct stat st;

    return lstat(path, &st) < 0 ? 0 : err_set(err, ERR_OUTPUT, "%s: %s", path,
                                              err_reason(err_tr(err), EEXIST));
}

/* A slash at the end of the path is left out: the folder is made under another name first. */
static struct pack_job *job_new(const struct plan *plan, const struct package *package,
                                const struct tr *tr, const char *path)
{
    struct pack_job *job = xcalloc(1, sizeof *job);
    size_t length = strlen(path);

    while (length > 1 && path[length - 1] == '/')
        length--;
    *job = (struct pack_job){ .tr = *tr, .path = xstrndup(path, length), .count = 1 };
    while (package->files[job->count - 1])
        job->count++;
    job->files = xcalloc(job->count, sizeof *job->files);
    name_files(job, plan->schema, package);
    return job;
}

static int build_document(const struct pack_job *job, const struct plan *plan,
                          const struct document *document, struct doc **out, struct err *err)
{
    struct versions kept = { 0 };
    int code = document->control ? versions_read(plan, document, &kept, err) : 0;

    if (!code && kept.count)
        code = kept_read(plan, document, kept.at[kept.count - 1].number, out, err);
    else if (!code)
        *out = doc_build(plan, document, &job->tr);
    versions_free(&kept);
    return code;
}

static int build_documents(struct pack_job *job, const struct plan *plan,
                           const struct package *package, struct err *err)
{
    const char *format;
    int code = 0;

    for (size_t i = 1; i < job->count && !code; i++)
        code = build_document(job, plan,
                              package_document(plan->schema, package->files[i - 1], &format),
                              &job->files[i].doc, err);
    if (!code)
        job->files[0].doc = build_index(job, plan, package);
    return code;
}

int pack_job_begin(const struct plan *plan, const struct package *package, const struct tr *tr,
                   const char *path, struct pack_job **out, struct err *err)
{
    struct pack_job *job = job_new(plan, package, tr, path);
    int code = is_zip(job->path) ? 0 : taken(job->path, err);

    *out = NULL;
    if (!code)
        code = build_documents(job, plan, package, err);
    if (code)
        pack_job_end(job);
    else
        *out = job;
    return code;
}

void pack_job_end(struct pack_job *job)
{
    for (size_t i = 0; job && i < job->count; i++) {
        free(job->files[i].name);
        doc_free(job->files[i].doc);
        buf_free(&job->files[i].bytes);
    }
    if (job) {
        free(job->files);
        free(job->path);
    }
    free(job);
}

/* ---- on disk ---- */

static int write_zip(const struct pack_job *job, struct err *err)
{
    struct archive *archive;
    struct buf out = BUF_INIT;
    int code = archive_new(&archive, err);

    for (size_t i = 0; i < job->count && !code; i++)
        archive_add(archive, job->files[i].name, job->files[i].bytes.text,
                    job->files[i].bytes.length, true);
    if (!code)
        code = archive_end(archive, &out, err);
    if (!code)
        code = file_write(job->path, out.text, out.length, err);
    archive_free(archive);
    buf_free(&out);
    return code;
}

static void remove_folder(const struct pack_job *job, const char *folder)
{
    for (size_t i = 0; i < job->count; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", folder, job->files[i].name);
        unlink(path.text);
        buf_free(&path);
    }
    rmdir(folder);
}

static int write_into(const struct pack_job *job, const char *folder, struct err *err)
{
    int code = 0;

    for (size_t i = 0; i < job->count && !code; i++) {
        struct buf path = BUF_INIT;
        buf_addf(&path, "%s/%s", folder, job->files[i].name);
        code = file_write(path.text, job->files[i].bytes.text, job->files[i].bytes.length, err);
        buf_free(&path);
    }
    return code;
}

static int write_folder(const struct pack_job *job, struct err *err)
{
    struct buf folder = BUF_INIT;
    int code = 0;

    buf_addf(&folder, "%s.XXXXXX", job->path);
    if (!mkdtemp(folder.text)) {
        code = err_set(err, ERR_OUTPUT, N_("%s: cannot be written: %s"), job->path,
                       err_reason(err_tr(err), errno));
    } else {
        code = write_into(job, folder.text, err);
        if (!code)
            code = taken(job->path, err);
        if (!code && rename(folder.text, job->path) < 0)
            code = err_set(err, ERR_OUTPUT, N_("%s: cannot be written: %s"), job->path,
                           err_reason(err_tr(err), errno));
        if (code)
            remove_folder(job, folder.text);
    }
    buf_free(&folder);
    return code;
}

/* ---- steps ---- */

/* The index is written last, so that what the user waits for is named. */
static size_t next_file(const struct pack_job *job)
{
    return (job->made + 1) % job->count;
}

int pack_job_step(struct pack_job *job, struct err *err)
{
    struct file *file;
    int code;

    if (job->made == job->count)
        return (is_zip(job->path) ? write_zip : write_folder)(job, err);
    file = &job->files[next_file(job)];
    code = writer_write(file->writer, file->doc, &job->tr, &file->bytes, err);
    doc_free(file->doc);
    file->doc = NULL;
    job->made++;
    return code ? code : 1;
}

struct pack_state pack_job_state(const struct pack_job *job)
{
    return (struct pack_state){ job->made, job->count,
                                job->made < job->count ? job->files[next_file(job)].title : "",
                                job->path };
}

void pack_job_index(const struct plan *plan, const struct package *package, const struct tr *tr,
                    int cols, struct buf *text)
{
    struct pack_job *job = job_new(plan, package, tr, "");
    struct doc *doc = build_index(job, plan, package);

    out_text_screen(doc, tr, cols, text);
    doc_free(doc);
    pack_job_end(job);
}
