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

static void fill_slots(nw_symbols *symbols, uint32_t slot_count)
{
    symbols->slots = nw_arena_zero(&symbols->arena, slot_count * sizeof *symbols->slots);
    symbols->slot_count = slot_count;
    for (uint32_t id = 0; id < symbols->count; id++) {
        uint32_t slot = hash_bytes(symbols->texts[id].bytes, symbols->texts[id].size) & (slot_count - 1);
        while (symbols->slots[slot])
            slot = (slot + 1) & (slot_count - 1);
        symbols->slots[slot] = id + 1;
    }
}

void nw_symbols_init(nw_symbols *symbols)
{
    *symbols = (nw_symbols){0};
    nw_arena_init(&symbols->arena);
    const nw_symbol_preset *preset = &nw_preset_symbols;
    if (preset->count) {
        symbols->count = preset->count;
        symbols->capacity = preset->count * 2;
        symbols->slot_count = preset->slot_count;
        symbols->texts = nw_arena_grow(&symbols->arena, preset->texts, preset->count, symbols->capacity, sizeof *symbols->texts);
        symbols->slots = nw_arena_copy(&symbols->arena, preset->slots, preset->slot_count * sizeof *symbols->slots);
        return;
    }
    fill_slots(symbols, 4096);
    for (size_t i = 0; i < sizeof known_names / sizeof *known_names; i++)
        nw_symbol_of(symbols, known_names[i]);
}

void nw_symbols_release(nw_symbols *symbols)
{
    nw_arena_release(&symbols->arena);
    *symbols = (nw_symbols){0};
}

nw_symbol nw_symbol_intern(nw_symbols *symbols, const char *bytes, size_t size)
{
    uint32_t slot = hash_bytes(bytes, size) & (symbols->slot_count - 1);
    for (; symbols->slots[slot]; slot = (slot + 1) & (symbols->slot_count - 1)) {
        nw_text text = symbols->texts[symbols->slots[slot] - 1];
        if (text.size == size && (size == 0 || memcmp(text.bytes, bytes, size) == 0))
            return (nw_symbol){symbols->slots[slot] - 1};
    }
    char *copy = nw_arena_alloc(&symbols->arena, size + 1);
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = 0;
    NW_ARENA_RESERVE(&symbols->arena, symbols->texts, symbols->count, symbols->capacity);
    symbols->texts[symbols->count] = (nw_text){copy, (uint32_t)size};
    symbols->slots[slot] = symbols->count + 1;
    nw_symbol symbol = {symbols->count++};
    if (symbols->count * 2 > symbols->slot_count)
        fill_slots(symbols, symbols->slot_count * 2);
    return symbol;
}

nw_symbol nw_symbol_of(nw_symbols *symbols, const char *zero_terminated)
{
    return nw_symbol_intern(symbols, zero_terminated, strlen(zero_terminated));
}

nw_text nw_symbol_text(const nw_symbols *symbols, nw_symbol symbol)
{
    return symbols->texts[symbol.v];
}

const char *nw_symbol_bytes(const nw_symbols *symbols, nw_symbol symbol)
{
    return symbols->texts[symbol.v].bytes;
}
