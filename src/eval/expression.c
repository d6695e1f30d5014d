/* Expressions: one function per kind of node. */
#include "eval/builtin.h"
#include "eval/consumer.h"
#include "eval/interpret.h"

#include <string.h>

static double double_of(const nw_node *node)
{
    uint64_t bits = (uint64_t)node->b << 32 | node->a;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* ---- names ---- */

nw_value nw_global_load(nw_eval *eval, nw_module *module, nw_symbol name)
{
    nw_value *found = nw_dict_find_name(module->globals, name);
    if (found) {
        if (found->kind == NW_IMPORT) {
            nw_value resolved = nw_import_resolve(eval, found->as.import);
            if (resolved.kind != NW_ERROR)
                nw_dict_set_fact(eval, module->globals, name, resolved);
            return resolved;
        }
        nw_value settled = nw_settle(eval, *found);
        if (settled.kind == NW_IMPORT) /* imported in one branch only: whoever reads the name is in that branch */
            return nw_import_resolve(eval, settled.as.import);
        if (settled.kind != NW_UNSET)
            return settled;
    }
    found = nw_dict_find_name(eval->builtins, name);
    if (found)
        return *found;
    if (module->open || (module->ast && module->ast->error_count))
        return nw_lost(eval, NW_DIAG_NAME_NOT_FOUND, "%s", nw_bytes(eval, name));
    return nw_raise(eval, NW_EXCEPTION_NAME_ERROR, "name '%s' is not defined", nw_bytes(eval, name));
}

/* `__class__` inside a method, and in what is written in it, is the class that the method stands in. */
static nw_value class_around(const nw_eval *eval)
{
    const nw_frame *frame = eval->frame;
    while (frame && !(frame->function && frame->function->owner))
        frame = frame->outer;
    return frame ? nw_class_value(frame->function->owner) : nw_unset();
}

static nw_value slot_load(nw_eval *eval, const nw_frame *frame, uint32_t slot, nw_symbol name)
{
    nw_value value = nw_settle(eval, frame->slots[slot]);
    if (value.kind != NW_UNSET)
        return value;
    return nw_raise(eval, NW_EXCEPTION_UNBOUND_LOCAL_ERROR, "cannot access local variable '%s' where it is not associated with a value", nw_bytes(eval, name));
}

static nw_frame *frame_up(nw_frame *frame, uint32_t count)
{
    while (count-- > 0 && frame)
        frame = frame->outer;
    return frame;
}

static nw_value class_scope_load(nw_eval *eval, const nw_node *node)
{
    nw_frame *frame = eval->frame;
    nw_symbol name = {node->a};
    nw_value found = frame->slots[node->c];
    if (found.kind != NW_UNSET)
        return found.kind == NW_IMPORT ? nw_import_resolve(eval, found.as.import) : found;
    const nw_ast_function *code = frame->code;
    for (uint32_t i = 0; (node->flags & NW_NAME_OUTER) && i < code->outer_count; i++)
        if (code->outer[3 * i] == name.v) {
            nw_frame *outer = frame_up(frame->outer, code->outer[3 * i + 1]);
            if (outer)
                return slot_load(eval, outer, code->outer[3 * i + 2], name);
        }
    return nw_global_load(eval, frame->module, name);
}

nw_value nw_name_load(nw_eval *eval, const nw_node *node)
{
    switch (node->b) {
    case NW_PLACE_SLOT: {
        nw_frame *frame = eval->frame;
        if (node->op && frame->code->scope == NW_SCOPE_CLASS) /* class frames are skipped by `outer` already */
            frame = frame_up(frame->outer, node->op - 1u);
        else
            frame = frame_up(frame, node->op);
        return slot_load(eval, frame, node->c, (nw_symbol){node->a});
    }
    case NW_PLACE_CLASS:
        return class_scope_load(eval, node);
    default:
        if (node->a == NW_NAME_DUNDER_CLASS && class_around(eval).kind != NW_UNSET)
            return class_around(eval);
        return nw_global_load(eval, eval->frame->module, (nw_symbol){node->a});
    }
}

/* ---- tests and short circuits ---- */

static nw_answer undecided(nw_eval *eval)
{
    eval->undecided = true;
    return NW_FAILED;
}

static nw_answer test_of(nw_eval *eval, uint32_t node_id, nw_guard *guard);

/* and/or as a condition: no value is needed, so later operands only narrow the guard. */
static nw_answer test_chain(nw_eval *eval, const nw_node *node, nw_guard *guard)
{
    bool is_and = node->kind == NW_NODE_AND;
    nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
    nw_guard path = eval->path, all = is_and ? NW_TRUE : NW_FALSE;
    nw_answer answer = is_and ? NW_YES : NW_NO;
    for (uint32_t i = 0; i < list.count; i++) {
        nw_guard one;
        nw_answer part = test_of(eval, list.items[i], &one);
        if (part == NW_FAILED) {
            if (eval->stopped || eval->undecided || answer != NW_MAYBE)
                return NW_FAILED;
            nw_exception_clear(eval); /* raised only where the operands before let it: they are assumed not to */
            break;
        }
        if (part == (is_and ? NW_NO : NW_YES)) {
            all = is_and ? NW_FALSE : NW_TRUE;
            answer = part;
            break;
        }
        if (part == NW_MAYBE) {
            answer = NW_MAYBE;
            all = is_and ? nw_bdd_and(&eval->bdd, all, one) : nw_bdd_or(&eval->bdd, all, one);
            eval->path = nw_bdd_and(&eval->bdd, eval->path, is_and ? one : nw_bdd_not(&eval->bdd, one));
        }
    }
    eval->path = path;
    *guard = all;
    return answer;
}

/* The catalog's tests too may be undecided in part, where another operand of `and` and `or` decides. */
static nw_answer test_of(nw_eval *eval, uint32_t node_id, nw_guard *guard)
{
    const nw_node *node = nw_node_at(eval, node_id);
    nw_answer answer;
    if (node->kind == NW_NODE_AND || node->kind == NW_NODE_OR) {
        answer = test_chain(eval, node, guard);
    } else if (node->kind == NW_NODE_UNARY && node->op == NW_OPERATOR_NOT) {
        answer = test_of(eval, node->a, guard);
        if (answer == NW_MAYBE)
            *guard = nw_bdd_not(&eval->bdd, *guard);
        return answer == NW_YES ? NW_NO : answer == NW_NO ? NW_YES : answer;
    } else {
        nw_value value = nw_evaluate(eval, node_id);
        if (value.kind == NW_ERROR)
            return NW_FAILED;
        answer = nw_truth(eval, value, guard);
    }
    if (answer != NW_MAYBE)
        return answer;
    if (nw_bdd_implies(&eval->bdd, eval->path, *guard))
        return NW_YES;
    if (nw_bdd_and(&eval->bdd, eval->path, *guard).v == 0)
        return NW_NO;
    return NW_MAYBE;
}

nw_answer nw_evaluate_test(nw_eval *eval, uint32_t node_id, nw_guard *guard)
{
    nw_answer answer = test_of(eval, node_id, guard);
    return answer == NW_MAYBE && eval->in_catalog > 0 ? undecided(eval) : answer;
}

typedef struct chain_rest {
    nw_value first;
    const nw_node *node;
    uint32_t next;
} chain_rest;

static nw_value evaluate_chain(nw_eval *eval, const nw_node *node, uint32_t from);

static nw_value chain_stop(nw_eval *eval, void *data)
{
    (void)eval;
    return ((chain_rest *)data)->first;
}

static nw_value chain_go_on(nw_eval *eval, void *data)
{
    const chain_rest *rest = data;
    return evaluate_chain(eval, rest->node, rest->next);
}

/* In the catalog, which does not fork: an undecided value, unless one of the operands that follow decides by itself. */
static nw_value undecided_chain(nw_eval *eval, nw_list list, bool is_and, uint32_t next)
{
    for (uint32_t i = next; i < list.count; i++) {
        nw_guard guard;
        nw_value value = nw_evaluate(eval, list.items[i]);
        nw_answer answer = value.kind == NW_ERROR ? NW_FAILED : nw_truth(eval, value, &guard);
        if (answer == (is_and ? NW_NO : NW_YES))
            return nw_bool(!is_and);
        if (answer == NW_FAILED) {
            if (eval->stopped || eval->undecided)
                return nw_error();
            nw_exception_clear(eval); /* raised only where the operands before let it */
        }
    }
    nw_value value = nw_lost(eval, NW_DIAG_OPERATOR_REFUSED, "%s", is_and ? "and" : "or");
    value.as.opaque->type = NW_TYPE_BOOL;
    return value;
}

/* The value of operands from number `from` on. */
static nw_value evaluate_chain(nw_eval *eval, const nw_node *node, uint32_t from)
{
    nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
    bool is_and = node->kind == NW_NODE_AND;
    for (uint32_t i = from;; i++) {
        nw_value value = nw_evaluate(eval, list.items[i]);
        if (value.kind == NW_ERROR || i + 1 == list.count)
            return value;
        nw_guard guard;
        nw_answer answer = nw_truth(eval, value, &guard);
        if (answer == NW_FAILED)
            return nw_error();
        if (answer == NW_MAYBE) {
            if (eval->in_catalog > 0)
                return undecided_chain(eval, list, is_and, i + 1);
            chain_rest rest = {value, node, i + 1};
            return is_and ? nw_fork(eval, guard, chain_go_on, chain_stop, &rest) : nw_fork(eval, guard, chain_stop, chain_go_on, &rest);
        }
        if ((answer == NW_NO) == is_and)
            return value;
    }
}

static nw_value conditional_then(nw_eval *eval, void *data)
{
    return nw_evaluate(eval, ((const nw_node *)data)->b);
}

static nw_value conditional_otherwise(nw_eval *eval, void *data)
{
    return nw_evaluate(eval, ((const nw_node *)data)->c);
}

static nw_value evaluate_conditional(nw_eval *eval, const nw_node *node)
{
    nw_guard guard;
    switch (nw_evaluate_test(eval, node->a, &guard)) {
    case NW_YES: return nw_evaluate(eval, node->b);
    case NW_NO: return nw_evaluate(eval, node->c);
    case NW_MAYBE: return nw_fork(eval, guard, conditional_then, conditional_otherwise, (void *)(uintptr_t)node);
    default: return nw_error();
    }
}

static nw_value evaluate_compare(nw_eval *eval, uint32_t node_id, const nw_node *node)
{
    nw_list list = nw_ast_list(nw_ast_here(eval), node->b);
    nw_value left = nw_evaluate(eval, node->a), result = nw_bool(true);
    for (uint32_t i = 0; i + 1 < list.count; i += 2) {
        if (left.kind == NW_ERROR)
            return left;
        nw_value right = nw_evaluate(eval, list.items[i + 1]);
        if (right.kind == NW_ERROR)
            return right;
        uint32_t traced = nw_trace_add(eval, NW_TRACE_OPERATION, node_id, nw_settle(eval, left), nw_settle(eval, right), NULL);
        nw_value one = nw_compare(eval, (nw_operator)list.items[i], left, right);
        nw_trace_result(eval, traced, one);
        if (one.kind == NW_ERROR || list.count == 2)
            return one;
        nw_guard guard;
        nw_answer answer = nw_truth(eval, one, &guard);
        if (answer == NW_FAILED)
            return nw_error();
        if (answer == NW_NO)
            return one;
        if (answer == NW_MAYBE)
            result = result.kind == NW_OPAQUE ? nw_binary(eval, NW_OPERATOR_BIT_AND, result, one) : one;
        left = right;
    }
    return result;
}

/* ---- calls ---- */

static bool add_named(nw_eval *eval, nw_arguments *arguments, uint32_t *capacity, nw_symbol name, nw_value value)
{
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v == name.v) {
            nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "got multiple values for keyword argument '%s'", nw_bytes(eval, name));
            return false;
        }
    if (arguments->named_count == *capacity) {
        *capacity = *capacity * 2 + 8;
        arguments->names = nw_arena_grow(&eval->arena, arguments->names, arguments->named_count, *capacity, sizeof *arguments->names);
        arguments->named = nw_arena_grow(&eval->arena, arguments->named, arguments->named_count, *capacity, sizeof *arguments->named);
    }
    arguments->names[arguments->named_count] = name;
    arguments->named[arguments->named_count++] = value;
    return true;
}

static bool spread_keywords(nw_eval *eval, nw_arguments *arguments, uint32_t *capacity, nw_value value)
{
    nw_value dict = nw_settle(eval, value);
    if (dict.kind != NW_DICT) {
        nw_value made = nw_dict_new(eval);
        if (!nw_spread_dict(eval, made.as.dict, dict))
            return false;
        if (made.as.dict->open)
            arguments->open_named = dict;
        dict = made;
    } else if (dict.as.dict->open) {
        arguments->open_named = dict;
    }
    arguments->open |= dict.as.dict->open;
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(dict.as.dict, &position));) {
        if (entry->key.kind == NW_STRING && !add_named(eval, arguments, capacity, entry->key.as.symbol, nw_settle(eval, entry->value)))
            return false;
        if (entry->key.kind != NW_STRING) {
            arguments->open = true;
            arguments->open_named = dict;
        }
    }
    return true;
}

bool nw_arguments_evaluate(nw_eval *eval, nw_list list, nw_arguments *arguments)
{
    *arguments = (nw_arguments){.open_positional = nw_unset(), .open_named = nw_unset()};
    uint32_t named_capacity = 0, positional_capacity = list.count + 1;
    arguments->positional = nw_arena_alloc(&eval->arena, positional_capacity * sizeof(nw_value));
    for (uint32_t i = 0; i < list.count; i++) {
        const nw_node *node = nw_node_at(eval, list.items[i]);
        uint32_t inner = node->kind == NW_NODE_STARRED ? node->a : node->kind == NW_NODE_KEYWORD ? node->b : list.items[i];
        nw_value value = nw_evaluate(eval, inner);
        if (value.kind == NW_ERROR)
            return false;
        if (node->kind == NW_NODE_KEYWORD) {
            if (node->a ? !add_named(eval, arguments, &named_capacity, (nw_symbol){node->a}, value)
                        : !spread_keywords(eval, arguments, &named_capacity, value))
                return false;
            continue;
        }
        nw_value *spread = &value;
        uint32_t count = 1;
        if (node->kind == NW_NODE_STARRED) {
            nw_answer answer = nw_collect(eval, value, &spread, &count);
            if (answer == NW_FAILED)
                return false;
            if (answer == NW_MAYBE) {
                arguments->open = true;
                arguments->open_positional = value;
                continue;
            }
        }
        if (arguments->positional_count + count > positional_capacity) {
            positional_capacity = (arguments->positional_count + count) * 2 + list.count;
            arguments->positional = nw_arena_grow(&eval->arena, arguments->positional, arguments->positional_count, positional_capacity,
                                                  sizeof(nw_value));
        }
        for (uint32_t j = 0; j < count; j++)
            arguments->positional[arguments->positional_count++] = spread[j];
    }
    return true;
}

static void note_call_site(nw_eval *eval, uint32_t node, nw_value callee)
{
    nw_module *module = eval->frame->module;
    if (module->is_catalog)
        return;
    if (!module->sites)
        module->sites = nw_arena_zero(&eval->arena, module->ast->node_count);
    callee = nw_settle(eval, callee);
    module->sites[node] |= callee.kind == NW_OPAQUE ? 2 : 1;
    if (callee.kind != NW_OPAQUE || !eval->environment->open)
        return;
    const nw_opaque *opaque = callee.as.opaque; /* in closed mode what the call gives tells whether it mattered */
    nw_report_loss(eval, opaque->reason ? opaque->reason : NW_DIAG_CALL_UNKNOWN, nw_here(eval), opaque->text);
}

static nw_value evaluate_call(nw_eval *eval, uint32_t node_id, const nw_node *node)
{
    nw_value callee = nw_evaluate(eval, node->a);
    if (callee.kind == NW_ERROR)
        return callee;
    nw_arguments arguments;
    if (!nw_arguments_evaluate(eval, nw_ast_list(nw_ast_here(eval), node->b), &arguments))
        return nw_error();
    arguments.spelled = 1;
    eval->frame->node = node_id;
    note_call_site(eval, node_id, callee);
    uint32_t traced = nw_trace_add(eval, NW_TRACE_CALL, node_id, nw_settle(eval, callee), nw_unset(), &arguments);
    nw_value result = nw_news_call(eval, node_id, callee, &arguments);
    nw_trace_result(eval, traced, result);
    return result;
}

/* ---- dispatch ---- */

bool nw_target_evaluate(nw_eval *eval, uint32_t node_id, nw_target *target)
{
    const nw_node *node = nw_node_at(eval, node_id);
    *target = (nw_target){node_id, nw_unset(), nw_unset()};
    if (node->kind != NW_NODE_SUBSCRIPT && node->kind != NW_NODE_ATTRIBUTE)
        return true;
    target->object = nw_evaluate(eval, node->a);
    if (target->object.kind != NW_ERROR && node->kind == NW_NODE_SUBSCRIPT)
        target->index = nw_evaluate(eval, node->b);
    return target->object.kind != NW_ERROR && target->index.kind != NW_ERROR;
}

nw_value nw_target_read(nw_eval *eval, const nw_target *target)
{
    const nw_node *node = nw_node_at(eval, target->node);
    bool is_item = node->kind == NW_NODE_SUBSCRIPT;
    if (!is_item && node->kind != NW_NODE_ATTRIBUTE)
        return nw_evaluate(eval, target->node);
    eval->frame->node = target->node;
    uint32_t traced = nw_trace_add(eval, is_item ? NW_TRACE_ITEM : NW_TRACE_ATTRIBUTE, target->node, nw_settle(eval, target->object), target->index, NULL);
    nw_value result = is_item ? nw_get_item(eval, target->object, target->index) : nw_get_attribute(eval, target->object, (nw_symbol){node->b});
    nw_trace_result(eval, traced, result);
    return result;
}

/* An attribute or an item. */
static nw_value evaluate_part(nw_eval *eval, uint32_t node_id)
{
    nw_target target;
    return nw_target_evaluate(eval, node_id, &target) ? nw_target_read(eval, &target) : nw_error();
}

static nw_value evaluate_slice(nw_eval *eval, const nw_node *node)
{
    nw_value parts[3];
    const uint32_t nodes[3] = {node->a, node->b, node->c};
    for (int i = 0; i < 3; i++) {
        parts[i] = nodes[i] ? nw_evaluate(eval, nodes[i]) : nw_none();
        if (parts[i].kind == NW_ERROR)
            return parts[i];
    }
    return nw_slice_new(eval, parts[0], parts[1], parts[2]);
}

static bool may_leave(const nw_node *node)
{
    return node->kind == NW_NODE_RETURN || node->kind == NW_NODE_BREAK || node->kind == NW_NODE_CONTINUE;
}

/* What another's code may run under, or what asks others for items. */
static bool asks_others(const nw_node *node)
{
    switch (node->kind) {
    case NW_NODE_ATTRIBUTE: case NW_NODE_SUBSCRIPT: case NW_NODE_CALL: case NW_NODE_YIELD_FROM: case NW_NODE_FOR: case NW_NODE_COMPREHENSION_FOR: case NW_NODE_WITH:
    case NW_NODE_HANDLER: case NW_NODE_STARRED:
        return true;
    default:
        return node->kind == NW_NODE_NAME && (node->flags & NW_NAME_BINDS) && !nw_ast_is_local(node);
    }
}

/* Whether a generator does nothing but compute in a `while` with names of its own, asks nobody for items and writes nothing elsewhere; and ends
 * where it is told to. */
static bool is_plain_generator(const nw_ast *ast, const nw_ast_function *code)
{
    const nw_node *whole = &ast->nodes[code->node];
    bool loops = false, tries = false, leaves = false;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->start < whole->start || node->end > whole->end || i == code->name_node)
            continue;
        if (asks_others(node))
            return false;
        loops |= node->kind == NW_NODE_WHILE;
        tries |= node->kind == NW_NODE_TRY;
        leaves |= may_leave(node);
    }
    return loops && !(tries && leaves);
}

/* What a yield gives in a generator that runs in one go. */
static nw_value given_to_yield(nw_eval *eval)
{
    return eval->frame->is_asked_on ? nw_lost(eval, NW_DIAG_UNSUPPORTED, "what send() gives to a generator") : nw_none();
}

static nw_value evaluate_yield(nw_eval *eval, const nw_node *node)
{
    uint32_t activations = eval->activations;
    nw_value value = node->a ? nw_evaluate(eval, node->a) : nw_none();
    if (value.kind == NW_ERROR)
        return value;
    nw_consumer *consumer = eval->frame->consumer;
    nw_sequence *yields = eval->frame->yields;
    if (consumer && node->kind == NW_NODE_YIELD)
        return nw_consumer_yield(eval, consumer, value);
    if (consumer)
        return nw_consumer_delegate(eval, consumer, value, nw_consumer_own(eval, nw_node_at(eval, node->a), value, activations));
    if (!yields)
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "yield outside of a generator");
    if (node->kind == NW_NODE_YIELD) {
        nw_list_append(eval, yields, value);
        bool enough = yields->count >= NW_MOST_PLAIN_YIELDS && yields->count % NW_MOST_PLAIN_YIELDS == 0;
        return enough && is_plain_generator(nw_ast_here(eval), eval->frame->code) ? nw_raise(eval, NW_EXCEPTION_GENERATOR_EXIT, "nobody asks on") : given_to_yield(eval);
    }
    nw_value *items;
    uint32_t count;
    nw_answer answer = nw_collect(eval, value, &items, &count);
    if (answer == NW_FAILED)
        return nw_error();
    for (uint32_t i = 0; i < count; i++)
        nw_list_append(eval, yields, items[i]);
    yields->repeated |= answer == NW_MAYBE;
    bool returned = value.kind == NW_ITERATOR && value.as.iterator->generator && value.as.iterator->kind == NW_ITERATE_SEQUENCE;
    return returned ? value.as.iterator->extra : nw_none();
}

static nw_value evaluate_binary(nw_eval *eval, uint32_t node_id, const nw_node *node)
{
    nw_value left = nw_evaluate(eval, node->a);
    if (left.kind == NW_ERROR)
        return left;
    nw_value right = nw_evaluate(eval, node->b);
    if (right.kind == NW_ERROR)
        return right;
    eval->frame->node = node_id;
    uint32_t traced = nw_trace_add(eval, NW_TRACE_OPERATION, node_id, nw_settle(eval, left), nw_settle(eval, right), NULL);
    nw_value result = nw_binary(eval, (nw_operator)node->op, left, right);
    nw_trace_result(eval, traced, result);
    return result;
}

static nw_value evaluate_not(nw_eval *eval, const nw_node *node)
{
    nw_value value = nw_evaluate(eval, node->a);
    if (value.kind == NW_ERROR)
        return value;
    nw_guard guard;
    nw_answer answer = nw_truth(eval, value, &guard);
    if (answer == NW_FAILED)
        return nw_error();
    return answer == NW_MAYBE ? nw_unary(eval, NW_OPERATOR_NOT, value) : nw_bool(answer == NW_NO);
}

static nw_value evaluate_unary(nw_eval *eval, uint32_t node_id, const nw_node *node)
{
    if (node->op == NW_OPERATOR_NOT)
        return evaluate_not(eval, node);
    nw_value operand = nw_evaluate(eval, node->a);
    eval->frame->node = node_id;
    uint32_t traced = nw_trace_add(eval, NW_TRACE_OPERATION, node_id, nw_settle(eval, operand), nw_unset(), NULL);
    nw_value result = operand.kind == NW_ERROR ? operand : nw_unary(eval, (nw_operator)node->op, operand);
    nw_trace_result(eval, traced, result);
    return result;
}

static nw_value evaluate_named(nw_eval *eval, const nw_node *node)
{
    nw_value value = nw_evaluate(eval, node->b);
    return value.kind == NW_ERROR || !nw_assign(eval, node->a, value) ? nw_error() : value;
}

nw_value nw_evaluate(nw_eval *eval, uint32_t node_id)
{
    if (!nw_step(eval))
        return nw_error();
    const nw_node *node = nw_node_at(eval, node_id);
    switch (node->kind) {
    case NW_NODE_NAME: eval->frame->node = node_id; return nw_name_load(eval, node);
    case NW_NODE_INTEGER: return nw_int((int64_t)((uint64_t)node->b << 32 | node->a));
    case NW_NODE_BIG_INTEGER: return nw_lost(eval, NW_DIAG_INTEGER_OVERFLOW, "%s", nw_bytes(eval, (nw_symbol){node->a}));
    case NW_NODE_FLOAT: return nw_float(double_of(node));
    case NW_NODE_IMAGINARY: return nw_symbolic(eval, NW_TYPE_COMPLEX, nw_symbol_of(eval->symbols, "an imaginary number"));
    case NW_NODE_STRING: return nw_string((nw_symbol){node->a});
    case NW_NODE_BYTES: return (nw_value){.kind = NW_BYTES, .as.symbol = {node->a}};
    case NW_NODE_JOINED_STRING: return nw_evaluate_joined(eval, node);
    case NW_NODE_FORMATTED: return nw_evaluate_formatted(eval, node);
    case NW_NODE_TRUE: return nw_bool(true);
    case NW_NODE_FALSE: return nw_bool(false);
    case NW_NODE_NONE: return nw_none();
    case NW_NODE_ELLIPSIS: return (nw_value){.kind = NW_ELLIPSIS};
    case NW_NODE_TUPLE: case NW_NODE_LIST: case NW_NODE_SET: return nw_evaluate_display(eval, node);
    case NW_NODE_DICT: return nw_evaluate_dict(eval, node);
    case NW_NODE_LIST_COMPREHENSION: case NW_NODE_SET_COMPREHENSION: case NW_NODE_DICT_COMPREHENSION: case NW_NODE_GENERATOR:
        return nw_comprehension(eval, node_id);
    case NW_NODE_UNARY: return evaluate_unary(eval, node_id, node);
    case NW_NODE_BINARY: return evaluate_binary(eval, node_id, node);
    case NW_NODE_AND: case NW_NODE_OR: return evaluate_chain(eval, node, 0);
    case NW_NODE_COMPARE: return evaluate_compare(eval, node_id, node);
    case NW_NODE_CALL: return evaluate_call(eval, node_id, node);
    case NW_NODE_ATTRIBUTE: case NW_NODE_SUBSCRIPT: return evaluate_part(eval, node_id);
    case NW_NODE_SLICE: return evaluate_slice(eval, node);
    case NW_NODE_CONDITIONAL: return evaluate_conditional(eval, node);
    case NW_NODE_LAMBDA: return nw_function_make(eval, node->a);
    case NW_NODE_NAMED: return evaluate_named(eval, node);
    case NW_NODE_AWAIT: return nw_evaluate(eval, node->a);
    case NW_NODE_YIELD: case NW_NODE_YIELD_FROM: return evaluate_yield(eval, node);
    default: return nw_lost(eval, NW_DIAG_SYNTAX_ERROR, "%s", "");
    }
}
