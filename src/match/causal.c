#include "match/causal.h"

#include "base/among.h"
#include "eval/symbolic.h"
#include "match/graph.h"

#include <math.h>
#include <string.h>

enum { DEEPEST = 16 };

static const char *short_name(const nw_eval *eval, const nw_fact *fact)
{
    const char *name = fact ? nw_symbol_bytes(eval->symbols, fact->name) : "", *dot = strrchr(name, '.');
    bool known = fact && fact->kind == NW_FACT_OPERATOR && strncmp(name, "torch.", 6) == 0;
    return known && dot ? dot + 1 : "";
}

static bool is_number(nw_value value, double number)
{
    return nw_is_number(value) && (value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer) == number;
}

static nw_value argument(const nw_eval *eval, const nw_fact *fact, const char *name)
{
    for (uint32_t i = 0; i < fact->argument_count; i++)
        if (strcmp(nw_symbol_bytes(eval->symbols, fact->parameters[i]), name) == 0)
            return fact->arguments[i];
    return nw_unset();
}

/* ---- the triangle ---- */

static bool is_all_ones(const nw_eval *eval, nw_value value, int depth)
{
    static const char *const carriers[] = {"bool", "to", "type", "view", "reshape", "unsqueeze", "expand", "contiguous"};
    const nw_fact *fact = nw_maker_of(eval, value);
    const char *name = short_name(eval, fact);
    if (depth == 0 || !*name)
        return false;
    if (strcmp(name, "ones") == 0 || strcmp(name, "ones_like") == 0)
        return true;
    if (strcmp(name, "full") == 0)
        return is_number(argument(eval, fact, "fill_value"), 1);
    return NW_IS_AMONG(name, carriers) && is_all_ones(eval, fact->arguments[0], depth - 1);
}

/* The last two dimensions are as they were; others were added in front. */
static bool keeps_matrix(nw_value before, nw_value after)
{
    const nw_tensor *a = before.kind == NW_TENSOR ? before.as.tensor : NULL, *b = after.kind == NW_TENSOR ? after.as.tensor : NULL;
    if (!a || !b || !a->shape || !b->shape || a->rank < 2 || b->rank < 2)
        return false;
    for (uint32_t i = 1; i <= 2; i++)
        if (!nw_operand_same(a->shape[a->rank - i], b->shape[b->rank - i]))
            return false;
    for (uint32_t i = 0; i + 2 < b->rank; i++)
        if (!is_number(b->shape[i], 1))
            return false;
    return true;
}

/* `[..., :n, :n]`, with whole dimensions in front. */
static bool cuts_corner(nw_value index, nw_value base)
{
    const nw_tuple *parts = index.kind == NW_TUPLE ? index.as.tuple : NULL;
    uint32_t rank = base.kind == NW_TENSOR && base.as.tensor->shape ? base.as.tensor->rank : 0;
    if (!parts || parts->count < 2 || rank < 2)
        return false;
    for (uint32_t i = 0; i < parts->count; i++) {
        bool is_last = i + 2 >= parts->count;
        nw_value part = parts->items[i];
        if (part.kind != NW_SLICE)
            return false;
        bool from_start = part.as.slice->start.kind == NW_NONE || is_number(part.as.slice->start, 0);
        bool whole = part.as.slice->stop.kind == NW_NONE;
        if (!from_start || part.as.slice->step.kind != NW_NONE || (!is_last && !whole))
            return false;
    }
    return parts->count == rank && nw_operand_same(parts->items[rank - 2].as.slice->stop, parts->items[rank - 1].as.slice->stop);
}

/* Any rows, and columns from the first one on. */
static bool keeps_first_column(nw_value index, nw_value base)
{
    const nw_tuple *parts = index.kind == NW_TUPLE ? index.as.tuple : NULL;
    uint32_t rank = base.kind == NW_TENSOR && base.as.tensor->shape ? base.as.tensor->rank : 0;
    if (!parts || parts->count != rank)
        return false;
    for (uint32_t i = 0; i < parts->count; i++)
        if (parts->items[i].kind != NW_SLICE || parts->items[i].as.slice->step.kind != NW_NONE)
            return false;
    nw_value start = parts->items[rank - 1].as.slice->start;
    return start.kind == NW_NONE || is_number(start, 0);
}

/* `exact`: the later positions and no others are hidden; otherwise it is enough that none of the others in the first column is. */
static bool is_triangle(const nw_eval *eval, nw_value value, bool hidden, bool exact, int depth)
{
    static const char *const carriers[] = {"bool", "to", "type", "view", "reshape", "unsqueeze", "contiguous"};
    const nw_fact *fact = nw_maker_of(eval, value);
    const char *name = short_name(eval, fact);
    if (depth == 0 || !*name || !fact->argument_count)
        return false;
    if (strcmp(name, "tril") == 0)
        return !hidden && is_number(argument(eval, fact, "diagonal"), 0) && is_all_ones(eval, fact->arguments[0], DEEPEST);
    if (strcmp(name, "triu") == 0)
        return hidden && is_number(argument(eval, fact, "diagonal"), 1) && is_all_ones(eval, fact->arguments[0], DEEPEST);
    if (strcmp(name, "bitwise_not") == 0 || strcmp(name, "logical_not") == 0)
        return is_triangle(eval, fact->arguments[0], !hidden, exact, depth - 1);
    if (strcmp(name, "eq") == 0 && fact->argument_count >= 2 && is_number(fact->arguments[1], 0))
        return is_triangle(eval, fact->arguments[0], !hidden, exact, depth - 1);
    if (strcmp(name, "__getitem__") == 0 && fact->argument_count >= 2)
        return (exact ? cuts_corner : keeps_first_column)(fact->arguments[1], fact->arguments[0]) && is_triangle(eval, fact->arguments[0], hidden, exact, depth - 1);
    return NW_IS_AMONG(name, carriers) && keeps_matrix(fact->arguments[0], value) &&
           is_triangle(eval, fact->arguments[0], hidden, exact, depth - 1);
}

bool nw_is_causal(nw_eval *eval, nw_value value, bool hidden)
{
    return is_triangle(eval, value, hidden, true, DEEPEST);
}

bool nw_has_open_rows(nw_eval *eval, nw_value value, bool hidden)
{
    return is_triangle(eval, value, hidden, false, DEEPEST);
}

static bool is_zero_one(const nw_eval *eval, nw_value value, int depth)
{
    static const char *const makers[] = {"ones", "zeros", "ones_like", "zeros_like", "eye", "eq", "ne", "lt", "le", "gt", "ge", "logical_not", "logical_and", "logical_or", "isinf", "isnan"};
    static const char *const carriers[] = {"tril", "triu", "bool", "to", "type", "type_as", "float", "int", "long", "half", "view", "reshape", "unsqueeze", "squeeze", "expand", "transpose",
                                           "permute", "contiguous", "__getitem__", "mul"};
    const nw_fact *fact = nw_maker_of(eval, value);
    const char *name = short_name(eval, fact);
    if (depth == 0 || !*name)
        return false;
    if (NW_IS_AMONG(name, makers))
        return true;
    if (!fact->argument_count || !NW_IS_AMONG(name, carriers) || !is_zero_one(eval, fact->arguments[0], depth - 1))
        return false;
    return strcmp(name, "mul") != 0 || (fact->argument_count > 1 && is_zero_one(eval, fact->arguments[1], depth - 1));
}

bool nw_is_zero_one(const nw_eval *eval, nw_value value)
{
    return is_zero_one(eval, value, DEEPEST);
}

/* ---- the fill ---- */

static bool is_lowest(const nw_eval *eval, nw_value value, int depth)
{
    if (value.kind == NW_FLOAT)
        return isinf(value.as.number) && value.as.number < 0;
    if (value.kind == NW_OPAQUE) /* of catalog/torch/_rules.py */
        return strcmp(nw_symbol_bytes(eval->symbols, value.as.opaque->text), "the min of a dtype that is not known") == 0;
    const nw_fact *fact = nw_maker_of(eval, value);
    const char *name = short_name(eval, fact);
    if (depth == 0 || !*name || !fact->argument_count || value.as.tensor->rank)
        return false;
    if (strcmp(name, "full") == 0)
        return is_lowest(eval, argument(eval, fact, "fill_value"), 0);
    return (strcmp(name, "tensor") == 0 || strcmp(name, "to") == 0) && is_lowest(eval, fact->arguments[0], depth - 1);
}

bool nw_is_lowest(const nw_eval *eval, nw_value value)
{
    return is_lowest(eval, value, DEEPEST);
}
