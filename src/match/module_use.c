/* Whether a module is used by one match only: every other place that reads, writes or names its attribute. */
#include "match/callee.h"
#include "match/computed.h"
#include "match/predicate.h"
#include "match/sequence.h"
#include "match/word.h"

#include "eval/interpret.h"

#include <string.h>

/* In the body of a method, or in an arm of an `if` there, but not where the modules are called: whoever runs it makes all of them. */
static bool is_in_setup(const nw_match *match, uint32_t statement)
{
    const nw_file_index *index = match->index;
    const nw_ast_function *function = &index->module->ast->functions[index->above[statement].function];
    uint32_t parent = index->above[statement].parent;
    while (parent && nw_file_node(index, parent)->kind == NW_NODE_IF)
        parent = index->above[parent].parent;
    return parent && parent == function->node && !function->is_lambda && index->above[statement].function != match->function;
}

static bool is_display(const nw_node *node)
{
    return node->kind == NW_NODE_TUPLE || node->kind == NW_NODE_LIST;
}

static bool is_starred(const nw_ast *ast, nw_list items)
{
    for (uint32_t i = 0; i < items.count; i++)
        if (ast->nodes[items.items[i]].kind == NW_NODE_STARRED)
            return true;
    return false;
}

/* `self.conv, self.norm = Conv(), Norm()`: what the value's item is assigned to. */
static uint32_t target_of_item(const nw_ast *ast, uint32_t targets, uint32_t values, uint32_t call)
{
    const nw_node *left = &ast->nodes[targets], *right = &ast->nodes[values];
    if (!is_display(left) || !is_display(right))
        return 0;
    nw_list names = nw_ast_list(ast, left->a), items = nw_ast_list(ast, right->a);
    uint32_t found = 0;
    for (uint32_t i = 0; i < items.count && names.count == items.count; i++)
        if (items.items[i] == call)
            found = names.items[i];
    return is_starred(ast, names) || is_starred(ast, items) ? 0 : found;
}

/* `self.add_module("conv", Conv())` or `setattr(self, "conv", Conv())` as a statement: its text, and the object in *object. */
static uint32_t text_of_setter(const nw_match *match, uint32_t setter, uint32_t call, uint32_t *object)
{
    const nw_ast *ast = match->index->module->ast;
    const nw_node *node = &ast->nodes[setter], *callee = &ast->nodes[node->a];
    nw_list arguments = nw_ast_list(ast, node->b);
    bool by_function = callee->kind == NW_NODE_NAME;
    const char *name = nw_symbol_bytes(match->rules->symbols, (nw_symbol){by_function ? callee->a : callee->kind == NW_NODE_ATTRIBUTE ? callee->b : 0});
    bool sets = by_function ? strcmp(name, "setattr") == 0 : strcmp(name, "add_module") == 0 || strcmp(name, "register_module") == 0;
    if (!sets || arguments.count != 2U + by_function || arguments.items[1 + by_function] != call)
        return 0;
    *object = by_function ? arguments.items[0] : callee->a;
    return arguments.items[by_function];
}

static nw_making making_at(const nw_match *match, uint32_t call)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t parent = index->above[call].parent, above = index->above[parent].parent, object = 0;
    const nw_node *node = &ast->nodes[parent];
    nw_list targets = nw_ast_list(ast, node->kind == NW_NODE_ASSIGN ? node->a : ast->nodes[above].kind == NW_NODE_ASSIGN ? ast->nodes[above].a : 0);
    if (node->kind == NW_NODE_ASSIGN && targets.count == 1)
        return (nw_making){parent, call, targets.items[0], NW_MADE_ALONE};
    if (node->kind == NW_NODE_ANNOTATED_ASSIGN && node->c == call)
        return (nw_making){parent, call, node->a, NW_MADE_ALONE};
    if (is_display(node) && ast->nodes[above].kind == NW_NODE_ASSIGN && targets.count == 1)
        return (nw_making){above, call, target_of_item(ast, targets.items[0], parent, call), NW_MADE_IN_TUPLE};
    if (node->kind == NW_NODE_CALL && ast->nodes[above].kind == NW_NODE_EXPRESSION)
        return (nw_making){above, call, text_of_setter(match, parent, call, &object), NW_MADE_BY_TEXT};
    return (nw_making){0};
}

static bool names_binding(const nw_match *match, const nw_binding *binding, const nw_making *making)
{
    const nw_file_index *index = match->index;
    const nw_node *mention = nw_file_node(index, making->mention);
    uint32_t object = 0;
    if (!making->mention)
        return false;
    if (making->kind != NW_MADE_BY_TEXT)
        return mention->kind == NW_NODE_ATTRIBUTE && mention->b == binding->attribute.v && nw_file_self_class(index, mention->a);
    text_of_setter(match, index->above[making->call].parent, making->call, &object);
    return mention->kind == NW_NODE_STRING && mention->a == binding->attribute.v && nw_file_self_class(index, object);
}

bool nw_module_making(const nw_match *match, const nw_binding *binding, nw_making *making)
{
    uint32_t call = binding->instance ? nw_construction_of(match, binding->instance) : 0;
    *making = call ? making_at(match, call) : (nw_making){0};
    return making->statement && names_binding(match, binding, making) && is_in_setup(match, making->statement);
}

uint32_t nw_module_made_by(const nw_match *match, const nw_binding *binding)
{
    nw_making making;
    return nw_module_making(match, binding, &making) ? making.statement : 0;
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
    uint32_t name = nw_ast_last_word(object);
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
    nw_node_range inside = nw_file_function_range(index, function);
    for (uint32_t i = inside.first; i <= inside.last; i++)
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
    bool of_self = nw_ast_is_first_local(object);
    return of_self && nw_file_node(index, attribute)->b == binding->attribute.v && (guards_call(match, binding, attribute) || is_none_otherwise(match, binding, attribute));
}

/* The class of `self`, from inside of comprehensions and nested functions too. */
static uint32_t outer_self_class(const nw_file_index *index, uint32_t id)
{
    const nw_node *name = nw_file_node(index, id);
    const nw_ast *ast = index->module->ast;
    uint32_t own = nw_file_self_class(index, id);
    if (own || name->kind != NW_NODE_NAME || name->b != NW_PLACE_SLOT || !name->op)
        return own;
    for (uint32_t f = index->above[id].function; f; f = ast->functions[f].parent) {
        const nw_ast_function *function = &ast->functions[f];
        uint32_t class_ = index->above[function->node].class_;
        bool is_method = class_ && index->above[function->node].function == index->above[class_].function;
        if (is_method)
            return function->parameter_count && function->parameters[0].name.v == name->a ? class_ : 0;
    }
    return 0;
}

/* Whether an object may be one of our class: not `self` of another class, an import, a configuration. */
bool nw_may_be_ours(const nw_match *match, uint32_t object)
{
    const nw_file_index *index = match->index;
    const nw_node *node = nw_file_node(index, object);
    const nw_class *ours = class_at(match, index->above[index->module->ast->functions[match->function].node].class_);
    const nw_class *theirs = class_at(match, outer_self_class(index, object));
    nw_value value = theirs ? nw_unset() : own_value(match, object);
    uint32_t name = nw_ast_last_word(node);
    if (value.kind == NW_INSTANCE)
        theirs = value.as.instance->class_;
    if (ours && theirs)
        return nw_is_subclass(ours, theirs) || nw_is_subclass(theirs, ours);
    while (node->kind == NW_NODE_ATTRIBUTE)
        node = nw_file_node(index, node->a);
    nw_value *global = node->kind == NW_NODE_NAME && node->b == NW_PLACE_GLOBAL ? nw_dict_find_name(index->module->globals, (nw_symbol){node->a}) : NULL;
    bool is_import = global && (global->kind == NW_MODULE || (global->kind == NW_IMPORT && !global->as.import->definition));
    return !is_import && !(name && strcmp(nw_symbol_bytes(match->rules->symbols, (nw_symbol){name}), "config") == 0);
}

bool nw_is_ours(const nw_match *match, uint32_t object)
{
    bool known = outer_self_class(match->index, object) || own_value(match, object).kind == NW_INSTANCE;
    return known && nw_may_be_ours(match, object);
}

/* Something reaches the attribute without writing its name: setattr(self, f"norm{i}", ...), self.children(). */
static bool is_reached_otherwise(const nw_match *match, const nw_binding *binding, uint32_t node)
{
    nw_computed_name name;
    const nw_node *at = nw_file_node(match->index, node);
    if (at->kind == NW_NODE_CALL && nw_computed_name_of(match->index, node, &name))
        return (name.start.size || name.end.size || nw_is_ours(match, name.object)) && nw_computed_may_be(&name, nw_symbol_text(match->rules->symbols, binding->attribute)) && !is_in_loader(match, node) && nw_may_be_ours(match, name.object);
    return at->kind == NW_NODE_ATTRIBUTE && nw_takes_children(match->index, node) && nw_is_ours(match, at->a);
}

bool nw_module_is_private(const nw_match *match, const nw_binding *binding, nw_module_use *use)
{
    const nw_ast *ast = match->index->module->ast;
    *use = (nw_module_use){"is of a class that is looked for", 0};
    if (binding->instance && binding->instance->class_->is_catalog && nw_class_is_treated(match, binding->instance, &use->node))
        return false;
    if (binding->contained) {
        use->why = nw_container_is_used(match, binding->contained, &use->node);
        return !use->why;
    }
    nw_making making;
    *use = (nw_module_use){"is not made by a statement of its own in a method", 0};
    if (!nw_module_making(match, binding, &making))
        return false;
    nw_node_walk walk = nw_file_mentions(match->index, binding->attribute);
    for (uint32_t i; (i = nw_node_walk_next(&walk));) {
        const nw_node *node = &ast->nodes[i];
        *use = (nw_module_use){"is used", i};
        if (node->kind == NW_NODE_ATTRIBUTE && node->b == binding->attribute.v && i != making.mention && i != binding->read &&
            !nw_is_unrelated_attribute(match, i) && !is_of_another_module(match, i, binding->instance) && !nw_mention_follows(match, binding, i))
            return false;
        use->why = "may be meant by a computed name, or taken as a child,";
        if (is_reached_otherwise(match, binding, i))
            return false;
        use->why = "is named by a text";
        if (node->kind == NW_NODE_STRING && i != making.mention && nw_text_names_attribute(match, i, binding->attribute))
            return false;
    }
    return true;
}

/* `if config.activation == "softmax"`: a choice is no name. */
static bool is_compared(const nw_file_index *index, uint32_t text)
{
    uint32_t parent = index->above[text].parent;
    if (is_display(nw_file_node(index, parent)))
        parent = index->above[parent].parent;
    return nw_file_node(index, parent)->kind == NW_NODE_COMPARE;
}

bool nw_module_is_reached(const nw_match *match, nw_symbol attribute)
{
    const nw_binding binding = {.attribute = attribute};
    nw_node_walk walk = nw_file_mentions(match->index, attribute);
    for (uint32_t i; (i = nw_node_walk_next(&walk));) {
        bool is_text = nw_file_node(match->index, i)->kind == NW_NODE_STRING && !is_compared(match->index, i);
        if (is_reached_otherwise(match, &binding, i) || (is_text && nw_text_names_attribute(match, i, attribute)))
            return true;
    }
    return false;
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
    for (; ast->nodes[node].kind == NW_NODE_ATTRIBUTE; node = ast->nodes[node].a) {
        nw_list places = nw_file_word(index, (nw_symbol){ast->nodes[node].b});
        for (uint32_t i = 0; i < places.count; i++) {
            const nw_node *other = &ast->nodes[places.items[i]];
            if (other->kind == NW_NODE_ATTRIBUTE && nw_file_is_written(index, places.items[i]) && !nw_file_self_class(index, other->a))
                return false;
        }
    }
    const nw_node *name = &ast->nodes[node];
    const nw_ast_function *function = &ast->functions[index->above[node].function];
    if (!nw_ast_is_local(name) || name->c == 0 || name->c >= function->parameter_count)
        return false;
    nw_node_range inside = nw_file_function_range(index, index->above[node].function);
    for (uint32_t i = inside.first; i <= inside.last; i++)
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

/* Whether code gives that attribute of an object that may be ours a value. */
static bool is_own_write(const nw_match *match, uint32_t id)
{
    return nw_file_node(match->index, id)->kind == NW_NODE_ATTRIBUTE && nw_file_is_written(match->index, id) && !is_of_another_class(match, id) && !is_of_import(match, id);
}

/* The only statement that writes self.attribute; 0: several, or what is read of it is written too. */
static uint32_t only_assignment(const nw_match *match, uint32_t node, uint32_t first)
{
    const nw_file_index *index = match->index;
    const nw_ast *ast = index->module->ast;
    uint32_t made = 0;
    for (uint32_t at = node;; at = ast->nodes[at].a) {
        nw_list places = nw_file_word(index, (nw_symbol){ast->nodes[at].b});
        for (uint32_t i = 0; i < places.count; i++) {
            uint32_t statement = index->above[places.items[i]].statement;
            if (ast->nodes[places.items[i]].kind == NW_NODE_STRING && at == first && !is_in_loader(match, places.items[i]))
                return 0; /* setattr(self, "rate", ...) */
            if (!is_own_write(match, places.items[i]))
                continue;
            if (at != first || made || ast->nodes[statement].kind != NW_NODE_ASSIGN)
                return 0;
            made = statement;
        }
        if (at == first)
            return made;
    }
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
