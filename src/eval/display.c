/* Displays and formatted strings: tuples, lists, sets, dictionaries and f-strings as they are written. */
#include "eval/builtin.h"
#include "eval/interpret.h"

#include <string.h>

/* Items of a display or of an argument list, with stars spread. NW_MAYBE: some star is of unknown length. */
static nw_answer evaluate_items(nw_eval *eval, nw_list list, nw_value **out, uint32_t *out_count)
{
    nw_value *items = nw_arena_alloc(&eval->arena, (list.count + 1) * sizeof *items);
    uint32_t count = 0, capacity = list.count + 1;
    nw_answer known = NW_YES;
    for (uint32_t i = 0; i < list.count; i++) {
        const nw_node *node = nw_node_at(eval, list.items[i]);
        nw_value *spread = NULL;
        uint32_t spread_count = 1;
        nw_value value = nw_evaluate(eval, node->kind == NW_NODE_STARRED ? node->a : list.items[i]);
        if (value.kind == NW_ERROR)
            return NW_FAILED;
        if (node->kind == NW_NODE_STARRED) {
            nw_answer answer = nw_collect(eval, value, &spread, &spread_count);
            if (answer == NW_FAILED)
                return NW_FAILED;
            if (answer == NW_MAYBE)
                known = NW_MAYBE;
        }
        if (count + spread_count > capacity) {
            capacity = (count + spread_count) * 2 + list.count;
            items = nw_arena_grow(&eval->arena, items, count, capacity, sizeof *items);
        }
        for (uint32_t j = 0; j < spread_count; j++)
            items[count++] = spread ? spread[j] : value;
    }
    *out = items;
    *out_count = count;
    return known;
}

static nw_value repeated_list(nw_eval *eval, const nw_value *items, uint32_t count)
{
    nw_value any = count ? items[0] : nw_lost(eval, NW_DIAG_LOOP_SUMMARISED, "items of unknown number");
    for (uint32_t i = 1; i < count; i++)
        any = nw_join(eval, nw_bdd_atom(&eval->bdd), any, items[i]);
    nw_value list = nw_list_new(eval, &any, 1);
    list.as.list->repeated = true;
    return list;
}

static bool is_constant(const nw_ast *ast, uint32_t id)
{
    const nw_node *node = &ast->nodes[id];
    switch (node->kind) {
    case NW_NODE_INTEGER: case NW_NODE_FLOAT: case NW_NODE_STRING: case NW_NODE_TRUE: case NW_NODE_FALSE: case NW_NODE_NONE:
        return true;
    case NW_NODE_UNARY:
        return is_constant(ast, node->a);
    case NW_NODE_TUPLE: {
        nw_list items = nw_ast_list(ast, node->a);
        for (uint32_t i = 0; i < items.count; i++)
            if (!is_constant(ast, items.items[i]))
                return false;
        return true;
    }
    default:
        return false;
    }
}

/* Python keeps three constants and more as a frozen set, from which it fills the set that is written. */
static bool is_kept(const nw_ast *ast, nw_list items)
{
    for (uint32_t i = 0; i < items.count; i++)
        if (!is_constant(ast, items.items[i]))
            return false;
    return items.count > 2;
}

nw_value nw_evaluate_display(nw_eval *eval, const nw_node *node)
{
    nw_value *items;
    uint32_t count;
    nw_answer known = evaluate_items(eval, nw_ast_list(nw_ast_here(eval), node->a), &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE) {
        nw_value list = repeated_list(eval, items, count);
        return list; /* a tuple or set of unknown length is treated as such a list */
    }
    if (node->kind == NW_NODE_TUPLE)
        return nw_tuple_new(eval, items, count);
    if (node->kind == NW_NODE_LIST)
        return nw_list_new(eval, items, count);
    nw_value set = nw_set_new(eval);
    for (uint32_t i = 0; i < count; i++)
        if (!nw_dict_store(eval, set.as.dict, items[i], nw_unset()))
            return nw_error();
    return is_kept(nw_ast_here(eval), nw_ast_list(nw_ast_here(eval), node->a)) ? nw_set_of(eval, set) : set;
}

nw_value nw_evaluate_iterable(nw_eval *eval, uint32_t node)
{
    nw_value iterable = nw_evaluate(eval, node);
    if (iterable.kind == NW_SET && nw_node_at(eval, node)->kind == NW_NODE_SET)
        iterable.as.dict->merged = 0;
    return iterable;
}

bool nw_spread_dict(nw_eval *eval, nw_dict *into, nw_value value)
{
    value = nw_settle(eval, value);
    if (value.kind == NW_DICT && !nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_ITER})) {
        uint32_t position = 0;
        for (nw_dict_entry *entry; (entry = nw_dict_next(value.as.dict, &position));)
            nw_dict_set(eval, into, entry->key, entry->value);
        into->open |= value.as.dict->open;
        return true;
    }
    if (value.kind == NW_OPAQUE || value.kind == NW_PHI) {
        into->open = true;
        return true;
    }
    const nw_class *class_ = nw_type_of(eval, value);
    if (!class_->opaque_base && !nw_class_find(eval, class_, (nw_symbol){NW_NAME_KEYS}) && value.kind != NW_MODULE && value.kind != NW_CLASS) {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object is not a mapping", nw_bytes(eval, class_->name));
        return false;
    }
    nw_value keys = nw_call_method(eval, value, (nw_symbol){NW_NAME_KEYS}, NULL, 0);
    nw_value *items;
    uint32_t count;
    if (keys.kind == NW_ERROR || nw_collect(eval, keys, &items, &count) != NW_YES)
        return false;
    for (uint32_t i = 0; i < count; i++) {
        nw_value item = nw_get_item(eval, value, items[i]);
        if (item.kind == NW_ERROR)
            return false;
        nw_dict_set(eval, into, items[i], item);
    }
    return true;
}

nw_value nw_evaluate_dict(nw_eval *eval, const nw_node *node)
{
    nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
    nw_value dict = nw_dict_new(eval);
    for (uint32_t i = 0; i + 1 < list.count; i += 2) {
        nw_value key = list.items[i] ? nw_evaluate(eval, list.items[i]) : nw_none();
        if (key.kind == NW_ERROR)
            return key;
        nw_value value = nw_evaluate(eval, list.items[i + 1]);
        if (value.kind == NW_ERROR)
            return value;
        if (!list.items[i]) {
            if (!nw_spread_dict(eval, dict.as.dict, value))
                return nw_error();
        } else if (!nw_dict_store(eval, dict.as.dict, key, value)) {
            return nw_error();
        }
    }
    return dict;
}

/* ---- strings ---- */

static nw_value convert(nw_eval *eval, nw_value value, uint32_t conversion)
{
    return conversion == 'r' ? nw_representation(eval, value) : conversion == 'a' ? nw_ascii(eval, value) : conversion == 's' ? nw_to_string(eval, value) : value;
}

nw_value nw_evaluate_formatted(nw_eval *eval, const nw_node *node)
{
    nw_value value = nw_evaluate(eval, node->a);
    if (value.kind == NW_ERROR)
        return value;
    value = nw_settle(eval, convert(eval, value, node->b));
    if (value.kind == NW_ERROR)
        return value;
    nw_text specification = {"", 0};
    if (node->c) {
        nw_value text = nw_evaluate(eval, node->c);
        if (text.kind != NW_STRING)
            return text;
        specification = nw_symbol_text(eval->symbols, text.as.symbol);
    }
    return nw_format_value(eval, value, specification);
}

nw_value nw_evaluate_joined(nw_eval *eval, const nw_node *node)
{
    nw_list list = nw_ast_list(nw_ast_here(eval), node->a);
    nw_value *parts = nw_arena_alloc(&eval->arena, (list.count + 1) * sizeof *parts);
    bool known = true;
    for (uint32_t i = 0; i < list.count; i++) {
        const nw_node *part = nw_node_at(eval, list.items[i]);
        parts[i] = part->kind == NW_NODE_FORMATTED ? nw_evaluate_formatted(eval, part) : nw_evaluate(eval, list.items[i]);
        if (parts[i].kind == NW_ERROR)
            return parts[i];
        known &= parts[i].kind == NW_STRING;
    }
    if (!known)
        return nw_expression(eval, NW_OPERATOR_NO_OPERATOR, NW_TYPE_STRING, parts, list.count);
    nw_buffer text;
    nw_buffer_init(&text);
    for (uint32_t i = 0; i < list.count; i++) {
        nw_text part = nw_symbol_text(eval->symbols, parts[i].as.symbol);
        nw_buffer_add(&text, part.bytes, part.size);
    }
    nw_value joined = nw_string_from(eval, text.bytes ? text.bytes : "", text.size);
    nw_buffer_release(&text);
    return joined;
}
