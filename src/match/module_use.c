/* Whether a module is used by one match only: every other place that reads, writes or names its attribute. */
#include "match/callee.h"
#include "match/predicate.h"
#include "match/sequence.h"

#include "eval/interpret.h"

#include <string.h>

/* In the body of __init__, or in an arm of an `if` there: it runs at most once. */
static bool is_in_constructor(const nw_file_index *index, uint32_t statement)
{
    const nw_ast_function *function = &index->module->ast->functions[index->above[statement].function];
    uint32_t parent = index->above[statement].parent;
    while (parent && nw_file_node(index, parent)->kind == NW_NODE_IF)
        parent = index->above[parent].parent;
    return parent && parent == function->node && function->name.v == NW_NAME_DUNDER_INIT;
}

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
    if (target->kind != NW_NODE_ATTRIBUTE || target->b != binding->attribute.v || !nw_file_self_class(index, target->a))
        return 0;
    return is_in_constructor(index, statement) ? statement : 0;
}

static const nw_class *class_at(const nw_match *match, uint32_t node)
{
    if (!node)
        return NULL;
    nw_value *value = nw_dict_find_name(match->index->module->globals, (nw_symbol){nw_file_node(match->index, node)->a});
    nw_value class_ = value ? *value : nw_unset();
    if (class_.kind == NW_IMPORT && class_.as.import->definition == node) /* one that nothing needed so far */
        class_ = nw_import_resolve(match->index->eval, class_.as.import);
    return class_.kind == NW_CLASS && class_.as.class_->node == node ? class_.as.class_ : NULL;
}

/* `self.name` in a class that has nothing to do with ours is another attribute. */
static bool is_of_another_class(const nw_match *match, uint32_t attribute)
{
    const nw_file_index *index = match->index;
    const nw_class *ours = class_at(match, index->above[index->module->ast->functions[match->function].node].class_);
    const nw_class *theirs = class_at(match, nw_file_self_class(index, nw_file_node(index, attribute)->a));
    return ours && theirs && !nw_is_subclass(ours, theirs) && !nw_is_subclass(theirs, ours);
}

/* What self.a.b is in the class that reads it; UNSET: not known. */
static nw_value own_value(const nw_match *match, uint32_t node)
{
    const nw_file_index *index = match->index;
    const nw_node *at = nw_file_node(index, node);
    const nw_class *class_ = class_at(match, nw_file_self_class(index, node));
    if (class_) {
        for (uint32_t i = 0; i < index->instances.count; i++)
            if (index->instances.items[i].class_ == class_)
                return index->instances.items[i].value;
    }
    nw_value object = at->kind == NW_NODE_ATTRIBUTE ? own_value(match, at->a) : nw_unset();
    if (object.kind != NW_INSTANCE)
        return nw_unset();
    nw_value value = nw_get_attribute(index->eval, object, (nw_symbol){at->b});
    if (value.kind == NW_ERROR)
        index->eval->exception = nw_unset();
    return value.kind == NW_INSTANCE ? value : nw_unset();
}

/* `self.output.dense`, where self.output is of a class that has nothing to do with ours. */
static bool is_of_unrelated_object(const nw_match *match, uint32_t attribute)
{
    const nw_file_index *index = match->index;
    const nw_class *ours = class_at(match, index->above[index->module->ast->functions[match->function].node].class_);
    nw_value object = own_value(match, nw_file_node(index, attribute)->a);
    const nw_class *theirs = object.kind == NW_INSTANCE ? object.as.instance->class_ : NULL;
    return ours && theirs && theirs->node && !nw_is_subclass(ours, theirs) && !nw_is_subclass(theirs, ours);
}

/* `config.hidden_dropout`: a configuration holds no modules. */
static bool is_of_configuration(const nw_match *match, uint32_t attribute)
{
    const nw_node *object = nw_file_node(match->index, nw_file_node(match->index, attribute)->a);
    uint32_t name = object->kind == NW_NODE_NAME ? object->a : object->kind == NW_NODE_ATTRIBUTE ? object->b : 0;
    return name && strcmp(nw_symbol_bytes(match->rules->symbols, (nw_symbol){name}), "config") == 0;
}

/* `self.embeddings.dropout(x)`, where every run called a module that was made somewhere else. */
static bool is_of_another_module(const nw_match *match, uint32_t attribute, const nw_instance *ours)
{
    const nw_file_index *index = match->index;
    uint32_t call = index->above[attribute].parent;
    const nw_node *node = nw_file_node(index, call);
    if (!call || node->kind != NW_NODE_CALL || node->a != attribute)
        return false;
    bool seen = false;
    uint32_t count;
    const nw_placed *here = nw_file_facts_at(index, node->start, node->end, &count);
    for (uint32_t i = 0; i < count; i++) {
        const nw_fact *fact = &index->eval->facts[here[i].number];
        const nw_instance *called = fact->callee.kind == NW_INSTANCE ? fact->callee.as.instance : NULL;
        if (!called || !called->place.module || (called->place.module == ours->place.module && called->place.start == ours->place.start))
            return false;
        seen = true;
    }
    return seen;
}

/* `nn.LayerNorm` and `nn.functional.dropout` are what a module offers, not somebody's attribute. */
static bool is_of_import(const nw_match *match, uint32_t attribute)
{
    const nw_node *object = nw_file_node(match->index, nw_file_node(match->index, attribute)->a);
    while (object->kind == NW_NODE_ATTRIBUTE)
        object = nw_file_node(match->index, object->a);
    if (object->kind != NW_NODE_NAME || object->b != NW_PLACE_GLOBAL)
        return false;
    nw_value *value = nw_dict_find_name(match->index->module->globals, (nw_symbol){object->a});
    return value && (value->kind == NW_MODULE || (value->kind == NW_IMPORT && !value->as.import->definition));
}

static bool imports_tensorflow(const nw_match *match, uint32_t import)
{
    const nw_ast *ast = match->index->module->ast;
    nw_list aliases = nw_ast_list(ast, ast->nodes[import].a);
    for (uint32_t i = 0; i < aliases.count; i++)
        if (strncmp(nw_symbol_bytes(match->rules->symbols, (nw_symbol){ast->nodes[aliases.items[i]].a}), "tensorflow", 10) == 0)
            return true;
    return false;
}

/* A function of the top level that reads TensorFlow's checkpoints works on names of the state, which the rule's safety speaks of. */
static bool is_in_loader(const nw_match *match, uint32_t text)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t function = index->above[text].function;
    if (!function || index->above[text].class_)
        return false;
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_IMPORT && index->above[i].function == function && imports_tensorflow(match, i))
            return true;
    return false;
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

bool nw_is_unrelated_attribute(const nw_match *match, uint32_t attribute)
{
    return is_of_import(match, attribute) || is_of_another_class(match, attribute) || is_of_unrelated_object(match, attribute) ||
           is_of_configuration(match, attribute);
}

bool nw_text_names_attribute(const nw_match *match, uint32_t text, nw_symbol attribute)
{
    nw_text bytes = nw_symbol_text(match->rules->symbols, (nw_symbol){nw_file_node(match->index, text)->a});
    return names_attribute(bytes, nw_symbol_text(match->rules->symbols, attribute)) && !is_in_loader(match, text);
}

/* `self.norm is not None` as the test of an `if` that holds the call. */
static bool guards_call(const nw_match *match, const nw_binding *binding, uint32_t attribute)
{
    const nw_file_index *index = match->index;
    uint32_t compare = index->above[attribute].parent;
    const nw_node *node = nw_file_node(index, compare), *test = nw_file_node(index, index->above[compare].parent);
    nw_list parts = node->kind == NW_NODE_COMPARE && node->a == attribute ? nw_ast_list(index->module->ast, node->b) : (nw_list){0};
    return parts.count == 2 && nw_file_node(index, parts.items[1])->kind == NW_NODE_NONE && test->kind == NW_NODE_IF && test->a == compare &&
           binding->read && nw_node_inside(nw_file_node(index, binding->read), test);
}

/* `else: self.norm = None` */
static bool is_none_otherwise(const nw_match *match, const nw_binding *binding, uint32_t attribute)
{
    const nw_file_index *index = match->index;
    uint32_t made = nw_module_made_by(match, binding), statement = index->above[attribute].parent;
    const nw_node *assign = nw_file_node(index, statement);
    if (!made || assign->kind != NW_NODE_ASSIGN || nw_ast_list(index->module->ast, assign->a).count != 1 || nw_file_node(index, assign->b)->kind != NW_NODE_NONE)
        return false;
    uint32_t test = index->above[made].parent;
    return nw_file_node(index, test)->kind == NW_NODE_IF && index->above[statement].parent == test && !nw_file_same_block(index, statement, made);
}

bool nw_mention_follows(const nw_match *match, const nw_binding *binding, uint32_t attribute)
{
    const nw_file_index *index = match->index;
    const nw_node *object = nw_file_node(index, nw_file_node(index, attribute)->a);
    bool of_self = object->kind == NW_NODE_NAME && object->b == NW_PLACE_SLOT && !object->c && !object->op;
    return of_self && nw_file_node(index, attribute)->b == binding->attribute.v && (guards_call(match, binding, attribute) || is_none_otherwise(match, binding, attribute));
}

bool nw_module_is_private(const nw_match *match, const nw_binding *binding, nw_module_use *use)
{
    const nw_ast *ast = match->index->module->ast;
    *use = (nw_module_use){"is of a class that is looked for", 0};
    if (binding->instance && binding->instance->class_->is_catalog && nw_class_is_treated(match, binding->instance, &use->node))
        return false;
    if (binding->container) {
        use->why = nw_container_is_used(match, binding->container, &use->node);
        return !use->why;
    }
    uint32_t made = nw_module_made_by(match, binding);
    *use = (nw_module_use){"is not made by a plain assignment in __init__", 0};
    if (!made)
        return false;
    uint32_t target = nw_ast_list(ast, ast->nodes[made].a).items[0];
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        *use = (nw_module_use){"is used", i};
        if (node->kind == NW_NODE_ATTRIBUTE && node->b == binding->attribute.v && i != target && i != binding->read &&
            !nw_is_unrelated_attribute(match, i) && !is_of_another_module(match, i, binding->instance) && !nw_mention_follows(match, binding, i))
            return false;
        use->why = "is named by a text";
        if (node->kind == NW_NODE_STRING && nw_text_names_attribute(match, i, binding->attribute))
            return false;
    }
    return true;
}

/* ---- values that a constructor sets once ---- */

/* Whether a statement of __init__ has run whenever a later one runs. */
static bool runs_before(const nw_file_index *index, uint32_t first, uint32_t then)
{
    if (nw_file_node(index, first)->end > nw_file_node(index, then)->start)
        return false;
    for (uint32_t at = then; at; at = index->above[at].parent)
        if (nw_file_same_block(index, first, at))
            return true;
    return false;
}

/* A constructor's parameter that nothing rebinds, or an attribute of one. */
static bool is_parameter_chain(const nw_match *match, uint32_t node)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    while (ast->nodes[node].kind == NW_NODE_ATTRIBUTE) {
        for (uint32_t i = 1; i < ast->node_count; i++)
            if (ast->nodes[i].kind == NW_NODE_ATTRIBUTE && ast->nodes[i].b == ast->nodes[node].b && nw_file_is_written(index, i) &&
                !nw_file_self_class(index, ast->nodes[i].a))
                return false;
        node = ast->nodes[node].a;
    }
    const nw_node *name = &ast->nodes[node];
    const nw_ast_function *function = &ast->functions[index->above[node].function];
    if (name->kind != NW_NODE_NAME || name->b != NW_PLACE_SLOT || name->op || name->c == 0 || name->c >= function->parameter_count)
        return false;
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].a == name->a && (ast->nodes[i].flags & NW_NAME_BINDS) &&
            index->above[i].function == index->above[node].function)
            return false;
    return true;
}

/* The attribute of self at the bottom of `self.config.rate`, 0: it is something else. */
static uint32_t first_attribute(const nw_match *match, uint32_t node)
{
    const nw_ast *ast = match->index->module->ast;
    uint32_t first = 0;
    for (; ast->nodes[node].kind == NW_NODE_ATTRIBUTE; node = ast->nodes[node].a)
        first = node;
    return nw_file_self_class(match->index, node) ? first : 0;
}

/* The only statement that writes self.attribute; 0: several, or what is read of it is written too. */
static uint32_t only_assignment(const nw_match *match, uint32_t node, uint32_t first)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t made = 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *other = &ast->nodes[i];
        if (other->kind == NW_NODE_STRING && other->a == ast->nodes[first].b && !is_in_loader(match, i))
            return 0; /* setattr(self, "rate", ...) */
        if (other->kind != NW_NODE_ATTRIBUTE || !nw_file_is_written(index, i) || is_of_another_class(match, i) || is_of_import(match, i))
            continue;
        for (uint32_t at = node; at != first; at = ast->nodes[at].a)
            if (other->b == ast->nodes[at].b)
                return 0;
        if (other->b != ast->nodes[first].b)
            continue;
        if (made || nw_file_node(index, index->above[i].statement)->kind != NW_NODE_ASSIGN)
            return 0;
        made = index->above[i].statement;
    }
    return made;
}

uint32_t nw_attribute_in_constructor(const nw_match *match, uint32_t node, uint32_t before)
{
    const nw_file_index *index = match->index;
    uint32_t first = first_attribute(match, node);
    uint32_t made = first ? only_assignment(match, node, first) : 0;
    if (!made || index->above[made].function != index->above[before].function)
        return 0;
    if (runs_before(index, made, before))
        return node;
    bool always = index->above[made].parent == index->module->ast->functions[index->above[made].function].node;
    uint32_t value = nw_file_node(index, made)->b;
    return always && first == node && is_parameter_chain(match, value) ? value : 0;
}

uint32_t nw_attribute_parameter(const nw_match *match, uint32_t node)
{
    const nw_file_index *index = match->index;
    uint32_t first = first_attribute(match, node), made = first == node && first ? only_assignment(match, node, first) : 0;
    uint32_t value = made ? nw_file_node(index, made)->b : 0;
    bool always = made && index->above[made].parent == index->module->ast->functions[index->above[made].function].node;
    return always && is_parameter_chain(match, value) ? value : 0;
}

bool nw_is_constructor_parameter(const nw_match *match, uint32_t node)
{
    uint8_t kind = nw_file_node(match->index, node)->kind;
    return (kind == NW_NODE_NAME || kind == NW_NODE_ATTRIBUTE) && is_parameter_chain(match, node);
}
