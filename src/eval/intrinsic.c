#include "eval/intrinsic.h"

#include "eval/keras.h"

#include "eval/symbolic.h"

#include <stdio.h>
#include <string.h>

bool nw_intrinsic_bind(nw_eval *eval, const char *name, const char *signature, uint32_t required, uint32_t most, const nw_arguments *arguments,
                       nw_value *out)
{
    uint32_t count = arguments->positional_count;
    if (arguments->named_count || arguments->open || count < required || count > most)
        return nw_bind(eval, name, signature, arguments, out);
    for (uint32_t i = 0; i < most; i++)
        out[i] = i < count ? arguments->positional[i] : nw_unset();
    return true;
}

void nw_intrinsic_define(nw_eval *eval, nw_dict *globals, const nw_intrinsic *intrinsics, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        nw_dict_set_name(eval, globals, nw_symbol_of(eval->symbols, intrinsics[i].name),
                         nw_native_new(eval, intrinsics[i].name, intrinsics[i].call, nw_unset()));
}

/* ---- knowledge ---- */

static nw_value lost_because(nw_eval *eval, const nw_arguments *arguments, const char *name, nw_diagnostic_id reason)
{
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, name, "message=, number=", 0, 2, arguments, values))
        return nw_error();
    nw_value lost = nw_lost(eval, reason, "%s", values[0].kind == NW_STRING ? nw_symbol_bytes(eval->symbols, values[0].as.symbol) : "");
    if (lost.kind == NW_OPAQUE && values[1].kind == NW_BOOL && values[1].as.integer)
        lost.as.opaque->type = NW_TYPE_NUMBER;
    if (lost.kind == NW_OPAQUE && values[1].kind == NW_INT) {
        lost.as.opaque->type = NW_TYPE_INT;
        lost.as.opaque->minimum = values[1].as.integer;
    }
    return lost;
}

static nw_value call_unknown(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    return lost_because(eval, arguments, "unknown", NW_DIAG_VALUE_DEPENDENT);
}

/* What comes from outside of the program: files, time, random numbers, the command line. */
static nw_value call_outside(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    return lost_because(eval, arguments, "outside", NW_DIAG_HOST_VALUE);
}

static nw_value call_known(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value value;
    if (!nw_intrinsic_bind(eval, "known", "x", 1, 1, arguments, &value))
        return nw_error();
    value = nw_settle(eval, value);
    return nw_bool(value.kind != NW_OPAQUE && value.kind != NW_PHI);
}

static nw_value raise_of_class(nw_eval *eval, nw_value class_, nw_value message)
{
    if (message.kind == NW_UNSET)
        message = nw_string((nw_symbol){0});
    nw_value exception = class_.kind == NW_CLASS ? nw_call_values(eval, class_, &message, 1) : nw_unset();
    if (exception.kind == NW_ERROR)
        return exception;
    if (exception.kind != NW_INSTANCE)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "%s",
                        message.kind == NW_STRING ? nw_symbol_bytes(eval->symbols, message.as.symbol) : "");
    eval->exception = exception;
    eval->exception_place = nw_here(eval);
    return nw_error();
}

static bool is_followed_integer(nw_value value)
{
    return nw_is_integer(value) || (value.kind == NW_OPAQUE && value.as.opaque->type == NW_TYPE_INT && !value.as.opaque->reason);
}

/* A size that may be anything (`?` in an input) must equal another: the operator works for one size only. A bound, such as that
 * a kernel is no larger than the picture, is taken to hold. In open mode the program itself constrains the symbols. */
static void report_size_in_doubt(nw_eval *eval, const nw_opaque *condition, nw_value message)
{
    if (eval->environment->open || eval->tracing || condition->origin != NW_ORIGIN_EXPRESSION || condition->op != NW_OPERATOR_EQUAL)
        return;
    if (is_followed_integer(condition->operands[0]) && is_followed_integer(condition->operands[1]))
        nw_report_loss(eval, NW_DIAG_CONDITION_UNKNOWN, nw_here(eval), message.kind == NW_STRING ? message.as.symbol : condition->text);
}

static nw_value call_check(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    if (!nw_intrinsic_bind(eval, "check", "condition, message=, error=", 1, 3, arguments, values))
        return nw_error();
    nw_value condition = nw_settle(eval, values[0]);
    if (condition.kind == NW_BOOL) {
        if (condition.as.integer)
            return nw_none();
    } else {
        nw_guard guard;
        if (condition.kind == NW_OPAQUE)
            report_size_in_doubt(eval, condition.as.opaque, values[1]);
        if (condition.kind == NW_OPAQUE || condition.kind == NW_PHI)
            return nw_none();
        nw_answer holds = nw_truth(eval, condition, &guard);
        if (holds != NW_NO)
            return holds == NW_FAILED ? nw_error() : nw_none();
    }
    return raise_of_class(eval, values[2], values[1]);
}

/* ---- sizes ---- */

bool nw_shape_read(nw_eval *eval, nw_value value, nw_value *sizes, uint32_t *rank, bool *known)
{
    nw_value *items;
    uint32_t count;
    value = nw_settle(eval, value);
    *known = false;
    *rank = 0;
    if (value.kind == NW_NONE || value.kind == NW_UNSET || value.kind == NW_OPAQUE || value.kind == NW_PHI)
        return true;
    if (value.kind == NW_TUPLE) {
        items = value.as.tuple->items;
        count = value.as.tuple->count;
    } else {
        nw_answer all = nw_collect(eval, value, &items, &count);
        if (all != NW_YES)
            return all != NW_FAILED;
    }
    if (count > NW_MAX_RANK)
        return true;
    for (uint32_t i = 0; i < count; i++) {
        sizes[i] = items[i].kind == NW_INT && items[i].as.integer >= 0 ? items[i] : nw_size_of(eval, items[i]);
        if (sizes[i].kind == NW_ERROR)
            return false;
    }
    *rank = count;
    *known = true;
    return true;
}

static nw_value call_prod(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value shape, *items;
    uint32_t count;
    if (!nw_intrinsic_bind(eval, "prod", "shape", 1, 1, arguments, &shape))
        return nw_error();
    shape = nw_settle(eval, shape);
    nw_answer all = nw_collect(eval, shape, &items, &count);
    if (all == NW_FAILED)
        return nw_error();
    if (all == NW_MAYBE)
        return shape.kind == NW_OPAQUE ? nw_expression_call(eval, "prod", NW_TYPE_INT, &shape, 1)
                                       : nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the product of unknown sizes");
    nw_value product = nw_int(1);
    for (uint32_t i = 0; i < count && product.kind != NW_ERROR; i++)
        product = nw_size_multiply(eval, product, nw_settle(eval, items[i]));
    return product;
}

static nw_value call_normal_dim(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2];
    if (!nw_intrinsic_bind(eval, "normal_dim", "dim, rank", 2, 2, arguments, values))
        return nw_error();
    nw_value dim = nw_settle(eval, values[0]), rank = nw_settle(eval, values[1]);
    if (dim.kind == NW_OPAQUE || dim.kind == NW_PHI)
        return dim;
    if (dim.kind == NW_INSTANCE && dim.as.instance->payload.kind == NW_INT)
        dim = dim.as.instance->payload;
    if (dim.kind == NW_TENSOR && dim.as.tensor->shape && dim.as.tensor->rank == 0 && nw_dtype_category((nw_dtype)dim.as.tensor->dtype) == 1) {
        const double *held = nw_tensor_contents(dim.as.tensor);
        if (!held)
            return nw_lost(eval, NW_DIAG_VALUE_DEPENDENT, "a dimension");
        dim = nw_int((int64_t)held[0]);
    }
    if (dim.kind != NW_INT)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "a dimension must be an int");
    if (rank.kind != NW_INT) /* x.shape[-1] of a tensor of unknown rank says more than an offset from that rank */
        return dim;
    int64_t span = rank.as.integer > 1 ? rank.as.integer : 1;
    if (dim.as.integer < -span || dim.as.integer >= span)
        return nw_raise(eval, NW_EXCEPTION_INDEX_ERROR, "Dimension out of range (expected to be in range of [%lld, %lld], but got %lld)",
                        (long long)-span, (long long)span - 1, (long long)dim.as.integer);
    return dim.as.integer < 0 ? nw_int(dim.as.integer + span) : dim;
}

static nw_value call_pair(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2], *items;
    uint32_t count;
    if (!nw_intrinsic_bind(eval, "pair", "x, n", 2, 2, arguments, values))
        return nw_error();
    nw_value value = nw_settle(eval, values[0]);
    uint32_t length = values[1].kind == NW_INT && values[1].as.integer >= 0 && values[1].as.integer <= NW_MAX_RANK ? (uint32_t)values[1].as.integer : 1;
    nw_tuple *tuple = nw_tuple_make(eval, length);
    nw_value result = {.kind = NW_TUPLE, .as.tuple = tuple};
    for (uint32_t i = 0; i < length; i++)
        tuple->items[i] = value;
    if (value.kind == NW_OPAQUE && (value.as.opaque->type == NW_TYPE_TUPLE || value.as.opaque->type == NW_TYPE_LIST))
        return value;
    if (value.kind != NW_TUPLE && value.kind != NW_LIST)
        return result;
    nw_answer all = nw_collect(eval, value, &items, &count);
    if (all != NW_YES)
        return all == NW_FAILED ? nw_error() : nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "a list of unknown length");
    if (count != 1 && count != length)
        return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "expected %u values, got %u", length, count);
    for (uint32_t i = 0; i < length; i++)
        tuple->items[i] = items[count == 1 ? 0 : i];
    return result;
}

static nw_value call_broadcast(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value common[NW_MAX_RANK], joined[NW_MAX_RANK], sizes[NW_MAX_RANK];
    uint32_t rank = 0;
    for (uint32_t i = 0; i < arguments->positional_count; i++) {
        uint32_t other;
        bool known;
        if (!nw_shape_read(eval, arguments->positional[i], sizes, &other, &known))
            return nw_error();
        if (!known)
            return nw_tensor_expression(eval, "broadcast", NW_TYPE_TUPLE, arguments->positional, arguments->positional_count, "a broadcast shape");
        if (!nw_shape_broadcast(eval, common, rank, sizes, other, joined, &rank))
            return nw_error();
        memcpy(common, joined, rank * sizeof *joined);
    }
    return nw_tuple_new(eval, common, rank);
}

static nw_value call_slice_length(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[3];
    if (!nw_intrinsic_bind(eval, "slice_length", "key, size, backwards=", 2, 3, arguments, values))
        return nw_error();
    values[0] = nw_settle(eval, values[0]);
    nw_value size = nw_size_of(eval, values[1]);
    if (size.kind == NW_ERROR)
        return size;
    if (values[0].kind != NW_SLICE)
        return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the length of a slice");
    return nw_slice_length(eval, values[0].as.slice, size, values[2].kind == NW_BOOL && values[2].as.integer);
}

/* ---- reshaping ---- */

static nw_value bad_reshape(nw_eval *eval, const nw_value *sizes, uint32_t rank, const char *of)
{
    char text[200];
    size_t used = 0;
    for (uint32_t i = 0; i < rank && used < sizeof text - 24; i++)
        used += (size_t)snprintf(text + used, sizeof text - used, i ? ", %lld" : "%lld", sizes[i].kind == NW_INT ? (long long)sizes[i].as.integer : -1LL);
    return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "shape '[%s]' is invalid for input of size %s", text, of);
}

/* Sizes that stand on both sides cancel, so that a symbolic batch size leaves a known rest. */
static void cancel(nw_value *left, uint32_t *left_count, nw_value *right, uint32_t *right_count)
{
    for (uint32_t i = 0; i < *left_count;) {
        uint32_t k = 0;
        while (k < *right_count && !nw_size_equal(left[i], right[k]))
            k++;
        if (k == *right_count) {
            i++;
            continue;
        }
        left[i] = left[--*left_count];
        right[k] = right[--*right_count];
    }
}

static nw_value product_of(nw_eval *eval, const nw_value *sizes, uint32_t count)
{
    nw_value product = nw_int(1);
    for (uint32_t i = 0; i < count && product.kind != NW_ERROR; i++)
        product = nw_size_multiply(eval, product, sizes[i]);
    return product;
}

/* The size that -1 stands for: all elements over the given ones. */
static nw_value inferred(nw_eval *eval, nw_value *have, uint32_t have_count, nw_value *given, uint32_t given_count)
{
    for (uint32_t i = 0; i < given_count; i++)
        if (given[i].kind == NW_INT && given[i].as.integer == 0)
            return nw_unset(); /* any size would do */
    cancel(have, &have_count, given, &given_count);
    nw_value all = product_of(eval, have, have_count), rest = product_of(eval, given, given_count);
    if (all.kind == NW_ERROR || rest.kind == NW_ERROR)
        return nw_error();
    if (rest.kind != NW_INT || all.kind != NW_INT) {
        bool by_one = rest.kind == NW_INT && rest.as.integer == 1;
        return by_one ? all : nw_binary(eval, NW_OPERATOR_FLOOR_DIVIDE, all, rest);
    }
    if (all.as.integer % rest.as.integer != 0)
        return nw_unset();
    return nw_int(all.as.integer / rest.as.integer);
}

static nw_value reshaped(nw_eval *eval, const nw_value *shape, uint32_t rank, nw_value *sizes, uint32_t count)
{
    nw_value have[NW_MAX_RANK], given[NW_MAX_RANK];
    uint32_t given_count = 0, hole = count;
    int64_t elements, wanted;
    char total[32] = "unknown";
    bool counted = nw_shape_elements(shape, rank, &elements);
    if (counted)
        snprintf(total, sizeof total, "%lld", (long long)elements);
    for (uint32_t i = 0; i < count; i++) {
        if (sizes[i].kind == NW_INT && sizes[i].as.integer == -1) {
            if (hole < count)
                return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "only one dimension can be inferred");
            hole = i;
        } else if (sizes[i].kind == NW_INT && sizes[i].as.integer < 0) {
            return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "invalid shape dimension %lld", (long long)sizes[i].as.integer);
        } else {
            given[given_count++] = sizes[i];
        }
    }
    memcpy(have, shape, rank * sizeof *have);
    if (hole < count) {
        nw_value rest = inferred(eval, have, rank, given, given_count);
        if (rest.kind == NW_ERROR)
            return rest;
        if (rest.kind == NW_UNSET)
            return bad_reshape(eval, sizes, count, total);
        sizes[hole] = rest;
    } else if (counted && nw_shape_elements(sizes, count, &wanted) && wanted != elements) {
        return bad_reshape(eval, sizes, count, total);
    }
    return nw_tuple_new(eval, sizes, count);
}

static nw_value call_reshaped(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    nw_value values[2], shape[NW_MAX_RANK], sizes[NW_MAX_RANK], *items;
    uint32_t rank, count;
    bool known;
    if (!nw_intrinsic_bind(eval, "reshaped", "shape, sizes", 2, 2, arguments, values) || !nw_shape_read(eval, values[0], shape, &rank, &known))
        return nw_error();
    nw_answer all = nw_collect(eval, values[1], &items, &count);
    if (all == NW_FAILED)
        return nw_error();
    if (all == NW_MAYBE || count > NW_MAX_RANK)
        return nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "a reshape to an unknown rank");
    for (uint32_t i = 0; i < count; i++) {
        sizes[i] = nw_settle(eval, items[i]);
        if (sizes[i].kind == NW_BOOL)
            sizes[i].kind = NW_INT;
        if (sizes[i].kind == NW_TENSOR)
            sizes[i] = nw_tensor_number(eval, sizes[i], NW_INT);
        if (sizes[i].kind == NW_PHI)
            sizes[i] = nw_size_of(eval, sizes[i]);
        if (sizes[i].kind == NW_ERROR)
            return nw_error();
        if (sizes[i].kind != NW_INT && sizes[i].kind != NW_OPAQUE)
            return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "a size must be an int, not '%s'",
                            nw_symbol_bytes(eval->symbols, nw_type_of(eval, sizes[i])->name));
    }
    if (known)
        return reshaped(eval, shape, rank, sizes, count);
    for (uint32_t i = 0; i < count; i++)
        if (sizes[i].kind == NW_INT && sizes[i].as.integer == -1)
            sizes[i] = nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the rest of a reshape");
    return nw_tuple_new(eval, sizes, count);
}

/* ---- the module ---- */

static const nw_intrinsic intrinsics[] = {
    {"unknown", call_unknown}, {"outside", call_outside}, {"known", call_known}, {"check", call_check}, {"prod", call_prod}, {"normal_dim", call_normal_dim},
    {"pair", call_pair}, {"broadcast", call_broadcast}, {"slice_length", call_slice_length}, {"reshaped", call_reshaped},
};

static nw_module *native_module(nw_eval *eval, nw_symbol name, nw_dict *globals)
{
    nw_module *module = nw_arena_zero(&eval->arena, sizeof *module);
    module->name = name;
    module->globals = globals;
    module->state = NW_MODULE_DONE;
    module->is_catalog = true;
    module->serial = ++eval->next_serial;
    nw_dict_set_name(eval, eval->modules, name, (nw_value){.kind = NW_MODULE, .as.module = module});
    return module;
}

void nw_intrinsics_install(nw_eval *eval)
{
    nw_symbol name = {NW_NAME_NW_MODULE}, builtins = {NW_NAME_BUILTINS};
    if (!nw_dict_find_name(eval->modules, builtins))
        nw_dict_set_name(eval, eval->builtins, (nw_symbol){NW_NAME_DUNDER_BUILTINS},
                         (nw_value){.kind = NW_MODULE, .as.module = native_module(eval, builtins, eval->builtins)});
    nw_module *module = native_module(eval, name, nw_dict_make(eval));
    nw_dict_set_name(eval, module->globals, (nw_symbol){NW_NAME_DUNDER_NAME}, nw_string(name));
    nw_tensor_classes_install(eval, module->globals);
    nw_python_intrinsics_install(eval, module->globals);
    nw_copy_intrinsics_install(eval, module->globals);
    nw_intrinsic_define(eval, module->globals, intrinsics, sizeof intrinsics / sizeof *intrinsics);
    nw_math_intrinsics_install(eval, module->globals);
    nw_keras_intrinsics_install(eval, module->globals);
    nw_tensor_intrinsics_install(eval, module->globals);
    nw_module_intrinsics_install(eval, module->globals);
    nw_walk_intrinsics_install(eval, module->globals);
    nw_disk_intrinsics_install(eval, module->globals);
    nw_row_intrinsics_install(eval, module->globals);
}
