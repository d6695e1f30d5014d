/* Statements at the top level of a file that nothing needs: what they bind is never used by what the entry reaches; and methods that nobody asked
 * for. They matter where they cannot be translated: then they become comments. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <ctype.h>
#include <string.h>

enum { MAX_DEPTH = 5 };

static bool is_used(nw_writer *writer, nw_symbol name, uint32_t but, int depth);

static bool contains(const nw_node *outer, const nw_node *inner)
{
    return outer->start <= inner->start && inner->end <= outer->end;
}

/* The statement of the top level around a node. */
static uint32_t statement_around(const nw_writer *writer, const nw_node *node)
{
    nw_list body = nw_ast_list(writer->ast, writer->ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++)
        if (contains(&writer->ast->nodes[body.items[i]], node))
            return body.items[i];
    return 0;
}

/* Whether a node stands in the body of a function; *ran: one that was called, with all functions around it. */
static bool is_inside_function(const nw_writer *writer, const nw_node *node, bool *ran)
{
    const nw_ast *ast = writer->ast;
    bool inside = false;
    *ran = true;
    for (uint32_t f = 1; f < ast->function_count; f++) {
        nw_list body = nw_ast_statements(ast, &ast->functions[f]);
        if (ast->functions[f].scope != NW_SCOPE_FUNCTION || !body.count)
            continue;
        uint32_t start = ast->nodes[body.items[0]].start, end = ast->nodes[ast->functions[f].node].end;
        if (node->start < start || node->end > end)
            continue;
        inside = true;
        *ran &= nw_sites_reached(writer->migration->sites, writer->module, start, end);
    }
    return inside;
}

static bool is_global(const nw_node *name)
{
    return name->b != NW_PLACE_SLOT || name->flags & NW_NAME_BINDS;
}

/* Names that a statement of the top level binds there. */
static bool binds_here(const nw_writer *writer, const nw_node *statement, uint32_t node)
{
    const nw_node *n = &writer->ast->nodes[node];
    bool ran;
    if (n->kind != NW_NODE_NAME || !(n->flags & NW_NAME_BINDS) || !contains(statement, n))
        return false;
    if (is_inside_function(writer, n, &ran))
        return false;
    for (uint32_t i = 1; i < writer->ast->node_count; i++) { /* attributes of a class */
        const nw_node *other = &writer->ast->nodes[i];
        if (other->kind == NW_NODE_CLASS && contains(other, n) && other->c != node)
            return false;
    }
    return true;
}

static bool is_statement_used(nw_writer *writer, uint32_t statement, int depth)
{
    const nw_node *n = &writer->ast->nodes[statement];
    bool binds = false;
    if (depth == 0)
        return true;
    for (uint32_t i = 1; i < writer->ast->node_count; i++)
        if (binds_here(writer, n, i)) {
            binds = true;
            if (is_used(writer, (nw_symbol){writer->ast->nodes[i].a}, statement, depth))
                return true;
        }
    return !binds;
}

static bool is_used_in_file(nw_writer *writer, nw_symbol name, uint32_t but, int depth)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if (n->kind != NW_NODE_NAME || n->a != name.v || (n->flags & NW_NAME_BINDS) || !is_global(n))
            continue;
        bool ran;
        if (is_inside_function(writer, n, &ran)) {
            if (ran)
                return true;
            continue;
        }
        uint32_t statement = statement_around(writer, n);
        bool definition = statement && (ast->nodes[statement].kind == NW_NODE_CLASS || ast->nodes[statement].kind == NW_NODE_FUNCTION ||
                                        ast->nodes[statement].kind == NW_NODE_ASSIGN);
        if (statement != but && (!definition || is_statement_used(writer, statement, depth - 1)))
            return true;
    }
    return false;
}

/* Whether an import of another file hands the name on to something that uses it. */
static bool is_used_by(nw_writer *other, const nw_module *module, nw_symbol name, int depth)
{
    const nw_ast *ast = other->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if (n->kind != NW_NODE_IMPORT_FROM || (other->plan[i] & (NW_PLAN_IMPORT | NW_PLAN_UNNEEDED)))
            continue;
        nw_symbol from = nw_import_absolute_name(other->eval, other->module, n->b, (nw_symbol){n->a});
        nw_list aliases = nw_ast_list(ast, n->c);
        for (uint32_t k = 0; from.v == module->name.v && k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            if (alias->b && alias->a != name.v)
                continue;
            nw_symbol bound = alias->b ? (nw_symbol){ast->nodes[alias->b].a} : name;
            const nw_value *value = nw_dict_find_name(other->module->globals, bound);
            if (alias->b && value && value->kind == NW_IMPORT) /* never looked at: it goes with its import */
                continue;
            if (alias->b || is_used(other, bound, 0, depth - 1))
                return true;
        }
    }
    return false;
}

static bool is_in_entry(const char *entry, const char *name)
{
    size_t size = strlen(name);
    for (const char *at = strstr(entry, name); at; at = strstr(at + 1, name))
        if ((at == entry || !(isalnum((unsigned char)at[-1]) || at[-1] == '_')) && !(isalnum((unsigned char)at[size]) || at[size] == '_'))
            return true;
    return false;
}

static bool is_used(nw_writer *writer, nw_symbol name, uint32_t but, int depth)
{
    const nw_migration *migration = writer->migration;
    const nw_trace *trace = migration->sites->trace;
    if (depth == 0 || is_in_entry(migration->entry, nw_bytes(writer->eval, name)) || is_used_in_file(writer, name, but, depth))
        return true;
    for (uint32_t i = 0; i < trace->count; i++) {
        const nw_trace_entry *e = &trace->entries[i];
        if (e->kind == NW_TRACE_ATTRIBUTE && !migration->sites->dead[i] && e->a.kind == NW_MODULE && e->a.as.module == writer->module &&
            e->module->ast->nodes[e->node].b == name.v)
            return true;
    }
    for (uint32_t i = 0; i < migration->file_count; i++)
        if (migration->writers[i] != writer && is_used_by(migration->writers[i], writer->module, name, depth))
            return true;
    return false;
}

/* Whether a function of it was called. */
static bool is_called(const nw_writer *writer, const nw_node *statement)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t f = 1; f < ast->function_count; f++) {
        nw_list body = nw_ast_statements(ast, &ast->functions[f]);
        const nw_node *node = &ast->nodes[ast->functions[f].node];
        if (ast->functions[f].scope == NW_SCOPE_FUNCTION && body.count && contains(statement, node) &&
            nw_sites_reached(writer->migration->sites, writer->module, ast->nodes[body.items[0]].start, node->end))
            return true;
    }
    return false;
}

/* Whether a statement reads a name. */
static bool names(const nw_writer *writer, const nw_node *statement, nw_symbol name)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++)
        if (writer->ast->nodes[i].kind == NW_NODE_NAME && writer->ast->nodes[i].a == name.v && contains(statement, &writer->ast->nodes[i]))
            return true;
    return false;
}

bool nw_is_needless(nw_writer *writer, uint32_t statement)
{
    uint8_t kind = writer->ast->nodes[statement].kind;
    bool plain = kind == NW_NODE_CLASS || kind == NW_NODE_FUNCTION || kind == NW_NODE_ASSIGN || kind == NW_NODE_ANNOTATED_ASSIGN || kind == NW_NODE_TRY;
    return !writer->migration->is_open && plain && !is_called(writer, &writer->ast->nodes[statement]) && !is_statement_used(writer, statement, MAX_DEPTH);
}

bool nw_is_needless_method(const nw_writer *writer, uint32_t statement)
{
    const nw_ast *ast = writer->ast;
    const nw_node *n = &ast->nodes[statement];
    const nw_trace *trace = writer->migration->sites->trace;
    nw_list body = nw_ast_list(ast, ast->extra[ast->nodes[writer->class_node].b + 1]);
    bool others = false; /* that stay: a class needs something in it */
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *other = &ast->nodes[body.items[i]];
        others |= other->kind == NW_NODE_FUNCTION && is_called(writer, other);
        if (other->kind != NW_NODE_FUNCTION && other->kind != NW_NODE_EXPRESSION && other->kind != NW_NODE_ANNOTATED_ASSIGN && names(writer, other, ast->functions[n->a].name))
            return false;
    }
    if (writer->migration->is_open || !others || is_called(writer, n))
        return false;
    for (uint32_t i = 0; i < trace->count; i++)
        if (trace->entries[i].kind == NW_TRACE_ATTRIBUTE && trace->entries[i].a.kind != NW_MODULE && trace->entries[i].module->ast->nodes[trace->entries[i].node].b == ast->functions[n->a].name.v)
            return false;
    return true;
}

bool nw_uses_removed(const nw_writer *writer, uint32_t statement)
{
    const nw_node *outer = &writer->ast->nodes[statement];
    for (uint32_t i = 1; writer->removed_count && i < writer->ast->node_count; i++) {
        const nw_node *n = &writer->ast->nodes[i];
        bool ran;
        if (n->kind != NW_NODE_NAME || !contains(outer, n) || (n->flags & NW_NAME_BINDS) || !is_global(n) || is_inside_function(writer, n, &ran))
            continue;
        for (uint32_t k = 0; k < writer->removed_count; k++)
            if (writer->removed[k].v == n->a)
                return true;
    }
    return false;
}

void nw_note_removed(nw_writer *writer, uint32_t statement)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        if (!binds_here(writer, &writer->ast->nodes[statement], i))
            continue;
        NW_ARENA_RESERVE(&writer->eval->arena, writer->removed, writer->removed_count, writer->removed_capacity);
        writer->removed[writer->removed_count++] = (nw_symbol){writer->ast->nodes[i].a};
    }
}
