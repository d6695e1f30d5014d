#include "match/integral.h"

#include "base/among.h"
#include "eval/tensor.h"

#include <string.h>

enum { DEEPEST = 24, MOST_ITEMS = 64 };

/* Whatever they are given. */
static const char *const sources[] = {"argmax", "argmin", "argsort", "argwhere", "long", "int", "short", "char", "byte", "bool", "nonzero", "count_nonzero", "searchsorted", "bucketize", "randint", "randperm",
                                      "tril_indices", "triu_indices", "one_hot", "bincount", "eq", "ne", "lt", "le", "gt", "ge", "isnan", "isinf", "isfinite", "isin", "logical_not", "logical_and", "logical_or",
                                      "complex", "polar", "cfloat", "cdouble", "view_as_complex"};
/* By their dtype=, otherwise by the numbers that they are made of. */
static const char *const makers[] = {"arange", "tensor", "as_tensor", "full", "range"};
/* By their dtype=, otherwise by their first operand. */
static const char *const carriers[] = {"to", "type", "view", "reshape", "permute", "transpose", "unsqueeze", "squeeze", "expand", "repeat", "contiguous", "flatten", "__getitem__", "t", "flip", "clone", "detach",
                                       "index_select", "gather", "masked_fill", "neg", "abs", "sum", "prod", "cumsum", "max", "min", "amax", "amin", "clamp", "sort", "unbind", "chunk", "split", "roll", "tril", "triu",
                                       "zeros_like", "ones_like", "full_like", "empty_like", "type_as"};
/* When all their operands are. */
static const char *const arithmetic[] = {"add", "sub", "mul", "remainder", "maximum", "minimum", "bitwise_and", "bitwise_or", "bitwise_xor", "bitwise_not", "cat", "stack", "where"};
/* The second of their results. */
static const char *const ranking[] = {"topk", "sort", "max", "min", "kthvalue", "mode", "median", "cummax", "cummin"};

static bool is_integral(const nw_eval *eval, nw_value value, int depth);

static bool all_integral(const nw_eval *eval, const nw_value *items, uint32_t count, int depth)
{
    for (uint32_t i = 0; i < count; i++)
        if (i >= MOST_ITEMS || !is_integral(eval, items[i], depth))
            return false;
    return count != 0;
}

/* Sizes and counts, of which no more may be known than that nothing says that they are floating. */
static bool holds_no_float(const nw_eval *eval, const nw_value *items, uint32_t count, int depth)
{
    bool whole = count != 0;
    for (uint32_t i = 0; i < count && whole; i++) {
        const nw_opaque *opaque = items[i].kind == NW_OPAQUE ? items[i].as.opaque : NULL;
        whole = opaque ? opaque->type != NW_TYPE_FLOAT && opaque->type != NW_TYPE_NUMBER : is_integral(eval, items[i], depth);
    }
    return whole;
}

static bool is_number_type(nw_value value, bool *floating)
{
    int category = value.kind == NW_DTYPE ? nw_dtype_category((nw_dtype)value.as.integer) : -1;
    *floating = category == 2;
    return category >= 0;
}

/* Of the arguments behind the first: a dtype tells; *told is set then. */
static bool is_told(const nw_fact *fact, bool *told)
{
    bool floating = false;
    for (uint32_t i = 1; i < fact->argument_count && !*told; i++)
        *told = is_number_type(fact->arguments[i], &floating);
    return *told && !floating;
}

/* The dtype that a keyword leaves open, but that is given by something that is not known. */
static bool may_be_told(const nw_eval *eval, const nw_fact *fact)
{
    for (uint32_t i = 0; fact->parameters && i < fact->argument_count; i++)
        if (strcmp(nw_symbol_bytes(eval->symbols, fact->parameters[i]), "dtype") == 0 && fact->arguments[i].kind != NW_NONE && fact->arguments[i].kind != NW_DTYPE)
            return true;
    return false;
}

static bool is_second_result(const nw_fact *fact, const nw_tensor *tensor)
{
    const nw_tuple *results = fact->result.kind == NW_TUPLE ? fact->result.as.tuple : NULL;
    return results && results->count == 2 && results->items[1].kind == NW_TENSOR && results->items[1].as.tensor == tensor;
}

static bool is_made_integral(const nw_eval *eval, const nw_fact *fact, const nw_tensor *tensor, int depth)
{
    const char *name = nw_symbol_bytes(eval->symbols, fact->name), *dot = strrchr(name, '.');
    bool told = false;
    if (fact->kind != NW_FACT_OPERATOR || strncmp(name, "torch.", 6) != 0)
        return false;
    if (NW_IS_AMONG(dot + 1, sources) || (NW_IS_AMONG(dot + 1, ranking) && is_second_result(fact, tensor)))
        return true;
    if (NW_IS_AMONG(dot + 1, makers)) {
        bool integral = is_told(fact, &told);
        uint32_t given = 0;
        while (given < fact->argument_count && strcmp(dot + 1, "tensor") != 0 && strcmp(dot + 1, "as_tensor") != 0 && fact->arguments[given].kind != NW_NONE && fact->arguments[given].kind != NW_DTYPE)
            given++;
        return told ? integral : !may_be_told(eval, fact) && holds_no_float(eval, fact->arguments, given ? given : fact->argument_count ? 1 : 0, depth);
    }
    if (NW_IS_AMONG(dot + 1, arithmetic))
        return all_integral(eval, fact->arguments, fact->argument_count, depth);
    if (!NW_IS_AMONG(dot + 1, carriers) || !fact->argument_count)
        return false;
    bool integral = is_told(fact, &told);
    return told ? integral : !may_be_told(eval, fact) && is_integral(eval, fact->arguments[strcmp(dot + 1, "type_as") == 0 && fact->argument_count > 1 ? 1 : 0], depth);
}

static bool is_integral(const nw_eval *eval, nw_value value, int depth)
{
    if (!depth)
        return false;
    switch (value.kind) {
    case NW_BOOL: case NW_INT: return true;
    case NW_TUPLE: return all_integral(eval, value.as.tuple->items, value.as.tuple->count, depth - 1);
    case NW_LIST: return all_integral(eval, value.as.list->items, value.as.list->count, depth - 1);
    case NW_PHI: return is_integral(eval, value.as.phi->then, depth - 1) || is_integral(eval, value.as.phi->otherwise, depth - 1);
    case NW_OPAQUE: return value.as.opaque->is_size || value.as.opaque->type == NW_TYPE_INT || value.as.opaque->type == NW_TYPE_BOOL;
    case NW_TENSOR: {
        const nw_tensor *tensor = value.as.tensor;
        if (tensor->dtype != NW_DTYPE_UNKNOWN)
            return nw_dtype_category(tensor->dtype) != 2;
        return tensor->node && tensor->node < eval->fact_count && is_made_integral(eval, &eval->facts[tensor->node], tensor, depth - 1);
    }
    default: return false;
    }
}

bool nw_may_be_integral(const nw_eval *eval, nw_value value)
{
    return (value.kind == NW_TENSOR || value.kind == NW_PHI) && is_integral(eval, value, DEEPEST);
}
