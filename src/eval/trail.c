#include "eval/trail.h"

#include "eval/eval.h"

#include <stdlib.h>
#include <string.h>

static nw_trail_entry *push(nw_eval *eval, nw_trail_kind kind, void *place)
{
    if (eval->trail_count == eval->trail_capacity) {
        eval->trail_capacity = eval->trail_capacity ? eval->trail_capacity * 2 : 1024;
        eval->trail = realloc(eval->trail, eval->trail_capacity * sizeof *eval->trail);
        if (!eval->trail)
            abort();
    }
    nw_trail_entry *entry = &eval->trail[eval->trail_count++];
    entry->kind = (uint8_t)kind;
    entry->place = place;
    return entry;
}

static size_t header_size(uint8_t kind)
{
    return kind == NW_TRAIL_LIST ? sizeof(nw_sequence) : kind == NW_TRAIL_DICT ? sizeof(nw_dict) : sizeof(nw_iterator);
}

void nw_trail_value(nw_eval *eval, nw_value *slot)
{
    if (eval->level)
        push(eval, NW_TRAIL_VALUE, slot)->saved.value = *slot;
}

void nw_trail_list(nw_eval *eval, nw_sequence *list)
{
    if (eval->level == 0 || list->level >= eval->level)
        return;
    push(eval, NW_TRAIL_LIST, list)->saved.copy = nw_arena_copy(&eval->arena, list, sizeof *list);
    list->items = nw_arena_copy(&eval->arena, list->items, list->count * sizeof *list->items);
    list->capacity = list->count;
    list->level = eval->level;
}

void nw_trail_dict(nw_eval *eval, nw_dict *dict)
{
    if (eval->level == 0 || dict->level >= eval->level)
        return;
    push(eval, NW_TRAIL_DICT, dict)->saved.copy = nw_arena_copy(&eval->arena, dict, sizeof *dict);
    nw_dict_detach(eval, dict);
    dict->level = eval->level;
}

void nw_trail_iterator(nw_eval *eval, nw_iterator *iterator)
{
    if (eval->level)
        push(eval, NW_TRAIL_ITERATOR, iterator)->saved.copy = nw_arena_copy(&eval->arena, iterator, sizeof *iterator);
}

static void read_place(nw_eval *eval, const nw_trail_entry *at, nw_trail_entry *out)
{
    *out = *at;
    if (at->kind == NW_TRAIL_VALUE)
        out->saved.value = *(nw_value *)at->place;
    else
        out->saved.copy = nw_arena_copy(&eval->arena, at->place, header_size(at->kind));
}

static void write_place(const nw_trail_entry *entry)
{
    if (entry->kind == NW_TRAIL_VALUE)
        *(nw_value *)entry->place = entry->saved.value;
    else
        memcpy(entry->place, entry->saved.copy, header_size(entry->kind));
}

/* Open addressing set of places, entry number + 1. */
typedef struct place_set {
    uint32_t *slots;
    uint32_t mask;
} place_set;

static place_set place_set_new(uint32_t count)
{
    uint32_t size = 16;
    while (size < count * 2)
        size *= 2;
    uint32_t *slots = calloc(size, sizeof *slots);
    if (!slots)
        abort();
    return (place_set){slots, size - 1};
}

/* The entry number + 1 stored for the place; `number` is stored when there is none, and 0 returned. */
static uint32_t place_set_put(place_set *set, const nw_trail_entry *entries, const void *place, uint32_t number)
{
    uint32_t slot = (uint32_t)(((uintptr_t)place >> 4) * 2654435761u) & set->mask;
    for (; set->slots[slot]; slot = (slot + 1) & set->mask)
        if (entries[set->slots[slot] - 1].place == place)
            return set->slots[slot];
    set->slots[slot] = number + 1;
    return 0;
}

static uint32_t place_set_find(const place_set *set, const nw_trail_entry *entries, const void *place)
{
    uint32_t slot = (uint32_t)(((uintptr_t)place >> 4) * 2654435761u) & set->mask;
    for (; set->slots[slot]; slot = (slot + 1) & set->mask)
        if (entries[set->slots[slot] - 1].place == place)
            return set->slots[slot];
    return 0;
}

/* One entry for each place written in [from, to): the first of each. */
static nw_delta first_entries(nw_eval *eval, uint32_t from, uint32_t to)
{
    nw_delta delta = {0};
    if (from == to)
        return delta;
    delta.entries = nw_arena_alloc(&eval->arena, (to - from) * sizeof *delta.entries);
    place_set set = place_set_new(to - from);
    for (uint32_t i = from; i < to; i++) {
        delta.entries[delta.count] = eval->trail[i];
        if (!place_set_put(&set, delta.entries, eval->trail[i].place, delta.count))
            delta.count++;
    }
    free(set.slots);
    return delta;
}

nw_delta nw_trail_before(nw_eval *eval, uint32_t mark)
{
    return first_entries(eval, mark, eval->trail_count);
}

nw_delta nw_trail_capture(nw_eval *eval, uint32_t mark)
{
    nw_delta delta = first_entries(eval, mark, eval->trail_count);
    for (uint32_t i = 0; i < delta.count; i++)
        read_place(eval, &delta.entries[i], &delta.entries[i]);
    return delta;
}

nw_delta nw_trail_between(nw_eval *eval, uint32_t mark, uint32_t position)
{
    nw_delta written = first_entries(eval, mark, position);
    nw_delta later = first_entries(eval, position, eval->trail_count);
    place_set set = place_set_new(later.count + 1);
    for (uint32_t i = 0; i < later.count; i++)
        place_set_put(&set, later.entries, later.entries[i].place, i);
    for (uint32_t i = 0; i < written.count; i++) {
        uint32_t found = place_set_find(&set, later.entries, written.entries[i].place);
        if (found)
            written.entries[i] = later.entries[found - 1];
        else
            read_place(eval, &written.entries[i], &written.entries[i]);
    }
    free(set.slots);
    return written;
}

void nw_trail_undo(nw_eval *eval, uint32_t mark)
{
    while (eval->trail_count > mark)
        write_place(&eval->trail[--eval->trail_count]);
}

void nw_trail_apply(nw_eval *eval, nw_delta delta)
{
    for (uint32_t i = 0; i < delta.count; i++) {
        const nw_trail_entry *entry = &delta.entries[i];
        nw_trail_entry *undo = push(eval, entry->kind, entry->place);
        read_place(eval, entry, undo);
        write_place(entry);
    }
}

const nw_trail_entry *nw_delta_find(nw_delta delta, const void *place)
{
    for (uint32_t i = 0; i < delta.count; i++)
        if (delta.entries[i].place == place)
            return &delta.entries[i];
    return NULL;
}
