#include "names/names.h"

static void dump_scope(const nw_ast *ast, const nw_symbols *symbols, uint32_t index, nw_buffer *out)
{
    static const char *const scope_kinds[] = {"module", "function", "class", "comprehension"};
    const nw_ast_function *function = &ast->functions[index];
    const nw_node *node = &ast->nodes[function->node];
    nw_buffer_format(out, "scope %u %s %u-%u in %u%s%s%s", index, function->is_lambda ? "lambda" : scope_kinds[function->scope], node->start, node->end,
                     function->parent, function->name.v ? " " : "", nw_symbol_bytes(symbols, function->name), function->captured ? " captured" : "");
    nw_buffer_byte(out, ':');
    for (uint32_t i = 0; i < function->slot_count; i++)
        nw_buffer_format(out, " %s", nw_symbol_bytes(symbols, function->slot_names[i]));
    nw_buffer_byte(out, '\n');
    for (uint32_t i = 0; i < function->outer_count; i++)
        nw_buffer_format(out, "  else %s up %u slot %u\n", nw_symbol_bytes(symbols, (nw_symbol){function->outer[i * 3]}),
                         function->outer[i * 3 + 1], function->outer[i * 3 + 2]);
}

static void dump_name(const nw_node *node, const nw_symbols *symbols, nw_buffer *out)
{
    nw_buffer_format(out, "%u-%u %s", node->start, node->end, nw_symbol_bytes(symbols, (nw_symbol){node->a}));
    if (node->b == NW_PLACE_GLOBAL)
        nw_buffer_text(out, " global");
    else if (node->b == NW_PLACE_SLOT)
        nw_buffer_format(out, " up %u slot %u", node->op, node->c);
    else
        nw_buffer_format(out, " class slot %u%s", node->c, node->flags & NW_NAME_OUTER ? " else outer" : "");
    nw_buffer_text(out, node->flags & NW_NAME_BINDS ? " binds\n" : "\n");
}

void nw_names_dump(const nw_ast *ast, const nw_symbols *symbols, nw_buffer *out)
{
    for (uint32_t i = 0; i < ast->function_count; i++)
        dump_scope(ast, symbols, i, out);
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME)
            dump_name(&ast->nodes[i], symbols, out);
}
