/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Searching the questions and the user's own answers, and how well a text answers a search. Case
 * and the way letters are composed do not matter.
 *
 * What stands at the beginning of a word is what was meant most often: "OID" means the code before
 * it means "asioida". What stands inside a word counts too, because Finnish and Swedish make one
 * word of several: "hoito" finds "lastensuojelun avohoito".
 */
#ifndef CORE_SEARCH_H
#define CORE_SEARCH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/engine.h"

struct buf;
struct plan;
struct tr;

enum search_fit { SEARCH_NONE, SEARCH_INSIDE, SEARCH_WORD };

/* `folded` is what is searched for, as utf8_fold() makes it; "" fits nothing. */
enum search_fit search_fit(const char *text, const char *folded);

/* The better one of two. */
enum search_fit search_better(enum search_fit a, enum search_fit b);

struct search_hit {
    const struct item *item;  /* the question */
    struct place place;       /* where it is answered; the repeat, when a question was found by its
                                 own words and has not exactly one row. The row's key is borrowed
                                 of the answers. */
    enum search_fit fit;
    bool in_answer;           /* found by the answer alone */
};

struct search_hits {
    struct search_hit *at;
    size_t count, room;
};

/* What fits the words: a question by its label, its hint or its id, else by its answer, in a repeat
 * row by row. Those in which a word begins so come first. Replaces what `out` held; nothing for "".
 * Good until the plan changes. */
void search_plan(const struct plan *plan, const char *words, const struct tr *tr,
                 struct search_hits *out);
/* "Palveluyksikkö 2, nimi: Koivula": the question, and the answer, shortened, when it was found by
 * that; appended to `out`. */
void search_hit_text(const struct plan *plan, const struct search_hit *hit, const struct tr *tr,
                     struct buf *out);
void search_hits_free(struct search_hits *hits);

#endif
