/* --dump=pivot, and nodes in words. */
#include "pivot/pivot_node.h"

#include "model/value_text.h"

#include <math.h>
#include <string.h>

void nw_pivot_mark(const nw_pivot *pivot, bool *marked)
{
    for (uint32_t i = 0; i < pivot->output_count; i++)
        marked[pivot->outputs[i].node] = true;
    for (uint32_t i = pivot->count; i-- > 1;) /* children stand before parents */
        for (uint32_t k = 0; marked[i] && k < pivot->nodes[i]->child_count; k++)
            marked[pivot->nodes[i]->children[k]] = true;
    marked[0] = false;
}

uint32_t nw_pivot_count(const nw_pivot *pivot, uint32_t *opaque)
{
    bool *marked = nw_arena_zero(&pivot->eval->arena, pivot->count * sizeof *marked);
    uint32_t count = 0;
    *opaque = 0;
    nw_pivot_mark(pivot, marked);
    for (uint32_t i = 1; i < pivot->count; i++) {
        count += marked[i];
        *opaque += marked[i] && pivot->nodes[i]->op == NW_PIVOT_OPAQUE;
    }
    return count;
}

/* ---- names ---- */

static const char *shown_name(const nw_pivot *pivot, uint32_t node)
{
    const nw_pivot_node *n = pivot->nodes[node];
    if (n->op == NW_PIVOT_CLIP && n->attribute_count == 1 && n->child_count == 1) {
        nw_value low = nw_pivot_attribute_of(pivot, node, "low");
        if (low.kind == NW_FLOAT && low.as.number == 0)
            return "relu";
    }
    if (n->op == NW_PIVOT_MOVE) {
        nw_value digits = nw_pivot_attribute_of(pivot, node, "digits");
        return digits.kind == NW_TUPLE && digits.as.tuple->count <= 1 ? "reshape" : "move";
    }
    return nw_pivot_operator_name((nw_pivot_operator)n->op);
}

static void write_attribute(const nw_pivot *pivot, const nw_pivot_attribute *attribute, nw_buffer *out)
{
    nw_buffer_format(out, "%s=", nw_symbol_bytes(pivot->eval->symbols, attribute->name));
    nw_value_text(pivot->eval, attribute->value, out);
}

static void write_attributes(const nw_pivot *pivot, uint32_t node, bool first, nw_buffer *out)
{
    const nw_pivot_node *n = pivot->nodes[node];
    const char *name = shown_name(pivot, node);
    if (strcmp(name, "relu") == 0 || strcmp(name, "reshape") == 0)
        return;
    for (uint32_t i = 0; i < n->attribute_count; i++, first = false) {
        nw_buffer_text(out, first ? "" : ", ");
        write_attribute(pivot, &n->attributes[i], out);
    }
}

static void write_type(const nw_pivot_node *n, nw_buffer *out)
{
    nw_buffer_format(out, " %s", nw_dtype_short_name((nw_dtype)n->dtype));
    if (n->rank < 0) {
        nw_buffer_text(out, "[...]");
        return;
    }
    nw_buffer_byte(out, '[');
    for (int i = 0; i < n->rank; i++)
        nw_buffer_format(out, i ? ", %lld" : "%lld", (long long)n->shape[i]);
    nw_buffer_byte(out, ']');
}

static void write_constant(const nw_pivot_node *n, nw_buffer *out)
{
    enum { SHOWN = 8 };
    int64_t count = nw_pivot_elements(n);
    for (int64_t i = 0; i < count && i < SHOWN; i++)
        nw_buffer_format(out, i ? ", %.9g" : "%.9g", n->data[i]);
    if (count > SHOWN)
        nw_buffer_text(out, ", ...");
}

static void write_place(nw_place place, nw_buffer *out)
{
    const char *path;
    nw_position position;
    if (!nw_place_position(place, &path, &position))
        return;
    const char *slash = strrchr(path, '/');
    nw_buffer_format(out, " @%s:%u", slash ? slash + 1 : path, position.line);
}

static void write_leaf(const nw_pivot *pivot, const nw_pivot_node *n, nw_buffer *out)
{
    if (n->op == NW_PIVOT_INPUT)
        nw_buffer_format(out, "input %s", nw_symbol_bytes(pivot->eval->symbols, pivot->model->inputs[n->index].name));
    else if (n->op == NW_PIVOT_STATE)
        nw_buffer_format(out, "state %s", nw_symbol_bytes(pivot->eval->symbols, pivot->model->state[n->index].name));
    else if (n->op == NW_PIVOT_OPAQUE)
        nw_buffer_format(out, "opaque (%s)", n->reason);
}

static bool is_leaf(const nw_pivot_node *n)
{
    return n->op == NW_PIVOT_INPUT || n->op == NW_PIVOT_STATE || n->op == NW_PIVOT_OPAQUE;
}

/* `number` gives the shown number of each node, NULL: children are left out. */
static void write_call(const nw_pivot *pivot, uint32_t node, const uint32_t *number, nw_buffer *out)
{
    const nw_pivot_node *n = pivot->nodes[node];
    if (is_leaf(n)) {
        write_leaf(pivot, n, out);
        return;
    }
    const char *name = shown_name(pivot, node); /* a space behind the name keeps rows from naming it */
    nw_buffer_format(out, "%.*s(", (int)strcspn(name, " "), name);
    if (n->op == NW_PIVOT_CONSTANT)
        write_constant(n, out);
    for (uint32_t i = 0; number && i < n->child_count; i++)
        if (n->children[i])
            nw_buffer_format(out, i ? ", %%%u" : "%%%u", number[n->children[i]]);
        else
            nw_buffer_text(out, ", -");
    write_attributes(pivot, node, !number || !n->child_count, out);
    nw_buffer_byte(out, ')');
}

const char *nw_pivot_words(const nw_pivot *pivot, uint32_t node)
{
    nw_buffer text;
    nw_buffer_init(&text);
    if (!node)
        nw_buffer_text(&text, "nothing");
    else
        write_call(pivot, node, NULL, &text);
    if (node)
        write_type(pivot->nodes[node], &text);
    char *copy = nw_arena_copy(&pivot->eval->arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    return copy;
}

void nw_pivot_dump(const nw_pivot *pivot, nw_buffer *out)
{
    bool *marked = nw_arena_zero(&pivot->eval->arena, pivot->count * sizeof *marked);
    uint32_t *number = nw_arena_zero(&pivot->eval->arena, pivot->count * sizeof *number), count = 0;
    nw_pivot_mark(pivot, marked);
    for (uint32_t i = 1; i < pivot->count; i++) {
        if (!marked[i])
            continue;
        number[i] = ++count;
        nw_buffer_format(out, "%%%u = ", count);
        write_call(pivot, i, number, out);
        write_type(pivot->nodes[i], out);
        if (!is_leaf(pivot->nodes[i]) || pivot->nodes[i]->op == NW_PIVOT_OPAQUE)
            write_place(pivot->nodes[i]->place, out);
        nw_buffer_byte(out, '\n');
    }
    for (uint32_t i = 0; i < pivot->output_count; i++)
        nw_buffer_format(out, "output %s %%%u\n", nw_symbol_bytes(pivot->eval->symbols, pivot->outputs[i].name), number[pivot->outputs[i].node]);
}
