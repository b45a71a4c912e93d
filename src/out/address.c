/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Finding addresses word by word.
 *
 * An address ends at a blank or at a mark that no address has, and the marks that end a sentence
 * are not part of it. It is shorter than ADDRESS_MOST: a longer one is nobody's.
 */
#include "out/address.h"

#include <stdint.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "base/utf8.h"

enum { ADDRESS_MOST = 2000, PHONE_LEAST = 9, PHONE_MOST = 15 };

static const char web_marks[] = "-._~:/?#@!$&'()*+,;=%";

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_alnum(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters of any script, and the ASCII marks that web addresses have. */
static size_t web_letter(const char *text)
{
    enum { LETTERS_FROM = 0xc0, LETTERS_TO = 0x2000 };
    size_t used;
    if (is_alnum(*text) || (*text != '\0' && strchr(web_marks, *text) != NULL))
        return 1;
    uint32_t cp = utf8_decode(text, strnlen(text, 4), &used);
    return cp >= LETTERS_FROM && cp < LETTERS_TO ? used : 0;
}

/* Without what ends a sentence, and without a bracket that was opened before the address. */
static size_t trimmed(const char *text, size_t from, size_t to)
{
    for (; to > from; to--) {
        bool closes = text[to - 1] == ')' && memchr(text + from, '(', to - from) == NULL;
        if (strchr(".,;:!?'*", text[to - 1]) == NULL && !closes)
            break;
    }
    return to;
}

static bool web_at(const char *text, size_t from, struct address *out)
{
    static const char *const begins[] = { "https://", "http://", "www." };
    size_t to = from, head = 0, used, i = 0;
    while (i < countof(begins) && strncmp(text + from, begins[i], strlen(begins[i])) != 0)
        i++;
    if (i == countof(begins) || (from > 0 && is_alnum(text[from - 1])))
        return false;
    head = from + strlen(begins[i]);
    for (to = head; (used = web_letter(text + to)) > 0;)
        to += used;
    to = trimmed(text, head, to);
    *out = (struct address){ i < 2 ? ADDRESS_WEB : ADDRESS_NAME, from, to };
    return to > head && is_alnum(text[head]) && (i < 2 || memchr(text + head, '.', to - head));
}

static bool is_mail_letter(char c)
{
    return is_alnum(c) || (c != '\0' && strchr("._%+-", c) != NULL);
}

/* "name@place.fi" around the sign at `at`, not before `least`. */
static bool mail_around(const char *text, size_t least, size_t at, struct address *out)
{
    size_t from = at, to = at + 1;
    while (from > least && is_mail_letter(text[from - 1]))
        from--;
    while (is_alnum(text[to]) || text[to] == '-' || text[to] == '.')
        to++;
    to = trimmed(text, at + 1, to);
    *out = (struct address){ ADDRESS_MAIL, from, to };
    return from < at && to > at + 1 && memchr(text + at + 1, '.', to - at - 1) != NULL;
}

/* "+358 40 123 4567": groups of digits with one blank or hyphen between them. */
static bool phone_at(const char *text, size_t from, struct address *out)
{
    static const char no_break_space[] = "\u00a0";
    size_t to = from + 1, digits = 0;
    if (from > 0 && (is_alnum(text[from - 1]) || text[from - 1] == '+'))
        return false;
    for (size_t gap = 0; is_digit(text[to + gap]); digits++) {
        to += gap + 1;
        gap = strncmp(text + to, no_break_space, 2) == 0 ? 2 : text[to] == ' ' || text[to] == '-';
    }
    *out = (struct address){ ADDRESS_PHONE, from, to };
    return digits >= PHONE_LEAST && digits <= PHONE_MOST && text[from + 1] != '0';
}

bool address_next(const char *text, size_t from, struct address *out)
{
    size_t least = from;
    for (size_t at = from; (at += strcspn(text + at, "hw@+")), text[at] != '\0'; at++) {
        bool found = text[at] == '@'   ? mail_around(text, least, at, out)
                     : text[at] == '+' ? phone_at(text, at, out)
                                       : web_at(text, at, out);
        if (found && out->to - out->from < ADDRESS_MOST)
            return true;
        if (found)
            at = least = out->to - 1;
    }
    return false;
}

void address_uri(const char *text, const struct address *address, struct buf *out)
{
    static const char *const schemes[] = {
        [ADDRESS_WEB] = "", [ADDRESS_NAME] = "https://", [ADDRESS_MAIL] = "mailto:",
        [ADDRESS_PHONE] = "tel:",
    };
    buf_add(out, schemes[address->kind]);
    for (size_t i = address->from; i < address->to; i++) {
        bool plain = is_alnum(text[i]) || strchr(web_marks, text[i]) != NULL;
        if (address->kind == ADDRESS_PHONE && !is_digit(text[i]) && text[i] != '+')
            continue;
        if (plain)
            buf_add_char(out, text[i]);
        else
            buf_addf(out, "%%%02X", (unsigned)(unsigned char)text[i]);
    }
}
