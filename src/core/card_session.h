/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The card test with a plan beside it: what stands now, what can be noted, at whom, where.
 *
 * The faces take facts in (core/card_facts.h) and call card_session_judge(); what they show and
 * offer follows from the session. A card that has been noted already is not offered again, until
 * that is undone.
 */
#ifndef CORE_CARD_SESSION_H
#define CORE_CARD_SESSION_H

#include "core/card_case.h"
#include "core/card_notes.h"
#include "core/card_text.h"

struct buf;
struct err;

enum card_stand {
    CARD_STAND_WAIT,          /* no card */
    CARD_STAND_READING,
    CARD_STAND_SLOW,
    CARD_STAND_OFFER,         /* a card of somebody whom the plan knows */
    CARD_STAND_WHOSE,         /* a card of somebody whom it does not know, or knows twice */
    CARD_STAND_NOTED,
    CARD_STAND_READ,          /* a card that cannot be noted, or a plan that cannot be written */
    CARD_STAND_FAULT          /* no card can be read: see the cases */
};

struct card_session {
    struct plan *plan;
    struct card_words words;
    struct card_context context;
    const char *host;         /* the computer's name; or NULL */
    char station[24];         /* the workstation's key; "" not known */
    struct card_view view;    /* the facts */
    /* derived */
    struct card_verdict verdict;
    struct card_results results;      /* of the current card, or empty */
    struct card_notes *notes;         /* of it; or NULL */
    enum card_stand stand;
    bool out;                 /* the card that was read last has been taken out */
    /* what the user has said of the card in the reader: whose it is */
    char person[24];
    char card[CARD_KEY_MAX];  /* which card that was */
};

/* What the plan says beside the card: whose organisation, how long it is needed. */
void card_context_of_plan(struct card_context *context, const struct plan *plan);

/* `words.tr` and `host` are borrowed. */
void card_session_begin(struct card_session *session, struct plan *plan, const struct tr *tr,
                        const char *host);
void card_session_end(struct card_session *session);
/* Forgets the facts, when they begin anew. */
void card_session_forget(struct card_session *session);

/* After the facts, the plan or the user's choice have changed. */
void card_session_judge(struct card_session *session);

/* The user says whose card it is, at which workstation this is. */
void card_session_set_person(struct card_session *session, const char *person);
/* With `station` "" a new workstation of the computer's name is made. */
int card_session_set_station(struct card_session *session, const char *station, struct err *err);

/* Notes the card at the person, as one change. */
int card_session_note(struct card_session *session, struct err *err);

/* What stands now and what to do next, in a sentence or two. */
void card_session_text(const struct card_session *session, struct buf *out);
/* "Tested 3 / 8 cards." */
void card_session_progress(const struct card_session *session, struct buf *out);
/* The workstation's name; when it is not known the computer's, or that it is not chosen. */
void card_session_station(const struct card_session *session, struct buf *out);

/* The lines worth showing: what the certificate says beside its kind is left out. */
bool card_session_shows(const struct card_session *session, enum card_line line);

#endif
