/* Builders of einops patterns, "b (h w) c -> b c h w": reshape, reduce, transpose, repeat, reshape. */
#include "pivot/pivot_build.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_NAMES = 48 };

typedef struct pattern_axis {
    char name[40];
    int64_t size; /* 0: not known yet */
} pattern_axis;

/* A side of a pattern: names in order, and how many belong to each axis of the tensor. */
typedef struct pattern_side {
    int names[MAX_NAMES];
    int name_count;
    int group[NW_PIVOT_MAX_RANK]; /* names of each group */
    int group_count;
} pattern_side;

typedef struct pattern {
    nw_pivot_call *call;
    pattern_axis axes[MAX_NAMES];
    int axis_count;
    int hidden; /* axes that `...` stands for */
    pattern_side left, right;
} pattern;

static int find_axis(pattern *p, const char *name, size_t size)
{
    for (int i = 0; i < p->axis_count; i++)
        if (strlen(p->axes[i].name) == size && memcmp(p->axes[i].name, name, size) == 0)
            return i;
    if (p->axis_count == MAX_NAMES || size >= sizeof p->axes->name)
        return -1;
    pattern_axis *axis = &p->axes[p->axis_count];
    *axis = (pattern_axis){.size = isdigit((unsigned char)*name) ? atoll(name) : 0};
    memcpy(axis->name, name, size);
    return p->axis_count++;
}

static bool add_name(pattern *p, pattern_side *side, const char *name, size_t size)
{
    int axis = find_axis(p, name, size);
    if (axis < 0 || side->name_count == MAX_NAMES)
        return false;
    side->names[side->name_count++] = axis;
    side->group[side->group_count - 1]++;
    return true;
}

static bool begin_group(pattern_side *side)
{
    if (side->group_count == NW_PIVOT_MAX_RANK)
        return false;
    side->group[side->group_count++] = 0;
    return true;
}

static bool add_hidden(pattern *p, pattern_side *side, bool inside)
{
    for (int i = 0; i < p->hidden; i++) {
        char name[] = {'.', (char)('a' + i), 0};
        if ((!inside && !begin_group(side)) || !add_name(p, side, name, 2))
            return false;
    }
    return true;
}

static bool read_side(pattern *p, pattern_side *side, const char *text, const char *end)
{
    bool inside = false;
    while (text < end) {
        size_t size = 1;
        if (isspace((unsigned char)*text)) {
            text++;
            continue;
        }
        if (*text == '(' || *text == ')') {
            if (inside == (*text == '(') || (*text == '(' && !begin_group(side)))
                return false;
            inside = *text == '(';
        } else if (end - text >= 3 && memcmp(text, "...", 3) == 0) {
            size = 3;
            if (!add_hidden(p, side, inside))
                return false;
        } else {
            while (text + size < end && (isalnum((unsigned char)text[size]) || text[size] == '_'))
                size++;
            bool one = size == 1 && *text == '1';
            if ((!inside && !begin_group(side)) || (!one && !add_name(p, side, text, size)))
                return false;
        }
        text += size;
    }
    return !inside;
}

/* Groups of the left side without `...`, to know how many axes that is. */
static int count_groups(const char *text, const char *end)
{
    int count = 0;
    bool inside = false, word = false;
    for (; text < end; text++) {
        bool letter = isalnum((unsigned char)*text) || *text == '_';
        count += !inside && letter && !word;
        count += *text == '(';
        inside = *text == '(' || (inside && *text != ')');
        word = letter;
    }
    return count;
}

static bool read_lengths(pattern *p, nw_value lengths)
{
    nw_eval *eval = p->call->pivot->eval;
    uint32_t position = 0;
    lengths = nw_settle(eval, lengths);
    if (lengths.kind != NW_DICT)
        return lengths.kind == NW_NONE || lengths.kind == NW_UNSET;
    for (nw_dict_entry *entry; (entry = nw_dict_next(lengths.as.dict, &position));) {
        int64_t size;
        if (entry->key.kind != NW_STRING || !nw_known_integer(nw_pivot_settle(p->call->pivot, entry->value), &size))
            return false;
        nw_text name = nw_symbol_text(eval->symbols, entry->key.as.symbol);
        int axis = find_axis(p, name.bytes, name.size);
        if (axis < 0)
            return false;
        p->axes[axis].size = size;
    }
    return true;
}

static bool infer_sizes(pattern *p, const nw_pivot_node *input)
{
    int at = 0;
    if (p->left.group_count != input->rank)
        return false;
    for (int i = 0; i < input->rank; i++) {
        int64_t product = 1;
        int open = -1;
        for (int k = 0; k < p->left.group[i]; k++, at++) {
            pattern_axis *axis = &p->axes[p->left.names[at]];
            if (axis->size)
                product *= axis->size;
            else if (open >= 0)
                return false;
            else
                open = p->left.names[at];
        }
        if (product < 1 || input->shape[i] % product)
            return false;
        if (open >= 0)
            p->axes[open].size = input->shape[i] / product;
        else if (input->shape[i] != product)
            return false;
    }
    for (int i = 0; i < p->right.name_count; i++)
        if (!p->axes[p->right.names[i]].size)
            return false;
    return true;
}

static bool on_side(const pattern_side *side, int axis)
{
    for (int i = 0; i < side->name_count; i++)
        if (side->names[i] == axis)
            return true;
    return false;
}

static bool read_pattern(pattern *p, nw_pivot_call *call, const char *text, nw_value lengths, const nw_pivot_node *input)
{
    const char *arrow = strstr(text, "->");
    *p = (pattern){.call = call};
    if (!arrow || !read_lengths(p, lengths))
        return false;
    const char *dots = strstr(text, "...");
    p->hidden = dots && dots < arrow ? input->rank - count_groups(text, arrow) : 0;
    return p->hidden >= 0 && p->hidden < 16 && read_side(p, &p->left, text, arrow) && read_side(p, &p->right, arrow + 2, text + strlen(text)) &&
           infer_sizes(p, input);
}

/* Axes that stand on the left side alone are reduced. */
static uint32_t reduce_axes(pattern *p, uint32_t node, const char *reduction, int *kept, int *count)
{
    static const struct { const char *name; nw_pivot_operator op; } table[] = {
        {"sum", NW_PIVOT_REDUCE_SUM}, {"max", NW_PIVOT_REDUCE_MAX}, {"min", NW_PIVOT_REDUCE_MIN}, {"prod", NW_PIVOT_REDUCE_PRODUCT},
        {"any", NW_PIVOT_REDUCE_ANY}, {"all", NW_PIVOT_REDUCE_ALL}};
    bool axes[NW_PIVOT_MAX_RANK];
    *count = 0;
    for (int i = 0; i < p->left.name_count; i++) {
        axes[i] = !on_side(&p->right, p->left.names[i]);
        if (!axes[i])
            kept[(*count)++] = p->left.names[i];
    }
    if (*count == p->left.name_count)
        return node;
    if (strcmp(reduction, "mean") == 0)
        return nw_pivot_mean(p->call->pivot, node, axes);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].name, reduction) == 0)
            return nw_pivot_reduce(p->call->pivot, table[i].op, node, axes);
    return 0;
}

static nw_pivot_value rearranged(pattern *p, uint32_t x, const char *reduction)
{
    nw_pivot *pivot = p->call->pivot;
    int64_t flat[NW_PIVOT_MAX_RANK], wide[NW_PIVOT_MAX_RANK], apart[NW_PIVOT_MAX_RANK], shape[NW_PIVOT_MAX_RANK], permutation[NW_PIVOT_MAX_RANK];
    int kept[MAX_NAMES], kept_count, moved = 0;
    for (int i = 0; i < p->left.name_count; i++)
        flat[i] = p->axes[p->left.names[i]].size;
    uint32_t node = reduce_axes(p, nw_pivot_reshape(pivot, x, flat, p->left.name_count), reduction, kept, &kept_count);
    if (!node)
        return nw_pivot_refuse(p->call, "the reduction %s", reduction);
    for (int i = 0; i < p->right.name_count; i++) {
        wide[i] = p->axes[p->right.names[i]].size;
        apart[i] = 1; /* an axis that is new */
        for (int k = 0; k < kept_count; k++)
            if (kept[k] == p->right.names[i]) {
                permutation[moved++] = k;
                apart[i] = wide[i];
            }
    }
    if (moved != kept_count)
        return nw_pivot_refuse(p->call, "an axis that stands twice");
    node = nw_pivot_reshape(pivot, nw_pivot_transpose(pivot, node, permutation), apart, p->right.name_count);
    node = nw_pivot_broadcast(pivot, node, wide, p->right.name_count);
    for (int i = 0, at = 0; i < p->right.group_count; i++) {
        shape[i] = 1;
        for (int k = 0; k < p->right.group[i]; k++)
            shape[i] *= p->axes[p->right.names[at++]].size;
    }
    return nw_pivot_value_node(nw_pivot_reshape(pivot, node, shape, p->right.group_count));
}

nw_pivot_value nw_pivot_build_rearrange(nw_pivot_call *call)
{
    uint32_t x = nw_pivot_tensor(call, 0), last = call->argument_count - 1;
    const nw_pivot_node *n = nw_pivot_at(call->pivot, x);
    const char *text = nw_pivot_text(call, 1);
    pattern p;
    if (n->rank < 0 || !*text || call->arguments[last].kind != NW_PIVOT_VALUE_HOST || !read_pattern(&p, call, text, call->arguments[last].host, n))
        return nw_pivot_refuse(call, "a pattern or a shape that is not known: %s", text);
    return rearranged(&p, x, call->op == NW_PIVOT_PATTERN_REDUCE ? nw_pivot_text(call, 2) : "");
}

/* Names become letters. */
nw_pivot_value nw_pivot_build_pattern_einsum(nw_pivot_call *call)
{
    nw_value given = call->arguments[0].kind == NW_PIVOT_VALUE_HOST ? nw_pivot_settle(call->pivot, call->arguments[0].host) : nw_unset();
    pattern p = {.call = call};
    char letters[200];
    size_t used = 0;
    if (given.kind != NW_TUPLE || given.as.tuple->count < 2 || given.as.tuple->items[given.as.tuple->count - 1].kind != NW_STRING)
        return nw_pivot_refuse(call, "operands that are not known");
    uint32_t count = given.as.tuple->count - 1, *nodes = nw_arena_alloc(&call->pivot->eval->arena, (count + 1) * sizeof *nodes);
    const char *text = nw_symbol_bytes(call->pivot->eval->symbols, given.as.tuple->items[count].as.symbol);
    while (*text && used + 2 < sizeof letters) {
        size_t size = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
        if (size) {
            int axis = find_axis(&p, text, size);
            if (axis < 0 || axis >= 26)
                return nw_pivot_refuse(call, "a pattern of this form: %s", text);
            letters[used++] = (char)('a' + axis);
            text += size;
        } else if (*text != ' ') {
            letters[used++] = *text++;
        } else {
            text++;
        }
    }
    letters[used] = 0;
    for (uint32_t i = 0; i < count; i++) {
        nw_value operand = nw_pivot_settle(call->pivot, given.as.tuple->items[i]);
        if (operand.kind != NW_TENSOR)
            return nw_pivot_refuse(call, "operands that are not known");
        nodes[i] = call->scope->read(call->scope, operand.as.tensor);
    }
    return nw_pivot_value_node(nw_pivot_einsum(call->pivot, letters, nodes, count));
}
