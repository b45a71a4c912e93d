/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * What the files of identifiers share; nobody else includes this.
 *
 * A kind's function gets the tidied value, which it may change, and fills the result.
 */
#ifndef CORE_IDENTIFIERS_PARTS_H
#define CORE_IDENTIFIERS_PARTS_H

#include "core/identifiers.h"

#define ID_DIGITS "0123456789"

/* What the check came to. A reason is a msgid with %1$s for `arg` (may be NULL); bad has no normal
 * form, good no reason. */
void id_set_reason(struct id_result *out, enum id_state state, const char *reason,
                   const char *arg);
void id_bad(struct id_result *out, const char *reason);
void id_warn(struct id_result *out, const char *reason);
void id_good(struct id_result *out, const char *canonical);

/* Bad, with a proposal in the reason. A proposal too long to be shown whole is left out, and
 * the reason is then `without`. */
void id_propose(struct id_result *out, const char *reason, const char *proposal,
                const char *without);

/* Removes the characters of `set` at both ends. */
void id_strip_ends(struct buf *text, const char *set);

/* Removes `prefix` in any case; true when it was there. */
bool id_strip_prefix(struct buf *text, const char *prefix);

/* Removes the characters of `set` everywhere; true when there were any. */
bool id_remove_all(struct buf *text, const char *set);
void id_to_upper(struct buf *text);

/* Digits at the beginning; exactly `count` digits and nothing else. */
size_t id_digit_count(const char *text);
bool id_is_digits(const char *text, size_t count);

/* identifiers_numbers.c */
extern const char id_wrong_digit[];

/* Eight digits of which the last is the right check digit. */
bool id_is_business_id(const char *digits);

/* Fills leading zeros up to `width` digits; `digits` has at most `width` of them. */
void id_pad(char *out, const char *digits, size_t width);

/* Says what is wrong with eight digits, or with seven that lack the check digit. The proposal is
 * the right number between `prefix` and `suffix`. */
void id_refuse_digits(struct id_result *out, const char *digits, const char *prefix,
                      const char *suffix, bool hyphen);

/* The kinds, by the words of id_kinds(). */
void id_check_business_id(struct buf *text, struct id_result *out);
void id_check_vat(struct buf *text, struct id_result *out);
void id_check_ovt(struct buf *text, struct id_result *out);
/* An OVT code or an account number, the two forms of an e-invoice address in use. */
void id_check_einvoice(struct buf *text, struct id_result *out);
void id_check_iban(struct buf *text, struct id_result *out);

/* identifiers_oid.c */
void id_check_oid(struct buf *text, struct id_result *out);
void id_check_unit(struct buf *text, struct id_result *out);
void id_check_operating(struct buf *text, struct id_result *out);
void id_check_service(struct buf *text, struct id_result *out);
void id_check_controller(struct buf *text, struct id_result *out);
void id_check_self_employed(struct buf *text, struct id_result *out);

/* identifiers_contacts.c */
void id_check_postcode(struct buf *text, struct id_result *out);
void id_check_phone(struct buf *text, struct id_result *out);
void id_check_email(struct buf *text, struct id_result *out);
void id_check_regno(struct buf *text, struct id_result *out);

#endif
