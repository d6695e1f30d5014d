/* Lowering: from tree-sitter's tree to the flat one. Inside syntax/ only.
 *
 * Purpose: the state that the lower_*.c files share, and how they walk: one walk, whose current node's kind and
 * range are in `kind`, `start`, `end` after enter, next and leave (and stale after lowering a child).
 * Ownership: arrays grow by realloc while lowering and are copied into the arena once, at their final size.
 * Invariants: every lower function starts with the walk on its node and returns with the walk on it; a node is made
 * after its children, a scope before its children. Recursion is bounded by NW_SYNTAX_MAX_DEPTH. */
#ifndef NW_SYNTAX_LOWER_H
#define NW_SYNTAX_LOWER_H

#include "base/buffer.h"
#include "syntax/cst_walk.h"
#include "syntax/parser_memory.h"
#include "syntax/syntax.h"

typedef struct nw_lowering {
    nw_cst_walk walk;
    nw_cst_kind kind;
    uint32_t start, end;
    bool has_error; /* somewhere in the file: only then is each statement asked */
    const char *text;
    uint32_t size;
    uint32_t scope; /* index of the function that names are in now */
    uint32_t depth, scope_depth;
    bool as_allowed;   /* inside `a if b else c as d`, where the grammar puts the `as` in the last operand */
    uint32_t as_target, as_end;
    uint32_t type_call; /* where the `(x)` of a misread `type(x).y = z` stands, or 0 */
    nw_arena *arena;
    nw_symbols *symbols;
    nw_ast *ast;
    uint32_t *pending; /* entries of lists under construction, a stack */
    uint32_t pending_count, pending_capacity;
    uint32_t list_mark; /* where the statements of the current block begin among them */
    nw_buffer bytes;    /* the string being decoded */
    nw_parser_memory memory; /* of the parser and its trees */
    TSParser *parser;
    nw_cst_table *table;
    uint32_t body, body_end, body_indentation; /* of a definition whose body is parsed in pieces; 0 otherwise */
} nw_lowering;

/* Takes over the place of the walk. */
void nw_lower_refresh(nw_lowering *l);
bool nw_lower_enter(nw_lowering *l);
bool nw_lower_next(nw_lowering *l);
void nw_lower_leave(nw_lowering *l);
bool nw_lower_node_has_error(const nw_lowering *l);

uint32_t nw_lower_add(nw_lowering *l, nw_node_kind kind, uint32_t start, uint32_t end, uint32_t a, uint32_t b, uint32_t c);
uint32_t nw_lower_error(nw_lowering *l, uint32_t start, uint32_t end);
/* Where an expression begins and ends with its own parentheses, when the grammar's node for it is no longer at hand. */
uint32_t nw_lower_outer_start(const nw_lowering *l, uint32_t id);
uint32_t nw_lower_outer_end(const nw_lowering *l, uint32_t id);
nw_symbol nw_lower_symbol(nw_lowering *l, uint32_t start, uint32_t end);
/* A NAME; `flags` are NW_NAME_BINDS and the like. */
uint32_t nw_lower_name(nw_lowering *l, uint32_t start, uint32_t end, uint16_t flags);
/* The current node as a NAME of an expression or a target; an ERROR when it is a keyword. */
uint32_t nw_lower_identifier(nw_lowering *l, uint16_t flags);
nw_symbol nw_lower_dotted_name(nw_lowering *l);

void nw_lower_push(nw_lowering *l, uint32_t entry);
/* What was pushed since `mark`, as a list; 0 when nothing was. */
uint32_t nw_lower_list(nw_lowering *l, uint32_t mark);
/* The same without a count in front: the records of CLASS, FOR and TRY. */
uint32_t nw_lower_record(nw_lowering *l, const uint32_t *entries, uint32_t count);

/* A new scope inside the current one; 0 when scopes are nested too deep. */
uint32_t nw_lower_scope(nw_lowering *l, nw_scope_kind kind);

uint32_t nw_lower_expression(nw_lowering *l);
uint32_t nw_lower_target(nw_lowering *l);
uint32_t nw_lower_type(nw_lowering *l);
/* Arguments of a call or a class, as a list. */
uint32_t nw_lower_arguments(nw_lowering *l);
/* Into functions[function]; defaults and annotations stand in the current scope. */
void nw_lower_parameters(nw_lowering *l, uint32_t function);
uint32_t nw_lower_lambda(nw_lowering *l);
uint32_t nw_lower_comprehension(nw_lowering *l, nw_node_kind kind);
uint32_t nw_lower_number(nw_lowering *l);
uint32_t nw_lower_string(nw_lowering *l);
uint32_t nw_lower_interpolation(nw_lowering *l);
uint32_t nw_lower_case_clause(nw_lowering *l);
/* The whole program. */
void nw_lower_module(nw_lowering *l);
/* The statements of text[start..end), which have this indentation, parsed one by one and pushed. */
void nw_lower_pieces(nw_lowering *l, uint32_t start, uint32_t end, uint32_t indentation);
/* The statements of a block or of the module, pushed. */
void nw_lower_statements(nw_lowering *l);
/* The list of the statements of a block. */
uint32_t nw_lower_block(nw_lowering *l);
uint32_t nw_lower_import(nw_lowering *l);
uint32_t nw_lower_import_from(nw_lowering *l);
/* The STRING node with which a body begins, or 0. */
uint32_t nw_lower_docstring(const nw_lowering *l, uint32_t body);
uint32_t nw_lower_last_end(const nw_lowering *l, uint32_t list, uint32_t otherwise);
nw_operator nw_lower_operator(nw_cst_kind token);

#endif
