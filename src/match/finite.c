#include "match/finite.h"

#include "base/among.h"

#include <math.h>
#include <string.h>

enum { DEEPEST = 24, MOST_ITEMS = 256 };

/* Finite whatever they are given. */
static const char *const sources[] = {"arange", "zeros", "ones", "zeros_like", "ones_like", "rand", "Embedding", "embedding", "sigmoid", "tanh", "softmax"};
/* Finite when all their operands are. */
static const char *const arithmetic[] = {"add", "sub", "mul", "neg", "abs", "clamp"};
/* Finite when their first operand is: the others are sizes, axes, types. */
static const char *const carriers[] = {"cat", "stack", "view", "reshape", "permute", "transpose", "unsqueeze", "squeeze", "expand", "repeat", "contiguous", "to",
                                       "float", "type_as", "flatten", "__getitem__", "tensor", "t", "flip", "index_select"};

static bool is_finite(const nw_eval *eval, nw_value value, int depth);

static bool all_finite(const nw_eval *eval, const nw_value *items, uint32_t count, int depth)
{
    for (uint32_t i = 0; i < count; i++)
        if (i >= MOST_ITEMS || !is_finite(eval, items[i], depth))
            return false;
    return true;
}

static bool is_finite_fact(const nw_eval *eval, const nw_fact *fact, int depth)
{
    const char *name = nw_symbol_bytes(eval->symbols, fact->name), *dot = strrchr(name, '.');
    if ((fact->kind != NW_FACT_OPERATOR && fact->kind != NW_FACT_LAYER) || strncmp(name, "torch.", 6) != 0)
        return false;
    if (NW_IS_AMONG(dot + 1, sources))
        return true;
    if (NW_IS_AMONG(dot + 1, arithmetic))
        return all_finite(eval, fact->arguments, fact->argument_count, depth);
    return NW_IS_AMONG(dot + 1, carriers) && fact->argument_count && is_finite(eval, fact->arguments[0], depth);
}

/* Arithmetic on numbers; a division may be by zero. */
static bool is_finite_number(const nw_eval *eval, const nw_opaque *opaque, int depth)
{
    if (opaque->origin == NW_ORIGIN_SYMBOL)
        return opaque->type == NW_TYPE_INT;
    if (opaque->origin != NW_ORIGIN_EXPRESSION || opaque->op >= NW_OPERATOR_COUNT || strcmp(nw_operator_text((nw_operator)opaque->op), "/") == 0)
        return opaque->type == NW_TYPE_INT;
    return all_finite(eval, opaque->operands, opaque->operand_count, depth);
}

static bool is_finite(const nw_eval *eval, nw_value value, int depth)
{
    if (!depth)
        return false;
    switch (value.kind) {
    case NW_NONE: case NW_BOOL: case NW_INT: case NW_DTYPE: case NW_STRING: case NW_SLICE: case NW_ELLIPSIS: case NW_UNSET: return true;
    case NW_FLOAT: return isfinite(value.as.number);
    case NW_TUPLE: return all_finite(eval, value.as.tuple->items, value.as.tuple->count, depth - 1);
    case NW_LIST: return all_finite(eval, value.as.list->items, value.as.list->count, depth - 1);
    case NW_PHI: return is_finite(eval, value.as.phi->then, depth - 1) && is_finite(eval, value.as.phi->otherwise, depth - 1);
    case NW_OPAQUE: return is_finite_number(eval, value.as.opaque, depth - 1);
    case NW_TENSOR: break;
    default: return false;
    }
    const nw_tensor *tensor = value.as.tensor;
    if (tensor->is_parameter)
        return true;
    const nw_fact *fact = tensor->node && tensor->node < eval->fact_count ? &eval->facts[tensor->node] : NULL;
    return fact && fact->result.kind == NW_TENSOR && is_finite_fact(eval, fact, depth - 1);
}

bool nw_is_finite(const nw_eval *eval, nw_value value)
{
    return is_finite(eval, value, DEEPEST);
}

static int hides(const nw_eval *eval, nw_value value, int64_t sign, int depth)
{
    static const char *const holders[] = {"tensor", "to", "type", "float"};
    const double lowest = -1e4; /* what models write; scores are some hundreds */
    if (value.kind == NW_INT || value.kind == NW_FLOAT)
        return (value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer) * (double)sign <= lowest ? 1 : -1;
    if (value.kind == NW_PHI && depth) {
        int then = hides(eval, value.as.phi->then, sign, depth - 1), otherwise = hides(eval, value.as.phi->otherwise, sign, depth - 1);
        return then < otherwise ? then : otherwise;
    }
    const nw_tensor *tensor = value.kind == NW_TENSOR ? value.as.tensor : NULL;
    const nw_fact *fact = tensor && !tensor->is_parameter && tensor->node && tensor->node < eval->fact_count ? &eval->facts[tensor->node] : NULL;
    const char *name = fact && fact->kind == NW_FACT_OPERATOR ? nw_symbol_bytes(eval->symbols, fact->name) : "";
    if (!depth || strncmp(name, "torch.", 6) != 0)
        return 0;
    if (strcmp(name, "torch.full") == 0)
        return fact->argument_count > 1 ? hides(eval, fact->arguments[1], sign, depth - 1) : 0;
    return NW_IS_AMONG(strrchr(name, '.') + 1, holders) && fact->argument_count ? hides(eval, fact->arguments[0], sign, depth - 1) : 0;
}

int nw_hides(const nw_eval *eval, nw_value value, int64_t sign)
{
    return hides(eval, value, sign, DEEPEST);
}
