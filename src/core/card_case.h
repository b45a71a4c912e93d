/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The diagnosis: which cases hold, the worst first, and their texts.
 */
#ifndef CORE_CARD_CASE_H
#define CORE_CARD_CASE_H

#include "core/card_signs.h"

struct buf;
struct fact_notes;
struct tr;

enum { CARD_CASES_MAX = 80 };

/* The cases that hold: by weight, within a weight in the order of the data. The first one is the
 * verdict. `signs` belongs to the verdict; starts zeroed. */
struct card_verdict {
    struct card_facts signs;
    const struct card_case *at[CARD_CASES_MAX];
    size_t count;
};
void card_verdict_free(struct card_verdict *verdict);

/* Judges a reader, or the computer alone. Replaces what `out` held. */
void card_judge(const struct cards *cards, const struct card_view *view,
                const struct card_reader *reader, const struct card_context *context,
                struct card_verdict *out);

/* Weight of the verdict; OK when nothing holds. */
enum card_weight card_verdict_weight(const struct card_verdict *verdict);

/* Appends a text of a case: facts and blanks filled in. A blank is {SIGN}; a date is written as a
 * date, {kind} and {software} by their titles, an absent sign as "–". `notes` may be NULL. */
struct card_words {
    const struct schema *schema;
    const struct fact_notes *notes;
    const struct tr *tr;
    int today;
};
void card_case_text(const struct card_words *words, const struct card_facts *signs,
                    const struct text *text, struct buf *out);
/* The command, when there is one. */
void card_case_command(const struct card_words *words, const struct card_facts *signs,
                       const struct card_case *one, struct buf *out);
/* "your registration point, the reader software's support" */
void card_case_contacts(const struct card_words *words, const struct card_case *one,
                        struct buf *out);

#endif
