/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Commands to a card, and the one place that lets them through.
 *
 * No card may ever lose a try of its codes. So there is one function that hands bytes to a reader,
 * and it refuses everything but SELECT, READ BINARY, GET RESPONSE, GET DATA and VERIFY without data
 * (ISO 7816-4; FINEID S1 3.15). VERIFY without data asks for the tries that are left; it is refused
 * as well until the channel was told that the card is one of DVV's, since nothing is known of what
 * other cards make of it.
 */
#ifndef CARD_APDU_H
#define CARD_APDU_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

/* Longest command and answer; longest file, in bytes. */
enum { APDU_COMMAND_MAX = 22, APDU_ANSWER_MAX = 258, APDU_FILE_MAX = 16384 };

/* What the functions return instead of a status word. */
enum {
    APDU_FAILED = -1,         /* the reader gave an error: channel->error */
    APDU_GARBLED = -2,        /* the card gave what no card gives */
    APDU_REFUSED = -3         /* the command is none that may be sent */
};

/* Sends bytes and waits for the answer; `*length` is the room, then what came. Returns 0 or the
 * reader's error. */
typedef unsigned long (*apdu_transmit)(void *data, const unsigned char *command, size_t length,
                                       unsigned char *answer, size_t *answer_length);

struct apdu_channel {
    apdu_transmit transmit;
    void *data;
    bool short_commands;      /* protocol T=0: every command has five bytes at least */
    bool is_known;            /* the card is DVV's: VERIFY without data may be sent */
    unsigned long error;      /* the reader's error, of the last APDU_FAILED */
    int sent;                 /* commands so far */
};

/* The bytes are a command that may be sent. */
bool apdu_allowed(const struct apdu_channel *channel, const unsigned char *command, size_t length);

/* All return the status word (0x9000), or one of the negative codes. */

/* Selects by `how`: 0x04 application name, 0x08 path from the top, 0x02 file here, 0x00 file. */
int apdu_select(struct apdu_channel *channel, int how, const unsigned char *name, size_t length);

/* Reads the selected file from its beginning into `out`, at most APDU_FILE_MAX bytes: all of it, or
 * the one TLV that it begins with. Returns 0x9000 when something was read. */
int apdu_read_file(struct apdu_channel *channel, bool one_item, struct buf *out);

/* Asks for the tries that are left of a code. */
int apdu_ask_tries(struct apdu_channel *channel, unsigned char reference);

/* Asks what the card says of a code (citizens' cards); the answer goes to `out`. */
int apdu_get_code_data(struct apdu_channel *channel, unsigned char reference, struct buf *out);

#endif
