/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rows of a repeat by two of their choices: a heat map of risks.
 *
 * The first item goes down from its last choice to its first, the second to the right, so that what
 * is worst stands in the upper right corner. A row is told by its number.
 */
#ifndef CORE_ROW_MAP_H
#define CORE_ROW_MAP_H

#include <stdbool.h>
#include <stddef.h>

enum { GRADE_MOST = 4 };      /* grades that a list may tell apart */

struct buf;
struct choice;
struct item;
struct list;
struct plan;
struct tr;

/* The numbers of the rows that have both choices, "2, 5"; nothing when there are none. */
void row_map_cell(const struct plan *plan, const struct item *down, const struct choice *in_down,
                  const struct item *right, const struct choice *in_right, struct buf *out);

/* The least product of a cell of the grade, a choice of a list of grades; 0 when it does not
 * say. */
int row_map_grade_least(const struct list *grades, const struct choice *grade);

/* The grade of a cell: the last of the list that needs no more than the product of the places of
 * its two choices, both counted from 1. Its place in the list, counted from 1; 0 when it is below
 * all of them. */
int row_map_grade(const struct list *grades, size_t down, size_t right);

/* The map that the repeat names as aligned lines of text, each ending in a line feed. False when it
 * names none, or no row has both choices. */
bool row_map_text(const struct plan *plan, const struct item *repeat, const struct tr *tr,
                  struct buf *out);

#endif
