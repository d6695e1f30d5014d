/* Functional models: a function that calls layers on symbolic tensors, one after the other, as a class whose forward does that. */
#include "migrate/writer.h"

#include "eval/interpret.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { MAX_NAMES = 256 };

struct nw_functional {
    nw_buffer init;           /* lines of __init__, each behind a line feed */
    const char *indent;       /* of the function's body */
    int indent_size;
    nw_symbol layers[MAX_NAMES], values[MAX_NAMES]; /* locals: layers, and what is computed from inputs */
    uint32_t layer_count, value_count;
    nw_symbol attributes[MAX_NAMES]; /* that are taken */
    uint32_t attribute_count;
    bool failed;
};

typedef struct graph_parts {
    uint32_t call, inputs, outputs; /* nodes of Model(inputs, outputs) */
    uint32_t at, end;               /* numbers of the statements that make and return it */
} graph_parts;

static bool contains(const nw_symbol *names, uint32_t count, uint32_t name)
{
    for (uint32_t i = 0; i < count; i++)
        if (names[i].v == name)
            return true;
    return false;
}

static void put(nw_functional *f, nw_symbol *names, uint32_t *count, uint32_t name)
{
    if (*count == MAX_NAMES)
        f->failed = true;
    else if (!contains(names, *count, name))
        names[(*count)++] = (nw_symbol){name};
}

/* ---- what the function is ---- */

static bool is_called_so(nw_writer *writer, uint32_t node, const char *setting)
{
    nw_source_call call;
    return writer->ast->nodes[node].kind == NW_NODE_CALL && nw_source_call_read(writer, node, &call) && nw_translations_holds(&writer->migration->tables, setting, call.name, NULL);
}

static bool read_graph(nw_writer *writer, uint32_t node, graph_parts *parts)
{
    if (!is_called_so(writer, node, "graphs"))
        return false;
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[node].b);
    *parts = (graph_parts){.call = node};
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *n = &writer->ast->nodes[arguments.items[i]];
        const char *name = n->kind != NW_NODE_KEYWORD ? (i == 0 ? "inputs" : i == 1 ? "outputs" : "name") : nw_bytes(writer->eval, (nw_symbol){n->a});
        uint32_t value = n->kind == NW_NODE_KEYWORD ? n->b : arguments.items[i];
        if (strcmp(name, "inputs") == 0)
            parts->inputs = value;
        else if (strcmp(name, "outputs") == 0)
            parts->outputs = value;
        else if (strcmp(name, "name") != 0)
            return false;
    }
    return parts->inputs && parts->outputs;
}

static uint32_t target_of(const nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(writer->ast, n->a) : (nw_list){0};
    return targets.count == 1 && writer->ast->nodes[targets.items[0]].kind == NW_NODE_NAME ? targets.items[0] : 0;
}

/* Assignments to names, then `return Model(...)`, or `model = Model(...)` and `return model`. */
static bool read_function(nw_writer *writer, const nw_ast_function *code, graph_parts *parts)
{
    nw_list body = nw_ast_list(writer->ast, code->body);
    uint32_t last = body.count ? body.items[body.count - 1] : 0;
    if (body.count < 3 || writer->ast->nodes[last].kind != NW_NODE_RETURN || !writer->ast->nodes[last].a)
        return false;
    for (uint32_t i = 0; i + 1 < body.count; i++) {
        const nw_node *n = &writer->ast->nodes[body.items[i]];
        bool text = n->kind == NW_NODE_EXPRESSION && writer->ast->nodes[n->a].kind == NW_NODE_STRING;
        if (!text && !target_of(writer, body.items[i]))
            return false;
    }
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].kind != NW_PARAMETER_NORMAL || code->parameters[i].annotation)
            return false;
    uint32_t value = writer->ast->nodes[last].a, before = body.items[body.count - 2];
    bool found = read_graph(writer, value, parts);
    parts->at = parts->end = body.count - 1;
    if (!found && writer->ast->nodes[value].kind == NW_NODE_NAME && target_of(writer, before) && writer->ast->nodes[target_of(writer, before)].a == writer->ast->nodes[value].a) {
        found = read_graph(writer, writer->ast->nodes[before].b, parts);
        parts->at = body.count - 2;
        parts->end = body.count - 1;
    }
    return found;
}

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

static const char *attribute_for(nw_writer *writer, uint32_t constructor, const char *class_name)
{
    nw_functional *f = writer->functional;
    nw_list arguments = nw_ast_list(writer->ast, writer->ast->nodes[constructor].b);
    char base[80], text[96];
    size_t size = 0; /* GlobalAveragePooling2D: global_average_pooling2d */
    for (const char *c = class_name; *c && size + 2 < sizeof base; c++) {
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
            snprintf(base, sizeof base, "%s", given);
    }
    snprintf(text, sizeof text, "%s", base);
    for (int i = 2; contains(f->attributes, f->attribute_count, nw_symbol_of(writer->eval->symbols, text).v) ||
                    nw_translations_holds(&writer->migration->tables, "reserved", nw_symbol_of(writer->eval->symbols, text), NULL); i++)
        snprintf(text, sizeof text, "%s%d", base, i);
    nw_symbol name = nw_symbol_of(writer->eval->symbols, text);
    put(f, f->attributes, &f->attribute_count, name.v);
    return nw_bytes(writer->eval, name);
}

static void add_line(nw_writer *writer, const char *attribute, uint32_t value)
{
    nw_functional *f = writer->functional;
    const char *text = nw_written(writer, value);
    nw_buffer_format(&f->init, "\n%.*s%.*sself.%s = %s", f->indent_size, f->indent, f->indent_size, f->indent, attribute, text);
    f->failed |= strchr(text, '\n') != NULL;
}

bool nw_write_functional_call(nw_writer *writer, uint32_t node)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[node];
    if (!f || writer->ast->nodes[n->a].kind != NW_NODE_CALL)
        return false;
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, n->a);
    f->failed |= !first; /* what it makes would be made anew in each call */
    if (!first || first->result.kind != NW_INSTANCE || !first->result.as.instance->class_->is_module)
        return false;
    const char *attribute = attribute_for(writer, n->a, nw_bytes(writer->eval, first->result.as.instance->class_->name));
    add_line(writer, attribute, n->a);
    nw_list arguments = nw_ast_list(writer->ast, n->b);
    nw_buffer_format(writer->out, "self.%s(", attribute);
    for (uint32_t i = 0; i < arguments.count; i++) {
        const nw_node *argument = &writer->ast->nodes[arguments.items[i]];
        f->failed |= argument->kind == NW_NODE_KEYWORD || argument->kind == NW_NODE_STARRED;
        nw_buffer_text(writer->out, i ? ", " : "");
        nw_write_node(writer, arguments.items[i]);
    }
    nw_buffer_byte(writer->out, ')');
    writer->changed = true;
    return true;
}

bool nw_write_functional_name(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    if (!writer->functional || !contains(writer->functional->layers, writer->functional->layer_count, n->a))
        return false;
    nw_buffer_format(writer->out, "self.%s", nw_bytes(writer->eval, (nw_symbol){n->a}));
    return true;
}

/* ---- statements ---- */

static bool mentions_value(const nw_writer *writer, uint32_t node)
{
    const nw_node *outer = &writer->ast->nodes[node];
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        if (n->kind == NW_NODE_NAME && n->start >= outer->start && n->end <= outer->end && contains(writer->functional->values, writer->functional->value_count, n->a))
            return true;
    }
    return false;
}

/* The text of a statement that goes: its comments. */
static void write_comments(nw_writer *writer, const nw_node *n)
{
    for (uint32_t at = n->start; at < n->end; at++) {
        uint32_t end = at;
        if (writer->bytes[at] != '#')
            continue;
        while (end < n->end && writer->bytes[end] != '\n')
            end++;
        nw_write_source(writer, at, end);
        nw_buffer_format(writer->out, "\n%.*s", writer->functional->indent_size, writer->functional->indent);
        at = end;
    }
    nw_buffer_byte(writer->out, NW_TEXT_REMOVED);
}

/* One statement of the function, as a line of forward, of __init__, or none. */
static void write_part(nw_writer *writer, uint32_t statement)
{
    nw_functional *f = writer->functional;
    const nw_node *n = &writer->ast->nodes[statement];
    uint32_t target = target_of(writer, statement);
    const nw_trace_entry *made = target ? nw_sites_first(writer->migration->sites, writer->module, n->b) : NULL;
    if (!target) {
        nw_write_statement(writer, statement);
    } else if (is_called_so(writer, n->b, "inputs")) {
        put(f, f->values, &f->value_count, writer->ast->nodes[target].a);
        write_comments(writer, n);
    } else if (mentions_value(writer, n->b)) {
        nw_write_statement(writer, statement);
        put(f, f->values, &f->value_count, writer->ast->nodes[target].a);
    } else if (made && made->result.kind == NW_INSTANCE && made->result.as.instance->class_->is_module) {
        nw_symbol name = {writer->ast->nodes[target].a};
        f->failed |= contains(f->attributes, f->attribute_count, name.v) || nw_translations_holds(&writer->migration->tables, "reserved", name, NULL);
        put(f, f->attributes, &f->attribute_count, name.v);
        add_line(writer, nw_bytes(writer->eval, name), n->b);
        put(f, f->layers, &f->layer_count, name.v);
        write_comments(writer, n);
    } else {
        nw_buffer_format(&f->init, "\n%.*s%.*s%s = %s", f->indent_size, f->indent, f->indent_size, f->indent, nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[target].a}), nw_written(writer, n->b));
        write_comments(writer, n);
    }
}

static void write_forward(nw_writer *writer, const nw_ast_function *code, const graph_parts *parts, nw_buffer *text)
{
    nw_list body = nw_ast_list(writer->ast, code->body);
    nw_buffer *outer = writer->out;
    writer->out = text;
    const nw_node *first = &writer->ast->nodes[body.items[0]];
    bool documented = first->kind == NW_NODE_EXPRESSION;
    uint32_t at = documented ? first->end : first->start;
    for (uint32_t i = documented; i < body.count; i++) {
        const nw_node *n = &writer->ast->nodes[body.items[i]];
        nw_write_source(writer, at, n->start);
        if (i == parts->end) {
            nw_buffer_text(text, "return ");
            nw_write_enclosed(writer, parts->outputs);
        } else if (i == parts->at) {
            write_comments(writer, n);
        } else {
            write_part(writer, body.items[i]);
        }
        at = n->end;
    }
    writer->out = outer;
}

static bool write_parameters(nw_writer *writer, uint32_t inputs, nw_buffer *text)
{
    const nw_node *n = &writer->ast->nodes[inputs];
    bool list = n->kind == NW_NODE_LIST || n->kind == NW_NODE_TUPLE;
    nw_list items = list ? nw_ast_list(writer->ast, n->a) : (nw_list){&inputs, 1};
    for (uint32_t i = 0; i < items.count; i++) {
        if (writer->ast->nodes[items.items[i]].kind != NW_NODE_NAME)
            return false;
        nw_buffer_format(text, ", %s", nw_bytes(writer->eval, (nw_symbol){writer->ast->nodes[items.items[i]].a}));
    }
    return true;
}

/* build_model as BuildModel */
static bool class_name(const nw_writer *writer, const char *name, char *out, size_t size)
{
    size_t at = 0;
    bool upper = true;
    for (const char *c = name; *c && at + 1 < size; c++) {
        if (*c != '_')
            out[at++] = (char)(upper ? toupper((unsigned char)*c) : *c);
        upper = *c == '_';
    }
    out[at] = 0;
    nw_symbol symbol = nw_symbol_of(writer->eval->symbols, out);
    return at && strcmp(out, name) != 0 && !nw_ast_binds(writer->ast, symbol) && !nw_dict_find_name(writer->module->globals, symbol);
}

/* Lines move to the right by one level. */
static void write_deeper(nw_buffer *out, const nw_buffer *text, const char *indent, int size)
{
    for (size_t i = 0; i < text->size; i++) {
        nw_buffer_byte(out, text->bytes[i]);
        if (text->bytes[i] == '\n' && i + 1 < text->size && text->bytes[i + 1] != '\n')
            nw_buffer_add(out, indent, (size_t)size);
    }
}

static void write_class(nw_writer *writer, uint32_t node, const char *name, const nw_buffer *forward, const nw_buffer *parameters)
{
    const nw_ast_function *code = &writer->ast->functions[writer->ast->nodes[node].a];
    const nw_functional *f = writer->functional;
    nw_buffer *out = writer->out;
    const nw_node *first = &writer->ast->nodes[nw_ast_list(writer->ast, code->body).items[0]];
    const char *in = f->indent;
    int size = f->indent_size;
    nw_buffer_format(out, "class %s(", name);
    nw_write_setting_name(writer, "module_class");
    nw_buffer_text(out, "):\n");
    if (first->kind == NW_NODE_EXPRESSION) {
        nw_buffer_format(out, "%.*s", size, in);
        nw_write_source(writer, first->start, first->end);
        nw_buffer_text(out, "\n\n");
    }
    nw_buffer_format(out, "%.*sdef __init__(self", size, in);
    for (uint32_t i = 0; i < code->parameter_count; i++) {
        nw_buffer_text(out, ", ");
        nw_write_source(writer, code->parameters[i].start, code->parameters[i].end);
    }
    nw_buffer_format(out, "):\n%.*s%.*ssuper().__init__()", size, in, size, in);
    nw_buffer_add(out, f->init.bytes, f->init.size);
    nw_buffer_format(out, "\n\n%.*sdef forward(self%s):\n%.*s%.*s", size, in, parameters->bytes ? parameters->bytes : "", size, in, size, in);
    size_t start = 0;
    while (start < forward->size && strchr(" \n", forward->bytes[start]))
        start++;
    write_deeper(out, &(nw_buffer){.bytes = forward->bytes + start, .size = forward->size - start}, in, size);
    nw_buffer_text(out, "\n\n\n");
    nw_write_source(writer, writer->ast->nodes[node].start, code->parameter_count ? code->parameters[code->parameter_count - 1].end : writer->ast->nodes[code->name_node].end);
    nw_buffer_format(out, code->parameter_count ? "):\n%.*sreturn %s(" : "():\n%.*sreturn %s(", size, in, name);
    for (uint32_t i = 0; i < code->parameter_count; i++)
        nw_buffer_format(out, "%s%s", i ? ", " : "", nw_bytes(writer->eval, code->parameters[i].name));
    nw_buffer_byte(out, ')');
    writer->changed = true;
}

bool nw_write_functional(nw_writer *writer, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    const nw_ast_function *code = &writer->ast->functions[n->a];
    graph_parts parts;
    char name[96];
    if (!writer->migration->tables.by_hand || writer->function || writer->class_node || writer->functional || nw_ast_list(writer->ast, n->b).count || code->returns ||
        !nw_sites_reached(writer->migration->sites, writer->module, n->start, n->end) || !read_function(writer, code, &parts) || !class_name(writer, nw_bytes(writer->eval, code->name), name, sizeof name))
        return false;
    uint32_t body = writer->ast->nodes[nw_ast_list(writer->ast, code->body).items[0]].start, line = nw_source_line_start(&writer->module->source, body);
    nw_functional functional = {.indent = writer->bytes + line, .indent_size = (int)(body - line)};
    nw_buffer forward, parameters;
    nw_buffer_init(&forward);
    nw_buffer_init(&parameters);
    nw_buffer_init(&functional.init);
    uint32_t outer = writer->function;
    writer->functional = &functional;
    writer->function = n->a;
    write_forward(writer, code, &parts, &forward);
    writer->function = outer;
    functional.failed |= !write_parameters(writer, parts.inputs, &parameters);
    if (functional.failed)
        nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "%s", nw_bytes(writer->eval, code->name));
    write_class(writer, node, name, &forward, &parameters);
    writer->functional = NULL;
    nw_buffer_release(&forward);
    nw_buffer_release(&parameters);
    nw_buffer_release(&functional.init);
    return true;
}
