/* The text of a region: the guard, for every way through the arms the statements that stay and the new one, and the old code under `else`. */
#include "edit/region.h"

#include "edit/alike.h"
#include "edit/long_line.h"
#include "edit/merge_call.h"
#include "match/callee.h"
#include "match/predicate.h"

#include <string.h>

/* ---- one way through the arms ---- */

/* What a way through the arms leaves: statements that stay, then the new one. */
typedef struct leaf {
    nw_buffer kept, line;
    uint32_t call; /* where the new code starts in the line */
} leaf;

static void leaf_init(leaf *made)
{
    nw_buffer_init(&made->kept);
    nw_buffer_init(&made->line);
    made->call = 0;
}

static void leaf_release(leaf *made)
{
    nw_buffer_release(&made->kept);
    nw_buffer_release(&made->line);
}

static bool same_text(const nw_buffer *a, const nw_buffer *b)
{
    return nw_text_same((nw_text){a->bytes, (uint32_t)a->size}, (nw_text){b->bytes, (uint32_t)b->size});
}

/* A statement of one line or more, with its continuation lines as far in as before. */
static bool put_statement(nw_region *r, nw_outcome *variant, uint32_t statement, void *data)
{
    nw_statement_writer *to = data;
    const nw_source *source = &r->w->index.module->source;
    const nw_node *node = nw_file_node(&r->w->index, statement);
    if ((nw_region_is_size_check(r, statement) || nw_region_is_idle(r, variant, statement)) && nw_region_reads_dropped(r, variant, statement))
        return true;
    uint32_t column = 0;
    while (node->start > column && source->bytes[node->start - column - 1] != '\n')
        column++;
    nw_put_indent(to->out, to->indent, to->indent_size, to->depth);
    nw_buffer text;
    nw_buffer_init(&text);
    nw_alike_put(&variant->match, node->start, node->end, &text);
    for (uint32_t i = 0; i < text.size; i++) {
        nw_buffer_byte(to->out, text.bytes[i]);
        if (text.bytes[i] != '\n')
            continue;
        uint32_t blank = 0;
        while (blank < column && i + 1 < text.size && (text.bytes[i + 1] == ' ' || text.bytes[i + 1] == '\t')) {
            blank++;
            i++;
        }
        nw_put_indent(to->out, to->indent, to->indent_size, to->depth);
    }
    nw_buffer_release(&text);
    nw_buffer_text(to->out, to->line_end);
    return true;
}

/* The new code; the part whose absence a test makes sure of is not there. */
static bool put_call(const nw_region *r, nw_outcome *variant, nw_buffer *out)
{
    nw_match *match = &variant->match;
    nw_binding *tested[NW_MAX_TESTS * 2];
    uint32_t count = 0;
    for (uint32_t i = 0; i < variant->test_count; i++) {
        const nw_condition *condition = variant->tests[i];
        for (uint32_t k = 0; k < condition->argument_count && condition->predicate == NW_PREDICATE_UNBOUND; k++) {
            nw_binding *binding = nw_binding_of_argument(match, condition->arguments[k]);
            if (!binding || !binding->is_bound || count == NW_MAX_TESTS * 2)
                continue;
            binding->is_bound = false;
            tested[count++] = binding;
        }
    }
    bool good = nw_rewrite_template(&variant->rewrite, &variant->form->forward.right[0].value, r->w->function, out);
    while (count)
        tested[--count]->is_bound = true;
    return good;
}

/* What stands behind the new code in its statement, with None for a result that is not asked for. */
static void put_rest(const nw_region *r, uint32_t from, uint32_t end, nw_buffer *out)
{
    const nw_ast *ast = r->w->index.module->ast;
    const char *bytes = r->w->index.module->source.bytes;
    bool is_return = ast->nodes[r->block.items[r->last]].kind == NW_NODE_RETURN;
    nw_node_range inside = nw_file_range(&r->w->index, r->block.items[r->last]);
    for (uint32_t i = inside.first; i <= inside.last && r->returned.function && is_return; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->a != r->returned.name || node->start < from || node->end > end)
            continue;
        nw_buffer_add(out, bytes + from, node->start - from);
        nw_buffer_text(out, "None");
        from = node->end;
    }
    nw_buffer_add(out, bytes + from, end - from);
}

static bool make_leaf(nw_region *r, uint32_t at, const nw_statement_writer *to, leaf *made)
{
    nw_outcome *variant = r->variants[at];
    const nw_source *source = &r->w->index.module->source;
    const nw_node *statement = nw_file_node(&r->w->index, r->block.items[r->last]), *root = nw_file_node(&r->w->index, variant->rewrite.roots[0].node);
    nw_statement_writer inner = *to;
    inner.out = &made->kept;
    if (!nw_region_visit_kept(r, variant, &r->needs[at], r->block, r->first, r->last, put_statement, &inner))
        return false;
    nw_buffer_add(&made->line, source->bytes + statement->start, root->start - statement->start);
    nw_text_join_lines(&made->line);
    made->call = (uint32_t)made->line.size;
    if (!put_call(r, variant, &made->line))
        return false;
    put_rest(r, root->end, statement->end, &made->line);
    nw_text_join_lines(&made->line);
    return true;
}

static void put_leaf(const nw_region *r, leaf *made, nw_statement_writer *to)
{
    nw_buffer_add(to->out, made->kept.bytes, made->kept.size);
    nw_buffer_byte(&made->line, 0);
    made->line.size--;
    nw_put_line(&made->line, made->call, to);
    if (r->returned.function && nw_file_node(&r->w->index, r->block.items[r->last])->kind != NW_NODE_RETURN) {
        nw_put_indent(to->out, to->indent, to->indent_size, to->depth);
        nw_buffer_format(to->out, "%s = None%s", nw_symbol_bytes(r->w->index.eval->symbols, (nw_symbol){r->returned.name}), to->line_end);
    }
}

/* ---- tests ---- */

static const nw_outcome *variant_asking(const nw_region *r, nw_literal literal)
{
    for (uint32_t i = 0; i < r->count; i++)
        if (nw_literal_find(&r->w->index, &r->needs[i], literal))
            return r->variants[i];
    return r->variants[0];
}

static void put_literal(const nw_region *r, nw_literal literal, bool alone, nw_buffer *out)
{
    const nw_node *core = nw_file_node(&r->w->index, literal.core);
    bool is_atom = core->kind == NW_NODE_NAME || core->kind == NW_NODE_ATTRIBUTE || core->kind == NW_NODE_CALL;
    bool wrap = literal.kind == NW_ASKS_TRUTH && !is_atom && (!literal.value || (!alone && core->kind == NW_NODE_OR));
    if (literal.kind == NW_ASKS_TRUTH && !literal.value)
        nw_buffer_text(out, "not ");
    nw_buffer_text(out, wrap ? "(" : "");
    nw_alike_put(&variant_asking(r, literal)->match, core->start, core->end, out);
    nw_buffer_text(out, wrap ? ")" : "");
    if (literal.kind == NW_ASKS_NONE)
        nw_buffer_text(out, literal.value ? " is None" : " is not None");
}

/* The tests that all variants need, then those that the rule itself asks. */
static void put_guard(const nw_region *r, const nw_buffer *asked, nw_buffer *out)
{
    if (r->returned.function)
        nw_buffer_format(out, "not %s", nw_returned_parameter);
    for (uint32_t i = 0; i < r->guard.count; i++) {
        nw_buffer_text(out, out->size ? " and " : "");
        put_literal(r, r->guard.items[i], r->guard.count == 1 && !r->returned.function && !asked->size, out);
    }
    nw_buffer_text(out, out->size && asked->size ? " and " : "");
    nw_buffer_add(out, asked->bytes, asked->size);
}

static bool has_text(const nw_buffer *buffer, const nw_buffer *part)
{
    for (size_t i = 0; i + part->size <= buffer->size; i++)
        if (memcmp(buffer->bytes + i, part->bytes, part->size) == 0)
            return true;
    return false;
}

/* What the rule itself asks for all variants, each test once, joined by `and`. */
static bool write_tests(nw_region *r, nw_buffer *asked)
{
    bool good = true;
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < r->variants[i]->test_count && good; k++) {
            nw_buffer text;
            nw_buffer_init(&text);
            good = nw_rewrite_template(&r->variants[i]->rewrite, &r->variants[i]->tests[k]->guard, r->w->function, &text);
            if (good && !has_text(asked, &text)) {
                bool wrap = nw_find_word(text.bytes, (uint32_t)text.size, 0, " or ") < text.size;
                nw_buffer_text(asked, asked->size ? " and " : "");
                nw_buffer_text(asked, wrap ? "(" : "");
                nw_buffer_add(asked, text.bytes, text.size);
                nw_buffer_text(asked, wrap ? ")" : "");
            }
            nw_buffer_release(&text);
        }
    return good;
}

/* ---- all ways ---- */

static bool defaults_to_none(void *data, const char *name, uint32_t size)
{
    const nw_region *r = data;
    const nw_template *template = &r->variants[0]->form->forward.right[0].value;
    nw_eval *eval = r->w->index.eval;
    for (uint32_t i = 0; i < template->count; i++)
        if (template->pieces[i].kind == NW_PIECE_NAME)
            return nw_defaults_to_none(eval, nw_symbol_bytes(eval->symbols, template->pieces[i].name), nw_symbol_intern(eval->symbols, name, size));
    return false;
}

/* Both ways of a test in one statement, where they differ in arguments only and the test means the same there. */
static bool merge_leaves(nw_region *r, nw_literal split, leaf *sides[2], leaf *made)
{
    const nw_node *last = nw_file_node(&r->w->index, r->block.items[r->last]);
    bool swap = split.kind == NW_ASKS_NONE; /* `x is not None` reads better */
    if (!same_text(&sides[0]->kept, &sides[1]->kept) || sides[0]->call != sides[1]->call)
        return false;
    nw_buffer_add(&made->kept, sides[0]->kept.bytes, sides[0]->kept.size);
    made->call = sides[0]->call;
    if (same_text(&sides[0]->line, &sides[1]->line)) {
        nw_buffer_add(&made->line, sides[0]->line.bytes, sides[0]->line.size);
        return true;
    }
    if (!nw_region_is_steady(r, &variant_asking(r, split)->match, split.core, last->start))
        return false;
    nw_buffer test;
    nw_buffer_init(&test);
    split.value = !swap;
    put_literal(r, split, true, &test);
    nw_buffer_byte(&test, 0);
    nw_call_pair pair = {&sides[swap]->line, &sides[!swap]->line, made->call, test.bytes, defaults_to_none, r};
    bool good = nw_calls_merge(&pair, &made->line);
    nw_buffer_release(&test);
    return good;
}

/* The statements for all variants that the decided tests leave, if they can be one list. */
static bool find_leaf(nw_region *r, nw_literal_set decided, const nw_statement_writer *to, leaf *made)
{
    if (decided.count == r->splits.count) {
        for (uint32_t i = 0; i < r->count; i++)
            if (nw_region_fits(r, i, &decided))
                return make_leaf(r, i, to, made);
        return false;
    }
    leaf sides[2];
    nw_literal split = r->splits.items[decided.count];
    bool good = true;
    for (int side = 0; side < 2; side++) {
        nw_literal_set more = decided;
        leaf_init(&sides[side]);
        split.value = side == 0;
        more.items[more.count++] = split;
        good = good && find_leaf(r, more, to, &sides[side]);
    }
    good = good && merge_leaves(r, split, (leaf *[2]){&sides[0], &sides[1]}, made);
    leaf_release(&sides[0]);
    leaf_release(&sides[1]);
    return good;
}

/* The new code, with a test for each split that cannot be put into the call. */
static bool put_tree(nw_region *r, nw_literal_set decided, nw_statement_writer to)
{
    leaf made;
    leaf_init(&made);
    bool is_leaf = find_leaf(r, decided, &to, &made), good = is_leaf || decided.count < r->splits.count;
    if (is_leaf)
        put_leaf(r, &made, &to);
    leaf_release(&made);
    for (int side = 0; side < 2 && good && !is_leaf; side++) {
        nw_literal split = r->splits.items[decided.count];
        nw_literal_set more = decided;
        nw_statement_writer deeper = to;
        split.value = side == 0;
        more.items[more.count++] = split;
        nw_put_indent(to.out, to.indent, to.indent_size, to.depth);
        nw_buffer_text(to.out, side ? "else" : "if ");
        if (side == 0)
            put_literal(r, split, true, to.out);
        nw_buffer_text(to.out, ":");
        nw_buffer_text(to.out, to.line_end);
        deeper.depth++;
        good = put_tree(r, more, deeper);
    }
    return good;
}

/* The lines of a statement, with the comments right above it. False: something else stands on them. */
static bool lines_of(const nw_source *source, const nw_node *statement, uint32_t *from, uint32_t *to)
{
    uint32_t start = nw_source_line_start(source, statement->start), end = statement->end;
    if (strspn(source->bytes + start, " \t") < statement->start - start)
        return false;
    while (end < source->size && strchr(" \t\r", source->bytes[end]))
        end++;
    if (end < source->size && source->bytes[end] == '#')
        while (end < source->size && source->bytes[end] != '\n')
            end++;
    if (end < source->size && source->bytes[end++] != '\n')
        return false;
    while (start > 0) {
        uint32_t above = nw_source_line_start(source, start - 1);
        if (source->bytes[above + strspn(source->bytes + above, " \t")] != '#')
            break;
        start = above;
    }
    *from = start;
    *to = end;
    return true;
}

/* Whether a statement reads what only matched code computes, and nothing else answers it. */
static bool reads_matched(nw_region *r, uint32_t statement)
{
    nw_file_index *index = &r->w->index;
    const nw_match *match = &r->variants[0]->match;
    const nw_def_use *def_use = nw_file_def_use(index, match->function);
    nw_node_range inside = nw_file_range(index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        bool is_name = nw_file_node(index, i)->kind == NW_NODE_NAME && nw_node_inside(nw_file_node(index, i), nw_file_node(index, statement));
        for (uint32_t k = 0; is_name && k < match->crossed.count; k++) {
            const nw_definition *definition = &def_use->definitions[match->crossed.items[k]];
            for (uint32_t u = 0; u < definition->use_count; u++)
                if (definition->uses[u] == i && !nw_alike_operand(match, i))
                    return true;
        }
    }
    return false;
}

/* The statements that are put in front of the guard, as they are, but that what is alike answers for matched values. */
static bool put_lifted(nw_region *r, nw_buffer *out)
{
    const nw_source *source = &r->w->index.module->source;
    for (uint32_t i = 0; i < r->lifted_count; i++) {
        uint32_t from, to;
        if (!lines_of(source, nw_file_node(&r->w->index, r->lifted[i]), &from, &to))
            return false;
        if (reads_matched(r, r->lifted[i]))
            return false;
        nw_alike_put(&r->variants[0]->match, from, to, out);
    }
    return true;
}

/* The place behind a lifted statement whose lines start here; 0: none does. */
static uint32_t end_of_lifted(const nw_region *r, uint32_t at)
{
    const nw_source *source = &r->w->index.module->source;
    uint32_t from, to;
    for (uint32_t i = 0; i < r->lifted_count; i++)
        if (lines_of(source, nw_file_node(&r->w->index, r->lifted[i]), &from, &to) && from == at) {
            bool is_alone = at > 1 && source->bytes[at - 2] == '\n' && to < source->size && source->bytes[to] == '\n';
            return to + is_alone; /* one of the empty lines around it */
        }
    return 0;
}

/* The old code, one step further in, without what was put in front. */
static bool put_old(nw_region *r, uint32_t start, uint32_t end, nw_statement_writer *to)
{
    const nw_source *source = &r->w->index.module->source;
    for (uint32_t i = start; i + 2 < end; i++) { /* a text over several lines would change with its lines */
        const char *at = source->bytes + i;
        if (memcmp(at, "\"\"\"", 3) == 0 || memcmp(at, "'''", 3) == 0 || memcmp(at, "\\\n", 2) == 0 || memcmp(at, "\\\r", 2) == 0)
            return false;
    }
    bool starts_line = true;
    for (uint32_t i = start; i < end; i++) {
        uint32_t behind = starts_line ? end_of_lifted(r, i) : 0;
        if (behind) {
            i = behind - 1;
            continue;
        }
        bool blank = source->bytes[i] == '\n' || source->bytes[i] == '\r';
        if (starts_line && !blank)
            nw_buffer_text(to->out, to->indent_size && to->indent[0] == '\t' ? "\t" : "    ");
        nw_buffer_byte(to->out, source->bytes[i]);
        starts_line = source->bytes[i] == '\n';
    }
    return true;
}

/* Whether two variants that only this test tells apart keep different statements: then it has to be an `if`. */
static bool is_structural(nw_region *r, nw_literal split)
{
    const nw_file_index *index = &r->w->index;
    for (uint32_t i = 0; i < r->count; i++)
        for (uint32_t k = 0; k < i; k++) {
            const nw_literal *a = nw_literal_find(index, &r->needs[i], split), *b = nw_literal_find(index, &r->needs[k], split);
            bool alone = a && b && a->value != b->value;
            for (uint32_t m = 0; m < r->splits.count && alone; m++) {
                const nw_literal *c = nw_literal_find(index, &r->needs[i], r->splits.items[m]), *d = nw_literal_find(index, &r->needs[k], r->splits.items[m]);
                alone = nw_literal_about_same(index, split, r->splits.items[m]) || !c || !d || c->value == d->value;
            }
            if (!alone)
                continue;
            leaf sides[2];
            nw_statement_writer to = {.line_end = "\n", .indent = ""};
            leaf_init(&sides[0]);
            leaf_init(&sides[1]);
            bool differ = !make_leaf(r, i, &to, &sides[0]) || !make_leaf(r, k, &to, &sides[1]) || !same_text(&sides[0].kept, &sides[1].kept);
            leaf_release(&sides[0]);
            leaf_release(&sides[1]);
            if (differ)
                return true;
        }
    return false;
}

static void order_splits(nw_region *r)
{
    nw_literal_set ordered = {0};
    for (int structural = 1; structural >= 0; structural--)
        for (uint32_t i = 0; i < r->splits.count; i++)
            if (is_structural(r, r->splits.items[i]) == (structural == 1))
                ordered.items[ordered.count++] = r->splits.items[i];
    r->splits = ordered;
}

bool nw_region_write(nw_region *r, nw_outcome *out)
{
    const nw_file_index *index = &r->w->index;
    const nw_source *source = &index->module->source;
    uint32_t start = nw_file_node(index, r->block.items[r->first])->start, end = nw_file_node(index, r->block.items[r->last])->end, line = nw_source_line_start(source, start);
    if (strspn(source->bytes + line, " \t") < start - line)
        return false; /* something else stands on that line */
    nw_buffer text, guard, asked;
    nw_buffer_init(&asked);
    bool good = write_tests(r, &asked), has_guard = r->guard.count || r->returned.function || asked.size;
    order_splits(r);
    nw_buffer_init(&text);
    nw_buffer_init(&guard);
    nw_statement_writer to = {&text, source->bytes + line, source->is_crlf ? "\r\n" : "\n", start - line, has_guard};
    put_guard(r, &asked, &guard);
    good = good && put_lifted(r, &text);
    if (has_guard) {
        nw_put_indent(&text, to.indent, to.indent_size, 0);
        nw_buffer_format(&text, "if %.*s:%s", (int)guard.size, guard.bytes, to.line_end);
    }
    good = good && put_tree(r, (nw_literal_set){0}, to);
    if (good && has_guard) {
        nw_put_indent(&text, to.indent, to.indent_size, 0);
        nw_buffer_format(&text, "else:%s", to.line_end);
        good = put_old(r, line, end, &to);
    } else if (good) {
        text.size -= (uint32_t)strlen(to.line_end);
        out->rewrite.loses_comment |= nw_rewrite_has_comment(&out->rewrite, start, end);
    }
    out->rewrite.first = start;
    out->rewrite.end = end;
    for (uint32_t i = 0; i < r->count && good; i++) /* the imports that templates asked for */
        for (uint32_t k = 0; k < r->variants[i]->rewrite.edit_count && good; k++) {
            const nw_finding_edit *edit = &r->variants[i]->rewrite.edits[k];
            good = nw_rewrite_add(&out->rewrite, edit->start, edit->end, edit->text, edit->size);
        }
    good = good && nw_rewrite_add(&out->rewrite, line, end, text.bytes, text.size) &&
           (!r->returned.function || nw_returned_write(r->w, &r->returned, &out->rewrite));
    nw_buffer_byte(&guard, 0);
    out->guard = has_guard ? nw_arena_copy(&index->eval->arena, guard.bytes, guard.size) : NULL;
    nw_buffer_release(&text);
    nw_buffer_release(&guard);
    nw_buffer_release(&asked);
    return good;
}
