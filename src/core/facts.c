/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts: choosing the version of the day, and writing values in words.
 */
#include "core/facts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "core/schema.h"

static bool begins_after(const struct fact *fact, int today)
{
    int first, last;

    return fact->valid_from && date_period(fact->valid_from, &first, &last) == 0 &&
           today < first;
}

/* An open end counts as far away. */
static bool is_valid_on(const struct fact *fact, int today)
{
    int first, last;

    if (begins_after(fact, today))
        return false;
    return !(fact->valid_to && date_period(fact->valid_to, &first, &last) == 0 && today > last);
}

const struct fact *fact_on(const struct fact *newest, int today)
{
    const struct fact *older = newest;

    for (const struct fact *fact = newest; fact; fact = fact->supersedes)
        if (is_valid_on(fact, today))
            return fact;
    while (older && older->supersedes && begins_after(older, today))
        older = older->supersedes;
    return older;
}

static bool has_value(const struct fact *fact)
{
    return fact->name.in[0] || fact->number || fact->min || fact->max || fact->address ||
           fact->date;
}

bool fact_needs_check(const struct fact *fact, int today)
{
    int first, last;

    if (fact->confidence == 'L' || !has_value(fact) || !is_valid_on(fact, today))
        return true;
    return fact->seen_on && date_period(fact->seen_on, &first, &last) == 0 &&
           today - last > FACT_FRESH_DAYS;
}

/* What is counted, in words. Units of money stand after the number with a no-break space. */
static const struct unit {
    const char *id, *one, *many;
} units[] = {
    { "day", N_("%s day"), N_("%s days") },
    { "working_day", N_("%s working day"), N_("%s working days") },
    { "week", N_("%s week"), N_("%s weeks") },
    { "month", N_("%s month"), N_("%s months") },
    { "year", N_("%s year"), N_("%s years") },
    { "hour", N_("%s hour"), N_("%s hours") },
    { "digit", N_("%s digit"), N_("%s digits") },
    { "bit", N_("%s bit"), N_("%s bits") },
    { "per_year", N_("%s a year"), N_("%s a year ") },
    { "EUR", N_("%s euro"), N_("%s euros") },
    { "EUR_per_year", N_("%s euro a year"), N_("%s euros a year") },
};

/* A number as written in the facts ("1.5"), with the decimal comma of fi and sv. */
static void add_number(struct buf *out, const char *number, enum lang lang)
{
    for (; *number; number++)
        buf_add_char(out, *number == '.' && lang != LANG_EN ? ',' : *number);
}

/* "3–4", "at least 3", "at most 5", "2". */
static void add_range(struct buf *out, const struct fact *fact, const struct tr *tr)
{
    const char *only = fact->number ? fact->number : fact->min ? fact->min : fact->max;

    if (fact->min && fact->max && strcmp(fact->min, fact->max) != 0) {
        add_number(out, fact->min, tr->lang);
        buf_add(out, "–");
        add_number(out, fact->max, tr->lang);
        return;
    }
    if (fact->min && !fact->max)
        buf_addf(out, "%s ", tr_text(tr, "at least"));
    else if (fact->max && !fact->min)
        buf_addf(out, "%s ", tr_text(tr, "at most"));
    add_number(out, only, tr->lang);
}

static void add_quantity(struct buf *out, const struct fact *fact, const struct tr *tr)
{
    const char *last = fact->max ? fact->max : fact->number ? fact->number : fact->min;
    struct buf range = BUF_INIT;
    bool one = strcmp(last, "1") == 0 && !(fact->min && fact->max &&
                                           strcmp(fact->min, fact->max) != 0);

    add_range(&range, fact, tr);
    for (size_t i = 0; i < countof(units); i++)
        if (fact->unit && strcmp(units[i].id, fact->unit) == 0) {
            struct buf quantity = BUF_INIT;
            buf_addf(&quantity, tr_text(tr, one ? units[i].one : units[i].many), range.text);
            buf_trim(&quantity);
            buf_add(out, quantity.text);
            buf_free(&quantity);
            buf_free(&range);
            return;
        }
    buf_add(out, range.text);
    buf_free(&range);
}

static void add_date(struct buf *out, const char *date, enum lang lang)
{
    int day = date_parse_iso(date), month, mday;
    char text[32];

    if (day != DATE_NONE) {
        date_text(day, lang, text, sizeof text);
        buf_add(out, text);
    } else if (sscanf(date, "%d-%d", &month, &mday) == 2 && strlen(date) == 5) {
        /* a day of every year, "03-31" */
        date_text(date_make(2000, month, mday), lang, text, sizeof text);
        const char *year = strstr(text, "2000");
        size_t length = year ? (size_t)(year - text) : strlen(text);
        buf_add_n(out, text, length - (length > 0 && text[length - 1] == ' '));
    } else {
        buf_add(out, date);
    }
}

void fact_value(const struct fact *fact, const struct tr *tr, struct buf *out)
{
    if (fact->name.in[0]) {
        buf_add(out, text_get(&fact->name, tr->lang));
    } else if (fact->address) {
        buf_add(out, fact->address);
    } else if (fact->date) {
        add_date(out, fact->date, tr->lang);
    } else if (fact->number || fact->min || fact->max) {
        add_quantity(out, fact, tr);
    } else {
        buf_add(out, tr_text(tr, "check yourself"));
        if (fact->where_to_check.in[0])
            buf_addf(out, " (%s)", text_get(&fact->where_to_check, tr->lang));
    }
}

static const char opening[] = "{{fact:";

/* Finds the next {{fact:ID}} in `text`; `*id` and `*length` get the id, `*end` what follows.
 * NULL at the end. */
static const char *next_fact(const char *text, const char **id, size_t *length,
                             const char **end)
{
    const char *start = strstr(text, opening);
    const char *close = start ? strstr(start, "}}") : NULL;

    if (!close)
        return NULL;
    *id = start + sizeof opening - 1;
    *length = (size_t)(close - *id);
    *end = close + 2;
    return start;
}

static const struct fact *fact_named(const struct schema *schema, const char *id, size_t length,
                                     int today)
{
    char *name = xstrndup(id, length);
    const struct fact *fact = schema_fact(schema, name);

    free(name);
    return fact ? fact_on(fact, today) : NULL;
}

void fact_expand(const struct schema *schema, const char *text, const struct tr *tr, int today,
                 struct buf *out)
{
    const char *start, *id, *end;
    size_t length;

    while ((start = next_fact(text, &id, &length, &end)) != NULL) {
        const struct fact *fact = fact_named(schema, id, length, today);
        buf_add_n(out, text, (size_t)(start - text));
        if (fact)
            fact_value(fact, tr, out);
        else
            buf_add_n(out, start, (size_t)(end - start));
        text = end;
    }
    buf_add(out, text);
}

void fact_each(const struct schema *schema, const char *text, int today,
               void (*each)(void *data, const struct fact *fact), void *data)
{
    const char *id, *end;
    size_t length;

    while (next_fact(text, &id, &length, &end)) {
        const struct fact *fact = fact_named(schema, id, length, today);
        if (fact)
            each(data, fact);
        text = end;
    }
}
