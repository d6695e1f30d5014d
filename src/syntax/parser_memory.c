#include "syntax/parser_memory.h"

#include "syntax/parser_allocate.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct nw_parser_block {
    struct nw_parser_block *older;
    max_align_t data[];
};

/* In front of each piece. */
typedef union piece_head {
    uint32_t size_class; /* NOT_POOLED: malloc's own */
    max_align_t alignment;
} piece_head;

enum {
    BLOCK_BYTES = 1 << 16,
    SMALL_STEP = 16,
    SMALL_CLASSES = 33, /* up to 512 bytes in steps; then powers of two */
    SMALL_BYTES = SMALL_STEP * (SMALL_CLASSES - 1),
    NOT_POOLED = NW_PARSER_SIZES,
};

static _Thread_local nw_parser_memory *in_use;

static _Noreturn void stop(void)
{
    fputs("netwright: out of memory\n", stderr);
    exit(3);
}

void nw_parser_memory_begin(nw_parser_memory *memory)
{
    *memory = (nw_parser_memory){.outer = in_use};
    in_use = memory;
}

static void release(nw_parser_memory *memory)
{
    for (struct nw_parser_block *block = memory->blocks; block;) {
        struct nw_parser_block *older = block->older;
        free(block);
        block = older;
    }
}

void nw_parser_memory_end(nw_parser_memory *memory)
{
    release(memory);
    in_use = memory->outer;
}

void nw_parser_memory_restart(nw_parser_memory *memory)
{
    release(memory);
    *memory = (nw_parser_memory){.outer = memory->outer};
}

static uint32_t class_of(size_t size)
{
    if (size <= SMALL_BYTES)
        return (uint32_t)((size + SMALL_STEP - 1) / SMALL_STEP);
    uint32_t class_ = SMALL_CLASSES;
    for (size_t room = 2 * SMALL_BYTES; room < size && class_ < NOT_POOLED; room *= 2)
        class_++;
    return class_;
}

static size_t room_of(uint32_t class_)
{
    return class_ < SMALL_CLASSES ? (size_t)class_ * SMALL_STEP : (size_t)(2 * SMALL_BYTES) << (class_ - SMALL_CLASSES);
}

static void add_block(nw_parser_memory *memory, size_t size)
{
    size_t room = size > BLOCK_BYTES ? size : BLOCK_BYTES;
    struct nw_parser_block *block = malloc(sizeof *block + room);
    if (!block)
        stop();
    block->older = memory->blocks;
    memory->blocks = block;
    memory->next = (char *)block->data;
    memory->end = memory->next + room;
}

static void *plain_malloc(size_t size)
{
    piece_head *head = size < SIZE_MAX - sizeof *head ? malloc(sizeof *head + size) : NULL;
    if (!head)
        stop();
    head->size_class = NOT_POOLED;
    return head + 1;
}

void *nw_parser_malloc(size_t size)
{
    nw_parser_memory *memory = in_use;
    if (!memory)
        return plain_malloc(size);
    uint32_t class_ = class_of(size ? size : 1);
    if (class_ >= NOT_POOLED)
        stop();
    void *piece = memory->freed[class_];
    if (piece) {
        memcpy(&memory->freed[class_], piece, sizeof piece);
        return piece;
    }
    size_t room = sizeof(piece_head) + room_of(class_);
    if ((size_t)(memory->end - memory->next) < room)
        add_block(memory, room);
    piece_head *head = (piece_head *)(void *)memory->next;
    memory->next += room;
    head->size_class = class_;
    return head + 1;
}

void *nw_parser_calloc(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        stop();
    return memset(nw_parser_malloc(count * size), 0, count * size);
}

void nw_parser_free(void *piece)
{
    if (!piece)
        return;
    piece_head *head = (piece_head *)piece - 1;
    if (head->size_class == NOT_POOLED) {
        free(head);
    } else if (in_use) {
        memcpy(piece, &in_use->freed[head->size_class], sizeof piece);
        in_use->freed[head->size_class] = piece;
    }
}

static void *plain_realloc(piece_head *head, size_t size)
{
    piece_head *larger = size < SIZE_MAX - sizeof *head ? realloc(head, sizeof *head + size) : NULL;
    if (!larger)
        stop();
    return larger + 1;
}

void *nw_parser_realloc(void *piece, size_t size)
{
    if (!piece)
        return nw_parser_malloc(size);
    piece_head *head = (piece_head *)piece - 1;
    if (head->size_class == NOT_POOLED)
        return plain_realloc(head, size);
    size_t room = room_of(head->size_class);
    if (size <= room)
        return piece;
    void *larger = nw_parser_malloc(size);
    memcpy(larger, piece, room);
    nw_parser_free(piece);
    return larger;
}
