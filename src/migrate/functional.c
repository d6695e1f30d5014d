/* Functional models, and functions that build parts of them: functions that call layers on symbolic tensors, as classes whose forward does that. */
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

/* ---- inputs of the model ---- */

/* The local that holds an input: the one that its call is assigned to; 0: none. */
static nw_symbol holder_of(nw_writer *writer, nw_value tensor)
{
    const nw_node *function = &writer->ast->nodes[writer->functional->code->node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->kind != NW_NODE_ASSIGN || n->start < function->start || n->end > function->end || !nw_is_called_so(writer, n->b, "inputs"))
            continue;
        nw_list targets = nw_ast_list(writer->ast, n->a);
        const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, n->b);
        if (first && first->result.kind == tensor.kind && first->result.as.object == tensor.as.object && targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_NAME)
            return (nw_symbol){writer->ast->nodes[targets.items[0]].a};
    }
    return (nw_symbol){0};
}

/* Adds the inputs that a value holds, in their order. */
static void add_inputs(nw_writer *writer, nw_value value, nw_name_set *set)
{
    nw_functional *f = writer->functional;
    value = nw_settle(writer->eval, value);
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    for (uint32_t i = 0; i < count; i++)
        add_inputs(writer, items[i], set);
    nw_symbol name = nw_is_one_tensor(writer->eval, value) ? holder_of(writer, value) : (nw_symbol){0};
    if (name.v)
        nw_name_set_put(f, set, name.v);
    else if (!items)
        nw_functional_fail(f, "an input of the model without a name");
}

static void find_parameters(nw_writer *writer, nw_functional *f)
{
    const nw_node *function = &writer->ast->nodes[f->code->node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        const nw_trace_entry *first = n->kind == NW_NODE_CALL && n->start >= function->start && n->end <= function->end && nw_is_called_so(writer, i, "graphs")
                                          ? nw_sites_first(writer->migration->sites, writer->module, i) : NULL;
        if (!first)
            continue;
        nw_value inputs = first->arguments->positional_count ? first->arguments->positional[0] : nw_unset();
        for (uint32_t k = 0; k < first->arguments->named_count; k++)
            inputs = strcmp(nw_bytes(writer->eval, first->arguments->names[k]), "inputs") == 0 ? first->arguments->named[k] : inputs;
        if (f->parameters.count || nw_sites_next(writer->migration->sites, first))
            nw_functional_fail(f, "several models in one function");
        add_inputs(writer, inputs, &f->parameters);
    }
}

/* The parameter that a local is that holds nothing but inputs. */
static nw_symbol input_of(nw_writer *writer, nw_symbol name)
{
    nw_functional *f = writer->functional;
    const nw_node *function = &writer->ast->nodes[f->code->node];
    if (nw_name_set_holds(&f->parameters, name.v))
        return name;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        nw_list targets = n->kind == NW_NODE_ASSIGN && n->start >= function->start && n->end <= function->end ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
        bool own = targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_NAME && writer->ast->nodes[targets.items[0]].a == name.v;
        const nw_node *value = own ? &writer->ast->nodes[n->b] : NULL;
        if (own && value->kind == NW_NODE_NAME && nw_name_set_holds(&f->inputs, value->a) && value->a != name.v)
            return input_of(writer, (nw_symbol){value->a});
    }
    nw_functional_fail(f, "an input");
    return name;
}

/* ---- what a name becomes ---- */

static bool is_option(const nw_writer *writer, nw_symbol name)
{
    const nw_functional *f = writer->functional;
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        if (f->code->parameters[i].name.v == name.v)
            return !nw_functional_changes(writer, name.v, 0);
    for (uint32_t i = 0; i < f->builder->size_count; i++)
        if (f->builder->sizes[i].name.v == name.v)
            return true;
    return false;
}

/* Where no test or loop is around, what is computed is kept at once; otherwise at the end. */
static void capture_now(nw_writer *writer, uint32_t number)
{
    nw_functional *f = writer->functional;
    if (f->test_depth || f->loop_depth || is_option(writer, f->captured.items[number]))
        return;
    nw_buffer line, pending = f->pending;
    nw_buffer_init(&f->pending);
    nw_buffer_init(&line);
    nw_buffer_format(&line, "self.%s = %s", nw_bytes(writer->eval, f->captured_as[number]), nw_bytes(writer->eval, f->captured.items[number]));
    nw_functional_line(writer, &f->init, f->line, line.bytes, line.size);
    nw_buffer_release(&f->pending);
    nw_buffer_release(&line);
    f->pending = pending;
    f->kept[number] = true;
}

/* A value of __init__: in forward the attribute that holds it. */
static void write_captured(nw_writer *writer, nw_symbol name)
{
    nw_functional *f = writer->functional;
    writer->changed = true;
    if (!f->computes) {
        nw_buffer_text(writer->out, nw_bytes(writer->eval, name));
        return;
    }
    if (!nw_name_set_holds(&f->captured, name.v)) {
        nw_name_set_put(f, &f->captured, name.v);
        if (f->captured.count)
            f->captured_as[f->captured.count - 1] = nw_functional_attribute(writer, nw_bytes(writer->eval, name));
        if (f->captured.count)
            capture_now(writer, f->captured.count - 1);
    }
    for (uint32_t i = 0; i < f->captured.count; i++)
        if (f->captured.items[i].v == name.v)
            nw_buffer_format(writer->out, "self.%s", nw_bytes(writer->eval, f->captured_as[i]));
}

bool nw_write_functional_name(nw_writer *writer, uint32_t node)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node];
    if (nw_write_builder_name(writer, node))
        return true;
    for (const nw_functional *outer = f ? f->outer : NULL; outer && n->op > 0; outer = outer->outer)
        if (!nw_functional_owns(f, n) && nw_functional_owns(outer, n) && (nw_name_set_holds(&outer->tensors, n->a) || nw_name_set_holds(&outer->layers, n->a)))
            nw_functional_fail(f, "a tensor of the function around");
    if (!f || !nw_functional_owns(f, n) || (n->flags & NW_NAME_BINDS))
        return false;
    const char *name = nw_bytes(writer->eval, (nw_symbol){n->a});
    if (f->is_done && f->model.v == n->a) {
        for (uint32_t i = 1; i < writer->ast->node_count && !writer->reached; i++) /* model.load_weights(path), which never ran */
            if (writer->ast->nodes[i].kind == NW_NODE_ATTRIBUTE && writer->ast->nodes[i].a == node)
                nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "keras.Model.%s", nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[i].b}));
        nw_buffer_text(writer->out, "self");
        return true;
    }
    if (nw_name_set_holds(&f->layers, n->a)) {
        nw_buffer_format(writer->out, "self.%s", name);
        return true;
    }
    if (nw_name_set_holds(&f->tensors, n->a)) {
        nw_value value = nw_functional_constant(writer, node);
        nw_value text = value.kind == NW_UNSET ? value : nw_representation(writer->eval, value);
        if (text.kind == NW_STRING)
            nw_buffer_text(writer->out, nw_bytes(writer->eval, text.as.symbol));
        else if (!f->computes)
            nw_functional_fail(f, "what layers are made with follows from tensors");
        else if (nw_name_set_holds(&f->inputs, n->a))
            nw_buffer_text(writer->out, nw_bytes(writer->eval, input_of(writer, (nw_symbol){n->a})));
        else
            return false;
        return true;
    }
    if (!f->computes)
        return false;
    if (nw_name_set_holds(&f->targets, n->a)) {
        nw_name_set_put(f, &f->targets_used, n->a);
        return false;
    }
    if (!nw_name_set_holds(&f->captured, n->a) && nw_functional_changes(writer, n->a, n->start))
        nw_functional_fail(f, "a value that changes");
    write_captured(writer, (nw_symbol){n->a});
    return true;
}

/* ---- calls ---- */

/* A size of a tensor that layers are made with: the number. */
bool nw_write_functional_size(nw_writer *writer, uint32_t node)
{
    nw_functional *f = writer->functional;
    for (uint32_t i = 0; f && i < f->builder->size_count; i++)
        if (f->builder->sizes[i].node == node) {
            write_captured(writer, f->builder->sizes[i].name);
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
    nw_buffer_format(writer->out, "%s%s([", nw_import_text(writer, nw_symbol_intern(writer->eval->symbols, text, (size_t)(dot - text))), dot);
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
    bool layer = first && first->result.kind == NW_INSTANCE && first->result.as.instance->class_->is_module;
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

/* ---- the class ---- */

/* The parameters of forward: those that are tensors, or the inputs of the model. */
static void write_inputs(nw_writer *writer)
{
    const nw_functional *f = writer->functional;
    for (uint32_t i = 0; i < f->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &f->code->parameters[i];
        if (!(f->builder->tensors >> i & 1))
            continue;
        nw_buffer_format(writer->out, ", %s", nw_bytes(writer->eval, parameter->name));
        if (parameter->default_value)
            nw_buffer_format(writer->out, "=%s", nw_written(writer, parameter->default_value));
    }
    for (uint32_t i = 0; i < f->parameters.count; i++)
        nw_buffer_format(writer->out, ", %s", nw_bytes(writer->eval, f->parameters.items[i]));
}

/* The others, as those of __init__, or as the arguments for them. */
static void write_options(nw_writer *writer, bool arguments)
{
    const nw_functional *f = writer->functional;
    bool keywords = false;
    for (uint32_t i = 0; i < f->builder->size_count; i++)
        nw_buffer_format(writer->out, ", %s", nw_bytes(writer->eval, f->builder->sizes[i].name));
    for (uint32_t i = 0, count = 0; i < f->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &f->code->parameters[i];
        const char *name = nw_bytes(writer->eval, parameter->name);
        if (f->builder->tensors >> i & 1)
            continue;
        if (arguments) {
            nw_buffer_format(writer->out, parameter->kind == NW_PARAMETER_KEYWORD_ONLY ? "%s%s=%s" : "%s%s", count++ ? ", " : "", name, name);
            continue;
        }
        nw_buffer_text(writer->out, parameter->kind == NW_PARAMETER_KEYWORD_ONLY && !keywords ? ", *" : "");
        keywords |= parameter->kind == NW_PARAMETER_KEYWORD_ONLY;
        nw_buffer_format(writer->out, ", %s", name);
        if (parameter->annotation) {
            nw_buffer_text(writer->out, ": ");
            nw_write_annotation(writer, parameter->annotation);
        }
        if (parameter->default_value)
            nw_buffer_format(writer->out, parameter->annotation ? " = %s" : "=%s", nw_written(writer, parameter->default_value));
    }
}

/* Lines move to the right by one level; the first one stands behind what is written. */
static void write_deeper(nw_buffer *out, const nw_buffer *text, const char *indent, int size)
{
    for (size_t i = 0; i < text->size; i++) {
        nw_buffer_byte(out, text->bytes[i]);
        if (text->bytes[i] == '\n' && i + 1 < text->size && text->bytes[i + 1] != '\n')
            nw_buffer_add(out, indent, (size_t)size);
    }
}

/* Without empty lines at its beginning. */
static nw_buffer trimmed(const nw_buffer *text)
{
    size_t start = 0;
    while (start + 1 < text->size && text->bytes[start] == '\n' && text->bytes[start + 1] == '\n')
        start++;
    return (nw_buffer){.bytes = text->bytes + start, .size = text->size - start};
}

static void write_beginning(nw_writer *writer, const char *space, int depth, const char *indent, int size, const nw_buffer *init)
{
    nw_functional *f = writer->functional;
    nw_buffer *out = writer->out;
    nw_buffer_format(out, "%.*s%.*sdef __init__(self", depth, space, size, indent);
    write_options(writer, false);
    nw_buffer_format(out, "):\n%.*s%.*s%.*ssuper().__init__()", depth, space, size, indent, size, indent);
    for (uint32_t pass = 0; pass < 2; pass++) { /* parameters at once, what is computed at the end */
        for (uint32_t i = 0; i < f->captured.count; i++) {
            bool parameter = is_option(writer, f->captured.items[i]);
            if (f->kept[i])
                continue;
            if (parameter == (pass == 0))
                nw_buffer_format(out, "\n%.*s%.*s%.*sself.%s = %s", depth, space, size, indent, size, indent, nw_bytes(writer->eval, f->captured_as[i]),
                                 nw_bytes(writer->eval, f->captured.items[i]));
        }
        if (pass == 0)
            write_deeper(out, init, indent, size);
    }
}

static void write_class(nw_writer *writer, const char *space, int depth, const char *indent, int size)
{
    nw_functional *f = writer->functional;
    nw_buffer *out = writer->out;
    nw_list body = nw_ast_list(writer->ast, f->code->body);
    const nw_node *first = &writer->ast->nodes[body.items[0]];
    nw_buffer init = trimmed(&f->init), forward = trimmed(&f->forward);
    nw_buffer_format(out, "class %s(", nw_bytes(writer->eval, f->builder->class_name));
    nw_write_setting_name(writer, "module_class");
    nw_buffer_text(out, "):\n");
    if (first->kind == NW_NODE_EXPRESSION && writer->ast->nodes[first->a].kind == NW_NODE_STRING) {
        nw_buffer_format(out, "%.*s%.*s", depth, space, size, indent);
        nw_write_source(writer, first->start, first->end);
        nw_buffer_text(out, "\n\n");
    }
    bool options = f->captured.count || init.size || f->builder->size_count;
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        options |= !(f->builder->tensors >> i & 1);
    if (options)
        write_beginning(writer, space, depth, indent, size, &init);
    nw_buffer_format(out, "%s%.*s%.*sdef forward(self", options ? "\n\n" : "", depth, space, size, indent);
    write_inputs(writer);
    nw_buffer_text(out, "):");
    write_deeper(out, &forward, indent, size);
}

/* The function that makes it, where that has another name. */
static void write_maker(nw_writer *writer, uint32_t node, const char *indent, int size)
{
    nw_functional *f = writer->functional;
    const nw_ast_function *code = f->code;
    nw_buffer_text(writer->out, "\n\n\n");
    nw_write_source(writer, writer->ast->nodes[node].start, code->parameter_count ? code->parameters[code->parameter_count - 1].end : writer->ast->nodes[code->name_node].end);
    nw_buffer_format(writer->out, code->parameter_count ? "):\n%.*sreturn %s(" : "():\n%.*sreturn %s(", size, indent, nw_bytes(writer->eval, f->builder->class_name));
    write_options(writer, true);
    nw_buffer_byte(writer->out, ')');
}

static void check(nw_writer *writer, nw_functional *f)
{
    const nw_node *function = &writer->ast->nodes[f->code->node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        bool inside = n->start >= function->start && n->end <= function->end;
        bool text = n->kind == NW_NODE_STRING && i != f->code->docstring && memchr(writer->bytes + n->start, '\n', n->end - n->start) && writer->bytes[n->end - 1] == writer->bytes[n->end - 2];
        if (inside && text)
            nw_functional_fail(f, "a text of several lines");
    }
    if (f->builder->is_root && !f->is_done)
        nw_functional_fail(f, "a model that is made elsewhere");
    if (!f->forward.size)
        nw_functional_fail(f, "nothing is computed");
    for (uint32_t i = 0; f->returned && i < f->captured.count; i++)
        if (!f->kept[i] && !is_option(writer, f->captured.items[i]))
            nw_functional_fail(f, "several returns");
    for (uint32_t i = 0; i < f->code->parameter_count; i++)
        if (f->builder->tensors & f->builder->others & (uint64_t)1 << i)
            nw_functional_fail(f, "a parameter that is not always a tensor");
}

bool nw_write_functional(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_ast_function *code = &writer->ast->functions[n->a];
    const nw_builder *builder = writer->class_node ? NULL : nw_builder_of(writer->migration, code);
    if (!builder)
        return false;
    uint32_t body = writer->ast->nodes[nw_ast_list(writer->ast, code->body).items[0]].start;
    uint32_t line = nw_source_line_start(&writer->module->source, body), own = nw_source_line_start(&writer->module->source, n->start);
    int depth = (int)(n->start - own), size = (int)(body - line) - depth;
    nw_functional *f = nw_arena_zero(&writer->eval->arena, sizeof *f);
    f->outer = writer->functional;
    f->builder = builder;
    f->code = code;
    nw_buffer_init(&f->init);
    nw_buffer_init(&f->forward);
    nw_buffer_init(&f->pending);
    nw_buffer_init(&f->waiting);
    uint32_t outer = writer->function;
    writer->functional = f;
    writer->function = n->a;
    nw_functional_find_names(writer, f);
    if (builder->is_root)
        find_parameters(writer, f);
    if (size <= 0)
        nw_functional_fail(f, "a function of one line");
    else
        nw_functional_body(writer);
    nw_buffer_add(&f->forward, f->pending.bytes, f->pending.size); /* comments in front of what is left out */
    writer->function = outer;
    check(writer, f);
    if (f->failed) {
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "%s: %s", nw_bytes(writer->eval, code->name), f->failed);
        nw_write_source(writer, n->start, n->end);
    } else {
        write_class(writer, writer->bytes + own, depth, writer->bytes + line, size);
        if (builder->is_root && builder->class_name.v != code->name.v)
            write_maker(writer, node, writer->bytes + line, size);
    }
    writer->functional = f->outer;
    writer->changed = true;
    nw_buffer_release(&f->init);
    nw_buffer_release(&f->forward);
    nw_buffer_release(&f->pending);
    nw_buffer_release(&f->waiting);
    return true;
}
