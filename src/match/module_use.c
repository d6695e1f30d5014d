/* Whether a module is used by one match only: every other place that reads, writes or names its attribute. */
#include "match/callee.h"
#include "match/predicate.h"

#include <string.h>

uint32_t nw_module_made_by(const nw_match *match, const nw_binding *binding)
{
    const nw_file_index *index = match->index;
    uint32_t call = binding->instance ? nw_construction_of(match, binding->instance) : 0;
    uint32_t statement = call ? index->above[call].parent : 0;
    if (!statement)
        return 0;
    const nw_node *assign = nw_file_node(index, statement);
    if (assign->kind != NW_NODE_ASSIGN || assign->b != call || nw_ast_list(index->module->ast, assign->a).count != 1)
        return 0;
    const nw_node *target = nw_file_node(index, nw_ast_list(index->module->ast, assign->a).items[0]);
    const nw_node *object = nw_file_node(index, target->a);
    if (target->kind != NW_NODE_ATTRIBUTE || target->b != binding->attribute.v || object->kind != NW_NODE_NAME || object->b != NW_PLACE_SLOT || object->c || object->op)
        return 0;
    uint32_t parent = index->above[statement].parent;
    const nw_ast_function *function = &index->module->ast->functions[index->above[statement].function];
    bool direct = parent && parent == function->node && function->name.v == NW_NAME_DUNDER_INIT;
    return direct ? statement : 0;
}

static const nw_class *class_at(const nw_match *match, uint32_t node)
{
    if (!node)
        return NULL;
    nw_value *value = nw_dict_find_name(match->index->module->globals, (nw_symbol){nw_file_node(match->index, node)->a});
    return value && value->kind == NW_CLASS && value->as.class_->node == node ? value->as.class_ : NULL;
}

/* `self.name` in a class that has nothing to do with ours is another attribute. */
static bool is_of_another_class(const nw_match *match, uint32_t attribute)
{
    const nw_file_index *index = match->index;
    const nw_node *object = nw_file_node(index, nw_file_node(index, attribute)->a);
    const nw_class *ours = class_at(match, index->above[index->module->ast->functions[match->function].node].class_);
    const nw_class *theirs = class_at(match, index->above[attribute].class_);
    bool is_self = object->kind == NW_NODE_NAME && object->b == NW_PLACE_SLOT && object->c == 0 && object->op == 0;
    return is_self && ours && theirs && !nw_is_subclass(ours, theirs) && !nw_is_subclass(theirs, ours);
}

/* `nn.LayerNorm` is the class, not somebody's attribute. */
static bool is_of_import(const nw_match *match, uint32_t attribute)
{
    const nw_node *object = nw_file_node(match->index, nw_file_node(match->index, attribute)->a);
    if (object->kind != NW_NODE_NAME || object->b != NW_PLACE_GLOBAL)
        return false;
    nw_value *value = nw_dict_find_name(match->index->module->globals, (nw_symbol){object->a});
    return value && (value->kind == NW_MODULE || value->kind == NW_IMPORT);
}

/* "conv", "conv.weight", "layer.conv": a name of the state, or of getattr. */
static bool names_attribute(nw_text text, nw_text name)
{
    for (uint32_t i = 0; i + name.size <= text.size; i++) {
        bool starts = i == 0 || text.bytes[i - 1] == '.', ends = i + name.size == text.size || text.bytes[i + name.size] == '.';
        if (starts && ends && memcmp(text.bytes + i, name.bytes, name.size) == 0 && !memchr(text.bytes, ' ', text.size))
            return true;
    }
    return false;
}

bool nw_module_is_private(const nw_match *match, const nw_binding *binding, const char **why)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t made = nw_module_made_by(match, binding);
    *why = "it is not made by a plain assignment in __init__";
    if (!made)
        return false;
    uint32_t target = nw_ast_list(ast, ast->nodes[made].a).items[0];
    nw_text name = nw_symbol_text(match->rules->symbols, binding->attribute);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        *why = "its attribute is used elsewhere";
        if (node->kind == NW_NODE_ATTRIBUTE && node->b == binding->attribute.v && i != target && i != binding->read && !is_of_import(match, i) &&
            !is_of_another_class(match, i))
            return false;
        *why = "a text names its attribute";
        if (node->kind == NW_NODE_STRING && names_attribute(nw_symbol_text(match->rules->symbols, (nw_symbol){node->a}), name))
            return false;
    }
    return true;
}
