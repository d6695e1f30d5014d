/* The syntax tree: flat, our own, with byte spans.
 *
 * Purpose: what the syntax stage makes of one source; names/ adds where each name lives; eval/ runs it.
 * Ownership: all arrays lie in the arena given to nw_syntax_parse and live as long as it.
 * Invariants: node 0 and extra[0] mean "none" / empty list (extra[0] == 0, a count of zero); a node's span lies
 * inside its parent's span; every id is in range (nw_ast_verify checks this after the stage in debug builds). */
#ifndef NW_SYNTAX_AST_H
#define NW_SYNTAX_AST_H

#include "base/arena.h"
#include "base/symbol.h"
#include "source/source.h"

typedef enum nw_node_kind {
    NW_NODE_ABSENT = 0,
#define NW_NODE(kind, name, layout) NW_NODE_##kind,
#include "syntax/ast.def"
#undef NW_NODE
    NW_NODE_KIND_COUNT
} nw_node_kind;

typedef enum nw_operator {
#define NW_OPERATOR(name, text, method, reflected, in_place) NW_OPERATOR_##name,
#include "syntax/operator.def"
#undef NW_OPERATOR
    NW_OPERATOR_COUNT
} nw_operator;

typedef struct nw_node_id {
    uint32_t v;
} nw_node_id;

typedef struct nw_node {
    uint8_t kind; /* nw_node_kind */
    uint8_t op;
    uint16_t flags; /* NW_NODE_FLAG_... */
    uint32_t start, end; /* half-open byte range of the source */
    uint32_t a, b, c;    /* see ast.def */
} nw_node;

enum {
    NW_NODE_FLAG_PARENTHESIZED = 1, /* the expression stands in its own parentheses; the span excludes them */
};

/* Where a NAME lives. */
typedef enum nw_name_place {
    NW_PLACE_GLOBAL = 0, /* module dictionary, then builtins */
    NW_PLACE_SLOT,       /* frame `op` function frames up (0 = the running one), slot c */
    NW_PLACE_CLASS,      /* class body: slot c of the class frame when bound by then; otherwise NW_PLACE_GLOBAL or, when flags
                            has NW_NAME_OUTER, the slot that nw_ast_function.outer of the class scope has for the name */
} nw_name_place;

/* Flags of a NAME besides NW_NODE_FLAG_PARENTHESIZED. */
enum {
    NW_NAME_OUTER = 2,
    NW_NAME_BINDS = 4,    /* assigned, deleted or imported here */
    NW_NAME_WALRUS = 8,   /* the target of a NAMED, which binds outside of comprehensions */
    NW_NAME_PRIVATE = 16, /* __name: mangled inside a class */
};

typedef enum nw_parameter_kind {
    NW_PARAMETER_POSITIONAL_ONLY,
    NW_PARAMETER_NORMAL,
    NW_PARAMETER_ARGS,         /* *args */
    NW_PARAMETER_KEYWORD_ONLY,
    NW_PARAMETER_KWARGS,       /* **kwargs */
} nw_parameter_kind;

/* An attribute that some code takes of a parameter. */
typedef struct nw_attribute_use {
    nw_symbol name;
    struct nw_attribute_use *next;
} nw_attribute_use;

typedef struct nw_ast_parameter {
    nw_symbol name;
    uint8_t kind; /* nw_parameter_kind */
    bool is_called, is_keyed, is_rebound; /* names/: some code calls it, looks up a text in it or gives it as `**`, binds its name again */
    nw_attribute_use *uses; /* names/: each attribute once */
    uint16_t slot;
    uint32_t annotation, default_value; /* node ids or 0 */
    uint32_t start, end;
} nw_ast_parameter;

typedef enum nw_scope_kind { NW_SCOPE_MODULE, NW_SCOPE_FUNCTION, NW_SCOPE_CLASS, NW_SCOPE_COMPREHENSION } nw_scope_kind;

/* A scope: the module (index 0), a def, a lambda, a class body, a comprehension. */
typedef struct nw_ast_function {
    uint8_t scope; /* nw_scope_kind */
    bool is_lambda, is_async, is_generator, captured; /* captured: a nested scope reads its frame */
    nw_symbol name;
    uint32_t node;   /* the FUNCTION, LAMBDA, CLASS, comprehension node; 0 for the module */
    uint32_t parent; /* index of the enclosing scope; 0 for those directly in the module */
    nw_ast_parameter *parameters;
    uint32_t parameter_count;
    uint32_t body;    /* list of statements; for a lambda: the node id of its expression */
    uint32_t returns; /* annotation or 0 */
    uint32_t name_node; /* NAME node that the def binds, 0 otherwise */
    uint32_t docstring; /* STRING node or 0 */
    nw_symbol *slot_names; /* names/: names of the frame's slots; parameters first, in order */
    uint32_t slot_count;
    uint32_t *outer; /* names/: class scopes only, triples symbol, frames up, slot, for names also bound in an enclosing function */
    uint32_t outer_count;
} nw_ast_function;

typedef struct nw_ast {
    const nw_source *source;
    nw_node *nodes;
    uint32_t node_count, node_capacity;
    uint32_t *extra;
    uint32_t extra_count, extra_capacity;
    nw_ast_function *functions; /* [0] is the module; its body is the program */
    uint32_t function_count, function_capacity;
    uint32_t error_count;       /* regions that do not parse */
    uint32_t first_error;       /* byte offset of the first one */
} nw_ast;

/* A list of extra entries. */
typedef struct nw_list {
    const uint32_t *items;
    uint32_t count;
} nw_list;

static inline nw_list nw_ast_list(const nw_ast *ast, uint32_t index)
{
    return (nw_list){ast->extra + index + 1, ast->extra[index]};
}

/* The statements in the body of a function or class; none of a lambda, whose body is an expression. */
static inline nw_list nw_ast_statements(const nw_ast *ast, const nw_ast_function *code)
{
    return code->is_lambda ? (nw_list){0} : nw_ast_list(ast, code->body);
}

/* Whether a node is a name of the running frame: of the function or comprehension around it. */
static inline bool nw_ast_is_local(const nw_node *node)
{
    return node->kind == NW_NODE_NAME && node->b == NW_PLACE_SLOT && node->op == 0;
}

/* The last word of a name or an attribute, `softmax` of F.softmax, as a symbol; 0: the node is neither. */
static inline uint32_t nw_ast_last_word(const nw_node *node)
{
    return node->kind == NW_NODE_ATTRIBUTE ? node->b : node->kind == NW_NODE_NAME ? node->a : 0;
}

/* Of these the first of the frame: in a method, outside of comprehensions, its object. */
static inline bool nw_ast_is_first_local(const nw_node *node)
{
    return nw_ast_is_local(node) && node->c == 0;
}

/* Whether a statement gives something this name, wherever in the file: an assignment, a definition, an import. */
bool nw_ast_binds(const nw_ast *ast, nw_symbol name);
const char *nw_node_kind_name(nw_node_kind kind);
const char *nw_operator_text(nw_operator op);

#endif
