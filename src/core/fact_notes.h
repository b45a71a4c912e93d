/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the user found when she checked a fact herself.
 *
 * A note stands in this plan in place of the value in the data. It is one entry of the answer log
 * (ENTRY_FACT_NOTE), whose value has four lines: the day, the seen_on of the data at that time,
 * who checked, and what was found in its normal form. A note is found by the id of the fact that
 * texts name, or of a fact that this one supersedes.
 */
#ifndef CORE_FACT_NOTES_H
#define CORE_FACT_NOTES_H

#include <stdbool.h>

#include "base/buf.h"
#include "core/check.h"

struct fact;
struct schema;

struct fact_note {
    int on;                   /* day on which it was checked */
    int seen;                 /* until when the data had been looked after then; or DATE_NONE */
    char *by, *value;
    char *low, *high;         /* of a number or range; NULL where it is open, both for others */
};

struct fact_notes;

struct fact_notes *fact_notes_new(const struct schema *schema);
void fact_notes_free(struct fact_notes *notes);

/* Takes over an entry of the log; `text` NULL takes the note away. What is no note is ignored. */
void fact_notes_apply(struct fact_notes *notes, const char *id, const char *text);

/* The note of exactly this fact, or NULL; of the chain that begins at `named`. */
const struct fact_note *fact_notes_own(const struct fact_notes *notes, const struct fact *fact);
const struct fact_note *fact_notes_of(const struct fact_notes *notes, const struct fact *named);
/* Who checked last; "" when nobody has. */
const char *fact_notes_who(const struct fact_notes *notes);

/* Brings what was typed into the normal form of the fact's values: "2026-09-01", "03-31", "3",
 * "3-4", "3-" (at least), "-4" (at most), or a text. As check_value(), but an empty text and a
 * wrong one are BAD: a note is used at once and has to be right. */
void fact_note_check(const struct fact *fact, const char *text, int today, struct check *out);
/* The same for the day, which is not after today, and for the name of who checked. */
void fact_note_check_day(const char *text, int today, struct check *out);
void fact_note_check_who(const char *text, int today, struct check *out);
/* A normal form as a person types it. */
void fact_note_typed(const struct fact *fact, const char *value, struct buf *out);

/* The entry's value of a note with these parts. */
void fact_note_text(int on, int seen, const char *by, const char *value, struct buf *out);
/* Takes such a value apart; false when it is none. Free with fact_note_clear(). */
bool fact_note_parse(const char *text, struct fact_note *out);
void fact_note_clear(struct fact_note *note);

#endif
