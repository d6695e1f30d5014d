/* Definitions and uses of a function's local names, read off its tree.
 *
 * Purpose: whether a value that a rewrite would no longer compute is read anywhere else. Facts do not record every read
 * (prints, returns, closures, `x.shape`), the tree does.
 * How: reaching definitions over structured Python; loops to a fixpoint; a handler of try may see every definition of the body.
 * Ownership: arrays in the arena given.
 * Invariants: conservative: a read that may see a definition is among its uses. A name that a nested function, class or
 * comprehension reads, or that is global or nonlocal, is `captured`: all of its definitions may be read at any time.
 * `x.add_(1)` as a statement reads x and gives it a new value, as `x += 1` does. */
#ifndef NW_MATCH_DEF_USE_H
#define NW_MATCH_DEF_USE_H

#include "base/arena.h"
#include "base/symbol.h"
#include "syntax/ast.h"

#include <stdbool.h>

typedef struct nw_definition {
    uint32_t slot;
    uint32_t target;    /* NAME node that is bound, 0 for a parameter */
    uint32_t statement; /* statement that binds it, 0 for a parameter */
    uint32_t *uses;     /* NAME nodes that may read it */
    uint32_t use_count, use_capacity;
} nw_definition;

typedef struct nw_def_use {
    const nw_ast *ast;
    nw_arena *arena;
    nw_definition *definitions; /* [0] is none; parameters first */
    uint32_t count, capacity;
    bool *captured;             /* per slot */
    uint32_t slot_count;
} nw_def_use;

void nw_def_use_build(nw_def_use *def_use, const nw_ast *ast, uint32_t function, const nw_symbols *symbols, nw_arena *arena);
/* The NAME node of x in the statement `x.add_(1)`, 0: it is another statement. */
uint32_t nw_written_in_place(const nw_ast *ast, const nw_symbols *symbols, uint32_t statement);
/* The definition that this NAME node makes, 0 when it makes none. */
uint32_t nw_def_use_at(const nw_def_use *def_use, uint32_t target);
/* The only definition that this read may see, 0 when there are several, or none known. */
uint32_t nw_def_use_of_read(const nw_def_use *def_use, uint32_t name_node);

#endif
