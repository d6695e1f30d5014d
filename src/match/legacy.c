#include "match/legacy.h"

#include "match/callee.h"

#include <string.h>

enum { MAX_MODULES = 128 };

/* ---- the form ---- */

typedef struct renaming {
    nw_rule_form *form;
    nw_pattern *patterns;
    nw_rule_variable *variables;
    uint32_t *current; /* by variable of the rule: the one that its name stands for now */
    bool *is_read;     /* by new variable */
} renaming;

static void rename_in(renaming *r, nw_pattern_id id)
{
    nw_pattern *pattern = &r->patterns[id.v];
    if (pattern->kind == NW_PATTERN_VARIABLE) {
        pattern->variable.v = r->current[pattern->variable.v];
        r->is_read[pattern->variable.v] = true;
    }
    for (uint32_t i = 0; i < pattern->argument_count; i++)
        rename_in(r, pattern->arguments[i].value);
}

static void write_targets(renaming *r, const nw_rule_line *line)
{
    for (uint32_t i = 0; i < line->target_count; i++) {
        uint32_t old = line->targets[i].v, made = r->form->variable_count++;
        r->variables[made] = old ? r->variables[old] : (nw_rule_variable){.type = {.most_rank = 255}};
        r->variables[made].role = NW_VARIABLE_VALUE;
        r->variables[made].definition = line->pattern;
        r->variables[made].is_item = line->target_count > 1;
        r->variables[made].item = (uint16_t)i;
        if (old)
            r->current[old] = made;
    }
}

/* Lines whose results no other line reads. */
static void find_roots(renaming *r, nw_arena *arena)
{
    r->form->roots = nw_arena_zero(arena, (r->form->forward.left_count + 1) * sizeof *r->form->roots);
    for (uint32_t i = 0; i < r->form->forward.left_count; i++) {
        bool is_read = false;
        for (uint32_t v = 1; v < r->form->variable_count; v++)
            is_read |= r->is_read[v] && r->variables[v].definition.v == r->form->forward.left[i].pattern.v;
        if (!is_read)
            r->form->roots[r->form->root_count++] = r->form->forward.left[i].pattern;
    }
}

const nw_rule_form *nw_legacy_form(nw_eval *eval, const nw_rule_form *form)
{
    nw_arena *arena = &eval->arena;
    uint32_t room = form->variable_count + 1, written = 0;
    for (uint32_t i = 0; i < form->forward.left_count; i++)
        written += form->forward.left[i].target_count;
    renaming r = {.form = nw_arena_copy(arena, form, sizeof *form)};
    r.patterns = nw_arena_copy(arena, form->patterns, form->pattern_count * sizeof *r.patterns);
    r.variables = nw_arena_zero(arena, (room + written) * sizeof *r.variables);
    memcpy(r.variables, form->variables, form->variable_count * sizeof *r.variables);
    r.current = nw_arena_zero(arena, (room + written) * sizeof *r.current);
    r.is_read = nw_arena_zero(arena, room + written);
    for (uint32_t i = 0; i < form->variable_count; i++)
        r.current[i] = i;
    for (uint32_t i = 0; i < form->forward.left_count; i++) {
        rename_in(&r, form->forward.left[i].pattern);
        write_targets(&r, &form->forward.left[i]);
    }
    r.form->patterns = r.patterns;
    r.form->variables = r.variables;
    r.form->root_count = 0;
    find_roots(&r, arena);
    return r.form;
}

/* ---- what is compared by its text or its bare name ---- */

static const char *bytes_of(const nw_match *match, nw_symbol symbol)
{
    return nw_symbol_bytes(match->rules->symbols, symbol);
}

static bool is_text(const nw_match *match, uint32_t id, const char *wanted)
{
    const nw_node *node = nw_file_node(match->index, id);
    return node->end - node->start == strlen(wanted) && memcmp(match->index->module->source.bytes + node->start, wanted, strlen(wanted)) == 0;
}

bool nw_same_words(const nw_match *match, nw_term a, nw_term b)
{
    const nw_node *node = nw_file_node(match->index, b.node);
    char text[200];
    uint32_t size = node->end - node->start;
    if (!a.node || !b.node || size >= sizeof text)
        return false;
    memcpy(text, match->index->module->source.bytes + node->start, size);
    text[size] = 0;
    return is_text(match, a.node, text);
}

/* Some method of the class around the node assigns that text to the attribute; symbol 0: to any. */
static bool assigns_text(const nw_match *match, uint32_t class_, uint32_t attribute, const char *wanted)
{
    const nw_ast *ast = match->index->module->ast;
    nw_node_range inside = nw_file_range(match->index, class_);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        nw_list targets = node->kind == NW_NODE_ASSIGN && match->index->above[i].class_ == class_ ? nw_ast_list(ast, node->a) : (nw_list){NULL, 0};
        for (uint32_t k = 0; k < targets.count; k++) {
            const nw_node *target = &ast->nodes[targets.items[k]];
            if (target->kind == NW_NODE_ATTRIBUTE && (!attribute || target->b == attribute) && is_text(match, node->b, wanted))
                return true;
        }
    }
    return false;
}

/* Arguments in their order; those that the pattern does not have are ignored. */
static bool unify_positions(nw_match *match, const nw_pattern *pattern, uint32_t call)
{
    const nw_ast *ast = match->index->module->ast;
    nw_list arguments = nw_ast_list(ast, ast->nodes[call].b);
    for (uint32_t i = 0; i < pattern->argument_count; i++) {
        uint32_t found = 0;
        for (uint32_t k = 0; k < arguments.count; k++) {
            const nw_node *argument = &ast->nodes[arguments.items[k]];
            bool named = argument->kind == NW_NODE_KEYWORD;
            if (pattern->arguments[i].name.v ? named && argument->a == pattern->arguments[i].name.v : k == i && argument->kind != NW_NODE_STARRED)
                found = named ? argument->b : arguments.items[k];
        }
        if (!found || !nw_unify(match, pattern->arguments[i].value, nw_match_term(match, found)))
            return false;
    }
    nw_node_set_add(match->index->eval, &match->calls, call);
    return true;
}

bool nw_unify_source(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    const nw_node *node = nw_file_node(match->index, term.node);
    const char *wanted = bytes_of(match, pattern->name);
    if (!term.node || node->kind != NW_NODE_CALL)
        return false;
    const nw_node *callee = nw_file_node(match->index, node->a);
    bool assigned = callee->kind == NW_NODE_ATTRIBUTE && assigns_text(match, match->index->above[term.node].class_, callee->b, wanted);
    return (is_text(match, node->a, wanted) || assigned) && unify_positions(match, pattern, term.node);
}

bool nw_unify_named_module(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    const nw_fact *fact = term.node ? nw_match_fact(match, term.node) : NULL;
    const char *wanted = bytes_of(match, pattern->name);
    bool is_call = fact && (fact->kind == NW_FACT_CALL || fact->kind == NW_FACT_MODULE) && fact->callee.kind == NW_INSTANCE &&
                   nw_file_node(match->index, term.node)->kind == NW_NODE_CALL;
    return is_call && !strchr(wanted, '.') && strcmp(bytes_of(match, fact->callee.as.instance->class_->name), wanted) == 0 &&
           unify_positions(match, pattern, term.node);
}

/* ---- init ---- */

typedef struct modules {
    const nw_instance *items[MAX_MODULES];
    uint32_t count;
} modules;

static void collect(modules *all, const nw_eval *eval, const nw_dict *attributes);

static void collect_value(modules *all, const nw_eval *eval, const nw_dict_entry *entry, nw_value value)
{
    if (value.kind == NW_PHI) { /* made under a condition */
        collect_value(all, eval, entry, value.as.phi->then);
        collect_value(all, eval, entry, value.as.phi->otherwise);
        return;
    }
    if (value.kind == NW_DICT && entry->key.kind == NW_STRING && strcmp(nw_symbol_bytes(eval->symbols, entry->key.as.symbol), "_modules") == 0)
        collect(all, eval, value.as.dict);
    else if (value.kind == NW_INSTANCE && value.as.instance->class_->is_module && all->count < MAX_MODULES)
        all->items[all->count++] = value.as.instance;
}

static void collect(modules *all, const nw_eval *eval, const nw_dict *attributes)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(attributes, &position));)
        collect_value(all, eval, entry, entry->value);
}

static bool init_line_holds(nw_match *match, const modules *all, uint32_t line, uint64_t taken[2])
{
    const nw_rule_side *init = &match->form->init;
    if (line == init->left_count)
        return true;
    const nw_pattern *pattern = nw_match_pattern(match, init->left[line].pattern);
    if (pattern->kind == NW_PATTERN_SOURCE)
        return assigns_text(match, match->index->above[match->index->module->ast->functions[match->function].node].class_, 0, bytes_of(match, pattern->name)) &&
               init_line_holds(match, all, line + 1, taken);
    for (uint32_t i = 0; i < all->count; i++) {
        uint32_t kept = nw_bindings_keep(match);
        bool is_free = !(taken[i / 64] >> (i % 64) & 1);
        taken[i / 64] |= (uint64_t)is_free << (i % 64);
        bool holds = is_free && nw_unify_construction(match, init->left[line].pattern, all->items[i]) && init_line_holds(match, all, line + 1, taken);
        if (!holds)
            nw_bindings_back(match, kept);
        nw_bindings_drop(match, kept);
        if (holds)
            return true;
        taken[i / 64] &= ~((uint64_t)is_free << (i % 64));
    }
    return false;
}

bool nw_legacy_init_holds(nw_match *match)
{
    const nw_file_index *index = match->index;
    uint32_t class_ = index->above[index->module->ast->functions[match->function].node].class_;
    uint64_t taken[2] = {0, 0};
    if (!match->form->init.present)
        return true;
    for (uint32_t i = 0; i < index->instances.count; i++) {
        modules all = {.count = 0};
        const nw_root_instance *root = &index->instances.items[i];
        if (root->class_->node != class_ || root->value.kind != NW_INSTANCE)
            continue;
        collect(&all, index->eval, root->value.as.instance->attributes);
        return init_line_holds(match, &all, 0, taken);
    }
    return false;
}
