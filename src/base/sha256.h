/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SHA-256 of bytes that come in pieces: names a file by its content. Start with sha256_init().
 */
#ifndef BASE_SHA256_H
#define BASE_SHA256_H

#include <stddef.h>
#include <stdint.h>

enum { SHA256_TEXT = 65 };

struct sha256 {
    uint32_t state[8];
    uint64_t length;          /* bytes so far */
    unsigned char block[64];
};

/* Begins; then the bytes come, in as many pieces as wanted. */
void sha256_init(struct sha256 *sha);
void sha256_add(struct sha256 *sha, const void *bytes, size_t length);

/* Ends it and writes 64 hexadecimal digits and a NUL. */
void sha256_end(struct sha256 *sha, char out[SHA256_TEXT]);

#endif
