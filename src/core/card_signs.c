/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Facts to signs: small steps, each of which reads facts and sets a few signs. Here those of the
 * computer and the reader.
 */
#include "core/card_signs_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/mem.h"

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

void sign_set(struct signing *s, const char *sign, const char *value)
{
    if (value && *value)
        card_fact_set(s->out, sign, value);
}

void sign_set_yes(struct signing *s, const char *sign, bool yes)
{
    card_fact_set(s->out, sign, yes ? "yes" : "no");
}

void sign_copy(struct signing *s, const struct card_facts *from, const struct copied *copied,
               size_t count)
{
    for (size_t i = 0; i < count; i++)
        sign_set(s, copied[i].sign, card_fact(from, copied[i].fact));
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

    sign_set(s, "watch", stopped ? stopped
                            : card_fact_is(&s->view->system, "slow", "yes") ? "slow" : "ok");
}

static void sign_clock(struct signing *s)
{
    const struct card_context *context = s->context;

    if (context->newest_fact != DATE_NONE && context->today < context->newest_fact)
        sign_set(s, "clock", "early");
    else
        sign_set(s, "clock", card_fact_is(&s->view->system, "system.synchronised", "no") ? "unset"
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
        sign_set(s, "usb", "none");
    for (int i = 1; i <= count && usb_fact(facts, i, "id") && !found; i++)
        if (usb_is_reader(facts, i))
            found = i;
    if (!found && count > 0 && usb_fact(facts, 1, "id"))
        found = 1;
    if (!found)
        return;
    const char *id = usb_fact(facts, found, "id");
    const struct card_driver *driver = driver_of(s->cards, id);
    sign_set(s, "usb", usb_is_reader(facts, found) ? "reader" : "other");
    sign_set(s, "usb_id", id);
    sign_set(s, "usb_name", usb_fact(facts, found, "name"));
    sign_set(s, "usb_listed", usb_fact(facts, found, "listed"));
    sign_set(s, "usb_driver", usb_fact(facts, found, "driver"));
    sign_set(s, "usb_package", driver ? driver->package : NULL);
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
        sign_set_yes(s, software->id, card_fact(facts, key) != NULL);
        snprintf(key, sizeof key, "software.%s.version", software->id);
        version = card_fact(facts, key);
        if (!version || strcmp(software->id, "client") != 0)
            continue;
        sign_set(s, "client_version", version);
        if (software->newest)
            sign_set(s, "client_age", compare_versions(version, software->newest) < 0 ? "old"
                                                                                 : "newest");
    }
}

static void sign_system(struct signing *s)
{
    sign_copy(s, &s->view->system, system_signs, countof(system_signs));
    sign_watch(s);
    sign_clock(s);
    sign_usb(s);
    sign_software(s);
    if (card_fact(&s->view->system, "listed"))
        sign_set(s, "readers", s->view->count == 0 ? "none" : s->view->count == 1 ? "one" : "many");
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

    sign_set(s, "reader", name);
    sign_set(s, "state", card_fact(facts, "state"));
    sign_set(s, "phase", phases[card_reader_phase(s->reader)]);
    sign_set_yes(s, "contactless", (name && contains_word(name, s->cards->contactless))
                              || is_contactless_atr(card_fact(&s->reader->card, "atr")));
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
