/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finnish public holidays and working days, by rule for any year.
 *
 * A working day is Monday to Friday and neither a public holiday nor Midsummer Eve or
 * Christmas Eve. An instruction that says "arkipäivä" without defining it may mean more days than
 * that, so a limit has two ends: the forms ask for both.
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

#endif
