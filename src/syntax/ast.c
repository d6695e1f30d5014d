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

const char *nw_node_kind_name(nw_node_kind kind)
{
    return kind < NW_NODE_KIND_COUNT ? kind_names[kind] : "?";
}

const char *nw_operator_text(nw_operator op)
{
    return op < NW_OPERATOR_COUNT ? operator_texts[op] : "?";
}
