/* Whether a value is known to lie in memory in another order than that of its axes, because something exchanged them without a copy. */
#include "base/among.h"
#include "match/graph.h"
#include "match/predicate.h"

#include <string.h>

enum { DEEPEST = 12 };

static bool is_turned(const nw_eval *eval, nw_value value, int depth)
{
    static const char *const turns[] = {"transpose", "permute", "mT", "T", "t", "movedim", "moveaxis", "swapaxes", "swapdims"};
    static const char *const arithmetic[] = {"add", "sub", "mul", "div"};
    static const char *const keeps[] = {"add", "sub", "mul", "div", "neg", "relu", "gelu", "silu", "tanh", "sigmoid", "exp", "dropout", "ReLU", "GELU", "SiLU", "Tanh", "Sigmoid", "Dropout", "Identity",
                                        "to", "float", "half", "double", "type", "type_as", "clone", "detach", "unsqueeze", "squeeze", "__getitem__"};
    if (value.kind == NW_PHI && depth)
        return is_turned(eval, value.as.phi->then, depth - 1) || is_turned(eval, value.as.phi->otherwise, depth - 1);
    const nw_fact *fact = value.kind == NW_TENSOR && depth ? nw_maker_of(eval, value) : NULL;
    if (!fact || !fact->argument_count)
        return false;
    if (fact->kind == NW_FACT_JOIN && fact->argument_count == 2)
        return is_turned(eval, fact->arguments[0], depth - 1) || is_turned(eval, fact->arguments[1], depth - 1);
    const char *dot = strrchr(nw_symbol_bytes(eval->symbols, fact->name), '.');
    bool is_operator = (fact->kind == NW_FACT_OPERATOR || fact->kind == NW_FACT_LAYER) && dot;
    if (is_operator && NW_IS_AMONG(dot + 1, turns))
        return true;
    if (!is_operator || !NW_IS_AMONG(dot + 1, keeps))
        return false;
    bool has_two = fact->argument_count > 1 && NW_IS_AMONG(dot + 1, arithmetic);
    return is_turned(eval, fact->arguments[0], depth - 1) || (has_two && is_turned(eval, fact->arguments[1], depth - 1));
}

bool nw_match_is_turned(const nw_match *match, nw_value value)
{
    return is_turned(match->index->eval, value, DEEPEST);
}
