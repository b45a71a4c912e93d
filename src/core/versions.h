/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents that are approved, and kept as they were when they were.
 *
 * A document with `control` has versions. Between two of them it is a working copy. What changed
 * from one version to the next is told from the log: the answers at the end of the one are held
 * against those at the end of the other, so that what was taken back again is no change.
 */
#ifndef CORE_VERSIONS_H
#define CORE_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/store.h"

struct document;
struct err;
struct item;
struct plan;

/* Questions outside repeats that say how a document is approved. */
struct doc_control {
    const struct item *approver, *approved_on, *next_review;
};

/* The versions of one document, oldest first. Free with versions_free(). */
struct versions {
    struct version *at;
    size_t count, room;
};

/* The kept versions of a document, or of all (NULL), oldest first. versions_free() ends them, also
 * after an error. */
int versions_read(const struct plan *plan, const struct document *document, struct versions *out,
                  struct err *err);
void versions_free(struct versions *versions);

/* The items whose answers the document shows and that differ between the two ends of the log (entry
 * ids; INT64_MAX is the present end), in the order of asking; a repeat stands for its rows. The
 * items of `control` are left out. The caller frees `*items`. */
int versions_changes(const struct plan *plan, const struct document *document, int64_t from,
                     int64_t to, const struct item ***items, size_t *count, struct err *err);

/* Whether the document may be kept now. Not when it has no control (ERR_USAGE); not when approver
 * or day of approval is not answered, when an answer that it shows was changed after that day, or
 * when neither answers nor approval are newer than the last version (ERR_MISSING). */
int versions_may_keep(const struct plan *plan, const struct document *document,
                      const struct versions *kept, struct err *err);

#endif
