/* Memory of the parser: taken in blocks, given back all at once. Inside syntax/ only.
 *
 * Purpose: a sixth of the parser's time went into malloc, free and the release of trees node by node. Its sources are compiled with
 * ts_malloc and its kin defined as the functions below, which hand out pieces of blocks and keep what was freed for the next piece of
 * that size; a tree that is no longer wanted need not be released, since its memory goes with the rest.
 * Ownership: nw_parser_memory_begin and nw_parser_memory_end in pairs, in one thread; whatever the parser makes between them (parsers,
 * trees) is gone after the end, and must not be released afterwards.
 * Invariants: outside of such a pair the functions are malloc and its kin. The parser's functions take no context, so what is in use
 * is kept for each thread: the only state of its kind. */
#ifndef NW_SYNTAX_PARSER_MEMORY_H
#define NW_SYNTAX_PARSER_MEMORY_H

#include <stddef.h>

enum { NW_PARSER_SIZES = 80 };

typedef struct nw_parser_memory {
    struct nw_parser_block *blocks; /* newest first */
    char *next, *end;               /* what is left of the newest one */
    void *freed[NW_PARSER_SIZES];   /* pieces by their size, linked through their first bytes */
    struct nw_parser_memory *outer; /* what was in use before */
} nw_parser_memory;

void nw_parser_memory_begin(nw_parser_memory *memory);
void nw_parser_memory_end(nw_parser_memory *memory);
/* Gives everything back and goes on with nothing. */
void nw_parser_memory_restart(nw_parser_memory *memory);

#endif
