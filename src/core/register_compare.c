/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Levels 8, 9 and 12 of the register check: what a row says beside its code, against the plan and
 * against the rows around it.
 */
#include <string.h>

#include "base/buf.h"
#include "core/register_parts.h"

enum { PARENTS_MAX = 8 };

/* ---- level 8: parents ---- */

void regcheck_parents(struct look *look, const struct regcheck_row *row)
{
    const struct regcheck_row *at = row;
    const char *missing = NULL;

    for (int i = 0; i < PARENTS_MAX && at && !regcheck_row_is_operating(at); i++) {
        if (!at->parent)
            return;
        missing = at->parent;
        at = *at->parent ? regcheck_row_find(look->picture, at->parent, look->claim->today) : NULL;
        if (at && !regcheck_own(look, at))
            at = NULL;
    }
    if (at && regcheck_row_is_operating(at))
        return;
    regcheck_say(look, REGCHECK_PARENT_MISSING, REGCHECK_ABOUT_OID, row, REGCHECK_BLANK_OID,
        regcheck_given(missing) ? missing : row->oid);
}

/* ---- level 9: names and addresses ---- */

/* "Esimerkkitie 1, 99999 Mallila" of what is given. */
static void join_address(struct buf *out, const char *street, const char *postcode,
                         const char *town)
{
    if (regcheck_given(street))
        buf_add(out, street);
    if (regcheck_given(postcode))
        buf_addf(out, "%s%s", out->length ? ", " : "", postcode);
    if (regcheck_given(town))
        buf_addf(out, "%s%s", regcheck_given(postcode) ? " " : out->length ? ", " : "", town);
}

/* A side that says nothing differs from nothing. */
static bool differs(const char *a, const char *b, bool (*match)(const char *, const char *))
{
    return regcheck_given(a) && regcheck_given(b) && !match(a, b);
}

void regcheck_name(struct look *look, const struct regcheck_row *row)
{
    struct register_finding *finding;

    if (!differs(row->name, look->unit->name, register_names_match))
        return;
    finding = regcheck_add(look, REGCHECK_NAME_DIFFERS, REGCHECK_ABOUT_NAME, row);
    regcheck_blank(finding, REGCHECK_BLANK_NAME, row->name);
    regcheck_blank(finding, REGCHECK_BLANK_OWN, look->unit->name);
    regcheck_number(finding, register_name_likeness(row->name, look->unit->name));
}

void regcheck_address(struct look *look, const struct regcheck_row *row)
{
    const struct register_unit *unit = look->unit;
    struct register_finding *finding;
    struct buf theirs = BUF_INIT, ours = BUF_INIT;

    if (!differs(row->address, unit->address, register_addresses_match)
        && !differs(row->postcode, unit->postcode, register_addresses_match)
        && !differs(row->town, unit->town, register_addresses_match))
        return;
    join_address(&theirs, row->address, row->postcode, row->town);
    join_address(&ours, unit->address, unit->postcode, unit->town);
    finding = regcheck_add(look, REGCHECK_ADDRESS_DIFFERS, REGCHECK_ABOUT_ADDRESS, row);
    regcheck_blank(finding, REGCHECK_BLANK_NAME, theirs.text);
    regcheck_blank(finding, REGCHECK_BLANK_OWN, ours.text);
    buf_free(&theirs);
    buf_free(&ours);
}

/* Several units in one house are usual; the one that was meant is easily mixed up. */
void regcheck_neighbours(struct look *look, const struct regcheck_row *row)
{
    struct buf names = BUF_INIT;
    long count = 1;

    for (size_t i = 0; i < look->picture->count && look->position >= 0; i++) {
        const struct regcheck_row *other = &look->picture->rows[i];
        if (strcmp(other->oid, row->oid) == 0 || !regcheck_own_service(look, other)
            || !regcheck_given(row->address) || !regcheck_given(other->address)
            || !register_addresses_match(row->address, other->address)
            || differs(row->postcode, other->postcode, register_addresses_match))
            continue;
        buf_addf(&names, "%s%s (%s)", names.length ? ", " : "", other->name ? other->name : "",
                 other->oid);
        count++;
    }
    if (count > 1) {
        struct register_finding *finding =
            regcheck_add(look, REGCHECK_SAME_ADDRESS, REGCHECK_ABOUT_OID, row);
        regcheck_number(finding, count);
        regcheck_blank(finding, REGCHECK_BLANK_UNITS, names.text);
        regcheck_blank(finding, REGCHECK_BLANK_NAME, row->name);
    }
    buf_free(&names);
}
