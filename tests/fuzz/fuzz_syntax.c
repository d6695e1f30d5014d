/* Any bytes as a Python file: the tree is well formed, every place of a name exists, the dumps end, and parsing the same
 * bytes again gives the same tree. */
#include "names/names.h"
#include "syntax/syntax.h"

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds)
{
    if (!holds)
        abort();
}

static nw_ast *read_program(const nw_source *source, nw_arena *arena, nw_symbols *symbols)
{
    nw_ast *ast = nw_syntax_parse(source, arena, symbols);
    nw_ast_verify(ast);
    nw_names_resolve(ast, arena, symbols);
    nw_ast_verify(ast);
    return ast;
}

static void check_places(const nw_ast *ast)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < ast->function_count; i++)
        most = ast->functions[i].slot_count > most ? ast->functions[i].slot_count : most;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if (node->kind == NW_NODE_NAME)
            check(node->b == NW_PLACE_GLOBAL || ((node->b == NW_PLACE_SLOT || node->b == NW_PLACE_CLASS) && node->c < most));
    }
}

static void check_dumps(const nw_ast *ast, const nw_symbols *symbols)
{
    nw_buffer out;
    nw_buffer_init(&out);
    nw_ast_dump(ast, symbols, &out);
    nw_names_dump(ast, symbols, &out);
    check(out.size > 0);
    nw_buffer_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    /* the text of a source is followed by a zero byte */
    char *bytes = malloc(size + 1);
    check(bytes);
    if (size)
        memcpy(bytes, data, size);
    bytes[size] = 0;
    nw_source source;
    nw_arena arena;
    nw_symbols symbols;
    nw_source_borrow(&source, "fuzz.py", bytes, size);
    nw_arena_init(&arena);
    nw_symbols_init(&symbols);
    const nw_ast *first = read_program(&source, &arena, &symbols);
    check_places(first);
    check_dumps(first, &symbols);
    const nw_ast *second = read_program(&source, &arena, &symbols);
    check(first->node_count == second->node_count && first->extra_count == second->extra_count);
    check(memcmp(first->nodes, second->nodes, first->node_count * sizeof *first->nodes) == 0);
    check(nw_source_position(&source, (uint32_t)size).line >= 1);
    nw_symbols_release(&symbols);
    nw_arena_release(&arena);
    nw_source_release(&source);
    free(bytes);
    return 0;
}
