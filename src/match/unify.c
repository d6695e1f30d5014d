#include "match/unify.h"

#include "eval/symbolic.h"
#include "match/body.h"
#include "match/callee.h"
#include "match/legacy.h"
#include "model/model.h"

#include <math.h>
#include <string.h>

enum { MAX_DEPTH = 60 };

void nw_node_set_add(nw_eval *eval, nw_node_set *set, uint32_t item)
{
    if (nw_node_set_has(set, item))
        return;
    NW_ARENA_RESERVE(&eval->arena, set->items, set->count, set->capacity);
    set->items[set->count++] = item;
}

bool nw_node_set_has(const nw_node_set *set, uint32_t item)
{
    for (uint32_t i = 0; i < set->count; i++)
        if (set->items[i] == item)
            return true;
    return false;
}

void nw_match_begin(nw_match *match, nw_file_index *index, const nw_rules *rules, const nw_rule *rule, const nw_rule_form *form, uint32_t function,
                    uint32_t activation)
{
    *match = (nw_match){.index = index, .rules = rules, .rule = rule, .form = form, .function = function, .activation = activation};
    uint32_t size = form->variable_count + 1;
    bool fits = index->spare && index->spare_room >= size;
    match->bindings = fits ? index->spare : nw_arena_alloc(&index->eval->arena, size * sizeof *match->bindings);
    match->binding_room = fits ? index->spare_room : size;
    memset(match->bindings, 0, size * sizeof *match->bindings);
    if (fits)
        index->spare = NULL;
}

void nw_match_discard(nw_match *match)
{
    match->index->spare = match->bindings;
    match->index->spare_room = match->binding_room;
    match->bindings = NULL;
}

/* ---- terms ---- */

static const char *bytes_of(const nw_match *match, nw_symbol symbol)
{
    return nw_symbol_bytes(match->rules->symbols, symbol);
}

nw_term nw_match_term(const nw_match *match, uint32_t node)
{
    const nw_node *at = nw_file_node(match->index, node);
    uint32_t fact = nw_file_fact(match->index, at->start, at->end, match->activation);
    return (nw_term){node, fact ? match->index->eval->facts[fact].result : nw_unset()};
}

bool nw_term_same(nw_term a, nw_term b)
{
    if (a.value.kind == NW_UNSET || b.value.kind == NW_UNSET)
        return a.node && a.node == b.node;
    return nw_operand_same(a.value, b.value);
}

static bool node_number(const nw_match *match, uint32_t id, double *number)
{
    const nw_node *node = nw_file_node(match->index, id);
    double left, right;
    switch (node->kind) {
    case NW_NODE_INTEGER:
        *number = (double)(int64_t)(node->a | (uint64_t)node->b << 32);
        return true;
    case NW_NODE_FLOAT: {
        uint64_t bits = node->a | (uint64_t)node->b << 32;
        memcpy(number, &bits, sizeof *number);
        return true;
    }
    case NW_NODE_UNARY:
        if (!node_number(match, node->a, number) || strcmp(nw_operator_text((nw_operator)node->op), "-") != 0)
            return false;
        *number = -*number;
        return true;
    case NW_NODE_BINARY: {
        const char *op = nw_operator_text((nw_operator)node->op);
        if (!node_number(match, node->a, &left) || !node_number(match, node->b, &right) || op[1])
            return false;
        *number = *op == '+' ? left + right : *op == '-' ? left - right : *op == '*' ? left * right : left / right;
        return *op == '+' || *op == '-' || *op == '*' || (*op == '/' && right != 0);
    }
    default:
        return false;
    }
}

bool nw_term_number(const nw_match *match, nw_term term, double *number)
{
    if (term.value.kind == NW_INT || term.value.kind == NW_BOOL)
        *number = (double)term.value.as.integer;
    else if (term.value.kind == NW_FLOAT)
        *number = term.value.as.number;
    else
        return term.value.kind == NW_UNSET && term.node && node_number(match, term.node, number);
    return true;
}

const nw_fact *nw_match_fact(const nw_match *match, uint32_t node)
{
    const nw_node *at = nw_file_node(match->index, node);
    uint32_t fact = node ? nw_file_fact(match->index, at->start, at->end, match->activation) : 0;
    return fact ? &match->index->eval->facts[fact] : NULL;
}

/* ---- variables ---- */

static bool bind(nw_match *match, nw_variable_id variable, nw_term term, bool is_default)
{
    nw_binding *binding = &match->bindings[variable.v];
    if (binding->is_bound)
        return nw_term_same(binding->term, term) || (match->rule->legacy && nw_same_words(match, binding->term, term));
    binding->is_bound = true;
    binding->is_default = is_default;
    binding->term = term;
    return true;
}

/* `var, mean = torch.var_mean(x)`: the statement that gives a name its value as one of several; all of them become part of the match. */
static uint32_t unpacking_of(nw_match *match, uint32_t name, uint32_t item)
{
    nw_file_index *index = match->index;
    const nw_node *node = nw_file_node(index, name);
    if (!name || !nw_ast_is_local(node) || index->above[name].function != match->function || index->above[name].comprehension)
        return 0;
    const nw_def_use *def_use = nw_file_def_use(index, match->function);
    uint32_t number = nw_def_use_of_read(def_use, name);
    const nw_definition *definition = &def_use->definitions[number];
    const nw_node *statement = nw_file_node(index, number ? definition->statement : 0);
    nw_list targets = number && statement->kind == NW_NODE_ASSIGN ? nw_ast_list(index->module->ast, statement->a) : (nw_list){0};
    const nw_node *several = nw_file_node(index, targets.count == 1 ? targets.items[0] : 0);
    nw_list names = several->kind == NW_NODE_TUPLE ? nw_ast_list(index->module->ast, several->a) : (nw_list){0};
    if (item >= names.count || names.items[item] != definition->target)
        return 0;
    for (uint32_t i = 0; i < names.count; i++) {
        uint32_t other = nw_file_node(index, names.items[i])->kind == NW_NODE_NAME ? nw_def_use_at(def_use, names.items[i]) : 0;
        if (!other)
            return 0;
        nw_node_set_add(index->eval, &match->crossed, other);
    }
    nw_node_set_add(index->eval, &match->reads, name);
    return definition->statement;
}

static bool unify_item(nw_match *match, nw_variable_id id, nw_term term)
{
    const nw_rule_variable *variable = &match->form->variables[id.v];
    uint32_t statement = unpacking_of(match, term.node, variable->item);
    nw_term all = statement ? nw_match_term(match, nw_file_node(match->index, statement)->b) : term;
    return statement && nw_unify(match, variable->definition, all) && bind(match, id, (nw_term){statement, nw_unset()}, false);
}

static bool unify_variable(nw_match *match, nw_variable_id id, nw_term term)
{
    const nw_rule_variable *variable = &match->form->variables[id.v];
    nw_binding *binding = &match->bindings[id.v];
    if (variable->is_item)
        return variable->definition.v && unify_item(match, id, term);
    if (variable->type.type == NW_RULE_TYPE_TENSOR && term.value.kind != NW_TENSOR)
        return false;
    if (binding->is_bound && variable->definition.v && term.node) { /* read once more: this read is part of the match too */
        nw_term seen = nw_term_follow(match, term);
        return nw_term_same(binding->term, seen) || nw_term_same(binding->term, term);
    }
    if (!variable->definition.v || binding->is_bound)
        return bind(match, id, term, false);
    return nw_unify(match, variable->definition, term) && bind(match, id, term, false);
}

/* An equation of einsum with letters in the order in which they come up, without blanks. */
static void put_equation(const char *text, char *out, size_t room)
{
    char seen[64] = "";
    size_t size = 0;
    for (; *text && size + 1 < room; text++) {
        bool is_letter = (*text >= 'a' && *text <= 'z') || (*text >= 'A' && *text <= 'Z');
        if (*text == ' ')
            continue;
        const char *known = is_letter ? strchr(seen, *text) : NULL;
        if (is_letter && !known) {
            known = seen + strlen(seen);
            if (known + 1 >= seen + sizeof seen)
                break;
            seen[known - seen] = *text;
        }
        out[size++] = is_letter ? (char)('A' + (known - seen)) : *text;
    }
    out[size] = 0;
}

/* Equations of einsum mean the same with other letters; other texts are what they are. */
static bool same_text(const nw_match *match, nw_symbol found, nw_symbol wanted)
{
    const char *a = bytes_of(match, found), *b = bytes_of(match, wanted);
    char left[128], right[128];
    if (!strstr(b, "->") || !strstr(a, "->"))
        return found.v == wanted.v;
    put_equation(a, left, sizeof left);
    put_equation(b, right, sizeof right);
    return strcmp(left, right) == 0;
}

static bool unify_constant(const nw_match *match, const nw_constant *constant, nw_term term)
{
    double number;
    switch (constant->kind) {
    case NW_CONSTANT_NONE:
        return term.value.kind == NW_NONE;
    case NW_CONSTANT_STRING:
        return term.value.kind == NW_STRING && same_text(match, term.value.as.symbol, constant->text);
    case NW_CONSTANT_BOOL:
        return (term.value.kind == NW_BOOL || term.value.kind == NW_INT) && term.value.as.integer == constant->integer;
    default:
        return nw_term_number(match, term, &number) && fabs(number - constant->number) <= constant->tolerance * fabs(constant->number);
    }
}

/* ---- calls ---- */

/* A name of the module that is bound in several places may mean something else. */
static bool is_bound_once(const nw_match *match, uint32_t callee)
{
    const nw_ast *ast = match->index->module->ast;
    const nw_node *node = &ast->nodes[callee];
    while (node->kind == NW_NODE_ATTRIBUTE || node->kind == NW_NODE_CALL)
        node = &ast->nodes[node->a];
    if (node->kind != NW_NODE_NAME || node->b != NW_PLACE_GLOBAL)
        return true;
    return nw_file_bound_once(match->index, (nw_symbol){node->a});
}

static nw_bound_argument *find_argument(nw_bound_call *call, const nw_pattern_argument *wanted, uint32_t position)
{
    if (!wanted->name.v)
        return position < call->count ? &call->items[position] : NULL;
    for (uint32_t i = 0; i < call->count; i++)
        if (call->items[i].name.v == wanted->name.v)
            return &call->items[i];
    return NULL;
}

static bool unify_argument(nw_match *match, nw_pattern_id id, const nw_bound_argument *argument)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    if (!nw_unify(match, id, argument->term))
        return false;
    if (pattern->kind == NW_PATTERN_VARIABLE && argument->is_default)
        match->bindings[pattern->variable.v].is_default = true;
    return true;
}

/* Closed by default: what the pattern does not mention must have its default. */
static bool unify_arguments(nw_match *match, const nw_pattern *pattern, nw_bound_call *call)
{
    bool *mentioned = nw_arena_zero(&match->index->eval->arena, call->count + 1);
    if (call->is_unclear)
        return false;
    for (uint32_t i = 0; i < pattern->argument_count; i++) {
        nw_bound_argument *argument = find_argument(call, &pattern->arguments[i], i);
        if (!argument) { /* a parameter that this spelling does not have is at its default */
            const nw_pattern *value = nw_match_pattern(match, pattern->arguments[i].value);
            if (value->kind != NW_PATTERN_VARIABLE && value->kind != NW_PATTERN_ANY)
                return false;
            continue;
        }
        mentioned[argument - call->items] = true;
        if (!unify_argument(match, pattern->arguments[i].value, argument))
            return false;
    }
    for (uint32_t i = 0; i < call->count && !pattern->open && !pattern->rest.v; i++)
        if (!mentioned[i] && !call->items[i].is_default)
            return false;
    return !pattern->rest.v;
}

uint32_t nw_match_self_attribute(const nw_match *match, uint32_t call, nw_symbol *attribute)
{
    const nw_ast *ast = match->index->module->ast;
    if (ast->nodes[call].kind != NW_NODE_CALL)
        return 0;
    uint32_t id = ast->nodes[call].a;
    const nw_node *callee = &ast->nodes[id];
    if (callee->kind != NW_NODE_ATTRIBUTE || !nw_file_self_class(match->index, callee->a))
        return 0;
    *attribute = (nw_symbol){callee->b};
    return id;
}

/* `norm = self.norm`, then `norm(x)`: the ATTRIBUTE node, 0: the name has other values. The definition is then no longer needed. */
static uint32_t attribute_of_alias(nw_match *match, uint32_t call, nw_symbol *attribute)
{
    nw_file_index *index = match->index;
    const nw_node *node = nw_file_node(index, call), *name = nw_file_node(index, node->kind == NW_NODE_CALL ? node->a : 0);
    if (!nw_ast_is_local(name) || index->above[node->a].function != match->function || index->above[node->a].comprehension)
        return 0;
    const nw_def_use *def_use = nw_file_def_use(index, match->function);
    uint32_t number = nw_def_use_of_read(def_use, node->a);
    const nw_node *statement = nw_file_node(index, number ? def_use->definitions[number].statement : 0);
    nw_list targets = number && statement->kind == NW_NODE_ASSIGN ? nw_ast_list(index->module->ast, statement->a) : (nw_list){0};
    if (targets.count != 1 || targets.items[0] != def_use->definitions[number].target)
        return 0;
    const nw_node *value = nw_file_node(index, statement->b);
    if (value->kind != NW_NODE_ATTRIBUTE || !nw_file_self_class(index, value->a))
        return 0;
    nw_node_set_add(index->eval, &match->crossed, number);
    nw_node_set_add(index->eval, &match->reads, node->a);
    *attribute = (nw_symbol){value->b};
    return statement->b;
}

/* `nn.Softmax(dim=-1)(x)`: made for this call. */
static bool is_made_here(const nw_match *match, const nw_instance *instance, uint32_t call)
{
    uint32_t callee = nw_file_node(match->index, call)->a;
    return nw_file_node(match->index, callee)->kind == NW_NODE_CALL && nw_construction_of(match, instance) == callee;
}

static const nw_pattern_argument *argument_named(const nw_pattern *pattern, nw_symbol name)
{
    for (uint32_t i = 0; i < pattern->argument_count; i++)
        if (pattern->arguments[i].name.v == name.v)
            return &pattern->arguments[i];
    return NULL;
}

/* What the module was built with, and what its attributes are now. */
static bool unify_setting(nw_match *match, const nw_pattern *pattern, const nw_instance *instance, const nw_bound_argument *built)
{
    const nw_pattern_argument *wanted = argument_named(pattern, built->name);
    nw_value *now = nw_dict_find_name(instance->attributes, built->name);
    nw_bound_argument setting = *built;
    if (now) {
        setting.is_default = built->is_default && nw_operand_same(*now, built->term.value);
        setting.term.value = *now;
    }
    return wanted ? unify_argument(match, wanted->value, &setting) : setting.is_default || pattern->open;
}

/* The parameters that a function has beside its operands are those of its module's constructor, closed as those of a call are. */
static bool unify_settings(nw_match *match, const nw_pattern *pattern, const nw_instance *instance)
{
    nw_symbol in_place = nw_symbol_of(match->index->eval->symbols, "inplace");
    nw_value *writes = nw_dict_find_name(instance->attributes, in_place);
    nw_bound_call built = nw_call_of_instance(match, instance, 0);
    if (built.is_unclear || (writes && (writes->kind != NW_BOOL || writes->as.integer)))
        return false;
    for (uint32_t i = 0; i < built.count; i++)
        if (built.items[i].name.v != in_place.v && !unify_setting(match, pattern, instance, &built.items[i]))
            return false;
    return true;
}

static bool add_meant(nw_match *match, const nw_instance *instance)
{
    NW_ARENA_RESERVE(&match->index->eval->arena, match->meant.items, match->meant.count, match->meant.capacity);
    match->meant.items[match->meant.count++] = instance;
    return true;
}

/* A module that is called by an attribute of self, or where it is made, in place of the function that the pattern names. */
static bool unify_layer_by_meaning(nw_match *match, const nw_pattern *pattern, const nw_fact *fact, uint32_t node)
{
    nw_eval *eval = match->index->eval;
    const nw_instance *instance = fact->callee.kind == NW_INSTANCE ? fact->callee.as.instance : NULL;
    nw_symbol attribute;
    uint32_t read = nw_match_self_attribute(match, node, &attribute);
    if (!instance || !instance->class_->is_catalog || (!read && !is_made_here(match, instance, node)) || !nw_layer_means(bytes_of(match, nw_class_public_name(instance->class_)), bytes_of(match, pattern->name)))
        return false;
    nw_bound_call call = nw_call_of_fact(match, fact, node);
    uint32_t operands = 0;
    while (operands < pattern->argument_count && !pattern->arguments[operands].name.v)
        operands++;
    if (call.is_unclear || call.count < 1 || call.count != (operands ? operands : 1))
        return false;
    for (uint32_t i = 0; i < operands; i++)
        if (!unify_argument(match, pattern->arguments[i].value, &call.items[i]))
            return false;
    if (!unify_settings(match, pattern, instance))
        return false;
    if (read)
        nw_node_set_add(eval, &match->modules, read);
    return !read || add_meant(match, instance);
}

/* `self.act(h)`, where the module applies the operator and nothing else. */
static bool unify_module_by_meaning(nw_match *match, const nw_pattern *pattern, const nw_fact *fact, uint32_t node)
{
    const nw_fact *meaning = nw_meaning_of_call(match, fact);
    nw_symbol attribute;
    if (!meaning || pattern->exact || !nw_names_same(bytes_of(match, meaning->name), bytes_of(match, pattern->name)))
        return false;
    uint32_t read = nw_match_self_attribute(match, node, &attribute);
    if (!read && nw_file_node(match->index, nw_file_node(match->index, node)->a)->kind != NW_NODE_NAME && !is_made_here(match, fact->callee.as.instance, node))
        return false;
    if (read) {
        nw_node_set_add(match->index->eval, &match->modules, read);
        add_meant(match, fact->callee.as.instance);
    }
    nw_node_set_add(match->index->eval, &match->calls, node);
    nw_bound_call call = nw_call_of_meaning(match, meaning, node);
    return unify_arguments(match, pattern, &call);
}

bool nw_unify_is_operator_named(nw_match *match, const nw_fact *fact, uint32_t node, const char *wanted)
{
    const char *name = bytes_of(match, fact->name);
    const nw_node *call = nw_file_node(match->index, node), *callee = nw_file_node(match->index, call->a);
    char plain[96];
    size_t size = strlen(name);
    if (nw_names_same(name, wanted))
        return true;
    if (match->rule->legacy || call->kind != NW_NODE_CALL || callee->kind != NW_NODE_ATTRIBUTE || strncmp(name, "torch.Tensor.", 13) != 0 || size >= sizeof plain ||
        name[size - 1] != '_' || name[size - 2] == '_')
        return false;
    memcpy(plain, name, size - 1);
    plain[size - 1] = 0;
    if (!nw_names_same(plain, wanted))
        return false;
    nw_node_set_add(match->index->eval, &match->overwritten, callee->a);
    return true;
}

/* `a @ b` for torch.matmul. */
static bool unify_spelled_operator(nw_match *match, const nw_pattern *pattern, const nw_fact *fact, uint32_t node)
{
    if (pattern->exact || !nw_names_same(bytes_of(match, fact->name), bytes_of(match, pattern->name)))
        return false;
    nw_node_set_add(match->index->eval, &match->calls, node);
    nw_bound_call call = nw_call_of_fact(match, fact, node);
    return unify_arguments(match, pattern, &call);
}

static bool unify_operator(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    const nw_fact *fact = nw_match_fact(match, term.node);
    uint8_t kind = nw_file_node(match->index, term.node)->kind;
    if (term.node && fact && fact->kind == NW_FACT_OPERATOR && (kind == NW_NODE_BINARY || kind == NW_NODE_UNARY))
        return unify_spelled_operator(match, pattern, fact, term.node);
    if (!term.node || kind != NW_NODE_CALL || (fact && fact->kind == NW_FACT_LAYER && pattern->exact))
        return false;
    if (!fact)
        return nw_unsure_operator(match, pattern, term.node);
    if (fact->kind == NW_FACT_CALL) {
        nw_alternative old = nw_alternative_begin(match);
        bool by_meaning = is_bound_once(match, nw_file_node(match->index, term.node)->a) && unify_module_by_meaning(match, pattern, fact, term.node);
        return by_meaning || (!nw_alternative_undo(match, &old) && nw_unsure_operator(match, pattern, term.node));
    }
    if (!is_bound_once(match, nw_file_node(match->index, term.node)->a))
        return false;
    nw_node_set_add(match->index->eval, &match->calls, term.node);
    if (fact->kind == NW_FACT_LAYER)
        return unify_layer_by_meaning(match, pattern, fact, term.node);
    const char *wanted = bytes_of(match, pattern->name);
    if (fact->kind != NW_FACT_OPERATOR || !(pattern->exact ? strcmp(bytes_of(match, fact->name), wanted) == 0 : nw_unify_is_operator_named(match, fact, term.node, wanted)))
        return false;
    nw_bound_call call = nw_call_of_fact(match, fact, term.node);
    return unify_arguments(match, pattern, &call);
}

static bool is_of_class(const nw_instance *instance, const char *name, const nw_rules *rules)
{
    const char *bare = strncmp(name, "*.", 2) == 0 ? name + 2 : strchr(name, '.') ? NULL : name;
    if (bare) /* a class of any module */
        return strcmp(nw_symbol_bytes(rules->symbols, instance->class_->name), bare) == 0;
    for (uint32_t i = 0; i < instance->class_->mro_count; i++)
        if (strcmp(nw_symbol_bytes(rules->symbols, nw_class_public_name(instance->class_->mro[i])), name) == 0)
            return true;
    return false;
}

bool nw_unify_construction(nw_match *match, nw_pattern_id id, const nw_instance *instance)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    if (pattern->kind != NW_PATTERN_CLASS || !is_of_class(instance, bytes_of(match, pattern->name), match->rules))
        return false;
    uint32_t node = nw_construction_of(match, instance);
    nw_bound_call call = nw_call_of_instance(match, instance, node);
    return node && unify_arguments(match, pattern, &call);
}

bool nw_unify_made(nw_match *match, const nw_pattern *pattern, nw_instance *instance, uint32_t maker)
{
    const char *name = bytes_of(match, nw_class_public_name(instance->class_));
    if (pattern->kind == NW_PATTERN_OPERATOR)
        return !pattern->exact && instance->class_->is_catalog && nw_layer_means(name, bytes_of(match, pattern->name)) && unify_settings(match, pattern, instance) && add_meant(match, instance);
    if (pattern->kind != NW_PATTERN_LAYER || !is_of_class(instance, bytes_of(match, pattern->name), match->rules))
        return false;
    if (pattern->variable.v) {
        match->bindings[pattern->variable.v] = (nw_binding){.is_bound = true, .instance = instance, .contained = maker,
                                                            .term = {nw_construction_of(match, instance), {.kind = NW_INSTANCE, .as.instance = instance}}};
        nw_pattern_id definition = match->form->variables[pattern->variable.v].definition;
        if (definition.v && !nw_unify_construction(match, definition, instance))
            return false;
    }
    return !pattern->inner.v || nw_unify_construction(match, pattern->inner, instance);
}

static bool unify_layer(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    const nw_fact *fact = nw_match_fact(match, term.node);
    nw_symbol attribute;
    if (!term.node)
        return false;
    if (!fact || fact->kind != NW_FACT_LAYER || fact->callee.kind != NW_INSTANCE)
        return nw_unsure_layer(match, pattern, term.node);
    nw_instance *instance = fact->callee.as.instance;
    if (!is_of_class(instance, bytes_of(match, pattern->name), match->rules))
        return false;
    uint32_t read = nw_match_self_attribute(match, term.node, &attribute);
    if (!read)
        read = attribute_of_alias(match, term.node, &attribute);
    if (!read)
        return false;
    if (pattern->variable.v) {
        nw_binding *binding = &match->bindings[pattern->variable.v];
        if (binding->is_bound && binding->instance != instance)
            return false;
        if (!binding->is_bound)
            *binding = (nw_binding){.is_bound = true, .instance = instance, .attribute = attribute, .read = read,
                                    .term = {read, {.kind = NW_INSTANCE, .as.instance = instance}}};
        nw_pattern_id definition = match->form->variables[pattern->variable.v].definition;
        if (definition.v && !nw_unify_construction(match, definition, instance))
            return false;
    }
    if (pattern->inner.v && !nw_unify_construction(match, pattern->inner, instance))
        return false;
    nw_node_set_add(match->index->eval, &match->calls, term.node);
    nw_bound_call call = nw_call_of_fact(match, fact, term.node);
    return unify_arguments(match, pattern, &call);
}

static bool unify_either(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    for (uint32_t i = 0; i < pattern->argument_count; i++) {
        nw_alternative old = nw_alternative_begin(match);
        if (nw_unify(match, pattern->arguments[i].value, term))
            return true;
        nw_alternative_undo(match, &old);
    }
    return false;
}

static bool unify_subscript(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    const nw_node *node = nw_file_node(match->index, term.node);
    if (!term.node || node->kind != NW_NODE_SUBSCRIPT)
        return false;
    nw_term object = nw_match_term(match, node->a), index = {node->b, nw_unset()};
    return nw_unify(match, pattern->arguments[0].value, object) && nw_unify(match, pattern->arguments[1].value, index);
}

/* `$k.mT` */
static bool unify_attribute(nw_match *match, const nw_pattern *pattern, nw_term term)
{
    const nw_node *node = nw_file_node(match->index, term.node);
    return term.node && node->kind == NW_NODE_ATTRIBUTE && node->b == pattern->name.v && nw_unify(match, pattern->inner, nw_match_term(match, node->a));
}

static bool unify_kind(nw_match *match, nw_pattern_id id, nw_term term)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    switch (pattern->kind) {
    case NW_PATTERN_ANY: return true;
    case NW_PATTERN_VARIABLE: return unify_variable(match, pattern->variable, term);
    case NW_PATTERN_CONSTANT: return unify_constant(match, &pattern->constant, term);
    case NW_PATTERN_EITHER: return unify_either(match, pattern, term);
    case NW_PATTERN_OPERATOR: return unify_operator(match, pattern, nw_term_follow(match, term));
    case NW_PATTERN_LAYER: {
        nw_term seen = nw_term_follow(match, term);
        return unify_layer(match, pattern, seen) || (match->rule->legacy && nw_unify_named_module(match, pattern, seen));
    }
    case NW_PATTERN_SOURCE: return nw_unify_source(match, pattern, nw_term_follow(match, term));
    case NW_PATTERN_OPERATION: return nw_unify_operation(match, id, nw_term_follow(match, term));
    case NW_PATTERN_ATTRIBUTE: return unify_attribute(match, pattern, nw_term_follow(match, term));
    case NW_PATTERN_MODULE: return nw_unify_module(match, pattern, nw_term_follow(match, term));
    case NW_PATTERN_SUBSCRIPT: return unify_subscript(match, pattern, nw_term_follow(match, term));
    case NW_PATTERN_MADE_OF: return nw_unify_made_of(match, pattern, term);
    default: return false;
    }
}

bool nw_unify(nw_match *match, nw_pattern_id id, nw_term term)
{
    const nw_pattern *pattern = nw_match_pattern(match, id);
    if (match->depth >= MAX_DEPTH)
        return false;
    match->depth++;
    nw_alternative old = nw_alternative_begin(match);
    bool matched = unify_kind(match, id, term) || nw_alternative_undo(match, &old);
    if (!matched && pattern->optional && pattern->argument_count)
        matched = nw_unify(match, pattern->arguments[0].value, term) || nw_alternative_undo(match, &old);
    nw_bindings_drop(match, old.bindings);
    match->depth--;
    return matched;
}
