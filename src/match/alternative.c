/* What a match has bound and met is put aside before an alternative is tried, and taken back when it did not work out. */
#include "match/unify.h"

#include <string.h>

struct nw_shelf {
    nw_binding *items;
    uint32_t count, capacity;
};

uint32_t nw_bindings_keep(nw_match *match)
{
    nw_arena *arena = &match->index->eval->arena;
    uint32_t size = match->form->variable_count + 1;
    if (!match->index->shelf)
        match->index->shelf = nw_arena_zero(arena, sizeof *match->index->shelf);
    struct nw_shelf *shelf = match->index->shelf;
    if (shelf->count + size > shelf->capacity) {
        shelf->capacity = 2 * (shelf->count + size);
        shelf->items = nw_arena_grow(arena, shelf->items, shelf->count, shelf->capacity, sizeof *shelf->items);
    }
    memcpy(shelf->items + shelf->count, match->bindings, size * sizeof *shelf->items);
    shelf->count += size;
    return shelf->count - size;
}

void nw_bindings_back(nw_match *match, uint32_t kept)
{
    memcpy(match->bindings, match->index->shelf->items + kept, (match->form->variable_count + 1) * sizeof *match->bindings);
}

void nw_bindings_drop(nw_match *match, uint32_t kept)
{
    match->index->shelf->count = kept;
}

nw_alternative nw_alternative_begin(nw_match *match)
{
    return (nw_alternative){nw_bindings_keep(match), match->crossed.count, match->reads.count, match->modules.count, match->meant.count,
                   match->calls.count, match->overwritten.count, match->literals.count, match->unknown, match->unsure};
}

bool nw_alternative_undo(nw_match *match, const nw_alternative *old)
{
    nw_bindings_back(match, old->bindings);
    match->crossed.count = old->crossed;
    match->reads.count = old->reads;
    match->modules.count = old->modules;
    match->meant.count = old->meant;
    match->calls.count = old->calls;
    match->overwritten.count = old->overwritten;
    match->literals.count = old->literals;
    match->unknown = old->unknown;
    match->unsure = old->unsure;
    return false;
}
