/* From the trace to layouts: variables, sites, uses. */
#include "migrate/layout.h"

#include "eval/interpret.h"

#include <stdio.h>
#include <string.h>

enum { PLAIN, LAST, FIRST_VARIABLE, MAX_NESTING = 6, USE_COST = 2, ONLY_FORM = 1000, MAX_PASSED = 16 };

typedef enum site_form {
    SITE_UNKNOWN,
    SITE_ABSENT, /* nothing of the source framework */
    SITE_FIRST,  /* only in the source's order */
    SITE_ANY,    /* the text is the same in both */
    SITE_LAST,   /* there is a row for channels last */
} site_form;

/* A piece of text that computes: a call, an operator, an attribute; a constructor stands for the layers that it makes. */
typedef struct layout_site {
    uint8_t form;
    nw_template_layout says;
    const nw_translation *row;
    uint32_t variable;
} layout_site;

/* An operand, in all runs. */
typedef struct layout_use {
    uint32_t value, site; /* variables */
    uint32_t rank;
} layout_use;

/* Arguments of a call of the program's own, while it runs: inside they may have another layout. */
typedef struct passed {
    uint32_t end, fact_end, count;
    const nw_tensor *tensors[MAX_PASSED];
    uint32_t variables[MAX_PASSED];
} passed;

typedef struct layout_module {
    const nw_module *module;
    nw_writer *writer;
    uint32_t *sites, *uses;           /* by node: number + 1 */
    uint32_t *call_at, *call_next;    /* CALL nodes by first byte, + 1 */
    bool *items;                      /* by node: a layer among those of a container, in front of which others may be put; NULL: none */
} layout_module;

typedef struct class_site {
    nw_symbol name;
    uint32_t site;
} class_site;

typedef struct tensor_slot {
    const nw_tensor *tensor;
    uint32_t variable;
} tensor_slot;

/* An attribute that a tensor was stored in: what is stored there later has the same layout, since the next call reads it in its place. */
typedef struct kept_attribute {
    const nw_instance *instance;
    nw_symbol name;
    uint32_t variable;
} kept_attribute;

struct nw_layout {
    nw_migration *migration;
    const nw_model *free_in;          /* the model, where features may be flattened in any order; NULL: they may not */
    nw_eval *eval;
    nw_arena *arena;
    layout_module *modules;
    uint32_t module_count;
    uint32_t *parents, variable_count, variable_capacity;
    tensor_slot *slots;
    uint32_t slot_count, tensor_count;
    layout_site *sites;
    uint32_t site_count, site_capacity;
    layout_use *uses;
    uint32_t use_count, use_capacity;
    class_site *classes;
    uint32_t class_count, class_capacity;
    kept_attribute *kept;
    uint32_t kept_count, kept_capacity;
    passed *stack;
    uint32_t depth, stack_capacity;
    bool *covered;                    /* facts that belong to a site */
    uint32_t fact_count;
    bool *side;                       /* variables: the channels are last */
    bool *inputs, *outputs;
    nw_moved_channels moved;
};

/* ---- variables ---- */

static uint32_t new_variable(nw_layout *l)
{
    NW_ARENA_RESERVE(l->arena, l->parents, l->variable_count, l->variable_capacity);
    l->parents[l->variable_count] = l->variable_count;
    return l->variable_count++;
}

static uint32_t find(const nw_layout *l, uint32_t variable)
{
    while (l->parents[variable] != variable) {
        l->parents[variable] = l->parents[l->parents[variable]];
        variable = l->parents[variable];
    }
    return variable;
}

static void unite(nw_layout *l, uint32_t a, uint32_t b)
{
    a = find(l, a);
    b = find(l, b);
    l->parents[a > b ? a : b] = a > b ? b : a; /* PLAIN stays a root */
}

static tensor_slot *slot_of(const nw_layout *l, const nw_tensor *tensor)
{
    uint32_t at = (uint32_t)(((uintptr_t)tensor >> 4) * 0x9e3779b97f4a7c15u >> 20) & (l->slot_count - 1);
    while (l->slots[at].tensor && l->slots[at].tensor != tensor)
        at = (at + 1) & (l->slot_count - 1);
    return &l->slots[at];
}

static void grow_slots(nw_layout *l)
{
    tensor_slot *old = l->slots;
    uint32_t count = l->slot_count;
    l->slot_count = count ? 2 * count : 1024;
    l->slots = nw_arena_zero(l->arena, l->slot_count * sizeof *l->slots);
    for (uint32_t i = 0; i < count; i++)
        if (old[i].tensor)
            *slot_of(l, old[i].tensor) = old[i];
}

/* The variable of a value where it is met now. */
static uint32_t variable_of(nw_layout *l, const nw_tensor *tensor)
{
    for (uint32_t i = l->depth; i-- > 0;)
        for (uint32_t k = 0; k < l->stack[i].count; k++)
            if (l->stack[i].tensors[k] == tensor)
                return l->stack[i].variables[k];
    if (2 * (l->tensor_count + 1) > l->slot_count)
        grow_slots(l);
    tensor_slot *slot = slot_of(l, tensor);
    if (!slot->tensor) {
        *slot = (tensor_slot){tensor, tensor->is_parameter || tensor->is_buffer ? PLAIN : new_variable(l)};
        l->tensor_count++;
    }
    return slot->variable;
}

/* ---- values ---- */

static bool has_layout(const nw_tensor *tensor)
{
    return !tensor->shape || tensor->rank > 2;
}

static const nw_value *items_of(nw_value value, uint32_t *count)
{
    *count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    return value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
}

typedef void (*value_visit)(nw_layout *l, const nw_tensor *tensor, void *data);

static void visit_value(nw_layout *l, nw_value value, value_visit visit, void *data, int depth)
{
    uint32_t count;
    value = nw_settle(l->eval, value);
    const nw_value *items = items_of(value, &count);
    if (depth > MAX_NESTING)
        return;
    if (value.kind == NW_TENSOR)
        visit(l, value.as.tensor, data);
    for (uint32_t i = 0; i < count; i++)
        visit_value(l, items[i], visit, data, depth + 1);
    if (value.kind == NW_PHI) {
        visit_value(l, value.as.phi->then, visit, data, depth + 1);
        visit_value(l, value.as.phi->otherwise, visit, data, depth + 1);
    }
    if (value.kind == NW_INSTANCE && value.as.instance->payload.kind == NW_TUPLE)
        visit_value(l, value.as.instance->payload, visit, data, depth + 1);
    uint32_t position = 0;
    for (nw_dict_entry *entry; value.kind == NW_DICT && (entry = nw_dict_next(value.as.dict, &position));)
        visit_value(l, entry->value, visit, data, depth + 1);
}

static void unite_tensor(nw_layout *l, const nw_tensor *tensor, void *data)
{
    if (has_layout(tensor))
        unite(l, tensor->shape ? variable_of(l, tensor) : PLAIN, *(const uint32_t *)data);
    if (!tensor->shape)
        unite(l, variable_of(l, tensor), PLAIN);
}

/* All tensors of a value are in this layout, and no text can come between. */
static void give(nw_layout *l, nw_value value, uint32_t variable)
{
    visit_value(l, value, unite_tensor, &variable, 0);
}

/* Axes of the tensors of values: 0: none has more than two; -1: not the same, so that they do not go together axis by axis. */
typedef struct rank_check {
    int rank;
    bool small;
} rank_check;

static void check_rank(nw_layout *l, const nw_tensor *tensor, void *data)
{
    rank_check *check = data;
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

static int rank_of_arguments(nw_layout *l, const nw_trace_entry *e)
{
    rank_check check = {0};
    visit_value(l, e->a.kind == NW_METHOD ? e->a.as.method->self : e->kind == NW_TRACE_CALL ? nw_unset() : e->a, check_rank, &check, 0);
    if (e->kind == NW_TRACE_OPERATION)
        visit_value(l, e->b, check_rank, &check, 0);
    for (uint32_t i = 0; e->kind == NW_TRACE_CALL && i < e->arguments->positional_count; i++)
        visit_value(l, e->arguments->positional[i], check_rank, &check, 0);
    for (uint32_t i = 0; e->kind == NW_TRACE_CALL && i < e->arguments->named_count; i++)
        visit_value(l, e->arguments->named[i], check_rank, &check, 0);
    return check.rank;
}

/* ---- uses ---- */

static layout_module *module_of(const nw_layout *l, const nw_module *module)
{
    for (uint32_t i = 0; i < l->module_count; i++)
        if (l->modules[i].module == module)
            return &l->modules[i];
    return NULL;
}

/* A tensor at an operand of the text (node 0: none of its own), which wants it in a layout. */
static void use_tensor(nw_layout *l, layout_module *m, uint32_t node, const nw_tensor *tensor, uint32_t variable)
{
    if (!has_layout(tensor))
        return;
    uint32_t value = variable_of(l, tensor);
    if (!tensor->shape)
        unite(l, value, PLAIN);
    if (!node || !tensor->shape) {
        unite(l, value, variable);
        return;
    }
    if (!m->uses[node]) {
        NW_ARENA_RESERVE(l->arena, l->uses, l->use_count, l->use_capacity);
        l->uses[l->use_count++] = (layout_use){value, variable, tensor->rank};
        m->uses[node] = l->use_count;
        return;
    }
    layout_use *use = &l->uses[m->uses[node] - 1];
    unite(l, use->value, value);
    unite(l, use->site, variable);
    if (use->rank != tensor->rank)
        unite(l, value, variable);
}

/* The items of a display stand for themselves. */
static void use_value(nw_layout *l, layout_module *m, uint32_t node, nw_value value, uint32_t variable)
{
    uint32_t count;
    value = nw_settle(l->eval, value);
    if (value.kind == NW_TENSOR) {
        use_tensor(l, m, node, value.as.tensor, variable);
        return;
    }
    const nw_value *items = items_of(value, &count);
    const nw_node *n = node ? &m->module->ast->nodes[node] : NULL;
    bool display = items && n && (n->kind == NW_NODE_LIST || n->kind == NW_NODE_TUPLE);
    nw_list parts = display ? nw_ast_list(m->module->ast, n->a) : (nw_list){0};
    display &= parts.count == count;
    for (uint32_t i = 0; display && i < count; i++)
        display &= m->module->ast->nodes[parts.items[i]].kind != NW_NODE_STARRED;
    if (!display) {
        give(l, value, variable);
        return;
    }
    for (uint32_t i = 0; i < count; i++)
        use_value(l, m, parts.items[i], items[i], variable);
}

static bool is_plain_parameter(nw_layout *l, const layout_site *site, nw_symbol name)
{
    for (uint32_t i = 0; site->row && i < site->row->plain.count; i++)
        if (site->row->module->ast->nodes[site->row->plain.items[i]].a == name.v)
            return true;
    (void)l;
    return false;
}

static nw_symbol parameter_name(const layout_site *site, uint32_t position)
{
    const nw_ast_function *code = site->row && site->row->function ? site->row->function->code : NULL;
    return code && position < code->parameter_count ? code->parameters[position].name : (nw_symbol){0};
}

/* The arguments of a call, each at its place in the text as far as it has one. */
static void use_arguments(nw_layout *l, layout_module *m, const nw_trace_entry *e, const layout_site *site, uint32_t variable)
{
    const nw_ast *ast = m->module->ast;
    nw_list list = nw_ast_list(ast, ast->nodes[e->node].b);
    bool is_method = e->a.kind == NW_METHOD;
    bool starred = false;
    if (is_method)
        use_value(l, m, ast->nodes[ast->nodes[e->node].a].kind == NW_NODE_ATTRIBUTE ? ast->nodes[ast->nodes[e->node].a].a : 0, e->a.as.method->self, variable);
    for (uint32_t i = 0; i < list.count; i++)
        starred |= ast->nodes[list.items[i]].kind == NW_NODE_STARRED;
    for (uint32_t i = 0; i < e->arguments->positional_count; i++) {
        bool at_place = !starred && i < list.count && ast->nodes[list.items[i]].kind != NW_NODE_KEYWORD;
        bool plain = is_plain_parameter(l, site, parameter_name(site, i + is_method));
        use_value(l, m, at_place ? list.items[i] : 0, e->arguments->positional[i], plain ? PLAIN : variable);
    }
    for (uint32_t i = 0; i < e->arguments->named_count; i++) {
        uint32_t node = 0;
        for (uint32_t k = 0; k < list.count; k++)
            if (ast->nodes[list.items[k]].kind == NW_NODE_KEYWORD && ast->nodes[list.items[k]].a == e->arguments->names[i].v)
                node = ast->nodes[list.items[k]].b;
        use_value(l, m, node, e->arguments->named[i], is_plain_parameter(l, site, e->arguments->names[i]) ? PLAIN : variable);
    }
}

/* ---- sites ---- */

static bool is_any_layout(const nw_layout *l, nw_symbol name)
{
    return name.v && nw_translations_holds(&l->migration->tables, "any_layout", name, NULL);
}

static uint32_t add_site(nw_layout *l, layout_site site)
{
    NW_ARENA_RESERVE(l->arena, l->sites, l->site_count, l->site_capacity);
    site.variable = site.form == SITE_FIRST ? PLAIN : new_variable(l);
    l->sites[l->site_count] = site;
    return l->site_count++;
}

/* What stands in the tables for a call; `kept`: only an adapter will do. */
static layout_site read_call_site(nw_layout *l, layout_module *m, const nw_source_call *call, bool kept)
{
    const nw_translations *tables = &l->migration->tables;
    layout_site site = {.form = SITE_FIRST};
    const nw_translation *adapter = nw_translation_find(tables, NW_ROW_LAST_ADAPTER, call->name);
    const nw_translation *free_row = l->free_in && !kept ? nw_translation_find(tables, NW_ROW_FREE_TRANSLATION, call->name) : NULL;
    if (free_row && nw_template_fits(m->writer, free_row, call, &site.says) && nw_layout_features_are_free(l->migration, l->free_in, m->module, call->node))
        return (layout_site){.form = SITE_LAST, .row = free_row};
    site.says = (nw_template_layout){0};
    site.row = kept ? NULL : nw_translation_find(tables, NW_ROW_LAST_TRANSLATION, call->name);
    if (is_any_layout(l, call->name))
        site.form = SITE_ANY;
    else if (site.row && nw_template_fits(m->writer, site.row, call, &site.says))
        site.form = SITE_LAST;
    else if (adapter)
        site = (layout_site){.form = SITE_LAST, .row = adapter};
    return site;
}

static layout_site read_call(nw_layout *l, layout_module *m, uint32_t node)
{
    nw_source_call call;
    if (!nw_source_call_read(m->writer, node, &call))
        return (layout_site){.form = SITE_ABSENT};
    bool kept = call.class_ && nw_sites_kept(l->migration->sites, m->module, &m->module->ast->nodes[node], call.class_);
    return read_call_site(l, m, &call, kept);
}

static layout_site read_attribute(nw_layout *l, layout_module *m, uint32_t node)
{
    char text[160];
    nw_value class_ = nw_translations_setting(&l->migration->tables, "tensor");
    snprintf(text, sizeof text, "%s.%s", class_.kind == NW_STRING ? nw_bytes(l->eval, class_.as.symbol) : "",
             nw_bytes(l->eval, (nw_symbol){m->module->ast->nodes[node].b}));
    nw_symbol name = nw_symbol_of(l->eval->symbols, text);
    const nw_translation *row = nw_translation_find(&l->migration->tables, NW_ROW_LAST_ATTRIBUTE, name);
    return (layout_site){.form = is_any_layout(l, name) ? SITE_ANY : row ? SITE_LAST : SITE_FIRST, .row = row};
}

static layout_site read_operation(nw_layout *l, layout_module *m, uint32_t node)
{
    const nw_node *n = &m->module->ast->nodes[node];
    char key[32];
    nw_value name;
    nw_operator op = (nw_operator)n->op;
    if (n->kind == NW_NODE_COMPARE)
        op = (nw_operator)nw_ast_list(m->module->ast, n->b).items[0];
    snprintf(key, sizeof key, n->kind == NW_NODE_UNARY ? "unary %s" : "%s", nw_operator_text(op));
    if (!nw_translations_holds(&l->migration->tables, "operators", nw_symbol_of(l->eval->symbols, key), &name) || name.kind != NW_STRING)
        return (layout_site){.form = SITE_ABSENT}; /* is, in */
    return (layout_site){.form = is_any_layout(l, name.as.symbol) ? SITE_ANY : SITE_FIRST};
}

static nw_list index_items(const layout_module *m, const nw_node *n, const uint32_t *single)
{
    const nw_node *index = &m->module->ast->nodes[n->b];
    return index->kind == NW_NODE_TUPLE ? nw_ast_list(m->module->ast, index->a) : (nw_list){single, 1};
}

/* Slices change places; one channel is taken in the source's order, and (n, c) with new axes behind it gets them in between. */
static layout_site read_item(nw_layout *l, layout_module *m, const nw_trace_entry *first)
{
    const nw_ast *ast = m->module->ast;
    const nw_node *n = &ast->nodes[first->node];
    nw_list items = index_items(m, n, &n->b);
    if (l->migration->tables.to_first)
        return (layout_site){.form = SITE_FIRST};
    uint32_t rank = first->a.kind == NW_TENSOR && first->a.as.tensor->shape ? first->a.as.tensor->rank : 0, slices = 0, none = 0;
    for (uint32_t i = 0; i < items.count; i++) {
        slices += ast->nodes[items.items[i]].kind == NW_NODE_SLICE;
        none += ast->nodes[items.items[i]].kind == NW_NODE_NONE;
    }
    bool one_channel = items.count > 1 && slices == items.count - 1 && ast->nodes[items.items[1]].kind != NW_NODE_SLICE && !none;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(l->migration->sites, e)) {
        uint32_t count;
        const nw_value *values = items_of(e->b, &count);
        if (e->a.kind != NW_TENSOR || !e->a.as.tensor->shape || e->a.as.tensor->rank != rank)
            return (layout_site){.form = SITE_FIRST};
        one_channel &= e->b.kind == NW_TUPLE && count == items.count && nw_settle(l->eval, values[1]).kind == NW_INT;
    }
    bool sliced = rank > 2 && items.count <= rank && slices == items.count;
    bool grown = rank == 2 && items.count > 2 && slices == 2 && none == items.count - 2 && ast->nodes[items.items[1]].kind == NW_NODE_SLICE &&
                 ast->nodes[items.items[0]].kind == NW_NODE_SLICE;
    one_channel &= rank > 2 && items.count <= rank;
    return (layout_site){.form = sliced || grown || one_channel ? SITE_LAST : SITE_FIRST, .says = {.plain_result = one_channel && !sliced}};
}

/* What has the same text in both layouts has it only where all tensors have the same axes. */
static uint8_t checked_form(nw_layout *l, uint8_t form, const nw_trace_entry *first)
{
    for (const nw_trace_entry *e = first; e && form == SITE_ANY; e = nw_sites_next(l->migration->sites, e))
        if (rank_of_arguments(l, e) < 0)
            return SITE_FIRST;
    return form;
}

static layout_site *site_at(nw_layout *l, layout_module *m, const nw_trace_entry *e)
{
    if (!m->sites[e->node]) {
        const nw_trace_entry *first = nw_sites_first(l->migration->sites, m->module, e->node);
        layout_site site = e->kind == NW_TRACE_CALL ? read_call(l, m, e->node) : e->kind == NW_TRACE_ATTRIBUTE ? read_attribute(l, m, e->node)
                           : e->kind == NW_TRACE_OPERATION ? read_operation(l, m, e->node) : read_item(l, m, first);
        site.form = checked_form(l, site.form, first);
        m->sites[e->node] = add_site(l, site) + 1;
    }
    return &l->sites[m->sites[e->node] - 1];
}

/* ---- layers ---- */

static void index_calls(nw_layout *l, layout_module *m)
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
    uint32_t site = add_site(l, (layout_site){.form = is_any_layout(l, name) ? SITE_ANY : adapter ? SITE_LAST : SITE_FIRST, .row = adapter});
    NW_ARENA_RESERVE(l->arena, l->classes, l->class_count, l->class_capacity);
    l->classes[l->class_count++] = (class_site){name, site};
    return site;
}

/* The call that made a layer, 0: it cannot be told. */
static uint32_t layer_node(nw_layout *l, layout_module *m, const nw_instance *instance)
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
    nw_symbol name = nw_framework_value_name(l->eval, (nw_value){.kind = NW_CLASS, .as.class_ = instance->class_});
    layout_module *m = module_of(l, instance->place.module);
    uint32_t node = name.v ? layer_node(l, m, instance) : 0;
    nw_source_call call;
    if (!node)
        return UINT32_MAX;
    if (!nw_source_call_read(m->writer, node, &call))
        return class_site_of(l, name);
    if (call.class_ != instance->class_)
        return UINT32_MAX;
    bool asked = nw_sites_kept(l->migration->sites, m->module, &m->module->ast->nodes[node], instance->class_);
    if (!m->sites[node]) /* what programs ask `isinstance` about is one class */
        m->sites[node] = (asked ? class_site_of(l, name) : add_site(l, read_call(l, m, node))) + 1;
    return m->sites[node] - 1;
}

static void check_ranks(nw_layout *l, const nw_tensor *tensor, void *data)
{
    const layout_site *site = data;
    if (!tensor->shape || (site->row && site->row->ranks && !(site->row->ranks & 1u << tensor->rank)))
        unite(l, site->variable, PLAIN);
}

typedef struct layer_call {
    layout_module *m;        /* NULL: called by a container */
    const nw_trace_entry *e;
    const nw_value *arguments;
    uint32_t argument_count;
    nw_value result;
} layer_call;

static int rank_of_layer(nw_layout *l, const layer_call *call)
{
    rank_check check = {0};
    for (uint32_t i = 0; i < call->argument_count; i++)
        visit_value(l, call->arguments[i], check_rank, &check, 0);
    visit_value(l, call->result, check_rank, &check, 0);
    return check.rank;
}

/* What a container hands to a layer: another layer that turns the axes may stand in front of it. */
static void take_from_container(nw_layout *l, const nw_instance *instance, const layer_call *call, uint32_t variable)
{
    layout_module *m = module_of(l, instance->place.module);
    uint32_t node = layer_node(l, m, instance);
    bool item = node && m->items && m->items[node];
    for (uint32_t i = 0; i < call->argument_count; i++) {
        nw_value value = nw_settle(l->eval, call->arguments[i]);
        if (item && i == 0 && value.kind == NW_TENSOR)
            use_tensor(l, m, node, value.as.tensor, variable);
        else
            give(l, value, variable);
    }
}

static void run_layer(nw_layout *l, const nw_instance *instance, const layer_call *call)
{
    static const layout_site unknown = {.form = SITE_FIRST};
    uint32_t number = layer_site(l, instance);
    const layout_site *site = number == UINT32_MAX ? &unknown : &l->sites[number];
    uint32_t variable = site->variable, result = site->says.plain_result ? PLAIN : variable;
    if (site->form == SITE_ANY && rank_of_layer(l, call) >= 0)
        variable = result = new_variable(l);
    else if (site->form != SITE_LAST)
        variable = result = PLAIN;
    for (uint32_t i = 0; site->form == SITE_LAST && i < call->argument_count; i++)
        visit_value(l, call->arguments[i], check_ranks, (void *)(uintptr_t)site, 0);
    if (call->e)
        use_arguments(l, call->m, call->e, &unknown, variable);
    else
        take_from_container(l, instance, call, variable);
    give(l, call->result, result);
}

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
static void pass_tensor(nw_layout *l, layout_module *m, passed *scope, uint32_t node, nw_value value, nw_value result)
{
    value = nw_settle(l->eval, value);
    if (value.kind != NW_TENSOR || !value.as.tensor->shape || value.as.tensor->rank < 3 || scope->count == MAX_PASSED)
        return;
    const nw_tensor *found = value.as.tensor;
    visit_value(l, result, find_tensor, &found, 0);
    if (!found) /* it comes back as it is */
        return;
    uint32_t inside = m->uses[node] ? l->uses[m->uses[node] - 1].site : new_variable(l);
    use_tensor(l, m, node, value.as.tensor, inside);
    scope->tensors[scope->count] = value.as.tensor;
    scope->variables[scope->count++] = inside;
}

static void pass_arguments(nw_layout *l, layout_module *m, const nw_trace_entry *e)
{
    const nw_ast *ast = m->module->ast;
    nw_list list = nw_ast_list(ast, ast->nodes[e->node].b);
    passed scope = {.end = e->end, .fact_end = e->fact_end};
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

static bool is_own_code(nw_value callee)
{
    if (callee.kind == NW_METHOD)
        return is_own_code(callee.as.method->function);
    return (callee.kind == NW_INSTANCE && callee.as.instance->class_->is_module) || (callee.kind == NW_FUNCTION && !callee.as.function->module->is_catalog);
}

/* Values go in and come out in the layout of the site. */
static void run_site(nw_layout *l, layout_module *m, const nw_trace_entry *e, const layout_site *site)
{
    uint32_t variable = site->variable;
    if (site->form == SITE_ANY && rank_of_arguments(l, e) == 0)
        return;
    uint32_t operands = site->says.plain_arguments ? PLAIN : variable;
    const nw_node *n = &m->module->ast->nodes[e->node];
    if (e->kind == NW_TRACE_CALL)
        use_arguments(l, m, e, site, operands);
    else if (e->kind == NW_TRACE_OPERATION) {
        nw_list list = n->kind == NW_NODE_COMPARE ? nw_ast_list(m->module->ast, n->b) : (nw_list){0};
        bool in_place = n->kind == NW_NODE_AUGMENTED_ASSIGN;
        use_value(l, m, in_place ? 0 : n->a, e->a, operands);
        use_value(l, m, n->kind == NW_NODE_UNARY ? 0 : list.count ? list.items[1] : n->b, e->b, operands);
    } else {
        use_value(l, m, n->a, e->a, operands);
    }
    give(l, e->result, site->says.plain_result ? PLAIN : variable);
}

static void run_call(nw_layout *l, layout_module *m, const nw_trace_entry *e)
{
    if (is_layer(e->a)) {
        layer_call call = {m, e, e->arguments->positional, e->arguments->positional_count, e->result};
        if (e->fact < l->fact_count && l->eval->facts[e->fact].kind == NW_FACT_LAYER) {
            run_layer(l, e->a.as.instance, &call);
            cover(l, e);
        }
        return;
    }
    if (e->a.kind == NW_CLASS)
        return;
    if (is_own_code(e->a)) {
        pass_arguments(l, m, e);
        return;
    }
    layout_site site = *site_at(l, m, e);
    if (site.form == SITE_ABSENT)
        return;
    run_site(l, m, e, &site);
    cover(l, e);
}

/* self.mean = self.mean.type_as(x) */
static void keep_attribute(nw_layout *l, const layout_module *m, const nw_trace_entry *e)
{
    const nw_node *n = &m->module->ast->nodes[e->node];
    const nw_tensor *tensor = e->b.as.tensor;
    if (n->kind != NW_NODE_ATTRIBUTE || tensor->is_parameter || tensor->is_buffer || !has_layout(tensor))
        return;
    uint32_t variable = variable_of(l, tensor);
    for (uint32_t i = 0; i < l->kept_count; i++)
        if (l->kept[i].instance == e->a.as.instance && l->kept[i].name.v == n->b) {
            unite(l, l->kept[i].variable, variable);
            return;
        }
    NW_ARENA_RESERVE(l->arena, l->kept, l->kept_count, l->kept_capacity);
    l->kept[l->kept_count++] = (kept_attribute){e->a.as.instance, (nw_symbol){n->b}, variable};
}

static void run_entry(nw_layout *l, const nw_trace_entry *e)
{
    layout_module *m = module_of(l, e->module);
    if (!m || !nw_sites_first(l->migration->sites, e->module, e->node)) /* code that is left out has no sites */
        return;
    bool tensors = e->a.kind == NW_TENSOR || e->b.kind == NW_TENSOR;
    if (e->kind == NW_TRACE_CALL) {
        run_call(l, m, e);
    } else if (e->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && e->b.kind == NW_TENSOR) {
        keep_attribute(l, m, e);
    } else if (e->kind == NW_TRACE_ITEM_STORE && tensors) {
        give(l, e->a, PLAIN);
        give(l, e->result, PLAIN);
    } else if (tensors && (e->kind == NW_TRACE_ATTRIBUTE || e->kind == NW_TRACE_ITEM || e->kind == NW_TRACE_OPERATION)) {
        layout_site site = *site_at(l, m, e);
        if (site.form == SITE_ABSENT || (e->kind == NW_TRACE_ATTRIBUTE && e->result.kind == NW_METHOD))
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
        layer_call call = {.arguments = fact->arguments, .argument_count = fact->argument_count, .result = fact->result};
        if (fact->callee.kind == NW_INSTANCE)
            run_layer(l, fact->callee.as.instance, &call);
        return;
    }
    bool joined = fact->kind == NW_FACT_JOIN || fact->kind == NW_FACT_LOOP;
    rank_check check = {0};
    for (uint32_t i = 0; i < fact->argument_count; i++)
        visit_value(l, fact->arguments[i], check_rank, &check, 0);
    uint32_t variable = joined || (is_any_layout(l, fact->name) && check.rank >= 0) ? new_variable(l) : PLAIN;
    for (uint32_t i = 0; i < fact->argument_count; i++)
        give(l, fact->arguments[i], variable);
    give(l, fact->result, variable);
}

static void run_all(nw_layout *l)
{
    const nw_trace *trace = l->migration->sites->trace;
    uint32_t fact = 1;
    for (uint32_t i = 0; i <= trace->count; i++) {
        uint32_t until = i < trace->count ? trace->entries[i].fact : l->fact_count;
        for (; fact < until; fact++) {
            while (l->depth && l->stack[l->depth - 1].fact_end <= fact)
                l->depth--;
            run_fact(l, fact);
        }
        while (l->depth && l->stack[l->depth - 1].end <= i)
            l->depth--;
        if (i < trace->count)
            run_entry(l, &trace->entries[i]);
    }
}

/* ---- deciding ---- */

static bool is_last(const nw_layout *l, uint32_t variable)
{
    return l->side[find(l, variable)];
}

/* Transposes that a site's row holds. */
static uint32_t own_transposes(const layout_site *site)
{
    return site->form == SITE_LAST && site->row ? site->row->transposes + site->says.transposes : 0;
}

/* What has no other form gains as much as it takes. */
static uint32_t gain_of(const nw_layout *l, const nw_translation *row)
{
    const nw_translations *tables = &l->migration->tables;
    return tables->by_hand && !nw_translation_find(tables, NW_ROW_TRANSLATION, row->name) ? ONLY_FORM : row->gain;
}

static void decide(nw_layout *l)
{
    uint32_t count = 0;
    nw_cut_edge *edges = nw_arena_alloc(l->arena, (l->use_count + 2 * l->site_count + 1) * sizeof *edges);
    for (uint32_t i = 0; i < l->use_count; i++)
        if (find(l, l->uses[i].value) != find(l, l->uses[i].site))
            edges[count++] = (nw_cut_edge){find(l, l->uses[i].value), find(l, l->uses[i].site), USE_COST};
    for (uint32_t i = 0; i < l->site_count; i++)
        if (l->sites[i].form == SITE_LAST && l->sites[i].row && l->sites[i].row->gain)
            edges[count++] = (nw_cut_edge){LAST, find(l, l->sites[i].variable), gain_of(l, l->sites[i].row)};
    for (uint32_t i = 0; i < l->site_count; i++)
        if (own_transposes(&l->sites[i]))
            edges[count++] = (nw_cut_edge){PLAIN, find(l, l->sites[i].variable), USE_COST * own_transposes(&l->sites[i])};
    l->side = nw_arena_zero(l->arena, l->variable_count * sizeof *l->side);
    nw_layout_cut(l->arena, l->variable_count, LAST, PLAIN, edges, count, l->side);
}

static bool tensor_is_last(nw_layout *l, const nw_tensor *tensor)
{
    const tensor_slot *slot = l->slot_count && tensor->shape && tensor->rank > 2 ? slot_of(l, tensor) : NULL;
    return slot && slot->tensor && is_last(l, slot->variable);
}

static bool any_is_last(const nw_layout *l)
{
    for (uint32_t i = FIRST_VARIABLE; i < l->variable_count; i++)
        if (l->side[i])
            return true;
    return false;
}

nw_layout *nw_layout_find(nw_migration *migration, nw_writer **writers, uint32_t count, const nw_model *model, bool free_features)
{
    nw_eval *eval = migration->eval;
    nw_layout *l = nw_arena_zero(&eval->arena, sizeof *l);
    *l = (nw_layout){.migration = migration, .eval = eval, .arena = &eval->arena, .module_count = count, .fact_count = eval->fact_count,
                      .free_in = free_features ? model : NULL};
    if (migration->sites->trace->full)
        return NULL;
    l->modules = nw_arena_zero(l->arena, (count + 1) * sizeof *l->modules);
    for (uint32_t i = 0; i < count; i++) {
        const nw_module *module = writers[i]->module;
        l->modules[i] = (layout_module){.module = module, .writer = writers[i]};
        l->modules[i].sites = nw_arena_zero(l->arena, (module->ast->node_count + 1) * sizeof(uint32_t));
        l->modules[i].uses = nw_arena_zero(l->arena, (module->ast->node_count + 1) * sizeof(uint32_t));
        l->modules[i].items = nw_items_find(writers[i]);
    }
    l->covered = nw_arena_zero(l->arena, (l->fact_count + 1) * sizeof *l->covered);
    for (uint32_t i = 0; i < FIRST_VARIABLE; i++)
        new_variable(l);
    run_all(l);
    decide(l);
    if (!any_is_last(l))
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
    const layout_module *m = layout ? module_of(layout, module) : NULL;
    if (!m || !m->sites[node])
        return false;
    const layout_site *site = &layout->sites[m->sites[node] - 1];
    return site->form == SITE_LAST && is_last(layout, site->variable);
}

static bool is_free(const nw_layout *l, const layout_site *site)
{
    return site->form == SITE_LAST && site->row && site->row->kind == NW_ROW_FREE_TRANSLATION && is_last(l, site->variable);
}

bool nw_layout_is_free(const nw_layout *layout, const nw_module *module, uint32_t node)
{
    const layout_module *m = layout ? module_of(layout, module) : NULL;
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
            const layout_site *site = &layout->sites[layout->classes[i].site];
            return site->form == SITE_LAST && is_last(layout, site->variable);
        }
    return false;
}

static uint32_t change_at(const nw_layout *layout, const layout_module *m, uint32_t node, bool *to_last)
{
    const layout_use *use = &layout->uses[m->uses[node] - 1];
    *to_last = is_last(layout, use->site);
    return is_last(layout, use->value) == *to_last ? 0 : use->rank;
}

uint32_t nw_layout_change(const nw_layout *layout, const nw_module *module, uint32_t node, bool *to_last)
{
    const layout_module *m = layout ? module_of(layout, module) : NULL;
    return m && m->uses[node] && !(m->items && m->items[node]) ? change_at(layout, m, node, to_last) : 0;
}

uint32_t nw_layout_change_of_item(const nw_layout *layout, const nw_module *module, uint32_t node, bool *to_last)
{
    const layout_module *m = layout ? module_of(layout, module) : NULL;
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
        const layout_site *site = &layout->sites[i];
        count += is_last(layout, site->variable) ? own_transposes(site) : 0;
    }
    return count;
}
