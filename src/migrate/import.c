/* Imports of the program's own modules: those that the entry does not need are not migrated, and their imports go with them. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

/* Whether what an alias binds was never looked at. */
static bool is_untouched(const nw_writer *writer, const nw_node *alias)
{
    const nw_value *bound = nw_dict_find_name(writer->module->globals, (nw_symbol){writer->ast->nodes[alias->b].a});
    return bound && bound->kind == NW_IMPORT;
}

/* Whether an import at the top level brings nothing that the entry needs, from a module of the program. */
static bool is_unneeded(nw_writer *writer, const nw_node *statement, const nw_node *alias)
{
    nw_eval *eval = writer->eval;
    bool from = statement->kind == NW_NODE_IMPORT_FROM;
    nw_symbol name = from ? nw_import_absolute_name(eval, writer->module, statement->b, (nw_symbol){statement->a}) : (nw_symbol){alias->a};
    const nw_module *module = nw_import_locate(eval, name);
    nw_exception_clear(eval);
    if (!module || module->is_catalog)
        return false;
    return alias->b ? is_untouched(writer, alias) : module->state != NW_MODULE_DONE;
}

static nw_list aliases_of(const nw_writer *writer, const nw_node *statement)
{
    return nw_ast_list(writer->ast, statement->kind == NW_NODE_IMPORT ? statement->a : statement->c);
}

static bool alias_goes(nw_writer *writer, const nw_node *statement, const nw_node *alias, bool top)
{
    bool framework = statement->kind == NW_NODE_IMPORT ? nw_is_framework_import(writer, (nw_symbol){alias->a})
                                                       : statement->b == 0 && nw_is_framework_import(writer, (nw_symbol){statement->a});
    return framework || (top && is_unneeded(writer, statement, alias));
}

uint8_t nw_plan_import(nw_writer *writer, uint32_t node, bool top)
{
    const nw_node *statement = &writer->ast->nodes[node];
    if (statement->kind != NW_NODE_IMPORT && statement->kind != NW_NODE_IMPORT_FROM)
        return NW_PLAN_KEEP;
    nw_list aliases = aliases_of(writer, statement);
    bool framework = true;
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = &writer->ast->nodes[aliases.items[i]];
        if (!alias_goes(writer, statement, alias, top))
            return NW_PLAN_KEEP;
        framework &= alias_goes(writer, statement, alias, false);
    }
    return framework ? NW_PLAN_IMPORT : NW_PLAN_UNNEEDED;
}

/* `from torchvision.ops import x` within torchvision itself, as `from ..ops import x`: what is written must not need the package that
 * was migrated. */
static bool write_relative(nw_writer *writer, const nw_node *statement)
{
    const char *module = nw_bytes(writer->eval, (nw_symbol){statement->a}), *own = nw_bytes(writer->eval, writer->module->name);
    size_t top = strcspn(module, ".");
    nw_symbol top_name = nw_symbol_intern(writer->eval->symbols, module, top);
    if (statement->b || !nw_translations_holds(&writer->migration->tables, "packages", top_name, NULL) || strncmp(own, module, top) != 0 || own[top] != '.')
        return false;
    nw_buffer_text(writer->out, "from ");
    for (const char *c = own; *c; c++)
        if (*c == '.')
            nw_buffer_byte(writer->out, '.');
    if (writer->module->is_package)
        nw_buffer_byte(writer->out, '.');
    nw_buffer_format(writer->out, "%s ", module[top] ? module + top + 1 : "");
    writer->changed = true;
    return true;
}

/* The aliases that stay, on one line. */
static void write_aliases(nw_writer *writer, const nw_node *statement, bool top)
{
    nw_list aliases = aliases_of(writer, statement);
    bool first = true;
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = &writer->ast->nodes[aliases.items[i]];
        if (alias_goes(writer, statement, alias, top))
            continue;
        nw_buffer_text(writer->out, first ? "" : ", ");
        nw_write_source(writer, alias->start, alias->end);
        first = false;
    }
    writer->changed = true;
}

void nw_write_import(nw_writer *writer, uint32_t node)
{
    const nw_node *statement = &writer->ast->nodes[node];
    nw_list aliases = aliases_of(writer, statement);
    bool top = writer->function == 0 && writer->class_node == 0, some = false;
    for (uint32_t i = 0; i < aliases.count; i++)
        some |= alias_goes(writer, statement, &writer->ast->nodes[aliases.items[i]], top);
    const char *names = strstr(writer->bytes + statement->start, "import");
    uint32_t at = names ? (uint32_t)(names - writer->bytes) : statement->start;
    bool relative = statement->kind == NW_NODE_IMPORT_FROM && write_relative(writer, statement);
    if (!relative)
        nw_write_source(writer, statement->start, at);
    if (!some) {
        nw_write_source(writer, at, statement->end);
        return;
    }
    nw_buffer_text(writer->out, "import ");
    write_aliases(writer, statement, top);
}
