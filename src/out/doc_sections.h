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
#include "core/expr.h"
#include "core/versions.h"

struct buf;
struct doc;
struct doc_section;
struct document;
struct item;
struct outline;
struct plan;
struct rule;
struct rule_text;
struct schedule;
struct step;
struct task;
struct text;
struct tr;

struct build {
    const struct plan *plan;
    const struct tr *tr;
    const struct document *document;
    struct doc *doc;
    struct findings findings; /* all findings of the plan */
    const struct outline *outline;    /* the table of contents it follows; or NULL */
    struct versions versions; /* that are kept of the document */
    int number;               /* of the version that it is to be kept as; 0: a working copy */
    struct schedule *schedule;        /* made when first asked for: build_schedule() */
};

typedef void section_builder(struct build *build, const struct doc_section *section);

/* doc_sections.c: the state of the plan as a whole */
section_builder show_title, show_state, show_next, show_status, show_table, show_text;
section_builder show_signature;

/* doc_points.c: what is wrong, open or new */
section_builder show_findings, show_open, show_changes;

/* doc_rights.c: the rights matrix; doc_rights_lists.c: what is done with it */
section_builder show_matrix, show_rights_state, show_rights_roles, show_rights_users;
section_builder show_rights_people;
section_builder show_rights_findings, show_rights_waivers, show_rights_statement;
section_builder show_rights_order, show_rights_review, show_rights_leavers;

/* doc_cross.c: the rows of a repeat by two of their choices */
section_builder show_cross;

/* doc_costs.c: quantities, prices and sums */
section_builder show_costs;

/* doc_register.c: the check against the organisation register */
section_builder show_register;

/* doc_schedule.c: the schedule; doc_chart.c: its steps */
section_builder show_verdict, show_actions, show_cards, show_expiries, show_unneeded;
section_builder show_chart, show_timeline;

/* doc_answers.c: answers and facts that a section names by tasks, report sections or items */
section_builder show_answers, show_worksheet, show_facts;

/* doc_paper.c: paper to hand out: the duties of each person, the questions to fill in by hand, what
 * is checked place by place */
section_builder show_duties, show_questions, show_checklist;

/* doc_control.c: how the document is approved, and its versions */
section_builder show_cover, show_contents, show_versions;

/* doc_chapters.c: requirements in the order of a regulation, and how far they are fulfilled */
section_builder show_chapters, show_gaps, show_evidence, show_completeness;

/* "version 2", or what a copy that is not kept is called. */
void build_version(const struct build *build, struct buf *out);

/* An expression of the content; true when there is none. */
enum expr_truth build_truth(const struct build *build, const struct rule_text *rule);

/* Each line as a paragraph; with a dash or a number before it as an item of a list, and with a box
 * after the dash as a box to tick; with ": ____" at its end as a field to fill in by hand. */
void build_lines(struct build *build, const char *text);

/* A text of the content in the same way. A line that names a missing answer is left out. */
void build_body(struct build *build, const struct text *text);
/* Provider, day, number and confidentiality, for the header of each page. */
void build_header(struct build *build);

/* The plan's schedule; NULL when the content has no good one. */
const struct schedule *build_schedule(struct build *build);

/* A number that is to be called, or a day, is not divided at the end of a line. */
void build_join(struct buf *number);

/* Cells with a day, a dash for DATE_NONE, and with whoever has the step in hand. */
void build_cell_day(struct build *build, int day);
void build_cell_owner(struct build *build, const struct step *step);

/* A cell with an answer: nothing when it is missing, a dash when nobody is to fill it in. */
void build_cell_answer(struct build *build, const struct item *item, const char *row);

/* The step belongs to one of the tasks that the section names. */
bool build_step_is_of(const struct doc_section *section, const struct step *step);

/* Content text with its facts and answers ({{fact:ID}}, {{item:ID}}) filled in. */
void build_text(const struct build *build, const struct text *text, struct buf *out);

/* What the item is called on paper. */
void build_item_name(const struct build *build, const struct item *item, struct buf *out);

/* The question, in a row with the name of the row, since a reader of paper cannot look up which
 * card "Card 5" is: "Card 5 (Kari Malli), Tested". The question that names the row does without. */
void build_place_name(const struct build *build, const struct place *place, struct buf *out);

/* The task's title. */
void build_task_name(const struct build *build, const struct task *task, struct buf *out);

/* The answer with this id as shown; nothing when there is no such item or answer. */
void build_answer(const struct build *build, const char *id, struct buf *out);

/* The first rule about the item that says whom to ask; NULL when none does. */
const struct rule *build_asking_rule(const struct build *build, const struct item *item);

/* The answer is "I do not know". */
bool build_is_unsure(const struct build *build, const struct item *item, const char *row);

#endif
