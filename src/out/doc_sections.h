/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Private to the builder of documents: what its parts share.
 *
 * A section builder appends the blocks of one section and no heading of its own at level 1. When
 * it appends nothing, the section with its heading and text is left out.
 */
#ifndef OUT_DOC_SECTIONS_H
#define OUT_DOC_SECTIONS_H

#include <stdbool.h>

#include "core/engine.h"

struct buf;
struct doc;
struct doc_section;
struct document;
struct item;
struct plan;
struct rule;
struct schedule;
struct task;
struct text;
struct tr;

struct build {
    const struct plan *plan;
    const struct tr *tr;
    const struct document *document;
    struct doc *doc;
    struct findings findings; /* all findings of the plan */
    struct schedule *schedule;        /* made when first asked for: build_schedule() */
};

typedef void section_builder(struct build *build, const struct doc_section *section);

/* doc_sections.c: the state of the plan as a whole */
section_builder show_title, show_state, show_next, show_status, show_table, show_text;
section_builder show_signature;

/* doc_points.c: what is wrong, open or new */
section_builder show_findings, show_open, show_changes;

/* doc_register.c: the check against the organisation register */
section_builder show_register;

/* doc_schedule.c: the schedule */
section_builder show_verdict, show_actions, show_chart, show_timeline, show_cards, show_expiries;
section_builder show_unneeded;

/* doc_answers.c: answers and facts that a section names by tasks, report sections or items */
section_builder show_answers, show_worksheet, show_facts;

/* doc_paper.c: paper to hand out: the duties of each person, the questions to fill in by hand, what
 * is checked place by place */
section_builder show_duties, show_questions, show_checklist;

/* The plan's schedule; NULL when the content has no good one. */
const struct schedule *build_schedule(struct build *build);

/* Content text with its facts and answers ({{fact:ID}}, {{item:ID}}) filled in. */
void build_text(const struct build *build, const struct text *text, struct buf *out);

/* What the item is called on paper. */
void build_item_name(const struct build *build, const struct item *item, struct buf *out);

/* The task's title. */
void build_task_name(const struct build *build, const struct task *task, struct buf *out);

/* The answer with this id as shown; nothing when there is no such item or answer. */
void build_answer(const struct build *build, const char *id, struct buf *out);

/* The first rule about the item that says whom to ask; NULL when none does. */
const struct rule *build_asking_rule(const struct build *build, const struct item *item);

/* The answer is "I do not know". */
bool build_is_unsure(const struct build *build, const struct item *item, const char *row);

#endif
