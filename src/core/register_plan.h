/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The check against the organisation register, joined with a plan: which answers are held against
 * it, what stands beside an answer, what the plan keeps, and all of it in words.
 *
 * The register itself is a cache that may be gone tomorrow or lie on another computer. So the plan
 * keeps the provider's own rows with the day of the check and the digest of the file, in one
 * setting; the check falls back on them when there is no cache.
 */
#ifndef CORE_REGISTER_PLAN_H
#define CORE_REGISTER_PLAN_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/tr.h"
#include "core/engine.h"
#include "core/register_check.h"

struct arena;
struct err;
struct plan;

/* Where rows come from; the caller of the faces provides it. Rows are good until its next call:
 * who keeps them copies them. */
struct register_lookup {
    void *data;
    /* The rows below the business id (may be "") and those of the OIDs. `out->imported` stays false
     * when no register has been imported. */
    int (*look)(void *data, const char *business_id, const char *const *oids, size_t oid_count,
                struct register_picture *out, struct err *err);
    /* At most `most` rows that hold all the words in name, address, OID or business id. */
    int (*find)(void *data, const char *words, size_t most, struct register_picture *out,
                struct err *err);
};

struct register_report {
    struct register_claim claim;
    struct register_picture picture;
    struct register_result result;
    struct register_unit *units;
    bool from_plan;           /* the rows are those that the plan has kept */
    int checked_on;           /* from_plan: the day on which they were compared */
    char *text;               /* private: what the strings of kept rows point into */
    struct regcheck_row *rows;
    struct arena *arena;      /* private: holds the rows of the register */
};

/* A copy of the picture whose rows live in the arena. */
void register_picture_copy(struct register_picture *out, const struct register_picture *picture,
                           struct arena *arena);

/* Whether the content has what the check needs. */
bool register_plan_can(const struct plan *plan);

/* Checks the plan; `source` may be NULL. Replaces nothing: `out` is zeroed. An error of the source
 * is the result "not checked" with `err` filled. */
int register_plan_check(const struct plan *plan, const struct register_lookup *source,
                        struct register_report *out, struct err *err);
void register_report_free(struct register_report *report);

/* Keeps rows, result, day and digest in the plan; nothing when they came from it. */
int register_plan_keep(struct plan *plan, const struct register_report *report, struct err *err);

/* ---- beside an answer ---- */

/* The row that belongs beside the answer of an item: of its code, else the nearest. NULL when the
 * item is none of those that are compared, or there is no row. */
const struct regcheck_row *register_plan_row(const struct plan *plan,
                                             const struct register_report *report,
                                             const struct item *item, const char *row);
/* What the row says about the item; NULL when it says nothing. */
const char *register_plan_value(const struct plan *plan, const struct regcheck_row *row,
                                const struct item *item);
/* Whether a text agrees with what the register says about the item. */
bool register_plan_agrees(const struct plan *plan, const struct item *item, const char *text,
                          const char *value);
bool register_plan_compares(const struct plan *plan, const struct item *item);

/* Takes what the register says about an item, or (item NULL) about all items of the finding that
 * differ, into the plan, as one change. `*taken` gets how many answers changed. */
int register_plan_take(struct plan *plan, const struct register_report *report,
                       const struct register_finding *finding, int *taken, struct err *err);
bool register_plan_can_take(const struct plan *plan, const struct register_report *report,
                            const struct register_finding *finding);

/* Makes the row the operating unit, or one more service unit, as one change. `*added` is false when
 * the plan has that code already. */
int register_plan_add(struct plan *plan, const struct regcheck_row *row, bool *added,
                      struct err *err);

/* ---- in words (register_text.c) ---- */

/* The answer that a finding is about; item NULL when it is about no single one. */
struct place register_finding_place(const struct plan *plan,
                                    const struct register_report *report,
                                    const struct register_finding *finding);
/* "Palveluyksikkö 2: Tunnusta … ei löydy." */
void register_finding_text(const struct plan *plan, const struct register_report *report,
                           const struct register_finding *finding, const struct tr *tr,
                           struct buf *out);
void register_finding_remedy(const struct plan *plan, const struct register_finding *finding,
                             const struct tr *tr, struct buf *out);
/* "Soteri …; yrityksen perustiedot: …" */
void register_finding_contacts(const struct plan *plan, const struct register_finding *finding,
                               const struct tr *tr, struct buf *out);
/* The state in a few words, and what it means. */
void register_state_text(const struct plan *plan, enum register_state state, const struct tr *tr,
                         struct buf *out);
void register_state_more(const struct plan *plan, enum register_state state, const struct tr *tr,
                         struct buf *out);
/* How old a register of that day is, or that it is from today; nothing when the day is to come. */
void register_day_text(int day, int today, const struct tr *tr, struct buf *out);
/* How old the register is, and when to look again; one sentence, or nothing without a register. */
void register_age_text(const struct plan *plan, const struct register_report *report,
                       const struct tr *tr, struct buf *out);
/* What stands beside an answer: "In the register: … – differs"; `row` NULL: that it has none. */
void register_beside_text(const struct plan *plan, const struct regcheck_row *row,
                          const struct item *item, const char *answer, const struct tr *tr,
                          struct buf *out);
/* A note of the data file: "where", "import", "again". */
void register_note_text(const struct plan *plan, const char *id, const struct tr *tr,
                        struct buf *out);
/* "Palvelukoti Koivu, Koivukuja 2, 99999 Mallila, 1.2.246.10.…10.1" */
void regcheck_row_text(const struct regcheck_row *row, struct buf *out);

#endif
