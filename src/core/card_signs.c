/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts to signs: small steps, each of which reads facts and sets a few signs.
 */
#include "core/card_signs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "core/register_check.h"

/* A card is new for so many days: both codes locked then means that they were never set. */
enum { NEW_DAYS = 60, FEW_TRIES = 2 };

#define YES_NO "yes no"
#define PIN_VALUES "ok few blocked unusable open absent unknown"
#define STATES "empty present inuse mute exclusive unavailable unknown"

static const struct card_sign_info infos[] = {
    { "pcscd", "installed missing" },
    { "driver", "installed missing" },
    { "socket", YES_NO },
    { "access", "ok denied" },
    { "process", YES_NO },
    { "init", "systemd none" },
    { "socket_unit", NULL },
    { "service_unit", NULL },
    { "place", "machine virtual container" },
    { "remote", YES_NO },
    { "programs", NULL },
    { "service", NULL },
    { "lost", YES_NO },
    { "watch", "ok slow timeout crashed" },
    { "usb", "none reader other" },
    { "usb_id", NULL },
    { "usb_name", NULL },
    { "usb_listed", YES_NO },
    { "usb_driver", NULL },
    { "usb_package", NULL },
    { "readers", "none one many" },
    { "reader", NULL },
    { "state", STATES },
    { "contactless", YES_NO },
    { "phase", "none reading slow read stopped" },
    { "stopped", "timeout crashed" },
    { "before", STATES },
    { "connect", NULL },
    { "error", NULL },
    { "after", STATES },
    { "trouble", "mute exclusive removed reset protocol garbled unplugged service failed" },
    { "retried", YES_NO },
    { "application", NULL },
    { "certs", NULL },
    { "auth_cert", "ok missing unreadable" },
    { "sign_cert", "ok missing unreadable" },
    { "chip", NULL },
    { "chip_old", YES_NO },
    { "kind", NULL },
    { "use", "kanta temporary test none" },
    { "issuer", NULL },
    { "holder", NULL },
    { "holder_title", NULL },
    { "holder_organisation", NULL },
    { "title", YES_NO },
    { "organisation", YES_NO },
    { "digits", NULL },
    { "policy", NULL },
    { "chain", "complete names foreign" },
    { "chain_missing", NULL },
    { "gate", "open closed" },
    { "from", NULL },
    { "until", NULL },
    { "validity", "ok early expired" },
    { "days_left", NULL },
    { "needed", "ok short" },
    { "needed_until", NULL },
    { "clock", "ok early unset" },
    { "pin1", PIN_VALUES },
    { "pin1_tries", NULL },
    { "pin2", PIN_VALUES },
    { "pin2_tries", NULL },
    { "puk", PIN_VALUES },
    { "puk_tries", NULL },
    { "activated", "yes no ask" },
    { "holder_fits", YES_NO },
    { "organisation_fits", YES_NO },
    { "client", YES_NO },
    { "client_age", "newest old" },
    { "client_version", NULL },
    { "old_client", YES_NO },
    { "packed_browser", YES_NO },
};

const struct card_sign_info *card_sign_find(const char *name)
{
    for (size_t i = 0; i < countof(infos); i++)
        if (strcmp(infos[i].name, name) == 0)
            return &infos[i];
    return NULL;
}

/* What the steps share. */
struct signing {
    const struct cards *cards;
    const struct card_view *view;
    const struct card_reader *reader;   /* NULL: none */
    const struct card_context *context;
    struct card_facts *out;
};

static void set(struct signing *s, const char *sign, const char *value)
{
    if (value && *value)
        card_fact_set(s->out, sign, value);
}

static void set_yes(struct signing *s, const char *sign, bool yes)
{
    card_fact_set(s->out, sign, yes ? "yes" : "no");
}

struct copied {
    const char *fact, *sign;
};

static void copy_facts(struct signing *s, const struct card_facts *from,
                       const struct copied *copied, size_t count)
{
    for (size_t i = 0; i < count; i++)
        set(s, copied[i].sign, card_fact(from, copied[i].fact));
}

/* ---- conditions ---- */

static bool number_of(const char *text, long *number)
{
    char *end;

    *number = strtol(text, &end, 10);
    return end != text && *end == '\0';
}

bool card_value_is_sound(const char *value)
{
    long number;

    return *value && ((value[0] != '<' && value[0] != '>') || number_of(value + 1, &number));
}

static bool value_holds(const char *value, const char *sign)
{
    long limit, number;

    if (strcmp(value, "-") == 0)
        return !sign;
    if (!sign)
        return false;
    if (strcmp(value, "*") == 0)
        return true;
    if (value[0] != '<' && value[0] != '>')
        return strcmp(value, sign) == 0;
    if (!number_of(value + 1, &limit) || !number_of(sign, &number))
        return false;
    return value[0] == '<' ? number < limit : number > limit;
}

bool card_conditions_hold(const struct card_conditions *conditions, const struct card_facts *signs)
{
    for (size_t i = 0; i < conditions->count; i++) {
        const struct card_condition *condition = &conditions->at[i];
        const char *sign = card_fact(signs, condition->sign);
        const char **value = condition->values;
        while (*value && !value_holds(*value, sign))
            value++;
        if (!*value)
            return false;
    }
    return true;
}

/* ---- this computer ---- */

static const struct copied system_signs[] = {
    { "system.pcscd", "pcscd" },
    { "system.ccid", "driver" },
    { "system.socket", "socket" },
    { "system.access", "access" },
    { "system.process", "process" },
    { "system.init", "init" },
    { "system.socket_unit", "socket_unit" },
    { "system.service_unit", "service_unit" },
    { "system.place", "place" },
    { "system.remote", "remote" },
    { "system.programs", "programs" },
    { "service", "service" },
    { "service.lost", "lost" },
};

static void sign_watch(struct signing *s)
{
    const char *stopped = card_fact(&s->view->system, "stopped");

    set(s, "watch", stopped ? stopped
                            : card_fact(&s->view->system, "slow") ? "slow" : "ok");
}

static void sign_clock(struct signing *s)
{
    const struct card_context *context = s->context;

    if (context->newest_fact != DATE_NONE && context->today < context->newest_fact)
        set(s, "clock", "early");
    else
        set(s, "clock", card_fact_is(&s->view->system, "system.synchronised", "no") ? "unset"
                                                                                    : "ok");
}

static const struct card_driver *driver_of(const struct cards *cards, const char *usb_id)
{
    for (size_t i = 0; i < cards->driver_count; i++)
        if (strncmp(cards->drivers[i].vendor, usb_id, 4) == 0)
            return &cards->drivers[i];
    return NULL;
}

static const char *usb_fact(const struct card_facts *facts, int number, const char *what)
{
    char key[CARD_KEY_MAX];

    snprintf(key, sizeof key, "usb%d.%s", number, what);
    return card_fact(facts, key);
}

static bool usb_is_reader(const struct card_facts *facts, int number)
{
    const char *class = usb_fact(facts, number, "class");

    return class && strcmp(class, "0B") == 0;
}

/* The first device that is a reader; else the first one that might be one of another make. */
static void sign_usb(struct signing *s)
{
    const struct card_facts *facts = &s->view->system;
    int count = card_fact_number(facts, "usbs", -1), found = 0;

    if (count == 0)
        set(s, "usb", "none");
    for (int i = 1; i <= count && usb_fact(facts, i, "id") && !found; i++)
        if (usb_is_reader(facts, i))
            found = i;
    if (!found && count > 0 && usb_fact(facts, 1, "id"))
        found = 1;
    if (!found)
        return;
    const char *id = usb_fact(facts, found, "id");
    const struct card_driver *driver = driver_of(s->cards, id);
    set(s, "usb", usb_is_reader(facts, found) ? "reader" : "other");
    set(s, "usb_id", id);
    set(s, "usb_name", usb_fact(facts, found, "name"));
    set(s, "usb_listed", usb_fact(facts, found, "listed"));
    set(s, "usb_driver", usb_fact(facts, found, "driver"));
    set(s, "usb_package", driver ? driver->package : NULL);
}

/* Compares "4.5.1.0" number by number. */
static int compare_versions(const char *a, const char *b)
{
    while (*a || *b) {
        char *end_a, *end_b;
        long x = strtol(a, &end_a, 10), y = strtol(b, &end_b, 10);
        if (x != y)
            return x < y ? -1 : 1;
        if ((end_a == a && end_b == b) || (*end_a != '.' && *end_b != '.'))
            return 0;
        a = *end_a == '.' ? end_a + 1 : "";
        b = *end_b == '.' ? end_b + 1 : "";
    }
    return 0;
}

static void sign_software(struct signing *s)
{
    const struct card_facts *facts = &s->view->system;

    if (!card_fact(facts, "system.init"))
        return;
    for (size_t i = 0; i < s->cards->software_count; i++) {
        const struct card_software *software = &s->cards->software[i];
        char key[CARD_KEY_MAX + 16];
        const char *version;
        snprintf(key, sizeof key, "software.%s", software->id);
        set_yes(s, software->id, card_fact(facts, key) != NULL);
        snprintf(key, sizeof key, "software.%s.version", software->id);
        version = card_fact(facts, key);
        if (!version || strcmp(software->id, "client") != 0)
            continue;
        set(s, "client_version", version);
        if (software->newest)
            set(s, "client_age", compare_versions(version, software->newest) < 0 ? "old"
                                                                                 : "newest");
    }
}

static void sign_system(struct signing *s)
{
    copy_facts(s, &s->view->system, system_signs, countof(system_signs));
    sign_watch(s);
    sign_clock(s);
    sign_usb(s);
    sign_software(s);
    if (card_fact(&s->view->system, "listed"))
        set(s, "readers", s->view->count == 0 ? "none" : s->view->count == 1 ? "one" : "many");
}

/* ---- the reader ---- */

static bool contains_word(const char *text, const char **words)
{
    for (; words && *words; words++)
        if (strcasestr(text, *words))
            return true;
    return false;
}

/* What a reader of contactless cards makes up in place of an ATR: 3B 8n 80 01 (PC/SC part 3). */
static bool is_contactless_atr(const char *atr)
{
    return atr && strlen(atr) >= 8 && strncmp(atr, "3B8", 3) == 0
        && strncmp(atr + 4, "8001", 4) == 0;
}

static void sign_reader(struct signing *s)
{
    static const char *const phases[] = {
        [CARD_NONE] = "none", [CARD_READING] = "reading", [CARD_SLOW] = "slow",
        [CARD_READ] = "read", [CARD_STOPPED] = "stopped",
    };
    const struct card_facts *facts = &s->reader->reader;
    const char *name = card_fact(facts, "name");

    set(s, "reader", name);
    set(s, "state", card_fact(facts, "state"));
    set(s, "phase", phases[card_reader_phase(s->reader)]);
    set_yes(s, "contactless", (name && contains_word(name, s->cards->contactless))
                              || is_contactless_atr(card_fact(&s->reader->card, "atr")));
}

/* ---- the card ---- */

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
        set(s, "trouble", "removed");
    else if (error)
        set(s, "trouble", trouble_of(error));
    else if (connect && strcmp(connect, "ok") != 0)
        set(s, "trouble", trouble_of(connect));
    else if (card_fact_is(reader, "state", "mute"))
        set(s, "trouble", "mute");
    else if (card_fact_is(reader, "state", "exclusive") && !card_fact(card, "connect"))
        set(s, "trouble", "exclusive");
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
            set(s, "chip", chip->id);
            set_yes(s, "chip_old", chip->old);
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
    set(s, "from", day);
    date_iso(until, day);
    set(s, "until", day);
    set(s, "validity", today < from ? "early" : today > until ? "expired" : "ok");
    card_fact_setf(s->out, "days_left", "%d", until - today);
    if (s->context->needed_until == DATE_NONE)
        return;
    date_iso(s->context->needed_until, day);
    set(s, "needed_until", day);
    set(s, "needed", until < s->context->needed_until ? "short" : "ok");
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
    set(s, "auth_cert", cert_state(s, auth));
    set(s, "sign_cert", cert_state(s, sign));
    if (!holder)
        return;
    set(s, "issuer", cert_fact(s, holder, "issuer"));
    set(s, "holder", cert_fact(s, holder, "holder"));
    set(s, "holder_title", cert_fact(s, holder, "title"));
    set(s, "holder_organisation", cert_fact(s, holder, "organisation"));
    set(s, "policy", cert_fact(s, holder, "policy"));
    set(s, "digits", cert_fact(s, holder, "digits"));
    set_yes(s, "title", cert_fact(s, holder, "title") != NULL);
    set_yes(s, "organisation", cert_fact(s, holder, "organisation") != NULL);
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
    set(s, "kind", kind ? kind->id : NULL);
    set(s, "use", kind ? kind->use : NULL);
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
        set(s, name, tries == 0 ? "blocked" : tries <= FEW_TRIES ? "few" : "ok");
        return;
    }
    if (strcmp(sw, "6983") == 0)
        set(s, sign, "0");
    set(s, name, strcmp(sw, "6983") == 0 ? "blocked" : strcmp(sw, "6984") == 0 ? "unusable"
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
    bool unusable = card_fact_is(signs, "pin1", "unusable") || card_fact_is(signs, "pin2", "unusable");
    bool unchanged = card_fact_is(card, "pin1.changed", "0") || card_fact_is(card, "pin2.changed", "0");
    bool locked = card_fact_is(signs, "pin1", "blocked") && card_fact_is(signs, "pin2", "blocked");

    if (!card_fact(signs, "pin1"))
        return;
    if (unusable || unchanged || (locked && is_new(s)))
        set(s, "activated", "no");
    else if (card_fact_is(card, "pin1.changed", "1") || card_fact_is(signs, "pin1", "open")
             || card_fact_is(signs, "pin2", "open"))
        set(s, "activated", "yes");
    else
        set(s, "activated", s->context->activated ? s->context->activated : "ask");
}

/* ---- whose card ---- */

/* Every word of `a` is a word of `b`, whatever the case. */
static bool words_are_in(const char *a, const char *b)
{
    struct buf inside = BUF_INIT;
    bool all = true;

    buf_addf(&inside, " %s ", b);
    while (*a && all) {
        size_t length = strcspn(a, " ");
        struct buf word = BUF_INIT;
        buf_addf(&word, " %.*s ", (int)length, a);
        all = length == 0 || strstr(inside.text, word.text);
        buf_free(&word);
        a += length + (a[length] == ' ');
    }
    buf_free(&inside);
    return all;
}

/* The same person: all names of the shorter one, in any order. */
static bool names_fit(const char *card, const char *expected)
{
    struct buf a = BUF_INIT, b = BUF_INIT;
    bool fit;

    utf8_fold(&a, card);
    utf8_fold(&b, expected);
    fit = words_are_in(a.text, b.text) || words_are_in(b.text, a.text);
    buf_free(&a);
    buf_free(&b);
    return fit;
}

static void sign_owner(struct signing *s)
{
    const char *holder = card_fact(s->out, "holder");
    const char *organisation = card_fact(s->out, "holder_organisation");

    if (holder && s->context->holder)
        set_yes(s, "holder_fits", names_fit(holder, s->context->holder));
    if (organisation && s->context->organisation)
        set_yes(s, "organisation_fits",
                register_names_match(organisation, s->context->organisation));
}

static void sign_card(struct signing *s)
{
    copy_facts(s, &s->reader->card, card_signs_copied, countof(card_signs_copied));
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

int card_newest_fact(const struct schema *schema)
{
    int newest = DATE_NONE;

    for (size_t i = 0; i < schema->fact_count; i++) {
        int seen = date_parse_iso(schema->facts[i].seen_on);
        if (seen > newest)
            newest = seen;
    }
    return newest;
}

void card_signs(const struct cards *cards, const struct card_view *view,
                const struct card_reader *reader, const struct card_context *context,
                struct card_facts *out)
{
    struct signing s = { cards, view, reader, context, out };

    card_facts_free(out);
    sign_system(&s);
    if (!reader)
        return;
    sign_reader(&s);
    sign_card(&s);
}
