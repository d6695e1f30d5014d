/* The names stage: where each name lives.
 * Takes a tree from syntax/; fills nw_ast_function.slot_names/slot_count/captured/outer/is_generator and the place of every
 * NAME node by Python's own rules (global, nonlocal, class scopes that nested functions do not see, comprehension scopes,
 * walrus inside comprehensions binding in the containing function, private-name mangling is applied to __names in classes).
 * Frames: a frame up is the enclosing *function or comprehension* scope; class scopes have frames of their own that
 * nested scopes skip; the module is not a frame but a dictionary. */
#ifndef NW_NAMES_NAMES_H
#define NW_NAMES_NAMES_H

#include "base/buffer.h"
#include "syntax/ast.h"

void nw_names_resolve(nw_ast *ast, nw_arena *arena, nw_symbols *symbols);
/* --dump=names: per scope its slots, and each name with its place. */
void nw_names_dump(const nw_ast *ast, const nw_symbols *symbols, nw_buffer *out);

#endif
