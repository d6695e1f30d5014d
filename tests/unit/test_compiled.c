/* The catalog's trees that the build wrote: each is what parsing its file now gives, symbol for symbol. */
#include "base/embedded.h"
#include "check.h"
#include "names/names.h"
#include "syntax/compiled.h"
#include "syntax/syntax.h"

static bool same_node(const nw_node *a, const nw_node *b)
{
    return a->kind == b->kind && a->op == b->op && a->flags == b->flags && a->start == b->start && a->end == b->end && a->a == b->a && a->b == b->b &&
           a->c == b->c;
}

static bool same_parameter(const nw_ast_parameter *a, const nw_ast_parameter *b)
{
    return a->name.v == b->name.v && a->kind == b->kind && a->slot == b->slot && a->annotation == b->annotation &&
           a->default_value == b->default_value && a->start == b->start && a->end == b->end;
}

static void compare_functions(const nw_ast_function *got, const nw_ast_function *want)
{
    CHECK(got->scope == want->scope && got->is_lambda == want->is_lambda && got->is_async == want->is_async);
    CHECK(got->is_generator == want->is_generator && got->captured == want->captured && got->name.v == want->name.v);
    CHECK(got->node == want->node && got->parent == want->parent && got->body == want->body && got->returns == want->returns);
    CHECK(got->name_node == want->name_node && got->docstring == want->docstring);
    CHECK_INT(got->parameter_count, want->parameter_count);
    CHECK_INT(got->slot_count, want->slot_count);
    CHECK_INT(got->outer_count, want->outer_count);
    bool same = true;
    for (uint32_t i = 0; i < want->parameter_count; i++)
        same &= same_parameter(&got->parameters[i], &want->parameters[i]);
    for (uint32_t i = 0; i < want->slot_count; i++)
        same &= got->slot_names[i].v == want->slot_names[i].v;
    for (uint32_t i = 0; i < want->outer_count * 3; i++)
        same &= got->outer[i] == want->outer[i];
    CHECK(same);
}

static void compare_trees(const nw_ast *got, const nw_ast *want)
{
    CHECK_INT(got->node_count, want->node_count);
    CHECK_INT(got->extra_count, want->extra_count);
    CHECK_INT(got->function_count, want->function_count);
    bool same = true;
    for (uint32_t i = 0; i < want->node_count; i++)
        same &= same_node(&got->nodes[i], &want->nodes[i]);
    CHECK(same && memcmp(got->extra, want->extra, want->extra_count * sizeof *want->extra) == 0);
    for (uint32_t i = 0; i < want->function_count; i++)
        compare_functions(&got->functions[i], &want->functions[i]);
}

static void test_trees(void)
{
    nw_symbols symbols;
    nw_symbols_init(&symbols);
    uint32_t preset = symbols.count;
    for (uint32_t i = 0; i < nw_embedded_catalog_count; i++) {
        const nw_embedded_file *file = &nw_embedded_catalog[i];
        nw_source source;
        nw_arena arena;
        nw_arena_init(&arena);
        nw_source_borrow(&source, file->path, (const char *)file->bytes, file->size);
        nw_ast *ast = nw_syntax_parse(&source, &arena, &symbols);
        nw_names_resolve(ast, &arena, &symbols);
        compare_trees(nw_compiled_catalog[i], ast);
        nw_source_release(&source);
        nw_arena_release(&arena);
    }
    CHECK_INT(symbols.count, preset); /* the catalog says nothing new */
    nw_symbols_release(&symbols);
}

/* Tables that begin with the preset are tables like any other. */
static void test_symbols(void)
{
    nw_symbols symbols;
    nw_symbols_init(&symbols);
    CHECK_INT(nw_symbol_of(&symbols, "").v, NW_NAME_EMPTY);
    CHECK_INT(nw_symbol_of(&symbols, "__init__").v, NW_NAME_DUNDER_INIT);
    for (uint32_t i = 0; i < nw_preset_symbols.count; i++) {
        nw_text text = nw_symbol_text(&symbols, (nw_symbol){i});
        CHECK(nw_symbol_intern(&symbols, text.bytes, text.size).v == i);
    }
    uint32_t first = symbols.count;
    for (uint32_t i = 0; i < 3 * first; i++) {
        char name[32];
        snprintf(name, sizeof name, "not in the catalog %u", i);
        CHECK(nw_symbol_of(&symbols, name).v == first + i);
    }
    CHECK_TEXT(nw_symbol_bytes(&symbols, (nw_symbol){first + 7}), "not in the catalog 7");
    CHECK_TEXT(nw_symbol_bytes(&symbols, (nw_symbol){NW_NAME_DUNDER_INIT}), "__init__");
    nw_symbols_release(&symbols);
}

int main(void)
{
    test_trees();
    test_symbols();
    return check_report();
}
