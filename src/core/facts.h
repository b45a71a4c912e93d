/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which fact is valid on a day, and how its value is written in each language.
 *
 * A text names the newest fact of a chain; the version valid on the plan's day is shown.
 * A fact of low confidence, without a value, or last checked over FACT_FRESH_DAYS ago
 * is shown with "check yourself". What the user has checked herself (fact_notes.h) stands in
 * place of the data's value, until it is as old or the data have been looked after since.
 */
#ifndef CORE_FACTS_H
#define CORE_FACTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/lang.h"

#include "core/schema.h"

struct fact_note;
struct fact_notes;
struct tr;

enum { FACT_FRESH_DAYS = 180 };

/* The version of the chain beginning at `newest` that is valid on `today`; the nearest older
 * one when none is; never NULL when `newest` is not. */
const struct fact *fact_on(const struct fact *newest, int today);

/* A fact as it is shown in a plan. */
struct fact_look {
    const struct fact *named; /* the newest of the chain */
    const struct fact *data;  /* its version of the day */
    struct fact shown;        /* the same, with the note's value when there is a note */
    const struct fact_note *note;
    bool check;               /* not to be relied on without checking (again) */
    bool aged;                /* the note is old */
    bool newer;               /* the data have been looked after since the note */
};

/* `notes` may be NULL. */
void fact_look(const struct fact_notes *notes, const struct fact *named, int today,
               struct fact_look *out);

/* The value in words: "3–4 weeks", "40–50 euros", a name, an address, a date. A fact without a
 * value gives "check yourself" with where to check, if known. */
void fact_value(const struct fact *fact, const struct tr *tr, struct buf *out);

/* Puts the note's value in place of the fact's; its strings are borrowed. */
void fact_use_note(struct fact *shown, const struct fact_note *note);

/* What the value counts, in words ("weeks"); nothing when it counts nothing. */
void fact_unit(const struct fact *fact, const struct tr *tr, struct buf *out);

/* "checked 22.11.2026 by Aino Malli"; nothing without a note. */
void fact_checked(const struct fact_look *look, const struct tr *tr, struct buf *out);
/* How far the value can be relied on, to be looked up. */
const char *fact_confidence(const struct fact_look *look);
/* The sources by name: "slide set, https://…". */
void fact_sources(const struct fact *fact, const struct tr *tr, struct buf *out);
/* A date of the data in words; a year, a month or "undated" too. */
void fact_day(const char *date, const struct tr *tr, struct buf *out);

/* Appends `text` with each {{fact:ID}} replaced by its value on `today`. Unknown ids stay as they
 * are (lint reports them). */
void fact_expand(const struct schema *schema, const struct fact_notes *notes, const char *text,
                 const struct tr *tr, int today, struct buf *out);

/* Calls `each` for every fact that the text names. */
typedef void (*fact_named)(void *data, const struct fact *named);
void fact_each(const struct schema *schema, const char *text, fact_named each, void *data);
/* The same for all texts, choices and expressions of an item. */
void fact_each_of_item(const struct schema *schema, const struct item *item, enum lang lang,
                       fact_named each, void *data);

#endif
