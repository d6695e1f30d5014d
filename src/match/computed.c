#include "match/computed.h"

#include "match/word.h"

#include <string.h>

static const char *bytes_of(const nw_file_index *index, uint32_t symbol)
{
    return nw_symbol_bytes(index->eval->symbols, (nw_symbol){symbol});
}

/* ---- which calls ---- */

typedef struct reach {
    const char *name;
    bool writes;
} reach;

static const reach *find_reach(const reach *all, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(all[i].name, name) == 0)
            return &all[i];
    return NULL;
}

/* The object and the name that a call reaches; NULL: it is another call. */
static const reach *parts_of(const nw_file_index *index, uint32_t call, uint32_t *object, uint32_t *name)
{
    static const reach functions[] = {{"getattr", false}, {"setattr", true}, {"delattr", true}};
    static const reach methods[] = {{"get_submodule", false}, {"get_parameter", false}, {"add_module", true}, {"register_module", true},
                                    {"set_submodule", true}, {"__getattr__", false}, {"__setattr__", true}, {"__delattr__", true}};
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[call];
    const nw_node *callee = &ast->nodes[node->kind == NW_NODE_CALL ? node->a : 0];
    nw_list arguments = node->kind == NW_NODE_CALL ? nw_ast_list(ast, node->b) : (nw_list){0};
    if (callee->kind == NW_NODE_NAME && callee->b != NW_PLACE_SLOT && arguments.count >= 2) {
        *object = arguments.items[0];
        *name = arguments.items[1];
        return find_reach(functions, sizeof functions / sizeof *functions, bytes_of(index, callee->a));
    }
    if (callee->kind != NW_NODE_ATTRIBUTE || !arguments.count)
        return NULL;
    *object = callee->a;
    *name = arguments.items[0];
    return find_reach(methods, sizeof methods / sizeof *methods, bytes_of(index, callee->b));
}

/* ---- what is known of a text ---- */

static bool is_call_of(const nw_file_index *index, uint32_t id, const char *name)
{
    const nw_node *node = nw_file_node(index, id);
    const nw_node *callee = node->kind == NW_NODE_CALL ? nw_file_node(index, node->a) : NULL;
    return callee && callee->kind == NW_NODE_NAME && strcmp(bytes_of(index, callee->a), name) == 0;
}

/* `for i in range(n)`, `for i, x in enumerate(xs)`: no other value is ever given to the name. */
static bool counts(const nw_file_index *index, uint32_t id)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *name = &ast->nodes[id];
    bool found = false;
    if (name->kind == NW_NODE_BINARY && strchr("+*", *nw_operator_text((nw_operator)name->op)))
        return (counts(index, name->a) || ast->nodes[name->a].kind == NW_NODE_INTEGER) && (counts(index, name->b) || ast->nodes[name->b].kind == NW_NODE_INTEGER);
    if (!nw_ast_is_local(name))
        return false;
    nw_list places = nw_file_word(index, (nw_symbol){name->a});
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *other = &ast->nodes[i];
        if (other->kind != NW_NODE_NAME || other->a != name->a || !(other->flags & NW_NAME_BINDS) || index->above[i].function != index->above[id].function)
            continue;
        const nw_node *above = &ast->nodes[index->above[i].parent];
        const nw_node *loop = above->kind == NW_NODE_TUPLE ? &ast->nodes[index->above[index->above[i].parent].parent] : above;
        bool first = above->kind != NW_NODE_TUPLE || nw_ast_list(ast, above->a).items[0] == i;
        bool in_loop = loop->kind == NW_NODE_FOR || loop->kind == NW_NODE_COMPREHENSION_FOR;
        if (!in_loop || !first || !is_call_of(index, loop->b, above->kind == NW_NODE_TUPLE ? "enumerate" : "range"))
            return false;
        found = true;
    }
    return found;
}

static nw_text text_at(const nw_file_index *index, uint32_t string)
{
    return nw_symbol_text(index->eval->symbols, (nw_symbol){nw_file_node(index, string)->a});
}

static void read_joined(const nw_file_index *index, const nw_node *node, nw_computed_name *out)
{
    const nw_ast *ast = index->module->ast;
    nw_list parts = nw_ast_list(ast, node->a);
    const nw_node *only = NULL;
    uint32_t holes = 0;
    for (uint32_t i = 0; i < parts.count; i++) {
        const nw_node *part = &ast->nodes[parts.items[i]];
        if (part->kind == NW_NODE_FORMATTED)
            only = holes++ ? NULL : part;
        else if (!holes)
            out->start = text_at(index, parts.items[i]);
        else if (i + 1 == parts.count)
            out->end = text_at(index, parts.items[i]);
    }
    out->has_number = only && !only->c && counts(index, only->a);
}

/* "norm%d" % i, "norm{}".format(i): what stands before the first hole and behind the last one. */
static void read_template(nw_text text, char first, char last, nw_computed_name *out)
{
    uint32_t at = 0, end = text.size;
    while (at < text.size && text.bytes[at] != first)
        at++;
    while (end > at && text.bytes[end - 1] != last)
        end--;
    out->start = (nw_text){text.bytes, at};
    if (last != first && end > at)
        out->end = (nw_text){text.bytes + end, text.size - end};
}

static void read_name(const nw_file_index *index, uint32_t id, nw_computed_name *out)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *node = &ast->nodes[id];
    const nw_node *callee = &ast->nodes[node->kind == NW_NODE_CALL ? node->a : 0];
    if (node->kind == NW_NODE_JOINED_STRING) {
        read_joined(index, node, out);
    } else if (node->kind == NW_NODE_BINARY && ast->nodes[node->a].kind == NW_NODE_STRING && *nw_operator_text((nw_operator)node->op) == '%') {
        read_template(text_at(index, node->a), '%', '%', out);
        out->has_number = counts(index, node->b);
    } else if (node->kind == NW_NODE_BINARY && *nw_operator_text((nw_operator)node->op) == '+') {
        if (ast->nodes[node->a].kind == NW_NODE_STRING)
            out->start = text_at(index, node->a);
        if (ast->nodes[node->b].kind == NW_NODE_STRING)
            out->end = text_at(index, node->b);
    } else if (callee->kind == NW_NODE_ATTRIBUTE && ast->nodes[callee->a].kind == NW_NODE_STRING && strcmp(bytes_of(index, callee->b), "format") == 0) {
        nw_list arguments = nw_ast_list(ast, node->b);
        read_template(text_at(index, callee->a), '{', '}', out);
        out->has_number = arguments.count == 1 && counts(index, arguments.items[0]);
    } else if (is_call_of(index, id, "str")) {
        nw_list arguments = nw_ast_list(ast, node->b);
        out->has_number = arguments.count == 1 && counts(index, arguments.items[0]);
    }
}

/* __getattr__(self, name) is asked for names that stand elsewhere. */
static bool hands_on(const nw_file_index *index, uint32_t call)
{
    uint32_t symbol = index->module->ast->functions[index->above[call].function].name.v;
    const char *name = symbol ? bytes_of(index, symbol) : "";
    return strcmp(name, "__getattr__") == 0 || strcmp(name, "__setattr__") == 0 || strcmp(name, "__delattr__") == 0;
}

bool nw_computed_name_of(const nw_file_index *index, uint32_t call, nw_computed_name *name)
{
    uint32_t text = 0;
    *name = (nw_computed_name){.call = call};
    if (hands_on(index, call))
        return false;
    const reach *how = parts_of(index, call, &name->object, &text);
    if (!how || nw_file_node(index, text)->kind == NW_NODE_STRING)
        return false;
    name->writes = how->writes;
    read_name(index, text, name);
    return true;
}

/* An empty text may have no bytes at all. */
bool nw_computed_may_be(const nw_computed_name *name, nw_text attribute)
{
    if (attribute.size < name->start.size + name->end.size)
        return false;
    nw_text first = {attribute.bytes, name->start.size}, last = {attribute.bytes + attribute.size - name->end.size, name->end.size};
    if (!nw_text_same(first, name->start) || !nw_text_same(last, name->end))
        return false;
    uint32_t until = attribute.size - name->end.size;
    for (uint32_t i = name->start.size; i < until && name->has_number; i++)
        if (!strchr("0123456789", attribute.bytes[i]))
            return false;
    return !name->has_number || until > name->start.size;
}

/* ---- modules without names ---- */

/* isinstance(m, ...), m.weight, m.reset_parameters(): not m(x), not f(m). */
static bool is_only_asked(const nw_file_index *index, uint32_t name)
{
    uint32_t parent = index->above[name].parent;
    const nw_node *above = nw_file_node(index, parent);
    if (above->kind == NW_NODE_ATTRIBUTE) {
        const nw_node *call = nw_file_node(index, index->above[parent].parent);
        bool is_method = call->kind == NW_NODE_CALL && call->a == parent;
        return (!is_method || strcmp(bytes_of(index, above->b), "reset_parameters") == 0) && !nw_file_is_written(index, parent);
    }
    return is_call_of(index, parent, "isinstance") || is_call_of(index, parent, "hasattr") || is_call_of(index, parent, "type");
}

/* Whether a function only asks what the object of that name is, or sets its weights. */
static bool reads_are_plain(const nw_file_index *index, uint32_t target, uint32_t function)
{
    nw_list places = nw_file_word(index, (nw_symbol){nw_file_node(index, target)->a});
    for (uint32_t i = 0; i < places.count; i++) {
        const nw_node *name = nw_file_node(index, places.items[i]);
        bool reads = name->kind == NW_NODE_NAME && !(name->flags & NW_NAME_BINDS) && index->above[places.items[i]].function == function;
        if (reads && !is_only_asked(index, places.items[i]))
            return false;
    }
    return true;
}

/* `for m in self.children():` whose body only asks what m is and sets its weights. */
static bool is_plain_walk(const nw_file_index *index, uint32_t call)
{
    const nw_ast *ast = index->module->ast;
    uint32_t statement = index->above[call].parent;
    const nw_node *loop = &ast->nodes[statement];
    if (loop->kind != NW_NODE_FOR || loop->b != call)
        return false;
    const nw_node *target = &ast->nodes[loop->a];
    nw_list names = target->kind == NW_NODE_TUPLE ? nw_ast_list(ast, target->a) : (nw_list){&loop->a, 1};
    for (uint32_t k = 0; k < names.count; k++)
        if (!reads_are_plain(index, names.items[k], index->above[statement].function))
            return false;
    return true;
}

/* `for m in self.modules()` where m is never called; `dict(self.named_modules())` keeps them for later. */
static bool is_walk(const nw_file_index *index, uint32_t call)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *loop = &ast->nodes[index->above[call].parent];
    if ((loop->kind != NW_NODE_FOR && loop->kind != NW_NODE_COMPREHENSION_FOR) || loop->b != call)
        return false;
    const nw_node *target = &ast->nodes[loop->a];
    nw_list names = target->kind == NW_NODE_TUPLE ? nw_ast_list(ast, target->a) : (nw_list){&loop->a, 1};
    nw_node_range inside = nw_file_function_range(index, index->above[call].function);
    for (uint32_t i = inside.first; i <= inside.last; i++) {
        const nw_node *callee = ast->nodes[i].kind == NW_NODE_CALL ? &ast->nodes[ast->nodes[i].a] : NULL;
        for (uint32_t k = 0; k < names.count && callee; k++)
            if (callee->kind == NW_NODE_NAME && callee->a == ast->nodes[names.items[k]].a && index->above[i].function == index->above[call].function)
                return false;
    }
    return true;
}

bool nw_takes_children(const nw_file_index *index, uint32_t attribute)
{
    const nw_node *node = nw_file_node(index, attribute);
    const char *name = node->kind == NW_NODE_ATTRIBUTE ? bytes_of(index, node->b) : "";
    if (strcmp(name, "_modules") == 0)
        return true;
    if (strcmp(name, "modules") == 0 || strcmp(name, "named_modules") == 0) {
        uint32_t walk = index->above[attribute].parent;
        const nw_node *call = nw_file_node(index, walk);
        return call->kind == NW_NODE_CALL && call->a == attribute && !is_walk(index, walk);
    }
    if (strcmp(name, "children") != 0 && strcmp(name, "named_children") != 0)
        return false;
    uint32_t call = index->above[attribute].parent;
    return nw_file_node(index, call)->kind != NW_NODE_CALL || !is_plain_walk(index, call);
}
