#include "migrate/translation_rows.h"

#include "base/embedded.h"
#include "syntax/compiled.h"

#include <string.h>

/* ---- the index ---- */

static uint32_t first_slot(const nw_translation_rows *rows, uint32_t kind, nw_symbol name)
{
    return (name.v * (NW_ROW_KINDS + 1) + kind) * 2654435761u & (rows->index_size - 1);
}

static uint32_t slot_of(const nw_translation_rows *rows, nw_row_kind kind, nw_symbol name)
{
    uint32_t at = first_slot(rows, (uint32_t)kind, name);
    while (rows->index[at]) {
        const nw_translation *row = &rows->items[rows->index[at] - 1];
        if (row->kind == kind && row->name.v == name.v)
            break;
        at = (at + 1) & (rows->index_size - 1);
    }
    return at;
}

/* Adapters are found by their own name too. */
static uint32_t own_slot_of(const nw_translation_rows *rows, nw_symbol own_name)
{
    uint32_t at = first_slot(rows, NW_ROW_KINDS, own_name);
    while (rows->own_index[at] && rows->items[rows->own_index[at] - 1].own_name.v != own_name.v)
        at = (at + 1) & (rows->index_size - 1);
    return at;
}

static bool is_adapter(const nw_translation *row)
{
    return row->kind == NW_ROW_ADAPTER || row->kind == NW_ROW_LAST_ADAPTER;
}

static void build_index(nw_translation_rows *rows, nw_arena *arena)
{
    rows->index_size = 64;
    while (rows->index_size < 2 * rows->count)
        rows->index_size *= 2;
    rows->index = nw_arena_zero(arena, rows->index_size * sizeof *rows->index);
    rows->own_index = nw_arena_zero(arena, rows->index_size * sizeof *rows->own_index);
    for (uint32_t i = 0; i < rows->count; i++) {
        uint32_t *at = &rows->index[slot_of(rows, rows->items[i].kind, rows->items[i].name)];
        uint32_t *own = is_adapter(&rows->items[i]) ? &rows->own_index[own_slot_of(rows, rows->items[i].own_name)] : NULL;
        if (!*at)
            *at = i + 1;
        if (own && !*own)
            *own = i + 1;
    }
}

uint32_t nw_translation_rows_find(const nw_translation_rows *rows, nw_row_kind kind, nw_symbol name)
{
    return rows->index[slot_of(rows, kind, name)];
}

uint32_t nw_translation_rows_find_own(const nw_translation_rows *rows, nw_symbol own_name)
{
    return rows->own_index[own_slot_of(rows, own_name)];
}

/* ---- reading one table ---- */

static int decorator_kind(const char *decorator)
{
    static const char *const names[] = {"translation", "adapter", "attribute", "value", "dropped"};
    for (int kind = 0; kind <= NW_ROW_DROPPED; kind++)
        if (strcmp(decorator, names[kind]) == 0)
            return kind;
    return -1;
}

static nw_symbol note_of(const nw_ast *ast, nw_list arguments)
{
    for (uint32_t i = 1; i < arguments.count; i++) {
        const nw_node *node = &ast->nodes[arguments.items[i]];
        if (node->kind == NW_NODE_KEYWORD && node->a == NW_NAME_NOTE && ast->nodes[node->b].kind == NW_NODE_STRING)
            return (nw_symbol){ast->nodes[node->b].a};
    }
    return (nw_symbol){0};
}

/* layout="channels_last", ranks=(4,), gain=4, transposes=1, plain=("weight",); the layout is the one that the source does not have. */
static void read_layout(nw_translation *row, const nw_symbols *symbols, const nw_ast *ast, nw_list arguments)
{
    for (uint32_t i = 1; i < arguments.count; i++) {
        const nw_node *node = &ast->nodes[arguments.items[i]];
        if (node->kind != NW_NODE_KEYWORD)
            continue;
        const char *name = nw_symbol_bytes(symbols, (nw_symbol){node->a});
        const nw_node *value = &ast->nodes[node->b];
        if (strcmp(name, "layout") == 0 && value->kind == NW_NODE_STRING && strstr(nw_symbol_bytes(symbols, (nw_symbol){value->a}), "_free"))
            row->kind = NW_ROW_FREE_TRANSLATION;
        else if (strcmp(name, "layout") == 0)
            row->kind = row->kind == NW_ROW_ADAPTER ? NW_ROW_LAST_ADAPTER : row->kind == NW_ROW_ATTRIBUTE ? NW_ROW_LAST_ATTRIBUTE : NW_ROW_LAST_TRANSLATION;
        else if (strcmp(name, "gain") == 0)
            row->gain = value->a;
        else if (strcmp(name, "transposes") == 0)
            row->transposes = value->a;
        else if (strcmp(name, "plain") == 0)
            row->plain = nw_ast_list(ast, value->a);
        else if (strcmp(name, "ranks") == 0)
            for (uint32_t k = 0; k < nw_ast_list(ast, value->a).count; k++)
                row->ranks |= 1u << ast->nodes[nw_ast_list(ast, value->a).items[k]].a;
    }
}

/* The text of a definition: from the line behind its decorators to its end. */
static void find_text(nw_translation *row, const nw_ast *ast, nw_list decorators)
{
    const nw_node *last = &ast->nodes[decorators.items[decorators.count - 1]];
    const char *text = (const char *)nw_embedded_catalog[row->file].bytes;
    row->first = last->end;
    while (text[row->first] && text[row->first] != '\n')
        row->first++;
    row->first += text[row->first] == '\n';
    row->end = ast->nodes[row->node].end;
}

typedef struct reader {
    nw_translation_rows *rows;
    nw_arena *arena;
    const nw_symbols *symbols;
    uint32_t file;
    const nw_ast *ast;
} reader;

static void add_row(const reader *r, uint32_t node, nw_list decorators, const nw_node *call)
{
    const nw_ast *ast = r->ast;
    nw_list arguments = nw_ast_list(ast, call->b);
    int kind = decorator_kind(nw_symbol_bytes(r->symbols, (nw_symbol){ast->nodes[call->a].a}));
    if (kind < 0 || arguments.count == 0 || ast->nodes[arguments.items[0]].kind != NW_NODE_STRING)
        return;
    bool is_class = ast->nodes[node].kind == NW_NODE_CLASS;
    nw_translation row = {.kind = (uint8_t)kind, .name = {ast->nodes[arguments.items[0]].a}, .file = r->file, .node = node, .note = note_of(ast, arguments)};
    read_layout(&row, r->symbols, ast, arguments);
    row.own_name = is_class ? (nw_symbol){ast->nodes[node].a} : ast->functions[ast->nodes[node].a].name;
    find_text(&row, ast, decorators);
    NW_ARENA_RESERVE(r->arena, r->rows->items, r->rows->count, r->rows->capacity);
    r->rows->items[r->rows->count++] = row;
}

void nw_translation_rows_read(nw_translation_rows *rows, nw_arena *arena, const nw_symbols *symbols, uint32_t file)
{
    const nw_ast *ast = nw_compiled_catalog[file];
    const reader r = {rows, arena, symbols, file, ast};
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        if (node->kind != NW_NODE_FUNCTION && node->kind != NW_NODE_CLASS)
            continue;
        nw_list decorators = nw_ast_list(ast, node->kind == NW_NODE_CLASS ? ast->extra[node->b + 2] : node->b);
        for (uint32_t d = 0; d < decorators.count; d++) {
            const nw_node *call = &ast->nodes[decorators.items[d]];
            if (call->kind == NW_NODE_CALL && ast->nodes[call->a].kind == NW_NODE_NAME)
                add_row(&r, body.items[i], decorators, call);
        }
    }
}

/* ---- the cache ---- */

void nw_translation_cache_init(nw_translation_cache *cache)
{
    cache->first = NULL;
    nw_arena_init(&cache->arena);
    pthread_mutex_init(&cache->lock, NULL);
}

void nw_translation_cache_release(nw_translation_cache *cache)
{
    pthread_mutex_destroy(&cache->lock);
    nw_arena_release(&cache->arena);
}

static const nw_translation_rows *find_pair(const nw_translation_cache *cache, const char *from, const char *to)
{
    const nw_translation_rows *rows = cache->first;
    while (rows && (strcmp(rows->from, from) != 0 || strcmp(rows->to, to) != 0))
        rows = rows->next;
    return rows;
}

const nw_translation_rows *nw_translation_cache_get(nw_translation_cache *cache, const char *from, const char *to)
{
    pthread_mutex_lock(&cache->lock);
    const nw_translation_rows *rows = find_pair(cache, from, to);
    pthread_mutex_unlock(&cache->lock);
    return rows;
}

const nw_translation_rows *nw_translation_cache_put(nw_translation_cache *cache, const nw_translation_rows *rows)
{
    pthread_mutex_lock(&cache->lock);
    const nw_translation_rows *known = find_pair(cache, rows->from, rows->to);
    if (!known) {
        nw_arena *arena = &cache->arena;
        nw_translation_rows *kept = nw_arena_copy(arena, rows, sizeof *rows);
        kept->from = nw_arena_copy(arena, rows->from, strlen(rows->from) + 1);
        kept->to = nw_arena_copy(arena, rows->to, strlen(rows->to) + 1);
        kept->items = nw_arena_copy(arena, rows->items, rows->count * sizeof *rows->items);
        build_index(kept, arena);
        kept->next = cache->first;
        known = cache->first = kept;
    }
    pthread_mutex_unlock(&cache->lock);
    return known;
}
