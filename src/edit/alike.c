#include "edit/alike.h"

#include "syntax/ast.h"

#include <string.h>

static bool reads_kind_only(const nw_file_index *index, uint32_t name)
{
    const nw_node *parent = nw_file_node(index, index->above[name].parent);
    const char *attribute = parent->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){parent->b}) : "";
    return strcmp(attribute, "dtype") == 0 || strcmp(attribute, "device") == 0;
}

/* A name or an attribute: `.dtype` can stand behind it, and reading it twice costs nothing. */
static bool is_word(const nw_file_index *index, uint32_t node)
{
    uint8_t kind = nw_file_node(index, node)->kind;
    return kind == NW_NODE_NAME || kind == NW_NODE_ATTRIBUTE;
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
    return depth && (node == wanted || (step->kind == NW_NODE_BINARY && (is_step(match, step->a, wanted, depth - 1) || is_step(match, step->b, wanted, depth - 1))));
}

/* The operand that an expression is alike by the rule's conditions, 0: none. */
static uint32_t operand_of_value(const nw_match *match, uint32_t value)
{
    for (uint32_t i = 0; i < match->form->condition_count; i++) {
        const nw_condition *condition = &match->form->conditions[i];
        if (condition->predicate != NW_PREDICATE_ALIKE)
            continue;
        const nw_binding *made = binding_of(match, condition->arguments[0]), *operand = binding_of(match, condition->arguments[1]);
        bool near = made && operand && (is_step(match, made->term.node, value, 6) || is_step(match, value, made->term.node, 3));
        if (near && is_word(match->index, operand->term.node))
            return operand->term.node;
    }
    return 0;
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

static uint32_t operand_of_definition(const nw_match *match, const nw_def_use *def_use, uint32_t number, int depth)
{
    const nw_definition *definition = &def_use->definitions[number];
    if (!definition->statement || !depth)
        return 0;
    const nw_node *statement = nw_file_node(match->index, definition->statement);
    if (statement->kind == NW_NODE_ASSIGN && nw_ast_list(match->index->module->ast, statement->a).count == 1)
        return operand_of_value(match, statement->b);
    uint32_t before = statement->kind == NW_NODE_AUGMENTED_ASSIGN ? definition_of(match, def_use, statement->a) : 0;
    return before ? operand_of_definition(match, def_use, before, depth - 1) : 0; /* in place, it keeps its dtype */
}

uint32_t nw_alike_operand(const nw_match *match, uint32_t name)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    uint32_t number = reads_kind_only(match->index, name) ? definition_of(match, def_use, name) : 0;
    return number ? operand_of_definition(match, def_use, number, 4) : 0;
}

void nw_alike_put(const nw_match *match, uint32_t start, uint32_t end, nw_buffer *out)
{
    const nw_ast *ast = match->index->module->ast;
    const char *bytes = match->index->module->source.bytes;
    uint32_t at = start;
    while (at < end) {
        uint32_t next = 0, operand = 0;
        for (uint32_t i = 1; i < ast->node_count; i++) {
            const nw_node *node = &ast->nodes[i];
            bool nearer = node->kind == NW_NODE_NAME && node->start >= at && node->end <= end && (!next || node->start < ast->nodes[next].start);
            uint32_t found = nearer && match->index->above[i].function == match->function ? nw_alike_operand(match, i) : 0;
            if (found) {
                next = i;
                operand = found;
            }
        }
        uint32_t until = next ? ast->nodes[next].start : end;
        nw_buffer_add(out, bytes + at, until - at);
        if (!next)
            return;
        nw_buffer_add(out, bytes + ast->nodes[operand].start, ast->nodes[operand].end - ast->nodes[operand].start);
        at = ast->nodes[next].end;
    }
}
