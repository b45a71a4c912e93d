/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Business ids and what is built on them (VAT number, OVT code), and account numbers.
 *
 * A reason names the right number when only the check digit stands in the way.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/tr.h"
#include "core/identifiers_parts.h"

/* The check digit of the first seven digits; -1 for a number that is never issued. */
static int check_digit(const char *digits)
{
    static const int weights[7] = { 7, 9, 10, 5, 8, 4, 2 };
    int sum = 0;

    for (int i = 0; i < 7; i++)
        sum += weights[i] * (digits[i] - '0');
    sum %= 11;
    if (sum == 1)
        return -1;
    return sum == 0 ? 0 : 11 - sum;
}

bool id_is_business_id(const char *digits)
{
    return id_is_digits(digits, 8) && check_digit(digits) == digits[7] - '0';
}

void id_pad(char *out, const char *digits, size_t width)
{
    size_t length = strlen(digits);

    memset(out, '0', width - length);
    memcpy(out + width - length, digits, length + 1);
}

/* The right eight digits that begin with these seven, or "" when there are none. */
static void complete(char out[9], const char *seven)
{
    int digit = check_digit(seven);

    out[0] = '\0';
    if (digit < 0)
        return;
    memcpy(out, seven, 7);
    out[7] = (char)('0' + digit);
    out[8] = '\0';
}

static const char never_issued[] =
    N_("A business ID with these digits is never issued; check them.");
static const char wrong_digit[] = N_("The check digit is wrong. Did you mean %1$s?");
static const char lacks_digit[] = N_("The check digit is missing. Did you mean %1$s?");
const char id_wrong_digit[] = N_("The check digit is wrong.");

void id_refuse_digits(struct id_result *out, const char *digits, const char *prefix,
                      const char *suffix, bool hyphen)
{
    struct buf proposal = BUF_INIT;
    char right[9];

    complete(right, digits);
    if (!right[0]) {
        id_bad(out, never_issued);
        return;
    }
    buf_addf(&proposal, "%s%.7s%s%c%s", prefix, right, hyphen ? "-" : "", right[7], suffix);
    id_propose(out, digits[7] ? wrong_digit : lacks_digit, proposal.text, id_wrong_digit);
    buf_free(&proposal);
}

static void refuse_business_id(struct id_result *out, const struct buf *text)
{
    char digits[9];

    if (strncasecmp(text->text, "FI", 2) == 0 && id_is_business_id(text->text + 2)) {
        snprintf(digits, sizeof digits, "%.7s", text->text + 2);
        snprintf(out->arg[1], sizeof out->arg[1], "%.7s-%c", digits, text->text[9]);
        id_propose(out, N_("This is a VAT number. Did you mean %1$s?"), out->arg[1], NULL);
        out->arg[1][0] = '\0';
        return;
    }
    id_bad(out, N_("A business ID has seven digits, a hyphen and a check digit, as in 1234567-1."));
}

static void accept_business_id(struct id_result *out, const char *digits, bool repaired)
{
    out->cleaned = out->cleaned || repaired;
    buf_clear(&out->canonical);
    buf_addf(&out->canonical, "%.7s-%c", digits, digits[7]);
    if (strcmp(digits, "00000000") == 0)
        id_warn(out, N_("This number is only a placeholder; write the real business ID."));
}

/* Taken besides the full form: no hyphen, and the zero in front left out as in OIDs. */
void id_check_business_id(struct buf *text, struct id_result *out)
{
    size_t hyphen;
    bool hyphened, plausible, lacks_check;
    char digits[9] = "";

    out->cleaned = id_remove_all(text, " ") || out->cleaned;
    hyphen = strcspn(text->text, "-");
    hyphened = hyphen < text->length;
    buf_splice(text, hyphen, hyphened, NULL, 0);
    lacks_check = text->length == 7 && hyphen == 7;
    plausible = id_is_digits(text->text, text->length) && (text->length == 7 || text->length == 8)
        && (!hyphened || hyphen + 1 == text->length || lacks_check);
    if (plausible)
        id_pad(digits, text->text, 8);
    if (!plausible)
        refuse_business_id(out, text);
    else if (!id_is_business_id(digits) || (lacks_check && hyphened))
        id_refuse_digits(out, lacks_check ? text->text : digits, "", "", true);
    else
        accept_business_id(out, digits, !hyphened || text->length == 7);
}

void id_check_vat(struct buf *text, struct id_result *out)
{
    char proposal[16];

    out->cleaned = id_remove_all(text, " -") || out->cleaned;
    id_to_upper(text);
    if (id_is_business_id(text->text)) {
        snprintf(proposal, sizeof proposal, "FI%.8s", text->text);
        id_propose(out, N_("A VAT number begins with FI. Did you mean %1$s?"), proposal, NULL);
    } else if (strncmp(text->text, "FI", 2) != 0 || !id_is_digits(text->text + 2, 8)) {
        id_bad(out, N_("A Finnish VAT number is FI and eight digits."));
    } else if (!id_is_business_id(text->text + 2)) {
        id_refuse_digits(out, text->text + 2, "FI", "", false);
    } else {
        id_good(out, text->text);
    }
}

void id_check_ovt(struct buf *text, struct id_result *out)
{
    const char *suffix;
    char digits[9], padded[9];

    out->cleaned = id_remove_all(text, " -") || out->cleaned;
    id_to_upper(text);
    if (strncmp(text->text, "0037", 4) != 0 || id_digit_count(text->text) < 11) {
        id_bad(out, N_("An e-invoice address is 0037 and the eight digits of the business ID."));
        return;
    }
    snprintf(digits, sizeof digits, "%.8s", text->text + 4);
    id_pad(padded, id_digit_count(digits) == 7 ? digits : "", 8);
    suffix = text->text + 4 + strlen(digits);
    if (strlen(digits) == 7 && id_is_business_id(padded)) {
        id_refuse_digits(out, padded, "0037", suffix, false);
        out->reason = N_("The zero in front of the business ID is missing. Did you mean %1$s?");
    } else if (strlen(suffix) > 5 || strspn(suffix, ID_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                                         != strlen(suffix)) {
        id_bad(out, N_("After the business ID an OVT code has at most five letters or digits."));
    } else if (!id_is_business_id(digits)) {
        id_refuse_digits(out, digits, "0037", suffix, false);
    } else {
        id_good(out, text->text);
    }
}

/* The remainder by 97 with the first four characters moved to the end; -1 when a character
 * is neither digit nor capital letter. */
static int iban_remainder(const char *text, size_t length)
{
    int rest = 0;

    for (size_t i = 0; i < length; i++) {
        char c = text[(i + 4) % length];
        if (c >= '0' && c <= '9')
            rest = (rest * 10 + (c - '0')) % 97;
        else if (c >= 'A' && c <= 'Z')
            rest = (rest * 100 + (c - 'A' + 10)) % 97;
        else
            return -1;
    }
    return rest;
}

static bool is_foreign_iban(const struct buf *text)
{
    return text->length >= 15 && text->length <= 34 && id_digit_count(text->text) == 0
        && id_digit_count(text->text + 1) == 0 && iban_remainder(text->text, text->length) == 1;
}

/* Blanks between groups are the usual way to write an IBAN, so they are not worth a word. */
void id_check_iban(struct buf *text, struct id_result *out)
{
    id_remove_all(text, " ");
    id_to_upper(text);
    if (id_is_digits(text->text, 16)) {
        buf_splice(text, 0, 0, "FI", 2);
        if (iban_remainder(text->text, text->length) == 1)
            id_propose(out, N_("The country code is missing. Did you mean %1$s?"), text->text,
                       NULL);
        else
            id_bad(out, N_("The country code FI is missing."));
    } else if (strncmp(text->text, "FI", 2) == 0) {
        if (!id_is_digits(text->text + 2, 16))
            id_bad(out, N_("A Finnish account number (IBAN) is FI and sixteen digits."));
        else if (iban_remainder(text->text, text->length) != 1)
            id_bad(out, N_("The account number has a slip in it; compare it with the original."));
        else
            id_good(out, text->text);
    } else if (is_foreign_iban(text)) {
        id_good(out, text->text);
        id_warn(out, N_("This is a foreign account number."));
    } else {
        id_bad(out, N_("A Finnish account number (IBAN) is FI and sixteen digits."));
    }
}

void id_check_einvoice(struct buf *text, struct id_result *out)
{
    if (strncasecmp(text->text, "0037", 4) == 0 || !strpbrk(text->text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                                                      "abcdefghijklmnopqrstuvwxyz"))
        id_check_ovt(text, out);
    else
        id_check_iban(text, out);
}
