#include "match/context.h"

#include <string.h>

static bool is_setting(const nw_eval *eval, const nw_instance *manager, const char *name, nw_value *value)
{
    nw_value *found = nw_dict_find_name(manager->attributes, nw_symbol_of(eval->symbols, name));
    *value = found ? *found : nw_unset();
    return found != NULL;
}

/* torch.autocast("cuda", enabled=False), by whatever name it was made. */
static bool is_off_for_cuda(const nw_eval *eval, const nw_context *context)
{
    nw_value enabled, device;
    if (context->manager.kind != NW_INSTANCE || strcmp(nw_symbol_bytes(eval->symbols, context->name), "torch.autocast") != 0)
        return false;
    const nw_instance *manager = context->manager.as.instance;
    return is_setting(eval, manager, "enabled", &enabled) && enabled.kind == NW_BOOL && !enabled.as.integer && is_setting(eval, manager, "device", &device) &&
           device.kind == NW_STRING && strcmp(nw_symbol_bytes(eval->symbols, device.as.symbol), "cuda") == 0;
}

bool nw_switches_autocast_off(const nw_match *match, uint32_t statement)
{
    const nw_file_index *index = match->index;
    const nw_eval *eval = index->eval;
    const nw_node *node = nw_file_node(index, statement);
    nw_list items = node->kind == NW_NODE_WITH ? nw_ast_list(index->module->ast, node->a) : (nw_list){0};
    if (items.count != 1 || nw_file_node(index, items.items[0])->b)
        return false;
    uint32_t count;
    bool any = false;
    const nw_placed *facts = nw_file_facts_from(index, nw_file_node(index, items.items[0])->end, node->end, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (facts[i].activation != match->activation || facts[i].end > node->end)
            continue;
        for (uint32_t at = eval->facts[facts[i].number].context; at; at = eval->contexts[at].outer) {
            if (eval->contexts[at].node != items.items[0])
                continue;
            if (!is_off_for_cuda(eval, &eval->contexts[at]))
                return false;
            any = true;
        }
    }
    return any;
}

/* The `with` blocks of the function around a node that another node is not in. */
bool nw_is_out_of_autocast(const nw_match *match, uint32_t node)
{
    const nw_file_index *index = match->index;
    for (uint32_t i = 0; i < match->calls.count; i++)
        for (uint32_t at = match->calls.items[i]; at && index->above[at].function == match->function; at = index->above[at].parent)
            if (nw_file_node(index, at)->kind == NW_NODE_WITH && !nw_node_inside(nw_file_node(index, node), nw_file_node(index, at)) && nw_switches_autocast_off(match, at))
                return true;
    return false;
}

bool nw_context_is_open(const nw_match *match, uint32_t statement)
{
    for (uint32_t i = 0; i < match->form->condition_count; i++)
        if (match->form->conditions[i].predicate == NW_PREDICATE_ONE_AUTOCAST)
            return nw_switches_autocast_off(match, statement);
    return false;
}
