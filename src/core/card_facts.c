/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts of readers and cards, taken in from lines that are not to be trusted.
 */
#include "core/card_facts.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

/* ---- a set of facts ---- */

void card_facts_free(struct card_facts *facts)
{
    for (size_t i = 0; i < facts->count; i++)
        free(facts->at[i].value);
    free(facts->at);
    *facts = (struct card_facts){ 0 };
}

static struct card_fact *find(const struct card_facts *facts, const char *key)
{
    for (size_t i = 0; i < facts->count; i++)
        if (strcmp(facts->at[i].key, key) == 0)
            return &facts->at[i];
    return NULL;
}

const char *card_fact(const struct card_facts *facts, const char *key)
{
    const struct card_fact *fact = find(facts, key);

    return fact ? fact->value : NULL;
}

bool card_fact_is(const struct card_facts *facts, const char *key, const char *value)
{
    const char *has = card_fact(facts, key);

    return has && strcmp(has, value) == 0;
}

int card_fact_number(const struct card_facts *facts, const char *key, int otherwise)
{
    const char *value = card_fact(facts, key);
    char *end;
    long number;

    if (!value || !*value)
        return otherwise;
    number = strtol(value, &end, 10);
    return *end == '\0' && number >= -1000000 && number <= 1000000 ? (int)number : otherwise;
}

void card_fact_set(struct card_facts *facts, const char *key, const char *value)
{
    struct buf clean = BUF_INIT;
    struct card_fact *fact = find(facts, key);

    if (!fact) {
        if (facts->count >= CARD_FACTS_MAX || strlen(key) >= CARD_KEY_MAX)
            return;
        facts->at = vec_room(facts->at, &facts->room, facts->count + 1, sizeof facts->at[0]);
        fact = &facts->at[facts->count++];
        *fact = (struct card_fact){ .value = NULL };
        memcpy(fact->key, key, strlen(key) + 1);
    }
    utf8_clean(&clean, value, strlen(value), UTF8_ONE_LINE);
    free(fact->value);
    fact->value = buf_detach(&clean);
}

void card_fact_setf(struct card_facts *facts, const char *key, const char *format, ...)
{
    struct buf text = BUF_INIT;
    va_list args;

    va_start(args, format);
    buf_vaddf(&text, format, args);
    va_end(args);
    card_fact_set(facts, key, text.text);
    buf_free(&text);
}

/* ---- the view ---- */

static void reader_free(struct card_reader *reader)
{
    card_facts_free(&reader->reader);
    card_facts_free(&reader->card);
}

void card_view_free(struct card_view *view)
{
    card_facts_free(&view->system);
    for (size_t i = 0; i < view->count; i++)
        reader_free(&view->at[i]);
    *view = (struct card_view){ .count = 0 };
}

/* The place of the reader; view->count when it is not there. */
static size_t reader_place(const struct card_view *view, int number)
{
    size_t i = 0;

    while (i < view->count && view->at[i].number != number)
        i++;
    return i;
}

static void reader_remove(struct card_view *view, int number)
{
    size_t place = reader_place(view, number);

    if (place == view->count)
        return;
    reader_free(&view->at[place]);
    view->count--;
    memmove(&view->at[place], &view->at[place + 1],
            (view->count - place) * sizeof view->at[0]);
    if (view->latest == number)
        view->latest = 0;
}

static struct card_reader *reader_of(struct card_view *view, int number)
{
    size_t place = reader_place(view, number);

    if (place == CARD_READERS_MAX)
        return NULL;
    if (place == view->count)
        view->at[view->count++] = (struct card_reader){ .number = number };
    return &view->at[place];
}

static bool has_card(const struct card_reader *reader)
{
    return card_fact_is(&reader->reader, "card", "in");
}

const struct card_reader *card_view_current(const struct card_view *view)
{
    size_t latest = reader_place(view, view->latest);

    if (latest < view->count && has_card(&view->at[latest]))
        return &view->at[latest];
    for (size_t i = 0; i < view->count; i++)
        if (has_card(&view->at[i]))
            return &view->at[i];
    return latest < view->count ? &view->at[latest] : view->count ? &view->at[0] : NULL;
}

enum card_phase card_reader_phase(const struct card_reader *reader)
{
    const struct card_facts *card = &reader->card;

    if (card_fact(card, "stopped"))
        return CARD_STOPPED;
    if (card_fact(card, "done"))
        return CARD_READ;
    if (!has_card(reader) && !card_fact(card, "begin"))
        return CARD_NONE;
    return card_fact(card, "slow") ? CARD_SLOW : CARD_READING;
}

/* ---- lines ---- */

static bool is_key(const char *key)
{
    if (*key < 'a' || *key > 'z')
        return false;
    return key[strspn(key, "abcdefghijklmnopqrstuvwxyz0123456789_.")] == '\0';
}

/* "reader12.state": the number, and the rest of the key; 0 when it is no such key. */
static int reader_number(const char *key, const char **rest)
{
    size_t digits;
    int number = 0;

    if (strncmp(key, "reader", 6) != 0)
        return 0;
    digits = strspn(key + 6, "0123456789");
    if (digits == 0 || digits > 4 || key[6 + digits] != '.')
        return 0;
    for (size_t i = 0; i < digits; i++)
        number = number * 10 + (key[6 + i] - '0');
    *rest = key + 6 + digits + 1;
    return is_key(*rest) ? number : 0;
}

/* A card that came or went has no facts but those that are read from now on. */
static void take_reader_fact(struct card_view *view, int number, const char *key,
                             const char *value)
{
    struct card_reader *reader;

    if (strcmp(key, "gone") == 0) {
        reader_remove(view, number);
        return;
    }
    reader = reader_of(view, number);
    if (!reader)
        return;
    if (strncmp(key, "card.", 5) == 0) {
        if (strcmp(key, "card.begin") == 0)
            card_facts_free(&reader->card);
        card_fact_set(&reader->card, key + 5, value);
        return;
    }
    card_fact_set(&reader->reader, key, value);
    if (strcmp(key, "card") == 0)
        view->latest = number;
}

bool card_view_line(struct card_view *view, const char *line, size_t length)
{
    char text[CARD_LINE_MAX];
    char *tab;
    const char *rest = NULL;
    int number;

    if (length == 0 || length >= sizeof text || memchr(line, '\0', length)) {
        view->bad_lines++;
        return false;
    }
    memcpy(text, line, length);
    text[length] = '\0';
    tab = strchr(text, '\t');
    if (tab)
        *tab = '\0';
    if (!tab || !is_key(text) || strlen(text) >= CARD_KEY_MAX) {
        view->bad_lines++;
        return false;
    }
    number = reader_number(text, &rest);
    if (number > 0)
        take_reader_fact(view, number, rest, tab + 1);
    else
        card_fact_set(&view->system, text, tab + 1);
    return true;
}

void card_lines_add(struct card_lines *lines, struct card_view *view, const char *bytes,
                    size_t length)
{
    for (size_t i = 0; i < length; i++) {
        if (bytes[i] != '\n') {
            if (lines->length < sizeof lines->line)
                lines->line[lines->length++] = bytes[i];
            else
                lines->too_long = true;
            continue;
        }
        if (lines->too_long)
            view->bad_lines++;
        else
            card_view_line(view, lines->line, lines->length);
        lines->length = 0;
        lines->too_long = false;
    }
}
