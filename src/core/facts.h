/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Which fact is valid on a day, and how its value is written in each language.
 *
 * A text names the newest fact of a chain; the version valid on the plan's day is shown.
 * A fact of low confidence, without a value, or last checked over FACT_FRESH_DAYS ago
 * is shown with "check yourself".
 */
#ifndef CORE_FACTS_H
#define CORE_FACTS_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/lang.h"

struct fact;
struct schema;
struct tr;

enum { FACT_FRESH_DAYS = 180 };

/* The version of the chain beginning at `newest` that is valid on `today`; the nearest older
 * one when none is; never NULL when `newest` is not. */
const struct fact *fact_on(const struct fact *newest, int today);

/* Not to be relied on without checking. */
bool fact_needs_check(const struct fact *fact, int today);

/* The value in words: "3–4 weeks", "40–50 euros", a name, an address, a date. A fact without a
 * value gives "check yourself" with where to check, if known. */
void fact_value(const struct fact *fact, const struct tr *tr, struct buf *out);

/* Appends `text` with each {{fact:ID}} replaced by its value on `today`. Unknown ids stay as they
 * are (lint reports them). */
void fact_expand(const struct schema *schema, const char *text, const struct tr *tr, int today,
                 struct buf *out);

/* Calls `each` for every fact that the text names, in the version of the day. */
void fact_each(const struct schema *schema, const char *text, int today,
               void (*each)(void *data, const struct fact *fact), void *data);

#endif
