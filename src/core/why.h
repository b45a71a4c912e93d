/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Why a question is asked, hidden or computed, and who says so, in plain words.
 */
#ifndef CORE_WHY_H
#define CORE_WHY_H

struct buf;
struct item;
struct plan;
struct source;
struct tr;

/* Whether the item is asked now, and the answers that this follows from, one a line. */
void why_rule(const struct plan *plan, const struct item *item, const char *row,
              const struct tr *tr, struct buf *out);

/* Title, date and address of a source in one line; nothing when there is none. */
void why_source(const struct plan *plan, const struct source *source, const struct tr *tr,
                struct buf *out);

/* The facts that the item's texts name, one a line: subject, value, where it was read and how sure it is. */
void why_facts(const struct plan *plan, const struct item *item, const struct tr *tr,
               struct buf *out);

/* The terms that occur in the item's texts, one a line with their explanation. */
void why_terms(const struct plan *plan, const struct item *item, const struct tr *tr,
               struct buf *out);

/* All of it as paragraphs divided by empty lines: the question, why it is asked, help, rule,
 * terms, facts, source. */
void why_all(const struct plan *plan, const struct item *item, const char *row,
             const struct tr *tr, struct buf *out);

#endif
