#include "eval/tensor.h"

#include "eval/interpret.h"
#include "eval/keras.h"
#include "eval/operator.h"

#include "eval/symbolic.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* ---- classes ---- */

/* The marks derive from the catalog's Tensor, which is made after them. */
static void derive_from(nw_eval *eval, nw_class *class_, nw_class *base)
{
    class_->bases = nw_arena_alloc(&eval->arena, sizeof *class_->bases);
    class_->bases[0] = nw_class_value(base);
    class_->base_count = 1;
    class_->mro_count = base->mro_count + 1;
    class_->mro = nw_arena_alloc(&eval->arena, class_->mro_count * sizeof *class_->mro);
    class_->mro[0] = class_;
    memcpy(class_->mro + 1, base->mro, base->mro_count * sizeof *base->mro);
    class_->is_tensor = true;
}

static void adopt_tensor_class(nw_eval *eval, nw_class *class_)
{
    nw_tensor_state *state = eval->tensor_state;
    eval->tensor_class = class_;
    eval->parameter_class = state->parameter;
    class_->is_tensor = true;
    derive_from(eval, state->parameter, class_);
    derive_from(eval, state->buffer, class_);
    derive_from(eval, state->uninitialized_parameter, state->parameter);
    derive_from(eval, state->uninitialized_buffer, state->buffer);
}

nw_class *nw_tensor_class(nw_eval *eval)
{
    if (eval->tensor_class)
        return eval->tensor_class;
    if (nw_keras_is_used(eval)) {
        nw_class *found = nw_keras_tensor_class(eval);
        if (found && !eval->tensor_class)
            adopt_tensor_class(eval, found);
        return found ? found : eval->classes[NW_CLASS_OF_TENSOR_BASE];
    }
    nw_class *base = eval->classes[NW_CLASS_OF_TENSOR_BASE];
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(eval->modules, &position));) {
        if (entry->value.kind != NW_MODULE || !entry->value.as.module->is_catalog)
            continue;
        nw_value *found = nw_dict_find_name(entry->value.as.module->globals, (nw_symbol){NW_NAME_TENSOR_CLASS});
        if (found && found->kind == NW_CLASS && found->as.class_ != base && nw_is_subclass(found->as.class_, base)) {
            adopt_tensor_class(eval, found->as.class_);
            return eval->tensor_class;
        }
    }
    nw_symbol torch = nw_symbol_of(eval->symbols, "torch");
    const nw_value *known = nw_dict_find_name(eval->modules, torch);
    bool is_found_only = known && known->kind == NW_MODULE && known->as.module->state == NW_MODULE_NEW;
    if (known && !is_found_only) /* being loaded: its class is not there yet */
        return base;
    nw_value exception = eval->exception; /* the input of a program that has not looked at torch yet */
    if (nw_import_module(eval, torch).kind == NW_ERROR)
        eval->exception = exception;
    known = nw_dict_find_name(eval->modules, torch);
    return known && known->kind == NW_MODULE && known->as.module->state == NW_MODULE_NEW ? base : nw_tensor_class(eval);
}

nw_class *nw_tensor_class_like(nw_eval *eval, const nw_tensor *tensor)
{
    nw_class *torch = nw_tensor_class(eval);
    return tensor->class_ && !nw_is_subclass(tensor->class_, torch) ? tensor->class_ : torch;
}

/* ---- making ---- */

nw_value nw_tensor_new(nw_eval *eval, const nw_value *shape, uint32_t rank, bool rank_known, nw_dtype dtype)
{
    nw_tensor *tensor = nw_arena_zero(&eval->arena, sizeof *tensor);
    tensor->class_ = nw_tensor_class(eval);
    tensor->dtype = (uint8_t)dtype;
    tensor->serial = ++eval->next_serial;
    tensor->device = nw_unset();
    if (rank_known && rank <= NW_MAX_RANK) {
        tensor->rank = (uint16_t)rank;
        tensor->shape = nw_arena_alloc(&eval->arena, (rank + 1) * sizeof *shape);
        if (rank)
            memcpy(tensor->shape, shape, rank * sizeof *shape);
        for (uint32_t i = 0; i < rank; i++)
            if (shape[i].kind == NW_OPAQUE)
                shape[i].as.opaque->is_size = true;
    }
    return nw_tensor_value(tensor);
}

nw_tensor *nw_tensor_copy(nw_eval *eval, const nw_tensor *tensor)
{
    nw_tensor *copy = nw_arena_zero(&eval->arena, sizeof *copy);
    copy->shape = tensor->shape;
    copy->rank = tensor->rank;
    copy->dtype = tensor->dtype;
    copy->is_uninitialized = tensor->is_uninitialized;
    copy->device = tensor->device;
    copy->data = (double *)nw_tensor_contents(tensor);
    copy->class_ = nw_tensor_class_like(eval, tensor);
    copy->serial = ++eval->next_serial;
    return copy;
}

void nw_tensor_share(nw_tensor *view, const nw_tensor *tensor)
{
    view->base = tensor->base ? tensor->base : (nw_tensor *)tensor;
    view->seen = view->base->writes;
}

void nw_tensor_forget_contents(nw_tensor *tensor)
{
    nw_tensor *root = tensor->base ? tensor->base : tensor;
    root->writes++;
    tensor->data = NULL;
}

/* ---- text and expressions ---- */

const char *nw_tensor_describe(nw_eval *eval, const nw_tensor *tensor)
{
    if (tensor->is_parameter)
        return "parameter";
    if (tensor->node == 0 || tensor->node >= eval->fact_count)
        return "tensor";
    const nw_fact *fact = &eval->facts[tensor->node];
    const char *name = nw_symbol_bytes(eval->symbols, fact->name), *last = strrchr(name, '.');
    if (!*name)
        return "tensor";
    return last && last[1] ? last + 1 : name;
}

nw_value nw_tensor_expression(nw_eval *eval, const char *name, nw_opaque_type type, const nw_value *operands, uint32_t count,
                              const char *format, ...)
{
    nw_value value = nw_expression_call(eval, name, type, operands, count);
    if (value.kind != NW_OPAQUE || value.as.opaque->origin != NW_ORIGIN_EXPRESSION)
        return value;
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    value.as.opaque->text = nw_symbol_of(eval->symbols, text);
    return value;
}

/* ---- devices ---- */

nw_value nw_device_new(nw_eval *eval, nw_symbol type, nw_value index)
{
    nw_tensor_state *state = eval->tensor_state;
    nw_value pair[2] = {nw_string(type), index.kind == NW_UNSET ? nw_none() : index};
    nw_value key = nw_tuple_new(eval, pair, 2);
    nw_value *known = nw_key_known(key) ? nw_dict_find(state->devices, key) : NULL;
    if (known)
        return *known;
    nw_instance *device = nw_arena_zero(&eval->arena, sizeof *device);
    device->class_ = eval->classes[NW_CLASS_OF_DEVICE];
    device->attributes = nw_dict_make(eval);
    device->guard = NW_TRUE;
    device->serial = ++eval->next_serial;
    device->payload = nw_unset();
    nw_dict_set_name(eval, device->attributes, state->names.type, pair[0]);
    nw_dict_set_name(eval, device->attributes, state->names.index, pair[1]);
    nw_value value = {.kind = NW_INSTANCE, .as.instance = device};
    if (nw_key_known(key))
        nw_dict_set(eval, state->devices, key, value);
    return value;
}

nw_value nw_tensor_device(nw_eval *eval, nw_tensor *tensor)
{
    if (tensor->device.kind != NW_UNSET)
        return tensor->device;
    if (!eval->environment->open)
        return nw_device_new(eval, nw_symbol_of(eval->symbols, "cpu"), nw_unset());
    nw_value self = nw_tensor_value(tensor);
    return nw_tensor_expression(eval, "device", NW_TYPE_ANY, &self, 1, "%s.device", nw_tensor_describe(eval, tensor));
}

/* ---- attributes ---- */

static nw_value swapped(nw_eval *eval, nw_tensor *tensor, nw_tensor_operation operation)
{
    nw_value self = nw_tensor_value(tensor);
    uint32_t rank = tensor->rank;
    if (tensor->shape && operation == NW_OPERATION_MATRIX_TRANSPOSED && rank < 2)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "tensor.mT is only supported on matrices or batches of matrices. Got %u-D tensor.", rank);
    if (tensor->shape && operation == NW_OPERATION_ADJOINT && rank != 0 && rank != 2)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "tensor.H is only supported on matrices (2-D tensors). Got %u-D tensor.", rank);
    nw_value shape[NW_MAX_RANK];
    for (uint32_t i = 0; i < rank; i++) {
        bool turned = operation != NW_OPERATION_MATRIX_TRANSPOSED || i + 2 >= rank;
        uint32_t from = !turned ? i : operation == NW_OPERATION_MATRIX_TRANSPOSED ? (i + 2 == rank ? rank - 1 : rank - 2) : rank - 1 - i;
        shape[i] = tensor->shape[from];
    }
    nw_value result = nw_tensor_new(eval, shape, rank, tensor->shape != NULL, (nw_dtype)tensor->dtype);
    result.as.tensor->class_ = nw_tensor_class_like(eval, tensor);
    result.as.tensor->device = tensor->device;
    nw_tensor_share(result.as.tensor, tensor);
    nw_tensor_record(eval, operation, &self, 1, result);
    return result;
}

static nw_value complex_part(nw_eval *eval, nw_tensor *tensor, nw_tensor_operation operation)
{
    nw_value self = nw_tensor_value(tensor);
    if (operation == NW_OPERATION_IMAG && tensor->dtype != NW_DTYPE_UNKNOWN && nw_dtype_category((nw_dtype)tensor->dtype) != 3)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "imag is not implemented for tensors with non-complex dtypes.");
    nw_tensor *part = nw_tensor_copy(eval, tensor);
    part->dtype = (uint8_t)nw_dtype_real((nw_dtype)tensor->dtype);
    nw_tensor_share(part, tensor);
    nw_tensor_record(eval, operation, &self, 1, nw_tensor_value(part));
    return nw_tensor_value(part);
}

static nw_value data_of(nw_eval *eval, nw_tensor *tensor)
{
    nw_value self = nw_tensor_value(tensor);
    nw_tensor *copy = nw_tensor_copy(eval, tensor);
    nw_tensor_share(copy, tensor);
    nw_tensor_record(eval, NW_OPERATION_DATA, &self, 1, nw_tensor_value(copy));
    return nw_tensor_value(copy);
}

static nw_value shape_of(nw_eval *eval, nw_tensor *tensor)
{
    if (tensor->is_uninitialized)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "Can't access the shape of an uninitialized parameter or buffer.");
    if (tensor->shape)
        return nw_shape_tuple(eval, tensor->shape, tensor->rank);
    nw_value self = nw_tensor_value(tensor);
    return nw_tensor_expression(eval, "shape", NW_TYPE_TUPLE, &self, 1, "%s.shape", nw_tensor_describe(eval, tensor));
}

static nw_value rank_of(nw_eval *eval, nw_tensor *tensor)
{
    if (tensor->is_uninitialized)
        return shape_of(eval, tensor);
    if (tensor->shape)
        return nw_int(tensor->rank);
    nw_value self = nw_tensor_value(tensor);
    nw_value rank = nw_tensor_expression(eval, "ndim", NW_TYPE_INT, &self, 1, "%s.ndim", nw_tensor_describe(eval, tensor));
    if (rank.kind == NW_OPAQUE)
        rank.as.opaque->minimum = 0;
    return rank;
}

static nw_value dtype_of(nw_eval *eval, nw_tensor *tensor)
{
    if (tensor->dtype != NW_DTYPE_UNKNOWN)
        return (nw_value){.kind = NW_DTYPE, .as.integer = tensor->dtype};
    nw_value self = nw_tensor_value(tensor);
    return nw_tensor_expression(eval, "dtype", NW_TYPE_ANY, &self, 1, "%s.dtype", nw_tensor_describe(eval, tensor));
}

static nw_value is_cuda(nw_eval *eval, nw_tensor *tensor)
{
    nw_value device = nw_tensor_device(eval, tensor);
    if (device.kind != NW_INSTANCE)
        return nw_lost(eval, NW_DIAG_HOST_VALUE, "the device of a tensor");
    nw_value *type = nw_dict_find_name(device.as.instance->attributes, eval->tensor_state->names.type);
    return nw_bool(type && type->kind == NW_STRING && strcmp(nw_symbol_bytes(eval->symbols, type->as.symbol), "cuda") == 0);
}

static nw_value rare_attribute(nw_eval *eval, nw_tensor *tensor, nw_symbol name)
{
    const nw_tensor_names *names = &eval->tensor_state->names;
    if (name.v == names->itemsize.v)
        return tensor->dtype ? nw_int(nw_dtype_size((nw_dtype)tensor->dtype)) : nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the element type");
    if (name.v == names->is_leaf.v)
        return nw_bool(tensor->node == 0);
    if (name.v == names->names.v)
        return nw_tuple_new(eval, NULL, 0);
    if (name.v == names->persistent.v && tensor->is_buffer)
        return nw_bool(tensor->persistent);
    nw_value *own = tensor->attributes ? nw_dict_find_name(tensor->attributes, name) : NULL;
    return own ? *own : nw_unset();
}

nw_value nw_tensor_attribute(nw_eval *eval, nw_tensor *tensor, nw_symbol name)
{
    if (nw_keras_is_used(eval))
        return nw_keras_tensor_attribute(eval, tensor, name);
    switch (name.v) {
    case NW_NAME_SHAPE: return shape_of(eval, tensor);
    case NW_NAME_NDIM: return rank_of(eval, tensor);
    case NW_NAME_DTYPE: return dtype_of(eval, tensor);
    case NW_NAME_DEVICE: return nw_tensor_device(eval, tensor);
    case NW_NAME_REQUIRES_GRAD: return nw_bool(tensor->requires_grad);
    case NW_NAME_IS_CUDA: return is_cuda(eval, tensor);
    case NW_NAME_DATA: return data_of(eval, tensor);
    case NW_NAME_T_ATTRIBUTE: return swapped(eval, tensor, NW_OPERATION_TRANSPOSED);
    case NW_NAME_MATRIX_T: return swapped(eval, tensor, NW_OPERATION_MATRIX_TRANSPOSED);
    case NW_NAME_H_ATTRIBUTE: return swapped(eval, tensor, NW_OPERATION_ADJOINT);
    case NW_NAME_REAL: return complex_part(eval, tensor, NW_OPERATION_REAL);
    case NW_NAME_IMAG: return complex_part(eval, tensor, NW_OPERATION_IMAG);
    case NW_NAME_LAYOUT: return nw_string_of(eval, "strided");
    case NW_NAME_GRAD: {
        nw_value *own = tensor->attributes ? nw_dict_find_name(tensor->attributes, name) : NULL;
        return own ? *own : nw_none();
    }
    default: return rare_attribute(eval, tensor, name);
    }
}

static bool set_data(nw_eval *eval, nw_tensor *tensor, nw_value value)
{
    if (value.kind != NW_TENSOR && value.kind != NW_OPAQUE) {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "Variable data has to be a tensor");
        return false;
    }
    nw_tensor_forget_contents(tensor);
    if (value.kind == NW_OPAQUE) {
        tensor->shape = NULL;
        tensor->rank = 0;
        tensor->dtype = NW_DTYPE_UNKNOWN;
        return true;
    }
    const nw_tensor *source = value.as.tensor;
    tensor->shape = source->shape;
    tensor->rank = source->rank;
    tensor->dtype = source->dtype;
    tensor->device = source->device;
    tensor->is_uninitialized = source->is_uninitialized;
    tensor->data = eval->level == 0 ? (double *)nw_tensor_contents(source) : NULL; /* an undone branch leaves nothing exact behind */
    nw_tensor_share(tensor, source);
    return true;
}

bool nw_tensor_set_attribute(nw_eval *eval, nw_tensor *tensor, nw_symbol name, nw_value value)
{
    if (name.v == NW_NAME_DATA && !nw_keras_is_used(eval))
        return set_data(eval, tensor, value);
    if (name.v == NW_NAME_REQUIRES_GRAD) {
        tensor->requires_grad = !(value.kind == NW_BOOL && value.as.integer == 0);
        return true;
    }
    if (name.v == eval->tensor_state->names.persistent.v && tensor->is_buffer) {
        tensor->persistent = !(value.kind == NW_BOOL && value.as.integer == 0);
        return true;
    }
    if (name.v == NW_NAME_SHAPE || name.v == NW_NAME_NDIM || name.v == NW_NAME_DTYPE || name.v == NW_NAME_DEVICE) {
        nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "attribute '%s' of 'torch._C.TensorBase' objects is not writable",
                 nw_symbol_bytes(eval->symbols, name));
        return false;
    }
    if (!tensor->attributes)
        tensor->attributes = nw_dict_make(eval);
    nw_dict_set_name(eval, tensor->attributes, name, value);
    return true;
}

/* ---- recording ---- */

static nw_operator_row *row_of_its_own(nw_eval *eval, const char *prefix, const char *name)
{
    char qualified[128];
    snprintf(qualified, sizeof qualified, "%s.%s", prefix, name);
    nw_operator_row *row = nw_arena_zero(&eval->arena, sizeof *row);
    row->qualified = nw_symbol_of(eval->symbols, qualified);
    row->effects = nw_symbol_of(eval->symbols, "pure");
    return row;
}

static const nw_function *catalog_function(nw_eval *eval, const char *name, bool is_method)
{
    nw_symbol symbol = nw_symbol_of(eval->symbols, name);
    nw_value found = nw_unset();
    if (is_method) {
        nw_value *attribute = nw_class_find(eval, nw_tensor_class(eval), symbol);
        found = attribute ? *attribute : nw_unset();
    } else {
        nw_value *torch = nw_dict_find_name(eval->modules, (nw_symbol){NW_NAME_TORCH});
        if (torch && torch->kind == NW_MODULE) {
            found = nw_get_attribute(eval, *torch, symbol);
            if (found.kind == NW_ERROR)
                nw_exception_clear(eval);
        }
    }
    return found.kind == NW_FUNCTION && found.as.function->row ? found.as.function : NULL;
}

static const nw_tensor_row *row_of(nw_eval *eval, nw_tensor_operation operation)
{
    static const struct { const char *name; bool is_method; } operations[NW_OPERATION_COUNT] = {
        {"", false},
#define NW_TENSOR_OPERATION(id, name, is_method) {name, is_method},
#include "eval/tensor_operation.def"
#undef NW_TENSOR_OPERATION
    };
    static const char *const arguments[] = {"input", "other"}, *const method_arguments[] = {"self", "index", "value"};
    nw_tensor_row *row = &eval->tensor_state->rows[operation];
    if (row->row)
        return row;
    bool is_method = operations[operation].is_method;
    const nw_function *function = catalog_function(eval, operations[operation].name, is_method);
    row->row = function ? function->row : row_of_its_own(eval, is_method ? "torch.Tensor" : "torch", operations[operation].name);
    row->count = function ? function->code->parameter_count : is_method ? 3 : 2;
    row->parameters = nw_arena_alloc(&eval->arena, (row->count + 1) * sizeof *row->parameters);
    row->defaults = nw_arena_alloc(&eval->arena, (row->count + 1) * sizeof *row->defaults);
    for (uint32_t i = 0; i < row->count; i++) {
        row->parameters[i] = function ? function->code->parameters[i].name
                                      : nw_symbol_of(eval->symbols, is_method ? method_arguments[i] : arguments[i]);
        row->defaults[i] = function && function->defaults ? function->defaults[i] : nw_unset();
    }
    return row;
}

uint32_t nw_tensor_record(nw_eval *eval, nw_tensor_operation operation, const nw_value *arguments, uint32_t count, nw_value result)
{
    /* A container's forward stands in the catalog too, and its operators are nodes like a user's. */
    if ((eval->in_catalog > 0 && eval->fact_parent == 0) || nw_operator_nested(eval))
        return 0;
    const nw_tensor_row *row = row_of(eval, operation);
    uint32_t total = row->count > count ? row->count : count;
    while (total > count && row->defaults[total - 1].kind == NW_UNSET)
        total--;
    nw_value *bound = nw_arena_alloc(&eval->arena, (total + 1) * sizeof *bound);
    memcpy(bound, arguments, count * sizeof *bound);
    for (uint32_t i = count; i < total; i++)
        bound[i] = row->defaults[i];
    if (total > row->count)
        total = row->count; /* a row that takes fewer arguments than Python's syntax gives: the catalog's tests exclude it */
    uint32_t fact = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_OPERATOR, .parent = eval->fact_parent, .row = row->row, .name = row->row->qualified,
                                                .parameters = row->parameters, .arguments = bound, .argument_count = total, .result = result,
                                                .place = nw_here(eval), .condition = eval->path, .context = eval->context});
    if (result.kind == NW_TENSOR && result.as.tensor->node == 0)
        result.as.tensor->node = fact;
    return fact;
}
