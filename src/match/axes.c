/* How many axes a value has at least, by what the matched code does with it, in this run or in all other ones. */
#include "eval/symbolic.h"
#include "match/callers.h"
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

/* What stands at the same place of a matched call in every other run of the function: callers say more than a run of the function by itself. */
static bool has_axes_elsewhere(const nw_match *match, uint32_t at, uint32_t argument, int64_t least)
{
    const nw_node *call = nw_file_node(match->index, match->calls.items[at]);
    uint32_t count, others = 0;
    const nw_placed *facts = nw_file_facts_at(match->index, call->start, call->end, &count);
    for (uint32_t i = 0; i < count; i++) {
        const nw_fact *there = &match->index->eval->facts[facts[i].number];
        if (there->activation == match->activation)
            continue;
        if (argument >= there->argument_count || !has_axes_in(match, there->arguments[argument], there->condition, there->activation, least))
            return false;
        others++;
    }
    return others != 0;
}

bool nw_match_has_axes(const nw_match *match, nw_value value, int64_t least)
{
    if (has_axes_in(match, value, nw_match_path(match), match->activation, least))
        return true;
    nw_calls calls = nw_calls_of(match->index, match->function);
    bool found = false;
    for (uint32_t i = 0; i < match->calls.count && calls.count && !calls.is_open; i++) {
        const nw_fact *here = fact_of_call(match, i, match->activation);
        for (uint32_t k = 0; here && k < here->argument_count && !found; k++)
            found = nw_operand_same(here->arguments[k], value) && has_axes_elsewhere(match, i, k, least);
    }
    return found;
}

bool nw_match_is_elsewhere(const nw_match *match, nw_value value, bool (*test)(const nw_eval *, nw_value))
{
    const nw_eval *eval = match->index->eval;
    for (uint32_t i = 0; i < match->calls.count; i++) {
        const nw_node *call = nw_file_node(match->index, match->calls.items[i]);
        const nw_fact *here = fact_of_call(match, i, match->activation);
        uint32_t count;
        const nw_placed *facts = nw_file_facts_at(match->index, call->start, call->end, &count);
        for (uint32_t k = 0; here && k < here->argument_count; k++) {
            if (!nw_operand_same(here->arguments[k], value))
                continue;
            for (uint32_t n = 0; n < count; n++) {
                const nw_fact *there = &eval->facts[facts[n].number];
                if (there->activation != match->activation && k < there->argument_count && test(eval, there->arguments[k]))
                    return true;
            }
        }
    }
    return false;
}
