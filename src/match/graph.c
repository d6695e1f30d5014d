#include "match/graph.h"

#include "eval/symbolic.h"
#include "match/callee.h"
#include "model/model.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 80 };

static const char *bytes_of(const nw_match *match, nw_symbol symbol)
{
    return nw_symbol_bytes(match->rules->symbols, symbol);
}

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

static bool gives(nw_value result, const nw_tensor *tensor)
{
    const nw_value *items = result.kind == NW_TUPLE ? result.as.tuple->items : result.kind == NW_LIST ? result.as.list->items : NULL;
    uint32_t count = result.kind == NW_TUPLE ? result.as.tuple->count : result.kind == NW_LIST ? result.as.list->count : 0;
    for (uint32_t i = 0; i < count; i++)
        if (items[i].kind == NW_TENSOR && items[i].as.tensor == tensor)
            return true;
    return result.kind == NW_TENSOR && result.as.tensor == tensor;
}

const nw_fact *nw_maker_of(const nw_eval *eval, nw_value value)
{
    uint32_t node = value.kind == NW_TENSOR ? value.as.tensor->node : 0;
    return node && node < eval->fact_count && gives(eval->facts[node].result, value.as.tensor) ? &eval->facts[node] : NULL;
}

/* ---- why it does not match ---- */

/* The mismatch that lies deepest says most; but what depends on a condition is never matched. */
static bool differ(nw_match *match, const nw_fact *fact, const char *wanted)
{
    bool is_join = fact && (fact->kind == NW_FACT_JOIN || fact->kind == NW_FACT_LOOP);
    uint32_t depth = match->depth + (is_join ? DEEPEST : 0);
    if (match->otherwise && depth <= match->otherwise_depth)
        return false;
    const char *found = fact ? last_part(bytes_of(match, fact->name)) : "";
    char text[240], where[40] = "";
    if (fact && fact->place.module == match->index->module)
        snprintf(where, sizeof where, " in line %u", nw_source_position(&match->index->module->source, fact->place.start).line);
    if (is_join)
        snprintf(text, sizeof text, "what it computes depends on a condition%s, where the rule asks for %.80s", where, last_part(wanted));
    else if (fact && *found && fact->kind != NW_FACT_INPUT)
        snprintf(text, sizeof text, "`%.80s`%s stands where the rule asks for %.80s", found, where, last_part(wanted));
    else
        snprintf(text, sizeof text, "it does not compute the %.80s that the rule asks for", last_part(wanted));
    match->otherwise = nw_arena_copy(&match->index->eval->arena, text, strlen(text) + 1);
    match->otherwise_depth = depth;
    return false;
}

/* ---- values of patterns ---- */

static nw_operator python_operator(uint8_t op)
{
    for (int i = 0; i < NW_OPERATOR_COUNT; i++)
        if (strcmp(nw_operator_text((nw_operator)i), nw_rule_operator_text((nw_rule_operator)op)) == 0)
            return (nw_operator)i;
    return NW_OPERATOR_COUNT;
}

static nw_value settled(nw_eval *eval, nw_value value)
{
    if (value.kind != NW_ERROR)
        return value;
    eval->exception = nw_unset();
    return nw_unset();
}

static nw_value constant_value(const nw_constant *constant)
{
    switch (constant->kind) {
    case NW_CONSTANT_NONE: return nw_none();
    case NW_CONSTANT_BOOL: return nw_bool(constant->integer != 0);
    case NW_CONSTANT_INT: return nw_int(constant->integer);
    case NW_CONSTANT_FLOAT: return nw_float(constant->number);
    default: return nw_string(constant->text);
    }
}

/* What a pattern over bound variables that are no tensors stands for; UNSET: that is not known. */
static nw_value evaluate(nw_match *match, nw_pattern_id id)
{
    nw_eval *eval = match->index->eval;
    const nw_pattern *pattern = nw_match_pattern(match, id);
    switch (pattern->kind) {
    case NW_PATTERN_CONSTANT:
        return constant_value(&pattern->constant);
    case NW_PATTERN_VARIABLE: {
        const nw_binding *binding = &match->bindings[pattern->variable.v];
        return binding->is_bound && binding->term.value.kind != NW_TENSOR ? binding->term.value : nw_unset();
    }
    case NW_PATTERN_ATTRIBUTE: {
        nw_value object = evaluate(match, pattern->inner);
        return object.kind == NW_UNSET ? object : settled(eval, nw_get_attribute(eval, object, pattern->name));
    }
    case NW_PATTERN_OPERATION: {
        nw_value left = evaluate(match, pattern->arguments[0].value);
        nw_value right = pattern->argument_count == 2 ? evaluate(match, pattern->arguments[1].value) : nw_unset();
        nw_operator op = python_operator(pattern->op);
        if (left.kind == NW_UNSET || right.kind == NW_UNSET || op == NW_OPERATOR_COUNT)
            return nw_unset();
        return settled(eval, nw_binary(eval, op, left, right));
    }
    default:
        return nw_unset();
    }
}

/* ---- arguments ---- */

/* permute(x, (0, 2, 1, 3)) is permute(x, 0, 2, 1, 3). */
static nw_bound_call spread(const nw_match *match, const nw_pattern *pattern, nw_bound_call call)
{
    nw_value value = call.count == 2 ? call.items[1].term.value : nw_unset();
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST && !value.as.list->repeated ? value.as.list->count : 0;
    if (!count || pattern->argument_count <= 2)
        return call;
    nw_bound_call out = {.items = nw_arena_zero(&match->index->eval->arena, (count + 2) * sizeof *out.items), .count = count + 1};
    out.items[0] = call.items[0];
    for (uint32_t i = 0; i < count; i++)
        out.items[i + 1] = (nw_bound_argument){call.items[1].name, {0, value.kind == NW_TUPLE ? value.as.tuple->items[i] : value.as.list->items[i]}, false};
    return out;
}

static bool unify_arguments(nw_match *match, const nw_pattern *pattern, const nw_bound_call *call)
{
    bool *mentioned = nw_arena_zero(&match->index->eval->arena, call->count + 1);
    for (uint32_t i = 0; i < pattern->argument_count; i++) {
        const nw_pattern_argument *wanted = &pattern->arguments[i];
        uint32_t at = wanted->name.v ? 0 : i;
        while (wanted->name.v && at < call->count && call->items[at].name.v != wanted->name.v)
            at++;
        if (at >= call->count) { /* at its default, where it exists at all */
            uint8_t kind = nw_match_pattern(match, wanted->value)->kind;
            if (kind != NW_PATTERN_VARIABLE && kind != NW_PATTERN_ANY)
                return false;
            continue;
        }
        mentioned[at] = true;
        if (!nw_unify_value(match, wanted->value, call->items[at].term.value))
            return false;
    }
    for (uint32_t i = 0; i < call->count && !pattern->open && !pattern->rest.v; i++)
        if (!mentioned[i] && !call->items[i].is_default)
            return false;
    return !call->is_unclear && !pattern->rest.v;
}

static void take(nw_match *match, const nw_fact *fact)
{
    nw_node_set_add(match->index->eval, &match->facts, (uint32_t)(fact - match->index->eval->facts));
}

/* ---- layers ---- */

static const nw_dict *parameters_of(const nw_eval *eval, const nw_instance *instance)
{
    nw_value *parameters = nw_dict_find_name(instance->attributes, nw_symbol_of(eval->symbols, "_parameters"));
    return parameters && parameters->kind == NW_DICT ? parameters->as.dict : instance->attributes;
}

/* A setting that the constructor was given and that the object still has. Flags become a parameter or None. */
static bool is_as_made(const nw_eval *eval, const nw_instance *instance, const nw_bound_argument *argument)
{
    nw_value *now = nw_dict_find_name(instance->attributes, argument->name), given = argument->term.value;
    if (!now)
        now = nw_dict_find_name(parameters_of(eval, instance), argument->name);
    if (!now)
        return true;
    if (given.kind == NW_BOOL && now->kind != NW_BOOL)
        return given.as.integer ? now->kind == NW_TENSOR : now->kind == NW_NONE;
    return nw_operand_same(*now, given);
}

static bool unify_made(nw_match *match, nw_pattern_id id, const nw_instance *instance)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    nw_bound_call call = nw_call_of_instance(match, instance, 0);
    for (uint32_t i = 0; i < call.count; i++)
        if (!is_as_made(match->index->eval, instance, &call.items[i]))
            return false;
    return !call.is_unclear && unify_arguments(match, pattern, &call);
}

static bool shares_parameter(const nw_eval *eval, const nw_instance *a, const nw_instance *b)
{
    const nw_dict *ours = parameters_of(eval, a), *theirs = parameters_of(eval, b);
    uint32_t i = 0;
    for (nw_dict_entry *one; (one = nw_dict_next(ours, &i));) {
        uint32_t k = 0;
        for (nw_dict_entry *other; one->value.kind == NW_TENSOR && (other = nw_dict_next(theirs, &k));)
            if (other->value.kind == NW_TENSOR && other->value.as.tensor == one->value.as.tensor)
                return true;
    }
    return false;
}

/* Different variables stand for different objects, with parameters of their own. */
static bool bind_instance(nw_match *match, nw_variable_id id, nw_instance *instance)
{
    nw_binding *binding = &match->bindings[id.v];
    if (binding->is_bound)
        return binding->instance == instance;
    for (uint32_t i = 1; i < match->form->variable_count; i++)
        if (match->bindings[i].is_inside && (match->bindings[i].instance == instance || shares_parameter(match->index->eval, match->bindings[i].instance, instance)))
            return false;
    *binding = (nw_binding){.is_bound = true, .is_inside = true, .instance = instance, .term = {0, {.kind = NW_INSTANCE, .as.instance = instance}}};
    return true;
}

static bool unify_layer(nw_match *match, const nw_pattern *pattern, nw_value value)
{
    const nw_fact *fact = nw_maker_of(match->index->eval, value);
    const char *wanted = bytes_of(match, pattern->name);
    nw_instance *instance = fact && fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE ? fact->callee.as.instance : NULL;
    if (!instance || !instance->class_->is_catalog || strcmp(bytes_of(match, nw_class_public_name(instance->class_)), wanted) != 0)
        return differ(match, fact, wanted);
    if (pattern->inner.v && !unify_made(match, pattern->inner, instance))
        return differ(match, fact, "a layer with the target's sizes and settings");
    if (pattern->variable.v && !bind_instance(match, pattern->variable, instance))
        return differ(match, fact, "a layer of its own");
    take(match, fact);
    nw_bound_call call = nw_values_of_fact(match, fact);
    return unify_arguments(match, pattern, &call);
}

/* ---- operators ---- */

/* nn.Softmax(dim=-1)(x) */
static bool unify_layer_by_meaning(nw_match *match, const nw_pattern *pattern, const nw_fact *fact)
{
    const nw_instance *instance = fact->callee.kind == NW_INSTANCE ? fact->callee.as.instance : NULL;
    if (!instance || !instance->class_->is_catalog || pattern->exact || !fact->argument_count || !pattern->argument_count ||
        !nw_layer_means(bytes_of(match, nw_class_public_name(instance->class_)), bytes_of(match, pattern->name)))
        return differ(match, fact, bytes_of(match, pattern->name));
    for (uint32_t i = 1; i < pattern->argument_count; i++) {
        nw_value *setting = nw_dict_find_name(instance->attributes, pattern->arguments[i].name);
        if (!setting || !nw_unify_value(match, pattern->arguments[i].value, *setting))
            return false;
    }
    nw_value *in_place = nw_dict_find_name(instance->attributes, nw_symbol_of(match->index->eval->symbols, "inplace"));
    if (in_place && (in_place->kind != NW_BOOL || in_place->as.integer))
        return false;
    take(match, fact);
    return nw_unify_value(match, pattern->arguments[0].value, fact->arguments[0]);
}

/* math.sqrt of something that is not known. */
static bool unify_expression_call(nw_match *match, const nw_pattern *pattern, const nw_opaque *opaque)
{
    const char *wanted = bytes_of(match, pattern->name);
    if (strncmp(wanted, "math.", 5) != 0 || opaque->origin != NW_ORIGIN_EXPRESSION || opaque->op != NW_EXPRESSION_CALL || opaque->operands[0].kind != NW_STRING ||
        strcmp(bytes_of(match, opaque->operands[0].as.symbol), wanted + 5) != 0 || opaque->operand_count != pattern->argument_count + 1u)
        return false;
    for (uint32_t i = 0; i < pattern->argument_count; i++)
        if (!nw_unify_value(match, pattern->arguments[i].value, opaque->operands[i + 1]))
            return false;
    return true;
}

static bool unify_operator(nw_match *match, const nw_pattern *pattern, nw_value value)
{
    const char *wanted = bytes_of(match, pattern->name);
    if (value.kind == NW_OPAQUE)
        return unify_expression_call(match, pattern, value.as.opaque);
    const nw_fact *fact = nw_maker_of(match->index->eval, value);
    if (fact && fact->kind == NW_FACT_LAYER)
        return unify_layer_by_meaning(match, pattern, fact);
    if (!fact || fact->kind != NW_FACT_OPERATOR || !nw_names_same(bytes_of(match, fact->name), wanted))
        return differ(match, fact, wanted);
    take(match, fact);
    nw_bound_call call = spread(match, pattern, nw_values_of_fact(match, fact));
    return unify_arguments(match, pattern, &call);
}

/* The operands of a Python operator: on tensors a fact, on numbers an expression. */
static bool operands_of(nw_match *match, const nw_pattern *pattern, nw_value value, nw_value operands[2])
{
    uint32_t wanted = pattern->argument_count;
    if (value.kind == NW_OPAQUE) {
        const nw_opaque *opaque = value.as.opaque;
        bool same = opaque->origin == NW_ORIGIN_EXPRESSION && opaque->op == (uint16_t)python_operator(pattern->op) && opaque->operand_count == wanted;
        for (uint32_t i = 0; same && i < wanted; i++)
            operands[i] = opaque->operands[i];
        return same;
    }
    const nw_fact *fact = nw_maker_of(match->index->eval, value);
    if (!fact || fact->kind != NW_FACT_OPERATOR || !nw_names_same(bytes_of(match, fact->name), nw_rule_operator_on_tensors((nw_rule_operator)pattern->op)))
        return differ(match, fact, nw_rule_operator_text((nw_rule_operator)pattern->op));
    nw_bound_call call = nw_values_of_fact(match, fact);
    for (uint32_t i = 0; i < call.count; i++)
        if (i >= wanted ? !call.items[i].is_default : (operands[i] = call.items[i].term.value).kind == NW_UNSET)
            return false;
    take(match, fact);
    return call.count >= wanted;
}

static bool unify_operands(nw_match *match, const nw_pattern *pattern, nw_value first, nw_value second)
{
    return nw_unify_value(match, pattern->arguments[0].value, first) && (pattern->argument_count < 2 || nw_unify_value(match, pattern->arguments[1].value, second));
}

static bool unify_operation(nw_match *match, nw_pattern_id id, nw_value value)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    nw_value operands[2], whole = value.kind == NW_TENSOR ? nw_unset() : evaluate(match, id);
    if (whole.kind != NW_UNSET)
        return nw_operand_same(whole, value);
    if (!operands_of(match, pattern, value, operands))
        return false;
    uint32_t kept = nw_bindings_keep(match), count = match->facts.count;
    bool matched = unify_operands(match, pattern, operands[0], operands[1]);
    if (!matched && pattern->commutative && pattern->argument_count == 2) {
        nw_bindings_back(match, kept);
        match->facts.count = count;
        matched = unify_operands(match, pattern, operands[1], operands[0]);
    }
    nw_bindings_drop(match, kept);
    return matched;
}

/* ---- any pattern ---- */

/* One of several results: the one that stands at the variable's place. */
static bool is_item(const nw_match *match, const nw_rule_variable *variable, nw_value value)
{
    const nw_fact *fact = nw_maker_of(match->index->eval, value);
    nw_value all = fact ? fact->result : nw_unset();
    const nw_value *items = all.kind == NW_TUPLE ? all.as.tuple->items : all.kind == NW_LIST && !all.as.list->repeated ? all.as.list->items : NULL;
    uint32_t count = all.kind == NW_TUPLE ? all.as.tuple->count : all.kind == NW_LIST ? all.as.list->count : 0;
    return items && variable->item < count && items[variable->item].kind == NW_TENSOR && items[variable->item].as.tensor == value.as.tensor;
}

static bool unify_variable(nw_match *match, nw_variable_id id, nw_value value)
{
    const nw_rule_variable *variable = &match->form->variables[id.v];
    nw_binding *binding = &match->bindings[id.v];
    if (binding->is_bound)
        return nw_operand_same(binding->term.value, value);
    if (variable->type.type == NW_RULE_TYPE_TENSOR && value.kind != NW_TENSOR)
        return false;
    if (variable->is_item && !is_item(match, variable, value))
        return differ(match, nw_maker_of(match->index->eval, value), "a part of one projection");
    if (variable->definition.v && !nw_unify_value(match, variable->definition, value))
        return false;
    match->bindings[id.v] = (nw_binding){.is_bound = true, .is_inside = variable->role == NW_VARIABLE_INSTANCE, .term = {0, value}};
    return true;
}

static bool unify_constant(const nw_constant *constant, nw_value value)
{
    nw_value wanted = constant_value(constant);
    if (!nw_is_number(wanted) || !nw_is_number(value))
        return nw_operand_same(wanted, value);
    double number = value.kind == NW_FLOAT ? value.as.number : (double)value.as.integer;
    double difference = number - constant->number, room = constant->tolerance * (constant->number < 0 ? -constant->number : constant->number);
    return difference <= room && -difference <= room;
}

static bool unify_tuple(nw_match *match, const nw_pattern *pattern, nw_value value)
{
    if (value.kind != NW_TUPLE || value.as.tuple->class_ || (pattern->open ? value.as.tuple->count < pattern->argument_count : value.as.tuple->count != pattern->argument_count))
        return differ(match, NULL, value.kind == NW_TUPLE ? "number of results" : "tuple of results");
    for (uint32_t i = 0; i < pattern->argument_count; i++)
        if (!nw_unify_value(match, pattern->arguments[i].value, value.as.tuple->items[i]))
            return false;
    return true;
}

static bool unify_either(nw_match *match, const nw_pattern *pattern, nw_value value)
{
    uint32_t kept = nw_bindings_keep(match), count = match->facts.count;
    bool matched = false;
    for (uint32_t i = 0; i < pattern->argument_count && !matched; i++) {
        nw_bindings_back(match, kept);
        match->facts.count = count;
        matched = nw_unify_value(match, pattern->arguments[i].value, value);
    }
    nw_bindings_drop(match, kept);
    return matched;
}

static bool unify_kind(nw_match *match, nw_pattern_id id, nw_value value)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    switch (pattern->kind) {
    case NW_PATTERN_ANY: return true;
    case NW_PATTERN_VARIABLE: return unify_variable(match, pattern->variable, value);
    case NW_PATTERN_CONSTANT: return unify_constant(&pattern->constant, value);
    case NW_PATTERN_EITHER: return unify_either(match, pattern, value);
    case NW_PATTERN_OPERATOR: return unify_operator(match, pattern, value);
    case NW_PATTERN_LAYER: return unify_layer(match, pattern, value);
    case NW_PATTERN_OPERATION: return unify_operation(match, id, value);
    case NW_PATTERN_TUPLE: return unify_tuple(match, pattern, value);
    case NW_PATTERN_ATTRIBUTE: {
        nw_value wanted = evaluate(match, id);
        return wanted.kind != NW_UNSET && nw_operand_same(wanted, value);
    }
    default: return false;
    }
}

bool nw_unify_value(nw_match *match, nw_pattern_id id, nw_value value)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    if (match->depth >= DEEPEST)
        return false;
    match->depth++;
    uint32_t kept = nw_bindings_keep(match), count = match->facts.count;
    bool matched = unify_kind(match, id, value);
    if (!matched) {
        nw_bindings_back(match, kept);
        match->facts.count = count;
        matched = pattern->optional && pattern->argument_count && nw_unify_value(match, pattern->arguments[0].value, value);
    }
    nw_bindings_drop(match, kept);
    match->depth--;
    return matched;
}
