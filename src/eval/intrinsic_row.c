/* The decorators op, layer and container: they leave a row on what they decorate. */
#include "eval/intrinsic.h"

#include <string.h>

typedef enum row_kind { ROW_OP, ROW_LAYER, ROW_CONTAINER } row_kind;

nw_symbol nw_public_name(nw_eval *eval, nw_symbol qualified, const nw_module *module)
{
    nw_value *given = module ? nw_dict_find_name(module->globals, (nw_symbol){NW_NAME_DUNDER_PUBLIC}) : NULL;
    if (!given || given->kind != NW_STRING)
        return qualified;
    nw_text own = nw_symbol_text(eval->symbols, module->name), name = nw_symbol_text(eval->symbols, qualified);
    if (name.size > own.size && memcmp(name.bytes, own.bytes, own.size) == 0 && name.bytes[own.size] == '.')
        name = (nw_text){name.bytes + own.size + 1, name.size - own.size - 1};
    return nw_symbol_dotted_text(eval->symbols, nw_symbol_text(eval->symbols, given->as.symbol), name);
}

static nw_symbol option(const nw_dict *options, uint32_t name, uint32_t otherwise)
{
    nw_value *found = options ? nw_dict_find_name(options, (nw_symbol){name}) : NULL;
    return found && found->kind == NW_STRING ? found->as.symbol : (nw_symbol){otherwise};
}

static nw_operator_row *make_row(nw_eval *eval, row_kind kind, const nw_dict *options, nw_symbol qualified, const nw_module *module)
{
    nw_operator_row *row = nw_arena_zero(&eval->arena, sizeof *row);
    row->qualified = nw_public_name(eval, qualified, module);
    row->effects = option(options, NW_NAME_EFFECTS, NW_NAME_PURE);
    row->pivot = option(options, NW_NAME_PIVOT, NW_NAME_EMPTY);
    row->after = option(options, NW_NAME_AFTER, NW_NAME_EMPTY);
    row->result = option(options, NW_NAME_RESULT, NW_NAME_EMPTY);
    row->is_layer = kind == ROW_LAYER;
    row->is_container = kind == ROW_CONTAINER;
    return row;
}

/* A layer's forward has a row too, so that each way of calling it comes to operator.c. */
static void mark_forward(nw_eval *eval, nw_class *class_, nw_operator_row *row)
{
    nw_value *forward = nw_class_find(eval, class_, (nw_symbol){class_->is_keras ? NW_NAME_CALL : NW_NAME_FORWARD});
    if (forward && forward->kind == NW_FUNCTION && !row->code) /* a stand-in keeps that of the row */
        row->code = forward->as.function->code;
    if (forward && forward->kind == NW_FUNCTION && !forward->as.function->row && forward->as.function->owner &&
        forward->as.function->owner->name.v != NW_NAME_MODULE_CLASS && forward->as.function->owner->name.v != NW_NAME_LAYER_CLASS)
        forward->as.function->row = row;
}

/* A class whose forward is that of a base class of the program, which calls `call`. */
static void mark_call(nw_eval *eval, nw_class *class_, nw_operator_row *row)
{
    nw_value *forward = nw_class_find(eval, class_, (nw_symbol){NW_NAME_FORWARD}), *call = nw_class_find(eval, class_, (nw_symbol){NW_NAME_CALL});
    bool has_protocol = forward && forward->kind == NW_FUNCTION && forward->as.function->owner && forward->as.function->owner->name.v == NW_NAME_LAYER_CLASS;
    if (!has_protocol || !call || call->kind != NW_FUNCTION || call->as.function->owner->name.v == NW_NAME_LAYER_CLASS)
        return;
    row->is_read_through = true;
    if (!call->as.function->row) /* one call may be that of several layers: which one it is says the instance's class */
        call->as.function->row = row;
}

void nw_row_mark_layer(nw_eval *eval, nw_class *class_, nw_operator_row *row)
{
    class_->row = row;
    mark_forward(eval, class_, row);
    if (!class_->is_keras)
        mark_call(eval, class_, row);
}

static nw_value apply(nw_eval *eval, row_kind kind, const nw_dict *options, nw_value target)
{
    if (target.kind == NW_FUNCTION) {
        nw_function *function = target.as.function;
        nw_operator_row *row = make_row(eval, kind, options, nw_function_qualified(eval, function), function->module);
        row->code = function->code;
        function->row = row;
    } else if (target.kind == NW_CLASS) {
        nw_class *class_ = target.as.class_;
        nw_operator_row *row = make_row(eval, kind, options, class_->qualified, class_->module);
        class_->row = row;
        if (kind == ROW_LAYER)
            mark_forward(eval, class_, row);
    } else if (target.kind == NW_DESCRIPTOR) {
        apply(eval, kind, options, target.as.descriptor->get);
    }
    return target;
}

/* What @op(...) gives: self is (kind, options). */
static nw_value call_apply(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    if (arguments->positional_count != 1)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "a decorator takes what it decorates");
    return apply(eval, (row_kind)self.as.tuple->items[0].as.integer, self.as.tuple->items[1].as.dict, arguments->positional[0]);
}

static nw_value decorate(nw_eval *eval, row_kind kind, const nw_arguments *arguments)
{
    if (arguments->positional_count)
        return apply(eval, kind, NULL, arguments->positional[0]);
    nw_value parts[2] = {nw_int(kind), nw_dict_new(eval)};
    for (uint32_t i = 0; i < arguments->named_count; i++)
        nw_dict_set_name(eval, parts[1].as.dict, arguments->names[i], arguments->named[i]);
    return nw_native_new(eval, "decorator", call_apply, nw_tuple_new(eval, parts, 2));
}

static nw_value call_op(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    return decorate(eval, ROW_OP, arguments);
}

static nw_value call_layer(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    return decorate(eval, ROW_LAYER, arguments);
}

static nw_value call_container(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    return decorate(eval, ROW_CONTAINER, arguments);
}

void nw_row_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_intrinsic intrinsics[] = {{"op", call_op}, {"layer", call_layer}, {"container", call_container}};
    nw_intrinsic_define(eval, globals, intrinsics, sizeof intrinsics / sizeof *intrinsics);
}
