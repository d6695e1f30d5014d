#include "syntax/ast_visit.h"
#include "syntax/syntax.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct nw_verification {
    const nw_ast *ast;
    uint32_t parent;
} nw_verification;

/* Our own bug if it happens: stops, in every build type that calls it. */
static void require(bool holds, const nw_ast *ast, uint32_t node, const char *what)
{
    if (holds)
        return;
    fprintf(stderr, "netwright: the syntax tree of %s is broken at node %u: %s\n", ast->source->path, node, what);
    abort();
}

static void verify_child(void *context, nw_ast_child child)
{
    const nw_verification *v = context;
    const nw_ast *ast = v->ast;
    uint32_t parent = v->parent;
    uint32_t start = child.parameter ? child.parameter->start : 0, end = child.parameter ? child.parameter->end : 0;
    if (!child.parameter) {
        require(child.node < ast->node_count, ast, parent, "a child is out of range");
        if (!child.node)
            return;
        require(child.node < parent || !parent, ast, parent, "a child comes after its parent");
        start = ast->nodes[child.node].start;
        end = ast->nodes[child.node].end;
    }
    require(start <= end && end <= ast->source->size, ast, parent, "a span is not inside the source");
    if (parent)
        require(start >= ast->nodes[parent].start && end <= ast->nodes[parent].end, ast, child.node ? child.node : parent, "a span is not inside its parent's");
}

static bool list_fits(const nw_ast *ast, uint32_t index)
{
    return index < ast->extra_count && ast->extra[index] < ast->extra_count - index;
}

static void verify_functions(const nw_ast *ast)
{
    for (uint32_t i = 0; i < ast->function_count; i++) {
        const nw_ast_function *function = &ast->functions[i];
        require(function->parent < i || i == 0, ast, function->node, "a scope comes before the one around it");
        require(function->node < ast->node_count, ast, function->node, "a scope's node is out of range");
        require(function->is_lambda ? function->body < ast->node_count : list_fits(ast, function->body), ast, function->node, "a scope's body is out of range");
    }
}

void nw_ast_verify(const nw_ast *ast)
{
    require(ast->extra_count && ast->extra[0] == 0, ast, 0, "the empty list is missing");
    require(ast->node_count && ast->nodes[0].kind == NW_NODE_ABSENT, ast, 0, "the absent node is missing");
    verify_functions(ast);
    nw_verification v = {ast, 0};
    nw_ast_visit_module(ast, verify_child, &v);
    for (v.parent = 1; v.parent < ast->node_count; v.parent++) {
        require(ast->nodes[v.parent].kind > NW_NODE_ABSENT && ast->nodes[v.parent].kind < NW_NODE_KIND_COUNT, ast, v.parent, "no such kind");
        nw_ast_visit_children(ast, v.parent, verify_child, &v);
    }
}
