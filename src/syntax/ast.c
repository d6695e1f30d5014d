#include "syntax/ast.h"

static const char *const kind_names[] = {
    "absent",
#define NW_NODE(kind, name, layout) name,
#include "syntax/ast.def"
#undef NW_NODE
};

static const char *const operator_texts[] = {
#define NW_OPERATOR(name, text, method, reflected, in_place) text,
#include "syntax/operator.def"
#undef NW_OPERATOR
};

_Static_assert(NW_NODE_KIND_COUNT <= 256, "kinds are stored in a byte");

bool nw_ast_binds(const nw_ast *ast, nw_symbol name)
{
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].a == name.v && (ast->nodes[i].flags & NW_NAME_BINDS))
            return true;
    return false;
}

const char *nw_node_kind_name(nw_node_kind kind)
{
    return kind < NW_NODE_KIND_COUNT ? kind_names[kind] : "?";
}

const char *nw_operator_text(nw_operator op)
{
    return op < NW_OPERATOR_COUNT ? operator_texts[op] : "?";
}
