/* SPEC of --input, and the arguments that inputs make. */
#include "driver/entry.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_name(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (!(isalnum((unsigned char)text[i]) || text[i] == '_'))
            return false;
    return size > 0;
}

static nw_dtype read_dtype(const char *text, size_t size)
{
    static const struct { const char *name; nw_dtype dtype; } names[] = {
        {"f32", NW_DTYPE_FLOAT32}, {"f64", NW_DTYPE_FLOAT64}, {"f16", NW_DTYPE_FLOAT16}, {"bf16", NW_DTYPE_BFLOAT16},
        {"i32", NW_DTYPE_INT32}, {"i64", NW_DTYPE_INT64}, {"bool", NW_DTYPE_BOOL},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == size && memcmp(names[i].name, text, size) == 0)
            return names[i].dtype;
    return NW_DTYPE_UNKNOWN;
}

static nw_value unknown_size(nw_eval *eval, const char *name, uint32_t index)
{
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "%s.shape[%u]", name, index);
    nw_value size = nw_symbolic(eval, NW_TYPE_INT, nw_symbol_intern(eval->symbols, text.bytes, text.size));
    size.as.opaque->minimum = 1; /* an empty batch is not what people mean by an unknown size */
    nw_buffer_release(&text);
    return size;
}

enum { MAX_RANK = 32 };

/* "2,3,?]": false when it is no list of sizes; *end is set behind the bracket. */
static bool read_sizes(nw_eval *eval, const char *name, const char *at, nw_value *shape, uint32_t *rank, const char **end)
{
    *rank = 0;
    while (*at == ' ')
        at++;
    while (*at != ']') {
        if (*rank == MAX_RANK)
            return false;
        if (*at == '?') {
            shape[*rank] = unknown_size(eval, name, *rank);
            at++;
        } else {
            char *after;
            errno = 0;
            long long size = strtoll(at, &after, 10);
            if (after == at || !isdigit((unsigned char)*at) || errno == ERANGE)
                return false;
            shape[*rank] = nw_int(size);
            at = after;
        }
        (*rank)++;
        while (*at == ' ')
            at++;
        if (*at == ',')
            at++;
        else if (*at != ']')
            return false;
        while (*at == ' ')
            at++;
    }
    *end = at + 1;
    return true;
}

/* "{0..9}" or nothing. The contents are unknown either way; the range says which values they may have. */
static bool read_range(const char *at)
{
    if (*at == 0)
        return true;
    long long low, high;
    char *after;
    if (*at != '{')
        return false;
    low = strtoll(at + 1, &after, 10);
    if (after == at + 1 || strncmp(after, "..", 2) != 0)
        return false;
    at = after + 2;
    high = strtoll(at, &after, 10);
    return after != at && strcmp(after, "}") == 0 && low <= high;
}

static nw_value make_tensor(nw_eval *eval, const char *name, const nw_value *shape, uint32_t rank, nw_dtype dtype)
{
    nw_value tensor = nw_tensor_new(eval, shape, rank, true, dtype);
    tensor.as.tensor->node = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_INPUT, .name = nw_symbol_of(eval->symbols, name), .result = tensor});
    return tensor;
}

bool nw_input_parse(nw_eval *eval, nw_module *module, const char *specification, const char *usual_name, nw_input *input, const char **problem)
{
    *input = (nw_input){0};
    const char *rest = specification, *equals = strchr(specification, '=');
    if (equals && is_name(specification, (size_t)(equals - specification))) {
        char *name = nw_arena_copy(&eval->arena, specification, (size_t)(equals - specification) + 1);
        name[equals - specification] = 0;
        input->name = name;
        rest = equals + 1;
    }
    const char *bracket = strchr(rest, '[');
    nw_dtype dtype = bracket ? read_dtype(rest, (size_t)(bracket - rest)) : NW_DTYPE_UNKNOWN;
    if (dtype != NW_DTYPE_UNKNOWN) {
        nw_value shape[MAX_RANK];
        uint32_t rank;
        const char *end;
        const char *name = input->name ? input->name : usual_name;
        if (!read_sizes(eval, name, bracket + 1, shape, &rank, &end) || !read_range(end)) {
            *problem = "sizes are numbers below 2^63 or ?, and a range is {low..high}";
            return false;
        }
        input->value = make_tensor(eval, name, shape, rank, dtype);
        input->is_tensor = true;
        return true;
    }
    if (!input->name) {
        *problem = "it starts with none of f32, f64, f16, bf16, i32, i64, bool, and is no NAME=CONSTANT";
        return false;
    }
    input->value = nw_entry_evaluate(eval, module, rest);
    *problem = "its constant cannot be evaluated";
    return input->value.kind != NW_ERROR;
}

/* ---- the call ---- */

static uint32_t called_method(const nw_class *class_)
{
    return class_->is_keras ? NW_NAME_CALL : class_->is_module ? NW_NAME_FORWARD : NW_NAME_DUNDER_CALL;
}

/* The function behind forward or a plain callable, for its parameters; NULL when it is not known. */
static const nw_function *callee_function(nw_eval *eval, nw_value callee)
{
    if (callee.kind == NW_INSTANCE) {
        callee = nw_get_attribute(eval, callee, (nw_symbol){called_method(callee.as.instance->class_)});
        if (callee.kind == NW_ERROR)
            nw_exception_clear(eval);
    }
    for (int i = 0; i < 10; i++) {
        if (callee.kind == NW_METHOD)
            callee = callee.as.method->function;
        const nw_value *wrapped = callee.kind == NW_FUNCTION && callee.as.function->attributes
                                      ? nw_dict_find_name(callee.as.function->attributes, (nw_symbol){NW_NAME_DUNDER_WRAPPED}) : NULL;
        if (!wrapped)
            break;
        callee = *wrapped;
    }
    return callee.kind == NW_FUNCTION ? callee.as.function : NULL;
}

static bool is_parameter(const nw_eval *eval, const nw_function *function, const char *name)
{
    if (!function)
        return true;
    for (uint32_t i = 0; i < function->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &function->code->parameters[i];
        if (parameter->kind == NW_PARAMETER_KWARGS ? !isdigit((unsigned char)*name)
                                                   : strcmp(nw_symbol_bytes(eval->symbols, parameter->name), name) == 0)
            return true;
    }
    return false;
}

/* The names of a functional model's inputs; NULL: it is none. */
static const nw_sequence *graph_inputs(nw_eval *eval, nw_value callee)
{
    if (callee.kind != NW_INSTANCE || !callee.as.instance->class_->is_keras)
        return NULL;
    const nw_value *names = nw_dict_find_name(callee.as.instance->attributes, nw_symbol_of(eval->symbols, "input_names"));
    return names && names->kind == NW_LIST ? names->as.list : NULL;
}

nw_symbol nw_input_position_name(nw_eval *eval, nw_value callee, uint32_t position)
{
    const nw_sequence *names = graph_inputs(eval, callee);
    if (names && position < names->count && names->items[position].kind == NW_STRING)
        return names->items[position].as.symbol;
    const nw_function *function = callee_function(eval, callee);
    bool has_self = callee.kind == NW_INSTANCE || callee.kind == NW_METHOD;
    if (function && position + has_self < function->code->parameter_count &&
        function->code->parameters[position + has_self].kind <= NW_PARAMETER_NORMAL)
        return function->code->parameters[position + has_self].name;
    char number[16];
    snprintf(number, sizeof number, "%u", position);
    return nw_symbol_of(eval->symbols, number);
}

/* Inputs named by keys or positions make one list or dictionary. */
static nw_value collect_inside(nw_eval *eval, const nw_input *const *inside, uint32_t count)
{
    bool positions = true;
    for (uint32_t i = 0; i < count; i++)
        positions &= isdigit((unsigned char)*inside[i]->name) != 0;
    nw_value made = positions ? nw_list_new(eval, NULL, 0) : nw_dict_new(eval);
    for (uint32_t i = 0; i < count; i++)
        if (positions)
            nw_list_append(eval, made.as.list, inside[i]->value);
        else
            nw_dict_set(eval, made.as.dict, nw_string_of(eval, inside[i]->name), inside[i]->value);
    return made;
}

/* Several inputs of a functional model are one list, or one dictionary where they have names. */
static nw_arguments graph_arguments(nw_eval *eval, const nw_input *inputs, uint32_t count)
{
    nw_arguments arguments = {.positional = nw_arena_alloc(&eval->arena, sizeof(nw_value)), .positional_count = 1,
                              .names = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_symbol)),
                              .named = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_value))};
    nw_value list = nw_list_new(eval, NULL, 0), dict = nw_dict_new(eval);
    for (uint32_t i = 0; i < count; i++) {
        if (inputs[i].name && !inputs[i].is_tensor) {
            arguments.names[arguments.named_count] = nw_symbol_of(eval->symbols, inputs[i].name);
            arguments.named[arguments.named_count++] = inputs[i].value;
        } else if (inputs[i].name && !isdigit((unsigned char)*inputs[i].name)) {
            nw_dict_set(eval, dict.as.dict, nw_string_of(eval, inputs[i].name), inputs[i].value);
        } else {
            nw_list_append(eval, list.as.list, inputs[i].value);
        }
    }
    arguments.positional[0] = dict.as.dict->live ? dict : list.as.list->count == 1 ? list.as.list->items[0] : list;
    return arguments;
}

nw_arguments nw_input_arguments(nw_eval *eval, nw_value callee, const nw_input *inputs, uint32_t count)
{
    if (graph_inputs(eval, callee))
        return graph_arguments(eval, inputs, count);
    const nw_function *function = callee_function(eval, callee);
    const nw_input **inside = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *inside);
    nw_arguments arguments = {.positional = nw_arena_alloc(&eval->arena, (count + 2) * sizeof(nw_value)),
                              .names = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_symbol)),
                              .named = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_value))};
    uint32_t inside_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (!inputs[i].name) {
            arguments.positional[arguments.positional_count++] = inputs[i].value;
        } else if (is_parameter(eval, function, inputs[i].name)) {
            arguments.names[arguments.named_count] = nw_symbol_of(eval->symbols, inputs[i].name);
            arguments.named[arguments.named_count++] = inputs[i].value;
        } else {
            inside[inside_count++] = &inputs[i];
        }
    }
    if (inside_count) {
        memmove(arguments.positional + 1, arguments.positional, arguments.positional_count * sizeof(nw_value));
        arguments.positional[0] = collect_inside(eval, inside, inside_count);
        arguments.positional_count++;
    }
    return arguments;
}
