/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Signs of a card: what went wrong, chip, certificates, kind, codes, whose it is.
 */
#include "core/card_signs_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "core/card_names.h"
#include "core/register_check.h"

/* A card is new for so many days: both codes locked then means that they were never set. */
enum { NEW_DAYS = 60, FEW_TRIES = 2 };

static const struct copied card_signs_copied[] = {
    { "before", "before" }, { "connect", "connect" }, { "error", "error" }, { "after", "after" },
    { "retried", "retried" }, { "application", "application" }, { "certs", "certs" },
    { "stopped", "stopped" }, { "chain", "chain" }, { "chain_missing", "chain_missing" },
    { "gate", "gate" },
};

/* Codes of PC/SC by what has happened; any other is a failure without a name. */
static const char *trouble_of(const char *code)
{
    static const struct {
        const char *code, *trouble;
    } rows[] = {
        { "80100066", "mute" }, { "80100067", "mute" }, { "8010000B", "exclusive" },
        { "80100068", "reset" }, { "8010000F", "protocol" }, { "answer", "garbled" },
        { "80100017", "unplugged" }, { "80100009", "unplugged" }, { "8010001D", "service" },
        { "8010001E", "service" },
    };

    for (size_t i = 0; i < countof(rows); i++)
        if (strcmp(rows[i].code, code) == 0)
            return rows[i].trouble;
    return "failed";
}

/* A card that was pulled out gives one of many errors; the slot tells. */
static void sign_trouble(struct signing *s)
{
    const struct card_facts *card = &s->reader->card, *reader = &s->reader->reader;
    const char *error = card_fact(card, "error"), *connect = card_fact(card, "connect");

    if (card_fact_is(card, "after", "empty"))
        sign_set(s, "trouble", "removed");
    else if (error)
        sign_set(s, "trouble", trouble_of(error));
    else if (connect && strcmp(connect, "ok") != 0)
        sign_set(s, "trouble", trouble_of(connect));
    else if (card_fact_is(reader, "state", "mute"))
        sign_set(s, "trouble", "mute");
    else if (card_fact_is(reader, "state", "exclusive") && !card_fact(card, "connect"))
        sign_set(s, "trouble", "exclusive");
}

static const char *cert_fact(const struct signing *s, int number, const char *what)
{
    char key[CARD_KEY_MAX];

    snprintf(key, sizeof key, "cert%d.%s", number, what);
    return card_fact(&s->reader->card, key);
}

/* The number of the certificate for a use, or 0. */
static int cert_for(const struct signing *s, const char *use)
{
    for (int i = 1; cert_fact(s, i, "use"); i++)
        if (strcmp(cert_fact(s, i, "use"), use) == 0)
            return i;
    return 0;
}

static bool history_fits(const char *pattern, const char *history)
{
    for (; *pattern; pattern++, history++)
        if (!*history || (*pattern != '?' && *pattern != *history))
            return false;
    return true;
}

static void sign_chip(struct signing *s)
{
    const char *history = card_fact(&s->reader->card, "history");

    for (size_t i = 0; history && i < s->cards->chip_count; i++) {
        const struct card_chip *chip = &s->cards->chips[i];
        if (history_fits(chip->history, history)) {
            sign_set(s, "chip", chip->id);
            sign_set_yes(s, "chip_old", chip->old);
            return;
        }
    }
}

/* The earlier end and the later beginning of the certificates of the holder. */
static void sign_validity(struct signing *s)
{
    int today = s->context->today, from = DATE_NONE, until = DATE_NONE;
    char day[11];

    for (int i = 1; cert_fact(s, i, "use"); i++) {
        const char *use = cert_fact(s, i, "use");
        const char *begins = cert_fact(s, i, "from"), *ends = cert_fact(s, i, "until");
        int first = begins ? date_parse_iso(begins) : DATE_NONE;
        int last = ends ? date_parse_iso(ends) : DATE_NONE;
        if (strcmp(use, "auth") != 0 && strcmp(use, "sign") != 0)
            continue;
        if (first != DATE_NONE && (from == DATE_NONE || first > from))
            from = first;
        if (last != DATE_NONE && (until == DATE_NONE || last < until))
            until = last;
    }
    if (from == DATE_NONE || until == DATE_NONE)
        return;
    date_iso(from, day);
    sign_set(s, "from", day);
    date_iso(until, day);
    sign_set(s, "until", day);
    sign_set(s, "validity", today < from ? "early" : today > until ? "expired" : "ok");
    card_fact_setf(s->out, "days_left", "%d", until - today);
    if (s->context->needed_until == DATE_NONE)
        return;
    date_iso(s->context->needed_until, day);
    sign_set(s, "needed_until", day);
    sign_set(s, "needed", until < s->context->needed_until ? "short" : "ok");
}

static const char *cert_state(const struct signing *s, int number)
{
    return !number ? "missing" : cert_fact(s, number, "unreadable") ? "unreadable" : "ok";
}

static void sign_certificates(struct signing *s)
{
    int auth = cert_for(s, "auth"), sign = cert_for(s, "sign");
    int holder = auth ? auth : sign;

    if (!card_fact(&s->reader->card, "certs"))
        return;
    sign_set(s, "auth_cert", cert_state(s, auth));
    sign_set(s, "sign_cert", cert_state(s, sign));
    if (!holder)
        return;
    sign_set(s, "issuer", cert_fact(s, holder, "issuer"));
    sign_set(s, "holder", cert_fact(s, holder, "holder"));
    sign_set(s, "holder_title", cert_fact(s, holder, "title"));
    sign_set(s, "holder_organisation", cert_fact(s, holder, "organisation"));
    sign_set(s, "policy", cert_fact(s, holder, "policy"));
    sign_set(s, "digits", cert_fact(s, holder, "digits"));
    sign_set_yes(s, "title", cert_fact(s, holder, "title") != NULL);
    sign_set_yes(s, "organisation", cert_fact(s, holder, "organisation") != NULL);
    sign_validity(s);
}

/* ---- which kind of card ---- */

/* The names of the issuer in one text, so that a word is found in any of them. */
static void issuer_names(const struct signing *s, int cert, struct buf *out)
{
    static const char *const parts[] = { "issuer", "issuer_o", "issuer_ou" };

    for (size_t i = 0; i < countof(parts); i++) {
        const char *part = cert_fact(s, cert, parts[i]);
        buf_addf(out, "%s\n", part ? part : "");
    }
}

static bool has_words(const struct card_kind *kind, const char *names)
{
    const char **word = kind->any;

    while (word && *word && !strstr(names, *word))
        word++;
    if (word && !*word)
        return false;
    for (word = kind->all; word && *word; word++)
        if (!strstr(names, *word))
            return false;
    return true;
}

static bool has_policy(const char *policies, const char *oid)
{
    size_t length = strlen(oid);

    while (policies && (policies = strstr(policies, oid))) {
        if (policies[length] == ' ' || policies[length] == '\0')
            return true;
        policies += length;
    }
    return false;
}

static const struct card_kind *kind_by_policy(const struct signing *s)
{
    const char *policies = card_fact(s->out, "policy");

    for (size_t i = 0; i < s->cards->policy_count; i++)
        if (has_policy(policies, s->cards->policies[i].oid))
            return card_kind_find(s->cards, s->cards->policies[i].kind);
    return NULL;
}

static const struct card_kind *kind_by_issuer(const struct signing *s, int cert)
{
    const struct card_kind *found = NULL;
    struct buf names = BUF_INIT;

    issuer_names(s, cert, &names);
    for (size_t i = 0; i < s->cards->kind_count && !found; i++)
        if (has_words(&s->cards->kinds[i], names.text)
            && card_conditions_hold(&s->cards->kinds[i].when, s->out))
            found = &s->cards->kinds[i];
    buf_free(&names);
    return found;
}

/* The words of the issuer come before the policy where they tell a card that is no real one: a
 * test card may carry the policy of the real card. */
static void sign_kind(struct signing *s)
{
    int auth = cert_for(s, "auth"), cert = auth ? auth : cert_for(s, "sign");
    const struct card_kind *by_policy = kind_by_policy(s), *kind;

    if (!cert || !card_fact_is(&s->reader->card, "gate", "open"))
        return;
    kind = kind_by_issuer(s, cert);
    if (by_policy && !(kind && strcmp(kind->use, "test") == 0))
        kind = by_policy;
    sign_set(s, "kind", kind ? kind->id : NULL);
    sign_set(s, "use", kind ? kind->use : NULL);
}

/* ---- codes ---- */

static void sign_pin(struct signing *s, const char *name)
{
    const char *sw = card_fact(&s->reader->card, name);
    char sign[CARD_KEY_MAX];
    long tries;

    if (!sw)
        return;
    snprintf(sign, sizeof sign, "%s_tries", name);
    if (strncmp(sw, "63C", 3) == 0 && strlen(sw) == 4) {
        tries = strtol(sw + 3, NULL, 16);
        card_fact_setf(s->out, sign, "%ld", tries);
        sign_set(s, name, tries == 0 ? "blocked" : tries <= FEW_TRIES ? "few" : "ok");
        return;
    }
    if (strcmp(sw, "6983") == 0)
        sign_set(s, sign, "0");
    sign_set(s, name, strcmp(sw, "6983") == 0 ? "blocked" : strcmp(sw, "6984") == 0 ? "unusable"
               : strcmp(sw, "9000") == 0 ? "open" : strcmp(sw, "6A88") == 0 ? "absent"
               : "unknown");
}

static bool is_new(const struct signing *s)
{
    const char *from = card_fact(s->out, "from");

    return from && s->context->today - date_parse_iso(from) <= NEW_DAYS;
}

/* Without a code nobody can be sure: what the card cannot tell is asked of the user. */
static void sign_activated(struct signing *s)
{
    const struct card_facts *signs = s->out, *card = &s->reader->card;
    bool unusable = card_fact_is(signs, "pin1", "unusable")
        || card_fact_is(signs, "pin2", "unusable");
    bool unchanged = card_fact_is(card, "pin1.changed", "0")
        || card_fact_is(card, "pin2.changed", "0");
    bool locked = card_fact_is(signs, "pin1", "blocked") && card_fact_is(signs, "pin2", "blocked");

    if (!card_fact(signs, "pin1"))
        return;
    if (unusable || unchanged || (locked && is_new(s)))
        sign_set(s, "activated", "no");
    else if (card_fact_is(card, "pin1.changed", "1") || card_fact_is(signs, "pin1", "open")
             || card_fact_is(signs, "pin2", "open"))
        sign_set(s, "activated", "yes");
    else
        sign_set(s, "activated", s->context->activated ? s->context->activated : "ask");
}

/* ---- whose card ---- */

static void sign_owner(struct signing *s)
{
    const char *holder = card_fact(s->out, "holder");
    const char *organisation = card_fact(s->out, "holder_organisation");

    if (holder && s->context->holder)
        sign_set_yes(s, "holder_fits",
                     card_names_compare(holder, s->context->holder) != CARD_NAMES_DIFFER);
    if (organisation && s->context->organisation)
        sign_set_yes(s, "organisation_fits",
                register_names_match(organisation, s->context->organisation));
}

void sign_card(struct signing *s)
{
    sign_copy(s, &s->reader->card, card_signs_copied, countof(card_signs_copied));
    sign_trouble(s);
    sign_chip(s);
    sign_certificates(s);
    sign_kind(s);
    sign_pin(s, "pin1");
    sign_pin(s, "pin2");
    sign_pin(s, "puk");
    sign_activated(s);
    sign_owner(s);
}
