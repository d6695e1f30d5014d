/* Native classes of the catalog: tensors and their marks, sizes, element types, devices. */
#include "eval/builtin.h"
#include "eval/intrinsic.h"

#include <stdlib.h>
#include <string.h>

/* The receiver of a method or property. */
static nw_value receiver(nw_value self, const nw_arguments *arguments)
{
    return self.kind == NW_UNSET && arguments->positional_count ? arguments->positional[0] : self;
}

/* ---- element types ---- */

static nw_value dtype_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value name;
    if (!nw_intrinsic_bind(eval, "DType", "name", 1, 1, arguments, &name))
        return nw_error();
    nw_dtype dtype = name.kind == NW_STRING ? nw_dtype_of_name(nw_symbol_bytes(eval->symbols, name.as.symbol)) : NW_DTYPE_UNKNOWN;
    if (dtype == NW_DTYPE_UNKNOWN)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "there is no such dtype");
    return (nw_value){.kind = NW_DTYPE, .as.integer = dtype};
}

static nw_dtype dtype_of(nw_value self, const nw_arguments *arguments)
{
    nw_value value = receiver(self, arguments);
    return value.kind == NW_DTYPE ? (nw_dtype)value.as.integer : NW_DTYPE_UNKNOWN;
}

static nw_value dtype_name(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    return nw_string_of(eval, nw_dtype_name(dtype_of(self, arguments)));
}

static nw_value dtype_is_floating(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval;
    return nw_bool(nw_dtype_category(dtype_of(self, arguments)) == 2);
}

static nw_value dtype_is_complex(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval;
    return nw_bool(nw_dtype_category(dtype_of(self, arguments)) == 3);
}

static nw_value dtype_is_signed(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval;
    nw_dtype dtype = dtype_of(self, arguments);
    return nw_bool(nw_dtype_category(dtype) >= 2 || strncmp(nw_dtype_name(dtype), "int", 3) == 0);
}

static nw_value dtype_itemsize(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval;
    return nw_int(nw_dtype_size(dtype_of(self, arguments)));
}

static void install_dtype(nw_eval *eval, nw_class *object)
{
    nw_class *class_ = nw_class_native(eval, "dtype", object, dtype_construct, NW_DTYPE);
    eval->classes[NW_CLASS_OF_DTYPE] = class_;
    nw_install_descriptor(eval, class_, NW_PROPERTY, "name", dtype_name, NULL);
    nw_install_descriptor(eval, class_, NW_PROPERTY, "is_floating_point", dtype_is_floating, NULL);
    nw_install_descriptor(eval, class_, NW_PROPERTY, "is_complex", dtype_is_complex, NULL);
    nw_install_descriptor(eval, class_, NW_PROPERTY, "is_signed", dtype_is_signed, NULL);
    nw_install_descriptor(eval, class_, NW_PROPERTY, "itemsize", dtype_itemsize, NULL);
}

/* ---- devices ---- */

static nw_value device_of_text(nw_eval *eval, nw_symbol text, nw_value index)
{
    const char *bytes = nw_symbol_bytes(eval->symbols, text), *colon = strchr(bytes, ':');
    if (!colon)
        return nw_device_new(eval, text, index);
    return nw_device_new(eval, nw_symbol_intern(eval->symbols, bytes, (size_t)(colon - bytes)), nw_int(strtol(colon + 1, NULL, 10)));
}

static nw_value device_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "device", "type=, index=", 0, 2, arguments, values))
        return nw_error();
    nw_value type = nw_settle(eval, values[0]), index = nw_settle(eval, values[1]);
    if (index.kind == NW_NONE)
        index = nw_unset();
    switch (type.kind) {
    case NW_UNSET: case NW_NONE:
        return nw_device_new(eval, nw_symbol_of(eval->symbols, "cpu"), index);
    case NW_STRING:
        return device_of_text(eval, type.as.symbol, index);
    case NW_INT:
        return nw_device_new(eval, nw_symbol_of(eval->symbols, "cuda"), type);
    case NW_INSTANCE: case NW_OPAQUE: case NW_PHI:
        return type;
    default:
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "torch.device(): not a device");
    }
}

static nw_value device_text(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    self = receiver(self, arguments);
    nw_value *type = nw_dict_find_name(self.as.instance->attributes, eval->tensor_state->names.type);
    nw_value *index = nw_dict_find_name(self.as.instance->attributes, eval->tensor_state->names.index);
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_text(&text, type && type->kind == NW_STRING ? nw_symbol_bytes(eval->symbols, type->as.symbol) : "");
    if (index && index->kind == NW_INT)
        nw_buffer_format(&text, ":%lld", (long long)index->as.integer);
    nw_value value = nw_string_from(eval, text.bytes ? text.bytes : "", text.size);
    nw_buffer_release(&text);
    return value;
}

static nw_value device_enter(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval;
    return receiver(self, arguments);
}

static nw_value device_exit(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)eval;
    (void)self;
    (void)arguments;
    return nw_none();
}

static void install_device(nw_eval *eval, nw_class *object)
{
    nw_class *class_ = nw_class_native(eval, "device", object, device_construct, NW_INSTANCE);
    eval->classes[NW_CLASS_OF_DEVICE] = class_;
    nw_class_method(eval, class_, "__str__", device_text);
    nw_class_method(eval, class_, "__repr__", device_text);
    nw_class_method(eval, class_, "__enter__", device_enter);
    nw_class_method(eval, class_, "__exit__", device_exit);
}

/* ---- sizes ---- */

static nw_value size_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value items = nw_unset(), *values = NULL;
    uint32_t count = 0;
    if (!nw_intrinsic_bind(eval, "Size", "iterable=", 0, 1, arguments, &items))
        return nw_error();
    if (items.kind != NW_UNSET) {
        nw_answer all = nw_collect(eval, items, &values, &count);
        if (all != NW_YES)
            return all == NW_FAILED ? nw_error() : nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "a shape of unknown rank");
    }
    nw_value size = nw_tuple_new(eval, values, count);
    if (size.kind == NW_TUPLE)
        size.as.tuple->class_ = self.kind == NW_CLASS ? self.as.class_ : eval->classes[NW_CLASS_OF_SIZE];
    return size;
}

static nw_value size_numel(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    self = receiver(self, arguments);
    nw_value product = nw_int(1);
    for (uint32_t i = 0; i < self.as.tuple->count && product.kind != NW_ERROR; i++)
        product = nw_size_multiply(eval, product, nw_settle(eval, self.as.tuple->items[i]));
    return product;
}

static void install_size(nw_eval *eval)
{
    nw_class *class_ = nw_class_native(eval, "Size", eval->classes[NW_CLASS_OF_TUPLE], size_construct, NW_TUPLE);
    eval->classes[NW_CLASS_OF_SIZE] = class_;
    nw_class_method(eval, class_, "numel", size_numel);
}

/* ---- marked tensors ---- */

static nw_tensor *marked_tensor(nw_eval *eval, nw_value self, nw_value data, nw_class *otherwise)
{
    nw_value empty = nw_int(0);
    nw_tensor *tensor;
    data = nw_settle(eval, data);
    if (data.kind == NW_TENSOR)
        tensor = nw_tensor_copy(eval, data.as.tensor);
    else if (data.kind == NW_NONE || data.kind == NW_UNSET)
        tensor = nw_tensor_new(eval, &empty, 1, true, NW_DTYPE_FLOAT32).as.tensor;
    else if (data.kind == NW_OPAQUE || data.kind == NW_PHI)
        tensor = nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN).as.tensor;
    else {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "expected a tensor, not '%s'", nw_symbol_bytes(eval->symbols, nw_type_of(eval, data)->name));
        return NULL;
    }
    tensor->class_ = self.kind == NW_CLASS ? self.as.class_ : otherwise;
    return tensor;
}

static bool is_false(nw_value value)
{
    return value.kind == NW_BOOL && value.as.integer == 0;
}

static nw_value parameter_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value values[2];
    nw_tensor_class(eval);
    if (!nw_intrinsic_bind(eval, "Parameter", "data=, requires_grad=", 0, 2, arguments, values))
        return nw_error();
    nw_tensor *tensor = marked_tensor(eval, self, values[0], eval->tensor_state->parameter);
    if (!tensor)
        return nw_error();
    tensor->is_parameter = true;
    tensor->requires_grad = !is_false(values[1]);
    if (tensor->requires_grad && tensor->dtype != NW_DTYPE_UNKNOWN && nw_dtype_category((nw_dtype)tensor->dtype) < 2)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "Only Tensors of floating point and complex dtype can require gradients");
    return nw_tensor_value(tensor);
}

static nw_value buffer_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value values[2];
    nw_tensor_class(eval);
    if (!nw_intrinsic_bind(eval, "Buffer", "data=, *, persistent=", 0, 1, arguments, values))
        return nw_error();
    if (!arguments->named_count)
        values[1] = nw_unset();
    nw_tensor *tensor = marked_tensor(eval, self, values[0], eval->tensor_state->buffer);
    if (!tensor)
        return nw_error();
    tensor->is_buffer = true;
    tensor->persistent = !is_false(values[1]);
    return nw_tensor_value(tensor);
}

static nw_tensor *uninitialized_tensor(nw_eval *eval, nw_value self, nw_value device, nw_value dtype, nw_class *otherwise)
{
    nw_tensor_class(eval);
    nw_dtype type = dtype.kind == NW_DTYPE ? (nw_dtype)dtype.as.integer : NW_DTYPE_FLOAT32;
    nw_tensor *tensor = nw_tensor_new(eval, NULL, 0, false, type).as.tensor;
    tensor->is_uninitialized = true;
    tensor->class_ = self.kind == NW_CLASS ? self.as.class_ : otherwise;
    if (device.kind == NW_INSTANCE)
        tensor->device = device;
    return tensor;
}

static nw_value uninitialized_parameter_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value values[3];
    if (!nw_intrinsic_bind(eval, "UninitializedParameter", "requires_grad=, device=, dtype=", 0, 3, arguments, values))
        return nw_error();
    nw_tensor *tensor = uninitialized_tensor(eval, self, values[1], values[2], eval->tensor_state->uninitialized_parameter);
    tensor->is_parameter = true;
    tensor->requires_grad = !is_false(values[0]);
    return nw_tensor_value(tensor);
}

static nw_value uninitialized_buffer_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value values[4];
    if (!nw_intrinsic_bind(eval, "UninitializedBuffer", "requires_grad=, device=, dtype=, persistent=", 0, 4, arguments, values))
        return nw_error();
    nw_tensor *tensor = uninitialized_tensor(eval, self, values[1], values[2], eval->tensor_state->uninitialized_buffer);
    tensor->is_buffer = true;
    tensor->persistent = !is_false(values[3]);
    return nw_tensor_value(tensor);
}

static nw_value materialize(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value values[3], shape[NW_MAX_RANK];
    uint32_t rank;
    bool known;
    if (self.kind != NW_TENSOR || !nw_intrinsic_bind(eval, "materialize", "shape, device=, dtype=", 1, 3, arguments, values) ||
        !nw_shape_read(eval, values[0], shape, &rank, &known))
        return nw_error();
    nw_tensor *tensor = self.as.tensor;
    tensor->is_uninitialized = false;
    tensor->rank = (uint16_t)rank;
    tensor->shape = known ? nw_arena_alloc(&eval->arena, (rank + 1) * sizeof *shape) : NULL;
    if (known && rank)
        memcpy(tensor->shape, shape, rank * sizeof *shape);
    if (values[2].kind == NW_DTYPE)
        tensor->dtype = (uint8_t)values[2].as.integer;
    tensor->class_ = tensor->is_parameter ? eval->tensor_state->parameter : eval->tensor_state->buffer;
    return nw_none();
}

static nw_value tensor_construct(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value data = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    nw_tensor *tensor = marked_tensor(eval, self, data.kind == NW_TENSOR ? data : nw_none(), nw_tensor_class(eval));
    if (data.kind != NW_TENSOR && data.kind != NW_NONE)
        tensor->shape = NULL;
    return nw_tensor_value(tensor);
}

/* Tensor.__new__ of the catalog is not how marked tensors are made; super().__new__(cls, ...) of a subclass is. */
static nw_value mark_new(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_value class_ = self;
    nw_arguments rest = *arguments;
    if (class_.kind != NW_CLASS && arguments->positional_count) {
        class_ = arguments->positional[0];
        rest.positional++;
        rest.positional_count--;
    }
    if (class_.kind != NW_CLASS || !class_.as.class_->construct)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "__new__(X): X is not a type object");
    return class_.as.class_->construct(eval, class_, &rest);
}

static nw_class *mark(nw_eval *eval, const char *name, nw_class *base, nw_native_function construct)
{
    char qualified[64] = "torch.nn.";
    nw_class *class_ = nw_class_native(eval, name, base, construct, NW_TENSOR);
    strncat(qualified, name, sizeof qualified - sizeof "torch.nn.");
    class_->qualified = nw_symbol_of(eval->symbols, qualified);
    class_->is_tensor = true;
    nw_class_method(eval, class_, "__new__", mark_new);
    return class_;
}

static void install_tensor(nw_eval *eval, nw_class *object)
{
    nw_tensor_state *state = eval->tensor_state;
    nw_class *base = nw_class_native(eval, "TensorBase", object, tensor_construct, NW_TENSOR);
    base->is_tensor = true;
    eval->classes[NW_CLASS_OF_TENSOR_BASE] = base;
    state->parameter = mark(eval, "Parameter", base, parameter_construct);
    state->buffer = mark(eval, "Buffer", base, buffer_construct);
    state->uninitialized_parameter = mark(eval, "UninitializedParameter", state->parameter, uninitialized_parameter_construct);
    state->uninitialized_buffer = mark(eval, "UninitializedBuffer", state->buffer, uninitialized_buffer_construct);
    nw_class_method(eval, state->uninitialized_parameter, "materialize", materialize);
    nw_class_method(eval, state->uninitialized_buffer, "materialize", materialize);
}

/* ---- the whole ---- */

static void define_class(nw_eval *eval, nw_dict *globals, const char *name, nw_class *class_)
{
    nw_dict_set_name(eval, globals, nw_symbol_of(eval->symbols, name), nw_class_value(class_));
}

void nw_tensor_classes_install(nw_eval *eval, nw_dict *globals)
{
    nw_tensor_state *state = nw_arena_zero(&eval->arena, sizeof *state);
    eval->tensor_state = state;
    state->devices = nw_dict_make(eval);
    state->names = (nw_tensor_names){
        .axis = nw_symbol_of(eval->symbols, "axis"), .keepdims = nw_symbol_of(eval->symbols, "keepdims"), .x = nw_symbol_of(eval->symbols, "x"),
        .x1 = nw_symbol_of(eval->symbols, "x1"), .x2 = nw_symbol_of(eval->symbols, "x2"), .dim = nw_symbol_of(eval->symbols, "dim"),
        .keepdim = nw_symbol_of(eval->symbols, "keepdim"), .input = nw_symbol_of(eval->symbols, "input"),
        .other = nw_symbol_of(eval->symbols, "other"), .parametrizations = nw_symbol_of(eval->symbols, "parametrizations"),
        .itemsize = nw_symbol_of(eval->symbols, "itemsize"), .is_leaf = nw_symbol_of(eval->symbols, "is_leaf"),
        .names = nw_symbol_of(eval->symbols, "names"), .persistent = nw_symbol_of(eval->symbols, "persistent"),
        .index = nw_symbol_of(eval->symbols, "index"), .type = nw_symbol_of(eval->symbols, "type"),
        .inplace = nw_symbol_of(eval->symbols, "inplace"), .out = nw_symbol_of(eval->symbols, "out"),
        .in_place = nw_symbol_of(eval->symbols, "in_place"),
    };
    nw_class *object = eval->classes[NW_CLASS_OF_OBJECT];
    install_dtype(eval, object);
    install_device(eval, object);
    install_size(eval);
    install_tensor(eval, object);
    define_class(eval, globals, "DType", eval->classes[NW_CLASS_OF_DTYPE]);
    define_class(eval, globals, "Device", eval->classes[NW_CLASS_OF_DEVICE]);
    define_class(eval, globals, "Size", eval->classes[NW_CLASS_OF_SIZE]);
    define_class(eval, globals, "TensorBase", eval->classes[NW_CLASS_OF_TENSOR_BASE]);
    define_class(eval, globals, "Parameter", state->parameter);
    define_class(eval, globals, "Buffer", state->buffer);
    define_class(eval, globals, "UninitializedParameter", state->uninitialized_parameter);
    define_class(eval, globals, "UninitializedBuffer", state->uninitialized_buffer);
}
