/* The order in which Python goes through a set: that of its hash table. Texts have another hash in each run of Python; numbers, and tuples of
 * them, have the same one in all. The table is built anew from the items in the order in which they came, as CPython's Objects/setobject.c does it. */
#include "eval/set_order.h"

#include <string.h>

enum { FIRST_SIZE = 8, LINEAR_PROBES = 9, PERTURB_SHIFT = 5 };
static const uint64_t MODULUS = (UINT64_C(1) << 61) - 1;

typedef struct table {
    uint32_t *slots; /* number of the item + 1; 0: free */
    uint64_t mask;
    uint32_t used;
} table;

static uint64_t hash_of_integer(int64_t number)
{
    uint64_t size = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    int64_t hash = (int64_t)(size % MODULUS);
    hash = number < 0 ? -hash : hash;
    return (uint64_t)(hash == -1 ? -2 : hash);
}

static bool hash_of(nw_value value, uint64_t *hash);

/* xxHash, as Python has it for tuples. */
static bool hash_of_tuple(const nw_tuple *tuple, uint64_t *hash)
{
    const uint64_t prime1 = UINT64_C(11400714785074694791), prime2 = UINT64_C(14029467366897019727), prime5 = UINT64_C(2870177450012600261);
    uint64_t sum = prime5, lane;
    for (uint32_t i = 0; i < tuple->count; i++) {
        if (!hash_of(tuple->items[i], &lane))
            return false;
        sum += lane * prime2;
        sum = (sum << 31 | sum >> 33) * prime1;
    }
    sum += tuple->count ^ (prime5 ^ UINT64_C(3527539));
    *hash = sum == UINT64_MAX ? UINT64_C(1546275796) : sum;
    return true;
}

static bool hash_of(nw_value value, uint64_t *hash)
{
    switch (value.kind) {
    case NW_INT:
    case NW_BOOL:
        *hash = hash_of_integer(value.as.integer);
        return true;
    case NW_FLOAT:
        if (value.as.number != (double)(int32_t)value.as.number)
            return false;
        *hash = hash_of_integer((int32_t)value.as.number);
        return true;
    case NW_TUPLE:
        return hash_of_tuple(value.as.tuple, hash);
    default:
        return false;
    }
}

static void put(table *into, uint64_t hash, uint32_t item)
{
    uint64_t at = hash & into->mask, perturb = hash;
    for (;;) {
        uint64_t last = at + LINEAR_PROBES <= into->mask ? at + LINEAR_PROBES : at;
        for (uint64_t i = at; i <= last; i++)
            if (!into->slots[i]) {
                into->slots[i] = item + 1;
                into->used++;
                return;
            }
        perturb >>= PERTURB_SHIFT;
        at = (at * 5 + 1 + perturb) & into->mask;
    }
}

static void resize(nw_eval *eval, table *old, const uint64_t *hashes, uint64_t more_than)
{
    uint64_t size = FIRST_SIZE;
    while (size <= more_than)
        size *= 2;
    table made = {.slots = nw_arena_zero(&eval->arena, size * sizeof *made.slots), .mask = size - 1};
    for (uint64_t i = 0; old->slots && i <= old->mask; i++)
        if (old->slots[i])
            put(&made, hashes[old->slots[i] - 1], old->slots[i] - 1);
    *old = made;
}

static bool is_crowded(const table *of, uint64_t count)
{
    return count * 5 >= of->mask * 3;
}

nw_value nw_set_ordered(nw_eval *eval, const nw_dict *set)
{
    uint32_t count = 0, position = 0;
    const nw_dict_entry *first = nw_dict_next(set, &position);
    uint64_t hash;
    if (set->live < 2 || set->open || !hash_of(first->key, &hash))
        return nw_unset();
    uint64_t *hashes = nw_arena_alloc(&eval->arena, set->live * sizeof *hashes);
    nw_value *items = nw_arena_alloc(&eval->arena, set->live * sizeof *items);
    position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(set, &position)); count++) {
        items[count] = entry->key;
        if (!hash_of(entry->key, &hashes[count]))
            return nw_unset();
    }
    table all = {0};
    resize(eval, &all, hashes, 0);
    if (set->merged && is_crowded(&all, set->merged)) /* room for all of them is made before the first is put there */
        resize(eval, &all, hashes, (uint64_t)set->merged * 2);
    for (uint32_t i = 0; i < count; i++) {
        put(&all, hashes[i], i);
        if (i >= set->merged && is_crowded(&all, all.used))
            resize(eval, &all, hashes, (uint64_t)all.used * 4);
    }
    nw_tuple *ordered = nw_tuple_make(eval, count);
    for (uint64_t i = 0, at = 0; i <= all.mask; i++)
        if (all.slots[i])
            ordered->items[at++] = items[all.slots[i] - 1];
    return (nw_value){.kind = NW_TUPLE, .as.tuple = ordered};
}
