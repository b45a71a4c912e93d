/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Functions of the expression language. All are pure: the same arguments give the same
 * result, whatever the clock, the file system or the locale say.
 */
#include "core/expr_functions.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/facts.h"
#include "core/facts_ended.h"
#include "core/holidays.h"
#include "core/identifiers.h"
#include "core/model.h"
#include "core/schema.h"

/* No time limit is as long as this. */
enum { WORKDAYS_MOST = 1000 };

static const char *const allowed[] = {
    "length", "trim", "substr", "instr", "replace", "coalesce", "ifnull", "iif", "abs", "round",
    "min", "max", "date", "julianday", "like", "count", "sum", "total", "ytunnus", "fold",
    "selected", "valid", "workdays", "workday_add", "saturday_workday_add", "fact", "fact_min",
    "fact_max", "group_concat", "blanks_left", "is_model", "ended",
};

bool expr_function_is_allowed(const char *name)
{
    for (size_t i = 0; i < countof(allowed); i++)
        if (strcasecmp(allowed[i], name) == 0)
            return true;
    return false;
}

static const char *arg_text(sqlite3_value *value)
{
    return (const char *)sqlite3_value_text(value);
}

static void is_valid(sqlite3_context *context, const char *kind, const char *text)
{
    struct id_result result = ID_RESULT_INIT;

    if (!text)
        return;
    if (id_check(kind, text, &result))
        sqlite3_result_error(context, "valid(): unknown kind of identifier", -1);
    else
        sqlite3_result_int(context, result.state != ID_BAD);
    id_result_free(&result);
}

static void fn_ytunnus(sqlite3_context *context, int count, sqlite3_value **args)
{
    (void)count;
    is_valid(context, "ytunnus", arg_text(args[0]));
}

static void fn_valid(sqlite3_context *context, int count, sqlite3_value **args)
{
    const char *kind = arg_text(args[0]);

    (void)count;
    if (kind)
        is_valid(context, kind, arg_text(args[1]));
}

static void fn_fold(sqlite3_context *context, int count, sqlite3_value **args)
{
    struct buf folded = BUF_INIT;
    const char *text = arg_text(args[0]);

    (void)count;
    if (!text)
        return;
    utf8_fold(&folded, text);
    sqlite3_result_text(context, folded.text, (int)folded.length, SQLITE_TRANSIENT);
    buf_free(&folded);
}

/* selected(many, 'id'): the id is among the words. Nothing selected is false, not unknown. */
static void fn_selected(sqlite3_context *context, int count, sqlite3_value **args)
{
    const char *words = arg_text(args[0]), *id = arg_text(args[1]);
    size_t length = id ? strlen(id) : 0;
    bool found = false;

    (void)count;
    while (words && id && *words && !found) {
        size_t word = strcspn(words, " ");
        found = word == length && memcmp(words, id, length) == 0;
        words += word + strspn(words + word, " ");
    }
    sqlite3_result_int(context, found);
}

static int arg_date(sqlite3_value *value)
{
    const char *text = arg_text(value);

    return text ? date_parse_iso(text) : DATE_NONE;
}

static void result_date(sqlite3_context *context, int date)
{
    char iso[11];

    date_iso(date, iso);
    if (iso[0])
        sqlite3_result_text(context, iso, -1, SQLITE_TRANSIENT);
}

static void fn_workdays(sqlite3_context *context, int count, sqlite3_value **args)
{
    int first = arg_date(args[0]), last = arg_date(args[1]);

    (void)count;
    if (first != DATE_NONE && last != DATE_NONE)
        sqlite3_result_int(context, workdays_between(first, last));
}

/* workday_add(date, n): the n-th day that counts after the date, by one reading or the other. Empty
 * when either is, or when n is no count of days. */
static void fn_workday_add(sqlite3_context *context, int count, sqlite3_value **args)
{
    int (*const *add)(int from, int count) = sqlite3_user_data(context);
    int from = arg_date(args[0]), days = sqlite3_value_int(args[1]);

    (void)count;
    if (sqlite3_value_numeric_type(args[1]) != SQLITE_NULL && days >= 0 && days <= WORKDAYS_MOST)
        result_date(context, (*add)(from, days));
}

/* blanks_left(text): how many blanks of a model are left in it. */
static void fn_blanks_left(sqlite3_context *context, int count, sqlite3_value **args)
{
    const char *text = arg_text(args[0]);

    (void)count;
    if (text)
        sqlite3_result_int(context, model_blanks_left(text));
}

/* is_model('item', text): the text is the item's model as it stands. */
static void fn_is_model(sqlite3_context *context, int count, sqlite3_value **args)
{
    const struct expr_facts *facts = sqlite3_user_data(context);
    const char *id = arg_text(args[0]), *text = arg_text(args[1]);
    const struct item *item = id ? schema_item(facts->schema, id) : NULL;

    (void)count;
    if (!item || !item->model.in[0])
        sqlite3_result_error(context, "is_model(): the item has no model", -1);
    else if (text)
        sqlite3_result_int(context, model_is_answer(&item->model, text));
}

/* ended('group', text): the id of a fact of the group that is no longer valid and that the text
 * mentions by its name; empty when there is none. */
static void fn_ended(sqlite3_context *context, int count, sqlite3_value **args)
{
    const struct expr_facts *facts = sqlite3_user_data(context);
    const char *group = arg_text(args[0]), *text = arg_text(args[1]);
    const struct fact *fact =
        group && text ? ended_names_in(facts->ended, group, text) : NULL;

    (void)count;
    if (fact)
        sqlite3_result_text(context, fact->id, -1, SQLITE_TRANSIENT);
}

/* What fact(), fact_min() and fact_max() need beside their argument. */
struct fact_context {
    const struct expr_facts *facts;
    enum fact_part { FACT_VALUE, FACT_MIN, FACT_MAX } which;
};

/* A fact without bounds has its number for both. */
static const char *fact_bound(const struct fact *fact, const struct fact_context *of)
{
    const char *bound = of->which == FACT_MIN ? fact->min : of->which == FACT_MAX ? fact->max
                                                                                   : NULL;

    return bound ? bound : fact->number;
}

/* The fact valid today, or what the user has found: its date as text, else the number, or the
 * bound that is asked for. */
static void fn_fact(sqlite3_context *context, int count, sqlite3_value **args)
{
    const struct fact_context *of = sqlite3_user_data(context);
    const char *id = arg_text(args[0]);
    const struct fact *fact = id ? schema_fact(of->facts->schema, id) : NULL;
    struct fact_look look;
    const char *number;

    (void)count;
    if (!fact) {
        sqlite3_result_error(context, "fact(): unknown fact", -1);
        return;
    }
    fact_look(of->facts->notes, fact, of->facts->today, &look);
    number = fact_bound(&look.shown, of);
    if (of->which == FACT_VALUE && look.shown.date)
        sqlite3_result_text(context, look.shown.date, -1, SQLITE_TRANSIENT);
    else if (number)
        sqlite3_result_double(context, strtod(number, NULL));
}

/* "+14 days", "-3 months", "+1 year", with or without the plural s. */
static int shifted(int date, const char *modifier)
{
    char unit[8];
    int number, used = 0;

    if (sscanf(modifier, " %7d %7[a-z]%n", &number, unit, &used) != 2 || modifier[used])
        return DATE_NONE;
    if (strncmp(unit, "day", 3) == 0)
        return date + number;
    if (strncmp(unit, "month", 5) == 0)
        return date_add_months(date, number);
    if (strncmp(unit, "year", 4) == 0)
        return date_add_months(date, 12 * number);
    return DATE_NONE;
}

/* The date that date() and julianday() mean; DATE_NONE when an argument is empty or wrong. */
static int date_of_args(sqlite3_context *context, int count, sqlite3_value **args)
{
    const char *text = count > 0 ? arg_text(args[0]) : "now";
    int date;

    if (text && strcasecmp(text, "now") == 0) {
        sqlite3_result_error(context, "use the name today instead of the clock", -1);
        return DATE_NONE;
    }
    date = text ? date_parse_iso(text) : DATE_NONE;
    for (int i = 1; i < count && date != DATE_NONE; i++) {
        const char *modifier = arg_text(args[i]);
        date = modifier ? shifted(date, modifier) : DATE_NONE;
    }
    return date;
}

static void fn_date(sqlite3_context *context, int count, sqlite3_value **args)
{
    result_date(context, date_of_args(context, count, args));
}

/* Julian day of the midnight that begins 1970-01-01. */
static const double julian_epoch = 2440587.5;

static void fn_julianday(sqlite3_context *context, int count, sqlite3_value **args)
{
    int date = date_of_args(context, count, args);

    if (date != DATE_NONE)
        sqlite3_result_double(context, julian_epoch + date);
}

void expr_functions_register(sqlite3 *db, const struct expr_facts *facts)
{
    static int (*adds[])(int from, int count) = { workday_add, saturday_workday_add };
    const struct {
        const char *name;
        int args;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
        void *data;
    } own[] = {
        { "ytunnus", 1, fn_ytunnus, NULL },
        { "valid", 2, fn_valid, NULL },
        { "fold", 1, fn_fold, NULL },
        { "selected", 2, fn_selected, NULL },
        { "workdays", 2, fn_workdays, NULL },
        { "workday_add", 2, fn_workday_add, &adds[0] },
        { "saturday_workday_add", 2, fn_workday_add, &adds[1] },
        { "date", -1, fn_date, NULL },
        { "julianday", -1, fn_julianday, NULL },
        { "blanks_left", 1, fn_blanks_left, NULL },
        { "ended", 2, fn_ended, (void *)facts },
        { "is_model", 2, fn_is_model, (void *)facts },
    };
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    static const char *const names[] = {
        [FACT_VALUE] = "fact", [FACT_MIN] = "fact_min", [FACT_MAX] = "fact_max",
    };

    for (size_t i = 0; i < countof(own); i++)
        sqlite3_create_function_v2(db, own[i].name, own[i].args, flags, own[i].data,
                                   own[i].call, NULL, NULL, NULL);
    for (size_t i = 0; i < countof(names); i++) {
        struct fact_context *context = xcalloc(1, sizeof *context);
        context->facts = facts;
        context->which = (enum fact_part)i;
        sqlite3_create_function_v2(db, names[i], 1, flags, context, fn_fact, NULL, NULL,
                                   free);
    }
}
