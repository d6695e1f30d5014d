/* What the locals of a function that builds a model hold: tensors, inputs, layers or other values. */
#include "migrate/functional.h"

#include "eval/interpret.h"

#include <stdio.h>
#include <string.h>

void nw_functional_fail(nw_functional *f, const char *reason)
{
    if (!f->failed)
        f->failed = reason;
}

bool nw_name_set_holds(const nw_name_set *set, uint32_t name)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->items[i].v == name)
            return true;
    return false;
}

void nw_name_set_put(nw_functional *f, nw_name_set *set, uint32_t name)
{
    if (nw_name_set_holds(set, name))
        return;
    if (set->count == NW_MAX_LOCALS)
        nw_functional_fail(f, "too many names");
    else
        set->items[set->count++] = (nw_symbol){name};
}

bool nw_functional_owns(const nw_functional *f, const nw_node *name)
{
    if (name->kind != NW_NODE_NAME || name->b != NW_PLACE_SLOT)
        return false;
    for (uint32_t i = 0; i < f->code->slot_count; i++)
        if (f->code->slot_names[i].v == name->a)
            return true;
    return false;
}

static bool is_in_size(const nw_writer *writer, const nw_node *name)
{
    const nw_builder *builder = writer->functional->builder;
    for (uint32_t i = 0; i < builder->size_count; i++) {
        const nw_node *size = &writer->ast->nodes[builder->sizes[i].node];
        if (size->start <= name->start && name->end <= size->end)
            return true;
    }
    return false;
}

bool nw_functional_mentions(const nw_writer *writer, uint32_t node, bool binding)
{
    const nw_functional *f = writer->functional;
    const nw_node *outer = &writer->ast->nodes[node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->kind == NW_NODE_NAME && n->start >= outer->start && n->end <= outer->end && (binding || !(n->flags & NW_NAME_BINDS)) && nw_functional_owns(f, n) &&
            nw_name_set_holds(&f->tensors, n->a) && !is_in_size(writer, n))
            return true;
    }
    return false;
}

static bool is_plain(nw_value value)
{
    return value.kind == NW_INT || value.kind == NW_FLOAT || value.kind == NW_BOOL || value.kind == NW_STRING || value.kind == NW_NONE || value.kind == NW_TUPLE;
}

/* The statement that alone gives a name its value; 0: there are several, or it is a parameter. */
static uint32_t only_binding(const nw_writer *writer, uint32_t name)
{
    const nw_functional *f = writer->functional;
    const nw_node *function = &writer->ast->nodes[f->code->node];
    uint32_t found = 0;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->start < function->start || n->end > function->end)
            continue;
        if (n->kind == NW_NODE_NAME && (n->flags & NW_NAME_BINDS) && n->a == name)
            found = found ? UINT32_MAX : i;
    }
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        found = f->code->parameters[i].name.v == name ? UINT32_MAX : found;
    for (uint32_t i = 1; found && found != UINT32_MAX && i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
        if (targets.count == 1 && targets.items[0] == found)
            return i;
    }
    return 0;
}

nw_value nw_functional_constant(nw_writer *writer, uint32_t node)
{
    nw_value all = nw_unset();
    const nw_node *n = &writer->ast->nodes[node];
    if (n->kind == NW_NODE_NAME && nw_functional_owns(writer->functional, n)) {
        uint32_t statement = only_binding(writer, n->a);
        return statement ? nw_functional_constant(writer, writer->ast->nodes[statement].b) : all;
    }
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, node); e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value now = nw_settle(writer->eval, e->result);
        if (!is_plain(now) || (now.kind == NW_TUPLE && nw_is_tensor_value(writer->eval, now)))
            return nw_unset();
        if (all.kind != NW_UNSET && (all.kind != now.kind || (now.kind != NW_NONE && nw_equal(writer->eval, all, now) != NW_YES)))
            return nw_unset();
        all = now;
    }
    return all;
}

bool nw_functional_changes(const nw_writer *writer, uint32_t name, uint32_t behind)
{
    const nw_node *function = &writer->ast->nodes[writer->functional->code->node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->kind != NW_NODE_NAME || !(n->flags & NW_NAME_BINDS) || n->a != name || n->start < function->start || n->end > function->end)
            continue;
        if (n->start > behind)
            return true;
        for (uint32_t k = 1; k < writer->ast->node_count; k++) {
            const nw_node *loop = &writer->ast->nodes[k];
            bool around = (loop->kind == NW_NODE_FOR || loop->kind == NW_NODE_WHILE) && loop->start >= function->start && loop->start <= n->start && n->end <= loop->end;
            if (around)
                return true;
        }
    }
    return false;
}

/* ---- tensors ---- */

static void put_targets(const nw_writer *writer, nw_functional *f, uint32_t target)
{
    const nw_node *n = &writer->ast->nodes[target];
    if (n->kind == NW_NODE_NAME) {
        nw_name_set_put(f, &f->tensors, n->a);
    } else if (n->kind == NW_NODE_TUPLE || n->kind == NW_NODE_LIST) {
        nw_list items = nw_ast_list(writer->ast, n->a);
        for (uint32_t i = 0; i < items.count; i++)
            put_targets(writer, f, items.items[i]);
    } else if (n->kind == NW_NODE_STARRED || n->kind == NW_NODE_SUBSCRIPT) {
        put_targets(writer, f, n->a);
    }
}

/* A statement or call that gives names tensors, or what follows from some. */
static void look_at(nw_writer *writer, nw_functional *f, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
    if (n->kind == NW_NODE_ASSIGN && (nw_functional_mentions(writer, n->b, false) || nw_is_called_so(writer, n->b, "inputs"))) {
        bool is_model = nw_is_called_so(writer, n->b, "graphs");
        for (uint32_t i = 0; i < targets.count && !is_model; i++)
            put_targets(writer, f, targets.items[i]);
    } else if ((n->kind == NW_NODE_AUGMENTED_ASSIGN || n->kind == NW_NODE_FOR) && nw_functional_mentions(writer, n->b, false)) {
        put_targets(writer, f, n->a);
    } else if (n->kind == NW_NODE_CALL && writer->ast->nodes[n->a].kind == NW_NODE_ATTRIBUTE) {
        const nw_node *callee = &writer->ast->nodes[n->a];
        const char *method = nw_bytes(writer->eval, (nw_symbol){callee->b});
        bool adds = strcmp(method, "append") == 0 || strcmp(method, "extend") == 0 || strcmp(method, "insert") == 0 || strcmp(method, "update") == 0;
        nw_list arguments = nw_ast_list(writer->ast, n->b);
        for (uint32_t i = 0; adds && i < arguments.count; i++)
            if (writer->ast->nodes[callee->a].kind == NW_NODE_NAME && nw_functional_mentions(writer, arguments.items[i], false))
                nw_name_set_put(f, &f->tensors, writer->ast->nodes[callee->a].a);
    }
}

/* ---- inputs ---- */

/* Whether all that an expression can be is an input, or was never looked at. */
static bool is_input_value(nw_writer *writer, nw_functional *f, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    if (n->kind == NW_NODE_NAME)
        return nw_functional_owns(f, n) && nw_name_set_holds(&f->inputs, n->a);
    return n->kind == NW_NODE_CALL && (nw_is_called_so(writer, node, "inputs") || !nw_sites_reached(writer->migration->sites, writer->module, n->start, n->end));
}

static bool is_input_name(nw_writer *writer, nw_functional *f, uint32_t name)
{
    const nw_node *function = &writer->ast->nodes[f->code->node];
    bool some = false;
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        if (f->code->parameters[i].name.v == name)
            return false;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->start < function->start || n->end > function->end)
            continue;
        nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
        bool own = targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_NAME && writer->ast->nodes[targets.items[0]].a == name;
        bool reached = nw_sites_reached(writer->migration->sites, writer->module, n->start, n->end);
        const nw_node *value = own ? &writer->ast->nodes[n->b] : NULL;
        bool never = own && value->kind == NW_NODE_NAME && !nw_name_set_holds(&f->inputs, value->a) && nw_functional_owns(f, value) && !nw_name_set_holds(&f->tensors, value->a);
        if (own && !never && !is_input_value(writer, f, n->b))
            return false;
        some |= own && !never && (reached || value->kind == NW_NODE_NAME);
        if (!own && n->kind == NW_NODE_NAME && n->a == name && (n->flags & NW_NAME_BINDS)) {
            bool assigned = false;
            for (uint32_t k = 1; k < writer->ast->node_count && !assigned; k++) {
                nw_list others = writer->ast->nodes[k].kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, writer->ast->nodes[k].a) : (nw_list){0};
                assigned = others.count == 1 && others.items[0] == i;
            }
            if (!assigned)
                return false;
        }
    }
    return some;
}

static void find_inputs(nw_writer *writer, nw_functional *f)
{
    for (bool changed = true; changed;) {
        changed = false;
        for (uint32_t i = 0; i < f->tensors.count; i++)
            if (!nw_name_set_holds(&f->inputs, f->tensors.items[i].v) && is_input_name(writer, f, f->tensors.items[i].v)) {
                nw_name_set_put(f, &f->inputs, f->tensors.items[i].v);
                changed = true;
            }
    }
}

void nw_functional_find_names(nw_writer *writer, nw_functional *f)
{
    const nw_node *function = &writer->ast->nodes[f->code->node];
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        if (f->builder->tensors >> i & 1)
            nw_name_set_put(f, &f->tensors, f->code->parameters[i].name.v);
    for (uint32_t before = UINT32_MAX; before != f->tensors.count;) {
        before = f->tensors.count;
        for (uint32_t i = 1; i < writer->ast->node_count; i++)
            if (writer->ast->nodes[i].start >= function->start && writer->ast->nodes[i].end <= function->end)
                look_at(writer, f, i);
    }
    if (f->builder->is_root)
        find_inputs(writer, f);
}
