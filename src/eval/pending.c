/* Imports that nobody has looked at yet, run after all. */
#include "eval/interpret.h"

#include <string.h>

static bool is_of_package(nw_eval *eval, nw_symbol module, nw_symbol package)
{
    const char *name = nw_bytes(eval, module), *top = nw_bytes(eval, package);
    size_t size = strlen(top);
    return strncmp(name, top, size) == 0 && (name[size] == 0 || name[size] == '.');
}

/* `import package.part` binds the package alone. */
static void run_plain_import(nw_eval *eval, const nw_import *import, nw_symbol package)
{
    const nw_ast *ast = import->importer->ast;
    const nw_node *node = &ast->nodes[import->node];
    nw_list aliases = nw_ast_list(ast, node->kind == NW_NODE_IMPORT ? node->a : 0);
    for (uint32_t i = 0; i < aliases.count; i++) {
        nw_symbol full = {ast->nodes[aliases.items[i]].a};
        if (is_of_package(eval, full, package))
            nw_import_module(eval, full);
        nw_exception_clear(eval);
    }
}

static void run_imports_of(nw_eval *eval, const nw_module *module, nw_symbol package)
{
    uint32_t at = 0;
    nw_dict *bound = nw_dict_copy(eval, module->globals);
    for (nw_dict_entry *entry; !eval->stopped && (entry = nw_dict_next(bound, &at));) {
        nw_import *import = entry->value.kind == NW_IMPORT ? entry->value.as.import : NULL;
        if (!import || import->definition || !is_of_package(eval, import->module, package))
            continue;
        run_plain_import(eval, import, package);
        nw_import_resolve(eval, import);
        nw_exception_clear(eval);
    }
}

static uint32_t count_done(nw_eval *eval)
{
    uint32_t position = 0, count = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(eval->loaded_modules, &position));)
        count += entry->value.kind == NW_MODULE && entry->value.as.module->state == NW_MODULE_DONE;
    return count;
}

/* Python runs pkg and pkg.sub before it runs pkg.sub.mod; a file that is given is run alone. */
static void run_packages_around(nw_eval *eval, const char *name)
{
    for (const char *dot = strchr(name, '.'); dot && eval->exception.kind == NW_UNSET; dot = strchr(dot + 1, '.'))
        nw_import_module(eval, nw_symbol_intern(eval->symbols, name, (size_t)(dot - name)));
}

void nw_import_at_once(nw_eval *eval, const char *name)
{
    eval->imports_at_once = true;
    run_packages_around(eval, name);
}

bool nw_import_anew(nw_eval *eval, const nw_module *module)
{
    const char *name = nw_bytes(eval, module->name);
    uint32_t position = 0;
    nw_dict *loaded = nw_dict_copy(eval, eval->loaded_modules);
    if (!strchr(name, '.'))
        return false;
    for (nw_dict_entry *entry; (entry = nw_dict_next(loaded, &position));) {
        if (entry->value.kind != NW_MODULE || entry->value.as.module->is_catalog)
            continue;
        nw_dict_remove(eval, eval->loaded_modules, entry->key);
        nw_dict_remove(eval, eval->modules, entry->key);
    }
    nw_exception_clear(eval);
    nw_import_at_once(eval, name);
    nw_exception_clear(eval);
    return true;
}

bool nw_import_pending(nw_eval *eval, const nw_module *module)
{
    const char *name = nw_bytes(eval, module->name);
    nw_symbol package = nw_symbol_intern(eval->symbols, name, strcspn(name, "."));
    uint32_t first = count_done(eval), before;
    run_packages_around(eval, name);
    nw_exception_clear(eval);
    do {
        before = count_done(eval);
        uint32_t position = 0;
        nw_dict *loaded = nw_dict_copy(eval, eval->loaded_modules);
        for (nw_dict_entry *entry; (entry = nw_dict_next(loaded, &position));) {
            const nw_module *known = entry->value.kind == NW_MODULE ? entry->value.as.module : NULL;
            if (known && !known->is_catalog && known->state == NW_MODULE_DONE && is_of_package(eval, known->name, package))
                run_imports_of(eval, known, package);
        }
    } while (count_done(eval) > before && !eval->stopped);
    eval->imported_all |= before > first;
    return before > first;
}
