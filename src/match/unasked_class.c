/* Code that changes modules without an isinstance test for their class: by what they have (`if hasattr(m, "eps"): m.eps = 1e-3`),
 * or by how their class is called (`if "Dropout" in type(m).__name__: m.train()`). */
#include "eval/interpret.h"
#include "eval/object.h"
#include "match/computed.h"
#include "match/def_use.h"
#include "match/predicate.h"
#include "match/word.h"

#include "model/model.h"

#include <ctype.h>
#include <string.h>

enum { SHORTEST_PART = 3 };

static const char *bytes_of(const nw_file_index *index, uint32_t symbol)
{
    return nw_symbol_bytes(index->eval->symbols, (nw_symbol){symbol});
}

/* ---- names and classes ---- */

/* What a name, or a dotted name, of the module stands for: UNSET where that is not one value. */
static nw_value global_value(const nw_file_index *index, uint32_t node)
{
    const nw_node *at = nw_file_node(index, node);
    if (at->kind == NW_NODE_NAME) {
        nw_value *value = at->b == NW_PLACE_GLOBAL ? nw_dict_find_name(index->module->globals, (nw_symbol){at->a}) : NULL;
        return !value ? nw_unset() : value->kind == NW_IMPORT ? nw_import_resolve(index->eval, value->as.import) : *value;
    }
    nw_value object = at->kind == NW_NODE_ATTRIBUTE ? global_value(index, at->a) : nw_unset();
    if (object.kind != NW_MODULE)
        return nw_unset();
    nw_value value = nw_get_attribute(index->eval, object, (nw_symbol){at->b});
    if (value.kind == NW_ERROR)
        nw_exception_clear(index->eval);
    return value;
}

/* The class, or one that it derives from, but for Module itself. */
static bool is_of(const nw_file_index *index, const nw_class *class_, uint32_t node)
{
    const nw_node *at = nw_file_node(index, node);
    const char *name = bytes_of(index, nw_ast_last_word(at));
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        const char *own = bytes_of(index, nw_class_public_name(class_->mro[i]).v), *dot = strrchr(own, '.');
        own = dot ? dot + 1 : own;
        if (strcmp(own, "Module") != 0 && strcmp(own, name) == 0)
            return true;
    }
    return false;
}

/* Whether an argument of isinstance is one class that has nothing to do with ours. */
static bool is_other_class(const nw_file_index *index, const nw_class *class_, uint32_t node)
{
    const nw_node *at = nw_file_node(index, node);
    nw_value value = global_value(index, node);
    if (value.kind == NW_CLASS)
        return !nw_is_subclass(class_, value.as.class_);
    bool is_unknown = value.kind == NW_UNSET || value.kind == NW_OPAQUE;
    return is_unknown && (at->kind == NW_NODE_ATTRIBUTE || (at->kind == NW_NODE_NAME && at->b == NW_PLACE_GLOBAL)) && !is_of(index, class_, node);
}

static bool is_in_arm(const nw_file_index *index, uint32_t if_, uint32_t node)
{
    nw_list arm = nw_ast_list(index->module->ast, nw_file_node(index, if_)->b);
    const nw_node *at = nw_file_node(index, node);
    return arm.count && at->start >= nw_file_node(index, arm.items[0])->start && at->end <= nw_file_node(index, arm.items[arm.count - 1])->end;
}

/* Whether an `if` around the node asks with isinstance for the class of that name: what the test says is looked at elsewhere. With a class:
 * whether it asks for another one. */
static bool is_asked(const nw_file_index *index, uint32_t node, uint32_t name, const nw_class *class_)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t at = index->above[node].parent; at && ast->nodes[at].kind != NW_NODE_FUNCTION; at = index->above[at].parent) {
        if (ast->nodes[at].kind != NW_NODE_IF)
            continue;
        nw_node_range inside = nw_file_range(index, ast->nodes[at].a);
        for (uint32_t i = inside.first; i <= inside.last; i++) {
            const nw_node *call = &ast->nodes[i], *callee = call->kind == NW_NODE_CALL ? &ast->nodes[call->a] : NULL;
            nw_list arguments = callee ? nw_ast_list(ast, call->b) : (nw_list){0};
            if (callee && callee->kind == NW_NODE_NAME && strcmp(bytes_of(index, callee->a), "isinstance") == 0 && arguments.count == 2 &&
                ast->nodes[arguments.items[0]].kind == NW_NODE_NAME && ast->nodes[arguments.items[0]].a == name &&
                (!class_ || (ast->nodes[at].a == i && is_in_arm(index, at, node) && is_other_class(index, class_, arguments.items[1]))))
                return true;
        }
    }
    return false;
}

/* ---- by what they have ---- */

/* Settings, the training flag, weights as a whole, and what runs when the module is called. */
static bool is_setting(const nw_file_index *index, const nw_instance *instance, uint32_t attribute)
{
    static const char *const always[] = {"training", "forward", "__class__", "weight", "bias"};
    for (size_t i = 0; i < sizeof always / sizeof *always; i++)
        if (strcmp(bytes_of(index, attribute), always[i]) == 0)
            return true;
    return nw_dict_find_name(instance->attributes, (nw_symbol){attribute}) != NULL;
}

/* `m` of `m.eps = 1` and of `setattr(m, "eps", 1)`. */
static uint32_t object_of(const nw_file_index *index, uint32_t change)
{
    const nw_node *node = nw_file_node(index, change);
    if (node->kind == NW_NODE_ATTRIBUTE)
        return node->a;
    const nw_node *callee = nw_file_node(index, node->a);
    return callee->kind == NW_NODE_ATTRIBUTE ? callee->a : nw_ast_list(index->module->ast, node->b).items[0];
}

/* `new` of `new = nn.SyncBatchNorm(n)`, where nothing else can have given the name its value: no module of the network yet, and none that
 * holds some. */
static bool is_new_object(nw_file_index *index, uint32_t object)
{
    const nw_node *name = nw_file_node(index, object);
    uint32_t function = index->above[object].function;
    if (name->kind != NW_NODE_NAME || !nw_ast_is_local(name) || !function)
        return false;
    const nw_def_use *def_use = nw_file_def_use(index, function);
    const nw_definition *definition = &def_use->definitions[nw_def_use_of_read(def_use, object)];
    const nw_node *statement = nw_file_node(index, definition->statement);
    if (!definition->statement || statement->kind != NW_NODE_ASSIGN || nw_ast_list(index->module->ast, statement->a).count != 1)
        return false;
    const nw_node *made = nw_file_node(index, statement->b);
    if (nw_ast_list(index->module->ast, statement->a).items[0] != definition->target || made->kind != NW_NODE_CALL)
        return false;
    nw_value class_ = global_value(index, made->a);
    return class_.kind == NW_CLASS && class_.as.class_->is_catalog && class_.as.class_->row && !class_.as.class_->row->is_container;
}

/* `m` of a walk, `net.get_submodule("act")`: not self, not an attribute by its name, not what autograd hands to a function, not what was
 * just made. */
static bool may_be_any_module(nw_file_index *index, uint32_t object)
{
    const nw_node *node = nw_file_node(index, object);
    if (node->kind == NW_NODE_CALL || node->kind == NW_NODE_SUBSCRIPT)
        return true;
    const char *name = node->kind == NW_NODE_NAME ? bytes_of(index, node->a) : "";
    size_t size = strlen(name);
    bool is_config = size >= 6 && strcmp(name + size - 6, "config") == 0;
    return size && !is_config && !nw_file_self_class(index, object) && strcmp(name, "ctx") != 0 && !is_asked(index, object, node->a, NULL) && !is_new_object(index, object);
}

static bool is_set(nw_file_index *index, const nw_instance *instance, uint32_t *where)
{
    for (uint32_t i = 0; i < index->changes.count; i++) {
        const nw_change *change = &index->changes.items[i];
        *where = change->node;
        if (!change->class_ && is_setting(index, instance, change->attribute) && may_be_any_module(index, object_of(index, change->node)))
            return true;
    }
    return false;
}

/* `m.__dict__.update(...)`, `m.__dict__[key] = value` */
static bool is_written_dict(nw_file_index *index, uint32_t node)
{
    const nw_node *at = nw_file_node(index, node);
    if (at->kind != NW_NODE_ATTRIBUTE || strcmp(bytes_of(index, at->b), "__dict__") != 0 || !may_be_any_module(index, at->a))
        return false;
    uint32_t parent = index->above[node].parent;
    const nw_node *above = nw_file_node(index, parent);
    return above->kind == NW_NODE_ATTRIBUTE ? strcmp(bytes_of(index, above->b), "update") == 0 : above->kind == NW_NODE_SUBSCRIPT && nw_file_is_written(index, parent);
}

/* Whether a function gives back its first parameter but for classes that it asks for: `if isinstance(m, Old): new = New(m)`. */
static bool hands_back(const nw_file_index *index, uint32_t function, const nw_class *class_)
{
    const nw_ast *ast = index->module->ast;
    uint32_t given = ast->functions[function].parameter_count ? ast->functions[function].parameters[0].name.v : 0;
    nw_node_range inside = nw_file_function_range(index, function);
    bool returns = false;
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *node = &ast->nodes[i], *name = node->kind == NW_NODE_RETURN ? nw_file_node(index, node->a) : NULL;
        if (!name || is_asked(index, i, given, class_))
            continue;
        returns = true;
        for (uint32_t k = inside.first; k <= inside.last && name->kind == NW_NODE_NAME; k++) {
            const nw_node *bound = &ast->nodes[k], *statement = nw_file_node(index, index->above[k].statement);
            bool is_binding = bound->kind == NW_NODE_NAME && bound->a == name->a && (bound->flags & NW_NAME_BINDS);
            const nw_node *value = statement->kind == NW_NODE_ASSIGN ? nw_file_node(index, statement->b) : NULL;
            if (is_binding && !is_asked(index, k, given, class_) && !(value && value->kind == NW_NODE_NAME && value->a == given))
                return false;
        }
        if (name->kind != NW_NODE_NAME)
            return false;
    }
    return returns;
}

/* `new.add_module(name, convert(child))` in convert(): what is put there is the child, but for classes that are asked for. */
static bool is_rebuilt(const nw_file_index *index, uint32_t call, const nw_class *class_)
{
    const nw_ast *ast = index->module->ast;
    nw_list arguments = nw_ast_list(ast, nw_file_node(index, call)->b);
    const nw_node *made = nw_file_node(index, arguments.count == 2 ? arguments.items[1] : 0);
    uint32_t function = index->above[call].function;
    const nw_node *callee = nw_file_node(index, made->kind == NW_NODE_CALL ? made->a : 0);
    return function && callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_GLOBAL && callee->a == ast->functions[function].name.v && hands_back(index, function, class_);
}

/* `setattr(m, key, value)`, where the key may be a setting. */
static bool is_set_by_computed_name(nw_file_index *index, const nw_instance *instance, uint32_t node)
{
    nw_computed_name name;
    if (nw_file_node(index, node)->kind != NW_NODE_CALL || !nw_computed_name_of(index, node, &name) || !name.writes || is_rebuilt(index, node, instance->class_) || !may_be_any_module(index, name.object))
        return false;
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(instance->attributes, &position));)
        if (entry->key.kind == NW_STRING && nw_computed_may_be(&name, nw_symbol_text(index->eval->symbols, entry->key.as.symbol)))
            return true;
    return false;
}

/* ---- by how their class is called ---- */

static bool contains(const char *name, nw_text part)
{
    for (; strlen(name) >= part.size; name++) {
        uint32_t same = 0;
        while (same < part.size && tolower((unsigned char)name[same]) == tolower((unsigned char)part.bytes[same]))
            same++;
        if (same == part.size)
            return true;
    }
    return false;
}

/* `name.find("Conv")`, `"Conv" in name`, `name.startswith(("Conv", "Linear"))`, but not `name == "Conv2d"`, which is a test for the class. */
static bool is_sought(const nw_file_index *index, uint32_t text)
{
    static const char *const methods[] = {"find", "rfind", "index", "count", "startswith", "endswith"};
    uint32_t parent = index->above[text].parent;
    while (nw_file_node(index, parent)->kind == NW_NODE_TUPLE || nw_file_node(index, parent)->kind == NW_NODE_LIST)
        parent = index->above[parent].parent;
    const nw_node *above = nw_file_node(index, parent);
    if (above->kind == NW_NODE_COMPARE || above->kind == NW_NODE_FOR || above->kind == NW_NODE_COMPREHENSION_FOR)
        return true;
    const nw_node *callee = nw_file_node(index, above->kind == NW_NODE_CALL ? above->a : 0);
    for (size_t i = 0; callee->kind == NW_NODE_ATTRIBUTE && i < sizeof methods / sizeof *methods; i++)
        if (strcmp(bytes_of(index, callee->b), methods[i]) == 0)
            return true;
    return false;
}

static bool names_part(const nw_file_index *index, const nw_class *class_, nw_text text)
{
    const char *name = bytes_of(index, nw_class_public_name(class_).v), *dot = strrchr(name, '.');
    return text.size >= SHORTEST_PART && contains(dot ? dot + 1 : name, text);
}

static bool is_sought_by_name(const nw_file_index *index, const nw_class *class_, uint32_t *where)
{
    nw_list places = nw_file_word(index, nw_symbol_of(index->eval->symbols, "__name__"));
    for (uint32_t i = 0; i < places.count; i++) {
        if (nw_file_node(index, places.items[i])->kind != NW_NODE_ATTRIBUTE)
            continue;
        nw_node_range inside = nw_file_function_range(index, index->above[places.items[i]].function);
        for (uint32_t k = inside.first; k <= inside.last; k++) {
            const nw_node *text = nw_file_node(index, k);
            *where = k;
            if (text->kind == NW_NODE_STRING && names_part(index, class_, nw_symbol_text(index->eval->symbols, (nw_symbol){text->a})) && is_sought(index, k))
                return true;
        }
    }
    return false;
}

/* ---- by what stands for the class ---- */

/* `{nn.Linear: init_linear}` */
static bool is_key_of(const nw_file_index *index, const nw_class *class_, const nw_node *dict)
{
    nw_list items = nw_ast_list(index->module->ast, dict->a);
    for (uint32_t i = 0; i + 1 < items.count; i += 2)
        if (is_of(index, class_, items.items[i]))
            return true;
    return false;
}

/* A `case nn.Linear():`, a dictionary by classes, functools.singledispatch: what they do to a module is not followed. */
static bool is_dispatched(const nw_file_index *index, const nw_class *class_, uint32_t node)
{
    const nw_node *at = nw_file_node(index, node);
    switch (at->kind) {
    case NW_NODE_PATTERN_CLASS: return is_of(index, class_, at->a);
    case NW_NODE_DICT: return is_key_of(index, class_, at);
    case NW_NODE_NAME: return strcmp(bytes_of(index, at->a), "singledispatch") == 0;
    case NW_NODE_ATTRIBUTE: return strcmp(bytes_of(index, at->b), "singledispatch") == 0;
    default: return false;
    }
}

bool nw_class_is_changed_unasked(const nw_match *match, const nw_instance *instance, uint32_t *where)
{
    nw_file_index *index = match->index;
    if (is_set(index, instance, where) || is_sought_by_name(index, instance->class_, where))
        return true;
    for (*where = 1; *where < index->module->ast->node_count; ++*where)
        if (is_written_dict(index, *where) || is_set_by_computed_name(index, instance, *where) || is_dispatched(index, instance->class_, *where))
            return true;
    return false;
}
