/* Operators on tensors in Python's syntax: arithmetic, comparison, truth, numbers, iteration. */
#include "eval/keras.h"

static nw_tensor_operation operation_of(nw_operator op)
{
    switch (op) {
    case NW_OPERATOR_ADD: return NW_OPERATION_ADD;
    case NW_OPERATOR_SUBTRACT: return NW_OPERATION_SUBTRACT;
    case NW_OPERATOR_MULTIPLY: return NW_OPERATION_MULTIPLY;
    case NW_OPERATOR_DIVIDE: return NW_OPERATION_DIVIDE;
    case NW_OPERATOR_FLOOR_DIVIDE: return NW_OPERATION_FLOOR_DIVIDE;
    case NW_OPERATOR_MODULO: return NW_OPERATION_MODULO;
    case NW_OPERATOR_POWER: return NW_OPERATION_POWER;
    case NW_OPERATOR_MATRIX_MULTIPLY: return NW_OPERATION_MATRIX_MULTIPLY;
    case NW_OPERATOR_BIT_AND: return NW_OPERATION_BIT_AND;
    case NW_OPERATOR_BIT_OR: return NW_OPERATION_BIT_OR;
    case NW_OPERATOR_BIT_XOR: return NW_OPERATION_BIT_XOR;
    case NW_OPERATOR_SHIFT_LEFT: return NW_OPERATION_SHIFT_LEFT;
    case NW_OPERATOR_SHIFT_RIGHT: return NW_OPERATION_SHIFT_RIGHT;
    case NW_OPERATOR_EQUAL: return NW_OPERATION_EQUAL;
    case NW_OPERATOR_NOT_EQUAL: return NW_OPERATION_NOT_EQUAL;
    case NW_OPERATOR_LESS: return NW_OPERATION_LESS;
    case NW_OPERATOR_LESS_EQUAL: return NW_OPERATION_LESS_EQUAL;
    case NW_OPERATOR_GREATER: return NW_OPERATION_GREATER;
    case NW_OPERATOR_GREATER_EQUAL: return NW_OPERATION_GREATER_EQUAL;
    case NW_OPERATOR_NEGATE: return NW_OPERATION_NEGATE;
    case NW_OPERATOR_POSITIVE: return NW_OPERATION_POSITIVE;
    case NW_OPERATOR_INVERT: return NW_OPERATION_INVERT;
    default: return NW_OPERATION_NONE;
    }
}

static bool is_comparison(nw_operator op)
{
    return op >= NW_OPERATOR_EQUAL && op <= NW_OPERATOR_GREATER_EQUAL;
}

/* ---- one operand's shape ---- */

typedef struct operand_shape {
    const nw_value *sizes;
    uint32_t rank;
    bool known;
} operand_shape;

/* Arithmetic on sizes and known numbers gives a number. */
static bool may_be_tensor(nw_value value, int depth)
{
    if (value.kind != NW_OPAQUE)
        return value.kind == NW_TENSOR || value.kind == NW_PHI;
    const nw_opaque *opaque = value.as.opaque;
    bool is_arithmetic = opaque->origin == NW_ORIGIN_EXPRESSION && opaque->op < NW_OPERATOR_COUNT && depth > 0;
    if (opaque->is_size || (opaque->type != NW_TYPE_ANY && opaque->type != NW_TYPE_LIST))
        return false;
    for (uint32_t i = 0; i < opaque->operand_count && is_arithmetic; i++)
        if (may_be_tensor(opaque->operands[i], depth - 1))
            return true;
    return !is_arithmetic;
}

static operand_shape shape_of_operand(nw_value value)
{
    if (value.kind == NW_TENSOR)
        return (operand_shape){value.as.tensor->shape, value.as.tensor->rank, value.as.tensor->shape != NULL};
    return (operand_shape){NULL, 0, !may_be_tensor(value, 8)};
}

static bool is_operand(nw_eval *eval, nw_value value)
{
    nw_promotion promotion = nw_promotion_none();
    return value.kind != NW_DTYPE && nw_promotion_add(eval, &promotion, value);
}

static bool result_shape(nw_eval *eval, nw_operator op, nw_value left, nw_value right, nw_value *shape, uint32_t *rank, bool *known)
{
    operand_shape a = shape_of_operand(left), b = shape_of_operand(right);
    *known = a.known && b.known;
    *rank = 0;
    if (!*known)
        return true;
    if (op != NW_OPERATOR_MATRIX_MULTIPLY)
        return nw_shape_broadcast(eval, a.sizes, a.rank, b.sizes, b.rank, shape, rank);
    if (left.kind == NW_TENSOR && right.kind == NW_TENSOR)
        return nw_shape_matmul(eval, left.as.tensor, right.as.tensor, shape, rank);
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "matmul(): argument must be Tensor");
    return false;
}

static nw_dtype result_dtype(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (is_comparison(op))
        return NW_DTYPE_BOOL;
    nw_promotion promotion = nw_promotion_none();
    nw_promotion_add(eval, &promotion, left);
    nw_promotion_add(eval, &promotion, right);
    nw_dtype dtype = nw_promotion_result(promotion);
    return op == NW_OPERATOR_DIVIDE && dtype != NW_DTYPE_UNKNOWN && nw_dtype_category(dtype) < 2 ? NW_DTYPE_FLOAT32 : dtype;
}

static bool is_bool_operand(nw_value value)
{
    return value.kind == NW_BOOL || (value.kind == NW_TENSOR && value.as.tensor->dtype == NW_DTYPE_BOOL);
}

/* Whether the framework has the operator for these element types. */
static bool check_dtypes(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (op == NW_OPERATOR_SUBTRACT && (is_bool_operand(left) || is_bool_operand(right))) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "Subtraction, the `-` operator, with a bool tensor is not supported.");
        return false;
    }
    if (op == NW_OPERATOR_POWER && right.kind == NW_INT && right.as.integer < 0) {
        int category = nw_dtype_category(result_dtype(eval, op, left, right));
        if (category == 0 || category == 1) {
            nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "Integers to negative integer powers are not allowed.");
            return false;
        }
    }
    bool bitwise = op >= NW_OPERATOR_BIT_AND && op <= NW_OPERATOR_SHIFT_RIGHT;
    if (bitwise && nw_dtype_category(result_dtype(eval, op, left, right)) >= 2) {
        nw_raise(eval, NW_EXCEPTION_NOT_IMPLEMENTED_ERROR, "\"%s\" is not implemented for floating tensors", nw_operator_text(op));
        return false;
    }
    return true;
}

static bool is_gated(nw_value value)
{
    return value.kind == NW_PHI;
}

/* What the operator makes of two operands; nothing is recorded. */
static nw_value compute(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (is_gated(left) || is_gated(right)) {
        const nw_phi *phi = is_gated(left) ? left.as.phi : right.as.phi;
        nw_value then = compute(eval, op, is_gated(left) ? phi->then : left, is_gated(left) ? right : phi->then);
        nw_value otherwise = compute(eval, op, is_gated(left) ? phi->otherwise : left, is_gated(left) ? right : phi->otherwise);
        return then.kind == NW_ERROR || otherwise.kind == NW_ERROR ? nw_error() : nw_join(eval, phi->guard, then, otherwise);
    }
    if (!is_operand(eval, left) || !is_operand(eval, right))
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    if (!check_dtypes(eval, op, left, right))
        return nw_error();
    nw_value shape[NW_MAX_RANK + 2];
    uint32_t rank;
    bool known;
    if (!result_shape(eval, op, left, right, shape, &rank, &known))
        return nw_error();
    nw_value result = nw_tensor_new(eval, shape, rank, known, result_dtype(eval, op, left, right));
    nw_tensor *like = left.kind == NW_TENSOR ? left.as.tensor : right.kind == NW_TENSOR ? right.as.tensor : NULL;
    if (like) { /* neither operand is a tensor in an arm of a gated operand */
        result.as.tensor->class_ = nw_tensor_class_like(eval, like);
        result.as.tensor->device = like->device;
    }
    if (known && op != NW_OPERATOR_MATRIX_MULTIPLY)
        nw_contents_binary(eval, op, left, right, result.as.tensor);
    return result;
}

nw_value nw_tensor_binary(nw_eval *eval, nw_operator op, nw_value left, nw_value right)
{
    if (nw_keras_is_used(eval))
        return nw_keras_binary(eval, op, left, right);
    left = nw_settle(eval, left);
    right = nw_settle(eval, right);
    nw_tensor_operation operation = operation_of(op);
    if (operation == NW_OPERATION_NONE)
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    nw_value result = compute(eval, op, left, right);
    if (result.kind != NW_TENSOR)
        return result;
    if (is_gated(left) || is_gated(right)) /* the join of the arms has a node of its own, but it is this operator's value */
        result.as.tensor->node = 0;
    nw_value operands[2] = {left, right};
    nw_tensor_record(eval, operation, operands, 2, result);
    return result;
}

static bool fits_in_place(nw_eval *eval, const nw_tensor *target, const nw_tensor *result)
{
    if (target->shape && result->shape) {
        bool same = target->rank == result->rank;
        for (uint32_t i = 0; same && i < target->rank; i++)
            same = target->shape[i].kind != NW_INT || result->shape[i].kind != NW_INT || nw_size_equal(target->shape[i], result->shape[i]);
        if (!same) {
            nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "output with shape of rank %u doesn't match the broadcast shape of rank %u", target->rank, result->rank);
            return false;
        }
    }
    if (nw_dtype_category((nw_dtype)result->dtype) > nw_dtype_category((nw_dtype)target->dtype) && target->dtype != NW_DTYPE_UNKNOWN) {
        nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "result type %s can't be cast to the desired output type %s", nw_dtype_name((nw_dtype)result->dtype),
                 nw_dtype_name((nw_dtype)target->dtype));
        return false;
    }
    return true;
}

/* `target op= right`: the target keeps its identity, shape and element type. The fact's result is the target itself. */
nw_value nw_tensor_in_place(nw_eval *eval, nw_operator op, nw_value target, nw_value right)
{
    if (nw_keras_is_used(eval))
        return nw_keras_binary(eval, op, target, right);
    nw_tensor *tensor = target.as.tensor;
    nw_tensor_operation operation = operation_of(op);
    right = nw_settle(eval, right);
    if (operation == NW_OPERATION_NONE || op == NW_OPERATOR_MATRIX_MULTIPLY)
        return nw_tensor_binary(eval, op, target, right);
    if (right.kind == NW_PHI) /* each arm is recorded as an operator of its own */
        return nw_binary(eval, op, target, right);
    nw_value result = compute(eval, op, target, right);
    if (result.kind != NW_TENSOR)
        return result;
    if (!fits_in_place(eval, tensor, result.as.tensor))
        return nw_error();
    nw_tensor_forget_contents(tensor);
    const double *data = nw_tensor_contents(result.as.tensor);
    int64_t count;
    if (data && eval->level == 0 && result.as.tensor->dtype == tensor->dtype && nw_shape_elements(tensor->shape, tensor->rank, &count)) {
        tensor->data = result.as.tensor->data;
        tensor->seen = tensor->base ? tensor->base->writes : tensor->writes;
    }
    nw_value operands[2] = {target, right};
    nw_tensor_record(eval, operation, operands, 2, target);
    return target;
}

nw_value nw_tensor_unary(nw_eval *eval, nw_operator op, nw_value operand)
{
    if (nw_keras_is_used(eval))
        return nw_keras_unary(eval, op, operand);
    nw_tensor *tensor = operand.as.tensor;
    nw_tensor_operation operation = operation_of(op);
    if (operation == NW_OPERATION_NONE)
        return (nw_value){.kind = NW_NOT_IMPLEMENTED};
    if (op == NW_OPERATOR_NEGATE && tensor->dtype == NW_DTYPE_BOOL)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "Negation, the `-` operator, on a bool tensor is not supported.");
    if (op == NW_OPERATOR_INVERT && nw_dtype_category((nw_dtype)tensor->dtype) >= 2)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "~ (operator.invert) is only implemented on integer and Boolean-type tensors");
    nw_tensor *result = nw_tensor_copy(eval, tensor);
    result->data = NULL;
    nw_contents_unary(eval, op, tensor, result);
    nw_tensor_record(eval, operation, &operand, 1, nw_tensor_value(result));
    return nw_tensor_value(result);
}

/* ---- to Python values ---- */

/* NW_YES: one element at least nobody knows otherwise; NW_NO with RuntimeError. */
static bool check_one_element(nw_eval *eval, const nw_tensor *tensor, const char *what)
{
    int64_t count;
    if (!nw_shape_elements(tensor->shape, tensor->rank, &count) || count == 1)
        return true;
    nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "%s", what);
    return false;
}

static nw_value contents_expression(nw_eval *eval, nw_value tensor, nw_opaque_type type, const char *function, nw_tensor_operation operation)
{
    nw_value operands[2] = {tensor, nw_int(type)};
    nw_value value = nw_tensor_expression(eval, "contents", type, operands, 2, "%s(%s)", function,
                                              nw_tensor_describe(eval, tensor.as.tensor));
    if (value.kind == NW_OPAQUE && value.as.opaque->node == 0) {
        value.as.opaque->reason = NW_DIAG_VALUE_DEPENDENT;
        value.as.opaque->place = nw_here(eval);
        value.as.opaque->node = nw_tensor_record(eval, operation, &tensor, 1, value);
    }
    return value;
}

/* While Keras looks at a call beforehand, tensors have no contents. */
static bool refuse_symbolic(nw_eval *eval, const char *what)
{
    if (eval->tracing && nw_keras_is_used(eval) && eval->frame && !eval->frame->module->is_catalog)
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s a symbolic `tf.Tensor` is not allowed", what);
    return eval->exception.kind != NW_UNSET;
}

nw_answer nw_tensor_truth(nw_eval *eval, nw_value tensor, nw_guard *guard)
{
    if (refuse_symbolic(eval, "Using as a Python `bool`"))
        return NW_FAILED;
    const double *data = nw_tensor_contents(tensor.as.tensor);
    if (!check_one_element(eval, tensor.as.tensor, "Boolean value of Tensor with more than one value is ambiguous"))
        return NW_FAILED;
    if (data)
        return data[0] != 0 ? NW_YES : NW_NO;
    return nw_truth(eval, contents_expression(eval, tensor, NW_TYPE_BOOL, "bool", NW_OPERATION_TO_BOOL), guard);
}

nw_value nw_tensor_number(nw_eval *eval, nw_value tensor, nw_kind kind)
{
    if (refuse_symbolic(eval, "Converting to a number"))
        return nw_error();
    if (!check_one_element(eval, tensor.as.tensor, "a Tensor with more than one element cannot be converted to Scalar"))
        return nw_error();
    const double *data = nw_tensor_contents(tensor.as.tensor);
    if (data && kind == NW_FLOAT)
        return nw_float(data[0]);
    if (data && kind == NW_BOOL)
        return nw_bool(data[0] != 0);
    if (data && data[0] > -9e15 && data[0] < 9e15)
        return nw_int((int64_t)data[0]);
    if (kind == NW_FLOAT)
        return contents_expression(eval, tensor, NW_TYPE_FLOAT, "float", NW_OPERATION_TO_FLOAT);
    if (kind == NW_BOOL)
        return contents_expression(eval, tensor, NW_TYPE_BOOL, "bool", NW_OPERATION_TO_BOOL);
    return contents_expression(eval, tensor, NW_TYPE_INT, "int", NW_OPERATION_TO_INT);
}

/* ---- as a sequence ---- */

nw_value nw_tensor_length(nw_eval *eval, nw_value tensor)
{
    if (refuse_symbolic(eval, "Taking the length of"))
        return nw_error();
    const nw_tensor *of = tensor.as.tensor;
    if (of->shape && of->rank == 0)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "len() of a 0-d tensor");
    if (of->shape)
        return of->shape[0];
    nw_value shape = nw_tensor_attribute(eval, tensor.as.tensor, (nw_symbol){NW_NAME_SHAPE});
    nw_value size = shape.kind == NW_ERROR ? shape : nw_get_item(eval, shape, nw_int(0));
    if (size.kind == NW_OPAQUE && size.as.opaque->type == NW_TYPE_ANY)
        size.as.opaque->type = NW_TYPE_INT;
    return size;
}

/* x[i] for each i along the first axis: views, all made by the one fact. */
static nw_value row_of_tensor(nw_eval *eval, const nw_tensor *tensor, int64_t at)
{
    nw_value part = nw_tensor_new(eval, tensor->shape ? tensor->shape + 1 : NULL, tensor->shape ? tensor->rank - 1u : 0, tensor->shape != NULL,
                                  (nw_dtype)tensor->dtype);
    nw_tensor *made = part.as.tensor;
    made->class_ = nw_tensor_class_like(eval, tensor);
    made->device = tensor->device;
    nw_tensor_share(made, tensor);
    int64_t count;
    if (nw_tensor_contents(tensor) && nw_shape_elements(made->shape, made->rank, &count))
        made->data = tensor->data + at * count;
    return part;
}

static void set_nodes(nw_value *items, uint32_t count, uint32_t fact)
{
    for (uint32_t i = 0; i < count; i++)
        items[i].as.tensor->node = fact;
}

nw_value nw_tensor_iterate(nw_eval *eval, nw_value tensor)
{
    if (refuse_symbolic(eval, "Iterating over"))
        return nw_error();
    const nw_tensor *of = tensor.as.tensor;
    if (of->shape && of->rank == 0)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "iteration over a 0-d tensor");
    if (!of->shape || of->shape[0].kind != NW_INT || of->shape[0].as.integer > NW_MAX_ITEMS) {
        nw_value item = row_of_tensor(eval, of, 0);
        item.as.tensor->data = NULL;
        nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_OPAQUE, tensor);
        iterator->extra = item;
        nw_tensor_record(eval, NW_OPERATION_ITERATE, &tensor, 1, item);
        return nw_iterator_value(iterator);
    }
    uint32_t count = (uint32_t)of->shape[0].as.integer;
    nw_tuple *rows = nw_tuple_make(eval, count);
    for (uint32_t i = 0; i < count; i++)
        rows->items[i] = row_of_tensor(eval, of, i);
    nw_value all = {.kind = NW_TUPLE, .as.tuple = rows};
    set_nodes(rows->items, count, nw_tensor_record(eval, NW_OPERATION_ITERATE, &tensor, 1, all));
    return nw_iterator_value(nw_iterator_make(eval, NW_ITERATE_SEQUENCE, all));
}
