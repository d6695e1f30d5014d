#include "match/need.h"

#include "match/candidate.h"
#include "match/maker.h"
#include "match/sequence.h"
#include "match/word.h"

#include <string.h>

enum { MAX_ANCESTORS = 16 };

typedef struct search {
    nw_need *need;
    const nw_file_index *index;
    const nw_ast *ast;
    nw_arena *arena;
    nw_outline outline;
    uint32_t *outer;       /* per function: the def of a class or of the top level that holds it, 0: none */
    uint32_t *name_of;     /* per def: the symbol by which it is reached */
    uint32_t *reached;     /* symbols by which wanted functions are reached: a hash set */
    uint32_t reached_size;
    nw_outline_table matched; /* names of attributes that rules may take for their layers */
    uint8_t *users_sought; /* per function: how many levels of callers were added, and one more */
    uint32_t *places;      /* nodes in functions at which a rule may have a root */
    uint32_t place_count;
} search;

/* ---- candidates ---- */

static bool is_place(const nw_node *node)
{
    return node->kind == NW_NODE_CALL || node->kind == NW_NODE_BINARY || node->kind == NW_NODE_UNARY || node->kind == NW_NODE_AUGMENTED_ASSIGN ||
           node->kind == NW_NODE_SUBSCRIPT || node->kind == NW_NODE_ATTRIBUTE;
}

/* How many roots of the form ask for the same thing: as many places it takes. */
static uint32_t places_of_root(const nw_rule_form *form, uint32_t root)
{
    const nw_pattern *pattern = &form->patterns[form->roots[root].v];
    uint32_t count = 0;
    for (uint32_t i = 0; i < form->root_count; i++) {
        const nw_pattern *other = &form->patterns[form->roots[i].v];
        count += other->kind == pattern->kind && other->name.v == pattern->name.v && other->op == pattern->op;
    }
    return count;
}

static void find_places(search *s)
{
    s->places = nw_arena_alloc(s->arena, s->ast->node_count * sizeof *s->places);
    for (uint32_t i = 1; i < s->ast->node_count; i++)
        if (s->index->above[i].function && is_place(&s->ast->nodes[i]))
            s->places[s->place_count++] = i;
}

/* The places of one root in each function. */
typedef struct places {
    uint32_t sure, unsure;
} places;

/* In the functions that may still have all roots. Where the first root cannot be is noted. */
static void count_places(search *s, const nw_rule_form *form, uint32_t root, const bool *here, places *found, uint8_t *ruled_out)
{
    for (uint32_t i = 0; i < s->place_count; i++) {
        uint32_t function = s->index->above[s->places[i]].function;
        if (!here[function])
            continue;
        nw_candidate at = nw_candidate_at(&s->outline, form, form->roots[root], s->places[i], false);
        found[function].sure += at == NW_CANDIDATE_SURE;
        found[function].unsure += at == NW_CANDIDATE_UNSURE;
        if (root == 0 && at == NW_CANDIDATE_NONE)
            ruled_out[s->places[i] / 8] |= (uint8_t)(1u << s->places[i] % 8);
    }
}

/* Near misses are told of forms with one root, and of forms of last resort. */
static bool is_enough(const nw_rule_form *form, uint32_t root, places found)
{
    uint32_t needed = places_of_root(form, root);
    if (form->last_resort && form->root_count > 1) /* one call may be unknown, of the others something must be */
        return found.sure + (found.unsure > 0) >= needed;
    return form->root_count == 1 ? found.sure + found.unsure > 0 : found.sure >= needed;
}

/* Which attributes of the functions that were found are taken for layers. */
static void mark_layers(search *s, const nw_rule_form *form, const bool *here)
{
    for (uint32_t i = 0; i < s->place_count; i++)
        if (here[s->index->above[s->places[i]].function])
            for (uint32_t root = 0; root < form->root_count; root++)
                if (nw_candidate_at(&s->outline, form, form->roots[root], s->places[i], false) == NW_CANDIDATE_SURE)
                    nw_candidate_at(&s->outline, form, form->roots[root], s->places[i], true);
}

static void add_form(search *s, const nw_rule_form *form, places *found, uint8_t *ruled_out)
{
    bool *here = nw_arena_alloc(s->arena, s->ast->function_count * sizeof *here);
    memset(here, 1, s->ast->function_count * sizeof *here);
    for (uint32_t root = 0; root < form->root_count; root++) {
        memset(found, 0, s->ast->function_count * sizeof *found);
        count_places(s, form, root, here, found, ruled_out);
        for (uint32_t f = 0; f < s->ast->function_count; f++)
            here[f] = here[f] && is_enough(form, root, found[f]);
    }
    here[0] = false;
    bool some = false;
    for (uint32_t f = 1; f < s->ast->function_count && form->root_count; f++) {
        s->need->functions[f] |= here[f];
        some |= here[f];
    }
    if (some)
        mark_layers(s, form, here);
}

/* ---- neighbours in an nn.Sequential ---- */

/* Whether the call makes the second of two layers that the form asks for. */
static bool ends_pair(search *s, const nw_rule_form *form, uint32_t maker)
{
    const nw_pattern *root = &form->patterns[form->roots[0].v];
    const nw_pattern *between = &form->patterns[root->arguments[0].value.v];
    const nw_pattern *inner = &form->patterns[form->variables[between->variable.v].definition.v];
    uint32_t before = nw_sequence_item_before(s->index, maker);
    if (!before || !nw_maker_may_be_kept(&s->outline, maker) || !nw_maker_may_be_kept(&s->outline, before))
        return false;
    return nw_candidate_made(&s->outline, form, root, maker) && nw_candidate_made(&s->outline, form, inner, before);
}

/* All methods of the class around a node, any of which may call what is made there. */
static void add_class(search *s, uint32_t node)
{
    uint32_t class_ = s->index->above[node].class_;
    for (uint32_t f = 1; class_ && f < s->ast->function_count; f++)
        if (s->ast->functions[f].scope == NW_SCOPE_FUNCTION && s->index->above[s->ast->functions[f].node].class_ == class_)
            s->need->functions[f] = true;
}

/* By what a function is called: a constructor of a class that is a container itself, by the class; other constructors, by nothing. */
static uint32_t name_of_maker(const search *s, uint32_t function)
{
    const nw_ast_function *code = &s->ast->functions[function];
    uint32_t class_ = s->index->above[code->node].class_;
    if (code->name.v != NW_NAME_DUNDER_INIT)
        return code->name.v;
    nw_list body = class_ ? nw_ast_list(s->ast, s->ast->extra[s->ast->nodes[class_].b + 1]) : (nw_list){0};
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &s->ast->nodes[body.items[i]];
        if (node->kind == NW_NODE_FUNCTION && s->ast->functions[node->a].name.v == NW_NAME_FORWARD)
            return 0;
    }
    return class_ ? s->ast->nodes[class_].a : 0;
}

/* A function that makes such a container: those who call it, too. */
static void add_users(search *s, uint32_t function, unsigned depth)
{
    const nw_ast_function *code = &s->ast->functions[function];
    if (s->users_sought[function] > depth)
        return;
    s->users_sought[function] = (uint8_t)(depth + 1);
    uint32_t name = name_of_maker(s, function);
    s->need->functions[function] = true;
    if (s->index->above[code->node].class_)
        add_class(s, code->node);
    nw_list mentions = depth > 0 ? nw_file_word(s->index, (nw_symbol){name}) : (nw_list){0};
    for (uint32_t i = 0; i < mentions.count; i++) {
        const nw_node *node = &s->ast->nodes[mentions.items[i]];
        bool is_read = node->kind == NW_NODE_ATTRIBUTE || (node->kind == NW_NODE_NAME && !(node->flags & NW_NAME_BINDS));
        uint32_t user = s->index->above[mentions.items[i]].function;
        if (is_read && user && user != function && !s->need->functions[user])
            add_users(s, user, depth - 1);
    }
}

static void add_sequences(search *s, const nw_rule_form *form)
{
    enum { LEVELS = 3 };
    for (uint32_t i = 1; i < s->ast->node_count; i++) {
        const nw_node_above *above = &s->index->above[i];
        if (s->ast->nodes[i].kind != NW_NODE_CALL || !above->function || !ends_pair(s, form, i))
            continue;
        add_users(s, above->function, LEVELS);
        const nw_node *statement = &s->ast->nodes[above->statement];
        nw_list targets = statement->kind == NW_NODE_ASSIGN ? nw_ast_list(s->ast, statement->a) : (nw_list){NULL, 0};
        for (uint32_t k = 0; k < targets.count; k++)
            if (s->ast->nodes[targets.items[k]].kind == NW_NODE_ATTRIBUTE)
                nw_outline_enter(&s->outline, &s->matched, s->ast->nodes[targets.items[k]].b);
    }
}

/* ---- other places ---- */

/* What a module offers is not somebody's attribute: nn.LayerNorm. */
static bool is_of_import(const search *s, uint32_t attribute)
{
    const nw_node *node = &s->ast->nodes[attribute];
    while (node->kind == NW_NODE_ATTRIBUTE)
        node = &s->ast->nodes[node->a];
    const nw_outline_item *item = node->kind == NW_NODE_NAME && node->b == NW_PLACE_GLOBAL ? nw_outline_find(&s->outline.names, node->a) : NULL;
    return item && !item->any && !item->class_node;
}

/* `self.output.dense` is read from an instance of the class around it; of `module.dense`, only runs can tell what it is. */
static bool is_part_of_self(const search *s, uint32_t object)
{
    while (s->ast->nodes[object].kind == NW_NODE_ATTRIBUTE)
        object = s->ast->nodes[object].a;
    return nw_outline_is_self(&s->outline, object) || s->ast->nodes[object].kind != NW_NODE_NAME;
}

/* A rule asks what other places mean: `other.dense`, where it would take `self.dense`. It may take an instance of the class around it to
 * tell, and a run of the function where it is called. */
static void add_other_reads(search *s)
{
    for (uint32_t i = 0; i < s->outline.attributes.size; i++)
        if (s->outline.attributes.items[i].is_matched)
            nw_outline_enter(&s->outline, &s->matched, s->outline.attributes.items[i].symbol);
    for (uint32_t i = 1; i < s->ast->node_count; i++) {
        const nw_node *node = &s->ast->nodes[i];
        const nw_node_above *above = &s->index->above[i];
        if (node->kind != NW_NODE_ATTRIBUTE || !nw_outline_find(&s->matched, node->b) || nw_outline_is_self(&s->outline, node->a) || is_of_import(s, i))
            continue;
        s->need->classes[above->class_] |= above->class_ && is_part_of_self(s, node->a);
        const nw_node *parent = &s->ast->nodes[above->parent];
        if (parent->kind == NW_NODE_CALL && parent->a == i)
            s->need->functions[above->function] = true;
    }
}

/* ---- who reaches them ---- */

static void find_outer(search *s)
{
    s->outer = nw_arena_zero(s->arena, s->ast->function_count * sizeof *s->outer);
    for (uint32_t f = 1; f < s->ast->function_count; f++) {
        uint32_t at = f;
        const nw_ast_function *function = &s->ast->functions[f];
        if (function->scope != NW_SCOPE_FUNCTION && function->scope != NW_SCOPE_COMPREHENSION)
            continue;
        for (uint32_t up; (up = s->index->above[s->ast->functions[at].node].function);)
            at = up;
        s->outer[f] = at;
    }
}

static bool in_set(const search *s, uint32_t symbol)
{
    for (uint32_t at = symbol * 0x9E3779B1u >> 7;; at++) {
        uint32_t found = s->reached[at & (s->reached_size - 1)];
        if (!found || found == symbol)
            return found != 0;
    }
}

static void add_to_set(search *s, uint32_t symbol)
{
    uint32_t at = symbol * 0x9E3779B1u >> 7 & (s->reached_size - 1);
    while (s->reached[at] && s->reached[at] != symbol)
        at = (at + 1) & (s->reached_size - 1);
    s->reached[at] = symbol;
}

/* A constructor is reached by the name of its class. That of a class of the top level runs with symbols for its arguments, whoever makes
 * instances of it with others: 0. */
static uint32_t name_that_reaches(const search *s, uint32_t function)
{
    const nw_ast_function *code = &s->ast->functions[function];
    uint32_t class_ = s->index->above[code->node].class_;
    if (code->name.v != NW_NAME_DUNDER_INIT || !class_)
        return code->name.v;
    const nw_outline_item *item = nw_outline_find(&s->outline.names, s->ast->nodes[class_].a);
    return item && item->class_node == class_ ? 0 : s->ast->nodes[class_].a;
}

static bool add_names(search *s)
{
    bool changed = false;
    for (uint32_t f = 1; f < s->ast->function_count; f++) {
        if (!s->need->functions[f])
            continue;
        uint32_t outer = s->outer[f] ? s->outer[f] : f;
        if (!s->need->functions[outer] || !s->name_of[outer]) {
            s->need->functions[outer] = true;
            s->name_of[outer] = name_that_reaches(s, outer);
            if (s->name_of[outer] && !in_set(s, s->name_of[outer])) {
                add_to_set(s, s->name_of[outer]);
                changed = true;
            }
        }
    }
    return changed;
}

/* By a name, an attribute, or a text that getattr may be given. */
static void add_callers(const search *s)
{
    for (uint32_t i = 1; i < s->ast->node_count; i++) {
        const nw_node *node = &s->ast->nodes[i];
        bool is_name = node->kind == NW_NODE_STRING || (node->kind == NW_NODE_NAME && !(node->flags & NW_NAME_BINDS));
        uint32_t symbol = node->kind == NW_NODE_ATTRIBUTE ? node->b : is_name ? node->a : 0;
        if (symbol && s->index->above[i].function && in_set(s, symbol))
            s->need->functions[s->index->above[i].function] = true;
    }
}

static void close_over_callers(search *s)
{
    s->reached_size = 64;
    while (s->reached_size < 4 * s->ast->function_count)
        s->reached_size *= 2;
    s->reached = nw_arena_zero(s->arena, s->reached_size * sizeof *s->reached);
    s->name_of = nw_arena_zero(s->arena, s->ast->function_count * sizeof *s->name_of);
    find_outer(s);
    while (add_names(s))
        add_callers(s);
}

/* ---- classes ---- */

static bool has_method(const search *s, const nw_node *class_)
{
    nw_list body = nw_ast_list(s->ast, s->ast->extra[class_->b + 1]);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &s->ast->nodes[body.items[i]];
        if (node->kind == NW_NODE_FUNCTION && s->need->functions[node->a])
            return true;
        if (node->kind == NW_NODE_IF || node->kind == NW_NODE_TRY) /* a method under a test */
            return true;
    }
    return false;
}

/* A subclass runs the methods of its bases as its own. */
static bool inherits_method(const search *s, uint32_t class_node, unsigned depth)
{
    const nw_node *class_ = &s->ast->nodes[class_node];
    if (has_method(s, class_))
        return true;
    nw_list bases = nw_ast_list(s->ast, s->ast->extra[class_->b]);
    for (uint32_t i = 0; i < bases.count; i++) {
        const nw_node *base = &s->ast->nodes[bases.items[i]];
        const nw_outline_item *item = base->kind == NW_NODE_NAME ? nw_outline_find(&s->outline.names, base->a) : NULL;
        if (item && item->any)
            return true;
        if (item && item->class_node && (depth == MAX_ANCESTORS || inherits_method(s, item->class_node, depth + 1)))
            return true;
    }
    return false;
}

/* ---- files of other libraries ---- */

static bool is_library(const search *s, uint32_t module, const char *const *names)
{
    const char *text = nw_symbol_bytes(s->index->eval->symbols, (nw_symbol){module});
    size_t top = strcspn(text, ".");
    for (; *names; names++)
        if (strlen(*names) == top && memcmp(*names, text, top) == 0)
            return true;
    return false;
}

/* A file that imports another library of tensors, and PyTorch nowhere: rules speak of PyTorch alone. A star may hand on anything. */
static bool is_of_another_library(const search *s)
{
    static const char *const own[] = {"torch", NULL}, *const others[] = {"tensorflow", "tf_keras", "keras", "jax", "flax", "mxnet", "paddle", "mindspore", NULL};
    bool other = false;
    for (uint32_t i = 1; i < s->ast->node_count; i++) {
        const nw_node *node = &s->ast->nodes[i];
        bool is_from = node->kind == NW_NODE_IMPORT_FROM;
        nw_list aliases = is_from ? nw_ast_list(s->ast, node->c) : node->kind == NW_NODE_IMPORT ? nw_ast_list(s->ast, node->a) : (nw_list){0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &s->ast->nodes[aliases.items[k]];
            uint32_t module = is_from ? (node->b ? 0 : node->a) : alias->a;
            bool is_other = module && is_library(s, module, others);
            if ((module && is_library(s, module, own)) || (!alias->b && !is_other))
                return false;
            other |= is_other;
        }
    }
    return other;
}

void nw_need_find(nw_need *need, const nw_file_index *index, const nw_match_options *options)
{
    nw_arena *arena = &index->eval->arena;
    const nw_ast *ast = index->module->ast;
    search s = {.need = need, .index = index, .ast = ast, .arena = arena};
    *need = (nw_need){.ast = ast, .functions = nw_arena_zero(arena, ast->function_count * sizeof(bool)), .classes = nw_arena_zero(arena, (ast->node_count + 1) * sizeof(bool)),
                      .rules = options->rules, .ruled_out = nw_arena_zero(arena, (options->rules->count + 1) * sizeof *need->ruled_out)};
    if (is_of_another_library(&s) && !options->run_everything)
        return;
    nw_outline_build(&s.outline, index, arena);
    s.users_sought = nw_arena_zero(arena, ast->function_count * sizeof *s.users_sought);
    find_places(&s);
    places *found = nw_arena_alloc(arena, ast->function_count * sizeof *found);
    bool all = options->run_everything;
    for (uint32_t i = 0; i < options->rules->count; i++) {
        const nw_rule *rule = &options->rules->items[i];
        all |= options->selected[i] && (rule->legacy || rule->adjacent);
        need->ruled_out[i] = nw_arena_zero(arena, (rule->form_count + 1) * sizeof *need->ruled_out[i]);
        for (uint32_t k = 0; k < rule->form_count && options->selected[i] && !all; k++) {
            need->ruled_out[i][k] = nw_arena_zero(arena, ast->node_count / 8 + 1);
            add_form(&s, &rule->forms[k], found, need->ruled_out[i][k]);
            if (nw_form_is_of_neighbours(&rule->forms[k]))
                add_sequences(&s, &rule->forms[k]);
        }
    }
    if (all)
        memset(need->functions, 1, ast->function_count * sizeof *need->functions);
    add_other_reads(&s);
    close_over_callers(&s);
    for (uint32_t i = 1; i < ast->node_count; i++)
        need->classes[i] |= ast->nodes[i].kind == NW_NODE_CLASS && (all || inherits_method(&s, i, 0));
}

bool nw_need_has(const nw_need *need, const nw_ast_function *function)
{
    return need->functions[function - need->ast->functions];
}

bool nw_need_has_class(const nw_need *need, uint32_t class_node)
{
    return need->classes[class_node];
}

static bool form_may_begin(const nw_need *need, const nw_rule *rule, uint32_t form, uint32_t node)
{
    uint8_t *const *forms = need->ruled_out[rule - need->rules->items];
    return !forms || !forms[form] || !(forms[form][node / 8] >> node % 8 & 1);
}

bool nw_need_may_begin(const nw_need *need, const nw_rule *rule, const nw_rule_form *form, uint32_t node)
{
    if (form)
        return form_may_begin(need, rule, (uint32_t)(form - rule->forms), node);
    for (uint32_t i = 0; i < rule->form_count; i++)
        if (form_may_begin(need, rule, i, node))
            return true;
    return false;
}
