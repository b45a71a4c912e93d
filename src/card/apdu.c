/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Commands to a card. exchange() is the only function that transmits.
 */
#include "card/apdu.h"

#include <string.h>

#include "card/ber.h"

enum {
    INS_VERIFY = 0x20, INS_SELECT = 0xA4, INS_READ = 0xB0, INS_RESPONSE = 0xC0, INS_DATA = 0xCB,
    PIECE = 223,              /* bytes asked for at once: what every reader can carry */
    NAME_MAX_BYTES = 16,      /* longest name of an application, ISO 7816-4 */
    PIECES_MAX = 100          /* a card that never ends its answer is stopped here */
};

/* ---- what may be sent ---- */

static bool is_select(const unsigned char *c, size_t length)
{
    return length > 5 && c[4] >= 1 && c[4] <= NAME_MAX_BYTES && length == 5u + c[4]
        && (c[2] == 0x00 || c[2] == 0x02 || c[2] == 0x04 || c[2] == 0x08) && c[3] == 0x0C;
}

static bool is_code_data(const unsigned char *c, size_t length)
{
    static const unsigned char head[] = {
        0x00, INS_DATA, 0x00, 0xFF, 0x05, 0xA0, 0x03, 0x83, 0x01
    };

    return (length == sizeof head + 1 || (length == sizeof head + 2 && c[length - 1] == 0))
        && memcmp(c, head, sizeof head) == 0;
}

bool apdu_allowed(const struct apdu_channel *channel, const unsigned char *command, size_t length)
{
    if (length < 4 || command[0] != 0x00)
        return false;
    switch (command[1]) {
    case INS_SELECT:
        return is_select(command, length);
    case INS_READ:
        return length == 5 && command[2] < 0x80;
    case INS_RESPONSE:
        return length == 5 && command[2] == 0 && command[3] == 0;
    case INS_DATA:
        return is_code_data(command, length);
    case INS_VERIFY:          /* without data: no length, or a length of none */
        return channel->is_known && command[2] == 0
            && (length == 4 || (length == 5 && command[4] == 0));
    default:
        return false;
    }
}

/* ---- sending ---- */

static bool is_status(unsigned sw)
{
    unsigned first = sw >> 12;

    return first == 0x9 || (first == 0x6 && sw >> 8 != 0x60);
}

static int exchange(struct apdu_channel *channel, const unsigned char *command, size_t length,
                    struct buf *out)
{
    unsigned char answer[APDU_ANSWER_MAX];
    size_t count = sizeof answer;
    unsigned sw;

    if (!apdu_allowed(channel, command, length))
        return APDU_REFUSED;
    channel->sent++;
    channel->error = channel->transmit(channel->data, command, length, answer, &count);
    if (channel->error)
        return APDU_FAILED;
    if (count < 2 || count > sizeof answer)
        return APDU_GARBLED;
    sw = (unsigned)answer[count - 2] << 8 | answer[count - 1];
    if (!is_status(sw))
        return APDU_GARBLED;
    buf_add_n(out, (const char *)answer, count - 2);
    return (int)sw;
}

/* Follows what the protocol T=0 asks for: 61xx "fetch the rest", 6Cxx "ask for so many". */
static int converse(struct apdu_channel *channel, unsigned char *command, size_t length,
                    struct buf *out)
{
    int sw = exchange(channel, command, length, out);

    if (sw >= 0 && sw >> 8 == 0x6C && length == 5) {
        command[4] = (unsigned char)(sw & 0xFF);
        sw = exchange(channel, command, length, out);
    }
    for (int i = 0; i < PIECES_MAX && sw >= 0 && sw >> 8 == 0x61; i++) {
        unsigned char more[] = { 0x00, INS_RESPONSE, 0x00, 0x00, (unsigned char)(sw & 0xFF) };
        sw = exchange(channel, more, sizeof more, out);
    }
    return sw;
}

/* ---- commands ---- */

int apdu_select(struct apdu_channel *channel, int how, const unsigned char *name, size_t length)
{
    unsigned char command[APDU_COMMAND_MAX] = { 0x00, INS_SELECT, (unsigned char)how, 0x0C };
    struct buf nothing = BUF_INIT;
    int sw;

    if (length == 0 || length > NAME_MAX_BYTES)
        return APDU_REFUSED;
    command[4] = (unsigned char)length;
    memcpy(command + 5, name, length);
    sw = converse(channel, command, 5 + length, &nothing);
    buf_free(&nothing);
    return sw;
}

static int read_piece(struct apdu_channel *channel, size_t offset, struct buf *out)
{
    unsigned char command[] = { 0x00, INS_READ, (unsigned char)(offset >> 8),
                                (unsigned char)(offset & 0xFF), PIECE };

    return converse(channel, command, sizeof command, out);
}

/* All that is wanted has been read: the one item, or a piece that came short. */
static bool is_complete(const struct buf *out, size_t before, bool one_item)
{
    size_t item = ber_length((const unsigned char *)out->text, out->length);

    return out->length - before < PIECE || (one_item && (item == 0 || out->length >= item));
}

int apdu_read_file(struct apdu_channel *channel, bool one_item, struct buf *out)
{
    int sw = 0;

    buf_clear(out);
    while (out->length < APDU_FILE_MAX) {
        size_t before = out->length;
        sw = read_piece(channel, before, out);
        if (sw < 0)
            return sw;
        if ((sw != 0x9000 && sw != 0x6282) || is_complete(out, before, one_item))
            break;
    }
    if (out->length > APDU_FILE_MAX)
        buf_cut(out, APDU_FILE_MAX);
    return out->length > 0 ? 0x9000 : sw;
}

int apdu_ask_tries(struct apdu_channel *channel, unsigned char reference)
{
    unsigned char command[] = { 0x00, INS_VERIFY, 0x00, reference, 0x00 };
    struct buf nothing = BUF_INIT;
    int sw = exchange(channel, command, channel->short_commands ? 5 : 4, &nothing);

    buf_free(&nothing);
    return sw;
}

int apdu_get_code_data(struct apdu_channel *channel, unsigned char reference, struct buf *out)
{
    unsigned char command[] = { 0x00, INS_DATA, 0x00, 0xFF, 0x05, 0xA0, 0x03, 0x83, 0x01, reference,
                                0x00 };

    buf_clear(out);
    return converse(channel, command, sizeof command - channel->short_commands, out);
}
