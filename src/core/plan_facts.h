/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The facts of a plan: which ones have to be checked, and for what.
 *
 * A fact matters when a question names it that is asked in a task that is not done. What the user
 * has checked is noted in the log (fact_notes.h) and can be taken back as an answer can.
 */
#ifndef CORE_PLAN_FACTS_H
#define CORE_PLAN_FACTS_H

#include "core/facts.h"
#include "core/plan.h"

struct plan_fact {
    struct fact_look look;
    bool matters;
};

struct plan_facts {
    struct plan_fact *at;
    size_t count, room;
};
void plan_facts_free(struct plan_facts *facts);

/* All facts in the order of the data, each in the version of the day: those that matter and have
 * to be checked first, then others to be checked, then what the user has checked, then the rest.
 * Replaces what `out` held. */
void plan_facts(const struct plan *plan, struct plan_facts *out);
/* The same of those that the item names. */
void plan_facts_of(const struct plan *plan, const struct item *item, struct plan_facts *out);
/* How many have to be checked and matter. */
size_t plan_facts_to_check(const struct plan *plan);

/* The group that a fact stands in, and its heading, to be looked up. */
enum fact_group { FACTS_TO_CHECK, FACTS_OTHER_TO_CHECK, FACTS_CHECKED, FACTS_REST };
enum fact_group plan_fact_group(const struct plan_fact *fact);
const char *plan_fact_heading(enum fact_group group);

/* fact_look() with the notes and the day of the plan. */
void plan_fact_look(const struct plan *plan, const struct fact *named, struct fact_look *out);

/* All that can be said of a fact: what holds today with its source, what to check and where, what
 * the data say beside a note, and what older versions said. One paragraph a line. */
void plan_fact_text(const struct plan *plan, const struct fact *named, const struct tr *tr,
                    struct buf *out);
/* A note of the log in words: "3–4 weeks (checked 22.11.2026 by Aino Malli)"; `text` NULL: that
 * there is none any more. */
void plan_note_text(const struct fact *fact, const char *text, const struct tr *tr,
                    struct buf *out);

/* Notes that the fact was checked on day `on`; `value` is in its normal form, NULL takes the
 * note away. */
int plan_set_note(struct plan *plan, const struct fact *fact, int on, const char *by,
                  const char *value, struct err *err);
/* The user stays with her note although the data are newer. */
int plan_keep_note(struct plan *plan, const struct fact *fact, struct err *err);

#endif
