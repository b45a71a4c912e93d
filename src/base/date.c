/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Civil dates: day numbers, ISO weeks, and the ways people write a date.
 *
 * Day numbers are counted in years that begin in March, so that the leap day is the last day
 * of a year and the months before it have fixed lengths.
 */
#include "base/date.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

enum {
    FIRST_YEAR = 1900,
    LAST_YEAR = 2199,
    ERA_DAYS = 146097,        /* 400 years */
    EPOCH_SHIFT = 719468,     /* 0000-03-01 to 1970-01-01 */
    WORD_SIZE = 64
};

static const char *const weekday_names[7][LANG_COUNT] = {
    { "maanantai", "måndag", "Monday" },     { "tiistai", "tisdag", "Tuesday" },
    { "keskiviikko", "onsdag", "Wednesday" }, { "torstai", "torsdag", "Thursday" },
    { "perjantai", "fredag", "Friday" },     { "lauantai", "lördag", "Saturday" },
    { "sunnuntai", "söndag", "Sunday" },
};

static const char *const month_names[12][LANG_COUNT] = {
    { "tammikuu", "januari", "January" },    { "helmikuu", "februari", "February" },
    { "maaliskuu", "mars", "March" },        { "huhtikuu", "april", "April" },
    { "toukokuu", "maj", "May" },            { "kesäkuu", "juni", "June" },
    { "heinäkuu", "juli", "July" },          { "elokuu", "augusti", "August" },
    { "syyskuu", "september", "September" }, { "lokakuu", "oktober", "October" },
    { "marraskuu", "november", "November" }, { "joulukuu", "december", "December" },
};

static const struct {
    const char *word;
    int days;
} day_words[] = {
    { "tänään", 0 },  { "huomenna", 1 }, { "eilen", -1 },
    { "idag", 0 },    { "imorgon", 1 },  { "igår", -1 },
    { "i dag", 0 },   { "i morgon", 1 }, { "i går", -1 },
    { "today", 0 },   { "tomorrow", 1 }, { "yesterday", -1 },
};

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int month_length(int year, int month)
{
    static const int lengths[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    return lengths[month - 1] + (month == 2 && is_leap(year));
}

/* The day number of any day of the years 0 and later. */
static int day_number(int year, int month, int day)
{
    int march_year = month > 2 ? year : year - 1;
    int march_month = month > 2 ? month - 3 : month + 9;
    int era = march_year / 400, in_era = march_year % 400;
    int in_year = (153 * march_month + 2) / 5 + day - 1;

    return era * ERA_DAYS + in_era * 365 + in_era / 4 - in_era / 100 + in_year - EPOCH_SHIFT;
}

static bool in_range(int date)
{
    return date >= day_number(FIRST_YEAR, 1, 1) && date <= day_number(LAST_YEAR, 12, 31);
}

int date_make(int year, int month, int day)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12)
        return DATE_NONE;
    if (day < 1 || day > month_length(year, month))
        return DATE_NONE;
    return day_number(year, month, day);
}

struct civil date_civil(int date)
{
    struct civil civil = { 0, 0, 0 };
    int days = date + EPOCH_SHIFT, era, in_era, years, in_year, march_month;

    if (date == DATE_NONE || days < 0)
        return civil;
    era = days / ERA_DAYS;
    in_era = days % ERA_DAYS;
    years = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    in_year = in_era - (365 * years + years / 4 - years / 100);
    march_month = (5 * in_year + 2) / 153;
    civil.day = in_year - (153 * march_month + 2) / 5 + 1;
    civil.month = march_month < 10 ? march_month + 3 : march_month - 9;
    civil.year = years + era * 400 + (civil.month <= 2);
    return civil;
}

int date_weekday(int date)
{
    int since_monday = (date + 3) % 7;

    return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

/* A week belongs to the year that its Thursday is in. */
int date_week(int date, int *year)
{
    int thursday = date - date_weekday(date) + 4;
    struct civil civil = date_civil(thursday);

    if (year)
        *year = civil.year;
    return (thursday - day_number(civil.year, 1, 1)) / 7 + 1;
}

/* Reads exactly `digits` digits, or -1. */
static int fixed_number(const char *text, int digits)
{
    int value = 0;

    for (int i = 0; i < digits; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        value = value * 10 + (text[i] - '0');
    }
    return value;
}

int date_parse_iso(const char *text)
{
    if (strlen(text) != 10 || text[4] != '-' || text[7] != '-')
        return DATE_NONE;
    return date_make(fixed_number(text, 4), fixed_number(text + 5, 2), fixed_number(text + 8, 2));
}

/* One to four digits and the blanks after them; -1 when there is none. */
static int read_number(const char **at, int *digits)
{
    const char *p = *at;
    int value = 0;

    for (; *p >= '0' && *p <= '9' && p - *at < 5; p++)
        value = value * 10 + (*p - '0');
    *digits = (int)(p - *at);
    while (*p == ' ')
        p++;
    *at = p;
    return *digits >= 1 && *digits <= 4 ? value : -1;
}

/* Two digits mean the year of that ending from about seventy years ago to thirty years on. */
static int full_year(int year, int digits, int today)
{
    int this_year = today == DATE_NONE ? 2000 : date_civil(today).year;
    int full;

    if (digits == 4)
        return year;
    if (digits != 2)
        return -1;
    full = this_year / 100 * 100 + year;
    return full > this_year + 30 ? full - 100 : full;
}

static int without_year(int day, int month, int today)
{
    int year, found;

    if (today == DATE_NONE)
        return DATE_NONE;
    year = date_civil(today).year;
    found = date_make(year, month, day);
    if (found == DATE_NONE || found < date_add_months(today, -6))
        found = date_make(year + 1, month, day);
    return found;
}

/* "1.9.2026", "1. 9. 26", "1.9.", "1/9/2026". */
static int parse_parts(const char *text, int today)
{
    int digits, day = read_number(&text, &digits), month, year;
    char separator = *text;

    if (day < 0 || digits > 2 || (separator != '.' && separator != '/'))
        return DATE_NONE;
    text += 1 + strspn(text + 1, " ");
    month = read_number(&text, &digits);
    if (month < 0 || digits > 2)
        return DATE_NONE;
    if (*text == '\0')
        return without_year(day, month, today);
    if (*text != separator)
        return DATE_NONE;
    text += 1 + strspn(text + 1, " ");
    if (*text == '\0' && separator == '.')
        return without_year(day, month, today);
    year = read_number(&text, &digits);
    if (year < 0 || *text != '\0')
        return DATE_NONE;
    return date_make(full_year(year, digits, today), month, day);
}

/* "1 september 2026", folded: the way date_text() writes English. */
static int parse_english(const char *text)
{
    int digits, day = read_number(&text, &digits), year;
    size_t length = strcspn(text, " ");
    struct buf name = BUF_INIT;
    int month = 0;

    for (int i = 0; i < 12 && length >= 3; i++) {
        buf_clear(&name);
        utf8_fold(&name, month_names[i][LANG_EN]);
        if (length <= name.length && memcmp(name.text, text, length) == 0)
            month = i + 1;
    }
    buf_free(&name);
    if (month == 0 || text[length] != ' ')
        return DATE_NONE;
    text += length + strspn(text + length, " ");
    year = read_number(&text, &digits);
    return *text == '\0' && digits == 4 ? date_make(year, month, day) : DATE_NONE;
}

/* "010926" and "01092026". */
static int parse_run(const char *text, size_t length, int today)
{
    int digits = (int)length - 4;

    if (length != 6 && length != 8)
        return DATE_NONE;
    if (strspn(text, "0123456789") != length)
        return DATE_NONE;
    return date_make(full_year(fixed_number(text + 4, digits), digits, today),
                     fixed_number(text + 2, 2), fixed_number(text, 2));
}

static int parse_offset(const char *text, int today)
{
    int sign = text[0] == '-' ? -1 : 1, digits, days;

    if (text[0] != '+' && text[0] != '-')
        return DATE_NONE;
    text++;
    days = read_number(&text, &digits);
    if (days < 0 || *text != '\0' || today == DATE_NONE)
        return DATE_NONE;
    return in_range(today + sign * days) ? today + sign * days : DATE_NONE;
}

static int parse_word(const char *folded, int today)
{
    if (today == DATE_NONE)
        return DATE_NONE;
    for (size_t i = 0; i < countof(day_words); i++) {
        if (strcmp(folded, day_words[i].word) == 0) {
            int date = today + day_words[i].days;
            return in_range(date) ? date : DATE_NONE;
        }
    }
    return DATE_NONE;
}

/* No two of the forms can be mistaken for each other, so their order does not matter. */
static int parse_folded(const char *text, size_t length, int today)
{
    int date = date_parse_iso(text);

    if (date == DATE_NONE)
        date = parse_parts(text, today);
    if (date == DATE_NONE)
        date = parse_run(text, length, today);
    if (date == DATE_NONE)
        date = parse_offset(text, today);
    if (date == DATE_NONE)
        date = parse_word(text, today);
    if (date == DATE_NONE)
        date = parse_english(text);
    return date;
}

int date_parse(const char *text, int today)
{
    struct buf folded = BUF_INIT;
    int date = DATE_NONE;

    if (strlen(text) > WORD_SIZE)
        return DATE_NONE;
    utf8_fold(&folded, text);
    buf_trim(&folded);
    if (folded.length > 0)
        date = parse_folded(folded.text, folded.length, today);
    buf_free(&folded);
    return date;
}

void date_iso(int date, char out[11])
{
    struct civil civil = date_civil(date);
    int places[3] = { civil.year, civil.month, civil.day };
    static const int starts[3] = { 0, 5, 8 }, sizes[3] = { 4, 2, 2 };

    out[0] = '\0';
    if (date == DATE_NONE || civil.year < 1 || civil.year > 9999)
        return;
    memcpy(out, "0000-00-00", 11);
    for (int part = 0; part < 3; part++) {
        for (int i = sizes[part] - 1; i >= 0; i--, places[part] /= 10)
            out[starts[part] + i] = (char)('0' + places[part] % 10);
    }
}

void date_text(int date, enum lang lang, char *out, size_t size)
{
    struct civil civil = date_civil(date);

    if (size == 0)
        return;
    out[0] = '\0';
    if (civil.month == 0)
        return;
    if (lang == LANG_EN)
        snprintf(out, size, "%d %s %d", civil.day, date_month_name(civil.month, lang),
                 civil.year);
    else
        snprintf(out, size, "%d.%d.%d", civil.day, civil.month, civil.year);
}

void date_stamp(const char *stamp, int today, enum lang lang, char *out, size_t size)
{
    char day[24] = "";
    int date;

    out[0] = '\0';
    if (strlen(stamp) < 16)
        return;
    snprintf(day, sizeof day, "%.10s", stamp);
    date = date_parse_iso(day);
    day[0] = '\0';
    if (date != today)
        date_text(date, lang, day, sizeof day);
    snprintf(out, size, "%s%s%.2s.%.2s", day, *day ? " " : "", stamp + 11, stamp + 14);
}

const char *date_weekday_name(int weekday, enum lang lang)
{
    if (weekday < 1 || weekday > 7)
        return "";
    return weekday_names[weekday - 1][lang];
}

const char *date_month_name(int month, enum lang lang)
{
    if (month < 1 || month > 12)
        return "";
    return month_names[month - 1][lang];
}

int date_add_months(int date, int months)
{
    struct civil civil = date_civil(date);
    int count, year, month, last;

    if (civil.month == 0 || months > 12 * 400 || months < -12 * 400)
        return DATE_NONE;
    count = civil.year * 12 + civil.month - 1 + months;
    year = count / 12;
    month = count % 12 + 1;
    if (year < FIRST_YEAR || year > LAST_YEAR)
        return DATE_NONE;
    last = month_length(year, month);
    return date_make(year, month, civil.day < last ? civil.day : last);
}

int date_period(const char *text, int *first, int *last)
{
    size_t length = strlen(text);
    int year = length >= 4 ? fixed_number(text, 4) : -1;
    int month = length == 7 && text[4] == '-' ? fixed_number(text + 5, 2) : -1;

    if (length == 4) {
        *first = date_make(year, 1, 1);
        *last = date_make(year, 12, 31);
    } else if (length == 7) {
        *first = date_make(year, month, 1);
        *last = *first == DATE_NONE ? DATE_NONE : *first + month_length(year, month) - 1;
    } else {
        *first = *last = date_parse_iso(text);
    }
    return *first == DATE_NONE ? -1 : 0;
}
