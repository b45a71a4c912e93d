/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Certificates by OpenSSL: the only file that knows it.
 */
#include "card/x509.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { TEXT_MAX = 200, POLICIES_MAX = 8, CHAIN_DEPTH = 6, FILE_CERTIFICATES_MAX = 64 };

struct x509_pile {
    X509 *cards[X509_PILE_MAX];
    size_t count;
    STACK_OF(X509) *trusted;  /* of files */
    unsigned char pins[X509_PINS_MAX][X509_SHA256];
    size_t pin_count;
};

struct x509_pile *x509_pile_new(void)
{
    struct x509_pile *pile = xcalloc(1, sizeof *pile);

    pile->trusted = sk_X509_new_null();
    return pile;
}

void x509_pile_free(struct x509_pile *pile)
{
    if (!pile)
        return;
    for (size_t i = 0; i < pile->count; i++)
        X509_free(pile->cards[i]);
    sk_X509_pop_free(pile->trusted, X509_free);
    free(pile);
}

/* ---- what is trusted ---- */

static int hex_digit(char c)
{
    const char *digits = "0123456789ABCDEF", *at = c ? strchr(digits, c) : NULL;

    return at ? (int)(at - digits) : -1;
}

bool x509_pin(struct x509_pile *pile, const char *sha256)
{
    unsigned char *pin;

    if (pile->pin_count >= X509_PINS_MAX || strlen(sha256) != (size_t)2 * X509_SHA256)
        return false;
    pin = pile->pins[pile->pin_count];
    for (size_t i = 0; i < X509_SHA256; i++) {
        int high = hex_digit(sha256[2 * i]), low = hex_digit(sha256[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        pin[i] = (unsigned char)(high << 4 | low);
    }
    pile->pin_count++;
    return true;
}

static int read_pem(FILE *file, STACK_OF(X509) *out)
{
    int count = 0;
    X509 *one;

    while (count < FILE_CERTIFICATES_MAX && (one = PEM_read_X509(file, NULL, NULL, NULL))) {
        sk_X509_push(out, one);
        count++;
    }
    return count;
}

int x509_trust_file(struct x509_pile *pile, const char *path)
{
    FILE *file = fopen(path, "rb");
    int count;
    X509 *one;

    if (!file)
        return 0;
    count = read_pem(file, pile->trusted);
    if (count == 0) {
        rewind(file);
        one = d2i_X509_fp(file, NULL);
        count = one && sk_X509_push(pile->trusted, one);
    }
    fclose(file);
    ERR_clear_error();
    return count;
}

/* ---- the pile ---- */

int x509_add(struct x509_pile *pile, const unsigned char *der, size_t length)
{
    const unsigned char *at = der;
    X509 *one;

    if (pile->count >= X509_PILE_MAX)
        return -1;
    one = d2i_X509(NULL, &at, (long)length);
    ERR_clear_error();
    if (!one)
        return -1;
    pile->cards[pile->count] = one;
    return (int)pile->count++;
}

size_t x509_count(const struct x509_pile *pile)
{
    return pile->count;
}

const char *x509_use_name(enum x509_use use)
{
    static const char *const names[] = { "auth", "sign", "ca", "other" };

    return names[use];
}

enum x509_use x509_use(const struct x509_pile *pile, size_t at)
{
    X509 *one = pile->cards[at];
    uint32_t flags = X509_get_extension_flags(one), usage;

    if (flags & EXFLAG_CA)
        return X509_CA;
    if (!(flags & EXFLAG_KUSAGE))
        return X509_OTHER;
    usage = X509_get_key_usage(one);
    return usage & KU_DIGITAL_SIGNATURE ? X509_AUTH
         : usage & KU_NON_REPUDIATION ? X509_SIGN : X509_OTHER;
}

/* ---- texts ---- */

static void add_string(const ASN1_STRING *string, struct buf *out)
{
    unsigned char *utf8 = NULL;
    int length = ASN1_STRING_to_UTF8(&utf8, string);

    if (length > 0)
        buf_add_n(out, (const char *)utf8, length > TEXT_MAX ? TEXT_MAX : (size_t)length);
    OPENSSL_free(utf8);
    ERR_clear_error();
}

static void add_name_part(const X509_NAME *name, int nid, struct buf *out)
{
    int at = name ? X509_NAME_get_index_by_NID(name, nid, -1) : -1;

    if (at >= 0)
        add_string(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)), out);
}

/* The given name and the surname; the common name ends in a number, which is left out. */
static void add_holder(const X509_NAME *name, struct buf *out)
{
    size_t before = out->length;

    add_name_part(name, NID_givenName, out);
    if (out->length > before)
        buf_add_char(out, ' ');
    add_name_part(name, NID_surname, out);
    if (out->length > before)
        return;
    add_name_part(name, NID_commonName, out);
    buf_cut(out, before + strcspn(out->text + before, "0123456789"));
    buf_trim(out);
}

static void add_policies(X509 *one, struct buf *out)
{
    CERTIFICATEPOLICIES *policies = X509_get_ext_d2i(one, NID_certificate_policies, NULL, NULL);
    int count = policies ? sk_POLICYINFO_num(policies) : 0;

    for (int i = 0; i < count && i < POLICIES_MAX; i++) {
        char oid[80];
        int length = OBJ_obj2txt(oid, sizeof oid, sk_POLICYINFO_value(policies, i)->policyid, 1);
        if (length > 0 && (size_t)length < sizeof oid)
            buf_addf(out, "%s%s", out->length ? " " : "", oid);
    }
    CERTIFICATEPOLICIES_free(policies);
    ERR_clear_error();
}

void x509_text(const struct x509_pile *pile, size_t at, enum x509_text what, struct buf *out)
{
    X509 *one = pile->cards[at];
    const X509_NAME *issuer = X509_get_issuer_name(one), *subject = X509_get_subject_name(one);

    switch (what) {
    case X509_ISSUER: add_name_part(issuer, NID_commonName, out); break;
    case X509_ISSUER_O: add_name_part(issuer, NID_organizationName, out); break;
    case X509_ISSUER_OU: add_name_part(issuer, NID_organizationalUnitName, out); break;
    case X509_HOLDER: add_holder(subject, out); break;
    case X509_TITLE: add_name_part(subject, NID_title, out); break;
    case X509_ORGANISATION: add_name_part(subject, NID_organizationName, out); break;
    case X509_NUMBER: add_name_part(subject, NID_serialNumber, out); break;
    case X509_POLICY: add_policies(one, out); break;
    }
}

static void write_day(const ASN1_TIME *time, char out[11])
{
    struct tm tm;

    out[0] = '\0';
    if (time && ASN1_TIME_to_tm(time, &tm) && tm.tm_year >= 0 && tm.tm_year < 8000) {
        char day[40];
        snprintf(day, sizeof day, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
        memcpy(out, day, 10);
        out[10] = '\0';
    }
    ERR_clear_error();
}

void x509_days(const struct x509_pile *pile, size_t at, char from[11], char until[11])
{
    write_day(X509_get0_notBefore(pile->cards[at]), from);
    write_day(X509_get0_notAfter(pile->cards[at]), until);
}

/* ---- chains ---- */

static bool is_pinned(const struct x509_pile *pile, const X509 *one)
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length = 0;

    if (!X509_digest(one, EVP_sha256(), digest, &length) || length != X509_SHA256)
        return false;
    for (size_t i = 0; i < pile->pin_count; i++)
        if (memcmp(pile->pins[i], digest, X509_SHA256) == 0)
            return true;
    return false;
}

static bool is_self_issued(const X509 *one)
{
    return X509_NAME_cmp(X509_get_subject_name(one), X509_get_issuer_name(one)) == 0;
}

/* Roots that are trusted go to the store; whatever else is there helps to build the chain. */
static void sort_out(const struct x509_pile *pile, X509_STORE *store, STACK_OF(X509) *helpers)
{
    for (size_t i = 0; i < pile->count; i++) {
        if (is_pinned(pile, pile->cards[i]))
            X509_STORE_add_cert(store, pile->cards[i]);
        else
            sk_X509_push(helpers, pile->cards[i]);
    }
    for (int i = 0; i < sk_X509_num(pile->trusted); i++) {
        X509 *one = sk_X509_value(pile->trusted, i);
        if (is_self_issued(one))
            X509_STORE_add_cert(store, one);
        else
            sk_X509_push(helpers, one);
    }
}

static enum x509_chain judge(X509_STORE_CTX *context, bool verified, struct buf *name)
{
    int error = X509_STORE_CTX_get_error(context);
    STACK_OF(X509) *chain = X509_STORE_CTX_get0_chain(context);
    int length = chain ? sk_X509_num(chain) : 0;
    const X509 *last = length > 0 ? sk_X509_value(chain, length - 1) : NULL;

    if (verified && last) {
        add_name_part(X509_get_subject_name(last), NID_commonName, name);
        return X509_COMPLETE;
    }
    if (last)
        add_name_part(X509_get_issuer_name(last), NID_commonName, name);
    switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
        return X509_NAMES;
    default:
        return X509_FOREIGN;
    }
}

enum x509_chain x509_chain(const struct x509_pile *pile, size_t at, struct buf *name)
{
    X509_STORE *store = X509_STORE_new();
    X509_STORE_CTX *context = X509_STORE_CTX_new();
    STACK_OF(X509) *helpers = sk_X509_new_null();
    enum x509_chain result = X509_FOREIGN;

    sort_out(pile, store, helpers);
    if (X509_STORE_CTX_init(context, store, pile->cards[at], helpers)) {
        X509_STORE_CTX_set_flags(context, X509_V_FLAG_NO_CHECK_TIME);
        X509_STORE_CTX_set_depth(context, CHAIN_DEPTH);
        result = judge(context, X509_verify_cert(context) == 1, name);
    }
    X509_STORE_CTX_free(context);
    sk_X509_free(helpers);
    X509_STORE_free(store);
    ERR_clear_error();
    return result;
}
