/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Making a package, as the faces see it: what the recipient would miss, and a job in steps, one
 * document a step.
 *
 * All documents are of the plan as it was when the job began, and nothing is written before the
 * last step: a job may be dropped at any time before.
 */
#ifndef CORE_PACK_H
#define CORE_PACK_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct err;
struct package;
struct plan;
struct task;
struct tr;

/* All borrowed. */
struct pack_request {
    const struct package *package;
    const struct tr *tr;      /* language of the documents */
    const char *folder;       /* where the package will lie; "": beside the plan */
    bool zip;                 /* one file instead of a folder */
};

/* How far a job is; good until its next step. */
struct pack_state {
    size_t made, count;       /* documents, the index among them */
    const char *now;          /* title of the next one; "" when all that is left is to write them */
    const char *path;         /* of the package */
};

struct pack_job;

/* How jobs are done; the caller of the faces provides it. */
struct packer {
    void *data;
    int (*begin)(void *data, const struct plan *plan, const struct pack_request *request,
                 struct pack_job **out, struct err *err);
    /* 1: there is more to do; 0: the package lies in its place; or a code, and nothing is left. */
    int (*step)(struct pack_job *job, struct err *err);
    struct pack_state (*state)(const struct pack_job *job);
    void (*end)(struct pack_job *job);
    /* Appends the index page as text of `cols` columns. */
    void (*index)(void *data, const struct plan *plan, const struct pack_request *request, int cols,
                  struct buf *text);
};

/* ---- what is missing ---- */

/* What the index page names of one task. */
struct pack_gap {
    const struct task *task;
    size_t open, errors, warnings;
};

/* The tasks of the package in which something is missing, in its order; the caller frees `*gaps`.
 * Returns how many there are. */
size_t pack_gaps(const struct plan *plan, const struct package *package, struct pack_gap **gaps);

/* "6 documents. 12 points are missing, see below." */
void pack_sum_text(const struct package *package, const struct pack_gap *gaps, size_t count,
                   const struct tr *tr, struct buf *out);
/* "3 questions open, 1 error, 2 warnings" */
void pack_gap_text(const struct pack_gap *gap, const struct tr *tr, struct buf *out);

#endif
