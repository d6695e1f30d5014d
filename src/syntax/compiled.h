/* The catalog's syntax trees, made when the program is built.
 *
 * Purpose: no run parses the catalog. tools/compile_catalog.c writes each tree, with its names resolved, as constant data.
 * Ownership: constant data of the program, shared by all threads; nothing is freed and nothing may be written to.
 * Invariants: tree i belongs to file i of nw_embedded_catalog and equals what parsing that file gives; its symbols are
 * those of nw_preset_symbols, with which every nw_symbols begins; its `source` is NULL. */
#ifndef NW_SYNTAX_COMPILED_H
#define NW_SYNTAX_COMPILED_H

#include "syntax/ast.h"

extern const nw_ast *const nw_compiled_catalog[];

#endif
