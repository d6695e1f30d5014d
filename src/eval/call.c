/* Calls: binding arguments, running functions, generators, and the dispatch over callables. */
#include "eval/attribute.h"
#include "eval/builtin.h"
#include "eval/documentation.h"
#include "eval/errand.h"
#include "eval/interpret.h"

#include <stdio.h>
#include <string.h>

/* ---- binding ---- */

static void bind_failure(nw_eval *eval, const nw_function *function, const char *what, nw_symbol name)
{
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() %s '%s'", nw_bytes(eval, nw_function_path(eval, function)), what, nw_bytes(eval, name));
}

static bool has_default(const nw_function *function, uint32_t parameter)
{
    return function->defaults && function->defaults[parameter].kind != NW_UNSET;
}

static bool is_given_by_name(const nw_arguments *arguments, nw_symbol name)
{
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v == name.v)
            return true;
    return false;
}

static void refuse_count(nw_eval *eval, const nw_function *function, const nw_arguments *arguments)
{
    const nw_ast_function *code = function->code;
    uint32_t most = 0, least = 0, named = 0, given = arguments->positional_count;
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        bool positional = code->parameters[i].kind <= NW_PARAMETER_NORMAL;
        most += positional;
        least += positional && !has_default(function, i);
        named += code->parameters[i].kind == NW_PARAMETER_KEYWORD_ONLY && is_given_by_name(arguments, code->parameters[i].name);
    }
    char others[80] = "";
    if (named)
        snprintf(others, sizeof others, " positional argument%s (and %u keyword-only argument%s)", given == 1 ? "" : "s", named, named == 1 ? "" : "s");
    char range[32];
    if (least < most)
        snprintf(range, sizeof range, "from %u to %u", least, most);
    else
        snprintf(range, sizeof range, "%u", most);
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() takes %s positional argument%s but %u%s %s given", nw_bytes(eval, nw_function_path(eval, function)), range,
             least == most && most == 1 ? "" : "s", given, others, given == 1 && !named ? "was" : "were");
}

/* "missing 2 required positional arguments: 'a' and 'b'": those of the kind that the first missing one is of. */
static void refuse_missing(nw_eval *eval, const nw_function *function, const nw_value *slots, uint32_t first)
{
    const nw_ast_function *code = function->code;
    bool keyword = code->parameters[first].kind > NW_PARAMETER_NORMAL;
    const char *names[64];
    uint32_t count = 0;
    for (uint32_t i = first; i < code->parameter_count && count < 64; i++) {
        const nw_ast_parameter *parameter = &code->parameters[i];
        bool alike = keyword ? parameter->kind == NW_PARAMETER_KEYWORD_ONLY : parameter->kind <= NW_PARAMETER_NORMAL;
        if (alike && slots[parameter->slot].kind == NW_UNSET && !has_default(function, i))
            names[count++] = nw_bytes(eval, parameter->name);
    }
    nw_buffer text;
    nw_buffer_init(&text);
    for (uint32_t i = 0; i < count; i++)
        nw_buffer_format(&text, "%s'%s'", i == 0 ? "" : i + 1 < count ? ", " : count == 2 ? " and " : ", and ", names[i]);
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() missing %u required %s argument%s: %s", nw_bytes(eval, nw_function_path(eval, function)), count,
             keyword ? "keyword-only" : "positional", count == 1 ? "" : "s", text.bytes);
    nw_buffer_release(&text);
}

static const nw_ast_parameter *find_parameter(const nw_ast_function *code, nw_symbol name, uint32_t *index)
{
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].name.v == name.v && code->parameters[i].kind != NW_PARAMETER_ARGS &&
            code->parameters[i].kind != NW_PARAMETER_KWARGS && code->parameters[i].kind != NW_PARAMETER_POSITIONAL_ONLY) {
            *index = i;
            return &code->parameters[i];
        }
    return NULL;
}

static bool bind_positional(nw_eval *eval, nw_function *function, const nw_arguments *arguments, nw_value *slots)
{
    const nw_ast_function *code = function->code;
    uint32_t next = 0;
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &code->parameters[i];
        if (parameter->kind <= NW_PARAMETER_NORMAL && next < arguments->positional_count)
            slots[parameter->slot] = arguments->positional[next++];
        else if (parameter->kind == NW_PARAMETER_ARGS) {
            if (arguments->open && arguments->open_positional.kind != NW_UNSET) {
                slots[parameter->slot] = arguments->open_positional;
                next = arguments->positional_count;
            } else {
                slots[parameter->slot] = nw_tuple_new(eval, arguments->positional + next, arguments->positional_count - next);
                next = arguments->positional_count;
            }
        }
    }
    if (next < arguments->positional_count) {
        refuse_count(eval, function, arguments);
        return false;
    }
    return true;
}

static bool bind_named(nw_eval *eval, nw_function *function, const nw_arguments *arguments, nw_value *slots, nw_dict *rest)
{
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        uint32_t index;
        const nw_ast_parameter *parameter = find_parameter(function->code, arguments->names[i], &index);
        if (parameter && slots[parameter->slot].kind == NW_UNSET)
            slots[parameter->slot] = arguments->named[i];
        else if (parameter) {
            bind_failure(eval, function, "got multiple values for argument", arguments->names[i]);
            return false;
        } else if (rest)
            nw_dict_set(eval, rest, nw_string(arguments->names[i]), arguments->named[i]);
        else {
            bind_failure(eval, function, "got an unexpected keyword argument", arguments->names[i]);
            return false;
        }
    }
    return true;
}

bool nw_bind_function(nw_eval *eval, nw_function *function, const nw_arguments *arguments, nw_value *slots)
{
    const nw_ast_function *code = function->code;
    nw_dict *rest = NULL;
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].kind == NW_PARAMETER_KWARGS) {
            nw_value made = nw_dict_new(eval);
            rest = made.as.dict;
            rest->open = arguments->open && arguments->open_named.kind != NW_UNSET;
            slots[code->parameters[i].slot] = made;
        }
    if (!bind_positional(eval, function, arguments, slots) || !bind_named(eval, function, arguments, slots, rest))
        return false;
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &code->parameters[i];
        if (slots[parameter->slot].kind != NW_UNSET || parameter->kind == NW_PARAMETER_ARGS || parameter->kind == NW_PARAMETER_KWARGS)
            continue;
        bool reachable = arguments->open && (arguments->open_named.kind != NW_UNSET || parameter->kind <= NW_PARAMETER_NORMAL);
        if (reachable)
            slots[parameter->slot] = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "%s", nw_bytes(eval, parameter->name));
        else if (has_default(function, i))
            slots[parameter->slot] = function->defaults[i];
        else {
            refuse_missing(eval, function, slots, i);
            return false;
        }
    }
    return true;
}

nw_arguments nw_arguments_with_self(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_arguments with = *arguments;
    with.positional = nw_arena_alloc(&eval->arena, (arguments->positional_count + 1) * sizeof *with.positional);
    with.positional[0] = self;
    if (arguments->positional_count)
        memcpy(with.positional + 1, arguments->positional, arguments->positional_count * sizeof *with.positional);
    with.positional_count = arguments->positional_count + 1;
    if (with.spelled && with.spelled < UINT8_MAX)
        with.spelled++;
    return with;
}

nw_arguments *nw_arguments_keep(nw_eval *eval, const nw_arguments *arguments)
{
    nw_arguments *kept = nw_arena_copy(&eval->arena, arguments, sizeof *arguments);
    kept->positional = nw_arena_copy(&eval->arena, arguments->positional, arguments->positional_count * sizeof *kept->positional);
    kept->names = nw_arena_copy(&eval->arena, arguments->names, arguments->named_count * sizeof *kept->names);
    kept->named = nw_arena_copy(&eval->arena, arguments->named, arguments->named_count * sizeof *kept->named);
    return kept;
}

/* ---- running ---- */

/* Exits that no handler of this activation took go on in the caller. */
static void hand_on_exits(nw_eval *eval, nw_exit *callers)
{
    nw_exit **last = &eval->exits;
    while (*last)
        last = &(*last)->older;
    *last = callers;
}

static nw_value run_body(nw_eval *eval, const nw_ast_function *code)
{
    uint32_t entry_level = eval->level;
    nw_exit *callers = eval->exits;
    eval->exits = NULL;
    nw_value value = nw_none();
    nw_status status;
    if (code->is_lambda) {
        value = nw_evaluate(eval, code->body);
        status = value.kind == NW_ERROR ? nw_failure(eval) : NW_RETURN;
    } else {
        status = nw_execute_list(eval, code->body, &value);
        if (status == NW_NEXT) {
            value = nw_none();
            status = NW_RETURN;
        }
    }
    if (status != NW_STOP)
        status = nw_exits_join(eval, NULL, 1u << NW_RETURN, status, &value);
    if (!eval->exits && !eval->held_exits) {
        eval->level = entry_level;
        if (entry_level == 0)
            eval->trail_count = eval->trail_base;
    }
    hand_on_exits(eval, callers);
    return status == NW_RETURN ? value : nw_error();
}

static bool is_mutable(nw_value value)
{
    if (value.kind == NW_TUPLE)
        for (uint32_t i = 0; i < value.as.tuple->count; i++)
            if (is_mutable(value.as.tuple->items[i]))
                return true;
    return value.kind == NW_INSTANCE || value.kind == NW_LIST || value.kind == NW_DICT || value.kind == NW_CLASS;
}

static bool takes_mutable(const nw_frame *frame)
{
    for (uint32_t i = 0; i < frame->code->parameter_count; i++)
        if (is_mutable(frame->slots[frame->code->parameters[i].slot]) && frame->code->parameters[i].kind != NW_PARAMETER_KWARGS)
            return true;
    return false;
}

static bool has_unknown(const nw_value *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (nw_is_opaque(values[i]))
            return true;
    return false;
}

/* An argument, or an item of one, that nobody knows. */
static bool takes_unknown(const nw_frame *frame)
{
    for (uint32_t i = 0; i < frame->code->parameter_count; i++) {
        nw_value given = frame->slots[frame->code->parameters[i].slot];
        if (has_unknown(&given, 1) || (given.kind == NW_TUPLE && has_unknown(given.as.tuple->items, given.as.tuple->count)) ||
            (given.kind == NW_LIST && (given.as.list->repeated || has_unknown(given.as.list->items, given.as.list->count))))
            return true;
    }
    return false;
}

/* Where a recursion ends is not told in open mode: a few levels show what there is to see. Nor is it where it goes through tests that nobody can decide,
 * a new one at each level: a few levels where it is called for what nobody knows, and some more otherwise. One that goes through a loop of unknown
 * length meets the unknown again, in two runs of each such loop for each level. */
static bool recurses(const nw_eval *eval, const nw_frame *called)
{
    enum { LEVELS = 3, UNDECIDED_LEVELS = 8 };
    bool open = eval->environment->open;
    if (called->module->is_catalog || (!open && eval->path.v == NW_TRUE.v && !eval->summaries))
        return false;
    bool unknown = takes_unknown(called);
    uint32_t active = 0, most = open || unknown ? LEVELS : UNDECIDED_LEVELS;
    for (const nw_frame *frame = eval->frame; frame && active < most; frame = frame->caller) {
        bool in_loop = frame->summaries < eval->summaries;
        if (frame->function && frame->code == called->code && (open || frame->path.v != eval->path.v || (unknown && in_loop)))
            active += in_loop && (open || unknown) ? LEVELS : 1;
    }
    return active >= most;
}

nw_value nw_frame_run(nw_eval *eval, nw_function *function, nw_frame *frame)
{
    if (!nw_step(eval))
        return nw_error();
    if (eval->depth >= eval->limits.depth || recurses(eval, frame)) {
        nw_report_loss(eval, NW_DIAG_DEPTH_LIMIT, nw_here(eval), (nw_symbol){0});
        return nw_lost(eval, NW_DIAG_DEPTH_LIMIT, "%s", nw_bytes(eval, nw_function_qualified(eval, function)));
    }
    nw_frame *caller = eval->frame;
    uint32_t in_catalog = eval->in_catalog;
    frame->caller = caller;
    frame->function = function;
    bool errand = nw_is_errand(eval, function);
    if (errand && nw_errand_is_futile(eval, function, frame))
        return nw_errand_lost(eval, function);
    nw_errand before = errand ? nw_errand_start(eval, frame) : (nw_errand){0};
    frame->summaries = eval->summaries;
    frame->path = eval->path;
    /* What a module's own methods of the catalog do (constructors, containers) is done to the program's objects: they split
     * on unknown tests as the program does. */
    bool of_module = function->owner && function->owner->is_module;
    eval->in_catalog = !function->module->is_catalog ? 0 : of_module ? in_catalog : in_catalog + 1;
    eval->frame = frame;
    eval->depth++;
    nw_value value = run_body(eval, function->code);
    eval->depth--;
    eval->frame = caller;
    eval->in_catalog = in_catalog;
    if (errand)
        value = nw_errand_end(eval, &before, function, value);
    if (eval->undecided && in_catalog == 0) {
        /* The catalog's own code could not decide; to the program its result is unknown. */
        eval->undecided = false;
        if (!eval->environment->open && takes_mutable(frame)) /* what it would have done to its arguments is lost too */
            nw_report_loss(eval, NW_DIAG_OPERATOR_REFUSED, nw_here(eval), nw_function_qualified(eval, function));
        value = nw_lost(eval, NW_DIAG_OPERATOR_REFUSED, "%s", nw_bytes(eval, nw_function_qualified(eval, function)));
    }
    return value;
}

nw_value nw_function_run(nw_eval *eval, nw_function *function, nw_value *slots)
{
    nw_frame *frame = nw_frame_new(eval, function->code, function->module, function->outer);
    if (function->code->slot_count)
        memcpy(frame->slots, slots, function->code->slot_count * sizeof *slots);
    return nw_frame_run(eval, function, frame);
}

/* The arguments of a call of a function that remembers, as one key; UNSET where they are not all known. */
static nw_value key_of(nw_eval *eval, const nw_arguments *arguments)
{
    uint32_t count = arguments->positional_count + 2 * arguments->named_count;
    nw_tuple *key = nw_tuple_make(eval, count);
    uint32_t at = 0;
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        key->items[at++] = nw_settle(eval, arguments->positional[i]);
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        key->items[at++] = nw_string(arguments->names[i]);
        key->items[at++] = nw_settle(eval, arguments->named[i]);
    }
    for (uint32_t i = 0; i < count; i++)
        if (key->items[i].kind == NW_OPAQUE || key->items[i].kind == NW_PHI)
            return nw_unset();
    return arguments->open ? nw_unset() : (nw_value){.kind = NW_TUPLE, .as.tuple = key};
}

/* functools.lru_cache: the same arguments give the same object. What has no identity is not kept under a test that nobody can decide: a warning
 * that is given once would make the two arms differ. */
static nw_value call_remembering(nw_eval *eval, nw_function *function, const nw_arguments *arguments)
{
    nw_value key = key_of(eval, arguments);
    const nw_value *known = key.kind == NW_UNSET ? NULL : nw_dict_find(function->results, key);
    if (known && function->most_results == 0)
        return nw_settle(eval, *known);
    if (known) {
        nw_value result = nw_settle(eval, *known);
        nw_dict_remove(eval, function->results, key);
        return nw_dict_store(eval, function->results, key, result) ? result : nw_error();
    }
    nw_function plain = *function;
    plain.results = NULL;
    nw_value result = nw_function_call(eval, nw_arena_copy(&eval->arena, &plain, sizeof plain), arguments);
    bool kept = key.kind != NW_UNSET && result.kind != NW_ERROR && !(eval->level > 0 && nw_is_bare(result));
    if (kept && !nw_dict_store(eval, function->results, key, result))
        return nw_error();
    uint32_t position = 0;
    if (function->most_results && function->results->live > function->most_results)
        nw_dict_remove(eval, function->results, nw_dict_next(function->results, &position)->key);
    return result;
}

nw_value nw_function_call(nw_eval *eval, nw_function *function, const nw_arguments *arguments)
{
    if (function->results)
        return call_remembering(eval, function, arguments);
    nw_value documented = eval->decorations ? nw_documentation_call(eval, function, arguments) : nw_unset();
    if (documented.kind != NW_UNSET)
        return documented;
    nw_frame *frame = nw_frame_new(eval, function->code, function->module, function->outer);
    frame->function = function;
    if (!nw_bind_function(eval, function, arguments, frame->slots))
        return nw_error();
    if (!function->code->is_generator)
        return nw_frame_run(eval, function, frame);
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_GENERATOR, nw_none());
    iterator->generator = function;
    iterator->frame = frame;
    return nw_iterator_value(iterator);
}

/* ---- dispatch ---- */

void nw_partial_merge(nw_eval *eval, const nw_partial *partial, const nw_arguments *arguments, nw_arguments *merged)
{
    const nw_arguments *own = &partial->arguments;
    *merged = *arguments;
    merged->spelled = 0;
    merged->positional_count = own->positional_count + arguments->positional_count;
    merged->positional = nw_arena_alloc(&eval->arena, (merged->positional_count + 1) * sizeof *merged->positional);
    for (uint32_t i = 0; i < merged->positional_count; i++)
        merged->positional[i] = i < own->positional_count ? own->positional[i] : arguments->positional[i - own->positional_count];
    uint32_t room = own->named_count + arguments->named_count + 1, count = 0;
    merged->names = nw_arena_alloc(&eval->arena, room * sizeof *merged->names);
    merged->named = nw_arena_alloc(&eval->arena, room * sizeof *merged->named);
    for (uint32_t i = 0; i < own->named_count; i++) {
        merged->names[count] = own->names[i];
        merged->named[count++] = own->named[i];
    }
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        uint32_t at = 0;
        while (at < count && merged->names[at].v != arguments->names[i].v)
            at++;
        merged->names[at] = arguments->names[i];
        merged->named[at] = arguments->named[i];
        count += at == count;
    }
    merged->named_count = count;
    merged->open = own->open || arguments->open;
    if (own->open && !arguments->open) {
        merged->open_positional = own->open_positional;
        merged->open_named = own->open_named;
    }
}

typedef struct arm_call {
    const nw_phi *phi;
    const nw_arguments *arguments;
} arm_call;

static nw_value call_then(nw_eval *eval, void *data)
{
    const arm_call *call = data;
    return nw_call(eval, call->phi->then, call->arguments);
}

static nw_value call_otherwise(nw_eval *eval, void *data)
{
    const arm_call *call = data;
    return nw_call(eval, call->phi->otherwise, call->arguments);
}

/* A call of something unknown: its result is unknown, and so is what it does to the objects that it is given. */
static nw_value call_unknown(nw_eval *eval, nw_value callee, const nw_arguments *arguments)
{
    const nw_opaque *opaque = callee.as.opaque;
    if (!eval->environment->open)
        for (uint32_t i = 0; i < arguments->positional_count; i++)
            if (is_mutable(arguments->positional[i]))
                nw_report_loss(eval, NW_DIAG_UNKNOWN_EFFECT, nw_here(eval), opaque->text);
    if (opaque->origin == NW_ORIGIN_LOST) {
        nw_value result = nw_lost_as(eval, opaque->reason, opaque->text);
        result.as.opaque->place = opaque->place;
        return result;
    }
    return nw_lost_as(eval, NW_DIAG_CALL_UNKNOWN, opaque->text);
}

static nw_value call_instance(nw_eval *eval, nw_value callee, const nw_arguments *arguments)
{
    nw_instance *instance = callee.as.instance;
    if (instance->class_->is_module)
        return nw_module_call(eval, instance, arguments);
    nw_value *found = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_CALL});
    if (found)
        return nw_call(eval, nw_bind_attribute(eval, *found, callee, instance->class_), arguments);
    if (instance->class_->opaque_base)
        return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "%s", nw_bytes(eval, instance->class_->name));
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object is not callable", nw_bytes(eval, instance->class_->name));
}

nw_value nw_call(nw_eval *eval, nw_value callee, const nw_arguments *arguments)
{
    if (!nw_step(eval))
        return nw_error();
    callee = nw_settle(eval, callee);
    switch (callee.kind) {
    case NW_ERROR:
        return callee;
    case NW_FUNCTION:
        return callee.as.function->row ? nw_operator_call(eval, callee.as.function, arguments)
                                       : nw_function_call(eval, callee.as.function, arguments);
    case NW_METHOD: {
        nw_arguments with = nw_arguments_with_self(eval, callee.as.method->self, arguments);
        return nw_call(eval, callee.as.method->function, &with);
    }
    case NW_NATIVE:
        return callee.as.native->call(eval, callee.as.native->self, arguments);
    case NW_PARTIAL: {
        nw_arguments merged;
        nw_partial_merge(eval, callee.as.partial, arguments, &merged);
        return nw_call(eval, callee.as.partial->function, &merged);
    }
    case NW_CLASS:
        return nw_class_construct(eval, callee.as.class_, arguments);
    case NW_INSTANCE:
        return call_instance(eval, callee, arguments);
    case NW_PHI: {
        if (eval->in_catalog > 0) {
            eval->undecided = true;
            return nw_error();
        }
        arm_call call = {callee.as.phi, arguments};
        return nw_fork(eval, callee.as.phi->guard, call_then, call_otherwise, &call);
    }
    case NW_OPAQUE:
        return call_unknown(eval, callee, arguments);
    case NW_DESCRIPTOR:
        if (callee.as.descriptor->kind == NW_STATIC_METHOD)
            return nw_call(eval, callee.as.descriptor->get, arguments);
        break;
    default:
        break;
    }
    return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object is not callable", nw_bytes(eval, nw_type_of(eval, callee)->name));
}

nw_value nw_call_values(nw_eval *eval, nw_value callee, const nw_value *values, uint32_t count)
{
    nw_arguments arguments = {.positional = nw_arena_copy(&eval->arena, values, count * sizeof *values), .positional_count = count};
    return nw_call(eval, callee, &arguments);
}

nw_value nw_call_method(nw_eval *eval, nw_value object, nw_symbol name, const nw_value *values, uint32_t count)
{
    nw_value method = nw_get_attribute(eval, object, name);
    return method.kind == NW_ERROR ? method : nw_call_values(eval, method, values, count);
}

/* ---- making functions ---- */

nw_value nw_function_make(nw_eval *eval, uint32_t function_index)
{
    nw_frame *frame = eval->frame;
    const nw_ast_function *code = &frame->module->ast->functions[function_index];
    nw_function *function = nw_arena_zero(&eval->arena, sizeof *function);
    function->code = code;
    function->module = frame->module;
    function->name = code->is_lambda ? nw_symbol_of(eval->symbols, "<lambda>") : code->name;
    function->outer = frame->code->scope == NW_SCOPE_MODULE ? NULL : frame->code->scope == NW_SCOPE_CLASS ? frame->outer : frame;
    function->defaults = nw_arena_alloc(&eval->arena, (code->parameter_count + 1) * sizeof(nw_value));
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        function->defaults[i] = nw_unset();
        if (!code->parameters[i].default_value)
            continue;
        function->defaults[i] = nw_evaluate(eval, code->parameters[i].default_value);
        if (function->defaults[i].kind == NW_ERROR)
            return nw_error();
    }
    function->owner = frame->code->scope == NW_SCOPE_CLASS ? frame->class_ : NULL;
    return (nw_value){.kind = NW_FUNCTION, .as.function = function};
}

/* Few are ever asked for it. */
nw_symbol nw_function_qualified(const nw_eval *eval, const nw_function *function)
{
    nw_symbol around = function->owner ? function->owner->qualified : function->module->name;
    return nw_symbol_dotted(eval->symbols, around, function->name);
}
