/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * Certificates: what they say, and whether they lead to a root of trust.
 *
 * A pile holds the certificates of one card and the anchors. An anchor is a certificate whose
 * SHA-256 is pinned, or one that was given as trusted. Times are not part of the chain: that a
 * certificate has expired is another verdict than that it was forged.
 */
#ifndef CARD_X509_H
#define CARD_X509_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"

enum { X509_PILE_MAX = 16, X509_PINS_MAX = 16, X509_SHA256 = 32 };

/* What a certificate is for, by its key usage (FINEID S2, 6): never both for one of a person. */
enum x509_use { X509_AUTH, X509_SIGN, X509_CA, X509_OTHER };
const char *x509_use_name(enum x509_use use);

struct x509_pile;

struct x509_pile *x509_pile_new(void);
void x509_pile_free(struct x509_pile *pile);

/* Pins a root: 64 hexadecimal digits. False when they are not, or there are too many. */
bool x509_pin(struct x509_pile *pile, const char *sha256);
/* Trusts the certificates of a file, PEM or DER. Returns how many there were. */
int x509_trust_file(struct x509_pile *pile, const char *path);

/* Adds a certificate of the card, DER, followed by what may be padding. Returns its position, or -1
 * when the bytes are no certificate or the pile is full. */
int x509_add(struct x509_pile *pile, const unsigned char *der, size_t length);
size_t x509_count(const struct x509_pile *pile);

enum x509_use x509_use(const struct x509_pile *pile, size_t at);

/* Texts of a certificate. Raw UTF-8 as the certificate has it: whoever passes it on cleans it.
 * Nothing is appended when it has none. */
enum x509_text {
    X509_ISSUER, X509_ISSUER_O, X509_ISSUER_OU, X509_HOLDER, X509_TITLE, X509_ORGANISATION,
    X509_POLICY, X509_NUMBER
};
void x509_text(const struct x509_pile *pile, size_t at, enum x509_text what, struct buf *out);

/* The first and the last day, "2031-10-22"; "" when it is no date. */
void x509_days(const struct x509_pile *pile, size_t at, char from[11], char until[11]);

/* How far the chain of a certificate reaches: to a pinned root; no further than a name that is not
 * there; or elsewhere, to a root that nobody knows or with a signature that is wrong. */
enum x509_chain { X509_COMPLETE, X509_NAMES, X509_FOREIGN };
/* Appends the name of the root, or of the issuer whose certificate is missing. */
enum x509_chain x509_chain(const struct x509_pile *pile, size_t at, struct buf *name);

#endif
