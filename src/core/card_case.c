/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The cases of the diagnosis: data that is walked through, and texts with their blanks filled in.
 */
#include "core/card_case.h"

#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/tr.h"
#include "core/facts.h"

const char *card_weight_name(enum card_weight weight)
{
    static const char *const names[] = { "error", "warning", "ok", "note" };

    return names[weight];
}

const struct card_kind *card_kind_find(const struct cards *cards, const char *id)
{
    for (size_t i = 0; i < cards->kind_count; i++)
        if (strcmp(cards->kinds[i].id, id) == 0)
            return &cards->kinds[i];
    return NULL;
}

const struct card_case *card_case_find(const struct cards *cards, const char *id)
{
    for (size_t i = 0; i < cards->case_count; i++)
        if (strcmp(cards->cases[i].id, id) == 0)
            return &cards->cases[i];
    return NULL;
}

const struct card_contact *card_contact_find(const struct cards *cards, const char *id)
{
    for (size_t i = 0; i < cards->contact_count; i++)
        if (strcmp(cards->contacts[i].id, id) == 0)
            return &cards->contacts[i];
    return NULL;
}

/* ---- judging ---- */

void card_verdict_free(struct card_verdict *verdict)
{
    card_facts_free(&verdict->signs);
    verdict->count = 0;
}

static bool has_group(const struct card_verdict *verdict, const char *group)
{
    for (size_t i = 0; group && i < verdict->count; i++)
        if (verdict->at[i]->group && strcmp(verdict->at[i]->group, group) == 0)
            return true;
    return false;
}

static bool case_holds(const struct card_case *one, const struct card_verdict *verdict)
{
    return !has_group(verdict, one->group)
        && card_conditions_hold(&one->when, &verdict->signs)
        && !(one->unless.count > 0 && card_conditions_hold(&one->unless, &verdict->signs));
}

/* Keeps the cases of one weight in their order. */
static void add_case(struct card_verdict *out, const struct card_case *one)
{
    size_t at = out->count;

    if (out->count >= CARD_CASES_MAX)
        return;
    while (at > 0 && out->at[at - 1]->weight > one->weight) {
        out->at[at] = out->at[at - 1];
        at--;
    }
    out->at[at] = one;
    out->count++;
}

/* The signs are there already, in out->signs. */
static void judge_signs(const struct cards *cards, struct card_verdict *out)
{
    out->count = 0;
    for (size_t i = 0; i < cards->case_count; i++)
        if (case_holds(&cards->cases[i], out))
            add_case(out, &cards->cases[i]);
}

void card_judge(const struct cards *cards, const struct card_view *view,
                const struct card_reader *reader, const struct card_context *context,
                struct card_verdict *out)
{
    card_signs(cards, view, reader, context, &out->signs);
    judge_signs(cards, out);
}

enum card_weight card_verdict_weight(const struct card_verdict *verdict)
{
    return verdict->count ? verdict->at[0]->weight : CARD_WEIGHT_OK;
}

/* ---- texts ---- */

static const struct text *title_of(const struct cards *cards, const char *sign, const char *value)
{
    const struct card_kind *kind;

    if (strcmp(sign, "kind") == 0) {
        kind = card_kind_find(cards, value);
        return kind ? &kind->title : NULL;
    }
    if (strcmp(sign, "chip") != 0)
        return NULL;
    for (size_t i = 0; i < cards->chip_count; i++)
        if (strcmp(cards->chips[i].id, value) == 0)
            return &cards->chips[i].title;
    return NULL;
}

static void add_sign(const struct card_words *words, const struct card_facts *signs,
                     const char *name, struct buf *out)
{
    const char *value = card_fact(signs, name);
    const struct text *title;
    char day[40];

    if (!value) {
        buf_add(out, "–");
        return;
    }
    title = title_of(words->schema->cards, name, value);
    if (title)
        value = text_get(title, words->tr->lang);
    if (date_parse_iso(value) != DATE_NONE) {
        date_text(date_parse_iso(value), words->tr->lang, day, sizeof day);
        value = day;
    }
    buf_add(out, value);
}

/* Facts of the content are put in first, and blanks last and once: what a card says of itself is
 * never taken for a mark of the content. */
void card_case_text(const struct card_words *words, const struct card_facts *signs,
                    const struct text *text, struct buf *out)
{
    struct buf expanded = BUF_INIT;
    const char *rest, *mark;

    fact_expand(words->schema, words->notes, text_get(text, words->tr->lang), words->tr,
                words->today, &expanded);
    rest = expanded.text;
    while ((mark = strchr(rest, '{'))) {
        char name[CARD_KEY_MAX];
        size_t length = strcspn(mark + 1, "{}");
        buf_add_n(out, rest, (size_t)(mark - rest));
        rest = mark + 1;
        if (mark[1 + length] != '}' || length >= sizeof name) {
            buf_add_char(out, '{');
            continue;
        }
        memcpy(name, mark + 1, length);
        name[length] = '\0';
        add_sign(words, signs, name, out);
        rest = mark + length + 2;
    }
    buf_add(out, rest);
    buf_free(&expanded);
}

/* The package names that a blank stands for are those of the data, so nothing that a device says of
 * itself becomes part of a command. */
void card_case_command(const struct card_words *words, const struct card_facts *signs,
                       const struct card_case *one, struct buf *out)
{
    struct text text = { { one->command, one->command, one->command } };

    if (one->command)
        card_case_text(words, signs, &text, out);
}

void card_case_contacts(const struct card_words *words, const struct card_case *one,
                        struct buf *out)
{
    static const struct card_facts none = { 0 };

    for (const char **id = one->ask; id && *id; id++) {
        const struct card_contact *contact = card_contact_find(words->schema->cards, *id);
        if (id != one->ask)
            buf_add(out, "; ");
        if (contact)
            card_case_text(words, &none, &contact->text, out);
    }
}
