/* From a local name to what it was assigned. */
#include "match/unify.h"

/* `f(h := g(x))`, where nobody reads h: the value; 0: it is read. */
static uint32_t value_of_unread(nw_match *match, uint32_t id)
{
    nw_file_index *index = match->index;
    const nw_node *node = nw_file_node(index, id);
    if (node->kind != NW_NODE_NAMED || index->above[id].function != match->function || index->above[id].comprehension)
        return 0;
    const nw_def_use *def_use = nw_file_def_use(index, match->function);
    uint32_t number = nw_def_use_at(def_use, node->a);
    const nw_definition *definition = &def_use->definitions[number];
    return number && !definition->use_count && !def_use->captured[definition->slot] ? node->b : 0;
}

/* `q, k = a, b`: what the name is assigned, 0: it is no such statement. All of its names are read, and become part of the match. */
static uint32_t value_beside(nw_match *match, const nw_def_use *def_use, const nw_definition *definition)
{
    nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *statement = nw_file_node(index, definition->statement);
    nw_list targets = statement->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, statement->a) : (nw_list){0};
    bool is_pair = targets.count == 1 && ast->nodes[targets.items[0]].kind == NW_NODE_TUPLE && ast->nodes[statement->b].kind == NW_NODE_TUPLE;
    nw_list names = is_pair ? nw_ast_list(ast, ast->nodes[targets.items[0]].a) : (nw_list){0}, values = is_pair ? nw_ast_list(ast, ast->nodes[statement->b].a) : (nw_list){0};
    uint32_t found = 0;
    if (match->rule->legacy || match->keeps_pairs || names.count != values.count)
        return 0;
    for (uint32_t i = 0; i < names.count; i++) {
        uint32_t other = ast->nodes[names.items[i]].kind == NW_NODE_NAME ? nw_def_use_at(def_use, names.items[i]) : 0;
        if (!other || !def_use->definitions[other].use_count || ast->nodes[values.items[i]].kind == NW_NODE_STARRED)
            return 0;
        found = names.items[i] == definition->target ? values.items[i] : found;
    }
    for (uint32_t i = 0; i < names.count; i++)
        nw_node_set_add(index->eval, &match->crossed, nw_def_use_at(def_use, names.items[i]));
    return found;
}

bool nw_match_halves_a_pair(const nw_match *match)
{
    const nw_ast *ast = match->index->module->ast;
    for (uint32_t i = 0; i < match->crossed.count; i++) {
        const nw_definition *definition = &nw_file_def_use(match->index, match->function)->definitions[match->crossed.items[i]];
        const nw_node *statement = &ast->nodes[definition->statement];
        if (statement->kind != NW_NODE_ASSIGN || ast->nodes[statement->b].kind != NW_NODE_TUPLE)
            continue;
        for (uint32_t k = 0; k < definition->use_count; k++)
            if (!nw_node_set_has(&match->reads, definition->uses[k]))
                return true;
    }
    return false;
}

nw_term nw_term_follow(nw_match *match, nw_term term)
{
    nw_file_index *index = match->index;
    for (int i = 0; term.node && i < 20; i++) {
        const nw_node *node = nw_file_node(index, term.node);
        uint32_t inside = value_of_unread(match, term.node);
        if (!inside && node->kind == NW_NODE_CALL && index->above[term.node].function == match->function && (inside = nw_given_back(match, term.node)))
            nw_node_set_add(index->eval, &match->calls, term.node);
        if (inside) {
            term.node = inside;
            continue;
        }
        if (!nw_ast_is_local(node) || index->above[term.node].function != match->function ||
            index->above[term.node].comprehension)
            return term;
        const nw_def_use *def_use = nw_file_def_use(index, match->function);
        uint32_t number = nw_def_use_of_read(def_use, term.node);
        if (!number && match->takes_arms)
            number = nw_definition_in_arms(match, term.node);
        if (!number)
            number = nw_unsure_definition(match, term.node);
        const nw_definition *definition = &def_use->definitions[number];
        if (!number || !definition->statement)
            return term;
        const nw_node *statement = nw_file_node(index, definition->statement);
        uint32_t next = 0;
        if (statement->kind == NW_NODE_AUGMENTED_ASSIGN)
            next = definition->statement;
        else if (statement->kind == NW_NODE_EXPRESSION)
            next = statement->a;
        else if (statement->kind == NW_NODE_ANNOTATED_ASSIGN)
            next = statement->c;
        else if (statement->kind == NW_NODE_ASSIGN && nw_ast_list(index->module->ast, statement->a).count == 1 &&
                 nw_ast_list(index->module->ast, statement->a).items[0] == definition->target)
            next = statement->b;
        if (!next)
            next = value_beside(match, def_use, definition);
        if (!next)
            return term;
        nw_node_set_add(index->eval, &match->crossed, number);
        nw_node_set_add(index->eval, &match->reads, term.node);
        term.node = next;
    }
    return term;
}
