/* Sites: what the tables have for a piece of text, in which layouts, and for the layers that a constructor makes. */
#include "migrate/layout_state.h"

#include "eval/interpret.h"

#include <stdio.h>
#include <string.h>

/* ---- sites ---- */

bool nw_layout_is_any(const nw_layout *l, nw_symbol name)
{
    return name.v && nw_translations_holds(&l->migration->tables, "any_layout", name, NULL);
}

static uint32_t add_site(nw_layout *l, nw_layout_site site)
{
    NW_ARENA_RESERVE(l->arena, l->sites, l->site_count, l->site_capacity);
    site.variable = site.form == NW_LAYOUT_SITE_FIRST ? NW_LAYOUT_PLAIN : nw_layout_new_variable(l);
    l->sites[l->site_count] = site;
    return l->site_count++;
}

/* What stands in the tables for a call; `kept`: only an adapter will do. */
static nw_layout_site read_call_site(nw_layout *l, nw_layout_module *m, const nw_source_call *call, bool kept)
{
    const nw_translations *tables = &l->migration->tables;
    nw_layout_site site = {.form = NW_LAYOUT_SITE_FIRST};
    const nw_translation *adapter = nw_translation_find(tables, NW_ROW_LAST_ADAPTER, call->name);
    const nw_translation *free_row = l->free_in && !kept ? nw_translation_find(tables, NW_ROW_FREE_TRANSLATION, call->name) : NULL;
    if (free_row && nw_template_fits(m->writer, free_row, call, &site.says) && nw_layout_features_are_free(l->migration, l->free_in, m->module, call->node))
        return (nw_layout_site){.form = NW_LAYOUT_SITE_LAST, .row = free_row};
    site.says = (nw_template_layout){0};
    site.row = kept ? NULL : nw_translation_find(tables, NW_ROW_LAST_TRANSLATION, call->name);
    if (nw_layout_is_any(l, call->name))
        site.form = NW_LAYOUT_SITE_ANY;
    else if (site.row && nw_template_fits(m->writer, site.row, call, &site.says))
        site.form = NW_LAYOUT_SITE_LAST;
    else if (adapter)
        site = (nw_layout_site){.form = NW_LAYOUT_SITE_LAST, .row = adapter};
    return site;
}

static nw_layout_site read_call(nw_layout *l, nw_layout_module *m, uint32_t node)
{
    nw_source_call call;
    if (!nw_source_call_read(m->writer, node, &call))
        return (nw_layout_site){.form = NW_LAYOUT_SITE_ABSENT};
    bool kept = call.class_ && nw_sites_kept(l->migration->sites, m->module, &m->module->ast->nodes[node], call.class_);
    return read_call_site(l, m, &call, kept);
}

static nw_layout_site read_attribute(nw_layout *l, nw_layout_module *m, uint32_t node)
{
    char text[160];
    nw_value class_ = nw_translations_setting(&l->migration->tables, "tensor");
    snprintf(text, sizeof text, "%s.%s", class_.kind == NW_STRING ? nw_bytes(l->eval, class_.as.symbol) : "",
             nw_bytes(l->eval, (nw_symbol){m->module->ast->nodes[node].b}));
    nw_symbol name = nw_symbol_of(l->eval->symbols, text);
    const nw_translation *row = nw_translation_find(&l->migration->tables, NW_ROW_LAST_ATTRIBUTE, name);
    return (nw_layout_site){.form = nw_layout_is_any(l, name) ? NW_LAYOUT_SITE_ANY : row ? NW_LAYOUT_SITE_LAST : NW_LAYOUT_SITE_FIRST, .row = row};
}

static nw_layout_site read_operation(nw_layout *l, nw_layout_module *m, uint32_t node)
{
    const nw_node *n = &m->module->ast->nodes[node];
    char key[32];
    nw_value name;
    nw_operator op = (nw_operator)n->op;
    if (n->kind == NW_NODE_COMPARE)
        op = (nw_operator)nw_ast_list(m->module->ast, n->b).items[0];
    snprintf(key, sizeof key, n->kind == NW_NODE_UNARY ? "unary %s" : "%s", nw_operator_text(op));
    if (!nw_translations_holds(&l->migration->tables, "operators", nw_symbol_of(l->eval->symbols, key), &name) || name.kind != NW_STRING)
        return (nw_layout_site){.form = NW_LAYOUT_SITE_ABSENT}; /* is, in */
    return (nw_layout_site){.form = nw_layout_is_any(l, name.as.symbol) ? NW_LAYOUT_SITE_ANY : NW_LAYOUT_SITE_FIRST};
}

static nw_list index_items(const nw_layout_module *m, const nw_node *n, const uint32_t *single)
{
    const nw_node *index = &m->module->ast->nodes[n->b];
    return index->kind == NW_NODE_TUPLE ? nw_ast_list(m->module->ast, index->a) : (nw_list){single, 1};
}

/* Slices change places; one channel is taken in the source's order, and (n, c) with new axes behind it gets them in between. */
static nw_layout_site read_item(nw_layout *l, nw_layout_module *m, const nw_trace_entry *first)
{
    const nw_ast *ast = m->module->ast;
    const nw_node *n = &ast->nodes[first->node];
    nw_list items = index_items(m, n, &n->b);
    if (l->migration->tables.to_first)
        return (nw_layout_site){.form = NW_LAYOUT_SITE_FIRST};
    uint32_t rank = first->a.kind == NW_TENSOR && first->a.as.tensor->shape ? first->a.as.tensor->rank : 0, slices = 0, none = 0;
    for (uint32_t i = 0; i < items.count; i++) {
        slices += ast->nodes[items.items[i]].kind == NW_NODE_SLICE;
        none += ast->nodes[items.items[i]].kind == NW_NODE_NONE;
    }
    bool one_channel = items.count > 1 && slices == items.count - 1 && ast->nodes[items.items[1]].kind != NW_NODE_SLICE && !none;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(l->migration->sites, e)) {
        uint32_t count;
        const nw_value *values = nw_layout_items_of(e->b, &count);
        if (e->a.kind != NW_TENSOR || !e->a.as.tensor->shape || e->a.as.tensor->rank != rank)
            return (nw_layout_site){.form = NW_LAYOUT_SITE_FIRST};
        one_channel &= e->b.kind == NW_TUPLE && count == items.count && nw_settle(l->eval, values[1]).kind == NW_INT;
    }
    bool sliced = rank > 2 && items.count <= rank && slices == items.count;
    bool grown = rank == 2 && items.count > 2 && slices == 2 && none == items.count - 2 && ast->nodes[items.items[1]].kind == NW_NODE_SLICE &&
                 ast->nodes[items.items[0]].kind == NW_NODE_SLICE;
    one_channel &= rank > 2 && items.count <= rank;
    return (nw_layout_site){.form = sliced || grown || one_channel ? NW_LAYOUT_SITE_LAST : NW_LAYOUT_SITE_FIRST, .says = {.plain_result = one_channel && !sliced}};
}

/* What has the same text in both layouts has it only where all tensors have the same axes. */
static uint8_t checked_form(nw_layout *l, uint8_t form, const nw_trace_entry *first)
{
    for (const nw_trace_entry *e = first; e && form == NW_LAYOUT_SITE_ANY; e = nw_sites_next(l->migration->sites, e))
        if (nw_layout_rank_of_arguments(l, e) < 0)
            return NW_LAYOUT_SITE_FIRST;
    return form;
}

nw_layout_site *nw_layout_site_at(nw_layout *l, nw_layout_module *m, const nw_trace_entry *e)
{
    if (!m->sites[e->node]) {
        const nw_trace_entry *first = nw_sites_first(l->migration->sites, m->module, e->node);
        nw_layout_site site = e->kind == NW_TRACE_CALL ? read_call(l, m, e->node) : e->kind == NW_TRACE_ATTRIBUTE ? read_attribute(l, m, e->node)
                           : e->kind == NW_TRACE_OPERATION ? read_operation(l, m, e->node) : read_item(l, m, first);
        site.form = checked_form(l, site.form, first);
        m->sites[e->node] = add_site(l, site) + 1;
    }
    return &l->sites[m->sites[e->node] - 1];
}

/* ---- layers ---- */

static void index_calls(nw_layout *l, nw_layout_module *m)
{
    const nw_ast *ast = m->module->ast;
    m->call_at = nw_arena_zero(l->arena, (m->module->source.size + 2) * sizeof *m->call_at);
    m->call_next = nw_arena_zero(l->arena, (ast->node_count + 1) * sizeof *m->call_next);
    for (uint32_t node = 1; node < ast->node_count; node++)
        if (ast->nodes[node].kind == NW_NODE_CALL) {
            m->call_next[node] = m->call_at[ast->nodes[node].start];
            m->call_at[ast->nodes[node].start] = node;
        }
}

/* Layers whose class is handed around as a value, or asked for: one decision for all of that class. */
static uint32_t class_site_of(nw_layout *l, nw_symbol name)
{
    for (uint32_t i = 0; i < l->class_count; i++)
        if (l->classes[i].name.v == name.v)
            return l->classes[i].site;
    const nw_translation *adapter = nw_translation_find(&l->migration->tables, NW_ROW_LAST_ADAPTER, name);
    uint32_t site = add_site(l, (nw_layout_site){.form = nw_layout_is_any(l, name) ? NW_LAYOUT_SITE_ANY : adapter ? NW_LAYOUT_SITE_LAST : NW_LAYOUT_SITE_FIRST, .row = adapter});
    NW_ARENA_RESERVE(l->arena, l->classes, l->class_count, l->class_capacity);
    l->classes[l->class_count++] = (nw_layout_class){name, site};
    return site;
}

/* The call that made a layer, 0: it cannot be told. */
static uint32_t layer_node(nw_layout *l, nw_layout_module *m, const nw_instance *instance)
{
    if (!m)
        return 0;
    if (!m->call_at)
        index_calls(l, m);
    uint32_t node = m->call_at[instance->place.start];
    while (node && m->module->ast->nodes[node].end != instance->place.end)
        node = m->call_next[node];
    return node;
}

/* The site of what made a layer; UINT32_MAX: it cannot be told, or it is no layer of the framework itself. */
static uint32_t layer_site(nw_layout *l, const nw_instance *instance)
{
    nw_symbol name = nw_framework_value_name(l->eval, nw_class_value(instance->class_));
    nw_layout_module *m = nw_layout_module_of(l, instance->place.module);
    uint32_t node = name.v ? layer_node(l, m, instance) : 0;
    nw_source_call call;
    if (!node)
        return UINT32_MAX;
    if (!nw_source_call_read(m->writer, node, &call))
        return class_site_of(l, name);
    if (call.class_ && call.class_ != instance->class_)
        return UINT32_MAX;
    bool asked = call.class_ && nw_sites_kept(l->migration->sites, m->module, &m->module->ast->nodes[node], instance->class_);
    if (!m->sites[node]) /* what programs ask `isinstance` about is one class */
        m->sites[node] = (asked ? class_site_of(l, name) : add_site(l, read_call(l, m, node))) + 1;
    return m->sites[node] - 1;
}

static void check_ranks(nw_layout *l, const nw_tensor *tensor, void *data)
{
    const nw_layout_site *site = data;
    if (!tensor->shape || (site->row && site->row->ranks && !(site->row->ranks & 1u << tensor->rank)))
        nw_layout_unite(l, site->variable, NW_LAYOUT_PLAIN);
}

static int rank_of_layer(nw_layout *l, const nw_layout_layer_call *call)
{
    nw_layout_ranks check = {0};
    for (uint32_t i = 0; i < call->argument_count; i++)
        nw_layout_visit_value(l, call->arguments[i], nw_layout_check_rank, &check, 0);
    nw_layout_visit_value(l, call->result, nw_layout_check_rank, &check, 0);
    return check.rank;
}

/* What a container hands to a layer: another layer that turns the axes may stand in front of it. */
static void take_from_container(nw_layout *l, const nw_instance *instance, const nw_layout_layer_call *call, uint32_t variable)
{
    nw_layout_module *m = nw_layout_module_of(l, instance->place.module);
    uint32_t node = layer_node(l, m, instance);
    bool item = node && m->items && m->items[node];
    for (uint32_t i = 0; i < call->argument_count; i++) {
        nw_value value = nw_settle(l->eval, call->arguments[i]);
        if (item && i == 0 && value.kind == NW_TENSOR)
            nw_layout_use_tensor(l, m, node, value.as.tensor, variable);
        else
            nw_layout_give(l, value, variable);
    }
}

void nw_layout_run_layer(nw_layout *l, const nw_instance *instance, const nw_layout_layer_call *call)
{
    static const nw_layout_site unknown = {.form = NW_LAYOUT_SITE_FIRST};
    uint32_t number = layer_site(l, instance);
    const nw_layout_site *site = number == UINT32_MAX ? &unknown : &l->sites[number];
    uint32_t variable = site->variable, result = site->says.plain_result ? NW_LAYOUT_PLAIN : variable;
    if (site->form == NW_LAYOUT_SITE_ANY && rank_of_layer(l, call) >= 0)
        variable = result = nw_layout_new_variable(l);
    else if (site->form != NW_LAYOUT_SITE_LAST)
        variable = result = NW_LAYOUT_PLAIN;
    for (uint32_t i = 0; site->form == NW_LAYOUT_SITE_LAST && i < call->argument_count; i++)
        nw_layout_visit_value(l, call->arguments[i], check_ranks, (void *)(uintptr_t)site, 0);
    if (call->e)
        nw_layout_use_arguments(l, call->m, call->e, &unknown, variable);
    else
        take_from_container(l, instance, call, variable);
    nw_layout_give(l, call->result, result);
}
