/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Ready-made rows of a repeat: offered one by one, each a row like any other once it is taken.
 *
 * They are the choices of a list. The label of a choice becomes the answer of the repeat's item
 * `name`, its hint that of `text`, and a column that has the id of an item the answer of that item.
 */
#ifndef CORE_STARTER_H
#define CORE_STARTER_H

#include <stddef.h>

struct choice;
struct err;
struct item;
struct plan;
struct tr;

/* The ready-made rows that the plan does not have yet, in whatever language they were taken; `out`
 * has room for all choices of the list. Returns how many. */
size_t starter_left(const struct plan *plan, const struct item *repeat, const struct choice **out);

/* Adds the row in the language of `tr`, as one change. */
int starter_take(struct plan *plan, const struct item *repeat, const struct choice *choice,
                 const struct tr *tr, struct err *err);

#endif
