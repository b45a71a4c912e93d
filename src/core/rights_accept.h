/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Accepting warnings of the rights matrix from the faces: which there are, what has to be said of
 * one. rights_accept() (core/rights_edit.h) writes it.
 */
#ifndef CORE_RIGHTS_ACCEPT_H
#define CORE_RIGHTS_ACCEPT_H

#include <stddef.h>

#include "core/rights_check.h"

struct check;
struct item;
struct plan;

/* What is asked of a warning that is accepted, in this order; who accepts it is asked after. */
enum rights_accept_part { RIGHTS_ACCEPT_REASON, RIGHTS_ACCEPT_MEASURE, RIGHTS_ACCEPT_REVIEW,
                          RIGHTS_ACCEPT_PARTS };

/* The question of the form, for its words and its type. */
const struct item *rights_accept_item(const struct plan *plan, enum rights_accept_part part);

/* Whether the text answers it: all three are needed, and the review is today or later. `out` holds
 * the normal form; free with check_free(). */
void rights_accept_check(const struct plan *plan, enum rights_accept_part part, const char *text,
                         struct check *out);

/* Names a warning while the plan may change: its check, and what it is about. */
struct rights_warning {
    char check[8], about[64];
};
void rights_warning_of(const struct plan *plan, size_t finding, struct rights_warning *out);
/* The warning as it is now; NULL when there is none any more, or it was accepted meanwhile. */
const struct rights_finding *rights_warning_now(const struct plan *plan,
                                                const struct rights_warning *warning);

/* The warnings that are not accepted, as positions among the findings of the plan: first those of
 * the cell of a role, or of a person (-1: of none). The caller frees `*order`; returns how many. */
size_t rights_warnings(const struct plan *plan, int role, int group, int person, size_t **order);

#endif
