/* enumerate, zip, map, filter and reversed: types whose instances are iterators. */
#include "eval/builtin.h"

static bool make_parts(nw_eval *eval, nw_iterator *iterator, const nw_value *iterables, uint32_t count)
{
    iterator->parts = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *iterator->parts);
    iterator->part_count = count;
    for (uint32_t i = 0; i < count; i++) {
        nw_value part = nw_iterate(eval, iterables[i]);
        if (part.kind != NW_ITERATOR)
            return false;
        iterator->parts[i] = part.as.iterator;
    }
    return true;
}

nw_value nw_construct_enumerate(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("enumerate", "iterable, start=", 2);
    (void)self;
    nw_value inner = nw_iterate(eval, out[0]);
    if (inner.kind != NW_ITERATOR)
        return nw_error();
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_ENUMERATE, inner);
    iterator->extra = out[1].kind == NW_UNSET ? nw_int(0) : out[1];
    return nw_iterator_value(iterator);
}

nw_value nw_construct_zip(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_ZIP, nw_none());
    nw_guard guard;
    (void)self;
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v == NW_NAME_STRICT)
            iterator->strict = nw_truth(eval, arguments->named[i], &guard) == NW_YES;
    if (arguments->open) { /* zip(*unknown): tuples of unknown length */
        iterator->kind = NW_ITERATE_OPAQUE;
        nw_value element = arguments->open_positional.kind > NW_UNSET ? nw_element_of(eval, arguments->open_positional) : nw_unset();
        if (element.kind == NW_ERROR)
            return element;
        iterator->extra = nw_repeated_list(eval, element.kind == NW_UNSET ? element : nw_element_of(eval, element));
        return nw_iterator_value(iterator);
    }
    return make_parts(eval, iterator, arguments->positional, arguments->positional_count) ? nw_iterator_value(iterator) : nw_error();
}

nw_value nw_construct_map(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    (void)self;
    if (arguments->positional_count < 2)
        return arguments->open ? nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "map") : nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "map() must have at least two arguments.");
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_MAP, nw_none());
    iterator->extra = arguments->positional[0];
    return make_parts(eval, iterator, arguments->positional + 1, arguments->positional_count - 1) ? nw_iterator_value(iterator) : nw_error();
}

nw_value nw_construct_filter(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("filter", "function, iterable", 2);
    (void)self;
    nw_value inner = nw_iterate(eval, out[1]);
    if (inner.kind != NW_ITERATOR)
        return nw_error();
    nw_iterator *iterator = nw_iterator_make(eval, NW_ITERATE_FILTER, inner);
    iterator->extra = out[0];
    return nw_iterator_value(iterator);
}

nw_value nw_construct_reversed(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    NW_BIND("reversed", "sequence", 1);
    nw_value *items;
    uint32_t count;
    (void)self;
    if (nw_special(eval, out[0], (nw_symbol){NW_NAME_DUNDER_REVERSED}))
        return nw_call_special(eval, out[0], (nw_symbol){NW_NAME_DUNDER_REVERSED}, NULL, 0);
    if (out[0].kind == NW_SET || (out[0].kind == NW_ITERATOR && !nw_is_view(out[0]) && out[0].as.iterator->kind != NW_ITERATE_OPAQUE))
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object is not reversible", nw_symbol_bytes(eval->symbols, nw_type_of(eval, out[0])->name));
    nw_answer known = nw_collect(eval, out[0], &items, &count);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE)
        return nw_iterate(eval, nw_repeated_list(eval, items[0]));
    nw_tuple *tuple = nw_tuple_make(eval, count);
    for (uint32_t i = 0; i < count; i++)
        tuple->items[i] = items[count - 1 - i];
    return nw_iterate(eval, (nw_value){.kind = NW_TUPLE, .as.tuple = tuple});
}
