#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct nw_arena_block {
    nw_arena_block *older;
    max_align_t data[];
};

/* Blocks grow with the arena, since many hold little: a file that is imported, one question. */
enum { FIRST_BYTES = 1 << 12, BLOCK_BYTES = 1 << 16, ALIGNMENT = sizeof(max_align_t) };

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

static nw_arena_block *make_block(nw_arena *arena, size_t room)
{
    nw_arena_block *block = malloc(sizeof *block + room);
    if (!block) {
        fputs("netwright: out of memory\n", stderr);
        exit(3);
    }
    arena->bytes += room; /* what the system gave, with the ends of blocks that nothing fitted into */
    return block;
}

/* What takes much room gets a block of its own, and the rest of the last one stays in use. */
static void *alloc_apart(nw_arena *arena, size_t size)
{
    nw_arena_block *block = make_block(arena, size);
    block->older = arena->blocks->older;
    arena->blocks->older = block;
    return block->data;
}

static void add_block(nw_arena *arena, size_t size)
{
    size_t room = arena->bytes < FIRST_BYTES ? FIRST_BYTES : arena->bytes < BLOCK_BYTES ? arena->bytes : BLOCK_BYTES;
    if (room < size)
        room = size;
    nw_arena_block *block = make_block(arena, room);
    block->older = arena->blocks;
    arena->blocks = block;
    arena->next = (char *)block->data;
    arena->end = arena->next + room;
}

void *nw_arena_alloc(nw_arena *arena, size_t size)
{
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (!arena->blocks || rounded > (size_t)(arena->end - arena->next)) {
        if (arena->blocks && rounded > BLOCK_BYTES / 4)
            return alloc_apart(arena, rounded);
        add_block(arena, rounded);
    }
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
