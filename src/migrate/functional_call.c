/* Calls in functions that build models: of layers, of other builders, of functions that join tensors, and the attributes that hold what they make. */
#include "migrate/functional.h"

#include "eval/interpret.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- names ---- */

static bool is_identifier(const char *text)
{
    if (!isalpha((unsigned char)*text) && *text != '_')
        return false;
    for (const char *c = text; *c; c++)
        if (!isalnum((unsigned char)*c) && *c != '_')
            return false;
    return true;
}

nw_symbol nw_functional_attribute(nw_writer *writer, const char *base)
{
    nw_functional *f = writer->functional;
    char text[96];
    snprintf(text, sizeof text, "%s", base);
    for (int i = 2; nw_name_set_holds(&f->attributes, nw_symbol_of(writer->eval->symbols, text).v) ||
                    nw_translations_holds(&writer->migration->tables, "reserved", nw_symbol_of(writer->eval->symbols, text), NULL); i++)
        snprintf(text, sizeof text, "%s%d", base, i);
    nw_symbol name = nw_symbol_of(writer->eval->symbols, text);
    nw_name_set_put(f, &f->attributes, name.v);
    return name;
}

/* GlobalAveragePooling2D: global_average_pooling2d; the name that a layer is given where that is one. */
static void base_of(nw_writer *writer, uint32_t constructor, const char *class_name, char *base, size_t capacity)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[constructor].b);
    size_t size = 0;
    for (const char *c = class_name; *c && size + 2 < capacity; c++) {
        if (c > class_name && isupper((unsigned char)*c) && islower((unsigned char)c[-1]))
            base[size++] = '_';
        base[size++] = (char)tolower((unsigned char)*c);
    }
    base[size] = 0;
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *n = &writer->ast->nodes[arguments.items[i]];
        bool named = n->kind == NW_NODE_KEYWORD && n->a && strcmp(nw_bytes(writer->eval, (nw_symbol){n->a}), "name") == 0 && writer->ast->nodes[n->b].kind == NW_NODE_STRING;
        const char *given = named ? nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[n->b].a}) : "";
        if (is_identifier(given))
            snprintf(base, capacity, "%s", given);
    }
}

static bool is_builder_name(const nw_writer *writer, nw_symbol name)
{
    for (uint32_t i = 0; i < writer->migration->builder_count; i++)
        if (writer->migration->builders[i].code->name.v == name.v)
            return true;
    return false;
}

/* A name for one layer of a list: none that forward means something else by. */
static nw_symbol item_name(nw_writer *writer, const char *base)
{
    nw_functional *f = writer->functional;
    const nw_node *function = &writer->ast->nodes[f->code->node];
    char text[96];
    snprintf(text, sizeof text, "%s", base);
    for (int i = 2;; i++) {
        nw_symbol name = nw_symbol_of(writer->eval->symbols, text);
        bool taken = nw_name_set_holds(&f->tensors, name.v) || nw_name_set_holds(&f->targets, name.v);
        for (uint32_t k = 0; k < f->looped_count; k++)
            taken |= f->looped[k].item.v == name.v;
        for (uint32_t k = 1; k < writer->ast->node_count && !taken; k++) {
            const nw_node *n = &writer->ast->nodes[k];
            taken = n->kind == NW_NODE_NAME && n->a == name.v && n->start >= function->start && n->end <= function->end && !nw_functional_owns(f, n) && !is_builder_name(writer, name);
        }
        if (!taken)
            return name;
        snprintf(text, sizeof text, "%s%d", base, i);
    }
}

/* ---- calls ---- */

/* A size of a tensor that layers are made with: the number. */
bool nw_write_functional_size(nw_writer *writer, uint32_t node)
{
    nw_functional *f = writer->functional;
    for (uint32_t i = 0; f && i < f->builder->size_count; i++)
        if (f->builder->sizes[i].node == node) {
            nw_functional_write_captured(writer, f->builder->sizes[i].name);
            return true;
        }
    if (!f || f->computes || !nw_functional_mentions(writer, node, false))
        return false;
    nw_value value = nw_functional_constant(writer, node);
    nw_value text = value.kind == NW_UNSET ? value : nw_representation(writer->eval, value);
    if (text.kind != NW_STRING)
        return false;
    nw_buffer_text(writer->out, nw_bytes(writer->eval, text.as.symbol));
    writer->changed = true;
    return true;
}

/* The conditional expression around a call whose test no tensor decides; 0: none. *then: the call stands in its first arm. */
static uint32_t choice_around(const nw_writer *writer, uint32_t node, bool *then)
{
    const nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node], *statement = &writer->ast->nodes[f->line];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *outer = &writer->ast->nodes[i];
        if (outer->kind != NW_NODE_CONDITIONAL || outer->start < statement->start || n->start < outer->start || n->end > outer->end)
            continue;
        const nw_node *first = &writer->ast->nodes[outer->b], *test = &writer->ast->nodes[outer->a];
        *then = first->start <= n->start && n->end <= first->end;
        bool tested = test->start <= n->start && n->end <= test->end;
        return tested || nw_functional_mentions(writer, outer->a, false) ? 0 : i;
    }
    return 0;
}

/* Whether an expression stands where it may be evaluated never, or several times. */
static bool is_within_another(const nw_writer *writer, uint32_t node)
{
    bool then;
    uint32_t choice = choice_around(writer, node, &then);
    const nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node], *statement = &writer->ast->nodes[f->line];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *outer = &writer->ast->nodes[i];
        bool kind = outer->kind == NW_NODE_CONDITIONAL || outer->kind == NW_NODE_AND || outer->kind == NW_NODE_OR || outer->kind == NW_NODE_LAMBDA || outer->kind == NW_NODE_LIST_COMPREHENSION ||
                    outer->kind == NW_NODE_SET_COMPREHENSION || outer->kind == NW_NODE_DICT_COMPREHENSION || outer->kind == NW_NODE_GENERATOR;
        if (kind && i != choice && outer->start >= statement->start && outer->start <= n->start && n->end <= outer->end)
            return true;
    }
    return false;
}

/* A layer that forward calls: made in __init__, in a list where that is in a loop. Writes how forward refers to it. */
static void write_lifted(nw_writer *writer, uint32_t node, const char *base, const char *made)
{
    bool then = true;
    uint32_t choice = choice_around(writer, node, &then);
    nw_functional *f = writer->functional;
    nw_buffer line;
    nw_buffer_init(&line);
    nw_buffer pending = f->pending;
    nw_buffer_init(&f->pending);
    if (!f->loop_depth) {
        const char *attribute = nw_bytes(writer->eval, nw_functional_attribute(writer, base));
        nw_buffer_format(&line, "self.%s = %s", attribute, made);
        nw_buffer_format(writer->out, "self.%s", attribute);
    } else if (f->looped_count == NW_MAX_LOCALS) {
        nw_functional_fail(f, "too many layers");
    } else {
        char plural[100];
        size_t size = strlen(base);
        snprintf(plural, sizeof plural, "%s%s", base, size && base[size - 1] == 's' ? "_list" : "s");
        nw_looped_layer *layer = &f->looped[f->looped_count];
        *layer = (nw_looped_layer){.item = item_name(writer, base), .each = f->loop_depth == 1 && f->test_depth == 0 && !choice};
        layer->list = nw_functional_attribute(writer, plural);
        f->looped_count++;
        const char *list = nw_bytes(writer->eval, layer->list);
        nw_buffer_format(&line, "self.%s.append(%s)", list, made);
        nw_buffer_format(writer->out, layer->each ? "%s" : "next(%s)", layer->each ? nw_bytes(writer->eval, layer->item) : list);
    }
    if (choice) {
        nw_buffer test;
        nw_buffer_init(&test);
        f->computes = false;
        nw_buffer_format(&test, then ? "if %s:" : "if not (%s):", nw_written(writer, writer->ast->nodes[choice].a));
        f->computes = true;
        nw_functional_line(writer, &f->init, f->line, test.bytes, test.size);
        nw_buffer_release(&test);
    }
    nw_functional_line(writer, &f->init, f->line, choice ? "    " : "", choice ? 4 : 0);
    nw_buffer_add(&f->init, line.bytes ? line.bytes : "", line.size);
    nw_buffer_release(&f->pending);
    f->pending = pending;
    nw_buffer_release(&line);
    writer->changed = true;
}

/* Text that __init__ has, while forward is being written. */
static nw_buffer *begin_init(nw_writer *writer, nw_buffer *text)
{
    nw_buffer *outer = writer->out;
    nw_buffer_init(text);
    writer->out = text;
    writer->functional->computes = false;
    return outer;
}

static const char *end_init(nw_writer *writer, nw_buffer *text, nw_buffer *outer)
{
    const char *copy = nw_arena_copy(&writer->eval->arena, text->bytes ? text->bytes : "", text->size + 1);
    writer->out = outer;
    writer->functional->computes = true;
    nw_buffer_release(text);
    return copy;
}

/* conv_block(x, 64, 3) as self.conv_block(x), which is ConvBlock(64, 3). */
static void write_builder_call(nw_writer *writer, uint32_t node, const nw_builder *called)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node], *callee = &writer->ast->nodes[n->a];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    bool tensors[NW_MAX_BUILDER_PARAMETERS] = {false};
    nw_buffer text, *outer = begin_init(writer, &text);
    nw_write_node(writer, n->a);
    nw_buffer_byte(writer->out, '(');
    for (uint32_t i = 0; i < called->size_count; i++) {
        nw_value size = nw_builder_size_at(writer, called, &called->sizes[i], node);
        if (size.kind != NW_INT)
            nw_functional_fail(f, "sizes that differ between the turns of a loop");
        nw_buffer_format(writer->out, i ? ", %lld" : "%lld", (long long)size.as.integer);
    }
    for (uint32_t i = 0, count = called->size_count; i < arguments.count && i < NW_MAX_BUILDER_PARAMETERS; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        uint32_t parameter = i;
        for (uint32_t k = 0; argument->kind == NW_NODE_KEYWORD && k < called->code->parameter_count; k++)
            parameter = called->code->parameters[k].name.v == argument->a ? k : parameter;
        bool options = argument->kind == NW_NODE_KEYWORD && !argument->a && !nw_functional_mentions(writer, arguments.items[i], false); /* **options */
        if (argument->kind == NW_NODE_STARRED || (argument->kind == NW_NODE_KEYWORD && !argument->a && !options))
            nw_functional_fail(f, "arguments with stars");
        tensors[i] = !options && parameter < called->code->parameter_count && (called->tensors >> parameter & 1);
        if (tensors[i])
            continue;
        nw_buffer_text(writer->out, count++ ? ", " : "");
        nw_write_node(writer, arguments.items[i]);
    }
    nw_buffer_byte(writer->out, ')');
    const char *made = end_init(writer, &text, outer), *name = nw_bytes(writer->eval, callee->kind == NW_NODE_NAME ? (nw_symbol){callee->a} : called->code->name);
    while (*name == '_')
        name++;
    write_lifted(writer, node, name, made);
    nw_buffer_byte(writer->out, '(');
    for (uint32_t i = 0, count = 0; i < arguments.count && i < NW_MAX_BUILDER_PARAMETERS; i++) {
        if (!tensors[i])
            continue;
        nw_buffer_text(writer->out, count++ ? ", " : "");
        nw_write_node(writer, arguments.items[i]);
    }
    nw_buffer_byte(writer->out, ')');
}

/* An operand, in parentheses where an operator would take only a part of it. */
static void write_operand(nw_writer *writer, uint32_t node)
{
    bool parentheses = !nw_is_atom(writer->ast, node);
    nw_buffer_text(writer->out, parentheses ? "(" : "");
    nw_write_node(writer, node);
    nw_buffer_text(writer->out, parentheses ? ")" : "");
}

/* Whether the call is all that its statement gives a name or gives back. */
static bool is_whole_value(const nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node], *statement = &writer->ast->nodes[writer->functional->line];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) { /* an argument */
        nw_list arguments = writer->ast->nodes[i].kind == NW_NODE_CALL ? nw_ast_list(writer->ast, writer->ast->nodes[i].b) : (nw_list){0};
        for (uint32_t k = 0; k < arguments.count; k++)
            if (arguments.items[k] == node)
                return true;
    }
    return (statement->kind == NW_NODE_ASSIGN && statement->b == node) || (statement->kind == NW_NODE_RETURN && statement->a == node) || (n->flags & NW_NODE_FLAG_PARENTHESIZED);
}

/* The operands with an operator between them, in parentheses where they are a part of something. */
static void write_operands(nw_writer *writer, uint32_t node, nw_list items, const char *operator_)
{
    bool whole = is_whole_value(writer, node);
    nw_buffer_text(writer->out, whole ? "" : "(");
    for (uint32_t i = 0; i < items.count; i++) {
        if (i)
            nw_buffer_format(writer->out, " %s ", operator_);
        write_operand(writer, items.items[i]);
    }
    nw_buffer_text(writer->out, whole ? "" : ")");
    writer->changed = true;
}

/* layers.Add()([x, y]) as x + y, layers.Concatenate()([x, y]) as torch.cat([x, y], dim=1): `made` is the layer that would stand for it. */
static bool write_applied(nw_writer *writer, uint32_t node, const char *made)
{
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    nw_value form;
    size_t size = strcspn(made, "("), end = strlen(made);
    bool known = nw_translations_holds(&writer->migration->tables, "applied", nw_symbol_intern(writer->eval->symbols, made, size), &form) && form.kind == NW_STRING;
    if (!known || arguments.count != 1 || writer->ast->nodes[arguments.items[0]].kind != NW_NODE_LIST || end < size + 2)
        return false;
    const char *text = nw_bytes(writer->eval, form.as.symbol), *dot = strchr(text, '.');
    nw_list items = nw_ast_list(writer->ast, writer->ast->nodes[arguments.items[0]].a);
    bool options = end > size + 2;
    for (uint32_t i = 0; i < items.count; i++)
        if (writer->ast->nodes[items.items[i]].kind == NW_NODE_STARRED || items.count < 2 || (!dot && options))
            return false;
    if (!dot) {
        write_operands(writer, node, items, text);
        return true;
    }
    nw_write_target_name(writer, form);
    nw_buffer_text(writer->out, "([");
    for (uint32_t i = 0; i < items.count; i++) {
        nw_buffer_text(writer->out, i ? ", " : "");
        nw_write_node(writer, items.items[i]);
    }
    nw_buffer_format(writer->out, "], dim=%.*s)", options ? (int)(end - size - 2) : 2, options ? made + size + 1 : "-1");
    writer->changed = true;
    return true;
}

/* layers.Dense(8)(x) as self.dense(x) */
static void write_layer_call(nw_writer *writer, uint32_t node, const char *class_name)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node];
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    char base[80];
    uint32_t adapters = writer->adapter_count;
    nw_buffer text, *outer = begin_init(writer, &text);
    nw_write_enclosed(writer, n->a);
    const char *made = end_init(writer, &text, outer);
    uint32_t needed = writer->adapter_count;
    writer->adapter_count = adapters;
    if (write_applied(writer, node, made))
        return;
    writer->adapter_count = needed;
    base_of(writer, n->a, class_name, base, sizeof base);
    for (uint32_t i = 0; i < f->code->slot_count; i++) /* the value of that name may become an attribute, too */
        if (strcmp(base, nw_bytes(writer->eval, f->code->slot_names[i])) == 0 && !nw_name_set_holds(&f->tensors, f->code->slot_names[i].v) && strlen(base) + 8 < sizeof base)
            strcat(base, "_layer");
    write_lifted(writer, node, base, made);
    nw_buffer_byte(writer->out, '(');
    for (uint32_t i = 0, count = 0; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        if (argument->kind == NW_NODE_KEYWORD && argument->a && writer->ast->nodes[argument->b].kind == NW_NODE_NONE && nw_translations_holds(&writer->migration->tables, "left_parameters", (nw_symbol){argument->a}, NULL))
            continue;
        if (argument->kind == NW_NODE_KEYWORD || argument->kind == NW_NODE_STARRED)
            nw_functional_fail(f, "arguments of a layer");
        nw_buffer_text(writer->out, count++ ? ", " : "");
        nw_write_node(writer, arguments.items[i]);
    }
    nw_buffer_byte(writer->out, ')');
}

static bool is_made_and_called(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    nw_source_call made;
    return writer->migration->tables.by_hand && writer->ast->nodes[n->a].kind == NW_NODE_CALL && !nw_sites_first(writer->migration->sites, writer->module, node) &&
           nw_source_call_read(writer, n->a, &made) && made.class_ && made.class_->is_module;
}

/* layers.add([x, y]) as x + y */
static bool write_joined(nw_writer *writer, uint32_t node)
{
    nw_source_call call;
    nw_value form;
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    bool known = arguments.count && writer->ast->nodes[arguments.items[0]].kind == NW_NODE_LIST && nw_source_call_read(writer, node, &call) && !call.class_ &&
                 nw_translations_holds(&writer->migration->tables, "applied", call.name, &form) && form.kind == NW_STRING;
    for (uint32_t i = 1; known && i < arguments.count; i++) {
        const nw_node *n = &writer->ast->nodes[arguments.items[i]];
        known = n->kind == NW_NODE_KEYWORD && n->a && strcmp(nw_bytes(writer->eval, (nw_symbol){n->a}), "name") == 0;
    }
    nw_list items = known ? nw_ast_list(writer->ast, writer->ast->nodes[arguments.items[0]].a) : (nw_list){0};
    if (items.count < 2 || strchr(nw_bytes(writer->eval, form.as.symbol), '.'))
        return false;
    for (uint32_t i = 0; i < items.count; i++)
        if (writer->ast->nodes[items.items[i]].kind == NW_NODE_STARRED)
            return false;
    write_operands(writer, node, items, nw_bytes(writer->eval, form.as.symbol));
    writer->migration->calls++;
    writer->migration->translated++;
    return true;
}

bool nw_write_functional_call(nw_writer *writer, uint32_t node)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node];
    nw_source_call made;
    const nw_ast_function *around = nw_function_around(writer->ast, n->start);
    if (!f && around && is_made_and_called(writer, node) && !writer->class_node) { /* never reached: each call would make a new one */
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "a layer that is called where it is made");
        return false;
    }
    if (!f || !around || around != f->code)
        return false;
    if (f->computes && write_joined(writer, node))
        return true;
    const nw_builder *called = nw_builder_called(writer, node);
    bool applied = writer->ast->nodes[n->a].kind == NW_NODE_CALL;
    const nw_trace_entry *first = applied ? nw_sites_first(writer->migration->sites, writer->module, n->a) : NULL;
    bool layer = first && nw_is_module_object(first->result);
    const char *class_name = layer ? nw_bytes(writer->eval, first->result.as.instance->class_->name) : NULL;
    if (applied && !first && nw_source_call_read(writer, n->a, &made) && made.class_ && made.class_->is_module)
        class_name = nw_bytes(writer->eval, made.class_->name); /* never reached */
    if (!called && !class_name)
        return false;
    if (!f->computes)
        nw_functional_fail(f, "a layer that is called while layers are made");
    if (is_within_another(writer, node))
        nw_functional_fail(f, "a layer within an expression");
    if (called)
        write_builder_call(writer, node, called);
    else
        write_layer_call(writer, node, class_name);
    return true;
}
