/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From a result to a person, a row, answers.
 */
#include "core/card_notes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "base/utf8_wrap.h"
#include "core/card_names.h"
#include "core/card_notes_parts.h"
#include "core/plan.h"

/* What is needed while one note is made. */
struct maker {
    struct card_notes *notes;
    struct card_note *note;
};

const struct item *card_item(const struct plan *plan, enum card_item which)
{
    return plan->schema->cards->inventory.items[which];
}

bool card_notes_can(const struct plan *plan)
{
    return plan->schema->cards && card_item(plan, CARD_ITEM_HOLDER);
}

bool card_notes_are_in(const struct plan *plan, const struct item *repeat)
{
    return card_notes_can(plan) && (repeat == card_item(plan, CARD_ITEM_HOLDER)->repeat
                                    || repeat == card_item(plan, CARD_ITEM_STATION)->repeat);
}

/* ---- results ---- */

struct card_result *card_results_add(struct card_results *results)
{
    results->at = vec_room(results->at, &results->room, results->count + 1, sizeof *results->at);
    results->at[results->count] = (struct card_result){ .tested_on = DATE_NONE };
    return &results->at[results->count++];
}

static void result_clear(struct card_result *result)
{
    char *texts[] = { result->holder, result->organisation, result->kind, result->until,
                      result->reader, result->host, result->fault };

    for (size_t i = 0; i < countof(texts); i++)
        free(texts[i]);
    *result = (struct card_result){ .tested_on = DATE_NONE };
}

void card_results_free(struct card_results *results)
{
    for (size_t i = 0; i < results->count; i++)
        result_clear(&results->at[i]);
    free(results->at);
    *results = (struct card_results){ 0 };
}

static char *copy_sign(const struct card_verdict *verdict, const char *sign)
{
    const char *value = card_fact(&verdict->signs, sign);

    return value ? xstrdup(value) : NULL;
}

/* A card that another issuer has made, or that names nobody, is none of ours. */
static bool can_be_noted(const struct card_reader *reader, const struct card_verdict *verdict)
{
    return reader && card_reader_phase(reader) == CARD_READ
        && card_fact(&verdict->signs, "kind") && card_fact(&verdict->signs, "holder")
        && !card_fact_is(&verdict->signs, "chain", "foreign");
}

bool card_result_of(struct card_result *out, const struct card_words *words,
                    const struct card_reader *reader, const struct card_verdict *verdict,
                    const char *host)
{
    struct buf fault = BUF_INIT;

    result_clear(out);
    if (!can_be_noted(reader, verdict))
        return false;
    out->holder = copy_sign(verdict, "holder");
    out->organisation = copy_sign(verdict, "holder_organisation");
    out->kind = copy_sign(verdict, "kind");
    out->until = copy_sign(verdict, "until");
    out->reader = copy_sign(verdict, "reader");
    out->host = host && *host ? xstrdup(host) : NULL;
    out->tested_on = words->today;
    if (card_verdict_weight(verdict) == CARD_WEIGHT_ERROR) {
        card_case_text(words, &verdict->signs, &verdict->at[0]->cause, &fault);
        out->fault = buf_detach(&fault);
    }
    return true;
}

/* ---- whose, and where ---- */

size_t card_person_of(const struct plan *plan, const char *holder, char key[24])
{
    const struct item *name = card_item(plan, CARD_ITEM_PERSON);
    size_t found[CARD_NAMES_SAME + 1] = { 0 };
    const char *first[CARD_NAMES_SAME + 1] = { NULL };
    enum card_names best;

    for (size_t i = 0; i < answers_row_count(plan->answers, name->repeat); i++) {
        const char *row = answers_row_at(plan->answers, name->repeat, i)->key;
        const char *value = answers_value(plan->answers, name, row);
        enum card_names fit = value ? card_names_compare(holder, value) : CARD_NAMES_DIFFER;
        if (found[fit]++ == 0)
            first[fit] = row;
    }
    best = found[CARD_NAMES_SAME] ? CARD_NAMES_SAME : CARD_NAMES_FIT;
    snprintf(key, 24, "%s", found[best] == 1 ? first[best] : "");
    return found[best];
}

void card_station_of(const struct plan *plan, const char *host, char key[24])
{
    static const enum card_item names[] = { CARD_ITEM_STATION_HOST, CARD_ITEM_STATION };
    const struct item *repeat = card_item(plan, CARD_ITEM_STATION)->repeat;

    key[0] = '\0';
    for (size_t n = 0; n < countof(names) && host && !key[0]; n++) {
        size_t found = 0;
        for (size_t i = 0; i < answers_row_count(plan->answers, repeat); i++) {
            const char *row = answers_row_at(plan->answers, repeat, i)->key;
            const char *value = answers_value(plan->answers, card_item(plan, names[n]), row);
            if (value && utf8_same_folded(value, host) && found++ == 0)
                snprintf(key, 24, "%s", row);
        }
        if (found != 1)
            key[0] = '\0';
    }
}

/* The row of the person's card; "" when there is none. */
static void find_card(const struct plan *plan, const char *person, char key[24])
{
    const struct item *holder = card_item(plan, CARD_ITEM_HOLDER);

    key[0] = '\0';
    for (size_t i = 0; i < answers_row_count(plan->answers, holder->repeat) && !key[0]; i++) {
        const char *row = answers_row_at(plan->answers, holder->repeat, i)->key;
        const char *value = answers_value(plan->answers, holder, row);
        if (value && strcmp(value, person) == 0)
            snprintf(key, 24, "%s", row);
    }
}

/* ---- remarks and answers ---- */

static void remark(struct maker *m, enum card_item which, const char *message, const char *arg)
{
    struct import_remark *made = arena_alloc(m->notes->arena, 1, sizeof *made), **end;

    *made = (struct import_remark){ .item = card_item(m->notes->plan, which), .message = message,
                                    .line = m->note->result->line, .col = 1,
                                    .arg = { arena_strdup(m->notes->arena, arg ? arg : ""), "" } };
    for (end = &m->note->remarks; *end; end = &(*end)->next)
        ;
    *end = made;
}

static void leave_out(struct maker *m, enum card_item which, const char *message, const char *arg)
{
    remark(m, which, message, arg);
    m->note->fate = IMPORT_LEFT_OUT;
    m->note->answers = NULL;
}

static const char *row_of(const struct maker *m, const struct item *item)
{
    return item->repeat == card_item(m->notes->plan, CARD_ITEM_HOLDER)->repeat ? m->note->card
                                                                               : m->note->station;
}

static const char *present(const struct maker *m, enum card_item which)
{
    const struct item *item = card_item(m->notes->plan, which);
    const char *row = row_of(m, item);

    return *row ? answers_value(m->notes->plan->answers, item, row) : NULL;
}

/* An answer in its stored form; NULL clears it. What is no value of its item is told and left. */
static void put(struct maker *m, enum card_item which, const char *text)
{
    const struct item *item = card_item(m->notes->plan, which);
    const char *before = present(m, which);
    struct check check = CHECK_INIT;
    struct card_answer *made, **end;

    check_value(item, text ? text : "", m->notes->plan->today, &check);
    if (check.state == CHECK_BAD || check.state == CHECK_REFUSED) {
        remark(m, which, N_("The card's \"%1$s\" is not taken."), text);
    } else if (strcmp(before ? before : "", check.value.text) != 0) {
        made = arena_alloc(m->notes->arena, 1, sizeof *made);
        *made = (struct card_answer){ .item = item };
        if (before)
            made->before = arena_strdup(m->notes->arena, before);
        if (check.value.length)
            made->after = arena_strdup(m->notes->arena, check.value.text);
        for (end = &m->note->answers; *end; end = &(*end)->next)
            ;
        *end = made;
    }
    check_free(&check);
}

static void put_if_empty(struct maker *m, enum card_item which, const char *text)
{
    if (text && !present(m, which))
        put(m, which, text);
}

/* A text that may be too long for its item. */
static void put_text(struct maker *m, enum card_item which, const char *text)
{
    const struct item *item = card_item(m->notes->plan, which);
    struct buf fitted = BUF_INIT;

    if (item->max_length > 0)
        utf8_fit(&fitted, text, item->max_length, false);
    else
        buf_add(&fitted, text);
    put(m, which, fitted.text);
    buf_free(&fitted);
}

/* ---- what follows from a result ---- */

/* A card of this kind is ordered for people: the list says so. */
static bool is_ordered(const struct item *kind, const char *id)
{
    const struct choice *choice = id ? list_choice(kind->list, id) : NULL;

    for (size_t i = 0; choice && i < kind->list->column_count; i++)
        if (strcmp(kind->list->columns[i], "ordered") == 0)
            return choice->extra[i] && strcmp(choice->extra[i], "1") == 0;
    return false;
}

/* Which card it should be: what the person's details say, else as it was read. */
static void put_kind(struct maker *m)
{
    const struct plan *plan = m->notes->plan;
    const char *planned =
        answers_value(plan->answers, card_item(plan, CARD_ITEM_PERSON_CARD), m->note->person);
    const struct card_kind *kind = m->note->result->kind
                                       ? card_kind_find(plan->schema->cards, m->note->result->kind)
                                       : NULL;

    if (is_ordered(card_item(plan, CARD_ITEM_KIND), planned))
        put_if_empty(m, CARD_ITEM_KIND, planned);
    else if (kind)
        put_if_empty(m, CARD_ITEM_KIND, kind->choice);
    if (m->note->result->kind)
        put(m, CARD_ITEM_SEEN_KIND, m->note->result->kind);
    if (m->note->result->organisation)
        put_text(m, CARD_ITEM_SEEN_ORGANISATION, m->note->result->organisation);
}

/* Who holds a card that is valid has one, unless the plan knows when it came. */
static void put_validity(struct maker *m)
{
    const struct card_result *result = m->note->result;
    int until = result->until ? date_parse_iso(result->until) : DATE_NONE;

    if (until == DATE_NONE)
        return;
    if (until >= result->tested_on && !present(m, CARD_ITEM_RECEIVED))
        put(m, CARD_ITEM_READY, "1");
    put(m, CARD_ITEM_UNTIL, result->until);
}

static void put_test(struct maker *m)
{
    const struct card_result *result = m->note->result;
    char day[11];

    date_iso(result->tested_on, day);
    if (*m->note->station)
        put(m, CARD_ITEM_WORKSTATION, m->note->station);
    if (result->fault) {
        put_text(m, CARD_ITEM_FAULT, result->fault);
    } else {
        put(m, CARD_ITEM_TESTED, day);
        put(m, CARD_ITEM_HOW, CARD_TEST_MEASURED);
        put(m, CARD_ITEM_FAULT, NULL);
    }
}

/* A card was read there, so the reader works, whatever is wrong with the card. */
static void put_station(struct maker *m)
{
    const struct card_result *result = m->note->result;
    char day[11];

    if (!*m->note->station)
        return;
    date_iso(result->tested_on, day);
    put_if_empty(m, CARD_ITEM_STATION_HOST, result->host);
    put_if_empty(m, CARD_ITEM_STATION_READER, result->reader);
    put(m, CARD_ITEM_STATION_TESTED, day);
    put(m, CARD_ITEM_STATION_HOW, CARD_TEST_MEASURED);
}

static void find_station(struct maker *m)
{
    const struct card_result *result = m->note->result;

    if (result->station[0])
        memcpy(m->note->station, result->station, sizeof m->note->station);
    else
        card_station_of(m->notes->plan, result->host, m->note->station);
    if (result->host && !m->note->station[0])
        remark(m, CARD_ITEM_STATION, N_("The plan has no workstation \"%1$s\"."), result->host);
}

/* ---- whether it is taken ---- */

static bool find_person(struct maker *m)
{
    const struct card_result *result = m->note->result;
    size_t found = 1;

    if (result->person[0])
        memcpy(m->note->person, result->person, sizeof m->note->person);
    else if (result->holder)
        found = card_person_of(m->notes->plan, result->holder, m->note->person);
    if (!result->holder && !result->person[0])
        leave_out(m, CARD_ITEM_PERSON, N_("No holder could be read from the card."), NULL);
    else if (!m->note->person[0])
        leave_out(m, CARD_ITEM_PERSON,
                  found ? N_("The plan has several people called %1$s.")
                        : N_("The plan has nobody called %1$s."), result->holder);
    return m->note->person[0] != '\0';
}

/* The newest of several tests counts. */
static bool is_outdated(const struct card_notes *notes, const struct card_note *note)
{
    for (const struct card_note *other = notes->at; other < notes->at + notes->count; other++)
        if (other != note && strcmp(other->person, note->person) == 0 && note->person[0]
            && other->fate != IMPORT_LEFT_OUT) {
            int order = strcmp(other->result->at, note->result->at);
            if (order > 0 || (order == 0 && other > note))
                return true;
        }
    return false;
}

static bool has_day(struct maker *m)
{
    const char *tested = present(m, CARD_ITEM_TESTED);
    int on = m->note->result->tested_on;

    if (on == DATE_NONE)
        leave_out(m, CARD_ITEM_TESTED, N_("The day of the test is not known."), NULL);
    else if (on > m->notes->plan->today)
        leave_out(m, CARD_ITEM_TESTED, N_("The day of the test is in the future."), NULL);
    else if (tested && date_parse_iso(tested) > on)
        leave_out(m, CARD_ITEM_TESTED, N_("The plan has a newer test of this card."), NULL);
    return m->note->fate != IMPORT_LEFT_OUT;
}

static void make_note(struct maker *m)
{
    find_card(m->notes->plan, m->note->person, m->note->card);
    m->note->fate = m->note->card[0] ? IMPORT_SAME : IMPORT_NEW;
    if (!has_day(m))
        return;
    find_station(m);
    if (m->note->fate == IMPORT_NEW)
        put(m, CARD_ITEM_HOLDER, m->note->person);
    put_kind(m);
    put_validity(m);
    put_test(m);
    put_station(m);
    if (m->note->fate == IMPORT_SAME && m->note->answers)
        m->note->fate = IMPORT_CHANGED;
}

/* ---- the whole ---- */

struct card_notes *card_notes_new(struct plan *plan, const struct card_results *results)
{
    struct card_notes *notes = xcalloc(1, sizeof *notes);
    struct maker m = { notes, NULL };

    *notes = (struct card_notes){ .arena = arena_new(), .plan = plan, .entry = plan->last_entry,
                                  .count = results->count };
    notes->at = arena_alloc(notes->arena, results->count + 1, sizeof *notes->at);
    for (size_t i = 0; i < notes->count; i++) {
        m.note = &notes->at[i];
        *m.note = (struct card_note){ .result = &results->at[i], .fate = IMPORT_NEW };
        find_person(&m);
    }
    for (size_t i = 0; i < notes->count; i++) {
        m.note = &notes->at[i];
        if (m.note->fate != IMPORT_LEFT_OUT && is_outdated(notes, m.note))
            leave_out(&m, CARD_ITEM_TESTED, N_("The file has a newer test of this card."), NULL);
        else if (m.note->fate != IMPORT_LEFT_OUT)
            make_note(&m);
        notes->counts[m.note->fate]++;
    }
    return notes;
}

void card_notes_free(struct card_notes *notes)
{
    if (!notes)
        return;
    arena_free(notes->arena);
    free(notes);
}

bool card_notes_has_changes(const struct card_notes *notes)
{
    return notes->counts[IMPORT_NEW] > 0 || notes->counts[IMPORT_CHANGED] > 0;
}

static int write_note(const struct card_notes *notes, const struct card_note *note,
                      struct plan_batch *batch, struct err *err)
{
    const struct item *repeat = card_item(notes->plan, CARD_ITEM_HOLDER)->repeat;
    char card[24];
    int code = 0;

    memcpy(card, note->card, sizeof card);
    if (note->fate == IMPORT_NEW)
        code = plan_batch_add_row(batch, repeat, card, err);
    for (const struct card_answer *at = note->answers; !code && at; at = at->next)
        code = plan_batch_set(batch, at->item, at->item->repeat == repeat ? card : note->station,
                              at->after, NULL, err);
    return code;
}

int card_notes_commit(const struct card_notes *notes, struct err *err)
{
    struct plan_batch *batch;
    int code = 0;

    if (notes->entry != notes->plan->last_entry)
        return err_set(err, ERR_USAGE, N_("The plan has changed meanwhile; look at the changes "
                                          "again."));
    batch = plan_batch_new(notes->plan);
    for (size_t i = 0; !code && i < notes->count; i++)
        if (notes->at[i].fate == IMPORT_NEW || notes->at[i].fate == IMPORT_CHANGED)
            code = write_note(notes, &notes->at[i], batch, err);
    return plan_batch_end(batch, code, err);
}

void card_notes_progress(const struct plan *plan, int *tested, int *all)
{
    const struct item *repeat = card_item(plan, CARD_ITEM_HOLDER)->repeat;
    const char *needed = engine_value(plan->engine, card_item(plan, CARD_ITEM_NEEDED), NULL);

    *tested = 0;
    *all = needed ? atoi(needed) : 0;
    for (size_t i = 0; i < answers_row_count(plan->answers, repeat); i++)
        *tested += answers_value(plan->answers, card_item(plan, CARD_ITEM_TESTED),
                                 answers_row_at(plan->answers, repeat, i)->key) != NULL;
    if (*all < (int)answers_row_count(plan->answers, repeat))
        *all = (int)answers_row_count(plan->answers, repeat);
}
