/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finnish public holidays by today's rules.
 *
 * Three kinds: fixed days, days counted from Easter Sunday, and Saturdays of a given week.
 * The two eves that are no working days are kept apart, because they are not holidays.
 */
#include "core/holidays.h"

#include <stddef.h>

#include "base/date.h"
#include "base/mem.h"

/* New Year, Epiphany, May Day, Independence Day, Christmas Day, St Stephen's Day. */
static const struct {
    int month, day;
} fixed_days[] = { { 1, 1 }, { 1, 6 }, { 5, 1 }, { 12, 6 }, { 12, 25 }, { 12, 26 } };

/* Good Friday, Easter Sunday and Monday, Ascension Day, Whit Sunday. */
static const int from_easter[] = { -2, 0, 1, 39, 49 };

/* Midsummer Day and All Saints' Day: the Saturday of the week that begins on this day. */
static const struct {
    int month, day;
} saturdays[] = { { 6, 20 }, { 10, 31 } };

/*
 * The Gregorian computus. `moon` is the age of the moon on a fixed day of March, corrected
 * by century for left-out leap days and for the drift of the lunar cycle; `full` is the
 * number of days from 21 March to the paschal full moon. Easter is the Sunday after it.
 */
int easter_sunday(int year)
{
    int century = year / 100, golden = year % 19;
    int drift = (8 * century + 13) / 25;
    int moon = (15 + century - century / 4 - drift + 19 * golden) % 30;
    int full = moon;
    int full_moon;

    if (moon == 29 || (moon == 28 && golden > 10))
        full = moon - 1;
    full_moon = date_make(year, 3, 21);
    if (full_moon == DATE_NONE)
        return DATE_NONE;
    full_moon += full;
    return full_moon + 7 - date_weekday(full_moon) % 7;
}

bool holiday_is(int date)
{
    struct civil civil = date_civil(date);
    int easter = easter_sunday(civil.year);

    for (size_t i = 0; i < countof(fixed_days); i++) {
        if (civil.month == fixed_days[i].month && civil.day == fixed_days[i].day)
            return true;
    }
    for (size_t i = 0; i < countof(from_easter); i++) {
        if (easter != DATE_NONE && date == easter + from_easter[i])
            return true;
    }
    for (size_t i = 0; i < countof(saturdays); i++) {
        int first = date_make(civil.year, saturdays[i].month, saturdays[i].day);
        if (date_weekday(date) == 6 && date >= first && date < first + 7)
            return true;
    }
    return false;
}

bool holiday_is_eve(int date)
{
    struct civil civil = date_civil(date);

    if (civil.month == 12)
        return civil.day == 24;
    return civil.month == 6 && civil.day >= 19 && civil.day <= 25 && date_weekday(date) == 5;
}

bool workday_is(int date)
{
    return date_weekday(date) <= 5 && !holiday_is(date) && !holiday_is_eve(date);
}

bool saturday_workday_is(int date)
{
    return date_weekday(date) <= 6 && !holiday_is(date);
}

static int count_workdays(int after, int until)
{
    int count = 0;

    for (int date = after + 1; date <= until; date++)
        count += workday_is(date);
    return count;
}

int workdays_between(int from, int to)
{
    if (from == DATE_NONE || to == DATE_NONE)
        return 0;
    return to >= from ? count_workdays(from, to) : -count_workdays(to, from);
}

static int add_days(int from, int count, bool (*counts)(int date))
{
    if (from == DATE_NONE)
        return DATE_NONE;
    while (count > 0)
        count -= counts(++from);
    return from;
}

int workday_add(int from, int count)
{
    return add_days(from, count, workday_is);
}

int saturday_workday_add(int from, int count)
{
    return add_days(from, count, saturday_workday_is);
}
