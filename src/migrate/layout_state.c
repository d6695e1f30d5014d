/* Variables for layouts, values and operands. */
#include "migrate/layout_state.h"

#include "eval/interpret.h"

/* ---- variables ---- */

uint32_t nw_layout_new_variable(nw_layout *l)
{
    NW_ARENA_RESERVE(l->arena, l->parents, l->variable_count, l->variable_capacity);
    l->parents[l->variable_count] = l->variable_count;
    return l->variable_count++;
}

uint32_t nw_layout_root(const nw_layout *l, uint32_t variable)
{
    while (l->parents[variable] != variable) {
        l->parents[variable] = l->parents[l->parents[variable]];
        variable = l->parents[variable];
    }
    return variable;
}

void nw_layout_unite(nw_layout *l, uint32_t a, uint32_t b)
{
    a = nw_layout_root(l, a);
    b = nw_layout_root(l, b);
    l->parents[a > b ? a : b] = a > b ? b : a; /* NW_LAYOUT_PLAIN stays a root */
}

nw_layout_slot *nw_layout_slot_of(const nw_layout *l, const nw_tensor *tensor)
{
    uint32_t at = (uint32_t)(((uintptr_t)tensor >> 4) * 0x9e3779b97f4a7c15u >> 20) & (l->slot_count - 1);
    while (l->slots[at].tensor && l->slots[at].tensor != tensor)
        at = (at + 1) & (l->slot_count - 1);
    return &l->slots[at];
}

static void grow_slots(nw_layout *l)
{
    nw_layout_slot *old = l->slots;
    uint32_t count = l->slot_count;
    l->slot_count = count ? 2 * count : 1024;
    l->slots = nw_arena_zero(l->arena, l->slot_count * sizeof *l->slots);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].tensor)
            *nw_layout_slot_of(l, old[i].tensor) = old[i];
}

uint32_t nw_layout_variable_of(nw_layout *l, const nw_tensor *tensor)
{
    for (uint32_t i = l->depth; i-- > 0;)
        for (uint32_t k = 0; k < l->stack[i].count; k++)
            if (l->stack[i].tensors[k] == tensor)
                return l->stack[i].variables[k];
    if (2 * (l->tensor_count + 1) > l->slot_count)
        grow_slots(l);
    nw_layout_slot *slot = nw_layout_slot_of(l, tensor);
    if (!slot->tensor) {
        *slot = (nw_layout_slot){tensor, tensor->is_parameter || tensor->is_buffer ? NW_LAYOUT_PLAIN : nw_layout_new_variable(l)};
        l->tensor_count++;
    }
    return slot->variable;
}

/* ---- values ---- */

bool nw_layout_concerns(const nw_tensor *tensor)
{
    return !tensor->shape || tensor->rank > 2;
}

const nw_value *nw_layout_items_of(nw_value value, uint32_t *count)
{
    *count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    return value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
}

void nw_layout_visit_value(nw_layout *l, nw_value value, nw_layout_visit visit, void *data, int depth)
{
    uint32_t count;
    value = nw_settle(l->eval, value);
    const nw_value *items = nw_layout_items_of(value, &count);
    if (depth > NW_LAYOUT_MAX_NESTING)
        return;
    if (value.kind == NW_TENSOR)
        visit(l, value.as.tensor, data);
    for (uint32_t i = 0; i < count; i++)
        nw_layout_visit_value(l, items[i], visit, data, depth + 1);
    if (value.kind == NW_PHI) {
        nw_layout_visit_value(l, value.as.phi->then, visit, data, depth + 1);
        nw_layout_visit_value(l, value.as.phi->otherwise, visit, data, depth + 1);
    }
    if (value.kind == NW_INSTANCE && value.as.instance->payload.kind == NW_TUPLE)
        nw_layout_visit_value(l, value.as.instance->payload, visit, data, depth + 1);
    uint32_t position = 0;
    for (nw_dict_entry *entry; value.kind == NW_DICT && (entry = nw_dict_next(value.as.dict, &position));)
        nw_layout_visit_value(l, entry->value, visit, data, depth + 1);
}

static void unite_tensor(nw_layout *l, const nw_tensor *tensor, void *data)
{
    if (nw_layout_concerns(tensor))
        nw_layout_unite(l, tensor->shape ? nw_layout_variable_of(l, tensor) : NW_LAYOUT_PLAIN, *(const uint32_t *)data);
    if (!tensor->shape)
        nw_layout_unite(l, nw_layout_variable_of(l, tensor), NW_LAYOUT_PLAIN);
}

void nw_layout_give(nw_layout *l, nw_value value, uint32_t variable)
{
    nw_layout_visit_value(l, value, unite_tensor, &variable, 0);
}

void nw_layout_check_rank(nw_layout *l, const nw_tensor *tensor, void *data)
{
    nw_layout_ranks *check = data;
    (void)l;
    if (!tensor->shape || (check->rank > 0 && tensor->rank != 0 && tensor->rank != check->rank))
        check->rank = -1;
    else if (tensor->rank > 2 && !check->rank)
        check->rank = tensor->rank;
    else if (tensor->rank == 1 || tensor->rank == 2)
        check->small = true;
    if (check->small && check->rank > 0)
        check->rank = -1;
}

int nw_layout_rank_of_arguments(nw_layout *l, const nw_trace_entry *e)
{
    nw_layout_ranks check = {0};
    nw_layout_visit_value(l, e->a.kind == NW_METHOD ? e->a.as.method->self : e->kind == NW_TRACE_CALL ? nw_unset() : e->a, nw_layout_check_rank, &check, 0);
    if (e->kind == NW_TRACE_OPERATION)
        nw_layout_visit_value(l, e->b, nw_layout_check_rank, &check, 0);
    for (uint32_t i = 0; e->kind == NW_TRACE_CALL && i < e->arguments->positional_count; i++)
        nw_layout_visit_value(l, e->arguments->positional[i], nw_layout_check_rank, &check, 0);
    for (uint32_t i = 0; e->kind == NW_TRACE_CALL && i < e->arguments->named_count; i++)
        nw_layout_visit_value(l, e->arguments->named[i], nw_layout_check_rank, &check, 0);
    return check.rank;
}

/* ---- uses ---- */

nw_layout_module *nw_layout_module_of(const nw_layout *l, const nw_module *module)
{
    for (uint32_t i = 0; i < l->module_count; i++)
        if (l->modules[i].module == module)
            return &l->modules[i];
    return NULL;
}

void nw_layout_use_tensor(nw_layout *l, nw_layout_module *m, uint32_t node, const nw_tensor *tensor, uint32_t variable)
{
    if (!nw_layout_concerns(tensor))
        return;
    uint32_t value = nw_layout_variable_of(l, tensor);
    if (!tensor->shape)
        nw_layout_unite(l, value, NW_LAYOUT_PLAIN);
    if (!node || !tensor->shape) {
        nw_layout_unite(l, value, variable);
        return;
    }
    if (!m->uses[node]) {
        NW_ARENA_RESERVE(l->arena, l->uses, l->use_count, l->use_capacity);
        l->uses[l->use_count++] = (nw_layout_use){value, variable, tensor->rank};
        m->uses[node] = l->use_count;
        return;
    }
    nw_layout_use *use = &l->uses[m->uses[node] - 1];
    nw_layout_unite(l, use->value, value);
    nw_layout_unite(l, use->site, variable);
    if (use->rank != tensor->rank)
        nw_layout_unite(l, value, variable);
}

void nw_layout_use_value(nw_layout *l, nw_layout_module *m, uint32_t node, nw_value value, uint32_t variable)
{
    uint32_t count;
    value = nw_settle(l->eval, value);
    if (value.kind == NW_TENSOR) {
        nw_layout_use_tensor(l, m, node, value.as.tensor, variable);
        return;
    }
    const nw_value *items = nw_layout_items_of(value, &count);
    const nw_node *n = node ? &m->module->ast->nodes[node] : NULL;
    bool display = items && n && (n->kind == NW_NODE_LIST || n->kind == NW_NODE_TUPLE);
    nw_list parts = display ? nw_ast_list(m->module->ast, n->a) : (nw_list){0};
    display &= parts.count == count;
    for (uint32_t i = 0; display && i < count; i++)
        display &= m->module->ast->nodes[parts.items[i]].kind != NW_NODE_STARRED;
    if (!display) {
        nw_layout_give(l, value, variable);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        nw_layout_use_value(l, m, parts.items[i], items[i], variable);
}

static bool is_plain_parameter(nw_layout *l, const nw_layout_site *site, nw_symbol name)
{
    for (uint32_t i = 0; site->row && i < site->row->plain.count; i++)
        if (site->row->module->ast->nodes[site->row->plain.items[i]].a == name.v)
            return true;
    (void)l;
    return false;
}

static nw_symbol parameter_name(const nw_layout_site *site, uint32_t position)
{
    const nw_ast_function *code = site->row && site->row->function ? site->row->function->code : NULL;
    return code && position < code->parameter_count ? code->parameters[position].name : (nw_symbol){0};
}

void nw_layout_use_arguments(nw_layout *l, nw_layout_module *m, const nw_trace_entry *e, const nw_layout_site *site, uint32_t variable)
{
    const nw_ast *ast = m->module->ast;
    nw_list list = nw_ast_list(ast, ast->nodes[e->node].b);
    bool is_method = e->a.kind == NW_METHOD;
    bool starred = false;
    if (is_method)
        nw_layout_use_value(l, m, ast->nodes[ast->nodes[e->node].a].kind == NW_NODE_ATTRIBUTE ? ast->nodes[ast->nodes[e->node].a].a : 0, e->a.as.method->self, variable);
    for (uint32_t i = 0; i < list.count; i++)
        starred |= ast->nodes[list.items[i]].kind == NW_NODE_STARRED;
    for (uint32_t i = 0; i < e->arguments->positional_count; i++) {
        bool at_place = !starred && i < list.count && ast->nodes[list.items[i]].kind != NW_NODE_KEYWORD;
        bool plain = is_plain_parameter(l, site, parameter_name(site, i + is_method));
        nw_layout_use_value(l, m, at_place ? list.items[i] : 0, e->arguments->positional[i], plain ? NW_LAYOUT_PLAIN : variable);
    }
    for (uint32_t i = 0; i < e->arguments->named_count; i++) {
        uint32_t node = 0;
        for (uint32_t k = 0; k < list.count; k++)
            if (ast->nodes[list.items[k]].kind == NW_NODE_KEYWORD && ast->nodes[list.items[k]].a == e->arguments->names[i].v)
                node = ast->nodes[list.items[k]].b;
        nw_layout_use_value(l, m, node, e->arguments->named[i], is_plain_parameter(l, site, e->arguments->names[i]) ? NW_LAYOUT_PLAIN : variable);
    }
}
