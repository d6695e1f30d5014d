/* Small modules of the program that only apply one operator: an activation in a class of its own. */
#include "match/unify.h"

#include "eval/summary.h"

static uint32_t read_meaning(nw_file_index *index, nw_instance *instance)
{
    nw_eval *eval = index->eval;
    nw_value *forward = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_FORWARD});
    if (!forward || forward->kind != NW_FUNCTION || !forward->as.function->module->ast)
        return 0;
    const nw_node *definition = &forward->as.function->module->ast->nodes[forward->as.function->code->node];
    return definition->end - definition->start <= NW_LARGEST_MEANING ? nw_summary_only_operator(eval, instance, forward->as.function) : 0;
}

const nw_fact *nw_meaning_of_call(nw_match *match, const nw_fact *fact)
{
    nw_file_index *index = match->index;
    nw_instance *instance = fact->kind == NW_FACT_CALL && fact->callee.kind == NW_INSTANCE ? fact->callee.as.instance : NULL;
    if (!instance || fact->argument_count != 1)
        return NULL;
    for (uint32_t i = 0; i < index->meaning_count; i++)
        if (index->meanings[i].instance == instance)
            return index->meanings[i].fact ? &index->eval->facts[index->meanings[i].fact] : NULL;
    uint32_t found = read_meaning(index, instance);
    NW_ARENA_RESERVE(&index->eval->arena, index->meanings, index->meaning_count, index->meaning_capacity);
    index->meanings[index->meaning_count++] = (nw_meaning){instance, found};
    return found ? &index->eval->facts[found] : NULL;
}
