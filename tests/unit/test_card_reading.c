/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The reading of a card, without a reader: what may be sent, the structures on the card,
 * certificates and chains, a whole card that answers from memory, and the computer around it from a
 * made-up tree of files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/mem.h"
#include "card/apdu.h"
#include "card/atr.h"
#include "card/ber.h"
#include "card/config.h"
#include "card/emit.h"
#include "card/pkcs15.h"
#include "card/read.h"
#include "card/system.h"
#include "card/x509.h"
#include "card_certs.h"
#include "core/card_facts.h"

enum { FILES_MAX = 16, LOG_MAX = 400 };

#define DVV "Digi- ja vaestotietovirasto CA"
#define SOTE "DVV Social Welfare and Healthcare Prof. Certificates - G9X"

/* ---- the door ---- */

static bool may(bool known, const char *bytes, size_t length)
{
    struct apdu_channel channel = { .is_known = known };

    return apdu_allowed(&channel, (const unsigned char *)bytes, length);
}

#define MAY(known, bytes) may(known, bytes, sizeof bytes - 1)

static void test_the_door_lets_these_through(void **state)
{
    (void)state;
    assert_true(MAY(false, "\x00\xA4\x04\x0C\x02\x3F\x00"));
    assert_true(MAY(false, "\x00\xA4\x08\x0C\x04\x50\x16\x43\x32"));
    assert_true(MAY(false, "\x00\xB0\x00\x00\xDF"));
    assert_true(MAY(false, "\x00\xC0\x00\x00\x10"));
    assert_true(MAY(false, "\x00\xCB\x00\xFF\x05\xA0\x03\x83\x01\x11"));
    assert_true(MAY(true, "\x00\x20\x00\x03"));
    assert_true(MAY(true, "\x00\x20\x00\x03\x00"));
}

static void test_the_door_stops_these(void **state)
{
    (void)state;
    assert_false(MAY(false, "\x00\x20\x00\x03"));
    assert_false(MAY(false, "\x00\x20\x00\x03\x00"));
    assert_false(MAY(true, "\x00\x20\x00\x03\x04" "1234"));
    assert_false(MAY(true, "\x00\x20\x00\x03\x01"));
    assert_false(MAY(true, "\x00\x20\x01\x03"));
    assert_false(MAY(true, "\x00\xA4\x04\x00\x02\x3F\x00"));
    assert_false(MAY(true, "\x00\xA4\x04\x0C\x03\x3F\x00"));
    assert_false(MAY(true, "\x00\xA4\x04\x0C\x02\x3F\x00\x00"));
    assert_false(MAY(true, "\x00\xB0\x80\x00\xDF"));
    assert_false(MAY(true, "\x00\xCB\x00\xFF\x05\xA0\x03\x84\x01\x11"));
    assert_false(MAY(true, "\x00\xCB\x3F\xFF\x05\xA0\x03\x83\x01\x11"));
    assert_false(MAY(true, "\x80\xA4\x04\x0C\x02\x3F\x00"));
    assert_false(MAY(true, "\x00\xA4"));
}

/* Of all classes and instructions in any short form, only five instructions of class 00 are let
 * through, and no VERIFY that has data. */
static void test_no_other_instruction_passes(void **state)
{
    static const unsigned char passed[] = { 0x20, 0xA4, 0xB0, 0xC0, 0xCB };
    struct apdu_channel channel = { .is_known = true };

    (void)state;
    for (unsigned first = 0; first < 0x10000; first++)
        for (size_t length = 0; length <= APDU_COMMAND_MAX; length++) {
            unsigned char command[APDU_COMMAND_MAX] = {
                (unsigned char)(first >> 8), (unsigned char)first, 0x00, 0x00,
                (unsigned char)(length > 5 ? length - 5 : 0),
            };
            bool is_known = (first >> 8) == 0 && memchr(passed, (int)(first & 0xFF), sizeof passed);
            if (apdu_allowed(&channel, command, length) && !is_known)
                fail_msg("%04X of %zu bytes passes", first, length);
            if ((first & 0xFF) == 0x20 && length > 5 && apdu_allowed(&channel, command, length))
                fail_msg("VERIFY with data passes");
        }
}

/* ---- a card in memory ---- */

struct fake_file {
    unsigned char path[8];
    size_t path_length;
    const unsigned char *bytes;
    size_t length;
    unsigned sw;              /* of READ BINARY; 0: it can be read */
};

struct fake_card {
    struct fake_file files[FILES_MAX];
    size_t count;
    const struct fake_file *current;
    bool has_application, t0;
    bool no_paths, in_signature_folder;       /* of a card that selects by ids and names only */
    struct buf pending;
    unsigned char log[LOG_MAX];       /* instruction bytes, in order */
    size_t sent;
    int fails_at;             /* the command that the reader fails at, from 1; 0: none */
};

static void add_file(struct fake_card *card, const char *path, size_t path_length,
                     const unsigned char *bytes, size_t length)
{
    struct fake_file *file = &card->files[card->count++];

    memcpy(file->path, path, path_length);
    file->path_length = path_length;
    file->bytes = bytes;
    file->length = length;
}

/* A file of the folder that the card is in, by its id. */
static unsigned fake_select_here(struct fake_card *card, const unsigned char *command)
{
    size_t length = card->in_signature_folder ? 4 : 2;

    for (size_t i = 0; i < card->count; i++)
        if (card->files[i].path_length == length
            && memcmp(card->files[i].path + length - 2, command + 5, 2) == 0) {
            card->current = &card->files[i];
            return 0x9000;
        }
    return 0x6A82;
}

static unsigned fake_select(struct fake_card *card, const unsigned char *command)
{
    if (command[2] == 0x04) {
        card->in_signature_folder = command[4] == 6;
        return card->has_application ? 0x9000 : 0x6A82;
    }
    if (card->no_paths)
        return command[2] == 0x02 ? fake_select_here(card, command) : 0x6A81;
    for (size_t i = 0; i < card->count; i++)
        if (command[2] == 0x08 && card->files[i].path_length == command[4]
            && memcmp(card->files[i].path, command + 5, command[4]) == 0) {
            card->current = &card->files[i];
            return 0x9000;
        }
    return 0x6A82;
}

static unsigned fake_read(struct fake_card *card, const unsigned char *command, struct buf *out)
{
    size_t offset = (size_t)command[2] << 8 | command[3];

    if (!card->current || card->current->sw)
        return card->current ? card->current->sw : 0x6986;
    if (offset >= card->current->length)
        return 0x6B00;
    size_t count = card->current->length - offset;
    buf_add_n(out, (const char *)card->current->bytes + offset, count < command[4] ? count
                                                                                    : command[4]);
    return 0x9000;
}

static unsigned fake_answer(struct fake_card *card, const unsigned char *command, struct buf *out)
{
    switch (command[1]) {
    case 0xA4: return fake_select(card, command);
    case 0xB0: return fake_read(card, command, out);
    case 0x20: assert_false(card->in_signature_folder);
               return command[3] == 0x03 || command[3] == 0x04 ? 0x63C5
                    : command[3] == 0x12 ? 0x63C3 : 0x6A88;
    default: return 0x6D00;
    }
}

static unsigned long fake_transmit(void *data, const unsigned char *command, size_t length,
                                   unsigned char *answer, size_t *answer_length)
{
    struct fake_card *card = data;
    struct buf out = BUF_INIT;
    unsigned sw;

    (void)length;
    assert_true(card->sent < LOG_MAX);
    card->log[card->sent++] = command[1];
    if (card->fails_at == (int)card->sent)
        return 0x80100016;
    sw = fake_answer(card, command, &out);
    assert_true(out.length + 2 <= *answer_length);
    memcpy(answer, out.text, out.length);
    answer[out.length] = (unsigned char)(sw >> 8);
    answer[out.length + 1] = (unsigned char)sw;
    *answer_length = out.length + 2;
    buf_free(&out);
    return 0;
}

/* ---- what a reading said ---- */

static void take_in(int fd, struct card_view *view)
{
    struct card_lines lines = { .length = 0 };
    char bytes[4096];
    ssize_t count;

    lseek(fd, 0, SEEK_SET);
    while ((count = read(fd, bytes, sizeof bytes)) > 0)
        card_lines_add(&lines, view, bytes, (size_t)count);
    assert_int_equal(lines.length, 0);
    assert_int_equal(view->bad_lines, 0);
    close(fd);
}

static void add_config(struct config *config, const char *word, const char *a, const char *b,
                       const char *c, const char *d)
{
    struct config_row *row = &config->rows[config->count++];

    *row = (struct config_row){ NULL, { word, a, b, c, d, "" } };
}

static void set_config(struct config *config, const char *pin)
{
    memset(config, 0, sizeof *config);
    config->root = "";
    add_config(config, "issuer", "Digi- ja vaestotietovirasto", "", "", "");
    add_config(config, "codes", "citizen", "11", "82", "83");
    add_config(config, "codes", "organisation", "03", "04", "12");
    if (pin)
        add_config(config, "pin", pin, "", "", "");
}

static int read_fake(struct fake_card *card, const char *pin, struct card_view *view)
{
    struct emitter to = { .fd = memfd_create("facts", 0), .prefix = "reader1.card." };
    struct apdu_channel channel = { .transmit = fake_transmit, .data = card,
                                    .short_commands = card->t0 };
    struct config config;
    int code;

    set_config(&config, pin);
    code = read_card(&channel, &config, &to);
    take_in(to.fd, view);
    return code;
}

static const char *said(const struct card_view *view, const char *key)
{
    return view->count ? card_fact(&view->at[0].card, key) : NULL;
}

static void assert_said(const struct card_view *view, const char *key, const char *value)
{
    const char *has = said(view, key);

    if (!has || strcmp(has, value) != 0)
        fail_msg("%s is %s, not %s", key, has ? has : "absent", value);
}

static bool was_sent(const struct fake_card *card, unsigned char instruction)
{
    return memchr(card->log, instruction, card->sent) != NULL;
}

/* ---- a whole card ---- */

struct tree {
    struct test_cert root, issuer, auth, sign;
    unsigned char *der[4];
    size_t length[4];
    char pin[65];
};

static void make_tree(struct tree *tree, const char *issuer_o, const char *surname)
{
    const struct test_cert_spec root = { .cn = "DVV Gov. Root CA - G3 RSA", .o = DVV, .is_ca = true,
                                         .from_days = -10, .until_days = 1000 };
    const struct test_cert_spec issuer = { .cn = SOTE, .o = issuer_o, .is_ca = true,
                                           .from_days = -10, .until_days = 1000 };
    struct test_cert_spec person = {
        .cn = "x", .given = "Maija", .surname = surname, .title = "Sosionomi",
        .number = "00012345678", .usage = "critical,digitalSignature,keyEncipherment",
        .policy = "1.2.246.517.1.10.999.1", .from_days = -10, .until_days = 500,
    };
    const struct test_cert *all[] = { &tree->root, &tree->issuer, &tree->auth, &tree->sign };

    tree->root = cert_make(&root, NULL);
    tree->issuer = cert_make(&issuer, &tree->root);
    tree->auth = cert_make(&person, &tree->issuer);
    person.usage = "critical,nonRepudiation";
    tree->sign = cert_make(&person, &tree->issuer);
    for (size_t i = 0; i < countof(all); i++)
        tree->der[i] = cert_der(all[i], &tree->length[i]);
    cert_sha256(&tree->root, tree->pin);
}

static void free_tree(struct tree *tree)
{
    struct test_cert *all[] = { &tree->root, &tree->issuer, &tree->auth, &tree->sign };

    for (size_t i = 0; i < countof(all); i++) {
        cert_free(all[i]);
        OPENSSL_free(tree->der[i]);
    }
}

/* At the places that FINEID fixes; without a directory. */
static void put_on_card(struct fake_card *card, const struct tree *tree, bool with_issuer)
{
    memset(card, 0, sizeof *card);
    card->has_application = true;
    add_file(card, "\x43\x31", 2, tree->der[2], tree->length[2]);
    add_file(card, "\x50\x16\x43\x32", 4, tree->der[3], tree->length[3]);
    add_file(card, "\x43\x34", 2, tree->der[0], tree->length[0]);
    if (with_issuer)
        add_file(card, "\x43\x33", 2, tree->der[1], tree->length[1]);
}

/* A card of the state, and what its reading said: made for each test, and freed behind it. */
struct bench {
    struct tree tree;
    struct fake_card card;
    struct card_view view;
};

static int make_bench(void **state)
{
    struct bench *b = xcalloc(1, sizeof *b);

    make_tree(&b->tree, DVV, "Meikäläinen");
    put_on_card(&b->card, &b->tree, true);
    *state = b;
    return 0;
}

static int free_bench(void **state)
{
    struct bench *b = *state;

    card_view_free(&b->view);
    free_tree(&b->tree);
    free(b);
    return 0;
}

/* Another card, with its issuer's certificate or without. */
static void remake(struct bench *b, const char *issuer, const char *surname, bool with_issuer)
{
    free_tree(&b->tree);
    make_tree(&b->tree, issuer, surname);
    put_on_card(&b->card, &b->tree, with_issuer);
}

static int bench_read(struct bench *b)
{
    return read_fake(&b->card, b->tree.pin, &b->view);
}

static void test_a_whole_card_is_read(void **state)
{
    struct bench *b = *state;

    assert_int_equal(bench_read(b), 0);
    assert_said(&b->view, "application", "9000");
    assert_said(&b->view, "certs", "2");
    assert_said(&b->view, "cert1.use", "auth");
    assert_said(&b->view, "cert1.holder", "Maija Meikäläinen");
    assert_said(&b->view, "cert1.issuer", SOTE);
    assert_said(&b->view, "cert1.policy", "1.2.246.517.1.10.999.1");
    assert_said(&b->view, "cert1.digits", "11");
    assert_said(&b->view, "cert2.use", "sign");
    assert_said(&b->view, "chain", "complete");
    assert_said(&b->view, "chain_root", "DVV Gov. Root CA - G3 RSA");
    assert_said(&b->view, "gate", "open");
    assert_said(&b->view, "pins", "organisation");
    assert_said(&b->view, "pin1", "63C5");
    assert_said(&b->view, "puk", "63C3");
}

static void test_a_card_that_knows_no_paths(void **state)
{
    struct bench *b = *state;

    b->card.no_paths = true;
    assert_int_equal(bench_read(b), 0);
    assert_said(&b->view, "chain", "complete");
    assert_said(&b->view, "certs", "2");
    assert_said(&b->view, "cert1.use", "auth");
    assert_said(&b->view, "cert2.use", "sign");
    assert_said(&b->view, "pin1", "63C5");
}

/* The holder's number is read and not passed on. */
static void test_numbers_stay_on_the_card(void **state)
{
    struct bench *b = *state;

    bench_read(b);
    for (size_t i = 0; i < b->view.at[0].card.count; i++)
        assert_null(strstr(b->view.at[0].card.at[i].value, "12345678"));
}

static void test_the_three_states_of_a_chain(void **state)
{
    struct bench *b = *state;

    put_on_card(&b->card, &b->tree, false);
    bench_read(b);
    assert_said(&b->view, "chain", "names");
    assert_said(&b->view, "chain_missing", SOTE);
    assert_said(&b->view, "gate", "open");
    card_view_free(&b->view);

    put_on_card(&b->card, &b->tree, true);
    read_fake(&b->card, NULL, &b->view);
    assert_said(&b->view, "chain", "foreign");
    assert_said(&b->view, "gate", "closed");
    assert_null(said(&b->view, "pin1"));
    assert_false(was_sent(&b->card, 0x20));
}

/* A certificate that claims a known issuer, whose signature another key has made. */
static void test_a_forged_signature_is_foreign(void **state)
{
    struct bench *b = *state;
    struct tree other;

    make_tree(&other, DVV, "Meikäläinen");
    b->card.files[0].bytes = other.der[2];
    b->card.files[0].length = other.length[2];
    bench_read(b);
    assert_said(&b->view, "chain", "foreign");
    assert_false(was_sent(&b->card, 0x20));
    free_tree(&other);
}

static void test_no_code_is_asked_for_of_others(void **state)
{
    struct bench *b = *state;

    remake(b, "Some Bank", "Meikäläinen", false);
    assert_int_equal(bench_read(b), 0);
    assert_said(&b->view, "gate", "closed");
    assert_said(&b->view, "chain", "foreign");
    assert_false(was_sent(&b->card, 0x20));
}

static void test_a_card_without_the_application(void **state)
{
    struct fake_card card = { .has_application = false };
    struct card_view view = { .count = 0 };

    (void)state;
    assert_int_equal(read_fake(&card, NULL, &view), 0);
    assert_said(&view, "application", "6A82");
    assert_int_equal(card.sent, 1);
    card_view_free(&view);
}

static void test_a_card_that_hides_its_certificates(void **state)
{
    struct bench *b = *state;

    b->card.files[1].sw = 0x6982;
    bench_read(b);
    assert_said(&b->view, "certs", "1");
    assert_said(&b->view, "cert2.use", "sign");
    assert_said(&b->view, "cert2.unreadable", "6982");
}

/* At whichever command the reader fails, the reading ends there. */
static void test_a_failure_ends_the_reading(void **state)
{
    struct bench *b = *state;
    int total;

    bench_read(b);
    total = (int)b->card.sent;
    assert_true(total > 20);
    for (int i = 1; i <= total; i++) {
        struct card_view one = { .count = 0 };
        put_on_card(&b->card, &b->tree, true);
        b->card.fails_at = i;
        assert_int_equal(read_fake(&b->card, b->tree.pin, &one), APDU_FAILED);
        assert_int_equal(b->card.sent, i);
        card_view_free(&one);
    }
}

static void test_names_that_are_hostile(void **state)
{
    struct bench *b = *state;
    const char *holder;

    remake(b, DVV, "A\x1B]0;x\x07\xC2\x9B\xE2\x80\xAE" "B\nreader1.card.evil\tyes", true);
    bench_read(b);
    holder = said(&b->view, "cert1.holder");
    assert_non_null(holder);
    assert_null(strpbrk(holder, "\x1B\x07\n\t"));
    assert_null(strstr(holder, "\xC2\x9B"));
    assert_null(strstr(holder, "\xE2\x80\xAE"));
    assert_null(said(&b->view, "evil"));
    assert_said(&b->view, "pin1", "63C5");
}

/* ---- the parts ---- */

static void test_tlv_never_leaves_its_bytes(void **state)
{
    static const struct {
        const char *bytes;
        size_t length;
        bool good;
        unsigned tag;
        size_t value;
    } rows[] = {
        { "\x30\x02\x01\x02", 4, true, 0x30, 2 }, { "\x30\x03\x01\x02", 4, false, 0, 0 },
        { "\x30\x81\x01\x05", 4, true, 0x30, 1 }, { "\x30\x82\x00\x01\x05", 5, true, 0x30, 1 },
        { "\x30\x82\xFF\xFF\x05", 5, false, 0, 0 }, { "\x30\x80\x00\x00", 4, false, 0, 0 },
        { "\x30\x83\x00\x00\x00", 5, false, 0, 0 }, { "\xDF\x21\x01\x05", 4, true, 0xDF21, 1 },
        { "\xDF\xA1\x01\x05", 4, false, 0, 0 }, { "\x00\x00", 2, false, 0, 0 },
        { "\xFF\xFF", 2, false, 0, 0 }, { "\x30", 1, false, 0, 0 }, { "", 0, false, 0, 0 },
        { "\xDF\x21", 2, false, 0, 0 }, { "\x30\x82\x01", 3, false, 0, 0 },
        { "\x30\x00", 2, true, 0x30, 0 },
    };

    (void)state;
    for (size_t i = 0; i < countof(rows); i++) {
        struct ber ber = { (const unsigned char *)rows[i].bytes, rows[i].length };
        struct ber_item item;
        if (ber_next(&ber, &item) != rows[i].good)
            fail_msg("row %zu", i);
        if (rows[i].good && (item.tag != rows[i].tag || item.value.length != rows[i].value))
            fail_msg("row %zu", i);
    }
    assert_int_equal(ber_length((const unsigned char *)"\x30\x82\x04\x00", 4), 1028);
}

static void test_paths_of_a_directory(void **state)
{
    static const unsigned char od[] = {
        0xA8, 0x08, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0x44, 0x01,
        0xA4, 0x08, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0x44, 0x03,
        0xA5, 0x06, 0x30, 0x04, 0x04, 0x02, 0x44, 0x05,
        0xA4, 0x08, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0x44, 0x03,
        0xA6, 0x05, 0x30, 0x03, 0x04, 0x01, 0x44,
        0x00, 0x00,
    };
    struct pkcs15_paths paths = { .count = 0 };

    (void)state;
    pkcs15_directories((struct ber){ od, sizeof od }, &paths);
    assert_int_equal(paths.count, 2);
    assert_memory_equal(paths.at[0].ids, "\x44\x03", 2);
    assert_memory_equal(paths.at[1].ids, "\x44\x05", 2);
    for (unsigned char i = 0; i < 2 * PKCS15_FILES_MAX; i++)
        pkcs15_add_path(&paths, (unsigned char[]){ 0x50, i }, 2);
    assert_int_equal(paths.count, PKCS15_FILES_MAX);
}

static void test_historical_bytes(void **state)
{
    static const unsigned char cosmo[] = {
        0x3B, 0xDD, 0x96, 0x00, 0x80, 0x31, 0xFE, 0x45, 0x00, 0x31, 0xB8, 0x64, 0x04, 0x29, 0xEC,
        0xC1, 0x73, 0x94, 0x01, 0x80, 0x83, 0x49,
    };
    static const unsigned char endless[] = { 0x3B, 0xF0, 0xFF, 0xFF, 0xFF, 0xFF };
    size_t count;

    (void)state;
    assert_ptr_equal(atr_history(cosmo, sizeof cosmo, &count), cosmo + 8);
    assert_int_equal(count, 13);
    assert_null(atr_history(cosmo, 12, &count));
    assert_null(atr_history(endless, sizeof endless, &count));
    assert_null(atr_history(cosmo, 1, &count));
    assert_null(atr_history(cosmo + 1, sizeof cosmo - 1, &count));
}

static void test_days_of_a_certificate(void **state)
{
    struct x509_pile *pile = x509_pile_new();
    struct tree tree;
    char from[11], until[11];
    int at;

    (void)state;
    make_tree(&tree, DVV, "Meikäläinen");
    at = x509_add(pile, tree.der[2], tree.length[2]);
    assert_int_equal(at, 0);
    x509_days(pile, 0, from, until);
    assert_int_equal(strlen(from), 10);
    assert_true(strcmp(from, until) < 0);
    assert_int_equal(x509_add(pile, tree.der[2], tree.length[2] - 1), -1);
    assert_int_equal(x509_add(pile, (const unsigned char *)"\x30\x00", 2), -1);
    while (x509_add(pile, tree.der[2], tree.length[2]) >= 0)
        ;
    assert_int_equal(x509_count(pile), X509_PILE_MAX);
    assert_false(x509_pin(pile, "12"));
    x509_pile_free(pile);
    free_tree(&tree);
}

/* ---- the computer around the reader ---- */

static void make_file(const char *root, const char *path, const char *text)
{
    struct buf full = BUF_INIT;
    FILE *file;

    buf_addf(&full, "%s%s", root, path);
    for (char *at = full.text + strlen(root) + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        mkdir(full.text, 0700);
        *at = '/';
    }
    file = fopen(full.text, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    buf_free(&full);
}

static void look_around(const char *root, struct card_view *view)
{
    struct emitter to = { .fd = memfd_create("facts", 0) };
    struct config config;

    set_config(&config, NULL);
    config.root = root;
    add_config(&config, "vendor", "0C4B", "", "", "");
    add_config(&config, "path", "client", "/usr/bin/atostekid", "", "");
    add_config(&config, "package", "client", "atostek", "", "");
    add_config(&config, "package", "old_client", "mpollux", "", "");
    add_config(&config, "program", "scdaemon", "", "", "");
    system_emit(&config, &to);
    take_in(to.fd, view);
}

static void assert_fact(const struct card_view *view, const char *key, const char *value)
{
    const char *has = card_fact(&view->system, key);

    if (value ? !has || strcmp(has, value) != 0 : has != NULL)
        fail_msg("%s is %s, not %s", key, has ? has : "absent", value ? value : "absent");
}

#define PLIST_HEAD "<plist><dict>\n<key>ifdVendorID</key>\n<array>\n"
#define PLIST_MIDDLE "</array>\n<key>ifdProductID</key>\n<array>\n"

static void make_computer(const char *root)
{
    make_file(root, "/usr/sbin/pcscd", "");
    make_file(root, "/usr/lib/pcsc/drivers/ifd-ccid.bundle/Contents/Info.plist",
              PLIST_HEAD "<string>0x08E6</string><string>0x076B</string>"
              PLIST_MIDDLE "<string>0x3437</string><string>0x3031</string></array>");
    make_file(root, "/sys/bus/usb/devices/1-1/idVendor", "076b\n");
    make_file(root, "/sys/bus/usb/devices/1-1/idProduct", "3031\n");
    make_file(root, "/sys/bus/usb/devices/1-1/product", "Smart\x1B[1m Reader\n");
    make_file(root, "/sys/bus/usb/devices/1-1:1.0/bInterfaceClass", "0b\n");
    make_file(root, "/sys/bus/usb/devices/1-2/idVendor", "0c4b\n");
    make_file(root, "/sys/bus/usb/devices/1-2/idProduct", "0300\n");
    make_file(root, "/sys/bus/usb/devices/1-2:1.0/bInterfaceClass", "ff\n");
    make_file(root, "/sys/bus/usb/devices/1-3/idVendor", "046d\n");
    make_file(root, "/sys/bus/usb/devices/1-3/idProduct", "c077\n");
    make_file(root, "/sys/bus/usb/devices/1-3:1.0/bInterfaceClass", "03\n");
    make_file(root, "/proc/cpuinfo", "flags\t\t: fpu vme hypervisor lm\n");
    make_file(root, "/proc/4711/comm", "scdaemon\n");
    make_file(root, "/var/lib/dpkg/status",
              "Package: atostekid\nStatus: install ok installed\nVersion: 4.5.1.0\n\n"
              "Package: mpollux-digisign\nStatus: deinstall ok config-files\nVersion: 4.3\n\n");
    make_file(root, "/run/systemd/system/x", "");
    make_file(root, "/run/systemd/timesync/x", "");
}

static void test_a_computer_is_looked_at(void **state)
{
    char root[] = "/tmp/kantapolku-card-XXXXXX";
    struct card_view view = { .count = 0 };
    char command[80];

    (void)state;
    assert_non_null(mkdtemp(root));
    make_computer(root);
    look_around(root, &view);
    assert_fact(&view, "system.pcscd", "installed");
    assert_fact(&view, "system.ccid", "installed");
    assert_fact(&view, "system.init", "systemd");
    assert_fact(&view, "system.place", "virtual");
    assert_fact(&view, "system.synchronised", "no");
    assert_fact(&view, "system.programs", "scdaemon");
    assert_fact(&view, "usbs", "2");
    assert_fact(&view, "usb1.id", "076B:3031");
    assert_fact(&view, "usb1.class", "0B");
    assert_fact(&view, "usb1.listed", "yes");
    assert_fact(&view, "usb1.name", "Smart·[1m Reader");
    assert_fact(&view, "usb2.id", "0C4B:0300");
    assert_fact(&view, "usb2.class", "FF");
    assert_fact(&view, "usb2.listed", "no");
    assert_fact(&view, "software.client", "yes");
    assert_fact(&view, "software.client.version", "4.5.1.0");
    assert_fact(&view, "software.old_client", NULL);
    card_view_free(&view);
    snprintf(command, sizeof command, "rm -rf %s", root);
    assert_int_equal(system(command), 0);
}

static void test_a_bare_computer(void **state)
{
    char root[] = "/tmp/kantapolku-card-XXXXXX";
    struct card_view view = { .count = 0 };

    (void)state;
    assert_non_null(mkdtemp(root));
    look_around(root, &view);
    assert_fact(&view, "system.pcscd", "missing");
    assert_fact(&view, "system.ccid", "missing");
    assert_fact(&view, "system.init", "none");
    assert_fact(&view, "system.place", "machine");
    assert_fact(&view, "system.synchronised", NULL);
    assert_fact(&view, "system.programs", "–");
    assert_fact(&view, "usbs", "0");
    card_view_free(&view);
    rmdir(root);
}

/* ---- what the program is told ---- */

static bool told(struct config *config, const char *text)
{
    int fd = memfd_create("config", 0);
    bool good;

    assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
    lseek(fd, 0, SEEK_SET);
    good = config_read(config, fd);
    close(fd);
    return good;
}

static void test_the_configuration(void **state)
{
    struct config config;

    (void)state;
    assert_true(told(&config, "slow\t100\nissuer\tA\nissuer\tB\n\nrest"));
    assert_int_equal(config.slow_ms, 100);
    assert_int_equal(config.stop_ms, 20000);
    assert_string_equal(config_next(&config, "issuer", config_next(&config, "issuer", NULL))->field[1],
                        "B");
    config_free(&config);
    assert_false(told(&config, "issuer\tA\n"));
    config_free(&config);
    assert_false(told(&config, "unheard\tA\n\n"));
    config_free(&config);
}

#define ON_CARD(test) cmocka_unit_test_setup_teardown(test, make_bench, free_bench)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_door_lets_these_through),
        cmocka_unit_test(test_the_door_stops_these),
        cmocka_unit_test(test_no_other_instruction_passes),
        ON_CARD(test_a_whole_card_is_read),
        ON_CARD(test_a_card_that_knows_no_paths),
        ON_CARD(test_numbers_stay_on_the_card),
        ON_CARD(test_the_three_states_of_a_chain),
        ON_CARD(test_a_forged_signature_is_foreign),
        ON_CARD(test_no_code_is_asked_for_of_others),
        cmocka_unit_test(test_a_card_without_the_application),
        ON_CARD(test_a_card_that_hides_its_certificates),
        ON_CARD(test_a_failure_ends_the_reading),
        ON_CARD(test_names_that_are_hostile),
        cmocka_unit_test(test_tlv_never_leaves_its_bytes),
        cmocka_unit_test(test_paths_of_a_directory),
        cmocka_unit_test(test_historical_bytes),
        cmocka_unit_test(test_days_of_a_certificate),
        cmocka_unit_test(test_a_computer_is_looked_at),
        cmocka_unit_test(test_a_bare_computer),
        cmocka_unit_test(test_the_configuration),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
