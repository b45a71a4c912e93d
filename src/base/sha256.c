/* SPDX-License-Identifier: EUPL-1.2 */
/*
 * SHA-256 (FIPS 180-4).
 */
#include "base/sha256.h"

#include <stdio.h>
#include <string.h>

/* The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t turn(uint32_t word, int by)
{
    return word >> by | word << (32 - by);
}

static void spread(uint32_t w[64], const unsigned char *block)
{
    for (int i = 0; i < 16; i++, block += 4)
        w[i] = (uint32_t)block[0] << 24 | (uint32_t)block[1] << 16 | (uint32_t)block[2] << 8 |
               block[3];
    for (int i = 16; i < 64; i++) {
        uint32_t a = w[i - 15], b = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (turn(a, 7) ^ turn(a, 18) ^ a >> 3) +
               (turn(b, 17) ^ turn(b, 19) ^ b >> 10);
    }
}

/* One round. The eight words change places from round to round instead of being moved. */
static inline void turn_round(uint32_t a, uint32_t b, uint32_t c, uint32_t *d, uint32_t e,
                              uint32_t f, uint32_t g, uint32_t *h, uint32_t word)
{
    uint32_t one = *h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + word;

    *d += one;
    *h = one + (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
}

static void mix(struct sha256 *sha, const unsigned char *block)
{
    uint32_t w[64], a = sha->state[0], b = sha->state[1], c = sha->state[2], d = sha->state[3];
    uint32_t e = sha->state[4], f = sha->state[5], g = sha->state[6], h = sha->state[7];

    spread(w, block);
    for (int i = 0; i < 64; i += 8) {
        turn_round(a, b, c, &d, e, f, g, &h, constants[i] + w[i]);
        turn_round(h, a, b, &c, d, e, f, &g, constants[i + 1] + w[i + 1]);
        turn_round(g, h, a, &b, c, d, e, &f, constants[i + 2] + w[i + 2]);
        turn_round(f, g, h, &a, b, c, d, &e, constants[i + 3] + w[i + 3]);
        turn_round(e, f, g, &h, a, b, c, &d, constants[i + 4] + w[i + 4]);
        turn_round(d, e, f, &g, h, a, b, &c, constants[i + 5] + w[i + 5]);
        turn_round(c, d, e, &f, g, h, a, &b, constants[i + 6] + w[i + 6]);
        turn_round(b, c, d, &e, f, g, h, &a, constants[i + 7] + w[i + 7]);
    }
    const uint32_t add[8] = { a, b, c, d, e, f, g, h };
    for (int i = 0; i < 8; i++)
        sha->state[i] += add[i];
}

void sha256_init(struct sha256 *sha)
{
    static const uint32_t start[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                       0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

    memcpy(sha->state, start, sizeof start);
    sha->length = 0;
}

void sha256_add(struct sha256 *sha, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    size_t kept = sha->length % sizeof sha->block;

    sha->length += length;
    while (kept + length >= sizeof sha->block) {
        size_t more = sizeof sha->block - kept;
        if (kept > 0)
            memcpy(sha->block + kept, at, more);
        mix(sha, kept > 0 ? sha->block : at);
        at += more;
        length -= more;
        kept = 0;
    }
    if (length > 0)
        memcpy(sha->block + kept, at, length);
}

void sha256_end(struct sha256 *sha, char out[SHA256_TEXT])
{
    static const unsigned char padding[64] = { 0x80 };
    uint64_t bits = sha->length * 8;
    unsigned char size[8];

    for (int i = 0; i < 8; i++)
        size[i] = (unsigned char)(bits >> (56 - 8 * i));
    sha256_add(sha, padding, 64 - (sha->length + 8) % 64);
    sha256_add(sha, size, sizeof size);
    for (int i = 0; i < 8; i++)
        snprintf(out + 8 * i, 9, "%08lx", (unsigned long)sha->state[i]);
}
