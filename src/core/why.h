/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Why a question is asked, hidden or computed, and who says so, in plain words.
 */
#ifndef CORE_WHY_H
#define CORE_WHY_H

struct buf;
struct item;
struct plan;
struct rule_text;
struct source;
struct tr;

/* Title, date and address of a source in one line; nothing when there is none. */
void why_source(const struct plan *plan, const struct source *source, const struct tr *tr,
                struct buf *out);

/* The answers that a rule reads, one a line: "Card kind: Staff card". `row` is where the rule
 * stands, NULL outside repeats. */
void why_reads(const struct plan *plan, const struct rule_text *rule, const char *row,
               const struct tr *tr, struct buf *out);

/* All of it as paragraphs divided by empty lines: the question and its help, the proposal if there
 * is one, why it is asked, the answers that this follows from, terms, the facts with how sure they
 * are, source. */
void why_all(const struct plan *plan, const struct item *item, const char *row,
             const struct tr *tr, struct buf *out);

#endif
