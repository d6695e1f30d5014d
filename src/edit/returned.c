#include "edit/returned.h"

#include "match/callers.h"
#include "match/word.h"

#include <string.h>

enum { DEEPEST_NAME = 3, DEEPEST_CALLER = 4 };

const char nw_returned_parameter[] = "need_weights";

static uint32_t class_of(const nw_file_index *index, uint32_t function)
{
    return index->above[index->module->ast->functions[function].node].class_;
}

/* ---- which method it is ---- */

/* Whether a tuple is what a function returns: `return a, b`, or `outputs = (a, b)` of which nothing but `return outputs` is made. It may be
 * `(a,) + outputs[1:]`. */
static bool is_returned(nw_file_index *index, uint32_t tuple)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *above = &ast->nodes[index->above[tuple].parent];
    if (above->kind == NW_NODE_RETURN)
        return true;
    nw_list targets = above->kind == NW_NODE_ASSIGN && above->b == tuple ? nw_ast_list(ast, above->a) : (nw_list){0};
    if (targets.count != 1 || ast->nodes[targets.items[0]].kind != NW_NODE_NAME)
        return false;
    const nw_def_use *def_use = nw_file_def_use(index, index->above[tuple].function);
    uint32_t number = nw_def_use_at(def_use, targets.items[0]);
    const nw_definition *definition = &def_use->definitions[number];
    for (uint32_t i = 0; i < definition->use_count; i++)
        if (ast->nodes[index->above[definition->uses[i]].parent].kind != NW_NODE_RETURN)
            return false;
    return number && definition->use_count && !def_use->captured[definition->slot];
}

/* The position of a read in what its function returns, -1: it stands elsewhere. */
static int item_of_return(nw_file_index *index, uint32_t use)
{
    const nw_ast *ast = index->module->ast;
    uint32_t tuple = index->above[use].parent;
    if (ast->nodes[tuple].kind != NW_NODE_TUPLE || !is_returned(index, tuple))
        return -1;
    nw_list items = nw_ast_list(ast, ast->nodes[tuple].a);
    for (uint32_t i = 0; i < items.count && ast->nodes[items.items[i]].kind != NW_NODE_STARRED; i++)
        if (items.items[i] == use)
            return (int)i;
    return -1;
}

/* A plain method, or function of the module, without decorators, whose parameters can be named and that has none of that name. */
static bool is_plain_method(const nw_file_index *index, uint32_t function)
{
    const nw_ast *ast = index->module->ast;
    const nw_ast_function *code = &ast->functions[function];
    const nw_node *node = &ast->nodes[code->node];
    bool is_reached = function && (class_of(index, function) || !index->above[code->node].function);
    if (!is_reached || node->kind != NW_NODE_FUNCTION || nw_ast_list(ast, node->b).count || code->is_async || code->is_generator ||
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

static bool defines(const nw_file_index *index, uint32_t class_, nw_symbol name)
{
    const nw_ast *ast = index->module->ast;
    for (uint32_t i = 1; i < ast->function_count; i++)
        if (ast->functions[i].name.v == name.v && ast->nodes[ast->functions[i].node].kind == NW_NODE_FUNCTION && class_of(index, i) == class_)
            return true;
    return false;
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

static bool reads_of_target(nw_file_index *index, uint32_t target, nw_returned_call *call, int depth);

/* One read of the item: it stands under the test that all reads stand under, is given another name, or is handed on. */
static bool look_at_read(nw_file_index *index, uint32_t read, nw_returned_call *call, int depth)
{
    const nw_ast *ast = index->module->ast;
    nw_literal literal;
    bool under_test = test_above(index, read, call->call, &literal);
    if (under_test && !call->is_handed && (!call->is_read || (nw_literal_about_same(index, literal, call->need) && literal.value == call->need.value))) {
        call->need = literal;
        call->is_read = true;
        return nw_test_is_steady(index, literal.core, nw_file_node(index, call->call)->start, nw_file_node(index, literal.core)->start);
    }
    const nw_node *above = &ast->nodes[index->above[read].parent];
    nw_list targets = above->kind == NW_NODE_ASSIGN && above->b == read ? nw_ast_list(ast, above->a) : (nw_list){0};
    if (!under_test && targets.count == 1)
        return reads_of_target(index, targets.items[0], call, depth - 1);
    int item = under_test || call->is_read || call->is_handed ? -1 : item_of_return(index, read);
    call->is_handed = item >= 0;
    call->item = item >= 0 ? (uint32_t)item : 0;
    return item >= 0;
}

/* `out, weights = self._attn(...)` */
static bool reads_of_target(nw_file_index *index, uint32_t target, nw_returned_call *call, int depth)
{
    const nw_def_use *def_use = nw_file_def_use(index, index->above[target].function);
    uint32_t number = nw_file_node(index, target)->kind == NW_NODE_NAME ? nw_def_use_at(def_use, target) : 0;
    const nw_definition *definition = &def_use->definitions[number];
    if (!number || !depth || def_use->captured[definition->slot])
        return false;
    for (uint32_t i = 0; i < definition->use_count; i++)
        if (!look_at_read(index, definition->uses[i], call, depth))
            return false;
    return true;
}

/* The number in `outputs[1]`, -1: it is something else. */
static int64_t item_read(const nw_file_index *index, uint32_t object)
{
    const nw_node *above = nw_file_node(index, index->above[object].parent), *number = nw_file_node(index, above->kind == NW_NODE_SUBSCRIPT && above->a == object ? above->b : 0);
    return number->kind == NW_NODE_INTEGER && !number->b ? (int64_t)number->a : -1;
}

/* The position in what the function returns of an item of `outputs`, read as `(a,) + outputs[1:]`; -1: it is not handed on in this way. */
static int item_of_rest(nw_file_index *index, uint32_t slice, uint32_t item)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *range = &ast->nodes[ast->nodes[slice].b];
    uint32_t sum = index->above[slice].parent, tuple = ast->nodes[sum].a;
    bool is_sum = ast->nodes[sum].kind == NW_NODE_BINARY && ast->nodes[sum].b == slice && strcmp(nw_operator_text((nw_operator)ast->nodes[sum].op), "+") == 0;
    if (!is_sum || ast->nodes[tuple].kind != NW_NODE_TUPLE || !is_returned(index, sum))
        return -1;
    nw_list items = nw_ast_list(ast, ast->nodes[tuple].a);
    for (uint32_t i = 0; i < items.count; i++)
        if (ast->nodes[items.items[i]].kind == NW_NODE_STARRED)
            return -1;
    return (int)(items.count + item - ast->nodes[range->a].a);
}

/* The first item of `outputs[1:]`, -1: it is something else. */
static int64_t rest_read(const nw_file_index *index, uint32_t object)
{
    const nw_node *above = nw_file_node(index, index->above[object].parent), *range = nw_file_node(index, above->kind == NW_NODE_SUBSCRIPT && above->a == object ? above->b : 0);
    const nw_node *number = nw_file_node(index, range->kind == NW_NODE_SLICE && !range->b && !range->c ? range->a : 0);
    return number->kind == NW_NODE_INTEGER && !number->b ? (int64_t)number->a : -1;
}

/* `outputs = self.attention(...)`, of which items are read one by one, or all from one on are handed on. */
static bool reads_of_items(nw_file_index *index, uint32_t target, uint32_t item, nw_returned_call *call)
{
    const nw_def_use *def_use = nw_file_def_use(index, index->above[target].function);
    uint32_t number = nw_def_use_at(def_use, target);
    const nw_definition *definition = &def_use->definitions[number];
    if (!number || def_use->captured[definition->slot])
        return false;
    for (uint32_t i = 0; i < definition->use_count; i++) {
        int64_t read = item_read(index, definition->uses[i]), rest = rest_read(index, definition->uses[i]);
        uint32_t subscript = index->above[definition->uses[i]].parent;
        int handed = rest >= 0 && rest <= item && !call->is_read && !call->is_handed ? item_of_rest(index, subscript, item) : -1;
        if (handed >= 0) {
            call->is_handed = true;
            call->item = (uint32_t)handed;
            continue;
        }
        if (rest > item && !nw_file_is_written(index, subscript))
            continue;
        if (read < 0 || nw_file_is_written(index, subscript) || (read == item && !look_at_read(index, subscript, call, DEEPEST_NAME)))
            return false;
    }
    return true;
}

static bool reads_of_call(nw_file_index *index, uint32_t id, uint32_t item, nw_returned_call *call)
{
    const nw_ast *ast = index->module->ast;
    const nw_node *above = &ast->nodes[index->above[id].parent];
    *call = (nw_returned_call){.call = id};
    if (above->kind == NW_NODE_SUBSCRIPT && above->a == id)
        return item_read(index, id) >= 0 && item_read(index, id) != item;
    nw_list targets = above->kind == NW_NODE_ASSIGN && above->b == id ? nw_ast_list(ast, above->a) : (nw_list){0};
    if (targets.count != 1 || ast->nodes[targets.items[0]].kind == NW_NODE_NAME)
        return targets.count == 1 && reads_of_items(index, targets.items[0], item, call);
    if (ast->nodes[targets.items[0]].kind != NW_NODE_TUPLE)
        return false;
    nw_list items = nw_ast_list(ast, ast->nodes[targets.items[0]].a);
    for (uint32_t i = 0; i < items.count; i++)
        if (ast->nodes[items.items[i]].kind == NW_NODE_STARRED)
            return false;
    return item < items.count && reads_of_target(index, items.items[item], call, DEEPEST_NAME);
}

static bool collect(nw_file_index *index, uint32_t function, uint32_t item, nw_returned *returned, int depth);

/* A call of a function that has the parameter: what becomes of the item there. */
static bool add_call(nw_file_index *index, uint32_t id, uint32_t item, nw_returned *returned, int depth)
{
    nw_returned before = *returned;
    uint32_t caller = index->above[id].function;
    if (returned->count == NW_MAX_CALLERS || !reads_of_call(index, id, item, &returned->calls[returned->count]))
        return false;
    nw_returned_call *call = &returned->calls[returned->count++];
    if (!call->is_handed)
        return true;
    bool is_new = caller != returned->function && returned->handed_count < NW_MAX_HANDED;
    for (uint32_t i = 0; i < returned->handed_count; i++)
        is_new &= returned->handed[i] != caller;
    if (is_new)
        returned->handed[returned->handed_count++] = caller;
    if (is_new && collect(index, caller, call->item, returned, depth - 1))
        return true;
    *returned = before;
    return false;
}

/* Every mention of a method, or of a function of the module, is a call that is understood. */
static bool find_calls(nw_file_index *index, uint32_t function, uint32_t item, nw_returned *returned, int depth)
{
    const nw_ast *ast = index->module->ast;
    nw_symbol name = ast->functions[function].name;
    uint32_t class_ = class_of(index, function), before = returned->count;
    if (!class_ && !nw_file_bound_once(index, name))
        return false;
    nw_list places = nw_file_word(index, name);
    for (uint32_t at = 0; at < places.count; at++) {
        uint32_t i = places.items[at];
        const nw_node *node = &ast->nodes[i], *above = &ast->nodes[index->above[i].parent];
        bool is_read = class_ ? node->kind == NW_NODE_ATTRIBUTE && node->b == name.v
                              : node->kind == NW_NODE_NAME && node->a == name.v && node->b == NW_PLACE_GLOBAL && !(node->flags & NW_NAME_BINDS);
        if (node->kind == NW_NODE_STRING && node->a == name.v)
            return false;
        uint32_t where = index->above[i].class_;
        if (!is_read || (class_ && where != class_ && where && defines(index, where, name)))
            continue; /* its own method of that name */
        bool is_call = class_ ? where == class_ && nw_is_call_on_self(index, i) : above->kind == NW_NODE_CALL && above->a == i && index->above[i].function;
        if (!is_call || !add_call(index, index->above[i].parent, item, returned, depth))
            return false;
    }
    return returned->count > before;
}

/* The calls of a module in whose class the function is `forward`. The ones that are not known say nothing, and get what they got. */
static bool find_module_calls(nw_file_index *index, uint32_t function, uint32_t item, nw_returned *returned, int depth)
{
    uint32_t before = returned->count;
    for (uint32_t i = 1; i < index->module->ast->node_count && !index->has_hooks; i++)
        if (nw_calls_module(index, i, class_of(index, function)))
            add_call(index, i, item, returned, depth);
    return returned->count > before;
}

static bool collect(nw_file_index *index, uint32_t function, uint32_t item, nw_returned *returned, int depth)
{
    uint32_t class_ = class_of(index, function);
    if (!depth || !is_plain_method(index, function) || (class_ && nw_class_has_children(index, class_)))
        return false;
    return (class_ && is_forward(index, function) ? find_module_calls : find_calls)(index, function, item, returned, depth);
}

bool nw_returned_find(nw_match_work *w, uint32_t use, nw_returned *returned)
{
    nw_file_index *index = &w->index;
    int item = item_of_return(index, use);
    uint32_t name = nw_file_node(index, use)->a;
    if (returned->function)
        return item >= 0 && returned->name == name;
    nw_returned found = {.function = w->function, .name = name};
    if (item < 0 || !collect(index, w->function, (uint32_t)item, &found, DEEPEST_CALLER))
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
        nw_buffer_text(out, call->is_handed ? nw_returned_parameter : "False");
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

/* Behind an item of a list of one line, or of one that has a line for each. */
static void put_behind(const nw_match_work *w, uint32_t item, nw_buffer *out)
{
    const nw_source *source = &w->index.module->source;
    uint32_t line = nw_source_line_start(source, item);
    bool alone = strspn(source->bytes + line, " \t") == item - line;
    bool returns = alone && line > 1 && source->bytes[line - 2] == '\r';
    nw_buffer_text(out, returns ? ",\r\n" : alone ? ",\n" : ", ");
    nw_buffer_add(out, source->bytes + line, alone ? item - line : 0);
}

bool nw_returned_write(nw_match_work *w, const nw_returned *returned, nw_rewrite *rewrite)
{
    const nw_ast *ast = w->index.module->ast;
    nw_buffer text;
    nw_buffer_init(&text);
    bool good = true;
    for (uint32_t i = 0; i <= returned->handed_count && good; i++) {
        const nw_ast_function *code = &ast->functions[i ? returned->handed[i - 1] : returned->function];
        const nw_ast_parameter *last = &code->parameters[code->parameter_count - 1];
        text.size = 0;
        put_behind(w, last->start, &text);
        nw_buffer_format(&text, "%s=True", nw_returned_parameter);
        good = add_text(w, rewrite, last->end, &text);
    }
    for (uint32_t i = 0; i < returned->count && good; i++) {
        nw_list arguments = nw_ast_list(ast, ast->nodes[returned->calls[i].call].b);
        const nw_node *last = arguments.count ? &ast->nodes[arguments.items[arguments.count - 1]] : NULL;
        text.size = 0;
        if (last)
            put_behind(w, last->start, &text);
        nw_buffer_format(&text, "%s=", nw_returned_parameter);
        put_need(w, &returned->calls[i], &text);
        good = last && add_text(w, rewrite, last->end, &text);
    }
    nw_buffer_release(&text);
    return good;
}
