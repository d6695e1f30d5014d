/* Evaluates the pivot expression of a row: a Python expression over the arguments of one call (docs/pivot.md). */
#include "pivot/pivot_build.h"

#include "eval/operator.h"
#include "eval/interpret.h"
#include "syntax/syntax.h"

#include <stdio.h>
#include <string.h>

enum { MAX_DEPTH = 60 };

static nw_pivot_value evaluate(nw_pivot_scope *scope, uint32_t id);

static const char *bytes(const nw_pivot_scope *scope, nw_symbol symbol)
{
    return nw_symbol_bytes(scope->pivot->eval->symbols, symbol);
}

static nw_pivot_value fail(nw_pivot_scope *scope, const char *what, const char *detail)
{
    return nw_pivot_value_node(nw_pivot_opaque(scope->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "%s%s", what, detail));
}

static bool failed(const nw_pivot_scope *scope, nw_pivot_value value)
{
    return value.kind == NW_PIVOT_VALUE_NODE && value.node && nw_pivot_at(scope->pivot, value.node)->op == NW_PIVOT_OPAQUE;
}

/* What the interpreter gave; an exception of its own is none here. */
static nw_pivot_value host_result(nw_pivot_scope *scope, nw_value value, const char *what)
{
    nw_eval *eval = scope->pivot->eval;
    if (value.kind != NW_ERROR)
        return nw_pivot_value_host(nw_pivot_settle(scope->pivot, value));
    eval->undecided = false;
    if (eval->exception.kind != NW_UNSET)
        nw_exception_clear(eval);
    return fail(scope, "cannot be told: ", what);
}

static bool is_tensor_value(const nw_pivot_scope *scope, nw_pivot_value value)
{
    return value.kind == NW_PIVOT_VALUE_NODE || (value.kind == NW_PIVOT_VALUE_HOST && nw_pivot_settle(scope->pivot, value.host).kind == NW_TENSOR);
}

/* ---- names ---- */

/* The parameter of that name; NULL: there is none. */
static const nw_ast_parameter *parameter_named(const nw_pivot_scope *scope, nw_symbol name)
{
    const nw_ast_function *code = scope->row ? scope->row->code : NULL;
    for (uint32_t i = 0; code && i < code->parameter_count; i++)
        if (code->parameters[i].name.v == name.v)
            return &code->parameters[i];
    return NULL;
}

/* What **kwargs took: the arguments that no parameter is named after. */
static nw_value rest_of_arguments(const nw_pivot_scope *scope)
{
    nw_value rest = nw_dict_new(scope->pivot->eval);
    for (uint32_t i = 0; i < scope->count; i++)
        if (!parameter_named(scope, scope->names[i]))
            nw_dict_set_name(scope->pivot->eval, rest.as.dict, scope->names[i], scope->values[i]);
    return rest;
}

/* An item of *args has the name of the vararg: all of them are its value. */
static bool argument_named(const nw_pivot_scope *scope, nw_symbol name, nw_value *value)
{
    nw_value items[64];
    uint32_t count = 0;
    const nw_ast_parameter *parameter = parameter_named(scope, name);
    bool many = parameter && parameter->kind == NW_PARAMETER_ARGS;
    if (parameter && parameter->kind == NW_PARAMETER_KWARGS) {
        *value = rest_of_arguments(scope);
        return true;
    }
    for (uint32_t i = 0; i < scope->count && count < 64; i++)
        if (scope->names[i].v == name.v)
            items[count++] = scope->values[i];
    if (!many && !count)
        return false;
    *value = many ? nw_tuple_new(scope->pivot->eval, items, count) : items[0];
    return true;
}

/* An attribute of the layer, without running anything. */
static bool attribute_named(nw_pivot_scope *scope, nw_value object, nw_symbol name, nw_value *value)
{
    nw_eval *eval = scope->pivot->eval;
    if (object.kind != NW_INSTANCE)
        return false;
    eval->in_catalog++;
    *value = nw_get_attribute(eval, object, name);
    eval->in_catalog--;
    if (value->kind != NW_ERROR)
        return true;
    eval->undecided = false;
    if (eval->exception.kind != NW_UNSET)
        nw_exception_clear(eval);
    return false;
}

/* What the layer was made with, for a class that stands in for the row's and keeps it under another name. */
static bool constructor_named(nw_pivot_scope *scope, nw_symbol name, nw_value *value)
{
    nw_eval *eval = scope->pivot->eval;
    const nw_instance *instance = scope->instance.kind == NW_INSTANCE ? scope->instance.as.instance : NULL;
    if (!instance || !instance->made_with || instance->class_->is_catalog)
        return false;
    nw_value *init = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    if (!init || init->kind != NW_FUNCTION)
        return false;
    const nw_ast_function *code = init->as.function->code;
    nw_value *slots = nw_arena_zero(&eval->arena, (code->slot_count + 1) * sizeof *slots);
    for (uint32_t i = 0; i < code->slot_count; i++)
        slots[i] = nw_unset();
    nw_arguments with = nw_arguments_with_self(eval, scope->instance, instance->made_with);
    if (!nw_bind_function(eval, init->as.function, &with, slots)) {
        nw_exception_clear(eval);
        return false;
    }
    for (uint32_t i = 1; i < code->parameter_count; i++)
        if (code->parameters[i].name.v == name.v && slots[i].kind != NW_UNSET) {
            *value = slots[i];
            return true;
        }
    return false;
}

static nw_pivot_value name_value(nw_pivot_scope *scope, nw_symbol name)
{
    nw_eval *eval = scope->pivot->eval;
    nw_value value;
    if (scope->first.v && scope->first.v == name.v)
        return scope->first_value;
    if (argument_named(scope, name, &value) || attribute_named(scope, scope->instance, name, &value)) {
        if (value.kind == NW_UNSET)
            value = nw_none();
        return nw_pivot_value_host(nw_pivot_settle(scope->pivot, value));
    }
    if (parameter_named(scope, name)) /* a stand-in for the row has no such parameter: nothing is given */
        return nw_pivot_value_host(nw_none());
    if (constructor_named(scope, name, &value))
        return nw_pivot_value_host(nw_pivot_settle(scope->pivot, value));
    const nw_value *builtin = nw_dict_find_name(eval->builtins, name);
    if (builtin && builtin->kind == NW_CLASS)
        return nw_pivot_value_host(*builtin);
    if (strcmp(bytes(scope, name), "dtype") == 0)
        return nw_pivot_value_host(nw_class_value(eval->classes[NW_CLASS_OF_DTYPE]));
    if (strcmp(bytes(scope, name), "training") == 0 && scope->instance.kind == NW_INSTANCE) /* networks are read in evaluation */
        return nw_pivot_value_host(nw_bool(false));
    return fail(scope, "the row's expression names something unknown: ", bytes(scope, name));
}

/* ---- attributes, subscripts ---- */

static nw_pivot_value node_attribute(nw_pivot_scope *scope, uint32_t node, const char *name)
{
    const nw_pivot_node *n = nw_pivot_at(scope->pivot, node);
    if (n->rank >= 0 && strcmp(name, "ndim") == 0)
        return nw_pivot_value_host(nw_int(n->rank));
    if (n->rank >= 0 && strcmp(name, "shape") == 0)
        return nw_pivot_value_host(nw_pivot_integers(scope->pivot, n->shape, (uint32_t)n->rank));
    if (strcmp(name, "dtype") == 0)
        return nw_pivot_value_host((nw_value){.kind = NW_DTYPE, .as.integer = n->dtype});
    return fail(scope, "the row's expression asks for an attribute: ", name);
}

static nw_pivot_value evaluate_attribute(nw_pivot_scope *scope, const nw_node *node)
{
    nw_eval *eval = scope->pivot->eval;
    nw_pivot_value object = evaluate(scope, node->a);
    nw_symbol name = {node->b};
    nw_value value;
    if (failed(scope, object))
        return object;
    if (object.kind == NW_PIVOT_VALUE_NODE)
        return node_attribute(scope, object.node, bytes(scope, name));
    if (object.kind != NW_PIVOT_VALUE_HOST)
        return fail(scope, "the row's expression asks for an attribute: ", bytes(scope, name));
    object.host = nw_pivot_settle(scope->pivot, object.host);
    if (attribute_named(scope, object.host, name, &value))
        return nw_pivot_value_host(value);
    return host_result(scope, nw_get_attribute(eval, object.host, name), bytes(scope, name));
}

/* kernel[o, i, ...]: the value with its axis labels. */
static nw_pivot_value label(nw_pivot_scope *scope, nw_pivot_value value, uint32_t index)
{
    const nw_ast *ast = scope->ast;
    const nw_node *node = &ast->nodes[index];
    nw_list one = {&index, 1}, items = node->kind == NW_NODE_TUPLE ? nw_ast_list(ast, node->a) : one;
    nw_symbol *labels = nw_arena_zero(&scope->pivot->eval->arena, (items.count + 1) * sizeof *labels);
    for (uint32_t i = 0; i < items.count; i++) {
        const nw_node *item = &ast->nodes[items.items[i]];
        if (item->kind == NW_NODE_NAME)
            labels[i] = (nw_symbol){item->a};
        else if (item->kind != NW_NODE_ELLIPSIS)
            return fail(scope, "axis labels that are no names", "");
    }
    value.labels = labels;
    value.label_count = items.count;
    return value;
}

static nw_pivot_value evaluate_subscript(nw_pivot_scope *scope, const nw_node *node)
{
    nw_eval *eval = scope->pivot->eval;
    nw_pivot_value object = evaluate(scope, node->a);
    if (failed(scope, object))
        return object;
    nw_value host = object.kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(scope->pivot, object.host) : nw_unset();
    if (object.kind == NW_PIVOT_VALUE_NODE || host.kind == NW_TENSOR || host.kind == NW_NONE)
        return label(scope, object, node->b);
    nw_pivot_value index = evaluate(scope, node->b);
    int64_t at;
    if (object.kind == NW_PIVOT_VALUE_LIST && index.kind == NW_PIVOT_VALUE_HOST && nw_known_integer(index.host, &at)) {
        at += at < 0 ? object.count : 0;
        return at >= 0 && at < object.count ? object.items[at] : fail(scope, "an index out of range", "");
    }
    if (object.kind != NW_PIVOT_VALUE_HOST || index.kind != NW_PIVOT_VALUE_HOST)
        return fail(scope, "a subscript of this form", "");
    return host_result(scope, nw_get_item(eval, host, index.host), "an item");
}

/* ---- operators of Python ---- */

static nw_pivot_value evaluate_binary(nw_pivot_scope *scope, const nw_node *node)
{
    nw_pivot_value operands[] = {evaluate(scope, node->a), evaluate(scope, node->b)};
    if (failed(scope, operands[0]) || failed(scope, operands[1]))
        return operands[failed(scope, operands[0]) ? 0 : 1];
    if (!is_tensor_value(scope, operands[0]) && !is_tensor_value(scope, operands[1])) {
        if (operands[0].kind != NW_PIVOT_VALUE_HOST || operands[1].kind != NW_PIVOT_VALUE_HOST)
            return fail(scope, "an operand of this form", "");
        return host_result(scope, nw_binary(scope->pivot->eval, (nw_operator)node->op, operands[0].host, operands[1].host), "a number");
    }
    static const struct { nw_operator op; nw_pivot_operator means; } table[] = {
        {NW_OPERATOR_ADD, NW_PIVOT_ADD}, {NW_OPERATOR_SUBTRACT, NW_PIVOT_SUBTRACT}, {NW_OPERATOR_MULTIPLY, NW_PIVOT_MULTIPLY},
        {NW_OPERATOR_DIVIDE, NW_PIVOT_DIVIDE}, {NW_OPERATOR_POWER, NW_PIVOT_POWER}, {NW_OPERATOR_MATRIX_MULTIPLY, NW_PIVOT_MATMUL}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].op == node->op)
            return nw_pivot_call_bound(scope, table[i].means, operands, 2, NULL, NULL, 0);
    return fail(scope, "an operator between tensors: ", nw_operator_text((nw_operator)node->op));
}

/* Truth of a host value: 1, 0, or -1 when it cannot be told. */
static int truth(nw_pivot_scope *scope, nw_pivot_value value)
{
    nw_guard guard;
    if (value.kind == NW_PIVOT_VALUE_LIST)
        return value.count > 0;
    if (value.kind != NW_PIVOT_VALUE_HOST || nw_pivot_settle(scope->pivot, value.host).kind == NW_TENSOR)
        return -1;
    nw_answer answer = nw_truth(scope->pivot->eval, value.host, &guard);
    if (answer == NW_FAILED)
        host_result(scope, nw_error(), "");
    return answer == NW_YES ? 1 : answer == NW_NO ? 0 : -1;
}

static nw_pivot_value evaluate_logic(nw_pivot_scope *scope, const nw_node *node, bool is_and)
{
    nw_list operands = nw_ast_list(scope->ast, node->a);
    nw_pivot_value value = nw_pivot_value_host(nw_none());
    for (uint32_t i = 0; i < operands.count; i++) {
        value = evaluate(scope, operands.items[i]);
        int decided = failed(scope, value) ? -1 : truth(scope, value);
        if (decided < 0)
            return failed(scope, value) ? value : fail(scope, "a test that cannot be decided", "");
        if (decided != is_and)
            break;
    }
    return value;
}

static nw_pivot_value evaluate_comparison(nw_pivot_scope *scope, const nw_node *node)
{
    nw_list rest = nw_ast_list(scope->ast, node->b);
    nw_pivot_value left = evaluate(scope, node->a), result = nw_pivot_value_host(nw_bool(true));
    for (uint32_t i = 0; i + 1 < rest.count; i += 2) {
        nw_pivot_value right = evaluate(scope, rest.items[i + 1]);
        if (failed(scope, left) || failed(scope, right))
            return failed(scope, left) ? left : right;
        bool identity = rest.items[i] == NW_OPERATOR_IS || rest.items[i] == NW_OPERATOR_IS_NOT;
        if (left.kind != NW_PIVOT_VALUE_HOST && identity) { /* a node is not None */
            result = nw_pivot_value_host(nw_bool(rest.items[i] == NW_OPERATOR_IS_NOT));
        } else if (left.kind != NW_PIVOT_VALUE_HOST || right.kind != NW_PIVOT_VALUE_HOST || (!identity && is_tensor_value(scope, left))) {
            return fail(scope, "a test on contents", "");
        } else if (left.host.kind == NW_DTYPE && right.host.kind == NW_STRING) {
            bool same = strcmp(nw_dtype_name((nw_dtype)left.host.as.integer), bytes(scope, right.host.as.symbol)) == 0;
            result = nw_pivot_value_host(nw_bool(same == (rest.items[i] == NW_OPERATOR_EQUAL)));
        } else {
            result = host_result(scope, nw_compare(scope->pivot->eval, (nw_operator)rest.items[i], left.host, right.host), "a comparison");
        }
        int decided = failed(scope, result) ? -1 : truth(scope, result);
        if (decided < 0)
            return failed(scope, result) ? result : fail(scope, "a test that cannot be decided", "");
        if (!decided)
            return result;
        left = right;
    }
    return result;
}

static nw_pivot_value evaluate_conditional(nw_pivot_scope *scope, const nw_node *node)
{
    nw_value expected = scope->expected;
    scope->expected = nw_unset();
    nw_pivot_value test = evaluate(scope, node->a);
    scope->expected = expected;
    int decided = failed(scope, test) ? -1 : truth(scope, test);
    if (decided < 0)
        return failed(scope, test) ? test : fail(scope, "a test that cannot be decided", "");
    return evaluate(scope, decided ? node->b : node->c);
}

/* ---- sequences ---- */

/* Items of a display or the positional arguments of a call; stars are spread. */
static nw_pivot_value evaluate_items(nw_pivot_scope *scope, nw_list items)
{
    nw_eval *eval = scope->pivot->eval;
    nw_pivot_value list = {.kind = NW_PIVOT_VALUE_LIST, .host = nw_unset()};
    uint32_t capacity = 0;
    for (uint32_t i = 0; i < items.count; i++) {
        const nw_node *item = &scope->ast->nodes[items.items[i]];
        if (item->kind == NW_NODE_KEYWORD)
            continue;
        nw_pivot_value value = evaluate(scope, item->kind == NW_NODE_STARRED ? item->a : items.items[i]);
        nw_value *spread = &value.host;
        uint32_t count = 1;
        if (item->kind == NW_NODE_STARRED && (value.kind != NW_PIVOT_VALUE_HOST || nw_collect(eval, value.host, &spread, &count) != NW_YES)) {
            host_result(scope, nw_error(), "");
            return fail(scope, "an unknown number of arguments", "");
        }
        for (uint32_t k = 0; k < count; k++) {
            NW_ARENA_RESERVE(&eval->arena, list.items, list.count, capacity);
            list.items[list.count++] = item->kind == NW_NODE_STARRED ? nw_pivot_value_host(spread[k]) : value;
        }
    }
    return list;
}

/* A tuple of Python values is one itself. */
static nw_pivot_value evaluate_tuple(nw_pivot_scope *scope, const nw_node *node)
{
    nw_value expected = scope->expected;
    nw_list items = nw_ast_list(scope->ast, node->a);
    nw_pivot_value list = {.kind = NW_PIVOT_VALUE_LIST, .host = nw_unset()};
    bool parts = expected.kind == NW_TUPLE && expected.as.tuple->count == items.count;
    if (parts) {
        list.items = nw_arena_zero(&scope->pivot->eval->arena, (items.count + 1) * sizeof *list.items);
        list.count = items.count;
        for (uint32_t i = 0; i < items.count; i++) {
            scope->expected = expected.as.tuple->items[i];
            list.items[i] = evaluate(scope, items.items[i]);
        }
        scope->expected = expected;
        return list;
    }
    list = evaluate_items(scope, items);
    if (list.kind != NW_PIVOT_VALUE_LIST)
        return list;
    nw_tuple *tuple = nw_tuple_make(scope->pivot->eval, list.count);
    for (uint32_t i = 0; i < list.count; i++) {
        if (list.items[i].kind != NW_PIVOT_VALUE_HOST || list.items[i].labels)
            return list;
        tuple->items[i] = list.items[i].host;
    }
    return nw_pivot_value_host((nw_value){.kind = NW_TUPLE, .as.tuple = tuple});
}

/* ---- helpers of expressions ---- */

/* Numbers (before, after, ...) that start with the last axis, as widths; the input is the operator's first argument. */
static nw_pivot_value helper_from_last(nw_pivot_scope *scope, nw_value pad)
{
    nw_value *items;
    uint32_t count;
    if (nw_collect(scope->pivot->eval, pad, &items, &count) != NW_YES)
        return host_result(scope, nw_error(), "widths");
    nw_tuple *tuple = nw_tuple_make(scope->pivot->eval, count + 1);
    tuple->items[0] = nw_string_of(scope->pivot->eval, "from_last"); /* the pad builder knows the rank */
    for (uint32_t i = 0; i < count; i++)
        tuple->items[i + 1] = items[i];
    return nw_pivot_value_host((nw_value){.kind = NW_TUPLE, .as.tuple = tuple});
}

static nw_pivot_value helper_last(nw_pivot_scope *scope, int64_t count)
{
    nw_tuple *tuple = nw_tuple_make(scope->pivot->eval, count > 0 && count < NW_PIVOT_MAX_RANK ? (uint32_t)count : 0);
    for (uint32_t i = 0; i < tuple->count; i++)
        tuple->items[i] = nw_int((int64_t)i - count);
    return nw_pivot_value_host((nw_value){.kind = NW_TUPLE, .as.tuple = tuple});
}

static bool is_basic_key(nw_eval *eval, nw_value key)
{
    key = nw_settle(eval, key);
    if (key.kind == NW_TUPLE) {
        for (uint32_t i = 0; i < key.as.tuple->count; i++)
            if (!is_basic_key(eval, key.as.tuple->items[i]))
                return false;
        return true;
    }
    if (key.kind == NW_TENSOR)
        return key.as.tensor->rank == 0 && key.as.tensor->shape && nw_tensor_contents(key.as.tensor) && nw_dtype_category((nw_dtype)key.as.tensor->dtype) == 1;
    return key.kind == NW_INT || key.kind == NW_SLICE || key.kind == NW_NONE || key.kind == NW_ELLIPSIS;
}

/* A recurrent layer's parameters of one kind, for each layer and direction. */
static nw_pivot_value helper_per_layer(nw_pivot_scope *scope, nw_value kind)
{
    nw_eval *eval = scope->pivot->eval;
    nw_value layers, both, value, items[64];
    uint32_t count = 0;
    char name[80];
    int64_t layer_count;
    if (kind.kind != NW_STRING || !attribute_named(scope, scope->instance, nw_symbol_of(eval->symbols, "num_layers"), &layers) ||
        !nw_known_integer(layers, &layer_count) || !attribute_named(scope, scope->instance, nw_symbol_of(eval->symbols, "bidirectional"), &both))
        return fail(scope, "the layers of a recurrent network", "");
    for (int64_t layer = 0; layer < layer_count; layer++)
        for (int direction = 0; direction < (both.kind == NW_BOOL && both.as.integer ? 2 : 1) && count < 64; direction++) {
            snprintf(name, sizeof name, "%.40s_l%lld%s", bytes(scope, kind.as.symbol), (long long)layer, direction ? "_reverse" : "");
            bool found = attribute_named(scope, scope->instance, nw_symbol_of(eval->symbols, name), &value);
            items[count++] = found ? value : nw_none();
        }
    return nw_pivot_value_host(nw_tuple_new(eval, items, count));
}

/* A Python helper; ABSENT when the name is none. */
static nw_pivot_value call_helper(nw_pivot_scope *scope, const char *name, const nw_pivot_value *arguments)
{
    nw_eval *eval = scope->pivot->eval;
    int64_t integer;
    if (arguments->count == 0 || arguments->items[0].kind != NW_PIVOT_VALUE_HOST)
        return (nw_pivot_value){.host = nw_unset()};
    nw_value first = nw_pivot_settle(scope->pivot, arguments->items[0].host);
    if (strcmp(name, "is_basic") == 0)
        return nw_pivot_value_host(nw_bool(is_basic_key(eval, first)));
    if (strcmp(name, "from_last") == 0)
        return helper_from_last(scope, first);
    if (strcmp(name, "per_layer") == 0)
        return helper_per_layer(scope, first);
    if (strcmp(name, "last") == 0 && nw_known_integer(first, &integer))
        return helper_last(scope, integer);
    return (nw_pivot_value){.host = nw_unset()};
}

static nw_pivot_value call_builtin(nw_pivot_scope *scope, nw_symbol name, const nw_pivot_value *arguments)
{
    nw_eval *eval = scope->pivot->eval;
    nw_value values[8];
    const nw_value *function = nw_dict_find_name(eval->builtins, name);
    if (!function || arguments->count > 8)
        return fail(scope, "the row's expression calls something unknown: ", bytes(scope, name));
    for (uint32_t i = 0; i < arguments->count; i++) {
        if (arguments->items[i].kind == NW_PIVOT_VALUE_NODE && i == 0 && strcmp(bytes(scope, name), "isinstance") == 0)
            return nw_pivot_value_host(nw_bool(false)); /* numbers and sequences are asked for */
        if (arguments->items[i].kind != NW_PIVOT_VALUE_HOST)
            return fail(scope, "a Python function of tensors: ", bytes(scope, name));
        values[i] = arguments->items[i].host;
    }
    return host_result(scope, nw_call_values(eval, *function, values, arguments->count), bytes(scope, name));
}

/* ---- gates(t[i, o], o, order='zrn'): blocks along a labelled axis, in the canonical order ---- */

static uint32_t read_tensor(nw_pivot_scope *scope, nw_pivot_value value)
{
    nw_value host = value.kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(scope->pivot, value.host) : nw_unset();
    return value.kind == NW_PIVOT_VALUE_NODE ? value.node : host.kind == NW_TENSOR ? scope->read(scope, host.as.tensor) : 0;
}

static nw_pivot_value order_gates(nw_pivot_scope *scope, nw_pivot_value value, nw_symbol label_of, const char *order)
{
    const char *canonical = strlen(order) == 4 ? "ifgo" : "rzn";
    uint32_t parts[4], node = read_tensor(scope, value), count = (uint32_t)strlen(order);
    int axis = -1;
    for (uint32_t i = 0; i < value.label_count; i++)
        axis = value.labels[i].v == label_of.v ? (int)i : axis;
    const nw_pivot_node *n = nw_pivot_at(scope->pivot, node);
    if (!node || axis < 0 || n->rank <= axis || count < 3 || count > 4 || n->shape[axis] % count)
        return fail(scope, "gates of something that is not known", "");
    int64_t size = n->shape[axis] / count;
    for (uint32_t i = 0; i < count; i++) {
        const char *at = strchr(order, canonical[i]);
        if (!at)
            return fail(scope, "gates whose order is not known: ", order);
        parts[i] = nw_pivot_slice_axis(scope->pivot, node, axis, (at - order) * size, (at - order + 1) * size);
    }
    nw_pivot_value ordered = nw_pivot_value_node(nw_pivot_concatenate(scope->pivot, parts, count, axis));
    ordered.labels = value.labels;
    ordered.label_count = value.label_count;
    return ordered;
}

static nw_pivot_value evaluate_gates(nw_pivot_scope *scope, nw_list list)
{
    const nw_ast *ast = scope->ast;
    nw_pivot_value value = list.count == 3 ? evaluate(scope, list.items[0]) : fail(scope, "gates of this form", "");
    if (failed(scope, value) || (value.kind == NW_PIVOT_VALUE_HOST && nw_pivot_settle(scope->pivot, value.host).kind == NW_NONE))
        return value;
    const nw_node *label_node = &ast->nodes[list.items[1]], *order = &ast->nodes[list.items[2]];
    const nw_node *text = order->kind == NW_NODE_KEYWORD ? &ast->nodes[order->b] : order;
    if (label_node->kind != NW_NODE_NAME || text->kind != NW_NODE_STRING)
        return fail(scope, "gates of this form", "");
    return order_gates(scope, value, (nw_symbol){label_node->a}, bytes(scope, (nw_symbol){text->a}));
}

/* ---- calls ---- */

/* Of `slice`, `range`, `abs`, ...: Python's function, not the operator. */
static bool means_python(nw_pivot_scope *scope, nw_pivot_operator op, const nw_pivot_value *arguments, uint32_t named)
{
    if (op != NW_PIVOT_SLICE && op != NW_PIVOT_RANGE && op != NW_PIVOT_ABS && op != NW_PIVOT_ROUND)
        return false;
    return named == 0 && !(arguments->count && is_tensor_value(scope, arguments->items[0]));
}

/* `padding.lower()`: a method of a Python value that takes no arguments. */
static nw_pivot_value call_method(nw_pivot_scope *scope, const nw_node *node)
{
    nw_pivot_value method = evaluate(scope, node->a);
    if (failed(scope, method))
        return method;
    if (method.kind != NW_PIVOT_VALUE_HOST || nw_ast_list(scope->ast, node->b).count)
        return fail(scope, "a call of this form", "");
    return host_result(scope, nw_call_values(scope->pivot->eval, method.host, NULL, 0), "a method");
}

static nw_pivot_value evaluate_call(nw_pivot_scope *scope, const nw_node *node)
{
    const nw_node *callee = &scope->ast->nodes[node->a];
    if (callee->kind == NW_NODE_ATTRIBUTE)
        return call_method(scope, node);
    if (callee->kind != NW_NODE_NAME)
        return fail(scope, "a call of this form", "");
    nw_value expected = scope->expected;
    scope->expected = nw_unset();
    nw_list list = nw_ast_list(scope->ast, node->b);
    const char *name = bytes(scope, (nw_symbol){callee->a});
    if (strcmp(name, "gates") == 0)
        return evaluate_gates(scope, list);
    nw_pivot_operator op = nw_pivot_operator_find(name);
    if (op == NW_PIVOT_APPLY) /* elementwise: what is inside has the shape of the whole */
        scope->expected = expected;
    nw_pivot_value positional = evaluate_items(scope, list);
    nw_symbol *keywords = nw_arena_alloc(&scope->pivot->eval->arena, (list.count + 1) * sizeof *keywords);
    nw_pivot_value *named = nw_arena_alloc(&scope->pivot->eval->arena, (list.count + 1) * sizeof *named);
    uint32_t named_count = 0;
    for (uint32_t i = 0; i < list.count; i++) {
        const nw_node *item = &scope->ast->nodes[list.items[i]];
        if (item->kind != NW_NODE_KEYWORD)
            continue;
        keywords[named_count] = (nw_symbol){item->a};
        named[named_count++] = evaluate(scope, item->b);
    }
    scope->expected = expected;
    if (positional.kind != NW_PIVOT_VALUE_LIST)
        return positional;
    for (uint32_t i = 0; i < named_count; i++)
        if (failed(scope, named[i]))
            return named[i];
    if (op != NW_PIVOT_OPERATOR_COUNT && !means_python(scope, op, &positional, named_count))
        return nw_pivot_call_bound(scope, op, positional.items, positional.count, keywords, named, named_count);
    nw_pivot_value helped = call_helper(scope, name, &positional);
    return helped.kind != NW_PIVOT_VALUE_ABSENT ? helped : call_builtin(scope, (nw_symbol){callee->a}, &positional);
}

/* ---- expressions ---- */

static nw_pivot_value evaluate_number(const nw_node *node)
{
    uint64_t wide = (uint64_t)node->b << 32 | node->a;
    double number;
    memcpy(&number, &wide, sizeof number);
    return nw_pivot_value_host(node->kind == NW_NODE_INTEGER ? nw_int((int64_t)wide) : nw_float(number));
}

static nw_pivot_value evaluate_kind(nw_pivot_scope *scope, uint32_t id)
{
    const nw_node *node = &scope->ast->nodes[id];
    switch (node->kind) {
    case NW_NODE_NAME: return name_value(scope, (nw_symbol){node->a});
    case NW_NODE_INTEGER: case NW_NODE_FLOAT: return evaluate_number(node);
    case NW_NODE_STRING: return nw_pivot_value_host(nw_string((nw_symbol){node->a}));
    case NW_NODE_TRUE: return nw_pivot_value_host(nw_bool(true));
    case NW_NODE_FALSE: return nw_pivot_value_host(nw_bool(false));
    case NW_NODE_NONE: return nw_pivot_value_host(nw_none());
    case NW_NODE_ELLIPSIS: return nw_pivot_value_host((nw_value){.kind = NW_ELLIPSIS});
    case NW_NODE_TUPLE: case NW_NODE_LIST: return evaluate_tuple(scope, node);
    case NW_NODE_BINARY: return evaluate_binary(scope, node);
    case NW_NODE_AND: case NW_NODE_OR: return evaluate_logic(scope, node, node->kind == NW_NODE_AND);
    case NW_NODE_COMPARE: return evaluate_comparison(scope, node);
    case NW_NODE_CONDITIONAL: return evaluate_conditional(scope, node);
    case NW_NODE_CALL: return evaluate_call(scope, node);
    case NW_NODE_ATTRIBUTE: return evaluate_attribute(scope, node);
    case NW_NODE_SUBSCRIPT: return evaluate_subscript(scope, node);
    case NW_NODE_UNARY: {
        nw_pivot_value operand = evaluate(scope, node->a);
        if (failed(scope, operand))
            return operand;
        if (node->op == NW_OPERATOR_NEGATE && is_tensor_value(scope, operand))
            return nw_pivot_call_bound(scope, NW_PIVOT_NEGATIVE, &operand, 1, NULL, NULL, 0);
        int decided = node->op == NW_OPERATOR_NOT ? truth(scope, operand) : 2;
        if (decided < 2)
            return decided < 0 ? fail(scope, "a test that cannot be decided", "") : nw_pivot_value_host(nw_bool(!decided));
        return host_result(scope, operand.kind == NW_PIVOT_VALUE_HOST ? nw_unary(scope->pivot->eval, (nw_operator)node->op, operand.host) : nw_error(), "a number");
    }
    default: return fail(scope, "the row's expression has a form that is not covered: ", nw_node_kind_name((nw_node_kind)node->kind));
    }
}

static nw_pivot_value evaluate(nw_pivot_scope *scope, uint32_t id)
{
    if (++scope->depth > MAX_DEPTH) {
        scope->depth--;
        return fail(scope, "the row's expression is nested too deeply", "");
    }
    nw_pivot_value value = evaluate_kind(scope, id);
    scope->depth--;
    return value;
}

/* ---- whole rows ---- */

static const nw_ast *parse(nw_pivot *pivot, nw_symbol text, uint32_t *root)
{
    nw_eval *eval = pivot->eval;
    nw_source *source = nw_arena_zero(&eval->arena, sizeof *source);
    nw_text bytes_of = nw_symbol_text(eval->symbols, text);
    nw_source_borrow(source, "<pivot>", bytes_of.bytes, bytes_of.size);
    const nw_ast *ast = nw_syntax_parse(source, &eval->arena, eval->symbols);
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    *root = body.count == 1 && ast->nodes[body.items[0]].kind == NW_NODE_EXPRESSION && !ast->error_count ? ast->nodes[body.items[0]].a : 0;
    return ast;
}

/* Each expression is parsed once for each graph. */
static const nw_ast *parsed(nw_pivot *pivot, nw_symbol text, uint32_t *root)
{
    for (uint32_t i = 0; i < pivot->parsed_count; i++)
        if (pivot->parsed[i].text.v == text.v) {
            *root = pivot->parsed[i].root;
            return pivot->parsed[i].ast;
        }
    const nw_ast *ast = parse(pivot, text, root);
    NW_ARENA_RESERVE(&pivot->eval->arena, pivot->parsed, pivot->parsed_count, pivot->parsed_capacity);
    pivot->parsed[pivot->parsed_count++] = (nw_pivot_parsed){text, ast, *root};
    return ast;
}

nw_pivot_value nw_pivot_evaluate(nw_pivot_scope *scope, nw_symbol expression)
{
    uint32_t root;
    scope->ast = parsed(scope->pivot, expression, &root);
    if (!root)
        return fail(scope, "the row's expression does not parse: ", bytes(scope, expression));
    nw_pivot_value value = evaluate(scope, root);
    if (value.kind == NW_PIVOT_VALUE_HOST && nw_pivot_settle(scope->pivot, value.host).kind == NW_NONE)
        return fail(scope, "no operator means this form of ", scope->row ? bytes(scope, scope->row->qualified) : "it");
    return value;
}

nw_pivot_value nw_pivot_apply(nw_pivot_scope *scope, nw_value function, nw_pivot_value input)
{
    nw_eval *eval = scope->pivot->eval;
    function = nw_settle(eval, function);
    if (function.kind == NW_NONE || (scope->row && scope->row->after.v && !nw_operator_has_meaning(function)))
        return input;
    if (function.kind != NW_FUNCTION || !function.as.function->row || !function.as.function->row->pivot.v)
        return fail(scope, "an activation whose meaning is not known", "");
    const nw_function *callee = function.as.function;
    const nw_ast_function *code = callee->code;
    nw_pivot_scope inner = *scope;
    nw_value *values = nw_arena_alloc(&eval->arena, (code->parameter_count + 1) * sizeof *values);
    nw_symbol *names = nw_arena_alloc(&eval->arena, (code->parameter_count + 1) * sizeof *names);
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        names[i] = code->parameters[i].name;
        values[i] = callee->defaults ? callee->defaults[i] : nw_unset();
    }
    inner.names = names;
    inner.values = values;
    inner.count = code->parameter_count;
    inner.row = callee->row;
    inner.instance = nw_unset();
    inner.first = code->parameter_count ? names[0] : (nw_symbol){0};
    inner.first_value = input;
    return nw_pivot_evaluate(&inner, callee->row->pivot);
}
