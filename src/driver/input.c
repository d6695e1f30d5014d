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
    for (uint32_t i = 0; i < function->code->parameter_count; i++)
        if (function->code->parameters[i].kind != NW_PARAMETER_KWARGS &&
            strcmp(nw_symbol_bytes(eval->symbols, function->code->parameters[i].name), name) == 0)
            return true;
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

/* Whether the function speaks of an input by its name: then it takes a dictionary. */
static bool speaks_of(const nw_eval *eval, const nw_function *function, const char *name)
{
    const nw_ast *ast = function ? function->module->ast : NULL;
    const nw_node *own = ast ? &ast->nodes[function->code->node] : NULL;
    for (uint32_t i = 1; ast && i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_STRING && ast->nodes[i].start >= own->start && ast->nodes[i].end <= own->end &&
            strcmp(nw_symbol_bytes(eval->symbols, (nw_symbol){ast->nodes[i].a}), name) == 0)
            return true;
    return false;
}

/* Inputs named by keys or positions make one list or dictionary, as *form says; where it says nothing yet, the function is asked for the keys. */
static nw_value collect_inside(nw_eval *eval, const nw_function *function, const nw_input *const *inside, uint32_t count, nw_inputs_form *form)
{
    bool keys = *form == NW_INPUTS_KEYED;
    for (uint32_t i = 0; i < count && *form == NW_INPUTS_APART; i++)
        keys |= inside[i]->name && !isdigit((unsigned char)*inside[i]->name) && (!function || speaks_of(eval, function, inside[i]->name));
    nw_value made = keys ? nw_dict_new(eval) : nw_list_new(eval, NULL, 0);
    for (uint32_t i = 0; i < count; i++)
        if (keys && inside[i]->name)
            nw_dict_set(eval, made.as.dict, nw_string_of(eval, inside[i]->name), inside[i]->value);
        else
            nw_list_append(eval, made.as.list, inside[i]->value);
    *form = keys ? NW_INPUTS_KEYED : NW_INPUTS_LISTED;
    return made;
}

/* The input of a graph's own name, or the next one in order. */
static nw_value graph_input(const nw_input *inputs, uint32_t count, const char *name, uint32_t position)
{
    for (uint32_t i = 0; i < count; i++)
        if (inputs[i].is_tensor && inputs[i].name && strcmp(inputs[i].name, name) == 0)
            return inputs[i].value;
    for (uint32_t i = 0, at = 0; i < count; i++)
        if (inputs[i].is_tensor && at++ == position)
            return inputs[i].value;
    return nw_none();
}

static nw_value graph_structure(nw_eval *eval, nw_value structure, const nw_sequence *names, const nw_input *inputs, uint32_t count)
{
    if (structure.kind == NW_DICT) {
        nw_value made = nw_dict_new(eval);
        uint32_t position = 0, at = 0;
        for (nw_dict_entry *entry; (entry = nw_dict_next(structure.as.dict, &position)); at++)
            nw_dict_set(eval, made.as.dict, entry->key,
                        graph_input(inputs, count, entry->key.kind == NW_STRING ? nw_symbol_bytes(eval->symbols, entry->key.as.symbol) : "", at));
        return made;
    }
    nw_value list = nw_list_new(eval, NULL, 0);
    for (uint32_t i = 0; i < names->count; i++)
        nw_list_append(eval, list.as.list, graph_input(inputs, count, names->items[i].kind == NW_STRING ? nw_symbol_bytes(eval->symbols, names->items[i].as.symbol) : "", i));
    return structure.kind == NW_LIST || structure.kind == NW_TUPLE ? list : list.as.list->count ? list.as.list->items[0] : nw_none();
}

/* Layers of Keras take their mode with the call: what they do without it is not always evaluation. */
static void in_evaluation(nw_eval *eval, nw_value callee, nw_arguments *arguments)
{
    nw_symbol training = nw_symbol_of(eval->symbols, "training");
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v == training.v)
            return;
    if (callee.kind != NW_INSTANCE || !callee.as.instance->class_->is_keras)
        return;
    arguments->names[arguments->named_count] = training;
    arguments->named[arguments->named_count++] = nw_bool(false);
}

/* The inputs of a functional model have its own structure. */
static nw_arguments graph_arguments(nw_eval *eval, nw_value callee, const nw_input *inputs, uint32_t count)
{
    nw_arguments arguments = {.positional = nw_arena_alloc(&eval->arena, sizeof(nw_value)), .positional_count = 1,
                              .names = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_symbol)),
                              .named = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_value))};
    const nw_value *structure = nw_dict_find_name(callee.as.instance->attributes, nw_symbol_of(eval->symbols, "_inputs_struct"));
    for (uint32_t i = 0; i < count; i++)
        if (inputs[i].name && !inputs[i].is_tensor) {
            arguments.names[arguments.named_count] = nw_symbol_of(eval->symbols, inputs[i].name);
            arguments.named[arguments.named_count++] = inputs[i].value;
        }
    arguments.positional[0] = graph_structure(eval, structure ? nw_settle(eval, *structure) : nw_none(), graph_inputs(eval, callee), inputs, count);
    in_evaluation(eval, callee, &arguments);
    return arguments;
}

typedef struct parameter_forms {
    uint32_t plain;
    bool starred, keywords;
} parameter_forms;

static parameter_forms forms_of(const nw_eval *eval, const nw_function *function, bool has_self)
{
    parameter_forms forms = {0};
    for (uint32_t i = has_self; function && i < function->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &function->code->parameters[i];
        forms.plain += parameter->kind <= NW_PARAMETER_NORMAL && strcmp(nw_symbol_bytes(eval->symbols, parameter->name), "training") != 0;
        forms.starred |= parameter->kind == NW_PARAMETER_ARGS;
        forms.keywords |= parameter->kind == NW_PARAMETER_KWARGS;
    }
    return forms;
}

/* Whether tensors without names are more than a layer's `call` has parameters for: layers of Keras take them as one list then. */
static bool share_a_parameter(const nw_input *inputs, uint32_t count, const parameter_forms *forms, bool together)
{
    uint32_t tensors = 0;
    for (uint32_t i = 0; i < count; i++)
        tensors += inputs[i].is_tensor && !inputs[i].name;
    return tensors > 1 && (together || (tensors > forms->plain && !forms->starred));
}

/* A tensor whose name is none of the function's: by position where there is room for all, otherwise inside of its first parameter. */
nw_arguments nw_input_arguments(nw_eval *eval, nw_value callee, const nw_input *inputs, uint32_t count, nw_inputs_form *form)
{
    if (graph_inputs(eval, callee))
        return graph_arguments(eval, callee, inputs, count);
    const nw_function *function = callee_function(eval, callee);
    parameter_forms forms = forms_of(eval, function, callee.kind == NW_INSTANCE || callee.kind == NW_METHOD);
    const nw_input **inside = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *inside);
    nw_arguments arguments = {.positional = nw_arena_alloc(&eval->arena, (count + 2) * sizeof(nw_value)),
                              .names = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_symbol)),
                              .named = nw_arena_alloc(&eval->arena, (count + 1) * sizeof(nw_value))};
    bool is_keras = callee.kind == NW_INSTANCE && callee.as.instance->class_->is_keras;
    bool any_name = is_keras || (callee.kind == NW_INSTANCE && callee.as.instance->class_->is_catalog); /* the framework's own: nn.Sequential */
    bool together = *form != NW_INPUTS_APART;
    bool shared = (is_keras || together) && function && share_a_parameter(inputs, count, &forms, together);
    uint32_t inside_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool digit = inputs[i].name && isdigit((unsigned char)*inputs[i].name);
        bool room = inputs[i].is_tensor && !digit && function && !together && (forms.starred || (any_name && forms.plain >= count));
        bool by_name = inputs[i].name && (is_parameter(eval, function, inputs[i].name) || (forms.keywords && !room && !digit && !(together && inputs[i].is_tensor)));
        if (by_name) {
            arguments.names[arguments.named_count] = nw_symbol_of(eval->symbols, inputs[i].name);
            arguments.named[arguments.named_count++] = inputs[i].value;
        } else if ((!inputs[i].name && !(shared && inputs[i].is_tensor)) || room) {
            arguments.positional[arguments.positional_count++] = inputs[i].value;
        } else {
            inside[inside_count++] = &inputs[i];
        }
    }
    if (!inside_count)
        *form = NW_INPUTS_APART;
    if (inside_count) {
        memmove(arguments.positional + 1, arguments.positional, arguments.positional_count * sizeof(nw_value));
        arguments.positional[0] = collect_inside(eval, function, inside, inside_count, form);
        arguments.positional_count++;
    }
    in_evaluation(eval, callee, &arguments);
    return arguments;
}
