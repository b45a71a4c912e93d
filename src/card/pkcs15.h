/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * The directory of a card: ISO 7816-15 (PKCS#15), as far as it leads to certificates.
 *
 * Pure functions over the bytes of the files; all bytes are hostile. Where each file is comes from
 * EF.OD (5031); where a card has none, the places that FINEID S4-2 fixes are used.
 */
#ifndef CARD_PKCS15_H
#define CARD_PKCS15_H

#include "card/ber.h"

enum { PKCS15_PATH_MAX = 16, PKCS15_FILES_MAX = 16, PKCS15_LABEL_MAX = 64 };

/* A path of two-byte file ids from the top, without 3F00. */
struct pkcs15_path {
    unsigned char ids[PKCS15_PATH_MAX];
    size_t length;
};

struct pkcs15_paths {
    struct pkcs15_path at[PKCS15_FILES_MAX];
    size_t count;
};

/* Adds a path unless it is there already, or there is no room. */
void pkcs15_add_path(struct pkcs15_paths *paths, const unsigned char *ids, size_t length);

/* EF.OD: the files that list certificates, of the holder and of the issuers. */
void pkcs15_directories(struct ber od, struct pkcs15_paths *out);

/* A list of certificates (EF.CD): where each certificate is. */
void pkcs15_certificates(struct ber cd, struct pkcs15_paths *out);

/* EF.CIAInfo: what the card calls itself, as raw bytes; false when it does not say. */
bool pkcs15_label(struct ber info, struct ber *label);

#endif
