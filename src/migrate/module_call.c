/* Calls of modules, where the target takes only tensors by position: other arguments get their names, or the method is called itself. Calls of the
 * framework's computations, where the target's layers have weights only when they are called themselves. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

static bool is_tensor_like(nw_value value, int depth)
{
    if (value.kind == NW_TENSOR || value.kind == NW_NONE)
        return true;
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    if (!items || !depth)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!is_tensor_like(items[i], depth - 1))
            return false;
    return true;
}

static const nw_function *forward_of(nw_eval *eval, nw_value callee)
{
    if (callee.kind != NW_INSTANCE || !callee.as.instance->class_->is_module)
        return NULL;
    nw_value *forward = nw_class_find(eval, callee.as.instance->class_, (nw_symbol){NW_NAME_FORWARD});
    return forward && forward->kind == NW_FUNCTION ? forward->as.function : NULL;
}

/* Keras hands a mask of its own to a parameter of such a name that is None, also where the call has given that None by position. */
static bool is_mask(const nw_writer *writer, const nw_ast_function *code, uint32_t position)
{
    if (position >= code->parameter_count)
        return false;
    const char *name = nw_bytes(writer->eval, code->parameters[position].name);
    size_t size = strlen(name);
    return strcmp(name, "mask") == 0 || (size > 5 && strcmp(name + size - 5, "_mask") == 0);
}

/* The first positional argument that must become a keyword, because the target takes only tensors by position. A starred one stands for all that
 * follow it. */
static uint32_t first_keyword(nw_writer *writer, const nw_trace_entry *first, nw_list arguments, const nw_ast_function *code)
{
    uint32_t at = arguments.count, starred = 0;
    while (starred < arguments.count && writer->ast->nodes[arguments.items[starred]].kind != NW_NODE_STARRED)
        starred++;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        for (uint32_t i = 0; i < e->arguments->positional_count; i++) {
            nw_value value = nw_settle(writer->eval, e->arguments->positional[i]);
            uint32_t place = i < starred ? i : starred;
            if (place < at && (!is_tensor_like(value, 4) || (value.kind == NW_NONE && is_mask(writer, code, i + 1))))
                at = place;
        }
    return at;
}

/* Whether an argument behind the last one that may stay has no name: it is starred, or the method takes it as one of many. */
static bool lacks_name(const nw_writer *writer, nw_list arguments, uint32_t from, const nw_ast_function *code)
{
    for (uint32_t i = from; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        bool named = argument->kind == NW_NODE_KEYWORD || (i + 1 < code->parameter_count && code->parameters[i + 1].kind == NW_PARAMETER_NORMAL);
        if (argument->kind == NW_NODE_STARRED || !named)
            return true;
    }
    return false;
}

/* Whether all that a call called are modules of the program: their method does all that a call of them does. */
static bool calls_own_modules(nw_writer *writer, const nw_trace_entry *first)
{
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        const nw_function *forward = forward_of(writer->eval, e->a);
        if (!forward || forward->module->is_catalog || e->a.as.instance->class_->is_catalog)
            return false;
    }
    return true;
}

/* conv(input=x): what the framework's layers call their tensor, those of the target call otherwise. */
static bool names_first(const nw_node *argument, const nw_function *forward)
{
    return argument->kind == NW_NODE_KEYWORD && forward->module->is_catalog && forward->code->parameter_count > 1 && argument->a == forward->code->parameters[1].name.v;
}

static void write_arguments(nw_writer *writer, nw_list arguments, uint32_t from, const nw_function *forward, uint32_t at)
{
    const nw_ast_function *code = forward->code;
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        nw_write_source(writer, at, argument->start);
        if (i == 0 && names_first(argument, forward)) {
            nw_write_node(writer, argument->b);
            writer->changed = true;
            at = argument->end;
            continue;
        }
        if (i >= from && argument->kind != NW_NODE_KEYWORD) {
            nw_buffer_format(writer->out, "%s=", nw_bytes(writer->eval, code->parameters[i + 1].name));
            writer->changed = true;
        }
        nw_write_node(writer, arguments.items[i]);
        at = argument->end;
    }
}

/* Whether all that a call called are computations of the framework's own layers: `self.conv.forward`. */
static bool calls_computations(nw_writer *writer, const nw_trace_entry *first)
{
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        const nw_method *method = e->a.kind == NW_METHOD ? e->a.as.method : NULL;
        const nw_function *forward = method ? forward_of(writer->eval, method->self) : NULL;
        if (!forward || !forward->module->is_catalog || method->function.kind != NW_FUNCTION || method->function.as.function != forward)
            return false;
    }
    return first;
}

bool nw_write_layer_computation(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    const nw_node *n = &writer->ast->nodes[node], *callee = &writer->ast->nodes[n->a];
    if (nw_translations_setting(&writer->migration->tables, "calls_make_weights").kind != NW_BOOL || callee->kind != NW_NODE_ATTRIBUTE ||
        !nw_is_method_name(writer, (nw_symbol){callee->b}) || !calls_computations(writer, first))
        return false;
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    const nw_node *layer = &writer->ast->nodes[callee->a];
    nw_write_source(writer, n->start, layer->start); /* parentheses around the layer, or around its computation */
    nw_write_node(writer, callee->a);
    nw_write_source(writer, layer->end, layer->end + (uint32_t)strcspn(writer->bytes + layer->end, "."));
    write_arguments(writer, arguments, arguments.count, first->a.as.method->function.as.function, callee->end);
    nw_write_source(writer, arguments.count ? writer->ast->nodes[arguments.items[arguments.count - 1]].end : callee->end, n->end);
    writer->changed = true;
    return true;
}

bool nw_write_module_call(nw_writer *writer, uint32_t node, const nw_trace_entry *first)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_function *forward = forward_of(writer->eval, first->a);
    if (!forward)
        return false;
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    uint32_t from = first_keyword(writer, first, arguments, forward->code);
    nw_write_callee(writer, node);
    if (lacks_name(writer, arguments, from, forward->code)) {
        if (nw_is_simple(writer->ast, n->a) && calls_own_modules(writer, first)) {
            nw_buffer_format(writer->out, ".%s", nw_bytes(writer->eval, nw_renamed(writer, first->a.as.instance->class_, forward->name)));
            writer->changed = true;
        } else
            nw_write_refuse(writer, node, NW_DIAG_ARGUMENTS_NOT_TRANSLATED, "an argument without a name that is no tensor");
        from = arguments.count;
    }
    write_arguments(writer, arguments, from, forward, writer->ast->nodes[n->a].end);
    nw_write_source(writer, arguments.count ? writer->ast->nodes[arguments.items[arguments.count - 1]].end : writer->ast->nodes[n->a].end, n->end);
    return true;
}
