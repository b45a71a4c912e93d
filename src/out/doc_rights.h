/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the builders of the sections about rights share; for doc_rights*.c only.
 */
#ifndef OUT_DOC_RIGHTS_H
#define OUT_DOC_RIGHTS_H

#include <stdbool.h>
#include <stddef.h>

struct buf;
struct build;
struct list;
struct rights;
struct tr;

typedef void rights_namer(const struct rights *rights, int at, const struct tr *tr,
                          struct buf *out);

/* The matrix, or NULL when the user has not begun with it. */
const struct rights *build_rights(const struct build *build);
/* The assignment has not ended. */
bool build_is_live(const struct rights *rights, int assignment);

/* Each adds a cell; a position of -1 is an empty one. What is empty shows a dash. */
void build_cell(struct build *build, const char *text);
void build_rights_cell(struct build *build, rights_namer *name, const struct rights *rights,
                       int at);
void build_mask_cell(struct build *build, const struct list *list, unsigned mask);
void build_days_cell(struct build *build, int from, int until);
/* What the codes of groups and the letters of rights mean. `groups`: bits of those to name. */
void build_rights_legend(struct build *build, const struct rights *rights, unsigned groups);
/* "1.1.2026–31.12.2026"; an open end is open, and nothing is said of two unknown days. */
void build_days(const struct build *build, int from, int until, struct buf *out);
/* Begins a table with at most 12 headings, which are msgids; NULL for a column that is left out. A
 * column of units is, when there are not several. */
void build_headings(struct build *build, const char *caption, const char *const *msgids,
                    size_t count);

#endif
