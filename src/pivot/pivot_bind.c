/* Arguments of pivot operators: binding by operator.def, and reading them as what a builder needs. */
#include "pivot/pivot_build.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- the table ---- */

typedef struct operator_row {
    const char *tensors, *attributes;
    nw_pivot_builder build;
} operator_row;

static const operator_row rows[] = {
#define NW_PIVOT_OPERATOR(id, name, tensors, attributes, build) {tensors, attributes, nw_pivot_build_##build},
#include "pivot/operator.def"
#undef NW_PIVOT_OPERATOR
};

nw_pivot_value nw_pivot_build_none(nw_pivot_call *call)
{
    return nw_pivot_refuse(call, "`%s` is no operator that rows name", nw_pivot_operator_name(call->op));
}

/* ---- values ---- */

nw_pivot_value nw_pivot_value_node(uint32_t node)
{
    return (nw_pivot_value){.kind = NW_PIVOT_VALUE_NODE, .node = node, .host = nw_unset()};
}

nw_pivot_value nw_pivot_value_host(nw_value value)
{
    return (nw_pivot_value){.kind = NW_PIVOT_VALUE_HOST, .host = value};
}

nw_pivot_value nw_pivot_value_list(nw_pivot *pivot, const uint32_t *nodes, uint32_t count)
{
    nw_pivot_value list = {.kind = NW_PIVOT_VALUE_LIST, .count = count, .host = nw_unset()};
    list.items = nw_arena_zero(&pivot->eval->arena, (count + 1) * sizeof *list.items);
    for (uint32_t i = 0; i < count; i++)
        list.items[i] = nw_pivot_value_node(nodes[i]);
    return list;
}

nw_pivot_value nw_pivot_refuse(nw_pivot_call *call, const char *format, ...)
{
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    return nw_pivot_value_node(nw_pivot_opaque(call->pivot, call->shape, call->rank, call->dtype, "%s: %s", nw_pivot_operator_name(call->op), text));
}

nw_pivot_value nw_pivot_refuse_arguments(nw_pivot_call *call)
{
    return nw_pivot_refuse(call, "arguments or a shape that are not known");
}

/* ---- reading arguments ---- */

bool nw_pivot_given(const nw_pivot_call *call, uint32_t index)
{
    const nw_pivot_value *value = &call->arguments[index];
    return value->kind != NW_PIVOT_VALUE_ABSENT && !(value->kind == NW_PIVOT_VALUE_HOST && (value->host.kind == NW_NONE || value->host.kind == NW_UNSET));
}

static uint32_t node_of_host(nw_pivot_call *call, nw_value value)
{
    value = nw_pivot_settle(call->pivot, value);
    if (value.kind == NW_TENSOR)
        return call->scope->read(call->scope, value.as.tensor);
    if (value.kind == NW_BOOL)
        return nw_pivot_scalar(call->pivot, (double)value.as.integer, NW_DTYPE_BOOL);
    if (value.kind == NW_INT)
        return nw_pivot_scalar(call->pivot, (double)value.as.integer, NW_DTYPE_INT64);
    if (value.kind == NW_FLOAT)
        return nw_pivot_scalar(call->pivot, value.as.number, NW_DTYPE_FLOAT32);
    uint32_t numbers = nw_pivot_known_numbers(call->pivot, value);
    bool floats = numbers && nw_dtype_category((nw_dtype)nw_pivot_at(call->pivot, numbers)->dtype) == 2 && nw_dtype_category(call->dtype) == 2;
    if (numbers) /* TensorFlow's operators make an array the other operand's floating type */
        return floats ? nw_pivot_cast(call->pivot, numbers, call->dtype) : numbers;
    return nw_pivot_opaque(call->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "%s: an operand is neither a tensor nor a known number",
                           nw_pivot_operator_name(call->op));
}

static uint32_t value_node(nw_pivot_call *call, const nw_pivot_value *value)
{
    if (value->kind == NW_PIVOT_VALUE_NODE)
        return value->node;
    if (value->kind == NW_PIVOT_VALUE_LIST)
        return nw_pivot_opaque(call->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, NW_DTYPE_UNKNOWN, "%s: several values where one is needed", nw_pivot_operator_name(call->op));
    return node_of_host(call, value->host);
}

/* "kernel[o i ...]": the labels of a tensor argument, NULL when it has none. */
static const char *canonical_labels(nw_pivot_operator op, uint32_t index)
{
    const char *at = rows[op].tensors;
    for (uint32_t i = 0; i < index; i++)
        at = strchr(at, ',') + 1;
    const char *bracket = strchr(at, '['), *comma = strchr(at, ',');
    return bracket && (!comma || bracket < comma) ? bracket + 1 : NULL;
}

uint32_t nw_pivot_tensor(nw_pivot_call *call, uint32_t index)
{
    const nw_pivot_value *value = &call->arguments[index];
    if (!nw_pivot_given(call, index))
        return 0;
    uint32_t node = value_node(call, value);
    const char *canonical = index < call->tensor_count && value->labels ? canonical_labels(call->op, index) : NULL;
    return canonical ? nw_pivot_in_layout(call, node, value, canonical) : node;
}

const nw_pivot_node *nw_pivot_first_operand(nw_pivot_call *call, uint32_t *node)
{
    *node = nw_pivot_tensor(call, 0);
    return nw_pivot_at(call->pivot, *node);
}

bool nw_pivot_tensors(nw_pivot_call *call, uint32_t index, uint32_t **nodes, uint32_t *count)
{
    const nw_pivot_value *value = &call->arguments[index];
    nw_value host = value->kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(call->pivot, value->host) : nw_unset();
    bool is_tuple = host.kind == NW_TUPLE, is_list = host.kind == NW_LIST && !host.as.list->repeated;
    if (value->kind == NW_PIVOT_VALUE_LIST && value->count == 1 && (value->items[0].kind == NW_PIVOT_VALUE_LIST || value->items[0].kind == NW_PIVOT_VALUE_HOST)) {
        nw_pivot_call inner = *call; /* f([a, b]) for f(*inputs) */
        inner.arguments[index] = value->items[0];
        if (nw_pivot_tensors(&inner, index, nodes, count))
            return true;
    }
    nw_value only = is_tuple && host.as.tuple->count == 1 ? nw_pivot_settle(call->pivot, host.as.tuple->items[0]) : nw_unset();
    if (only.kind == NW_TUPLE || (only.kind == NW_LIST && !only.as.list->repeated)) { /* the same, where `inputs` is handed on as it is */
        host = only;
        is_tuple = only.kind == NW_TUPLE;
        is_list = !is_tuple;
    }
    *count = value->kind == NW_PIVOT_VALUE_LIST ? value->count : is_tuple ? host.as.tuple->count : is_list ? host.as.list->count : 0;
    *nodes = nw_arena_alloc(&call->pivot->eval->arena, (*count + 1) * sizeof **nodes);
    for (uint32_t i = 0; i < *count; i++)
        (*nodes)[i] = value->kind == NW_PIVOT_VALUE_LIST ? value_node(call, &value->items[i])
                                                         : node_of_host(call, is_tuple ? host.as.tuple->items[i] : host.as.list->items[i]);
    return *count > 0;
}

static nw_value host_of(const nw_pivot_call *call, uint32_t index)
{
    const nw_pivot_value *value = &call->arguments[index];
    return value->kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(call->pivot, value->host) : nw_unset();
}

/* The integers of a tensor that is a constant, such as a size that TensorFlow gives. */
static int add_elements(const nw_pivot_call *call, nw_value tensor, int64_t *out, int count)
{
    const nw_pivot_node *node = nw_pivot_at(call->pivot, node_of_host((nw_pivot_call *)call, tensor));
    int category = nw_dtype_category((nw_dtype)node->dtype);
    int64_t elements = node->op == NW_PIVOT_CONSTANT && node->data && node->rank <= 1 && category == nw_dtype_category(NW_DTYPE_INT64) ? nw_pivot_elements(node) : -1;
    if (elements < 0 || count + elements > NW_PIVOT_MAX_RANK)
        return -1;
    for (int64_t i = 0; i < elements; i++)
        out[count++] = (int64_t)node->data[i];
    return count;
}

bool nw_pivot_integer(const nw_pivot_call *call, uint32_t index, int64_t *integer)
{
    nw_value value = host_of(call, index);
    if (value.kind == NW_TENSOR && value.as.tensor->rank == 0) {
        int64_t elements[NW_PIVOT_MAX_RANK];
        bool known = add_elements(call, value, elements, 0) == 1;
        *integer = known ? elements[0] : 0;
        return known;
    }
    if (!nw_is_integer(value))
        return false;
    *integer = value.as.integer;
    return true;
}

bool nw_pivot_number(const nw_pivot_call *call, uint32_t index, double *number)
{
    nw_value value = host_of(call, index);
    if (nw_is_number(value)) {
        *number = value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
        return true;
    }
    if (value.kind != NW_TENSOR && call->arguments[index].kind != NW_PIVOT_VALUE_NODE)
        return false;
    uint32_t node = nw_pivot_tensor((nw_pivot_call *)call, index);
    return nw_pivot_scalar_value(call->pivot, node, false, number);
}

bool nw_pivot_truth(const nw_pivot_call *call, uint32_t index)
{
    nw_value value = host_of(call, index);
    return nw_is_integer(value) && value.as.integer != 0;
}

const char *nw_pivot_text(const nw_pivot_call *call, uint32_t index)
{
    nw_value value = host_of(call, index);
    return value.kind == NW_STRING ? nw_symbol_bytes(call->pivot->eval->symbols, value.as.symbol) : "";
}

nw_dtype nw_pivot_dtype_argument(const nw_pivot_call *call, uint32_t index)
{
    nw_value value = host_of(call, index);
    if (value.kind == NW_DTYPE)
        return (nw_dtype)value.as.integer;
    return value.kind == NW_STRING ? nw_dtype_of_name(nw_pivot_text(call, index)) : NW_DTYPE_UNKNOWN;
}

static int add_integers(const nw_pivot_call *call, nw_value value, int64_t *out, int count)
{
    value = nw_pivot_settle(call->pivot, value);
    if (count < 0 || count >= NW_PIVOT_MAX_RANK)
        return -1;
    if (value.kind == NW_TENSOR)
        return add_elements(call, value, out, count);
    if (nw_is_integer(value)) {
        out[count] = value.as.integer;
        return count + 1;
    }
    if (value.kind != NW_TUPLE && value.kind != NW_LIST)
        return -1;
    uint32_t items = value.kind == NW_TUPLE ? value.as.tuple->count : value.as.list->count;
    for (uint32_t i = 0; i < items; i++)
        count = add_integers(call, value.kind == NW_TUPLE ? value.as.tuple->items[i] : value.as.list->items[i], out, count);
    return count;
}

int nw_pivot_integer_list(const nw_pivot_call *call, uint32_t index, int64_t *out)
{
    const nw_pivot_value *value = &call->arguments[index];
    if (value->kind == NW_PIVOT_VALUE_HOST)
        return add_integers(call, value->host, out, 0);
    int count = value->kind == NW_PIVOT_VALUE_LIST ? 0 : -1;
    for (uint32_t i = 0; count >= 0 && i < value->count; i++)
        count = value->items[i].kind == NW_PIVOT_VALUE_HOST ? add_integers(call, value->items[i].host, out, count) : -1;
    return count;
}

bool nw_pivot_each(const nw_pivot_call *call, uint32_t index, int64_t *out, int count)
{
    int64_t all;
    if (nw_pivot_integer(call, index, &all)) {
        for (int i = 0; i < count; i++)
            out[i] = all;
        return true;
    }
    int64_t list[NW_PIVOT_MAX_RANK];
    int given = nw_pivot_integer_list(call, index, list);
    if (given != count && given != 1)
        return false;
    for (int i = 0; i < count; i++)
        out[i] = list[given == 1 ? 0 : i];
    return true;
}

bool nw_pivot_axis(const nw_pivot_call *call, uint32_t index, int rank, int *axis)
{
    int64_t integer, list[NW_PIVOT_MAX_RANK];
    if (!nw_pivot_integer(call, index, &integer)) {
        if (nw_pivot_integer_list(call, index, list) != 1)
            return false;
        integer = list[0];
    }
    if (integer < 0)
        integer += rank;
    if (integer < 0 || (integer >= rank && !(rank == 0 && integer == 0)))
        return false;
    *axis = (int)integer;
    return true;
}

bool nw_pivot_axes(const nw_pivot_call *call, uint32_t index, int rank, bool *axes)
{
    int64_t list[NW_PIVOT_MAX_RANK];
    if (rank < 0)
        return false;
    bool all = !nw_pivot_given(call, index);
    int count = all ? 0 : nw_pivot_integer_list(call, index, list);
    for (int i = 0; i < rank; i++)
        axes[i] = all;
    for (int i = 0; i < count; i++) {
        int64_t axis = list[i] < 0 ? list[i] + rank : list[i];
        if (axis < 0 || axis >= rank)
            return rank == 0 && (axis == 0 || axis == -1);
        axes[axis] = true;
    }
    return count >= 0;
}

/* ---- layouts ---- */

/* Position of a label in "n c ...]" as an axis of a tensor of that rank; first and count of axes for `...`. */
static int canonical_axis(nw_pivot *pivot, const char *canonical, nw_symbol label, int rank, int own_count)
{
    const char *text = label.v ? nw_symbol_bytes(pivot->eval->symbols, label) : "...";
    int axis = 0;
    for (const char *at = canonical; *at && *at != ']';) {
        size_t length = strcspn(at, " ]");
        if (strlen(text) == length && memcmp(at, text, length) == 0)
            return axis;
        axis += length == 3 && memcmp(at, "...", 3) == 0 ? rank - own_count + 1 : 1;
        at += length + (at[length] == ' ');
    }
    return -1;
}

/* permutation[canonical axis] = own axis. */
static bool layout(nw_pivot *pivot, const nw_pivot_value *value, const char *canonical, int rank, int64_t *permutation, bool *moves)
{
    int own = 0, own_count = (int)value->label_count, seen = 0;
    *moves = false;
    for (uint32_t i = 0; i < value->label_count; i++) {
        int axis = canonical_axis(pivot, canonical, value->labels[i], rank, own_count);
        int width = value->labels[i].v ? 1 : rank - own_count + 1;
        if (axis < 0)
            return false;
        for (int k = 0; k < width; k++, own++, seen++) {
            if (own >= rank || axis + k >= rank)
                return false;
            permutation[axis + k] = own;
            *moves = *moves || axis + k != own;
        }
    }
    return seen == rank;
}

static bool written_as(nw_pivot *pivot, const nw_pivot_value *value, const char *canonical)
{
    const char *at = canonical;
    for (uint32_t i = 0; i < value->label_count; i++) {
        const char *text = value->labels[i].v ? nw_symbol_bytes(pivot->eval->symbols, value->labels[i]) : "...";
        size_t length = strcspn(at, " ]");
        if (length != strlen(text) || memcmp(at, text, length) != 0)
            return false;
        at += length + (at[length] == ' ');
    }
    return *at == ']';
}

uint32_t nw_pivot_in_layout(nw_pivot_call *call, uint32_t node, const nw_pivot_value *value, const char *canonical)
{
    int64_t permutation[NW_PIVOT_MAX_RANK];
    bool moves;
    const nw_pivot_node *n = nw_pivot_at(call->pivot, node);
    if (written_as(call->pivot, value, canonical))
        return node;
    if (n->rank < 0 || !layout(call->pivot, value, canonical, n->rank, permutation, &moves))
        return nw_pivot_opaque(call->pivot, NULL, NW_PIVOT_UNKNOWN_RANK, (nw_dtype)n->dtype, "%s: an operand whose layout is not understood", nw_pivot_operator_name(call->op));
    return moves ? nw_pivot_transpose(call->pivot, node, permutation) : node;
}

/* ---- binding ---- */

typedef struct argument_name {
    const char *text;
    size_t size;
    bool starred;
} argument_name;

/* The argument names in the table, in order. */
static uint32_t list_names(const char *text, argument_name *names, uint32_t count)
{
    while (*text) {
        text += strspn(text, ", ");
        bool starred = *text == '*';
        text += starred;
        size_t size = strcspn(text, ",=[ ");
        if (size)
            names[count++] = (argument_name){text, size, starred};
        text += size;
        if (*text == '[')
            text += strcspn(text, "]") + 1;
        text += strcspn(text, ",");
    }
    return count;
}

/* "dilation=1": the default of the table as a value. */
static nw_pivot_value default_of(nw_pivot *pivot, const char *at)
{
    size_t name = strcspn(at, ",=");
    if (at[name] != '=')
        return (nw_pivot_value){.kind = NW_PIVOT_VALUE_ABSENT, .host = nw_unset()};
    at += name + 1;
    size_t size = strcspn(at, ",");
    if (size == 4 && memcmp(at, "None", 4) == 0)
        return nw_pivot_value_host(nw_none());
    if (size == 4 && memcmp(at, "True", 4) == 0)
        return nw_pivot_value_host(nw_bool(true));
    if (size == 5 && memcmp(at, "False", 5) == 0)
        return nw_pivot_value_host(nw_bool(false));
    if (*at == '\'')
        return nw_pivot_value_host(nw_string_from(pivot->eval, at + 1, size - 2));
    return nw_pivot_value_host(nw_int(*at == '-' ? -(at[1] - '0') : *at - '0'));
}

static int dimensions_of(const nw_pivot_scope *scope)
{
    if (!scope->row)
        return 0;
    nw_text name = nw_symbol_text(scope->pivot->eval->symbols, scope->row->qualified);
    for (uint32_t i = 0; i + 1 < name.size; i++)
        if (name.bytes[i] >= '1' && name.bytes[i] <= '3' && (name.bytes[i + 1] == 'd' || name.bytes[i + 1] == 'D'))
            return name.bytes[i] - '0';
    return 0;
}

static void expect(nw_pivot_call *call, nw_value expected)
{
    call->rank = NW_PIVOT_UNKNOWN_RANK;
    call->dtype = NW_DTYPE_UNKNOWN;
    if (expected.kind != NW_TENSOR)
        return;
    call->dtype = (nw_dtype)expected.as.tensor->dtype;
    if (!expected.as.tensor->shape)
        return;
    for (uint32_t i = 0; i < expected.as.tensor->rank; i++)
        if (!nw_known_integer(nw_pivot_settle(call->pivot, expected.as.tensor->shape[i]), &call->shape[i]))
            return;
    call->rank = expected.as.tensor->rank;
}

/* The result's layout is that of the first operand: the builder works in the operator's own. */
static nw_pivot_value build_in_layout(nw_pivot_call *call)
{
    const char *canonical = call->tensor_count ? canonical_labels(call->op, 0) : NULL;
    const nw_pivot_value *first = &call->arguments[0];
    int64_t permutation[NW_PIVOT_MAX_RANK], back[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK];
    bool moves;
    if (!canonical || !first->labels || written_as(call->pivot, first, canonical))
        return rows[call->op].build(call);
    int rank = nw_pivot_at(call->pivot, value_node(call, first))->rank;
    if (rank < 0 || !layout(call->pivot, first, canonical, rank, permutation, &moves))
        return nw_pivot_refuse(call, "an operand whose layout is not understood");
    if (call->rank == rank) {
        memcpy(shape, call->shape, sizeof shape);
        for (int i = 0; i < rank; i++)
            call->shape[i] = shape[permutation[i]];
    } else {
        call->rank = NW_PIVOT_UNKNOWN_RANK;
    }
    nw_pivot_value result = rows[call->op].build(call);
    nw_pivot_value *own = result.kind == NW_PIVOT_VALUE_LIST && result.count ? &result.items[0] : &result; /* the first of several */
    if (own->kind != NW_PIVOT_VALUE_NODE || nw_pivot_at(call->pivot, own->node)->rank != rank)
        return result;
    for (int i = 0; i < rank; i++)
        back[permutation[i]] = i;
    own->node = nw_pivot_transpose(call->pivot, own->node, back);
    return result;
}

static uint32_t opaque_host(nw_pivot_call *call, nw_value value, int depth)
{
    value = nw_pivot_settle(call->pivot, value);
    if (value.kind == NW_TENSOR) {
        uint32_t node = node_of_host(call, value);
        return nw_pivot_at(call->pivot, node)->op == NW_PIVOT_OPAQUE ? node : 0;
    }
    uint32_t count = depth > 2 ? 0 : value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0, found = 0;
    for (uint32_t i = 0; i < count && !found; i++)
        found = opaque_host(call, value.kind == NW_TUPLE ? value.as.tuple->items[i] : value.as.list->items[i], depth + 1);
    return found;
}

/* The first operand that is not known, 0: there is none. */
static uint32_t opaque_operand(nw_pivot_call *call, const nw_pivot_value *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const nw_pivot_value *value = &values[i];
        uint32_t found = 0;
        if (value->kind == NW_PIVOT_VALUE_NODE)
            found = nw_pivot_at(call->pivot, value->node)->op == NW_PIVOT_OPAQUE ? value->node : 0;
        else if (value->kind == NW_PIVOT_VALUE_LIST)
            found = opaque_operand(call, value->items, value->count);
        else if (value->kind == NW_PIVOT_VALUE_HOST)
            found = opaque_host(call, value->host, 0);
        if (found)
            return found;
    }
    return 0;
}

nw_pivot_value nw_pivot_build(nw_pivot_call *call)
{
    nw_pivot_value result = build_in_layout(call);
    uint32_t reason = result.kind == NW_PIVOT_VALUE_NODE && nw_pivot_at(call->pivot, result.node)->op == NW_PIVOT_OPAQUE ? opaque_operand(call, call->arguments, call->argument_count) : 0;
    return reason ? nw_pivot_value_node(reason) : result; /* the reason that comes first */
}

nw_pivot_value nw_pivot_call_bound(nw_pivot_scope *scope, nw_pivot_operator op, const nw_pivot_value *positional, uint32_t positional_count,
                                   const nw_symbol *keywords, const nw_pivot_value *named, uint32_t named_count)
{
    nw_pivot_call call = {.pivot = scope->pivot, .scope = scope, .op = op, .dimensions = dimensions_of(scope)};
    argument_name names[NW_PIVOT_MAX_ARGUMENTS];
    expect(&call, scope->expected);
    call.tensor_count = list_names(rows[op].tensors, names, 0);
    call.argument_count = list_names(rows[op].attributes, names, call.tensor_count);
    for (uint32_t i = 0; i < call.argument_count; i++) {
        char *name = nw_arena_zero(&scope->pivot->eval->arena, names[i].size + 1);
        call.names[i] = memcpy(name, names[i].text, names[i].size);
        call.arguments[i] = i < call.tensor_count ? (nw_pivot_value){.host = nw_unset()} : default_of(scope->pivot, names[i].text);
    }
    for (uint32_t i = 0, at = 0; i < positional_count; i++, at++) {
        if (at >= call.argument_count)
            return nw_pivot_refuse(&call, "too many arguments");
        if (!names[at].starred) {
            call.arguments[at] = positional[i];
            continue;
        }
        nw_pivot_value rest = {.kind = NW_PIVOT_VALUE_LIST, .count = positional_count - i, .host = nw_unset()};
        rest.items = nw_arena_copy(&scope->pivot->eval->arena, positional + i, rest.count * sizeof *rest.items);
        call.arguments[at] = rest;
        break;
    }
    for (uint32_t i = 0; i < named_count; i++) {
        const char *name = nw_symbol_bytes(scope->pivot->eval->symbols, keywords[i]);
        uint32_t at = 0;
        while (at < call.argument_count && strcmp(call.names[at], name) != 0)
            at++;
        if (at == call.argument_count)
            return nw_pivot_refuse(&call, "no argument `%s`", name);
        call.arguments[at] = named[i];
    }
    return nw_pivot_build(&call);
}
