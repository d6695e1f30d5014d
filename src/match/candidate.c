#include "match/candidate.h"

#include "match/callee.h"
#include "match/maker.h"
#include "match/reaching.h"
#include "match/unify.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MAX_STEPS_OF_FILE = 1 << 20, MAX_STEPS_PER_NODE = 64, MAX_STEPS = 3000, MAX_DEPTH = 12, MAX_OPERANDS = 32 };

/* How many unknown calls a match would take for what the pattern asks for; more than a few make none. */
typedef unsigned cost;
enum { NO_MATCH = 8 };

typedef struct attempt {
    nw_outline *outline;
    const nw_ast *ast;
    const nw_rule_form *form;
    bool inside;           /* the forward of another class is looked at */
    bool marks;            /* attributes that are taken for layers */
    uint32_t steps, depth; /* beyond the limits anything matches */
} attempt;

static cost cost_of(attempt *a, nw_pattern_id pattern, uint32_t node);

/* One more step of all that the file may cost. */
static bool is_too_much(attempt *a)
{
    return ++a->outline->steps > MAX_STEPS_OF_FILE + MAX_STEPS_PER_NODE * (uint64_t)a->ast->node_count;
}

static cost sum(cost a, cost b)
{
    return a + b > NO_MATCH ? NO_MATCH : a + b;
}

static cost least(cost a, cost b)
{
    return a < b ? a : b;
}

static const nw_pattern *pattern_at(const attempt *a, nw_pattern_id id)
{
    return &a->form->patterns[id.v];
}

static const char *bytes_of(const attempt *a, uint32_t symbol)
{
    return nw_symbol_bytes(a->outline->symbols, (nw_symbol){symbol});
}

static const char *last_part(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot ? dot + 1 : name;
}

/* ---- patterns that ask for something ---- */

static bool asks_for_something(const attempt *a, nw_pattern_id id, unsigned depth)
{
    const nw_pattern *pattern = pattern_at(a, id);
    if (depth > MAX_DEPTH)
        return false;
    if (pattern->optional && pattern->argument_count && !asks_for_something(a, pattern->arguments[0].value, depth + 1))
        return false;
    switch (pattern->kind) {
    case NW_PATTERN_VARIABLE: {
        nw_pattern_id definition = a->form->variables[pattern->variable.v].definition;
        return definition.v && asks_for_something(a, definition, depth + 1);
    }
    case NW_PATTERN_OPERATOR: case NW_PATTERN_LAYER: case NW_PATTERN_OPERATION: case NW_PATTERN_MODULE: case NW_PATTERN_MADE_OF:
        return true;
    case NW_PATTERN_EITHER:
        for (uint32_t i = 0; i < pattern->argument_count; i++)
            if (!asks_for_something(a, pattern->arguments[i].value, depth + 1))
                return false;
        return pattern->argument_count > 0;
    default:
        return false;
    }
}

/* False: any expression may match. What the form at hand asks for is found out once. */
static bool is_selective(const attempt *a, nw_pattern_id id)
{
    enum { UNSEEN, NO, YES };
    nw_outline *outline = a->outline;
    if (outline->form != a->form) {
        outline->form = a->form;
        outline->selective = nw_arena_zero(outline->arena, a->form->pattern_count + 1);
    }
    if (outline->selective[id.v] == UNSEEN)
        outline->selective[id.v] = asks_for_something(a, id, 0) ? YES : NO;
    return outline->selective[id.v] == YES;
}

/* ---- callees ---- */

static bool names_function(const char *found, const char *wanted)
{
    char full[80];
    snprintf(full, sizeof full, "torch.%s", found);
    return strcmp(found, last_part(wanted)) == 0 || nw_names_same(full, wanted);
}

/* One name of a function, in place or not. */
static bool names_function_or_in_place(const char *found, const char *wanted)
{
    char plain[64];
    size_t size = strlen(found);
    if (names_function(found, wanted))
        return true;
    if (size < 2 || size >= sizeof plain || found[size - 1] != '_')
        return false;
    memcpy(plain, found, size - 1);
    plain[size - 1] = 0;
    return names_function(plain, wanted);
}

static bool same_name(const attempt *a, const char *found, const char *wanted)
{
    return nw_outline_ask(a->outline, names_function_or_in_place, found, wanted);
}

static bool names_layer(const char *found, const char *wanted)
{
    char full[96];
    snprintf(full, sizeof full, "torch.nn.%s", found);
    return nw_layer_means(full, wanted);
}

/* nn.Sequential may stand for any of its items. */
static bool is_sequence(const attempt *a, const nw_outline_item *item)
{
    for (uint32_t i = 0; i < item->count; i++)
        if (strcmp(bytes_of(a, item->names[i]), "Sequential") == 0)
            return true;
    return false;
}

static bool is_applied_by(const attempt *a, const nw_outline_item *item, const char *wanted)
{
    if (is_sequence(a, item))
        return true;
    for (uint32_t i = 0; i < item->count; i++)
        if (nw_outline_ask(a->outline, names_layer, bytes_of(a, item->names[i]), wanted))
            return true;
    return false;
}

/* `for layer in self.layers`, with enumerate and the like around it */
static bool iterates_modules(const attempt *a, uint32_t iterable)
{
    const nw_node *node = &a->ast->nodes[iterable];
    if (node->kind == NW_NODE_SUBSCRIPT)
        return iterates_modules(a, node->a);
    if (node->kind == NW_NODE_ATTRIBUTE) {
        const nw_outline_item *item = nw_outline_is_self(a->outline, node->a) ? nw_outline_attribute(a->outline, iterable) : NULL;
        return item ? !item->any && item->count > 0 : iterates_modules(a, node->a);
    }
    if (node->kind != NW_NODE_CALL)
        return false;
    nw_list arguments = nw_ast_list(a->ast, node->b);
    for (uint32_t i = 0; i < arguments.count; i++)
        if (iterates_modules(a, arguments.items[i]))
            return true;
    return a->ast->nodes[node->a].kind == NW_NODE_ATTRIBUTE && iterates_modules(a, node->a);
}

static bool callee_may_be(attempt *a, uint32_t call, const char *wanted);

/* Whether a forward may call the operator and no other module. */
static bool method_applies(attempt *a, uint32_t statement, const char *wanted)
{
    const nw_node *method = &a->ast->nodes[statement];
    uint32_t modules = 0;
    bool found = false;
    for (uint32_t i = statement; i > 1 && modules < 2;) { /* what is inside of a node comes before it */
        const nw_node *node = &a->ast->nodes[--i];
        if (node->end <= method->start && node->kind != NW_NODE_ABSENT)
            break;
        if (node->kind != NW_NODE_CALL || !nw_node_inside(node, method))
            continue;
        const nw_node *callee = &a->ast->nodes[node->a];
        modules += callee->kind == NW_NODE_ATTRIBUTE && nw_outline_is_self(a->outline, callee->a) && nw_outline_attribute(a->outline, node->a);
        found |= callee_may_be(a, i, wanted);
    }
    return found && modules < 2;
}

/* A small module of this file that may do nothing else than to apply the operator. */
static bool class_applies(attempt *a, uint32_t class_node, const char *wanted)
{
    nw_list body = nw_ast_list(a->ast, a->ast->extra[a->ast->nodes[class_node].b + 1]);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *method = &a->ast->nodes[body.items[i]];
        if (method->kind == NW_NODE_FUNCTION && a->ast->functions[method->a].name.v == NW_NAME_FORWARD && method->end - method->start <= NW_LARGEST_MEANING &&
            method_applies(a, body.items[i], wanted))
            return true;
    }
    return false;
}

static bool applies(attempt *a, const nw_outline_item *item, const char *wanted)
{
    bool found = false;
    if (a->inside) /* modules inside of modules are not followed */
        return false;
    a->inside = true;
    for (uint32_t i = 0; i < item->class_count && !found; i++)
        found = class_applies(a, item->classes[i], wanted);
    a->inside = false;
    return found;
}

/* What is called without being an attribute of self is an operator only where it is a function, not an object. */
static bool may_be_function(const attempt *a, uint32_t value)
{
    const nw_node *node = &a->ast->nodes[value];
    nw_outline_item item = {0};
    if (node->kind == NW_NODE_FUNCTION)
        return false;
    if (node->kind == NW_NODE_FOR)
        return !iterates_modules(a, node->b);
    nw_outline_classify(a->outline, &item, value);
    return item.any || item.class_count;
}

static bool local_may_be(const attempt *a, uint32_t id, uint32_t function)
{
    uint32_t count;
    const nw_node *name = &a->ast->nodes[id];
    bool is_given = nw_outline_is_given(a->outline, id);
    if (name->op)
        return true;
    const nw_outline_definition *found = nw_outline_definitions(a->outline, function, name->c, &count);
    for (uint32_t i = 0; i < count; i++)
        if (may_be_function(a, found[i].value))
            return true;
    return count == 0 && !is_given;
}

static bool global_may_be(const attempt *a, const nw_node *name, const char *wanted)
{
    const nw_outline_item *item = nw_outline_find(&a->outline->names, name->a);
    if (!item) /* a built-in function */
        return same_name(a, bytes_of(a, name->a), wanted);
    if (item->any)
        return true;
    if (item->is_foreign)
        return strstr(bytes_of(a, name->a), last_part(wanted)) != NULL;
    for (uint32_t i = 0; i < item->count; i++)
        if (same_name(a, last_part(bytes_of(a, item->names[i])), wanted))
            return true;
    return false;
}

static bool attribute_may_be(attempt *a, uint32_t id, const char *wanted, bool has_one)
{
    const nw_node *callee = &a->ast->nodes[id];
    if (same_name(a, bytes_of(a, callee->b), wanted))
        return true;
    const nw_node *root = &a->ast->nodes[callee->a];
    const nw_outline_item *item = nw_outline_is_self(a->outline, callee->a) ? nw_outline_attribute(a->outline, id) : NULL;
    if (nw_outline_is_self(a->outline, callee->a))
        return item && (item->any || is_applied_by(a, item, wanted) || (has_one && applies(a, item, wanted)));
    while (root->kind == NW_NODE_ATTRIBUTE)
        root = &a->ast->nodes[root->a];
    const nw_outline_item *module = root->kind == NW_NODE_NAME && root->b == NW_PLACE_GLOBAL ? nw_outline_find(&a->outline->names, root->a) : NULL;
    return module && !module->any ? module->is_foreign && strstr(bytes_of(a, callee->b), last_part(wanted)) : false;
}

static bool callee_may_be(attempt *a, uint32_t call, const char *wanted)
{
    const nw_node *callee = &a->ast->nodes[a->ast->nodes[call].a];
    nw_outline_item item = {0};
    switch (callee->kind) {
    case NW_NODE_ATTRIBUTE:
        return attribute_may_be(a, a->ast->nodes[call].a, wanted, nw_ast_list(a->ast, a->ast->nodes[call].b).count == 1);
    case NW_NODE_NAME:
        return callee->b == NW_PLACE_GLOBAL ? global_may_be(a, callee, wanted) : local_may_be(a, a->ast->nodes[call].a, a->outline->index->above[call].function);
    case NW_NODE_CALL: /* nn.Softmax(-1)(x) */
        nw_outline_classify(a->outline, &item, a->ast->nodes[call].a);
        return item.any || is_applied_by(a, &item, wanted) || applies(a, &item, wanted);
    case NW_NODE_SUBSCRIPT: /* self.layers[i](x) is no attribute of self either */
        return !iterates_modules(a, callee->a);
    default:
        return true;
    }
}

/* ---- arguments ---- */

static cost some_argument(attempt *a, nw_pattern_id pattern, uint32_t call)
{
    const nw_node *node = &a->ast->nodes[call], *callee = &a->ast->nodes[node->a];
    nw_list arguments = nw_ast_list(a->ast, node->b);
    cost best = callee->kind == NW_NODE_ATTRIBUTE ? cost_of(a, pattern, callee->a) : NO_MATCH;
    for (uint32_t i = 0; i < arguments.count && best; i++) {
        const nw_node *argument = &a->ast->nodes[arguments.items[i]];
        if (argument->kind == NW_NODE_STARRED || argument->kind == NW_NODE_LIST) /* einsum takes its operands in a list too */
            return 0;
        best = least(best, cost_of(a, pattern, argument->kind == NW_NODE_KEYWORD ? argument->b : arguments.items[i]));
    }
    return best;
}

static cost of_arguments(attempt *a, const nw_pattern *pattern, uint32_t call)
{
    cost all = 0;
    for (uint32_t i = 0; i < pattern->argument_count && all < NO_MATCH; i++)
        if (is_selective(a, pattern->arguments[i].value))
            all = sum(all, some_argument(a, pattern->arguments[i].value, call));
    return all;
}

/* What a function of torch gives may be anything, as `_get_activation_fn(name)`; classes are written with a capital. */
static bool is_made_by_function(const attempt *a, const nw_outline_item *item)
{
    for (uint32_t i = 0; i < item->count; i++) {
        const char *name = last_part(bytes_of(a, item->names[i]));
        if (islower((unsigned char)name[strspn(name, "_")]))
            return true;
    }
    return false;
}

/* A call of one argument of which nobody can say what it computes may stand for an operator or a layer, where more of the pattern is known. */
static bool may_be_unknown(attempt *a, const nw_pattern *pattern, uint32_t call)
{
    nw_list arguments = nw_ast_list(a->ast, a->ast->nodes[call].b);
    const nw_node *callee = &a->ast->nodes[a->ast->nodes[call].a];
    if (arguments.count != 1 || !pattern->argument_count || pattern->arguments[0].name.v)
        return false;
    bool goes_on = a->depth > 1 || is_selective(a, pattern->arguments[0].value) || (a->form->last_resort && a->form->root_count > 1);
    if (!goes_on)
        return false;
    if (callee->kind != NW_NODE_ATTRIBUTE || !nw_outline_is_self(a->outline, callee->a))
        return true;
    const nw_outline_item *item = nw_outline_attribute(a->outline, a->ast->nodes[call].a);
    return !item || item->any || item->class_count || item->bindings != 1 || is_sequence(a, item) || is_made_by_function(a, item); /* one layer of torch is known */
}

/* One of them may be the receiver, and one more may be written out with its default. */
static bool has_room_for(const attempt *a, const nw_pattern *pattern, uint32_t call)
{
    const nw_node *callee = &a->ast->nodes[a->ast->nodes[call].a];
    uint32_t count = nw_ast_list(a->ast, a->ast->nodes[call].b).count;
    bool has_receiver = callee->kind == NW_NODE_ATTRIBUTE && !nw_outline_is_self(a->outline, callee->a);
    if (pattern->argument_count && !count && !has_receiver)
        return false;
    return pattern->open || count <= pattern->argument_count + 1;
}

static cost of_unknown(attempt *a, const nw_pattern *pattern, uint32_t call)
{
    return sum(1, cost_of(a, pattern->arguments[0].value, nw_ast_list(a->ast, a->ast->nodes[call].b).items[0]));
}

static bool is_written(const attempt *a, uint8_t op, const nw_node *node)
{
    return a->outline->spelled[op] >> node->op & 1;
}

/* `a @ b` for torch.matmul. */
static bool is_spelled(const attempt *a, const nw_pattern *pattern, const nw_node *node)
{
    const char *wanted = bytes_of(a, pattern->name.v);
    for (uint8_t op = 1; op < NW_RULE_OPERATOR_COUNT; op++)
        if (is_written(a, op, node) && nw_outline_ask(a->outline, nw_names_same, nw_rule_operator_on_tensors((nw_rule_operator)op), wanted))
            return true;
    return false;
}

static cost of_spelled_operator(attempt *a, const nw_pattern *pattern, const nw_node *node)
{
    cost all = 0;
    for (uint32_t i = 0; i < pattern->argument_count && all < NO_MATCH; i++) {
        nw_pattern_id wanted = pattern->arguments[i].value;
        if (is_selective(a, wanted))
            all = sum(all, least(cost_of(a, wanted, node->a), node->kind == NW_NODE_UNARY ? NO_MATCH : cost_of(a, wanted, node->b)));
    }
    return all;
}

static cost of_operator(attempt *a, const nw_pattern *pattern, uint32_t call)
{
    const nw_node *node = &a->ast->nodes[call];
    if (node->kind == NW_NODE_BINARY || node->kind == NW_NODE_UNARY || node->kind == NW_NODE_AUGMENTED_ASSIGN)
        return is_spelled(a, pattern, node) ? of_spelled_operator(a, pattern, node) : NO_MATCH;
    if (a->ast->nodes[call].kind != NW_NODE_CALL || !has_room_for(a, pattern, call))
        return NO_MATCH;
    cost known = callee_may_be(a, call, bytes_of(a, pattern->name.v)) ? of_arguments(a, pattern, call) : NO_MATCH;
    return known && may_be_unknown(a, pattern, call) ? least(known, of_unknown(a, pattern, call)) : known;
}

/* Subclasses of torch's layers, and other modules that are like them, carry their names: LazyConv2d. */
static bool is_named_like(const attempt *a, const nw_outline_item *item, const char *wanted)
{
    if (is_sequence(a, item))
        return true;
    for (uint32_t i = 0; i < item->count; i++)
        if (strstr(bytes_of(a, item->names[i]), last_part(wanted)))
            return true;
    for (uint32_t i = 0; i < item->class_count; i++)
        if (strstr(bytes_of(a, a->ast->nodes[item->classes[i]].a), last_part(wanted)))
            return true;
    return false;
}

/* The attribute of self that is called: itself, or what the only assignment to a local name reads (`norm = self.norm`). */
static uint32_t called_attribute(const attempt *a, uint32_t call)
{
    uint32_t id = a->ast->nodes[call].a, count = 0;
    const nw_node *callee = &a->ast->nodes[id];
    if (nw_ast_is_local(callee)) {
        const nw_outline_definition *found = nw_outline_definitions(a->outline, a->outline->index->above[id].function, callee->c, &count);
        id = count == 1 ? found->value : 0;
        callee = &a->ast->nodes[id];
    }
    return id && callee->kind == NW_NODE_ATTRIBUTE && nw_outline_is_self(a->outline, callee->a) ? id : 0;
}

static cost of_layer(attempt *a, const nw_pattern *pattern, uint32_t call)
{
    if (a->ast->nodes[call].kind != NW_NODE_CALL || !has_room_for(a, pattern, call))
        return NO_MATCH;
    uint32_t called = called_attribute(a, call);
    nw_outline_item *item = called ? nw_outline_attribute(a->outline, called) : NULL;
    bool may = item && (item->any || is_named_like(a, item, bytes_of(a, pattern->name.v)));
    cost known = may ? of_arguments(a, pattern, call) : NO_MATCH;
    if (item && a->marks && known <= 1)
        nw_outline_attribute(a->outline, called)->is_matched = true; /* the table may have moved */
    return known && may_be_unknown(a, pattern, call) ? least(known, of_unknown(a, pattern, call)) : known;
}

/* A call of an attribute that may hold a module of the program; of one that the text knows, only by its class's name. */
static cost of_module(attempt *a, const nw_pattern *pattern, uint32_t call)
{
    const nw_node *callee = a->ast->nodes[call].kind == NW_NODE_CALL ? &a->ast->nodes[a->ast->nodes[call].a] : NULL;
    if (!callee || callee->kind != NW_NODE_ATTRIBUTE || !nw_outline_is_self(a->outline, callee->a))
        return NO_MATCH;
    nw_symbol wanted = nw_symbol_of(a->outline->symbols, last_part(bytes_of(a, pattern->name.v)));
    const nw_outline_item *named = nw_outline_find(&a->outline->names, wanted.v);
    if (!named) /* the file does not even know the class */
        return NO_MATCH;
    nw_outline_item *item = nw_outline_attribute(a->outline, a->ast->nodes[call].a);
    if (!item)
        return NO_MATCH;
    bool may = item->any;
    for (uint32_t i = 0; i < item->class_count; i++)
        may |= a->ast->nodes[item->classes[i]].a == wanted.v;
    if (may && a->marks)
        item->is_matched = true;
    return may ? 0 : NO_MATCH;
}

/* ---- operations ---- */

static bool is_additive(uint8_t op)
{
    return op == NW_RULE_OPERATOR_ADD || op == NW_RULE_OPERATOR_SUBTRACT;
}

static bool is_multiplicative(uint8_t op)
{
    return op == NW_RULE_OPERATOR_MULTIPLY || op == NW_RULE_OPERATOR_DIVIDE;
}

/* Chains of one kind are matched in any order. */
static bool same_family(uint8_t a, uint8_t b)
{
    return a == b || (is_additive(a) && is_additive(b)) || (is_multiplicative(a) && is_multiplicative(b));
}

static bool is_operation(attempt *a, uint32_t id, uint8_t op)
{
    const nw_node *node = &a->ast->nodes[id];
    bool is_operator = node->kind == NW_NODE_BINARY || node->kind == NW_NODE_AUGMENTED_ASSIGN || node->kind == NW_NODE_UNARY;
    if (!is_operator && node->kind != NW_NODE_CALL)
        return false;
    for (uint8_t other = 1; other < NW_RULE_OPERATOR_COUNT; other++)
        if (same_family(op, other) && (is_operator ? is_written(a, other, node) : callee_may_be(a, id, nw_rule_operator_on_tensors((nw_rule_operator)other))))
            return true;
    return false;
}

typedef struct operands {
    uint32_t nodes[MAX_OPERANDS];
    uint32_t count;
    bool overflow;
} operands;

static void flatten(attempt *a, uint32_t id, uint8_t op, operands *out, unsigned depth)
{
    const nw_node *node = &a->ast->nodes[id];
    if (out->count == MAX_OPERANDS || depth > MAX_DEPTH || is_too_much(a)) {
        out->overflow = true;
        return;
    }
    for (uint32_t i = 0; i < out->count; i++)
        if (out->nodes[i] == id)
            return;
    out->nodes[out->count++] = id;
    if (node->kind == NW_NODE_NAME && node->b == NW_PLACE_SLOT) {
        nw_list values = nw_values_reaching(a->outline, id);
        for (uint32_t i = 0; i < values.count; i++)
            if (is_operation(a, values.items[i], op))
                flatten(a, values.items[i], op, out, depth + 1);
    } else if (is_operation(a, id, op)) {
        nw_list arguments = node->kind == NW_NODE_CALL ? nw_ast_list(a->ast, node->b) : (nw_list){NULL, 0};
        for (uint32_t i = 0; i < arguments.count; i++)
            flatten(a, a->ast->nodes[arguments.items[i]].kind == NW_NODE_KEYWORD ? a->ast->nodes[arguments.items[i]].b : arguments.items[i], op, out, depth + 1);
        if (node->kind == NW_NODE_CALL && a->ast->nodes[node->a].kind == NW_NODE_ATTRIBUTE)
            flatten(a, a->ast->nodes[node->a].a, op, out, depth + 1);
        if (node->kind != NW_NODE_CALL)
            flatten(a, node->a, op, out, depth + 1);
        if (node->kind != NW_NODE_CALL && node->kind != NW_NODE_UNARY)
            flatten(a, node->b, op, out, depth + 1);
    }
}

static cost of_operands(attempt *a, const nw_pattern *pattern, const operands *found)
{
    cost all = 0;
    for (uint32_t i = 0; i < pattern->argument_count && all < NO_MATCH; i++) {
        nw_pattern_id wanted = pattern->arguments[i].value;
        const nw_pattern *inner = pattern_at(a, wanted);
        if (inner->kind == NW_PATTERN_OPERATION && !inner->optional && same_family(inner->op, pattern->op)) {
            all = sum(all, of_operands(a, inner, found));
            continue;
        }
        cost best = is_selective(a, wanted) ? NO_MATCH : 0;
        for (uint32_t k = 0; k < found->count && best; k++)
            best = least(best, cost_of(a, wanted, found->nodes[k]));
        all = sum(all, best);
    }
    return all;
}

static cost of_operation(attempt *a, const nw_pattern *pattern, uint32_t node)
{
    operands found = {.count = 0};
    if (!is_operation(a, node, pattern->op))
        return NO_MATCH;
    flatten(a, node, pattern->op, &found, 0);
    return found.overflow ? 0 : of_operands(a, pattern, &found);
}

/* ---- any pattern ---- */

static bool may_make(attempt *a, const nw_pattern *wanted, uint32_t function)
{
    const char *name = last_part(bytes_of(a, wanted->name.v));
    nw_node_range inside = nw_file_function_range(a->outline->index, function);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *call = &a->ast->nodes[i], *callee = &a->ast->nodes[call->kind == NW_NODE_CALL ? call->a : 0];
        if (call->kind != NW_NODE_CALL || a->outline->index->above[i].function != function)
            continue;
        const char *called = bytes_of(a, nw_ast_last_word(callee));
        if (strstr(called, name) || callee_may_be(a, i, bytes_of(a, wanted->name.v)))
            return true;
    }
    return false;
}

/* What is known of each function, for one operator. */
static uint8_t *makings_of(attempt *a, const nw_pattern *wanted)
{
    nw_outline *outline = a->outline;
    for (uint32_t i = 0; i < outline->making_count; i++)
        if (outline->makings[i].wanted.v == wanted->name.v && outline->makings[i].is_inside == a->inside)
            return outline->makings[i].known;
    NW_ARENA_RESERVE(outline->arena, outline->makings, outline->making_count, outline->making_capacity);
    outline->makings[outline->making_count] = (nw_outline_making){wanted->name, a->inside, nw_arena_zero(outline->arena, a->ast->function_count + 1)};
    return outline->makings[outline->making_count++].known;
}

/* Some call in the same function may be the operator, or has its name in its own. */
static cost of_making(attempt *a, const nw_pattern *pattern, uint32_t node)
{
    enum { UNSEEN, NO, YES };
    const nw_pattern *wanted = pattern_at(a, pattern->arguments[0].value);
    uint32_t function = a->outline->index->above[node].function;
    if (wanted->kind != NW_PATTERN_OPERATOR || !*last_part(bytes_of(a, wanted->name.v)))
        return 0;
    uint8_t *known = makings_of(a, wanted) + function;
    if (*known == UNSEEN)
        *known = may_make(a, wanted, function) ? YES : NO;
    return *known == YES ? 1 : NO_MATCH;
}

static cost of_alternatives(attempt *a, const nw_pattern *pattern, uint32_t node)
{
    cost best = NO_MATCH;
    for (uint32_t i = 0; i < pattern->argument_count && best; i++)
        best = least(best, cost_of(a, pattern->arguments[i].value, node));
    return best;
}

static cost cost_here(attempt *a, nw_pattern_id id, uint32_t node)
{
    const nw_pattern *pattern = pattern_at(a, id);
    switch (pattern->kind) {
    case NW_PATTERN_VARIABLE: return cost_of(a, a->form->variables[pattern->variable.v].definition, node);
    case NW_PATTERN_OPERATOR: return of_operator(a, pattern, node);
    case NW_PATTERN_LAYER: return of_layer(a, pattern, node);
    case NW_PATTERN_OPERATION: return of_operation(a, pattern, node);
    case NW_PATTERN_ATTRIBUTE: return a->ast->nodes[node].kind == NW_NODE_ATTRIBUTE && a->ast->nodes[node].b == pattern->name.v ? 0 : NO_MATCH;
    case NW_PATTERN_MODULE: return of_module(a, pattern, node);
    case NW_PATTERN_MADE_OF: return of_making(a, pattern, node);
    default: return of_alternatives(a, pattern, node);
    }
}

/* Of a local name: of what it was assigned. */
static cost cost_of_name(attempt *a, nw_pattern_id id, uint32_t name)
{
    const nw_node *node = &a->ast->nodes[name];
    if (node->b != NW_PLACE_SLOT)
        return NO_MATCH;
    if (node->op) /* of a function around this one: its values are not followed */
        return NO_MATCH;
    cost best = NO_MATCH;
    nw_list values = nw_values_reaching(a->outline, name);
    for (uint32_t i = 0; i < values.count && best; i++)
        if (a->ast->nodes[values.items[i]].kind != NW_NODE_FOR && a->ast->nodes[values.items[i]].kind != NW_NODE_FUNCTION)
            best = least(best, cost_of(a, id, values.items[i]));
    return best;
}

static cost cost_through(attempt *a, nw_pattern_id id, uint32_t node_id)
{
    const nw_node *node = &a->ast->nodes[node_id];
    switch (node->kind) {
    case NW_NODE_CONDITIONAL: return least(cost_of(a, id, node->b), cost_of(a, id, node->c));
    case NW_NODE_NAMED: return cost_of(a, id, node->b);
    case NW_NODE_NAME: return cost_of_name(a, id, node_id);
    default: return cost_here(a, id, node_id);
    }
}

static cost cost_of(attempt *a, nw_pattern_id id, uint32_t node)
{
    if (!node)
        return NO_MATCH;
    if (!is_selective(a, id) || ++a->steps > MAX_STEPS || a->depth > MAX_DEPTH || is_too_much(a))
        return 0;
    const nw_pattern *pattern = pattern_at(a, id);
    a->depth++;
    cost best = cost_through(a, id, node);
    if (best && pattern->optional && pattern->argument_count)
        best = least(best, cost_of(a, pattern->arguments[0].value, node));
    a->depth--;
    return best;
}

nw_candidate nw_candidate_at(nw_outline *outline, const nw_rule_form *form, nw_pattern_id pattern, uint32_t node, bool marks)
{
    attempt a = {.outline = outline, .ast = outline->index->module->ast, .form = form, .marks = marks};
    cost found = cost_of(&a, pattern, node);
    return found == 0 ? NW_CANDIDATE_SURE : found == 1 ? NW_CANDIDATE_UNSURE : found < NO_MATCH ? NW_CANDIDATE_REMOTE : NW_CANDIDATE_NONE;
}

bool nw_candidate_made(nw_outline *outline, const nw_rule_form *form, const nw_pattern *pattern, uint32_t node)
{
    attempt a = {.outline = outline, .ast = outline->index->module->ast, .form = form};
    nw_outline_item item = {0};
    const char *wanted = bytes_of(&a, pattern->name.v);
    if (!nw_maker_may_make(outline, node, wanted))
        return false;
    nw_outline_classify(outline, &item, node);
    return item.any || (pattern->kind == NW_PATTERN_LAYER ? is_named_like(&a, &item, wanted) : is_applied_by(&a, &item, wanted));
}
