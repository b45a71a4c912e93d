/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Postal codes, telephone numbers, e-mail addresses and registration numbers.
 *
 * A good form says nothing about whether anybody answers there.
 */
#include <string.h>
#include <strings.h>

#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/identifiers_parts.h"

enum { REGNO_MAX = 40, EMAIL_MAX = 254, LOCAL_MAX = 64 };

void id_check_postcode(struct buf *text, struct id_result *out)
{
    struct buf digits = BUF_INIT;

    if (id_strip_prefix(text, "FI") || id_strip_prefix(text, "AX")) {
        if (strncasecmp(text->text, "N-", 2) == 0)
            buf_splice(text, 0, 1, NULL, 0);
        id_strip_ends(text, "- ");
        out->cleaned = true;
    }
    buf_add(&digits, text->text);
    for (size_t i = 0; i < digits.length; i++) {
        if (digits.text[i] == 'O' || digits.text[i] == 'o')
            digits.text[i] = '0';
    }
    if (id_is_digits(text->text, 5))
        id_good(out, text->text);
    else if (id_is_digits(digits.text, 5))
        id_propose(out, N_("There is a letter O among the digits. Did you mean %1$s?"),
                   digits.text, NULL);
    else
        id_bad(out, N_("A postal code has five digits."));
    buf_free(&digits);
}

/* Puts a telephone number into groups of digits with one blank between them, a plus kept in
 * front. False when it holds anything that no telephone number has. */
static bool tidy_phone(const char *text, struct buf *out)
{
    if (text[0] == '+')
        buf_add_char(out, *text++);
    for (; *text; text++) {
        if (strncmp(text, "(0)", 3) == 0 && out->length > 0 && out->text[0] == '+')
            text += 2;
        else if (*text >= '0' && *text <= '9')
            buf_add_char(out, *text);
        else if (!strchr(" -()./", *text))
            return false;
        else if (out->length > 0 && out->text[out->length - 1] != ' ')
            buf_add_char(out, ' ');
    }
    id_strip_ends(out, " ");
    if (strncmp(out->text, "00", 2) == 0)
        buf_splice(out, 0, 2, "+", 1);
    return true;
}

static const char *national_fault(const char *digits)
{
    static const char *const paid[] = { "600", "700" };
    size_t length = strlen(digits);

    for (size_t i = 0; i < countof(paid); i++) {
        if (strncmp(digits, paid[i], 3) == 0)
            return N_("A number with extra charge is no contact number.");
    }
    if (length < 5)
        return N_("This is too short for a telephone number.");
    return length > 12 ? N_("This is too long for a telephone number.") : NULL;
}

static void check_phone_digits(const struct buf *phone, struct id_result *out)
{
    struct buf digits = BUF_INIT;
    const char *fault = NULL;

    buf_add(&digits, phone->text);
    id_remove_all(&digits, " ");
    id_good(out, phone->text);
    if (id_strip_prefix(&digits, "+358")) {
        fault = national_fault(digits.text + (digits.text[0] == '0'));
    } else if (digits.text[0] == '+') {
        fault = digits.length < 8 ? N_("This is too short for a telephone number.") : NULL;
        fault = digits.length > 16 ? N_("This is too long for a telephone number.") : fault;
        id_warn(out, N_("This is a foreign telephone number."));
    } else if (strcmp(digits.text, "112") == 0) {
        fault = N_("The emergency number is no contact number.");
    } else if (digits.text[0] == '0') {
        fault = national_fault(digits.text + 1);
    } else {
        fault = digits.length < 6 ? N_("This is too short for a telephone number.")
                                  : N_("A telephone number begins with 0 or +358.");
    }
    if (fault)
        id_bad(out, fault);
    buf_free(&digits);
}

void id_check_phone(struct buf *text, struct id_result *out)
{
    struct buf phone = BUF_INIT;

    if (tidy_phone(text->text, &phone))
        check_phone_digits(&phone, out);
    else
        id_bad(out, N_("A telephone number has only digits, blanks and a plus in front."));
    buf_free(&phone);
}

static bool has_foreign_letter(const char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text >= 0x80)
            return true;
    }
    return false;
}

static bool is_host_char(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || c == '-'
        || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static const char *domain_fault(const char *domain)
{
    size_t labels = 0, length = 0;

    if (domain[0] && domain[strlen(domain) - 1] == '.')
        return N_("The address ends in a full stop.");
    for (const char *at = domain;; at += length + 1) {
        for (length = 0; is_host_char(at[length]);)
            length++;
        if (length == 0 || length > 63 || at[0] == '-' || at[length - 1] == '-')
            return N_("Something is wrong after the @ of the e-mail address.");
        labels++;
        if (at[length] == '\0')
            return labels < 2 || length < 2 || id_is_digits(at, length)
                ? N_("The end of the e-mail address is missing, as in .fi.") : NULL;
        if (at[length] != '.')
            return N_("Something is wrong after the @ of the e-mail address.");
    }
}

static const char *local_fault(const char *text, size_t length)
{
    if (length == 0 || length > LOCAL_MAX)
        return N_("Something is wrong before the @ of the e-mail address.");
    if (text[0] == '.' || text[length - 1] == '.')
        return N_("Something is wrong before the @ of the e-mail address.");
    for (size_t i = 0; i < length; i++) {
        if (strchr("\"(),:;<>[]\\", text[i]) || (text[i] == '.' && text[i + 1] == '.'))
            return N_("Something is wrong before the @ of the e-mail address.");
    }
    return NULL;
}

static const char *email_fault(const struct buf *text)
{
    const char *at = strchr(text->text, '@'), *fault;

    if (strchr(text->text, ' '))
        return N_("An e-mail address has no blanks.");
    if (!at)
        return strstr(text->text, "(at)") ? N_("Write @ in place of (at).")
                                          : N_("An e-mail address has an @.");
    if (strchr(at + 1, '@'))
        return N_("Write one e-mail address only.");
    if (text->length > EMAIL_MAX)
        return N_("This is too long for an e-mail address.");
    fault = local_fault(text->text, (size_t)(at - text->text));
    return fault ? fault : domain_fault(at + 1);
}

void id_check_email(struct buf *text, struct id_result *out)
{
    const char *fault;

    out->cleaned = id_strip_prefix(text, "mailto:") || out->cleaned;
    fault = email_fault(text);
    if (fault) {
        id_bad(out, fault);
        return;
    }
    id_good(out, text->text);
    if (has_foreign_letter(text->text))
        id_warn(out, N_("Few e-mail systems accept letters such as ä in an address."));
}

void id_check_regno(struct buf *text, struct id_result *out)
{
    size_t letters = 0;

    for (size_t at = 0; at < text->length; letters++)
        at += utf8_letter(text->text + at, text->length - at);
    if (letters > REGNO_MAX)
        id_bad(out, N_("A registration number is not this long."));
    else
        id_good(out, text->text);
}
