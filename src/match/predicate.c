#include "match/predicate.h"

#include "eval/symbolic.h"
#include "match/causal.h"
#include "match/context.h"
#include "match/finite.h"
#include "match/given.h"
#include "match/integral.h"
#include "match/rank.h"
#include "match/users.h"
#include "match/written.h"

#include <math.h>
#include <string.h>

static nw_holds holds(bool known)
{
    return known ? NW_HOLDS_YES : NW_HOLDS_NO;
}

static nw_holds worse(nw_holds a, nw_holds b)
{
    return a == NW_HOLDS_NO || b == NW_HOLDS_NO ? NW_HOLDS_NO : a == NW_HOLDS_UNKNOWN ? a : b;
}

nw_binding *nw_binding_of_argument(const nw_match *match, nw_pattern_id argument)
{
    const nw_pattern *pattern = nw_match_pattern(match, argument);
    return pattern->kind == NW_PATTERN_VARIABLE ? &match->bindings[pattern->variable.v] : NULL;
}

static const nw_binding *binding_of(const nw_match *match, nw_pattern_id id)
{
    return nw_binding_of_argument(match, id);
}

/* The value of an argument of a condition; false: it is bound to nothing. */
static bool value_of(nw_match *match, nw_pattern_id id, nw_value *value)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    const nw_binding *binding = binding_of(match, id);
    double number;
    *value = nw_unset();
    if (binding) {
        *value = binding->term.value;
        if (value->kind == NW_UNSET && nw_term_number(match, binding->term, &number))
            *value = nw_float(number);
        return binding->is_bound;
    }
    if (pattern->kind == NW_PATTERN_ATTRIBUTE) {
        const nw_binding *object = binding_of(match, pattern->inner);
        if (object && object->is_bound && object->term.value.kind == NW_OPAQUE) {
            *value = nw_get_attribute(match->index->eval, object->term.value, pattern->name);
            return true;
        }
        return true;
    }
    if (pattern->kind != NW_PATTERN_CONSTANT)
        return true;
    switch (pattern->constant.kind) {
    case NW_CONSTANT_NONE: *value = nw_none(); break;
    case NW_CONSTANT_BOOL: *value = nw_bool(pattern->constant.integer != 0); break;
    case NW_CONSTANT_INT: *value = nw_int(pattern->constant.integer); break;
    case NW_CONSTANT_FLOAT: *value = nw_float(pattern->constant.number); break;
    default: *value = nw_string(pattern->constant.text);
    }
    return true;
}

static bool is_known(nw_value value)
{
    return value.kind == NW_NONE || nw_is_number(value) || value.kind == NW_STRING || value.kind == NW_DTYPE;
}

static nw_holds equal(nw_value a, nw_value b)
{
    if (a.kind == NW_UNSET || b.kind == NW_UNSET)
        return NW_HOLDS_UNKNOWN;
    if (nw_is_number(a) && nw_is_number(b)) {
        double left = a.kind == NW_FLOAT ? a.as.number : (double)a.as.integer, right = b.kind == NW_FLOAT ? b.as.number : (double)b.as.integer;
        return holds(left == right);
    }
    if (nw_operand_same(a, b))
        return NW_HOLDS_YES;
    return is_known(a) && is_known(b) ? NW_HOLDS_NO : NW_HOLDS_UNKNOWN;
}

static const nw_tensor *tensor_of(nw_value value)
{
    return value.kind == NW_TENSOR ? value.as.tensor : NULL;
}

nw_guard nw_match_path(const nw_match *match)
{
    for (uint32_t i = 0; i < match->calls.count; i++) {
        const nw_node *call = nw_file_node(match->index, match->calls.items[i]);
        uint32_t fact = nw_file_fact(match->index, call->start, call->end, match->activation);
        if (fact)
            return match->index->eval->facts[fact].condition;
    }
    return NW_TRUE;
}

/* By what made it, or by what the match's own calls take; -1: not known. */
static int64_t rank_of(const nw_match *match, nw_value value)
{
    nw_eval *eval = match->index->eval;
    int rank = nw_rank_of(eval, value, nw_match_path(match));
    for (uint32_t i = 0; i < match->calls.count && rank < 0; i++) {
        const nw_node *call = nw_file_node(match->index, match->calls.items[i]);
        uint32_t fact = nw_file_fact(match->index, call->start, call->end, match->activation);
        rank = fact ? nw_rank_by_consumer(eval, &eval->facts[fact], value) : -1;
    }
    return rank;
}

/* Whether an axis, counted from either end, is `wanted` (negative: from the end) of a tensor. */
static nw_holds is_axis(const nw_match *match, nw_value tensor, nw_value axis, int64_t wanted)
{
    int64_t given, rank = rank_of(match, tensor);
    if (axis.kind == NW_TUPLE && axis.as.tuple->count == 1)
        axis = axis.as.tuple->items[0];
    if (axis.kind == NW_LIST && axis.as.list->count == 1 && !axis.as.list->repeated)
        axis = axis.as.list->items[0];
    if (axis.kind == NW_TUPLE || axis.kind == NW_LIST || axis.kind == NW_NONE)
        return axis.kind == NW_NONE ? NW_HOLDS_UNKNOWN : NW_HOLDS_NO;
    if (!nw_known_integer(axis, &given) || axis.kind == NW_BOOL)
        return NW_HOLDS_UNKNOWN;
    if (given == wanted)
        return NW_HOLDS_YES;
    if (rank < 0)
        return (given < 0) == (wanted < 0) ? NW_HOLDS_NO : NW_HOLDS_UNKNOWN;
    return holds((given < 0 ? given + rank : given) == (wanted < 0 ? wanted + rank : wanted));
}

static bool same_text(const nw_match *match, uint32_t a, uint32_t b)
{
    const nw_node *left = nw_file_node(match->index, a), *right = nw_file_node(match->index, b);
    const char *bytes = match->index->module->source.bytes;
    return left->kind == NW_NODE_NAME && left->end - left->start == right->end - right->start && memcmp(bytes + left->start, bytes + right->start, left->end - left->start) == 0;
}

/* `x.ndim - 1`, `x.dim() - 1`, `len(x.shape) - 1` of the very x */
static bool is_last_axis_text(const nw_match *match, const nw_binding *tensor, const nw_binding *axis)
{
    const nw_file_index *index = match->index;
    const nw_node *node = axis && axis->term.node ? nw_file_node(index, axis->term.node) : NULL;
    double one;
    if (!tensor || !tensor->term.node || !node || node->kind != NW_NODE_BINARY || strcmp(nw_operator_text((nw_operator)node->op), "-") != 0 ||
        !nw_term_number(match, (nw_term){node->b, nw_unset()}, &one) || one != 1)
        return false;
    const nw_node *count = nw_file_node(index, node->a);
    nw_list arguments = count->kind == NW_NODE_CALL ? nw_ast_list(index->module->ast, count->b) : (nw_list){0};
    const nw_node *read = count->kind == NW_NODE_CALL ? nw_file_node(index, arguments.count == 1 ? arguments.items[0] : count->a) : count;
    const char *name = read->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(match->rules->symbols, (nw_symbol){read->b}) : "";
    const nw_node *callee = count->kind == NW_NODE_CALL ? nw_file_node(index, count->a) : NULL;
    bool by_len = arguments.count == 1 && callee->kind == NW_NODE_NAME && strcmp(nw_symbol_bytes(match->rules->symbols, (nw_symbol){callee->a}), "len") == 0 && strcmp(name, "shape") == 0;
    bool by_call = callee && arguments.count == 0 && (strcmp(name, "dim") == 0 || strcmp(name, "ndimension") == 0);
    bool by_read = !callee && strcmp(name, "ndim") == 0;
    return (by_len || by_call || by_read) && same_text(match, read->a, tensor->term.node);
}

static nw_holds last_two_axes(const nw_match *match, nw_value tensor, nw_value a, nw_value b)
{
    nw_holds straight = worse(is_axis(match, tensor, a, -2), is_axis(match, tensor, b, -1));
    nw_holds swapped = worse(is_axis(match, tensor, a, -1), is_axis(match, tensor, b, -2));
    return straight == NW_HOLDS_YES || swapped == NW_HOLDS_YES ? NW_HOLDS_YES
           : straight == NW_HOLDS_NO && swapped == NW_HOLDS_NO ? NW_HOLDS_NO : NW_HOLDS_UNKNOWN;
}

static nw_holds rank_is(const nw_match *match, nw_value value, nw_value wanted)
{
    int64_t rank, found = rank_of(match, value);
    if (found < 0 || !nw_known_integer(wanted, &rank))
        return NW_HOLDS_UNKNOWN;
    return holds(found == rank);
}

static nw_holds rank_is_least(const nw_match *match, nw_value value, nw_value wanted)
{
    int64_t least, found = nw_is_number(value) ? 0 : rank_of(match, value);
    if (!nw_known_integer(wanted, &least))
        return NW_HOLDS_UNKNOWN;
    return found >= 0 ? holds(found >= least) : nw_match_has_axes(match, value, least) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
}

static nw_value size_of(nw_value value, nw_value axis)
{
    const nw_tensor *tensor = tensor_of(value);
    int64_t at;
    if (!tensor || !tensor->shape || !nw_known_integer(axis, &at))
        return nw_unset();
    at += at < 0 ? tensor->rank : 0;
    return at >= 0 && at < tensor->rank ? tensor->shape[at] : nw_unset();
}

/* `x.shape[1]` */
static bool is_size_of_tensor(const nw_eval *eval, const nw_opaque *opaque)
{
    if (opaque->origin != NW_ORIGIN_EXPRESSION || opaque->op != NW_EXPRESSION_ITEM || opaque->operand_count != 2 || opaque->operands[1].kind != NW_INT)
        return false;
    return opaque->operands[0].kind == NW_OPAQUE && nw_tensor_of_shape(eval, opaque->operands[0].as.opaque);
}

/* `x.shape[1]` of the very x, of which no more is known. */
static bool is_own_size(const nw_match *match, nw_value tensor, nw_value axis, nw_value size)
{
    int64_t wanted, rank = rank_of(match, tensor);
    if (size.kind != NW_OPAQUE || !nw_known_integer(axis, &wanted) || !is_size_of_tensor(match->index->eval, size.as.opaque) ||
        !nw_operand_same(size.as.opaque->operands[0].as.opaque->operands[1], tensor))
        return false;
    int64_t found = size.as.opaque->operands[1].as.integer;
    return found == wanted || (rank > 0 && (found < 0 ? found + rank : found) == (wanted < 0 ? wanted + rank : wanted));
}

static nw_holds same_size(nw_value a, nw_value b)
{
    if (a.kind == NW_UNSET || b.kind == NW_UNSET)
        return NW_HOLDS_UNKNOWN;
    return nw_operand_same(a, b) ? NW_HOLDS_YES : a.kind == NW_INT && b.kind == NW_INT ? NW_HOLDS_NO : NW_HOLDS_UNKNOWN;
}

static nw_holds same_shape(nw_value a, nw_value b)
{
    const nw_tensor *left = tensor_of(a), *right = tensor_of(b);
    if (!left || !right || !left->shape || !right->shape)
        return NW_HOLDS_UNKNOWN;
    nw_holds all = holds(left->rank == right->rank);
    for (uint32_t i = 0; i < left->rank && all != NW_HOLDS_NO; i++)
        all = worse(all, same_size(left->shape[i], right->shape[i]));
    return all;
}

/* No where it has more dimensions, or stretches one that has the size 1, or one in front of the heads that may have it: a batch has any size. */
static nw_holds broadcasts(const nw_match *match, nw_value small, nw_value large)
{
    const nw_tensor *a = tensor_of(small), *b = tensor_of(large);
    int64_t rank = rank_of(match, large), left, right;
    if (rank >= 0 && nw_least_rank_of(match->index->eval, small, nw_match_path(match)) > rank)
        return NW_HOLDS_NO;
    nw_holds all = a && b && a->shape && b->shape ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
    for (uint16_t i = 1; a && a->shape && i <= a->rank; i++) {
        bool stretches = nw_known_integer(a->shape[a->rank - i], &left) && left != 1;
        bool is_known = b && b->shape && i <= b->rank && nw_known_integer(b->shape[b->rank - i], &right);
        if (stretches && (is_known ? right == 1 : i >= 4))
            return NW_HOLDS_NO;
        if (!is_known || !nw_known_integer(a->shape[a->rank - i], &left) || (left != 1 && left != right))
            all = NW_HOLDS_UNKNOWN;
    }
    return all;
}

static nw_holds same_dtype(nw_value a, nw_value b)
{
    const nw_tensor *left = tensor_of(a), *right = tensor_of(b);
    if (!left || !right || left->dtype == NW_DTYPE_UNKNOWN || right->dtype == NW_DTYPE_UNKNOWN)
        return NW_HOLDS_UNKNOWN;
    return left->dtype == right->dtype ? NW_HOLDS_UNKNOWN : NW_HOLDS_NO; /* model.half() changes parameters: never proved by their making */
}

/* Arithmetic on constructor arguments and configuration values, (dim // heads) ** -0.5, gives a number: tensors are made of parameters
 * and inputs, which are not symbols. */
static bool is_arithmetic(const nw_eval *eval, nw_value value, int depth)
{
    if (nw_is_number(value))
        return true;
    if (value.kind == NW_PHI && depth)
        return is_arithmetic(eval, value.as.phi->then, depth - 1) && is_arithmetic(eval, value.as.phi->otherwise, depth - 1);
    if (value.kind != NW_OPAQUE || depth == 0)
        return false;
    const nw_opaque *opaque = value.as.opaque;
    if (opaque->is_size || opaque->type == NW_TYPE_INT || opaque->type == NW_TYPE_FLOAT || opaque->type == NW_TYPE_NUMBER)
        return true;
    if (is_size_of_tensor(eval, opaque))
        return true;
    if (opaque->origin == NW_ORIGIN_SYMBOL)
        return depth < 8 && !opaque->node && (opaque->type == NW_TYPE_ANY || opaque->type == NW_TYPE_INT || opaque->type == NW_TYPE_FLOAT || opaque->type == NW_TYPE_NUMBER);
    if (opaque->origin != NW_ORIGIN_EXPRESSION || opaque->op >= NW_OPERATOR_COUNT)
        return false;
    for (uint32_t i = 0; i < opaque->operand_count; i++)
        if (!is_arithmetic(eval, opaque->operands[i], depth - 1))
            return false;
    return true;
}

/* `1 / math.sqrt(config.size)`: worked out with a number. */
static bool is_worked_out(const nw_eval *eval, nw_value value)
{
    const nw_opaque *opaque = value.kind == NW_OPAQUE ? value.as.opaque : NULL;
    bool with_number = false;
    for (uint32_t i = 0; opaque && opaque->origin == NW_ORIGIN_EXPRESSION && opaque->op < NW_OPERATOR_COUNT && i < opaque->operand_count; i++)
        with_number |= nw_is_number(opaque->operands[i]);
    return is_arithmetic(eval, value, 8) || with_number;
}

/* `self.scale`, a number that the constructor worked out where it was given none. */
static bool is_number_by_default(const nw_match *match, nw_term term)
{
    const nw_node *node = nw_file_node(match->index, term.node);
    if (!term.node || node->kind != NW_NODE_ATTRIBUTE || !nw_file_self_class(match->index, node->a) || term.value.kind != NW_PHI)
        return false;
    nw_value then = term.value.as.phi->then, otherwise = term.value.as.phi->otherwise;
    return (is_worked_out(match->index->eval, then) && otherwise.kind == NW_OPAQUE) || (is_worked_out(match->index->eval, otherwise) && then.kind == NW_OPAQUE);
}

static bool is_empty_shape(nw_value value)
{
    return (value.kind == NW_LIST && value.as.list->count == 0 && !value.as.list->repeated) || (value.kind == NW_TUPLE && value.as.tuple->count == 0);
}

/* A tensor of no dimension that was made of numbers alone, torch.sqrt(torch.tensor(n)): it is taken where a number is asked for. */
static bool is_constant_tensor(const nw_eval *eval, nw_value value, int depth)
{
    static const char *const keepers[] = {"torch.sqrt", "torch.Tensor.to", "torch.Tensor.float", "torch.Tensor.type", "torch.Tensor.sqrt"};
    const nw_tensor *tensor = tensor_of(value);
    const nw_fact *fact = tensor && tensor->node && tensor->node < eval->fact_count ? &eval->facts[tensor->node] : NULL;
    if (!fact || tensor->is_parameter || tensor->requires_grad || !depth || fact->kind != NW_FACT_OPERATOR || !fact->argument_count)
        return false;
    const char *name = nw_symbol_bytes(eval->symbols, fact->name);
    if (strcmp(name, "torch.tensor") == 0)
        return is_arithmetic(eval, fact->arguments[0], 8);
    if (strcmp(name, "torch.full") == 0)
        return is_empty_shape(fact->arguments[0]);
    for (size_t i = 0; i < sizeof keepers / sizeof *keepers; i++)
        if (strcmp(name, keepers[i]) == 0)
            return is_constant_tensor(eval, fact->arguments[0], depth - 1);
    return false;
}

static nw_holds is_scalar(const nw_eval *eval, nw_value value)
{
    if (is_arithmetic(eval, value, 8))
        return NW_HOLDS_YES;
    if (nw_is_number(value))
        return NW_HOLDS_YES;
    if (value.kind == NW_TENSOR)
        return NW_HOLDS_NO;
    bool number = value.kind == NW_OPAQUE && (value.as.opaque->type == NW_TYPE_INT || value.as.opaque->type == NW_TYPE_FLOAT || value.as.opaque->type == NW_TYPE_NUMBER);
    return number ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
}

static nw_holds is_absent(nw_value value)
{
    if (value.kind == NW_NONE)
        return NW_HOLDS_YES;
    return value.kind == NW_UNSET || value.kind == NW_PHI || value.kind == NW_OPAQUE ? NW_HOLDS_UNKNOWN : NW_HOLDS_NO;
}

static nw_holds dtype_class(nw_value value, bool floating)
{
    const nw_tensor *tensor = tensor_of(value);
    static const char *const names[] = {"unknown",
#define NW_DTYPE_ROW(id, name, category, size) name,
#include "eval/dtype.def"
#undef NW_DTYPE_ROW
    };
    if (!tensor || tensor->dtype == NW_DTYPE_UNKNOWN)
        return NW_HOLDS_UNKNOWN;
    const char *name = names[tensor->dtype];
    return holds(floating ? strstr(name, "float") != NULL : strcmp(name, "bool") == 0);
}

/* Callers say more than a run of the function by itself: what one of them gives it must be taken, too. */
static nw_holds is_floating(const nw_match *match, nw_value value)
{
    bool is_integral = nw_may_be_integral(match->index->eval, value) || nw_match_is_elsewhere(match, value, nw_may_be_integral);
    return is_integral ? NW_HOLDS_NO : dtype_class(value, true);
}

static bool is_tensor_of_numbers(const nw_eval *eval, nw_value value)
{
    return value.kind == NW_TENSOR && !is_constant_tensor(eval, value, 8);
}

/* `self.training` */
static nw_holds is_training_flag(const nw_match *match, const nw_binding *binding)
{
    if (binding && match->trial_count > 1 && binding->term.value.kind == NW_BOOL) /* what it is in both kinds of trials */
        return holds((binding->term.value.as.integer != 0) == match->is_training);
    if (!binding || !binding->term.node)
        return NW_HOLDS_UNKNOWN;
    const nw_node *node = nw_file_node(match->index, binding->term.node);
    if (node->kind != NW_NODE_ATTRIBUTE || strcmp(nw_symbol_bytes(match->rules->symbols, (nw_symbol){node->b}), "training") != 0)
        return NW_HOLDS_UNKNOWN;
    return nw_file_self_class(match->index, node->a) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
}

static nw_holds instance_condition(const nw_match *match, nw_predicate predicate, const nw_binding *binding)
{
    nw_module_use use;
    switch (predicate) {
    case NW_PREDICATE_LAST_USE: return holds(nw_module_is_private(match, binding, &use) && !match->index->has_hooks);
    case NW_PREDICATE_UNHOOKED: return match->index->has_hooks ? NW_HOLDS_UNKNOWN : NW_HOLDS_YES;
    case NW_PREDICATE_UNCHANGED: return nw_module_is_private(match, binding, &use) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_UNTESTED_CLASS: return binding->instance ? holds(!nw_class_is_named(match, binding->instance->class_)) : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_EXACT_CLASS: return holds(binding->instance && binding->instance->class_->is_catalog);
    default: return NW_HOLDS_UNKNOWN;
    }
}

/* `torch.finfo(...).min`, as it is, in a tensor of no dimension, or in a name. */
static bool is_lowest_text(const nw_match *match, uint32_t id, int depth)
{
    const nw_file_index *index = match->index;
    const nw_node *node = nw_file_node(index, id), *callee = nw_file_node(index, node->a);
    nw_list arguments = node->kind == NW_NODE_CALL ? nw_ast_list(index->module->ast, node->b) : (nw_list){0};
    const char *name = node->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(match->rules->symbols, (nw_symbol){node->b})
                       : node->kind == NW_NODE_CALL && callee->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(match->rules->symbols, (nw_symbol){callee->b}) : "";
    if (!depth)
        return false;
    if (node->kind == NW_NODE_ATTRIBUTE && strcmp(name, "min") == 0 && callee->kind == NW_NODE_CALL) {
        const nw_node *maker = nw_file_node(index, callee->a);
        return maker->kind == NW_NODE_ATTRIBUTE && strcmp(nw_symbol_bytes(match->rules->symbols, (nw_symbol){maker->b}), "finfo") == 0;
    }
    if (strcmp(name, "to") == 0)
        return is_lowest_text(match, callee->a, depth - 1);
    if (strcmp(name, "tensor") == 0 && arguments.count)
        return is_lowest_text(match, arguments.items[0], depth - 1);
    if (strcmp(name, "full") == 0 && arguments.count > 1)
        return is_lowest_text(match, arguments.items[1], depth - 1);
    const nw_def_use *def_use = nw_ast_is_local(node) ? nw_file_def_use(match->index, match->function) : NULL;
    uint32_t number = def_use && index->above[id].function == match->function ? nw_def_use_of_read(def_use, id) : 0;
    const nw_node *statement = number ? nw_file_node(index, def_use->definitions[number].statement) : NULL;
    bool is_whole = statement && statement->kind == NW_NODE_ASSIGN && nw_ast_list(index->module->ast, statement->a).count == 1 &&
                    nw_ast_list(index->module->ast, statement->a).items[0] == def_use->definitions[number].target;
    return is_whole && is_lowest_text(match, statement->b, depth - 1);
}

static bool is_lowest(const nw_match *match, const nw_binding *binding)
{
    return binding && binding->is_bound && binding->term.node && is_lowest_text(match, binding->term.node, 8);
}

/* Whether a cast made it, or what it was computed from by steps that keep the dtype. */
static bool is_cast(const nw_eval *eval, nw_value value, int depth)
{
    static const char *const casts[] = {"to", "type", "type_as", "float", "half", "double", "bfloat16"};
    static const char *const keepers[] = {"view", "reshape", "permute", "transpose", "unsqueeze", "contiguous", "expand", "mul", "div", "clone"};
    const nw_tensor *tensor = tensor_of(value);
    const nw_fact *fact = tensor && tensor->node && tensor->node < eval->fact_count ? &eval->facts[tensor->node] : NULL;
    if (!fact || fact->kind != NW_FACT_OPERATOR || !fact->argument_count || !depth)
        return false;
    const char *dot = strrchr(nw_symbol_bytes(eval->symbols, fact->name), '.');
    for (size_t i = 0; dot && i < sizeof casts / sizeof *casts; i++)
        if (strcmp(dot + 1, casts[i]) == 0)
            return true;
    for (size_t i = 0; dot && i < sizeof keepers / sizeof *keepers; i++)
        if (strcmp(dot + 1, keepers[i]) == 0)
            return is_cast(eval, fact->arguments[0], depth - 1);
    return false;
}

static nw_holds each(nw_match *match, const nw_condition *condition, nw_predicate predicate)
{
    nw_holds all = NW_HOLDS_YES;
    for (uint32_t i = 0; i < condition->argument_count; i++) {
        const nw_binding *binding = binding_of(match, condition->arguments[i]);
        nw_value value;
        if (!binding)
            return NW_HOLDS_UNKNOWN;
        if (predicate == NW_PREDICATE_UNBOUND || predicate == NW_PREDICATE_BOUND) {
            all = worse(all, holds(binding->is_bound == (predicate == NW_PREDICATE_BOUND)));
            continue;
        }
        if (!value_of(match, condition->arguments[i], &value))
            continue;
        switch (predicate) {
        case NW_PREDICATE_ABSENT: all = worse(all, is_absent(value)); break;
        case NW_PREDICATE_PRESENT: {
            nw_holds absent = is_absent(value);
            all = worse(all, absent == NW_HOLDS_UNKNOWN ? absent : holds(absent == NW_HOLDS_NO));
            break;
        }
        case NW_PREDICATE_SCALAR: {
            bool by_text = binding->term.node && nw_is_number_text(match, binding->term.node);
            by_text |= is_number_by_default(match, binding->term);
            bool may_be_tensor = value.kind != NW_TENSOR && (nw_match_is_elsewhere(match, value, is_tensor_of_numbers) || (binding->term.node && nw_may_be_given_tensor(match->index, binding->term.node)));
            all = worse(all, may_be_tensor ? NW_HOLDS_NO : by_text || is_constant_tensor(match->index->eval, value, 8) ? NW_HOLDS_YES : is_scalar(match->index->eval, value));
            break;
        }
        case NW_PREDICATE_CONSTANT: all = worse(all, is_known(value) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN); break;
        case NW_PREDICATE_FLOATING: all = worse(all, is_floating(match, value)); break;
        case NW_PREDICATE_OWN_DTYPE: all = worse(all, is_cast(match->index->eval, value, 8) ? NW_HOLDS_UNKNOWN : NW_HOLDS_YES); break;
        case NW_PREDICATE_KEPT_DTYPE: all = worse(all, nw_is_recast(match, binding) ? NW_HOLDS_UNKNOWN : NW_HOLDS_YES); break;
        case NW_PREDICATE_BOOLEAN: all = worse(all, dtype_class(value, false)); break;
        default: all = worse(all, instance_condition(match, predicate, binding));
        }
    }
    return all;
}

static nw_holds one_of(const nw_value *values, uint32_t count)
{
    bool unknown = false;
    for (uint32_t i = 1; i < count; i++) {
        nw_holds answer = equal(values[0], values[i]);
        if (answer == NW_HOLDS_YES)
            return answer;
        unknown |= answer == NW_HOLDS_UNKNOWN;
    }
    return unknown ? NW_HOLDS_UNKNOWN : NW_HOLDS_NO;
}

/* `has $config is_decoder`: by what the file reads of such an object. */
static nw_holds has_attribute(const nw_match *match, const nw_condition *condition)
{
    for (uint32_t i = 1; i < condition->argument_count; i++) {
        const nw_pattern *name = nw_match_pattern(match, condition->arguments[i]);
        if (!nw_file_knows_attribute(match, name->name))
            return NW_HOLDS_UNKNOWN;
    }
    return NW_HOLDS_YES;
}

/* One that is 1 is rather stretched than equal. */
static nw_holds one_size(nw_value a, nw_value b)
{
    int64_t left = 0, right = 0;
    bool is_one = (nw_known_integer(a, &left) && left == 1) || (nw_known_integer(b, &right) && right == 1);
    nw_holds answer = same_size(a, b);
    return is_one && answer == NW_HOLDS_UNKNOWN ? NW_HOLDS_NO : answer;
}

/* Each row has a number that the mask leaves, and nothing that is added takes it away. */
static nw_holds has_open_rows(const nw_match *match, const nw_condition *condition, const nw_value *v)
{
    bool good = nw_has_open_rows(match->index->eval, v[0], v[1].kind == NW_BOOL && v[1].as.integer);
    for (uint32_t i = 3; i < condition->argument_count && good; i++)
        good = v[i].kind == NW_UNSET || nw_is_finite(match->index->eval, v[i]);
    return good ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
}

static nw_holds over_values(nw_match *match, const nw_condition *condition, const nw_value *v)
{
    int64_t axis;
    switch (condition->predicate) {
    case NW_PREDICATE_EQUAL: return equal(v[0], v[1]);
    case NW_PREDICATE_DIFFERENT: {
        nw_holds same = equal(v[0], v[1]);
        return same == NW_HOLDS_UNKNOWN ? same : holds(same == NW_HOLDS_NO);
    }
    case NW_PREDICATE_ONE_OF: return one_of(v, condition->argument_count);
    case NW_PREDICATE_TRAINING_FLAG: return is_training_flag(match, binding_of(match, condition->arguments[0]));
    case NW_PREDICATE_LAST_AXIS:
        return is_last_axis_text(match, binding_of(match, condition->arguments[0]), binding_of(match, condition->arguments[1])) ? NW_HOLDS_YES : is_axis(match, v[0], v[1], -1);
    case NW_PREDICATE_AXIS: return nw_known_integer(v[2], &axis) ? is_axis(match, v[0], v[1], axis) : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_LAST_TWO_AXES: return last_two_axes(match, v[0], v[1], v[2]);
    case NW_PREDICATE_RANK: return rank_is(match, v[0], v[1]);
    case NW_PREDICATE_LEAST_RANK: return rank_is_least(match, v[0], v[1]);
    case NW_PREDICATE_EITHER_RANK: return rank_is_least(match, v[2], v[3]) == NW_HOLDS_YES ? NW_HOLDS_YES : rank_is_least(match, v[0], v[1]);
    case NW_PREDICATE_LAST_SIZE: return same_size(size_of(v[0], nw_int(-1)), v[1]);
    case NW_PREDICATE_SIZE: return is_own_size(match, v[0], v[1], v[2]) ? NW_HOLDS_YES : same_size(size_of(v[0], v[1]), v[2]);
    case NW_PREDICATE_SAME_SIZE: return one_size(size_of(v[0], v[1]), size_of(v[2], v[3]));
    case NW_PREDICATE_BROADCASTS: return broadcasts(match, v[0], v[1]);
    case NW_PREDICATE_SAME_SHAPE: return same_shape(v[0], v[1]);
    case NW_PREDICATE_SAME_DTYPE: return condition->argument_count == 2 ? same_dtype(v[0], v[1]) : worse(same_dtype(v[0], v[1]), same_dtype(v[0], v[2]));
    case NW_PREDICATE_CAUSAL: return nw_is_causal(match->index->eval, v[0], v[1].kind == NW_BOOL && v[1].as.integer) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_ZERO_ONE: return nw_is_zero_one(match->index->eval, v[0]) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_OPEN_ROWS: return nw_has_open_rows(match->index->eval, v[0], v[1].kind == NW_BOOL && v[1].as.integer) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_LOWEST:
        return nw_is_lowest(match->index->eval, v[0]) || is_lowest(match, binding_of(match, condition->arguments[0])) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_STRAIGHT: {
        uint32_t result = binding_of(match, condition->arguments[1])->term.node;
        return holds(!nw_match_is_turned(match, v[0]) || !result || nw_is_settled(match, result));
    }
    case NW_PREDICATE_ONLY_ITEM: return nw_known_integer(v[1], &axis) && nw_only_item_is_used(match, binding_of(match, condition->arguments[0]), axis) ? NW_HOLDS_YES : NW_HOLDS_NO;
    case NW_PREDICATE_ATTRIBUTE: return has_attribute(match, condition);
    case NW_PREDICATE_FINITE: return nw_is_finite(match->index->eval, v[0]) ? NW_HOLDS_YES : NW_HOLDS_UNKNOWN;
    case NW_PREDICATE_HIDES: {
        if (nw_known_integer(v[1], &axis) && axis > 0 && is_lowest(match, binding_of(match, condition->arguments[0])))
            return NW_HOLDS_YES;
        int hides = nw_known_integer(v[1], &axis) ? nw_hides(match->index->eval, v[0], axis) : 0;
        return hides > 0 ? NW_HOLDS_YES : hides < 0 ? NW_HOLDS_NO : NW_HOLDS_UNKNOWN;
    }
    case NW_PREDICATE_MASKED_ROWS_SAME: return is_lowest(match, binding_of(match, condition->arguments[2])) ? NW_HOLDS_YES : has_open_rows(match, condition, v);
    case NW_PREDICATE_ALIKE: case NW_PREDICATE_SIZED: return NW_HOLDS_YES; /* the author of the rule vouches for it */
    case NW_PREDICATE_DERIVED_ONCE: return holds(!nw_file_derives_twice(match->index) && !nw_users_derive_twice(match->index));
    case NW_PREDICATE_NEVER: return NW_HOLDS_NO;
    default: return NW_HOLDS_UNKNOWN;
    }
}

static bool is_over_each(uint16_t predicate)
{
    switch (predicate) {
    case NW_PREDICATE_LAST_USE: case NW_PREDICATE_UNHOOKED: case NW_PREDICATE_UNCHANGED: case NW_PREDICATE_EXACT_CLASS:
    case NW_PREDICATE_UNTESTED_CLASS: case NW_PREDICATE_ABSENT: case NW_PREDICATE_PRESENT: case NW_PREDICATE_SCALAR:
    case NW_PREDICATE_CONSTANT: case NW_PREDICATE_FLOATING: case NW_PREDICATE_BOOLEAN: case NW_PREDICATE_OWN_DTYPE: case NW_PREDICATE_KEPT_DTYPE: case NW_PREDICATE_UNBOUND: case NW_PREDICATE_BOUND:
    case NW_PREDICATE_INFERENCE:
        return true;
    default:
        return false;
    }
}

nw_holds nw_condition_holds(nw_match *match, const nw_condition *condition)
{
    nw_value values[8];
    nw_holds answer;
    if (condition->predicate == NW_PREDICATE_ONE_AUTOCAST) {
        const nw_binding *binding = binding_of(match, condition->arguments[0]);
        answer = holds(!binding || !binding->is_bound || !nw_is_out_of_autocast(match, binding->term.node));
    } else if (condition->predicate == NW_PREDICATE_UNWRITTEN || condition->predicate == NW_PREDICATE_SETTLED) {
        const nw_binding *binding = binding_of(match, condition->arguments[0]);
        uint32_t node = binding && binding->is_bound ? binding->term.node : 0;
        answer = holds(!node || (condition->predicate == NW_PREDICATE_SETTLED ? nw_is_settled(match, node) : !nw_is_written_later(match, node)));
    } else if (condition->predicate == NW_PREDICATE_OPTIONAL) {
        const nw_binding *binding = binding_of(match, condition->arguments[0]);
        bool is_read = binding && binding->instance && nw_class_is_read(match, binding->instance, nw_match_pattern(match, condition->arguments[1])->name);
        answer = is_read ? NW_HOLDS_NO : NW_HOLDS_YES;
    } else if (is_over_each(condition->predicate)) {
        answer = each(match, condition, (nw_predicate)condition->predicate);
    } else {
        if (condition->argument_count > 8)
            return NW_HOLDS_UNKNOWN;
        for (uint32_t i = 0; i < condition->argument_count; i++)
            if (!value_of(match, condition->arguments[i], &values[i])) {
                if (condition->predicate != NW_PREDICATE_MASKED_ROWS_SAME || i < 3)
                    return NW_HOLDS_YES; /* what this match left out is no matter */
                values[i] = nw_unset();
            }
        answer = over_values(match, condition, values);
    }
    if (condition->negated && answer != NW_HOLDS_UNKNOWN)
        answer = answer == NW_HOLDS_YES ? NW_HOLDS_NO : NW_HOLDS_YES;
    return answer;
}
