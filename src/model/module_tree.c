#include "model/module_tree.h"

#include <string.h>

enum { MAX_TREE_DEPTH = 100 };

static uint32_t slot_of(const nw_module_names *names, const nw_instance *instance)
{
    uint32_t at = (uint32_t)(((uintptr_t)instance >> 4) * 2654435761u) & (names->size - 1);
    while (names->instances[at] && names->instances[at] != instance)
        at = (at + 1) & (names->size - 1);
    return at;
}

static void grow(nw_eval *eval, nw_module_names *names)
{
    nw_module_names old = *names;
    names->size = old.size ? old.size * 2 : 64;
    names->instances = nw_arena_zero(&eval->arena, names->size * sizeof *names->instances);
    names->paths = nw_arena_zero(&eval->arena, names->size * sizeof *names->paths);
    for (uint32_t i = 0; i < old.size; i++)
        if (old.instances[i]) {
            uint32_t at = slot_of(names, old.instances[i]);
            names->instances[at] = old.instances[i];
            names->paths[at] = old.paths[i];
        }
}

void nw_module_names_add(nw_eval *eval, nw_module_names *names, const nw_instance *instance, nw_symbol path)
{
    if (2 * (names->count + 1) > names->size)
        grow(eval, names);
    uint32_t at = slot_of(names, instance);
    if (names->instances[at])
        return;
    names->instances[at] = instance;
    names->paths[at] = path;
    names->count++;
}

bool nw_module_names_find(const nw_module_names *names, const nw_instance *instance, nw_symbol *path)
{
    if (!names->size)
        return false;
    uint32_t at = slot_of(names, instance);
    *path = names->paths[at];
    return names->instances[at] != NULL;
}

nw_dict *nw_module_dict(nw_eval *eval, const nw_instance *instance, nw_symbol name)
{
    const nw_value *found = nw_dict_find_name(instance->attributes, name);
    if (!found)
        return NULL;
    nw_value value = nw_settle(eval, *found);
    return value.kind == NW_DICT || value.kind == NW_SET ? value.as.dict
           : value.kind == NW_INSTANCE && value.as.instance->payload.kind == NW_DICT ? value.as.instance->payload.as.dict : NULL;
}

static void read_below(nw_eval *eval, nw_module_names *names, const nw_instance *instance, nw_buffer *path, int depth)
{
    nw_symbol seen;
    if (depth > MAX_TREE_DEPTH || nw_module_names_find(names, instance, &seen))
        return;
    nw_module_names_add(eval, names, instance, nw_symbol_intern(eval->symbols, path->size ? path->bytes : "", path->size));
    const nw_dict *modules = nw_module_dict(eval, instance, (nw_symbol){NW_NAME_MODULES});
    uint32_t position = 0;
    for (nw_dict_entry *entry; modules && (entry = nw_dict_next(modules, &position));) {
        nw_value child = nw_settle(eval, entry->value);
        if (entry->key.kind != NW_STRING || child.kind != NW_INSTANCE)
            continue;
        size_t size = path->size;
        nw_text key = nw_symbol_text(eval->symbols, entry->key.as.symbol);
        if (size)
            nw_buffer_byte(path, '.');
        nw_buffer_add(path, key.bytes, key.size);
        read_below(eval, names, child.as.instance, path, depth + 1);
        path->size = size;
    }
}

/* Keras: pairs of a layer and its path, by the catalog. */
static void read_layers(nw_eval *eval, nw_module_names *names, nw_value root)
{
    nw_value *rows;
    uint32_t count;
    nw_value exception = eval->exception;
    nw_value list = nw_call_method(eval, root, nw_symbol_of(eval->symbols, "_nw_layers"), NULL, 0);
    if (list.kind == NW_ERROR || nw_collect(eval, list, &rows, &count) != NW_YES) {
        eval->exception = exception;
        return;
    }
    for (uint32_t i = 0; i < count; i++) {
        const nw_value *pair = rows[i].as.tuple->items;
        if (pair[0].kind == NW_INSTANCE && pair[1].kind == NW_STRING)
            nw_module_names_add(eval, names, pair[0].as.instance, pair[1].as.symbol);
    }
}

void nw_module_names_read(nw_eval *eval, nw_module_names *names, nw_value root)
{
    if (root.kind != NW_INSTANCE)
        return;
    if (root.as.instance->class_->is_keras) {
        read_layers(eval, names, root);
        return;
    }
    nw_buffer path;
    nw_buffer_init(&path);
    nw_buffer_add(&path, "", 0);
    read_below(eval, names, root.as.instance, &path, 0);
    nw_buffer_release(&path);
}
