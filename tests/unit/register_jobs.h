/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Imports of the register for the tests of the faces, by the name of the file:
 *
 *   /media/tikku/register.csv   three steps, then 6 rows, with all that can be told of a file
 *   /media/tikku/codes.csv      has a column that is not known, and is read when it is told
 *   /media/tikku/broken.csv     broken in the second step
 *
 * Any other file is not there.
 */
#ifndef REGISTER_JOBS_H
#define REGISTER_JOBS_H

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/register_load.h"

struct register_job {
    struct register_outcome outcome;
    bool codes, broken;
    int steps;
};

static inline int register_jobs_begin(void *data, const char *place, const char *const *maps,
                                      struct register_job **out, struct err *err)
{
    static const char *const headings[] = { "Koodi", "Pitkä nimi", "Lisätieto" };
    static const char *const examples[] = { "1.2.246.10.99999992.10.0", "Perhekoti Malli", NULL };
    static const bool known[][3] = { { false, true, false }, { true, true, false } };
    const char *name = strncmp(place, "/media/tikku/", 13) == 0 ? place + 13 : "";
    struct register_job *job;

    (void)data;
    *out = NULL;
    if (strcmp(name, "register.csv") != 0 && strcmp(name, "codes.csv") != 0
        && strcmp(name, "broken.csv") != 0)
        return err_set(err, ERR_INPUT, N_("%s: cannot be read: %s"), place,
                       tr_text(err_tr(err), "there is no such file or folder"));
    job = *out = xcalloc(1, sizeof *job);
    job->codes = strcmp(name, "codes.csv") == 0;
    job->broken = strcmp(name, "broken.csv") == 0;
    job->outcome = (struct register_outcome){
        .file = name, .maps = maps, .file_date = date_parse_iso("2026-11-20"),
        .headings = headings, .examples = examples, .known = known[maps[0] != NULL],
        .heading_count = 3
    };
    return 0;
}

static inline void register_jobs_finish(struct register_job *job, const struct tr *tr)
{
    struct register_outcome *outcome = &job->outcome;

    outcome->rows = 6;
    if (job->codes)
        return;
    outcome->left_out = 1;
    outcome->doubtful = 11;
    outcome->page_count = 1;
    outcome->pages = 3;
    outcome->remark_count = 12;
    for (int i = 0; i < REGISTER_REMARKS_KEPT; i++) {
        outcome->remarks[i].line = i + 7;
        outcome->remarks[i].text = xstrdup(tr_text(tr, "there are fewer values than headings; the "
                                                       "rest is left open"));
    }
}

static inline int register_jobs_step(struct register_job *job, struct err *err)
{
    job->steps++;
    job->outcome.percent = job->steps * 30;
    if (job->codes && !job->outcome.maps[0]) {
        job->outcome.missing = "oid";
        return err_at(err, ERR_INPUT, job->outcome.file, 1, 0, "the column is not known");
    }
    if (job->broken && job->steps == 2)
        return err_at(err, ERR_INPUT, job->outcome.file, 3, 2, "%s",
                      tr_text(err_tr(err), "there is a NUL byte here: this is no text"));
    if (job->steps < 3)
        return 1;
    register_jobs_finish(job, err_tr(err));
    return 0;
}

static inline const struct register_outcome *register_jobs_outcome(const struct register_job *job)
{
    return &job->outcome;
}

static inline void register_jobs_end(struct register_job *job)
{
    for (int i = 0; i < job->outcome.remark_count && i < REGISTER_REMARKS_KEPT; i++)
        free(job->outcome.remarks[i].text);
    free(job);
}

static const struct register_importer register_jobs = {
    NULL, register_jobs_begin, register_jobs_step, register_jobs_outcome, register_jobs_end
};

#endif
