#include "match/word.h"

#include "match/computed.h"

#include <string.h>

/* Nodes by key: those of key k are items[starts[k]] up to items[starts[k + 1]]. */
typedef struct groups {
    uint32_t *starts, *items;
    uint32_t key_count;
} groups;

struct nw_words {
    bool has_words, has_mentions;
    groups words;     /* by symbol */
    groups texts;     /* STRING nodes, by the hash of each part between dots */
    uint32_t *others; /* calls with a computed name, attributes that take children */
    uint32_t other_count;
};

struct nw_words *nw_words_new(nw_arena *arena)
{
    return nw_arena_zero(arena, sizeof(struct nw_words));
}

static nw_list group(const groups *all, uint32_t key)
{
    if (key >= all->key_count)
        return (nw_list){0};
    return (nw_list){all->items + all->starts[key], all->starts[key + 1] - all->starts[key]};
}

/* ---- filling groups: all pairs are counted first, and then put in their places ---- */

static void groups_begin(groups *all, nw_arena *arena, uint32_t key_count)
{
    all->key_count = key_count;
    all->starts = nw_arena_zero(arena, ((size_t)key_count + 1) * sizeof *all->starts);
}

/* Counts become ends, from which the pairs, last one first, count down to the starts. */
static void groups_place(groups *all, nw_arena *arena)
{
    for (uint32_t k = 1; k <= all->key_count; k++)
        all->starts[k] += all->starts[k - 1];
    all->items = nw_arena_alloc(arena, ((size_t)all->starts[all->key_count] + 1) * sizeof *all->items);
}

/* ---- words ---- */

static uint32_t word_of(const nw_node *node)
{
    return node->kind == NW_NODE_ATTRIBUTE ? node->b : node->kind == NW_NODE_NAME || node->kind == NW_NODE_STRING ? node->a : 0;
}

static void find_words(const nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    groups *words = &index->words->words;
    uint32_t most = 0;
    for (uint32_t i = 1; i < ast->node_count; i++)
        most = word_of(&ast->nodes[i]) > most ? word_of(&ast->nodes[i]) : most;
    groups_begin(words, &index->eval->arena, most + 1);
    for (uint32_t i = 1; i < ast->node_count; i++)
        words->starts[word_of(&ast->nodes[i])] += word_of(&ast->nodes[i]) != 0;
    groups_place(words, &index->eval->arena);
    for (uint32_t i = ast->node_count; i-- > 1;)
        if (word_of(&ast->nodes[i]))
            words->items[--words->starts[word_of(&ast->nodes[i])]] = i;
    index->words->has_words = true;
}

nw_list nw_file_word(const nw_file_index *index, nw_symbol word)
{
    if (!index->words->has_words)
        find_words(index);
    return word.v ? group(&index->words->words, word.v) : (nw_list){0};
}

bool nw_file_has_word(const nw_file_index *index, nw_node_kind kind, const char *word)
{
    nw_list places = nw_file_word(index, nw_symbol_of(index->eval->symbols, word));
    for (uint32_t i = 0; i < places.count; i++)
        if (nw_file_node(index, places.items[i])->kind == kind)
            return true;
    return false;
}

uint32_t nw_file_class_named(const nw_file_index *index, nw_symbol name)
{
    nw_list places = nw_file_word(index, name);
    for (uint32_t i = 0; i < places.count; i++) {
        uint32_t parent = index->above[places.items[i]].parent;
        const nw_node *class_ = nw_file_node(index, parent);
        if (class_->kind == NW_NODE_CLASS && class_->c == places.items[i])
            return parent;
    }
    return 0;
}

/* ---- what may mean an attribute ---- */

enum { MOST_HASHES = 1 << 16 };

static uint32_t hash_of(const groups *texts, const char *bytes, uint32_t size)
{
    uint32_t hash = 2166136261u;
    for (uint32_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)bytes[i]) * 16777619u;
    return (hash ^ hash >> 15) & (texts->key_count - 1);
}

/* Takes a part of a text, between dots. */
static uint32_t size_of_part(nw_text text, uint32_t from)
{
    const char *dot = from < text.size ? memchr(text.bytes + from, '.', text.size - from) : NULL;
    return dot ? (uint32_t)(dot - text.bytes) - from : text.size - from;
}

/* Names have no spaces. */
static bool is_path(nw_text text)
{
    return !text.size || !memchr(text.bytes, ' ', text.size);
}

static void find_texts(const nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    groups *texts = &index->words->texts;
    uint32_t count = 0, keys = 64;
    for (uint32_t i = 1; i < ast->node_count; i++)
        count += ast->nodes[i].kind == NW_NODE_STRING;
    while (keys < count && keys < MOST_HASHES)
        keys *= 2;
    groups_begin(texts, &index->eval->arena, keys);
    for (int puts = 0; puts < 2; puts++) {
        for (uint32_t i = ast->node_count; i-- > 1;) {
            nw_text text = nw_symbol_text(index->eval->symbols, (nw_symbol){ast->nodes[i].kind == NW_NODE_STRING ? ast->nodes[i].a : 0});
            if (ast->nodes[i].kind != NW_NODE_STRING || !is_path(text))
                continue;
            for (uint32_t at = 0, size; at <= text.size; at += size + 1) {
                size = size_of_part(text, at);
                uint32_t *start = &texts->starts[hash_of(texts, text.bytes + at, size)];
                if (puts)
                    texts->items[--*start] = i;
                else
                    ++*start;
            }
        }
        if (!puts)
            groups_place(texts, &index->eval->arena);
    }
}

static void find_others(const nw_file_index *index)
{
    const nw_ast *ast = index->module->ast;
    uint32_t capacity = 0;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        nw_computed_name name;
        nw_node_kind kind = (nw_node_kind)ast->nodes[i].kind;
        if (!(kind == NW_NODE_CALL && nw_computed_name_of(index, i, &name)) && !(kind == NW_NODE_ATTRIBUTE && nw_takes_children(index, i)))
            continue;
        NW_ARENA_RESERVE(&index->eval->arena, index->words->others, index->words->other_count, capacity);
        index->words->others[index->words->other_count++] = i;
    }
}

nw_node_walk nw_file_mentions(const nw_file_index *index, nw_symbol attribute)
{
    struct nw_words *words = index->words;
    if (!words->has_mentions) {
        find_texts(index);
        find_others(index);
        words->has_mentions = true;
    }
    nw_text name = nw_symbol_text(index->eval->symbols, attribute);
    nw_list texts = group(&words->texts, hash_of(&words->texts, name.bytes, size_of_part(name, 0)));
    return (nw_node_walk){{nw_file_word(index, attribute), texts, {words->others, words->other_count}}};
}

uint32_t nw_node_walk_next(nw_node_walk *walk)
{
    uint32_t next = 0;
    for (int i = 0; i < 3; i++)
        if (walk->lists[i].count && (!next || *walk->lists[i].items < next))
            next = *walk->lists[i].items;
    for (int i = 0; i < 3; i++)
        while (walk->lists[i].count && *walk->lists[i].items == next) {
            walk->lists[i].items++;
            walk->lists[i].count--;
        }
    return next;
}
