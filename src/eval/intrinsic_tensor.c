/* Intrinsics that make tensors and look into them. */
#include "eval/intrinsic.h"

#include "eval/keras.h"

#include "eval/symbolic.h"

#include <string.h>

static bool dtype_argument(nw_eval *eval, nw_value value, nw_value like, nw_dtype *dtype)
{
    value = nw_settle(eval, value);
    if (value.kind == NW_DTYPE) {
        *dtype = (nw_dtype)value.as.integer;
        return true;
    }
    if (value.kind == NW_NONE || value.kind == NW_UNSET) {
        *dtype = like.kind == NW_TENSOR ? (nw_dtype)like.as.tensor->dtype : like.kind == NW_NONE || like.kind == NW_UNSET ? NW_DTYPE_FLOAT32
                                                                                                                      : NW_DTYPE_UNKNOWN;
        return true;
    }
    *dtype = NW_DTYPE_UNKNOWN;
    if (value.kind == NW_OPAQUE || value.kind == NW_PHI)
        return true;
    if (value.kind == NW_STRING && nw_keras_is_used(eval)) {
        *dtype = nw_dtype_of_name(nw_symbol_bytes(eval->symbols, value.as.symbol));
        if (*dtype != NW_DTYPE_UNKNOWN)
            return true;
    }
    if (value.kind == NW_CLASS) { /* Python's own number types stand for their widest dtype */
        const nw_class *class_ = value.as.class_;
        *dtype = class_ == eval->classes[NW_CLASS_OF_BOOL]    ? NW_DTYPE_BOOL
                 : class_ == eval->classes[NW_CLASS_OF_INT]   ? NW_DTYPE_INT64
                 : class_ == eval->classes[NW_CLASS_OF_FLOAT] ? NW_DTYPE_FLOAT64 : NW_DTYPE_UNKNOWN;
        if (*dtype != NW_DTYPE_UNKNOWN)
            return true;
    }
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "not a dtype");
    return false;
}

/* Numbers of a flat list into the contents; unknown ones leave the contents unknown. */
static bool read_contents(nw_eval *eval, nw_value list, nw_tensor *tensor)
{
    nw_value *items;
    uint32_t count;
    int64_t elements;
    list = nw_settle(eval, list);
    if (list.kind != NW_LIST && list.kind != NW_TUPLE)
        return true;
    nw_answer all = nw_collect(eval, list, &items, &count);
    if (all != NW_YES || !nw_shape_elements(tensor->shape, tensor->rank, &elements))
        return all != NW_FAILED;
    if (elements != count) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "the data does not fill the shape");
        return false;
    }
    double *data = nw_contents_make(eval, elements);
    for (uint32_t i = 0; data && i < count; i++) {
        if (!nw_is_number(items[i]))
            return true;
        data[i] = items[i].kind == NW_FLOAT ? items[i].as.number : (double)items[i].as.integer;
    }
    nw_tensor_set_contents(tensor, data, elements);
    return true;
}

static void be_like(nw_eval *eval, nw_tensor *tensor, nw_value like)
{
    if (like.kind != NW_TENSOR)
        return;
    tensor->device = like.as.tensor->device;
    tensor->class_ = nw_tensor_class_like(eval, like.as.tensor);
}

static nw_value call_tensor(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[4], shape[NW_MAX_RANK];
    uint32_t rank;
    bool known;
    nw_dtype dtype;
    if (!nw_intrinsic_bind(eval, "tensor", "shape, dtype=, like=, data=", 1, 4, arguments, values) ||
        !nw_shape_read(eval, values[0], shape, &rank, &known))
        return nw_error();
    nw_value like = nw_settle(eval, values[2]);
    if (!dtype_argument(eval, values[1], like, &dtype))
        return nw_error();
    nw_value result = nw_tensor_new(eval, shape, rank, known, dtype);
    be_like(eval, result.as.tensor, like);
    if (known && values[3].kind > NW_NONE && !read_contents(eval, values[3], result.as.tensor))
        return nw_error();
    return result;
}

/* What cannot be seen as a tensor yet: an unknown one of unknown rank. */
static nw_value unknown_tensor(nw_eval *eval)
{
    return nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN);
}

static nw_value not_a_tensor(nw_eval *eval, const char *function, nw_value value)
{
    if (value.kind == NW_OPAQUE || value.kind == NW_PHI)
        return unknown_tensor(eval);
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s: expected a tensor, not '%s'", function,
                    nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
}

static nw_value call_view(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3], shape[NW_MAX_RANK];
    uint32_t rank;
    bool known;
    if (!nw_intrinsic_bind(eval, "view", "x, shape, data=", 2, 3, arguments, values) || !nw_shape_read(eval, values[1], shape, &rank, &known))
        return nw_error();
    nw_value of = nw_settle(eval, values[0]);
    if (of.kind != NW_TENSOR && of.kind != NW_OPAQUE && of.kind != NW_PHI)
        return not_a_tensor(eval, "view", of);
    nw_value result = nw_tensor_new(eval, shape, rank, known, of.kind == NW_TENSOR ? (nw_dtype)of.as.tensor->dtype : NW_DTYPE_UNKNOWN);
    be_like(eval, result.as.tensor, of);
    if (known && values[2].kind > NW_NONE && !read_contents(eval, values[2], result.as.tensor))
        return nw_error();
    if (of.kind == NW_TENSOR)
        nw_tensor_share(result.as.tensor, of.as.tensor);
    return result;
}

static nw_value call_same(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value of;
    if (!nw_intrinsic_bind(eval, "same", "x", 1, 1, arguments, &of))
        return nw_error();
    of = nw_settle(eval, of);
    if (of.kind != NW_TENSOR)
        return not_a_tensor(eval, "same", of);
    nw_tensor *copy = nw_tensor_copy(eval, of.as.tensor);
    nw_tensor_share(copy, of.as.tensor);
    return nw_tensor_value(copy);
}

static nw_value call_overwrite(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "overwrite", "x, data=", 1, 2, arguments, values))
        return nw_error();
    nw_value target = nw_settle(eval, values[0]);
    if (target.kind != NW_TENSOR)
        return not_a_tensor(eval, "overwrite", target);
    nw_tensor *tensor = target.as.tensor;
    nw_tensor_forget_contents(tensor);
    if (values[1].kind <= NW_NONE || eval->level > 0) /* an undone branch leaves nothing exact behind */
        return target;
    if (!read_contents(eval, values[1], tensor))
        return nw_error();
    tensor->seen = tensor->base ? tensor->base->writes : tensor->writes;
    return target;
}

static nw_value call_flat(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value of;
    int64_t count;
    if (!nw_intrinsic_bind(eval, "flat", "t", 1, 1, arguments, &of))
        return nw_error();
    of = nw_settle(eval, of);
    const double *data = of.kind == NW_TENSOR ? nw_tensor_contents(of.as.tensor) : NULL;
    if (!data || !nw_shape_elements(of.as.tensor->shape, of.as.tensor->rank, &count))
        return nw_none();
    nw_value list = nw_list_new(eval, NULL, 0);
    for (int64_t i = 0; i < count; i++)
        nw_list_append(eval, list.as.list, nw_contents_value((nw_dtype)of.as.tensor->dtype, data[i]));
    return list;
}

static nw_value call_constant(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value of;
    if (!nw_intrinsic_bind(eval, "constant", "t", 1, 1, arguments, &of))
        return nw_error();
    of = nw_settle(eval, of);
    return of.kind == NW_TENSOR ? nw_tensor_nested(eval, of.as.tensor) : nw_none();
}

/* ---- nested lists of numbers ---- */

typedef struct nested_reader {
    nw_value shape[NW_MAX_RANK];
    uint32_t rank;
    nw_value *numbers;        /* NULL: more than are followed */
    uint32_t count;
    bool has_bool, has_integer, has_float;
} nested_reader;

static bool is_plain_sequence(nw_value value)
{
    return value.kind == NW_TUPLE || (value.kind == NW_LIST && !value.as.list->repeated);
}

static bool measure_nested(nested_reader *reader, nw_value value)
{
    while (is_plain_sequence(value)) {
        uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.as.list->count;
        if (reader->rank == NW_MAX_RANK)
            return false;
        reader->shape[reader->rank++] = nw_int(count);
        if (count == 0)
            break;
        value = value.kind == NW_TUPLE ? value.as.tuple->items[0] : value.as.list->items[0];
    }
    return true;
}

/* False: something else than numbers, or lists of different lengths. */
static bool read_nested(nested_reader *reader, nw_value value, uint32_t axis)
{
    if (axis == reader->rank) {
        reader->has_bool |= value.kind == NW_BOOL;
        reader->has_integer |= value.kind == NW_INT;
        reader->has_float |= value.kind == NW_FLOAT;
        if (reader->numbers)
            reader->numbers[reader->count++] = value;
        return nw_is_number(value);
    }
    if (!is_plain_sequence(value))
        return false;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.as.list->count;
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.as.list->items;
    if (count != (uint32_t)reader->shape[axis].as.integer)
        return false;
    for (uint32_t i = 0; i < count; i++)
        if (!read_nested(reader, items[i], axis + 1))
            return false;
    return true;
}

static nw_value call_nested(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value data;
    nested_reader reader = {0};
    int64_t count;
    if (!nw_intrinsic_bind(eval, "nested", "data", 1, 1, arguments, &data))
        return nw_error();
    data = nw_settle(eval, data);
    if (!is_plain_sequence(data) || !measure_nested(&reader, data) || !nw_shape_elements(reader.shape, reader.rank, &count))
        return nw_none();
    if (count <= NW_MAX_CONTENTS)
        reader.numbers = nw_arena_alloc(&eval->arena, ((size_t)count + 1) * sizeof *reader.numbers);
    if (!read_nested(&reader, data, 0))
        return nw_none();
    nw_dtype dtype = reader.has_integer ? NW_DTYPE_INT64 : reader.has_bool ? NW_DTYPE_BOOL : NW_DTYPE_FLOAT32;
    nw_value parts[3] = {nw_tuple_new(eval, reader.shape, reader.rank),
                         {.kind = NW_DTYPE, .as.integer = reader.has_float ? NW_DTYPE_FLOAT32 : dtype},
                         reader.numbers ? nw_list_new(eval, reader.numbers, reader.count) : nw_none()};
    return nw_tuple_new(eval, parts, 3);
}

static nw_value whether_tensor(nw_eval *eval, nw_value value)
{
    value = nw_settle(eval, value);
    if (value.kind == NW_PHI)
        return nw_join(eval, value.as.phi->guard, whether_tensor(eval, value.as.phi->then), whether_tensor(eval, value.as.phi->otherwise));
    if (value.kind == NW_OPAQUE && value.as.opaque->type == NW_TYPE_ANY)
        return nw_expression_call(eval, "is_tensor", NW_TYPE_BOOL, &value, 1);
    return nw_bool(value.kind == NW_TENSOR);
}

static nw_value call_is_tensor(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value;
    return nw_intrinsic_bind(eval, "is_tensor", "x", 1, 1, arguments, &value) ? whether_tensor(eval, value) : nw_error();
}

static nw_value call_promote(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_promotion promotion = nw_promotion_none();
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        if (!nw_promotion_add(eval, &promotion, nw_settle(eval, arguments->positional[i])))
            return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "neither a tensor nor a number: '%s'",
                            nw_symbol_bytes(eval->symbols, nw_type_of(eval, arguments->positional[i])->name));
    nw_dtype dtype = nw_promotion_result(promotion);
    if (dtype == NW_DTYPE_UNKNOWN || arguments->open)
        return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the element type");
    return (nw_value){.kind = NW_DTYPE, .as.integer = dtype};
}

void nw_tensor_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_intrinsic intrinsics[] = {
        {"tensor", call_tensor}, {"view", call_view}, {"same", call_same}, {"overwrite", call_overwrite}, {"flat", call_flat},
        {"constant", call_constant}, {"nested", call_nested}, {"is_tensor", call_is_tensor}, {"promote", call_promote},
    };
    nw_intrinsic_define(eval, globals, intrinsics, sizeof intrinsics / sizeof *intrinsics);
}
