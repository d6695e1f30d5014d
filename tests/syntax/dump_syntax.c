/* What the tests of the syntax and names stages read: `dump-syntax ast|names` takes paths, one a line, on its input and
 * answers each with a dump and a NUL byte; `dump-syntax ast|names FILE` prints one dump. */
#include "names/names.h"
#include "syntax/syntax.h"

#include <stdio.h>
#include <string.h>

static void dump(const char *mode, const char *path, nw_buffer *out)
{
    nw_source source;
    nw_buffer_clear(out);
    nw_source_status status = nw_source_load(&source, path, 64u << 20);
    if (status != NW_SOURCE_OK) {
        nw_buffer_format(out, "source status %d: %s\n", (int)status, source.problem);
        nw_source_release(&source);
        return;
    }
    nw_arena arena;
    nw_symbols symbols;
    nw_arena_init(&arena);
    nw_symbols_init(&symbols);
    nw_ast *ast = nw_syntax_parse(&source, &arena, &symbols);
    nw_ast_verify(ast);
    if (strcmp(mode, "ast") == 0) {
        nw_ast_dump(ast, &symbols, out);
    } else {
        nw_names_resolve(ast, &arena, &symbols);
        nw_ast_verify(ast);
        nw_names_dump(ast, &symbols, out);
    }
    nw_arena_release(&arena);
    nw_symbols_release(&symbols);
    nw_source_release(&source);
}

int main(int count, char **arguments)
{
    char path[4096];
    nw_buffer out;
    if (count < 2)
        return 2;
    nw_buffer_init(&out);
    if (count > 2) {
        dump(arguments[1], arguments[2], &out);
        fwrite(out.bytes, 1, out.size, stdout);
    }
    while (count == 2 && fgets(path, sizeof path, stdin)) {
        path[strcspn(path, "\n")] = 0;
        dump(arguments[1], path, &out);
        fwrite(out.bytes, 1, out.size, stdout);
        fputc(0, stdout);
        fflush(stdout);
    }
    nw_buffer_release(&out);
    return 0;
}
