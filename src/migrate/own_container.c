/* Lists and dictionaries of classes of their own among a module's attributes: layers of the target put plain ones in their place. */
#include "eval/interpret.h"
#include "migrate/writer.h"

#include <string.h>

enum { DEPTH = 8 };

static bool is_stateless(const nw_eval *eval, nw_value value, int depth);

static bool are_stateless(const nw_eval *eval, const nw_value *items, uint32_t count, int depth)
{
    bool are = true;
    for (uint32_t i = 0; are && i < count; i++)
        are = is_stateless(eval, items[i], depth);
    return are;
}

static bool holds_stateless(const nw_eval *eval, const nw_dict *dict, int depth)
{
    uint32_t position = 0;
    bool are = true;
    for (nw_dict_entry *entry; are && dict && (entry = nw_dict_next(dict, &position));)
        are = is_stateless(eval, entry->value, depth);
    return are;
}

/* Whether a value holds nothing that a layer has to know of: numbers, texts, functions, and containers of them. */
static bool is_stateless(const nw_eval *eval, nw_value value, int depth)
{
    switch (value.kind) {
    case NW_DTYPE: case NW_FUNCTION: case NW_CLASS: return true;
    case NW_TUPLE: return depth && are_stateless(eval, value.as.tuple->items, value.as.tuple->count, depth - 1);
    case NW_LIST:
        return depth && !value.as.list->repeated && are_stateless(eval, value.as.list->items, value.as.list->count, depth - 1) &&
               holds_stateless(eval, value.as.list->attributes, depth - 1);
    case NW_DICT: case NW_SET:
        return depth && !value.as.dict->open && holds_stateless(eval, value.as.dict, depth - 1) && holds_stateless(eval, value.as.dict->attributes, depth - 1);
    default: return nw_is_bare(value);
    }
}

/* Whether a layer of the target would put a plain list or dictionary in its place. */
static bool loses_class(const nw_eval *eval, nw_value value)
{
    if (value.kind == NW_LIST)
        return value.as.list->class_ != NULL;
    return (value.kind == NW_DICT || value.kind == NW_SET) && value.as.dict->class_ && value.as.dict->class_ != eval->classes[NW_CLASS_OF_ORDERED_DICT];
}

bool nw_write_own_container(nw_writer *writer, uint32_t statement)
{
    const nw_node *n = &writer->ast->nodes[statement];
    nw_list targets = nw_ast_list(writer->ast, n->a);
    const nw_node *target = &writer->ast->nodes[targets.items[0]];
    nw_value setter = nw_translations_setting(&writer->migration->tables, "plain_setter");
    if (setter.kind != NW_STRING || targets.count != 1 || target->kind != NW_NODE_ATTRIBUTE || !nw_is_simple(writer->ast, target->a))
        return false;
    const nw_trace_entry *first = nw_sites_first(writer->migration->sites, writer->module, targets.items[0]);
    const char *written = NULL;
    bool some = false;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(writer->migration->sites, e)) {
        nw_value value = nw_settle(writer->eval, e->b);
        if (e->kind != NW_TRACE_ATTRIBUTE_STORE || !nw_is_module_object(e->a) || !is_stateless(writer->eval, value, DEPTH))
            return false;
        const char *name = nw_bytes(writer->eval, nw_renamed(writer, e->a.as.instance->class_, (nw_symbol){target->b}));
        if (written && strcmp(written, name) != 0)
            return false;
        written = name;
        some |= loses_class(writer->eval, value);
    }
    if (!some || strncmp(written, "__", 2) == 0) /* the compiler has another name for those */
        return false;
    nw_buffer_format(writer->out, "%s(", nw_bytes(writer->eval, setter.as.symbol));
    nw_write_node(writer, target->a);
    nw_buffer_format(writer->out, ", \"%s\", ", written);
    nw_write_enclosed(writer, n->b);
    nw_buffer_byte(writer->out, ')');
    return writer->changed = true;
}
