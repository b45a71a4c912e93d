/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Fuzz target: a card that answers anything. Each answer is a length byte and so many bytes; a
 * length of FF is a failure of the reader. When the input is used up the card answers 6A82.
 *
 * Whatever it answers, the reading ends, only commands that may be sent are sent, VERIFY only after
 * the channel knows the card, and what is passed on is lines of clean text.
 */
#include "fuzz_help.h"

#include <sys/mman.h>
#include <unistd.h>

#include "card/read.h"
#include "core/card_facts.h"

enum { COMMANDS_MAX = 20000 };

struct hostile {
    const uint8_t *data;
    size_t size;
    struct apdu_channel channel;
    int commands;
};

static void check_command(const struct hostile *card, const unsigned char *command, size_t length)
{
    static const unsigned char passed[] = { 0x20, 0xA4, 0xB0, 0xC0, 0xCB };

    need(length >= 4 && command[0] == 0 && memchr(passed, command[1], sizeof passed));
    need(command[1] != 0x20 || (card->channel.is_known && length <= 5
                                && (length == 4 || command[4] == 0)));
}

static unsigned long answer(void *data, const unsigned char *command, size_t length,
                            unsigned char *out, size_t *room)
{
    struct hostile *card = data;
    size_t count;

    check_command(card, command, length);
    need(++card->commands < COMMANDS_MAX);
    if (card->size == 0) {
        memcpy(out, "\x6A\x82", 2);
        *room = 2;
        return 0;
    }
    count = *card->data++;
    card->size--;
    if (count == 0xFF)
        return 0x80100016;
    if (count > card->size)
        count = card->size;
    need(count <= *room);
    memcpy(out, card->data, count);
    card->data += count;
    card->size -= count;
    *room = count;
    return 0;
}

static void check_line(const char *line, size_t length)
{
    struct buf clean = BUF_INIT;
    const char *tab = memchr(line, '\t', length);

    need(tab != NULL && length < CARD_LINE_MAX);
    need(utf8_clean(&clean, tab + 1, length - (size_t)(tab + 1 - line), UTF8_ONE_LINE) == 0);
    need(clean.length == length - (size_t)(tab + 1 - line));
    buf_free(&clean);
}

static void check_lines(int fd)
{
    off_t size = lseek(fd, 0, SEEK_END);
    char *text = size > 0 ? mmap(NULL, (size_t)size, PROT_READ, MAP_PRIVATE, fd, 0) : NULL;
    const char *at = text, *newline;

    while (text && at < text + size) {
        newline = memchr(at, '\n', (size_t)(text + size - at));
        need(newline != NULL);
        check_line(at, (size_t)(newline - at));
        at = newline + 1;
    }
    if (text)
        munmap(text, (size_t)size);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct config config = { .root = "" };
    struct hostile card = { .data = data, .size = size };
    struct emitter to = { .fd = memfd_create("facts", MFD_CLOEXEC), .prefix = "reader1.card." };

    need(to.fd >= 0);
    config.rows[config.count++].field[0] = "issuer";
    config.rows[0].field[1] = "Digi- ja vaestotietovirasto";
    config.rows[config.count++] = (struct config_row){
        NULL, { "codes", "citizen", "11", "82", "83", "details" } };
    if (size > 0) {
        card.channel.short_commands = data[0] & 1;
        card.data++;
        card.size--;
    }
    card.channel.transmit = answer;
    card.channel.data = &card;
    read_card(&card.channel, &config, &to);
    check_lines(to.fd);
    close(to.fd);
    return 0;
}
