#include "base/digest.h"

#include <string.h>

static const uint64_t start[8] = {0x6a09e667f3bcc908u, 0xbb67ae8584caa73bu, 0x3c6ef372fe94f82bu, 0xa54ff53a5f1d36f1u,
                                  0x510e527fade682d1u, 0x9b05688c2b3e6c1fu, 0x1f83d9abfb41bd6bu, 0x5be0cd19137e2179u};

static const uint8_t order[12][16] = {
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
    {11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4}, {7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8},
    {9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13}, {2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9},
    {12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11}, {13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10},
    {6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5}, {10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0},
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15}, {14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3},
};

static uint64_t turn(uint64_t value, unsigned by)
{
    return value >> by | value << (64 - by);
}

static void mix(uint64_t v[16], unsigned a, unsigned b, unsigned c, unsigned d, uint64_t x, uint64_t y)
{
    v[a] += v[b] + x;
    v[d] = turn(v[d] ^ v[a], 32);
    v[c] += v[d];
    v[b] = turn(v[b] ^ v[c], 24);
    v[a] += v[b] + y;
    v[d] = turn(v[d] ^ v[a], 16);
    v[c] += v[d];
    v[b] = turn(v[b] ^ v[c], 63);
}

static uint64_t word_at(const uint8_t *bytes)
{
    uint64_t word = 0;
    for (unsigned i = 0; i < 8; i++)
        word |= (uint64_t)bytes[i] << (8 * i);
    return word;
}

static void compress(nw_digesting *d, const uint8_t *block, bool is_last)
{
    uint64_t v[16], m[16];
    for (unsigned i = 0; i < 16; i++)
        m[i] = word_at(block + 8 * i);
    for (unsigned i = 0; i < 8; i++) {
        v[i] = d->state[i];
        v[i + 8] = start[i];
    }
    v[12] ^= d->count;
    v[14] ^= is_last ? ~(uint64_t)0 : 0;
    for (unsigned i = 0; i < 12; i++) {
        const uint8_t *s = order[i];
        mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
        mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
        mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
        mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
        mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
        mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
        mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
        mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
    }
    for (unsigned i = 0; i < 8; i++)
        d->state[i] ^= v[i] ^ v[i + 8];
}

void nw_digest_begin(nw_digesting *digesting)
{
    *digesting = (nw_digesting){.count = 0};
    memcpy(digesting->state, start, sizeof start);
    digesting->state[0] ^= 0x01010000u ^ NW_DIGEST_BYTES;
}

/* The last block is kept back: it is marked as such. */
void nw_digest_add(nw_digesting *digesting, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    while (size) {
        if (digesting->used == sizeof digesting->block) {
            digesting->count += sizeof digesting->block;
            compress(digesting, digesting->block, false);
            digesting->used = 0;
        }
        size_t room = sizeof digesting->block - digesting->used, taken = size < room ? size : room;
        memcpy(digesting->block + digesting->used, at, taken);
        digesting->used += taken;
        at += taken;
        size -= taken;
    }
}

void nw_digest_add_text(nw_digesting *digesting, const char *text)
{
    nw_digest_add(digesting, text ? text : "", text ? strlen(text) + 1 : 1);
}

nw_digest nw_digest_end(nw_digesting *digesting)
{
    nw_digest digest;
    digesting->count += digesting->used;
    memset(digesting->block + digesting->used, 0, sizeof digesting->block - digesting->used);
    compress(digesting, digesting->block, true);
    for (unsigned i = 0; i < NW_DIGEST_BYTES; i++)
        digest.bytes[i] = (uint8_t)(digesting->state[i / 8] >> (8 * (i % 8)));
    return digest;
}

nw_digest nw_digest_of(const void *bytes, size_t size)
{
    nw_digesting digesting;
    nw_digest_begin(&digesting);
    nw_digest_add(&digesting, bytes, size);
    return nw_digest_end(&digesting);
}
