/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix in words. All functions append to `out`.
 */
#ifndef CORE_RIGHTS_TEXT_H
#define CORE_RIGHTS_TEXT_H

#include "core/rights_check.h"

struct buf;
struct plan;
struct tr;

/* "katselu, kirjaus"; nothing for 0. */
void rights_letter_names(const struct rights_data *data, unsigned letters, const struct tr *tr,
                         struct buf *out);
/* The labels of a set of choices, with commas. */
void rights_mask_names(const struct list *list, unsigned mask, const struct tr *tr,
                       struct buf *out);
/* "D07 Palvelun toteutus" */
void rights_group_name(const struct rights_data *data, int group, const struct tr *tr,
                       struct buf *out);
/* What a row is called; "?" for -1. */
void rights_role_name(const struct rights *rights, int role, const struct tr *tr,
                      struct buf *out);
void rights_person_name(const struct rights *rights, int person, const struct tr *tr,
                        struct buf *out);
void rights_unit_name(const struct rights *rights, int unit, const struct tr *tr,
                      struct buf *out);
void rights_register_name(const struct rights *rights, int reg, const struct tr *tr,
                          struct buf *out);
/* "Onni Kuvitelma, ohjaaja" */
void rights_assignment_name(const struct rights *rights, int assignment, const struct tr *tr,
                            struct buf *out);

/* "; 1.1.2027–31.3.2027": from when until when; nothing for an assignment without days. */
void rights_days_text(const struct rights_assignment *assignment, const struct tr *tr,
                      struct buf *out);

/* The finding as a sentence with its code, "(R25)"; the remedy is plan_finding_remedy()'s, or the
 * check's own text. */
void rights_finding_text(const struct rights *rights, const struct rights_finding *finding,
                         const struct tr *tr, struct buf *out);

/* Where a cell comes from, to be looked up: "from the template, not confirmed". */
const char *rights_origin_words(enum rights_origin origin);
/* What a mark of rights_mark() means, to be looked up; "" for ' '. */
const char *rights_mark_words(char mark);

/* The ceiling of a cell: each task of the role that counts in the register, its section and the
 * condition. One line a task. */
void rights_ceiling_text(const struct plan *plan, int role, int group, int reg,
                         const struct tr *tr, struct buf *out);
/* All there is to say of a cell, a line each: rights, where they come from, ceiling, who has them,
 * exceptions, findings. */
void rights_explain_cell(const struct plan *plan, int role, int group, int reg,
                         const struct tr *tr, struct buf *out);
/* All there is to say of a person and a role (-1: every role): unit, register, days, rights. */
void rights_explain_person(const struct plan *plan, int person, int role, const struct tr *tr,
                           struct buf *out);

#endif
