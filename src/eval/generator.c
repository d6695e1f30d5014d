#include "eval/generator.h"

#include "eval/interpret.h"

void nw_generator_refuse(nw_eval *eval)
{
    nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "generator already executing");
}

nw_value nw_generator_ended(nw_eval *eval, nw_value result)
{
    if (result.kind != NW_ERROR || !nw_exception_is(eval, NW_EXCEPTION_STOP_ITERATION))
        return result;
    nw_value cause = eval->exception;
    nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "generator raised StopIteration");
    nw_dict_set_name(eval, eval->exception.as.instance->attributes, nw_symbol_of(eval->symbols, "__cause__"), cause);
    return nw_error();
}

nw_value nw_generator_body(nw_eval *eval, nw_iterator *iterator, nw_value first, nw_value list)
{
    iterator->runs = true;
    nw_value value = iterator->generator ? nw_frame_run(eval, iterator->generator, iterator->frame) : nw_generator_expression_run(eval, iterator->frame, first, list);
    iterator->runs = false;
    return value;
}

void nw_generator_leave(nw_eval *eval, nw_iterator *iterator, nw_value list)
{
    nw_trail_iterator(eval, iterator);
    iterator->kind = NW_ITERATE_SEQUENCE;
    iterator->source = list;
    iterator->position = 0;
}

static nw_value run_body(nw_eval *eval, nw_iterator *iterator, nw_value list)
{
    iterator->frame->yields = list.as.list;
    nw_value value = nw_generator_body(eval, iterator, iterator->source, list);
    if (value.kind == NW_ERROR && list.as.list->count >= NW_MOST_PLAIN_YIELDS && nw_exception_is(eval, NW_EXCEPTION_GENERATOR_EXIT)) {
        nw_exception_clear(eval);
        iterator->cut = true;
        value = nw_none();
    }
    return nw_generator_ended(eval, value);
}

static void leave_list(nw_eval *eval, nw_iterator *iterator, nw_value list, nw_value returned)
{
    nw_generator_leave(eval, iterator, list);
    iterator->extra = returned;
}

bool nw_generator_run(nw_eval *eval, nw_iterator *iterator)
{
    if (iterator->runs) {
        nw_generator_refuse(eval);
        return false;
    }
    nw_value list = nw_list_new(eval, NULL, 0), value = run_body(eval, iterator, list);
    if (value.kind == NW_ERROR)
        return false;
    leave_list(eval, iterator, list, value);
    return true;
}

/* ---- what others could see ---- */

/* Whether a place is a variable of the functions around the generator. */
static bool is_variable_around(const nw_frame *frame, const nw_value *place)
{
    for (const nw_frame *around = frame->outer; around; around = around->outer)
        if (place >= around->slots && place < around->slots + around->code->slot_count)
            return true;
    return false;
}

/* Whether a parameter of the generator held the iterator, or its outermost loop goes through it: who has given it may go on with it. */
static bool is_given(const nw_iterator *generator, const nw_value *given, const nw_iterator *iterator)
{
    if (generator->shares && generator->shares == iterator)
        return true;
    const nw_ast_function *code = generator->frame->code;
    for (uint32_t i = 0; generator->generator && i < code->parameter_count; i++) {
        nw_value parameter = given[code->parameters[i].slot];
        if (parameter.kind == NW_ITERATOR && parameter.as.iterator == iterator)
            return true;
    }
    return false;
}

/* Whether the write that was undone by this entry reached something that was there at `level`, and that is not the generator's own. */
static bool reaches_others(const nw_iterator *generator, const nw_value *given, const nw_trail_entry *entry, uint32_t level)
{
    switch (entry->kind) {
    case NW_TRAIL_LIST:
        return ((const nw_sequence *)entry->saved.copy)->level < level;
    case NW_TRAIL_DICT:
        return ((const nw_dict *)entry->saved.copy)->level < level;
    case NW_TRAIL_VALUE:
        return is_variable_around(generator->frame, entry->place);
    default:
        return is_given(generator, given, entry->place);
    }
}

static bool has_reached_others(nw_eval *eval, const nw_iterator *generator, const nw_value *given, uint32_t mark, uint32_t level)
{
    for (uint32_t i = mark; i < eval->trail_count; i++)
        if (reaches_others(generator, given, &eval->trail[i], level))
            return true;
    return false;
}

/* Nobody knows how far it went. */
static void tell(nw_eval *eval, nw_place asked, uint32_t mark, const nw_exit *exits)
{
    nw_report_loss(eval, NW_DIAG_UNSUPPORTED, asked, nw_symbol_of(eval->symbols, "a generator that cannot wait at its yields here, and whose items are asked for one by one"));
    if (eval->exits != exits)
        return;
    nw_delta delta = nw_trail_capture(eval, mark);
    nw_trail_undo(eval, mark);
    nw_widen_changes(eval, nw_bdd_atom(&eval->bdd), &delta);
}

static bool run_ahead(nw_eval *eval, nw_iterator *iterator)
{
    nw_place asked = nw_here(eval);
    const nw_exit *exits = eval->exits;
    uint32_t mark = eval->trail_count, level = eval->level;
    nw_value *given = nw_arena_copy(&eval->arena, iterator->frame->slots, iterator->frame->code->slot_count * sizeof *given);
    nw_value list = nw_list_new(eval, NULL, 0), value = run_body(eval, iterator, list);
    bool fails_later = value.kind == NW_ERROR && !eval->stopped && list.as.list->count > 0;
    if (fails_later) { /* perhaps nobody asks on so far */
        nw_exception_clear(eval);
        value = nw_none();
    }
    if (fails_later || (list.as.list->count > 0 && has_reached_others(eval, iterator, given, mark, level)))
        tell(eval, asked, mark, exits);
    if (value.kind != NW_ERROR)
        leave_list(eval, iterator, list, value);
    return value.kind != NW_ERROR;
}

bool nw_generator_run_ahead(nw_eval *eval, nw_iterator *iterator)
{
    bool of_catalog = iterator->generator && iterator->generator->module->is_catalog; /* they do nothing but compute */
    if (iterator->runs || eval->environment->open || of_catalog)
        return nw_generator_run(eval, iterator);
    const nw_exit *exits = eval->exits;
    uint32_t level = eval->level;
    iterator->frame->is_asked_on = true;
    eval->level = ++eval->level_count; /* what it writes is noted */
    bool done = run_ahead(eval, iterator);
    nw_end_level(eval, exits, level);
    return done;
}
