#include "eval/keras.h"

#include "eval/builtin.h"
#include "eval/interpret.h"
#include "eval/intrinsic.h"
#include "eval/operator.h"

#include <stdio.h>
#include <string.h>

enum { MAX_NESTING = 6 };

/* ---- whose tensors ---- */

static nw_framework framework_of_name(const char *dotted)
{
    static const struct { const char *name; nw_framework framework; } names[] = {
        {"torch", NW_FRAMEWORK_TORCH}, {"keras", NW_FRAMEWORK_KERAS}, {"tensorflow", NW_FRAMEWORK_KERAS},
    };
    size_t size = strcspn(dotted, ".");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i].name) == size && memcmp(names[i].name, dotted, size) == 0)
            return names[i].framework;
    return NW_FRAMEWORK_NONE;
}

void nw_keras_note_import(nw_eval *eval, nw_symbol module)
{
    if (eval->framework || eval->frame->module->is_catalog)
        return;
    nw_framework framework = framework_of_name(nw_bytes(eval, module));
    if (eval->try_depth == 0)
        eval->framework = (uint8_t)framework;
    else if (!eval->guarded_framework)
        eval->guarded_framework = (uint8_t)framework;
}

bool nw_keras_is_used(const nw_eval *eval)
{
    return (eval->framework ? eval->framework : eval->guarded_framework) == NW_FRAMEWORK_KERAS;
}

static nw_value name_of_module(nw_eval *eval, const char *module, const char *name)
{
    nw_value exception = eval->exception;
    nw_value found = nw_import_module(eval, nw_symbol_of(eval->symbols, module));
    if (found.kind == NW_MODULE)
        found = nw_module_find(eval, found.as.module, nw_symbol_of(eval->symbols, name));
    if (found.kind == NW_ERROR)
        eval->exception = exception;
    return found;
}

nw_class *nw_keras_tensor_class(nw_eval *eval)
{
    nw_value found = name_of_module(eval, "keras.src.tensor", "Tensor");
    return found.kind == NW_CLASS ? found.as.class_ : NULL;
}

void nw_keras_start_afresh(nw_eval *eval)
{
    if (!nw_keras_is_used(eval))
        return;
    nw_value reset = name_of_module(eval, "keras.src.state", "start_afresh");
    if (reset.kind == NW_FUNCTION)
        nw_call(eval, reset, &(nw_arguments){.open_positional = nw_unset(), .open_named = nw_unset()});
}

/* ---- symbolic tensors ---- */

bool nw_keras_is_symbolic_tensor(const nw_eval *eval, nw_value value)
{
    return value.kind == NW_INSTANCE && eval->symbolic_class && nw_is_subclass(value.as.instance->class_, eval->symbolic_class);
}

static bool is_symbolic(const nw_eval *eval, nw_value value, int depth)
{
    switch (value.kind) {
    case NW_INSTANCE:
        return nw_is_subclass(value.as.instance->class_, eval->symbolic_class);
    case NW_TUPLE:
        for (uint32_t i = 0; depth && i < value.as.tuple->count; i++)
            if (is_symbolic(eval, value.as.tuple->items[i], depth - 1))
                return true;
        return false;
    case NW_LIST:
        for (uint32_t i = 0; depth && i < value.as.list->count; i++)
            if (is_symbolic(eval, value.as.list->items[i], depth - 1))
                return true;
        return false;
    case NW_DICT: {
        uint32_t position = 0;
        for (nw_dict_entry *entry; depth && (entry = nw_dict_next(value.as.dict, &position));)
            if (is_symbolic(eval, entry->value, depth - 1))
                return true;
        return false;
    }
    default:
        return false;
    }
}

bool nw_keras_is_symbolic(const nw_eval *eval, const nw_arguments *arguments)
{
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        if (is_symbolic(eval, arguments->positional[i], MAX_NESTING))
            return true;
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (is_symbolic(eval, arguments->named[i], MAX_NESTING))
            return true;
    return false;
}

nw_value nw_keras_symbolic_call(nw_eval *eval, nw_function *function, const nw_arguments *arguments)
{
    nw_value values[3] = {{.kind = NW_FUNCTION, .as.function = function},
                          nw_tuple_new(eval, arguments->positional, arguments->positional_count), nw_dict_new(eval)};
    for (uint32_t i = 0; i < arguments->named_count; i++)
        nw_dict_set_name(eval, values[2].as.dict, arguments->names[i], arguments->named[i]);
    return nw_call_values(eval, eval->symbolic_call, values, 3);
}

/* ---- operators ---- */

nw_value nw_keras_operator(nw_eval *eval, const char *name, const nw_value *operands, uint32_t count)
{
    nw_value function = name_of_module(eval, "keras.src.operators", name);
    if (function.kind != NW_FUNCTION)
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    return nw_call_values(eval, function, operands, count);
}

static const char *operator_name(nw_operator op)
{
    switch (op) {
    case NW_OPERATOR_ADD: return "add";
    case NW_OPERATOR_SUBTRACT: return "subtract";
    case NW_OPERATOR_MULTIPLY: return "multiply";
    case NW_OPERATOR_DIVIDE: return "true_divide";
    case NW_OPERATOR_FLOOR_DIVIDE: return "floor_divide";
    case NW_OPERATOR_MODULO: return "mod";
    case NW_OPERATOR_POWER: return "power";
    case NW_OPERATOR_MATRIX_MULTIPLY: return "matmul";
    case NW_OPERATOR_BIT_AND: return "bitwise_and";
    case NW_OPERATOR_BIT_OR: return "bitwise_or";
    case NW_OPERATOR_BIT_XOR: return "bitwise_xor";
    case NW_OPERATOR_EQUAL: return "equal";
    case NW_OPERATOR_NOT_EQUAL: return "not_equal";
    case NW_OPERATOR_LESS: return "less";
    case NW_OPERATOR_LESS_EQUAL: return "less_equal";
    case NW_OPERATOR_GREATER: return "greater";
    case NW_OPERATOR_GREATER_EQUAL: return "greater_equal";
    case NW_OPERATOR_NEGATE: return "negative";
    case NW_OPERATOR_INVERT: return "invert";
    default: return NULL;
    }
}

static bool may_be_operand(nw_value value)
{
    switch (value.kind) {
    case NW_BOOL: case NW_INT: case NW_FLOAT: case NW_TENSOR: case NW_LIST: case NW_TUPLE: case NW_OPAQUE: case NW_PHI: case NW_INSTANCE:
        return true;
    default:
        return false;
    }
}

/* An object of the program that has the reflected method takes the operator over. */
static bool has_method(nw_eval *eval, nw_value value, const char *method)
{
    return value.kind == NW_INSTANCE && nw_class_find(eval, value.as.instance->class_, nw_symbol_of(eval->symbols, method));
}

nw_value nw_keras_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    static const char *const reflected[] = {
#define NW_OPERATOR(name, text, method, reflected, in_place) reflected,
#include "syntax/operator.def"
#undef NW_OPERATOR
    };
    nw_value operands[2] = {nw_settle(eval, left), nw_settle(eval, right)};
    const char *name = operator_name(op);
    if (!name || !may_be_operand(operands[0]) || !may_be_operand(operands[1]) || has_method(eval, operands[0], "__array_ufunc__"))
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    if (reflected[op] && operands[0].kind == NW_TENSOR && has_method(eval, operands[1], reflected[op]) &&
        !nw_is_subclass(operands[1].as.instance->class_, eval->symbolic_class ? eval->symbolic_class : eval->classes[NW_CLASS_OF_TYPE]) &&
        !operands[1].as.instance->class_->is_catalog)
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    return nw_keras_operator(eval, name, operands, 2);
}

nw_value nw_keras_unary(nw_eval *eval, nw_operator op, nw_value operand)
{
    if (op == NW_OPERATOR_POSITIVE)
        return operand;
    const char *name = operator_name(op);
    return name ? nw_keras_operator(eval, name, &operand, 1) : (nw_value){.kind = NW_NOT_IMPLEMENTED};
}

/* ---- attributes of tensors ---- */

static bool is_variable(const nw_tensor *tensor)
{
    return tensor->is_parameter || tensor->is_buffer;
}

/* While a call is looked at with symbolic inputs, sizes that nobody knows are None to the program. */
static nw_value shape_of(nw_eval *eval, nw_tensor *tensor)
{
    bool of_program = eval->frame && !eval->frame->module->is_catalog;
    if (!tensor->shape)
        return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the rank of a tensor");
    nw_value sizes[NW_MAX_RANK];
    for (uint32_t i = 0; i < tensor->rank; i++)
        sizes[i] = tensor->shape[i].kind == NW_OPAQUE && eval->tracing && of_program ? nw_none() : tensor->shape[i];
    if (is_variable(tensor))
        return nw_tuple_new(eval, sizes, tensor->rank);
    nw_value class_ = name_of_module(eval, "keras.src.tensor", "TensorShape");
    nw_value shape = nw_shape_tuple(eval, sizes, tensor->rank);
    if (class_.kind == NW_CLASS)
        shape.as.tuple->class_ = class_.as.class_;
    return shape;
}

nw_value nw_keras_tensor_attribute(nw_eval *eval, nw_tensor *tensor, nw_symbol name)
{
    if (name.v == NW_NAME_SHAPE)
        return shape_of(eval, tensor);
    if (name.v == NW_NAME_NDIM)
        return tensor->shape ? nw_int(tensor->rank) : nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the rank of a tensor");
    if (name.v == NW_NAME_DTYPE && tensor->dtype == NW_DTYPE_UNKNOWN)
        return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the element type");
    if (name.v == NW_NAME_DTYPE)
        return is_variable(tensor) ? nw_string_of(eval, nw_dtype_name((nw_dtype)tensor->dtype))
                                   : (nw_value){.kind = NW_DTYPE, .as.integer = tensor->dtype};
    nw_value *own = tensor->attributes ? nw_dict_find_name(tensor->attributes, name) : NULL;
    return own ? *own : nw_unset();
}

/* ---- intrinsics ---- */

/* Whether an attribute of that value makes something part of a layer's state. */
static bool may_be_state(nw_value value)
{
    switch (value.kind) {
    case NW_TENSOR:
        return is_variable(value.as.tensor);
    case NW_LIST: case NW_TUPLE: case NW_DICT: case NW_SET: case NW_PHI:
        return true;
    case NW_INSTANCE: /* a tuple of the program's own class, too */
        return value.as.instance->class_->is_keras || value.as.instance->class_->is_catalog || value.as.instance->payload.kind == NW_TUPLE;
    default:
        return false;
    }
}

/* Before an attribute is set, TensorFlow's layers look whether it is there with that value: a __getattr__ of the program's runs. */
static bool look_first(nw_eval *eval, nw_value layer, nw_symbol name)
{
    nw_value *hook = nw_class_find(eval, layer.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_GETATTR});
    if (!hook || hook->kind != NW_FUNCTION || hook->as.function->module->is_catalog || nw_get_attribute(eval, layer, name).kind != NW_ERROR)
        return true;
    if (eval->stopped || !nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR))
        return false;
    nw_exception_clear(eval);
    return true;
}

static nw_value call_layer_setattr(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    if (!nw_intrinsic_bind(eval, "layer_setattr", "self, name, value", 3, 3, arguments, values))
        return nw_error();
    nw_value layer = nw_settle(eval, values[0]);
    if (layer.kind != NW_INSTANCE || values[1].kind != NW_STRING)
        return nw_none();
    nw_value value = nw_settle(eval, values[2]);
    if (may_be_state(value)) {
        nw_value tracked = nw_call_method(eval, layer, nw_symbol_of(eval->symbols, "_nw_track"), &value, 1);
        if (tracked.kind == NW_ERROR)
            return tracked;
        value = tracked;
    }
    return look_first(eval, layer, values[1].as.symbol) && nw_set_attribute_plain(eval, layer, values[1].as.symbol, value) ? nw_none() : nw_error();
}

static bool read_call(nw_eval *eval, const nw_value *values, nw_arguments *out)
{
    nw_value *items;
    uint32_t count;
    if (nw_collect(eval, values[0], &items, &count) != NW_YES || values[1].kind != NW_DICT)
        return false;
    const nw_dict *named = values[1].as.dict;
    *out = (nw_arguments){.positional = items, .positional_count = count,
                          .names = nw_arena_alloc(&eval->arena, (named->live + 1) * sizeof *out->names),
                          .named = nw_arena_alloc(&eval->arena, (named->live + 1) * sizeof *out->named)};
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(named, &position));) {
        out->names[out->named_count] = entry->key.as.symbol;
        out->named[out->named_count++] = entry->value;
    }
    return true;
}

/* layer.call(*args, **kwargs) as one step of the network: a layer of the catalog is one fact, one of the program has facts below it. */
static nw_value call_layer_run(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    nw_arguments given;
    if (!nw_intrinsic_bind(eval, "layer_run", "self, args, kwargs", 3, 3, arguments, values))
        return nw_error();
    nw_value layer = nw_settle(eval, values[0]);
    if (layer.kind != NW_INSTANCE || !read_call(eval, values + 1, &given))
        return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "a layer");
    nw_value method = nw_get_attribute(eval, layer, (nw_symbol){NW_NAME_CALL});
    if (method.kind == NW_ERROR)
        return method;
    nw_class *class_ = layer.as.instance->class_;
    bool of_catalog = method.kind == NW_METHOD && method.as.method->function.kind == NW_FUNCTION &&
                      method.as.method->function.as.function->module->is_catalog;
    if (of_catalog && class_->row && class_->row->is_layer) {
        nw_arguments with = nw_arguments_with_self(eval, layer, &given);
        return nw_operator_call(eval, method.as.method->function.as.function, &with);
    }
    uint32_t outer = eval->fact_parent;
    uint32_t fact = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_MODULE, .name = class_->qualified, .callee = layer,
                                                .arguments = given.positional, .argument_count = given.positional_count});
    eval->fact_parent = fact;
    nw_value result = nw_call(eval, method, &given);
    eval->facts[fact].result = result;
    eval->fact_parent = outer;
    return result;
}

static nw_value call_symbolic(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "symbolic", "class_, call", 2, 2, arguments, values))
        return nw_error();
    if (values[0].kind != NW_CLASS)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "a class is expected");
    eval->symbolic_class = values[0].as.class_;
    eval->symbolic_call = values[1];
    return nw_none();
}

/* function(*args, **kwargs) with tracing on; what it records is no step of the network. */
static nw_value call_trace(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    nw_arguments given;
    if (!nw_intrinsic_bind(eval, "trace", "function, args, kwargs", 3, 3, arguments, values))
        return nw_error();
    if (!read_call(eval, values + 1, &given))
        return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "a traced call");
    uint32_t outer = eval->fact_parent;
    uint32_t fact = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_OPERATOR, .name = nw_symbol_of(eval->symbols, "keras.trace")});
    eval->facts[fact].in_catalog = true;
    eval->fact_parent = fact;
    eval->tracing++;
    nw_value result = nw_call(eval, values[0], &given);
    eval->tracing--;
    eval->fact_parent = outer;
    return result;
}

/* A weight: a tensor with the mark of a parameter or, if it is not trained, of a buffer. */
static nw_value call_variable(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[4], shape[NW_MAX_RANK];
    uint32_t rank;
    bool known;
    if (!nw_intrinsic_bind(eval, "variable", "class_, shape, dtype, trainable", 4, 4, arguments, values) ||
        !nw_shape_read(eval, values[1], shape, &rank, &known))
        return nw_error();
    nw_dtype dtype = values[2].kind == NW_STRING ? nw_dtype_of_name(nw_bytes(eval, values[2].as.symbol)) : NW_DTYPE_UNKNOWN;
    nw_tensor *tensor = nw_tensor_new(eval, shape, rank, known, dtype).as.tensor;
    bool trained = values[3].kind == NW_BOOL && values[3].as.integer;
    tensor->is_parameter = tensor->requires_grad = trained;
    tensor->is_buffer = tensor->persistent = !trained;
    if (values[0].kind == NW_CLASS)
        tensor->class_ = values[0].as.class_;
    return nw_tensor_value(tensor);
}

/* A size that nobody knows. */
static nw_value call_size(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    (void)arguments;
    char text[40];
    snprintf(text, sizeof text, "size %u", ++eval->next_serial);
    nw_value size = nw_symbolic(eval, NW_TYPE_INT, nw_symbol_of(eval->symbols, text));
    size.as.opaque->minimum = 1;
    return size;
}

/* Whether a function is one of the catalog. */
static nw_value call_is_catalog(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value;
    if (!nw_intrinsic_bind(eval, "is_catalog", "function", 1, 1, arguments, &value))
        return nw_error();
    if (value.kind == NW_METHOD)
        value = value.as.method->function;
    return nw_bool(value.kind == NW_FUNCTION && value.as.function->module->is_catalog);
}

/* What a layer's row computes of its activation: one of the program's own is called on the layer's result. */
static nw_value call_activated(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "activated", "function, x", 2, 2, arguments, values))
        return nw_error();
    bool is_own = !nw_operator_has_meaning(nw_settle(eval, values[0]));
    return is_own || values[0].kind == NW_NONE ? values[1] : nw_call_values(eval, values[0], &values[1], 1);
}

/* Whether a tensor has the mark of a parameter. */
static nw_value call_is_marked(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value;
    if (!nw_intrinsic_bind(eval, "is_marked", "x", 1, 1, arguments, &value))
        return nw_error();
    return nw_bool(value.kind == NW_TENSOR && value.as.tensor->is_parameter);
}

static nw_value call_is_bare(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value;
    if (!nw_intrinsic_bind(eval, "is_bare", "items", 1, 1, arguments, &value))
        return nw_error();
    const nw_value *items = value.kind == NW_LIST ? value.as.list->items : value.kind == NW_TUPLE ? value.as.tuple->items : NULL;
    uint32_t count = value.kind == NW_LIST ? value.as.list->count : value.kind == NW_TUPLE ? value.as.tuple->count : 0;
    bool is_known = value.kind == NW_TUPLE || (value.kind == NW_LIST && !value.as.list->repeated);
    for (uint32_t i = 0; is_known && i < count; i++)
        is_known = nw_is_bare(items[i]);
    return nw_bool(is_known);
}

static void add_alternatives(nw_eval *eval, nw_sequence *list, nw_value value)
{
    value = nw_settle(eval, value);
    if (value.kind == NW_PHI) {
        add_alternatives(eval, list, value.as.phi->then);
        add_alternatives(eval, list, value.as.phi->otherwise);
    } else {
        nw_list_append(eval, list, value);
    }
}

static nw_value call_alternatives(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value;
    if (!nw_intrinsic_bind(eval, "alternatives", "x", 1, 1, arguments, &value))
        return nw_error();
    nw_value list = nw_list_new(eval, NULL, 0);
    add_alternatives(eval, list.as.list, value);
    return list;
}

static nw_value call_has(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "has", "items, value", 2, 2, arguments, values))
        return nw_error();
    nw_value list = nw_settle(eval, values[0]);
    if (list.kind != NW_LIST || list.as.list->repeated)
        return nw_none();
    for (uint32_t i = 0; i < list.as.list->count; i++) {
        nw_answer answer = nw_identical(eval, nw_settle(eval, list.as.list->items[i]), values[1]);
        if (answer != NW_NO)
            return answer == NW_YES ? nw_bool(true) : nw_none();
    }
    return nw_bool(false);
}

/* Those of a dictionary of attributes that are neither usual nor private to the catalog or the language. */
static void add_other_names(nw_eval *eval, nw_dict *names, const nw_dict *attributes, const nw_dict *usual)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(attributes, &position));) {
        const char *name = entry->key.kind == NW_STRING ? nw_symbol_bytes(eval->symbols, entry->key.as.symbol) : "__";
        if (strncmp(name, "__", 2) != 0 && strncmp(name, "_nw_", 4) != 0 && !nw_dict_find(usual, entry->key))
            nw_dict_set(eval, names, entry->key, nw_unset());
    }
}

static nw_value call_other_names(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "other_names", "x, usual", 2, 2, arguments, values))
        return nw_error();
    nw_value object = nw_settle(eval, values[0]);
    if (object.kind != NW_INSTANCE || values[1].kind != NW_SET || nw_special(eval, object, nw_symbol_of(eval->symbols, "__dir__")))
        return nw_none();
    nw_value names = nw_set_new(eval);
    const nw_class *class_ = object.as.instance->class_;
    add_other_names(eval, names.as.dict, object.as.instance->attributes, values[1].as.dict);
    for (uint32_t i = 0; i < class_->mro_count; i++)
        add_other_names(eval, names.as.dict, class_->mro[i]->attributes, values[1].as.dict);
    return names;
}

static nw_value call_is_tracing(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    (void)arguments;
    return nw_bool(eval->tracing > 0);
}

void nw_keras_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_intrinsic intrinsics[] = {
        {"layer_setattr", call_layer_setattr}, {"layer_run", call_layer_run}, {"symbolic", call_symbolic}, {"trace", call_trace},
        {"is_tracing", call_is_tracing}, {"is_catalog", call_is_catalog}, {"activated", call_activated}, {"is_marked", call_is_marked}, {"is_bare", call_is_bare}, {"has", call_has}, {"alternatives", call_alternatives}, {"other_names", call_other_names}, {"variable", call_variable}, {"size", call_size},
    };
    nw_intrinsic_define(eval, globals, intrinsics, sizeof intrinsics / sizeof *intrinsics);
}
