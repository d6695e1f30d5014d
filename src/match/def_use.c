#include "match/def_use.h"

#include "syntax/ast_visit.h"

#include <string.h>

/* Definitions that may reach a point: one bit each. NULL: the point cannot be reached. */
typedef uint64_t *reach;

typedef struct builder {
    nw_def_use *out;
    const nw_symbols *symbols;
    uint32_t words;      /* of a reach */
    uint32_t statement;
    reach now;
    reach at_break, at_continue; /* joined states, of the innermost loop */
    reach raised;        /* what may hold at any point of the innermost try body; NULL outside */
    bool in_try;
} builder;

/* ---- states ---- */

static reach copy(builder *b, reach state)
{
    return state ? nw_arena_copy(b->out->arena, state, b->words * sizeof *state) : NULL;
}

static reach join(builder *b, reach left, reach right)
{
    if (!left || !right)
        return copy(b, left ? left : right);
    reach both = copy(b, left);
    for (uint32_t i = 0; i < b->words; i++)
        both[i] |= right[i];
    return both;
}

static bool same(const builder *b, reach left, reach right)
{
    if (!left || !right)
        return left == right;
    return memcmp(left, right, b->words * sizeof *left) == 0;
}

/* ---- definitions and uses ---- */

static uint32_t definition_of(builder *b, uint32_t target, uint32_t slot)
{
    nw_def_use *out = b->out;
    uint32_t known = target ? nw_def_use_at(out, target) : 0;
    if (known)
        return known;
    if (out->count == b->words * 64) /* more bindings than nodes: cannot happen */
        return 0;
    NW_ARENA_RESERVE(out->arena, out->definitions, out->count, out->capacity);
    out->definitions[out->count] = (nw_definition){.slot = slot, .target = target, .statement = b->statement};
    return out->count++;
}

static void define(builder *b, uint32_t target, uint32_t slot, bool replaces)
{
    uint32_t definition = definition_of(b, target, slot);
    if (!b->now)
        return;
    for (uint32_t i = 1; replaces && i < b->out->count; i++)
        if (b->out->definitions[i].slot == slot)
            b->now[i / 64] &= ~(1ull << (i % 64));
    b->now[definition / 64] |= 1ull << (definition % 64);
    if (b->in_try)
        b->raised = join(b, b->raised, b->now);
}

static void add_use(builder *b, nw_definition *definition, uint32_t name_node)
{
    for (uint32_t i = 0; i < definition->use_count; i++)
        if (definition->uses[i] == name_node)
            return;
    NW_ARENA_RESERVE(b->out->arena, definition->uses, definition->use_count, definition->use_capacity);
    definition->uses[definition->use_count++] = name_node;
}

static void read_slot(builder *b, uint32_t slot, uint32_t name_node)
{
    for (uint32_t i = 1; b->now && i < b->out->count; i++)
        if (b->out->definitions[i].slot == slot && (b->now[i / 64] >> (i % 64) & 1))
            add_use(b, &b->out->definitions[i], name_node);
}

/* ---- expressions ---- */

typedef struct walk {
    builder *b;
    uint32_t depth; /* function frames entered */
    bool later;     /* inside a function or lambda: runs at some other time */
} walk;

static void read_expression(builder *b, uint32_t node, uint32_t depth, bool later);

static void read_child(void *context, nw_ast_child child)
{
    const walk *w = context;
    if (child.node)
        read_expression(w->b, child.node, w->depth, w->later);
    if (child.parameter && child.parameter->default_value)
        read_expression(w->b, child.parameter->default_value, w->depth ? w->depth - 1 : 0, w->later);
}

static void read_name(builder *b, const nw_node *node, uint32_t id, uint32_t depth, bool later)
{
    if (node->b != NW_PLACE_SLOT || node->op != depth || node->c >= b->out->slot_count)
        return;
    if (later)
        b->out->captured[node->c] = true;
    read_slot(b, node->c, id);
}

static void read_expression(builder *b, uint32_t id, uint32_t depth, bool later)
{
    const nw_node *node = &b->out->ast->nodes[id];
    walk w = {b, depth, later};
    switch (node->kind) {
    case NW_NODE_NAME:
        read_name(b, node, id, depth, later);
        return;
    case NW_NODE_NAMED: {
        const nw_node *target = &b->out->ast->nodes[node->a];
        read_expression(b, node->b, depth, later);
        if (target->b == NW_PLACE_SLOT && target->op == depth)
            define(b, node->a, target->c, false);
        return;
    }
    case NW_NODE_LAMBDA:
    case NW_NODE_FUNCTION:
    case NW_NODE_CLASS:
        w.later = true;
        w.depth = depth + (node->kind != NW_NODE_CLASS);
        break;
    case NW_NODE_GENERATOR:
    case NW_NODE_LIST_COMPREHENSION:
    case NW_NODE_SET_COMPREHENSION:
    case NW_NODE_DICT_COMPREHENSION:
        /* The first iterable is evaluated outside: its names have the outer depth. Reading it at both depths is safe, since a
         * name matches only at its own. */
        nw_ast_visit_children(b->out->ast, id, read_child, &w);
        w.depth = depth + 1;
        break;
    default:
        break;
    }
    nw_ast_visit_children(b->out->ast, id, read_child, &w);
}

static void read(builder *b, uint32_t node)
{
    if (node)
        read_expression(b, node, 0, false);
}

/* ---- targets ---- */

static void bind(builder *b, uint32_t id)
{
    const nw_node *node = &b->out->ast->nodes[id];
    switch (node->kind) {
    case NW_NODE_NAME:
        if (node->b == NW_PLACE_SLOT && node->op == 0)
            define(b, id, node->c, true);
        return;
    case NW_NODE_STARRED:
        bind(b, node->a);
        return;
    case NW_NODE_TUPLE:
    case NW_NODE_LIST: {
        nw_list items = nw_ast_list(b->out->ast, node->a);
        for (uint32_t i = 0; i < items.count; i++)
            bind(b, items.items[i]);
        return;
    }
    default:
        read(b, id);
    }
}

/* Names bound by a pattern: weakly, since it need not match. */
static void bind_pattern(void *context, nw_ast_child child)
{
    builder *b = context;
    if (!child.node)
        return;
    const nw_node *node = &b->out->ast->nodes[child.node];
    if (nw_ast_is_local(node)) {
        read_slot(b, node->c, child.node);
        define(b, child.node, node->c, false);
    }
    nw_ast_visit_children(b->out->ast, child.node, bind_pattern, b);
}

/* ---- statements ---- */

static void run_list(builder *b, uint32_t list);

static void run_loop(builder *b, uint32_t target, uint32_t test, uint32_t body, uint32_t otherwise)
{
    reach outer_break = b->at_break, outer_continue = b->at_continue, entry = copy(b, b->now), left = NULL;
    b->at_break = NULL;
    for (int round = 0; round < 8; round++) {
        reach before = copy(b, b->now);
        b->at_continue = NULL;
        read(b, test);
        left = copy(b, b->now);
        if (target)
            bind(b, target);
        run_list(b, body);
        b->now = join(b, join(b, b->now, b->at_continue), entry);
        if (same(b, before, b->now) && round > 0)
            break;
    }
    b->now = join(b, left, b->now);
    run_list(b, otherwise);
    b->now = join(b, b->now, b->at_break);
    b->at_break = outer_break;
    b->at_continue = outer_continue;
}

static void run_try(builder *b, const nw_node *node)
{
    const nw_ast *ast = b->out->ast;
    reach outer_raised = b->raised;
    bool outer_in_try = b->in_try;
    b->in_try = true;
    b->raised = copy(b, b->now);
    run_list(b, node->a);
    reach raised = b->raised;
    b->in_try = outer_in_try;
    run_list(b, ast->extra[node->c]);
    reach end = b->now;
    nw_list handlers = nw_ast_list(ast, node->b);
    for (uint32_t i = 0; i < handlers.count; i++) {
        const nw_node *handler = &ast->nodes[handlers.items[i]];
        b->now = copy(b, raised);
        read(b, handler->a);
        if (handler->b)
            bind(b, handler->b);
        run_list(b, handler->c);
        end = join(b, end, b->now);
    }
    b->raised = outer_in_try ? join(b, outer_raised, raised) : NULL;
    b->now = ast->extra[node->c + 1] ? join(b, end, raised) : end;
    run_list(b, ast->extra[node->c + 1]);
}

static void run_match(builder *b, const nw_node *node)
{
    const nw_ast *ast = b->out->ast;
    read(b, node->a);
    nw_list cases = nw_ast_list(ast, node->b);
    reach end = NULL, entry = copy(b, b->now);
    for (uint32_t i = 0; i < cases.count; i++) {
        const nw_node *one = &ast->nodes[cases.items[i]];
        b->now = copy(b, entry);
        bind_pattern(b, (nw_ast_child){.node = one->a});
        read(b, one->b);
        entry = join(b, entry, b->now);
        run_list(b, one->c);
        end = join(b, end, b->now);
    }
    b->now = join(b, end, entry);
}

static void run_if(builder *b, const nw_node *node)
{
    read(b, node->a);
    reach entry = copy(b, b->now);
    run_list(b, node->b);
    reach then = b->now;
    b->now = entry;
    run_list(b, node->c);
    b->now = join(b, then, b->now);
}

static void run_definition(builder *b, uint32_t id, const nw_node *node)
{
    read(b, id);
    uint32_t name = node->kind == NW_NODE_CLASS ? node->c : b->out->ast->functions[node->a].name_node;
    if (name)
        bind(b, name);
}

static void run_import(builder *b, nw_list aliases)
{
    for (uint32_t i = 0; i < aliases.count; i++)
        if (b->out->ast->nodes[aliases.items[i]].b)
            bind(b, b->out->ast->nodes[aliases.items[i]].b);
}

static void run_with(builder *b, const nw_node *node)
{
    nw_list items = nw_ast_list(b->out->ast, node->a);
    for (uint32_t i = 0; i < items.count; i++) {
        const nw_node *item = &b->out->ast->nodes[items.items[i]];
        read(b, item->a);
        if (item->b)
            bind(b, item->b);
    }
    run_list(b, node->b);
}

static void leave(builder *b, reach *where)
{
    if (where)
        *where = join(b, *where, b->now);
    b->now = NULL;
}

static void run_assign(builder *b, const nw_node *node)
{
    read(b, node->b);
    nw_list targets = nw_ast_list(b->out->ast, node->a);
    for (uint32_t i = 0; i < targets.count; i++)
        bind(b, targets.items[i]);
}

uint32_t nw_written_in_place(const nw_ast *ast, const nw_symbols *symbols, uint32_t statement)
{
    const nw_node *node = &ast->nodes[statement], *call = &ast->nodes[node->a];
    const nw_node *callee = node->kind == NW_NODE_EXPRESSION && call->kind == NW_NODE_CALL ? &ast->nodes[call->a] : node;
    nw_text name = callee->kind == NW_NODE_ATTRIBUTE ? nw_symbol_text(symbols, (nw_symbol){callee->b}) : (nw_text){0};
    bool in_place = name.size > 1 && name.bytes[name.size - 1] == '_' && name.bytes[name.size - 2] != '_' && name.bytes[0] != '_';
    const nw_node *object = &ast->nodes[in_place ? callee->a : 0];
    return in_place && nw_ast_is_local(object) ? callee->a : 0;
}

static void run_expression(builder *b, uint32_t id)
{
    uint32_t written = nw_written_in_place(b->out->ast, b->symbols, id);
    read(b, id);
    if (written)
        bind(b, written);
}

static void run(builder *b, uint32_t id)
{
    const nw_ast *ast = b->out->ast;
    const nw_node *node = &ast->nodes[id];
    b->statement = id;
    if (b->in_try)
        b->raised = join(b, b->raised, b->now);
    switch (node->kind) {
    case NW_NODE_ASSIGN: run_assign(b, node); break;
    case NW_NODE_AUGMENTED_ASSIGN:
        read(b, node->b);
        read(b, node->a);
        bind(b, node->a);
        break;
    case NW_NODE_ANNOTATED_ASSIGN:
        read(b, node->c);
        if (node->c)
            bind(b, node->a);
        break;
    case NW_NODE_EXPRESSION: run_expression(b, id); break;
    case NW_NODE_FOR: run_loop(b, node->a, node->b, ast->extra[node->c], ast->extra[node->c + 1]); break;
    case NW_NODE_WHILE: run_loop(b, 0, node->a, node->b, node->c); break;
    case NW_NODE_IF: run_if(b, node); break;
    case NW_NODE_TRY: run_try(b, node); break;
    case NW_NODE_WITH: run_with(b, node); break;
    case NW_NODE_MATCH: run_match(b, node); break;
    case NW_NODE_FUNCTION: case NW_NODE_CLASS: run_definition(b, id, node); break;
    case NW_NODE_IMPORT: run_import(b, nw_ast_list(ast, node->a)); break;
    case NW_NODE_IMPORT_FROM: run_import(b, nw_ast_list(ast, node->c)); break;
    case NW_NODE_BREAK: leave(b, &b->at_break); break;
    case NW_NODE_CONTINUE: leave(b, &b->at_continue); break;
    case NW_NODE_RETURN: case NW_NODE_RAISE:
        read(b, node->a);
        if (node->kind == NW_NODE_RAISE)
            read(b, node->b);
        leave(b, NULL);
        break;
    default: read(b, id);
    }
}

static void run_list(builder *b, uint32_t list_index)
{
    nw_list list = nw_ast_list(b->out->ast, list_index);
    for (uint32_t i = 0; i < list.count; i++)
        run(b, list.items[i]);
}

/* ---- the function ---- */

void nw_def_use_build(nw_def_use *def_use, const nw_ast *ast, uint32_t function, const nw_symbols *symbols, nw_arena *arena)
{
    const nw_ast_function *code = &ast->functions[function];
    *def_use = (nw_def_use){.ast = ast, .arena = arena, .slot_count = code->slot_count};
    def_use->definitions = nw_arena_zero(arena, sizeof *def_use->definitions);
    def_use->count = def_use->capacity = 1;
    def_use->captured = nw_arena_zero(arena, code->slot_count + 1);
    uint32_t bindings = 1 + code->parameter_count;
    const nw_node *whole = &ast->nodes[code->node];
    for (uint32_t i = code->node; i && ast->nodes[i].start >= whole->start; i--) /* at most one definition for each name in the function's text */
        bindings += ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].end <= whole->end;
    builder b = {.out = def_use, .symbols = symbols, .words = bindings / 64 + 1};
    b.now = nw_arena_zero(arena, b.words * sizeof *b.now);
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        uint32_t definition = definition_of(&b, 0, code->parameters[i].slot);
        b.now[definition / 64] |= 1ull << (definition % 64);
    }
    if (code->is_lambda)
        read(&b, code->body);
    else
        run_list(&b, code->body);
}

uint32_t nw_def_use_at(const nw_def_use *def_use, uint32_t target)
{
    for (uint32_t i = 1; i < def_use->count; i++)
        if (def_use->definitions[i].target == target)
            return i;
    return 0;
}

uint32_t nw_def_use_of_read(const nw_def_use *def_use, uint32_t name_node)
{
    uint32_t found = 0;
    for (uint32_t i = 1; i < def_use->count; i++)
        for (uint32_t j = 0; j < def_use->definitions[i].use_count; j++)
            if (def_use->definitions[i].uses[j] == name_node) {
                if (found)
                    return 0;
                found = i;
            }
    return found;
}
