/* Writes the C file that holds the catalog's syntax trees (declared in src/syntax/compiled.h) and the symbols that they use
 * (nw_preset_symbols of src/base/symbol.h) as constant data.
 *
 * usage: compile_catalog OUTPUT.c
 *
 * It is built from the stages up to names/ alone. Its own symbol table begins without a preset, takes up the names of all
 * catalog files in their order, and is then written as it is: so the ids in the trees need no relocation. */
#include "base/buffer.h"
#include "base/embedded.h"
#include "names/names.h"
#include "syntax/syntax.h"

#include <stdio.h>

const nw_symbol_preset nw_preset_symbols = {0};

static void write_nodes(const nw_ast *ast, uint32_t file, nw_buffer *out)
{
    nw_buffer_format(out, "static const nw_node nodes_%u[] = {\n", file);
    for (uint32_t i = 0; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        nw_buffer_format(out, "{%u,%u,%u,%uu,%uu,%uu,%uu,%uu},\n", node->kind, node->op, node->flags, node->start, node->end, node->a, node->b, node->c);
    }
    nw_buffer_format(out, "};\nstatic const uint32_t extra_%u[] = {", file);
    for (uint32_t i = 0; i < ast->extra_count; i++)
        nw_buffer_format(out, "%s%uu,", i % 16 ? "" : "\n", ast->extra[i]);
    nw_buffer_text(out, "};\n");
}

/* The lists of all functions of a file stand behind one another; a last entry keeps each table from being empty. */
static void write_lists(const nw_ast *ast, uint32_t file, nw_buffer *out)
{
    nw_buffer_format(out, "static const nw_ast_parameter parameters_%u[] = {\n", file);
    for (uint32_t i = 0; i < ast->function_count; i++)
        for (uint32_t p = 0; p < ast->functions[i].parameter_count; p++) {
            const nw_ast_parameter *parameter = &ast->functions[i].parameters[p];
            nw_buffer_format(out, "{.name={%uu},.kind=%u,.is_called=%u,.slot=%u,.annotation=%uu,.default_value=%uu,.start=%uu,.end=%uu},\n",
                             parameter->name.v, parameter->kind, parameter->is_called, parameter->slot, parameter->annotation, parameter->default_value, parameter->start, parameter->end);
        }
    nw_buffer_format(out, "{.name={0}}};\nstatic const nw_symbol slot_names_%u[] = {\n", file);
    for (uint32_t i = 0; i < ast->function_count; i++)
        for (uint32_t s = 0; s < ast->functions[i].slot_count; s++)
            nw_buffer_format(out, "{%uu},", ast->functions[i].slot_names[s].v);
    nw_buffer_format(out, "{0}};\nstatic const uint32_t outer_%u[] = {\n", file);
    for (uint32_t i = 0; i < ast->function_count; i++)
        for (uint32_t o = 0; o < ast->functions[i].outer_count * 3; o++)
            nw_buffer_format(out, "%uu,", ast->functions[i].outer[o]);
    nw_buffer_text(out, "0u};\n");
}

static void write_functions(const nw_ast *ast, uint32_t file, nw_buffer *out)
{
    uint32_t parameters = 0, slots = 0, outer = 0;
    nw_buffer_format(out, "static const nw_ast_function functions_%u[] = {\n", file);
    for (uint32_t i = 0; i < ast->function_count; i++) {
        const nw_ast_function *f = &ast->functions[i];
        nw_buffer_format(out, "{%u,%d,%d,%d,%d,{%uu},%uu,%uu,(nw_ast_parameter *)parameters_%u+%u,%uu,%uu,%uu,%uu,%uu,", f->scope, f->is_lambda,
                         f->is_async, f->is_generator, f->captured, f->name.v, f->node, f->parent, file, parameters, f->parameter_count, f->body,
                         f->returns, f->name_node, f->docstring);
        nw_buffer_format(out, "(nw_symbol *)slot_names_%u+%u,%uu,(uint32_t *)outer_%u+%u,%uu},\n", file, slots, f->slot_count, file, outer, f->outer_count);
        parameters += f->parameter_count;
        slots += f->slot_count;
        outer += f->outer_count * 3;
    }
    nw_buffer_text(out, "};\n");
}

/* The members of nw_ast are not const; nothing writes to a tree once names/ is through with it. */
static void write_tree(const nw_ast *ast, uint32_t file, nw_buffer *out)
{
    write_nodes(ast, file, out);
    write_lists(ast, file, out);
    write_functions(ast, file, out);
    nw_buffer_format(out, "static const nw_ast tree_%u = {.nodes = (nw_node *)nodes_%u, .node_count = %u, .extra = (uint32_t *)extra_%u, .extra_count = %u,\n",
                     file, file, ast->node_count, file, ast->extra_count);
    nw_buffer_format(out, ".functions = (nw_ast_function *)functions_%u, .function_count = %u};\n\n", file, ast->function_count);
}

static void write_text(nw_text text, nw_buffer *out)
{
    nw_buffer_text(out, "{\"");
    for (uint32_t i = 0; i < text.size; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        bool plain = byte >= ' ' && byte < 127 && byte != '"' && byte != '\\' && byte != '?'; /* ?: no trigraphs */
        nw_buffer_format(out, plain ? "%c" : "\\%03o", byte);
    }
    nw_buffer_format(out, "\",%u},\n", text.size);
}

static void write_symbols(nw_symbols *symbols, nw_buffer *out)
{
    nw_symbol_slots *slots = atomic_load(&symbols->slots);
    nw_buffer_text(out, "static const nw_text texts[] = {\n");
    for (uint32_t i = 0; i < symbols->count; i++)
        write_text(nw_symbol_text(symbols, (nw_symbol){i}), out);
    nw_buffer_text(out, "};\nstatic const uint32_t slots[] = {");
    for (uint32_t i = 0; i < slots->count; i++)
        nw_buffer_format(out, "%s%u,", i % 16 ? "" : "\n", atomic_load(&slots->items[i]));
    nw_buffer_format(out, "};\nconst nw_symbol_preset nw_preset_symbols = {texts, slots, %u, %u};\n", symbols->count, slots->count);
}

static bool write_catalog(nw_symbols *symbols, nw_buffer *out)
{
    nw_buffer_text(out, "#include \"syntax/compiled.h\"\n\n");
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++) {
        const nw_embedded_file *file = &nw_embedded_catalog[i];
        nw_source source;
        nw_arena arena;
        nw_arena_init(&arena);
        nw_source_borrow(&source, file->path, (const char *)file->bytes, file->size);
        nw_ast *ast = nw_syntax_parse(&source, &arena, symbols);
        nw_names_resolve(ast, &arena, symbols);
        write_tree(ast, i, out);
        if (ast->error_count)
            fprintf(stderr, "catalog/%s:%u: this does not parse\n", file->path, nw_source_position(&source, ast->first_error).line);
        bool broken = ast->error_count > 0;
        nw_source_release(&source);
        nw_arena_release(&arena);
        if (broken)
            return false;
    }
    nw_buffer_text(out, "const nw_ast *const nw_compiled_catalog[] = {\n");
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++)
        nw_buffer_format(out, "&tree_%u,\n", i);
    nw_buffer_text(out, "NULL};\n\n");
    write_symbols(symbols, out);
    return true;
}

int main(int count, char **arguments)
{
    FILE *file = count == 2 ? fopen(arguments[1], "wb") : NULL;
    if (!file) {
        fputs("usage: compile_catalog OUTPUT.c\n", stderr);
        return 2;
    }
    nw_symbols symbols;
    nw_buffer out;
    nw_symbols_init(&symbols);
    nw_buffer_init(&out);
    bool done = write_catalog(&symbols, &out);
    done &= fwrite(out.bytes, 1, out.size, file) == out.size;
    done &= fclose(file) == 0;
    nw_buffer_release(&out);
    nw_symbols_release(&symbols);
    return done ? 0 : 1;
}
