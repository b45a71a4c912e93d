/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finnish public holidays and working days, by rule for any year.
 *
 * A working day is Monday to Friday and neither a public holiday nor Midsummer Eve or
 * Christmas Eve. An instruction that says "arkipäivä" without defining it may mean more days than
 * that, so a limit has two ends.
 */
#ifndef CORE_HOLIDAYS_H
#define CORE_HOLIDAYS_H

#include <stdbool.h>

bool holiday_is(int date);          /* public holiday */
bool holiday_is_eve(int date);      /* Midsummer Eve, Christmas Eve */
bool workday_is(int date);

/* Working days after `from` up to and with `to`; negative when `to` is earlier. */
int workdays_between(int from, int to);

/* The `count`-th working day after `from`; count >= 0, 0 gives `from`. */
int workday_add(int from, int count);

/* By the Gregorian computus. */
int easter_sunday(int year);

/* The older reading of "arkipäivä": Saturdays and the two eves count, Sundays and public holidays
 * do not. */
bool saturday_workday_is(int date);
int saturday_workday_add(int from, int count);

/* A limit of so many working days after a day, which itself is not counted: the days on which it
 * ends by the older reading (`target`) and by today's (`last`). The former is never the later. */
struct day_limit {
    int target, last;
};
struct day_limit day_limit_after(int from, int count);

/* Whether a day keeps the limit by both readings, by one of them, or by none. */
enum day_limit_state { DAY_LIMIT_KEPT, DAY_LIMIT_UNCLEAR, DAY_LIMIT_LATE };
enum day_limit_state day_limit_state(struct day_limit limit, int day);

#endif
