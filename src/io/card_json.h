/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Results of card tests in a file: what `reader --json` has written, once or several times one
 * after another.
 */
#ifndef IO_CARD_JSON_H
#define IO_CARD_JSON_H

#include <stdbool.h>
#include <stddef.h>

struct card_results;
struct cards;
struct err;

/* Whether the text (NUL behind it) looks like such a file, and not like answers. */
bool card_json_is(const char *text, size_t length);

/* Appends one result for each card. What is no such text is refused with its place (ERR_INPUT).
 * Texts are cleaned; a kind that `cards` does not know, and a day that is none, are left out. */
int card_json_read(struct card_results *out, const char *text, size_t length, const char *file,
                   const struct cards *cards, struct err *err);

#endif
