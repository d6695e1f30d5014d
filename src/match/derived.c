/* Whether the file takes gradients of gradients, or derivatives forwards, which fused operators may not have. */
#include "base/among.h"
#include "match/site.h"
#include "match/word.h"

/* torch.autograd.grad(..., create_graph=True) */
static bool creates_graph(const nw_file_index *index)
{
    nw_symbol name = nw_symbol_of(index->eval->symbols, "create_graph");
    for (uint32_t i = 1; i < index->module->ast->node_count; i++) {
        const nw_node *node = nw_file_node(index, i);
        if (node->kind == NW_NODE_KEYWORD && node->a == name.v && nw_file_node(index, node->b)->kind != NW_NODE_FALSE)
            return true;
    }
    return false;
}

/* torch.func.hessian, torch.autograd.functional.jvp, torch.autograd.forward_ad */
static const char *const derivations[] = {"hessian", "hvp", "vhp", "jvp", "jacfwd", "linearize", "forward_ad", "make_dual", "gradgradcheck"};

bool nw_is_derivation(const char *name)
{
    return NW_IS_AMONG(name, derivations);
}

bool nw_file_derives_twice(const nw_file_index *index)
{
    for (size_t i = 0; i < sizeof derivations / sizeof *derivations; i++)
        if (nw_file_has_word(index, NW_NODE_ATTRIBUTE, derivations[i]) || nw_file_has_word(index, NW_NODE_NAME, derivations[i]))
            return true;
    return creates_graph(index);
}
