/* How many axes a value has at least, by what the matched code does with it, in this run or in another one. */
#include "eval/symbolic.h"
#include "match/predicate.h"
#include "match/rank.h"

static const nw_fact *fact_of_call(const nw_match *match, uint32_t at, uint32_t activation)
{
    const nw_node *call = nw_file_node(match->index, match->calls.items[at]);
    uint32_t number = nw_file_fact(match->index, call->start, call->end, activation);
    return number ? &match->index->eval->facts[number] : NULL;
}

/* In one run of the function. */
static bool has_axes_in(const nw_match *match, nw_value value, nw_guard path, uint32_t activation, int64_t least)
{
    nw_eval *eval = match->index->eval;
    if (nw_least_rank_of(eval, value, path) >= least)
        return true;
    for (uint32_t i = 0; i < match->calls.count && least <= 2; i++) {
        const nw_fact *fact = fact_of_call(match, i, activation);
        if (fact && nw_exchanges_axes(eval, fact, value))
            return true;
    }
    return false;
}

/* In other runs of the function what stands at the same place may be known better: a caller says more. */
static bool has_axes_elsewhere(const nw_match *match, uint32_t at, nw_value value, int64_t least)
{
    const nw_eval *eval = match->index->eval;
    const nw_node *call = nw_file_node(match->index, match->calls.items[at]);
    const nw_fact *here = fact_of_call(match, at, match->activation);
    uint32_t count;
    const nw_placed *facts = nw_file_facts_at(match->index, call->start, call->end, &count);
    for (uint32_t i = 0; here && i < count; i++)
        for (uint32_t k = 0; k < here->argument_count; k++) {
            const nw_fact *there = &eval->facts[facts[i].number];
            bool is_it = nw_operand_same(here->arguments[k], value) && k < there->argument_count;
            if (is_it && has_axes_in(match, there->arguments[k], there->condition, there->activation, least))
                return true;
        }
    return false;
}

bool nw_match_has_axes(const nw_match *match, nw_value value, int64_t least)
{
    bool found = has_axes_in(match, value, nw_match_path(match), match->activation, least);
    for (uint32_t i = 0; i < match->calls.count && !found; i++)
        found = has_axes_elsewhere(match, i, value, least);
    return found;
}
