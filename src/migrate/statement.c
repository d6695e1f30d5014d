/* Statements: those that write to tensors become assignments, imports of the source framework go, what is left out becomes a comment. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

/* ---- marks above a statement ---- */

/* The white space before a statement; false: something else stands on its line before it. */
static bool indentation(const nw_writer *writer, uint32_t start, const char **text, size_t *size)
{
    uint32_t at = nw_source_line_start(&writer->module->source, start);
    *text = writer->bytes + at;
    *size = start - at;
    for (uint32_t i = at; i < start; i++)
        if (writer->bytes[i] != ' ' && writer->bytes[i] != '\t')
            return false;
    return true;
}

static void write_line_above(nw_writer *writer, const char *text, size_t size, const char *space, size_t space_size)
{
    nw_buffer_add(writer->out, text, size);
    nw_buffer_byte(writer->out, '\n');
    nw_buffer_add(writer->out, space, space_size);
}

static void write_marks(nw_writer *writer, const char *space, size_t size)
{
    nw_buffer line;
    nw_buffer_init(&line);
    for (uint32_t i = 0; i < writer->mark_count; i++) {
        nw_buffer_clear(&line);
        const nw_diagnostic_row *row = nw_diagnostic_row_of(writer->marks[i].id);
        nw_buffer_format(&line, "# netwright: NW%04u ", row->code);
        nw_buffer_format(&line, row->format, writer->marks[i].detail);
        write_line_above(writer, line.bytes, line.size, space, size);
    }
    for (const char *at = writer->comments.bytes, *end; at && *at; at = end + 1) {
        end = strchr(at, '\n');
        write_line_above(writer, at, (size_t)(end - at), space, size);
    }
    nw_buffer_clear(&writer->comments);
    writer->mark_count = 0;
    nw_buffer_release(&line);
}

/* ---- left out ---- */

static void write_left_out(nw_writer *writer, uint32_t node, const char *space, size_t size)
{
    const nw_node *n = &writer->ast->nodes[node];
    uint32_t at = n->start;
    if (!(writer->plan[node] & NW_PLAN_UNNEEDED))
        nw_write_note(writer, node, NW_DIAG_LEFT_OUT, "%.*s", (int)strcspn(writer->bytes + n->start, "\n\r"), writer->bytes + n->start);
    while (at < n->end) {
        uint32_t end = at;
        while (end < n->end && writer->bytes[end] != '\n')
            end++;
        uint32_t text = at;
        while (at != n->start && text < end && text - at < size && (writer->bytes[text] == ' ' || writer->bytes[text] == '\t'))
            text++;
        if (at != n->start)
            nw_buffer_add(writer->out, space, size);
        bool empty = text == end || writer->bytes[text] == '\r';
        nw_buffer_text(writer->out, empty ? "#" : "# ");
        nw_write_source(writer, text, end);
        at = end + 1;
        if (end < n->end)
            nw_buffer_byte(writer->out, '\n');
    }
    if (writer->plan[node] & NW_PLAN_PASS) {
        nw_buffer_byte(writer->out, '\n');
        nw_buffer_add(writer->out, space, size);
        nw_buffer_text(writer->out, "pass");
    }
    writer->changed = true;
}

/* ---- imports ---- */

/* The comments within a statement that goes, each on a line; false: there are none. */
static bool write_inner_comments(nw_writer *writer, const nw_node *n)
{
    const char *space;
    size_t size;
    bool some = false;
    if (!indentation(writer, n->start, &space, &size))
        return false;
    for (uint32_t at = n->start; at < n->end; at++) {
        if (writer->bytes[at] != '#')
            continue;
        uint32_t end = at;
        while (end < n->end && writer->bytes[end] != '\n' && writer->bytes[end] != '\r')
            end++;
        if (some) {
            nw_buffer_byte(writer->out, '\n');
            nw_buffer_add(writer->out, space, size);
        }
        nw_write_source(writer, at, end);
        some = true;
        at = end;
    }
    return some;
}

static void write_removed_import(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    bool top = writer->function == 0 && writer->class_node == 0;
    writer->changed = true;
    if (top && !writer->has_place && writer->block_depth == 0) {
        nw_buffer_byte(writer->out, NW_TEXT_IMPORTS);
        writer->has_place = true;
        write_inner_comments(writer, n);
    } else if (writer->plan[node] & NW_PLAN_PASS) {
        nw_buffer_text(writer->out, "pass");
    } else if (!write_inner_comments(writer, n)) {
        nw_buffer_byte(writer->out, NW_TEXT_REMOVED);
    }
}

/* A method of tensors has no import. */
static void write_native(nw_writer *writer, const nw_node *n)
{
    const nw_native_definition *native = nw_native_around(writer->migration->natives, writer->module->name, n->start);
    if (native->fate == NW_NATIVE_ASSIGNED)
        nw_buffer_format(writer->out, "%s = %s\n", nw_bytes(writer->eval, native->name), nw_bytes(writer->eval, native->means));
    if (native->fate != NW_NATIVE_ADAPTED)
        return;
    const char *adapter = nw_adapter_name(writer, nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, native->means));
    if (strcmp(adapter, nw_bytes(writer->eval, native->name)) != 0)
        nw_buffer_format(writer->out, "%s = %s\n", nw_bytes(writer->eval, native->name), adapter);
}

/* What is written to stands for itself, also where no gradients are recorded: only the value is detached, of `x[0] += y` whatever it is. */
static void write_assignment(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, n->a) : (nw_list){&n->a, 1};
    bool outer = writer->detached;
    uint32_t at = n->start;
    writer->detached = false;
    for (uint32_t i = 0; i < targets.count; i++) {
        nw_write_source(writer, at, writer->ast->nodes[targets.items[i]].start);
        nw_write_node(writer, targets.items[i]);
        at = writer->ast->nodes[targets.items[i]].end;
    }
    writer->detached = outer;
    nw_write_source(writer, at, writer->ast->nodes[n->b].start);
    if (n->kind == NW_NODE_ASSIGN || !nw_write_detached_operand(writer, node, n->b))
        nw_write_node(writer, n->b);
    nw_write_source(writer, writer->ast->nodes[n->b].end, n->end);
}

/* layer.weight = other.weight: the layer's own variable is no longer part of it. */
static bool ties(nw_writer *writer, uint32_t target)
{
    const nw_trace_entry *e = nw_sites_first(writer->migration->sites, writer->module, target);
    bool layer = e && e->kind == NW_TRACE_ATTRIBUTE_STORE && e->a.kind == NW_INSTANCE && e->a.as.instance->class_->is_catalog && e->a.as.instance->class_->is_module;
    return layer && !nw_is_module_base(writer, nw_class_value(e->a.as.instance->class_)) && e->b.kind == NW_TENSOR && e->b.as.tensor->is_parameter && nw_is_simple(writer->ast, target);
}

static void write_untied(nw_writer *writer, uint32_t statement, uint32_t target)
{
    const char *space;
    size_t size;
    if (!indentation(writer, writer->ast->nodes[statement].start, &space, &size))
        return;
    nw_buffer_text(writer->out, "del ");
    nw_write_node(writer, target);
    nw_buffer_byte(writer->out, '\n');
    nw_buffer_add(writer->out, space, size);
    writer->changed = true;
}

/* Whether an attribute of a module is one of its buffers, of those that checkpoints hold. */
static bool is_stored_buffer(const nw_instance *module, nw_symbol name)
{
    const nw_value *buffers = nw_dict_find_name(module->attributes, (nw_symbol){NW_NAME_BUFFERS});
    const nw_value *others = nw_dict_find_name(module->attributes, (nw_symbol){NW_NAME_NON_PERSISTENT_BUFFERS_SET});
    return buffers && buffers->kind == NW_DICT && nw_dict_find_name(buffers->as.dict, name) && !(others && others->kind == NW_SET && nw_dict_find_name(others->as.dict, name));
}

/* self.scale = computed, in a constructor, where a buffer has that name: what is assigned is the buffer from then on. */
static bool replaces_buffer(nw_writer *writer, uint32_t target)
{
    const nw_node *n = &writer->ast->nodes[target];
    const nw_ast_function *code = nw_function_around(writer->ast, n->start);
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, target);
    if (!code || code->name.v != NW_NAME_DUNDER_INIT || !nw_is_simple(writer->ast, target) || !nw_setting_row(writer, "register_buffer", NW_ROW_ADAPTER))
        return false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e))
        if (e->kind != NW_TRACE_ATTRIBUTE_STORE || e->a.kind != NW_INSTANCE || e->b.kind != NW_TENSOR || !is_stored_buffer(e->a.as.instance, (nw_symbol){n->b}))
            return false;
    return first != NULL;
}

/* As register_buffer(self, "scale", computed), which takes the place of the earlier one. */
static void write_replaced_buffer(nw_writer *writer, uint32_t target, uint32_t value)
{
    const nw_node *n = &writer->ast->nodes[target];
    nw_value object = nw_sites_first(writer->migration->sites, writer->module, target)->a;
    nw_buffer_format(writer->out, "%s(", nw_adapter_name(writer, nw_setting_row(writer, "register_buffer", NW_ROW_ADAPTER)));
    nw_write_node(writer, n->a);
    nw_buffer_format(writer->out, ", \"%s\", ", nw_bytes(writer->eval, nw_renamed(writer, object.as.instance->class_, (nw_symbol){n->b})));
    nw_write_enclosed(writer, value);
    nw_buffer_byte(writer->out, ')');
    writer->changed = true;
}

/* ---- dispatch ---- */

static void write_annotated(nw_writer *writer, uint32_t node_id)
{
    const nw_node *node = &writer->ast->nodes[node_id], *target = &writer->ast->nodes[node->a], *type = &writer->ast->nodes[node->b];
    nw_write_source(writer, node->start, target->start);
    nw_write_node(writer, node->a);
    nw_write_source(writer, target->end, type->start);
    nw_write_annotation(writer, node->b);
    uint32_t at = type->end;
    if (node->c) {
        nw_write_source(writer, at, writer->ast->nodes[node->c].start);
        nw_write_node(writer, node->c);
        at = writer->ast->nodes[node->c].end;
    }
    nw_write_source(writer, at, node->end);
}

/* A statement whose call becomes nothing: model.add(Input(...)). */
static bool write_nothing(nw_writer *writer, uint32_t call)
{
    nw_buffer *outer = writer->out, text;
    if (!writer->migration->tables.by_hand)
        return false;
    nw_buffer_init(&text);
    writer->out = &text;
    uint32_t count = nw_write_spread(writer, call);
    writer->out = outer;
    if (count == 0)
        nw_buffer_byte(outer, NW_TEXT_REMOVED);
    else
        nw_buffer_add(outer, text.bytes, text.size);
    nw_buffer_release(&text);
    return true;
}

static bool write_special(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    switch (n->kind) {
    case NW_NODE_EXPRESSION:
        return writer->ast->nodes[n->a].kind == NW_NODE_CALL && (nw_write_in_place_call(writer, n->a) || write_nothing(writer, n->a));
    case NW_NODE_ASSIGN: {
        nw_list targets = nw_ast_list(writer->ast, n->a);
        const char *space;
        size_t size;
        bool alone = indentation(writer, n->start, &space, &size);
        if (nw_write_module_list(writer, node) || nw_write_item_stores(writer, node, alone ? space : NULL, size))
            return true;
        for (uint32_t i = 0; i < targets.count; i++)
            if (nw_write_unassignable(writer, node, targets.items[i]))
                return true;
        for (uint32_t i = 0; i < targets.count; i++)
            if (targets.count == 1 && writer->ast->nodes[targets.items[i]].kind == NW_NODE_SUBSCRIPT && nw_is_tensor_item(writer, targets.items[i])) {
                nw_refuse_detached_write(writer, node, nw_sites_first(writer->migration->sites, writer->module, targets.items[0]), 0);
                return nw_write_item_store(writer, targets.items[0], n->b, NW_OPERATOR_NO_OPERATOR);
            } else if (writer->ast->nodes[targets.items[i]].kind == NW_NODE_ATTRIBUTE && ties(writer, targets.items[i])) {
                write_untied(writer, node, targets.items[i]);
            }
        if (targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_ATTRIBUTE && replaces_buffer(writer, targets.items[0]))
            write_replaced_buffer(writer, targets.items[0], n->b);
        else if (!nw_write_own_container(writer, node) && !nw_write_rebinding_assignment(writer, node))
            write_assignment(writer, node);
        return true;
    }
    case NW_NODE_AUGMENTED_ASSIGN:
        if (!nw_write_augmented(writer, node))
            write_assignment(writer, node);
        return true;
    case NW_NODE_RETURN: return nw_write_return_of_written(writer, node);
    case NW_NODE_ANNOTATED_ASSIGN: write_annotated(writer, node); return true;
    case NW_NODE_CLASS: nw_write_class(writer, node); return true;
    case NW_NODE_FUNCTION:
        if (!nw_write_functional(writer, node))
            nw_write_function(writer, node);
        return true;
    case NW_NODE_IMPORT: case NW_NODE_IMPORT_FROM: nw_write_import(writer, node); return true;
    default: return false;
    }
}

bool nw_is_block(uint8_t kind)
{
    return kind == NW_NODE_IF || kind == NW_NODE_FOR || kind == NW_NODE_WHILE || kind == NW_NODE_WITH || kind == NW_NODE_TRY || kind == NW_NODE_MATCH;
}

/* The items themselves are no tensors. */
static void write_detached_block(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    uint32_t outer = writer->detached_start;
    writer->detached_start = writer->detached ? outer : n->start;
    nw_list body = nw_ast_list(writer->ast, n->b), items = nw_ast_list(writer->ast, n->a);
    uint32_t at = n->start;
    for (uint32_t i = 0; i < items.count + body.count; i++) {
        uint32_t part = i < items.count ? items.items[i] : body.items[i - items.count];
        writer->detached = i >= items.count;
        nw_write_source(writer, at, writer->ast->nodes[part].start);
        nw_write_node(writer, part);
        at = writer->ast->nodes[part].end;
    }
    nw_write_source(writer, at, n->end);
    writer->detached_start = outer;
}

/* `__all__ = ["Net", ...]` and `__all__ += [...]`: which of the names stay is known once all definitions are written. */
static bool write_exports(nw_writer *writer, const nw_node *n)
{
    uint32_t target = n->kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, n->a).items[0] : n->kind == NW_NODE_AUGMENTED_ASSIGN ? n->a : 0;
    const nw_node *name = &writer->ast->nodes[target], *value = &writer->ast->nodes[target ? n->b : 0];
    if (!target || name->kind != NW_NODE_NAME || name->a != NW_NAME_DUNDER_ALL || (value->kind != NW_NODE_LIST && value->kind != NW_NODE_TUPLE))
        return false;
    nw_list items = nw_ast_list(writer->ast, value->a);
    uint32_t at = n->start;
    for (uint32_t i = 0; i < items.count; i++) {
        const nw_node *item = &writer->ast->nodes[items.items[i]];
        if (item->kind != NW_NODE_STRING || (writer->bytes[item->start] != '"' && writer->bytes[item->start] != '\''))
            continue;
        nw_write_source(writer, at, item->start);
        nw_buffer_byte(writer->out, NW_TEXT_EXPORT);
        at = item->start;
    }
    nw_write_source(writer, at, n->end);
    return true;
}

static void write_kept(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    bool outer = writer->detached;
    writer->block_depth += nw_is_block(n->kind);
    writer->detached = n->kind == NW_NODE_FUNCTION || n->kind == NW_NODE_CLASS ? false : outer;
    if (n->kind == NW_NODE_WITH && nw_is_detaching(writer, nw_ast_list(writer->ast, n->a)))
        write_detached_block(writer, node);
    else if (!write_exports(writer, n) && !write_special(writer, node))
        nw_write_children(writer, node);
    writer->block_depth -= nw_is_block(n->kind);
    writer->detached = outer;
}

/* What writing a statement adds to, so that it can be taken back. */
typedef struct written_state {
    uint32_t untranslated, notes, adapters, imports;
} written_state;

static written_state state_of(const nw_writer *writer)
{
    return (written_state){writer->migration->untranslated.count, writer->migration->notes.count, writer->adapter_count, writer->import_count};
}

static void restore(nw_writer *writer, written_state state)
{
    writer->migration->untranslated.count = state.untranslated;
    writer->migration->notes.count = state.notes;
    writer->adapter_count = state.adapters;
    writer->import_count = state.imports;
    writer->mark_count = 0;
}

bool nw_runs_unseen(const nw_writer *writer)
{
    return writer->unseen && writer->function == 0 && writer->block_depth == 0;
}

void nw_write_statement(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const char *space;
    size_t size;
    bool alone = indentation(writer, n->start, &space, &size);
    uint8_t plan = writer->plan[node];
    if (plan & NW_PLAN_NATIVE) {
        write_native(writer, n);
        return;
    }
    if (plan & NW_PLAN_IMPORT) {
        write_removed_import(writer, node);
        return;
    }
    if ((plan & (NW_PLAN_LEFT_OUT | NW_PLAN_UNNEEDED)) && alone) {
        write_left_out(writer, node, space, size);
        return;
    }
    bool top = alone && size == 0 && writer->function == 0 && writer->class_node == 0 && writer->block_depth == 0;
    written_state before = state_of(writer);
    nw_mark outer_marks[NW_MAX_MARKS];
    uint32_t outer_count = writer->mark_count;
    nw_buffer *outer = writer->out, text, comments = writer->comments;
    memcpy(outer_marks, writer->marks, sizeof outer_marks);
    writer->mark_count = alone ? 0 : outer_count;
    nw_buffer_init(&text);
    if (alone)
        nw_buffer_init(&writer->comments);
    writer->out = &text;
    bool outer_reached = writer->reached, outer_unseen = writer->unseen;
    writer->unseen = !nw_sites_reached(writer->migration->sites, writer->module, n->start, n->end);
    writer->reached &= n->kind == NW_NODE_FUNCTION || n->kind == NW_NODE_CLASS || nw_runs_unseen(writer) || !writer->unseen;
    if (alone)
        nw_write_applied_before(writer, node, space, size);
    write_kept(writer, node);
    if (alone)
        nw_write_aliases_behind(writer, node, space, size);
    writer->reached = outer_reached;
    writer->unseen = outer_unseen;
    writer->out = outer;
    bool broken = writer->migration->untranslated.count > before.untranslated || (top && nw_uses_removed(writer, node));
    bool method = alone && writer->class_node && writer->function == 0 && n->kind == NW_NODE_FUNCTION;
    if (broken && ((top && nw_is_needless(writer, node)) || (method && nw_is_needless_method(writer, node)))) {
        restore(writer, before);
        nw_buffer_clear(&text);
        nw_buffer_clear(&writer->comments);
        writer->out = &text;
        write_left_out(writer, node, space, size);
        writer->out = outer;
        if (top)
            nw_note_removed(writer, node);
    }
    if (alone) {
        write_marks(writer, space, size);
        memcpy(writer->marks, outer_marks, sizeof outer_marks);
        writer->mark_count = outer_count;
        nw_buffer_release(&writer->comments);
        writer->comments = comments;
    }
    nw_buffer_format(outer, "%c%u;", NW_TEXT_PLACE, n->start);
    nw_buffer_add(outer, text.bytes, text.size);
    nw_buffer_release(&text);
}
