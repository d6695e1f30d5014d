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

bool nw_keeps_tensors(const nw_migration *migration)
{
    const nw_trace *trace = migration->sites->trace;
    uint32_t checked = 0; /* a store that runs often is looked at once */
    if (has_cache(migration))
        return true;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (is_kept_by_call(migration, e))
            return true;
        if (nw_native_around(migration->natives, e->module->name, e->module->ast->nodes[e->node].start))
            continue;
        bool attribute = e->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && holds_tensor(e->b);
        bool item = e->kind == NW_TRACE_ITEM_STORE && e->a.kind == NW_DICT && holds_tensor(e->result);
        if ((!attribute && !item) || e->node == checked)
            continue;
        checked = e->node;
        const nw_node *node = &e->module->ast->nodes[e->node];
        if (!is_constructor(migration, nw_function_around(e->module->ast, node->start)) && (was_read(migration, trace, i) || is_conditional(e->module->ast, node)))
            return true;
    }
    return false;
}

/* The method goes behind the last statement of a class, with the indentation of the body. */
void nw_write_build(nw_writer *writer, uint32_t last)
{
    nw_value text = nw_translations_setting(&writer->migration->tables, "untried");
    if (!writer->migration->keeps_tensors || text.kind != NW_STRING || !writer->class_ || !writer->class_->is_module)
        return;
    uint32_t start = writer->ast->nodes[last].start, line = start;
    while (line > 0 && writer->bytes[line - 1] != '\n')
        line--;
    uint32_t space = line;
    while (writer->bytes[space] == ' ' || writer->bytes[space] == '\t')
        space++;
    nw_buffer_byte(writer->out, '\n');
    for (const char *at = nw_bytes(writer->eval, text.as.symbol), *end; *at; at = end + (*end != 0)) {
        end = at + strcspn(at, "\n");
        nw_buffer_byte(writer->out, '\n');
        nw_buffer_add(writer->out, writer->bytes + line, space - line);
        nw_buffer_add(writer->out, at, (size_t)(end - at));
    }
    writer->changed = true;
}
