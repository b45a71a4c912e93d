/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Level 11 of the register check: the plan's units against all that the register has of the
 * provider, and the numbers that it leaves out.
 */
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "core/identifiers.h"
#include "core/register_parts.h"

/* Larger numbers are no row of numbers, but codes of some system. */
enum { NUMBERS = 100 };

/* ---- units that the plan does not have ---- */

bool regcheck_named(const struct register_claim *claim, const char *oid)
{
    struct id_result cleaned = ID_RESULT_INIT;
    bool found = false;

    for (size_t i = 0; i < claim->unit_count && !found; i++) {
        if (!claim->units[i].oid)
            continue;
        id_check("oid_syntax", claim->units[i].oid, &cleaned);
        found = strcmp(cleaned.canonical.text, oid) == 0 || strcmp(claim->units[i].oid, oid) == 0;
    }
    id_result_free(&cleaned);
    return found;
}

static void check_missing(struct look *look)
{
    look->position = -1;
    for (size_t i = 0; i < look->picture->count; i++) {
        const struct regcheck_row *row = &look->picture->rows[i];
        struct register_finding *finding;
        if (!regcheck_own_service(look, row) || regcheck_named(look->claim, row->oid)
            || regcheck_row_find(look->picture, row->oid, look->claim->today) != row)
            continue;
        finding = regcheck_add(look, REGCHECK_UNIT_NOT_IN_PLAN, REGCHECK_ABOUT_ALL, row);
        regcheck_blank(finding, REGCHECK_BLANK_NAME, row->name);
        regcheck_blank(finding, REGCHECK_BLANK_OID, row->oid);
    }
}

/* ---- numbers that the register leaves out ---- */

/* The number of a unit right below `root` ("1.2.246.10.9999999.10."), or 0. */
static int number_of(const char *oid, const char *root)
{
    size_t length = strlen(root);
    const char *digits = oid + length;

    if (strncmp(oid, root, length) != 0 || !*digits || strlen(digits) > 2
        || strspn(digits, "0123456789") != strlen(digits))
        return 0;
    return atoi(digits);
}

/* Marks the numbers that are used, also by units that have ended; returns the largest. */
static int mark_numbers(const struct look *look, const char *root, bool used[NUMBERS])
{
    int largest = 0;

    for (size_t i = 0; i < look->picture->count; i++) {
        int number = number_of(look->picture->rows[i].oid, root);
        used[number] = true;
        if (number > largest)
            largest = number;
    }
    return largest;
}

/* A gap in a row of numbers may be a unit that was closed, or one that nobody registered. Where
 * more is missing than there is the numbers are no row. */
static void check_numbers(struct look *look)
{
    bool used[NUMBERS] = { false };
    struct buf root = BUF_INIT, gaps = BUF_INIT;
    int largest, missing = 0;

    id_oid_from_ytunnus(look->claim->business_id, &root);
    buf_cut(&root, root.length - 1);
    largest = mark_numbers(look, root.text, used);
    for (int number = 1; number < largest; number++) {
        if (used[number])
            continue;
        buf_addf(&gaps, "%s%s%d", missing++ ? ", " : "", root.text, number);
    }
    if (missing > 0 && missing <= largest - missing)
        regcheck_say(look, REGCHECK_NUMBER_GAP, REGCHECK_ABOUT_ALL, NULL, REGCHECK_BLANK_UNITS,
                     gaps.text);
    buf_free(&root);
    buf_free(&gaps);
}

void regcheck_lists(struct look *look)
{
    look->position = -1;
    check_missing(look);
    if (regcheck_given(look->claim->business_id))
        check_numbers(look);
}
