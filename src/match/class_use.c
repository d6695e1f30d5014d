/* What the text of a file does with a class, with the results of a call, with configurations. */
#include "match/predicate.h"

#include "match/word.h"

#include <string.h>

static const char *bytes_of(const nw_match *match, uint32_t symbol)
{
    return nw_symbol_bytes(match->rules->symbols, (nw_symbol){symbol});
}

static bool is_label(const nw_file_index *index, uint32_t node, const char *label)
{
    return index->above[node].label && strcmp(index->above[node].label, label) == 0;
}

/* ---- classes ---- */

/* Made, derived from, imported, super(Name, self), an annotation. */
static bool is_plain_mention(const nw_match *match, uint32_t id)
{
    const nw_file_index *index = match->index;
    const nw_node *node = nw_file_node(index, id), *parent = nw_file_node(index, index->above[id].parent);
    if (node->kind == NW_NODE_NAME && (node->flags & NW_NAME_BINDS))
        return parent->kind == NW_NODE_CLASS || parent->kind == NW_NODE_IMPORT_ALIAS;
    if (parent->kind == NW_NODE_CALL && is_label(index, id, "argument")) {
        const nw_node *callee = nw_file_node(index, parent->a);
        return callee->kind == NW_NODE_NAME && strcmp(bytes_of(match, callee->a), "super") == 0;
    }
    return is_label(index, id, "callee") || is_label(index, id, "annotation") || parent->kind == NW_NODE_CLASS;
}

static bool is_export(const nw_match *match, uint32_t text)
{
    const nw_file_index *index = match->index;
    const nw_node *statement = nw_file_node(index, index->above[text].statement);
    nw_list targets = statement->kind == NW_NODE_ASSIGN ? nw_ast_list(index->module->ast, statement->a) : (nw_list){0};
    const nw_node *target = nw_file_node(index, targets.count == 1 ? targets.items[0] : 0);
    return target->kind == NW_NODE_NAME && strcmp(bytes_of(match, target->a), "__all__") == 0;
}

bool nw_class_is_named(const nw_match *match, const nw_class *class_)
{
    const nw_ast *ast = match->index->module->ast;
    nw_list places = nw_file_word(match->index, class_->name);
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *node = &ast->nodes[i];
        bool is_name = (node->kind == NW_NODE_NAME && node->a == class_->name.v) || (node->kind == NW_NODE_ATTRIBUTE && node->b == class_->name.v);
        bool is_text = node->kind == NW_NODE_STRING && node->a == class_->name.v;
        if ((is_name && !is_plain_mention(match, i)) || (is_text && !is_export(match, i)))
            return true;
    }
    return false;
}

/* ---- results ---- */

static bool takes_item(const nw_file_index *index, uint32_t node, int64_t item)
{
    const nw_node *parent = nw_file_node(index, index->above[node].parent);
    if (parent->kind != NW_NODE_SUBSCRIPT || parent->a != node)
        return false;
    const nw_node *at = nw_file_node(index, parent->b);
    return at->kind == NW_NODE_INTEGER && (int64_t)(at->a | (uint64_t)at->b << 32) == item;
}

bool nw_only_item_is_used(const nw_match *match, const nw_binding *binding, int64_t item)
{
    nw_file_index *index = match->index;
    uint32_t call = binding ? binding->term.node : 0;
    if (!call || takes_item(index, call, item))
        return call != 0;
    const nw_node *statement = nw_file_node(index, index->above[call].parent);
    nw_list targets = statement->kind == NW_NODE_ASSIGN && statement->b == call ? nw_ast_list(index->module->ast, statement->a) : (nw_list){0};
    const nw_def_use *def_use = nw_file_def_use(index, match->function);
    uint32_t number = targets.count == 1 ? nw_def_use_at(def_use, targets.items[0]) : 0;
    const nw_definition *definition = &def_use->definitions[number];
    if (!number || def_use->captured[definition->slot])
        return false;
    for (uint32_t i = 0; i < definition->use_count; i++)
        if (!takes_item(index, definition->uses[i], item))
            return false;
    return true;
}

/* ---- configurations ---- */

static bool ends_in_config(const char *name)
{
    size_t size = strlen(name);
    return size >= 6 && (strcmp(name + size - 6, "config") == 0 || strcmp(name + size - 6, "Config") == 0);
}

bool nw_file_knows_attribute(const nw_match *match, nw_symbol name)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    nw_list places = nw_file_word(index, name);
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *node = &ast->nodes[i];
        uint32_t class_ = index->above[i].class_;
        bool of_class = class_ && ends_in_config(bytes_of(match, ast->nodes[class_].a));
        if (node->kind == NW_NODE_NAME && node->a == name.v && of_class && !index->above[i].function && (node->flags & NW_NAME_BINDS))
            return true; /* a field of a dataclass */
        if (node->kind != NW_NODE_ATTRIBUTE || node->b != name.v)
            continue;
        const nw_node *object = &ast->nodes[node->a];
        uint32_t holder = nw_ast_last_word(object);
        if (holder && (ends_in_config(bytes_of(match, holder)) || (of_class && is_label(index, i, "target"))))
            return true;
    }
    return false;
}
