/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The watch: wait for a change, list, tell what is different. A service that stops is looked for
 * again and again.
 */
#include "card/watch.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "card/pcsc.h"
#include "card/system.h"
#include "core/card_facts.h"

/* How long one wait lasts at most, and the pause before the service is looked for again. Both are
 * well below what counts as slow, since the watch is to be heard of in between. */
enum { WAIT_MS = 1000, AGAIN_MS = 300 };

static int wait_ms(const struct config *config)
{
    return config->slow_ms / 2 < WAIT_MS ? config->slow_ms / 2 : WAIT_MS;
}

/* What was last told of a reader. */
struct told {
    char name[PCSC_NAME_MAX];
    int number;
    unsigned events;
    bool has_card, is_new;
    char state[16];
};

struct watch {
    const struct config *config;
    const struct emitter *to;
    struct pcsc pcsc;
    struct told told[PCSC_READERS_MAX];
    size_t count;
    int last_number, lists;
    bool was_up, is_listed;   /* the service has answered; the present list has been told */
    pcsc_code service;        /* last told; 1: nothing yet */
};

static void tell(const struct watch *w, const struct told *told, const char *key,
                 const char *value)
{
    char full[32];

    snprintf(full, sizeof full, "reader%d.%.16s", told->number, key);
    emit(w->to, full, value);
}

/* ---- readers ---- */

static struct told *told_of(struct watch *w, const char *name)
{
    for (size_t i = 0; i < w->count; i++)
        if (strcmp(w->told[i].name, name) == 0)
            return &w->told[i];
    return NULL;
}

static void tell_gone(struct watch *w)
{
    size_t kept = 0;

    for (size_t i = 0; i < w->count; i++) {
        bool there = false;
        for (size_t k = 0; k < w->pcsc.count; k++)
            there |= strcmp(w->pcsc.readers[k].name, w->told[i].name) == 0;
        if (there)
            w->told[kept++] = w->told[i];
        else
            tell(w, &w->told[i], "gone", "yes");
    }
    w->count = kept;
}

static void tell_new(struct watch *w)
{
    for (size_t i = 0; i < w->pcsc.count && w->count < PCSC_READERS_MAX; i++) {
        struct told *told;
        if (told_of(w, w->pcsc.readers[i].name) || w->last_number >= CARD_NUMBER_MAX)
            continue;
        told = &w->told[w->count++];
        *told = (struct told){ .number = ++w->last_number, .is_new = true };
        strcpy(told->name, w->pcsc.readers[i].name);
        tell(w, told, "name", told->name);
    }
}

/* Ours and other programs' reading makes a reader "in use", which is no news. */
static void tell_state(const struct watch *w, struct told *told, unsigned long state)
{
    const char *name = pcsc_state_name(state);

    if (strcmp(name, "inuse") == 0)
        name = "present";
    if (strcmp(name, told->state) != 0) {
        snprintf(told->state, sizeof told->state, "%s", name);
        tell(w, told, "state", name);
    }
}

/* A card that went and came between two looks is a new one: the count of events tells. */
static void tell_card(const struct watch *w, struct told *told, unsigned long state)
{
    bool has_card = pcsc_has_card(state);
    bool changed = has_card != told->has_card
                || (has_card && !told->is_new && pcsc_events(state) != told->events);

    if (changed && has_card && told->has_card)
        tell(w, told, "card", "out");
    if (changed)
        tell(w, told, "card", has_card ? "in" : "out");
    told->has_card = has_card;
    told->events = pcsc_events(state);
    told->is_new = false;
}

static void tell_readers(struct watch *w)
{
    size_t before = w->count;
    int last = w->last_number;

    tell_gone(w);
    tell_new(w);
    for (size_t i = 0; i < w->pcsc.count; i++) {
        struct told *told = told_of(w, w->pcsc.readers[i].name);
        if (!told || !w->pcsc.readers[i].state)
            continue;
        tell_state(w, told, w->pcsc.readers[i].state);
        tell_card(w, told, w->pcsc.readers[i].state);
    }
    if (w->is_listed && before == w->count && last == w->last_number)
        return;
    if (w->is_listed)
        system_emit_usb(w->config, w->to);
    w->is_listed = true;
    emitf(w->to, "listed", "%d", ++w->lists);
}

/* ---- the service ---- */

static void pause_ms(long milliseconds)
{
    struct timespec pause = { milliseconds / 1000, milliseconds % 1000 * 1000000L };

    nanosleep(&pause, NULL);
}

static void tell_service(struct watch *w, pcsc_code code)
{
    if (code == w->service)
        return;
    w->service = code;
    if (!code) {
        w->was_up = true;
        emit(w->to, "service", "ok");
        return;
    }
    system_emit_service(w->config, w->to);
    emit(w->to, "service.lost", w->was_up ? "yes" : "no");
    emitf(w->to, "service", "%08lX", code);
}

/* All readers go with the service. */
static void forget_readers(struct watch *w)
{
    w->pcsc.count = 0;
    tell_gone(w);
    w->is_listed = false;
}

/* One look: what is there, and its states. The first look does not wait. */
static pcsc_code look(struct watch *w, bool at_once)
{
    pcsc_code code;

    emit(w->to, "alive", "yes");
    code = pcsc_list(&w->pcsc);
    pcsc_forget_gone(&w->pcsc);
    if (!code)
        code = pcsc_wait(&w->pcsc, at_once ? 0 : wait_ms(w->config));
    if (!code)
        tell_readers(w);
    return code;
}

static void serve(struct watch *w)
{
    pcsc_code code = pcsc_open(&w->pcsc);

    if (!code) {
        code = look(w, true);
        tell_service(w, code);
        while (!code)
            code = look(w, false);
        pcsc_close(&w->pcsc);
        forget_readers(w);
    }
    tell_service(w, code);
}

void watch_readers(const struct config *config, const struct emitter *to)
{
    struct watch w = { .config = config, .to = to, .service = 1 };

    system_emit(config, to);
    for (;;) {
        emit(to, "alive", "yes");
        serve(&w);
        pause_ms(AGAIN_MS);
    }
}
