#include "edit/rewrite.h"

#include "edit/alike.h"
#include "match/predicate.h"
#include "match/users.h"
#include "match/word.h"

#include <stdio.h>
#include <string.h>

const char *nw_rewrite_source(const nw_rewrite *rewrite, uint32_t id)
{
    nw_file_index *index = rewrite->match->index;
    const nw_node *node = nw_file_node(index, id);
    uint32_t size = node->end - node->start;
    char *copy = nw_arena_zero(&index->eval->arena, size + 1);
    memcpy(copy, index->module->source.bytes + node->start, size);
    return copy;
}

/* ---- what goes ---- */

static uint32_t statement_of(const nw_rewrite *rewrite, uint32_t node)
{
    return rewrite->match->index->above[node].statement;
}

/* `mask.expand_as(x)`: x gives its size, type or device alone. */
static bool is_given_for_its_size(const nw_file_index *index, uint32_t read)
{
    static const char *const takers[] = {"expand_as", "type_as", "view_as", "reshape_as", "zeros_like", "ones_like", "full_like", "empty_like"};
    const nw_node *call = nw_file_node(index, index->above[read].parent), *callee = nw_file_node(index, call->kind == NW_NODE_CALL ? call->a : 0);
    const char *name = callee->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->b}) : "";
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
        if (strcmp(name, takers[i]) == 0)
            return true;
    return false;
}

/* The other reads of a value look at its size or type only, or stand behind the `x += y` that this read is the x of: where it has run, they
 * see what it gave. */
static bool is_only_read(const nw_rewrite *rewrite, const nw_definition *definition, uint32_t read)
{
    static const char *const harmless[] = {"device", "dtype", "shape", "size", "dim", "ndim"};
    const nw_file_index *index = rewrite->match->index;
    const nw_node *statement = nw_file_node(index, index->above[read].statement);
    bool is_changed = (statement->kind == NW_NODE_AUGMENTED_ASSIGN && statement->a == read) ||
                      nw_written_in_place(index->module->ast, index->eval->symbols, index->above[read].statement) == read;
    for (uint32_t i = 0; i < definition->use_count; i++) {
        bool is_behind = is_changed && nw_file_node(index, definition->uses[i])->start >= statement->end;
        if (is_behind || (rewrite->match->takes_arms && nw_is_in_other_arm(index, &rewrite->match->literals, definition->uses[i])))
            continue;
        const nw_node *parent = nw_file_node(index, index->above[definition->uses[i]].parent);
        const char *name = parent->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){parent->b}) : "";
        bool good = definition->uses[i] == read || is_given_for_its_size(index, definition->uses[i]) || nw_reads_kind_only(rewrite->match->index, definition->uses[i]);
        for (size_t k = 0; k < sizeof harmless / sizeof *harmless && !good; k++)
            good = strcmp(name, harmless[k]) == 0;
        if (!good)
            return false;
    }
    return true;
}

/* What a read sees on the way through the arms that the match has taken, 0: not known. */
static uint32_t definition_of(const nw_rewrite *rewrite, const nw_def_use *def_use, uint32_t read)
{
    uint32_t number = nw_def_use_of_read(def_use, read);
    if (number || !rewrite->match->takes_arms)
        return number;
    nw_match probe = *rewrite->match;
    number = nw_definition_in_arms(&probe, read);
    return probe.decisions.count == rewrite->match->decisions.count ? number : 0;
}

/* A method that gives back its tensor, or memory of its own. */
static bool may_give_back(const char *name)
{
    static const char *const names[] = {"float", "double", "half", "to", "type", "type_as", "contiguous"};
    size_t size = strlen(name);
    bool is_method = strncmp(name, "torch.Tensor.", 13) == 0, in_place = is_method && name[size - 1] == '_' && name[size - 2] != '_';
    for (size_t i = 0; i < sizeof names / sizeof *names && !in_place; i++)
        in_place = is_method && strcmp(name + 13, names[i]) == 0;
    return in_place;
}

/* Fresh memory that nobody else holds: the result of a layer or of arithmetic. Dropout gives its input back in evaluation. */
static bool is_private_storage(const nw_rewrite *rewrite, uint32_t id, int depth)
{
    nw_file_index *index = rewrite->match->index;
    const nw_node *node = nw_file_node(index, id);
    if (node->kind == NW_NODE_NAME && node->b == NW_PLACE_SLOT && depth < 8) {
        const nw_def_use *def_use = nw_file_def_use(index, rewrite->match->function);
        uint32_t number = definition_of(rewrite, def_use, id);
        const nw_definition *definition = &def_use->definitions[number];
        if (!number || !definition->statement)
            return false;
        const nw_node *statement = nw_file_node(index, definition->statement);
        if ((statement->kind == NW_NODE_AUGMENTED_ASSIGN && statement->a == definition->target) || statement->kind == NW_NODE_EXPRESSION)
            return is_only_read(rewrite, definition, id) && is_private_storage(rewrite, definition->target, depth + 1);
        bool is_annotated = statement->kind == NW_NODE_ANNOTATED_ASSIGN;
        if (!is_annotated && (statement->kind != NW_NODE_ASSIGN || nw_ast_list(index->module->ast, statement->a).count != 1))
            return false;
        /* only when this read is the last of that value */
        return is_only_read(rewrite, definition, id) && !def_use->captured[definition->slot] &&
               is_private_storage(rewrite, is_annotated ? statement->c : statement->b, depth + 1);
    }
    uint32_t number = nw_file_fact(index, node->start, node->end, rewrite->match->activation), given = nw_given_back(rewrite->match, id);
    const nw_fact *fact = number ? &index->eval->facts[number] : NULL;
    if (given)
        return is_private_storage(rewrite, given, depth + 1);
    if (!fact)
        return false;
    const char *name = nw_symbol_bytes(index->eval->symbols, fact->name);
    if (node->kind == NW_NODE_BINARY)
        return true;
    static const char *const products[] = {"torch.matmul", "torch.bmm", "torch.baddbmm", "torch.mm", "torch.addmm", "torch.einsum", "torch.softmax", "torch.nn.functional.softmax"};
    for (size_t i = 0; i < sizeof products / sizeof *products && fact->kind == NW_FACT_OPERATOR; i++)
        if (strcmp(name, products[i]) == 0)
            return true;
    const nw_node *callee = nw_file_node(index, node->kind == NW_NODE_CALL ? node->a : 0);
    if (fact->kind == NW_FACT_OPERATOR && callee->kind == NW_NODE_ATTRIBUTE && may_give_back(name))
        return is_private_storage(rewrite, callee->a, depth + 1);
    if (fact->kind != NW_FACT_LAYER || node->kind != NW_NODE_CALL)
        return false;
    if (strcmp(name, "torch.nn.Dropout") == 0) {
        nw_list arguments = nw_ast_list(index->module->ast, node->b);
        return arguments.count == 1 && is_private_storage(rewrite, arguments.items[0], depth + 1);
    }
    return strcmp(name, "torch.nn.Linear") == 0 || strncmp(name, "torch.nn.Conv", 13) == 0;
}

bool nw_rewrite_owns_storage(const nw_rewrite *rewrite, uint32_t node)
{
    return is_private_storage(rewrite, node, 0);
}

bool nw_rewrite_owns_overwritten(const nw_rewrite *rewrite)
{
    for (uint32_t i = 0; i < rewrite->match->overwritten.count; i++)
        if (!is_private_storage(rewrite, rewrite->match->overwritten.items[i], 0))
            return false;
    return true;
}

bool nw_rewrite_refuse_use(nw_rewrite *rewrite, uint32_t target)
{
    return nw_rewrite_refuse(rewrite, NW_DIAG_VALUE_USED, nw_rewrite_source(rewrite, target));
}

static bool check_uses(nw_rewrite *rewrite, const nw_def_use *def_use, const nw_definition *definition)
{
    const nw_match *match = rewrite->match;
    bool private = !def_use->captured[definition->slot];
    for (uint32_t i = 0; i < definition->use_count; i++)
        private &= nw_node_set_has(&match->reads, definition->uses[i]);
    return private || nw_rewrite_refuse_use(rewrite, definition->target);
}

bool nw_rewrite_is_straight(const nw_rewrite *rewrite, uint32_t node, uint32_t statement)
{
    const nw_file_index *index = rewrite->match->index;
    uint8_t kind = nw_file_node(index, statement)->kind;
    if (kind != NW_NODE_ASSIGN && kind != NW_NODE_RETURN && kind != NW_NODE_EXPRESSION && kind != NW_NODE_AUGMENTED_ASSIGN && kind != NW_NODE_ANNOTATED_ASSIGN)
        return false;
    for (uint32_t at = node; at && at != statement; at = index->above[at].parent)
        switch (nw_file_node(index, at)->kind) {
        case NW_NODE_LAMBDA: case NW_NODE_CONDITIONAL: case NW_NODE_AND: case NW_NODE_OR: case NW_NODE_GENERATOR: case NW_NODE_LIST_COMPREHENSION:
        case NW_NODE_SET_COMPREHENSION: case NW_NODE_DICT_COMPREHENSION:
            return false;
        default:
            break;
        }
    return true;
}

/* The statements whose values nobody needs any more. */
static bool plan_removals(nw_rewrite *rewrite)
{
    const nw_match *match = rewrite->match;
    uint32_t root = statement_of(rewrite, rewrite->roots[0].node);
    if (!nw_rewrite_owns_overwritten(rewrite))
        return nw_rewrite_refuse(rewrite, NW_DIAG_SHARED_STORAGE, "");
    if (match->crossed.count == 0)
        return true;
    const nw_def_use *def_use = nw_file_def_use(match->index, match->function);
    for (uint32_t i = 0; i < match->crossed.count; i++) {
        const nw_definition *definition = &def_use->definitions[match->crossed.items[i]];
        const nw_node *statement = nw_file_node(match->index, definition->statement);
        if (definition->statement == root)
            return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_BLOCK, "");
        bool sinks = !nw_file_same_block(match->index, definition->statement, root);
        if (sinks ? !nw_rewrite_sink(rewrite, def_use, definition) : !check_uses(rewrite, def_use, definition))
            return false;
        if (statement->kind == NW_NODE_AUGMENTED_ASSIGN && !is_private_storage(rewrite, statement->a, 0))
            return nw_rewrite_refuse(rewrite, NW_DIAG_SHARED_STORAGE, "");
        nw_node_set_add(match->index->eval, &rewrite->removed, definition->statement);
    }
    for (uint32_t i = 0; i < match->form->root_count; i++)
        if (!nw_rewrite_is_straight(rewrite, rewrite->roots[i].node, statement_of(rewrite, rewrite->roots[i].node)))
            return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_BLOCK, "");
    return true;
}

/* ---- conditions of the text ---- */

/* `math.sqrt`, `np.sqrt` */
static bool is_of_math(const nw_file_index *index, uint32_t callee)
{
    const nw_node *node = nw_file_node(index, callee), *object = nw_file_node(index, node->kind == NW_NODE_ATTRIBUTE ? node->a : callee);
    bool is_global = node->kind == NW_NODE_ATTRIBUTE && object->kind == NW_NODE_NAME && object->b == NW_PLACE_GLOBAL;
    const char *name = is_global ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){object->a}) : "";
    return strcmp(name, "math") == 0 || strcmp(name, "np") == 0 || strcmp(name, "numpy") == 0;
}

/* Elementwise work without calls of functions: evaluating it twice costs little and has no effect. */
static bool is_cheap(const nw_file_index *index, uint32_t id, int depth)
{
    const nw_node *node = nw_file_node(index, id);
    nw_list parts;
    switch (node->kind) {
    case NW_NODE_NAME: case NW_NODE_INTEGER: case NW_NODE_FLOAT: case NW_NODE_STRING: case NW_NODE_TRUE: case NW_NODE_FALSE: case NW_NODE_NONE:
        return true;
    case NW_NODE_ATTRIBUTE: case NW_NODE_UNARY:
        return depth && is_cheap(index, node->a, depth - 1);
    case NW_NODE_BINARY:
        return depth && strcmp(nw_operator_text((nw_operator)node->op), "@") != 0 && is_cheap(index, node->a, depth - 1) && is_cheap(index, node->b, depth - 1);
    case NW_NODE_COMPARE:
        parts = nw_ast_list(index->module->ast, node->b);
        return depth && parts.count == 2 && is_cheap(index, node->a, depth - 1) && is_cheap(index, parts.items[1], depth - 1);
    case NW_NODE_CALL:
        parts = nw_ast_list(index->module->ast, node->b);
        return depth && is_of_math(index, node->a) && parts.count == 1 && is_cheap(index, parts.items[0], depth - 1);
    default:
        return false;
    }
}

bool nw_rewrite_is_plain(const nw_file_index *index, uint32_t id)
{
    return is_cheap(index, id, 3);
}

/* What the statements that go have computed is computed by the new code, at the place of the root. */
static bool check_removed(nw_rewrite *rewrite, uint32_t root)
{
    for (uint32_t i = 0; i < rewrite->removed.count; i++) {
        const nw_node *statement = nw_file_node(rewrite->match->index, rewrite->removed.items[i]);
        uint32_t value = statement->kind == NW_NODE_ANNOTATED_ASSIGN ? statement->c : statement->kind == NW_NODE_EXPRESSION ? statement->a : statement->b;
        if (!nw_rewrite_may_move(rewrite, value, root))
            return nw_rewrite_refuse(rewrite, NW_DIAG_CANNOT_MOVE, nw_rewrite_source(rewrite, value));
    }
    return true;
}

static bool check_texts(nw_rewrite *rewrite)
{
    const nw_match *match = rewrite->match;
    uint32_t root = statement_of(rewrite, rewrite->roots[0].node);
    if (!check_removed(rewrite, root))
        return false;
    for (uint32_t i = 1; i < match->form->variable_count; i++) {
        const nw_binding *binding = &match->bindings[i];
        uint32_t uses = 0;
        for (uint32_t k = 0; k < match->form->forward.right_count; k++)
            uses += nw_rewrite_occurrences(rewrite, &match->form->forward.right[k].value, (nw_variable_id){i});
        if (match->form->variables[i].role != NW_VARIABLE_VALUE || !binding->is_bound || !binding->term.node || !uses)
            continue;
        if (match->index->above[binding->term.node].function != match->function)
            continue;
        if (uses > 1 && !nw_rewrite_is_plain(match->index, binding->term.node))
            return nw_rewrite_refuse(rewrite, NW_DIAG_EVALUATED_TWICE, nw_rewrite_source(rewrite, binding->term.node));
        if (!nw_rewrite_may_move(rewrite, binding->term.node, root))
            return nw_rewrite_refuse(rewrite, NW_DIAG_CANNOT_MOVE, nw_rewrite_source(rewrite, binding->term.node));
    }
    return nw_rewrite_keeps_order(rewrite);
}

/* Whether a change may be one of the module that self.attribute is in this function. */
static bool may_replace(const nw_rewrite *rewrite, const nw_change *change)
{
    const nw_file_index *index = rewrite->match->index;
    uint32_t class_ = index->above[index->module->ast->functions[rewrite->match->function].node].class_;
    if (!change->class_ && nw_file_node(index, change->node)->kind == NW_NODE_ATTRIBUTE && nw_is_unrelated_attribute(rewrite->match, change->node))
        return false;
    for (uint32_t i = 0; i < index->instances.count; i++) {
        const nw_class *other = index->instances.items[i].class_;
        bool runs_it = false;
        for (uint32_t k = 0; k < other->mro_count && !runs_it; k++)
            runs_it = other->mro[k]->node == class_ && !other->mro[k]->is_catalog;
        if (runs_it && nw_change_concerns(change, other))
            return true;
    }
    return false;
}

/* Another module may take the place of self.attribute; `made`: what gives it its own one. */
static bool is_replaced(const nw_rewrite *rewrite, nw_symbol attribute, uint32_t made)
{
    const nw_changes *changes = &rewrite->match->index->changes;
    for (uint32_t i = 0; i < changes->count; i++)
        if (changes->items[i].attribute == attribute.v && changes->items[i].statement != made && may_replace(rewrite, &changes->items[i]))
            return true;
    return false;
}

/* A module that was matched as a function is no longer called: what else the file does with it is lost. */
static bool check_meant(nw_rewrite *rewrite, uint32_t read)
{
    const nw_file_index *index = rewrite->match->index;
    uint32_t symbol = nw_file_node(index, read)->b;
    if (is_replaced(rewrite, (nw_symbol){symbol}, UINT32_MAX))
        return nw_rewrite_refuse(rewrite, NW_DIAG_REPLACED, nw_symbol_bytes(index->eval->symbols, (nw_symbol){symbol}));
    nw_list places = nw_file_word(index, (nw_symbol){symbol});
    for (uint32_t at = 0; at < places.count; at++) {
        const nw_node *node = nw_file_node(index, places.items[at]);
        const char *label = index->above[places.items[at]].label;
        bool plain = label && (strcmp(label, "callee") == 0 || strcmp(label, "target") == 0);
        if (node->kind == NW_NODE_ATTRIBUTE && node->b == symbol && !plain)
            return nw_rewrite_refuse(rewrite, NW_DIAG_HOOKED, "");
    }
    if (nw_module_is_reached(rewrite->match, (nw_symbol){symbol}))
        return nw_rewrite_refuse(rewrite, NW_DIAG_HOOKED, ", or other settings: it may be reached by a text, a computed name or as a child");
    return !index->has_hooks || nw_rewrite_refuse(rewrite, NW_DIAG_HOOKED, "");
}

static bool refuse_other_file(nw_rewrite *rewrite, const char *what, nw_symbol name, const char *place)
{
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "%s `%s`: %s", what, nw_symbol_bytes(rewrite->match->index->eval->symbols, name), place);
    const char *detail = nw_arena_copy(&rewrite->match->index->eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_FILE, detail);
}

/* Modules that the new code does something with, or no longer calls, are left alone by the other files of the run. */
static bool check_other_files(nw_rewrite *rewrite)
{
    nw_match *match = rewrite->match;
    uint32_t class_ = match->index->above[match->index->module->ast->functions[match->function].node].class_;
    const char *place = NULL;
    nw_symbol attribute = {0};
    for (uint32_t i = 1; i < match->form->variable_count && !place; i++) {
        const nw_binding *binding = &match->bindings[i];
        if (binding->instance && binding->attribute.v && !binding->is_inside)
            place = nw_users_touch_attribute(match->index, attribute = binding->attribute, class_);
    }
    for (uint32_t i = 0; i < match->modules.count && !place; i++)
        place = nw_users_touch_attribute(match->index, attribute = (nw_symbol){nw_file_node(match->index, match->modules.items[i])->b}, class_);
    if (place)
        return refuse_other_file(rewrite, "mentions, or may reach,", attribute, place);
    place = attribute.v ? nw_users_register_hooks(match->index) : NULL;
    if (place)
        return refuse_other_file(rewrite, "registers hooks, which may be for", attribute, place);
    for (uint32_t i = 0; i < match->meant.count && !place; i++)
        if ((place = nw_users_look_for_class(match->index, match->meant.items[i]->class_->name)))
            return refuse_other_file(rewrite, "looks for modules of", match->meant.items[i]->class_->name, place);
    return true;
}

/* Modules that were matched as functions are no longer called. */
bool nw_rewrite_check_modules(nw_rewrite *rewrite)
{
    const nw_file_index *index = rewrite->match->index;
    for (uint32_t i = 1; i < rewrite->match->form->variable_count; i++) {
        const nw_binding *binding = &rewrite->match->bindings[i];
        if (binding->instance && binding->attribute.v && is_replaced(rewrite, binding->attribute, nw_module_made_by(rewrite->match, binding)))
            return nw_rewrite_refuse(rewrite, NW_DIAG_REPLACED, nw_symbol_bytes(index->eval->symbols, binding->attribute));
        if (binding->instance && binding->attribute.v && !binding->is_inside && nw_may_be_hooked(rewrite->match->index, binding->instance))
            return nw_rewrite_refuse(rewrite, NW_DIAG_HOOKED, "");
    }
    for (uint32_t i = 0; i < rewrite->match->modules.count; i++)
        if (!check_meant(rewrite, rewrite->match->modules.items[i]))
            return false;
    uint32_t test;
    for (uint32_t i = 0; i < rewrite->match->meant.count; i++)
        if (nw_class_is_treated(rewrite->match, rewrite->match->meant.items[i], &test))
            return nw_rewrite_refuse(rewrite, NW_DIAG_HOOKED, ", or other settings: the file looks for modules of its class");
    return check_other_files(rewrite);
}

/* ---- the forward side ---- */

static bool remove_statements(nw_rewrite *rewrite)
{
    const nw_file_index *index = rewrite->match->index;
    for (uint32_t i = 0; i < rewrite->removed.count; i++) {
        const nw_node *node = nw_file_node(index, rewrite->removed.items[i]);
        if (index->above[rewrite->removed.items[i]].function == rewrite->match->function && node->start < rewrite->first)
            rewrite->first = node->start;
        bool loses = rewrite->loses_comment, sank = nw_node_set_has(&rewrite->sunk, rewrite->removed.items[i]);
        if (!nw_rewrite_remove(rewrite, rewrite->removed.items[i]))
            return false;
        if (sank) /* its comments went into the copies */
            rewrite->loses_comment = loses;
    }
    return true;
}

static bool write_one(nw_rewrite *rewrite, const nw_rule_output *output)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *root = nw_file_node(index, rewrite->roots[0].node);
    nw_buffer text;
    nw_buffer_init(&text);
    bool good = nw_rewrite_template(rewrite, &output->value, rewrite->match->function, &text);
    rewrite->loses_comment |= nw_rewrite_has_comment(rewrite, root->start, root->end);
    good = good && nw_rewrite_add(rewrite, root->start, root->end, text.bytes, text.size);
    nw_buffer_release(&text);
    return good;
}

/* The name that a root is assigned to, when that is all its statement does. */
static uint32_t only_target(const nw_rewrite *rewrite, uint32_t root)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *statement = nw_file_node(index, statement_of(rewrite, root));
    if (statement->kind != NW_NODE_ASSIGN || statement->b != root || nw_ast_list(index->module->ast, statement->a).count != 1)
        return 0;
    uint32_t target = nw_ast_list(index->module->ast, statement->a).items[0];
    return nw_file_node(index, target)->kind == NW_NODE_NAME ? target : 0;
}

static bool is_in_root(const nw_rewrite *rewrite, const nw_node *node)
{
    for (uint32_t i = 0; i < rewrite->match->form->root_count; i++)
        if (nw_node_inside(node, nw_file_node(rewrite->match->index, rewrite->roots[i].node)))
            return true;
    return false;
}

/* Whether a call that is given what a root makes is given any local name besides: `shape(self.q(x), x)`. */
static bool takes_more_than_roots(const nw_rewrite *rewrite, uint32_t call)
{
    const nw_file_index *index = rewrite->match->index;
    nw_node_range inside = nw_file_range(index, call);
    bool has_root = false, has_other = false;
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = nw_file_node(index, i);
        bool in_root = nw_node_inside(node, nw_file_node(index, call)) && is_in_root(rewrite, node);
        has_root |= in_root;
        has_other |= !in_root && nw_node_inside(node, nw_file_node(index, call)) && node->kind == NW_NODE_NAME && node->b == NW_PLACE_SLOT && !nw_ast_is_first_local(node);
    }
    return !has_root || has_other;
}

/* A call between roots that may write what they read: neither a layer that works on a copy, nor known to compute only. */
static bool may_write(const nw_rewrite *rewrite, uint32_t call)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_fact *fact = nw_match_fact(rewrite->match, call);
    if (fact && fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE) {
        const nw_value *inplace = nw_dict_find_name(fact->callee.as.instance->attributes, nw_symbol_of(index->eval->symbols, "inplace"));
        return inplace && !(inplace->kind == NW_BOOL && !inplace->as.integer);
    }
    return !nw_rewrite_is_harmless_call(rewrite, call) && takes_more_than_roots(rewrite, call);
}

/* Whether nothing between the first and the last root changes what the later ones read, which the new code reads at the first one. */
static bool may_read_early(nw_rewrite *rewrite)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *first = nw_file_node(index, statement_of(rewrite, rewrite->roots[0].node));
    const nw_node *last = nw_file_node(index, statement_of(rewrite, rewrite->roots[rewrite->match->form->root_count - 1].node));
    nw_node_range inside = nw_file_function_range(index, rewrite->match->function);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = nw_file_node(index, i);
        if (node->start < first->start || node->end > last->end)
            continue;
        nw_text name = nw_symbol_text(index->eval->symbols, (nw_symbol){node->kind == NW_NODE_ATTRIBUTE ? node->b : 0});
        bool in_place = node->kind == NW_NODE_ATTRIBUTE && name.size > 1 && name.bytes[name.size - 1] == '_' && name.bytes[0] != '_';
        bool stores = (node->kind == NW_NODE_SUBSCRIPT || node->kind == NW_NODE_ATTRIBUTE) && nw_file_is_written(index, i);
        bool leaves = node->kind == NW_NODE_NAMED || node->kind == NW_NODE_YIELD || node->kind == NW_NODE_AWAIT;
        if (in_place || stores || leaves || node->kind == NW_NODE_AUGMENTED_ASSIGN || (node->kind == NW_NODE_CALL && !is_in_root(rewrite, node) && may_write(rewrite, i)))
            return false;
    }
    return true;
}

/* Whether nothing between the first and the last root mentions the results' names. */
static bool may_join(nw_rewrite *rewrite, const uint32_t *targets)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t count = rewrite->match->form->root_count;
    const nw_node *first = nw_file_node(index, statement_of(rewrite, rewrite->roots[0].node));
    const nw_node *last = nw_file_node(index, statement_of(rewrite, rewrite->roots[count - 1].node));
    nw_node_range inside = nw_file_function_range(index, rewrite->match->function);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->start < first->end || node->end > last->end || node->kind != NW_NODE_NAME)
            continue;
        bool in_root = false;
        for (uint32_t k = 0; k < count; k++)
            in_root |= i == targets[k];
        for (uint32_t k = 1; k < count && !in_root; k++)
            if (node->a == ast->nodes[targets[k]].a && node->end <= ast->nodes[targets[k]].start)
                return false;
    }
    return true;
}

static uint32_t root_of_target(const nw_rewrite *rewrite, nw_variable_id target)
{
    const nw_rule_form *form = rewrite->match->form;
    for (uint32_t i = 0; i < form->root_count; i++)
        if (form->variables[target.v].definition.v == form->roots[i].v)
            return i;
    return UINT32_MAX;
}

static bool write_many(nw_rewrite *rewrite, const nw_rule_output *output)
{
    const nw_file_index *index = rewrite->match->index;
    uint32_t count = rewrite->match->form->root_count, targets[NW_MAX_ROOTS];
    uint32_t first = statement_of(rewrite, rewrite->roots[0].node);
    if (output->target_count != count)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the rule's results are not its roots");
    for (uint32_t i = 0; i < count; i++) {
        targets[i] = only_target(rewrite, rewrite->roots[i].node);
        if (!targets[i])
            return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the results are not given names of their own first");
        if (!nw_file_same_block(index, first, statement_of(rewrite, rewrite->roots[i].node)))
            return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_BLOCK, "");
    }
    if (!may_read_early(rewrite) || !may_join(rewrite, targets))
        return nw_rewrite_refuse(rewrite, NW_DIAG_CANNOT_MOVE, nw_rewrite_source(rewrite, rewrite->roots[count - 1].node));
    nw_buffer text;
    nw_buffer_init(&text);
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t root = root_of_target(rewrite, output->targets[i]);
        good &= root != UINT32_MAX;
        nw_buffer_format(&text, "%s%s", i ? ", " : "", good ? nw_rewrite_source(rewrite, targets[root]) : "");
    }
    nw_buffer_text(&text, " = ");
    good = good && nw_rewrite_template(rewrite, &output->value, rewrite->match->function, &text);
    const nw_node *statement = nw_file_node(index, first);
    rewrite->loses_comment |= nw_rewrite_has_comment(rewrite, statement->start, statement->end);
    good = good && nw_rewrite_add(rewrite, statement->start, statement->end, text.bytes, text.size);
    for (uint32_t i = 1; good && i < count; i++)
        good = nw_rewrite_remove(rewrite, statement_of(rewrite, rewrite->roots[i].node));
    nw_buffer_release(&text);
    return good;
}

/* ---- several results inside larger expressions: a statement before them makes them all ---- */

static bool is_name_taken(const nw_rewrite *rewrite, const char *name)
{
    return nw_file_has_word(rewrite->match->index, NW_NODE_NAME, name);
}

/* A local name for what a root's module gives: `query`, after self.query. */
static const char *name_of_result(nw_rewrite *rewrite, uint32_t root)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_node *callee = nw_file_node(index, nw_file_node(index, rewrite->roots[root].node)->a);
    const char *base = callee->kind == NW_NODE_ATTRIBUTE ? nw_symbol_bytes(index->eval->symbols, (nw_symbol){callee->b}) : "result";
    char name[160];
    snprintf(name, sizeof name, "%.100s", base);
    for (uint32_t i = 1; is_name_taken(rewrite, name) && i < 100; i++)
        snprintf(name, sizeof name, i == 1 ? "%.100s_projected" : "%.100s_projected_%u", base, i);
    return nw_arena_copy(&index->eval->arena, name, strlen(name) + 1);
}

static bool write_before(nw_rewrite *rewrite, const nw_rule_output *output)
{
    const nw_file_index *index = rewrite->match->index;
    const nw_source *source = &index->module->source;
    uint32_t count = rewrite->match->form->root_count, first = statement_of(rewrite, rewrite->roots[0].node);
    const char *names[NW_MAX_ROOTS];
    for (uint32_t i = 0; i < count; i++) {
        uint32_t statement = statement_of(rewrite, rewrite->roots[i].node);
        if (!nw_file_same_block(index, first, statement) || !nw_rewrite_is_straight(rewrite, rewrite->roots[i].node, statement))
            return nw_rewrite_refuse(rewrite, NW_DIAG_OTHER_BLOCK, "");
        names[i] = name_of_result(rewrite, i);
        for (uint32_t k = 0; k < i; k++)
            if (strcmp(names[k], names[i]) == 0)
                return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the results have no names of their own");
    }
    if (!may_read_early(rewrite))
        return nw_rewrite_refuse(rewrite, NW_DIAG_CANNOT_MOVE, nw_rewrite_source(rewrite, rewrite->roots[count - 1].node));
    uint32_t start = nw_file_node(index, first)->start, line = start;
    while (line > 0 && (source->bytes[line - 1] == ' ' || source->bytes[line - 1] == '\t'))
        line--;
    if (line > 0 && source->bytes[line - 1] != '\n')
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the first result shares its line with another statement");
    nw_buffer text;
    nw_buffer_init(&text);
    bool good = true;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t root = root_of_target(rewrite, output->targets[i]);
        good &= root != UINT32_MAX;
        nw_buffer_format(&text, "%s%s", i ? ", " : "", good ? names[root] : "");
    }
    nw_buffer_text(&text, " = ");
    good = good && nw_rewrite_template(rewrite, &output->value, rewrite->match->function, &text);
    nw_buffer_text(&text, source->is_crlf ? "\r\n" : "\n");
    nw_buffer_add(&text, source->bytes + line, start - line);
    good = good && nw_rewrite_add(rewrite, start, start, text.bytes, text.size);
    for (uint32_t i = 0; good && i < count; i++) {
        const nw_node *root = nw_file_node(index, rewrite->roots[i].node);
        rewrite->loses_comment |= nw_rewrite_has_comment(rewrite, root->start, root->end);
        good = nw_rewrite_add(rewrite, root->start, root->end, names[i], strlen(names[i]));
    }
    nw_buffer_release(&text);
    return good;
}

static bool have_names(const nw_rewrite *rewrite)
{
    for (uint32_t i = 0; i < rewrite->match->form->root_count; i++)
        if (!only_target(rewrite, rewrite->roots[i].node))
            return false;
    return true;
}

static bool write_forward(nw_rewrite *rewrite)
{
    const nw_rule_side *side = &rewrite->match->form->forward;
    if (side->kept)
        return true;
    if (side->right_count != 1)
        return nw_rewrite_refuse(rewrite, NW_DIAG_EDIT_REFUSED, "the rule has several results");
    if (rewrite->match->form->root_count == 1)
        return write_one(rewrite, &side->right[0]);
    if (side->right[0].target_count == rewrite->match->form->root_count && !have_names(rewrite))
        return write_before(rewrite, &side->right[0]);
    return write_many(rewrite, &side->right[0]);
}

/* ---- all of it ---- */

static void find_range(nw_rewrite *rewrite)
{
    const nw_file_index *index = rewrite->match->index;
    rewrite->first = UINT32_MAX;
    for (uint32_t i = 0; i < rewrite->match->form->root_count; i++) {
        const nw_node *statement = nw_file_node(index, statement_of(rewrite, rewrite->roots[i].node));
        const nw_node *root = nw_file_node(index, rewrite->roots[i].node);
        bool compound = statement->kind == NW_NODE_IF || statement->kind == NW_NODE_FOR || statement->kind == NW_NODE_WHILE || statement->kind == NW_NODE_WITH;
        const nw_node *whole = compound ? root : statement;
        rewrite->first = whole->start < rewrite->first ? whole->start : rewrite->first;
        rewrite->end = whole->end > rewrite->end ? whole->end : rewrite->end;
    }
}

bool nw_rewrite_make(nw_rewrite *rewrite)
{
    const nw_rule_form *form = rewrite->match->form;
    nw_init_plan plan = {0};
    bool has_init = form->init.present && !form->init.kept && form->init.right_count;
    find_range(rewrite);
    for (uint32_t i = 0; i < form->root_count; i++)
        if (nw_is_statement(nw_file_node(rewrite->match->index, rewrite->roots[i].node)->kind))
            return nw_rewrite_refuse(rewrite, NW_DIAG_SHARED_STORAGE, "");
    if (!nw_rewrite_check_surroundings(rewrite) || !nw_rewrite_check_modules(rewrite) || !plan_removals(rewrite) || !check_texts(rewrite) || (has_init && !nw_rewrite_plan_init(rewrite, &plan)))
        return false;
    if (has_init && !nw_rewrite_check_init_texts(rewrite, &plan))
        return false;
    if (has_init && plan.last_goes) { /* the new modules are written in its place */
        for (uint32_t i = 0; i < rewrite->removed.count; i++)
            if (rewrite->removed.items[i] == plan.last)
                rewrite->removed.items[i] = rewrite->removed.items[--rewrite->removed.count];
    }
    return nw_rewrite_helper(rewrite) && write_forward(rewrite) && nw_rewrite_write_copies(rewrite) && (!has_init || (nw_rewrite_write_init(rewrite, &plan) && nw_rewrite_rename_mentions(rewrite))) && remove_statements(rewrite);
}
