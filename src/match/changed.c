#include "match/changed.h"

#include "match/site.h"

#include <string.h>

static const char *bytes_of(const nw_file_index *index, uint32_t symbol)
{
    return nw_symbol_bytes(index->eval->symbols, (nw_symbol){symbol});
}

/* ---- what is assigned ---- */

/* A configuration, or a module that was imported. */
static bool holds_no_layers(const nw_file_index *index, uint32_t object)
{
    const nw_node *node = nw_file_node(index, object);
    const char *name = bytes_of(index, nw_ast_last_word(node));
    size_t size = strlen(name);
    if (size >= 6 && strcmp(name + size - 6, "config") == 0)
        return true;
    nw_value *value = node->kind == NW_NODE_NAME && node->b == NW_PLACE_GLOBAL ? nw_dict_find_name(index->module->globals, (nw_symbol){node->a}) : NULL;
    return value && (value->kind == NW_MODULE || (value->kind == NW_IMPORT && !value->as.import->definition));
}

static void add_change(const nw_file_index *index, nw_changes *changes, uint32_t attribute, uint32_t object, uint32_t at)
{
    uint32_t class_ = nw_file_self_class(index, object);
    if (class_ && index->module->ast->functions[index->above[at].function].name.v == NW_NAME_DUNDER_INIT)
        return;
    if (!class_ && holds_no_layers(index, object))
        return;
    for (uint32_t i = 0; i < changes->count; i++)
        if (class_ && changes->items[i].attribute == attribute && changes->items[i].class_ == class_)
            return;
    NW_ARENA_RESERVE(&index->eval->arena, changes->items, changes->count, changes->capacity);
    changes->items[changes->count++] = (nw_change){attribute, class_, at, index->above[at].statement};
}

/* setattr(net, "act", ...), net.add_module("act", ...) */
static void add_call(const nw_file_index *index, nw_changes *changes, uint32_t call)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[call], *callee = &ast->nodes[node->a];
    nw_list arguments = nw_ast_list(ast, node->b);
    const char *name = bytes_of(index, nw_ast_last_word(callee));
    bool by_function = callee->kind == NW_NODE_NAME && (strcmp(name, "setattr") == 0 || strcmp(name, "delattr") == 0);
    bool by_method = callee->kind == NW_NODE_ATTRIBUTE && (strcmp(name, "add_module") == 0 || strcmp(name, "register_module") == 0 ||
                                                           strcmp(name, "set_submodule") == 0 || strcmp(name, "__setattr__") == 0);
    if ((!by_function && !by_method) || arguments.count < 1U + by_function)
        return;
    uint32_t object = by_function ? arguments.items[0] : callee->a;
    const nw_node *text = &ast->nodes[arguments.items[by_function]];
    if (text->kind != NW_NODE_STRING)
        return;
    nw_text path = nw_symbol_text(index->eval->symbols, (nw_symbol){text->a});
    uint32_t start = path.size;
    while (start > 0 && path.bytes[start - 1] != '.')
        start--;
    add_change(index, changes, nw_symbol_intern(index->eval->symbols, path.bytes + start, path.size - start).v, object, call);
}

nw_changes nw_changes_find(const nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    nw_changes changes = {0};
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_ATTRIBUTE && nw_file_is_written(index, i))
            add_change(index, &changes, node->b, node->a, i);
        else if (node->kind == NW_NODE_CALL)
            add_call(index, &changes, i);
    }
    return changes;
}

bool nw_change_concerns(const nw_change *change, const nw_class *class_)
{
    bool related = change->class_ == 0;
    for (uint32_t i = 0; i < class_->mro_count && !related; i++)
        related = class_->mro[i]->node == change->class_ && !class_->mro[i]->is_catalog;
    return related;
}

/* ---- what is then no longer known ---- */

/* Modules and parameters stay: what replaces them is another one of their kind, and rules ask for that themselves. */
static bool is_plain(nw_value value)
{
    switch (value.kind) {
    case NW_NONE: case NW_BOOL: case NW_INT: case NW_FLOAT: case NW_STRING: case NW_TUPLE: case NW_DTYPE:
        return true;
    default:
        return false;
    }
}

static const nw_value *class_attribute(const nw_class *class_, nw_symbol name)
{
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        const nw_value *found = class_->mro[i]->is_catalog || !class_->mro[i]->attributes ? NULL : nw_dict_find_name(class_->mro[i]->attributes, name);
        if (found)
            return found;
    }
    return NULL;
}

void nw_changes_forget(nw_eval *eval, const nw_changes *changes, nw_instance *instance)
{
    for (uint32_t i = 0; i < changes->count; i++) {
        nw_symbol name = {changes->items[i].attribute};
        if (!nw_change_concerns(&changes->items[i], instance->class_))
            continue;
        const nw_value *known = nw_dict_find_name(instance->attributes, name);
        if (!known)
            known = class_attribute(instance->class_, name);
        if (known && is_plain(*known))
            nw_dict_set_name(eval, instance->attributes, name, nw_symbolic(eval, NW_TYPE_ANY, name));
    }
    nw_symbol training = {NW_NAME_TRAINING};
    const nw_value *flag = nw_dict_find_name(instance->attributes, training);
    if (flag && flag->kind == NW_BOOL)
        nw_dict_set_name(eval, instance->attributes, training, nw_symbolic(eval, NW_TYPE_BOOL, training));
}

void nw_changes_forget_globals(nw_eval *eval, const nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->b != NW_PLACE_GLOBAL || !(node->flags & NW_NAME_BINDS) || !index->above[i].function)
            continue;
        const nw_value *known = nw_dict_find_name(index->module->globals, (nw_symbol){node->a});
        if (known && is_plain(*known))
            nw_dict_set_name(eval, index->module->globals, (nw_symbol){node->a}, nw_symbolic(eval, NW_TYPE_ANY, (nw_symbol){node->a}));
    }
}
