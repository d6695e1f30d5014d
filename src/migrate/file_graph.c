/* Which files of the program import which. */
#include "migrate/file_graph.h"

#include "eval/interpret.h"

#include <string.h>

/* Makes `reaches` transitive. */
static void close_graph(nw_file_graph *graph)
{
    for (uint32_t k = 0; k < graph->count; k++)
        for (uint32_t i = 0; i < graph->count; i++)
            for (uint32_t j = 0; graph->reaches[i * graph->count + k] && j < graph->count; j++)
                graph->reaches[i * graph->count + j] |= graph->reaches[k * graph->count + j];
}

uint32_t nw_file_graph_find(const nw_file_graph *graph, nw_symbol module)
{
    for (uint32_t i = 0; i < graph->count; i++)
        if (graph->writers[i]->module->name.v == module.v)
            return i;
    return UINT32_MAX;
}

void nw_file_graph_add(nw_file_graph *graph, uint32_t from, uint32_t to)
{
    uint32_t count = graph->count;
    graph->names[from * count + to] = true;
    for (uint32_t i = 0; i < count; i++) {
        if (i != from && !graph->reaches[i * count + from])
            continue;
        graph->reaches[i * count + to] = true;
        for (uint32_t j = 0; j < count; j++)
            graph->reaches[i * count + j] |= graph->reaches[to * count + j];
    }
}

static void find_packages(nw_file_graph *graph)
{
    for (uint32_t i = 0; i < graph->count; i++) {
        const nw_writer *package = graph->writers[i];
        const char *name = nw_bytes(package->eval, package->module->name);
        size_t size = strlen(name);
        for (uint32_t j = 0; j < graph->count && package->module->is_package; j++) {
            const char *other = nw_bytes(package->eval, graph->writers[j]->module->name);
            graph->holds[i * graph->count + j] = strncmp(name, other, size) == 0 && other[size] == '.';
        }
    }
}

/* What runs between the beginning and the end of `home`, if all packages that hold it have begun. */
static void mark_run(const nw_file_graph *graph, uint32_t home, uint32_t file, bool *marked)
{
    marked[file] = true;
    for (uint32_t i = 0; i < graph->count; i++) {
        bool runs = graph->names[file * graph->count + i] || graph->holds[i * graph->count + file];
        if (runs && !marked[i] && !graph->holds[i * graph->count + home])
            mark_run(graph, home, i, marked);
    }
}

/* Whether something of what runs with `home` takes names of a package, which has come only so far by then. */
static bool takes_names(const nw_file_graph *graph, const bool *run, uint32_t package)
{
    for (uint32_t i = 0; i < graph->count; i++)
        if (run[i] && graph->takes[i * graph->count + package])
            return true;
    return false;
}

bool *nw_file_graph_users(const nw_file_graph *graph, uint32_t home)
{
    uint32_t count = graph->count;
    bool *users = nw_arena_zero(&graph->writers[0]->eval->arena, count), *run = nw_arena_zero(&graph->writers[0]->eval->arena, count);
    mark_run(graph, home, home, run);
    for (uint32_t i = 0; i < count; i++)
        users[i] = !run[i];
    for (uint32_t i = 0; i < count; i++) {
        bool takes = graph->holds[i * count + home] && takes_names(graph, run, i);
        for (uint32_t user = 0; user < count && graph->holds[i * count + home]; user++)
            users[user] &= !graph->reaches[i * count + user] || (graph->holds[i * count + user] && (!takes || graph->names[user * count + home]));
    }
    return users;
}

/* An import of pkg.sub.mod runs pkg and pkg.sub as well. */
static void add_import(nw_file_graph *graph, uint32_t from, nw_symbol module)
{
    nw_eval *eval = graph->writers[from]->eval;
    const char *text = nw_bytes(eval, module);
    for (size_t size = strcspn(text, "."); ; size += 1 + strcspn(text + size + 1, ".")) {
        uint32_t to = nw_file_graph_find(graph, nw_symbol_intern(eval->symbols, text, size));
        if (to != UINT32_MAX && to != from)
            graph->reaches[from * graph->count + to] = true;
        if (!text[size])
            return;
    }
}

/* Whether that file stands for a module that a statement names. */
static bool add_name(nw_file_graph *graph, uint32_t from, nw_symbol module)
{
    uint32_t to = nw_file_graph_find(graph, module);
    if (to != UINT32_MAX && to != from)
        graph->names[from * graph->count + to] = true;
    return to != UINT32_MAX;
}

/* Whether a statement stands in a function that nobody called. */
static bool is_unreached(const nw_writer *writer, const nw_node *statement)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t f = 1; f < ast->function_count; f++) {
        const nw_node *node = &ast->nodes[ast->functions[f].node];
        nw_list body = nw_ast_statements(ast, &ast->functions[f]);
        if (ast->functions[f].scope == NW_SCOPE_FUNCTION && body.count && node->start <= statement->start &&
            statement->end <= node->end && !nw_sites_reached(writer->migration->sites, writer->module, ast->nodes[body.items[0]].start, node->end))
            return true;
    }
    return false;
}

static void read_imports(nw_file_graph *graph, uint32_t number, bool all)
{
    nw_writer *writer = graph->writers[number];
    add_import(graph, number, writer->module->name);
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *node = &writer->ast->nodes[i];
        bool gone = !all && (writer->plan[i] & (NW_PLAN_IMPORT | NW_PLAN_UNNEEDED));
        if (gone || (node->kind != NW_NODE_IMPORT && node->kind != NW_NODE_IMPORT_FROM) || (!all && is_unreached(writer, node)))
            continue;
        nw_symbol from = node->kind == NW_NODE_IMPORT_FROM ? nw_import_absolute_name(writer->eval, writer->module, node->b, (nw_symbol){node->a}) : (nw_symbol){0};
        nw_list aliases = nw_ast_list(writer->ast, node->kind == NW_NODE_IMPORT ? node->a : node->c);
        if (from.v)
            add_import(graph, number, from);
        for (uint32_t k = 0; k < aliases.count; k++) {
            nw_symbol name = {writer->ast->nodes[aliases.items[k]].a};
            name = from.v ? nw_symbol_dotted(writer->eval->symbols, from, name) : name;
            add_import(graph, number, name);
            if (add_name(graph, number, name) || !from.v || !add_name(graph, number, from))
                continue;
            graph->takes[number * graph->count + nw_file_graph_find(graph, from)] = true;
        }
    }
    nw_exception_clear(writer->eval);
}

nw_file_graph nw_file_graph_read(nw_writer **writers, uint32_t count, bool all)
{
    nw_arena *arena = &writers[0]->eval->arena;
    size_t size = (size_t)count * count + 1;
    nw_file_graph graph = {writers, count, nw_arena_zero(arena, size), nw_arena_zero(arena, size), nw_arena_zero(arena, size), nw_arena_zero(arena, size)};
    find_packages(&graph);
    for (uint32_t i = 0; i < count; i++)
        read_imports(&graph, i, all);
    close_graph(&graph);
    return graph;
}

bool *nw_file_graph_needed(nw_writer **writers, uint32_t count)
{
    bool *needed = nw_arena_zero(&writers[0]->eval->arena, count);
    nw_file_graph all = nw_file_graph_read(writers, count, true), kept = nw_file_graph_read(writers, count, false);
    for (uint32_t i = 0; i < count; i++) {
        bool imported = false;
        for (uint32_t j = 0; j < count; j++)
            imported |= j != i && all.reaches[j * count + i];
        bool root = i == 0 || !imported; /* the entry's own file comes first */
        for (uint32_t j = 0; j < count && root; j++)
            needed[j] |= j == i || kept.reaches[i * count + j];
    }
    return needed;
}
