/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Noting in the plan what card tests have found: whose card it is, and which answers follow.
 *
 * A preview is made first and writes nothing; committing it is one change, which undo takes back as
 * one. A card belongs to the person whose name it bears; where the plan knows nobody of that name,
 * or several, nothing is guessed. The program's own test is the only one that may say "measured".
 */
#ifndef CORE_CARD_NOTES_H
#define CORE_CARD_NOTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/row_import.h"

struct card_reader;
struct card_verdict;
struct card_words;
struct plan;

/* Ids of the choices of the items "how". */
#define CARD_TEST_MEASURED "measured"
#define CARD_TEST_REPORTED "reported"

/* What a test has found of one card. Strings are the result's own, cleaned, of one line; NULL: not
 * known. */
struct card_result {
    char *holder, *organisation;
    char *kind;               /* id of a kind in the data */
    char *until;              /* ISO date */
    char *reader;
    char *host;               /* the computer's name on the network */
    char *fault;              /* what stands in the way, in words; NULL: the card works */
    int tested_on;
    char at[24];              /* stamp, to tell the newest of several; "" unknown */
    int line;                 /* of the file; 0: from a reader */
    char person[24], station[24];   /* keys that the user has chosen; "": by the name */
};

struct card_results {
    struct card_result *at;
    size_t count, room;
};

/* Appends an empty one, good until the next call. */
struct card_result *card_results_add(struct card_results *results);
void card_results_free(struct card_results *results);

/* There is a card that was read, of a kind that can be noted: the result of it. False: nothing to
 * note. `host` may be NULL. */
bool card_result_of(struct card_result *out, const struct card_words *words,
                    const struct card_reader *reader, const struct card_verdict *verdict,
                    const char *host);

/* Who bears this name: the number of people, of whom `key` gets the only one, else "". The same
 * names count before names of which one has more. */
size_t card_person_of(const struct plan *plan, const char *holder, char key[24]);
/* The workstation with this name, on the network or in the house; "" when there is no only one. */
void card_station_of(const struct plan *plan, const char *host, char key[24]);

struct card_note {
    const struct card_result *result;
    enum import_fate fate;
    char person[24], card[24], station[24];   /* keys; card "": a new row */
    struct card_answer *answers;              /* to be written */
    struct import_remark *remarks;
};

struct card_notes {
    struct arena *arena;
    struct plan *plan;
    int64_t entry;            /* the newest entry of the plan that was looked at */
    struct card_note *at;
    size_t count, counts[IMPORT_FATE_COUNT];
};

/* The content says where results are kept. */
bool card_notes_can(const struct plan *plan);

/* The rows of this repeat are cards or workstations. */
bool card_notes_are_in(const struct plan *plan, const struct item *repeat);

/* The results are borrowed. */
struct card_notes *card_notes_new(struct plan *plan, const struct card_results *results);
void card_notes_free(struct card_notes *notes);
bool card_notes_has_changes(const struct card_notes *notes);

/* Writes all as one change. Refuses when the plan has changed since the preview was made. */
int card_notes_commit(const struct card_notes *notes, struct err *err);

/* The preview in words, as row_import_tell() does it. */
void card_notes_tell(const struct card_notes *notes, const struct tr *tr, import_tell each,
                     void *data);

/* How many cards of the plan have been tested, of how many that are needed or planned. */
void card_notes_progress(const struct plan *plan, int *tested, int *all);

#endif
