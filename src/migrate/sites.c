#include "migrate/sites.h"

#include "eval/interpret.h"

#include <string.h>

static uint32_t number_of(const nw_sites *sites, const nw_module *module)
{
    for (uint32_t i = 0; i < sites->module_count; i++)
        if (sites->modules[i] == module)
            return i;
    return UINT32_MAX;
}

/* By byte: whether it stands in the body of a function. */
static uint8_t *function_bytes(nw_eval *eval, const nw_module *module)
{
    const nw_ast *ast = module->ast;
    uint8_t *inside = nw_arena_zero(&eval->arena, module->source.size + 1);
    for (uint32_t f = 1; f < ast->function_count; f++) {
        const nw_ast_function *code = &ast->functions[f];
        nw_list body = code->scope == NW_SCOPE_FUNCTION ? nw_ast_statements(ast, code) : (nw_list){0};
        if (body.count)
            memset(inside + ast->nodes[body.items[0]].start, 1, ast->nodes[code->node].end - ast->nodes[body.items[0]].start);
    }
    return inside;
}

static uint32_t add_module(nw_sites *sites, nw_eval *eval, nw_module *module)
{
    uint32_t capacity = sites->module_capacity;
    NW_ARENA_RESERVE(&eval->arena, sites->modules, sites->module_count, sites->module_capacity);
    if (capacity != sites->module_capacity) {
        sites->first = nw_arena_grow(&eval->arena, sites->first, sites->module_count, sites->module_capacity, sizeof *sites->first);
        sites->reached = nw_arena_grow(&eval->arena, sites->reached, sites->module_count, sites->module_capacity, sizeof *sites->reached);
        sites->inside = nw_arena_grow(&eval->arena, sites->inside, sites->module_count, sites->module_capacity, sizeof *sites->inside);
    }
    sites->modules[sites->module_count] = module;
    sites->reached[sites->module_count] = NULL;
    sites->first[sites->module_count] = nw_arena_zero(&eval->arena, (module->ast->node_count + 1) * sizeof(uint32_t));
    sites->inside[sites->module_count] = function_bytes(eval, module);
    return sites->module_count++;
}

/* What runs when a module is imported runs whoever imports it first. */
static bool is_of_import(const nw_sites *sites, const nw_trace_entry *entry)
{
    uint32_t number = number_of(sites, entry->module);
    return number != UINT32_MAX && !sites->inside[number][entry->module->ast->nodes[entry->node].start];
}

/* Entries of a node are in the order of evaluation: when the first one is of training, all are. */
static bool is_training(const nw_sites *sites, uint32_t entry)
{
    return sites->trace->evaluated && entry >= sites->trace->evaluated && !is_of_import(sites, &sites->trace->entries[entry]);
}

/* Made when it is first asked for: most modules are not. */
static const uint32_t *count_reached(const nw_sites *sites, uint32_t number)
{
    const nw_module *module = sites->modules[number];
    uint32_t *counts = sites->reached[number];
    if (counts)
        return counts;
    counts = sites->reached[number] = nw_arena_zero(sites->arena, (module->source.size + 2) * sizeof *counts);
    for (uint32_t node = 1; node < module->ast->node_count; node++)
        counts[module->ast->nodes[node].start + 1] += sites->first[number][node] != 0 && !is_training(sites, sites->first[number][node] - 1);
    for (uint32_t at = 1; at <= module->source.size + 1; at++)
        counts[at] += counts[at - 1];
    return counts;
}

/* Chains the entries by node. */
static void chain(nw_sites *sites, nw_eval *eval)
{
    uint32_t known = UINT32_MAX;
    for (uint32_t i = sites->trace->count; i-- > 0;) {
        const nw_trace_entry *entry = &sites->trace->entries[i];
        if (known == UINT32_MAX || sites->modules[known] != entry->module)
            known = number_of(sites, entry->module);
        if (known == UINT32_MAX)
            known = add_module(sites, eval, entry->module);
        sites->next[i] = sites->first[known][entry->node];
        sites->first[known][entry->node] = i + 1;
    }
}

bool nw_sites_is_part(const nw_sites *sites, const nw_module *module)
{
    for (uint32_t i = 0; i < sites->part_count; i++)
        if (sites->parts[i] == module)
            return true;
    return false;
}

static bool ran_function(const nw_sites *sites, const nw_module *module)
{
    const nw_ast *ast = module->ast;
    for (uint32_t f = 1; f < ast->function_count; f++) {
        nw_list body = ast->functions[f].scope == NW_SCOPE_FUNCTION ? nw_ast_statements(ast, &ast->functions[f]) : (nw_list){0};
        if (body.count && nw_sites_reached(sites, module, ast->nodes[body.items[0]].start, ast->nodes[ast->functions[f].node].end))
            return true;
    }
    return false;
}

bool nw_sites_ran_within(const nw_sites *sites, nw_eval *eval, nw_symbol name)
{
    const char *text = nw_bytes(eval, name);
    size_t size = strlen(text);
    for (uint32_t i = 0; i < sites->module_count; i++) {
        const char *own = nw_bytes(eval, sites->modules[i]->name);
        if (strncmp(own, text, size) == 0 && (own[size] == 0 || own[size] == '.') && ran_function(sites, sites->modules[i]))
            return true;
    }
    return false;
}

static void find_parts(nw_sites *sites, nw_eval *eval)
{
    for (uint32_t i = 0; i < sites->trace->count; i++) {
        const nw_trace_entry *entry = &sites->trace->entries[i];
        if (entry->kind != NW_TRACE_ATTRIBUTE || entry->a.kind != NW_MODULE)
            continue;
        nw_value found = nw_settle(eval, entry->result);
        if (found.kind != NW_MODULE || found.as.module->is_catalog || nw_sites_is_part(sites, found.as.module))
            continue;
        NW_ARENA_RESERVE(&eval->arena, sites->parts, sites->part_count, sites->part_capacity);
        sites->parts[sites->part_count++] = found.as.module;
    }
}

nw_sites *nw_sites_make(nw_eval *eval)
{
    nw_sites *sites = nw_arena_zero(&eval->arena, sizeof *sites);
    sites->trace = eval->trace;
    sites->arena = &eval->arena;
    sites->next = nw_arena_zero(&eval->arena, (eval->trace->count + 1) * sizeof *sites->next);
    sites->dead = nw_arena_zero(&eval->arena, eval->trace->count + 1);
    chain(sites, eval);
    find_parts(sites, eval);
    return sites;
}

void nw_sites_leave_out_call(nw_sites *sites, const nw_module *module, uint32_t node)
{
    for (const nw_trace_entry *e = nw_sites_first(sites, module, node); e; e = nw_sites_next(sites, e))
        for (uint32_t i = (uint32_t)(e - sites->trace->entries) + 1; i < e->end; i++) {
            const nw_trace_entry *inner = &sites->trace->entries[i];
            if (!is_of_import(sites, inner)) {
                sites->dead[i] = 1;
                sites->any_dead = true;
            } else if (inner->kind == NW_TRACE_CALL && inner->end > i)
                i = inner->end - 1;
        }
}

void nw_sites_leave_out(nw_sites *sites, const nw_module *module, uint32_t start, uint32_t end)
{
    for (uint32_t node = 1; node < module->ast->node_count; node++) {
        const nw_node *n = &module->ast->nodes[node];
        if (n->start >= start && n->end <= end)
            nw_sites_leave_out_call(sites, module, node);
    }
}

void nw_sites_forget_dead(nw_sites *sites)
{
    if (!sites->any_dead)
        return;
    for (uint32_t i = 0; i < sites->module_count; i++) {
        for (uint32_t node = 0; node <= sites->modules[i]->ast->node_count; node++)
            for (uint32_t *link = &sites->first[i][node]; *link;)
                if (sites->dead[*link - 1])
                    *link = sites->next[*link - 1];
                else
                    link = &sites->next[*link - 1];
        sites->reached[i] = NULL;
    }
}

const nw_trace_entry *nw_sites_first(const nw_sites *sites, const nw_module *module, uint32_t node)
{
    uint32_t known = number_of(sites, module);
    uint32_t entry = known == UINT32_MAX ? 0 : sites->first[known][node];
    return entry ? &sites->trace->entries[entry - 1] : NULL;
}

const nw_trace_entry *nw_sites_next(const nw_sites *sites, const nw_trace_entry *entry)
{
    uint32_t next = sites->next[entry - sites->trace->entries];
    return next ? &sites->trace->entries[next - 1] : NULL;
}

bool nw_sites_ran(const nw_sites *sites, const nw_module *module, uint32_t node)
{
    const nw_trace_entry *first = nw_sites_first(sites, module, node);
    return first && !is_training(sites, (uint32_t)(first - sites->trace->entries));
}

bool nw_sites_reached(const nw_sites *sites, const nw_module *module, uint32_t start, uint32_t end)
{
    uint32_t known = number_of(sites, module);
    if (known == UINT32_MAX)
        return false;
    const uint32_t *counts = count_reached(sites, known);
    return counts[end] > counts[start];
}

void nw_sites_keep(nw_sites *sites, nw_eval *eval, nw_place place)
{
    NW_ARENA_RESERVE(&eval->arena, sites->kept, sites->kept_count, sites->kept_capacity);
    sites->kept[sites->kept_count++] = place;
}

void nw_sites_keep_class(nw_sites *sites, nw_eval *eval, nw_class *class_)
{
    NW_ARENA_RESERVE(&eval->arena, sites->kept_classes, sites->kept_class_count, sites->kept_class_capacity);
    sites->kept_classes[sites->kept_class_count++] = class_;
}

bool nw_sites_kept(const nw_sites *sites, const nw_module *module, const nw_node *call, const nw_class *class_)
{
    for (uint32_t i = 0; i < sites->kept_count; i++)
        if (sites->kept[i].module == module && sites->kept[i].start == call->start && sites->kept[i].end == call->end)
            return true;
    for (uint32_t i = 0; class_ && i < sites->kept_class_count; i++)
        if (nw_is_subclass(class_, sites->kept_classes[i]))
            return true;
    return false;
}

bool nw_is_own_code(nw_value callee)
{
    if (callee.kind == NW_METHOD)
        return nw_is_own_code(callee.as.method->function);
    return (callee.kind == NW_INSTANCE && callee.as.instance->class_->is_module) || (callee.kind == NW_FUNCTION && !callee.as.function->module->is_catalog);
}
