/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of the checks of rights share; for rights_check*.c only.
 *
 * A check function looks at one row of its kind and says what it finds. Rows that are over, such as
 * assignments whose last day has passed, are not shown to it.
 */
#ifndef CORE_RIGHTS_CHECK_PARTS_H
#define CORE_RIGHTS_CHECK_PARTS_H

#include "core/rights_check.h"

/* What a person has altogether, in assignments that have not ended. */
struct person_sum {
    unsigned tasks, services, care_services, admin, units;   /* units: how many of them */
    bool live, care, writes, care_with_archive, open_end;
    bool level_known, level_same;     /* some role has a level; it is that of an account */
    int first, last;          /* the first day and the last that is known; DATE_NONE */
};

struct unit_sum {
    bool used, seeks_or_records, consents, patients;
};

struct checking {
    const struct rights *rights;
    struct rights_findings *out;
    struct unit_sum *units;
    uint16_t effective[RIGHTS_GROUP_COUNT];   /* of the assignment that is being looked at */
    bool *writes;             /* by assignment: it lets somebody record, change or sign */
    bool *registers;          /* an assignment is in a register without contract or access right */
    unsigned services;        /* service tasks in use */
    size_t cells;             /* cells of assignments that give something */
    int main_users, archivists, log_reviewers;
};

typedef void row_check(struct checking *c, int at);
typedef void person_check(struct checking *c, int person, const struct person_sum *sum);

/* Adds a finding of check `number`; the pointer is good until the next. */
struct rights_finding *rights_check_add(struct checking *c, int number, enum rights_about about,
                                        int at);
const struct rights_check *rights_check_of(const struct checking *c, int number);

/* The assignment has not ended. */
bool rights_is_live(const struct rights *rights, int assignment);
/* The work tasks that the assignment rests on, and of those the ones that count in its register. */
unsigned rights_named_tasks(const struct rights *rights, int assignment);
unsigned rights_counting_tasks(const struct rights *rights, int assignment);
/* What the tasks let the role have of a group in the register. */
unsigned rights_tasks_ceiling(const struct rights *rights, const struct rights_role *role,
                              unsigned tasks, int reg, int group);
/* All that lets the tasks use the group hangs on a ground of 18-19 §. */
bool rights_needs_ground(const struct rights *rights, const struct rights_role *role,
                         unsigned tasks, int group);
/* The role gives no documents but, at most, logs to a log reviewer. */
bool rights_only_admin(const struct rights_role *role);

/* NULL-terminated tables, one file each. */
extern row_check *const rights_role_checks[], *const rights_assignment_checks[],
    *const rights_exception_checks[];
extern row_check *const rights_unit_checks[], *const rights_account_checks[],
    *const rights_register_checks[];
extern person_check *const rights_person_checks[];
extern void (*const rights_whole_checks[])(struct checking *c);

#endif
