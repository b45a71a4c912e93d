/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * One card in one reader when other programs come between: the functions of card/pcsc.h are played
 * here, in place of a service, so that each error comes where it is wanted.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/mem.h"
#include "card/pcsc.h"
#include "card/read.h"
#include "core/card_facts.h"

enum { RESET = 0x80100068, REMOVED = 0x80100069, SHARING = 0x8010000B };

/* What the service of a test does; set before each reading. Only the functions below use it. */
static struct {
    pcsc_code connect, reconnect;
    int resets;               /* commands that find the card reset, one after each connection */
    int connections, disconnections, commands;
    bool is_empty;            /* the slot, after an error */
} fake;

static unsigned long transmit(void *data, const unsigned char *command, size_t length,
                              unsigned char *answer, size_t *answer_length)
{
    (void)data;
    (void)command;
    (void)length;
    fake.commands++;
    if (fake.resets > 0) {
        fake.resets--;
        return RESET;
    }
    memcpy(answer, "\x6A\x82", 2);
    *answer_length = 2;
    return 0;
}

pcsc_code pcsc_open(struct pcsc *pcsc)
{
    *pcsc = (struct pcsc){ .context = 1 };
    return 0;
}

void pcsc_close(struct pcsc *pcsc)
{
    pcsc->context = 0;
}

pcsc_code pcsc_list(struct pcsc *pcsc)
{
    (void)pcsc;
    return 0;
}

pcsc_code pcsc_look(struct pcsc *pcsc, const char *reader, unsigned long *state,
                    unsigned char atr[ATR_MAX], size_t *atr_length)
{
    (void)pcsc;
    (void)reader;
    *state = 1;
    *atr_length = 2;
    memcpy(atr, "\x3B\x00", 2);
    return 0;
}

pcsc_code pcsc_wait_empty(struct pcsc *pcsc, const char *reader, int milliseconds,
                          unsigned long *state)
{
    (void)pcsc;
    (void)reader;
    (void)milliseconds;
    *state = fake.is_empty ? 0 : 1;
    return 0;
}

const char *pcsc_state_name(unsigned long state)
{
    return state ? "present" : "empty";
}

static void set_channel(struct pcsc_card *card)
{
    card->channel = (struct apdu_channel){ .transmit = transmit, .data = card };
    fake.connections++;
}

pcsc_code pcsc_connect(struct pcsc *pcsc, const char *reader, struct pcsc_card *card)
{
    (void)pcsc;
    (void)reader;
    set_channel(card);
    return fake.connect;
}

pcsc_code pcsc_reconnect(struct pcsc_card *card)
{
    set_channel(card);
    return fake.reconnect;
}

void pcsc_disconnect(struct pcsc_card *card)
{
    (void)card;
    fake.disconnections++;
}

bool pcsc_is_reset(pcsc_code code)
{
    return code == RESET;
}

int pcsc_protocol(const struct pcsc_card *card)
{
    (void)card;
    return 1;
}

/* ---- readings ---- */

static void read_one(struct card_view *view)
{
    struct emitter to = { .fd = memfd_create("facts", 0), .prefix = "reader1.card." };
    struct config config = { .root = "" };
    struct card_lines lines = { .length = 0 };
    char bytes[4096];
    ssize_t count;

    read_reader("Lukija", &config, &to);
    lseek(to.fd, 0, SEEK_SET);
    while ((count = read(to.fd, bytes, sizeof bytes)) > 0)
        card_lines_add(&lines, view, bytes, (size_t)count);
    close(to.fd);
}

/* Reads with the service as it is set, and compares "key value" facts; "key -" is an absent one. */
static void expect(const char *const *facts, size_t count)
{
    struct card_view view = { .count = 0 };

    read_one(&view);
    for (size_t i = 0; i < count; i += 2) {
        const char *has = card_fact(&view.at[0].card, facts[i]);
        if (strcmp(has ? has : "-", facts[i + 1]) != 0)
            fail_msg("%s is %s, not %s", facts[i], has ? has : "-", facts[i + 1]);
    }
    card_view_free(&view);
}

#define EXPECT(...) \
    do { \
        const char *const facts[] = { __VA_ARGS__ }; \
        expect(facts, countof(facts)); \
    } while (0)

static int reset_fake(void **state)
{
    (void)state;
    memset(&fake, 0, sizeof fake);
    return 0;
}

static void test_undisturbed(void **state)
{
    (void)state;
    EXPECT("connect", "ok", "application", "6A82", "error", "-", "retried", "-", "done", "yes");
    assert_int_equal(fake.connections, 1);
    assert_int_equal(fake.disconnections, 1);
}

static void test_reset_once_is_read_again(void **state)
{
    (void)state;
    fake.resets = 1;
    EXPECT("retried", "yes", "application", "6A82", "error", "-", "done", "yes");
    assert_int_equal(fake.connections, 2);
    assert_int_equal(fake.disconnections, 1);
}

static void test_reset_twice_is_an_error(void **state)
{
    (void)state;
    fake.resets = 2;
    EXPECT("retried", "yes", "application", "-", "error", "80100068", "after", "present", "done",
           "yes");
    assert_int_equal(fake.connections, 2);
}

static void test_reset_while_connecting(void **state)
{
    (void)state;
    fake.connect = RESET;
    EXPECT("retried", "yes", "connect", "ok", "application", "6A82", "error", "-");
}

static void test_the_second_connection_fails(void **state)
{
    (void)state;
    fake.resets = 1;
    fake.reconnect = REMOVED;
    fake.is_empty = true;
    EXPECT("retried", "yes", "error", "80100069", "after", "empty", "done", "yes");
}

static void test_held_by_another(void **state)
{
    (void)state;
    fake.connect = SHARING;
    EXPECT("connect", "8010000B", "error", "8010000B", "after", "present", "done", "yes");
    assert_int_equal(fake.commands, 0);
    assert_int_equal(fake.disconnections, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(test_undisturbed, reset_fake),
        cmocka_unit_test_setup(test_reset_once_is_read_again, reset_fake),
        cmocka_unit_test_setup(test_reset_twice_is_an_error, reset_fake),
        cmocka_unit_test_setup(test_reset_while_connecting, reset_fake),
        cmocka_unit_test_setup(test_the_second_connection_fails, reset_fake),
        cmocka_unit_test_setup(test_held_by_another, reset_fake),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
