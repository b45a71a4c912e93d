/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Whether two names are one person's, whatever the order of the names and the case: cards begin
 * with the surname, people with the given name.
 */
#ifndef CORE_CARD_NAMES_H
#define CORE_CARD_NAMES_H

enum card_names {
    CARD_NAMES_DIFFER,
    CARD_NAMES_FIT,           /* one has more names, the other, two at least, are among them */
    CARD_NAMES_SAME
};

enum card_names card_names_compare(const char *a, const char *b);

#endif
