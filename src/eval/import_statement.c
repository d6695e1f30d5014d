/* `import` and `from ... import`: what the statements bind. */
#include "eval/interpret.h"
#include "eval/keras.h"

#include <string.h>

enum { MAX_HANDED_ON = 20 };

static nw_import *make_import(nw_eval *eval, nw_symbol module, nw_symbol name, uint32_t node)
{
    nw_keras_note_import(eval, module);
    nw_import *import = nw_arena_alloc(&eval->arena, sizeof *import);
    *import = (nw_import){.module = module, .name = name, .importer = eval->frame->module, .node = node, .in_try = eval->try_depth > 0};
    return import;
}

/* Whether a module belongs to the package of the one that runs. */
static bool is_of_own_package(const nw_eval *eval, nw_symbol name)
{
    const char *own = nw_symbol_bytes(eval->symbols, eval->frame->module->name), *other = nw_symbol_bytes(eval->symbols, name);
    size_t size = strcspn(own, ".");
    return strncmp(own, other, size) == 0 && (other[size] == 0 || other[size] == '.');
}

static bool bind_import(nw_eval *eval, uint32_t name_node, nw_import *import)
{
    bool top = eval->frame->code->scope == NW_SCOPE_MODULE;
    nw_value value = {.kind = NW_IMPORT, .as.import = import};
    if (!top || import->in_try || (eval->imports_at_once && is_of_own_package(eval, import->module)))
        value = nw_import_resolve(eval, import);
    if (value.kind == NW_ERROR)
        return false;
    if (top && eval->trace) /* a rewriter asks whether anybody ever looks at it */
        value = (nw_value){.kind = NW_IMPORT, .as.import = import};
    return nw_assign(eval, name_node, value);
}

static nw_status execute_plain_import(nw_eval *eval, uint32_t node_id, const nw_node *node)
{
    nw_list aliases = nw_ast_list(nw_ast_here(eval), node->a);
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = nw_node_at(eval, aliases.items[i]);
        nw_text full = nw_symbol_text(eval->symbols, (nw_symbol){alias->a});
        size_t top = strcspn(full.bytes, ".");
        /* `import a.b` binds a, `import a.b as c` binds a.b. */
        nw_symbol bound = {nw_node_at(eval, alias->b)->a};
        bool binds_top = top < full.size && bound.v == nw_symbol_intern(eval->symbols, full.bytes, top).v &&
                         alias->end == nw_node_at(eval, alias->b)->start + full.size;
        nw_symbol module = binds_top ? bound : (nw_symbol){alias->a};
        if (!eval->environment->open && binds_top) /* it stands in sys.modules from now on */
            nw_import_locate(eval, (nw_symbol){alias->a});
        if (eval->try_depth > 0 && binds_top) { /* the program may ask whether a.b exists */
            nw_import *inner = make_import(eval, (nw_symbol){alias->a}, (nw_symbol){0}, node_id);
            if (nw_import_resolve(eval, inner).kind == NW_ERROR)
                return nw_failure(eval);
        }
        if (!bind_import(eval, alias->b, make_import(eval, module, (nw_symbol){0}, node_id)))
            return nw_failure(eval);
    }
    return NW_NEXT;
}

/* Whether a name that was not looked at yet comes from the module that runs, which has it already: two that take all names from each other. */
static bool comes_from_here(nw_eval *eval, nw_value value, nw_symbol name)
{
    for (int i = 0; i < MAX_HANDED_ON && value.kind == NW_IMPORT && value.as.import->name.v == name.v; i++) {
        const nw_value *module = nw_dict_find_name(eval->modules, value.as.import->module);
        if (!module || module->kind != NW_MODULE)
            return false;
        const nw_value *there = nw_dict_find_name(module->as.module->globals, name);
        if (!there || module->as.module == eval->frame->module)
            return there != NULL;
        value = *there;
    }
    return false;
}

static bool copy_name(nw_eval *eval, nw_module *from, nw_symbol name, uint32_t node)
{
    nw_value *found = nw_dict_find_name(from->globals, name);
    nw_value value = found ? *found : nw_module_find(eval, from, name);
    if (value.kind == NW_ERROR)
        return false;
    if (comes_from_here(eval, value, name))
        return true;
    if (value.kind == NW_IMPORT && eval->trace && !from->is_catalog) /* who looks at it here has looked at it there */
        value.as.import = make_import(eval, from->name, name, node);
    if (value.kind != NW_UNSET)
        nw_dict_set_name(eval, eval->frame->module->globals, name, value);
    return true;
}

/* `__all__` may name what is not there. */
static bool check_export(nw_eval *eval, nw_module *from, nw_symbol name)
{
    if (from->is_catalog || from->open || from->state != NW_MODULE_DONE || from->ast->error_count || nw_dict_find_name(from->globals, name) ||
        nw_dict_find_name(from->globals, (nw_symbol){NW_NAME_DUNDER_GETATTR}) || nw_import_is_replaced(eval, from) ||
        (from->is_package && (nw_import_locate(eval, nw_import_part(eval, from->name, name)) || nw_import_is_compiled(eval, nw_import_part(eval, from->name, name)))))
        return true;
    nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "module '%s' has no attribute '%s'", nw_bytes(eval, from->name), nw_bytes(eval, name));
    return false;
}

static nw_status import_star(nw_eval *eval, nw_symbol name, uint32_t node)
{
    nw_import *import = make_import(eval, name, (nw_symbol){0}, node);
    nw_value module = nw_import_resolve(eval, import);
    if (module.kind == NW_ERROR)
        return nw_failure(eval);
    if (module.kind != NW_MODULE) {
        eval->frame->module->open = true;
        return NW_NEXT;
    }
    nw_module *from = module.as.module;
    eval->frame->module->open |= from->open;
    nw_value *all = nw_dict_find_name(from->globals, (nw_symbol){NW_NAME_DUNDER_ALL});
    if (all) {
        nw_value *items;
        uint32_t count;
        if (nw_collect(eval, *all, &items, &count) != NW_YES)
            return nw_failure(eval);
        for (uint32_t i = 0; i < count; i++)
            if (items[i].kind == NW_STRING && (!copy_name(eval, from, items[i].as.symbol, node) || !check_export(eval, from, items[i].as.symbol)))
                return nw_failure(eval);
        return NW_NEXT;
    }
    uint32_t position = 0;
    nw_dict *snapshot = nw_dict_copy(eval, from->globals);
    for (nw_dict_entry *entry; (entry = nw_dict_next(snapshot, &position));)
        if (entry->key.kind == NW_STRING && nw_bytes(eval, entry->key.as.symbol)[0] != '_' && !copy_name(eval, from, entry->key.as.symbol, node))
            return nw_failure(eval);
    return NW_NEXT;
}

static nw_status execute_from_import(nw_eval *eval, uint32_t node_id, const nw_node *node)
{
    nw_symbol module = nw_import_absolute_name(eval, eval->frame->module, node->b, (nw_symbol){node->a});
    nw_list aliases = nw_ast_list(nw_ast_here(eval), node->c);
    for (uint32_t i = 0; i < aliases.count; i++) {
        const nw_node *alias = nw_node_at(eval, aliases.items[i]);
        if (!alias->b) {
            nw_status status = import_star(eval, module, node_id);
            if (status != NW_NEXT)
                return status;
        } else if (!bind_import(eval, alias->b, make_import(eval, module, (nw_symbol){alias->a}, node_id))) {
            return nw_failure(eval);
        }
    }
    return NW_NEXT;
}

nw_status nw_execute_import(nw_eval *eval, uint32_t node_id)
{
    const nw_node *node = nw_node_at(eval, node_id);
    nw_trace_add(eval, NW_TRACE_IMPORT, node_id, nw_unset(), nw_unset(), NULL);
    return node->kind == NW_NODE_IMPORT ? execute_plain_import(eval, node_id, node) : execute_from_import(eval, node_id, node);
}
