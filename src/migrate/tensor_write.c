/* Statements that write to tensors. The target's tensors never change: what is written to is bound to what it is then. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <stdio.h>
#include <string.h>

/* ---- items: x[key] = value, x[key] += value ---- */

bool nw_is_tensor_item(nw_writer *writer, uint32_t target)
{
    for (const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, target); e; e = nw_sites_next(writer->migration->sites, e))
        if (e->kind == NW_TRACE_ITEM_STORE && e->a.kind == NW_TENSOR && e->b.kind != NW_STRING)
            return true;
    return false;
}

enum { MOST_PARTS = 8 };

/* `outs[1]` of a list or a dictionary of tensors, whenever it was read: an assignment puts another tensor there. */
static bool is_container_item(const nw_writer *writer, uint32_t item)
{
    const nw_sites *sites = writer->migration->sites;
    const nw_trace_entry *first = nw_sites_first(sites, writer->module, item);
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(sites, e))
        if (e->kind != NW_TRACE_ITEM || (e->a.kind != NW_LIST && e->a.kind != NW_DICT))
            return false;
    return first != NULL;
}

/* `x` of `x[i][j]`, where numbers alone are in front: what stands there is a part of x itself; x may be an item of a list; 0: something else. */
static uint32_t whole_of(const nw_writer *writer, uint32_t part, int depth)
{
    const nw_node *n = &writer->ast->nodes[part];
    if (n->kind != NW_NODE_SUBSCRIPT || is_container_item(writer, part))
        return nw_is_simple(writer->ast, part) ? part : 0;
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, part);
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (e->kind != NW_TRACE_ITEM || e->a.kind != NW_TENSOR || e->b.kind != NW_INT)
            return 0;
    return first && depth ? whole_of(writer, n->a, depth - 1) : 0;
}

/* The keys of x[i][j, k], of which all but the last are numbers, as one: (i, j, k). */
static void write_keys(nw_writer *writer, uint32_t whole, uint32_t target)
{
    const nw_node *n = &writer->ast->nodes[target], *key = &writer->ast->nodes[n->b];
    if (n->a == whole) {
        nw_write_key(writer, n->b);
        return;
    }
    uint32_t fronts[MOST_PARTS], count = 0;
    for (uint32_t at = n->a; at != whole && count < MOST_PARTS; at = writer->ast->nodes[at].a)
        fronts[count++] = writer->ast->nodes[at].b;
    nw_buffer_byte(writer->out, '(');
    while (count) {
        nw_write_key(writer, fronts[--count]);
        nw_buffer_text(writer->out, ", ");
    }
    nw_list items = key->kind == NW_NODE_TUPLE ? nw_ast_list(writer->ast, key->a) : (nw_list){&n->b, 1};
    for (uint32_t i = 0; i < items.count; i++) {
        nw_buffer_text(writer->out, i ? ", " : "");
        nw_write_key(writer, items.items[i]);
    }
    nw_buffer_byte(writer->out, ')');
}

/* x.data = y, x.data[0] = y, x.data.mul_(y), where the target has a call for x.data: stays as it was, marked. */
bool nw_write_unassignable(nw_writer *writer, uint32_t statement, uint32_t assigned)
{
    const nw_ast *ast = writer->ast;
    while (ast->nodes[assigned].kind == NW_NODE_SUBSCRIPT)
        assigned = ast->nodes[assigned].a;
    if (!nw_is_computed_attribute(writer, assigned))
        return false;
    const nw_node *n = &ast->nodes[assigned];
    nw_write_refuse(writer, statement, NW_DIAG_NOT_TRANSLATED, "writing to `%.*s`", (int)(n->end - n->start), writer->bytes + n->start);
    nw_write_source(writer, ast->nodes[statement].start, ast->nodes[statement].end);
    return true;
}

/* put(whole, key, value), where the target is whole[key]; with an operator, what stands there counts, too. */
static void write_put(nw_writer *writer, uint32_t whole, uint32_t target, uint32_t value, nw_operator op)
{
    nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, nw_setting_row(writer, "set_item", NW_ROW_ADAPTER)));
    nw_write_node(writer, whole);
    nw_buffer_text(writer->out, ", ");
    write_keys(writer, whole, target);
    nw_buffer_text(writer->out, ", ");
    bool parentheses = op != NW_OPERATOR_NO_OPERATOR && !nw_is_atom(writer->ast, value), detached = writer->detached;
    if (op != NW_OPERATOR_NO_OPERATOR) {
        writer->detached = false; /* what stands there keeps its gradients */
        nw_write_node(writer, target);
        writer->detached = detached;
        nw_buffer_format(writer->out, " %s ", nw_operator_text(op));
    }
    nw_buffer_text(writer->out, parentheses ? "(" : "");
    if (!nw_write_detached_operand(writer, target, value)) {
        if (op == NW_OPERATOR_NO_OPERATOR)
            nw_write_enclosed(writer, value);
        else
            nw_write_node(writer, value);
    }
    nw_buffer_text(writer->out, parentheses ? "))" : ")");
    writer->changed = true;
}

/* place = what stands there once a view of it is what was written. */
static void write_viewed_place(nw_writer *writer, uint32_t view, nw_buffer *written)
{
    nw_write_node(writer, nw_viewed_place(writer, view));
    nw_buffer_text(writer->out, " = ");
    nw_write_put_back(writer, view, written->bytes);
    nw_buffer_release(written);
}

/* x[key] = value, as x = put(x, key, value). */
bool nw_write_item_store(nw_writer *writer, uint32_t target, uint32_t value, nw_operator op)
{
    const nw_node *n = &writer->ast->nodes[target];
    const nw_translation *row = nw_setting_row(writer, "set_item", NW_ROW_ADAPTER);
    uint32_t whole = whole_of(writer, n->a, MOST_PARTS);
    if (!row || (!whole && !nw_viewed_place(writer, n->a))) {
        nw_write_refuse(writer, target, NW_DIAG_NOT_TRANSLATED, "writing to a part of a tensor");
        return false;
    }
    if (whole) {
        nw_write_node(writer, whole);
        nw_buffer_text(writer->out, " = ");
        write_put(writer, whole, target, value, op);
        return true;
    }
    nw_buffer *outer = writer->out, put;
    nw_buffer_init(&put);
    writer->out = &put;
    write_put(writer, n->a, target, value, op);
    writer->out = outer;
    write_viewed_place(writer, n->a, &put);
    return true;
}

/* Whether the key of a tensor's item has a name that the other targets bind, or the statement binds one that may not be put off. */
static bool may_come_later(nw_writer *writer, nw_list targets, uint32_t item)
{
    const nw_node *t = &writer->ast->nodes[item];
    for (uint32_t i = 0; i < targets.count; i++) {
        const nw_node *other = &writer->ast->nodes[targets.items[i]];
        if (other->kind != NW_NODE_NAME && !nw_is_tensor_item(writer, targets.items[i]))
            return false;
        for (uint32_t k = 1; other->kind == NW_NODE_NAME && k < writer->ast->node_count; k++) {
            const nw_node *n = &writer->ast->nodes[k];
            if (n->kind == NW_NODE_NAME && n->a == other->a && n->start >= t->start && n->end <= t->end)
                return false;
        }
    }
    return true;
}

/* The next name that the file does not have: value, value_1, ... */
static const char *free_name(nw_writer *writer, uint32_t *number)
{
    char text[32];
    do
        snprintf(text, sizeof text, *number ? "value_%u" : "value", *number);
    while ((*number)++ < 1000 && nw_is_bound(writer, nw_symbol_of(writer->eval->symbols, text)));
    return nw_bytes(writer->eval, nw_symbol_of(writer->eval->symbols, text));
}

/* `value, k = y, 3` of x[i], k = y, 3, and `k = value = y` of k = x[i] = y. */
static void write_values_first(nw_writer *writer, nw_list targets, const char *const *names, bool chained, uint32_t value)
{
    for (uint32_t i = 0; i < targets.count; i++) {
        if (chained && i && names[i])
            continue;
        nw_buffer_text(writer->out, i && !chained ? ", " : "");
        if (names[i])
            nw_buffer_text(writer->out, names[i]);
        else
            nw_write_node(writer, targets.items[i]);
        nw_buffer_text(writer->out, chained ? " = " : "");
    }
    nw_buffer_text(writer->out, chained ? "" : targets.count == 1 ? ", = " : " = ");
    nw_write_node(writer, value);
}

bool nw_write_item_stores(nw_writer *writer, uint32_t statement, const char *space, size_t size)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list targets = nw_ast_list(writer->ast, n->a);
    bool chained = targets.count > 1;
    if (!chained && writer->ast->nodes[targets.items[0]].kind != NW_NODE_TUPLE)
        return false;
    targets = chained ? targets : nw_ast_list(writer->ast, writer->ast->nodes[targets.items[0]].a);
    const char *names[MOST_PARTS] = {NULL};
    bool plain = targets.count <= MOST_PARTS && !writer->detached && space, any = false;
    for (uint32_t i = 0, number = 0; i < targets.count; i++) {
        if (!nw_is_tensor_item(writer, targets.items[i]))
            continue;
        plain = plain && may_come_later(writer, targets, targets.items[i]);
        if (plain)
            names[i] = chained && any ? names[0] : free_name(writer, &number);
        if (plain && chained)
            names[0] = names[i];
        any = true;
    }
    if (any && (!plain || (chained && !nw_is_tensor_item(writer, targets.items[0])))) {
        nw_write_refuse(writer, statement, NW_DIAG_NOT_TRANSLATED, "writing to parts of tensors in one statement");
        return false;
    }
    if (!any)
        return false;
    write_values_first(writer, targets, names, chained, n->b);
    for (uint32_t i = 0; i < targets.count; i++) {
        if (!names[i])
            continue;
        nw_buffer_byte(writer->out, '\n');
        nw_buffer_add(writer->out, space, size);
        nw_substitute before = writer->substitute;
        writer->substitute = (nw_substitute){n->b, names[i]};
        nw_write_item_store(writer, targets.items[i], n->b, NW_OPERATOR_NO_OPERATOR);
        writer->substitute = before;
    }
    writer->changed = true;
    return true;
}

/* `x += y` on a tensor of a framework whose tensors never change: it binds another one. */
static bool binds_another(nw_writer *writer, uint32_t node)
{
    nw_sites *sites = writer->migration->sites;
    if (nw_translations_setting(&writer->migration->tables, "tensors_never_change").kind != NW_BOOL || !nw_is_simple(writer->ast, writer->ast->nodes[node].a))
        return false;
    for (const nw_trace_entry *e = nw_sites_first(sites, writer->module, node); e; e = nw_sites_next(sites, e))
        if (e->kind == NW_TRACE_OPERATION && (e->a.kind == NW_TENSOR || e->a.kind == NW_INSTANCE))
            return true;
    return false;
}

bool nw_write_augmented(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const uint32_t operands[2] = {n->a, n->b};
    nw_refuse_detached_write(writer, node, nw_sites_first(writer->migration->sites, writer->module, nw_is_tensor_item(writer, n->a) ? n->a : node), 0);
    if (nw_write_unassignable(writer, node, n->a))
        return true;
    if (nw_is_tensor_item(writer, n->a))
        return nw_write_item_store(writer, n->a, n->b, (nw_operator)n->op);
    nw_buffer *outer = writer->out, text;
    nw_buffer_init(&text);
    writer->out = &text;
    bool written = nw_write_operator_call(writer, node, (nw_operator)n->op, operands, 2);
    if (!written && binds_another(writer, node)) {
        nw_write_node(writer, n->a);
        nw_buffer_format(&text, " %s ", nw_operator_text((nw_operator)n->op));
        bool closed = nw_is_simple(writer->ast, n->b) || writer->ast->nodes[n->b].kind == NW_NODE_CALL || (writer->ast->nodes[n->b].flags & NW_NODE_FLAG_PARENTHESIZED);
        nw_buffer_text(&text, closed ? "" : "(");
        nw_write_enclosed(writer, n->b);
        nw_buffer_text(&text, closed ? "" : ")");
        written = writer->changed = true;
    }
    writer->out = outer;
    if (written) {
        nw_write_node(writer, n->a);
        nw_buffer_text(outer, " = ");
        nw_buffer_add(outer, text.bytes, text.size);
    }
    nw_buffer_release(&text);
    return written;
}

/* ---- calls: x.add_(y), F.relu(x, inplace=True), fill(x) ---- */

static bool is_in_place(const char *name)
{
    size_t size = strlen(name);
    return size > 1 && name[size - 1] == '_' && name[size - 2] != '_';
}

/* The tensor that a call standing alone writes to: its receiver, or its first argument. */
static uint32_t written_by(nw_writer *writer, uint32_t call)
{
    const nw_node *n = &writer->ast->nodes[call], *callee = &writer->ast->nodes[n->a];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    nw_value value;
    nw_symbol dotted;
    if (nw_reference(writer, n->a, &value, &dotted)) {
        nw_symbol name = nw_framework_value_name(writer->eval, value);
        bool plain = arguments.count && writer->ast->nodes[arguments.items[0]].kind != NW_NODE_STARRED && writer->ast->nodes[arguments.items[0]].kind != NW_NODE_KEYWORD;
        return plain && is_in_place(nw_bytes(writer->eval, name.v ? name : dotted)) ? arguments.items[0] : 0;
    }
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, call);
    bool method = callee->kind == NW_NODE_ATTRIBUTE && first && first->a.kind == NW_METHOD && first->a.as.method->self.kind == NW_TENSOR;
    return method && is_in_place(nw_bytes(writer->eval, (nw_symbol){callee->b})) ? callee->a : 0;
}

uint32_t nw_changed_by_call(nw_writer *writer, uint32_t call)
{
    uint32_t written[NW_MAX_CHANGED], target = nw_written_arguments(writer, call, written) == 1 ? written[0] : written_by(writer, call);
    for (uint32_t inner; target && writer->ast->nodes[target].kind == NW_NODE_CALL && (inner = written_by(writer, target));) /* x.add_(1).mul_(2) */
        target = inner;
    return target;
}

/* F.relu(x, inplace=True) */
static void write_changing_call(nw_writer *writer, uint32_t call, uint32_t argument)
{
    uint32_t names[NW_MAX_CHANGED], count = nw_names_of_changed(writer, call, argument, 0, names), outer = writer->rebound;
    for (uint32_t i = 0; i < count; i++) {
        nw_write_node(writer, names[i]);
        nw_buffer_text(writer->out, " = ");
    }
    writer->rebound = call;
    nw_write_node(writer, call);
    writer->rebound = outer;
    writer->changed |= count > 0;
}

/* Whether an attribute held a parameter or buffer whenever it was read: it stays the variable that it is. */
static bool holds_variable(nw_writer *writer, uint32_t attribute)
{
    const nw_sites *sites = writer->migration->sites;
    const nw_trace_entry *first = nw_sites_first(sites, writer->module, attribute);
    if (nw_translations_setting(&writer->migration->tables, "variable_value").kind != NW_STRING)
        return false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(sites, e))
        if (e->kind != NW_TRACE_ATTRIBUTE || !nw_is_variable(writer, e->result))
            return false;
    return first != NULL;
}

/* q, k = rotate(q, k): a function that writes to several of its arguments. */
static bool write_written_arguments(nw_writer *writer, uint32_t call)
{
    uint32_t written[NW_MAX_CHANGED], count = nw_written_arguments(writer, call, written);
    for (uint32_t i = 0; i < count; i++) {
        const nw_node *n = &writer->ast->nodes[written[i]];
        if (nw_is_computed_attribute(writer, written[i]) || !nw_is_simple(writer->ast, written[i]) || (n->kind == NW_NODE_SUBSCRIPT && !is_container_item(writer, written[i]))) {
            nw_write_refuse(writer, call, NW_DIAG_NOT_TRANSLATED, "writing to a tensor in place");
            return false;
        }
    }
    for (uint32_t i = 0; i < count; i++) {
        nw_write_node(writer, written[i]);
        nw_buffer_text(writer->out, i + 1 < count ? ", " : " = ");
    }
    if (count)
        nw_write_node(writer, call);
    writer->changed |= count > 0;
    return count > 0;
}

bool nw_write_in_place_call(nw_writer *writer, uint32_t call)
{
    uint32_t argument = nw_changed_argument(writer, call);
    if (argument) {
        write_changing_call(writer, call, argument);
        return true;
    }
    uint32_t target = nw_changed_by_call(writer, call);
    if (!target)
        return write_written_arguments(writer, call);
    nw_refuse_detached_write(writer, call, nw_sites_first(writer->migration->sites, writer->module, call), target);
    const nw_node *n = &writer->ast->nodes[target];
    if (nw_viewed_place(writer, target)) {
        nw_buffer *outer = writer->out, changed;
        nw_buffer_init(&changed);
        writer->out = &changed;
        nw_write_node(writer, call);
        writer->out = outer;
        write_viewed_place(writer, target, &changed);
        return true;
    }
    if (nw_write_unassignable(writer, call, target))
        return true;
    if (n->kind == NW_NODE_SUBSCRIPT && nw_is_tensor_item(writer, target))
        return false;
    bool contained = n->kind == NW_NODE_SUBSCRIPT && is_container_item(writer, target);
    if (n->kind == NW_NODE_SUBSCRIPT && !contained && nw_setting_row(writer, "set_item", NW_ROW_ADAPTER) && nw_is_simple(writer->ast, n->a)) {
        nw_write_node(writer, n->a);
        nw_buffer_format(writer->out, " = %s(", nw_adapter_name(writer, nw_setting_row(writer, "set_item", NW_ROW_ADAPTER)));
        nw_write_node(writer, n->a);
        nw_buffer_text(writer->out, ", ");
        nw_write_key(writer, n->b);
        nw_buffer_text(writer->out, ", ");
        nw_write_node(writer, call);
        nw_buffer_byte(writer->out, ')');
        return true;
    }
    if (n->kind != NW_NODE_NAME && n->kind != NW_NODE_ATTRIBUTE && !(contained && nw_is_simple(writer->ast, n->a) && nw_is_simple(writer->ast, n->b))) {
        nw_write_refuse(writer, call, NW_DIAG_NOT_TRANSLATED, "writing to a tensor in place");
        return false;
    }
    bool variable = holds_variable(writer, target);
    nw_write_node(writer, target);
    nw_buffer_text(writer->out, variable ? ".assign(" : " = ");
    nw_write_node(writer, call);
    nw_buffer_text(writer->out, variable ? ")" : "");
    return true;
}
