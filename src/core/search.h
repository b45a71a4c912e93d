/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * How well a text answers a search. Case and the way letters are composed do not matter.
 *
 * What stands at the beginning of a word is what was meant most often: "OID" means the code before
 * it means "asioida". What stands inside a word counts too, because Finnish and Swedish make one
 * word of several: "hoito" finds "lastensuojelun avohoito".
 */
#ifndef CORE_SEARCH_H
#define CORE_SEARCH_H

enum search_fit { SEARCH_NONE, SEARCH_INSIDE, SEARCH_WORD };

/* `folded` is what is searched for, as utf8_fold() makes it; "" fits nothing. */
enum search_fit search_fit(const char *text, const char *folded);

/* The better one of two. */
enum search_fit search_better(enum search_fit a, enum search_fit b);

#endif
