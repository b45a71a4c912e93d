/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What was seen, in lines for people: the same on the screen, in line mode, for the command and on
 * paper.
 */
#ifndef CORE_CARD_TEXT_H
#define CORE_CARD_TEXT_H

#include "base/buf.h"
#include "core/card_case.h"

/* What a line is about. */
enum card_line {
    CARD_LINE_SERVICE, CARD_LINE_READER, CARD_LINE_CARD, CARD_LINE_KIND, CARD_LINE_HOLDER,
    CARD_LINE_TITLE, CARD_LINE_ORGANISATION, CARD_LINE_ISSUER, CARD_LINE_POLICY,
    CARD_LINE_VALIDITY, CARD_LINE_CHAIN, CARD_LINE_CODES, CARD_LINE_ACTIVATED, CARD_LINE_COUNT
};

/* The heading of a line, to be looked up. */
const char *card_line_label(enum card_line line);
/* Appends what the line says; nothing when there is nothing to say. Returns how it stands. */
enum card_weight card_line_text(const struct card_words *words, const struct card_facts *signs,
                                enum card_line line, struct buf *out);

/* How a case stands, in a word or two, to be looked up. */
const char *card_weight_word(enum card_weight weight);

/* That no code was asked for, to be looked up; said below the lines. */
const char *card_no_pin_text(void);

#endif
