/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Throw-away certificates for tests: a name, an issuer, a use. Everything is inline so that each
 * test program stays one file.
 */
#ifndef CARD_CERTS_H
#define CARD_CERTS_H

#include <openssl/conf.h>
#include <openssl/evp.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* A certificate with its key. */
struct test_cert {
    X509 *x509;
    EVP_PKEY *key;
};

/* What is in it; NULL: not there. `issuer` NULL: it issues itself. */
struct test_cert_spec {
    const char *cn, *o, *ou, *given, *surname, *title, *number;
    const char *usage, *policy;
    bool is_ca;
    long from_days, until_days;       /* from now */
};

static inline void cert_add_name(X509_NAME *name, const char *field, const char *value)
{
    if (value)
        X509_NAME_add_entry_by_txt(name, field, V_ASN1_UTF8STRING, (const unsigned char *)value,
                                   -1, -1, 0);
}

static inline void cert_add_extension(X509 *x509, int nid, const char *value)
{
    X509_EXTENSION *extension;
    X509V3_CTX context;
    CONF *conf;

    if (!value)
        return;
    conf = NCONF_new(NULL);
    X509V3_set_ctx(&context, x509, x509, NULL, NULL, 0);
    X509V3_set_nconf(&context, conf);
    extension = X509V3_EXT_nconf_nid(conf, &context, nid, value);
    X509_add_ext(x509, extension, -1);
    X509_EXTENSION_free(extension);
    NCONF_free(conf);
}

static inline struct test_cert cert_make(const struct test_cert_spec *spec,
                                         const struct test_cert *issuer)
{
    struct test_cert made = { X509_new(), EVP_EC_gen("P-256") };
    X509_NAME *subject = X509_get_subject_name(made.x509);

    X509_set_version(made.x509, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(made.x509), 7);
    X509_time_adj_ex(X509_getm_notBefore(made.x509), (int)spec->from_days, 0, NULL);
    X509_time_adj_ex(X509_getm_notAfter(made.x509), (int)spec->until_days, 0, NULL);
    X509_set_pubkey(made.x509, made.key);
    cert_add_name(subject, "C", "FI");
    cert_add_name(subject, "O", spec->o);
    cert_add_name(subject, "OU", spec->ou);
    cert_add_name(subject, "GN", spec->given);
    cert_add_name(subject, "SN", spec->surname);
    cert_add_name(subject, "title", spec->title);
    cert_add_name(subject, "serialNumber", spec->number);
    cert_add_name(subject, "CN", spec->cn);
    X509_set_issuer_name(made.x509, issuer ? X509_get_subject_name(issuer->x509) : subject);
    cert_add_extension(made.x509, NID_basic_constraints, spec->is_ca ? "critical,CA:TRUE" : NULL);
    cert_add_extension(made.x509, NID_key_usage, spec->usage);
    cert_add_extension(made.x509, NID_certificate_policies, spec->policy);
    X509_sign(made.x509, issuer ? issuer->key : made.key, EVP_sha256());
    return made;
}

static inline void cert_free(struct test_cert *cert)
{
    X509_free(cert->x509);
    EVP_PKEY_free(cert->key);
}

/* The certificate as bytes, the caller's to free with OPENSSL_free(). */
static inline unsigned char *cert_der(const struct test_cert *cert, size_t *length)
{
    unsigned char *der = NULL;
    int count = i2d_X509(cert->x509, &der);

    *length = count > 0 ? (size_t)count : 0;
    return der;
}

static inline void cert_sha256(const struct test_cert *cert, char out[65])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned length;

    X509_digest(cert->x509, EVP_sha256(), digest, &length);
    for (unsigned i = 0; i < 32; i++)
        snprintf(out + 2 * (size_t)i, 3, "%02X", digest[i]);
}

#endif
