/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finnish identifiers: form, check digits, normal form.
 *
 * Kinds and their rules, with sources, stand in doc/identifiers.md. Nothing here knows a
 * register: a good form says that an identifier can exist, not that it does.
 */
#ifndef CORE_IDENTIFIERS_H
#define CORE_IDENTIFIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct tr;

enum id_state { ID_OK, ID_WARN, ID_BAD };

struct id_result {
    enum id_state state;
    struct buf canonical;    /* the normal form; empty when bad */
    const char *reason;      /* msgid with %1$s, %2$s; NULL when there is nothing to say */
    char arg[2][96];
    bool cleaned;            /* blanks, quotes, dashes or invisible characters were repaired */
    uint32_t odd;            /* the first character that is none of ASCII and was repaired, or 0 */
    int odd_at, odd_count;   /* its place, from 1; how many there were */
};

#define ID_RESULT_INIT { .canonical = BUF_INIT }

/* Checks `value` as `kind`: "ytunnus", "oid_syntax", "oid_unit", "oid_operating", "oid_service",
 * "oid_controller", "oid_self_employed", "ovt", "einvoice", "vat", "iban", "postcode", "phone",
 * "email", "regno", "hetu_warn" (free text that must not hold a personal identity code).
 * Returns 0, or -1 when the kind is unknown.
 * Replaces the old content of `out`; free with id_result_free(). */
int id_check(const char *kind, const char *value, struct id_result *out);
void id_result_free(struct id_result *result);

/* The kinds, NULL-terminated, in the order of the manual. */
const char *const *id_kinds(void);

/* What was repaired, in words: "Corrected: no-break space (U+00A0), character 3."; nothing when
 * nothing was. */
void id_cleaned_text(const struct id_result *result, const struct tr *tr, struct buf *out);

/* The reason and what was repaired, in words. */
void id_reason_text(const struct id_result *result, const struct tr *tr, struct buf *out);

/* What an OID stands for by its form: "operating", "service", "controller", "document", "event",
 * "code_set", "device", "messaging", "person", "professional", "self_employed", "other"; NULL when
 * it is no OID. Only a register can tell for sure. */
const char *id_oid_class(const char *oid);

/* The business id inside an OID of a unit, in normal form with hyphen and leading zero; false when
 * there is none. Its check digit may be wrong. */
bool id_oid_business_id(const char *oid, char out[10]);

/* The OID is below the sub-tree of this business id. */
bool id_oid_belongs(const char *oid, const char *ytunnus);

/* The text holds something that looks like a Finnish personal identity code: the date exists
 * and the shape is right, whether or not the check character is. `*at` and `*length` (may be
 * NULL) get its place in bytes. Business ids, OIDs and IBANs are not mistaken for one. */
bool id_has_person_code(const char *text, size_t *at, size_t *length);

/* The OID of the operating unit that follows from a business id in normal form. */
void id_oid_from_ytunnus(const char *ytunnus, struct buf *out);

#endif
