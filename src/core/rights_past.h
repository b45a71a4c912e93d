/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The rights matrix as it was: on a day, or when changes were last ordered; and what is different
 * since.
 *
 * The log is the history: nothing is kept twice. What the plan said at the end of a day is what its
 * entries up to then lead to; an order stands at the end of the change in which it was noted. A
 * plan that was made by importing another begins its history with the import.
 */
#ifndef CORE_RIGHTS_PAST_H
#define CORE_RIGHTS_PAST_H

#include "core/rights.h"

struct err;
struct plan;

/* A picture of the past with the answers that it borrows from. */
struct rights_past {
    struct answers *answers;
    struct rights *rights;    /* NULL: the content has no model */
    int day;                  /* which the picture is of */
};
void rights_past_free(struct rights_past *past);

/* What the plan said at the end of that day. */
int rights_past_on(const struct plan *plan, int day, struct rights_past *out, struct err *err);
/* What it said when the event of this row was noted; ERR_USAGE when there is no such entry. */
int rights_past_event(const struct plan *plan, const char *key, struct rights_past *out,
                      struct err *err);
/* The newest order of the plan, or NULL. */
const struct rights_event *rights_last_order(const struct rights *rights);

enum rights_change_kind { RIGHTS_ADDED, RIGHTS_ALTERED, RIGHTS_REMOVED };

/* An assignment that has to be set up, changed or removed in a system. */
struct rights_difference {
    enum rights_change_kind kind;
    int before, now;          /* positions in the two pictures, -1 where it is not */
};
struct rights_differences {
    struct rights_difference *at;
    size_t count, room;
};
/* What is different in `now`; `before` may be NULL, then all is new. What had ended by a day that
 * the earlier picture already named is no difference. */
void rights_differences(const struct rights *before, const struct rights *now,
                        struct rights_differences *out);
void rights_differences_free(struct rights_differences *differences);

/* ---- who leaves ---- */

/* Someone whose work, or last right, has ended or ends within `days`; or who has no right but an
 * open account. */
struct rights_leaver {
    int person, last_day;     /* DATE_NONE: no day is known, only an open account */
    int open_rights, open_accounts;
    bool card;                /* an own card of this employer is to be returned */
};
struct rights_leavers {
    struct rights_leaver *at;
    size_t count, room;
};
void rights_leavers(const struct rights *rights, int days, struct rights_leavers *out);
void rights_leavers_free(struct rights_leavers *leavers);

#endif
