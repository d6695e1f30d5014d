/* Programs that keep tensors from one call of a module for the next (caches of masks and positions). Where the target builds layers by a
 * trial call on tensors of its own, such a program must not be tried: its classes get a method of their own for building. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

static bool is_constructor(const nw_migration *migration, const nw_ast_function *code)
{
    return !code || strcmp(nw_bytes(migration->eval, code->name), "__init__") == 0;
}

static bool holds_tensor(nw_value value)
{
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST && !value.as.list->repeated ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; items && i < count; i++)
        if (items[i].kind == NW_TENSOR)
            return true;
    return value.kind == NW_TENSOR && !value.as.tensor->is_parameter;
}

/* Whether the attribute, or the container that is one, was read before outside of constructors. */
static bool was_read(const nw_migration *migration, const nw_trace *trace, uint32_t before)
{
    const nw_trace_entry *store = &trace->entries[before];
    for (uint32_t i = 0; i < before; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        const nw_ast *ast = e->module->ast;
        if (e->kind != NW_TRACE_ATTRIBUTE)
            continue;
        bool attribute = store->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && e->a.as.instance == store->a.as.instance &&
                         ast->nodes[e->node].b == store->module->ast->nodes[store->node].b;
        bool container = store->kind == NW_TRACE_ITEM_STORE && e->result.kind == NW_DICT && e->result.as.dict == store->a.as.dict;
        if ((attribute || container) && !is_constructor(migration, nw_function_around(ast, ast->nodes[e->node].start)))
            return true;
    }
    return false;
}

/* Whether a statement stands in a test, so that it may run in one call and not in the next. */
static bool is_conditional(const nw_ast *ast, const nw_node *node)
{
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_IF && ast->nodes[i].start < node->start && node->end <= ast->nodes[i].end)
            return true;
    return false;
}

/* functools.lru_cache and the like around a function. */
static bool has_cache(const nw_migration *migration)
{
    for (uint32_t i = 0; i < migration->file_count; i++) {
        const nw_ast *ast = migration->files[i].module->ast;
        const char *bytes = migration->files[i].module->source.bytes;
        for (uint32_t k = 1; k < ast->node_count; k++) {
            nw_list decorators = ast->nodes[k].kind == NW_NODE_FUNCTION ? nw_ast_list(ast, ast->nodes[k].b) : (nw_list){0};
            for (uint32_t m = 0; m < decorators.count; m++) {
                const nw_node *n = &ast->nodes[decorators.items[m]];
                size_t size = strcspn(bytes + n->start, "(\r\n ");
                if ((size >= 9 && strncmp(bytes + n->start + size - 9, "lru_cache", 9) == 0) || (size >= 5 && strncmp(bytes + n->start + size - 5, "cache", 5) == 0))
                    return true;
            }
        }
    }
    return false;
}

/* self.register_buffer(name, tensor) or setattr(self, name, tensor) in `forward` itself. */
static bool is_kept_by_call(const nw_migration *migration, const nw_trace_entry *e)
{
    const nw_ast *ast = e->module->ast;
    const nw_node *node = &ast->nodes[e->node];
    if (e->kind != NW_TRACE_CALL || node->kind != NW_NODE_CALL)
        return false;
    const nw_node *callee = &ast->nodes[node->a];
    if (callee->kind != NW_NODE_ATTRIBUTE && callee->kind != NW_NODE_NAME)
        return false;
    const char *name = nw_bytes(migration->eval, (nw_symbol){callee->kind == NW_NODE_ATTRIBUTE ? callee->b : callee->a});
    const nw_ast_function *code = nw_function_around(ast, node->start);
    return (strcmp(name, "register_buffer") == 0 || strcmp(name, "setattr") == 0) && code && code->name.v == NW_NAME_FORWARD;
}

/* ---- kept tensors that are made of parameters ---- */

typedef struct origin {
    nw_migration *migration;
    nw_eval *eval;
    uint8_t *seen;             /* by fact */
    bool parameters, buffers, inputs;
} origin;

static void find_origin(origin *found, nw_value value, int depth)
{
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; items && depth && i < count; i++)
        find_origin(found, nw_settle(found->eval, items[i]), depth - 1);
    if (value.kind != NW_TENSOR)
        return;
    found->parameters |= value.as.tensor->is_parameter;
    if (!value.as.tensor->is_parameter && !found->buffers)
        found->buffers = nw_is_variable(found->migration->writers[0], value);
    uint32_t node = value.as.tensor->node;
    if (!node || node >= found->eval->fact_count || found->seen[node])
        return;
    found->seen[node] = 1;
    const nw_fact *fact = &found->eval->facts[node];
    found->inputs |= fact->kind == NW_FACT_INPUT;
    found->parameters |= fact->kind == NW_FACT_LAYER;
    for (uint32_t i = 0; i < fact->argument_count && depth; i++)
        find_origin(found, nw_settle(found->eval, fact->arguments[i]), fact->kind == NW_FACT_MODULE ? depth - 1 : depth);
}

static bool is_text(const nw_module *module, uint32_t node, uint32_t other)
{
    const nw_node *a = &module->ast->nodes[node], *b = &module->ast->nodes[other];
    return a->end - a->start == b->end - b->start && strncmp(module->source.bytes + a->start, module->source.bytes + b->start, a->end - a->start) == 0;
}

/* What a comparison says of a place that is written to: 1 it is not as it should be, -1 it is, 0 something else. */
static int asks_for(const nw_module *module, const nw_node *compare, uint32_t target)
{
    const nw_ast *ast = module->ast;
    nw_list rest = nw_ast_list(ast, compare->b);
    if (rest.count != 2)
        return 0;
    const nw_node *stored = &ast->nodes[target];
    bool container = stored->kind == NW_NODE_SUBSCRIPT && is_text(module, rest.items[1], stored->a);
    bool itself = is_text(module, compare->a, target) || is_text(module, rest.items[1], target);
    switch ((nw_operator)rest.items[0]) {
    case NW_OPERATOR_NOT_IN: return container;
    case NW_OPERATOR_IN: return -container;
    case NW_OPERATOR_IS: return itself && ast->nodes[rest.items[1]].kind == NW_NODE_NONE;
    case NW_OPERATOR_IS_NOT: return -(itself && ast->nodes[rest.items[1]].kind == NW_NODE_NONE);
    case NW_OPERATOR_EQUAL: return -itself;
    case NW_OPERATOR_NOT_EQUAL: case NW_OPERATOR_LESS: case NW_OPERATOR_LESS_EQUAL: case NW_OPERATOR_GREATER: case NW_OPERATOR_GREATER_EQUAL: return itself;
    default: return 0;
    }
}

/* The same of all that a branch writes to. */
static int asks_for_any(const nw_module *module, const nw_node *compare, const nw_node *branch)
{
    const nw_ast *ast = module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        nw_list targets = n->kind == NW_NODE_ASSIGN && n->start > branch->start && n->end <= branch->end ? nw_ast_list(ast, n->a) : (nw_list){0};
        for (uint32_t k = 0; k < targets.count; k++) {
            int asked = asks_for(module, compare, targets.items[k]);
            if (asked)
                return asked;
        }
    }
    return 0;
}

static int asks(const nw_module *module, uint32_t test, const nw_node *branch)
{
    const nw_ast *ast = module->ast;
    const nw_node *n = &ast->nodes[test];
    nw_list operands = n->kind == NW_NODE_OR ? nw_ast_list(ast, n->a) : (nw_list){0};
    for (uint32_t i = 0; i < operands.count; i++)
        if (asks(module, operands.items[i], branch) > 0)
            return 1;
    if (n->kind == NW_NODE_UNARY && n->op == NW_OPERATOR_NOT)
        return -asks(module, n->a, branch);
    return n->kind == NW_NODE_COMPARE ? asks_for_any(module, n, branch) : 0;
}

static bool is_in_list(const nw_ast *ast, uint32_t list, const nw_node *node)
{
    nw_list statements = nw_ast_list(ast, list);
    for (uint32_t i = 0; i < statements.count; i++)
        if (ast->nodes[statements.items[i]].start <= node->start && node->end <= ast->nodes[statements.items[i]].end)
            return true;
    return false;
}

/* A tensor made of parameters would be that of the first weights, which the target has before a checkpoint is loaded. The test in front of
 * the store, which asks whether it is needed, is answered so that it always runs; without such a test the program is refused. */
static void compute_anew(nw_migration *migration, const nw_trace_entry *store, nw_value value)
{
    origin found = {.migration = migration, .eval = migration->eval, .seen = nw_arena_zero(&migration->eval->arena, migration->eval->fact_count + 1)};
    find_origin(&found, value, 40);
    if (found.inputs || !(found.parameters || found.buffers))
        return;
    nw_arena *arena = &migration->eval->arena;
    const nw_module *module = store->module;
    const nw_ast *ast = module->ast;
    const nw_node *node = &ast->nodes[store->node];
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        int asked = n->kind == NW_NODE_IF && n->start < node->start && node->end <= n->end ? asks(module, n->a, n) : 0;
        if (!(asked > 0 && is_in_list(ast, n->b, node)) && !(asked < 0 && is_in_list(ast, n->c, node)))
            continue;
        NW_ARENA_RESERVE(arena, migration->answered, migration->answered_count, migration->answered_capacity);
        migration->answered[migration->answered_count++] = (nw_answered_test){module, n->a, asked > 0};
        return;
    }
    if (!found.parameters)
        return;
    NW_ARENA_RESERVE(arena, migration->untranslated.items, migration->untranslated.count, migration->untranslated.capacity);
    migration->untranslated.items[migration->untranslated.count++] =
        (nw_migration_entry){store->module, node->start, NW_DIAG_NOT_TRANSLATED, "a tensor made of parameters that is kept for later calls"};
}

bool nw_write_answered(nw_writer *writer, uint32_t node)
{
    const nw_migration *migration = writer->migration;
    for (uint32_t i = 0; i < migration->answered_count; i++) {
        const nw_answered_test *test = &migration->answered[i];
        if (test->module != writer->module || test->node != node)
            continue;
        nw_buffer_text(writer->out, test->answer ? "True" : "False");
        nw_write_note(writer, node, "%.*s (made of parameters: computed in every call)", (int)(writer->ast->nodes[node].end - writer->ast->nodes[node].start),
                      writer->bytes + writer->ast->nodes[node].start);
        writer->changed = true;
        return true;
    }
    return false;
}

/* ---- all of them ---- */

/* `self.table[:n] = x`: a part of a tensor that an object has. */
static bool writes_part(const nw_trace_entry *e)
{
    const nw_ast *ast = e->module->ast;
    const nw_node *node = &ast->nodes[e->node];
    return e->kind == NW_TRACE_ITEM_STORE && e->a.kind == NW_TENSOR && node->kind == NW_NODE_SUBSCRIPT && ast->nodes[node->a].kind == NW_NODE_ATTRIBUTE;
}

bool nw_keeps_tensors(nw_migration *migration)
{
    const nw_trace *trace = migration->sites->trace;
    bool keeps = has_cache(migration);
    const nw_module *module = NULL;
    uint32_t checked = 0; /* a store that runs often is looked at once */
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        keeps |= is_kept_by_call(migration, e);
        if (nw_native_around(migration->natives, e->module->name, e->module->ast->nodes[e->node].start))
            continue;
        bool attribute = e->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && holds_tensor(e->b);
        bool item = e->kind == NW_TRACE_ITEM_STORE && e->a.kind == NW_DICT && holds_tensor(e->result);
        bool part = writes_part(e);
        if ((!attribute && !item && !part) || (e->node == checked && e->module == module))
            continue;
        checked = e->node;
        module = e->module;
        const nw_node *node = &e->module->ast->nodes[e->node];
        if (is_constructor(migration, nw_function_around(e->module->ast, node->start)) || (!part && !was_read(migration, trace, i) && !is_conditional(e->module->ast, node)))
            continue;
        keeps = true;
        if (is_conditional(e->module->ast, node))
            compute_anew(migration, e, attribute ? e->b : e->result);
    }
    return keeps;
}

static void write_untried(nw_writer *writer, const char *space, size_t size, nw_buffer *out)
{
    nw_value text = nw_translations_setting(&writer->migration->tables, "untried");
    nw_buffer_byte(out, '\n');
    for (const char *at = nw_bytes(writer->eval, text.as.symbol), *end; *at; at = end + (*end != 0)) {
        end = at + strcspn(at, "\n");
        nw_buffer_byte(out, '\n');
        nw_buffer_add(out, space, size);
        nw_buffer_add(out, at, (size_t)(end - at));
    }
}

static bool is_untried(const nw_writer *writer)
{
    return writer->migration->keeps_tensors && nw_translations_setting(&writer->migration->tables, "untried").kind == NW_STRING;
}

/* The method goes behind the last statement of a class, with the indentation of the body. */
void nw_write_build(nw_writer *writer, uint32_t last)
{
    if (!is_untried(writer) || !writer->class_ || !writer->class_->is_module)
        return;
    uint32_t line = nw_source_line_start(&writer->module->source, writer->ast->nodes[last].start), space = line;
    while (writer->bytes[space] == ' ' || writer->bytes[space] == '\t')
        space++;
    write_untried(writer, writer->bytes + line, space - line, writer->out);
    writer->changed = true;
}

/* A class of the tables that calls layers, such as a container, tries them as well. */
void nw_write_adapter_build(nw_writer *writer, const nw_translation *row, nw_buffer *out)
{
    nw_eval *eval = writer->eval;
    if (is_untried(writer) && nw_adapter_defines(row, nw_symbol_of(eval->symbols, "call")) && !nw_adapter_defines(row, nw_symbol_of(eval->symbols, "build")))
        write_untried(writer, "    ", 4, out);
}
