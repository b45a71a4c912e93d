/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The 45 checks of the rights matrix (data/rights/checks.yaml; decree 457/2024, act 703/2023).
 *
 * All of them together go once through each kind of row: what a check needs to know of a person, a
 * unit or a role as a whole is gathered on the way. An error blocks approval, never saving. A
 * warning is accepted by a waiver with reason, compensating measure and review date, until that
 * date; it then counts as a note. Nothing is found before the user has begun with the matrix.
 */
#ifndef CORE_RIGHTS_CHECK_H
#define CORE_RIGHTS_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/rights.h"

struct buf;
struct tr;

/* What a finding is about; `at` is the position among the rows of that kind. */
enum rights_about {
    RIGHTS_ABOUT_ALL, RIGHTS_ABOUT_ROLE, RIGHTS_ABOUT_PERSON, RIGHTS_ABOUT_ASSIGNMENT,
    RIGHTS_ABOUT_REGISTER, RIGHTS_ABOUT_UNIT, RIGHTS_ABOUT_EXCEPTION, RIGHTS_ABOUT_ACCOUNT,
    RIGHTS_ABOUT_COUNT
};

struct rights_finding {
    const struct rights_check *check;
    enum severity severity;   /* after the waiver */
    enum rights_about about;
    int at, group;            /* -1: none */
    unsigned letters;         /* {rights}: the letters that it is about */
    int number, day;          /* {number}, {date}; day DATE_NONE */
    int waiver;               /* accepted by this one, or -1 */
};

struct rights_findings {
    struct rights_finding *at;            /* errors, warnings, notes; within them as checked */
    size_t count, room;
    size_t errors, warnings, accepted;
    size_t assignments_read;  /* how many assignments the checks looked at, one by one */
};

/* Replaces what `out` held; it is zeroed at first. `rights` may be NULL. */
void rights_check(const struct rights *rights, struct rights_findings *out);
void rights_findings_free(struct rights_findings *findings);

/* What a waiver's `about` says of the finding: "role/3", "assignment/12/d07", "" when it is about
 * the matrix as a whole. */
void rights_finding_subject(const struct rights *rights, const struct rights_finding *finding,
                            struct buf *out);

/* The first finding about a cell of a role, from `from` on; -1 when there is none. What an
 * assignment of the role or an exception does with the group counts, too. */
int rights_finding_of_cell(const struct rights *rights, const struct rights_findings *findings,
                           int role, int group, size_t from);
/* The same about a person: herself, her assignments, exceptions and accounts. */
int rights_finding_of_person(const struct rights *rights,
                             const struct rights_findings *findings, int person, size_t from);

/* Where the finding is corrected: the item, and the key of the row (NULL outside rows). */
const struct item *rights_finding_item(const struct rights *rights,
                                       const struct rights_finding *finding,
                                       const char **row);

#endif
