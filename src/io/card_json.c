/* SPDX-License-Identifier: EUPL-1.2 */
#include "io/card_json.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "core/card_data.h"
#include "core/card_notes.h"

enum { RESULTS_MAX = 1000, TEXT_COLUMNS_MAX = 300 };

static const char blanks[] = " \t\r\n";

/* An object with the key "readers": that is no item of a form. */
bool card_json_is(const char *text, size_t length)
{
    static const char key[] = "\"readers\"";
    const char *end = text + length, *at = text + strspn(text, blanks);

    if (*at != '{')
        return false;
    while ((at = memmem(at, (size_t)(end - at), key, strlen(key)))) {
        at += strlen(key);
        if (at[strspn(at, blanks)] == ':')
            return true;
    }
    return false;
}

/* One line, cleaned and not endless; NULL when there is none. */
static char *get_text(const json_t *object, const char *key)
{
    const char *value = json_string_value(json_object_get(object, key));
    struct buf clean = BUF_INIT, fitted = BUF_INIT;

    if (!value || !*value)
        return NULL;
    utf8_clean(&clean, value, strlen(value), UTF8_ONE_LINE);
    buf_trim(&clean);
    utf8_fit(&fitted, clean.text, TEXT_COLUMNS_MAX, false);
    buf_free(&clean);
    return buf_detach(&fitted);
}

static void read_kind(struct card_result *result, const json_t *card, const struct cards *cards)
{
    const char *id = json_string_value(json_object_get(card, "kind"));

    if (id && card_kind_find(cards, id))
        result->kind = xstrdup(id);
}

static void read_until(struct card_result *result, const json_t *card)
{
    const char *day = json_string_value(json_object_get(card, "not_after"));

    if (day && date_parse_iso(day) != DATE_NONE)
        result->until = xstrdup(day);
}

/* "2026-11-22T14:32" */
static void read_time(struct card_result *result, const json_t *report)
{
    const char *at = json_string_value(json_object_get(report, "at"));
    char day[11] = "";

    if (!at || strlen(at) < 10)
        return;
    memcpy(day, at, 10);
    result->tested_on = date_parse_iso(day);
    if (result->tested_on != DATE_NONE && strspn(at, "0123456789-T:") == strlen(at))
        snprintf(result->at, sizeof result->at, "%.23s", at);
}

/* The findings come with the worst first. */
static void read_fault(struct card_result *result, const json_t *reader)
{
    const json_t *worst = json_array_get(json_object_get(reader, "findings"), 0);
    const char *severity = json_string_value(json_object_get(worst, "severity"));

    if (severity && strcmp(severity, "error") == 0)
        result->fault = get_text(worst, "cause");
}

/* A card without a kind was read by nobody, or is none that matters here. */
static void read_reader(struct card_results *out, const json_t *report, const json_t *reader,
                        int line, const struct cards *cards)
{
    const json_t *card = json_object_get(reader, "card");
    struct card_result *result;

    if (!json_is_string(json_object_get(card, "kind")) || out->count >= RESULTS_MAX)
        return;
    result = card_results_add(out);
    result->line = line;
    result->holder = get_text(card, "holder");
    result->organisation = get_text(card, "organisation");
    result->reader = get_text(reader, "name");
    result->host = get_text(report, "workstation");
    read_kind(result, card, cards);
    read_until(result, card);
    read_time(result, report);
    read_fault(result, reader);
}

static int read_report(struct card_results *out, const json_t *report, int line, const char *file,
                       const struct cards *cards, struct err *err)
{
    const json_t *readers = json_object_get(report, "readers"), *reader;
    size_t i;

    if (!json_is_array(readers))
        return err_at(err, ERR_INPUT, file, line, 1, N_("this is no result of the card test: there "
                                                        "is no list \"%s\""), "readers");
    json_array_foreach(readers, i, reader)
        read_reader(out, report, reader, line, cards);
    return 0;
}

static int count_lines(const char *text, size_t length)
{
    int lines = 0;

    for (size_t i = 0; i < length; i++)
        lines += text[i] == '\n';
    return lines;
}

int card_json_read(struct card_results *out, const char *text, size_t length, const char *file,
                   const struct cards *cards, struct err *err)
{
    size_t at = strspn(text, blanks);
    int code = 0;

    while (!code && at < length) {
        int line = count_lines(text, at) + 1;
        json_error_t error;
        json_t *report = json_loadb(text + at, length - at, JSON_DISABLE_EOF_CHECK, &error);
        if (!report)
            return err_at(err, ERR_INPUT, file, line + error.line - 1, error.column,
                          N_("this is no JSON: %s"), error.text);
        code = read_report(out, report, line, file, cards, err);
        json_decref(report);
        at += (size_t)error.position;
        at += strspn(text + at, blanks);
    }
    return code;
}
