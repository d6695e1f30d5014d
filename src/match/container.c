/* Where an nn.Sequential goes from the place that makes it: whether all that ever happens to it is that it is called.
 *
 * How: the text is followed from the expression that gives the container to what that is assigned to, returned from or put into, and from
 * there to every read. What is not understood is a use. Lists of containers are followed the same way, a level further out. */
#include "base/among.h"
#include "match/computed.h"
#include "match/predicate.h"
#include "match/sequence.h"
#include "match/word.h"

#include <string.h>

enum { MAX_VISITS = 200 };

/* What an expression gives. */
typedef enum held {
    CONTAINER,  /* the nn.Sequential */
    CONTAINERS, /* a list of such */
    LAYERS,     /* a list with the layer itself */
} held;

typedef struct visit {
    uint32_t node;
    held level;
} visit;

typedef struct flow {
    const nw_match *match;
    const nw_file_index *index;
    const nw_ast *ast;
    visit visited[MAX_VISITS];
    uint32_t count;
    uint32_t where;
    const char *why;
} flow;

static void follow(flow *f, uint32_t id, held level);

static const char *bytes_of(const flow *f, uint32_t symbol)
{
    return nw_symbol_bytes(f->match->rules->symbols, (nw_symbol){symbol});
}

static void used(flow *f, uint32_t where, const char *why)
{
    if (f->why)
        return;
    f->why = why;
    f->where = where;
}

static void used_more(flow *f, uint32_t where)
{
    used(f, where, "is in an nn.Sequential that is used for more than being called");
}

/* False: it was looked at before, or nothing more needs to be found out. */
static bool enter(flow *f, uint32_t id, held level)
{
    for (uint32_t i = 0; i < f->count; i++)
        if (f->visited[i].node == id && f->visited[i].level == level)
            return false;
    if (f->why)
        return false;
    if (f->count == MAX_VISITS) {
        used_more(f, id);
        return false;
    }
    f->visited[f->count++] = (visit){id, level};
    return true;
}

static const nw_node *parent_of(const flow *f, uint32_t id)
{
    return &f->ast->nodes[f->index->above[id].parent];
}

/* The last part of what a call calls. */
static const char *called(const flow *f, const nw_node *call)
{
    const nw_node *callee = &f->ast->nodes[call->a];
    return bytes_of(f, nw_ast_last_word(callee));
}

/* A class of torch by its name: no class or function of this file. */
static bool makes(const flow *f, const nw_node *call, const char *name)
{
    const nw_node *callee = &f->ast->nodes[call->a];
    if (strcmp(called(f, call), name) != 0)
        return false;
    return !nw_file_class_named(f->index, nw_symbol_of(f->match->rules->symbols, name)) &&
           (callee->kind == NW_NODE_ATTRIBUTE || (callee->kind == NW_NODE_NAME && callee->b == NW_PLACE_GLOBAL));
}

/* ---- names ---- */

static void follow_local(flow *f, uint32_t name, held level)
{
    const nw_node *node = &f->ast->nodes[name];
    uint32_t function = f->index->above[name].function;
    if (!nw_ast_is_local(node) || f->index->above[name].comprehension || !function) {
        used_more(f, name);
        return;
    }
    const nw_def_use *def_use = nw_file_def_use(f->match->index, function);
    if (node->c < def_use->slot_count && def_use->captured[node->c])
        used_more(f, name);
    nw_list places = nw_file_word(f->index, (nw_symbol){node->a});
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *read = &f->ast->nodes[i];
        if (read->kind != NW_NODE_NAME || read->a != node->a || read->b != NW_PLACE_SLOT || f->index->above[i].function != function || (read->flags & NW_NAME_BINDS))
            continue;
        follow(f, i, level);
    }
}

/* Every read of an attribute that may have the name. */
static void follow_attribute(flow *f, nw_text name, uint32_t from, held level)
{
    nw_match here = *f->match; /* of the class that holds it */
    here.function = f->index->above[from].function;
    nw_computed_name computed;
    nw_symbol symbol = nw_symbol_intern(f->match->rules->symbols, name.bytes, name.size);
    nw_node_walk walk = nw_file_mentions(f->index, symbol);
    for (uint32_t i; !f->why && (i = nw_node_walk_next(&walk));) {
        const nw_node *node = &f->ast->nodes[i];
        bool reads = node->kind == NW_NODE_ATTRIBUTE && node->b == symbol.v && i != from && !nw_file_is_written(f->index, i) && !nw_is_unrelated_attribute(&here, i);
        bool is_computed = node->kind == NW_NODE_CALL && nw_computed_name_of(f->index, i, &computed) && nw_computed_may_be(&computed, name);
        if (is_computed && nw_may_be_ours(&here, computed.object) && (computed.start.size || computed.end.size || nw_is_ours(&here, computed.object)))
            reads = !computed.writes; /* what it sets instead is another object */
        if (node->kind == NW_NODE_STRING && i != from && nw_text_names_attribute(&here, i, symbol))
            used(f, i, "is in an nn.Sequential that a text names");
        if (node->kind == NW_NODE_ATTRIBUTE && nw_takes_children(f->index, i) && nw_is_ours(&here, node->a))
            used_more(f, i);
        if (!reads)
            continue;
        follow(f, i, level);
    }
}

static void follow_target(flow *f, uint32_t target, held level)
{
    const nw_node *node = &f->ast->nodes[target];
    if (node->kind == NW_NODE_ATTRIBUTE && nw_file_self_class(f->index, node->a))
        follow_attribute(f, nw_symbol_text(f->match->rules->symbols, (nw_symbol){node->b}), target, level);
    else
        follow_local(f, target, level);
}

/* What calls of the function around a `return` give. */
static void follow_calls(flow *f, uint32_t from, held level)
{
    const nw_ast_function *function = &f->ast->functions[f->index->above[from].function];
    if (!function->node || function->is_lambda || !enter(f, function->node, level)) {
        if (function->is_lambda)
            used_more(f, from);
        return;
    }
    bool is_global = !f->index->above[function->node].function && !f->index->above[function->node].class_;
    nw_list places = nw_file_word(f->index, function->name);
    for (uint32_t at = 0; at < places.count && !f->why; at++) {
        uint32_t i = places.items[at];
        const nw_node *node = &f->ast->nodes[i];
        bool is_name = node->kind == NW_NODE_NAME && node->a == function->name.v && !(node->flags & NW_NAME_BINDS) && (!is_global || node->b == NW_PLACE_GLOBAL);
        if (!is_name && !(node->kind == NW_NODE_ATTRIBUTE && node->b == function->name.v))
            continue;
        const nw_node *call = parent_of(f, i);
        if (call->kind != NW_NODE_CALL || call->a != i)
            used_more(f, i);
        else
            follow(f, f->index->above[i].parent, level);
    }
}

/* ---- classes that are containers themselves ---- */

/* Methods that leave the children where they are. */
static bool is_harmless_method(const flow *f, uint32_t attribute)
{
    static const char *const names[] = {"parameters", "to", "eval", "train", "requires_grad_", "cuda", "cpu", "half", "float", "double", "zero_grad", "apply", "modules", "training", "add_module"};
    return NW_IS_AMONG(bytes_of(f, f->ast->nodes[attribute].b), names);
}

/* `self.width = width` and what reads it, or such a method: no child. */
static bool keeps_children(const flow *f, uint32_t attribute)
{
    const nw_node *node = &f->ast->nodes[attribute];
    if (nw_file_is_written(f->index, attribute) || is_harmless_method(f, attribute))
        return true;
    nw_list places = nw_file_word(f->index, (nw_symbol){node->b});
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *other = &f->ast->nodes[places.items[i]];
        if (other->kind == NW_NODE_ATTRIBUTE && nw_file_is_written(f->index, places.items[i]) &&
            nw_file_self_class(f->index, other->a) == nw_file_self_class(f->index, node->a))
            return true;
    }
    return false;
}

/* super().__init__(conv, norm), self.add_module("conv", conv) in a class that derives from nn.Sequential */
static void follow_class(flow *f, uint32_t class_node, uint32_t from)
{
    if (!class_node || !enter(f, class_node, CONTAINER)) {
        if (!class_node)
            used_more(f, from);
        return;
    }
    const nw_node *class_ = &f->ast->nodes[class_node];
    for (uint32_t i = 1; i < f->ast->node_count && !f->why; i++) {
        const nw_node *node = &f->ast->nodes[i], *above = parent_of(f, i);
        bool of_self = node->kind == NW_NODE_NAME && nw_file_self_class(f->index, i) == class_node;
        bool in_super = of_self && above->kind == NW_NODE_CALL && strcmp(called(f, above), "super") == 0;
        if (of_self && !in_super && !(above->kind == NW_NODE_ATTRIBUTE && keeps_children(f, f->index->above[i].parent)))
            used_more(f, i);
        bool names = (node->kind == NW_NODE_NAME && node->a == class_->a && !(node->flags & NW_NAME_BINDS)) || (node->kind == NW_NODE_ATTRIBUTE && node->b == class_->a);
        if (!names || (above->kind == NW_NODE_CALL && above->a != i && strcmp(called(f, above), "super") == 0))
            continue;
        if (above->kind == NW_NODE_CALL && above->a == i)
            follow(f, f->index->above[i].parent, CONTAINER);
        else
            used_more(f, i);
    }
}

static bool derives_from_sequential(const flow *f, uint32_t class_node)
{
    nw_list bases = class_node ? nw_ast_list(f->ast, f->ast->extra[f->ast->nodes[class_node].b]) : (nw_list){0};
    for (uint32_t i = 0; i < bases.count; i++) {
        const nw_node *base = &f->ast->nodes[bases.items[i]];
        const char *name = bytes_of(f, nw_ast_last_word(base));
        if (strcmp(name, "Sequential") == 0)
            return true;
    }
    return false;
}

static bool is_super_init(const flow *f, const nw_node *call)
{
    const nw_node *callee = &f->ast->nodes[call->a], *object = &f->ast->nodes[callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0];
    return callee->kind == NW_NODE_ATTRIBUTE && callee->b == NW_NAME_DUNDER_INIT && object->kind == NW_NODE_CALL && strcmp(called(f, object), "super") == 0;
}

/* ---- calls ---- */

/* An object that layers are added to: `layers` of layers.append(x), `self.net` of self.net.add_module("x", x). */
static void follow_added_to(flow *f, uint32_t object, held level)
{
    const nw_node *node = &f->ast->nodes[object];
    uint32_t class_ = nw_file_self_class(f->index, object);
    if (class_ && derives_from_sequential(f, class_))
        follow_class(f, class_, object);
    else if (node->kind == NW_NODE_ATTRIBUTE && nw_file_self_class(f->index, node->a))
        follow_attribute(f, nw_symbol_text(f->match->rules->symbols, (nw_symbol){node->b}), object, level);
    else
        follow_local(f, object, level);
}

/* `self.add_module("net", net)`: an attribute, or a child of what is a container itself. */
static void follow_named(flow *f, const nw_node *call)
{
    nw_list arguments = nw_ast_list(f->ast, call->b);
    uint32_t object = f->ast->nodes[call->a].a, class_ = nw_file_self_class(f->index, object);
    const nw_node *text = &f->ast->nodes[arguments.items[0]];
    if (!class_ || derives_from_sequential(f, class_))
        follow_added_to(f, object, CONTAINER);
    else if (text->kind == NW_NODE_STRING)
        follow_attribute(f, nw_symbol_text(f->match->rules->symbols, (nw_symbol){text->a}), arguments.items[0], CONTAINER);
    else
        used_more(f, arguments.items[0]);
}

/* The argument of a call; `item`: it is one layer, or one container. */
static void follow_argument(flow *f, uint32_t id, bool item, held level)
{
    static const char *const lists[] = {"list", "tuple", "OrderedDict"};
    uint32_t parent = f->index->above[id].parent;
    const nw_node *call = &f->ast->nodes[parent], *callee = &f->ast->nodes[call->a];
    const char *name = called(f, call);
    bool is_method = callee->kind == NW_NODE_ATTRIBUTE;
    nw_list arguments = nw_ast_list(f->ast, call->b);
    if (makes(f, call, "Sequential"))
        follow(f, parent, CONTAINER);
    else if (is_super_init(f, call) && derives_from_sequential(f, f->index->above[parent].class_))
        follow_class(f, f->index->above[parent].class_, parent);
    else if (!item && ((level == CONTAINERS && makes(f, call, "ModuleList")) || NW_IS_AMONG(name, lists)))
        follow(f, parent, level);
    else if (is_method && strcmp(name, item ? "append" : "extend") == 0)
        follow_added_to(f, callee->a, level);
    else if (is_method && item && strcmp(name, "add_module") == 0 && arguments.count == 2 && arguments.items[1] == id)
        follow_named(f, call);
    else if (item || strcmp(name, "len") != 0)
        used_more(f, parent);
}

/* ---- loops ---- */

/* `for block in blocks`, `for i, block in enumerate(blocks)`: what each item is assigned to. */
static void follow_items(flow *f, uint32_t loop, uint32_t iterable, uint32_t list)
{
    const nw_node *node = &f->ast->nodes[loop], *around = &f->ast->nodes[iterable];
    uint32_t target = node->a;
    if (iterable != list) {
        nw_list arguments = nw_ast_list(f->ast, around->b);
        nw_list names = f->ast->nodes[target].kind == NW_NODE_TUPLE ? nw_ast_list(f->ast, f->ast->nodes[target].a) : (nw_list){0};
        bool counts = strcmp(called(f, around), "enumerate") == 0, together = strcmp(called(f, around), "zip") == 0;
        uint32_t place = counts ? 1 : 0;
        for (uint32_t i = 0; i < arguments.count && together; i++)
            place = arguments.items[i] == list ? i : place;
        if ((counts || together) && names.count > place)
            target = names.items[place];
        else if (counts || together)
            target = 0;
    }
    if (target)
        follow_local(f, target, CONTAINER);
    else
        used_more(f, loop);
}

/* enumerate(blocks) and the like */
static bool goes_round(const flow *f, const nw_node *call)
{
    static const char *const names[] = {"enumerate", "zip", "reversed"};
    return call->kind == NW_NODE_CALL && NW_IS_AMONG(called(f, call), names);
}

/* ---- expressions ---- */

static void follow_assignment(flow *f, const nw_node *assign, held level)
{
    nw_list targets = nw_ast_list(f->ast, assign->a);
    for (uint32_t i = 0; i < targets.count; i++)
        follow_target(f, targets.items[i], level);
}

/* Asked for, as in `if self.net is not None` or `self.net and x`. */
static bool is_test(const flow *f, uint32_t id)
{
    const nw_node *above = parent_of(f, id);
    nw_list parts = above->kind == NW_NODE_COMPARE ? nw_ast_list(f->ast, above->b) : (nw_list){0};
    bool asks_identity = parts.count == 2 && (parts.items[0] == NW_OPERATOR_IS || parts.items[0] == NW_OPERATOR_IS_NOT);
    return asks_identity || above->kind == NW_NODE_UNARY || ((above->kind == NW_NODE_IF || above->kind == NW_NODE_CONDITIONAL) && above->a == id);
}

static void follow_container(flow *f, uint32_t id)
{
    uint32_t parent = f->index->above[id].parent;
    const nw_node *above = &f->ast->nodes[parent];
    switch (above->kind) {
    case NW_NODE_LIST: case NW_NODE_TUPLE: case NW_NODE_LIST_COMPREHENSION: case NW_NODE_GENERATOR:
        follow(f, parent, CONTAINERS);
        return;
    case NW_NODE_CALL:
        if (above->a != id)
            follow_argument(f, id, true, CONTAINERS);
        return;
    case NW_NODE_ATTRIBUTE: {
        uint32_t call = f->index->above[parent].parent;
        if (!is_harmless_method(f, parent))
            used_more(f, parent);
        else if (f->ast->nodes[call].kind == NW_NODE_CALL && f->ast->nodes[call].a == parent && strcmp(bytes_of(f, above->b), "parameters") != 0)
            follow(f, call, CONTAINER); /* most give the module back */
        return;
    }
    default:
        if (!is_test(f, id))
            used_more(f, id);
    }
}

static void follow_list_method(flow *f, uint32_t attribute)
{
    static const char *const names[] = {"append", "extend", "parameters", "apply"};
    if (!NW_IS_AMONG(bytes_of(f, f->ast->nodes[attribute].b), names))
        used_more(f, attribute);
}

static void follow_list(flow *f, uint32_t id, held level)
{
    uint32_t parent = f->index->above[id].parent;
    const nw_node *above = &f->ast->nodes[parent];
    bool takes_items = above->kind == NW_NODE_FOR || above->kind == NW_NODE_SUBSCRIPT || (above->kind == NW_NODE_CALL && goes_round(f, above));
    if (takes_items && level == LAYERS) {
        used_more(f, id);
        return;
    }
    switch (above->kind) {
    case NW_NODE_BINARY: case NW_NODE_LIST: /* the pair ("conv", conv) is an item of a list of them */
        follow(f, parent, level);
        return;
    case NW_NODE_AUGMENTED_ASSIGN:
        follow_target(f, above->a, level);
        return;
    case NW_NODE_STARRED:
        if (parent_of(f, parent)->kind == NW_NODE_CALL)
            follow_argument(f, parent, false, level);
        else
            follow(f, f->index->above[parent].parent, level);
        return;
    case NW_NODE_FOR:
        follow_items(f, parent, id, id);
        return;
    case NW_NODE_CALL:
        if (above->a == id)
            used_more(f, id);
        else if (goes_round(f, above) && parent_of(f, parent)->kind == NW_NODE_FOR)
            follow_items(f, f->index->above[parent].parent, parent, id);
        else
            follow_argument(f, id, false, level);
        return;
    case NW_NODE_SUBSCRIPT:
        follow(f, parent, f->ast->nodes[above->b].kind == NW_NODE_SLICE ? CONTAINERS : CONTAINER);
        return;
    case NW_NODE_ATTRIBUTE:
        follow_list_method(f, parent);
        return;
    default:
        if (!is_test(f, id))
            used_more(f, id);
    }
}

static void follow(flow *f, uint32_t id, held level)
{
    uint32_t parent = f->index->above[id].parent;
    const nw_node *above = &f->ast->nodes[parent];
    if (!enter(f, id, level))
        return;
    if (above->kind == NW_NODE_ASSIGN)
        follow_assignment(f, above, level);
    else if (above->kind == NW_NODE_ANNOTATED_ASSIGN)
        follow_target(f, above->a, level);
    else if (above->kind == NW_NODE_RETURN)
        follow_calls(f, parent, level);
    else if (above->kind == NW_NODE_CONDITIONAL && above->a != id)
        follow(f, parent, level);
    else if (above->kind == NW_NODE_EXPRESSION)
        return;
    else if (level == CONTAINER)
        follow_container(f, id);
    else
        follow_list(f, id, level);
}

/* The layer itself stands among the items: what is followed is what holds it. */
static void follow_layer(flow *f, uint32_t maker)
{
    uint32_t parent = f->index->above[maker].parent;
    if (f->ast->nodes[parent].kind == NW_NODE_CALL)
        follow_argument(f, maker, true, LAYERS);
    else
        follow(f, parent, LAYERS);
}

const char *nw_container_is_used(const nw_match *match, uint32_t maker, uint32_t *where)
{
    flow f = {.match = match, .index = match->index, .ast = match->index->module->ast};
    follow_layer(&f, maker);
    *where = f.where;
    return f.why;
}
