#include "match/reaching.h"

#include <string.h>

static const nw_node *node_at(const nw_file_index *index, uint32_t id)
{
    return &index->module->ast->nodes[id];
}

static bool is_above(const nw_file_index *index, uint32_t outer, uint32_t inner)
{
    while (inner && inner != outer)
        inner = index->above[inner].parent;
    return inner != 0;
}

/* Whether what stands at both places may run again and again. */
static bool share_loop(const nw_file_index *index, uint32_t function, uint32_t one, uint32_t other)
{
    for (uint32_t at = one; at && index->above[at].function == function; at = index->above[at].parent) {
        uint8_t kind = node_at(index, at)->kind;
        bool loops = kind == NW_NODE_FOR || kind == NW_NODE_WHILE || (kind >= NW_NODE_LIST_COMPREHENSION && kind <= NW_NODE_GENERATOR);
        if (loops && is_above(index, at, other))
            return true;
    }
    return false;
}

/* Of one statement the value comes first, then the assignment; not so with `(y := f(x)) + y`. */
static bool comes_after(const nw_file_index *index, uint32_t value, uint32_t name)
{
    uint32_t assigned = index->above[value].statement, read = index->above[name].statement;
    if (node_at(index, index->above[value].parent)->kind == NW_NODE_NAMED)
        return false;
    return assigned == read || node_at(index, assigned)->start > node_at(index, read)->start;
}

/* Whether the assignment stands in front of the read, in the list of statements that holds the read or in one around it: nobody gets
 * to the read without it. */
static bool always_precedes(const nw_file_index *index, uint32_t value, uint32_t name)
{
    uint32_t statement = index->above[value].statement;
    uint8_t kind = node_at(index, statement)->kind;
    const nw_node_above *assigned = &index->above[statement];
    bool is_plain = kind == NW_NODE_ASSIGN || kind == NW_NODE_ANNOTATED_ASSIGN || kind == NW_NODE_AUGMENTED_ASSIGN;
    if (!is_plain || node_at(index, index->above[value].parent)->kind == NW_NODE_NAMED || !assigned->label)
        return false;
    for (uint32_t at = name; at; at = index->above[at].parent) {
        const nw_node_above *above = &index->above[at];
        if (above->statement == at && above->parent == assigned->parent && above->label && strcmp(above->label, assigned->label) == 0)
            return node_at(index, statement)->start < node_at(index, at)->start;
    }
    return false;
}

/* Where the last assignment begins without which nobody gets to the read: it hides what stands in front of it. */
static uint32_t last_before(const nw_file_index *index, const nw_outline_definition *definitions, uint32_t count, uint32_t name)
{
    uint32_t last = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t start = node_at(index, index->above[definitions[i].value].statement)->start;
        if (start > last && always_precedes(index, definitions[i].value, name))
            last = start;
    }
    return last;
}

static nw_list find_reaching(nw_outline *outline, uint32_t name)
{
    const nw_file_index *index = outline->index;
    uint32_t count, found = 0, function = index->above[name].function;
    const nw_outline_definition *definitions = nw_outline_definitions(outline, function, node_at(index, name)->c, &count);
    uint32_t *values = nw_arena_alloc(outline->arena, (count + 1) * sizeof *values), last = last_before(index, definitions, count, name);
    outline->steps += count;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t value = definitions[i].value;
        bool is_hidden = node_at(index, index->above[value].statement)->start < last;
        if (comes_after(index, value, name) ? share_loop(index, function, name, value) : !is_hidden)
            values[found++] = value;
    }
    return (nw_list){values, found};
}

nw_list nw_values_reaching(nw_outline *outline, uint32_t name)
{
    if (!outline->reaching_of)
        outline->reaching_of = nw_arena_zero(outline->arena, outline->index->module->ast->node_count * sizeof *outline->reaching_of);
    if (!outline->reaching_of[name]) {
        nw_list values = find_reaching(outline, name);
        NW_ARENA_RESERVE(outline->arena, outline->reaching, outline->reaching_count, outline->reaching_capacity);
        outline->reaching[outline->reaching_count++] = values;
        outline->reaching_of[name] = outline->reaching_count;
    }
    return outline->reaching[outline->reaching_of[name] - 1];
}
