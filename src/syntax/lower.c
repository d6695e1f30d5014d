#include "syntax/lower.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nested functions: a NAME counts the frames up to its own in a byte. */
enum { MAX_SCOPE_DEPTH = 200 };

void nw_lower_refresh(nw_lowering *l)
{
    l->kind = l->walk.kind;
    l->start = l->walk.start;
    l->end = l->walk.end;
}

bool nw_lower_enter(nw_lowering *l)
{
    bool entered = nw_cst_walk_enter(&l->walk);
    nw_lower_refresh(l);
    return entered;
}

bool nw_lower_next(nw_lowering *l)
{
    bool moved = nw_cst_walk_next(&l->walk);
    nw_lower_refresh(l);
    return moved;
}

void nw_lower_leave(nw_lowering *l)
{
    nw_cst_walk_leave(&l->walk);
    nw_lower_refresh(l);
}

bool nw_lower_node_has_error(const nw_lowering *l)
{
    return l->has_error && nw_cst_walk_has_error(&l->walk);
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

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f' || byte == '\\';
}

uint32_t nw_lower_outer_start(const nw_lowering *l, uint32_t id)
{
    uint32_t start = l->ast->nodes[id].start;
    if (!(l->ast->nodes[id].flags & NW_NODE_FLAG_PARENTHESIZED))
        return start;
    uint32_t at = start;
    while (at > 0 && is_space(l->text[at - 1]))
        at--;
    return at > 0 && l->text[at - 1] == '(' ? at - 1 : start;
}

uint32_t nw_lower_outer_end(const nw_lowering *l, uint32_t id)
{
    uint32_t end = l->ast->nodes[id].end;
    if (!(l->ast->nodes[id].flags & NW_NODE_FLAG_PARENTHESIZED))
        return end;
    uint32_t at = end;
    while (at < l->size && is_space(l->text[at]))
        at++;
    return at < l->size && l->text[at] == ')' ? at + 1 : end;
}

nw_symbol nw_lower_symbol(nw_lowering *l, uint32_t start, uint32_t end)
{
    return nw_symbol_intern(l->symbols, l->text + start, end - start);
}

static bool is_private(const char *text, uint32_t size)
{
    return size > 2 && text[0] == '_' && text[1] == '_' && !(text[size - 1] == '_' && text[size - 2] == '_');
}

/* Where no keyword can stand the parser reads one as a name. */
static bool is_keyword(const char *text, uint32_t size)
{
    static const char *const keywords[][9] = {
        [2] = {"as", "if", "in", "is", "or"},
        [3] = {"and", "def", "del", "for", "not", "try"},
        [4] = {"elif", "else", "from", "None", "pass", "True", "with"},
        [5] = {"async", "await", "break", "class", "False", "raise", "while", "yield"},
        [6] = {"assert", "except", "global", "import", "lambda", "return"},
        [7] = {"finally"},
        [8] = {"continue", "nonlocal"},
    };
    if (size < 2 || size > 8)
        return false;
    for (const char *const *keyword = keywords[size]; *keyword; keyword++)
        if (**keyword == *text && memcmp(*keyword, text, size) == 0)
            return true;
    return false;
}

uint32_t nw_lower_name(nw_lowering *l, uint32_t start, uint32_t end, uint16_t flags)
{
    if (is_private(l->text + start, end - start))
        flags |= NW_NAME_PRIVATE;
    uint32_t id = nw_lower_add(l, NW_NODE_NAME, start, end, nw_lower_symbol(l, start, end).v, 0, l->scope);
    l->ast->nodes[id].flags = flags;
    return id;
}

uint32_t nw_lower_identifier(nw_lowering *l, uint16_t flags)
{
    if (is_keyword(l->text + l->start, l->end - l->start))
        return nw_lower_error(l, l->start, l->end);
    return nw_lower_name(l, l->start, l->end, flags);
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
    nw_lower_module(&l);
    settle(&l);
    return ast;
}
