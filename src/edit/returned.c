#include "edit/returned.h"

#include <string.h>

const char nw_returned_parameter[] = "need_weights";

static uint32_t class_of(const nw_file_index *index, uint32_t function)
{
    return index->above[index->module->ast->functions[function].node].class_;
}

/* ---- which method it is ---- */

/* The position of a read in `return a, b`, -1: it stands elsewhere. */
static int item_of_return(const nw_file_index *index, uint32_t use)
{
    const nw_ast *ast = index->module->ast;
    uint32_t tuple = index->above[use].parent;
    if (ast->nodes[tuple].kind != NW_NODE_TUPLE || ast->nodes[index->above[tuple].parent].kind != NW_NODE_RETURN)
        return -1;
    nw_list items = nw_ast_list(ast, ast->nodes[tuple].a);
    for (uint32_t i = 0; i < items.count; i++)
        if (items.items[i] == use)
            return (int)i;
    return -1;
}

/* A plain method without decorators whose parameters can be named and that has none of that name. */
static bool is_plain_method(const nw_file_index *index, uint32_t function)
{
    const nw_ast *ast = index->module->ast;
    const nw_ast_function *code = &ast->functions[function];
    const nw_node *node = &ast->nodes[code->node];
    if (!function || !class_of(index, function) || node->kind != NW_NODE_FUNCTION || nw_ast_list(ast, node->b).count || code->is_async || code->is_generator ||
        code->parameter_count < 2)
        return false;
    for (uint32_t i = 0; i < code->slot_count; i++)
        if (strcmp(nw_symbol_bytes(index->eval->symbols, code->slot_names[i]), nw_returned_parameter) == 0)
            return false;
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].kind == NW_PARAMETER_ARGS || code->parameters[i].kind == NW_PARAMETER_KWARGS)
            return false;
    return code->name.v && strncmp(nw_symbol_bytes(index->eval->symbols, code->name), "__", 2) != 0;
}

/* What a module is called by. */
static bool is_forward(const nw_file_index *index, uint32_t function)
{
    return strcmp(nw_symbol_bytes(index->eval->symbols, index->module->ast->functions[function].name), "forward") == 0;
}

/* Whether a class names another one among its bases. */
static bool derives_from(const nw_file_index *index, uint32_t class_, uint32_t symbol)
{
    const nw_ast *ast = index->module->ast;
    nw_list bases = nw_ast_list(ast, ast->extra[ast->nodes[class_].b]);
    for (uint32_t i = 0; i < bases.count; i++) {
        const nw_node *base = &ast->nodes[bases.items[i]];
        if ((base->kind == NW_NODE_NAME && base->a == symbol) || (base->kind == NW_NODE_ATTRIBUTE && base->b == symbol))
            return true;
    }
    return false;
}

static bool defines(const nw_file_index *index, uint32_t class_, nw_symbol name)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->function_count; i++)
        if (ast->functions[i].name.v == name.v && ast->nodes[ast->functions[i].node].kind == NW_NODE_FUNCTION && class_of(index, i) == class_)
            return true;
    return false;
}

/* No class of the file derives from the method's own. */
static bool has_no_children(const nw_file_index *index, uint32_t class_)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_CLASS && derives_from(index, i, ast->nodes[class_].a))
            return false;
    return true;
}

/* ---- what the callers read ---- */

/* The outmost plain test above a read inside its function, that must go one way for it to run. */
static bool test_above(const nw_file_index *index, uint32_t use, uint32_t after, nw_literal *found)
{
    const nw_ast *ast = index->module->ast;
    bool any = false;
    for (uint32_t at = use; at; at = index->above[at].parent) {
        const nw_node *above = nw_file_node(index, index->above[at].parent);
        const char *label = index->above[at].label;
        bool is_arm = index->above[at].parent && (above->kind == NW_NODE_IF || above->kind == NW_NODE_CONDITIONAL) && strcmp(label, "test") != 0;
        if (!is_arm || above->start < ast->nodes[after].end || !nw_test_is_plain(index, above->a))
            continue;
        *found = nw_literal_of(index, above->a, strcmp(label, "body") == 0 || strcmp(label, "then") == 0);
        any = true;
    }
    return any;
}

/* `out, weights = self._attn(...)`: every read of the item stands under one test. */
static bool reads_of_target(nw_file_index *index, uint32_t target, nw_returned_call *call)
{
    uint32_t function = index->above[target].function;
    const nw_def_use *def_use = nw_file_def_use(index, function);
    uint32_t number = nw_file_node(index, target)->kind == NW_NODE_NAME ? nw_def_use_at(def_use, target) : 0;
    const nw_definition *definition = &def_use->definitions[number];
    if (!number || def_use->captured[definition->slot])
        return false;
    for (uint32_t i = 0; i < definition->use_count; i++) {
        nw_literal literal;
        uint32_t use = definition->uses[i];
        if (!test_above(index, use, call->call, &literal) || (call->is_read && (!nw_literal_about_same(index, literal, call->need) || literal.value != call->need.value)))
            return false;
        if (!nw_test_is_steady(index, literal.core, nw_file_node(index, call->call)->start, nw_file_node(index, literal.core)->start))
            return false;
        call->need = literal;
        call->is_read = true;
    }
    return true;
}

static bool reads_of_call(nw_file_index *index, uint32_t id, uint32_t item, nw_returned_call *call)
{
    const nw_ast *ast = index->module->ast;
    uint32_t parent = index->above[id].parent;
    const nw_node *above = &ast->nodes[parent];
    *call = (nw_returned_call){.call = id};
    if (above->kind == NW_NODE_SUBSCRIPT && above->a == id && ast->nodes[above->b].kind == NW_NODE_INTEGER)
        return !ast->nodes[above->b].b && ast->nodes[above->b].a != item;
    nw_list targets = above->kind == NW_NODE_ASSIGN && above->b == id ? nw_ast_list(ast, above->a) : (nw_list){0};
    if (targets.count != 1 || ast->nodes[targets.items[0]].kind != NW_NODE_TUPLE)
        return false;
    nw_list items = nw_ast_list(ast, ast->nodes[targets.items[0]].a);
    for (uint32_t i = 0; i < items.count; i++)
        if (ast->nodes[items.items[i]].kind == NW_NODE_STARRED)
            return false;
    return item < items.count && reads_of_target(index, items.items[item], call);
}

static bool is_call_on_self(const nw_file_index *index, uint32_t attribute)
{
    const nw_node *node = nw_file_node(index, attribute), *object = nw_file_node(index, node->a), *call = nw_file_node(index, index->above[attribute].parent);
    return call->kind == NW_NODE_CALL && call->a == attribute && object->kind == NW_NODE_NAME && object->b == NW_PLACE_SLOT && !object->op && !object->c;
}

static bool find_calls(nw_file_index *index, uint32_t function, uint32_t item, nw_returned *returned)
{
    const nw_ast *ast = index->module->ast;
    nw_symbol name = ast->functions[function].name;
    uint32_t class_ = class_of(index, function);
    for (uint32_t i = 1; i < ast->node_count; i++) {
        if (ast->nodes[i].kind == NW_NODE_STRING && ast->nodes[i].a == name.v)
            return false;
        if (ast->nodes[i].kind != NW_NODE_ATTRIBUTE || ast->nodes[i].b != name.v)
            continue;
        uint32_t where = index->above[i].class_;
        if (where != class_ && where && defines(index, where, name))
            continue; /* its own method of that name */
        if (where != class_ || !is_call_on_self(index, i) || returned->count == NW_MAX_CALLERS ||
            !reads_of_call(index, index->above[i].parent, item, &returned->calls[returned->count]))
            return false;
        returned->count++;
    }
    return returned->count != 0;
}

/* Whether a class is another one or derives from it, by the names of the file. */
static bool is_or_derives(const nw_file_index *index, uint32_t class_, uint32_t base, int depth)
{
    const nw_ast *ast = index->module->ast;
    if (class_ == base || !depth)
        return class_ == base;
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_CLASS && i != class_ && derives_from(index, class_, ast->nodes[i].a) && is_or_derives(index, i, base, depth - 1))
            return true;
    return false;
}

/* `self.attribute` of a class and what derives from it is made as `self.attribute = Made(...)` and is never anything else. */
static bool holds_only(const nw_file_index *index, uint32_t class_, uint32_t attribute, uint32_t made)
{
    const nw_ast *ast = index->module->ast;
    bool any = false;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_STRING && node->a == attribute)
            return false; /* setattr, add_module */
        if (node->kind != NW_NODE_ATTRIBUTE || node->b != attribute || !index->above[i].label || strcmp(index->above[i].label, "target") != 0)
            continue;
        const nw_node *object = &ast->nodes[node->a], *statement = &ast->nodes[index->above[i].parent];
        bool of_self = object->kind == NW_NODE_NAME && object->b == NW_PLACE_SLOT && !object->op && !object->c;
        if (of_self && !is_or_derives(index, index->above[i].class_, class_, 8))
            continue;
        const nw_node *value = statement->kind == NW_NODE_ASSIGN ? &ast->nodes[statement->b] : statement, *callee = &ast->nodes[value->a];
        if (!of_self || value->kind != NW_NODE_CALL || callee->kind != NW_NODE_NAME || callee->b != NW_PLACE_GLOBAL || callee->a != ast->nodes[made].a)
            return false;
        any = true;
    }
    return any;
}

/* The calls of a module in whose class the function is `forward`. The ones that are not known say nothing, and get what they got. */
static bool find_module_calls(nw_file_index *index, uint32_t function, uint32_t item, nw_returned *returned)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->node_count && !index->has_hooks; i++) {
        bool is_known = ast->nodes[i].kind == NW_NODE_ATTRIBUTE && index->above[i].class_ && is_call_on_self(index, i) && returned->count < NW_MAX_CALLERS &&
                        holds_only(index, index->above[i].class_, ast->nodes[i].b, class_of(index, function));
        if (is_known && reads_of_call(index, index->above[i].parent, item, &returned->calls[returned->count]))
            returned->count++;
    }
    return returned->count != 0;
}

bool nw_returned_find(nw_match_work *w, uint32_t use, nw_returned *returned)
{
    nw_file_index *index = &w->index;
    int item = item_of_return(index, use);
    uint32_t name = nw_file_node(index, use)->a;
    if (returned->function)
        return item >= 0 && returned->name == name;
    if (item < 0 || !is_plain_method(index, w->function) || !has_no_children(index, class_of(index, w->function)))
        return false;
    nw_returned found = {.function = w->function, .name = name};
    if (!(is_forward(index, w->function) ? find_module_calls : find_calls)(index, w->function, (uint32_t)item, &found))
        return false;
    *returned = found;
    return true;
}

/* ---- text ---- */

static bool add_text(nw_match_work *w, nw_rewrite *rewrite, uint32_t at, const nw_buffer *text)
{
    const char *copy = nw_arena_copy(&w->index.eval->arena, text->bytes, text->size);
    return nw_rewrite_add(rewrite, at, at, copy, text->size);
}

static void put_need(const nw_match_work *w, const nw_returned_call *call, nw_buffer *out)
{
    const nw_node *core = nw_file_node(&w->index, call->need.core);
    bool wrap = call->need.kind == NW_ASKS_TRUTH && !call->need.value && core->kind != NW_NODE_NAME && core->kind != NW_NODE_ATTRIBUTE;
    if (!call->is_read) {
        nw_buffer_text(out, "False");
        return;
    }
    if (call->need.kind == NW_ASKS_TRUTH && !call->need.value)
        nw_buffer_text(out, "not ");
    nw_buffer_text(out, wrap ? "(" : "");
    nw_buffer_add(out, w->index.module->source.bytes + core->start, core->end - core->start);
    nw_buffer_text(out, wrap ? ")" : "");
    if (call->need.kind == NW_ASKS_NONE)
        nw_buffer_text(out, call->need.value ? " is None" : " is not None");
}

bool nw_returned_write(nw_match_work *w, const nw_returned *returned, nw_rewrite *rewrite)
{
    const nw_ast *ast = w->index.module->ast;
    const nw_ast_function *code = &ast->functions[returned->function];
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, ", %s=True", nw_returned_parameter);
    bool good = add_text(w, rewrite, code->parameters[code->parameter_count - 1].end, &text);
    for (uint32_t i = 0; i < returned->count && good; i++) {
        nw_list arguments = nw_ast_list(ast, ast->nodes[returned->calls[i].call].b);
        text.size = 0;
        nw_buffer_format(&text, ", %s=", nw_returned_parameter);
        put_need(w, &returned->calls[i], &text);
        good = arguments.count && add_text(w, rewrite, ast->nodes[arguments.items[arguments.count - 1]].end, &text);
    }
    nw_buffer_release(&text);
    return good;
}
