/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Does the jobs of core/pack.h: the documents that one recipient is given, with an index page, as a
 * folder or a zip.
 */
#ifndef PACK_JOB_H
#define PACK_JOB_H

#include "core/pack.h"

/* Appends what a package of the plan in this file is called: "perhekoti-board-2026-11-29". */
void pack_job_name(const char *plan_file, const struct package *package, int today,
                   struct buf *out);

/* `path` ends in ".zip" for a zip. A folder never replaces what is there; ERR_OUTPUT then. */
int pack_job_begin(const struct plan *plan, const struct package *package, const struct tr *tr,
                   const char *path, struct pack_job **out, struct err *err);
int pack_job_step(struct pack_job *job, struct err *err);
struct pack_state pack_job_state(const struct pack_job *job);
/* NULL is fine. */
void pack_job_end(struct pack_job *job);

/* The index page as text. */
void pack_job_index(const struct plan *plan, const struct package *package, const struct tr *tr,
                    int cols, struct buf *text);

#endif
