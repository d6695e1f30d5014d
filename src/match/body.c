#include "match/body.h"

#include "eval/summary.h"
#include "eval/symbolic.h"
#include "match/graph.h"
#include "model/model.h"

#include <stdio.h>
#include <string.h>

enum { MAX_OPTIONAL = 3 };

static const char *bytes_of(const nw_match *match, nw_symbol symbol)
{
    return nw_symbol_bytes(match->rules->symbols, symbol);
}

static bool refuse(nw_match *match, const char *why)
{
    match->otherwise = why;
    match->otherwise_depth = UINT32_MAX;
    return false;
}

/* ---- arguments ---- */

typedef struct call_site {
    nw_match *match;
    uint32_t call;     /* the CALL node */
    const nw_pattern *pattern;
    const nw_arguments *given;
    const nw_function *forward;
    uint32_t optional; /* arguments that may be None, so far */
} call_site;

/* `assume broadcasts $mask $scores`: what is added without enlarging anything. */
static bool is_assumed_to_broadcast(const nw_match *match, nw_variable_id variable)
{
    for (uint32_t i = 0; i < match->form->condition_count; i++) {
        const nw_condition *condition = &match->form->conditions[i];
        const nw_pattern *first = condition->argument_count ? nw_match_pattern(match, condition->arguments[0]) : NULL;
        if (condition->predicate == NW_PREDICATE_BROADCASTS && condition->assumed && first->kind == NW_PATTERN_VARIABLE && first->variable.v == variable.v)
            return true;
    }
    return false;
}

static nw_value stand_in(const nw_match *match, nw_symbol name, uint32_t rank, bool rank_known)
{
    nw_eval *eval = match->index->eval;
    nw_value shape[8];
    for (uint32_t i = 0; i < rank; i++) {
        shape[i] = nw_symbolic(eval, NW_TYPE_INT, name);
        shape[i].as.opaque->minimum = 1;
    }
    nw_value tensor = nw_tensor_new(eval, shape, rank, rank_known, NW_DTYPE_UNKNOWN);
    tensor.as.tensor->requires_grad = match->is_training; /* either may be asked for */
    return tensor;
}

static bool may_be_none(nw_value value)
{
    if (value.kind == NW_PHI)
        return value.as.phi->then.kind == NW_NONE || value.as.phi->otherwise.kind == NW_NONE;
    return value.kind == NW_OPAQUE && value.as.opaque->type == NW_TYPE_ANY;
}

/* What this trial takes for an argument; UNSET: the target does not take it. */
static nw_value value_in_trial(call_site *s, nw_variable_id id, nw_value value)
{
    const nw_rule_variable *variable = &s->match->form->variables[id.v];
    bool has_rank = id.v && variable->type.type == NW_RULE_TYPE_TENSOR && variable->type.least_rank == variable->type.most_rank && variable->type.most_rank <= 8;
    bool scalar = id.v && is_assumed_to_broadcast(s->match, id);
    nw_symbol name = id.v ? variable->name : (nw_symbol){0};
    if (has_rank && value.kind == NW_TENSOR && value.as.tensor->shape)
        return value.as.tensor->rank == variable->type.least_rank ? value : nw_unset();
    if (has_rank)
        return value.kind == NW_TENSOR || value.kind == NW_OPAQUE ? stand_in(s->match, name, variable->type.least_rank, true) : nw_unset();
    if (may_be_none(value)) {
        bool is_given = s->match->trial >> (1 + s->optional++) & 1;
        return is_given ? stand_in(s->match, name, 0, scalar) : nw_none();
    }
    return scalar && value.kind == NW_TENSOR ? stand_in(s->match, name, 0, true) : value;
}

/* The pattern's argument for what the call passes by position or by name; NULL: it has none. */
static const nw_pattern_argument *argument_for(const call_site *s, uint32_t position, nw_symbol name, bool by_position)
{
    for (uint32_t i = 0; i < s->pattern->argument_count; i++)
        if (by_position ? i == position : s->pattern->arguments[i].name.v == name.v)
            return &s->pattern->arguments[i];
    return NULL;
}

/* The text of an argument, for messages. */
static uint32_t text_of(const call_site *s, uint32_t position, nw_symbol name, bool by_position)
{
    const nw_ast *ast = s->match->index->module->ast;
    nw_list arguments = nw_ast_list(ast, ast->nodes[s->call].b);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &ast->nodes[arguments.items[i]];
        if (by_position ? i == position : argument->kind == NW_NODE_KEYWORD && argument->a == name.v)
            return argument->kind == NW_NODE_KEYWORD ? argument->b : arguments.items[i];
    }
    return 0;
}

static bool bind_argument(call_site *s, const nw_pattern_argument *argument, nw_term term)
{
    const nw_pattern *pattern = nw_match_pattern(s->match, argument->value);
    if (pattern->kind == NW_PATTERN_VARIABLE)
        s->match->bindings[pattern->variable.v] = (nw_binding){.is_bound = true, .is_default = !term.node, .term = term};
    return pattern->kind == NW_PATTERN_VARIABLE || nw_unify_value(s->match, argument->value, term.value);
}

/* One parameter of forward: what the call passes for it, or its default. */
static bool pass(call_site *s, uint32_t index, nw_arguments *out)
{
    const nw_ast_parameter *parameter = &s->forward->code->parameters[index];
    nw_value value = s->forward->defaults ? s->forward->defaults[index] : nw_unset();
    bool is_given = false, by_position = index - 1 < s->given->positional_count;
    if (by_position)
        value = s->given->positional[index - 1];
    for (uint32_t i = 0; i < s->given->named_count && !by_position; i++)
        if (s->given->names[i].v == parameter->name.v) {
            value = s->given->named[i];
            is_given = true;
        }
    const nw_pattern_argument *argument = argument_for(s, index - 1, parameter->name, by_position);
    if (!argument && (by_position || is_given))
        return refuse(s->match, "the call passes an argument that the target does not take");
    if (value.kind == NW_UNSET)
        return refuse(s->match, "the call leaves out an argument");
    if (argument) {
        const nw_pattern *pattern = nw_match_pattern(s->match, argument->value);
        value = value_in_trial(s, pattern->kind == NW_PATTERN_VARIABLE ? pattern->variable : (nw_variable_id){0}, value);
        uint32_t text = text_of(s, index - 1, parameter->name, by_position);
        if (value.kind == NW_UNSET || !bind_argument(s, argument, (nw_term){text, value}))
            return refuse(s->match, "the call passes a value that the target does not take");
    }
    out->names[out->named_count] = parameter->name;
    out->named[out->named_count++] = value;
    return true;
}

static bool pass_all(call_site *s, nw_arguments *out)
{
    nw_arena *arena = &s->match->index->eval->arena;
    const nw_ast_function *code = s->forward->code;
    *out = (nw_arguments){.names = nw_arena_alloc(arena, (code->parameter_count + 1) * sizeof *out->names),
                          .named = nw_arena_alloc(arena, (code->parameter_count + 1) * sizeof *out->named),
                          .open_positional = nw_unset(), .open_named = nw_unset()};
    if (s->given->open || s->given->positional_count >= code->parameter_count)
        return refuse(s->match, "it is not known which arguments the call passes");
    for (uint32_t i = 1; i < code->parameter_count; i++) {
        if (code->parameters[i].kind != NW_PARAMETER_NORMAL && code->parameters[i].kind != NW_PARAMETER_KEYWORD_ONLY)
            return refuse(s->match, "its forward takes any arguments");
        if (!pass(s, i, out))
            return false;
    }
    if (s->optional > MAX_OPTIONAL)
        return refuse(s->match, "too many arguments of the call may be None");
    s->match->trial_count = 2u << s->optional;
    return true;
}

/* ---- nothing else ---- */

/* What forward does besides its result: random numbers and buffers that no line of the rule speaks of, unknown calls, contexts. */
static const char *other_effect(const nw_match *match, const nw_trial *trial)
{
    const nw_eval *eval = match->index->eval;
    if (trial->writes)
        return "its forward changes something besides giving its result";
    for (uint32_t i = trial->first_fact; i < trial->end_fact; i++) {
        const nw_fact *fact = &eval->facts[i];
        const char *effects = fact->row ? bytes_of(match, fact->row->effects) : "";
        if (fact->in_catalog || fact->kind == NW_FACT_INPUT || fact->kind == NW_FACT_JOIN || fact->kind == NW_FACT_LOOP)
            continue;
        if (fact->kind == NW_FACT_CALL)
            return "its forward calls something that is not known";
        if (fact->context)
            return "its forward works inside of a `with`, a `try` or a loop";
        if (*effects && strcmp(effects, "pure") != 0 && !nw_node_set_has(&match->facts, i))
            return "its forward has an effect that the target does not have";
    }
    return NULL;
}

static bool is_plain(const nw_match *match, const nw_instance *instance, const nw_value *forward)
{
    nw_eval *eval = match->index->eval;
    nw_value *call = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_CALL});
    if (!forward || forward->kind != NW_FUNCTION || nw_dict_find_name(instance->attributes, (nw_symbol){NW_NAME_FORWARD}))
        return false;
    const nw_function *function = forward->as.function;
    const nw_node *node = function->module->ast ? &function->module->ast->nodes[function->code->node] : NULL;
    bool decorated = !node || node->kind != NW_NODE_FUNCTION || nw_ast_list(function->module->ast, node->b).count;
    return !decorated && !instance->class_->opaque_base && call && call->kind == NW_FUNCTION && call->as.function->module->is_catalog;
}

static bool run_trial(nw_match *match, const nw_pattern *pattern, const nw_fact *fact, uint32_t call)
{
    nw_instance *instance = fact->callee.as.instance;
    nw_eval *eval = match->index->eval;
    nw_value *forward = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_FORWARD});
    nw_arguments arguments;
    if (!is_plain(match, instance, forward))
        return refuse(match, "what a call of it does is not its forward alone");
    match->is_training = !(match->trial & 1);
    call_site site = {match, call, pattern, fact->given, forward->as.function, 0};
    if (!pass_all(&site, &arguments))
        return false;
    nw_trial trial = nw_summary_try(eval, instance, forward->as.function, &arguments, match->is_training);
    if (trial.result.kind == NW_ERROR)
        return refuse(match, "its forward does not run with these arguments");
    match->facts.count = 0;
    if (!nw_unify_value(match, match->form->bodies[pattern->body - 1].result, trial.result))
        return match->otherwise ? false : refuse(match, "it computes something else than the target");
    const char *effect = other_effect(match, &trial);
    return effect ? refuse(match, effect) : true;
}

/* ---- names of what is inside ---- */

static bool path_in(nw_eval *eval, const nw_dict *attributes, const nw_instance *wanted, const char *prefix, int depth, nw_buffer *out);

static bool path_of_entry(nw_eval *eval, const nw_dict_entry *entry, const nw_instance *wanted, const char *prefix, int depth, nw_buffer *out)
{
    char path[240];
    if (entry->key.kind != NW_STRING)
        return false;
    const char *name = nw_symbol_bytes(eval->symbols, entry->key.as.symbol);
    if (entry->value.kind == NW_DICT && strcmp(name, "_modules") == 0)
        return path_in(eval, entry->value.as.dict, wanted, prefix, depth, out);
    if (entry->value.kind != NW_INSTANCE || !entry->value.as.instance->class_->is_module)
        return false;
    snprintf(path, sizeof path, "%s%s%s", prefix, *prefix ? "." : "", name);
    if (entry->value.as.instance == wanted) {
        nw_buffer_text(out, path);
        return true;
    }
    return depth > 0 && path_in(eval, entry->value.as.instance->attributes, wanted, path, depth - 1, out);
}

static bool path_in(nw_eval *eval, const nw_dict *attributes, const nw_instance *wanted, const char *prefix, int depth, nw_buffer *out)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(attributes, &position));)
        if (path_of_entry(eval, entry, wanted, prefix, depth, out))
            return true;
    return false;
}

/* self.attention.query, for the state map. */
static void name_inner_modules(nw_match *match, nw_symbol attribute, const nw_instance *outer)
{
    enum { NESTED = 2 };
    nw_eval *eval = match->index->eval;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        nw_binding *binding = &match->bindings[i];
        nw_buffer path;
        if (!binding->is_inside || !binding->instance)
            continue;
        nw_buffer_init(&path);
        if (path_in(eval, outer->attributes, binding->instance, nw_symbol_bytes(eval->symbols, attribute), NESTED, &path))
            binding->attribute = nw_symbol_intern(eval->symbols, path.bytes, path.size);
        nw_buffer_release(&path);
    }
}

/* ---- the call ---- */

/* `*.Name` is a class of that name in any module. */
static bool is_named(const nw_match *match, const nw_class *class_, const char *wanted)
{
    if (strncmp(wanted, "*.", 2) == 0)
        return class_->node && strcmp(bytes_of(match, class_->name), wanted + 2) == 0;
    return strcmp(bytes_of(match, nw_class_public_name(class_)), wanted) == 0;
}

/* f(*arguments), f(**keywords): the text does not say what is passed. */
static bool passes_starred(const nw_match *match, uint32_t call)
{
    const nw_ast *ast = match->index->module->ast;
    nw_list arguments = nw_ast_list(ast, ast->nodes[call].b);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &ast->nodes[arguments.items[i]];
        if (argument->kind == NW_NODE_STARRED || (argument->kind == NW_NODE_KEYWORD && !argument->a))
            return true;
    }
    return false;
}

static bool check_call(nw_match *match, const nw_pattern *pattern, const nw_fact *fact, nw_term term)
{
    nw_symbol attribute;
    nw_instance *instance = fact->callee.as.instance;
    uint32_t read = nw_match_self_attribute(match, term.node, &attribute);
    if (!read)
        return refuse(match, "it is not called by an attribute of self");
    match->bindings[pattern->variable.v] = (nw_binding){.is_bound = true, .instance = instance, .attribute = attribute, .read = read,
                                                        .term = {read, {.kind = NW_INSTANCE, .as.instance = instance}}};
    nw_pattern_id definition = match->form->variables[pattern->variable.v].definition;
    if (definition.v && !nw_unify_construction(match, definition, instance))
        return refuse(match, "it is made with arguments that the target does not take");
    if (passes_starred(match, term.node) || !fact->given)
        return refuse(match, "it is not known which arguments the call passes");
    if (!run_trial(match, pattern, fact, term.node))
        return false;
    name_inner_modules(match, attribute, instance);
    return true;
}

bool nw_unify_module(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    const nw_fact *fact = term.node ? nw_match_fact(match, term.node) : NULL;
    if (!fact || (fact->kind != NW_FACT_CALL && fact->kind != NW_FACT_MODULE) || fact->callee.kind != NW_INSTANCE || !pattern->variable.v ||
        nw_file_node(match->index, term.node)->kind != NW_NODE_CALL || !is_named(match, fact->callee.as.instance->class_, bytes_of(match, pattern->name)))
        return false;
    match->otherwise = NULL;
    match->trial_count = 1;
    nw_node_set_add(match->index->eval, &match->calls, term.node);
    if (check_call(match, pattern, fact, term))
        match->otherwise = NULL;
    return true;
}
