/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files that make signs share; for card_signs*.c only.
 */
#ifndef CORE_CARD_SIGNS_PARTS_H
#define CORE_CARD_SIGNS_PARTS_H

#include <string.h>

#include "core/card_signs.h"

/* What the steps share. */
struct signing {
    const struct cards *cards;
    const struct card_view *view;
    const struct card_reader *reader;   /* NULL: none */
    const struct card_context *context;
    struct card_facts *out;
};

/* A fact that becomes a sign as it is. */
struct copied {
    const char *fact, *sign;
};

/* Sets a sign; nothing for no value. */
void sign_set(struct signing *s, const char *sign, const char *value);
void sign_set_yes(struct signing *s, const char *sign, bool yes);
void sign_copy(struct signing *s, const struct card_facts *from, const struct copied *copied,
               size_t count);

/* The steps for a card (card_signs_card.c). */
void sign_card(struct signing *s);

#endif
