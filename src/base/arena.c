#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct nw_arena_block {
    nw_arena_block *older;
    max_align_t data[];
};

enum { BLOCK_BYTES = 1 << 16, ALIGNMENT = sizeof(max_align_t) };

void nw_arena_init(nw_arena *arena)
{
    *arena = (nw_arena){0};
}

void nw_arena_release(nw_arena *arena)
{
    for (nw_arena_block *block = arena->blocks; block;) {
        nw_arena_block *older = block->older;
        free(block);
        block = older;
    }
    *arena = (nw_arena){0};
}

static void add_block(nw_arena *arena, size_t size)
{
    size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
    nw_arena_block *block = malloc(sizeof *block + room);
    if (!block) {
        fputs("netwright: out of memory\n", stderr);
        exit(3);
    }
    block->older = arena->blocks;
    arena->blocks = block;
    arena->next = (char *)block->data;
    arena->end = arena->next + room;
    arena->bytes += room; /* what the system gave, with the ends of blocks that nothing fitted into */
}

void *nw_arena_alloc(nw_arena *arena, size_t size)
{
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!arena->blocks || rounded > (size_t)(arena->end - arena->next))
        add_block(arena, rounded);
    void *memory = arena->next;
    arena->next += rounded;
    return memory;
}

void *nw_arena_zero(nw_arena *arena, size_t size)
{
    return memset(nw_arena_alloc(arena, size), 0, size);
}

void *nw_arena_copy(nw_arena *arena, const void *bytes, size_t size)
{
    void *copy = nw_arena_alloc(arena, size);
    if (size)
        memcpy(copy, bytes, size);
    return copy;
}

void *nw_arena_grow(nw_arena *arena, const void *items, size_t count, size_t capacity, size_t item_size)
{
    void *larger = nw_arena_alloc(arena, capacity * item_size);
    if (count)
        memcpy(larger, items, count * item_size);
    return larger;
}
