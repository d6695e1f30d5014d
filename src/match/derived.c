/* Whether the file takes gradients of gradients, or derivatives forwards, which fused operators may not have. */
#include "base/among.h"
#include "match/site.h"
#include "match/word.h"

#include <string.h>

/* torch.func.hessian, torch.autograd.functional.jvp, torch.autograd.forward_ad */
static const char *const derivations[] = {"hessian", "hvp", "vhp", "jvp", "jacfwd", "linearize", "forward_ad", "make_dual", "gradgradcheck"};
/* Each takes gradients of a function; of one that takes gradients itself, they are second ones. */
static const char *const of_functions[] = {"grad", "vjp", "jacrev", "grad_and_value"};

bool nw_is_derivation(const char *name)
{
    return NW_IS_AMONG(name, derivations);
}

static const char *word_of(const nw_file_index *index, uint32_t id)
{
    const nw_node *node = nw_file_node(index, id);
    uint32_t word = node->kind == NW_NODE_ATTRIBUTE ? node->b : node->kind == NW_NODE_NAME || node->kind == NW_NODE_STRING ? node->a : 0;
    return word ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){word}) : "";
}

/* torch.autograd.grad(..., create_graph=True), by its word, within a text or by its place. */
static bool creates_graph(const nw_file_index *index)
{
    nw_symbol name = nw_symbol_of(index->eval->symbols, "create_graph");
    for (uint32_t i = 1; i < index->module->ast->node_count; i++) {
        const nw_node *node = nw_file_node(index, i);
        if (node->kind == NW_NODE_KEYWORD && node->a == name.v && nw_file_node(index, node->b)->kind != NW_NODE_FALSE)
            return true;
        if (node->kind == NW_NODE_STRING && (node->a == name.v || strcmp(word_of(index, i), "forward-mode") == 0))
            return true;
        uint32_t count = node->kind == NW_NODE_CALL ? nw_ast_list(index->module->ast, node->b).count : 0;
        if (count < 3)
            continue;
        const nw_node *flag = nw_file_node(index, nw_ast_list(index->module->ast, node->b).items[count < 5 ? 2 : 4]);
        const char *callee = word_of(index, node->a);
        bool is_flag = flag->kind != NW_NODE_FALSE && flag->kind != NW_NODE_NONE && flag->kind != NW_NODE_KEYWORD;
        if (is_flag && (count < 5 ? strcmp(callee, "backward") == 0 : strcmp(callee, "grad") == 0))
            return true;
    }
    return false;
}

/* How often the file names a function of torch.func by a name of its own, behind `from torch.func import grad as g`. */
static uint32_t count_imported(const nw_file_index *index, uint32_t alias)
{
    const nw_node *node = nw_file_node(index, alias), *statement = nw_file_node(index, index->above[alias].parent);
    const char *module = statement->kind == NW_NODE_IMPORT_FROM ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){statement->a}) : "";
    if (!node->b || (strcmp(module, "torch.func") != 0 && strcmp(module, "functorch") != 0))
        return 0;
    return nw_file_word(index, (nw_symbol){nw_file_node(index, node->b)->a}).count - 1;
}

/* Gradients that are taken of functions, which may take gradients themselves: torch.func.grad at two places, or at one and `backward` at another.
 * `x.grad` and torch.autograd.grad are something else. */
static bool derives_functions(const nw_file_index *index)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i < index->module->ast->node_count; i++) {
        const nw_node *node = nw_file_node(index, i);
        bool is_alias = node->kind == NW_NODE_IMPORT_ALIAS && node->a && NW_IS_AMONG(nw_symbol_bytes(index->eval->symbols, (nw_symbol){node->a}), of_functions);
        const char *owner = node->kind == NW_NODE_ATTRIBUTE && NW_IS_AMONG(word_of(index, i), of_functions) ? word_of(index, node->a) : "";
        count += is_alias ? count_imported(index, i) : strcmp(owner, "func") == 0 || strcmp(owner, "functorch") == 0;
    }
    return count > 1 || (count && nw_file_has_word(index, NW_NODE_ATTRIBUTE, "backward"));
}

bool nw_file_derives_twice(const nw_file_index *index)
{
    for (size_t i = 0; i < sizeof derivations / sizeof *derivations; i++)
        if (nw_file_has_word(index, NW_NODE_ATTRIBUTE, derivations[i]) || nw_file_has_word(index, NW_NODE_NAME, derivations[i]))
            return true;
    return creates_graph(index) || derives_functions(index);
}
