/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One card in one reader: connect, read, look again at the slot after any error.
 */
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "card/pcsc.h"
#include "card/read.h"
#include "card/system.h"

enum { SETTLE_MS = 600 };

static long now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000L + now.tv_nsec / 1000000;
}

static void emit_code(const struct emitter *to, const char *key, pcsc_code code)
{
    emitf(to, key, "%08lX", code);
}

/* A card that was pulled out gives any error: the slot tells the truth, though some readers look at
 * it a few times a second only. */
static void emit_error(struct pcsc *pcsc, const char *reader, const struct emitter *to, int code,
                       const struct apdu_channel *channel)
{
    unsigned long state;

    if (code == APDU_FAILED)
        emit_code(to, "error", channel->error);
    else
        emit(to, "error", code == APDU_GARBLED ? "answer" : "refused");
    if (pcsc_wait_empty(pcsc, reader, SETTLE_MS, &state) == 0)
        emit(to, "after", pcsc_state_name(state));
    else
        emit(to, "after", "unavailable");
}

/* When somebody else uses the card, who may that be? It is told before anything can hang. */
static void emit_before(struct pcsc *pcsc, const char *reader, const struct config *config,
                        const struct emitter *to)
{
    const struct emitter computer = { .fd = to->fd };
    unsigned char atr[ATR_MAX];
    const unsigned char *history;
    unsigned long state;
    size_t length, count;

    if (pcsc_look(pcsc, reader, &state, atr, &length) != 0)
        return;
    emit(to, "before", pcsc_state_name(state));
    if (strcmp(pcsc_state_name(state), "present") != 0)
        system_emit_programs(config, &computer);
    emit_hex(to, "atr", atr, length);
    history = atr_history(atr, length, &count);
    if (history)
        emit_hex(to, "history", history, count);
}

/* Reads, and once more when another program has reset the card meanwhile. */
static int read_with_retry(struct pcsc_card *card, const struct config *config,
                           const struct emitter *to)
{
    int code = read_card(&card->channel, config, to);

    if (code != APDU_FAILED || !pcsc_is_reset(card->channel.error))
        return code;
    emit(to, "retried", "yes");
    card->channel.error = pcsc_reconnect(card);
    return card->channel.error ? APDU_FAILED : read_card(&card->channel, config, to);
}

static pcsc_code connect_card(struct pcsc *pcsc, const char *reader, struct pcsc_card *card,
                              const struct emitter *to)
{
    pcsc_code code = pcsc_connect(pcsc, reader, card);

    if (pcsc_is_reset(code)) {
        emit(to, "retried", "yes");
        code = pcsc_reconnect(card);
    }
    if (code)
        emit_code(to, "connect", code);
    else
        emit(to, "connect", "ok");
    return code;
}

static void read_connected(struct pcsc *pcsc, const char *reader, const struct config *config,
                           const struct emitter *to)
{
    struct pcsc_card card = { 0 };
    struct apdu_channel none = { 0 };
    int code;

    none.error = connect_card(pcsc, reader, &card, to);
    if (none.error) {
        emit_error(pcsc, reader, to, APDU_FAILED, &none);
        return;
    }
    emitf(to, "protocol", "T=%d", pcsc_protocol(&card));
    code = read_with_retry(&card, config, to);
    emitf(to, "apdus", "%d", card.channel.sent);
    if (code)
        emit_error(pcsc, reader, to, code, &card.channel);
    pcsc_disconnect(&card);
}

/* What the service calls a reader whose name was made harmless on its way here. */
static const char *name_of(struct pcsc *pcsc, const char *passed_on)
{
    const char *found = passed_on;

    if (pcsc_list(pcsc) != 0)
        return found;
    for (size_t i = 0; i < pcsc->count; i++) {
        struct buf clean = BUF_INIT;
        emit_clean(&clean, pcsc->readers[i].name, strlen(pcsc->readers[i].name));
        if (strcmp(clean.text, passed_on) == 0)
            found = pcsc->readers[i].name;
        buf_free(&clean);
    }
    return found;
}

void read_reader(const char *reader, const struct config *config, const struct emitter *to)
{
    struct pcsc pcsc;
    long begun = now_ms();
    pcsc_code code = pcsc_open(&pcsc);
    const char *name;

    if (code) {
        emit_code(to, "error", code);
        emit(to, "done", "yes");
        return;
    }
    name = name_of(&pcsc, reader);
    emit_before(&pcsc, name, config, to);
    read_connected(&pcsc, name, config, to);
    emitf(to, "ms", "%ld", now_ms() - begun);
    emit(to, "done", "yes");
    pcsc_close(&pcsc);
}
