#include "eval/eval.h"

#include <math.h>
#include <string.h>

/* Up to this many entries a dictionary is searched in order and has no index. */
enum { LINEAR = 8 };

/* ---- tuples and lists ---- */

nw_tuple *nw_tuple_make(nw_eval *eval, uint32_t count)
{
    nw_tuple *tuple = nw_arena_alloc(&eval->arena, sizeof *tuple + count * sizeof *tuple->items);
    tuple->count = count;
    tuple->class_ = NULL;
    return tuple;
}

nw_value nw_tuple_new(nw_eval *eval, const nw_value *items, uint32_t count)
{
    if (count > NW_MAX_ITEMS)
        return nw_lost(eval, NW_DIAG_MEMORY_LIMIT, ": a tuple of %u items", count);
    nw_tuple *tuple = nw_tuple_make(eval, count);
    if (count)
        memcpy(tuple->items, items, count * sizeof *items);
    return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
}

nw_value nw_list_new(nw_eval *eval, const nw_value *items, uint32_t count)
{
    if (count > NW_MAX_ITEMS)
        return nw_lost(eval, NW_DIAG_MEMORY_LIMIT, ": a list of %u items", count);
    nw_sequence *list = nw_arena_zero(&eval->arena, sizeof *list);
    list->items = nw_arena_copy(&eval->arena, items, count * sizeof *items);
    list->count = list->capacity = count;
    list->level = eval->level;
    return (nw_value){.kind = NW_LIST, .as.list = list};
}

/* Of a list whose length nobody knows: its one item comes to stand for the new one too. */
static void absorb(nw_eval *eval, nw_sequence *list, nw_value item)
{
    if (list->count == 0) {
        NW_ARENA_RESERVE(&eval->arena, list->items, list->count, list->capacity);
        list->items[list->count++] = item;
    } else if (nw_identical(eval, list->items[0], item) != NW_YES) {
        list->items[0] = nw_join(eval, nw_bdd_atom(&eval->bdd), list->items[0], item);
    }
}

static void give_up_length(nw_eval *eval, nw_sequence *list)
{
    nw_value lost = nw_lost(eval, NW_DIAG_MEMORY_LIMIT, ": a list of more than %d items", NW_MAX_ITEMS);
    list->items[0] = lost;
    list->count = 1;
    list->repeated = true;
}

void nw_list_append(nw_eval *eval, nw_sequence *list, nw_value item)
{
    nw_trail_list(eval, list);
    if (list->repeated) {
        absorb(eval, list, item);
        return;
    }
    NW_ARENA_RESERVE(&eval->arena, list->items, list->count, list->capacity);
    list->items[list->count++] = item;
    if (list->count > NW_MAX_ITEMS)
        give_up_length(eval, list);
}

void nw_list_splice(nw_eval *eval, nw_sequence *list, uint32_t from, uint32_t to, const nw_value *items, uint32_t count)
{
    nw_trail_list(eval, list);
    if (list->repeated) {
        for (uint32_t i = 0; i < count; i++)
            absorb(eval, list, items[i]);
        return;
    }
    uint32_t total = list->count - (to - from) + count;
    nw_value *target = list->items;
    if (total > list->capacity) {
        list->capacity = total + total / 2;
        target = nw_arena_alloc(&eval->arena, list->capacity * sizeof *target);
        memcpy(target, list->items, from * sizeof *target);
    } else if (count && items >= target && items < target + list->count) {
        items = nw_arena_copy(&eval->arena, items, count * sizeof *items); /* a[1:1] = a */
    }
    if (list->count > to)
        memmove(target + from + count, list->items + to, (list->count - to) * sizeof *target);
    if (count)
        memcpy(target + from, items, count * sizeof *items);
    list->items = target;
    list->count = total;
    if (total > NW_MAX_ITEMS)
        give_up_length(eval, list);
}

/* ---- keys ---- */

/* What a key is compared by: an enumeration member that is also a string compares as that string. */
static nw_value plain_key(nw_value key)
{
    if (key.kind == NW_INSTANCE && key.as.instance->payload.kind > NW_UNSET)
        return plain_key(key.as.instance->payload);
    return key;
}

bool nw_key_known(nw_value key)
{
    key = plain_key(key);
    if (key.kind == NW_OPAQUE || key.kind == NW_PHI)
        return false;
    if (key.kind == NW_TUPLE)
        for (uint32_t i = 0; i < key.as.tuple->count; i++)
            if (!nw_key_known(key.as.tuple->items[i]))
                return false;
    return true;
}

static bool is_frozen(const nw_dict *set)
{
    for (uint32_t i = 0; set->class_ && i < set->class_->mro_count; i++)
        if (set->class_->mro[i]->name.v == NW_NAME_FROZENSET)
            return true;
    return false;
}

/* A class that defines __eq__ alone has None for __hash__. */
static bool has_hash(const nw_class *class_)
{
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        const nw_value *found = nw_dict_find_name(class_->mro[i]->attributes, (nw_symbol){NW_NAME_DUNDER_HASH});
        if (found)
            return found->kind != NW_NONE;
    }
    return true;
}

bool nw_key_hashable(nw_value key)
{
    if (key.kind == NW_TUPLE)
        for (uint32_t i = 0; i < key.as.tuple->count; i++)
            if (!nw_key_hashable(key.as.tuple->items[i]))
                return false;
    if (key.kind == NW_INSTANCE && key.as.instance->payload.kind > NW_UNSET)
        return nw_key_hashable(key.as.instance->payload);
    if (key.kind == NW_INSTANCE && key.as.instance->class_->own_equality)
        return has_hash(key.as.instance->class_);
    return key.kind != NW_LIST && key.kind != NW_DICT && key.kind != NW_SLICE && (key.kind != NW_SET || is_frozen(key.as.dict));
}

static uint64_t scramble(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= 0xFF51AFD7ED558CCDu;
    hash ^= hash >> 29;
    return hash;
}

static bool is_whole(double number, int64_t *integer)
{
    if (!(number >= -9223372036854775808.0 && number < 9223372036854775808.0) || floor(number) != number)
        return false;
    *integer = (int64_t)number;
    return true;
}

static uint64_t hash_float(double number)
{
    int64_t integer;
    if (is_whole(number, &integer))
        return scramble((uint64_t)integer);
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    return scramble(bits ^ 0xF);
}

static uint64_t hash_key(nw_value key)
{
    key = plain_key(key);
    uint64_t hash = 0;
    switch (key.kind) {
    case NW_BOOL:
    case NW_INT:
        return scramble((uint64_t)key.as.integer);
    case NW_FLOAT:
        return hash_float(key.as.number);
    case NW_STRING:
    case NW_BYTES:
        return scramble(((uint64_t)key.kind << 32) + key.as.symbol.v);
    case NW_DTYPE:
        return scramble(((uint64_t)key.kind << 32) + (uint64_t)key.as.integer);
    case NW_NONE:
    case NW_ELLIPSIS:
    case NW_NOT_IMPLEMENTED:
        return scramble((uint64_t)key.kind << 32);
    case NW_TUPLE:
        for (uint32_t i = 0; i < key.as.tuple->count; i++)
            hash = scramble(hash * 31 + hash_key(key.as.tuple->items[i]));
        return hash + key.as.tuple->count;
    case NW_SET:
        for (uint32_t i = 0; i < key.as.dict->count; i++)
            if (key.as.dict->entries[i].key.kind != NW_UNSET)
                hash += key.as.dict->entries[i].hash;
        return scramble(hash + 1);
    case NW_METHOD:
        return scramble((uint64_t)(uintptr_t)key.as.method->self.as.object) + hash_key(key.as.method->function);
    case NW_RANGE:
        return scramble((uint64_t)key.as.range->start * 31 + (uint64_t)nw_range_length(key.as.range));
    default:
        return scramble((uint64_t)(uintptr_t)key.as.object);
    }
}

static bool same_key(nw_value a, nw_value b);

static bool same_items(const nw_tuple *a, const nw_tuple *b)
{
    if (a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (!same_key(a->items[i], b->items[i]))
            return false;
    return true;
}

static bool same_set(const nw_dict *a, const nw_dict *b)
{
    if (a->live != b->live)
        return false;
    for (uint32_t i = 0; i < a->count; i++)
        if (a->entries[i].key.kind != NW_UNSET && !nw_dict_find(b, a->entries[i].key))
            return false;
    return true;
}

static bool same_number(nw_value a, nw_value b)
{
    int64_t whole;
    if (a.kind == NW_FLOAT && b.kind == NW_FLOAT)
        return a.as.number == b.as.number;
    if (a.kind == NW_FLOAT)
        return is_whole(a.as.number, &whole) && whole == b.as.integer;
    if (b.kind == NW_FLOAT)
        return is_whole(b.as.number, &whole) && whole == a.as.integer;
    return a.as.integer == b.as.integer;
}

static bool same_key(nw_value a, nw_value b)
{
    a = plain_key(a);
    b = plain_key(b);
    if (nw_is_number(a) && nw_is_number(b))
        return same_number(a, b);
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case NW_STRING:
    case NW_BYTES:
        return a.as.symbol.v == b.as.symbol.v;
    case NW_DTYPE:
        return a.as.integer == b.as.integer;
    case NW_NONE:
    case NW_ELLIPSIS:
    case NW_NOT_IMPLEMENTED:
        return true;
    case NW_TUPLE:
        return same_items(a.as.tuple, b.as.tuple);
    case NW_SET:
        return same_set(a.as.dict, b.as.dict);
    case NW_METHOD:
        return a.as.method->self.as.object == b.as.method->self.as.object && same_key(a.as.method->function, b.as.method->function);
    case NW_RANGE:
        return memcmp(a.as.range, b.as.range, sizeof *a.as.range) == 0;
    default:
        return a.as.object == b.as.object;
    }
}

/* ---- dictionaries ---- */

nw_dict *nw_dict_make(nw_eval *eval)
{
    nw_dict *dict = nw_arena_zero(&eval->arena, sizeof *dict);
    dict->level = eval->level;
    dict->default_factory = nw_unset();
    return dict;
}

nw_value nw_dict_new(nw_eval *eval)
{
    return (nw_value){.kind = NW_DICT, .as.dict = nw_dict_make(eval)};
}

nw_value nw_set_new(nw_eval *eval)
{
    return (nw_value){.kind = NW_SET, .as.dict = nw_dict_make(eval)};
}

static nw_dict_entry *find_entry(const nw_dict *dict, nw_value key, uint64_t hash)
{
    if (!dict->index) {
        for (uint32_t i = 0; i < dict->count; i++)
            if (dict->entries[i].key.kind != NW_UNSET && dict->entries[i].hash == hash && same_key(dict->entries[i].key, key))
                return &dict->entries[i];
        return NULL;
    }
    for (uint32_t slot = (uint32_t)hash & (dict->index_size - 1); dict->index[slot]; slot = (slot + 1) & (dict->index_size - 1)) {
        nw_dict_entry *entry = &dict->entries[dict->index[slot] - 1];
        if (entry->key.kind != NW_UNSET && entry->hash == hash && same_key(entry->key, key))
            return entry;
    }
    return NULL;
}

static void index_entry(nw_dict *dict, uint32_t number)
{
    uint32_t slot = (uint32_t)dict->entries[number].hash & (dict->index_size - 1);
    while (dict->index[slot])
        slot = (slot + 1) & (dict->index_size - 1);
    dict->index[slot] = number + 1;
}

/* New arrays without the deleted entries. */
static void make_room(nw_eval *eval, nw_dict *dict, uint32_t capacity)
{
    uint32_t count = 0;
    nw_dict_entry *entries = nw_arena_alloc(&eval->arena, capacity * sizeof *entries);
    for (uint32_t i = 0; i < dict->count; i++)
        if (dict->entries[i].key.kind != NW_UNSET)
            entries[count++] = dict->entries[i];
    dict->entries = entries;
    dict->count = count;
    dict->capacity = capacity;
    dict->index = NULL;
    if (capacity <= LINEAR)
        return;
    dict->index_size = 16;
    while (dict->index_size < capacity * 2)
        dict->index_size *= 2;
    dict->index = nw_arena_zero(&eval->arena, dict->index_size * sizeof *dict->index);
    for (uint32_t i = 0; i < count; i++)
        index_entry(dict, i);
}

static void make_room_for_more(nw_eval *eval, nw_dict *dict)
{
    make_room(eval, dict, dict->live < 4 ? LINEAR : dict->live * 2);
}

void nw_dict_reserve(nw_eval *eval, nw_dict *dict, uint32_t count)
{
    if (dict->capacity < count)
        make_room(eval, dict, count < LINEAR ? LINEAR : count);
}

void nw_dict_detach(nw_eval *eval, nw_dict *dict)
{
    dict->entries = nw_arena_grow(&eval->arena, dict->entries, dict->count, dict->capacity, sizeof *dict->entries);
    if (dict->index)
        dict->index = nw_arena_copy(&eval->arena, dict->index, dict->index_size * sizeof *dict->index);
}

nw_value *nw_dict_find(const nw_dict *dict, nw_value key)
{
    if (dict->live == 0)
        return NULL;
    nw_dict_entry *entry = find_entry(dict, key, hash_key(key));
    return entry ? &entry->value : NULL;
}

void nw_dict_set(nw_eval *eval, nw_dict *dict, nw_value key, nw_value value)
{
    nw_trail_dict(eval, dict);
    uint64_t hash = hash_key(key);
    nw_dict_entry *entry = find_entry(dict, key, hash);
    if (entry) {
        entry->value = value;
        return;
    }
    if (dict->live >= NW_MAX_ITEMS) { /* such a table is followed no further: anything may be in it */
        dict->open = true;
        return;
    }
    if (dict->count == dict->capacity)
        make_room_for_more(eval, dict);
    dict->entries[dict->count] = (nw_dict_entry){key, value, hash};
    dict->compared |= !nw_key_known(key) || (key.kind == NW_INSTANCE && (key.as.instance->class_->own_equality || key.as.instance->class_->opaque_base));
    dict->live++;
    if (dict->index)
        index_entry(dict, dict->count);
    dict->count++;
}

bool nw_dict_remove(nw_eval *eval, nw_dict *dict, nw_value key)
{
    if (!nw_dict_find(dict, key))
        return false;
    nw_trail_dict(eval, dict);
    nw_dict_entry *entry = find_entry(dict, key, hash_key(key));
    entry->key = entry->value = nw_unset();
    dict->live--;
    return true;
}

void nw_dict_clear(nw_eval *eval, nw_dict *dict)
{
    nw_trail_dict(eval, dict);
    dict->entries = NULL;
    dict->index = NULL;
    dict->count = dict->capacity = dict->live = dict->index_size = 0;
}

uint64_t nw_name_hash(nw_symbol name)
{
    return scramble(((uint64_t)NW_STRING << 32) + name.v);
}

static bool is_entry_of(const nw_dict_entry *entry, nw_symbol name, uint64_t hash)
{
    return entry->hash == hash && (entry->key.kind == NW_STRING ? entry->key.as.symbol.v == name.v : entry->key.kind != NW_UNSET && same_key(entry->key, nw_string(name)));
}

nw_value *nw_dict_find_hashed(const nw_dict *dict, nw_symbol name, uint64_t hash)
{
    if (!dict->index) {
        for (uint32_t i = 0; i < dict->count; i++)
            if (is_entry_of(&dict->entries[i], name, hash))
                return &dict->entries[i].value;
        return NULL;
    }
    for (uint32_t slot = (uint32_t)hash & (dict->index_size - 1); dict->index[slot]; slot = (slot + 1) & (dict->index_size - 1))
        if (is_entry_of(&dict->entries[dict->index[slot] - 1], name, hash))
            return &dict->entries[dict->index[slot] - 1].value;
    return NULL;
}

nw_value *nw_dict_find_name(const nw_dict *dict, nw_symbol name)
{
    return dict->live ? nw_dict_find_hashed(dict, name, nw_name_hash(name)) : NULL;
}

void nw_dict_set_name(nw_eval *eval, nw_dict *dict, nw_symbol name, nw_value value)
{
    nw_dict_set(eval, dict, nw_string(name), value);
}

void nw_dict_set_fact(nw_eval *eval, nw_dict *dict, nw_symbol name, nw_value value)
{
    uint32_t level = eval->level;
    eval->level = 0;
    nw_dict_set_name(eval, dict, name, value);
    eval->level = level;
}

nw_dict_entry *nw_dict_next(const nw_dict *dict, uint32_t *position)
{
    while (*position < dict->count) {
        nw_dict_entry *entry = &dict->entries[(*position)++];
        if (entry->key.kind != NW_UNSET)
            return entry;
    }
    return NULL;
}

nw_dict *nw_dict_copy(nw_eval *eval, const nw_dict *dict)
{
    nw_dict *copy = nw_arena_copy(&eval->arena, dict, sizeof *dict);
    copy->level = eval->level;
    if (dict->attributes) /* of itself: `self.__dict__ = self` */
        copy->attributes = dict->attributes == dict ? NULL : nw_dict_copy(eval, dict->attributes);
    if (dict->count != dict->live || dict->count == dict->capacity)
        make_room_for_more(eval, copy);
    else
        nw_dict_detach(eval, copy);
    return copy;
}

/* ---- the rest ---- */

nw_value nw_string_from(nw_eval *eval, const char *bytes, size_t size)
{
    if (size > NW_MAX_STRING)
        return nw_lost(eval, NW_DIAG_MEMORY_LIMIT, ": a string of %zu bytes", size);
    return nw_string(nw_symbol_intern(eval->symbols, bytes, size));
}

nw_value nw_string_of(nw_eval *eval, const char *zero_terminated)
{
    return nw_string_from(eval, zero_terminated, strlen(zero_terminated));
}

nw_value nw_range_new(nw_eval *eval, int64_t start, int64_t stop, int64_t step)
{
    nw_range range = {start, stop, step};
    return (nw_value){.kind = NW_RANGE, .as.range = nw_arena_copy(&eval->arena, &range, sizeof range)};
}

int64_t nw_range_length(const nw_range *range)
{
    /* In unsigned arithmetic, because stop - start may not fit; a length beyond int64 is as good as its maximum. */
    uint64_t span = 0, step = 1;
    if (range->step > 0 && range->start < range->stop)
        span = (uint64_t)range->stop - (uint64_t)range->start, step = (uint64_t)range->step;
    else if (range->step < 0 && range->start > range->stop)
        span = (uint64_t)range->start - (uint64_t)range->stop, step = 0 - (uint64_t)range->step;
    uint64_t length = span ? (span - 1) / step + 1 : 0;
    return length > INT64_MAX ? INT64_MAX : (int64_t)length;
}

nw_value nw_method_new(nw_eval *eval, nw_value function, nw_value self)
{
    nw_method method = {function, self};
    return (nw_value){.kind = NW_METHOD, .as.method = nw_arena_copy(&eval->arena, &method, sizeof method)};
}

nw_value nw_native_new(nw_eval *eval, const char *name, nw_native_function call, nw_value self)
{
    nw_native native = {name, call, self};
    return (nw_value){.kind = NW_NATIVE, .as.native = nw_arena_copy(&eval->arena, &native, sizeof native)};
}

nw_value nw_slice_new(nw_eval *eval, nw_value start, nw_value stop, nw_value step)
{
    nw_slice slice = {start, stop, step};
    return (nw_value){.kind = NW_SLICE, .as.slice = nw_arena_copy(&eval->arena, &slice, sizeof slice)};
}

nw_iterator *nw_iterator_make(nw_eval *eval, nw_iterator_kind kind, nw_value source)
{
    nw_iterator *iterator = nw_arena_zero(&eval->arena, sizeof *iterator);
    iterator->kind = (uint8_t)kind;
    iterator->source = source;
    iterator->extra = nw_unset();
    iterator->live = source.kind == NW_DICT || source.kind == NW_SET ? source.as.dict->live : 0;
    return iterator;
}

nw_value nw_iterator_value(nw_iterator *iterator)
{
    return (nw_value){.kind = NW_ITERATOR, .as.iterator = iterator};
}
