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

struct buf;
struct document;
struct err;
struct item;
struct plan;
struct tr;

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

/* The items whose answers the document shows, in a section that is relevant now, and that differ
 * between the two ends of the log (entry ids; INT64_MAX is the present end), in the order of
 * asking; a repeat stands for its rows. The items of `control` are left out. The caller frees
 * `*items`. */
int versions_changes(const struct plan *plan, const struct document *document, int64_t from,
                     int64_t to, const struct item ***items, size_t *count, struct err *err);

/* Why a document that is approved cannot be kept now. */
enum versions_bar {
    VERSIONS_FREE,            /* it can */
    VERSIONS_NOT_APPROVED,    /* approver or day of approval is not answered */
    VERSIONS_CHANGED,         /* an answer that it shows was changed after that day */
    VERSIONS_SAME             /* neither answers nor approval are newer than the last version */
};

struct versions_verdict {
    enum versions_bar bar;
    const struct item *changed;   /* the first of them, or NULL */
    int number;               /* the last version, when nothing is new; else 0 */
};

/* `document` has a control. Fails when the log cannot be read only. */
int versions_judge(const struct plan *plan, const struct document *document,
                   const struct versions *kept, struct versions_verdict *out, struct err *err);

/* The same for commands: ERR_USAGE for a document without a control, ERR_MISSING for a bar; its
 * message names items by their ids. */
int versions_may_keep(const struct plan *plan, const struct document *document,
                      const struct versions *kept, struct err *err);

/* What stands in the way and what to do, in words; nothing when it is free. */
void versions_bar_text(const struct plan *plan, const struct document *document,
                       const struct versions_verdict *verdict, const struct tr *tr,
                       struct buf *out);
/* "Version 2 is in force. 3 questions have changed since." */
void versions_now_text(const struct plan *plan, const struct document *document,
                       const struct versions *kept, const struct tr *tr, struct buf *out);
/* "Version 2: approved 22 November 2026, Aino Malli (svenska)" */
void version_text(const struct version *version, const struct tr *tr, struct buf *out);

#endif
