/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Packages for the tests of the faces: a step a document, and nothing on disk. In the folder
 * "/full" the last step fails.
 */
#ifndef PACK_JOBS_H
#define PACK_JOBS_H

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/pack.h"
#include "core/package.h"
#include "core/plan.h"

struct pack_job {
    const struct schema *schema;
    const struct package *package;
    enum lang lang;
    char *path;
    size_t made, count;
};

static inline int pack_jobs_begin(void *data, const struct plan *plan,
                                  const struct pack_request *request, struct pack_job **out,
                                  struct err *err)
{
    struct pack_job *job = *out = xcalloc(1, sizeof *job);
    struct buf path = BUF_INIT;

    (void)data;
    (void)err;
    *job = (struct pack_job){ .schema = plan->schema, .package = request->package,
                              .lang = request->tr->lang, .count = 1 };
    while (request->package->files[job->count - 1])
        job->count++;
    buf_addf(&path, "%s%sesimerkki-%s-%s%s", request->folder, *request->folder ? "/" : "",
             request->package->id, lang_code(request->tr->lang), request->zip ? ".zip" : "");
    job->path = buf_detach(&path);
    return 0;
}

static inline int pack_jobs_step(struct pack_job *job, struct err *err)
{
    if (job->made < job->count)
        return ++job->made > 0;
    return strncmp(job->path, "/full", 5) ? 0 : err_set(err, ERR_OUTPUT, "%s: the disk is full",
                                                        job->path);
}

static inline struct pack_state pack_jobs_state(const struct pack_job *job)
{
    const struct document *document = NULL;
    const char *format;

    if (job->made + 1 < job->count)
        document = package_document(job->schema, job->package->files[job->made], &format);
    return (struct pack_state){ job->made, job->count,
                                document ? text_get(&document->title, job->lang) : "",
                                job->path };
}

static inline void pack_jobs_end(struct pack_job *job)
{
    free(job->path);
    free(job);
}

static inline void pack_jobs_index(void *data, const struct plan *plan,
                                   const struct pack_request *request, int cols, struct buf *text)
{
    (void)data;
    (void)plan;
    buf_addf(text, "%s (%s, %d)\n", request->package->id, lang_code(request->tr->lang), cols);
}

static const struct packer pack_jobs = {
    NULL, pack_jobs_begin, pack_jobs_step, pack_jobs_state, pack_jobs_end, pack_jobs_index
};

#endif
