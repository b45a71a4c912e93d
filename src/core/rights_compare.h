/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The supplier's list of users held against the matrix (act 703/2023 9 § 3 mom.: the register of
 * users and the system must agree).
 *
 * The list is a table; its headings are those of data/imports/supplier_users.yaml. A user is found
 * by the user name, else by the person's name. Nothing is written: who wants the accounts in the
 * plan imports the same file.
 */
#ifndef CORE_RIGHTS_COMPARE_H
#define CORE_RIGHTS_COMPARE_H

#include "core/rights.h"

struct buf;
struct err;
struct table;
struct tr;

#define RIGHTS_COMPARE_INFO(_) \
    _(UNKNOWN, "unknown", N_("is in the system but not in the matrix")) \
    _(NO_RIGHT, "no_right", N_("has no right in force, but the account is open")) \
    _(CLOSED, "closed", N_("the plan says that the account is closed, but it is open")) \
    _(CLOSED_THERE, "closed_there", N_("is closed in the system, but open in the plan")) \
    _(LEVEL, "level", N_("the level in the system is not that of the matrix")) \
    _(OTHER_PERSON, "other_person", N_("the account is another person's in the plan")) \
    _(MISSING, "missing", N_("is in the matrix but not in the system")) \
    _(TWICE, "twice", N_("stands in the list more than once"))
#define RIGHTS_COMPARE_AS_ENUM(name, id, words) RIGHTS_COMPARE_##name,
enum rights_compare_kind { RIGHTS_COMPARE_INFO(RIGHTS_COMPARE_AS_ENUM) RIGHTS_COMPARE_COUNT };
#undef RIGHTS_COMPARE_AS_ENUM
/* "twice" and the like, for programs. */
const char *rights_compare_id(enum rights_compare_kind kind);

/* Strings belong to the table or to the picture. */
struct rights_mismatch {
    enum rights_compare_kind kind;
    int line;                 /* of the file; 0: not in it */
    int person, account;      /* in the picture, or -1 */
    const char *user, *name, *level, *expected;   /* may be NULL */
};
struct rights_comparison {
    struct rights_mismatch *at;
    size_t count, room;
    size_t rows, agreeing;    /* users in the list, and those with nothing to say */
};

/* ERR_INPUT with the place when the table has no column of users. */
int rights_compare(const struct rights *rights, const struct table *table,
                   struct rights_comparison *out, struct err *err);
void rights_comparison_free(struct rights_comparison *comparison);

/* "onni.kuvitelma, Onni Kuvitelma: the level ... (Perustaso, not Vastaava)." */
void rights_mismatch_text(const struct rights *rights, const struct rights_mismatch *mismatch,
                          const struct tr *tr, struct buf *out);

#endif
