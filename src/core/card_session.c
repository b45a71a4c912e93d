/* SPDX-License-Identifier: EUPL-1.2 */
#include "core/card_session.h"

#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"
#include "base/tr.h"
#include "core/card_notes_parts.h"
#include "core/plan.h"

/* ---- life ---- */

/* A card has to be valid on the day of the start; an estimate that has passed says nothing. */
static int needed_until(const struct plan *plan)
{
    const struct item *item = card_item(plan, CARD_ITEM_PRODUCTION);
    const char *value = item ? engine_value(plan->engine, item, NULL) : NULL;
    int day = value ? date_parse_iso(value) : DATE_NONE;

    return day >= plan->today ? day : DATE_NONE;
}

void card_context_of_plan(struct card_context *context, const struct plan *plan)
{
    const struct item *organisation = card_item(plan, CARD_ITEM_ORGANISATION);

    context->today = plan->today;
    context->newest_fact = card_newest_fact(plan->schema);
    context->needed_until = needed_until(plan);
    context->organisation =
        organisation ? answers_value(plan->answers, organisation, NULL) : NULL;
}

void card_session_begin(struct card_session *session, struct plan *plan, const struct tr *tr,
                        const char *host)
{
    *session = (struct card_session){ .plan = plan, .host = host };
    session->words = (struct card_words){ plan->schema, answers_notes(plan->answers), tr,
                                          plan->today };
    card_session_judge(session);
}

static void forget_results(struct card_session *session)
{
    card_notes_free(session->notes);
    session->notes = NULL;
    card_results_free(&session->results);
}

void card_session_forget(struct card_session *session)
{
    card_view_free(&session->view);
    session->view = (struct card_view){ 0 };
}

void card_session_end(struct card_session *session)
{
    forget_results(session);
    card_verdict_free(&session->verdict);
    card_view_free(&session->view);
}

/* ---- judging ---- */

/* Tells this card in this reader from the one before: the number of its reading. */
static void card_id(const struct card_reader *reader, char out[CARD_KEY_MAX])
{
    const char *begin = reader && card_reader_phase(reader) != CARD_NONE
                            ? card_fact(&reader->card, "begin") : NULL;

    snprintf(out, CARD_KEY_MAX, "%d/%.20s", reader ? reader->number : 0, begin ? begin : "");
}

/* Another card: whose the last one was says nothing of it. */
static void recognise(struct card_session *session, const struct card_reader *reader)
{
    char id[CARD_KEY_MAX];

    card_id(reader, id);
    if (strcmp(id, session->card) == 0)
        return;
    memcpy(session->card, id, sizeof id);
    session->person[0] = '\0';
}

static void find_result(struct card_session *session, const struct card_reader *reader)
{
    struct card_result *result;

    forget_results(session);
    if (!card_notes_can(session->plan))
        return;
    result = card_results_add(&session->results);
    if (!card_result_of(result, &session->words, reader, &session->verdict, session->host)) {
        card_results_free(&session->results);
        return;
    }
    memcpy(result->person, session->person, sizeof result->person);
    memcpy(result->station, session->station, sizeof result->station);
    session->notes = card_notes_new(session->plan, &session->results);
}

static enum card_stand stand_of_notes(const struct card_session *session)
{
    if (session->notes->counts[IMPORT_LEFT_OUT])
        return session->notes->at[0].person[0] ? CARD_STAND_READ : CARD_STAND_WHOSE;
    return card_notes_has_changes(session->notes) ? CARD_STAND_OFFER : CARD_STAND_NOTED;
}

static enum card_stand stand_of(const struct card_session *session,
                                const struct card_reader *reader)
{
    static const enum card_stand stands[] = {
        [CARD_NONE] = CARD_STAND_WAIT, [CARD_READING] = CARD_STAND_READING,
        [CARD_SLOW] = CARD_STAND_SLOW, [CARD_READ] = CARD_STAND_READ,
        [CARD_STOPPED] = CARD_STAND_FAULT,
    };
    const struct card_facts *system = &session->view.system;
    const char *service = card_fact(system, "service");

    if (session->notes && !plan_read_only(session->plan))
        return stand_of_notes(session);
    if (card_fact(system, "stopped") || (service && strcmp(service, "ok") != 0)
        || (card_fact(system, "listed") && !reader))
        return CARD_STAND_FAULT;
    if (!reader)
        return card_fact(system, "slow") ? CARD_STAND_SLOW : CARD_STAND_READING;
    return stands[card_reader_phase(reader)];
}

/* The one that the user has chosen, while it is there; else the one with the computer's name. */
static void find_station(struct card_session *session)
{
    const struct item *name =
        card_notes_can(session->plan) ? card_item(session->plan, CARD_ITEM_STATION) : NULL;

    if (name && answers_row_position(session->plan->answers, name->repeat, session->station) < 0)
        card_station_of(session->plan, session->host, session->station);
}

void card_session_judge(struct card_session *session)
{
    const struct card_reader *reader = card_view_current(&session->view);

    card_context_of_plan(&session->context, session->plan);
    find_station(session);
    card_judge(session->plan->schema->cards, &session->view, reader, &session->context,
               &session->verdict);
    recognise(session, reader);
    find_result(session, reader);
    session->stand = stand_of(session, reader);
    session->out = reader && !card_fact_is(&reader->reader, "card", "in");
}

/* ---- what the user says ---- */

void card_session_set_person(struct card_session *session, const char *person)
{
    snprintf(session->person, sizeof session->person, "%s", person);
    card_session_judge(session);
}

static int new_station(struct card_session *session, struct plan_batch *batch, struct err *err)
{
    const struct item *name = card_item(session->plan, CARD_ITEM_STATION);
    int code = plan_batch_add_row(batch, name->repeat, session->station, err);

    return code ? code : plan_batch_set(batch, name, session->station, session->host, NULL, err);
}

int card_session_set_station(struct card_session *session, const char *station, struct err *err)
{
    struct plan_batch *batch = plan_batch_new(session->plan);
    int code = 0;

    snprintf(session->station, sizeof session->station, "%s", station);
    if (!*station)
        code = new_station(session, batch, err);
    if (!code && session->host)
        code = plan_batch_set(batch, card_item(session->plan, CARD_ITEM_STATION_HOST),
                              session->station, session->host, NULL, err);
    code = plan_batch_end(batch, code, err);
    if (code)
        session->station[0] = '\0';
    card_session_judge(session);
    return code;
}

int card_session_note(struct card_session *session, struct err *err)
{
    int code;

    card_session_judge(session);
    if (!session->notes)
        return err_set(err, ERR_USAGE, N_("There is no card that could be noted."));
    code = card_notes_commit(session->notes, err);
    card_session_judge(session);
    return code;
}

/* ---- words ---- */

static void add_person(const struct card_session *session, struct buf *out)
{
    plan_row_name(session->plan, card_item(session->plan, CARD_ITEM_PERSON)->repeat,
                  session->notes->at[0].person, session->words.tr, out);
}

static void add_offer(const struct card_session *session, const char *msgid, struct buf *out)
{
    struct buf name = BUF_INIT;

    add_person(session, &name);
    buf_addf(out, tr_text(session->words.tr, msgid), name.text);
    buf_free(&name);
}

static void add_whose(const struct card_session *session, struct buf *out)
{
    const struct item *person = card_item(session->plan, CARD_ITEM_PERSON);
    const struct import_remark *remark = session->notes->at[0].remarks;

    buf_addf(out, tr_text(session->words.tr, remark->message), remark->arg[0], remark->arg[1]);
    buf_add_char(out, ' ');
    buf_add(out, tr_text(session->words.tr,
                         answers_row_count(session->plan->answers, person->repeat)
                             ? N_("Choose whose card it is.")
                             : N_("Add the people to the plan first.")));
}

/* Why a card that was read cannot be noted. */
static void add_reason(const struct card_session *session, struct buf *out)
{
    const struct tr *tr = session->words.tr;

    if (session->notes && plan_read_only(session->plan))
        buf_add(out, tr_text(tr, N_("The plan can only be read, so the card is not noted.")));
    else if (session->notes && session->notes->at[0].remarks)
        buf_add(out, tr_text(tr, session->notes->at[0].remarks->message));
    else
        buf_add(out, tr_text(tr, N_("This card cannot be noted.")));
    buf_addf(out, " %s", tr_text(tr, session->out ? N_("Put the next card into the reader.")
                                                  : N_("Take the card out and put in the next "
                                                       "one.")));
}

void card_session_text(const struct card_session *session, struct buf *out)
{
    static const char *const texts[] = {
        [CARD_STAND_WAIT] = N_("Put the card into the reader."),
        [CARD_STAND_READING] = N_("The test is running …"),
        [CARD_STAND_SLOW] = N_("This takes longer than usual. It ends by itself."),
        [CARD_STAND_FAULT] = N_("No card can be tested now. See what to do."),
    };

    switch (session->stand) {
    case CARD_STAND_OFFER:
        add_offer(session, session->out ? N_("The card is out. Note it at %s?")
                                        : N_("Note the card at %s?"), out);
        break;
    case CARD_STAND_NOTED:
        add_offer(session, session->out
                               ? N_("Noted at %s. Put the next card into the reader.")
                               : N_("Noted at %s. Take the card out and put in the next one."),
                  out);
        break;
    case CARD_STAND_WHOSE: add_whose(session, out); break;
    case CARD_STAND_READ: add_reason(session, out); break;
    default: buf_add(out, tr_text(session->words.tr, texts[session->stand])); break;
    }
}

void card_session_progress(const struct card_session *session, struct buf *out)
{
    int tested, all;

    if (!card_notes_can(session->plan))
        return;
    card_notes_progress(session->plan, &tested, &all);
    buf_addf(out, tr_text(session->words.tr, N_("Cards tested: %1$d / %2$d.")), tested, all);
}

void card_session_station(const struct card_session *session, struct buf *out)
{
    const struct item *name =
        card_notes_can(session->plan) ? card_item(session->plan, CARD_ITEM_STATION) : NULL;

    if (name && session->station[0])
        plan_row_name(session->plan, name->repeat, session->station, session->words.tr, out);
    else
        buf_add(out, tr_text(session->words.tr, N_("not chosen")));
}

bool card_session_shows(const struct card_session *session, enum card_line line)
{
    bool known = card_fact(&session->verdict.signs, "kind") != NULL;

    return !known || (line != CARD_LINE_TITLE && line != CARD_LINE_ISSUER
                      && line != CARD_LINE_POLICY);
}
