/* Whether the file takes gradients of gradients, or derivatives forwards, which fused operators may not have. */
#include "base/among.h"
#include "match/site.h"

#include <string.h>

/* torch.func.hessian, torch.autograd.functional.jvp, torch.autograd.forward_ad */
static bool is_derivation(const char *name)
{
    static const char *const derivations[] = {"hessian", "hvp", "vhp", "jvp", "jacfwd", "linearize", "forward_ad", "make_dual", "gradgradcheck"};
    return NW_IS_AMONG(name, derivations);
}

static bool is_derived_at(const nw_file_index *index, uint32_t id)
{
    const nw_node *node = nw_file_node(index, id);
    switch (node->kind) {
    case NW_NODE_KEYWORD: /* torch.autograd.grad(..., create_graph=True) */
        return node->a && strcmp(nw_symbol_bytes(index->eval->symbols, (nw_symbol){node->a}), "create_graph") == 0 && nw_file_node(index, node->b)->kind != NW_NODE_FALSE;
    case NW_NODE_ATTRIBUTE: return is_derivation(nw_symbol_bytes(index->eval->symbols, (nw_symbol){node->b}));
    case NW_NODE_NAME: return is_derivation(nw_symbol_bytes(index->eval->symbols, (nw_symbol){node->a}));
    default: return false;
    }
}

bool nw_file_derives_twice(const nw_file_index *index)
{
    bool found = false;
    for (uint32_t i = 1; i < index->module->ast->node_count && !found; i++)
        found = is_derived_at(index, i);
    return found;
}
