/* Arena: memory that is freed whole.
 *
 * Purpose: one analysis allocates thousands of small, equally long-lived objects; an arena makes allocation a
 * pointer bump and frees all of them at once.
 * Ownership: whoever calls nw_arena_init calls nw_arena_release. Nothing is freed one by one.
 * Invariants: returned memory is aligned for any object and stays where it is until the arena is released.
 * Limit: nw_arena_alloc never returns NULL; when the machine is out of memory the process stops with a message and
 * exit status 3. `bytes` is what the system gave; callers enforce their own budgets with it. */
#ifndef NW_BASE_ARENA_H
#define NW_BASE_ARENA_H

#include <stddef.h>
#include <stdint.h>

typedef struct nw_arena_block nw_arena_block;

typedef struct nw_arena {
    nw_arena_block *blocks; /* the one in use first */
    char *next;             /* first free byte of that one */
    char *end;
    size_t bytes;           /* of all blocks */
} nw_arena;

void nw_arena_init(nw_arena *arena);
void nw_arena_release(nw_arena *arena);
/* Uninitialised memory of `size` bytes. */
void *nw_arena_alloc(nw_arena *arena, size_t size);
/* Zeroed memory of `size` bytes. */
void *nw_arena_zero(nw_arena *arena, size_t size);
/* A copy of `size` bytes. */
void *nw_arena_copy(nw_arena *arena, const void *bytes, size_t size);
/* A copy of `count` items in room for `capacity` items; the old array stays as it was. */
void *nw_arena_grow(nw_arena *arena, const void *items, size_t count, size_t capacity, size_t item_size);

/* Room for one more item in an arena array {items, count, capacity}; the array may move. */
#define NW_ARENA_RESERVE(arena, items, count, capacity)                                                                \
    do {                                                                                                               \
        if ((count) == (capacity)) {                                                                                   \
            (capacity) = (capacity) ? (capacity) * 2 : 8;                                                              \
            (items) = nw_arena_grow((arena), (items), (count), (capacity), sizeof *(items));                           \
        }                                                                                                              \
    } while (0)

#endif
