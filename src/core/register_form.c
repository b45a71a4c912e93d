/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Levels 0 to 3 of the register check: what the form of a code alone tells.
 *
 * A row of the register under exactly this code outweighs its form: the fault is then the
 * register's own and a warning.
 */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "core/identifiers.h"
#include "core/register_parts.h"

/* Digits and full stops only, as far as the code goes; the place of the first other letter. */
static long first_fault(const char *text)
{
    size_t at = strspn(text, "0123456789."), letters = 1, used;

    for (size_t i = 0; i < at; i += used, letters++)
        utf8_decode(text + i, at - i, &used);
    return (long)letters;
}

void regcheck_note_cleaned(struct look *look, const struct id_result *result, const char *given)
{
    struct register_finding *finding;
    char code[12];

    if (!result->odd_count)
        return;
    finding = regcheck_add(look, REGCHECK_CLEANED, REGCHECK_ABOUT_OID, NULL);
    snprintf(code, sizeof code, "U+%04X", (unsigned)result->odd);
    regcheck_blank(finding, REGCHECK_BLANK_NAME, code);
    regcheck_blank(finding, REGCHECK_BLANK_OID, given);
    regcheck_number(finding, result->odd_at);
}

/* The number after 1.2.246.10 begins with a zero, as business ids are written but OIDs are not. */
static bool has_leading_zero(const char *oid)
{
    return strncmp(oid, "1.2.246.10.0", 12) == 0;
}

static void say_leading_zero(struct look *look, const char *oid, const char *proposal)
{
    bool known = regcheck_row_find(look->picture, proposal, look->claim->today) != NULL;
    struct register_finding *finding =
        regcheck_add(look, REGCHECK_LEADING_ZERO, REGCHECK_ABOUT_OID, NULL);

    if (look->picture->imported && !known)
        finding->severity = SEVERITY_ERROR;
    regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    regcheck_blank(finding, REGCHECK_BLANK_PROPOSAL, proposal);
}

static void say_syntax(struct look *look, const char *oid, const struct id_result *result)
{
    struct register_finding *finding;

    if (has_leading_zero(oid) && result->arg[0][0]) {
        say_leading_zero(look, oid, result->arg[0]);
        return;
    }
    finding = regcheck_add(look, REGCHECK_SYNTAX, REGCHECK_ABOUT_OID, NULL);
    regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    regcheck_number(finding, first_fault(oid));
}

void regcheck_say_class(struct look *look, const char *oid, const char *class)
{
    struct register_finding *finding =
        regcheck_add(look, REGCHECK_WRONG_CLASS, REGCHECK_ABOUT_OID, NULL);

    regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    regcheck_blank(finding, REGCHECK_BLANK_KIND, class);
}

static void say_digit(struct look *look, const char *oid, const struct id_result *result,
                      const struct regcheck_row *row)
{
    struct register_finding *finding =
        regcheck_add(look, row ? REGCHECK_DIGIT_IN_REGISTER : REGCHECK_DIGIT, REGCHECK_ABOUT_OID,
                     row);

    regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
    regcheck_blank(finding, REGCHECK_BLANK_PROPOSAL, result->arg[0]);
}

static void say_odd(struct look *look, const char *oid, const struct regcheck_row *row,
                    enum severity severity)
{
    struct register_finding *finding =
        regcheck_add(look, REGCHECK_ODD_FORM, REGCHECK_ABOUT_OID, row);

    finding->severity = severity;
    regcheck_blank(finding, REGCHECK_BLANK_OID, oid);
}

/* The form of the code, with the row that stands in the register under exactly this code, if any:
 * then no fault of the form is an error. Returns whether the code is one of a unit. */
bool regcheck_form(struct look *look, const char *oid, const struct regcheck_row *row)
{
    struct id_result syntax = ID_RESULT_INIT, unit = ID_RESULT_INIT;
    const char *class = id_oid_class(oid);
    char digits[10];
    bool good = true;

    id_check("oid_syntax", oid, &syntax);
    id_check("oid_unit", oid, &unit);
    if (syntax.state == ID_BAD || !class) {
        good = row != NULL;
        if (row)
            say_odd(look, oid, row, SEVERITY_WARNING);
        else
            say_syntax(look, oid, &syntax);
    } else if (unit.state == ID_BAD && id_oid_business_id(oid, digits) && unit.arg[0][0]) {
        say_digit(look, oid, &unit, row);
        good = row != NULL;
    } else if (unit.state == ID_BAD && row) {
        say_odd(look, oid, row, SEVERITY_WARNING);
    } else if (unit.state == ID_BAD) {
        regcheck_say_class(look, oid, class);
        good = false;
    } else if (unit.state == ID_WARN && row) {
        say_odd(look, oid, row, SEVERITY_NOTE);
    }
    id_result_free(&syntax);
    id_result_free(&unit);
    return good;
}
