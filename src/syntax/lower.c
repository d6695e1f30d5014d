#include "syntax/lower.h"
#include "syntax/repair.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nested functions: a NAME counts the frames up to its own in a byte. */
enum { MAX_SCOPE_DEPTH = 200 };

static void read_current(nw_lowering *l)
{
    TSNode node = ts_tree_cursor_current_node(&l->cursor);
    l->kind = nw_cst_table_kind(&l->table, ts_node_symbol(node));
    l->start = ts_node_start_byte(node);
    l->end = ts_node_end_byte(node);
}

static bool skip_extras(nw_lowering *l)
{
    for (;;) {
        read_current(l);
        if (l->kind != NW_CST_COMMENT && l->kind != NW_CST_LINE_CONTINUATION)
            return true;
        if (!ts_tree_cursor_goto_next_sibling(&l->cursor))
            return false;
    }
}

/* To the first child that is not a comment; stays when there is none. */
bool nw_lower_enter(nw_lowering *l)
{
    if (!ts_tree_cursor_goto_first_child(&l->cursor))
        return false;
    if (skip_extras(l))
        return true;
    nw_lower_leave(l);
    return false;
}

bool nw_lower_next(nw_lowering *l)
{
    return ts_tree_cursor_goto_next_sibling(&l->cursor) && skip_extras(l);
}

void nw_lower_leave(nw_lowering *l)
{
    ts_tree_cursor_goto_parent(&l->cursor);
    read_current(l);
}

bool nw_lower_node_has_error(const nw_lowering *l)
{
    return l->has_error && ts_node_has_error(ts_tree_cursor_current_node(&l->cursor));
}

static void *grow(void *items, uint32_t *capacity, size_t item_size)
{
    *capacity = *capacity ? *capacity * 2 : 256;
    void *larger = realloc(items, *capacity * item_size);
    if (!larger) {
        fputs("netwright: out of memory\n", stderr);
        exit(3);
    }
    return larger;
}

uint32_t nw_lower_add(nw_lowering *l, nw_node_kind kind, uint32_t start, uint32_t end, uint32_t a, uint32_t b, uint32_t c)
{
    nw_ast *ast = l->ast;
    if (ast->node_count == ast->node_capacity)
        ast->nodes = grow(ast->nodes, &ast->node_capacity, sizeof *ast->nodes);
    ast->nodes[ast->node_count] = (nw_node){.kind = (uint8_t)kind, .start = start, .end = end, .a = a, .b = b, .c = c};
    return ast->node_count++;
}

uint32_t nw_lower_error(nw_lowering *l, uint32_t start, uint32_t end)
{
    if (l->ast->error_count++ == 0 || start < l->ast->first_error)
        l->ast->first_error = start;
    return nw_lower_add(l, NW_NODE_ERROR, start, end, 0, 0, 0);
}

nw_symbol nw_lower_symbol(nw_lowering *l, uint32_t start, uint32_t end)
{
    return nw_symbol_intern(l->symbols, l->text + start, end - start);
}

static bool is_private(const char *text, uint32_t size)
{
    return size > 2 && text[0] == '_' && text[1] == '_' && !(text[size - 1] == '_' && text[size - 2] == '_');
}

uint32_t nw_lower_name(nw_lowering *l, uint32_t start, uint32_t end, uint16_t flags)
{
    if (is_private(l->text + start, end - start))
        flags |= NW_NAME_PRIVATE;
    uint32_t id = nw_lower_add(l, NW_NODE_NAME, start, end, nw_lower_symbol(l, start, end).v, 0, l->scope);
    l->ast->nodes[id].flags = flags;
    return id;
}

/* a.b.c without the spaces, comments and line continuations that may stand between. */
nw_symbol nw_lower_dotted_name(nw_lowering *l)
{
    nw_buffer_clear(&l->bytes);
    if (nw_lower_enter(l)) {
        do {
            if (l->kind == NW_CST_IDENTIFIER)
                nw_buffer_add(&l->bytes, l->text + l->start, l->end - l->start);
            else if (l->kind == NW_CST_DOT_TOKEN)
                nw_buffer_byte(&l->bytes, '.');
        } while (nw_lower_next(l));
        nw_lower_leave(l);
    }
    return nw_symbol_intern(l->symbols, l->bytes.bytes, l->bytes.size);
}

void nw_lower_push(nw_lowering *l, uint32_t entry)
{
    if (l->pending_count == l->pending_capacity)
        l->pending = grow(l->pending, &l->pending_capacity, sizeof *l->pending);
    l->pending[l->pending_count++] = entry;
}

static uint32_t *add_extra(nw_lowering *l, uint32_t count)
{
    nw_ast *ast = l->ast;
    while (ast->extra_capacity - ast->extra_count < count)
        ast->extra = grow(ast->extra, &ast->extra_capacity, sizeof *ast->extra);
    ast->extra_count += count;
    return ast->extra + ast->extra_count - count;
}

uint32_t nw_lower_list(nw_lowering *l, uint32_t mark)
{
    uint32_t count = l->pending_count - mark;
    if (count == 0)
        return 0;
    uint32_t *entries = add_extra(l, count + 1);
    entries[0] = count;
    memcpy(entries + 1, l->pending + mark, count * sizeof *entries);
    l->pending_count = mark;
    return (uint32_t)(entries - l->ast->extra);
}

uint32_t nw_lower_record(nw_lowering *l, const uint32_t *entries, uint32_t count)
{
    uint32_t *room = add_extra(l, count);
    memcpy(room, entries, count * sizeof *entries);
    return (uint32_t)(room - l->ast->extra);
}

uint32_t nw_lower_scope(nw_lowering *l, nw_scope_kind kind)
{
    nw_ast *ast = l->ast;
    if (l->scope_depth >= MAX_SCOPE_DEPTH)
        return 0;
    if (ast->function_count == ast->function_capacity)
        ast->functions = grow(ast->functions, &ast->function_capacity, sizeof *ast->functions);
    ast->functions[ast->function_count] = (nw_ast_function){.scope = (uint8_t)kind, .parent = l->scope};
    return ast->function_count++;
}

static TSTree *parse_text(const nw_source *source)
{
    TSParser *parser = ts_parser_new();
    if (!parser || !ts_parser_set_language(parser, tree_sitter_python())) {
        ts_parser_delete(parser);
        return NULL;
    }
    TSTree *tree = ts_parser_parse_string(parser, NULL, source->text, source->size);
    if (tree && ts_node_has_error(ts_tree_root_node(tree))) {
        char *repaired = nw_repair_text(source->text, source->size);
        TSTree *second = repaired ? ts_parser_parse_string(parser, NULL, repaired, source->size) : NULL;
        bool better = second && !ts_node_has_error(ts_tree_root_node(second));
        ts_tree_delete(better ? tree : second);
        tree = better ? second : tree;
        free(repaired);
    }
    ts_parser_delete(parser);
    return tree;
}

static void lower_module(nw_lowering *l, TSTree *tree)
{
    TSNode root = ts_tree_root_node(tree);
    l->cursor = ts_tree_cursor_new(root);
    l->has_error = ts_node_has_error(root);
    read_current(l);
    uint32_t body = nw_lower_block(l);
    l->ast->functions[0].body = body;
    ts_tree_cursor_delete(&l->cursor);
}

/* The arrays at their final size, in the arena. */
static void settle(nw_lowering *l)
{
    nw_ast *ast = l->ast;
    nw_node *nodes = ast->nodes;
    uint32_t *extra = ast->extra;
    nw_ast_function *functions = ast->functions;
    ast->nodes = nw_arena_copy(l->arena, nodes, ast->node_count * sizeof *nodes);
    ast->extra = nw_arena_copy(l->arena, extra, ast->extra_count * sizeof *extra);
    ast->functions = nw_arena_copy(l->arena, functions, ast->function_count * sizeof *functions);
    ast->node_capacity = ast->node_count;
    ast->extra_capacity = ast->extra_count;
    ast->function_capacity = ast->function_count;
    free(nodes);
    free(extra);
    free(functions);
    free(l->pending);
    nw_buffer_release(&l->bytes);
}

nw_ast *nw_syntax_parse(const nw_source *source, nw_arena *arena, nw_symbols *symbols)
{
    nw_ast *ast = nw_arena_zero(arena, sizeof *ast);
    ast->source = source;
    nw_lowering l = {.text = source->text, .size = source->size, .arena = arena, .symbols = symbols, .ast = ast};
    nw_buffer_init(&l.bytes);
    nw_lower_add(&l, NW_NODE_ABSENT, 0, 0, 0, 0, 0);
    *add_extra(&l, 1) = 0;
    nw_lower_scope(&l, NW_SCOPE_MODULE);
    nw_cst_table_fill(&l.table, tree_sitter_python());
    TSTree *tree = parse_text(source);
    if (tree)
        lower_module(&l, tree);
    else
        nw_lower_push(&l, nw_lower_error(&l, 0, source->size));
    if (!tree)
        ast->functions[0].body = nw_lower_list(&l, 0);
    ts_tree_delete(tree);
    settle(&l);
    return ast;
}
