#include "eval/eval.h"

#include "base/clock.h"
#include "eval/coroutine.h"
#include "eval/interpret.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void nw_eval_init(nw_eval *eval, nw_symbols *symbols, const nw_environment *environment, nw_limits limits)
{
    *eval = (nw_eval){.symbols = symbols, .environment = environment, .limits = limits, .path = NW_TRUE, .exception = nw_unset(),
                      .handled = nw_unset()};
    nw_arena_init(&eval->arena);
    nw_bdd_init(&eval->bdd);
    eval->facts = nw_arena_zero(&eval->arena, sizeof *eval->facts);
    eval->fact_count = eval->fact_capacity = 1; /* fact 0 is none */
    eval->contexts = nw_arena_zero(&eval->arena, sizeof *eval->contexts);
    eval->context_count = eval->context_capacity = 1;
    eval->modules = nw_dict_make(eval);
    eval->loaded_modules = nw_dict_make(eval);
    eval->builtins = nw_dict_make(eval);
    nw_builtins_install(eval);
    nw_intrinsics_install(eval);
}

void nw_eval_start_root(nw_eval *eval, uint64_t steps)
{
    if (eval->stopped && !eval->stopped_roots++) {
        eval->first_stop = eval->stop;
        eval->first_stop_place = eval->stop_place;
    }
    eval->exception = nw_unset();
    eval->handled = nw_unset();
    eval->frame = NULL;
    eval->path = NW_TRUE;
    eval->exits = NULL;
    eval->context = eval->level = eval->try_depth = eval->in_catalog = eval->fact_parent = eval->depth = 0;
    eval->stopped = eval->branched = eval->undecided = false;
    eval->limits.steps = eval->steps + steps;
    nw_bdd_allow(&eval->bdd);
    eval->told_overflow = false;
}

void nw_eval_release(nw_eval *eval)
{
    nw_coroutines_release(eval);
    for (nw_module *module = eval->all_modules; module; module = module->next)
        nw_source_release(&module->source);
    free(eval->trail);
    nw_bdd_release(&eval->bdd);
    nw_arena_release(&eval->arena);
}

nw_place nw_here(const nw_eval *eval)
{
    if (!eval->frame || !eval->frame->module->ast)
        return (nw_place){0};
    const nw_frame *frame = nw_stand_in_caller(eval);
    while (frame->module->is_catalog && frame->caller) /* the user's line says more than the catalog's */
        frame = frame->caller;
    const nw_node *node = &frame->module->ast->nodes[frame->node];
    return (nw_place){frame->module, node->start, node->end};
}

nw_value nw_lost(nw_eval *eval, nw_diagnostic_id id, const char *detail, ...)
{
    char text[256];
    if (!strchr(detail, '%')) /* most of them, and there are many */
        return nw_lost_as(eval, id, nw_symbol_of(eval->symbols, detail));
    va_list arguments;
    va_start(arguments, detail);
    vsnprintf(text, sizeof text, detail, arguments);
    va_end(arguments);
    return nw_lost_as(eval, id, nw_symbol_of(eval->symbols, text));
}

nw_value nw_lost_as(nw_eval *eval, nw_diagnostic_id id, nw_symbol detail)
{
    nw_opaque *opaque = nw_arena_zero(&eval->arena, sizeof *opaque);
    opaque->origin = NW_ORIGIN_LOST;
    opaque->reason = (uint16_t)id;
    opaque->serial = ++eval->next_serial;
    opaque->text = detail;
    opaque->place = nw_here(eval);
    opaque->minimum = INT64_MIN;
    return (nw_value){.kind = NW_OPAQUE, .as.opaque = opaque};
}

void nw_report_loss(nw_eval *eval, nw_diagnostic_id id, nw_place place, nw_symbol detail)
{
    for (uint32_t i = 0; i < eval->loss_count; i++) {
        const nw_loss *loss = &eval->losses[i];
        if (loss->id == id && loss->place.module == place.module && loss->place.start == place.start && loss->detail.v == detail.v)
            return;
    }
    NW_ARENA_RESERVE(&eval->arena, eval->losses, eval->loss_count, eval->loss_capacity);
    eval->losses[eval->loss_count++] = (nw_loss){id, place, detail};
}

nw_value nw_raise(nw_eval *eval, nw_exception_id id, const char *format, ...)
{
    char text[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    nw_value instance = nw_instance_new(eval, eval->exceptions[id]);
    nw_value message = nw_string_of(eval, text);
    nw_dict_set_name(eval, instance.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}, nw_tuple_new(eval, &message, 1));
    eval->exception = instance;
    eval->exception_place = nw_here(eval);
    return nw_error();
}

bool nw_exception_is(nw_eval *eval, nw_exception_id id)
{
    return eval->exception.kind == NW_INSTANCE && nw_is_subclass(eval->exception.as.instance->class_, eval->exceptions[id]);
}

void nw_exception_clear(nw_eval *eval)
{
    eval->exception = nw_unset();
}

void nw_exception_describe(nw_eval *eval, nw_buffer *out)
{
    nw_value exception = eval->exception;
    eval->exception = nw_unset(); /* rendering its message may run code */
    if (exception.kind != NW_INSTANCE) {
        nw_buffer_text(out, "an exception");
        return;
    }
    nw_buffer_text(out, nw_symbol_bytes(eval->symbols, exception.as.instance->class_->name));
    const nw_value *args = nw_dict_find_name(exception.as.instance->attributes, (nw_symbol){NW_NAME_ARGS});
    if (!args || args->kind != NW_TUPLE || args->as.tuple->count == 0)
        return;
    nw_value text = args->as.tuple->items[0].kind == NW_STRING ? args->as.tuple->items[0] : nw_to_string(eval, args->as.tuple->items[0]);
    if (text.kind == NW_STRING)
        nw_buffer_format(out, " (%.200s)", nw_symbol_bytes(eval->symbols, text.as.symbol));
    eval->exception = nw_unset();
}

/* The processor's clock is a call of the system, the other one is not: processor time passes no faster, so until as much has passed on that one as
 * was left, nobody is late. */
static bool is_late(nw_eval *eval)
{
    if (eval->limits.deadline <= 0)
        return false;
    double now = nw_seconds();
    if (now < eval->next_look)
        return false;
    double left = eval->limits.deadline - nw_thread_seconds();
    eval->next_look = now + left;
    return left < 0;
}

bool nw_step_unusual(nw_eval *eval)
{
    if (eval->stopped)
        return false;
    nw_diagnostic_id id = NW_DIAG_NONE;
    bool is_over = eval->steps % NW_CLOCK_STEPS == NW_CLOCK_STEPS - 1 && is_late(eval);
    eval->was_late |= is_over;
    if (++eval->steps > eval->limits.steps || is_over)
        id = NW_DIAG_STEP_LIMIT;
    else if (eval->arena.bytes > eval->limits.bytes || eval->fact_count > eval->limits.facts)
        id = NW_DIAG_MEMORY_LIMIT;
    if (id == NW_DIAG_NONE)
        return true;
    eval->stop = id;
    eval->stop_place = nw_here(eval);
    nw_report_loss(eval, id, eval->stop_place, (nw_symbol){0});
    eval->stopped = true;
    return false;
}

uint32_t nw_fact_add(nw_eval *eval, nw_fact fact)
{
    NW_ARENA_RESERVE(&eval->arena, eval->facts, eval->fact_count, eval->fact_capacity);
    if (!fact.parent)
        fact.parent = eval->fact_parent;
    fact.in_catalog = eval->in_catalog > 0;
    fact.context = eval->context;
    fact.condition = eval->path;
    if (eval->frame) {
        const nw_frame *frame = eval->frame;
        while (frame->module->is_catalog && frame->caller)
            frame = frame->caller;
        if (!fact.place.module)
            fact.place = nw_here(eval);
        fact.function = frame->code;
        fact.activation = frame->activation;
        fact.statement = frame->statement;
    }
    eval->facts[eval->fact_count] = fact;
    return eval->fact_count++;
}

bool nw_known_integer(nw_value value, int64_t *integer)
{
    if (!nw_is_integer(value))
        return false;
    *integer = value.as.integer;
    return true;
}

nw_frame *nw_frame_new(nw_eval *eval, const nw_ast_function *code, nw_module *module, nw_frame *outer)
{
    nw_frame *frame = nw_arena_zero(&eval->arena, sizeof *frame + code->slot_count * sizeof(nw_value));
    frame->code = code;
    frame->module = module;
    frame->outer = outer;
    frame->caller = eval->frame;
    frame->level = eval->level;
    frame->activation = ++eval->activations;
    for (uint32_t i = 0; i < code->slot_count; i++)
        frame->slots[i] = nw_unset();
    return frame;
}
