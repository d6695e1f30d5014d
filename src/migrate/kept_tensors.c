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
        if (items[i].kind == NW_TENSOR && !items[i].as.tensor->is_parameter)
            return true;
    return value.kind == NW_TENSOR && !value.as.tensor->is_parameter;
}

/* Whether the attribute, or the container that is one, was read before outside of constructors. */
static bool was_read(const nw_migration *migration, const nw_trace *trace, uint32_t before)
{
    const nw_trace_entry *store = &trace->entries[before], *constructing = NULL; /* the last one found in a constructor */
    if (store->kind == NW_TRACE_CALL || store->a.kind == NW_CLASS)
        return true;
    for (uint32_t i = 0; i < before; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        const nw_ast *ast = e->module->ast;
        if (e->kind != NW_TRACE_ATTRIBUTE)
            continue;
        bool attribute = store->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && e->a.as.instance == store->a.as.instance &&
                         ast->nodes[e->node].b == store->module->ast->nodes[store->node].b;
        bool container = store->kind == NW_TRACE_ITEM_STORE && e->result.kind == store->a.kind &&
                         (store->a.kind == NW_DICT ? e->result.as.dict == store->a.as.dict : e->result.as.list == store->a.as.list);
        if ((!attribute && !container) || (constructing && constructing->node == e->node && constructing->module == e->module))
            continue;
        if (!is_constructor(migration, nw_function_around(ast, ast->nodes[e->node].start)))
            return true;
        constructing = e;
    }
    return false;
}

/* Whether a statement stands in a test or behind one that returns, so that it may run in one call and not in the next. */
static bool is_conditional(const nw_ast *ast, const nw_node *node)
{
    const nw_ast_function *code = nw_function_around(ast, node->start);
    uint32_t from = code ? ast->nodes[code->node].start : 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        bool around = (n->kind == NW_NODE_IF || n->kind == NW_NODE_TRY) && n->start < node->start && node->end <= n->end;
        if (around || (n->kind == NW_NODE_RETURN && n->start > from && n->end <= node->start && nw_function_around(ast, n->start) == code))
            return true;
    }
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

/* Whether an entry is of a call of the built model; without an entry nothing is built, and `forward` itself is meant. */
static bool is_of_call(const nw_trace *trace, uint32_t entry)
{
    const nw_trace_entry *e = &trace->entries[entry];
    const nw_ast_function *code = nw_function_around(e->module->ast, e->module->ast->nodes[e->node].start);
    return trace->built ? entry >= trace->built : code && code->name.v == NW_NAME_FORWARD;
}

/* The tensor of self.register_buffer(name, tensor) or setattr(self, name, tensor); UNSET: something else. */
static nw_value kept_by_call(const nw_migration *migration, const nw_trace_entry *e)
{
    const nw_ast *ast = e->module->ast;
    const nw_node *node = &ast->nodes[e->node];
    if (e->kind != NW_TRACE_CALL || node->kind != NW_NODE_CALL)
        return nw_unset();
    const nw_node *callee = &ast->nodes[node->a];
    if (callee->kind != NW_NODE_ATTRIBUTE && callee->kind != NW_NODE_NAME)
        return nw_unset();
    const char *name = nw_bytes(migration->eval, (nw_symbol){callee->kind == NW_NODE_ATTRIBUTE ? callee->b : callee->a});
    if (strcmp(name, "register_buffer") != 0 && strcmp(name, "setattr") != 0)
        return nw_unset();
    const nw_arguments *given = e->arguments;
    for (uint32_t i = 0; i < given->positional_count + given->named_count; i++) {
        nw_value value = i < given->positional_count ? given->positional[i] : given->named[i - given->positional_count];
        if (holds_tensor(value))
            return value;
    }
    return nw_unset();
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

/* self.grid[i].shape[2:4]: something of a place that is written to. */
static bool is_part(const nw_module *module, uint32_t node, uint32_t target)
{
    const nw_ast *ast = module->ast;
    while (ast->nodes[node].kind == NW_NODE_ATTRIBUTE || ast->nodes[node].kind == NW_NODE_SUBSCRIPT) {
        if (is_text(module, node, target))
            return true;
        node = ast->nodes[node].a;
    }
    return is_text(module, node, target);
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
    case NW_OPERATOR_NOT_EQUAL: return is_part(module, compare->a, target) || is_part(module, rest.items[1], target);
    case NW_OPERATOR_LESS: case NW_OPERATOR_LESS_EQUAL: return is_text(module, rest.items[1], target) ? -1 : itself; /* what is asked for is within it */
    case NW_OPERATOR_GREATER: case NW_OPERATOR_GREATER_EQUAL: return is_text(module, compare->a, target) ? -1 : itself;
    default: return 0;
    }
}

/* The same of all that an assignment writes to, in tuples too. */
static int asks_for_targets(const nw_module *module, const nw_node *compare, nw_list targets)
{
    for (uint32_t i = 0; i < targets.count; i++) {
        const nw_node *target = &module->ast->nodes[targets.items[i]];
        int asked = target->kind == NW_NODE_TUPLE ? asks_for_targets(module, compare, nw_ast_list(module->ast, target->a))
                                                  : asks_for(module, compare, targets.items[i]);
        if (asked)
            return asked;
    }
    return 0;
}

/* The same of all that a branch writes to. */
static int asks_for_any(const nw_module *module, const nw_node *compare, const nw_node *branch)
{
    const nw_ast *ast = module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        int asked = n->kind == NW_NODE_ASSIGN && n->start > branch->start && n->end <= branch->end ? asks_for_targets(module, compare, nw_ast_list(ast, n->a)) : 0;
        if (asked)
            return asked;
    }
    return 0;
}

/* Whether a branch assigns to an attribute, of any object, whose name has that text. */
static bool sets_attribute(const nw_module *module, const char *name, size_t size, const nw_node *branch)
{
    const nw_ast *ast = module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        nw_list targets = n->kind == NW_NODE_ASSIGN && n->start > branch->start && n->end <= branch->end ? nw_ast_list(ast, n->a) : (nw_list){0};
        for (uint32_t k = 0; k < targets.count; k++) {
            const nw_node *target = &ast->nodes[targets.items[k]];
            if (target->kind == NW_NODE_ATTRIBUTE && target->end - target->start > size && module->source.bytes[target->end - size - 1] == '.' &&
                strncmp(module->source.bytes + target->end - size, name, size) == 0)
                return true;
        }
    }
    return false;
}

/* hasattr(self, "table") and self.is_ready, where the branch sets that attribute: -1, it says that all is there; otherwise 0. */
static int asks_for_presence(const nw_module *module, const nw_node *test, const nw_node *branch)
{
    const nw_ast *ast = module->ast;
    const char *bytes = module->source.bytes;
    if (test->kind == NW_NODE_ATTRIBUTE) {
        size_t size = 0;
        while (size < test->end - test->start && bytes[test->end - size - 1] != '.')
            size++;
        return -sets_attribute(module, bytes + test->end - size, size, branch);
    }
    nw_list arguments = test->kind == NW_NODE_CALL ? nw_ast_list(ast, test->b) : (nw_list){0};
    if (arguments.count != 2 || strncmp(bytes + test->start, "hasattr(", 8) != 0)
        return 0;
    const nw_node *name = &ast->nodes[arguments.items[1]];
    return name->kind == NW_NODE_STRING && name->end - name->start > 2 ? -sets_attribute(module, bytes + name->start + 1, name->end - name->start - 2, branch) : 0;
}

static int asks(const nw_module *module, uint32_t test, const nw_node *branch)
{
    const nw_ast *ast = module->ast;
    const nw_node *n = &ast->nodes[test];
    /* One part of `or` that says it is not there, or of `and` that it is, speaks for the whole test. */
    nw_list operands = n->kind == NW_NODE_OR || n->kind == NW_NODE_AND ? nw_ast_list(ast, n->a) : (nw_list){0};
    int sought = n->kind == NW_NODE_OR ? 1 : -1;
    for (uint32_t i = 0; i < operands.count; i++)
        if (asks(module, operands.items[i], branch) == sought)
            return sought;
    if (operands.count)
        return 0;
    if (n->kind == NW_NODE_UNARY && n->op == NW_OPERATOR_NOT)
        return -asks(module, n->a, branch);
    return n->kind == NW_NODE_COMPARE ? asks_for_any(module, n, branch) : asks_for_presence(module, n, branch);
}

static bool holds_return(const nw_ast *ast, const nw_node *around)
{
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_RETURN && ast->nodes[i].start > around->start && ast->nodes[i].end <= around->end)
            return true;
    return false;
}

static bool is_in_list(const nw_ast *ast, uint32_t list, const nw_node *node)
{
    nw_list statements = nw_ast_list(ast, list);
    for (uint32_t i = 0; i < statements.count; i++)
        if (ast->nodes[statements.items[i]].start <= node->start && node->end <= ast->nodes[statements.items[i]].end)
            return true;
    return false;
}

/* The attribute that an expression, or a call of a method of it, writes to or into. */
static nw_symbol attribute_of(const nw_ast *ast, uint32_t node)
{
    const nw_node *n = &ast->nodes[node];
    if (n->kind == NW_NODE_CALL && ast->nodes[n->a].kind == NW_NODE_ATTRIBUTE)
        return attribute_of(ast, ast->nodes[n->a].a);
    while (n->kind == NW_NODE_SUBSCRIPT)
        n = &ast->nodes[n->a];
    return n->kind == NW_NODE_ATTRIBUTE ? (nw_symbol){n->b} : (nw_symbol){0};
}

/* Whether a function of the file other than that one, and no constructor, sets the attribute anew or clears it: what was kept is gone when other
 * weights come, and what the next call finds is made of those. */
static bool is_reset(const nw_migration *migration, const nw_ast *ast, const nw_ast_function *but, nw_symbol name)
{
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        const nw_node *target = n->kind == NW_NODE_ASSIGN ? &ast->nodes[nw_ast_list(ast, n->a).items[0]] : n->kind == NW_NODE_CALL ? &ast->nodes[n->a] : NULL;
        bool clears = target && n->kind == NW_NODE_CALL && target->kind == NW_NODE_ATTRIBUTE && strcmp(nw_bytes(migration->eval, (nw_symbol){target->b}), "clear") == 0;
        if (clears)
            target = &ast->nodes[target->a];
        if (!target || (n->kind == NW_NODE_CALL && !clears) || target->kind != NW_NODE_ATTRIBUTE || target->b != name.v)
            continue;
        const nw_ast_function *code = nw_function_around(ast, n->start);
        if (code && code != but && !is_constructor(migration, code))
            return true;
    }
    return false;
}

/* A tensor made of parameters would be that of the first weights, which the target has before a checkpoint is loaded; so it is in the source, unless
 * the program lets it go then. The test in front of the store, which asks whether it is needed, is answered so that it always runs; without such a
 * test the program is refused. */
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
    const nw_ast_function *code = nw_function_around(ast, node->start);
    bool may_stay = !found.parameters || is_reset(migration, ast, code, attribute_of(ast, store->node));
    for (uint32_t i = 1; may_stay && i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        bool around = n->kind == NW_NODE_IF && n->start < node->start && node->end <= n->end;
        bool before = n->kind == NW_NODE_IF && code && n->end <= node->start && nw_function_around(ast, n->start) == code && holds_return(ast, n);
        int asked = around ? asks(module, n->a, n) : before ? asks(module, n->a, &ast->nodes[code->node]) : 0;
        if (!(asked > 0 && is_in_list(ast, n->b, node)) && !(asked < 0 && (before || is_in_list(ast, n->c, node))))
            continue;
        NW_ARENA_RESERVE(arena, migration->answered, migration->answered_count, migration->answered_capacity);
        migration->answered[migration->answered_count++] = (nw_answered_test){module, n->a, asked > 0};
        return;
    }
    NW_ARENA_RESERVE(arena, migration->untranslated.items, migration->untranslated.count, migration->untranslated.capacity);
    migration->untranslated.items[migration->untranslated.count++] =
        (nw_migration_entry){store->module, node->start, NW_DIAG_NOT_TRANSLATED, found.parameters ? "a tensor made of parameters that is kept for later calls" : "a tensor made of buffers that is kept for later calls"};
}

bool nw_write_answered(nw_writer *writer, uint32_t node)
{
    const nw_migration *migration = writer->migration;
    for (uint32_t i = 0; i < migration->answered_count; i++) {
        const nw_answered_test *test = &migration->answered[i];
        if (test->module != writer->module || test->node != node)
            continue;
        nw_buffer_text(writer->out, test->answer ? "True" : "False");
        nw_write_note(writer, node, NW_DIAG_LEFT_OUT, "%.*s (made of parameters: computed in every call)", (int)(writer->ast->nodes[node].end - writer->ast->nodes[node].start),
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

/* `self.grids[i] = x`: an item of a list that an object has. */
static bool writes_item(const nw_trace_entry *e)
{
    const nw_ast *ast = e->module->ast;
    const nw_node *node = &ast->nodes[e->node];
    bool list = e->a.kind == NW_LIST && node->kind == NW_NODE_SUBSCRIPT && ast->nodes[node->a].kind == NW_NODE_ATTRIBUTE;
    return e->kind == NW_TRACE_ITEM_STORE && (list || e->a.kind == NW_DICT) && holds_tensor(e->result);
}

/* The list that a method belongs to has nothing in it any more: what a call collects it takes away again. */
static bool is_left_empty(nw_value method)
{
    return method.kind == NW_METHOD && method.as.method->self.kind == NW_LIST && !method.as.method->self.as.list->repeated && !method.as.method->self.as.list->count;
}

/* `self.masks.append(x)`, `self.tables.setdefault(key, x)`: what the methods of a container that an object has put into it; UNSET where it
 * is no tensor. */
static nw_value added_tensor(const nw_migration *migration, const nw_trace_entry *e)
{
    static const char *const methods[] = {"append", "extend", "insert", "update", "setdefault"};
    const nw_ast *ast = e->module->ast;
    const nw_node *node = &ast->nodes[e->node];
    if (e->kind != NW_TRACE_CALL || node->kind != NW_NODE_CALL || ast->nodes[node->a].kind != NW_NODE_ATTRIBUTE || e->a.kind == NW_INSTANCE || is_left_empty(e->a))
        return nw_unset();
    const nw_node *callee = &ast->nodes[node->a];
    const char *name = nw_bytes(migration->eval, (nw_symbol){callee->b});
    bool adds = false;
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        adds |= strcmp(name, methods[i]) == 0;
    const nw_arguments *arguments = e->arguments;
    nw_value last = !adds || ast->nodes[callee->a].kind != NW_NODE_ATTRIBUTE ? nw_unset()
                    : arguments->named_count ? arguments->named[arguments->named_count - 1]
                    : arguments->positional_count ? arguments->positional[arguments->positional_count - 1] : nw_unset();
    return holds_tensor(nw_settle(migration->eval, last)) ? nw_settle(migration->eval, last) : nw_unset();
}

bool nw_keeps_tensors(nw_migration *migration)
{
    const nw_trace *trace = migration->sites->trace;
    bool keeps = has_cache(migration);
    const nw_module *module = NULL;
    uint32_t checked = 0; /* a store that runs often is looked at once */
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        bool training_only = trace->evaluated && i >= trace->evaluated;
        nw_value given = is_of_call(trace, i) ? kept_by_call(migration, e) : nw_unset();
        keeps |= given.kind != NW_UNSET;
        if (given.kind != NW_UNSET && !training_only)
            compute_anew(migration, e, given);
        if (nw_native_around(migration->natives, e->module->name, e->module->ast->nodes[e->node].start))
            continue;
        bool attribute = e->kind == NW_TRACE_ATTRIBUTE_STORE && (e->a.kind == NW_INSTANCE || e->a.kind == NW_CLASS) && holds_tensor(e->b);
        nw_value added = added_tensor(migration, e);
        bool item = writes_item(e) || added.kind != NW_UNSET;
        bool part = writes_part(e);
        if ((!attribute && !item && !part) || (e->node == checked && e->module == module))
            continue;
        checked = e->node;
        module = e->module;
        const nw_node *node = &e->module->ast->nodes[e->node];
        if (is_constructor(migration, nw_function_around(e->module->ast, node->start)) || (!part && !was_read(migration, trace, i) && !is_conditional(e->module->ast, node)))
            continue;
        keeps = true;
        if (!training_only && (is_conditional(e->module->ast, node) || added.kind != NW_UNSET))
            compute_anew(migration, e, attribute ? e->b : added.kind != NW_UNSET ? added : e->result);
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
