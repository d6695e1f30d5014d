#include "base/symbol.h"

#include <stdlib.h>
#include <string.h>

static const char *const known_names[] = {
    "",
#define NW_KNOWN_NAME(id, text) text,
#include "base/known_names.def"
#undef NW_KNOWN_NAME
};

/* Eight bytes at a time: documentation is interned too, and some of it is made anew for every class. */
static uint32_t hash_bytes(const char *bytes, size_t size)
{
    const uint64_t odd = 0x9E3779B97F4A7C15u;
    uint64_t hash = size * odd, word;
    for (; size >= sizeof word; bytes += sizeof word, size -= sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = (hash ^ word) * odd;
        hash ^= hash >> 32;
    }
    word = 0;
    if (size)
        memcpy(&word, bytes, size);
    hash = (hash ^ word) * odd;
    return (uint32_t)(hash >> 32);
}

bool nw_text_same(nw_text a, nw_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.bytes, b.bytes, a.size) == 0);
}

const char *nw_symbol_bytes(const nw_symbols *symbols, nw_symbol symbol)
{
    return nw_symbol_text(symbols, symbol).bytes;
}

/* The slot of that string, or the free one where it belongs. */
static uint32_t find_slot(const nw_symbols *symbols, nw_symbol_slots *slots, uint32_t hash, const char *bytes, size_t size)
{
    for (uint32_t slot = hash & (slots->count - 1);; slot = (slot + 1) & (slots->count - 1)) {
        uint32_t entry = atomic_load_explicit(&slots->items[slot], memory_order_acquire);
        if (!entry)
            return slot;
        nw_text text = nw_symbol_text(symbols, (nw_symbol){entry - 1});
        if (text.size == size && (size == 0 || memcmp(text.bytes, bytes, size) == 0))
            return slot;
    }
}

static nw_symbol_slots *make_slots(nw_symbols *symbols, uint32_t count)
{
    nw_symbol_slots *slots = nw_arena_zero(&symbols->arena, sizeof *slots + count * sizeof *slots->items);
    slots->count = count;
    return slots;
}

static void grow_slots(nw_symbols *symbols, uint32_t count)
{
    nw_symbol_slots *slots = make_slots(symbols, count);
    for (uint32_t id = 0; id < symbols->count; id++) {
        nw_text text = nw_symbol_text(symbols, (nw_symbol){id});
        uint32_t slot = find_slot(symbols, slots, hash_bytes(text.bytes, text.size), text.bytes, text.size);
        atomic_store_explicit(&slots->items[slot], id + 1, memory_order_relaxed);
    }
    atomic_store_explicit(&symbols->slots, slots, memory_order_release);
}

void nw_symbols_init(nw_symbols *symbols)
{
    const nw_symbol_preset *preset = &nw_preset_symbols;
    *symbols = (nw_symbols){.count = preset->count};
    nw_arena_init(&symbols->arena);
    pthread_mutex_init(&symbols->lock, NULL);
    nw_symbol_slots *slots = make_slots(symbols, preset->count ? preset->slot_count : 4096);
    for (uint32_t i = 0; i < preset->slot_count; i++)
        atomic_store_explicit(&slots->items[i], preset->slots[i], memory_order_relaxed);
    atomic_store_explicit(&symbols->slots, slots, memory_order_release);
    for (size_t i = 0; i < sizeof known_names / sizeof *known_names && !preset->count; i++)
        nw_symbol_of(symbols, known_names[i]);
}

void nw_symbols_release(nw_symbols *symbols)
{
    pthread_mutex_destroy(&symbols->lock);
    nw_arena_release(&symbols->arena);
    memset(symbols, 0, sizeof *symbols);
}

static uint32_t append(nw_symbols *symbols, const char *bytes, size_t size)
{
    char *copy = nw_arena_alloc(&symbols->arena, size + 1);
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = 0;
    nw_symbol_place place = nw_symbol_place_of(symbols->count);
    if (place.offset == 0)
        symbols->chunks[place.chunk] = nw_arena_alloc(&symbols->arena, sizeof(nw_text) << (place.chunk + NW_SYMBOL_FIRST_CHUNK_BITS));
    symbols->chunks[place.chunk][place.offset] = (nw_text){copy, (uint32_t)size};
    return symbols->count++;
}

/* The string was not there a moment ago. */
static uint32_t enter(nw_symbols *symbols, uint32_t hash, const char *bytes, size_t size)
{
    pthread_mutex_lock(&symbols->lock);
    nw_symbol_slots *slots = atomic_load_explicit(&symbols->slots, memory_order_relaxed);
    uint32_t slot = find_slot(symbols, slots, hash, bytes, size);
    uint32_t entry = atomic_load_explicit(&slots->items[slot], memory_order_relaxed);
    if (!entry) {
        entry = append(symbols, bytes, size) + 1;
        atomic_store_explicit(&slots->items[slot], entry, memory_order_release);
        if (symbols->count * 2 > slots->count)
            grow_slots(symbols, slots->count * 2);
    }
    pthread_mutex_unlock(&symbols->lock);
    return entry - 1;
}

nw_symbol nw_symbol_intern(nw_symbols *symbols, const char *bytes, size_t size)
{
    uint32_t hash = hash_bytes(bytes, size);
    nw_symbol_slots *slots = atomic_load_explicit(&symbols->slots, memory_order_acquire);
    uint32_t slot = find_slot(symbols, slots, hash, bytes, size);
    uint32_t entry = atomic_load_explicit(&slots->items[slot], memory_order_acquire);
    return (nw_symbol){entry ? entry - 1 : enter(symbols, hash, bytes, size)};
}

nw_symbol nw_symbol_of(nw_symbols *symbols, const char *zero_terminated)
{
    return nw_symbol_intern(symbols, zero_terminated, strlen(zero_terminated));
}

nw_symbol nw_symbol_dotted_text(nw_symbols *symbols, nw_text outer, nw_text inner)
{
    char room[256], *text = room;
    size_t size = (size_t)outer.size + 1 + inner.size;
    nw_arena longer;
    nw_arena_init(&longer);
    if (size > sizeof room)
        text = nw_arena_alloc(&longer, size);
    memcpy(text, outer.bytes, outer.size);
    text[outer.size] = '.';
    memcpy(text + outer.size + 1, inner.bytes, inner.size);
    nw_symbol symbol = nw_symbol_intern(symbols, text, size);
    nw_arena_release(&longer);
    return symbol;
}

/* The same names are put together for every file: a pair is one word, so that what another thread writes is seen whole or not at all. */
enum { PAIR_BITS = 21, RESULT_BITS = 22 };

nw_symbol nw_symbol_dotted(nw_symbols *symbols, nw_symbol outer, nw_symbol inner)
{
    uint64_t pair = (uint64_t)outer.v << PAIR_BITS | inner.v, result = ((uint64_t)1 << RESULT_BITS) - 1;
    _Atomic uint64_t *known = &symbols->pairs[(outer.v * 31 + inner.v) % NW_SYMBOL_PAIRS];
    uint64_t found = atomic_load_explicit(known, memory_order_acquire);
    bool fits = outer.v >> PAIR_BITS == 0 && inner.v >> PAIR_BITS == 0;
    if (fits && found && found >> RESULT_BITS == pair)
        return (nw_symbol){(uint32_t)(found & result) - 1};
    nw_symbol dotted = nw_symbol_dotted_text(symbols, nw_symbol_text(symbols, outer), nw_symbol_text(symbols, inner));
    if (fits && dotted.v < result)
        atomic_store_explicit(known, pair << RESULT_BITS | (dotted.v + 1), memory_order_release);
    return dotted;
}
