/* Imports of the program's own modules: those that the entry does not need are not migrated, and their imports go with them. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <stdio.h>
#include <string.h>

static bool is_read_between(const nw_ast *ast, uint32_t name, uint32_t start, uint32_t end)
{
    for (uint32_t i = 1; i < ast->node_count; i++)
        if (ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].a == name && ast->nodes[i].start >= start && ast->nodes[i].start < end)
            return true;
    return false;
}

/* Whether the file itself defines the name further down, and nothing in between reads it, nor what the definition derives from or is decorated by. */
static bool is_defined_again(const nw_ast *ast, const nw_node *alias)
{
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *n = &ast->nodes[body.items[i]];
        uint32_t own = n->kind == NW_NODE_CLASS ? n->c : n->kind == NW_NODE_FUNCTION ? ast->functions[n->a].name_node : 0;
        if (!own || n->start <= alias->start || ast->nodes[own].a != ast->nodes[alias->b].a)
            continue;
        nw_list inner = nw_ast_list(ast, n->kind == NW_NODE_CLASS ? ast->extra[n->b + 1] : ast->functions[n->a].body);
        return !is_read_between(ast, ast->nodes[own].a, alias->end, ast->nodes[own].start) &&
               !is_read_between(ast, ast->nodes[own].a, ast->nodes[own].end, inner.count ? ast->nodes[inner.items[0]].start : n->end);
    }
    return false;
}

/* Whether what an alias binds was never looked at. */
static bool is_untouched(const nw_writer *writer, const nw_node *alias)
{
    const nw_value *bound = nw_dict_find_name(writer->module->globals, (nw_symbol){writer->ast->nodes[alias->b].a});
    return bound && (bound->kind == NW_IMPORT || is_defined_again(writer->ast, alias));
}

/* Whether a module is the one that is written, or a package around it: that is there whatever this one imports. */
static bool is_around(const nw_writer *writer, const nw_module *module)
{
    nw_text outer = nw_symbol_text(writer->eval->symbols, module->name), own = nw_symbol_text(writer->eval->symbols, writer->module->name);
    return own.size >= outer.size && memcmp(own.bytes, outer.bytes, outer.size) == 0 && (own.size == outer.size || own.bytes[outer.size] == '.');
}

/* Whether the written module has that name no longer: nobody looked at what it imports, or it is one of the framework's. */
static bool is_gone(nw_writer *writer, const nw_module *module, const nw_node *alias)
{
    const nw_value *there = alias->b && module->globals ? nw_dict_find_name(module->globals, (nw_symbol){alias->a}) : NULL;
    if (!there || there->kind == NW_IMPORT)
        return there != NULL;
    nw_value value = nw_settle(writer->eval, *there);
    nw_symbol name = value.kind == NW_MODULE && value.as.module->is_catalog ? value.as.module->name : nw_framework_value_name(writer->eval, value);
    return name.v && nw_is_framework_import(writer, name);
}

/* Whether an import at the top level brings nothing that the entry needs, from a module of the program. Without an entry all of it is needed. */
static bool is_unneeded(nw_writer *writer, const nw_node *statement, const nw_node *alias)
{
    nw_eval *eval = writer->eval;
    if (writer->migration->is_open)
        return false;
    bool from = statement->kind == NW_NODE_IMPORT_FROM;
    nw_symbol name = from ? nw_import_absolute_name(eval, writer->module, statement->b, (nw_symbol){statement->a}) : (nw_symbol){alias->a};
    const nw_module *module = nw_import_locate(eval, name);
    nw_exception_clear(eval);
    if (!module || module->is_catalog || (nw_sites_is_part(writer->migration->sites, module) && !is_around(writer, module) && !is_gone(writer, module, alias)))
        return false;
    if ((eval->imported_all || eval->imports_at_once) && nw_sites_ran_within(writer->migration->sites, eval, module->name)) /* it may be there for what it does, or for when */
        return false;
    return alias->b ? is_untouched(writer, alias) : module->state != NW_MODULE_DONE;
}

static nw_list aliases_of(const nw_writer *writer, const nw_node *statement)
{
    return nw_ast_list(writer->ast, statement->kind == NW_NODE_IMPORT ? statement->a : statement->c);
}

/* Whether an import at the top level brings a name of the framework that a module of the program has imported itself: that one's import
 * goes, and uses of the name are translated under what it means. */
static bool is_handed_on(nw_writer *writer, const nw_node *statement, const nw_node *alias)
{
    const nw_value *bound = statement->kind == NW_NODE_IMPORT_FROM && alias->b
                                ? nw_dict_find_name(writer->module->globals, (nw_symbol){writer->ast->nodes[alias->b].a}) : NULL;
    nw_value value = bound && bound->kind != NW_IMPORT ? nw_settle(writer->eval, *bound) : nw_unset();
    bool is_module = value.kind == NW_MODULE && value.as.module->is_catalog;
    if (value.kind == NW_METHOD) /* `sign = Sign.apply`: bound to something of the program */
        return false;
    nw_symbol name = is_module ? value.as.module->name : value.kind != NW_UNSET ? nw_framework_value_name(writer->eval, value) : (nw_symbol){0};
    return name.v && nw_is_framework_import(writer, name);
}

/* What another file of the program defined, and the target has itself; NULL: it is something else. */
static const nw_native_definition *native_of(const nw_writer *writer, const nw_node *statement, const nw_node *alias)
{
    if (!writer->migration->natives || statement->kind != NW_NODE_IMPORT_FROM || !alias->b)
        return NULL;
    nw_symbol module = nw_import_absolute_name(writer->eval, writer->module, statement->b, (nw_symbol){statement->a});
    const nw_native_definition *native = nw_native_named(writer->migration->natives, module, (nw_symbol){alias->a});
    return native && native->fate != NW_NATIVE_ASSIGNED && native->fate != NW_NATIVE_ADAPTED ? native : NULL;
}

void nw_need_native(nw_writer *writer, const nw_native_definition *native, nw_symbol name)
{
    nw_eval *eval = writer->eval;
    const char *means = nw_bytes(eval, native->means), *last = strrchr(means, '.');
    writer->changed = true;
    if (native->fate == NW_NATIVE_ADAPTED)
        nw_adapter_name(writer, nw_translation_find(&writer->migration->tables, NW_ROW_ADAPTER, native->means));
    if (native->fate == NW_NATIVE_ASSIGNED)
        nw_need_import(writer, nw_symbol_intern(eval->symbols, means, strcspn(means, ".")));
    if (native->fate != NW_NATIVE_IMPORTED)
        return;
    nw_buffer line;
    nw_buffer_init(&line);
    nw_buffer_format(&line, "from %.*s import %s", (int)(last - means), means, last + 1);
    if (strcmp(last + 1, nw_bytes(eval, name)) != 0)
        nw_buffer_format(&line, " as %s", nw_bytes(eval, name));
    bool known = false;
    for (uint32_t i = 0; i < writer->native_count; i++)
        known |= strcmp(writer->natives[i], line.bytes) == 0;
    NW_ARENA_RESERVE(&eval->arena, writer->natives, writer->native_count, writer->native_capacity);
    if (!known)
        writer->natives[writer->native_count++] = nw_arena_copy(&eval->arena, line.bytes, line.size + 1);
    nw_buffer_release(&line);
}

/* An import of another library that only adapters needed, which are gone. */
static bool is_left_over(const nw_writer *writer, const nw_node *statement, const nw_node *alias)
{
    bool within;
    if (!writer->migration->natives || !alias->b || (statement->kind == NW_NODE_IMPORT_FROM && statement->b))
        return false;
    const nw_module *module = nw_import_locate(writer->eval, (nw_symbol){statement->kind == NW_NODE_IMPORT ? alias->a : statement->a});
    nw_exception_clear(writer->eval);
    return (!module || module->is_catalog) && !nw_is_used_beside(writer->migration->natives, writer->module, (nw_symbol){writer->ast->nodes[alias->b].a}, &within) && within;
}

/* Whether a failing import is caught: by a `try` around it, or because only a call of a function runs it. */
static bool may_fail(const nw_writer *writer, const nw_node *statement)
{
    const nw_ast *ast = writer->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if ((n->kind == NW_NODE_TRY || n->kind == NW_NODE_FUNCTION) && n->start < statement->start && statement->end <= n->end)
            return true;
    }
    return false;
}

/* A package that was not found, of a name such as reformer_pytorch: what it imports is taken to be what its name says. Of others the tables know it. */
static bool is_named_after_framework(const nw_writer *writer, const nw_node *statement, nw_symbol top)
{
    nw_value words = nw_translations_setting(&writer->migration->tables, "needing_words");
    bool named = nw_translations_holds(&writer->migration->tables, "needing_elsewhere", top, NULL);
    for (uint32_t i = 0; words.kind == NW_TUPLE && i < words.as.tuple->count; i++)
        named |= strstr(nw_bytes(writer->eval, top), nw_bytes(writer->eval, words.as.tuple->items[i].as.symbol)) != NULL;
    return named && !may_fail(writer, statement) && !nw_import_locate(writer->eval, top);
}

/* Whether an import brings a library that imports the source framework, or the part of one that does; `full` is its name. */
static bool needs_framework(nw_writer *writer, const nw_node *statement, const nw_node *alias, char *full, size_t size)
{
    nw_eval *eval = writer->eval;
    nw_symbol module = {statement->kind == NW_NODE_IMPORT ? alias->a : statement->a};
    const char *text = nw_bytes(eval, module);
    if (statement->kind == NW_NODE_IMPORT)
        snprintf(full, size, "%s", text);
    else
        snprintf(full, size, "%s.%s", text, nw_bytes(eval, (nw_symbol){alias->a}));
    nw_symbol top = nw_symbol_intern(eval->symbols, text, strcspn(text, "."));
    const nw_translations *tables = &writer->migration->tables;
    return statement->b == 0 && (nw_translations_holds(tables, "needing", nw_symbol_of(eval->symbols, full), NULL) || nw_translations_holds(tables, "needing", module, NULL) ||
                                 nw_translations_holds(tables, "needing", top, NULL) || is_named_after_framework(writer, statement, top));
}

/* Whether an import at the top level brings what needs the source framework, and it stands behind a test that said no, or nothing that ran
 * looked at what it brings. */
static bool is_needing_unused(nw_writer *writer, const nw_node *statement, const nw_node *alias)
{
    char full[512];
    if (!alias->b || !needs_framework(writer, statement, alias, full, sizeof full))
        return false;
    bool ran = nw_sites_ran(writer->migration->sites, writer->module, (uint32_t)(statement - writer->ast->nodes));
    return is_untouched(writer, alias) || (!ran && !writer->migration->is_open);
}

bool nw_brings_nothing(nw_writer *writer, nw_symbol name)
{
    for (uint32_t i = 1; i < writer->ast->node_count; i++) {
        const nw_node *statement = &writer->ast->nodes[i];
        if (statement->kind != NW_NODE_IMPORT && statement->kind != NW_NODE_IMPORT_FROM)
            continue;
        nw_list aliases = aliases_of(writer, statement);
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &writer->ast->nodes[aliases.items[k]];
            if (alias->b && writer->ast->nodes[alias->b].a == name.v && is_needing_unused(writer, statement, alias))
                return true;
        }
    }
    return false;
}

static bool alias_goes(nw_writer *writer, const nw_node *statement, const nw_node *alias, bool top)
{
    if (native_of(writer, statement, alias) || (top && is_left_over(writer, statement, alias)))
        return true;
    bool framework = statement->kind == NW_NODE_IMPORT ? nw_is_framework_import(writer, (nw_symbol){alias->a})
                                                       : statement->b == 0 && nw_is_framework_name(writer, (nw_symbol){statement->a}, (nw_symbol){alias->a});
    return framework || (top && (is_handed_on(writer, statement, alias) || is_unneeded(writer, statement, alias) ||
                                 is_needing_unused(writer, statement, alias)));
}

uint8_t nw_plan_import(nw_writer *writer, uint32_t node, bool top)
{
    const nw_node *statement = &writer->ast->nodes[node];
    if (statement->kind != NW_NODE_IMPORT && statement->kind != NW_NODE_IMPORT_FROM)
        return NW_PLAN_KEEP;
    nw_list aliases = aliases_of(writer, statement);
    bool framework = true, stays = false;
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = &writer->ast->nodes[aliases.items[i]];
        const nw_native_definition *native = native_of(writer, statement, alias);
        if (native)
            nw_need_native(writer, native, (nw_symbol){writer->ast->nodes[alias->b].a});
        stays |= !alias_goes(writer, statement, alias, top);
        framework &= alias_goes(writer, statement, alias, false) || (top && is_left_over(writer, statement, alias));
    }
    return stays ? NW_PLAN_KEEP : framework ? NW_PLAN_IMPORT : NW_PLAN_UNNEEDED;
}

bool nw_is_unimported(nw_writer *writer, nw_symbol name)
{
    const nw_ast *ast = writer->ast;
    nw_list body = nw_ast_list(ast, ast->functions[0].body);
    uint32_t gone = 0, bound = 0;
    for (uint32_t i = 0; i < body.count; i++) {
        const nw_node *statement = &ast->nodes[body.items[i]];
        nw_list aliases = statement->kind == NW_NODE_IMPORT_FROM ? aliases_of(writer, statement) : (nw_list){0};
        for (uint32_t k = 0; k < aliases.count; k++) {
            const nw_node *alias = &ast->nodes[aliases.items[k]];
            gone += alias->b && ast->nodes[alias->b].a == name.v && alias_goes(writer, statement, alias, true);
        }
    }
    for (uint32_t i = 1; gone && i < ast->node_count; i++)
        bound += ast->nodes[i].kind == NW_NODE_NAME && ast->nodes[i].a == name.v && (ast->nodes[i].flags & NW_NAME_BINDS);
    return gone && gone == bound;
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

/* Whether a module is called otherwise in what is written. */
static bool is_renamed(const nw_writer *writer, nw_symbol module, nw_symbol *renamed)
{
    *renamed = module;
    const nw_module *known = nw_import_locate(writer->eval, module);
    nw_exception_clear(writer->eval);
    if (known && !known->is_catalog)
        *renamed = nw_migrated_module_name(writer->migration, module);
    return renamed->v != module.v;
}

/* `import torchvision.models as models`, `import torchvision` of a package that has another name now. */
static bool write_renamed_alias(nw_writer *writer, const nw_node *statement, const nw_node *alias)
{
    nw_symbol renamed, module = {alias->a};
    if (statement->kind != NW_NODE_IMPORT || !is_renamed(writer, module, &renamed))
        return false;
    const nw_node *bound = &writer->ast->nodes[alias->b];
    const char *own = nw_bytes(writer->eval, module), *full = nw_bytes(writer->eval, renamed);
    bool whole = alias->end == bound->start + strlen(own); /* there is no `as` */
    nw_buffer_text(writer->out, full);
    if (!whole)
        nw_buffer_format(writer->out, " as %s", nw_bytes(writer->eval, (nw_symbol){bound->a}));
    else if (own[strcspn(own, ".")])
        nw_buffer_format(writer->out, ", %.*s as %.*s", (int)strcspn(full, "."), full, (int)strcspn(own, "."), own);
    else
        nw_buffer_format(writer->out, " as %s", own);
    return true;
}

static bool has_renamed(nw_writer *writer, const nw_node *statement)
{
    nw_symbol renamed;
    nw_list aliases = aliases_of(writer, statement);
    for (uint32_t i = 0; statement->kind == NW_NODE_IMPORT && i < aliases.count; i++)
        if (is_renamed(writer, (nw_symbol){writer->ast->nodes[aliases.items[i]].a}, &renamed))
            return true;
    return false;
}

static bool write_renamed_from(nw_writer *writer, const nw_node *statement)
{
    nw_symbol renamed;
    if (statement->kind != NW_NODE_IMPORT_FROM || statement->b || !is_renamed(writer, (nw_symbol){statement->a}, &renamed))
        return false;
    nw_buffer_format(writer->out, "from %s ", nw_bytes(writer->eval, renamed));
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
        if (!write_renamed_alias(writer, statement, alias))
            nw_write_source(writer, alias->start, alias->end);
        first = false;
    }
    writer->changed = true;
}

void nw_write_import(nw_writer *writer, uint32_t node)
{
    const nw_node *statement = &writer->ast->nodes[node];
    nw_list aliases = aliases_of(writer, statement);
    bool top = writer->function == 0 && writer->class_node == 0, some = has_renamed(writer, statement);
    char full[512];
    nw_comment_place before = nw_comments_begin(writer);
    for (uint32_t i = 0; i < aliases.count; i++)
        some |= alias_goes(writer, statement, &writer->ast->nodes[aliases.items[i]], top);
    for (uint32_t i = 0; i < aliases.count; i++)
        if (!alias_goes(writer, statement, &writer->ast->nodes[aliases.items[i]], top) &&
            needs_framework(writer, statement, &writer->ast->nodes[aliases.items[i]], full, sizeof full))
            nw_write_refuse(writer, node, NW_DIAG_NOT_TRANSLATED, "%s, which imports the framework", full);
    uint32_t at = aliases.count ? writer->ast->nodes[aliases.items[0]].start : statement->start;
    while (at > statement->start && strncmp(writer->bytes + at, "import", 6) != 0)
        at--;
    bool relative = statement->kind == NW_NODE_IMPORT_FROM && (write_relative(writer, statement) || write_renamed_from(writer, statement));
    if (!relative)
        nw_write_source(writer, statement->start, at);
    if (!some) {
        nw_write_source(writer, at, statement->end);
        return;
    }
    nw_buffer_text(writer->out, "import ");
    write_aliases(writer, statement, top);
    nw_keep_comments(writer, statement, before);
}
