/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * From an open channel to facts: application, directory, certificates, chain, codes.
 *
 * The order is the order of trust. Nothing but SELECT and READ BINARY is sent before a certificate
 * was read; codes are asked for only when the certificate is one of DVV's.
 */
#include "card/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "card/ber.h"
#include "card/pkcs15.h"
#include "card/x509.h"
#include "core/card_facts.h"

enum { SW_OK = 0x9000, SW_NO_FILE = 0x6A82, SW_UNKNOWN_REFERENCE = 0x6A88 };

/* What the steps of one reading share. */
struct reading {
    struct apdu_channel *channel;
    const struct config *config;
    const struct emitter *to;
    struct x509_pile *pile;
    struct pkcs15_paths lists, files;
    int numbers[X509_PILE_MAX];       /* of the facts, by position in the pile */
    int count;                        /* of numbers given so far */
    bool is_away;                     /* a folder beside the application is selected */
};

static struct ber whole(const struct buf *buf)
{
    return (struct ber){ (const unsigned char *)buf->text, buf->length };
}

/* ---- selecting ---- */

/* How a file is selected (ISO 7816-4, table 39). */
enum { BY_ID = 0x00, BY_ID_HERE = 0x02, BY_NAME = 0x04, BY_PATH = 0x08 };

static int select_application(struct reading *r)
{
    static const unsigned char name[] = { 0xA0, 0x00, 0x00, 0x00, 0x63, 0x50, 0x4B, 0x43, 0x53,
                                          0x2D, 0x31, 0x35 };

    r->is_away = false;
    return apdu_select(r->channel, BY_NAME, name, sizeof name);
}

/* The folder of the signature certificate, 5016, has a name too (FINEID S4-2). */
static int select_signature_folder(struct reading *r)
{
    static const unsigned char name[] = { 'E', '.', 'S', 'I', 'G', 'N' };

    r->is_away = true;
    return apdu_select(r->channel, BY_NAME, name, sizeof name);
}

static int select_folder(struct reading *r, const struct pkcs15_path *path)
{
    if (path->length == 4 && path->ids[0] == 0x50 && path->ids[1] == 0x16)
        return select_signature_folder(r);
    return r->is_away ? select_application(r) : SW_OK;
}

/* A file by its path; by its last id alone, in its folder, where the card does not know paths. */
static int select_path(struct reading *r, const struct pkcs15_path *path)
{
    static const unsigned char ways[] = { BY_ID_HERE, BY_ID };
    int sw = apdu_select(r->channel, BY_PATH, path->ids, path->length);
    int folder = sw >= 0 && sw != SW_OK ? select_folder(r, path) : SW_OK;

    if (folder < 0)
        return folder;
    for (size_t i = 0; i < countof(ways) && sw >= 0 && sw != SW_OK; i++)
        sw = apdu_select(r->channel, ways[i], path->ids + path->length - 2, 2);
    return sw;
}

static int read_path(struct reading *r, const struct pkcs15_path *path, bool one_item,
                     struct buf *out)
{
    int sw = select_path(r, path);

    buf_clear(out);
    return sw == SW_OK ? apdu_read_file(r->channel, one_item, out) : sw;
}

static int read_file(struct reading *r, unsigned id, struct buf *out)
{
    struct pkcs15_path path = { { (unsigned char)(id >> 8), (unsigned char)(id & 0xFF) }, 2 };

    return read_path(r, &path, false, out);
}

/* ---- the directory ---- */

static int read_label(struct reading *r)
{
    struct buf file = BUF_INIT;
    struct ber label;
    int sw = read_file(r, 0x5032, &file);

    if (sw == SW_OK && pkcs15_label(whole(&file), &label))
        emit_bytes(r->to, "label", label.at, label.length);
    buf_free(&file);
    return sw < 0 ? sw : 0;
}

static int read_directory(struct reading *r)
{
    struct buf file = BUF_INIT;
    int sw = read_file(r, 0x5031, &file);

    if (sw == SW_OK)
        pkcs15_directories(whole(&file), &r->lists);
    for (size_t i = 0; i < r->lists.count && sw >= 0; i++) {
        sw = read_path(r, &r->lists.at[i], false, &file);
        if (sw == SW_OK)
            pkcs15_certificates(whole(&file), &r->files);
    }
    buf_free(&file);
    return sw < 0 ? sw : 0;
}

/* Where FINEID S4-2 puts them, for a card whose directory does not lead there; the certificate of
 * the issuing authority stands in no directory. */
static void add_fixed_places(struct reading *r)
{
    static const unsigned char places[][4] = {
        { 0x43, 0x31 }, { 0x50, 0x16, 0x43, 0x32 }, { 0x43, 0x33 }, { 0x43, 0x34 }, { 0x43, 0x36 },
    };

    for (size_t i = 0; i < countof(places); i++)
        pkcs15_add_path(&r->files, places[i], places[i][2] ? 4 : 2);
}

/* ---- certificates ---- */

static void emit_cert(struct reading *r, int number, const char *what, const char *value)
{
    char key[CARD_KEY_MAX];

    snprintf(key, sizeof key, "cert%d.%s", number, what);
    emit(r->to, key, value);
}

static void emit_text(struct reading *r, size_t at, enum x509_text what, const char *name)
{
    struct buf text = BUF_INIT;
    char key[CARD_KEY_MAX];

    x509_text(r->pile, at, what, &text);
    snprintf(key, sizeof key, "cert%d.%s", r->numbers[at], name);
    emit_bytes(r->to, key, text.text, text.length);
    buf_free(&text);
}

/* The holder's number tells what kind of register it is from; the number itself is
 * not passed on. */
static void emit_digits(struct reading *r, size_t at)
{
    struct buf number = BUF_INIT;
    char count[24];
    size_t digits;

    x509_text(r->pile, at, X509_NUMBER, &number);
    digits = strspn(number.text, "0123456789");
    snprintf(count, sizeof count, "%zu", digits);
    if (digits > 0 && number.text[digits] == '\0')
        emit_cert(r, r->numbers[at], "digits", count);
    buf_free(&number);
}

static void emit_holder(struct reading *r, size_t at)
{
    emit_text(r, at, X509_HOLDER, "holder");
    emit_text(r, at, X509_TITLE, "title");
    emit_text(r, at, X509_ORGANISATION, "organisation");
    emit_digits(r, at);
}

static void emit_certificate(struct reading *r, size_t at)
{
    char from[11], until[11];
    enum x509_use use = x509_use(r->pile, at);

    r->numbers[at] = ++r->count;
    emit_cert(r, r->count, "use", x509_use_name(use));
    emit_text(r, at, X509_ISSUER, "issuer");
    emit_text(r, at, X509_ISSUER_O, "issuer_o");
    emit_text(r, at, X509_ISSUER_OU, "issuer_ou");
    emit_text(r, at, X509_POLICY, "policy");
    x509_days(r->pile, at, from, until);
    emit_cert(r, r->count, "from", from);
    emit_cert(r, r->count, "until", until);
    if (use != X509_CA)
        emit_holder(r, at);
}

/* A certificate of the holder that is there and may not be read is a fact too. */
static void emit_unreadable(struct reading *r, const struct pkcs15_path *path, int sw)
{
    static const unsigned char auth[] = { 0x43, 0x31 }, sign[] = { 0x43, 0x32 };
    const unsigned char *id = path->ids + path->length - 2;
    bool is_auth = memcmp(id, auth, 2) == 0;
    char word[12];

    if (sw == SW_NO_FILE || (!is_auth && memcmp(id, sign, 2) != 0))
        return;
    snprintf(word, sizeof word, "%04X", (unsigned)sw);
    emit_cert(r, ++r->count, "use", is_auth ? "auth" : "sign");
    emit_cert(r, r->count, "unreadable", word);
}

static int read_certificate(struct reading *r, const struct pkcs15_path *path)
{
    struct buf file = BUF_INIT;
    int sw = read_path(r, path, true, &file), at;

    if (sw == SW_OK) {
        at = x509_add(r->pile, (const unsigned char *)file.text, file.length);
        if (at >= 0)
            emit_certificate(r, (size_t)at);
    } else if (sw >= 0) {
        emit_unreadable(r, path, sw);
    }
    buf_free(&file);
    return sw < 0 ? sw : 0;
}

static int read_certificates(struct reading *r)
{
    int code = 0, of_holder = 0;

    for (size_t i = 0; i < r->files.count && !code; i++)
        code = read_certificate(r, &r->files.at[i]);
    for (size_t i = 0; i < x509_count(r->pile); i++)
        of_holder += x509_use(r->pile, i) != X509_CA;
    if (!code)
        emitf(r->to, "certs", "%d", of_holder);
    return code;
}

/* ---- trust ---- */

static void load_trust(struct reading *r)
{
    for (const struct config_row *row = NULL; (row = config_next(r->config, "pin", row));)
        x509_pin(r->pile, row->field[1]);
    for (const struct config_row *row = NULL; (row = config_next(r->config, "anchor", row));)
        x509_trust_file(r->pile, row->field[1]);
}

static bool has_known_issuer(struct reading *r, size_t at)
{
    struct buf name = BUF_INIT;
    bool known = false;

    x509_text(r->pile, at, X509_ISSUER_O, &name);
    for (const struct config_row *row = NULL; (row = config_next(r->config, "issuer", row));)
        known |= *row->field[1] && strncmp(name.text, row->field[1], strlen(row->field[1])) == 0;
    buf_free(&name);
    return known;
}

/* Names that fit count for something only where the issuer is one that is known. */
static enum x509_chain chain_of(struct reading *r, size_t at, struct buf *name)
{
    enum x509_chain chain = x509_chain(r->pile, at, name);

    return chain == X509_NAMES && !has_known_issuer(r, at) ? X509_FOREIGN : chain;
}

/* The worst chain of the holder's certificates is the card's. */
static void judge_chain(struct reading *r)
{
    static const char *const names[] = { "complete", "names", "foreign" };
    enum x509_chain worst = X509_COMPLETE;
    struct buf name = BUF_INIT;
    bool any = false;

    for (size_t i = 0; i < x509_count(r->pile); i++) {
        struct buf one = BUF_INIT;
        enum x509_chain chain;
        if (x509_use(r->pile, i) == X509_CA)
            continue;
        chain = chain_of(r, i, &one);
        if (!any || chain > worst) {
            worst = chain;
            buf_clear(&name);
            buf_add_n(&name, one.text, one.length);
        }
        any = true;
        buf_free(&one);
    }
    if (any) {
        emit(r->to, "chain", names[worst]);
        emit_bytes(r->to, worst == X509_COMPLETE ? "chain_root" : "chain_missing", name.text,
                   name.length);
    }
    r->channel->is_known = any && worst != X509_FOREIGN;
    emit(r->to, "gate", r->channel->is_known ? "open" : "closed");
    buf_free(&name);
}

/* ---- codes ---- */

static unsigned char reference_of(const char *text)
{
    return (unsigned char)strtoul(text, NULL, 16);
}

/* DF2F in the answer: whether the code was changed from the one that it was made with. */
static int read_details(struct reading *r, const char *name, unsigned char reference)
{
    struct buf answer = BUF_INIT;
    struct ber_item outer, changed;
    struct ber bytes;
    char key[CARD_KEY_MAX];
    int sw = apdu_get_code_data(r->channel, reference, &answer);

    bytes = whole(&answer);
    snprintf(key, sizeof key, "%s.changed", name);
    if (sw == SW_OK && ber_find(&bytes, 0xA0, &outer)
        && ber_find(&outer.value, 0xDF2F, &changed) && changed.value.length == 1)
        emit(r->to, key, changed.value.at[0] ? "1" : "0");
    buf_free(&answer);
    return sw < 0 ? sw : 0;
}

static int ask_code(struct reading *r, const char *name, unsigned char reference, bool details)
{
    int sw = apdu_ask_tries(r->channel, reference);

    if (sw < 0)
        return sw;
    emitf(r->to, name, "%04X", (unsigned)sw);
    return details && strcmp(name, "puk") != 0 ? read_details(r, name, reference) : 0;
}

/* The set of references whose first code the card knows; the last one if it knows none. */
static int ask_codes(struct reading *r)
{
    static const char *const names[] = { "pin1", "pin2", "puk" };
    const struct config_row *row = NULL, *found = NULL;
    int sw = SW_UNKNOWN_REFERENCE, code = 0;

    while (sw == SW_UNKNOWN_REFERENCE && (row = config_next(r->config, "codes", row))) {
        sw = apdu_ask_tries(r->channel, reference_of(row->field[2]));
        found = row;
    }
    if (sw < 0)
        return sw;
    if (!found)
        return 0;
    emit(r->to, "pins", found->field[1]);
    for (size_t i = 0; i < countof(names) && !code; i++)
        code = ask_code(r, names[i], reference_of(found->field[2 + i]),
                        strcmp(found->field[5], "details") == 0);
    return code;
}

/* ---- the whole ---- */

/* The codes are asked for in the application, wherever reading has led. */
static int ask_in_application(struct reading *r)
{
    int sw = r->is_away ? select_application(r) : SW_OK;

    return sw < 0 ? sw : ask_codes(r);
}

static int read_all(struct reading *r)
{
    int sw = select_application(r), code;

    if (sw >= 0)
        emitf(r->to, "application", "%04X", (unsigned)sw);
    if (sw != SW_OK)
        return sw < 0 ? sw : 0;
    code = read_label(r);
    if (!code)
        code = read_directory(r);
    add_fixed_places(r);
    if (!code)
        code = read_certificates(r);
    if (code)
        return code;
    judge_chain(r);
    return r->channel->is_known ? ask_in_application(r) : 0;
}

int read_card(struct apdu_channel *channel, const struct config *config, const struct emitter *to)
{
    struct reading r = { .channel = channel, .config = config, .to = to };
    int code;

    r.pile = x509_pile_new();
    load_trust(&r);
    code = read_all(&r);
    x509_pile_free(r.pile);
    return code;
}
