#include "edit/alike.h"

#include "match/predicate.h"
#include "match/rank.h"
#include "syntax/ast.h"

#include <string.h>

/* `max_neg_value(x)`, whose function asks the parameter for its dtype and device alone. */
static bool is_asked_for_kind(nw_file_index *index, uint32_t name, uint32_t call, int depth)
{
    const nw_ast *ast = index->module->ast;
    nw_list arguments = nw_ast_list(ast, ast->nodes[call].b);
    uint32_t function = nw_file_own_function(index, nw_file_node(index, ast->nodes[call].a)), at = 0;
    while (at < arguments.count && arguments.items[at] != name)
        at++;
    if (!function || !depth || at == arguments.count || at >= ast->functions[function].parameter_count || ast->functions[function].parameters[at].kind == NW_PARAMETER_ARGS)
        return false;
    const nw_def_use *def_use = nw_file_def_use(index, function);
    uint32_t slot = ast->functions[function].parameters[at].slot;
    for (uint32_t i = 1; i < def_use->count; i++)
        for (uint32_t k = 0; def_use->definitions[i].slot == slot && k < def_use->definitions[i].use_count; k++) {
            const nw_node *above = nw_file_node(index, index->above[def_use->definitions[i].uses[k]].parent);
            const char *attribute = above->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){above->b}) : "";
            if (strcmp(attribute, "dtype") != 0 && strcmp(attribute, "device") != 0)
                return false;
        }
    return !def_use->captured[slot];
}

bool nw_reads_kind_only(nw_file_index *index, uint32_t name)
{
    uint32_t above = index->above[name].parent;
    const nw_node *parent = nw_file_node(index, above);
    const char *attribute = parent->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){parent->b}) : "";
    if (parent->kind == NW_NODE_CALL)
        return is_asked_for_kind(index, name, above, 1);
    return strcmp(attribute, "dtype") == 0 || strcmp(attribute, "device") == 0;
}

/* A name or an attribute: `.dtype` can stand behind it, and reading it twice costs nothing. */
static bool is_word(const nw_file_index *index, uint32_t node)
{
    uint8_t kind = nw_file_node(index, node)->kind;
    return kind == NW_NODE_NAME || kind == NW_NODE_ATTRIBUTE;
}

/* The word whose dtype and device a view of it, `k.transpose(2, 3)`, or a multiple of it, `q / 8`, has; 0: none. */
static uint32_t word_in(const nw_file_index *index, uint32_t node, int depth)
{
    static const char *const views[] = {"transpose", "permute", "contiguous", "view", "reshape", "unsqueeze", "expand"};
    const nw_node *at = nw_file_node(index, node), *callee = nw_file_node(index, at->kind == NW_NODE_CALL ? at->a : 0);
    if (is_word(index, node) || !depth)
        return depth ? node : 0;
    if (at->kind == NW_NODE_BINARY) {
        const char *op = nw_operator_text((nw_operator)at->op);
        uint8_t factor = nw_file_node(index, at->b)->kind;
        bool is_multiple = (strcmp(op, "*") == 0 || strcmp(op, "/") == 0) && (factor == NW_NODE_INTEGER || factor == NW_NODE_FLOAT || factor == NW_NODE_ATTRIBUTE);
        return is_multiple ? word_in(index, at->a, depth - 1) : 0;
    }
    const char *name = callee->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->b}) : "";
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        if (strcmp(name, views[i]) == 0)
            return word_in(index, callee->a, depth - 1);
    return 0;
}

/* `k`, or `k.transpose(2, 3)`, whose sizes can be asked twice. */
static bool is_view_of_word(const nw_file_index *index, uint32_t node)
{
    return is_word(index, node) || (nw_file_node(index, node)->kind == NW_NODE_CALL && word_in(index, node, 2));
}

static const nw_binding *binding_of(const nw_match *match, nw_pattern_id id)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    const nw_binding *binding = pattern->kind == NW_PATTERN_VARIABLE ? &match->bindings[pattern->variable.v] : NULL;
    return binding && binding->is_bound && binding->term.node ? binding : NULL;
}

/* What a name that the match has followed was assigned. */
static uint32_t value_of(const nw_match *match, uint32_t node)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    for (uint32_t i = 0; i < match->crossed.count; i++) {
        const nw_definition *definition = &def_use->definitions[match->crossed.items[i]];
        const nw_node *statement = definition->statement ? nw_file_node(match->index, definition->statement) : NULL;
        for (uint32_t k = 0; statement && statement->kind == NW_NODE_ASSIGN && k < definition->use_count; k++)
            if (definition->uses[k] == node)
                return statement->b;
    }
    return node;
}

/* Whether an expression is a step from one value back to another: `a / b` between `a / b / c` and `a`. */
static bool is_step(const nw_match *match, uint32_t from, uint32_t wanted, int depth)
{
    uint32_t node = value_of(match, from);
    const nw_node *step = nw_file_node(match->index, node);
    return depth && (node == wanted || node == value_of(match, wanted) || (step->kind == NW_NODE_BINARY && (is_step(match, step->a, wanted, depth - 1) || is_step(match, step->b, wanted, depth - 1))));
}

/* What a read looks at, beside dtype and device: one axis, by a number. */
typedef struct size_read {
    bool is_size;
    int64_t axis;
    uint32_t node; /* of the number */
} size_read;

static bool known_number(const nw_file_index *index, uint32_t id, int64_t *number)
{
    const nw_node *node = nw_file_node(index, id);
    bool negative = node->kind == NW_NODE_UNARY && strcmp(nw_operator_text((nw_operator)node->op), "-") == 0;
    const nw_node *digits = negative ? nw_file_node(index, node->a) : node;
    *number = negative ? -(int64_t)digits->a : (int64_t)digits->a;
    return digits->kind == NW_NODE_INTEGER && !digits->b;
}

/* `x.size(-1)`, `x.shape[-1]` */
static size_read size_read_of(const nw_file_index *index, uint32_t name)
{
    uint32_t parent = index->above[name].parent, whole = index->above[parent].parent;
    const nw_node *attribute = nw_file_node(index, parent), *above = nw_file_node(index, whole);
    const char *text = attribute->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){attribute->b}) : "";
    nw_list arguments = above->kind == NW_NODE_CALL && above->a == parent ? nw_ast_list(index->module->ast, above->b) : (nw_list){0};
    size_read read = {0};
    if (strcmp(text, "size") == 0 && arguments.count == 1)
        read.node = arguments.items[0];
    if (strcmp(text, "shape") == 0 && above->kind == NW_NODE_SUBSCRIPT && above->a == parent)
        read.node = above->b;
    read.is_size = read.node && known_number(index, read.node, &read.axis);
    return read;
}

/* The axis that a condition speaks of, counted from the end, is the one that is read. */
static bool is_axis_of(const nw_match *match, const nw_condition *condition, const nw_binding *made, int64_t axis)
{
    int64_t spoken = nw_match_pattern(match, condition->arguments[1])->constant.integer;
    int rank = nw_rank_of(match->index->eval, made->term.value, nw_match_path(match));
    return spoken == axis || (axis >= 0 && rank > 0 && axis - rank == spoken);
}

/* The operand that an expression is alike by the rule's conditions, or from which a size of it is read; its node is 0: none. */
static nw_alike operand_of_value(const nw_match *match, uint32_t value, size_read read)
{
    for (uint32_t i = 0; i < match->form->condition_count; i++) {
        const nw_condition *condition = &match->form->conditions[i];
        if (condition->predicate != (read.is_size ? NW_PREDICATE_SIZED : NW_PREDICATE_ALIKE))
            continue;
        const nw_binding *made = binding_of(match, condition->arguments[0]), *operand = binding_of(match, condition->arguments[read.is_size ? 2 : 1]);
        bool near = made && operand && (is_step(match, made->term.node, value, 6) || is_step(match, value, made->term.node, 3));
        if (near && read.is_size && is_view_of_word(match->index, operand->term.node) && is_axis_of(match, condition, made, read.axis))
            return (nw_alike){operand->term.node, read.node, nw_match_pattern(match, condition->arguments[3])->constant.integer};
        if (near && !read.is_size && word_in(match->index, operand->term.node, 4))
            return (nw_alike){.operand = word_in(match->index, operand->term.node, 4)};
    }
    return (nw_alike){0};
}

/* The only definition that a read sees on the way through the arms that the match has taken; 0: not known. */
static uint32_t definition_of(const nw_match *match, const nw_def_use *def_use, uint32_t name)
{
    uint32_t number = nw_def_use_of_read(def_use, name);
    if (number)
        return number;
    nw_match probe = *match;
    number = nw_definition_in_arms(&probe, name);
    return probe.decisions.count == match->decisions.count ? number : 0;
}

static nw_alike operand_of_definition(const nw_match *match, const nw_def_use *def_use, uint32_t number, size_read read, int depth)
{
    const nw_definition *definition = &def_use->definitions[number];
    if (!definition->statement || !depth)
        return (nw_alike){0};
    const nw_node *statement = nw_file_node(match->index, definition->statement);
    if (statement->kind == NW_NODE_ASSIGN && nw_ast_list(match->index->module->ast, statement->a).count == 1)
        return operand_of_value(match, statement->b, read);
    bool in_place = statement->kind == NW_NODE_AUGMENTED_ASSIGN || statement->kind == NW_NODE_EXPRESSION; /* it keeps its dtype and its sizes */
    uint32_t before = in_place ? definition_of(match, def_use, definition->target) : 0;
    return before ? operand_of_definition(match, def_use, before, read, depth - 1) : (nw_alike){0};
}

nw_alike nw_alike_of(const nw_match *match, uint32_t name)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    size_read read = size_read_of(match->index, name);
    uint32_t number = read.is_size || nw_reads_kind_only(match->index, name) ? definition_of(match, def_use, name) : 0;
    return number ? operand_of_definition(match, def_use, number, read, 4) : (nw_alike){0};
}

uint32_t nw_alike_operand(const nw_match *match, uint32_t name)
{
    return nw_alike_of(match, name).operand;
}

void nw_alike_put(const nw_match *match, uint32_t start, uint32_t end, nw_buffer *out)
{
    const nw_ast *ast = match->index->module->ast;
    const char *bytes = match->index->module->source.bytes;
    nw_node_range inside = nw_file_function_range(match->index, match->function);
    uint32_t at = start;
    while (at < end) {
        uint32_t next = 0;
        nw_alike stand_in = {0};
        for (uint32_t i = inside.first; i <= inside.last; i++) {
            const nw_node *node = &ast->nodes[i];
            bool nearer = node->kind == NW_NODE_NAME && node->start >= at && node->end <= end && (!next || node->start < ast->nodes[next].start);
            nw_alike found = nearer && match->index->above[i].function == match->function ? nw_alike_of(match, i) : (nw_alike){0};
            if (found.operand) {
                next = i;
                stand_in = found;
            }
        }
        uint32_t until = next ? ast->nodes[next].start : end;
        nw_buffer_add(out, bytes + at, until - at);
        if (!next)
            return;
        const nw_node *operand = &ast->nodes[stand_in.operand], *axis = &ast->nodes[stand_in.axis_node];
        nw_buffer_add(out, bytes + operand->start, operand->end - operand->start);
        at = ast->nodes[next].end;
        if (!stand_in.axis_node)
            continue;
        nw_buffer_add(out, bytes + at, axis->start - at);
        nw_buffer_format(out, "%d", (int)stand_in.axis);
        at = axis->end;
    }
}
