/* Walking the flat tree without knowing every kind's layout: each child once, in the order of the source, with the name
 * of the field that it fills. Ownership: none. Invariant: the one place in code that knows the layouts of ast.def. */
#ifndef NW_SYNTAX_AST_VISIT_H
#define NW_SYNTAX_AST_VISIT_H

#include "syntax/ast.h"

/* A child of a node: a node, or a parameter of a function (whose own children are an annotation and a default). */
typedef struct nw_ast_child {
    const char *label;
    uint32_t node;                     /* 0 for a parameter, and for the absent key of `**value` */
    const nw_ast_parameter *parameter; /* NULL for a node */
    nw_operator op;                    /* in a comparison: the operator before it */
} nw_ast_child;

typedef void nw_ast_visitor(void *context, nw_ast_child child);

void nw_ast_visit_children(const nw_ast *ast, uint32_t node, nw_ast_visitor *visitor, void *context);
/* The statements of the module. */
void nw_ast_visit_module(const nw_ast *ast, nw_ast_visitor *visitor, void *context);

#endif
