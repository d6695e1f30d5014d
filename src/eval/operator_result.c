/* Results by annotation: what an operator gives when its body cannot be run. */
#include "eval/interpret.h"
#include "eval/operator.h"

#include <string.h>

static nw_value unknown_tensor(nw_eval *eval)
{
    return nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN);
}

static nw_value unknown_value(nw_eval *eval, nw_opaque_type type, const nw_operator_row *row)
{
    nw_value value = nw_lost(eval, type == NW_TYPE_ANY ? NW_DIAG_OPERATOR_REFUSED : NW_DIAG_VALUE_DEPENDENT, "%s",
                             nw_symbol_bytes(eval->symbols, row->qualified));
    value.as.opaque->type = (uint8_t)type;
    return value;
}

static nw_value list_of(nw_eval *eval, nw_value item)
{
    nw_value list = nw_list_new(eval, &item, 1);
    list.as.list->repeated = true;
    return list;
}

static nw_opaque_type type_of_name(const char *name)
{
    static const struct { const char *name; nw_opaque_type type; } types[] = {
        {"int", NW_TYPE_INT}, {"float", NW_TYPE_FLOAT}, {"bool", NW_TYPE_BOOL}, {"str", NW_TYPE_STRING}, {"Size", NW_TYPE_TUPLE},
        {"tuple", NW_TYPE_TUPLE}, {"list", NW_TYPE_LIST}, {"dict", NW_TYPE_DICT},
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i].name, name) == 0)
            return types[i].type;
    return NW_TYPE_ANY;
}

static nw_value promise_of_name(nw_eval *eval, nw_symbol name, const nw_operator_row *row)
{
    const char *text = nw_symbol_bytes(eval->symbols, name);
    if (strcmp(text, "Tensor") == 0)
        return unknown_tensor(eval);
    if (strcmp(text, "None") == 0)
        return nw_none();
    return unknown_value(eval, type_of_name(text), row);
}

static nw_value promise_of_node(nw_eval *eval, const nw_ast *ast, uint32_t id, const nw_operator_row *row)
{
    const nw_node *node = &ast->nodes[id];
    switch (node->kind) {
    case NW_NODE_NAME:
    case NW_NODE_STRING:
        return promise_of_name(eval, (nw_symbol){node->a}, row);
    case NW_NODE_ATTRIBUTE:
        return promise_of_name(eval, (nw_symbol){node->b}, row);
    case NW_NODE_NONE:
        return nw_none();
    case NW_NODE_TUPLE: {
        nw_list parts = nw_ast_list(ast, node->a);
        nw_tuple *tuple = nw_tuple_make(eval, parts.count);
        for (uint32_t i = 0; i < parts.count; i++)
            tuple->items[i] = promise_of_node(eval, ast, parts.items[i], row);
        return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
    }
    case NW_NODE_SUBSCRIPT:
        return list_of(eval, promise_of_node(eval, ast, node->b, row));
    default:
        return unknown_value(eval, NW_TYPE_ANY, row);
    }
}

static nw_value promise_of_annotation(nw_eval *eval, const nw_function *function, const nw_operator_row *row)
{
    if (!function->code->returns)
        return unknown_value(eval, NW_TYPE_ANY, row);
    return promise_of_node(eval, function->module->ast, function->code->returns, row);
}

/* ---- `result`: an expression over the parameters; where that cannot be told, the annotation ---- */

static nw_value promise_of_kind(nw_eval *eval, nw_value kind, const nw_operator_row *row)
{
    kind = nw_settle(eval, kind);
    switch (kind.kind) {
    case NW_NONE:
        return kind;
    case NW_TUPLE: {
        nw_tuple *tuple = nw_tuple_make(eval, kind.as.tuple->count);
        for (uint32_t i = 0; i < tuple->count; i++)
            tuple->items[i] = promise_of_kind(eval, kind.as.tuple->items[i], row);
        tuple->class_ = kind.as.tuple->class_;
        return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
    }
    case NW_CLASS:
        if (kind.as.class_->is_tensor)
            return unknown_tensor(eval);
        if (kind.as.class_ == eval->classes[NW_CLASS_OF_LIST])
            return list_of(eval, unknown_tensor(eval));
        return promise_of_name(eval, kind.as.class_->name, row);
    case NW_PHI:
        return nw_join(eval, kind.as.phi->guard, promise_of_kind(eval, kind.as.phi->then, row), promise_of_kind(eval, kind.as.phi->otherwise, row));
    default:
        return unknown_value(eval, NW_TYPE_ANY, row);
    }
}

/* Named tuples in a result expression, `_Pair(Tensor, Tensor)`: private names of the row's module. */
static void add_private_names(nw_eval *eval, nw_dict *names, const nw_function *function, const char *text)
{
    for (const char *at = strchr(text, '_'); at; at = strchr(at, '_')) {
        size_t length = strspn(at, "_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789");
        nw_value name = nw_string_from(eval, at, length);
        const nw_value *found = nw_dict_find(function->module->globals, name);
        if (found && (at == text || strchr(" (", at[-1])))
            nw_dict_set(eval, names, name, *found);
        at += length;
    }
}

static nw_value promise_of_text(nw_eval *eval, const nw_function *function, const nw_operator_row *row, const nw_value *slots)
{
    const char *text = nw_symbol_bytes(eval->symbols, row->result);
    if (strcmp(text, "list[Tensor]") == 0)
        return list_of(eval, unknown_tensor(eval));
    nw_module scope = {.name = function->module->name, .globals = nw_dict_make(eval), .is_catalog = true, .state = NW_MODULE_DONE};
    nw_dict_set_name(eval, scope.globals, (nw_symbol){NW_NAME_TENSOR_CLASS}, nw_class_value(nw_tensor_class(eval)));
    nw_dict_set_name(eval, scope.globals, nw_symbol_of(eval->symbols, "Any"), (nw_value){.kind = NW_ELLIPSIS});
    add_private_names(eval, scope.globals, function, text);
    uint32_t position = 0;
    if (row->is_layer && slots[0].kind == NW_INSTANCE)
        for (nw_dict_entry *entry; (entry = nw_dict_next(slots[0].as.instance->attributes, &position));)
            nw_dict_set(eval, scope.globals, entry->key, entry->value);
    for (uint32_t i = 0; i < function->code->parameter_count; i++)
        nw_dict_set_name(eval, scope.globals, function->code->parameters[i].name, slots[i]);
    eval->in_catalog++;
    nw_value kind = nw_evaluate_text(eval, nw_arena_copy(&eval->arena, &scope, sizeof scope), text);
    eval->in_catalog--;
    if (kind.kind != NW_ERROR && kind.kind != NW_OPAQUE)
        return promise_of_kind(eval, kind, row);
    if (kind.kind == NW_OPAQUE)
        return promise_of_annotation(eval, function, row);
    if (eval->stopped)
        return nw_error();
    eval->undecided = false;
    nw_exception_clear(eval);
    return promise_of_annotation(eval, function, row);
}

nw_value nw_operator_promise(nw_eval *eval, const nw_function *function, const nw_operator_row *row, const nw_value *slots)
{
    if (row->result.v)
        return promise_of_text(eval, function, row, slots);
    return promise_of_annotation(eval, function, row);
}

void nw_operator_type_result(nw_eval *eval, const nw_function *function, nw_value result)
{
    if (result.kind != NW_OPAQUE || result.as.opaque->type != NW_TYPE_ANY || !function->code->returns)
        return;
    const nw_node *node = &function->module->ast->nodes[function->code->returns];
    if (node->kind == NW_NODE_NAME)
        result.as.opaque->type = (uint8_t)type_of_name(nw_symbol_bytes(eval->symbols, (nw_symbol){node->a}));
}
