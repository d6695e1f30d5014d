/* Symbols: strings interned once, compared as integers.
 *
 * Purpose: every identifier and every string value of the interpreter is one 32-bit id, the same in all threads of a session.
 * Ownership: the table owns the bytes that the program does not carry; they stay valid and in place until nw_symbols_release.
 * Invariants: equal bytes have equal ids; id 0 is the empty string; the names of known_names.def have fixed ids
 * (NW_NAME_...), so that code compares them without a lookup. Ids never order output: they depend on which thread came first.
 * Threads: all functions but init and release may be called at once. A string that is known is found without a lock; a new
 * one is entered under it. An id reaches another thread through the table itself or through another lock. */
#ifndef NW_BASE_SYMBOL_H
#define NW_BASE_SYMBOL_H

#include "base/arena.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

typedef struct nw_symbol {
    uint32_t v;
} nw_symbol;

typedef struct nw_text {
    const char *bytes; /* always followed by a zero byte when it comes from a symbol */
    uint32_t size;
} nw_text;

/* Open addressing: 0 = free, otherwise id + 1. A larger one replaces it when half is taken; the old one stays for its readers. */
typedef struct nw_symbol_slots {
    uint32_t count; /* a power of two */
    _Atomic uint32_t items[];
} nw_symbol_slots;

enum { NW_SYMBOL_CHUNKS = 20, NW_SYMBOL_PAIRS = 16384 };

typedef struct nw_symbols {
    nw_symbol_slots *_Atomic slots;
    nw_text *chunks[NW_SYMBOL_CHUNKS]; /* of the ids beyond the preset; each holds twice as many as the one before */
    _Atomic uint64_t pairs[NW_SYMBOL_PAIRS]; /* what nw_symbol_dotted gave last: outer, inner and the result's id + 1; 0: nothing */
    uint32_t count; /* this and the rest under the lock */
    nw_arena arena;
    pthread_mutex_t lock;
} nw_symbols;

/* What every table begins with: known_names.def, then the strings of the catalog. Constant data that tools/compile_catalog.c
 * writes (which itself begins with an empty one). */
typedef struct nw_symbol_preset {
    const nw_text *texts;
    const uint32_t *slots;
    uint32_t count, slot_count;
} nw_symbol_preset;

extern const nw_symbol_preset nw_preset_symbols;

enum nw_known_name {
    NW_NAME_EMPTY = 0,
#define NW_KNOWN_NAME(id, text) NW_NAME_##id,
#include "base/known_names.def"
#undef NW_KNOWN_NAME
    NW_KNOWN_NAME_COUNT
};

void nw_symbols_init(nw_symbols *symbols);
void nw_symbols_release(nw_symbols *symbols);
nw_symbol nw_symbol_intern(nw_symbols *symbols, const char *bytes, size_t size);
nw_symbol nw_symbol_of(nw_symbols *symbols, const char *zero_terminated);
/* outer.inner */
nw_symbol nw_symbol_dotted(nw_symbols *symbols, nw_symbol outer, nw_symbol inner);
nw_symbol nw_symbol_dotted_text(nw_symbols *symbols, nw_text outer, nw_text inner);

/* Where the text of an id beyond the preset lies. */
typedef struct nw_symbol_place {
    uint32_t chunk, offset;
} nw_symbol_place;

enum { NW_SYMBOL_FIRST_CHUNK_BITS = 10 };

static inline nw_symbol_place nw_symbol_place_of(uint32_t id)
{
    uint32_t at = id - nw_preset_symbols.count + (1u << NW_SYMBOL_FIRST_CHUNK_BITS);
    uint32_t chunk = 31u - (uint32_t)__builtin_clz(at) - NW_SYMBOL_FIRST_CHUNK_BITS;
    return (nw_symbol_place){chunk, at - (1u << (chunk + NW_SYMBOL_FIRST_CHUNK_BITS))};
}

static inline nw_text nw_symbol_text(const nw_symbols *symbols, nw_symbol symbol)
{
    if (symbol.v < nw_preset_symbols.count)
        return nw_preset_symbols.texts[symbol.v];
    nw_symbol_place place = nw_symbol_place_of(symbol.v);
    return symbols->chunks[place.chunk][place.offset];
}

bool nw_text_same(nw_text a, nw_text b);
/* The zero-terminated bytes, for messages. */
const char *nw_symbol_bytes(const nw_symbols *symbols, nw_symbol symbol);

#endif
