/* The names stage: where each name lives.
 * Takes a tree from syntax/; fills slot_names, slot_count, captured and outer of every nw_ast_function, the slots of
 * parameters, and the place of every NAME node by Python's own rules: global, nonlocal, class scopes that nested functions
 * do not see, comprehension scopes whose first iterable is evaluated outside of them, a walrus in a comprehension that
 * binds in the function around it, and __names mangled inside classes (names, attributes, parameters, declarations).
 * Slots: parameters first, in their order, then the other names in the order in which they are first bound.
 * Frames: functions and comprehensions have frames, and classes have one of their own that nested scopes skip; the module
 * is not a frame but a dictionary. `op` frames up counts from the running frame: from a method, a function around its
 * class is one up; from the class body itself, too. */
#ifndef NW_NAMES_NAMES_H
#define NW_NAMES_NAMES_H

#include "base/buffer.h"
#include "syntax/ast.h"

void nw_names_resolve(nw_ast *ast, nw_arena *arena, nw_symbols *symbols);
/* --dump=names: per scope its slots, and each name with its place. */
void nw_names_dump(const nw_ast *ast, const nw_symbols *symbols, nw_buffer *out);

#endif
