/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Changing the rights matrix. Each function is one change in the plan's log and is undone as one
 * with plan_undo(); after it engine_rights() gives a new picture, and the old one is gone.
 *
 * Roles, people, registers and assignments are named by their position in the picture. Letters that
 * the ceiling does not allow can be set one by one (the checks then say so), but filling, copying
 * and templates leave them out: `struct rights_changed` tells how many. Record, change, sign and
 * invalidate bring the right to view with them, and go when it goes. A cell that is touched counts
 * as the user's own from then on.
 */
#ifndef CORE_RIGHTS_EDIT_H
#define CORE_RIGHTS_EDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/rights_check.h"

struct err;
struct plan;

struct rights_changed {
    int cells;                /* whose letters changed */
    int left_out;             /* cells that got less than asked for: the ceiling */
};

/* How letters meet those of a cell. */
enum rights_fill { RIGHTS_FILL_SET, RIGHTS_FILL_ADD, RIGHTS_FILL_REMOVE };

/* ---- cells of roles ---- */

/* Sets one cell to exactly these letters (0 clears it), whatever the ceiling says. */
int rights_set_cell(struct plan *plan, int role, int group, uint16_t letters, struct err *err);
/* Adds one letter, or takes it away when it is there. */
int rights_toggle(struct plan *plan, int role, int group, enum rights_letter letter,
                  struct err *err);
/* Fills the block of roles `role`..`last_role` and groups `group`..`last_group`; a row is one role
 * and all groups, a column one group and all roles. `reg` -1, or only groups that live in the
 * register, within its ceiling. What is marked in `skip_roles` or `skip_groups` (by position; may
 * be NULL) stays as it is. `changed` may be NULL. */
struct rights_block {
    int role, last_role, group, last_group, reg;
    const bool *skip_roles, *skip_groups;
};
int rights_fill_block(struct plan *plan, const struct rights_block *block, uint16_t letters,
                      enum rights_fill fill, struct rights_changed *changed, struct err *err);
/* How many cells rights_fill_block() would change: to ask before a large change. */
struct rights_changed rights_fill_count(const struct rights *rights,
                                        const struct rights_block *block, uint16_t letters,
                                        enum rights_fill fill);
/* Gives the role the cells of a row: another role's, or one kept by the caller. */
int rights_paste_row(struct plan *plan, int role, const uint16_t cells[RIGHTS_GROUP_COUNT],
                     struct rights_changed *changed, struct err *err);
/* Confirms cells as they are: they are the user's own now. */
int rights_confirm(struct plan *plan, int role, unsigned groups, struct err *err);
/* The same for a block. */
int rights_confirm_block(struct plan *plan, const struct rights_block *block, struct err *err);
/* Puts cells back to what the template says, unconfirmed. */
int rights_reset(struct plan *plan, int role, unsigned groups, struct err *err);

/* ---- roles ---- */

/* Adds a role from a template (cells within the ceiling of its tasks), named in the language of
 * `tr`; `key` gets the key of its row. */
struct tr;
int rights_add_template(struct plan *plan, const struct rights_template *template,
                        const struct tr *tr, char key[24], struct err *err);
/* Adds all templates of a provider type (a choice of rights_providers) that no role has yet. */
int rights_add_provider(struct plan *plan, const char *provider, const struct tr *tr, int *added,
                        struct err *err);
int rights_add_role(struct plan *plan, const char *name, char key[24], struct err *err);

/* ---- assignments ---- */

struct rights_grant {
    int person, role, unit, reg;          /* unit and reg -1: not said */
    unsigned tasks;           /* service tasks; 0: those of the unit */
    int from, until;          /* DATE_NONE */
    const char *reason;       /* may be NULL */
};
/* Gives a role to a person; `key` gets the key of the new assignment. */
int rights_grant(struct plan *plan, const struct rights_grant *grant, char key[24],
                 struct err *err);
/* Gives the person, from today on, what another has in force and she has not: the same role in the
 * same register. Unit, tasks and last day are the other's; the reason is not. */
int rights_grant_like(struct plan *plan, int person, int other, int *given, struct err *err);
/* Ends an assignment: the day given is the last one. An assignment that would end before it begins
 * is removed. */
int rights_end(struct plan *plan, int assignment, int last_day, struct err *err);

/* ---- findings ---- */

/* Accepts a warning; ERR_REFUSED for an error, or when reason, measure or day are missing. */
int rights_accept(struct plan *plan, const struct rights_finding *finding, const char *reason,
                  const char *measure, int review, int by, struct err *err);

#endif
