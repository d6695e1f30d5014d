/* Names of the source framework in the entry itself: it is evaluated as it is, in the written program too, where they are gone. */
#include "eval/interpret.h"
#include "migrate/writer.h"
#include "syntax/syntax.h"

#include <string.h>

/* What the file binds a name to belongs to the framework. */
static bool is_of_framework(const nw_writer *writer, nw_symbol name)
{
    const nw_value *bound = nw_dict_find_name(writer->module->globals, name);
    nw_value value = !bound ? nw_unset() : bound->kind == NW_IMPORT ? nw_import_resolve(writer->eval, bound->as.import) : nw_settle(writer->eval, *bound);
    nw_exception_clear(writer->eval);
    nw_symbol full = value.kind == NW_MODULE ? value.as.module->name : value.kind == NW_UNSET ? (nw_symbol){0} : nw_framework_value_name(writer->eval, value);
    return full.v && nw_is_framework_import(writer, full);
}

/* The import that binds the name, or the file's first statement. */
static uint32_t place_of(const nw_writer *writer, nw_symbol name)
{
    const nw_ast *ast = writer->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *node = &ast->nodes[body.items[i]];
        nw_list aliases = nw_ast_list(ast, node->kind == NW_NODE_IMPORT ? node->a : node->kind == NW_NODE_IMPORT_FROM ? node->c : 0);
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            if (alias->b && ast->nodes[alias->b].a == name.v)
                return body.items[i];
        }
    }
    return body.count ? body.items[0] : 0;
}

void nw_refuse_entry_names(nw_writer *writer)
{
    nw_eval *eval = writer->eval;
    nw_source text;
    const char *entry = writer->migration->entry;
    nw_source_borrow(&text, "<entry>", entry, (uint32_t)strlen(entry));
    const nw_ast *ast = nw_syntax_parse(&text, &eval->arena, eval->symbols);
    for (uint32_t i = 1; ast && !ast->error_count && i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        nw_symbol name = {n->a};
        if (n->kind != NW_NODE_NAME || n->flags & NW_NAME_BINDS || !is_of_framework(writer, name))
            continue;
        nw_write_refuse(writer, place_of(writer, name), NW_DIAG_NOT_TRANSLATED, "`%s` in the entry, which is evaluated as it is", nw_bytes(eval, name));
        break;
    }
    nw_source_release(&text);
}
