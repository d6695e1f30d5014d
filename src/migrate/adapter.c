/* Adapters: which ones each file needs, which file defines them, and their text.
 * One that several files need is defined in one of them, so that all mean the same class by it. */
#include "eval/interpret.h"
#include "migrate/file_graph.h"

#include <stdio.h>
#include <string.h>

/* ---- what a file needs ---- */

static uint32_t number_of(const nw_writer *writer, const nw_translation *row)
{
    for (uint32_t i = 0; i < writer->adapter_count; i++)
        if (writer->adapters[i].row == row)
            return i;
    return UINT32_MAX;
}

/* Whether the file uses the name for something of its own. */
static bool is_taken(const nw_writer *writer, nw_symbol name)
{
    for (uint32_t i = 0; i < writer->name_count; i++)
        if (writer->names[i].name.v == name.v)
            return false; /* the framework's own, which goes */
    if (writer->star) {
        const nw_value *found = nw_dict_find_name(writer->module->globals, name);
        return nw_ast_binds(writer->ast, name) || (found && found->kind != NW_IMPORT && !nw_framework_value_name(writer->eval, *found).v);
    }
    for (uint32_t i = 1; i < writer->ast->node_count; i++)
        if (writer->ast->nodes[i].kind == NW_NODE_NAME && writer->ast->nodes[i].a == name.v)
            return true;
    return nw_dict_find_name(writer->module->globals, name) != NULL;
}

static bool refers(const nw_translation *row, const nw_node *node)
{
    return node->kind == NW_NODE_NAME && node->start >= row->first && node->end <= row->end && !(node->flags & NW_NAME_BINDS) && node->b != NW_PLACE_SLOT;
}

static uint32_t add(nw_writer *writer, const nw_translation *row)
{
    nw_eval *eval = writer->eval;
    const nw_native_definition *native = nw_native_named(writer->migration->natives, writer->module->name, row->own_name);
    bool follows = native && native->means.v == row->name.v; /* it takes the place of the source's own */
    char name[128];
    snprintf(name, sizeof name, "%s", nw_bytes(eval, row->own_name));
    for (int i = 0; i < 4 && !follows && is_taken(writer, nw_symbol_of(eval->symbols, name)); i++) {
        size_t size = strlen(name);
        snprintf(name + size, sizeof name - size, "_");
    }
    NW_ARENA_RESERVE(&eval->arena, writer->adapters, writer->adapter_count, writer->adapter_capacity);
    uint32_t at = writer->adapter_count++;
    writer->adapters[at] = (nw_needed_adapter){.row = row, .name = nw_arena_copy(&eval->arena, name, strlen(name) + 1), .home = writer};
    const nw_ast *ast = row->module->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        nw_symbol other_name = {ast->nodes[i].a};
        const nw_translation *other = refers(row, &ast->nodes[i]) && other_name.v != row->own_name.v ? nw_translation_adapter(&writer->migration->tables, other_name) : NULL;
        if (other && number_of(writer, other) == UINT32_MAX)
            add(writer, other);
    }
    return at;
}

const char *nw_adapter_name(nw_writer *writer, const nw_translation *row)
{
    uint32_t at = number_of(writer, row);
    if (at == UINT32_MAX)
        at = add(writer, row);
    writer->adapters[at].direct = true;
    return writer->adapters[at].name;
}

/* ---- which file defines it ---- */

/* The first file among those that need an adapter from which all others may import it; UINT32_MAX: there is none. */
static uint32_t choose_home(const nw_file_graph *graph, const nw_translation *row)
{
    for (uint32_t i = 0; i < graph->count; i++) {
        bool fits = number_of(graph->writers[i], row) != UINT32_MAX;
        const bool *users = fits ? nw_file_graph_users(graph, i) : NULL;
        for (uint32_t j = 0; j < graph->count && fits; j++)
            fits = i == j || number_of(graph->writers[j], row) == UINT32_MAX || users[j];
        if (fits)
            return i;
    }
    return UINT32_MAX;
}

static void share(nw_file_graph *graph, const nw_translation *row)
{
    uint32_t home = choose_home(graph, row);
    for (uint32_t i = 0; home != UINT32_MAX && i < graph->count; i++) {
        uint32_t at = number_of(graph->writers[i], row);
        if (at == UINT32_MAX || i == home)
            continue;
        graph->writers[i]->adapters[at].home = graph->writers[home];
        nw_file_graph_add(graph, i, home);
    }
}

void nw_place_adapters(nw_writer **writers, uint32_t count)
{
    if (count == 0)
        return;
    nw_file_graph graph = nw_file_graph_read(writers, count, true);
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < writers[i]->adapter_count; k++) {
            bool before = false;
            for (uint32_t j = 0; j < i; j++)
                before |= number_of(writers[j], writers[i]->adapters[k].row) != UINT32_MAX;
            if (!before)
                share(&graph, writers[i]->adapters[k].row);
        }
}

/* ---- imports of adapters ---- */

void nw_need_adapter_imports(nw_writer *writer)
{
    for (uint32_t i = 0; i < writer->adapter_count; i++) {
        const nw_translation *row = writer->adapters[i].row;
        for (uint32_t k = 1; writer->adapters[i].home == writer && k < row->module->ast->node_count; k++)
            if (refers(row, &row->module->ast->nodes[k]))
                nw_import_text(writer, (nw_symbol){row->module->ast->nodes[k].a});
    }
}

/* Needed here: by the program's text, or by an adapter that this file defines. */
static bool is_needed(const nw_writer *writer, uint32_t number)
{
    if (writer->adapters[number].direct)
        return true;
    for (uint32_t i = 0; i < writer->adapter_count; i++) {
        const nw_translation *row = writer->adapters[i].row;
        for (uint32_t k = 1; i != number && writer->adapters[i].home == writer && k < row->module->ast->node_count; k++)
            if (refers(row, &row->module->ast->nodes[k]) && row->module->ast->nodes[k].a == writer->adapters[number].row->own_name.v)
                return true;
    }
    return false;
}

/* Relative within one package, so that a package of the framework's family does not import itself by that name. */
static void write_module_name(const nw_writer *writer, const nw_writer *home, nw_buffer *out)
{
    const char *own = nw_bytes(writer->eval, writer->module->name), *other = nw_bytes(writer->eval, home->module->name);
    size_t top = strcspn(own, ".");
    bool same = own[top] && strncmp(own, other, top) == 0 && (other[top] == '.' || !other[top]);
    if (!same) {
        nw_buffer_text(out, nw_bytes(writer->eval, nw_migrated_module_name(writer->migration, home->module->name)));
        return;
    }
    for (const char *c = own; *c; c++)
        nw_buffer_text(out, *c == '.' ? "." : "");
    nw_buffer_format(out, "%s%s", writer->module->is_package ? "." : "", other[top] ? other + top + 1 : "");
}

void nw_write_adapter_imports(nw_writer *writer, nw_buffer *out)
{
    for (uint32_t i = 0; i < writer->adapter_count; i++) {
        nw_writer *home = writer->adapters[i].home;
        bool first = home != writer && is_needed(writer, i), some = false;
        for (uint32_t k = 0; first && k < i; k++)
            first = writer->adapters[k].home != home || !is_needed(writer, k);
        if (!first)
            continue;
        nw_buffer_text(out, "from ");
        write_module_name(writer, home, out);
        nw_buffer_text(out, " import ");
        for (uint32_t k = i; k < writer->adapter_count; k++) {
            if (writer->adapters[k].home != home || !is_needed(writer, k))
                continue;
            const char *name = home->adapters[number_of(home, writer->adapters[k].row)].name;
            nw_buffer_format(out, some ? ", %s" : "%s", name);
            if (strcmp(name, writer->adapters[k].name) != 0)
                nw_buffer_format(out, " as %s", writer->adapters[k].name);
            some = true;
        }
        nw_buffer_byte(out, '\n');
    }
}

/* ---- their text ---- */

static const char *name_in_file(const nw_writer *writer, nw_symbol own)
{
    for (uint32_t i = 0; i < writer->adapter_count; i++)
        if (writer->adapters[i].row->own_name.v == own.v)
            return writer->adapters[i].name;
    return NULL;
}

/* The adapter's text, with the names of adapters and modules as they are called in this file. */
static void write_adapter(nw_writer *writer, const nw_translation *row, nw_buffer *out)
{
    const nw_ast *ast = row->module->ast;
    const char *text = row->module->source.bytes;
    uint32_t at = row->first;
    const nw_node *definition = &ast->nodes[row->node];
    uint32_t own = definition->kind == NW_NODE_CLASS ? definition->c : ast->functions[definition->a].name_node;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind != NW_NODE_NAME || node->b == NW_PLACE_SLOT || node->start < at || node->start < row->first || node->end > row->end)
            continue;
        bool binds = node->flags & NW_NAME_BINDS;
        const char *name = name_in_file(writer, (nw_symbol){node->a});
        if ((binds && i != own) || (!name && binds))
            continue;
        if (!name)
            name = nw_import_text(writer, (nw_symbol){node->a});
        nw_buffer_add(out, text + at, node->start - at);
        nw_buffer_text(out, name);
        at = node->end;
    }
    nw_buffer_add(out, text + at, row->end - at);
}

/* An adapter behind those that it refers to: bases are used when a class is made. */
static void write_in_order(nw_writer *writer, uint32_t number, bool *written, nw_buffer *out)
{
    const nw_translation *row = writer->adapters[number].row;
    const nw_ast *ast = row->module->ast;
    if (written[number] || writer->adapters[number].home != writer)
        return;
    written[number] = true;
    for (uint32_t i = 1; i < ast->node_count; i++)
        for (uint32_t k = 0; refers(row, &ast->nodes[i]) && k < writer->adapter_count; k++)
            if (writer->adapters[k].row->own_name.v == ast->nodes[i].a)
                write_in_order(writer, k, written, out);
    nw_buffer_text(out, "\n\n");
    write_adapter(writer, row, out);
    nw_write_adapter_build(writer, row, out);
    nw_buffer_byte(out, '\n');
}

void nw_write_adapters(nw_writer *writer, nw_buffer *out)
{
    bool *written = nw_arena_zero(&writer->eval->arena, writer->adapter_count + 1);
    for (uint32_t i = 0; i < writer->adapter_count; i++)
        write_in_order(writer, i, written, out);
}

/* ---- what they stand for ---- */

void nw_note_stand_ins(nw_writer *writer)
{
    nw_stand_ins *all = &writer->migration->stand_ins;
    for (uint32_t i = 0; i < writer->adapter_count; i++) {
        const nw_translation *adapter = writer->adapters[i].row; /* one for channels last is not what it stands for: it is read */
        bool stands = writer->adapters[i].home == writer && adapter->kind == NW_ROW_ADAPTER;
        const nw_operator_row *row = stands ? nw_row_named(writer->eval, adapter->name) : NULL;
        bool copies = stands && adapter->name.v == nw_symbol_of(writer->eval->symbols, NW_DEEP_COPY).v;
        if (!row && !copies)
            continue;
        NW_ARENA_RESERVE(&writer->eval->arena, all->items, all->count, all->capacity);
        all->items[all->count++] = (nw_stand_in){nw_migrated_module_name(writer->migration, writer->module->name), nw_symbol_of(writer->eval->symbols, writer->adapters[i].name), row};
    }
}
