/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checking one value by its type. One function per kind of value, chosen by a table.
 */
#include "core/check.h"

#include <errno.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "core/identifiers.h"
#include "core/schema.h"

enum { TEXT_MAX = 400 };

static const double number_max = 1e12;

void check_free(struct check *check)
{
    buf_free(&check->value);
    *check = (struct check)CHECK_INIT;
}

static void set_arg(struct check *out, int n, const char *text)
{
    struct buf fitted = BUF_INIT;
    int cols = (int)sizeof out->arg[0] / 2;

    do {
        buf_clear(&fitted);
        utf8_fit(&fitted, text, cols, false);
    } while (fitted.length >= sizeof out->arg[0] && --cols > 0);
    snprintf(out->arg[n], sizeof out->arg[n], "%s", fitted.text);
    buf_free(&fitted);
}

/* The message of a bad value; what was typed stays as the value. */
static void bad(struct check *out, const char *message, const char *arg)
{
    out->state = CHECK_BAD;
    out->message = message;
    if (arg)
        set_arg(out, 0, arg);
}

static void set_value(struct check *out, const char *value)
{
    buf_clear(&out->value);
    buf_add(&out->value, value);
}

/* ---- kinds of values ---- */

static size_t letters(const char *text)
{
    size_t count = 0, length = strlen(text);

    for (size_t n; (n = utf8_letter(text, length)) > 0; text += n, length -= n)
        count++;
    return count;
}

static bool matches(const char *pattern, const char *text)
{
    struct buf whole = BUF_INIT;
    regex_t regex;
    bool found = true;

    buf_addf(&whole, "^(%s)$", pattern);
    if (regcomp(&regex, whole.text, REG_EXTENDED | REG_NOSUB) == 0) {
        found = regexec(&regex, text, 0, NULL, 0) == 0;
        regfree(&regex);
    }
    buf_free(&whole);
    return found;
}

static void check_text(const struct item *item, int today, struct check *out)
{
    size_t most = item->max_length > 0 ? (size_t)item->max_length
                  : item->type == ITEM_LONGTEXT ? SCHEMA_TEXT_MAX : TEXT_MAX;
    char number[24];

    (void)today;
    if (letters(out->value.text) > most) {
        snprintf(number, sizeof number, "%zu", most);
        bad(out, N_("The text is too long. At most %1$s characters fit here."), number);
    } else if (item->pattern && !matches(item->pattern, out->value.text)) {
        bad(out, N_("The text does not have the form that is asked for here."), NULL);
    }
}

static void check_identifier(const struct item *item, int today, struct check *out)
{
    static const char *const kinds[ITEM_TYPE_COUNT] = {
        [ITEM_YTUNNUS] = "ytunnus", [ITEM_OID] = "oid_syntax", [ITEM_PHONE] = "phone",
        [ITEM_EMAIL] = "email", [ITEM_POSTCODE] = "postcode",
    };
    static const enum check_state states[] = {
        [ID_OK] = CHECK_OK, [ID_WARN] = CHECK_WARN, [ID_BAD] = CHECK_BAD,
    };
    struct id_result result = ID_RESULT_INIT;

    id_check(kinds[item->type], out->value.text, &result);
    out->state = states[result.state];
    out->message = result.reason;
    memcpy(out->arg, result.arg, sizeof out->arg);
    if (result.state != ID_BAD) {
        set_value(out, result.canonical.text);
        out->odd = result.odd;
        out->odd_at = result.odd_at;
        out->odd_count = result.odd_count;
    }
    id_result_free(&result);
    if (out->state != CHECK_BAD)
        check_text(item, today, out);
}

static bool below(double value, const char *bound)
{
    return bound && value < strtod(bound, NULL);
}

static bool above(double value, const char *bound)
{
    return bound && value > strtod(bound, NULL);
}

static void check_bounds(const struct item *item, double value, struct check *out)
{
    if (below(value, item->min))
        bad(out, N_("The number is too small. The least is %1$s."), item->min);
    else if (above(value, item->max))
        bad(out, N_("The number is too large. The most is %1$s."), item->max);
}

/* A number as people write it: blanks between thousands, comma or point. */
static void bare_number(const char *text, struct buf *out)
{
    for (; *text; text++) {
        if (strncmp(text, "\xc2\xa0", 2) == 0 || strncmp(text, "\xe2\x88\x92", 3) == 0) {
            buf_add(out, *text == '\xc2' ? "" : "-");
            text += *text == '\xc2' ? 1 : 2;
        } else if (*text != ' ') {
            buf_add_char(out, *text == ',' ? '.' : *text);
        }
    }
}

/* The normal form is read back as the same number: no exponent, no minus before zero, at most
 * six decimals. */
static void number_text(double value, bool whole, char out[40])
{
    char *end;

    snprintf(out, 40, "%.*f", whole ? 0 : value < 1e8 && value > -1e8 ? 6 : 2, value);
    end = out + strlen(out);
    while (strchr(out, '.') && (end[-1] == '0' || end[-1] == '.')) {
        bool point = end[-1] == '.';
        *--end = 0;
        if (point)
            break;
    }
    if (strcmp(out, "-0") == 0)
        memcpy(out, "0", 2);
}

static void check_number(const struct item *item, int today, struct check *out)
{
    struct buf number = BUF_INIT;
    char shown[40], *end;
    double value;

    (void)today;
    bare_number(out->value.text, &number);
    errno = 0;
    value = strtod(number.text, &end);
    if (*end || errno || number.length == 0 || strspn(number.text, "+-.0123456789") !=
        number.length) {
        bad(out, item->type == ITEM_INTEGER ? N_("Write a whole number, for example 12.")
                                            : N_("Write a number, for example 12,5."), NULL);
    } else if (item->type == ITEM_INTEGER && strchr(number.text, '.')) {
        bad(out, N_("Write a whole number, for example 12."), NULL);
    } else if (value > number_max || value < -number_max) {
        bad(out, N_("The number is too large. The most is %1$s."), "1000000000000");
    } else {
        number_text(value, item->type == ITEM_INTEGER, shown);
        set_value(out, shown);
        check_bounds(item, value, out);
    }
    buf_free(&number);
}

static void bad_date(const char *message, const char *bound, struct check *out)
{
    char text[32];

    date_text(date_parse_iso(bound), LANG_FI, text, sizeof text);
    bad(out, message, text);
}

static void check_date(const struct item *item, int today, struct check *out)
{
    int date = date_parse(out->value.text, today);
    char iso[11];

    if (date == DATE_NONE) {
        bad(out, N_("This is not a date. Write for example 1.9.2027, 1.9. or +14."), NULL);
        return;
    }
    date_iso(date, iso);
    set_value(out, iso);
    if (item->min && strcmp(iso, item->min) < 0)
        bad_date(N_("The date is too early. The first possible day is %1$s."), item->min, out);
    else if (item->max && strcmp(iso, item->max) > 0)
        bad_date(N_("The date is too late. The last possible day is %1$s."), item->max, out);
}

static void check_yesno(const struct item *item, int today, struct check *out)
{
    static const struct {
        const char *word, *value;
    } words[] = {
        { "1", "1" },     { "0", "0" },   { "kyllä", "1" }, { "ei", "0" },   { "ja", "1" },
        { "nej", "0" },   { "yes", "1" }, { "no", "0" },    { "k", "1" },    { "e", "0" },
        { "j", "1" },     { "n", "0" },   { "y", "1" },     { "true", "1" }, { "false", "0" },
    };

    (void)item;
    (void)today;
    for (size_t i = 0; i < countof(words); i++)
        if (utf8_same_folded(words[i].word, out->value.text)) {
            set_value(out, words[i].value);
            return;
        }
    bad(out, N_("Answer yes or no."), NULL);
}

/* A choice by its id, or by its label in any language. */
static const struct choice *choice_named(const struct list *list, const char *text)
{
    const struct choice *choice = list_choice(list, text);

    for (size_t i = 0; !choice && i < list->choice_count; i++)
        for (int lang = 0; lang < LANG_COUNT; lang++)
            if (utf8_same_folded(text_get(&list->choices[i].label, (enum lang)lang), text))
                choice = &list->choices[i];
    return choice;
}

static void check_one(const struct item *item, int today, struct check *out)
{
    const struct choice *choice = choice_named(item->list, out->value.text);

    (void)today;
    if (choice)
        set_value(out, choice->id);
    else
        bad(out, N_("\"%1$s\" is not among the choices."), out->value.text);
}

static void check_many(const struct item *item, int today, struct check *out)
{
    bool *chosen = xcalloc(item->list->choice_count + 1, sizeof *chosen);
    struct buf value = BUF_INIT;
    const char *at = out->value.text;

    (void)today;
    while (*at && out->state == CHECK_OK) {
        size_t length = strcspn(at, " ,\n");
        char *word = xstrndup(at, length);
        const struct choice *choice = list_choice(item->list, word);
        if (choice)
            chosen[choice - item->list->choices] = true;
        else if (length)
            bad(out, N_("\"%1$s\" is not among the choices."), word);
        free(word);
        at += length;
        at += strspn(at, " ,\n");
    }
    for (size_t i = 0; i < item->list->choice_count; i++)
        if (chosen[i])
            buf_addf(&value, "%s%s", value.length ? " " : "", item->list->choices[i].id);
    if (out->state == CHECK_OK)
        set_value(out, value.text);
    buf_free(&value);
    free(chosen);
}

static void check_row(const struct item *item, int today, struct check *out)
{
    (void)item;
    (void)today;
    (void)out;
}

static void (*const checks[ITEM_TYPE_COUNT])(const struct item *, int, struct check *) = {
    [ITEM_TEXT] = check_text,          [ITEM_LONGTEXT] = check_text,
    [ITEM_FILE_REF] = check_text,      [ITEM_CARD_READER] = check_text,
    [ITEM_YTUNNUS] = check_identifier, [ITEM_OID] = check_identifier,
    [ITEM_PHONE] = check_identifier,   [ITEM_EMAIL] = check_identifier,
    [ITEM_POSTCODE] = check_identifier, [ITEM_INTEGER] = check_number,
    [ITEM_DECIMAL] = check_number,     [ITEM_DATE] = check_date,
    [ITEM_YESNO] = check_yesno,        [ITEM_ONE] = check_one,
    [ITEM_MANY] = check_many,          [ITEM_ROW] = check_row,
};

/* ---- the whole ---- */

void check_value(const struct item *item, const char *text, int today, struct check *out)
{
    int flags = item->type == ITEM_LONGTEXT ? 0 : UTF8_ONE_LINE;

    out->state = CHECK_OK;
    out->message = NULL;
    out->arg[0][0] = out->arg[1][0] = 0;
    out->odd_count = 0;
    buf_clear(&out->value);
    utf8_clean(&out->value, text, strlen(text), flags);
    buf_trim(&out->value);
    if (out->value.length == 0 || (item->unsure && strcmp(out->value.text, VALUE_UNSURE) == 0))
        return;
    if (id_has_person_code(out->value.text, NULL, NULL)) {
        out->state = CHECK_REFUSED;
        out->message = N_("This looks like a personal identity code. It was not stored: "
                          "personal data of clients or staff do not belong here.");
        buf_clear(&out->value);
        return;
    }
    if (checks[item->type])
        checks[item->type](item, today, out);
}

void check_message(const struct check *check, const struct tr *tr, struct buf *out)
{
    if (check->message)
        buf_addf(out, tr_text(tr, check->message), check->arg[0], check->arg[1]);
}

void check_cleaned(const struct check *check, const struct tr *tr, struct buf *out)
{
    const struct id_result result = { .cleaned = check->odd_count > 0, .odd = check->odd,
                                      .odd_at = check->odd_at, .odd_count = check->odd_count };

    id_cleaned_text(&result, tr, out);
}

/* ---- showing ---- */

static void show_choices(const struct item *item, const char *value, enum lang lang,
                         struct buf *out)
{
    bool first = true;

    while (*value) {
        size_t length = strcspn(value, " ");
        char *id = xstrndup(value, length);
        const struct choice *choice = list_choice(item->list, id);
        buf_addf(out, "%s%s", first ? "" : ", ", choice ? text_get(&choice->label, lang) : id);
        free(id);
        first = false;
        value += length;
        value += strspn(value, " ");
    }
}

static void show_date(const char *value, enum lang lang, struct buf *out)
{
    int date = date_parse_iso(value);
    char text[40];

    date_text(date, lang, text, sizeof text);
    buf_add(out, date == DATE_NONE ? value : text);
}

/* Stored with a point; shown with the sign of the language. The digits of an amount stand in
 * threes, with a space that no line ends at; a comma there would be read back as a decimal sign. */
static void show_number(const char *value, bool amount, enum lang lang, struct buf *out)
{
    size_t whole = strspn(value, "-0123456789"), digits = whole - (*value == '-');

    for (size_t i = 0; value[i]; i++) {
        bool group = amount && i < whole && i > whole - digits && (whole - i) % 3 == 0;
        buf_add(out, group ? "\u00a0" : "");
        buf_add_char(out, value[i] == '.' && lang != LANG_EN ? ',' : value[i]);
    }
}

void check_show(const struct item *item, const char *value, const struct tr *tr,
                struct buf *out)
{
    if (item->unsure && strcmp(value, VALUE_UNSURE) == 0) {
        buf_add(out, tr_text(tr, "I do not know"));
        return;
    }
    switch (item->type) {
    case ITEM_ONE:
    case ITEM_MANY:
        show_choices(item, value, tr->lang, out);
        break;
    case ITEM_YESNO:
        buf_add(out, tr_text(tr, strcmp(value, "1") == 0 ? "yes" : strcmp(value, "0") == 0
                                                                      ? "no" : value));
        break;
    case ITEM_DATE:
        show_date(value, tr->lang, out);
        break;
    case ITEM_INTEGER:
    case ITEM_DECIMAL:
        show_number(value, item->unit.in[0] != NULL, tr->lang, out);
        break;
    default:
        buf_add(out, value);
    }
    if (item->unit.in[0] && item_type_is_typed(item->type))
        buf_addf(out, " %s", text_get(&item->unit, tr->lang));
}
