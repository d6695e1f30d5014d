#include "match/arms.h"

#include "match/context.h"
#include "match/unify.h"
#include "match/word.h"

#include <string.h>

/* ---- literals ---- */

static bool same_text(const nw_file_index *index, uint32_t a, uint32_t b)
{
    const nw_node *left = nw_file_node(index, a), *right = nw_file_node(index, b);
    const char *bytes = index->module->source.bytes;
    uint32_t size = left->end - left->start;
    return size == right->end - right->start && memcmp(bytes + left->start, bytes + right->start, size) == 0;
}

nw_literal nw_literal_of(const nw_file_index *index, uint32_t test, bool taken)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[test];
    if (node->kind == NW_NODE_UNARY && strcmp(nw_operator_text((nw_operator)node->op), "not") == 0)
        return nw_literal_of(index, node->a, !taken);
    nw_list parts = node->kind == NW_NODE_COMPARE ? nw_ast_list(ast, node->b) : (nw_list){0};
    if (parts.count == 2 && ast->nodes[parts.items[1]].kind == NW_NODE_NONE &&
        (parts.items[0] == NW_OPERATOR_IS || parts.items[0] == NW_OPERATOR_IS_NOT))
        return (nw_literal){node->a, NW_ASKS_NONE, taken == (parts.items[0] == NW_OPERATOR_IS)};
    return (nw_literal){test, NW_ASKS_TRUTH, taken};
}

bool nw_literal_about_same(const nw_file_index *index, nw_literal a, nw_literal b)
{
    return a.kind == b.kind && (a.core == b.core || same_text(index, a.core, b.core));
}

const nw_literal *nw_literal_find(const nw_file_index *index, const nw_literal_set *set, nw_literal about)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (nw_literal_about_same(index, set->items[i], about))
            return &set->items[i];
    return NULL;
}

bool nw_literal_add(const nw_file_index *index, nw_literal_set *set, nw_literal literal)
{
    const nw_literal *known = nw_literal_find(index, set, literal);
    if (known)
        return known->value == literal.value;
    if (set->count == NW_MAX_LITERALS)
        return false;
    set->items[set->count++] = literal;
    return true;
}

static bool is_not(const nw_node *node)
{
    return node->kind == NW_NODE_UNARY && strcmp(nw_operator_text((nw_operator)node->op), "not") == 0;
}

bool nw_test_value(const nw_file_index *index, const nw_literal_set *set, uint32_t test, bool *value)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[test];
    nw_literal asked = nw_literal_of(index, test, true);
    const nw_literal *known = nw_literal_find(index, set, asked);
    bool all = true, part;
    if (known) {
        *value = known->value == asked.value;
        return true;
    }
    if (is_not(node)) {
        bool is_known = nw_test_value(index, set, node->a, &part);
        *value = is_known && !part;
        return is_known;
    }
    if (node->kind != NW_NODE_AND && node->kind != NW_NODE_OR)
        return false;
    nw_list parts = nw_ast_list(ast, node->a);
    for (uint32_t i = 0; i < parts.count; i++) {
        if (!nw_test_value(index, set, parts.items[i], &part)) {
            all = false;
        } else if (part == (node->kind == NW_NODE_OR)) {
            *value = part;
            return true;
        }
    }
    *value = node->kind == NW_NODE_AND;
    return all;
}

static bool is_plain_list(const nw_file_index *index, nw_list list, uint32_t step)
{
    for (uint32_t i = step - 1; i < list.count; i += step)
        if (!nw_test_is_plain(index, list.items[i]))
            return false;
    return true;
}

static bool is_comparison_of_names(const nw_file_index *index, uint32_t id)
{
    const nw_node *node = nw_file_node(index, id);
    nw_list parts = node->kind == NW_NODE_COMPARE ? nw_ast_list(index->module->ast, node->b) : (nw_list){0};
    return parts.count == 2 && (parts.items[0] == NW_OPERATOR_IS || parts.items[0] == NW_OPERATOR_IS_NOT) && nw_file_node(index, node->a)->kind == NW_NODE_NAME &&
           nw_file_node(index, parts.items[1])->kind == NW_NODE_NONE;
}

/* `exists(x)`, where the file says `def exists(x): return x is not None`. */
static bool asks_for_none(const nw_file_index *index, uint32_t id)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *call = &ast->nodes[id], *callee = &ast->nodes[call->a];
    nw_list arguments = nw_ast_list(ast, call->b);
    if (callee->kind != NW_NODE_NAME || callee->b != NW_PLACE_GLOBAL || !nw_file_bound_once(index, (nw_symbol){callee->a}) || arguments.count != 1 ||
        !nw_test_is_plain(index, arguments.items[0]))
        return false;
    for (uint32_t i = 1; i < ast->function_count; i++) {
        const nw_ast_function *code = &ast->functions[i];
        const nw_node *definition = &ast->nodes[code->node];
        if (code->name.v != callee->a || definition->kind != NW_NODE_FUNCTION || index->above[code->node].class_ || code->parameter_count != 1 || nw_ast_list(ast, definition->b).count)
            continue;
        nw_list body = nw_ast_list(ast, code->body);
        return body.count == 1 && ast->nodes[body.items[0]].kind == NW_NODE_RETURN && is_comparison_of_names(index, ast->nodes[body.items[0]].a);
    }
    return false;
}

bool nw_test_is_plain(const nw_file_index *index, uint32_t test)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[test];
    switch (node->kind) {
    case NW_NODE_NAME: case NW_NODE_NONE: case NW_NODE_TRUE: case NW_NODE_FALSE: case NW_NODE_INTEGER: case NW_NODE_FLOAT: case NW_NODE_STRING:
        return true;
    case NW_NODE_ATTRIBUTE: case NW_NODE_UNARY:
        return nw_test_is_plain(index, node->a);
    case NW_NODE_AND: case NW_NODE_OR:
        return is_plain_list(index, nw_ast_list(ast, node->a), 1);
    case NW_NODE_COMPARE:
        return nw_test_is_plain(index, node->a) && is_plain_list(index, nw_ast_list(ast, node->b), 2);
    case NW_NODE_CALL:
        return asks_for_none(index, test);
    default:
        return false;
    }
}

bool nw_is_in_other_arm(const nw_file_index *index, const nw_literal_set *known, uint32_t node)
{
    for (uint32_t at = node; at; at = index->above[at].parent) {
        const nw_node *above = nw_file_node(index, index->above[at].parent);
        const char *label = index->above[at].label;
        bool is_arm = index->above[at].parent && (above->kind == NW_NODE_IF || above->kind == NW_NODE_CONDITIONAL) && strcmp(label, "test") != 0, taken;
        bool wanted = is_arm && (strcmp(label, "body") == 0 || strcmp(label, "then") == 0);
        if (is_arm && nw_test_is_plain(index, above->a) && nw_test_value(index, known, above->a, &taken) && taken != wanted)
            return true;
    }
    return false;
}

/* Whether a node binds the name, or writes the attribute, that `read` reads. */
static bool changes(const nw_file_index *index, uint32_t other, const nw_node *read)
{
    const nw_node *node = nw_file_node(index, other);
    if (node->kind != read->kind)
        return false;
    if (read->kind == NW_NODE_NAME)
        return node->a == read->a && (node->flags & NW_NAME_BINDS);
    return node->b == read->b && index->above[other].label && strcmp(index->above[other].label, "target") == 0;
}

bool nw_read_is_steady(const nw_file_index *index, uint32_t node, uint32_t from, uint32_t until)
{
    const nw_node *read = nw_file_node(index, node);
    nw_list places = nw_file_word(index, (nw_symbol){read->kind == NW_NODE_NAME ? read->a : read->b});
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *other = nw_file_node(index, places.items[i]);
        if (other->start >= from && other->end <= until && changes(index, places.items[i], read))
            return false;
    }
    return true;
}

bool nw_test_is_steady(const nw_file_index *index, uint32_t core, uint32_t from, uint32_t until)
{
    const nw_ast *ast = index->module->ast;
    nw_node_range inside = nw_file_range(index, core);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *read = &ast->nodes[i];
        bool is_read = nw_node_inside(read, &ast->nodes[core]) && (read->kind == NW_NODE_NAME || read->kind == NW_NODE_ATTRIBUTE);
        if (is_read && !nw_read_is_steady(index, i, from, until))
            return false;
    }
    return true;
}

/* ---- reading a name under decisions ---- */

typedef enum seen { SEEN_NOTHING, SEEN_DEFINITION, SEEN_UNKNOWN } seen;

nw_list nw_block_of(const nw_file_index *index, uint32_t statement)
{
    const nw_ast *ast = index->module->ast;
    const nw_node_above *above = &index->above[statement];
    const nw_node *parent = &ast->nodes[above->parent];
    if (!above->parent)
        return nw_ast_list(ast, ast->functions[0].body);
    if (parent->kind == NW_NODE_FUNCTION)
        return nw_ast_list(ast, ast->functions[parent->a].body);
    bool otherwise = above->label && strcmp(above->label, "else") == 0;
    switch (parent->kind) {
    case NW_NODE_IF: return nw_ast_list(ast, otherwise ? parent->c : parent->b);
    case NW_NODE_WITH: return nw_ast_list(ast, parent->b);
    case NW_NODE_FOR: return nw_ast_list(ast, ast->extra[parent->c + (otherwise ? 1 : 0)]);
    case NW_NODE_WHILE: return nw_ast_list(ast, otherwise ? parent->c : parent->b);
    default: return (nw_list){0};
    }
}

/* The last node inside a statement that binds a slot of this function, 0: none. */
static uint32_t last_binding(const nw_match *match, uint32_t statement, uint32_t slot)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *outer = &ast->nodes[statement];
    for (uint32_t i = statement; i > 0; i--) { /* what is inside of a node comes before it */
        const nw_node *node = &ast->nodes[i];
        if (node->end <= outer->start && node->kind != NW_NODE_ABSENT)
            return 0;
        bool is_name = nw_ast_is_local(node) && node->c == slot && nw_node_inside(node, outer) && index->above[i].function == match->function;
        if (is_name && ((node->flags & NW_NAME_BINDS) || nw_written_in_place(ast, index->eval->symbols, index->above[i].statement) == i))
            return i;
    }
    return 0;
}

static bool leaves(const nw_ast *ast, nw_list block)
{
    uint8_t kind = block.count ? ast->nodes[block.items[block.count - 1]].kind : NW_NODE_PASS;
    return kind == NW_NODE_RETURN || kind == NW_NODE_RAISE || kind == NW_NODE_CONTINUE || kind == NW_NODE_BREAK;
}

static bool decide_part(nw_match *match, uint32_t test, bool *taken)
{
    nw_literal wanted = nw_literal_of(match->index, test, true);
    const nw_literal *known = nw_literal_find(match->index, &match->decisions, wanted);
    if (!known) {
        nw_literal made = wanted;
        made.value = match->choices >> match->decisions.count & 1;
        if (match->decisions.count >= NW_MAX_LITERALS || !nw_literal_add(match->index, &match->decisions, made))
            return false;
        known = nw_literal_find(match->index, &match->decisions, wanted);
    }
    *taken = known->value == wanted.value;
    return nw_literal_add(match->index, &match->literals, *known);
}

/* Whether a test is taken in this attempt; `and` and `or` by their operands, as Python asks them. */
static bool decide(nw_match *match, uint32_t test, bool *taken)
{
    const nw_node *node = nw_file_node(match->index, test);
    if (is_not(node)) {
        bool good = decide(match, node->a, taken);
        *taken = !*taken;
        return good;
    }
    if (node->kind != NW_NODE_AND && node->kind != NW_NODE_OR)
        return decide_part(match, test, taken);
    nw_list parts = nw_ast_list(match->index->module->ast, node->a);
    for (uint32_t i = 0; i < parts.count; i++) {
        if (!decide(match, parts.items[i], taken))
            return false;
        if (*taken == (node->kind == NW_NODE_OR))
            break;
    }
    return true;
}

static seen find_backwards(nw_match *match, nw_list block, uint32_t count, uint32_t slot, uint32_t *definition);

static seen find_in(nw_match *match, uint32_t statement, uint32_t slot, uint32_t *definition)
{
    const nw_ast *ast = match->index->module->ast;
    const nw_node *node = &ast->nodes[statement];
    uint32_t binding = last_binding(match, statement, slot);
    bool taken = false;
    if (!binding)
        return SEEN_NOTHING;
    switch (node->kind) {
    case NW_NODE_ASSIGN: case NW_NODE_AUGMENTED_ASSIGN: case NW_NODE_ANNOTATED_ASSIGN: case NW_NODE_EXPRESSION:
        *definition = nw_def_use_at(nw_file_def_use(match->index, match->function), binding);
        return *definition ? SEEN_DEFINITION : SEEN_UNKNOWN;
    case NW_NODE_IF: {
        if (!nw_test_is_plain(match->index, node->a) || !decide(match, node->a, &taken))
            return SEEN_UNKNOWN;
        nw_list arm = nw_ast_list(ast, taken ? node->b : node->c);
        return leaves(ast, arm) ? SEEN_UNKNOWN : find_backwards(match, arm, arm.count, slot, definition);
    }
    case NW_NODE_WITH: {
        nw_list body = nw_ast_list(ast, node->b);
        return nw_context_is_open(match, statement) ? find_backwards(match, body, body.count, slot, definition) : SEEN_UNKNOWN;
    }
    default:
        return SEEN_UNKNOWN;
    }
}

static seen find_backwards(nw_match *match, nw_list block, uint32_t count, uint32_t slot, uint32_t *definition)
{
    for (uint32_t i = count; i > 0; i--) {
        seen result = find_in(match, block.items[i - 1], slot, definition);
        if (result != SEEN_NOTHING)
            return result;
    }
    return SEEN_NOTHING;
}

uint32_t nw_definition_in_arms(nw_match *match, uint32_t name)
{
    const nw_file_index *index = match->index;
    uint32_t definition = 0;
    for (uint32_t statement = index->above[name].statement; statement; statement = index->above[statement].parent) {
        nw_list block = nw_block_of(index, statement);
        uint32_t at = 0;
        while (at < block.count && block.items[at] != statement)
            at++;
        if (at == block.count)
            return 0;
        seen result = find_backwards(match, block, at, nw_file_node(index, name)->c, &definition);
        if (result != SEEN_NOTHING)
            return result == SEEN_DEFINITION ? definition : 0;
        uint8_t above = nw_file_node(index, index->above[statement].parent)->kind;
        if (above != NW_NODE_IF && above != NW_NODE_WITH)
            return 0;
    }
    return 0;
}
