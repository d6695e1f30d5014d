#include "match/outline.h"

#include "base/embedded.h"
#include "match/computed.h"
#include "match/inherited.h"
#include "syntax/compiled.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_SIZE = 64, MAX_ANCESTORS = 16 };

_Static_assert(NW_OPERATOR_COUNT <= 64, "operators are kept in bits");

/* ---- tables ---- */

static nw_outline_item *place_of(const nw_outline_table *table, uint32_t symbol, uint32_t of_class)
{
    uint32_t at = (symbol * 0x9E3779B1u ^ of_class * 0x85EBCA6Bu) >> 7 & (table->size - 1);
    while (table->items[at].symbol && (table->items[at].symbol != symbol || table->items[at].of_class != of_class))
        at = (at + 1) & (table->size - 1);
    return &table->items[at];
}

static nw_outline_item *find(const nw_outline_table *table, uint32_t symbol, uint32_t of_class)
{
    nw_outline_item *item = table->size ? place_of(table, symbol, of_class) : NULL;
    return item && item->symbol ? item : NULL;
}

nw_outline_item *nw_outline_find(const nw_outline_table *table, uint32_t symbol)
{
    return find(table, symbol, 0);
}

static nw_outline_item *enter_of(const nw_outline *outline, nw_outline_table *table, uint32_t symbol, uint32_t of_class)
{
    if (table->count * 2 >= table->size) {
        nw_outline_table larger = {NULL, table->size ? table->size * 2 : FIRST_SIZE, table->count};
        larger.items = nw_arena_zero(outline->arena, larger.size * sizeof *larger.items);
        for (uint32_t i = 0; i < table->size; i++)
            if (table->items[i].symbol)
                *place_of(&larger, table->items[i].symbol, table->items[i].of_class) = table->items[i];
        *table = larger;
    }
    nw_outline_item *item = place_of(table, symbol, of_class);
    table->count += item->symbol == 0;
    item->symbol = symbol;
    item->of_class = of_class;
    return item;
}

nw_outline_item *nw_outline_enter(const nw_outline *outline, nw_outline_table *table, uint32_t symbol)
{
    return enter_of(outline, table, symbol, 0);
}

static void add_to(uint32_t *items, uint32_t *count, uint32_t item, bool *any)
{
    for (uint32_t i = 0; i < *count; i++)
        if (items[i] == item)
            return;
    if (*count == NW_OUTLINE_CLASSES)
        *any = true;
    else
        items[(*count)++] = item;
}

static void add_name(nw_outline_item *item, uint32_t name)
{
    add_to(item->names, &item->count, name, &item->any);
}

static void add_class(nw_outline_item *item, uint32_t class_node)
{
    add_to(item->classes, &item->class_count, class_node, &item->any);
}

/* ---- names of the module ---- */

/* Whether rules may speak of what a module holds: PyTorch, and what they replace as it is there no longer. */
static bool is_of_rules(const nw_outline *outline, uint32_t module)
{
    const char *name = nw_symbol_bytes(outline->symbols, (nw_symbol){module});
    return (strncmp(name, "torch", 5) == 0 && (name[5] == 0 || name[5] == '.')) || nw_embedded_module(NW_EMBEDDED_REMOVED, name, strlen(name), NULL);
}

/* Modules that the catalog knows, and that hold nothing of torch. */
static bool is_of_catalog(const nw_outline *outline, uint32_t module)
{
    const char *name = nw_symbol_bytes(outline->symbols, (nw_symbol){module});
    return nw_embedded_module("", name, strcspn(name, "."), NULL) != NULL;
}

static void read_import(nw_outline *outline, const nw_node *statement)
{
    const nw_ast *ast = outline->index->module->ast;
    bool is_from = statement->kind == NW_NODE_IMPORT_FROM;
    nw_list aliases = nw_ast_list(ast, is_from ? statement->c : statement->a);
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = &ast->nodes[aliases.items[i]];
        if (!alias->b)
            continue;
        nw_outline_item *item = nw_outline_enter(outline, &outline->names, ast->nodes[alias->b].a);
        if (is_from ? !statement->b && is_of_rules(outline, statement->a) : is_of_rules(outline, alias->a))
            add_name(item, alias->a);
        else if (is_from ? statement->b || !is_of_catalog(outline, statement->a) : !is_of_catalog(outline, alias->a))
            item->is_foreign = true;
    }
}

static void read_names(nw_outline *outline)
{
    const nw_ast *ast = outline->index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_IMPORT || node->kind == NW_NODE_IMPORT_FROM)
            read_import(outline, node);
        if (node->kind != NW_NODE_NAME || node->b != NW_PLACE_GLOBAL || !(node->flags & NW_NAME_BINDS))
            continue;
        nw_outline_item *item = nw_outline_enter(outline, &outline->names, node->a);
        item->bindings++;
        const nw_node *parent = &ast->nodes[outline->index->above[i].parent];
        if (parent->kind != NW_NODE_IMPORT_ALIAS)
            item->any = true; /* taken back for definitions */
    }
}

static void read_functions(nw_outline *outline, const nw_ast *ast)
{
    for (uint32_t i = 1; i < ast->function_count; i++)
        if (ast->functions[i].name.v && ast->functions[i].scope == NW_SCOPE_FUNCTION)
            nw_outline_enter(outline, &outline->functions, ast->functions[i].name.v);
}

static const nw_ast *catalog_tree(const char *path)
{
    const nw_embedded_file *file = nw_embedded_find(nw_embedded_catalog, nw_embedded_catalog_count, path);
    return file ? nw_compiled_catalog[file - nw_embedded_catalog] : NULL;
}

/* The methods of torch.nn.Module. */
static const nw_ast *module_class(void)
{
    return catalog_tree("torch/nn/modules/module.py");
}

/* Defs of a class's body, and names that it binds to functions from outside. */
static void read_methods(nw_outline *outline, nw_outline_table *table, const nw_ast *ast, const nw_node *class_)
{
    nw_list body = nw_ast_list(ast, ast->extra[class_->b + 1]);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        nw_list targets = nw_ast_list(ast, node->kind == NW_NODE_ASSIGN ? node->a : 0);
        if (node->kind == NW_NODE_FUNCTION)
            nw_outline_enter(outline, table, ast->functions[node->a].name.v);
        for (uint32_t k = 0; k < targets.count; k++)
            if (ast->nodes[targets.items[k]].kind == NW_NODE_NAME)
                nw_outline_enter(outline, table, ast->nodes[targets.items[k]].a);
    }
}

bool nw_outline_is_tensor_method(nw_outline *outline, uint32_t symbol)
{
    const nw_ast *ast = outline->tensor_methods.size ? NULL : catalog_tree("torch/__init__.py");
    nw_list body = ast ? nw_ast_list(ast, ast->functions[0].body) : (nw_list){0};
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        if (node->kind == NW_NODE_CLASS && strcmp(nw_symbol_bytes(outline->symbols, (nw_symbol){node->a}), "Tensor") == 0)
            read_methods(outline, &outline->tensor_methods, ast, node);
    }
    return nw_outline_find(&outline->tensor_methods, symbol) != NULL;
}

static void read_definitions_of_module(nw_outline *outline)
{
    const nw_ast *ast = outline->index->module->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        uint32_t name = node->kind == NW_NODE_CLASS ? node->c : node->kind == NW_NODE_FUNCTION ? ast->functions[node->a].name_node : 0;
        nw_outline_item *item = name ? nw_outline_enter(outline, &outline->names, ast->nodes[name].a) : NULL;
        if (!item || item->bindings != 1)
            continue;
        item->any = false;
        item->is_function = true;
        item->class_node = node->kind == NW_NODE_CLASS ? body.items[i] : 0;
    }
}

/* ---- what an expression makes ---- */

static bool defines_forward(const nw_ast *ast, const nw_node *class_)
{
    nw_list body = nw_ast_list(ast, ast->extra[class_->b + 1]);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        if (node->kind == NW_NODE_FUNCTION && ast->functions[node->a].name.v == NW_NAME_FORWARD)
            return true;
    }
    return false;
}

static void classify_name(const nw_outline *outline, nw_outline_item *item, const nw_node *node, unsigned depth);

/* An instance of a class of this file. With a forward of its own it is no layer of torch. */
static void classify_class(const nw_outline *outline, nw_outline_item *item, uint32_t class_node, unsigned depth)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *class_ = &ast->nodes[class_node];
    if (defines_forward(ast, class_)) {
        add_class(item, class_node);
        return;
    }
    nw_list bases = nw_ast_list(ast, ast->extra[class_->b]);
    item->any |= bases.count == 0 || depth >= MAX_ANCESTORS;
    for (uint32_t i = 0; i < bases.count && depth < MAX_ANCESTORS; i++)
        classify_name(outline, item, &ast->nodes[bases.items[i]], depth + 1);
}

/* What calling a name gives. */
static void classify_name(const nw_outline *outline, nw_outline_item *item, const nw_node *node, unsigned depth)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *root = node;
    while (root->kind == NW_NODE_ATTRIBUTE)
        root = &ast->nodes[root->a];
    const nw_outline_item *known = root->kind == NW_NODE_NAME && root->b == NW_PLACE_GLOBAL ? nw_outline_find(&outline->names, root->a) : NULL;
    if (known && !known->any && known->is_foreign && root == node && nw_is_large_module(outline->index->eval, outline->index->module, (nw_symbol){node->a})) {
        add_name(item, node->a); /* a module of its own */
        item->bindings += 2;
    } else if (!known || known->any || known->is_foreign || (known->is_function && (root != node || !known->class_node)))
        item->any = true;
    else if (known->class_node)
        classify_class(outline, item, known->class_node, depth);
    else if (root != node)
        add_name(item, node->b);
    else
        for (uint32_t i = 0; i < known->count; i++)
            add_name(item, known->names[i]);
}

void nw_outline_classify(const nw_outline *outline, nw_outline_item *item, uint32_t id)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *node = &ast->nodes[id];
    switch (node->kind) {
    case NW_NODE_CALL:
        classify_name(outline, item, &ast->nodes[node->a], 0);
        return;
    case NW_NODE_CONDITIONAL:
        nw_outline_classify(outline, item, node->b);
        nw_outline_classify(outline, item, node->c);
        return;
    case NW_NODE_NONE: case NW_NODE_TRUE: case NW_NODE_FALSE: case NW_NODE_INTEGER: case NW_NODE_FLOAT: case NW_NODE_STRING:
        return;
    default:
        item->any = true;
    }
}

/* Whether an item of a display is written to. */
static bool is_in_targets(const nw_outline *outline, uint32_t node)
{
    for (uint32_t at = node; at; at = outline->index->above[at].parent)
        if (outline->index->above[at].label && strcmp(outline->index->above[at].label, "target") == 0)
            return true;
        else if (nw_is_statement(outline->index->module->ast->nodes[at].kind))
            return false;
    return false;
}

static void read_unclear(nw_outline_item *item)
{
    item->any = true;
    item->bindings++;
}

static const nw_ast_parameter *parameter_of(const nw_outline *outline, uint32_t name)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *node = &ast->nodes[name];
    const nw_ast_function *function = &ast->functions[outline->index->above[name].function];
    uint32_t count = 0;
    if (!nw_ast_is_local(node) || !function->node)
        return NULL;
    nw_outline_definitions(outline, outline->index->above[name].function, node->c, &count);
    for (uint32_t i = 0; i < function->parameter_count && !count; i++)
        if (function->parameters[i].slot == node->c && function->parameters[i].name.v == node->a)
            return &function->parameters[i];
    return NULL;
}

bool nw_outline_is_given(const nw_outline *outline, uint32_t id)
{
    const nw_node *nodes = outline->index->module->ast->nodes;
    while (nodes[id].kind == NW_NODE_ATTRIBUTE)
        id = nodes[id].a;
    const nw_ast_parameter *parameter = nw_outline_is_self(outline, id) ? NULL : parameter_of(outline, id);
    return parameter && (!parameter->default_value || nodes[parameter->default_value].kind == NW_NODE_NONE);
}

/* `set_output_embeddings` and the like are called when the object is there. */
static bool is_setter(const nw_outline *outline, uint32_t node)
{
    const nw_ast_function *function = &outline->index->module->ast->functions[outline->index->above[node].function];
    return function->node && strncmp(nw_symbol_bytes(outline->symbols, function->name), "set_", 4) == 0;
}

static void read_assignment(const nw_outline *outline, nw_outline_item *item, uint32_t value)
{
    if (nw_outline_is_given(outline, value)) {
        item->bindings += is_setter(outline, value) ? 0 : 2;
        return;
    }
    item->bindings += outline->index->module->ast->nodes[value].kind == NW_NODE_CALL ? 1 : 2; /* of a conditional expression: one of several */
    nw_outline_classify(outline, item, value);
}

/* The symbol of a text that setattr(self, "x", value) or self.add_module("x", value) names, with the value; 0: it is something else. */
static uint32_t named_by_setter(const nw_outline *outline, uint32_t call, uint32_t *value)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *node = &ast->nodes[call], *callee = &ast->nodes[node->a];
    nw_list arguments = nw_ast_list(ast, node->b);
    bool by_function = callee->kind == NW_NODE_NAME;
    uint32_t symbol = by_function ? callee->a : callee->kind == NW_NODE_ATTRIBUTE ? callee->b : 0;
    const char *name = symbol ? nw_symbol_bytes(outline->symbols, (nw_symbol){symbol}) : "";
    bool sets = by_function ? strcmp(name, "setattr") == 0 : strcmp(name, "add_module") == 0 || strcmp(name, "register_module") == 0;
    if (!sets || arguments.count != 2U + by_function || !nw_outline_is_self(outline, by_function ? arguments.items[0] : callee->a))
        return 0;
    const nw_node *text = &ast->nodes[arguments.items[by_function]];
    *value = arguments.items[1 + by_function];
    return text->kind == NW_NODE_STRING ? text->a : 0;
}

/* Attributes whose names are computed may be any. */
static void read_setter(nw_outline *outline, uint32_t call)
{
    uint32_t value, symbol = named_by_setter(outline, call, &value), class_ = outline->index->above[call].class_;
    nw_computed_name computed;
    if (symbol)
        read_assignment(outline, enter_of(outline, &outline->assigned, symbol, class_), value);
    else if (nw_computed_name_of(outline->index, call, &computed) && computed.writes && nw_outline_is_self(outline, computed.object))
        enter_of(outline, &outline->assigned, NW_OUTLINE_ANY, class_)->any = true;
}

/* Assignments to attributes of other objects come after their construction. */
static void read_attributes(nw_outline *outline)
{
    const nw_ast *ast = outline->index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        const nw_node_above *above = &outline->index->above[i];
        if (node->kind == NW_NODE_CALL && above->class_)
            read_setter(outline, i);
        if (node->kind != NW_NODE_ATTRIBUTE || !above->class_ || !nw_outline_is_self(outline, node->a))
            continue;
        const nw_node *parent = &ast->nodes[above->parent];
        bool is_target = above->label && strcmp(above->label, "target") == 0;
        bool in_display = parent->kind == NW_NODE_TUPLE || parent->kind == NW_NODE_LIST || parent->kind == NW_NODE_STARRED;
        if (is_target && (parent->kind == NW_NODE_ASSIGN || (parent->kind == NW_NODE_ANNOTATED_ASSIGN && parent->c)))
            read_assignment(outline, enter_of(outline, &outline->assigned, node->b, above->class_), parent->kind == NW_NODE_ASSIGN ? parent->b : parent->c);
        else if (is_target || (in_display && is_in_targets(outline, i)))
            read_unclear(enter_of(outline, &outline->assigned, node->b, above->class_));
    }
}

/* ---- classes ---- */

static int compare_classes(const void *left, const void *right)
{
    const nw_outline_class *a = left, *b = right;
    return a->node < b->node ? -1 : a->node > b->node;
}

static nw_outline_class *class_of(const nw_outline *outline, uint32_t node)
{
    nw_outline_class wanted = {.node = node};
    return outline->class_count ? bsearch(&wanted, outline->classes, outline->class_count, sizeof wanted, compare_classes) : NULL;
}

static void relate(const nw_outline *outline, nw_outline_class *to, uint32_t node)
{
    for (uint32_t i = 0; i < to->related_count; i++)
        if (to->related[i] == node)
            return;
    NW_ARENA_RESERVE(outline->arena, to->related, to->related_count, to->related_capacity);
    to->related[to->related_count++] = node;
}

static void relate_to_bases(const nw_outline *outline, nw_outline_class *from, uint32_t class_node, unsigned depth)
{
    const nw_ast *ast = outline->index->module->ast;
    nw_list bases = nw_ast_list(ast, ast->extra[ast->nodes[class_node].b]);
    for (uint32_t i = 0; i < bases.count && depth < MAX_ANCESTORS; i++) {
        const nw_node *base = &ast->nodes[bases.items[i]];
        const nw_outline_item *item = base->kind == NW_NODE_NAME ? nw_outline_find(&outline->names, base->a) : NULL;
        nw_outline_class *above = item && item->class_node ? class_of(outline, item->class_node) : NULL;
        if (!above || above == from)
            continue;
        relate(outline, from, above->node);
        relate(outline, above, from->node);
        relate_to_bases(outline, from, above->node, depth + 1);
    }
}

static void read_classes(nw_outline *outline)
{
    const nw_ast *ast = outline->index->module->ast;
    uint32_t count = 0;
    for (uint32_t i = 1; i < ast->node_count; i++)
        count += ast->nodes[i].kind == NW_NODE_CLASS;
    outline->classes = nw_arena_zero(outline->arena, (count + 1) * sizeof *outline->classes);
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_CLASS)
            outline->classes[outline->class_count++].node = i;
    for (uint32_t i = 0; i < count; i++) {
        relate(outline, &outline->classes[i], outline->classes[i].node);
        relate_to_bases(outline, &outline->classes[i], outline->classes[i].node, 0);
    }
}

nw_outline_item *nw_outline_attribute(nw_outline *outline, uint32_t node)
{
    uint32_t symbol = outline->index->module->ast->nodes[node].b, class_node = outline->index->above[node].class_;
    const nw_outline_class *class_ = class_of(outline, class_node);
    nw_outline_item *known = find(&outline->attributes, symbol, class_node);
    if (known || !class_)
        return known && known->bindings ? known : NULL;
    nw_outline_item *made = enter_of(outline, &outline->attributes, symbol, class_node);
    bool exists = false;
    for (uint32_t i = 0; i < class_->related_count; i++) {
        if (find(&outline->assigned, NW_OUTLINE_ANY, class_->related[i])) {
            exists = made->any = true;
            made->bindings++;
        }
        const nw_outline_item *part = find(&outline->assigned, symbol, class_->related[i]);
        made->bindings += part ? part->bindings : 0;
        exists |= part != NULL;
        made->any |= part && part->any;
        for (uint32_t k = 0; part && k < part->count; k++)
            add_name(made, part->names[k]);
        for (uint32_t k = 0; part && k < part->class_count; k++)
            add_class(made, part->classes[k]);
    }
    if (!exists && nw_may_inherit(outline->index->eval, outline->index->module, class_node, (nw_symbol){symbol}))
        { /* what another file assigns */
        made = find(&outline->attributes, symbol, class_node);
        made->any = true;
        made->bindings = 1;
    }
    made->bindings += exists && !made->bindings ? 2 : 0;
    return made->bindings ? made : NULL;
}

/* ---- local names ---- */

static void define(nw_outline *outline, const nw_node *target, uint32_t at, uint32_t value)
{
    if (!nw_ast_is_local(target))
        return;
    NW_ARENA_RESERVE(outline->arena, outline->definitions, outline->definition_count, outline->definition_capacity);
    outline->definitions[outline->definition_count++] = (nw_outline_definition){outline->index->above[at].function, target->c, value};
}

static void define_several(nw_outline *outline, uint32_t target, uint32_t value)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *node = &ast->nodes[target];
    if (node->kind != NW_NODE_TUPLE && node->kind != NW_NODE_LIST) {
        define(outline, node, target, value);
        return;
    }
    nw_list targets = nw_ast_list(ast, node->a);
    const nw_node *given = &ast->nodes[value];
    nw_list values = given->kind == NW_NODE_TUPLE ? nw_ast_list(ast, given->a) : (nw_list){NULL, 0};
    for (uint32_t i = 0; i < targets.count; i++)
        define_several(outline, targets.items[i], values.count == targets.count ? values.items[i] : value);
}

static int compare_definitions(const void *left, const void *right)
{
    const nw_outline_definition *a = left, *b = right;
    if (a->function != b->function)
        return a->function < b->function ? -1 : 1;
    if (a->slot != b->slot)
        return a->slot < b->slot ? -1 : 1;
    return a->value < b->value ? -1 : a->value > b->value;
}

static void read_locals(nw_outline *outline)
{
    const nw_ast *ast = outline->index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_ASSIGN) {
            nw_list targets = nw_ast_list(ast, node->a);
            for (uint32_t k = 0; k < targets.count; k++)
                define_several(outline, targets.items[k], node->b);
        } else if (node->kind == NW_NODE_AUGMENTED_ASSIGN) {
            define(outline, &ast->nodes[node->a], i, i);
        } else if (node->kind == NW_NODE_ANNOTATED_ASSIGN && node->c) {
            define(outline, &ast->nodes[node->a], i, node->c);
        } else if (node->kind == NW_NODE_NAMED) {
            define(outline, &ast->nodes[node->a], i, node->b);
        } else if (node->kind == NW_NODE_FOR) {
            define_several(outline, node->a, i);
        } else if (node->kind == NW_NODE_FUNCTION) {
            define(outline, &ast->nodes[ast->functions[node->a].name_node], i, i);
        }
    }
    if (outline->definition_count)
        qsort(outline->definitions, outline->definition_count, sizeof *outline->definitions, compare_definitions);
}

const nw_outline_definition *nw_outline_definitions(const nw_outline *outline, uint32_t function, uint32_t slot, uint32_t *count)
{
    nw_outline_definition wanted = {function, slot, 0};
    uint32_t low = 0, high = outline->definition_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (compare_definitions(&outline->definitions[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < outline->definition_count && outline->definitions[low + *count].function == function && outline->definitions[low + *count].slot == slot)
        ++*count;
    return *count ? outline->definitions + low : NULL;
}

bool nw_outline_is_self(const nw_outline *outline, uint32_t id)
{
    const nw_ast *ast = outline->index->module->ast;
    const nw_node *node = &ast->nodes[id];
    if (!nw_ast_is_first_local(node))
        return false;
    const nw_ast_function *function = &ast->functions[outline->index->above[id].function];
    return function->parameter_count && function->parameters[0].name.v == node->a; /* not the first name of a comprehension */
}

bool nw_outline_ask(nw_outline *outline, nw_outline_question *question, const char *found, const char *wanted)
{
    uintptr_t mixed = ((uintptr_t)found * 31 + (uintptr_t)wanted) * 31 + (uintptr_t)question;
    nw_outline_answer *kept = &outline->answers[(mixed ^ mixed >> 12) & (NW_OUTLINE_ANSWERS - 1)];
    if (kept->question != question || kept->found != found || kept->wanted != wanted)
        *kept = (nw_outline_answer){question, found, wanted, question(found, wanted)};
    return kept->answer;
}

void nw_outline_build(nw_outline *outline, const nw_file_index *index, nw_arena *arena)
{
    *outline = (nw_outline){.index = index, .symbols = index->eval->symbols, .arena = arena};
    outline->answers = nw_arena_zero(arena, NW_OUTLINE_ANSWERS * sizeof *outline->answers);
    for (uint8_t op = 1; op < NW_RULE_OPERATOR_COUNT; op++)
        for (uint8_t own = 0; own < NW_OPERATOR_COUNT; own++)
            if (strcmp(nw_rule_operator_text((nw_rule_operator)op), nw_operator_text((nw_operator)own)) == 0)
                outline->spelled[op] |= UINT64_C(1) << own;
    read_names(outline);
    read_functions(outline, index->module->ast);
    if (module_class())
        read_functions(outline, module_class());
    read_definitions_of_module(outline);
    read_classes(outline);
    read_locals(outline);
    read_attributes(outline);
}
