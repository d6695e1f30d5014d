#include "logic/bdd.h"

#include <stdlib.h>
#include <string.h>
#include <stdio.h>

struct nw_bdd_cache_entry {
    uint32_t a, b, c, result;
};

enum { FIRST_UNIQUE = 1 << 10, MAX_CACHE = 1 << 18, MAX_DEPTH = 4000 };

/* In place of a node: the limit was reached. In place of the third operand of a cached ite: the entry is of restrict. */
#define REFUSED UINT32_MAX
#define RESTRICT_TAG (UINT32_MAX - 1)
#define TERMINAL_ATOM UINT32_MAX

static void *allocate(void *old, size_t size)
{
    void *memory = realloc(old, size);
    if (!memory) {
        fputs("netwright: out of memory\n", stderr);
        exit(3);
    }
    return memory;
}

static uint32_t mix(uint32_t a, uint32_t b, uint32_t c)
{
    /* Ids are small and run in sequence, so each is spread over all bits before the next one joins. */
    uint64_t hash = ((uint64_t)a << 32 | b) * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (hash >> 32) ^ c) * 0xC2B2AE3D27D4EB4Fu;
    return (uint32_t)(hash >> 32);
}

void nw_bdd_allow(nw_bdd *bdd)
{
    bdd->most = bdd->count + NW_BDD_MAX_NODES;
    bdd->overflows = 0;
}

void nw_bdd_init(nw_bdd *bdd)
{
    *bdd = (nw_bdd){.capacity = 256, .unique_size = FIRST_UNIQUE, .cache_size = FIRST_UNIQUE, .count = 2};
    bdd->nodes = allocate(NULL, bdd->capacity * sizeof *bdd->nodes);
    bdd->nodes[0] = (nw_bdd_node){TERMINAL_ATOM, 0, 0};
    bdd->nodes[1] = (nw_bdd_node){TERMINAL_ATOM, 1, 1};
    bdd->unique = allocate(NULL, bdd->unique_size * sizeof *bdd->unique);
    memset(bdd->unique, 0, bdd->unique_size * sizeof *bdd->unique);
    bdd->cache = allocate(NULL, bdd->cache_size * sizeof *bdd->cache);
    memset(bdd->cache, 0, bdd->cache_size * sizeof *bdd->cache);
    nw_bdd_allow(bdd);
}

void nw_bdd_release(nw_bdd *bdd)
{
    free(bdd->nodes);
    free(bdd->unique);
    free(bdd->cache);
    *bdd = (nw_bdd){0};
}

static uint32_t *unique_slot(nw_bdd *bdd, nw_bdd_node node)
{
    uint32_t slot = mix(node.atom, node.low, node.high) & (bdd->unique_size - 1);
    for (; bdd->unique[slot]; slot = (slot + 1) & (bdd->unique_size - 1)) {
        nw_bdd_node other = bdd->nodes[bdd->unique[slot]];
        if (other.atom == node.atom && other.low == node.low && other.high == node.high)
            break;
    }
    return &bdd->unique[slot];
}

static void grow_unique(nw_bdd *bdd)
{
    bdd->unique_size *= 2;
    bdd->unique = allocate(bdd->unique, bdd->unique_size * sizeof *bdd->unique);
    memset(bdd->unique, 0, bdd->unique_size * sizeof *bdd->unique);
    for (uint32_t id = 2; id < bdd->count; id++)
        *unique_slot(bdd, bdd->nodes[id]) = id;
    if (bdd->unique_size <= MAX_CACHE) { /* results that were remembered are lost, which costs no more than their repetition */
        bdd->cache_size = bdd->unique_size;
        bdd->cache = allocate(bdd->cache, bdd->cache_size * sizeof *bdd->cache);
        memset(bdd->cache, 0, bdd->cache_size * sizeof *bdd->cache);
    }
}

/* A node that is not there yet; `slot` is where it belongs. */
static uint32_t append(nw_bdd *bdd, nw_bdd_node node, uint32_t *slot)
{
    if (bdd->count == bdd->capacity) {
        bdd->capacity *= 2;
        bdd->nodes = allocate(bdd->nodes, bdd->capacity * sizeof *bdd->nodes);
    }
    if (bdd->count * 2 > bdd->unique_size) {
        grow_unique(bdd);
        slot = unique_slot(bdd, node);
    }
    *slot = bdd->count;
    bdd->nodes[bdd->count] = node;
    return bdd->count++;
}

static uint32_t make_node(nw_bdd *bdd, uint32_t atom, uint32_t low, uint32_t high)
{
    if (low == REFUSED || high == REFUSED)
        return REFUSED;
    if (low == high)
        return low;
    nw_bdd_node node = {atom, low, high};
    uint32_t *found = unique_slot(bdd, node);
    if (*found)
        return *found;
    return bdd->count < bdd->most ? append(bdd, node, found) : REFUSED;
}

nw_guard nw_bdd_atom(nw_bdd *bdd)
{
    nw_bdd_node node = {bdd->atom_count++, 0, 1};
    return (nw_guard){append(bdd, node, unique_slot(bdd, node))};
}

static uint32_t cofactor(const nw_bdd *bdd, uint32_t id, uint32_t atom, bool high)
{
    nw_bdd_node node = bdd->nodes[id];
    return node.atom != atom ? id : high ? node.high : node.low;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t ite(nw_bdd *bdd, uint32_t test, uint32_t then, uint32_t otherwise, unsigned depth)
{
    if (test == 1 || then == otherwise)
        return then;
    if (test == 0)
        return otherwise;
    if (then == 1 && otherwise == 0)
        return test;
    if (depth > MAX_DEPTH)
        return REFUSED;
    uint32_t slot = mix(test, then, otherwise) & (bdd->cache_size - 1);
    struct nw_bdd_cache_entry seen = bdd->cache[slot];
    if (seen.a == test && seen.b == then && seen.c == otherwise)
        return seen.result;
    if (bdd->count >= bdd->most) /* nearly every answer would take a new node */
        return REFUSED;
    uint32_t atom = least(bdd->nodes[test].atom, least(bdd->nodes[then].atom, bdd->nodes[otherwise].atom));
    uint32_t low = ite(bdd, cofactor(bdd, test, atom, false), cofactor(bdd, then, atom, false), cofactor(bdd, otherwise, atom, false), depth + 1);
    if (low == REFUSED)
        return REFUSED;
    uint32_t high = ite(bdd, cofactor(bdd, test, atom, true), cofactor(bdd, then, atom, true), cofactor(bdd, otherwise, atom, true), depth + 1);
    uint32_t result = make_node(bdd, atom, low, high);
    if (result != REFUSED)
        bdd->cache[slot] = (struct nw_bdd_cache_entry){test, then, otherwise, result};
    return result;
}

nw_guard nw_bdd_ite(nw_bdd *bdd, nw_guard test, nw_guard then, nw_guard otherwise)
{
    uint32_t result = ite(bdd, test.v, then.v, otherwise.v, 0);
    if (result != REFUSED)
        return (nw_guard){result};
    /* An atom stands for what was too large; the same question finds it again. */
    bdd->overflows++;
    nw_guard atom = nw_bdd_atom(bdd);
    uint32_t slot = mix(test.v, then.v, otherwise.v) & (bdd->cache_size - 1);
    bdd->cache[slot] = (struct nw_bdd_cache_entry){test.v, then.v, otherwise.v, atom.v};
    return atom;
}

nw_guard nw_bdd_not(nw_bdd *bdd, nw_guard a)
{
    return nw_bdd_ite(bdd, a, NW_FALSE, NW_TRUE);
}

nw_guard nw_bdd_and(nw_bdd *bdd, nw_guard a, nw_guard b)
{
    return nw_bdd_ite(bdd, a, b, NW_FALSE);
}

nw_guard nw_bdd_or(nw_bdd *bdd, nw_guard a, nw_guard b)
{
    return nw_bdd_ite(bdd, a, NW_TRUE, b);
}

bool nw_bdd_implies(nw_bdd *bdd, nw_guard a, nw_guard b)
{
    /* Asked without `finish`: a refused question must not leave an atom behind. */
    return ite(bdd, a.v, b.v, 1, 0) == 1;
}

static uint32_t restrict_to(nw_bdd *bdd, uint32_t a, uint32_t care, unsigned depth)
{
    if (care <= 1 || a <= 1)
        return a;
    if (depth > MAX_DEPTH)
        return REFUSED;
    uint32_t slot = mix(a, care, RESTRICT_TAG) & (bdd->cache_size - 1);
    struct nw_bdd_cache_entry seen = bdd->cache[slot];
    if (seen.a == a && seen.b == care && seen.c == RESTRICT_TAG)
        return seen.result;
    nw_bdd_node value = bdd->nodes[a], limit = bdd->nodes[care];
    uint32_t result;
    if (limit.atom < value.atom) {
        uint32_t either = ite(bdd, limit.low, 1, limit.high, depth + 1);
        result = either == REFUSED ? REFUSED : restrict_to(bdd, a, either, depth + 1);
    } else if (limit.atom == value.atom && limit.low == 0) {
        result = restrict_to(bdd, value.high, limit.high, depth + 1);
    } else if (limit.atom == value.atom && limit.high == 0) {
        result = restrict_to(bdd, value.low, limit.low, depth + 1);
    } else {
        uint32_t low = restrict_to(bdd, value.low, cofactor(bdd, care, value.atom, false), depth + 1);
        uint32_t high = restrict_to(bdd, value.high, cofactor(bdd, care, value.atom, true), depth + 1);
        result = make_node(bdd, value.atom, low, high);
    }
    if (result != REFUSED)
        bdd->cache[slot] = (struct nw_bdd_cache_entry){a, care, RESTRICT_TAG, result};
    return result;
}

nw_guard nw_bdd_restrict(nw_bdd *bdd, nw_guard a, nw_guard care)
{
    uint32_t result = restrict_to(bdd, a.v, care.v, 0);
    return result == REFUSED ? a : (nw_guard){result};
}

uint32_t nw_bdd_top(const nw_bdd *bdd, nw_guard a)
{
    return bdd->nodes[a.v].atom;
}

nw_guard nw_bdd_low(const nw_bdd *bdd, nw_guard a)
{
    return (nw_guard){bdd->nodes[a.v].low};
}

nw_guard nw_bdd_high(const nw_bdd *bdd, nw_guard a)
{
    return (nw_guard){bdd->nodes[a.v].high};
}
