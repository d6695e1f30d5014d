/* The syntax stage: nw_source in, nw_ast out.
 * Takes a loaded source; returns a tree in `arena`, with symbols in `symbols`; broken regions become ERROR statements,
 * the rest of the file is kept. Nesting deeper than NW_SYNTAX_MAX_DEPTH becomes an ERROR node too. Never fails.
 * Unlike Python: names are not normalised (NFKC), `\N{...}` stays as written in a string, bytes above 127 of an encoding
 * other than UTF-8 are `_` in strings, `print x` and other Python 2 forms are ERROR, and some faults pass that Python finds
 * after parsing (`return` outside of a function, `f(a=1, a=2)`, a line indented too far). */
#ifndef NW_SYNTAX_SYNTAX_H
#define NW_SYNTAX_SYNTAX_H

#include "base/buffer.h"
#include "syntax/ast.h"

enum { NW_SYNTAX_MAX_DEPTH = 400 };

nw_ast *nw_syntax_parse(const nw_source *source, nw_arena *arena, nw_symbols *symbols);
/* Asserts the invariants of ast.h. */
void nw_ast_verify(const nw_ast *ast);
/* --dump=ast: one node a line, indented, with span and fields by name. */
void nw_ast_dump(const nw_ast *ast, const nw_symbols *symbols, nw_buffer *out);

#endif
