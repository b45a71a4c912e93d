/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signs: what the cases of the diagnosis are decided by.
 *
 * Signs are made of the facts of one reader, the data and the day; nothing here asks a clock or a
 * reader. A sign that is not known is absent, and no condition but "-" holds for it.
 */
#ifndef CORE_CARD_SIGNS_H
#define CORE_CARD_SIGNS_H

#include "core/card_data.h"
#include "core/card_facts.h"

/* What is known beside the card. Everything may be absent: NULL, DATE_NONE. */
struct card_context {
    int today;
    int newest_fact;          /* the day the content was last looked after: no clock is earlier */
    int needed_until;         /* the card has to be valid until then */
    const char *holder;       /* whose card it should be */
    const char *organisation; /* whose card it should be, for cards of an organisation */
    const char *activated;    /* "yes" or "no": what the user says */
};

/* Name and the values it can have, joined by blanks; NULL: a number or a text. */
struct card_sign_info {
    const char *name, *values;
};
const struct card_sign_info *card_sign_find(const char *name);

/* All signs of a reader; `reader` NULL: of the computer alone. Replaces what `out` held. */
void card_signs(const struct cards *cards, const struct card_view *view,
                const struct card_reader *reader, const struct card_context *context,
                struct card_facts *out);

/* The newest day on which a fact of the content was looked at, or DATE_NONE. */
int card_newest_fact(const struct schema *schema);

/* All conditions hold. */
bool card_conditions_hold(const struct card_conditions *conditions, const struct card_facts *signs);
/* The condition's value is a test that can be made: a number after < or >, or plain text. */
bool card_value_is_sound(const char *value);

#endif
