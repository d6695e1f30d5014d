#include "eval/symbolic_arguments.h"

#include "eval/symbolic.h"

#include <string.h>

/* What an annotation or a default says of a parameter. */
typedef struct parameter_type {
    bool is_tensor, is_container, is_optional, is_known;
    nw_opaque_type type;
} parameter_type;

static const char *bytes_of(const nw_eval *eval, uint32_t symbol)
{
    return nw_symbol_bytes(eval->symbols, (nw_symbol){symbol});
}

static void read_annotation_name(const char *name, parameter_type *type)
{
    static const struct { const char *name; nw_opaque_type type; } scalars[] = {
        {"bool", NW_TYPE_BOOL}, {"int", NW_TYPE_INT}, {"float", NW_TYPE_NUMBER}, {"str", NW_TYPE_STRING}, {"Callable", NW_TYPE_CALLABLE}};
    static const char *const containers[] = {"Tuple", "tuple", "List", "list", "Sequence", "Iterable"};
    if (strcmp(name, "Optional") == 0 || strcmp(name, "None") == 0)
        type->is_optional = true;
    else if (strstr(name, "Tensor"))
        type->is_tensor = type->is_known = true;
    for (size_t i = 0; i < sizeof containers / sizeof *containers; i++)
        if (strcmp(name, containers[i]) == 0)
            type->is_container = type->is_known = true;
    for (size_t i = 0; i < sizeof scalars / sizeof *scalars; i++)
        if (strcmp(name, scalars[i].name) == 0) {
            type->type = scalars[i].type;
            type->is_known = true;
        }
}

/* Optional[torch.Tensor], Tuple[Tensor], int | None, "torch.Tensor". */
static void read_annotation(const nw_eval *eval, const nw_ast *ast, uint32_t id, parameter_type *type)
{
    const nw_node *node = &ast->nodes[id];
    switch (node->kind) {
    case NW_NODE_NAME:
        read_annotation_name(bytes_of(eval, node->a), type);
        break;
    case NW_NODE_STRING:
        read_annotation_name(bytes_of(eval, node->a), type);
        break;
    case NW_NODE_NONE:
        type->is_optional = true;
        break;
    case NW_NODE_ATTRIBUTE:
        read_annotation_name(bytes_of(eval, node->b), type);
        break;
    case NW_NODE_SUBSCRIPT:
        read_annotation(eval, ast, node->a, type);
        read_annotation(eval, ast, node->b, type);
        break;
    case NW_NODE_BINARY:
        read_annotation(eval, ast, node->a, type);
        read_annotation(eval, ast, node->b, type);
        break;
    case NW_NODE_TUPLE: {
        nw_list items = nw_ast_list(ast, node->a);
        for (uint32_t i = 0; i < items.count; i++)
            read_annotation(eval, ast, items.items[i], type);
        break;
    }
    default:
        type->is_known = true; /* a dictionary, a callable with a signature: no tensor */
    }
}

static void read_default(nw_value value, parameter_type *type)
{
    switch (value.kind) {
    case NW_NONE: type->is_optional = true; break;
    case NW_BOOL: type->type = NW_TYPE_BOOL; type->is_known = true; break;
    case NW_INT: case NW_FLOAT: type->type = NW_TYPE_NUMBER; type->is_known = true; break;
    case NW_STRING: type->type = NW_TYPE_STRING; type->is_known = true; break;
    case NW_UNSET: break;
    default: type->is_known = true;
    }
}

static parameter_type type_of(const nw_eval *eval, const nw_function *function, uint32_t index)
{
    parameter_type type = {.type = NW_TYPE_ANY};
    const nw_ast_parameter *parameter = &function->code->parameters[index];
    if (parameter->annotation)
        read_annotation(eval, function->module->ast, parameter->annotation, &type);
    nw_value given = function->defaults ? function->defaults[index] : nw_unset();
    if (!type.is_known || given.kind == NW_NONE)
        read_default(given, &type);
    if (parameter->annotation && !type.is_tensor && !type.is_container)
        type.is_known = true;
    if (!type.is_known && parameter->is_called) {
        type.type = NW_TYPE_CALLABLE;
        type.is_known = true;
    }
    return type;
}

static bool tensors_have(nw_eval *eval, nw_value tensor, nw_symbol name)
{
    const nw_class *class_ = nw_type_of(eval, tensor);
    return class_->opaque_base || nw_class_find(eval, class_, name) || nw_tensor_attribute(eval, tensor.as.tensor, name).kind != NW_UNSET;
}

/* Whether the program asks of an argument what no tensor has. */
static bool is_used_otherwise(nw_eval *eval, const nw_ast_parameter *parameter)
{
    if (parameter->is_rebound)
        return false;
    bool otherwise = parameter->is_keyed;
    uint32_t facts = eval->fact_count;
    nw_value tensor = parameter->uses ? nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN) : nw_unset();
    for (const nw_attribute_use *use = parameter->uses; use && !otherwise; use = use->next)
        otherwise = !tensors_have(eval, tensor, use->name);
    eval->fact_count = facts; /* `x.T` of a tensor that was only asked */
    return otherwise;
}

/* ---- values ---- */

static nw_value make_tensor(nw_eval *eval, nw_symbol name, bool is_supposed)
{
    nw_value tensor = nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN);
    tensor.as.tensor->is_supposed = is_supposed;
    tensor.as.tensor->node = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_INPUT, .name = name, .result = tensor});
    return tensor;
}

static nw_value make_value(nw_eval *eval, nw_symbol name, parameter_type type, bool tensors)
{
    bool is_tensor = tensors && (type.is_tensor || !type.is_known);
    nw_value symbol = nw_symbolic(eval, is_tensor || type.is_optional ? NW_TYPE_ANY : type.type, name);
    if (!is_tensor)
        return symbol;
    nw_value value = make_tensor(eval, name, !type.is_tensor);
    if (type.is_container) {
        value = nw_list_new(eval, &value, 1);
        value.as.list->repeated = true;
    }
    if (!type.is_optional)
        return value;
    return nw_join(eval, nw_atom_for(eval, NW_OPERATOR_IS, symbol, nw_none()), nw_none(), value);
}

nw_arguments nw_symbolic_arguments(nw_eval *eval, const nw_function *function, bool has_self, bool tensors)
{
    const nw_ast_function *code = function->code;
    nw_arguments arguments = {.positional = nw_arena_alloc(&eval->arena, (code->parameter_count + 1) * sizeof(nw_value)),
                              .names = nw_arena_alloc(&eval->arena, (code->parameter_count + 1) * sizeof(nw_symbol)),
                              .named = nw_arena_alloc(&eval->arena, (code->parameter_count + 1) * sizeof(nw_value)),
                              .open_positional = nw_unset(), .open_named = nw_unset()};
    for (uint32_t i = has_self; i < code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &code->parameters[i];
        if (parameter->kind == NW_PARAMETER_ARGS || parameter->kind == NW_PARAMETER_KWARGS) {
            bool named = parameter->kind == NW_PARAMETER_KWARGS;
            arguments.open = true;
            *(named ? &arguments.open_named : &arguments.open_positional) = nw_symbolic(eval, named ? NW_TYPE_DICT : NW_TYPE_TUPLE, parameter->name);
            continue;
        }
        parameter_type type = type_of(eval, function, i);
        type.is_known |= tensors && !type.is_known && is_used_otherwise(eval, parameter);
        nw_value value = make_value(eval, parameter->name, type, tensors);
        if (parameter->kind == NW_PARAMETER_KEYWORD_ONLY) {
            arguments.names[arguments.named_count] = parameter->name;
            arguments.named[arguments.named_count++] = value;
        } else {
            arguments.positional[arguments.positional_count++] = value;
        }
    }
    return arguments;
}
