/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Checking identifiers: tidying a value, choosing the kind, and finding personal identity
 * codes.
 *
 * Every kind goes the same way: first the value is tidied (invisible characters, quotes,
 * look-alike dashes and digits), then the kind's own function reads the tidy text.
 */
#include "core/identifiers.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/tr.h"
#include "base/utf8.h"
#include "core/identifiers_parts.h"

void id_set_reason(struct id_result *out, enum id_state state, const char *reason,
                   const char *arg)
{
    out->state = state;
    out->reason = reason;
    snprintf(out->arg[0], sizeof out->arg[0], "%s", arg ? arg : "");
    if (state == ID_BAD)
        buf_clear(&out->canonical);
}

void id_bad(struct id_result *out, const char *reason)
{
    id_set_reason(out, ID_BAD, reason, NULL);
}

void id_warn(struct id_result *out, const char *reason)
{
    id_set_reason(out, ID_WARN, reason, NULL);
}

void id_propose(struct id_result *out, const char *reason, const char *proposal,
                const char *without)
{
    bool fits = strlen(proposal) < sizeof out->arg[0];

    id_set_reason(out, ID_BAD, fits ? reason : without, fits ? proposal : NULL);
}

void id_good(struct id_result *out, const char *canonical)
{
    out->state = ID_OK;
    out->reason = NULL;
    buf_clear(&out->canonical);
    buf_add(&out->canonical, canonical);
}

void id_strip_ends(struct buf *text, const char *set)
{
    size_t start = strspn(text->text, set);

    buf_splice(text, 0, start, NULL, 0);
    while (text->length > 0 && strchr(set, text->text[text->length - 1]))
        buf_cut(text, text->length - 1);
}

bool id_strip_prefix(struct buf *text, const char *prefix)
{
    size_t length = strlen(prefix);

    if (strncasecmp(text->text, prefix, length) != 0)
        return false;
    buf_splice(text, 0, length, NULL, 0);
    return true;
}

bool id_remove_all(struct buf *text, const char *set)
{
    size_t end = 0, before = text->length;

    for (size_t i = 0; i < before; i++) {
        if (!strchr(set, text->text[i]))
            text->text[end++] = text->text[i];
    }
    buf_cut(text, end);
    return end < before;
}

void id_to_upper(struct buf *text)
{
    for (size_t i = 0; i < text->length; i++) {
        if (text->text[i] >= 'a' && text->text[i] <= 'z')
            text->text[i] = (char)(text->text[i] - 'a' + 'A');
    }
}

size_t id_digit_count(const char *text)
{
    return strspn(text, ID_DIGITS);
}

bool id_is_digits(const char *text, size_t count)
{
    return id_digit_count(text) == count && text[count] == '\0';
}

/* What a character is taken for: itself (0), nothing, or an ASCII character. */
enum { KEEP = 0, DROP = -1 };

static const struct {
    uint32_t first, last;
    int meaning;
} look_alikes[] = {
    { 0x0D, 0x0D, DROP },      { 0x0A, 0x0A, ' ' },       { 0x09, 0x09, ' ' },
    { 0xA0, 0xA0, ' ' },       { 0xAD, 0xAD, DROP },      { 0x061C, 0x061C, DROP },
    { 0x2000, 0x200A, ' ' },   { 0x200B, 0x200F, DROP },  { 0x2010, 0x2015, '-' },
    { 0x2018, 0x201B, '\'' },  { 0x201C, 0x201F, '"' },   { 0x2024, 0x2024, '.' },
    { 0x2028, 0x202E, DROP },  { 0x202F, 0x202F, ' ' },   { 0x205F, 0x205F, ' ' },
    { 0x2060, 0x206F, DROP },  { 0x2212, 0x2212, '-' },   { 0x3000, 0x3000, ' ' },
    { 0xAB, 0xAB, '"' },       { 0xBB, 0xBB, '"' },       { 0xFE58, 0xFE58, '-' },
    { 0xFE63, 0xFE63, '-' },   { 0xFEFF, 0xFEFF, DROP },
};

static int meaning_of(uint32_t cp)
{
    for (size_t i = 0; i < countof(look_alikes); i++) {
        if (cp >= look_alikes[i].first && cp <= look_alikes[i].last)
            return look_alikes[i].meaning;
    }
    if (cp >= 0xFF01 && cp <= 0xFF5E)
        return (int)(cp - 0xFF01 + '!');
    return KEEP;
}

/*
 * A middle dot is either a look-alike full stop or what utf8_clean() left in the place of an
 * invisible character: a full stop only between two digits of a kind that has full stops.
 */
static int middle_dot(const char *text, size_t at, bool has_stops)
{
    bool between = at > 0 && strchr(ID_DIGITS, text[at - 1])
        && text[at + 2] && strchr(ID_DIGITS, text[at + 2]);

    return has_stops && between ? '.' : DROP;
}

static void note_odd(struct id_result *result, uint32_t cp, int place)
{
    if (cp < 0x80)
        return;
    if (result->odd_count++ == 0) {
        result->odd = cp;
        result->odd_at = place;
    }
}

static void replace_look_alikes(struct buf *out, const char *text, bool has_stops,
                                struct id_result *result)
{
    size_t length = strlen(text), used;
    int place = 1;

    for (size_t at = 0; at < length; at += used, place++) {
        uint32_t cp = utf8_decode(text + at, length - at, &used);
        int meaning = cp == 0xB7 ? middle_dot(text, at, has_stops) : meaning_of(cp);
        if (meaning != KEEP)
            note_odd(result, cp, place);
        if (meaning == KEEP)
            buf_add_n(out, text + at, used);
        else if (meaning != DROP)
            buf_add_char(out, (char)meaning);
    }
}

/* Free text was searched for a personal identity code already; everything else is fine. */
static void id_check_free(struct buf *text, struct id_result *out)
{
    id_good(out, text->text);
}

/* The table of kinds, and what all have in common. `ends` are characters that are not part of the
 * value when they stand around it. */
#define KIND_INFO(_) \
    _("ytunnus", id_check_business_id, " '\"", false) \
    _("oid_syntax", id_check_oid, " '\"", true) \
    _("oid_unit", id_check_unit, " '\"", true) \
    _("oid_operating", id_check_operating, " '\"", true) \
    _("oid_service", id_check_service, " '\"", true) \
    _("oid_controller", id_check_controller, " '\"", true) \
    _("oid_self_employed", id_check_self_employed, " '\"", true) \
    _("ovt", id_check_ovt, " '\"", false) \
    _("einvoice", id_check_einvoice, " '\"", false) \
    _("vat", id_check_vat, " '\"", false) \
    _("iban", id_check_iban, " '\"", false) \
    _("postcode", id_check_postcode, " '\"", false) \
    _("phone", id_check_phone, " '\"", false) \
    _("email", id_check_email, " '\"<>", true) \
    _("regno", id_check_regno, " '\"", false) \
    _("hetu_warn", id_check_free, "", true)

static const struct kind {
    const char *name;
    void (*check)(struct buf *text, struct id_result *out);
    const char *ends;
    bool has_stops;
} kinds[] = {
#define AS_ROW(name, check, ends, has_stops) { name, check, ends, has_stops },
    KIND_INFO(AS_ROW)
#undef AS_ROW
};

static const struct kind *find_kind(const char *name)
{
    for (size_t i = 0; i < countof(kinds); i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
    }
    return NULL;
}

const char *const *id_kinds(void)
{
    static const char *const names[] = {
#define AS_NAME(name, check, ends, has_stops) name,
        KIND_INFO(AS_NAME)
#undef AS_NAME
        NULL
    };

    return names;
}

void id_result_free(struct id_result *result)
{
    buf_free(&result->canonical);
}

static void reset(struct id_result *out)
{
    buf_clear(&out->canonical);
    out->state = ID_OK;
    out->reason = NULL;
    out->arg[0][0] = out->arg[1][0] = '\0';
    out->cleaned = false;
    out->odd = 0;
    out->odd_at = out->odd_count = 0;
}

/* What the repaired characters are called. */
static const struct {
    uint32_t first, last;
    const char *name;
} odd_names[] = {
    { 0xA0, 0xA0, N_("no-break space") },        { 0xAD, 0xAD, N_("soft hyphen") },
    { 0x2000, 0x200A, N_("blank") },             { 0x2010, 0x2015, N_("dash") },
    { 0x2018, 0x201F, N_("quotation mark") },    { 0x2024, 0x2024, N_("look-alike full stop") },
    { 0x202F, 0x202F, N_("no-break space") },    { 0x205F, 0x205F, N_("blank") },
    { 0x2212, 0x2212, N_("minus sign") },        { 0x3000, 0x3000, N_("blank") },
    { 0xAB, 0xAB, N_("quotation mark") },        { 0xBB, 0xBB, N_("quotation mark") },
    { 0xB7, 0xB7, N_("look-alike full stop") },  { 0xFE58, 0xFE63, N_("dash") },
    { 0xFF01, 0xFF5E, N_("full-width character") },
};

static const char *odd_name(uint32_t cp)
{
    for (size_t i = 0; i < countof(odd_names); i++)
        if (cp >= odd_names[i].first && cp <= odd_names[i].last)
            return odd_names[i].name;
    return N_("invisible character");
}

void id_cleaned_text(const struct id_result *result, const struct tr *tr, struct buf *out)
{
    char code[12];

    if (!result->cleaned)
        return;
    if (!result->odd_count) {
        buf_add(out, tr_text(tr, "Blanks or other characters were corrected."));
        return;
    }
    snprintf(code, sizeof code, "U+%04X", (unsigned)result->odd);
    buf_addf(out, tr_text(tr, "Corrected: %1$s (%2$s), character %3$d."),
             tr_text(tr, odd_name(result->odd)), code, result->odd_at);
    if (result->odd_count > 1) {
        buf_add_char(out, ' ');
        buf_addf(out, tr_plural(tr, "%d more like it.", "%d more like it.",
                                (unsigned long)result->odd_count - 1), result->odd_count - 1);
    }
}

void id_reason_text(const struct id_result *result, const struct tr *tr, struct buf *out)
{
    if (result->reason)
        buf_addf(out, tr_text(tr, result->reason), result->arg[0], result->arg[1]);
    if (result->reason && result->cleaned)
        buf_add_char(out, ' ');
    id_cleaned_text(result, tr, out);
}

int id_check(const char *kind, const char *value, struct id_result *out)
{
    const struct kind *found = find_kind(kind);
    struct buf text = BUF_INIT;

    if (!found)
        return -1;
    reset(out);
    replace_look_alikes(&text, value, found->has_stops, out);
    id_strip_ends(&text, found->ends);
    out->cleaned = strcmp(text.text, value) != 0;
    if (id_has_person_code(text.text, NULL, NULL))
        id_bad(out, N_("This looks like a personal identity code; no such code is written here."));
    else if (text.length == 0)
        id_bad(out, N_("Nothing is written here."));
    else
        found->check(&text, out);
    buf_free(&text);
    return 0;
}

#define CHECK_CHARS "0123456789ABCDEFHJKLMNPRSTUVWXY"

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static bool is_word_char(char c)
{
    return (c >= '0' && c <= '9') || (upper(c) >= 'A' && upper(c) <= 'Z');
}

/* The century that a sign stands for, or 0. Years of the 1800s and the 1900s have the same
 * leap days, so the former need no dates of their own. */
static int century_of(char sign)
{
    if (sign && strchr("+-UVWXY", upper(sign)))
        return 1900;
    return sign && strchr("ABCDEF", upper(sign)) ? 2000 : 0;
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + text[1] - '0';
}

/* Length of a sign in bytes: an ASCII one, or one of the dashes that word processors make. */
static size_t read_sign(const char *text, char *sign)
{
    size_t used;
    uint32_t cp = utf8_decode(text, strnlen(text, 4), &used);
    bool dash = (cp >= 0x2010 && cp <= 0x2015) || cp == 0x2212;

    *sign = dash ? '-' : text[0];
    return century_of(*sign) ? (dash ? used : 1) : 0;
}

static bool right_check_char(const char *date, const char *number)
{
    long value = 0;

    for (int i = 0; i < 6; i++)
        value = value * 10 + (date[i] - '0');
    for (int i = 0; i < 3; i++)
        value = value * 10 + (number[i] - '0');
    return CHECK_CHARS[value % 31] == upper(number[3]);
}

/* Length of the blanks at `text`, those that do not break lines included. */
static size_t blanks_at(const char *text)
{
    static const char *const wide[] = { "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89" };
    size_t length = strspn(text, " \t");

    for (size_t i = 0; i < countof(wide); i++)
        if (strncmp(text + length, wide[i], strlen(wide[i])) == 0)
            return length + strlen(wide[i]) + blanks_at(text + length + strlen(wide[i]));
    return length;
}

/* Length of the code at `text`, or 0. Blanks around the sign are let through only when the check
 * character is right: otherwise it is more likely a date and a number. */
static size_t person_code(const char *text)
{
    const char *at = text + 6;
    size_t length;
    char sign;
    bool blanks;

    if (id_digit_count(text) != 6)
        return 0;
    at += blanks_at(at);
    blanks = at != text + 6;
    length = read_sign(at, &sign);
    if (length == 0)
        return 0;
    at += length;
    blanks = blanks || blanks_at(at) > 0;
    at += blanks_at(at);
    if (id_digit_count(at) < 3 || !at[3] || !strchr(CHECK_CHARS, upper(at[3])))
        return 0;
    if (is_word_char(at[4]))
        return 0;
    if (blanks && !right_check_char(text, at))
        return 0;
    if (date_make(century_of(sign) + two_digits(text + 4), two_digits(text + 2),
                  two_digits(text)) == DATE_NONE)
        return 0;
    return (size_t)(at + 4 - text);
}

bool id_has_person_code(const char *text, size_t *at, size_t *length)
{
    for (size_t i = 0; text[i]; i++) {
        size_t found = i > 0 && is_word_char(text[i - 1]) ? 0 : person_code(text + i);
        if (found == 0)
            continue;
        if (at)
            *at = i;
        if (length)
            *length = found;
        return true;
    }
    return false;
}
