/* Views of tensors that are written to: `x.transpose(1, 2)[:, 0] = y`. The target's tensors never change, so what the view is then is put back into what it is
 * a view of: `x = ops.swapaxes(put(ops.swapaxes(x, 1, 2), (slice(None), 0), y), 1, 2)`. */
#include "eval/interpret.h"
#include "eval/tensor.h"
#include "migrate/writer.h"

#include <string.h>

enum { MOST_AXES = 16, DEEPEST_VIEW = 6 };

/* ---- what a view is made by ---- */

/* The tensor of a run, the first one of several. */
static const nw_tensor *tensor_of(nw_value result)
{
    if (result.kind == NW_TUPLE && result.as.tuple->count)
        result = result.as.tuple->items[0];
    return result.kind == NW_TENSOR ? result.as.tensor : NULL;
}

/* Whether a run takes something of a tensor: an attribute, an item, a method or a function of the framework. */
static bool takes_of_tensor(nw_eval *eval, const nw_trace_entry *run)
{
    if (run->kind == NW_TRACE_ATTRIBUTE || run->kind == NW_TRACE_ITEM)
        return run->a.kind == NW_TENSOR;
    bool method = run->kind == NW_TRACE_CALL && run->a.kind == NW_METHOD;
    return run->kind == NW_TRACE_CALL && nw_framework_value_name(eval, run->a).v && (!method || run->a.as.method->self.kind == NW_TENSOR);
}

/* The step that makes a view in a run; NULL: what it makes shares nothing with its argument. */
static const nw_fact *maker_in(nw_eval *eval, const nw_trace_entry *run)
{
    const nw_tensor *view = takes_of_tensor(eval, run) ? tensor_of(run->result) : NULL;
    const nw_fact *fact = view && view->base && view->node && view->node < eval->fact_count ? &eval->facts[view->node] : NULL;
    const nw_tensor *whole = fact && fact->kind == NW_FACT_OPERATOR && fact->argument_count && fact->arguments[0].kind == NW_TENSOR ? fact->arguments[0].as.tensor : NULL;
    return whole && view->base == nw_tensor_storage(whole) ? fact : NULL;
}

/* The step that makes a view in the first run, where it has the same name in all; NULL: there is none. */
static const nw_fact *maker_of(const nw_writer *writer, uint32_t view)
{
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, view);
    const nw_fact *made = first ? maker_in(writer->eval, first) : NULL;
    for (const nw_trace_entry *e = first; made && e; e = nw_sites_next(writer->migration->sites, e)) {
        const nw_fact *other = maker_in(writer->eval, e);
        if (!other || other->name.v != made->name.v)
            return NULL;
    }
    return made;
}

static bool is_in(const nw_writer *writer, const char *setting, const nw_fact *maker, nw_value *means)
{
    return maker && nw_translations_holds(&writer->migration->tables, setting, maker->name, means);
}

static nw_value argument_of(const nw_fact *maker, const char *name, const nw_eval *eval)
{
    for (uint32_t i = 1; i < maker->argument_count; i++)
        if (strcmp(nw_symbol_bytes(eval->symbols, maker->parameters[i]), name) == 0)
            return maker->arguments[i];
    return nw_unset();
}

/* The axes that turn back what the arguments of a permutation have turned, one tuple or several numbers; how many, 0: they are not known. */
static uint32_t turned_back(const nw_fact *maker, int64_t axes[MOST_AXES])
{
    nw_value items[MOST_AXES];
    uint32_t count = 0;
    for (uint32_t i = 1; i < maker->argument_count; i++) {
        nw_value given = maker->arguments[i];
        const nw_value *several = given.kind == NW_TUPLE ? given.as.tuple->items : given.kind == NW_LIST ? given.as.list->items : &given;
        uint32_t more = given.kind == NW_TUPLE ? given.as.tuple->count : given.kind == NW_LIST ? given.as.list->count : given.kind != NW_NONE;
        if (count + more > MOST_AXES)
            return 0;
        for (uint32_t k = 0; k < more; k++)
            items[count++] = several[k];
    }
    for (uint32_t i = 0; i < count; i++) {
        int64_t axis = items[i].kind == NW_INT ? items[i].as.integer + (items[i].as.integer < 0 ? count : 0) : -1;
        if (axis < 0 || axis >= (int64_t)count)
            return 0;
        axes[axis] = i;
    }
    return count;
}

/* ---- what may be written twice ---- */

/* Whether an expression may be computed once more: it holds nothing but names, numbers, slices and calls of the framework. */
static bool is_repeatable(const nw_writer *writer, uint32_t node)
{
    const nw_node *around = &writer->ast->nodes[node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->start < around->start || n->end > around->end)
            continue;
        const nw_trace_entry *run = n->kind == NW_NODE_CALL ? nw_sites_first(writer->migration->sites, writer->module, i) : NULL;
        if ((n->kind == NW_NODE_CALL && !(run && run->kind == NW_TRACE_CALL && nw_framework_value_name(writer->eval, run->a).v)) || n->kind == NW_NODE_NAMED || n->kind == NW_NODE_LAMBDA ||
            n->kind == NW_NODE_AWAIT || n->kind == NW_NODE_YIELD || n->kind == NW_NODE_YIELD_FROM)
            return false;
    }
    return true;
}

/* ---- back ---- */

uint32_t nw_viewed(const nw_writer *writer, uint32_t view, bool in_parts)
{
    const nw_fact *maker = maker_of(writer, view);
    const nw_node *n = &writer->ast->nodes[view];
    int64_t axes[MOST_AXES];
    bool item = n->kind == NW_NODE_SUBSCRIPT && is_in(writer, "get_item", maker, NULL);
    bool whole = item || is_in(writer, "views_in_order", maker, NULL) || is_in(writer, "views_turned", maker, NULL) || (is_in(writer, "views_permuted", maker, NULL) && turned_back(maker, axes));
    if (!whole && !(in_parts && is_in(writer, "views_in_parts", maker, NULL)))
        return 0;
    if (n->kind != NW_NODE_CALL)
        return item || (n->kind == NW_NODE_ATTRIBUTE && !is_in(writer, "views_in_order", maker, NULL)) ? n->a : 0; /* x.data: what is written there has no gradient */
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, view);
    const nw_node *callee = &writer->ast->nodes[n->a];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    if (first->a.kind == NW_METHOD)
        return callee->kind == NW_NODE_ATTRIBUTE ? callee->a : 0;
    bool plain = arguments.count && writer->ast->nodes[arguments.items[0]].kind != NW_NODE_STARRED && writer->ast->nodes[arguments.items[0]].kind != NW_NODE_KEYWORD;
    return plain ? arguments.items[0] : 0;
}

uint32_t nw_viewed_place(const nw_writer *writer, uint32_t view)
{
    uint32_t node = view;
    for (int depth = 0; depth < DEEPEST_VIEW; depth++) {
        uint32_t whole = nw_viewed(writer, node, false);
        if (!whole)
            return 0;
        node = whole;
        if (nw_is_simple(writer->ast, node) && !nw_viewed(writer, node, false))
            return is_repeatable(writer, view) ? node : 0;
    }
    return 0;
}

static void write_back(nw_writer *writer, uint32_t view, const char *text)
{
    const nw_fact *maker = maker_of(writer, view);
    uint32_t whole = nw_viewed(writer, view, false);
    int64_t axes[MOST_AXES];
    if (is_in(writer, "get_item", maker, NULL)) {
        nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, nw_setting_row(writer, "set_item", NW_ROW_ADAPTER)));
        nw_write_node(writer, whole);
        nw_buffer_text(writer->out, ", ");
        nw_write_key(writer, writer->ast->nodes[view].b);
        nw_buffer_text(writer->out, ", ");
        nw_buffer_text(writer->out, text);
        nw_buffer_byte(writer->out, ')');
    } else if (is_in(writer, "views_in_order", maker, NULL)) {
        nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, nw_setting_row(writer, "in_order", NW_ROW_ADAPTER)));
        nw_write_node(writer, whole);
        nw_buffer_text(writer->out, ", ");
        nw_buffer_text(writer->out, text);
        nw_buffer_byte(writer->out, ')');
    } else if (is_in(writer, "views_turned", maker, NULL)) { /* turning it once more */
        nw_substitute outer = writer->substitute;
        writer->substitute = (nw_substitute){whole, text};
        nw_write_node(writer, view);
        writer->substitute = outer;
    } else {
        uint32_t count = turned_back(maker, axes);
        nw_write_target_name(writer, nw_translations_setting(&writer->migration->tables, "transpose"));
        nw_buffer_byte(writer->out, '(');
        nw_buffer_text(writer->out, text);
        nw_buffer_text(writer->out, ", (");
        for (uint32_t i = 0; i < count; i++)
            nw_buffer_format(writer->out, "%s%d", i ? ", " : "", (int)axes[i]);
        nw_buffer_text(writer->out, count == 1 ? ",))" : "))");
    }
}

void nw_write_put_back(nw_writer *writer, uint32_t view, const char *text)
{
    uint32_t place = nw_viewed_place(writer, view);
    nw_buffer *outer = writer->out, line;
    for (uint32_t node = view; node != place; node = nw_viewed(writer, node, false)) {
        nw_buffer_init(&line);
        writer->out = &line;
        write_back(writer, node, text);
        text = nw_arena_copy(&writer->eval->arena, line.bytes, line.size + 1);
        nw_buffer_release(&line);
    }
    writer->out = outer;
    nw_buffer_text(outer, text);
    writer->changed = true;
}

bool nw_write_joined_parts(nw_writer *writer, uint32_t view, nw_list targets)
{
    const nw_fact *maker = maker_of(writer, view);
    nw_value function, dim = maker ? argument_of(maker, "dim", writer->eval) : nw_unset();
    if (!is_in(writer, "views_in_parts", maker, &function) || function.kind != NW_STRING || dim.kind != NW_INT)
        return false;
    nw_write_target_name(writer, function);
    nw_buffer_text(writer->out, "([");
    for (uint32_t i = 0; i < targets.count; i++) {
        nw_buffer_text(writer->out, i ? ", " : "");
        nw_write_node(writer, targets.items[i]);
    }
    nw_buffer_format(writer->out, "], axis=%d)", (int)dim.as.integer);
    return true;
}
