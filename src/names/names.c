#include "names/names.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What one scope says of one name. Places are per scope, so the key is the pair. */
enum { SAYS_BOUND = 1, SAYS_GLOBAL = 2, SAYS_NONLOCAL = 4 };

typedef struct nw_binding {
    uint32_t scope, symbol;
    uint32_t slot;
    uint8_t says; /* 0: free entry of the table */
} nw_binding;

typedef struct nw_resolver {
    nw_ast *ast;
    nw_arena *arena;
    nw_symbols *symbols;
    nw_binding *table; /* open addressing */
    uint32_t mask, count;
    uint32_t *class_of;  /* by function index: the innermost class around it, its own index included; 0 for none */
    uint32_t *capacity;  /* by function index: of slot_names */
    nw_buffer mangled;
} nw_resolver;

static uint32_t position_of(const nw_resolver *r, uint32_t scope, uint32_t symbol)
{
    uint64_t key = ((uint64_t)scope << 32 | symbol) * 0x9E3779B97F4A7C15u;
    uint32_t at = (uint32_t)(key >> 32) & r->mask;
    while (r->table[at].says && (r->table[at].scope != scope || r->table[at].symbol != symbol))
        at = (at + 1) & r->mask;
    return at;
}

static const nw_binding *find(const nw_resolver *r, uint32_t scope, uint32_t symbol)
{
    const nw_binding *binding = &r->table[position_of(r, scope, symbol)];
    return binding->says ? binding : NULL;
}

static void allocate_table(nw_resolver *r, uint32_t size)
{
    r->table = calloc(size, sizeof *r->table);
    if (!r->table) {
        fputs("netwright: out of memory\n", stderr);
        exit(3);
    }
    r->mask = size - 1;
}

static void grow_table(nw_resolver *r)
{
    nw_binding *old = r->table;
    uint32_t size = r->mask + 1;
    allocate_table(r, size * 2);
    for (uint32_t i = 0; i < size; i++)
        if (old[i].says)
            r->table[position_of(r, old[i].scope, old[i].symbol)] = old[i];
    free(old);
}

static nw_binding *enter(nw_resolver *r, uint32_t scope, uint32_t symbol)
{
    if (r->count * 2 > r->mask)
        grow_table(r);
    nw_binding *binding = &r->table[position_of(r, scope, symbol)];
    if (!binding->says) {
        *binding = (nw_binding){.scope = scope, .symbol = symbol, .slot = UINT32_MAX};
        r->count++;
    }
    return binding;
}

/* A slot for a name that the scope itself keeps. */
static void give_slot(nw_resolver *r, nw_binding *binding)
{
    nw_ast_function *function = &r->ast->functions[binding->scope];
    if (binding->slot != UINT32_MAX || binding->says & (SAYS_GLOBAL | SAYS_NONLOCAL) || function->scope == NW_SCOPE_MODULE)
        return;
    NW_ARENA_RESERVE(r->arena, function->slot_names, function->slot_count, r->capacity[binding->scope]);
    function->slot_names[function->slot_count] = (nw_symbol){binding->symbol};
    binding->slot = function->slot_count++;
}

/* `__name` inside class `_Thing` is `_Thing__name`; leading underscores of the class are dropped. */
static uint32_t mangle(nw_resolver *r, uint32_t scope, uint32_t symbol)
{
    uint32_t class_scope = r->class_of[scope];
    if (!class_scope)
        return symbol;
    nw_text name = nw_symbol_text(r->symbols, (nw_symbol){symbol});
    if (name.size < 3 || name.bytes[0] != '_' || name.bytes[1] != '_' || memchr(name.bytes, '.', name.size) ||
        (name.bytes[name.size - 1] == '_' && name.bytes[name.size - 2] == '_'))
        return symbol;
    const char *class_name = nw_symbol_bytes(r->symbols, r->ast->functions[class_scope].name);
    class_name += strspn(class_name, "_");
    if (!*class_name)
        return symbol;
    nw_buffer_clear(&r->mangled);
    nw_buffer_byte(&r->mangled, '_');
    nw_buffer_text(&r->mangled, class_name);
    nw_buffer_add(&r->mangled, name.bytes, name.size);
    return nw_symbol_intern(r->symbols, r->mangled.bytes, r->mangled.size).v;
}

static void find_classes(nw_resolver *r)
{
    nw_ast *ast = r->ast;
    for (uint32_t i = 1; i < ast->function_count; i++)
        r->class_of[i] = ast->functions[i].scope == NW_SCOPE_CLASS ? i : r->class_of[ast->functions[i].parent];
}

static void bind_parameters(nw_resolver *r)
{
    for (uint32_t i = 1; i < r->ast->function_count; i++) {
        nw_ast_function *function = &r->ast->functions[i];
        for (uint32_t p = 0; p < function->parameter_count; p++) {
            function->parameters[p].name.v = mangle(r, i, function->parameters[p].name.v);
            nw_binding *binding = enter(r, i, function->parameters[p].name.v);
            binding->says |= SAYS_BOUND;
            give_slot(r, binding);
            function->parameters[p].slot = (uint16_t)binding->slot;
        }
    }
}

static void declare(nw_resolver *r, const nw_node *node, uint8_t says)
{
    uint32_t *symbols = r->ast->extra + node->a;
    for (uint32_t i = 1; i <= symbols[0]; i++) {
        symbols[i] = mangle(r, node->b, symbols[i]);
        enter(r, node->b, symbols[i])->says |= says;
    }
}

/* Mangles, and takes up every declaration, before any slot is given. */
static void read_declarations(nw_resolver *r)
{
    for (uint32_t i = 1; i < r->ast->node_count; i++) {
        nw_node *node = &r->ast->nodes[i];
        if (node->kind == NW_NODE_NAME && node->flags & NW_NAME_PRIVATE) {
            node->a = mangle(r, node->c, node->a);
        } else if (node->kind == NW_NODE_ATTRIBUTE && node->c) {
            node->b = mangle(r, node->c, node->b);
            node->c = 0;
        } else if (node->kind == NW_NODE_GLOBAL || node->kind == NW_NODE_NONLOCAL) {
            declare(r, node, node->kind == NW_NODE_GLOBAL ? SAYS_GLOBAL : SAYS_NONLOCAL);
        }
    }
}

static void bind_names(nw_resolver *r)
{
    const nw_ast_function *functions = r->ast->functions;
    for (uint32_t i = 1; i < r->ast->node_count; i++) {
        const nw_node *node = &r->ast->nodes[i];
        if (node->kind != NW_NODE_NAME || !(node->flags & NW_NAME_BINDS))
            continue;
        uint32_t scope = node->c;
        if (node->flags & NW_NAME_WALRUS)
            while (functions[scope].scope == NW_SCOPE_COMPREHENSION)
                scope = functions[scope].parent;
        if (scope == 0)
            continue; /* the module is a dictionary */
        nw_binding *binding = enter(r, scope, node->a);
        binding->says |= SAYS_BOUND;
        give_slot(r, binding);
    }
}

typedef struct nw_found {
    bool in_frame;
    uint32_t scope, frames_up, slot;
} nw_found;

/* The frame among the functions around `scope` (not itself) that keeps the name. */
static nw_found find_outside(const nw_resolver *r, uint32_t scope, uint32_t symbol)
{
    const nw_ast_function *functions = r->ast->functions;
    uint32_t frames_up = 0;
    while (scope) {
        scope = functions[scope].parent;
        if (!scope || functions[scope].scope == NW_SCOPE_CLASS)
            continue;
        frames_up++;
        const nw_binding *binding = find(r, scope, symbol);
        if (binding && binding->says & SAYS_GLOBAL)
            break;
        if (binding && binding->slot != UINT32_MAX)
            return (nw_found){true, scope, frames_up, binding->slot};
    }
    return (nw_found){0};
}

static void add_outer(nw_resolver *r, nw_ast_function *class_scope, uint32_t symbol, nw_found found)
{
    for (uint32_t i = 0; i < class_scope->outer_count; i++)
        if (class_scope->outer[i * 3] == symbol)
            return;
    class_scope->outer = nw_arena_grow(r->arena, class_scope->outer, class_scope->outer_count * 3,
                                       (class_scope->outer_count + 1) * 3, sizeof *class_scope->outer);
    uint32_t *entry = class_scope->outer + class_scope->outer_count++ * 3;
    entry[0] = symbol;
    entry[1] = found.frames_up;
    entry[2] = found.slot;
}

static void place_name(nw_resolver *r, nw_node *node)
{
    nw_ast_function *functions = r->ast->functions;
    uint32_t scope = node->c;
    node->b = NW_PLACE_GLOBAL;
    node->c = 0;
    if (scope == 0)
        return;
    const nw_binding *own = find(r, scope, node->a);
    bool kept = own && own->slot != UINT32_MAX;
    if (own && own->says & SAYS_GLOBAL)
        return;
    if (kept && functions[scope].scope != NW_SCOPE_CLASS) {
        node->b = NW_PLACE_SLOT;
        node->c = own->slot;
        return;
    }
    nw_found found = find_outside(r, scope, node->a);
    if (found.in_frame)
        functions[found.scope].captured = true;
    if (kept) {
        node->b = NW_PLACE_CLASS;
        node->c = own->slot;
        if (found.in_frame) {
            node->flags |= NW_NAME_OUTER;
            node->op = (uint8_t)found.frames_up;
            add_outer(r, &functions[scope], node->a, found);
        }
    } else if (found.in_frame) {
        node->b = NW_PLACE_SLOT;
        node->op = (uint8_t)found.frames_up;
        node->c = found.slot;
    }
}

/* The parameter of the function, or of one around it, that a name is; NULL: none. Takes names whose places are not known yet. */
static nw_ast_parameter *parameter_of(const nw_ast *ast, uint32_t name)
{
    const nw_node *node = &ast->nodes[name];
    if (node->kind != NW_NODE_NAME || node->a == NW_NAME_SELF)
        return NULL;
    for (uint32_t scope = node->c; scope; scope = ast->functions[scope].parent) {
        nw_ast_function *function = &ast->functions[scope];
        for (uint32_t i = 0; i < function->parameter_count; i++)
            if (function->parameters[i].name.v == node->a)
                return &function->parameters[i];
    }
    return NULL;
}

static void note_attribute(nw_resolver *r, nw_ast_parameter *parameter, nw_symbol name)
{
    for (const nw_attribute_use *use = parameter->uses; use; use = use->next)
        if (use->name.v == name.v)
            return;
    parameter->uses = nw_arena_copy(r->arena, &(nw_attribute_use){name, parameter->uses}, sizeof(nw_attribute_use));
}

static void note_keyed(const nw_ast *ast, uint32_t name)
{
    nw_ast_parameter *parameter = parameter_of(ast, name);
    if (parameter)
        parameter->is_keyed = true;
}

/* What code does with a parameter tells what it may be: `f(x)`, `d["key"]`, `"key" in d`, `**d`, `x.shape`. */
static void note_use(nw_resolver *r, const nw_node *node)
{
    const nw_ast *ast = r->ast;
    nw_ast_parameter *parameter = NULL;
    nw_list parts;
    switch (node->kind) {
    case NW_NODE_CALL:
        if ((parameter = parameter_of(ast, node->a)))
            parameter->is_called = true;
        break;
    case NW_NODE_KEYWORD:
        if (node->a == 0)
            note_keyed(ast, node->b);
        break;
    case NW_NODE_SUBSCRIPT:
        if (ast->nodes[node->b].kind == NW_NODE_STRING)
            note_keyed(ast, node->a);
        break;
    case NW_NODE_COMPARE:
        parts = nw_ast_list(ast, node->b);
        if (ast->nodes[node->a].kind == NW_NODE_STRING && parts.count == 2 && (parts.items[0] == NW_OPERATOR_IN || parts.items[0] == NW_OPERATOR_NOT_IN))
            note_keyed(ast, parts.items[1]);
        break;
    case NW_NODE_ATTRIBUTE:
        if ((parameter = parameter_of(ast, node->a)))
            note_attribute(r, parameter, (nw_symbol){node->b});
        break;
    case NW_NODE_NAME:
        if (node->flags & NW_NAME_BINDS && (parameter = parameter_of(ast, (uint32_t)(node - ast->nodes))))
            parameter->is_rebound = true;
        break;
    default:
        break;
    }
}

void nw_names_resolve(nw_ast *ast, nw_arena *arena, nw_symbols *symbols)
{
    nw_resolver r = {.ast = ast, .arena = arena, .symbols = symbols};
    nw_buffer_init(&r.mangled);
    r.class_of = nw_arena_zero(arena, ast->function_count * sizeof *r.class_of);
    r.capacity = nw_arena_zero(arena, ast->function_count * sizeof *r.capacity);
    allocate_table(&r, 256);
    find_classes(&r);
    read_declarations(&r);
    bind_parameters(&r);
    bind_names(&r);
    for (uint32_t i = 1; i < ast->node_count; i++)
        note_use(&r, &ast->nodes[i]);
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME)
            place_name(&r, &ast->nodes[i]);
    free(r.table);
    nw_buffer_release(&r.mangled);
}
