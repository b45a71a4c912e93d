/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of the register check share; nobody else includes this.
 */
#ifndef CORE_REGISTER_PARTS_H
#define CORE_REGISTER_PARTS_H

#include "core/register_check.h"

struct id_result;

/* One look at the register: what is being checked, and where findings go. */
struct look {
    const struct register_claim *claim;
    const struct register_picture *picture;
    struct register_result *out;
    const struct register_unit *unit;
    int position;             /* of the unit; -1: the operating unit */
};

/* Adds a finding about the present unit, with its usual severity; good until the next. */
struct register_finding *regcheck_add(struct look *look, enum register_message message,
                                      enum register_about about, const struct regcheck_row *row);
void regcheck_blank(struct register_finding *finding, enum register_blank blank, const char *text);
void regcheck_number(struct register_finding *finding, long number);

/* The same with one blank filled in. */
void regcheck_say(struct look *look, enum register_message message, enum register_about about,
                  const struct regcheck_row *row, enum register_blank blank, const char *text);

/* The text is neither absent nor empty. */
bool regcheck_given(const char *text);
/* The row belongs to the provider; and is a service unit in force. */
bool regcheck_own(const struct look *look, const struct regcheck_row *row);
bool regcheck_own_service(const struct look *look, const struct regcheck_row *row);

/* register_compare.c: a row that is the unit's own. */
void regcheck_parents(struct look *look, const struct regcheck_row *row);
void regcheck_name(struct look *look, const struct regcheck_row *row);
void regcheck_address(struct look *look, const struct regcheck_row *row);
void regcheck_neighbours(struct look *look, const struct regcheck_row *row);

/* register_lists.c: level 11. Whether the plan has a unit with this code. */
bool regcheck_named(const struct register_claim *claim, const char *oid);
void regcheck_lists(struct look *look);

/* register_form.c */

/* Says which character of the given code was corrected, if any was. */
void regcheck_note_cleaned(struct look *look, const struct id_result *result, const char *given);

/* Says that the code is of another class. */
void regcheck_say_class(struct look *look, const char *oid, const char *class);

/* Checks the form of the code; `row` stands in the register under exactly this code, or is NULL.
 * Returns whether the code is one of a unit. */
bool regcheck_form(struct look *look, const char *oid, const struct regcheck_row *row);

#endif
