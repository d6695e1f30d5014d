/* Other names of a tensor that a statement writes to: `skip = x` in front of `x += 1`. The target's tensors never change, the written name is bound to
 * another one, and so are the places that hold the same tensor: `skip = x` behind it. What is a part of another tensor, `left = y[:, :2]`, is put back
 * where it came from. Whether that is the same network, the gate says. */
#include "eval/interpret.h"
#include "eval/tensor.h"
#include "migrate/writer.h"

#include <string.h>

enum { MOST_PLACES = 16, DEEPEST_PART = 3 };

/* `place = value` of an assignment, also within tuples; `number`, from 1: the place is one of several that the value gives. */
typedef struct binding {
    uint32_t place, value, statement, number;
} binding;

typedef struct aliases {
    nw_writer *writer;
    const nw_node *function, *statement; /* the one that writes */
    binding *bindings;                   /* in front of it, newest last */
    uint32_t count, capacity;
    const nw_tensor *storage;            /* of what is written, in the first run */
    const char *space;
    size_t size;
} aliases;

static const nw_node *node_of(const aliases *a, uint32_t node)
{
    return &a->writer->ast->nodes[node];
}

static bool is_same_text(const aliases *a, uint32_t left, uint32_t right)
{
    const nw_node *l = node_of(a, left), *r = node_of(a, right);
    return l->kind == r->kind && l->end - l->start == r->end - r->start && memcmp(a->writer->bytes + l->start, a->writer->bytes + r->start, l->end - l->start) == 0;
}

/* A name, or an attribute or an item of one. */
static bool is_place(const aliases *a, uint32_t node)
{
    const nw_node *n = node_of(a, node);
    return (n->kind == NW_NODE_NAME && n->b == NW_PLACE_SLOT && n->op == 0) || ((n->kind == NW_NODE_ATTRIBUTE || n->kind == NW_NODE_SUBSCRIPT) && nw_is_simple(a->writer->ast, node));
}

/* Whether an item is one of a list or a dictionary, not a part of a tensor. */
static bool is_contained(const aliases *a, uint32_t item)
{
    for (const nw_trace_entry *e = nw_sites_first(a->writer->migration->sites, a->writer->module, item); e; e = nw_sites_next(a->writer->migration->sites, e))
        if ((e->kind != NW_TRACE_ITEM && e->kind != NW_TRACE_ITEM_STORE) || (e->a.kind != NW_LIST && e->a.kind != NW_DICT))
            return false;
    return true;
}

/* The tensor that an expression came to in its first run, or the first of `count` of them; NULL: names tell nothing, and other things are none. */
static const nw_tensor *tensor_at(const aliases *a, uint32_t node, uint32_t count)
{
    const nw_trace_entry *e = nw_sites_first(a->writer->migration->sites, a->writer->module, node);
    nw_value value = !e ? nw_unset() : e->kind == NW_TRACE_ATTRIBUTE_STORE ? e->b : e->result;
    if (count)
        value = value.kind == NW_TUPLE && value.as.tuple->count == count ? value.as.tuple->items[0] : nw_unset();
    return value.kind == NW_TENSOR ? value.as.tensor : NULL;
}

/* ---- assignments in front of the statement ---- */

/* `y` of `y[:, :2]`, `y.view(-1)` and `y.T`, and of `y.chunk(2)` for `count` targets, as far as that shares what is written; 0: something else. */
static uint32_t whole_of(const aliases *a, uint32_t value, uint32_t count)
{
    const nw_tensor *part = tensor_at(a, value, count);
    if (!part || nw_tensor_storage(part) != a->storage || nw_tensor_storage(part) == part)
        return 0;
    uint32_t place = count ? nw_viewed(a->writer, value, true) : nw_viewed_place(a->writer, value);
    return place && is_place(a, place) && !nw_viewed(a->writer, place, false) ? place : 0;
}

/* The targets of a binding that is one of several, and how many they are. */
static nw_list targets_beside(const aliases *a, const binding *b)
{
    nw_list targets = nw_ast_list(a->writer->ast, node_of(a, b->statement)->a);
    return b->number ? nw_ast_list(a->writer->ast, node_of(a, targets.items[0])->a) : (nw_list){0};
}

/* Whether a statement runs whenever a later one does, and in front of it: all blocks around it are around that, too, in the same arm. */
static bool comes_before(const aliases *a, const nw_node *first)
{
    const nw_ast *ast = a->writer->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if (!nw_is_block(n->kind) || n->start < a->function->start || n->start > first->start || n->end < first->end)
            continue;
        if (n->end < a->statement->end || n->kind == NW_NODE_TRY || n->kind == NW_NODE_MATCH)
            return false;
        nw_list body = n->kind == NW_NODE_IF ? nw_ast_list(ast, n->b) : (nw_list){0};
        uint32_t end = body.count ? ast->nodes[body.items[body.count - 1]].end : n->start;
        if (n->kind == NW_NODE_IF && (first->start < end) != (a->statement->start < end))
            return false;
    }
    return true;
}

static void add_binding(aliases *a, binding b)
{
    if (!is_place(a, b.place) || !comes_before(a, node_of(a, b.statement)))
        return;
    NW_ARENA_RESERVE(&a->writer->eval->arena, a->bindings, a->count, a->capacity);
    a->bindings[a->count++] = b;
}

/* `q, k = y.chunk(2)` */
static void add_parts(aliases *a, nw_list targets, uint32_t value, uint32_t statement)
{
    if (nw_ast_list(a->writer->ast, node_of(a, statement)->a).count != 1 || node_of(a, statement)->b != value || !whole_of(a, value, targets.count))
        return;
    for (uint32_t i = 0; i < targets.count; i++)
        add_binding(a, (binding){targets.items[i], value, statement, i + 1});
}

static void add_bindings(aliases *a, uint32_t target, uint32_t value, uint32_t statement)
{
    const nw_node *t = node_of(a, target), *v = node_of(a, value);
    bool many = t->kind == NW_NODE_TUPLE && v->kind == NW_NODE_TUPLE;
    nw_list targets = many ? nw_ast_list(a->writer->ast, t->a) : (nw_list){0}, values = many ? nw_ast_list(a->writer->ast, v->a) : (nw_list){0};
    for (uint32_t i = 0; targets.count == values.count && i < targets.count; i++)
        add_bindings(a, targets.items[i], values.items[i], statement);
    uint32_t filled = many ? 0 : nw_out_argument(a->writer, value); /* t = torch.add(x, y, out=s): t and s */
    if (filled)
        value = filled;
    if (t->kind == NW_NODE_TUPLE && !many)
        add_parts(a, nw_ast_list(a->writer->ast, t->a), value, statement);
    else if (!many && (is_place(a, value) || whole_of(a, value, 0)))
        add_binding(a, (binding){target, value, statement, 0});
}

/* `x += 1` on a tensor: in the source the name stays what it is. */
static bool writes_tensor(const aliases *a, uint32_t statement)
{
    const nw_sites *sites = a->writer->migration->sites;
    const nw_trace_entry *first = nw_sites_first(sites, a->writer->module, statement);
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(sites, e))
        if (e->kind != NW_TRACE_OPERATION || e->a.kind != NW_TENSOR)
            return false;
    return first != NULL;
}

static bool is_augmented_target(const aliases *a, uint32_t node)
{
    for (uint32_t i = 1; i < a->writer->ast->node_count; i++)
        if (node_of(a, i)->kind == NW_NODE_AUGMENTED_ASSIGN && node_of(a, i)->a == node)
            return writes_tensor(a, i);
    return false;
}

/* Whether a place, or what it is a part of, is bound anew between two bytes. */
static bool is_bound(const aliases *a, uint32_t place, uint32_t from, uint32_t to)
{
    const nw_ast *ast = a->writer->ast;
    uint32_t root = place;
    while (ast->nodes[root].kind == NW_NODE_ATTRIBUTE || ast->nodes[root].kind == NW_NODE_SUBSCRIPT)
        root = ast->nodes[root].a;
    const nw_node *name = &ast->nodes[root];
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if (n->start < from || n->end > to)
            continue;
        bool same = n->kind == NW_NODE_NAME && name->kind == NW_NODE_NAME && (n->flags & NW_NAME_BINDS) && n->a == name->a;
        if (same && !is_augmented_target(a, i))
            return true;
        nw_list targets = n->kind == NW_NODE_ASSIGN && root != place ? nw_ast_list(ast, n->a) : (nw_list){0};
        for (uint32_t k = 0; k < targets.count; k++)
            if (is_same_text(a, targets.items[k], place))
                return true;
    }
    return false;
}

/* Whether a place of a binding still is what it was then: the value's own names must not be bound by that assignment itself, as in `a, b = b, a`. In a
 * loop that the assignment is not in, nothing may bind it at all. */
static bool still_holds(const aliases *a, uint32_t place, const binding *b)
{
    const nw_node *assigned = node_of(a, b->statement);
    bool is_value = node_of(a, place)->start >= node_of(a, assigned->b)->start;
    if (is_bound(a, place, is_value ? assigned->start : assigned->end, a->statement->start))
        return false;
    for (uint32_t i = 1; i < a->writer->ast->node_count; i++) {
        const nw_node *n = node_of(a, i);
        bool loop = (n->kind == NW_NODE_FOR || n->kind == NW_NODE_WHILE) && n->start >= assigned->end && n->start < a->statement->start && n->end >= a->statement->end;
        if (loop && is_bound(a, place, n->start, n->end))
            return false;
    }
    return true;
}

static void find_bindings(aliases *a)
{
    const nw_ast *ast = a->writer->ast;
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *n = &ast->nodes[i];
        if (n->kind != NW_NODE_ASSIGN || n->start < a->function->start || n->end > a->statement->start || nw_function_around(ast, n->start) != nw_function_around(ast, a->statement->start))
            continue;
        nw_list targets = nw_ast_list(ast, n->a);
        for (uint32_t k = 0; k < targets.count; k++)
            add_bindings(a, targets.items[k], k ? targets.items[0] : n->b, i);
    }
}

/* ---- what holds the same tensor ---- */

static bool is_listed(const aliases *a, const uint32_t *places, uint32_t count, uint32_t place)
{
    for (uint32_t i = 0; i < count; i++)
        if (is_same_text(a, places[i], place))
            return true;
    return false;
}

/* Variables of the target stay what they are, and `x.T` is no place of its own. */
static bool may_be_bound(const aliases *a, uint32_t place)
{
    const nw_node *n = node_of(a, place);
    const nw_trace_entry *first = nw_sites_first(a->writer->migration->sites, a->writer->module, place);
    if (n->kind == NW_NODE_NAME)
        return true;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(a->writer->migration->sites, e)) {
        nw_value held = e->kind == NW_TRACE_ATTRIBUTE_STORE ? e->b : e->result;
        bool own = n->kind == NW_NODE_ATTRIBUTE ? e->a.kind == NW_INSTANCE || e->a.kind == NW_CLASS : e->a.kind == NW_LIST || e->a.kind == NW_DICT;
        if (!own || held.kind != NW_TENSOR || nw_is_variable(a->writer, held))
            return false;
    }
    return first != NULL;
}

/* Whether a place is read behind the statement; attributes and items may be read anywhere. */
static bool is_read(const aliases *a, uint32_t place)
{
    return node_of(a, place)->kind != NW_NODE_NAME || nw_reads_name_later(a->writer, node_of(a, place), a->statement->end, a->function);
}

/* The places that hold what `places[0]` does; how many. */
static uint32_t find_places(const aliases *a, uint32_t places[MOST_PLACES])
{
    uint32_t count = 1;
    for (uint32_t k = 0; k < count; k++) {
        for (uint32_t i = 0; i < a->count && count < MOST_PLACES; i++) {
            const binding *b = &a->bindings[i];
            uint32_t other = is_same_text(a, b->place, places[k]) ? b->value : is_same_text(a, b->value, places[k]) ? b->place : 0;
            bool same = other && is_place(a, other) && may_be_bound(a, other) && !is_listed(a, places, count, other);
            if (same && still_holds(a, b->place, b) && still_holds(a, b->value, b))
                places[count++] = other;
        }
    }
    return count;
}

static void begin_line(const aliases *a)
{
    nw_buffer_byte(a->writer->out, '\n');
    nw_buffer_add(a->writer->out, a->space, a->size);
}

/* Binds the other places of what stands at `place`: `left = right = place`. */
static void write_same(const aliases *a, uint32_t place)
{
    uint32_t places[MOST_PLACES] = {place}, count = find_places(a, places), written = 0;
    for (uint32_t i = 1; i < count; i++) {
        if (!is_read(a, places[i]))
            continue;
        if (!written++)
            begin_line(a);
        nw_write_node(a->writer, places[i]);
        nw_buffer_text(a->writer->out, " = ");
    }
    if (written)
        nw_write_node(a->writer, place);
    a->writer->changed |= written > 0;
}

/* ---- parts of other tensors ---- */

/* Whether the names that a part is told by are what they were. */
static bool is_same_part(const aliases *a, const binding *b, uint32_t whole)
{
    const nw_node *value = node_of(a, b->value);
    for (uint32_t i = 1; i < a->writer->ast->node_count; i++) {
        const nw_node *n = node_of(a, i);
        if (n->kind == NW_NODE_NAME && n->start >= node_of(a, whole)->end && n->end <= value->end && !still_holds(a, i, b))
            return false;
    }
    return true;
}

/* What `place = y[:, :2]` takes a part of, where all of that still is so; 0: it does not. */
static uint32_t still_part_of(const aliases *a, const binding *b)
{
    uint32_t whole = whole_of(a, b->value, targets_beside(a, b).count);
    return whole && may_be_bound(a, whole) && still_holds(a, b->place, b) && still_holds(a, whole, b) && is_same_part(a, b, whole) ? whole : 0;
}

/* Whether all targets of `q, k = y.chunk(2)` still are what they were then. */
static bool all_hold(const aliases *a, const binding *one)
{
    nw_list targets = targets_beside(a, one);
    uint32_t held = 0;
    for (uint32_t i = 0; i < a->count; i++)
        held += a->bindings[i].statement == one->statement && a->bindings[i].number && still_part_of(a, &a->bindings[i]);
    return held == targets.count;
}

/* Whether two bindings are of parts that have nothing in common. */
static bool is_beside(const binding *left, const binding *right)
{
    return left->number && left->number != right->number && left->statement == right->statement;
}

/* The other parts of what stands at a place are taken once more: `right = y[:, 2:]`; `part`: the one that was put back there, or NULL. */
static void write_parts(const aliases *a, uint32_t whole, const binding *part)
{
    uint32_t places[MOST_PLACES] = {whole}, count = find_places(a, places), last = 0;
    for (uint32_t i = 0; i < a->count; i++) {
        const binding *b = &a->bindings[i];
        uint32_t of = still_part_of(a, b);
        bool same = part && (is_same_text(a, b->place, part->place) || is_beside(b, part));
        if (!of || !is_listed(a, places, count, of) || same || !is_read(a, b->place) || (b->number && (last == b->statement || !all_hold(a, b))))
            continue;
        begin_line(a);
        nw_write_node(a->writer, b->number ? nw_ast_list(a->writer->ast, node_of(a, b->statement)->a).items[0] : b->place);
        nw_buffer_text(a->writer->out, " = ");
        nw_write_node(a->writer, b->value);
        last = b->statement;
        a->writer->changed = true;
    }
}

/* Whether what a part was put back into is looked at again: it, other places that hold it, what it is a part of, or other parts of it. */
static bool is_needed(const aliases *a, uint32_t whole, const binding *part)
{
    uint32_t places[MOST_PLACES] = {whole}, count = find_places(a, places);
    for (uint32_t i = 0; i < count; i++)
        if (is_read(a, places[i]))
            return true;
    for (uint32_t i = 0; i < a->count; i++) {
        const binding *b = &a->bindings[i];
        uint32_t of = still_part_of(a, b);
        if (of && (is_listed(a, places, count, b->place) || (is_listed(a, places, count, of) && !is_same_text(a, b->place, part->place) && !is_beside(b, part) && is_read(a, b->place))))
            return true;
    }
    return false;
}

/* `y = put(y, key, part)`, `y = in_order(y, part)` or `y = join([part, other])`, with all that holds y or a part of it. */
static void write_back(const aliases *a, uint32_t part, int depth)
{
    uint32_t places[MOST_PLACES] = {part}, count = find_places(a, places), whole = 0;
    const binding *b = NULL;
    for (uint32_t i = a->count; i > 0 && !whole; i--) {
        b = &a->bindings[i - 1];
        whole = is_listed(a, places, count, b->place) ? still_part_of(a, b) : 0;
    }
    if (!whole || (b->number && !all_hold(a, b)) || !is_needed(a, whole, b))
        return;
    begin_line(a);
    nw_write_node(a->writer, whole);
    nw_buffer_text(a->writer->out, " = ");
    if (!b->number)
        nw_write_put_back(a->writer, b->value, nw_written(a->writer, part));
    else if (!nw_write_joined_parts(a->writer, b->value, targets_beside(a, b)))
        nw_write_node(a->writer, whole);
    a->writer->changed = true;
    write_same(a, whole);
    write_parts(a, whole, b);
    if (depth)
        write_back(a, whole, depth - 1);
}

/* ---- statements that write ---- */

/* What a statement writes to: a target, or what a call changes; how many. */
static uint32_t find_written(const aliases *a, uint32_t written[NW_MAX_CHANGED])
{
    const nw_node *n = a->statement;
    nw_list targets = n->kind == NW_NODE_ASSIGN ? nw_ast_list(a->writer->ast, n->a) : (nw_list){0};
    if (n->kind == NW_NODE_EXPRESSION) {
        uint32_t count = nw_written_arguments(a->writer, n->a, written);
        if (count)
            return count;
    }
    written[0] = n->kind == NW_NODE_AUGMENTED_ASSIGN ? n->a : targets.count == 1 ? targets.items[0] : n->kind == NW_NODE_EXPRESSION ? nw_changed_by_call(a->writer, n->a) : 0;
    return written[0] != 0;
}

/* The place whose tensor every run of the statement writes to, by what it writes to; 0: none. *storage: what holds its numbers. */
static uint32_t written_place(const aliases *a, uint32_t place, uint32_t statement, const nw_tensor **storage)
{
    const nw_ast *ast = a->writer->ast;
    const nw_node *n = &ast->nodes[statement];
    bool stored = place && ast->nodes[place].kind == NW_NODE_SUBSCRIPT && !is_contained(a, place);
    const nw_trace_entry *first = nw_sites_first(a->writer->migration->sites, a->writer->module, stored ? place : n->kind == NW_NODE_EXPRESSION ? n->a : statement);
    if (!place || (n->kind == NW_NODE_ASSIGN && !stored))
        return 0;
    for (const nw_trace_entry *e = first; e; e = nw_sites_next(a->writer->migration->sites, e)) {
        nw_value given = nw_written_by_run(a->writer, e, place);
        if (given.kind != NW_TENSOR || nw_is_variable(a->writer, given))
            return 0;
        *storage = *storage ? *storage : nw_tensor_storage(given.as.tensor);
    }
    uint32_t view = stored && n->kind != NW_NODE_EXPRESSION ? ast->nodes[place].a : place, viewed = nw_viewed_place(a->writer, view);
    for (; !viewed && stored && ast->nodes[place].kind == NW_NODE_SUBSCRIPT && !is_contained(a, place); place = ast->nodes[place].a)
        ;
    place = viewed ? viewed : place;
    return first && is_place(a, place) ? place : 0;
}

/* Nothing but a comment follows on the line. */
static bool ends_line(const nw_writer *writer, uint32_t end)
{
    while (writer->bytes[end] == ' ' || writer->bytes[end] == '\t')
        end++;
    return writer->bytes[end] == '\n' || writer->bytes[end] == '\r' || writer->bytes[end] == '#' || writer->bytes[end] == 0;
}

void nw_write_aliases_behind(nw_writer *writer, uint32_t statement, const char *space, size_t size)
{
    const nw_node *n = &writer->ast->nodes[statement];
    bool writes = n->kind == NW_NODE_ASSIGN || n->kind == NW_NODE_AUGMENTED_ASSIGN || (n->kind == NW_NODE_EXPRESSION && writer->ast->nodes[n->a].kind == NW_NODE_CALL);
    const nw_ast_function *code = writes && writer->function ? nw_function_around(writer->ast, n->start) : NULL;
    if (!code || !nw_setting_row(writer, "in_order", NW_ROW_ADAPTER) || !ends_line(writer, n->end))
        return;
    aliases a = {.writer = writer, .function = &writer->ast->nodes[code->node], .statement = n, .space = space, .size = size};
    uint32_t written[NW_MAX_CHANGED], count = find_written(&a, written);
    for (uint32_t i = 0; i < count; i++) {
        a.storage = NULL;
        a.count = 0;
        uint32_t place = written_place(&a, written[i], statement, &a.storage);
        if (!place)
            continue;
        find_bindings(&a);
        write_same(&a, place);
        write_parts(&a, place, NULL);
        write_back(&a, place, DEEPEST_PART);
    }
}
