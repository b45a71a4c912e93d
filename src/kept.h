/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Documents as they were approved: keeping the next version, and having one again.
 */
#ifndef KEPT_H
#define KEPT_H

struct doc;
struct document;
struct err;
struct plan;
struct tr;

/* Keeps the document, in the language of `tr`, as its next version, whose number `*number` gets.
 * Refuses what versions_may_keep() does. */
int kept_add(struct plan *plan, const struct document *document, const struct tr *tr, int *number,
             struct err *err);

/* The version as it was kept, with today as the day of printing. The caller frees it. */
int kept_read(const struct plan *plan, const struct document *document, int number,
              struct doc **out, struct err *err);

#endif
