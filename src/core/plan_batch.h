/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What is inside a batch. Private to plan*.c; everyone else changes a plan through plan.h.
 */
#ifndef CORE_PLAN_BATCH_H
#define CORE_PLAN_BATCH_H

#include "core/plan.h"

/* Entries that will be one change. Rows added in the batch exist in the answers only after the
 * commit. */
struct plan_batch {
    struct plan *plan;
    struct entry *entries;
    size_t count, room;
    int64_t takes_back;       /* the change that this one takes back, or 0 */
    bool adds_rows;
};

/* Adds an entry as it is to be written; strings are copied. */
void plan_batch_entry(struct plan_batch *batch, const char *form, const char *row,
                      const char *item, const char *value);

/* The same about a row as a whole: `what` happens to it (ENTRY_ROW_...). */
void plan_batch_row_entry(struct plan_batch *batch, const struct item *repeat, const char *row,
                          const char *what, const char *value);

/* Frees entries whose strings are their own. */
void plan_entries_free(struct entry *entries, size_t count);

#endif
