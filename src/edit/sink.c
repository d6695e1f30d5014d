/* Statements that sink into the arms of an `if`: phase 1 of the paper's moves.
 *
 *     h = self.conv(h)                 if self.use_norm:
 *     if self.use_norm:                    h = self.conv_batchnorm(h)
 *         h = self.norm(h)             else:
 *                                          h = self.conv(h)
 *
 * The matched arm computes the value as part of the new code; every other arm gets a copy of the statement, an `else` that is not there yet
 * included. Its module is then made where the new one is not. */
#include "edit/rewrite.h"

#include "match/predicate.h"

#include <string.h>

enum { MAX_ARMS = 12 };

/* The arms of an if, elif, else. */
typedef struct arms {
    uint32_t owners[MAX_ARMS]; /* IF node of each */
    nw_list bodies[MAX_ARMS];
    uint32_t count;
    uint32_t last;      /* the last IF of the chain */
    bool has_else;
    bool overflow;
} arms;

static const nw_node *node_of(const nw_rewrite *rewrite, uint32_t id)
{
    return nw_file_node(rewrite->match->index, id);
}

static const nw_source *source_of(const nw_rewrite *rewrite)
{
    return &rewrite->match->index->module->source;
}

static const char *text_of(const nw_rewrite *rewrite, uint32_t id)
{
    const nw_node *node = node_of(rewrite, id);
    char *copy = nw_arena_zero(&rewrite->match->index->eval->arena, node->end - node->start + 1);
    memcpy(copy, source_of(rewrite)->bytes + node->start, node->end - node->start);
    return copy;
}

static bool same_words(const nw_rewrite *rewrite, uint32_t a, uint32_t b)
{
    return strcmp(text_of(rewrite, a), text_of(rewrite, b)) == 0;
}

static void add_arm(arms *all, uint32_t owner, nw_list body)
{
    all->overflow |= all->count == MAX_ARMS;
    if (all->count == MAX_ARMS)
        return;
    all->owners[all->count] = owner;
    all->bodies[all->count++] = body;
}

static arms arms_of(const nw_rewrite *rewrite, uint32_t top)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    arms all = {.count = 0};
    for (uint32_t at = top; at;) {
        nw_list otherwise = nw_ast_list(ast, ast->nodes[at].c);
        add_arm(&all, at, nw_ast_list(ast, ast->nodes[at].b));
        all.last = at;
        uint32_t next = otherwise.count == 1 && ast->nodes[otherwise.items[0]].kind == NW_NODE_IF ? otherwise.items[0] : 0;
        bool is_elif = next && strncmp(source_of(rewrite)->bytes + ast->nodes[next].start, "elif", 4) == 0;
        all.has_else = otherwise.count && !is_elif;
        if (all.has_else)
            add_arm(&all, at, otherwise);
        at = is_elif ? next : 0;
    }
    return all;
}

static bool holds(const nw_rewrite *rewrite, nw_list body, uint32_t node)
{
    for (uint32_t i = 0; i < body.count; i++)
        if (nw_node_inside(node_of(rewrite, node), node_of(rewrite, body.items[i])))
            return true;
    return false;
}

static uint32_t root_statement(const nw_rewrite *rewrite)
{
    return rewrite->match->index->above[rewrite->roots[0].node].statement;
}

/* ---- whether it may sink ---- */

/* The `if` beside the statement in one of whose arms the root stands; 0: it stands elsewhere. */
static uint32_t if_around_root(const nw_rewrite *rewrite, uint32_t statement)
{
    const nw_file_index *index = rewrite->match->index;
    uint32_t at = root_statement(rewrite);
    while (at && !nw_file_same_block(index, statement, at)) {
        at = index->above[at].parent;
        if (node_of(rewrite, at)->kind != NW_NODE_IF)
            return 0;
    }
    return at;
}

/* Pure operators, random numbers, layers without buffers. */
static bool may_run_in_one_arm(const nw_rewrite *rewrite, uint32_t statement)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_ast *ast = index->module->ast;
    nw_node_range inside = nw_file_range(index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *part = &ast->nodes[i];
        if (!nw_node_inside(part, node_of(rewrite, statement)))
            continue;
        if (part->kind == NW_NODE_LAMBDA || part->kind == NW_NODE_AWAIT || part->kind == NW_NODE_YIELD || part->kind == NW_NODE_NAMED)
            return false;
        if (part->kind != NW_NODE_CALL || nw_rewrite_is_harmless_call(rewrite, i))
            continue;
        uint32_t number = nw_file_fact(index, part->start, part->end, rewrite->match->activation);
        const nw_fact *fact = number ? &index->eval->facts[number] : NULL;
        const char *effects = fact && fact->row ? nw_symbol_bytes(index->eval->symbols, fact->row->effects) : "unknown";
        bool known = fact && (fact->kind == NW_FACT_LAYER || fact->kind == NW_FACT_OPERATOR);
        if (!known || (*effects && strcmp(effects, "pure") != 0 && strcmp(effects, "rng") != 0))
            return false;
    }
    return true;
}

/* The root gives the name another value, so that what comes behind the `if` does not see the old one. */
static bool rebinds_name(const nw_rewrite *rewrite, uint32_t slot)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    const nw_node *statement = node_of(rewrite, root_statement(rewrite));
    nw_list targets = statement->kind == NW_NODE_ASSIGN ? nw_ast_list(ast, statement->a) : (nw_list){0};
    const nw_node *target = targets.count == 1 ? &ast->nodes[targets.items[0]] : NULL;
    return target && nw_ast_is_local(target) && target->c == slot;
}

/* Reads of the value in other arms and behind the `if` see the copies; all others must be part of the match. */
static bool uses_allow(nw_rewrite *rewrite, const nw_def_use *def_use, const nw_definition *definition, const arms *all)
{
    const nw_node *top = node_of(rewrite, all->owners[0]);
    bool allowed = !def_use->captured[definition->slot];
    for (uint32_t i = 0; i < definition->use_count && allowed; i++) {
        uint32_t use = definition->uses[i];
        if (nw_node_set_has(&rewrite->match->reads, use))
            continue;
        if (node_of(rewrite, use)->start >= top->end) {
            allowed = rebinds_name(rewrite, definition->slot);
            continue;
        }
        bool in_other_arm = false;
        for (uint32_t k = 0; k < all->count; k++)
            in_other_arm |= holds(rewrite, all->bodies[k], use) && !holds(rewrite, all->bodies[k], rewrite->roots[0].node);
        allowed = in_other_arm;
    }
    return allowed || nw_rewrite_refuse_use(rewrite, definition->target);
}

static bool tests_are_plain(const nw_rewrite *rewrite, const arms *all)
{
    for (uint32_t i = 0; i < all->count; i++)
        if (!nw_test_is_plain(rewrite->match->index, node_of(rewrite, all->owners[i])->a))
            return false;
    return true;
}

bool nw_rewrite_sink(nw_rewrite *rewrite, const nw_def_use *def_use, const nw_definition *definition)
{
    const nw_match *match = rewrite->match;
    const nw_node *statement = node_of(rewrite, definition->statement);
    uint32_t top = if_around_root(rewrite, definition->statement);
    bool plain = statement->kind == NW_NODE_ASSIGN && nw_rewrite_is_straight(rewrite, rewrite->roots[0].node, root_statement(rewrite));
    if (!top || !plain || match->form->root_count != 1 || (rewrite->sunk_under && rewrite->sunk_under != top) || statement->start > node_of(rewrite, top)->start)
        return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_BLOCK, "");
    arms all = arms_of(rewrite, top);
    if (all.overflow || !tests_are_plain(rewrite, &all))
        return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_BLOCK, "");
    if (!uses_allow(rewrite, def_use, definition, &all))
        return false;
    if (!may_run_in_one_arm(rewrite, definition->statement))
        return nw_rewrite_refuse(rewrite, NW_DIAG_CANNOT_MOVE, text_of(rewrite, statement->b));
    rewrite->sunk_under = top;
    nw_node_set_add(match->index->eval, &rewrite->sunk, definition->statement);
    return true;
}

/* ---- copies ---- */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f';
}

/* The white space in front of a statement that stands first on its line; false: it shares the line. */
static bool indent_of(const nw_rewrite *rewrite, uint32_t statement, nw_text *indent)
{
    const nw_source *source = source_of(rewrite);
    uint32_t end = node_of(rewrite, statement)->start, start = end;
    while (start > 0 && is_blank(source->bytes[start - 1]))
        start--;
    *indent = (nw_text){source->bytes + start, end - start};
    return start == 0 || source->bytes[start - 1] == '\n' || source->bytes[start - 1] == '\r';
}

/* A string over several lines cannot be indented anew. */
static bool has_long_string(const nw_rewrite *rewrite, uint32_t statement)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_node_range inside = nw_file_range(rewrite->match->index, statement);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *part = &ast->nodes[i];
        bool is_string = part->kind == NW_NODE_STRING || part->kind == NW_NODE_BYTES || part->kind == NW_NODE_JOINED_STRING;
        if (is_string && nw_node_inside(part, node_of(rewrite, statement)) && memchr(source_of(rewrite)->bytes + part->start, '\n', part->end - part->start))
            return true;
    }
    return false;
}

/* The end of the statement with the comment behind it. */
static uint32_t end_with_comment(const nw_rewrite *rewrite, uint32_t statement)
{
    const nw_source *source = source_of(rewrite);
    uint32_t end = node_of(rewrite, statement)->end, at = end;
    while (at < source->size && is_blank(source->bytes[at]))
        at++;
    if (at == source->size || source->bytes[at] != '#')
        return end;
    while (at < source->size && source->bytes[at] != '\n' && source->bytes[at] != '\r')
        at++;
    return at;
}

/* The text of a statement with another indentation. */
static bool put_indented(nw_rewrite *rewrite, uint32_t statement, uint32_t end, nw_text indent, nw_buffer *out)
{
    const nw_source *source = source_of(rewrite);
    nw_text old;
    if (!indent_of(rewrite, statement, &old) || has_long_string(rewrite, statement))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a statement that moves cannot be indented anew");
    for (uint32_t at = node_of(rewrite, statement)->start; at < end; at++) {
        nw_buffer_byte(out, source->bytes[at]);
        if (source->bytes[at] != '\n' || at + 1 + old.size > end || memcmp(source->bytes + at + 1, old.bytes, old.size) != 0)
            continue;
        nw_buffer_add(out, indent.bytes, indent.size);
        at += old.size;
    }
    return true;
}

static const char *line_end(const nw_rewrite *rewrite)
{
    return source_of(rewrite)->is_crlf ? "\r\n" : "\n";
}

/* The statements that sank, in their order, each in front of a line with this indentation (`before`) or behind one. */
static bool put_copies(nw_rewrite *rewrite, nw_text indent, bool before, nw_buffer *out)
{
    uint32_t done = 0;
    for (uint32_t i = 0; i < rewrite->sunk.count; i++) {
        uint32_t next = 0;
        for (uint32_t k = 0; k < rewrite->sunk.count; k++) {
            uint32_t start = node_of(rewrite, rewrite->sunk.items[k])->start;
            if (start >= done && (!next || start < node_of(rewrite, next)->start))
                next = rewrite->sunk.items[k];
        }
        done = node_of(rewrite, next)->end;
        if (!before) {
            nw_buffer_text(out, line_end(rewrite));
            nw_buffer_add(out, indent.bytes, indent.size);
        }
        if (!put_indented(rewrite, next, end_with_comment(rewrite, next), indent, out))
            return false;
        if (before) {
            nw_buffer_text(out, line_end(rewrite));
            nw_buffer_add(out, indent.bytes, indent.size);
        }
    }
    return true;
}

static bool copy_into(nw_rewrite *rewrite, nw_list body)
{
    uint32_t first = body.items[0];
    nw_text indent;
    nw_buffer text;
    if (!indent_of(rewrite, first, &indent))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "an arm of the `if` has no lines of its own");
    nw_buffer_init(&text);
    bool good = put_copies(rewrite, indent, true, &text) &&
                nw_rewrite_add(rewrite, node_of(rewrite, first)->start, node_of(rewrite, first)->start, text.bytes, text.size);
    nw_buffer_release(&text);
    return good;
}

static bool add_else(nw_rewrite *rewrite, const arms *all)
{
    const nw_source *source = source_of(rewrite);
    nw_text outer, inner;
    nw_list body = all->bodies[all->count - 1];
    if (!indent_of(rewrite, all->owners[0], &outer) || !indent_of(rewrite, body.items[0], &inner))
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "an arm of the `if` has no lines of its own");
    uint32_t place = end_with_comment(rewrite, body.items[body.count - 1]);
    if (place < source->size && source->bytes[place] != '\n' && source->bytes[place] != '\r')
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the `if` shares its last line with another statement");
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_text(&text, line_end(rewrite));
    nw_buffer_add(&text, outer.bytes, outer.size);
    nw_buffer_text(&text, "else:");
    bool good = put_copies(rewrite, inner, false, &text) && nw_rewrite_add(rewrite, place, place, text.bytes, text.size);
    nw_buffer_release(&text);
    return good;
}

bool nw_rewrite_write_copies(nw_rewrite *rewrite)
{
    if (!rewrite->sunk_under)
        return true;
    arms all = arms_of(rewrite, rewrite->sunk_under);
    for (uint32_t i = 0; i < all.count; i++)
        if (!holds(rewrite, all.bodies[i], rewrite->roots[0].node) && !copy_into(rewrite, all.bodies[i]))
            return false;
    return all.has_else || add_else(rewrite, &all);
}

/* ---- modules ---- */

bool nw_rewrite_stays(const nw_rewrite *rewrite, const nw_binding *binding)
{
    for (uint32_t i = 0; i < rewrite->sunk.count; i++)
        if (binding->read && nw_node_inside(node_of(rewrite, binding->read), node_of(rewrite, rewrite->sunk.items[i])))
            return true;
    return false;
}

static bool in_first_arm(const nw_rewrite *rewrite, uint32_t test, uint32_t node)
{
    return holds(rewrite, nw_ast_list(rewrite->match->index->module->ast, node_of(rewrite, test)->b), node);
}

/* The text of forward's flag where a statement of __init__ stands; NULL: it has no value yet, or another one. */
static const char *flag_at(const nw_rewrite *rewrite, uint32_t flag, uint32_t statement)
{
    uint32_t there = nw_attribute_in_constructor(rewrite->match, flag, statement);
    return there ? text_of(rewrite, there) : NULL;
}

/* Whether a test of __init__ asks for what forward asks for. */
static bool same_flag(const nw_rewrite *rewrite, uint32_t flag, uint32_t asked, uint32_t statement)
{
    uint32_t value = nw_attribute_parameter(rewrite->match, flag);
    const char *there = flag_at(rewrite, flag, statement);
    return (there && strcmp(there, text_of(rewrite, asked)) == 0) || (value && same_words(rewrite, value, asked));
}

/* `if not self.use_norm:` in front of the construction, which stands one level deeper. */
static bool wrap(nw_rewrite *rewrite, uint32_t made, nw_literal literal, const char *flag)
{
    const nw_node *statement = node_of(rewrite, made);
    nw_text indent;
    nw_buffer text, deeper;
    bool good = indent_of(rewrite, made, &indent);
    nw_buffer_init(&text);
    nw_buffer_init(&deeper);
    nw_buffer_add(&deeper, indent.bytes, indent.size);
    nw_buffer_text(&deeper, indent.size && indent.bytes[0] == '\t' ? "\t" : "    ");
    if (literal.kind == NW_ASKS_NONE)
        nw_buffer_format(&text, "if %s is %sNone:%s", flag, literal.value ? "not " : "", line_end(rewrite));
    else
        nw_buffer_format(&text, "if %s%s:%s", literal.value ? "not " : "", flag, line_end(rewrite));
    nw_buffer_add(&text, deeper.bytes, deeper.size);
    good = good ? put_indented(rewrite, made, statement->end, (nw_text){deeper.bytes, (uint32_t)deeper.size}, &text)
                : nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "a module is made on a line with another statement");
    good = good && nw_rewrite_add(rewrite, statement->start, statement->end, text.bytes, text.size);
    nw_buffer_release(&deeper);
    nw_buffer_release(&text);
    return good;
}

static bool refuse_split(nw_rewrite *rewrite)
{
    return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the modules are not made under the condition under which they are called");
}

/* The IF in whose arm all modules are made that the new ones replace, 0: they are made elsewhere. */
static uint32_t if_of_modules(const nw_rewrite *rewrite)
{
    const nw_match *match = rewrite->match;
    uint32_t found = 0, first = 0;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        if (match->form->variables[i].role != NW_VARIABLE_INSTANCE || !binding->is_bound || binding->is_inside || nw_rewrite_stays(rewrite, binding))
            continue;
        uint32_t made = nw_module_made_by(match, binding), parent = match->index->above[made].parent;
        if (node_of(rewrite, parent)->kind != NW_NODE_IF || (first && !nw_file_same_block(match->index, first, made)))
            return 0;
        found = parent;
        first = made;
    }
    return found && in_first_arm(rewrite, found, first) ? found : 0;
}

/* `if self.norm is not None` in forward, where __init__ makes the module in one arm and sets None in the other. */
static bool asks_for_module(const nw_rewrite *rewrite, nw_literal asked, uint32_t test)
{
    const nw_ast *ast = rewrite->match->index->module->ast;
    nw_list otherwise = nw_ast_list(ast, node_of(rewrite, test)->c);
    bool in_else = false;
    for (uint32_t i = 0; i < rewrite->renamed.count; i++)
        in_else |= otherwise.count && holds(rewrite, otherwise, rewrite->renamed.items[i]) && node_of(rewrite, otherwise.items[0])->kind != NW_NODE_IF;
    return asked.kind == NW_ASKS_NONE && !asked.value && in_else && nw_node_set_has(&rewrite->renamed, asked.core);
}

bool nw_rewrite_split_modules(nw_rewrite *rewrite)
{
    const nw_match *match = rewrite->match;
    uint32_t top = rewrite->sunk_under, test = if_of_modules(rewrite);
    bool simple = test && arms_of(rewrite, top).count <= 2 && arms_of(rewrite, top).last == top;
    if (!simple)
        return refuse_split(rewrite);
    nw_literal asked = nw_literal_of(match->index, node_of(rewrite, top)->a, in_first_arm(rewrite, top, rewrite->roots[0].node));
    nw_literal made_if = nw_literal_of(match->index, node_of(rewrite, test)->a, true);
    bool by_module = asks_for_module(rewrite, asked, test);
    if (!by_module && (asked.kind != made_if.kind || asked.value != made_if.value || !same_flag(rewrite, asked.core, made_if.core, test)))
        return refuse_split(rewrite);
    rewrite->made_under = test;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        if (match->form->variables[i].role != NW_VARIABLE_INSTANCE || !binding->is_bound || binding->is_inside || !nw_rewrite_stays(rewrite, binding))
            continue;
        uint32_t made = nw_module_made_by(match, binding);
        if (!made || !nw_file_same_block(match->index, made, test) || node_of(rewrite, made)->start > node_of(rewrite, test)->start)
            return refuse_split(rewrite);
        const char *flag = by_module ? NULL : flag_at(rewrite, asked.core, made);
        if (!flag && nw_is_constructor_parameter(match, made_if.core))
            flag = text_of(rewrite, made_if.core);
        if (!flag)
            return refuse_split(rewrite);
        if (!wrap(rewrite, made, made_if, flag))
            return false;
    }
    return true;
}
