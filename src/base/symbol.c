#include "base/symbol.h"

#include <stdlib.h>
#include <string.h>

static const char *const known_names[] = {
    "",
#define NW_KNOWN_NAME(id, text) text,
#include "base/known_names.def"
#undef NW_KNOWN_NAME
};

static uint32_t hash_bytes(const char *bytes, size_t size)
{
    uint64_t hash = 1469598103934665603u;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 1099511628211u;
    return (uint32_t)(hash ^ (hash >> 32));
}

enum { FIRST_CHUNK_BITS = 10 };

/* Where the text of an id beyond the preset lies. */
typedef struct chunk_place {
    uint32_t chunk, offset;
} chunk_place;

static chunk_place place_of(uint32_t id)
{
    uint32_t at = id - nw_preset_symbols.count + (1u << FIRST_CHUNK_BITS);
    uint32_t chunk = 31u - (uint32_t)__builtin_clz(at) - FIRST_CHUNK_BITS;
    return (chunk_place){chunk, at - (1u << (chunk + FIRST_CHUNK_BITS))};
}

nw_text nw_symbol_text(const nw_symbols *symbols, nw_symbol symbol)
{
    if (symbol.v < nw_preset_symbols.count)
        return nw_preset_symbols.texts[symbol.v];
    chunk_place place = place_of(symbol.v);
    return symbols->chunks[place.chunk][place.offset];
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
    chunk_place place = place_of(symbols->count);
    if (place.offset == 0)
        symbols->chunks[place.chunk] = nw_arena_alloc(&symbols->arena, sizeof(nw_text) << (place.chunk + FIRST_CHUNK_BITS));
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
