/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * PC/SC Lite.
 */
#include "card/pcsc.h"

#include <string.h>
#include <winscard.h>

#include "base/mem.h"

enum { TURNS_MAX = 8 };

/* The codes are 32 bits wide, the library's type for them is not. */
static pcsc_code code_of(LONG result)
{
    return (pcsc_code)result & 0xFFFFFFFFul;
}

pcsc_code pcsc_open(struct pcsc *pcsc)
{
    *pcsc = (struct pcsc){ .context = 0 };
    return code_of(SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &pcsc->context));
}

void pcsc_close(struct pcsc *pcsc)
{
    SCardReleaseContext(pcsc->context);
    pcsc->count = 0;
}

/* ---- the list ---- */

static struct pcsc_reader *find_reader(struct pcsc *pcsc, const char *name)
{
    for (size_t i = 0; i < pcsc->count; i++)
        if (strcmp(pcsc->readers[i].name, name) == 0)
            return &pcsc->readers[i];
    return NULL;
}

static void add_reader(struct pcsc *pcsc, const char *name)
{
    struct pcsc_reader *reader = find_reader(pcsc, name);

    if (!reader && pcsc->count < PCSC_READERS_MAX && strlen(name) < PCSC_NAME_MAX) {
        reader = &pcsc->readers[pcsc->count++];
        *reader = (struct pcsc_reader){ .state = SCARD_STATE_UNAWARE };
        strcpy(reader->name, name);
    }
    if (reader)
        reader->gone = false;
}

pcsc_code pcsc_list(struct pcsc *pcsc)
{
    char names[PCSC_READERS_MAX * PCSC_NAME_MAX];
    DWORD size = sizeof names;
    pcsc_code code = code_of(SCardListReaders(pcsc->context, NULL, names, &size));

    for (size_t i = 0; i < pcsc->count; i++)
        pcsc->readers[i].gone = true;
    if (code == code_of(SCARD_E_NO_READERS_AVAILABLE))
        return 0;
    if (code)
        return code;
    for (const char *name = names; name < names + size && *name; name += strlen(name) + 1)
        add_reader(pcsc, name);
    return 0;
}

void pcsc_forget_gone(struct pcsc *pcsc)
{
    size_t kept = 0;

    for (size_t i = 0; i < pcsc->count; i++)
        if (!pcsc->readers[i].gone)
            pcsc->readers[kept++] = pcsc->readers[i];
    pcsc->count = kept;
}

/* ---- states ---- */

/* The pseudo reader stands for the list: its count of readers is what changes. */
pcsc_code pcsc_wait(struct pcsc *pcsc, int milliseconds)
{
    SCARD_READERSTATE states[PCSC_READERS_MAX + 1];
    size_t count = pcsc->count;
    pcsc_code code;

    memset(states, 0, sizeof states);
    for (size_t i = 0; i < count; i++) {
        states[i].szReader = pcsc->readers[i].name;
        states[i].dwCurrentState = pcsc->readers[i].state;
    }
    states[count].szReader = "\\\\?PnP?\\Notification";
    states[count].dwCurrentState = count << 16;
    code = code_of(SCardGetStatusChange(pcsc->context, (DWORD)milliseconds, states, count + 1));
    if (code == code_of(SCARD_E_TIMEOUT) || code == code_of(SCARD_E_UNKNOWN_READER))
        return 0;
    for (size_t i = 0; i < count && !code; i++)
        pcsc->readers[i].state = states[i].dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    return code;
}

const char *pcsc_state_name(unsigned long state)
{
    static const struct {
        unsigned long bit;
        const char *name;
    } names[] = {
        { SCARD_STATE_UNKNOWN, "unknown" }, { SCARD_STATE_UNAVAILABLE, "unavailable" },
        { SCARD_STATE_EMPTY, "empty" }, { SCARD_STATE_MUTE, "mute" },
        { SCARD_STATE_EXCLUSIVE, "exclusive" }, { SCARD_STATE_INUSE, "inuse" },
        { SCARD_STATE_PRESENT, "present" },
    };

    for (size_t i = 0; i < countof(names); i++)
        if (state & names[i].bit)
            return names[i].name;
    return "unknown";
}

bool pcsc_has_card(unsigned long state)
{
    return (state & SCARD_STATE_PRESENT) != 0;
}

unsigned pcsc_events(unsigned long state)
{
    return (unsigned)(state >> 16 & 0xFFFF);
}

pcsc_code pcsc_look(struct pcsc *pcsc, const char *reader, unsigned long *state,
                    unsigned char atr[ATR_MAX], size_t *atr_length)
{
    SCARD_READERSTATE one;
    pcsc_code code;

    memset(&one, 0, sizeof one);
    one.szReader = reader;
    one.dwCurrentState = SCARD_STATE_UNAWARE;
    code = code_of(SCardGetStatusChange(pcsc->context, 0, &one, 1));
    *state = one.dwEventState;
    *atr_length = 0;
    if (code)
        return code;
    if (atr && one.cbAtr <= ATR_MAX) {
        memcpy(atr, one.rgbAtr, one.cbAtr);
        *atr_length = one.cbAtr;
    }
    return 0;
}

/* Each turn ends with a change, so the turns are few; a service that makes more of them is left. */
pcsc_code pcsc_wait_empty(struct pcsc *pcsc, const char *reader, int milliseconds,
                          unsigned long *state)
{
    SCARD_READERSTATE one;
    pcsc_code code = 0;

    memset(&one, 0, sizeof one);
    one.szReader = reader;
    one.dwCurrentState = SCARD_STATE_UNAWARE;
    *state = 0;
    for (int turn = 0; turn < TURNS_MAX && !code; turn++) {
        code = code_of(SCardGetStatusChange(pcsc->context, (DWORD)milliseconds, &one, 1));
        if (!code)
            *state = one.dwEventState;
        if (!pcsc_has_card(*state))
            break;
        one.dwCurrentState = one.dwEventState & ~(DWORD)SCARD_STATE_CHANGED;
    }
    return *state ? 0 : code;
}

/* ---- a card ---- */

static unsigned long transmit(void *data, const unsigned char *command, size_t length,
                              unsigned char *answer, size_t *answer_length)
{
    struct pcsc_card *card = data;
    SCARD_IO_REQUEST request = { card->protocol, sizeof request };
    DWORD room = (DWORD)*answer_length;
    pcsc_code code = code_of(SCardTransmit(card->handle, &request, command, (DWORD)length, NULL,
                                           answer, &room));

    *answer_length = room;
    return code;
}

static void set_channel(struct pcsc_card *card)
{
    card->channel = (struct apdu_channel){
        .transmit = transmit, .data = card,
        .short_commands = card->protocol == SCARD_PROTOCOL_T0,
    };
}

pcsc_code pcsc_connect(struct pcsc *pcsc, const char *reader, struct pcsc_card *card)
{
    pcsc_code code = code_of(SCardConnect(pcsc->context, reader, SCARD_SHARE_SHARED,
                                          SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card->handle,
                                          &card->protocol));

    if (code)
        return code;
    set_channel(card);
    code = code_of(SCardBeginTransaction(card->handle));
    if (code && !pcsc_is_reset(code))
        SCardDisconnect(card->handle, SCARD_LEAVE_CARD);
    return code;
}

pcsc_code pcsc_reconnect(struct pcsc_card *card)
{
    pcsc_code code = code_of(SCardReconnect(card->handle, SCARD_SHARE_SHARED,
                                            SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                            SCARD_LEAVE_CARD, &card->protocol));

    if (!code) {
        set_channel(card);
        code = code_of(SCardBeginTransaction(card->handle));
    }
    return code;
}

void pcsc_disconnect(struct pcsc_card *card)
{
    SCardEndTransaction(card->handle, SCARD_LEAVE_CARD);
    SCardDisconnect(card->handle, SCARD_LEAVE_CARD);
}

bool pcsc_is_reset(pcsc_code code)
{
    return code == code_of(SCARD_W_RESET_CARD);
}

int pcsc_protocol(const struct pcsc_card *card)
{
    return card->protocol == SCARD_PROTOCOL_T0 ? 0 : 1;
}
