/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Readers and cards by PC/SC Lite: the only file that knows it.
 *
 * Every call may block for ever: these functions belong into a process that somebody else ends. A
 * card is never reset and never changed: shared, one transaction, left as it was.
 */
#ifndef CARD_PCSC_H
#define CARD_PCSC_H

#include <stdbool.h>
#include <stddef.h>

#include "card/apdu.h"
#include "card/atr.h"

/* Codes of PC/SC, 0 when all is well (PC/SC part 5; pcsclite.h). */
typedef unsigned long pcsc_code;

enum { PCSC_READERS_MAX = 16, PCSC_NAME_MAX = 128 };

struct pcsc_reader {
    char name[PCSC_NAME_MAX];
    unsigned long state;      /* as the service counts it; 0: not looked at yet */
    bool gone;                /* no longer in the list */
};

struct pcsc {
    long context;
    struct pcsc_reader readers[PCSC_READERS_MAX];
    size_t count;
};

/* Connects to the service; to be closed unless it failed. */
pcsc_code pcsc_open(struct pcsc *pcsc);
void pcsc_close(struct pcsc *pcsc);

/* Brings the list of readers up to date; new ones stand at the end, old ones are marked as gone. No
 * reader is no error. */
pcsc_code pcsc_list(struct pcsc *pcsc);
void pcsc_forget_gone(struct pcsc *pcsc);

/* Waits until the state of a reader or the list changes, at most so long. */
pcsc_code pcsc_wait(struct pcsc *pcsc, int milliseconds);

/* empty present inuse exclusive mute unavailable unknown */
const char *pcsc_state_name(unsigned long state);
bool pcsc_has_card(unsigned long state);
/* Grows with every card that comes or goes. */
unsigned pcsc_events(unsigned long state);

/* The state of one reader now. */
pcsc_code pcsc_look(struct pcsc *pcsc, const char *reader, unsigned long *state,
                    unsigned char atr[ATR_MAX], size_t *atr_length);

/* The same, after waiting until the slot is empty, at most so long. */
pcsc_code pcsc_wait_empty(struct pcsc *pcsc, const char *reader, int milliseconds,
                          unsigned long *state);

/* A card that is being read: connected, in a transaction. */
struct pcsc_card {
    long handle;
    unsigned long protocol;
    struct apdu_channel channel;
};
pcsc_code pcsc_connect(struct pcsc *pcsc, const char *reader, struct pcsc_card *card);
/* After another program has reset the card. */
pcsc_code pcsc_reconnect(struct pcsc_card *card);
void pcsc_disconnect(struct pcsc_card *card);
bool pcsc_is_reset(pcsc_code code);
/* 0 or 1: the protocol T=0 or T=1. */
int pcsc_protocol(const struct pcsc_card *card);

#endif
