/* From the trace to layouts: every entry is run over variables, then a cut decides. */
#include "migrate/layout_state.h"

#include "eval/interpret.h"

#include <stdio.h>
#include <string.h>

/* ---- entries ---- */

static void cover(nw_layout *l, const nw_trace_entry *e)
{
    for (uint32_t i = e->fact; i < e->fact_end && i < l->fact_count; i++)
        l->covered[i] = true;
}

static void find_tensor(nw_layout *l, const nw_tensor *tensor, void *data)
{
    const nw_tensor **wanted = data;
    (void)l;
    if (*wanted == tensor)
        *wanted = NULL;
}

/* Another layout may begin where the program calls something of its own. */
static void pass_tensor(nw_layout *l, nw_layout_module *m, nw_layout_passed *scope, uint32_t node, nw_value value, nw_value result)
{
    value = nw_settle(l->eval, value);
    if (value.kind != NW_TENSOR || !value.as.tensor->shape || value.as.tensor->rank < 3 || scope->count == NW_LAYOUT_MAX_PASSED)
        return;
    const nw_tensor *found = value.as.tensor;
    nw_layout_visit_value(l, result, find_tensor, &found, 0);
    if (!found) /* it comes back as it is */
        return;
    uint32_t inside = m->uses[node] ? l->uses[m->uses[node] - 1].site : nw_layout_new_variable(l);
    nw_layout_use_tensor(l, m, node, value.as.tensor, inside);
    scope->tensors[scope->count] = value.as.tensor;
    scope->variables[scope->count++] = inside;
}

static void pass_arguments(nw_layout *l, nw_layout_module *m, const nw_trace_entry *e)
{
    const nw_ast *ast = m->module->ast;
    nw_list list = nw_ast_list(ast, ast->nodes[e->node].b);
    nw_layout_passed scope = {.end = e->end, .fact_end = e->fact_end};
    for (uint32_t i = 0; i < list.count && ast->nodes[list.items[i]].kind != NW_NODE_STARRED; i++) {
        const nw_node *n = &ast->nodes[list.items[i]];
        if (n->kind != NW_NODE_KEYWORD && i < e->arguments->positional_count)
            pass_tensor(l, m, &scope, list.items[i], e->arguments->positional[i], e->result);
        for (uint32_t k = 0; n->kind == NW_NODE_KEYWORD && k < e->arguments->named_count; k++)
            if (e->arguments->names[k].v == n->a)
                pass_tensor(l, m, &scope, n->b, e->arguments->named[k], e->result);
    }
    NW_ARENA_RESERVE(l->arena, l->stack, l->depth, l->stack_capacity);
    l->stack[l->depth++] = scope;
}

static bool is_layer(nw_value callee)
{
    return callee.kind == NW_INSTANCE && callee.as.instance->class_->row && callee.as.instance->class_->row->is_layer && !callee.as.instance->class_->row->is_container;
}

/* Values go in and come out in the layout of the site. */
static void run_site(nw_layout *l, nw_layout_module *m, const nw_trace_entry *e, const nw_layout_site *site)
{
    uint32_t variable = site->variable;
    if (site->form == NW_LAYOUT_SITE_ANY && nw_layout_rank_of_arguments(l, e) == 0)
        return;
    uint32_t operands = site->says.plain_arguments ? NW_LAYOUT_PLAIN : variable;
    const nw_node *n = &m->module->ast->nodes[e->node];
    if (e->kind == NW_TRACE_CALL)
        nw_layout_use_arguments(l, m, e, site, operands);
    else if (e->kind == NW_TRACE_OPERATION) {
        nw_list list = n->kind == NW_NODE_COMPARE ? nw_ast_list(m->module->ast, n->b) : (nw_list){0};
        bool in_place = n->kind == NW_NODE_AUGMENTED_ASSIGN;
        nw_layout_use_value(l, m, in_place ? 0 : n->a, e->a, operands);
        nw_layout_use_value(l, m, n->kind == NW_NODE_UNARY ? 0 : list.count ? list.items[1] : n->b, e->b, operands);
    } else {
        nw_layout_use_value(l, m, n->a, e->a, operands);
    }
    nw_layout_give(l, e->result, site->says.plain_result ? NW_LAYOUT_PLAIN : variable);
}

static void run_call(nw_layout *l, nw_layout_module *m, const nw_trace_entry *e)
{
    if (is_layer(e->a)) {
        nw_layout_layer_call call = {m, e, e->arguments->positional, e->arguments->positional_count, e->result};
        if (e->fact < l->fact_count && l->eval->facts[e->fact].kind == NW_FACT_LAYER) {
            nw_layout_run_layer(l, e->a.as.instance, &call);
            cover(l, e);
        }
        return;
    }
    if (e->a.kind == NW_CLASS)
        return;
    if (nw_is_own_code(e->a)) {
        pass_arguments(l, m, e);
        return;
    }
    nw_layout_site site = *nw_layout_site_at(l, m, e);
    if (site.form == NW_LAYOUT_SITE_ABSENT)
        return;
    run_site(l, m, e, &site);
    cover(l, e);
}

/* self.mean = self.mean.type_as(x) */
static void keep_attribute(nw_layout *l, const nw_layout_module *m, const nw_trace_entry *e)
{
    const nw_node *n = &m->module->ast->nodes[e->node];
    const nw_tensor *tensor = e->b.as.tensor;
    if (n->kind != NW_NODE_ATTRIBUTE || tensor->is_parameter || tensor->is_buffer || !nw_layout_concerns(tensor))
        return;
    uint32_t variable = nw_layout_variable_of(l, tensor);
    for (uint32_t i = 0; i < l->kept_count; i++)
        if (l->kept[i].instance == e->a.as.instance && l->kept[i].name.v == n->b) {
            nw_layout_unite(l, l->kept[i].variable, variable);
            return;
        }
    NW_ARENA_RESERVE(l->arena, l->kept, l->kept_count, l->kept_capacity);
    l->kept[l->kept_count++] = (nw_layout_kept){e->a.as.instance, (nw_symbol){n->b}, variable};
}

static void run_entry(nw_layout *l, const nw_trace_entry *e)
{
    nw_layout_module *m = nw_layout_module_of(l, e->module);
    if (!m || !nw_sites_first(l->migration->sites, e->module, e->node)) /* code that is left out has no sites */
        return;
    bool tensors = e->a.kind == NW_TENSOR || e->b.kind == NW_TENSOR;
    if (e->kind == NW_TRACE_CALL) {
        run_call(l, m, e);
    } else if (e->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && e->b.kind == NW_TENSOR) {
        keep_attribute(l, m, e);
    } else if (e->kind == NW_TRACE_ITEM_STORE && tensors) {
        nw_layout_give(l, e->a, NW_LAYOUT_PLAIN);
        nw_layout_give(l, e->result, NW_LAYOUT_PLAIN);
    } else if (tensors && (e->kind == NW_TRACE_ATTRIBUTE || e->kind == NW_TRACE_ITEM || e->kind == NW_TRACE_OPERATION)) {
        nw_layout_site site = *nw_layout_site_at(l, m, e);
        if (site.form == NW_LAYOUT_SITE_ABSENT || (e->kind == NW_TRACE_ATTRIBUTE && e->result.kind == NW_METHOD))
            return;
        run_site(l, m, e, &site);
        cover(l, e);
    }
}

/* ---- facts that no text of the program stands for ---- */

static void run_fact(nw_layout *l, uint32_t number)
{
    const nw_fact *fact = &l->eval->facts[number];
    if (fact->in_catalog || l->covered[number] || fact->kind == NW_FACT_INPUT || fact->kind == NW_FACT_MODULE)
        return;
    if (fact->kind == NW_FACT_LAYER) {
        nw_layout_layer_call call = {.arguments = fact->arguments, .argument_count = fact->argument_count, .result = fact->result};
        if (fact->callee.kind == NW_INSTANCE)
            nw_layout_run_layer(l, fact->callee.as.instance, &call);
        return;
    }
    bool joined = fact->kind == NW_FACT_JOIN || fact->kind == NW_FACT_LOOP;
    nw_layout_ranks check = {0};
    for (uint32_t i = 0; i < fact->argument_count; i++)
        nw_layout_visit_value(l, fact->arguments[i], nw_layout_check_rank, &check, 0);
    uint32_t variable = joined || (nw_layout_is_any(l, fact->name) && check.rank >= 0) ? nw_layout_new_variable(l) : NW_LAYOUT_PLAIN;
    for (uint32_t i = 0; i < fact->argument_count; i++)
        nw_layout_give(l, fact->arguments[i], variable);
    nw_layout_give(l, fact->result, variable);
}

static void run_all(nw_layout *l)
{
    const nw_trace *trace = l->migration->sites->trace;
    uint32_t fact = 1;
    uint32_t count = trace->facts ? trace->evaluated : trace->count;
    for (uint32_t i = 0; i <= count; i++) {
        uint32_t until = i < count ? trace->entries[i].fact : l->fact_count;
        for (; fact < until; fact++) {
            while (l->depth && l->stack[l->depth - 1].fact_end <= fact)
                l->depth--;
            run_fact(l, fact);
        }
        while (l->depth && l->stack[l->depth - 1].end <= i)
            l->depth--;
        if (i < count)
            run_entry(l, &trace->entries[i]);
    }
}

/* Whether what only training does, of which nothing was decided, takes tensors whose axes may have moved. */
static bool trains_with_axes(nw_layout *l)
{
    const nw_trace *trace = l->migration->sites->trace;
    for (uint32_t i = trace->evaluated; trace->facts && i < trace->count; i++)
        if (nw_layout_rank_of_arguments(l, &trace->entries[i]) != 0)
            return true;
    return false;
}

/* ---- deciding ---- */

static bool is_last(const nw_layout *l, uint32_t variable)
{
    return l->side[nw_layout_root(l, variable)];
}

/* Transposes that a site's row holds. */
static uint32_t own_transposes(const nw_layout_site *site)
{
    return site->form == NW_LAYOUT_SITE_LAST && site->row ? site->row->transposes + site->says.transposes : 0;
}

/* What has no other form gains as much as it takes. */
static uint32_t gain_of(const nw_layout *l, const nw_translation *row)
{
    const nw_translations *tables = &l->migration->tables;
    return tables->by_hand && !nw_translation_find(tables, NW_ROW_TRANSLATION, row->name) ? NW_LAYOUT_ONLY_FORM : row->gain;
}

static void decide(nw_layout *l)
{
    uint32_t count = 0;
    nw_cut_edge *edges = nw_arena_alloc(l->arena, (l->use_count + 2 * l->site_count + 1) * sizeof *edges);
    for (uint32_t i = 0; i < l->use_count; i++)
        if (nw_layout_root(l, l->uses[i].value) != nw_layout_root(l, l->uses[i].site))
            edges[count++] = (nw_cut_edge){nw_layout_root(l, l->uses[i].value), nw_layout_root(l, l->uses[i].site), NW_LAYOUT_USE_COST};
    for (uint32_t i = 0; i < l->site_count; i++)
        if (l->sites[i].form == NW_LAYOUT_SITE_LAST && l->sites[i].row && l->sites[i].row->gain)
            edges[count++] = (nw_cut_edge){NW_LAYOUT_LAST, nw_layout_root(l, l->sites[i].variable), gain_of(l, l->sites[i].row)};
    for (uint32_t i = 0; i < l->site_count; i++)
        if (own_transposes(&l->sites[i]))
            edges[count++] = (nw_cut_edge){NW_LAYOUT_PLAIN, nw_layout_root(l, l->sites[i].variable), NW_LAYOUT_USE_COST * own_transposes(&l->sites[i])};
    l->side = nw_arena_zero(l->arena, l->variable_count * sizeof *l->side);
    nw_layout_cut(l->arena, l->variable_count, NW_LAYOUT_LAST, NW_LAYOUT_PLAIN, edges, count, l->side);
}

static bool tensor_is_last(nw_layout *l, const nw_tensor *tensor)
{
    const nw_layout_slot *slot = l->slot_count && tensor->shape && tensor->rank > 2 ? nw_layout_slot_of(l, tensor) : NULL;
    return slot && slot->tensor && is_last(l, slot->variable);
}

static bool any_is_last(const nw_layout *l)
{
    for (uint32_t i = NW_LAYOUT_FIRST_VARIABLE; i < l->variable_count; i++)
        if (l->side[i])
            return true;
    return false;
}

nw_layout *nw_layout_find(nw_migration *migration, nw_writer **writers, uint32_t count, const nw_model *model, bool free_features)
{
    nw_eval *eval = migration->eval;
    nw_layout *l = nw_arena_zero(&eval->arena, sizeof *l);
    *l = (nw_layout){.migration = migration, .eval = eval, .arena = &eval->arena, .module_count = count, .fact_count = migration->sites->trace->facts ? migration->sites->trace->facts : eval->fact_count,
                      .free_in = free_features ? model : NULL};
    if (migration->sites->trace->full)
        return NULL;
    l->modules = nw_arena_zero(l->arena, (count + 1) * sizeof *l->modules);
    for (uint32_t i = 0; i < count; i++) {
        const nw_module *module = writers[i]->module;
        l->modules[i] = (nw_layout_module){.module = module, .writer = writers[i]};
        l->modules[i].sites = nw_arena_zero(l->arena, (module->ast->node_count + 1) * sizeof(uint32_t));
        l->modules[i].uses = nw_arena_zero(l->arena, (module->ast->node_count + 1) * sizeof(uint32_t));
        l->modules[i].items = nw_items_find(writers[i]);
    }
    l->covered = nw_arena_zero(l->arena, (l->fact_count + 1) * sizeof *l->covered);
    for (uint32_t i = 0; i < NW_LAYOUT_FIRST_VARIABLE; i++)
        nw_layout_new_variable(l);
    run_all(l);
    decide(l);
    if (!any_is_last(l) || trains_with_axes(l))
        return NULL;
    l->inputs = nw_arena_zero(l->arena, (model->input_count + 1) * sizeof *l->inputs);
    l->outputs = nw_arena_zero(l->arena, (model->output_count + 1) * sizeof *l->outputs);
    for (uint32_t i = 0; i < model->input_count; i++)
        l->inputs[i] = tensor_is_last(l, model->inputs[i].tensor);
    for (uint32_t i = 0; i < model->output_count; i++)
        l->outputs[i] = tensor_is_last(l, model->outputs[i].tensor);
    l->moved = (nw_moved_channels){l->inputs, l->outputs, migration->tables.to_first};
    return l;
}

/* ---- what was decided ---- */

bool nw_layout_is_last(const nw_layout *layout, const nw_module *module, uint32_t node)
{
    const nw_layout_module *m = layout ? nw_layout_module_of(layout, module) : NULL;
    if (!m || !m->sites[node])
        return false;
    const nw_layout_site *site = &layout->sites[m->sites[node] - 1];
    return site->form == NW_LAYOUT_SITE_LAST && is_last(layout, site->variable);
}

static bool is_free(const nw_layout *l, const nw_layout_site *site)
{
    return site->form == NW_LAYOUT_SITE_LAST && site->row && site->row->kind == NW_ROW_FREE_TRANSLATION && is_last(l, site->variable);
}

bool nw_layout_is_free(const nw_layout *layout, const nw_module *module, uint32_t node)
{
    const nw_layout_module *m = layout ? nw_layout_module_of(layout, module) : NULL;
    return m && m->sites[node] && is_free(layout, &layout->sites[m->sites[node] - 1]);
}

uint32_t nw_layout_free_count(const nw_layout *layout)
{
    uint32_t count = 0;
    for (uint32_t i = 0; layout && i < layout->site_count; i++)
        count += is_free(layout, &layout->sites[i]);
    return count;
}

bool nw_layout_class_is_last(const nw_layout *layout, nw_symbol name)
{
    for (uint32_t i = 0; layout && i < layout->class_count; i++)
        if (layout->classes[i].name.v == name.v) {
            const nw_layout_site *site = &layout->sites[layout->classes[i].site];
            return site->form == NW_LAYOUT_SITE_LAST && is_last(layout, site->variable);
        }
    return false;
}

static uint32_t change_at(const nw_layout *layout, const nw_layout_module *m, uint32_t node, bool *to_last)
{
    const nw_layout_use *use = &layout->uses[m->uses[node] - 1];
    *to_last = is_last(layout, use->site);
    return is_last(layout, use->value) == *to_last ? 0 : use->rank;
}

uint32_t nw_layout_change(const nw_layout *layout, const nw_module *module, uint32_t node, bool *to_last)
{
    const nw_layout_module *m = layout ? nw_layout_module_of(layout, module) : NULL;
    return m && m->uses[node] && !(m->items && m->items[node]) ? change_at(layout, m, node, to_last) : 0;
}

uint32_t nw_layout_change_of_item(const nw_layout *layout, const nw_module *module, uint32_t node, bool *to_last)
{
    const nw_layout_module *m = layout ? nw_layout_module_of(layout, module) : NULL;
    return m && m->uses[node] && m->items && m->items[node] ? change_at(layout, m, node, to_last) : 0;
}

const nw_moved_channels *nw_layout_moved(const nw_layout *layout)
{
    return layout ? &layout->moved : NULL;
}

uint64_t nw_layout_transposes(const nw_layout *layout)
{
    uint64_t count = 0;
    for (uint32_t i = 0; layout && i < layout->use_count; i++)
        count += is_last(layout, layout->uses[i].value) != is_last(layout, layout->uses[i].site);
    for (uint32_t i = 0; layout && i < layout->site_count; i++) {
        const nw_layout_site *site = &layout->sites[i];
        count += is_last(layout, site->variable) ? own_transposes(site) : 0;
    }
    return count;
}
