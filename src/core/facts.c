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
#include "core/fact_notes.h"

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

/* The data's value is not to be relied on without checking. */
static bool needs_check(const struct fact *fact, int today)
{
    int first, last;

    if (fact->confidence == 'L' || !has_value(fact) || !is_valid_on(fact, today))
        return true;
    return fact->seen_on && date_period(fact->seen_on, &first, &last) == 0 &&
           today - last > FACT_FRESH_DAYS;
}

/* ---- what a plan shows ---- */

/* The note's value takes the place of the data's. A single number keeps what the data say of it:
 * "at most" stays so. */
static void use_number(struct fact *shown, const struct fact_note *note)
{
    const struct fact data = *shown;

    shown->number = shown->min = shown->max = NULL;
    if (strchr(note->value, '-')) {
        shown->min = note->low;
        shown->max = note->high;
        shown->number = !data.number ? NULL : note->high ? note->high : note->low;
    } else if (data.max && !data.min) {
        shown->max = shown->number = note->low;
    } else if (data.min && !data.max) {
        shown->min = shown->number = note->low;
    } else {
        shown->number = note->low;
    }
}

/* "2026-09-01", or "03-31" of every year. */
static bool is_day(const char *text)
{
    struct buf whole = BUF_INIT;
    bool found;

    buf_addf(&whole, "%s%s", strlen(text) == 5 ? "2000-" : "", text);
    found = date_parse_iso(whole.text) != DATE_NONE;
    buf_free(&whole);
    return found;
}

/* A note that no longer fits the kind of the value is shown as it is. */
void fact_use_note(struct fact *shown, const struct fact_note *note)
{
    bool counted = shown->number || shown->min || shown->max;

    if (shown->date && is_day(note->value)) {
        shown->date = note->value;
    } else if (counted && (note->low || note->high)) {
        use_number(shown, note);
    } else {
        shown->number = shown->min = shown->max = shown->address = shown->date = NULL;
        for (int i = 0; i < LANG_COUNT; i++)
            shown->name.in[i] = note->value;
    }
}

void fact_look(const struct fact_notes *notes, const struct fact *named, int today,
               struct fact_look *out)
{
    const struct fact *data = fact_on(named, today);
    const struct fact_note *note = fact_notes_of(notes, named);
    int first, seen;

    *out = (struct fact_look){ .named = named, .data = data, .shown = *data, .note = note };
    if (!note) {
        out->check = needs_check(data, today);
        return;
    }
    fact_use_note(&out->shown, note);
    out->aged = today - note->on > FACT_FRESH_DAYS;
    out->newer = data->seen_on && date_period(data->seen_on, &first, &seen) == 0 &&
                 seen > note->on && seen > note->seen;
    out->check = out->aged || out->newer;
}

/* ---- words ---- */

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

void fact_unit(const struct fact *fact, const struct tr *tr, struct buf *out)
{
    for (size_t i = 0; i < countof(units); i++)
        if (fact->unit && strcmp(units[i].id, fact->unit) == 0)
            buf_addf(out, tr_text(tr, units[i].many), "");
    buf_trim(out);
}

void fact_checked(const struct fact_look *look, const struct tr *tr, struct buf *out)
{
    char day[40];

    if (!look->note)
        return;
    date_text(look->note->on, tr->lang, day, sizeof day);
    buf_addf(out, tr_text(tr, "checked %1$s by %2$s"), day, look->note->by);
}

const char *fact_confidence(const struct fact_look *look)
{
    if (look->newer)
        return N_("the data are newer than your check");
    if (look->aged)
        return N_("check again");
    if (look->check)
        return N_("check yourself");
    if (look->note)
        return N_("checked");
    return look->data->confidence == 'H' ? N_("confirmed") : N_("older or indirect source");
}

void fact_day(const char *date, const struct tr *tr, struct buf *out)
{
    char shown[40];
    int day = date_parse_iso(date);

    date_text(day, tr->lang, shown, sizeof shown);
    buf_add(out, day != DATE_NONE                  ? shown
                 : strcmp(date, "undated") == 0    ? tr_text(tr, "undated")
                                                   : date);
}

/* The two documents the plan follows are known by a key; other sources stand as they are. */
static const struct {
    const char *key, *name;
} source_names[] = {
    { "S0", N_("instruction page") },
    { "S2", N_("slide set") },
};

static const char *source_name(const char *source, const struct tr *tr)
{
    for (size_t i = 0; i < countof(source_names); i++)
        if (strcmp(source, source_names[i].key) == 0)
            return tr_text(tr, source_names[i].name);
    return source;
}

/* Several sources are divided by " ; ". */
void fact_sources(const struct fact *fact, const struct tr *tr, struct buf *out)
{
    static const char divider[] = " ; ";
    const char *sources = fact->source ? fact->source : "-";

    while (*sources) {
        const char *end = strstr(sources, divider);
        size_t length = end ? (size_t)(end - sources) : strlen(sources);
        char *source = xstrndup(sources, length);
        buf_addf(out, "%s%s", source_name(source, tr), end ? ", " : "");
        free(source);
        sources += length + (end ? strlen(divider) : 0);
    }
}

/* ---- facts in texts ---- */

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

static const struct fact *fact_by_name(const struct schema *schema, const char *id, size_t length)
{
    char *name = xstrndup(id, length);
    const struct fact *fact = schema_fact(schema, name);

    free(name);
    return fact;
}

void fact_expand(const struct schema *schema, const struct fact_notes *notes, const char *text,
                 const struct tr *tr, int today, struct buf *out)
{
    const char *start, *id, *end;
    size_t length;

    while ((start = next_fact(text, &id, &length, &end)) != NULL) {
        const struct fact *fact = fact_by_name(schema, id, length);
        struct fact_look look;
        buf_add_n(out, text, (size_t)(start - text));
        if (fact) {
            fact_look(notes, fact, today, &look);
            fact_value(&look.shown, tr, out);
        } else {
            buf_add_n(out, start, (size_t)(end - start));
        }
        text = end;
    }
    buf_add(out, text);
}

void fact_each(const struct schema *schema, const char *text, fact_named each, void *data)
{
    const char *id, *end;
    size_t length;

    while (next_fact(text, &id, &length, &end)) {
        const struct fact *fact = fact_by_name(schema, id, length);
        if (fact)
            each(data, fact);
        text = end;
    }
}

/* fact('id'), fact_min('id') and fact_max('id') in an expression. */
static void each_in_rule(const struct schema *schema, const struct rule_text *rule,
                         fact_named each, void *data)
{
    for (const char *at = rule->sql; at && (at = strstr(at, "fact")) != NULL; at += 4) {
        const char *quote = at + 4 + strspn(at + 4, "_minax");
        const struct fact *fact;
        quote += strspn(quote, " ");
        if (*quote != '(')
            continue;
        quote += 1 + strspn(quote + 1, " ");
        fact = *quote == '\'' ? fact_by_name(schema, quote + 1, strcspn(quote + 1, "'")) : NULL;
        if (fact)
            each(data, fact);
    }
}

void fact_each_of_item(const struct schema *schema, const struct item *item, enum lang lang,
                       fact_named each, void *data)
{
    const struct text *const texts[] = {
        &item->label, &item->hint, &item->guidance, &item->page->why, &item->message,
        &item->source.title,
    };
    const struct rule_text *const rules[] = {
        &item->relevant, &item->required, &item->constraint, &item->calculate, &item->initial,
        &item->choice_filter,
    };

    for (size_t i = 0; i < countof(texts); i++)
        fact_each(schema, text_get(texts[i], lang), each, data);
    if (item->source.url)
        fact_each(schema, item->source.url, each, data);
    for (size_t i = 0; item->list && i < item->list->choice_count; i++) {
        fact_each(schema, text_get(&item->list->choices[i].label, lang), each, data);
        fact_each(schema, text_get(&item->list->choices[i].hint, lang), each, data);
    }
    for (size_t i = 0; i < countof(rules); i++)
        each_in_rule(schema, rules[i], each, data);
}
