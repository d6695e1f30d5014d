/* Which functions build parts of a functional model. */
#include "migrate/builder.h"

#include "eval/interpret.h"
#include "eval/keras.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

bool nw_is_one_tensor(const nw_eval *eval, nw_value value)
{
    return value.kind == NW_TENSOR || nw_keras_is_symbolic_tensor(eval, value);
}

bool nw_is_tensor_value(nw_eval *eval, nw_value value)
{
    value = nw_settle(eval, value);
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; i < count; i++)
        if (!nw_is_tensor_value(eval, items[i]))
            return false;
    return nw_is_one_tensor(eval, value) || count > 0;
}

bool nw_is_called_so(nw_writer *writer, uint32_t node, const char *setting)
{
    nw_source_call call;
    return writer->ast->nodes[node].kind == NW_NODE_CALL && nw_source_call_read(writer, node, &call) && nw_translations_holds(&writer->migration->tables, setting, call.name, NULL);
}

/* ---- what functions do ---- */

static nw_builder *known(const nw_migration *migration, const nw_ast_function *code)
{
    for (uint32_t i = 0; code && i < migration->builder_count; i++)
        if (migration->builders[i].code == code)
            return &migration->builders[i];
    return NULL;
}

static nw_builder *builder_of(nw_migration *migration, nw_module *module, const nw_ast_function *code)
{
    nw_builder *builder = known(migration, code);
    if (builder)
        return builder;
    NW_ARENA_RESERVE(&migration->eval->arena, migration->builders, migration->builder_count, migration->builder_capacity);
    builder = &migration->builders[migration->builder_count++];
    *builder = (nw_builder){.module = module, .code = code};
    return builder;
}

static bool takes_tensors(nw_eval *eval, const nw_arguments *arguments)
{
    for (uint32_t i = 0; arguments && i < arguments->positional_count; i++)
        if (nw_is_tensor_value(eval, arguments->positional[i]))
            return true;
    for (uint32_t i = 0; arguments && i < arguments->named_count; i++)
        if (nw_is_tensor_value(eval, arguments->named[i]))
            return true;
    return false;
}

/* Within a class nothing is built so, and a generator or decorated function is more than its body. */
static bool may_be(const nw_ast *ast, const nw_ast_function *code)
{
    bool plain = !code->is_async && !code->is_generator && nw_ast_list(ast, ast->nodes[code->node].b).count == 0 && code->parameter_count < NW_MAX_BUILDER_PARAMETERS;
    for (uint32_t i = code->parent; i && plain; i = ast->functions[i].parent)
        plain = ast->functions[i].scope == NW_SCOPE_FUNCTION && !ast->functions[i].is_lambda;
    return plain;
}

static void note_parameters(nw_migration *migration, const nw_trace_entry *e, nw_builder *called)
{
    const nw_ast_function *code = called->code;
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        nw_value value = i < e->arguments->positional_count ? e->arguments->positional[i] : nw_unset();
        for (uint32_t k = 0; k < e->arguments->named_count; k++)
            value = e->arguments->names[k].v == code->parameters[i].name.v ? e->arguments->named[k] : value;
        bool tensor = value.kind != NW_UNSET && nw_is_tensor_value(migration->eval, value);
        called->tensors |= tensor ? (uint64_t)1 << i : 0;
        called->others |= !tensor && value.kind != NW_UNSET && nw_settle(migration->eval, value).kind != NW_NONE ? (uint64_t)1 << i : 0;
    }
    for (uint32_t i = 0; i < code->parameter_count; i++)
        called->stays |= code->parameters[i].kind != NW_PARAMETER_NORMAL && code->parameters[i].kind != NW_PARAMETER_KEYWORD_ONLY;
}

static const nw_ast_function *function_called(const nw_trace_entry *e)
{
    return e->kind == NW_TRACE_CALL && e->a.kind == NW_FUNCTION && !e->a.as.function->module->is_catalog && !e->a.as.function->code->is_lambda ? e->a.as.function->code : NULL;
}

static void look_at_calls(nw_migration *migration, nw_writer **writers)
{
    const nw_trace *trace = migration->sites->trace;
    for (uint32_t i = 0; i < trace->evaluated && i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        const nw_ast_function *around = e->kind == NW_TRACE_CALL && !migration->sites->dead[i] ? nw_function_around(e->module->ast, e->module->ast->nodes[e->node].start) : NULL;
        nw_writer *writer = NULL;
        for (uint32_t k = 0; around && k < migration->file_count; k++)
            writer = writers[k]->module == e->module ? writers[k] : writer;
        if (!writer || !may_be(e->module->ast, around))
            continue;
        nw_builder *builder = builder_of(migration, e->module, around);
        bool tensors = takes_tensors(migration->eval, e->arguments);
        builder->makes |= e->a.kind == NW_CLASS && nw_is_module_object(e->result);
        builder->applies |= tensors && nw_is_module_object(e->a);
        builder->is_root |= nw_is_module_object(e->result) && nw_is_called_so(writer, e->node, "graphs");
    }
}

/* ---- who calls whom ---- */

static bool builds(const nw_builder *builder)
{
    return builder && !builder->stays && (builder->is_root || (builder->makes && builder->applies));
}

/* Functions that hand tensors to a builder are some; builders that others hand tensors to, too, are none. */
static bool follow_calls(nw_migration *migration)
{
    const nw_trace *trace = migration->sites->trace;
    bool changed = false;
    for (uint32_t i = 0; i < trace->evaluated && i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        nw_builder *called = known(migration, function_called(e));
        if (!called || migration->sites->dead[i] || !takes_tensors(migration->eval, e->arguments))
            continue;
        const nw_ast_function *around = nw_function_around(e->module->ast, e->module->ast->nodes[e->node].start);
        nw_builder *caller = known(migration, around);
        note_parameters(migration, e, called);
        if (!builds(called))
            continue;
        if (!caller || caller->stays) {
            called->stays = changed = true;
        } else if (!builds(caller)) {
            caller->makes = caller->applies = changed = true;
        }
    }
    return changed;
}

/* ---- names ---- */

/* build_model as BuildModel */
static nw_symbol camel_case(nw_eval *eval, const char *name, const char *end)
{
    nw_buffer text;
    nw_buffer_init(&text);
    bool upper = true;
    for (const char *c = name; *c; c++) {
        if (*c != '_')
            nw_buffer_byte(&text, (char)(upper ? toupper((unsigned char)*c) : *c));
        upper = *c == '_';
    }
    nw_buffer_text(&text, end);
    nw_symbol symbol = nw_symbol_intern(eval->symbols, text.bytes, text.size);
    nw_buffer_release(&text);
    return symbol;
}

static bool is_free(const nw_builder *builder, nw_symbol name)
{
    return !nw_ast_binds(builder->module->ast, name) && !nw_dict_find_name(builder->module->globals, name);
}

/* Whether a function's name is bound once in its file and means something in no other. */
static bool is_private(const nw_migration *migration, const nw_builder *builder)
{
    nw_symbol name = builder->code->name;
    uint32_t bound = 0;
    for (uint32_t f = 0; f < migration->file_count; f++) {
        const nw_module *module = migration->files[f].module;
        for (uint32_t i = 1; i < module->ast->node_count; i++) {
            const nw_node *n = &module->ast->nodes[i];
            bool own = module == builder->module;
            bound += own && n->kind == NW_NODE_NAME && n->a == name.v && (n->flags & NW_NAME_BINDS);
            bool taken = (n->kind == NW_NODE_IMPORT_ALIAS && (n->a == name.v || !n->b)) || (n->kind == NW_NODE_ATTRIBUTE && n->b == name.v);
            if ((!own && taken) || (n->kind == NW_NODE_STRING && n->a == name.v))
                return false;
        }
    }
    return bound == 1 && !strstr(migration->entry, nw_bytes(migration->eval, name));
}

static void name_classes(nw_migration *migration)
{
    for (uint32_t i = 0; i < migration->builder_count; i++) {
        nw_builder *builder = &migration->builders[i];
        const char *name = nw_bytes(migration->eval, builder->code->name);
        nw_symbol class_name = camel_case(migration->eval, name, "");
        if (class_name.v != builder->code->name.v && !is_free(builder, class_name))
            class_name = camel_case(migration->eval, name, "Module");
        bool may = is_free(builder, class_name) && (builder->is_root ? class_name.v != builder->code->name.v : is_private(migration, builder));
        builder->class_name = may ? class_name : builder->code->name;
    }
}

/* ---- sizes ---- */

/* x.shape[-1] */
static bool is_size(const nw_ast *ast, uint32_t node, nw_symbol shape)
{
    const nw_node *n = &ast->nodes[node], *object = &ast->nodes[n->a];
    return n->kind == NW_NODE_SUBSCRIPT && object->kind == NW_NODE_ATTRIBUTE && object->b == shape.v && nw_ast_is_local(&ast->nodes[object->a]);
}

static uint32_t count_calls(const nw_migration *migration, const nw_builder *builder)
{
    const nw_trace *trace = migration->sites->trace;
    uint32_t count = 0;
    for (uint32_t i = 0; i < trace->evaluated && i < trace->count; i++)
        count += function_called(&trace->entries[i]) == builder->code;
    return count;
}

static bool is_compared(const nw_ast *ast, uint32_t node)
{
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_COMPARE && ast->nodes[i].start <= ast->nodes[node].start && ast->nodes[node].end <= ast->nodes[i].end)
            return true;
    return false;
}

/* Those that are looked at once in each call and are not the same number in all of them, or are compared with others. */
static void find_sizes(nw_migration *migration, nw_builder *builder)
{
    const nw_ast *ast = builder->module->ast;
    const nw_node *function = &ast->nodes[builder->code->node];
    nw_symbol shape = nw_symbol_of(migration->eval->symbols, "shape");
    for (uint32_t i = 1; i < ast->node_count && builder->size_count < NW_MAX_BUILDER_SIZES; i++) {
        if (ast->nodes[i].start < function->start || ast->nodes[i].end > function->end || !is_size(ast, i, shape))
            continue;
        uint32_t runs = 0;
        bool numbers = true, differ = false;
        const nw_trace_entry *first = nw_sites_first(migration->sites, builder->module, i);
        for (const nw_trace_entry *e = first; e; e = nw_sites_next(migration->sites, e), runs++) {
            numbers &= e->result.kind == NW_INT;
            differ |= numbers && e->result.as.integer != first->result.as.integer;
        }
        if (!runs || !numbers || !(differ || is_compared(ast, i)) || runs != count_calls(migration, builder))
            continue;
        char text[96];
        snprintf(text, sizeof text, builder->size_count ? "%s_channels%u" : "%s_channels", nw_bytes(migration->eval, (nw_symbol){ast->nodes[ast->nodes[ast->nodes[i].a].a].a}), builder->size_count + 1);
        builder->sizes[builder->size_count++] = (nw_builder_size){i, nw_symbol_of(migration->eval->symbols, text)};
    }
}

nw_value nw_builder_size_at(nw_writer *writer, const nw_builder *builder, const nw_builder_size *size, uint32_t call)
{
    const nw_trace *trace = writer->migration->sites->trace;
    const nw_trace_entry *e = nw_sites_first(writer->migration->sites, builder->module, size->node);
    nw_value all = nw_unset();
    for (uint32_t i = 0; e && i < trace->evaluated && i < trace->count; i++) {
        const nw_trace_entry *run = &trace->entries[i];
        if (function_called(run) != builder->code)
            continue;
        if (run->module == writer->module && run->node == call) {
            if (all.kind == NW_INT && all.as.integer != e->result.as.integer)
                return nw_unset();
            all = e->result;
        }
        e = nw_sites_next(writer->migration->sites, e);
    }
    return all;
}

void nw_find_builders(nw_migration *migration, nw_writer **writers)
{
    if (!migration->tables.by_hand)
        return;
    look_at_calls(migration, writers);
    while (follow_calls(migration))
        continue;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < migration->builder_count; i++)
        if (builds(&migration->builders[i]))
            migration->builders[kept++] = migration->builders[i];
    migration->builder_count = kept;
    name_classes(migration);
    for (uint32_t i = 0; i < migration->builder_count; i++)
        if (!migration->builders[i].is_root)
            find_sizes(migration, &migration->builders[i]);
}

/* ---- questions ---- */

const nw_builder *nw_builder_of(const nw_migration *migration, const nw_ast_function *code)
{
    return known(migration, code);
}

const nw_builder *nw_builder_called(nw_writer *writer, uint32_t call)
{
    const nw_builder *builder = NULL;
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, call); e; e = nw_sites_next(writer->migration->sites, e)) {
        const nw_builder *now = function_called(e) ? nw_builder_of(writer->migration, function_called(e)) : NULL;
        if (!now || now->is_root || (builder && (now->tensors != builder->tensors || now->size_count || builder->size_count) && now != builder))
            return NULL;
        builder = now;
    }
    return builder;
}

bool nw_write_builder_name(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    for (uint32_t i = 0; i < writer->migration->builder_count; i++) {
        const nw_builder *builder = &writer->migration->builders[i];
        if (builder->module == writer->module && !builder->is_root && builder->class_name.v != builder->code->name.v && n->a == builder->code->name.v && !(n->flags & NW_NAME_BINDS)) {
            nw_buffer_text(writer->out, nw_bytes(writer->eval, builder->class_name));
            writer->changed = true;
            return true;
        }
    }
    return false;
}
