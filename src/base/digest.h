/* Digest: BLAKE2b with 32 bytes (RFC 7693), for keys of what is stored and to tell whether it is whole.
 * Ownership: none. */
#ifndef NW_BASE_DIGEST_H
#define NW_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { NW_DIGEST_BYTES = 32 };

typedef struct nw_digest {
    uint8_t bytes[NW_DIGEST_BYTES];
} nw_digest;

/* A digest under construction. */
typedef struct nw_digesting {
    uint64_t state[8];
    uint64_t count;      /* bytes that went into the state */
    uint8_t block[128];
    size_t used;
} nw_digesting;

void nw_digest_begin(nw_digesting *digesting);
void nw_digest_add(nw_digesting *digesting, const void *bytes, size_t size);
/* With its zero byte, so that two texts are not one longer one. NULL is the empty text. */
void nw_digest_add_text(nw_digesting *digesting, const char *text);
nw_digest nw_digest_end(nw_digesting *digesting);
nw_digest nw_digest_of(const void *bytes, size_t size);

#endif
