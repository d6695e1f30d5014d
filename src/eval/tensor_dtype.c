#include "eval/tensor.h"

#include <string.h>

typedef struct dtype_row {
    const char *name;
    int category, size;
} dtype_row;

static const dtype_row rows[NW_DTYPE_COUNT] = {
    {"unknown", -1, 0},
#define NW_DTYPE_ROW(id, name, category, size) {name, category, size},
#include "eval/dtype.def"
#undef NW_DTYPE_ROW
};

const char *nw_dtype_name(nw_dtype dtype)
{
    return rows[dtype].name;
}

int nw_dtype_category(nw_dtype dtype)
{
    return rows[dtype].category;
}

int nw_dtype_size(nw_dtype dtype)
{
    return rows[dtype].size;
}

nw_dtype nw_dtype_of_name(const char *name)
{
    for (int i = 1; i < NW_DTYPE_COUNT; i++)
        if (strcmp(rows[i].name, name) == 0)
            return (nw_dtype)i;
    return NW_DTYPE_UNKNOWN;
}

nw_dtype nw_dtype_real(nw_dtype dtype)
{
    switch (dtype) {
    case NW_DTYPE_COMPLEX32: return NW_DTYPE_FLOAT16;
    case NW_DTYPE_COMPLEX64: return NW_DTYPE_FLOAT32;
    case NW_DTYPE_COMPLEX128: return NW_DTYPE_FLOAT64;
    default: return dtype;
    }
}

/* Within a category wider types come later; 99 for those that take part in no promotion but with themselves. */
static int order_of(nw_dtype dtype)
{
    static const nw_dtype order[] = {NW_DTYPE_BOOL, NW_DTYPE_UINT8, NW_DTYPE_INT8, NW_DTYPE_INT16, NW_DTYPE_INT32, NW_DTYPE_INT64,
                                     NW_DTYPE_FLOAT16, NW_DTYPE_BFLOAT16, NW_DTYPE_FLOAT32, NW_DTYPE_FLOAT64, NW_DTYPE_COMPLEX32,
                                     NW_DTYPE_COMPLEX64, NW_DTYPE_COMPLEX128};
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++)
        if (order[i] == dtype)
            return i;
    return 99;
}

static nw_dtype complex_of_width(int bits)
{
    return bits >= 128 ? NW_DTYPE_COMPLEX128 : bits >= 64 ? NW_DTYPE_COMPLEX64 : NW_DTYPE_COMPLEX32;
}

/* The type that holds both (torch.promote_types). */
nw_dtype nw_dtype_join(nw_dtype a, nw_dtype b)
{
    if (a == b)
        return a;
    if (a == NW_DTYPE_UNKNOWN || b == NW_DTYPE_UNKNOWN)
        return NW_DTYPE_UNKNOWN;
    nw_dtype low = a, high = b;
    int low_category = rows[a].category, high_category = rows[b].category;
    if (low_category > high_category || (low_category == high_category && order_of(a) > order_of(b))) {
        low = b;
        high = a;
    }
    if (low == NW_DTYPE_UINT8 && high == NW_DTYPE_INT8)
        return NW_DTYPE_INT16;
    if (low == NW_DTYPE_FLOAT16 && high == NW_DTYPE_BFLOAT16)
        return NW_DTYPE_FLOAT32;
    if (rows[high].category == 3 && rows[low].category == 2) {
        int wide = low == NW_DTYPE_FLOAT16 ? 32 : low == NW_DTYPE_FLOAT64 ? 128 : 64;
        return complex_of_width(wide > rows[high].size * 8 ? wide : rows[high].size * 8);
    }
    return high;
}

static int join_present(int a, nw_dtype b)
{
    return a < 0 ? (int)b : (int)nw_dtype_join((nw_dtype)a, b);
}

nw_promotion nw_promotion_none(void)
{
    return (nw_promotion){-1, -1, -1};
}

static int opaque_number_dtype(const nw_opaque *opaque)
{
    switch (opaque->type) {
    case NW_TYPE_BOOL: return NW_DTYPE_BOOL;
    case NW_TYPE_INT: return NW_DTYPE_INT64;
    case NW_TYPE_FLOAT: return NW_DTYPE_FLOAT32;
    case NW_TYPE_COMPLEX: return NW_DTYPE_COMPLEX64;
    default: return NW_DTYPE_UNKNOWN;
    }
}

bool nw_promotion_add(nw_eval *eval, nw_promotion *promotion, nw_value operand)
{
    switch (operand.kind) {
    case NW_TENSOR: {
        const nw_tensor *tensor = operand.as.tensor;
        int *part = tensor->shape && tensor->rank == 0 ? &promotion->scalar : &promotion->ranked;
        *part = join_present(*part, (nw_dtype)tensor->dtype);
        return true;
    }
    case NW_DTYPE:
        promotion->ranked = join_present(promotion->ranked, (nw_dtype)operand.as.integer);
        return true;
    case NW_BOOL:
        promotion->number = join_present(promotion->number, NW_DTYPE_BOOL);
        return true;
    case NW_INT:
        promotion->number = join_present(promotion->number, NW_DTYPE_INT64);
        return true;
    case NW_FLOAT:
        promotion->number = join_present(promotion->number, NW_DTYPE_FLOAT32);
        return true;
    case NW_OPAQUE:
        if (operand.as.opaque->type == NW_TYPE_ANY) { /* a tensor or a complex number, for all that is known */
            promotion->ranked = NW_DTYPE_UNKNOWN;
            return true;
        }
        promotion->number = join_present(promotion->number, (nw_dtype)opaque_number_dtype(operand.as.opaque));
        return true;
    case NW_PHI:
        return nw_promotion_add(eval, promotion, operand.as.phi->then) && nw_promotion_add(eval, promotion, operand.as.phi->otherwise);
    case NW_INSTANCE:
        if (!eval->classes[NW_CLASS_OF_COMPLEX] || !nw_is_subclass(operand.as.instance->class_, eval->classes[NW_CLASS_OF_COMPLEX]))
            return false;
        promotion->number = join_present(promotion->number, NW_DTYPE_COMPLEX64);
        return true;
    default:
        return false;
    }
}

/* A stronger operand's type against a weaker one's: only a higher category of the weaker one counts. */
static int over(int high, int low)
{
    if (high < 0 || low < 0)
        return high < 0 ? low : high;
    if (high == NW_DTYPE_UNKNOWN)
        return high;
    if (low == NW_DTYPE_UNKNOWN) /* a number of unknown kind: a floating type stays */
        return rows[high].category >= 2 ? high : NW_DTYPE_UNKNOWN;
    if (rows[low].category <= rows[high].category)
        return high;
    if (rows[high].category == 2)
        return high == NW_DTYPE_FLOAT16 ? NW_DTYPE_COMPLEX32 : high == NW_DTYPE_FLOAT64 ? NW_DTYPE_COMPLEX128 : NW_DTYPE_COMPLEX64;
    return (int)nw_dtype_join((nw_dtype)high, (nw_dtype)low);
}

nw_dtype nw_promotion_result(nw_promotion promotion)
{
    int result = over(promotion.ranked, over(promotion.scalar, promotion.number));
    return result < 0 ? NW_DTYPE_UNKNOWN : (nw_dtype)result;
}
