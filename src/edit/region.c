/* The region of a guarded rewrite: where its statements stand and which of them stay. */
#include "edit/region.h"

#include "edit/alike.h"
#include "match/context.h"

#include <string.h>

/* The statement of the block that holds a node, counted from 0; the block's size: none. */
uint32_t nw_region_position(const nw_region *r, uint32_t node)
{
    const nw_file_index *index = &r->w->index;
    for (uint32_t at = index->above[node].statement; at; at = index->above[at].parent)
        for (uint32_t i = 0; i < r->block.count; i++)
            if (r->block.items[i] == at)
                return i;
    return r->block.count;
}

bool nw_region_is_crossed(const nw_match *match, uint32_t statement)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    for (uint32_t i = 0; i < match->crossed.count; i++)
        if (def_use->definitions[match->crossed.items[i]].statement == statement)
            return true;
    return false;
}

/* What a test reads is the same at the region's start and at the place where it stands. It is written there with the operand in the place of
 * a value that is alike. */
/* Nothing between binds or writes what a node reads, but for what is put in front. */
static bool is_read_steady(const nw_region *r, uint32_t read, uint32_t from, uint32_t until)
{
    const nw_file_index *index = &r->w->index;
    uint32_t at = from;
    for (uint32_t i = 0; i < r->lifted_count; i++) {
        const nw_node *lifted = nw_file_node(index, r->lifted[i]);
        if (lifted->start < at || lifted->end > until)
            continue;
        if (!nw_read_is_steady(index, read, at, lifted->start))
            return false;
        at = lifted->end;
    }
    return nw_read_is_steady(index, read, at, until);
}

bool nw_region_is_steady(const nw_region *r, const nw_match *match, uint32_t core, uint32_t until)
{
    const nw_file_index *index = &r->w->index;
    uint32_t from = nw_file_node(index, r->block.items[r->first])->start;
    nw_node_range inside = nw_file_range(index, core);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *read = nw_file_node(index, i);
        if (!nw_node_inside(read, nw_file_node(index, core)) || (read->kind != NW_NODE_NAME && read->kind != NW_NODE_ATTRIBUTE) || is_read_steady(r, i, from, until))
            continue;
        uint32_t operand = read->kind == NW_NODE_NAME ? nw_alike_operand(match, i) : 0;
        if (!operand || !nw_test_is_steady(index, operand, from, until))
            return false;
    }
    return true;
}

/* ---- statements that are put in front of the guard ---- */

bool nw_region_is_lifted(const nw_region *r, uint32_t statement)
{
    for (uint32_t i = 0; i < r->lifted_count; i++)
        if (r->lifted[i] == statement)
            return true;
    return false;
}

/* A read of a dtype or of a size that the query, or what else is alike, answers as well in front of the region. */
static bool is_answered_early(const nw_region *r, const nw_match *match, uint32_t name)
{
    const nw_file_index *index = &r->w->index;
    uint32_t operand = index->above[name].function == match->function ? nw_alike_operand(match, name) : 0;
    return operand && nw_test_is_steady(index, operand, nw_file_node(index, r->block.items[r->first])->start, nw_file_node(index, name)->start);
}

/* Whether one statement binds a local name that the other one mentions, reads aside that something else answers. */
static bool binds_name_of(const nw_region *r, const nw_match *match, const nw_node *binder, const nw_node *other)
{
    const nw_file_index *index = &r->w->index;
    const nw_ast *ast = index->module->ast;
    nw_node_range binds = nw_file_range(index, (uint32_t)(binder - ast->nodes)), reads = nw_file_range(index, (uint32_t)(other - ast->nodes));
    for (uint32_t i = binds.first; i <= binds.last; i++) {
        const nw_node *bound = &ast->nodes[i];
        if (bound->kind != NW_NODE_NAME || !nw_node_inside(bound, binder) || !(bound->flags & NW_NAME_BINDS))
            continue;
        for (uint32_t k = reads.first; k <= reads.last; k++)
            if (ast->nodes[k].kind == NW_NODE_NAME && ast->nodes[k].a == bound->a && nw_node_inside(&ast->nodes[k], other) && !is_answered_early(r, match, k))
                return true;
    }
    return false;
}

/* A statement that sets local names and does nothing else, whatever runs before it. */
static bool only_sets_names(const nw_outcome *variant, uint32_t statement)
{
    const nw_file_index *index = variant->match.index;
    const nw_ast *ast = index->module->ast;
    nw_node_range inside = nw_file_range(index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (!nw_node_inside(node, &ast->nodes[statement]))
            continue;
        bool is_target = index->above[i].label && strcmp(index->above[i].label, "target") == 0;
        if (nw_is_statement(node->kind) && node->kind != NW_NODE_ASSIGN && node->kind != NW_NODE_IF && node->kind != NW_NODE_PASS)
            return false;
        if ((is_target && node->kind != NW_NODE_NAME && node->kind != NW_NODE_TUPLE) || node->kind == NW_NODE_NAMED || node->kind == NW_NODE_AWAIT || node->kind == NW_NODE_YIELD ||
            node->kind == NW_NODE_LAMBDA || (node->kind == NW_NODE_CALL && !nw_rewrite_is_harmless_call(&variant->rewrite, i)))
            return false;
    }
    return true;
}

/* Whether what a statement does is not seen by one that is put in front of it: it binds names, and its calls only compute. */
static bool may_run_later(const nw_outcome *variant, uint32_t statement)
{
    const nw_file_index *index = variant->match.index;
    const nw_ast *ast = index->module->ast;
    nw_node_range inside = nw_file_range(index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (!nw_node_inside(node, &ast->nodes[statement]) || nw_file_node(index, index->above[i].statement)->kind == NW_NODE_RAISE)
            continue;
        bool is_target = index->above[i].label && strcmp(index->above[i].label, "target") == 0;
        uint8_t kind = node->kind;
        if (kind == NW_NODE_RETURN || kind == NW_NODE_AWAIT || kind == NW_NODE_YIELD || kind == NW_NODE_DELETE || (is_target && (kind == NW_NODE_ATTRIBUTE || kind == NW_NODE_SUBSCRIPT)))
            return false;
        if (kind == NW_NODE_AUGMENTED_ASSIGN && !nw_rewrite_owns_storage(&variant->rewrite, node->a))
            return false;
        if (kind == NW_NODE_CALL && !nw_node_set_has(&variant->match.calls, i) && !nw_rewrite_is_harmless_call(&variant->rewrite, i))
            return false;
    }
    return true;
}

static bool lift_statement(nw_region *r, const nw_outcome *variant, uint32_t at, int depth)
{
    const nw_file_index *index = &r->w->index;
    uint32_t statement = r->block.items[at];
    if (nw_region_is_lifted(r, statement))
        return true;
    if (!depth || r->lifted_count == NW_MAX_LIFTED || !only_sets_names(variant, statement))
        return false;
    for (uint32_t i = 0; i < r->count; i++)
        if (nw_region_is_crossed(&r->variants[i]->match, statement))
            return false;
    const nw_node *node = nw_file_node(index, statement);
    for (uint32_t i = r->first; i < at; i++) {
        const nw_node *before = nw_file_node(index, r->block.items[i]);
        if (nw_region_is_lifted(r, r->block.items[i]))
            continue;
        bool apart = may_run_later(variant, r->block.items[i]) && !binds_name_of(r, &variant->match, before, node) && !binds_name_of(r, &variant->match, node, before);
        if (!apart && !lift_statement(r, variant, i, depth - 1))
            return false;
    }
    uint32_t place = r->lifted_count++;
    while (place && nw_file_node(index, r->lifted[place - 1])->start > node->start) {
        r->lifted[place] = r->lifted[place - 1];
        place--;
    }
    r->lifted[place] = statement;
    return true;
}

bool nw_region_lift(nw_region *r, const nw_outcome *variant, uint32_t core)
{
    const nw_file_index *index = &r->w->index;
    uint32_t until = nw_file_node(index, core)->start, count = r->lifted_count, before[NW_MAX_LIFTED];
    memcpy(before, r->lifted, sizeof before);
    for (uint32_t i = r->first; i < r->last && nw_file_node(index, r->block.items[i])->start < until; i++) {
        const nw_node *statement = nw_file_node(index, r->block.items[i]);
        bool sets = statement->end <= until && !nw_region_is_lifted(r, r->block.items[i]) && binds_name_of(r, &variant->match, statement, nw_file_node(index, core));
        if (sets && !lift_statement(r, variant, i, 3))
            break;
    }
    if (nw_region_is_steady(r, &variant->match, core, until))
        return true;
    memcpy(r->lifted, before, sizeof before);
    r->lifted_count = count;
    return false;
}

bool nw_region_set_extent(nw_region *r)
{
    const nw_file_index *index = &r->w->index;
    uint32_t root = index->above[r->variants[0]->rewrite.roots[0].node].statement;
    uint8_t kind = nw_file_node(index, root)->kind;
    r->block = nw_block_of(index, root);
    r->last = r->first = nw_region_position(r, root);
    if (r->last == r->block.count || (kind != NW_NODE_ASSIGN && kind != NW_NODE_RETURN) || !nw_rewrite_is_straight(&r->variants[0]->rewrite, r->variants[0]->rewrite.roots[0].node, root))
        return false;
    const nw_def_use *def_use = nw_file_def_use((nw_file_index *)index, r->w->function);
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < r->variants[i]->match.crossed.count; k++) {
            uint32_t at = nw_region_position(r, def_use->definitions[r->variants[i]->match.crossed.items[k]].statement);
            if (at >= r->last)
                return false;
            r->first = at < r->first ? at : r->first;
        }
    return r->first < r->last || r->variants[0]->test_count;
}

/* The variant that holds when the first `decided` splits have these values; UINT32_MAX: none, or not yet one. */
bool nw_region_fits(const nw_region *r, uint32_t variant, const nw_literal_set *decided)
{
    for (uint32_t i = 0; i < decided->count; i++) {
        const nw_literal *need = nw_literal_find(&r->w->index, &r->needs[variant], decided->items[i]);
        if (need && need->value != decided->items[i].value)
            return false;
    }
    return true;
}

/* ---- the statements that stay ---- */

/* `if scores.size() != (b, n): raise`, `assert scores.shape == ...`: what it looks at is as the sizes of the operands are. A limit
 * (`scores.size(-1) > 77`) is none: programs go on after it. */
bool nw_region_is_size_check(const nw_region *r, uint32_t statement)
{
    const nw_ast *ast = r->w->index.module->ast;
    const nw_node *node = &ast->nodes[statement];
    nw_list body = node->kind == NW_NODE_IF ? nw_ast_list(ast, node->b) : (nw_list){0};
    bool raises = node->kind == NW_NODE_IF && body.count == 1 && ast->nodes[body.items[0]].kind == NW_NODE_RAISE && nw_ast_list(ast, node->c).count == 0;
    const nw_node *test = raises || node->kind == NW_NODE_ASSERT ? &ast->nodes[node->a] : NULL;
    nw_list compared = test && test->kind == NW_NODE_COMPARE ? nw_ast_list(ast, test->b) : (nw_list){0};
    return compared.count == 2 && strcmp(nw_operator_text((nw_operator)compared.items[0]), raises ? "!=" : "==") == 0;
}

/* `weights = softmax(scores)` that nothing reads, and whose calls do nothing but compute. */
bool nw_region_is_idle(const nw_region *r, const nw_outcome *variant, uint32_t statement)
{
    const nw_file_index *index = &r->w->index;
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[statement];
    nw_list targets = node->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, node->a) : (nw_list){0};
    if (targets.count != 1 || ast->nodes[targets.items[0]].kind != NW_NODE_NAME)
        return false;
    const nw_def_use *def_use = nw_file_def_use((nw_file_index *)index, r->w->function);
    uint32_t number = nw_def_use_at(def_use, targets.items[0]);
    if (!number || def_use->definitions[number].use_count || def_use->captured[def_use->definitions[number].slot])
        return false;
    nw_node_range inside = nw_file_range(index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++)
        if (nw_node_inside(&ast->nodes[i], node) &&
            (ast->nodes[i].kind == NW_NODE_NAMED || ast->nodes[i].kind == NW_NODE_AWAIT || ast->nodes[i].kind == NW_NODE_YIELD ||
             (ast->nodes[i].kind == NW_NODE_CALL && !nw_rewrite_is_harmless_call(&variant->rewrite, i))))
            return false;
    return true;
}

bool nw_region_reads_dropped(nw_region *r, nw_outcome *variant, uint32_t statement)
{
    const nw_def_use *def_use = nw_file_def_use(&r->w->index, r->w->function);
    for (uint32_t i = 0; i < variant->match.crossed.count; i++) {
        const nw_definition *definition = &def_use->definitions[variant->match.crossed.items[i]];
        for (uint32_t k = 0; k < definition->use_count; k++)
            if (nw_node_inside(nw_file_node(&r->w->index, definition->uses[k]), nw_file_node(&r->w->index, statement)) &&
                !(nw_reads_kind_only(&r->w->index, definition->uses[k]) && nw_alike_operand(&variant->match, definition->uses[k])))
                return true;
    }
    return false;
}

/* Whether a statement that a match no longer needs stands in a block. */
static bool holds_crossed(const nw_match *match, const nw_node *block)
{
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    for (uint32_t i = 0; i < match->crossed.count; i++)
        if (nw_node_inside(nw_file_node(match->index, def_use->definitions[match->crossed.items[i]].statement), block))
            return true;
    return false;
}

/* Every statement of the region that a variant leaves in place, in order. Of a `with` that changes nothing under the guard they stand alone. */
bool nw_region_visit_kept(nw_region *r, nw_outcome *variant, const nw_literal_set *known, nw_list block, uint32_t from, uint32_t to, nw_region_visitor *visitor, void *data)
{
    const nw_file_index *index = &r->w->index;
    for (uint32_t i = from; i < to; i++) {
        uint32_t statement = block.items[i];
        const nw_node *node = nw_file_node(index, statement);
        if (nw_region_is_crossed(&variant->match, statement) || nw_region_is_lifted(r, statement))
            continue;
        bool taken;
        if (node->kind == NW_NODE_IF && nw_test_is_plain(index, node->a) && nw_test_value(index, known, node->a, &taken)) {
            nw_list arm = nw_ast_list(index->module->ast, taken ? node->b : node->c);
            if (!nw_region_visit_kept(r, variant, known, arm, 0, arm.count, visitor, data))
                return false;
        } else if (node->kind == NW_NODE_WITH && holds_crossed(&variant->match, node) && nw_context_is_open(&variant->match, statement)) {
            nw_list body = nw_ast_list(index->module->ast, node->b);
            if (!nw_region_visit_kept(r, variant, known, body, 0, body.count, visitor, data))
                return false;
        } else if (!visitor(r, variant, statement, data)) {
            return false;
        }
    }
    return true;
}
