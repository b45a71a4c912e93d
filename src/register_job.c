/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One import: the headings, the reading, the new cache beside the earlier one, what is told of it.
 */
#include "register_job.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "cmd.h"
#include "io/register_file.h"
#include "io/register_store.h"
#include "io/typed_path.h"

struct register_job {
    struct app *app;
    struct buf path;          /* of the file */
    struct register_headings *headings;
    struct register_take take;
    struct register_reading *reading;
    struct register_import *import;
    struct register_summary summary;
    struct register_outcome outcome;
    bool *known;
};

/* ---- what is read ---- */

static int take_row(void *data, const struct register_row *row, struct err *err)
{
    return register_store_add(((struct register_job *)data)->import, row, err);
}

static void take_remark(void *data, int line, const char *text)
{
    struct register_outcome *outcome = &((struct register_job *)data)->outcome;

    if (outcome->remark_count < REGISTER_REMARKS_KEPT)
        outcome->remarks[outcome->remark_count] = (struct register_remark){ line, xstrdup(text) };
    outcome->remark_count++;
}

/* ---- what is told ---- */

static int day_of(long long seconds)
{
    time_t moment = (time_t)seconds;
    struct tm tm;

    return localtime_r(&moment, &tm) ? date_make(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday)
                                     : DATE_NONE;
}

static void fill_outcome(struct register_job *job)
{
    const struct register_summary *summary = &job->summary;
    struct register_outcome *outcome = &job->outcome;

    free(job->known);
    job->known = xcalloc(summary->heading_count + 1, sizeof job->known[0]);
    for (size_t i = 0; i < summary->heading_count; i++)
        job->known[i] = summary->fields[i] != REGISTER_UNKNOWN;
    outcome->percent = register_reading_percent(job->reading);
    outcome->rows = summary->rows;
    outcome->left_out = summary->left_out;
    outcome->doubtful = summary->doubtful;
    outcome->entries = summary->format == REGISTER_JSON;
    outcome->page_count = summary->page_count;
    outcome->pages = summary->pages;
    outcome->file_date = day_of(summary->modified);
    outcome->headings = (const char *const *)summary->headings;
    outcome->examples = (const char *const *)summary->examples;
    outcome->known = job->known;
    outcome->heading_count = summary->heading_count;
    outcome->missing = summary->missing;
}

static void fill_origin(const struct register_job *job, struct register_origin *origin)
{
    const struct register_summary *summary = &job->summary;
    const char *slash = strrchr(job->path.text, '/');

    memset(origin, 0, sizeof *origin);
    snprintf(origin->file, sizeof origin->file, "%s", slash ? slash + 1 : job->path.text);
    memcpy(origin->digest, summary->digest, sizeof origin->digest);
    memcpy(origin->newest, summary->newest, sizeof origin->newest);
    date_iso(job->app->today, origin->imported);
    date_iso(job->outcome.file_date, origin->modified);
    origin->size = summary->size;
    origin->rows = summary->rows;
    origin->left_out = summary->left_out;
    origin->garbled = summary->garbled;
    for (size_t i = 0; i < summary->heading_count; i++)
        if (summary->fields[i] >= 0)
            origin->fields |= INT64_C(1) << summary->fields[i];
}

/* ---- the job ---- */

static int load_headings(struct register_job *job, const char *const *maps, struct err *err)
{
    int code = register_headings_load(&job->headings, job->app->place.root, err);

    for (size_t i = 0; !code && maps[i]; i++)
        code = register_headings_map(job->headings, maps[i], err);
    return code;
}

static int open_cache(struct register_job *job, struct err *err)
{
    struct buf path = BUF_INIT;
    int code = register_store_path(&path);

    if (code)
        code = err_set(err, ERR_OUTPUT, N_("there is no home folder for the register"));
    else
        code = register_store_begin(&job->import, path.text, err);
    buf_free(&path);
    return code;
}

static void job_end(struct register_job *job)
{
    register_reading_close(job->reading);
    register_store_drop(job->import);
    register_headings_free(job->headings);
    register_summary_free(&job->summary);
    for (int i = 0; i < job->outcome.remark_count && i < REGISTER_REMARKS_KEPT; i++)
        free(job->outcome.remarks[i].text);
    buf_free(&job->path);
    free(job->known);
    free(job);
}

/* The file that the error names is called by a text of the job, which will be gone. */
static void own_error(struct err *err)
{
    char text[sizeof err->msg];

    err_text(err, text, sizeof text);
    err_set(err, err->code, "%s", text);
}

static int job_begin(void *data, const char *place, const char *const *maps,
                     struct register_job **out, struct err *err)
{
    struct register_job *job = xcalloc(1, sizeof *job);
    int code;

    job->app = data;
    job->path = (struct buf)BUF_INIT;
    job->take = (struct register_take){ take_row, take_remark, job };
    typed_path(place, &job->path);
    job->outcome.file = job->path.text;
    job->outcome.maps = maps;
    code = load_headings(job, maps, err);
    if (!code)
        code = register_reading_open(&job->reading, job->path.text, job->headings, &job->take,
                                     &job->summary, err);
    if (!code)
        code = open_cache(job, err);
    if (code) {
        own_error(err);
        job_end(job);
        job = NULL;
    }
    *out = job;
    return code;
}

static int put_in_place(struct register_job *job, struct err *err)
{
    struct register_origin origin;
    struct register_import *import = job->import;

    fill_origin(job, &origin);
    job->import = NULL;
    return register_store_end(import, &origin, err);
}

static int job_step(struct register_job *job, struct err *err)
{
    int code = register_reading_step(job->reading, err);

    fill_outcome(job);
    return code ? code : put_in_place(job, err);
}

static const struct register_outcome *job_outcome(const struct register_job *job)
{
    return &job->outcome;
}

struct register_importer register_job_importer(struct app *app)
{
    return (struct register_importer){ app, job_begin, job_step, job_outcome, job_end };
}
