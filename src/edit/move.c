/* Whether an expression may be evaluated at a later statement of its block. */
#include "edit/rewrite.h"

#include "match/pure.h"

#include <string.h>

static const char *bytes_of(const nw_rewrite *rewrite, uint32_t symbol)
{
    return nw_symbol_bytes(rewrite->match->rules->symbols, (nw_symbol){symbol});
}

/* A name that the moved text reads is bound by `binder`. */
static bool rebinds(const nw_rewrite *rewrite, const nw_node *moved, const nw_node *binder)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_node_range reads = nw_file_range(rewrite->match->index, (uint32_t)(moved - ast->nodes));
    nw_node_range writes = nw_file_range(rewrite->match->index, (uint32_t)(binder - ast->nodes));
    for (uint32_t i = reads.first; i <= reads.last; i++) {
        const nw_node *read = &ast->nodes[i];
        if (!nw_node_inside(read, moved) || (read->kind != NW_NODE_NAME && read->kind != NW_NODE_ATTRIBUTE))
            continue;
        for (uint32_t k = writes.first; k <= writes.last; k++) {
            const nw_node *other = &ast->nodes[k];
            if (!nw_node_inside(other, binder) || other->kind != read->kind)
                continue;
            if (read->kind == NW_NODE_NAME && other->a == read->a && (other->flags & NW_NAME_BINDS))
                return true;
            bool is_target = other->kind == NW_NODE_ATTRIBUTE && rewrite->match->index->above[k].label &&
                             strcmp(rewrite->match->index->above[k].label, "target") == 0;
            if (is_target && other->b == read->b)
                return true;
        }
    }
    return false;
}

/* A call that changes nothing that could be seen: a pure operator, or a reading of sizes. */
static bool is_harmless_call(const nw_rewrite *rewrite, uint32_t id)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *call = nw_file_node(index, id), *callee = nw_file_node(index, call->a);
    uint32_t number = nw_file_fact(index, call->start, call->end, rewrite->match->activation);
    if (number) {
        const nw_fact *fact = &index->eval->facts[number];
        const char *effects = fact->row ? bytes_of(rewrite, fact->row->effects.v) : "";
        bool by_name = fact->name.v && bytes_of(rewrite, fact->name.v)[strlen(bytes_of(rewrite, fact->name.v)) - 1] == '_';
        return fact->kind == NW_FACT_OPERATOR && !by_name && (!*effects || strcmp(effects, "pure") == 0);
    }
    const char *name = bytes_of(rewrite, nw_ast_last_word(callee));
    static const char *const harmless[] = {"size", "dim", "len", "int", "float", "ndimension", "max", "min", "abs"};
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (strcmp(name, harmless[i]) == 0)
            return true;
    return nw_call_is_pure(rewrite->match->index, id);
}

static bool is_harmless(const nw_rewrite *rewrite, uint32_t statement, bool in_init)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[statement];
    if (node->kind != NW_NODE_ASSIGN && !(node->kind == NW_NODE_EXPRESSION && ast->nodes[node->a].kind == NW_NODE_STRING))
        return in_init;
    nw_node_range inside = nw_file_range(index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *part = &ast->nodes[i];
        if (!nw_node_inside(part, node) || in_init)
            continue;
        bool is_store = (part->kind == NW_NODE_ATTRIBUTE || part->kind == NW_NODE_SUBSCRIPT) && index->above[i].label && strcmp(index->above[i].label, "target") == 0;
        if (is_store || part->kind == NW_NODE_AWAIT || part->kind == NW_NODE_YIELD || part->kind == NW_NODE_LAMBDA ||
            (part->kind == NW_NODE_CALL && !is_harmless_call(rewrite, i)))
            return false;
    }
    return true;
}

static bool has_call(const nw_rewrite *rewrite, const nw_node *moved)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_node_range inside = nw_file_range(rewrite->match->index, (uint32_t)(moved - ast->nodes));
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *part = &ast->nodes[i];
        if (!nw_node_inside(part, moved))
            continue;
        if (part->kind == NW_NODE_CALL) {
            const nw_node *callee = &ast->nodes[part->a];
            const char *name = callee->kind == NW_NODE_NAME ? bytes_of(rewrite, callee->a) : "";
            if (strcmp(name, "int") != 0 && strcmp(name, "float") != 0)
                return true;
        }
        if (part->kind == NW_NODE_NAMED || part->kind == NW_NODE_AWAIT || part->kind == NW_NODE_YIELD)
            return true;
    }
    return false;
}

bool nw_rewrite_is_disturbed(const nw_rewrite *rewrite, uint32_t node, uint32_t statement)
{
    return rebinds(rewrite, nw_file_node(rewrite->match->index, node), nw_file_node(rewrite->match->index, statement));
}

bool nw_rewrite_is_harmless_call(const nw_rewrite *rewrite, uint32_t call)
{
    return is_harmless_call(rewrite, call);
}

/* Nothing that stands between two statements of one block changes what the text reads. */
static bool is_quiet_between(const nw_rewrite *rewrite, const nw_node *moved, uint32_t after, uint32_t to)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *end = &ast->nodes[to];
    bool in_init = index->above[to].function != rewrite->match->function;
    nw_node_range block = nw_file_range(index, index->above[to].parent);
    for (uint32_t i = block.first; i <= block.last; i++) {
        const nw_node *between = &ast->nodes[i];
        if (between->start < after || between->end > end->start || !nw_is_statement(between->kind) || !nw_file_same_block(index, i, to))
            continue;
        if (nw_node_set_has(&rewrite->removed, i))
            continue;
        if (rebinds(rewrite, moved, between) || !is_harmless(rewrite, i, in_init) || (in_init && has_call(rewrite, moved)) ||
            (!in_init && nw_rewrite_is_order_seen(rewrite, (uint32_t)(moved - ast->nodes), i)))
            return false;
    }
    return true;
}

bool nw_rewrite_may_move(const nw_rewrite *rewrite, uint32_t id, uint32_t to)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t from = index->above[id].statement;
    if (from == to)
        return true;
    uint32_t block = to; /* the statement beside `from` that holds `to`: itself, or an `if` into whose arms statements sink */
    while (block && !nw_file_same_block(index, from, block)) {
        uint32_t parent = index->above[block].parent;
        if (ast->nodes[parent].kind != NW_NODE_IF || (!rewrite->sunk_under && !rewrite->made_under))
            return false;
        if (!is_quiet_between(rewrite, &ast->nodes[id], ast->nodes[parent].start, block))
            return false;
        block = parent;
    }
    if (block != to && block != rewrite->sunk_under && block != rewrite->made_under)
        return false;
    return block && ast->nodes[from].start < ast->nodes[block].start && is_quiet_between(rewrite, &ast->nodes[id], ast->nodes[from].end, block);
}
