/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Civil dates: a date is a day number, days since 1970-01-01 (which is 0).
 *
 * Nothing here reads the clock; "today" is always a parameter. Valid dates are the years
 * 1900 to 2199. ISO form inside ("2026-09-01"), Finnish form on the screen ("1.9.2026").
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/lang.h"

#define DATE_NONE (-1000000)

struct civil {
    int year, month, day;
};

/* Day number, or DATE_NONE when there is no such day. */
int date_make(int year, int month, int day);
struct civil date_civil(int date);

/* Monday is 1, Sunday is 7. */
int date_weekday(int date);

/* ISO 8601 week of the date, 1 to 53; `*year` (may be NULL) gets the week's year. */
int date_week(int date, int *year);

/* Strict "yyyy-mm-dd"; DATE_NONE otherwise. */
int date_parse_iso(const char *text);

/* What a person types: "1.9.2026", "1.9.26", "1.9." (this year, or the next when it lies over six
 * months back), "2026-09-01", "1/9/2026", "010926", "+14" and "-3" (days from today), and the words
 * for today, tomorrow and yesterday in the three languages. DATE_NONE when it is no date. */
int date_parse(const char *text, int today);

/* "2026-09-01"; `out` holds 11 bytes. DATE_NONE gives "". */
void date_iso(int date, char out[11]);

/* "1.9.2026" in fi and sv, "1 September 2026" in en; `out` holds at least 24 bytes. */
void date_text(int date, enum lang lang, char *out, size_t size);

/* A stamp of a log ("2026-09-01T14:32") as "14.32", with the date before it when that is not
 * today (DATE_NONE: always); `out` holds at least 32 bytes. "" when it is no such stamp. */
void date_stamp(const char *stamp, int today, enum lang lang, char *out, size_t size);

/* "maanantai", "måndag", "Monday". */
const char *date_weekday_name(int weekday, enum lang lang);

/* "tammikuu", "januari", "January"; months are 1 to 12. */
const char *date_month_name(int month, enum lang lang);

/* Adds months; a day that the month lacks becomes its last day. */
int date_add_months(int date, int months);

/* First and last day of a date that may name only a year or a month ("2020", "2024-05",
 * "2026-01-01"). Returns 0, or -1 when the text is none of these. */
int date_period(const char *text, int *first, int *last);

#endif
