/* One file: its statements, and the imports and adapters that they turn out to need. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- what is needed ---- */

void nw_need_import(nw_writer *writer, nw_symbol name)
{
    if (!nw_translations_holds(&writer->migration->tables, "imports", name, NULL))
        return;
    for (uint32_t i = 0; i < writer->import_count; i++)
        if (writer->imports[i].v == name.v)
            return;
    NW_ARENA_RESERVE(&writer->eval->arena, writer->imports, writer->import_count, writer->import_capacity);
    writer->imports[writer->import_count++] = name;
}

/* Whether the program binds the name anywhere in the file: as a variable, parameter, function, class or import of its own. */
static bool is_bound(const nw_writer *writer, nw_symbol name)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t i = 0; i < writer->name_count; i++)
        if (writer->names[i].name.v == name.v)
            return false; /* the framework's own, which goes */
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].a == name.v && (ast->nodes[i].flags & NW_NAME_BINDS))
            return true;
    for (uint32_t f = 1; f < ast->function_count; f++)
        for (uint32_t i = 0; i < ast->functions[f].parameter_count; i++)
            if (ast->functions[f].parameters[i].name.v == name.v)
                return true;
    return false;
}

const char *nw_import_text(nw_writer *writer, nw_symbol name)
{
    nw_eval *eval = writer->eval;
    const char *text = nw_bytes(eval, name);
    nw_value line;
    if (!nw_translations_holds(&writer->migration->tables, "imports", name, &line) || line.kind != NW_STRING)
        return text;
    const char *from = nw_bytes(eval, line.as.symbol), *names = strstr(from, " import ");
    if (strncmp(from, "from ", 5) != 0 || !names || !is_bound(writer, name)) {
        nw_need_import(writer, name);
        return text;
    }
    nw_buffer full; /* from keras import layers: keras.layers */
    nw_buffer_init(&full);
    nw_buffer_format(&full, "%.*s.%s", (int)(names - from - 5), from + 5, text);
    nw_need_import(writer, nw_symbol_intern(eval->symbols, from + 5, (size_t)(names - from) - 5));
    const char *copy = nw_arena_copy(&eval->arena, full.bytes, full.size + 1);
    nw_buffer_release(&full);
    return copy;
}

/* Whether the file uses the name for something of its own. */
static bool is_taken(const nw_writer *writer, nw_symbol name)
{
    for (uint32_t i = 0; i < writer->name_count; i++)
        if (writer->names[i].name.v == name.v)
            return false; /* the framework's own, which goes */
    for (uint32_t i = 1; i < writer->ast->node_count; i++)
        if (writer->ast->nodes[i].kind == NW_NODE_NAME && writer->ast->nodes[i].a == name.v)
            return true;
    return writer->star ? false : nw_dict_find_name(writer->module->globals, name) != NULL;
}

static void need_names_of(nw_writer *writer, const nw_translation *row)
{
    const nw_ast *ast = row->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->start < row->first || node->end > row->end || (node->flags & NW_NAME_BINDS) || node->b == NW_PLACE_SLOT)
            continue;
        nw_symbol name = {node->a};
        const nw_translation *other = name.v == row->own_name.v ? NULL : nw_translation_adapter(&writer->migration->tables, name);
        if (other)
            nw_adapter_name(writer, other);
        else
            nw_import_text(writer, name);
    }
}

const char *nw_adapter_name(nw_writer *writer, const nw_translation *row)
{
    for (uint32_t i = 0; i < writer->adapter_count; i++)
        if (writer->adapters[i] == row)
            return writer->adapter_names[i];
    nw_eval *eval = writer->eval;
    char name[128];
    snprintf(name, sizeof name, "%s", nw_bytes(eval, row->own_name));
    for (int i = 0; i < 4 && is_taken(writer, nw_symbol_of(eval->symbols, name)); i++) {
        size_t size = strlen(name);
        snprintf(name + size, sizeof name - size, "_");
    }
    if (writer->adapter_count == writer->adapter_capacity) {
        uint32_t old = writer->adapter_capacity;
        writer->adapter_capacity = old ? old * 2 : 8;
        writer->adapters = nw_arena_grow(&eval->arena, writer->adapters, old, writer->adapter_capacity, sizeof *writer->adapters);
        writer->adapter_names = nw_arena_grow(&eval->arena, writer->adapter_names, old, writer->adapter_capacity, sizeof *writer->adapter_names);
    }
    uint32_t at = writer->adapter_count++;
    writer->adapters[at] = row;
    writer->adapter_names[at] = nw_arena_copy(&eval->arena, name, strlen(name) + 1);
    need_names_of(writer, row);
    return writer->adapter_names[at];
}

/* ---- their text ---- */

static const char *name_in_file(const nw_writer *writer, nw_symbol own)
{
    for (uint32_t i = 0; i < writer->adapter_count; i++)
        if (writer->adapters[i]->own_name.v == own.v)
            return writer->adapter_names[i];
    return NULL;
}

/* The adapter's text, with the names of adapters as they are called in this file. */
static void write_adapter(nw_writer *writer, const nw_translation *row, nw_buffer *out)
{
    const nw_ast *ast = row->module->ast;
    const char *text = row->module->source.bytes;
    uint32_t at = row->first;
    const nw_node *definition = &ast->nodes[row->node];
    uint32_t own = definition->kind == NW_NODE_CLASS ? definition->c : ast->functions[definition->a].name_node;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        const char *name = node->kind == NW_NODE_NAME && node->b != NW_PLACE_SLOT ? name_in_file(writer, (nw_symbol){node->a}) : NULL;
        if (!name && node->kind == NW_NODE_NAME && node->b != NW_PLACE_SLOT && !(node->flags & NW_NAME_BINDS))
            name = nw_import_text(writer, (nw_symbol){node->a});
        if (!name || node->start < at || node->start < row->first || node->end > row->end || ((node->flags & NW_NAME_BINDS) && i != own))
            continue;
        nw_buffer_add(out, text + at, node->start - at);
        nw_buffer_text(out, name);
        at = node->end;
    }
    nw_buffer_add(out, text + at, row->end - at);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Whether the file keeps an import of that very text. */
static bool is_imported(const nw_writer *writer, const char *line)
{
    const char *found = strstr(writer->bytes, line);
    size_t size = strlen(line);
    while (found && ((found != writer->bytes && found[-1] != '\n') || (found[size] && found[size] != '\n' && found[size] != '\r')))
        found = strstr(found + 1, line);
    return found != NULL;
}

static void write_imports(const nw_writer *writer, nw_buffer *out)
{
    const char *lines[64];
    uint32_t count = 0;
    for (uint32_t i = 0; i < writer->import_count && count < 64; i++) {
        nw_value line;
        if (nw_translations_holds(&writer->migration->tables, "imports", writer->imports[i], &line) && line.kind == NW_STRING &&
            !is_imported(writer, nw_bytes(writer->eval, line.as.symbol)))
            lines[count++] = nw_bytes(writer->eval, line.as.symbol);
    }
    qsort(lines, count, sizeof *lines, by_text);
    for (uint32_t i = 0; i < count; i++)
        if (strncmp(lines[i], "from", 4) != 0)
            nw_buffer_format(out, "%s\n", lines[i]);
    const char *package = "";
    for (uint32_t i = 0; i < count; i++) { /* from keras import layers, ops */
        const char *names = strncmp(lines[i], "from", 4) == 0 ? strstr(lines[i], " import ") : NULL;
        if (!names)
            continue;
        bool same = strncmp(lines[i], package, (size_t)(names - lines[i]) + 8) == 0;
        nw_buffer_format(out, same ? ", %s" : "%s%s", same ? names + 8 : *package ? "\n" : "", lines[i]);
        package = lines[i];
    }
    nw_buffer_text(out, *package ? "\n" : "");
}

static uint32_t number_of(const nw_writer *writer, nw_symbol own)
{
    for (uint32_t i = 0; i < writer->adapter_count; i++)
        if (writer->adapters[i]->own_name.v == own.v)
            return i;
    return UINT32_MAX;
}

/* An adapter behind those that it refers to: bases are used when a class is made. */
static void write_in_order(nw_writer *writer, uint32_t number, bool *written, nw_buffer *out)
{
    const nw_translation *row = writer->adapters[number];
    const nw_ast *ast = row->module->ast;
    if (written[number])
        return;
    written[number] = true;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool refers = node->kind == NW_NODE_NAME && node->start >= row->first && node->end <= row->end && node->b != NW_PLACE_SLOT;
        uint32_t other = refers ? number_of(writer, (nw_symbol){node->a}) : UINT32_MAX;
        if (other != UINT32_MAX)
            write_in_order(writer, other, written, out);
    }
    nw_buffer_text(out, "\n\n");
    write_adapter(writer, row, out);
    nw_buffer_byte(out, '\n');
}

static void write_adapters(nw_writer *writer, nw_buffer *out)
{
    bool *written = nw_arena_zero(&writer->eval->arena, writer->adapter_count + 1);
    for (uint32_t i = 0; i < writer->adapter_count; i++)
        write_in_order(writer, i, written, out);
}

/* ---- the file ---- */

nw_writer *nw_writer_new(nw_migration *migration, nw_module *module)
{
    nw_eval *eval = migration->eval;
    nw_writer *writer = nw_arena_zero(&eval->arena, sizeof *writer);
    writer->migration = migration;
    writer->eval = eval;
    writer->module = module;
    writer->ast = module->ast;
    writer->bytes = module->source.bytes;
    writer->reached = true;
    nw_buffer_init(&writer->comments);
    nw_references_read(writer);
    nw_plan_file(writer);
    return writer;
}

static bool is_docstring(const nw_ast *ast, uint32_t node)
{
    return ast->nodes[node].kind == NW_NODE_EXPRESSION && ast->nodes[ast->nodes[node].a].kind == NW_NODE_STRING;
}


static bool is_preamble(const nw_writer *writer, uint32_t node)
{
    uint8_t kind = writer->ast->nodes[node].kind;
    return kind == NW_NODE_IMPORT || kind == NW_NODE_IMPORT_FROM || is_docstring(writer->ast, node);
}

/* The last statement at the top before which nothing but imports stands; the count of statements when all are such. */
static uint32_t preamble_end(const nw_writer *writer, nw_list body)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < body.count && (is_preamble(writer, body.items[i]) || writer->ast->nodes[body.items[i]].kind == NW_NODE_TRY ||
                                            writer->ast->nodes[body.items[i]].kind == NW_NODE_ASSIGN || writer->ast->nodes[body.items[i]].kind == NW_NODE_IF);
         i++)
        if (is_preamble(writer, body.items[i]))
            last = i + 1;
    return last;
}

static void write_statements(nw_writer *writer)
{
    nw_list body = nw_ast_list(writer->ast, writer->ast->functions[0].body);
    uint32_t at = 0, adapters = preamble_end(writer, body);
    bool placed = false;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *n = &writer->ast->nodes[body.items[i]];
        if (i == adapters && i > 0) {
            uint32_t line = at;
            while (line < n->start && writer->bytes[line] != '\n')
                line++;
            line += line < n->start;
            nw_write_source(writer, at, line);
            nw_buffer_byte(writer->out, NW_TEXT_ADAPTERS);
            placed = true;
            at = line;
        }
        nw_write_source(writer, at, n->start);
        if (i == adapters && !placed) {
            nw_buffer_byte(writer->out, NW_TEXT_ADAPTERS);
            placed = true;
        }
        nw_write_statement(writer, body.items[i]);
        at = n->end;
    }
    nw_write_source(writer, at, writer->module->source.size);
    if (!placed)
        nw_buffer_byte(writer->out, NW_TEXT_ADAPTERS);
}

/* A line that holds nothing but a removed statement goes. */
static size_t skip_removed(const nw_buffer *body, size_t at, nw_buffer *out)
{
    size_t start = out->size;
    while (start > 0 && (out->bytes[start - 1] == ' ' || out->bytes[start - 1] == '\t'))
        start--;
    size_t end = at + 1;
    while (end < body->size && (body->bytes[end] == ' ' || body->bytes[end] == '\t' || body->bytes[end] == '\r'))
        end++;
    bool alone = (start == 0 || out->bytes[start - 1] == '\n') && end < body->size && body->bytes[end] == '\n';
    if (!alone)
        return at + 1;
    out->size = start;
    return end + 1;
}

static size_t skip_place(const nw_buffer *body, size_t at)
{
    return at + 1 < body->size && body->bytes[at + 1] == '\n' ? at + 2 : at + 1;
}

static size_t take_place(nw_writer *writer, const nw_buffer *body, size_t at, nw_migrated_file *file)
{
    nw_arena *arena = &writer->eval->arena;
    uint32_t source = 0;
    for (at++; body->bytes[at] != ';'; at++)
        source = source * 10 + (uint32_t)(body->bytes[at] - '0');
    NW_ARENA_RESERVE(arena, file->places, file->place_count, file->place_capacity);
    file->places[file->place_count++] = (nw_text_place){(uint32_t)file->text.size, source};
    return at + 1;
}

/* The row of what a dotted name means; NULL: it has none, or is a container, which is what it holds. */
static const nw_operator_row *row_of(nw_eval *eval, nw_symbol dotted)
{
    const char *text = nw_bytes(eval, dotted);
    nw_value value = nw_import_module(eval, nw_symbol_intern(eval->symbols, text, strcspn(text, ".")));
    for (const char *at = strchr(text, '.'); at && value.kind != NW_ERROR && value.kind != NW_OPAQUE; at = strchr(at + 1, '.'))
        value = nw_get_attribute(eval, value, nw_symbol_intern(eval->symbols, at + 1, strcspn(at + 1, ".")));
    nw_exception_clear(eval);
    if (value.kind == NW_FUNCTION)
        return value.as.function->row;
    const nw_operator_row *row = value.kind == NW_CLASS ? value.as.class_->row : NULL;
    return row && row->is_layer ? row : NULL;
}

static void note_stand_ins(nw_writer *writer)
{
    nw_stand_ins *all = &writer->migration->stand_ins;
    for (uint32_t i = 0; i < writer->adapter_count; i++) {
        const nw_operator_row *row = row_of(writer->eval, writer->adapters[i]->name);
        if (!row)
            continue;
        NW_ARENA_RESERVE(&writer->eval->arena, all->items, all->count, all->capacity);
        all->items[all->count++] = (nw_stand_in){writer->module->name, nw_symbol_of(writer->eval->symbols, writer->adapter_names[i]), row};
    }
}

static void assemble(nw_writer *writer, const nw_buffer *body, nw_migrated_file *file)
{
    nw_buffer *out = &file->text;
    for (size_t at = 0; at < body->size;) {
        switch (body->bytes[at]) {
        case NW_TEXT_REMOVED: at = skip_removed(body, at, out); break;
        case NW_TEXT_IMPORTS:
            write_imports(writer, out);
            at = skip_place(body, at);
            break;
        case NW_TEXT_ADAPTERS:
            if (!writer->has_place)
                write_imports(writer, out);
            write_adapters(writer, out);
            at++;
            break;
        case NW_TEXT_PLACE: at = take_place(writer, body, at, file); break;
        default: nw_buffer_byte(out, body->bytes[at++]); break;
        }
    }
}

/* The bytes that mark places while text is written must mean nothing in the source. */
static bool holds_marks(const nw_writer *writer)
{
    for (uint32_t i = 0; i < writer->module->source.size; i++)
        if (writer->bytes[i] >= NW_TEXT_REMOVED && writer->bytes[i] <= NW_TEXT_PLACE)
            return true;
    return false;
}

void nw_write_file(nw_writer *writer, nw_migrated_file *file)
{
    if (holds_marks(writer)) {
        nw_write_refuse(writer, 0, NW_DIAG_NOT_TRANSLATED, "a file with control characters");
        nw_buffer_add(&file->text, writer->bytes, writer->module->source.size);
        return;
    }
    nw_buffer body;
    nw_buffer_init(&body);
    writer->out = &body;
    write_statements(writer);
    note_stand_ins(writer);
    file->is_changed = writer->changed;
    if (writer->changed || writer->adapter_count)
        assemble(writer, &body, file);
    else
        nw_buffer_add(&file->text, writer->bytes, writer->module->source.size);
    nw_buffer_release(&body);
    nw_buffer_release(&writer->comments);
}
