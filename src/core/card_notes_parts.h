/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files about noting cards share; private to them.
 */
#ifndef CORE_CARD_NOTES_PARTS_H
#define CORE_CARD_NOTES_PARTS_H

#include "core/card_case.h"
#include "core/card_data.h"
#include "core/card_notes.h"

/* An answer that would change; `before` NULL: there is none, `after` NULL: it is cleared. */
struct card_answer {
    const struct item *item;
    const char *before, *after;
    struct card_answer *next;
};

/* The item of the plan; NULL when the content keeps no inventory. */
const struct item *card_item(const struct plan *plan, enum card_item which);

#endif
