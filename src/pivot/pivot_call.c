/* Calls of operators and layers whose rows do not say what they mean: equal for the same row with the same arguments and the same state.
 * What the arguments are besides tensors stands in one text, `of`; tensors are the children, in the order of that text. */
#include "pivot/pivot_build.h"

#include "model/value_text.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 8 };

typedef struct call_text {
    nw_pivot *pivot;
    uint32_t fact;
    nw_pivot_read_tensor *read;
    nw_buffer text;
    uint32_t *children, count, capacity;
    bool known;
} call_text;

static const char *bytes(const call_text *call, nw_symbol symbol)
{
    return nw_symbol_bytes(call->pivot->eval->symbols, symbol);
}

static void add_child(call_text *call, const nw_tensor *tensor)
{
    NW_ARENA_RESERVE(&call->pivot->eval->arena, call->children, call->count, call->capacity);
    call->children[call->count++] = call->read(call->pivot, tensor, call->fact);
    nw_buffer_text(&call->text, "tensor");
}

static void add_value(call_text *call, nw_value value, int depth)
{
    value = nw_pivot_settle(call->pivot, value);
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST && !value.as.list->repeated ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST ? value.as.list->count : 0;
    bool plain = nw_is_number(value) || value.kind == NW_NONE || value.kind == NW_STRING || value.kind == NW_DTYPE;
    if (value.kind == NW_TENSOR) {
        add_child(call, value.as.tensor);
    } else if (items || (value.kind == NW_TUPLE && depth)) {
        nw_buffer_byte(&call->text, '(');
        for (uint32_t i = 0; i < count && depth; i++) {
            add_value(call, items[i], depth - 1);
            nw_buffer_byte(&call->text, ' ');
        }
        nw_buffer_byte(&call->text, ')');
    } else if (value.kind == NW_SLICE) {
        nw_buffer_byte(&call->text, '[');
        add_value(call, value.as.slice->start, 0);
        nw_buffer_byte(&call->text, ':');
        add_value(call, value.as.slice->stop, 0);
        nw_buffer_byte(&call->text, ':');
        add_value(call, value.as.slice->step, 0);
        nw_buffer_byte(&call->text, ']');
    } else if (value.kind == NW_ELLIPSIS) {
        nw_buffer_text(&call->text, "...");
    } else if (plain) {
        nw_value_text(call->pivot->eval, value, &call->text);
    } else if (value.kind == NW_FUNCTION && value.as.function->row) {
        nw_buffer_text(&call->text, bytes(call, value.as.function->row->qualified));
    } else {
        call->known = false;
    }
}

static void add_named(call_text *call, nw_symbol name, nw_value value)
{
    nw_buffer_format(&call->text, " %s=", bytes(call, name));
    add_value(call, value, MAX_DEPTH);
}

/* Parameters of constructors that say nothing of what a layer computes in evaluation. */
static bool is_silent(const char *name)
{
    static const char *const silent[] = {"device", "dtype", "name", "trainable", "autocast", "seed", "input_shape", "batch_input_shape", "input_dim",
                                         "input_length", "batch_size", "activity_regularizer", "force_generator", "autograph"};
    static const char *const endings[] = {"_initializer", "_regularizer", "_constraint"};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (strcmp(name, silent[i]) == 0)
            return true;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (strlen(name) > strlen(endings[i]) && strcmp(name + strlen(name) - strlen(endings[i]), endings[i]) == 0)
            return true;
    return false;
}

/* What **kwargs of a constructor hold. */
static void add_rest(call_text *call, const nw_dict *rest)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(rest, &position));)
        if (entry->key.kind != NW_STRING)
            call->known = false;
        else if (!is_silent(bytes(call, entry->key.as.symbol)))
            add_named(call, entry->key.as.symbol, nw_settle(call->pivot->eval, entry->value));
}

/* What the layer's constructor was given, its defaults filled in. */
static void add_constructor(call_text *call, const nw_instance *instance)
{
    nw_eval *eval = call->pivot->eval;
    nw_value *init = nw_class_find(eval, instance->class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    if (!init || init->kind != NW_FUNCTION || !instance->made_with) {
        call->known = false;
        return;
    }
    const nw_ast_function *code = init->as.function->code;
    nw_value *slots = nw_arena_zero(&eval->arena, (code->slot_count + 1) * sizeof *slots);
    for (uint32_t i = 0; i < code->slot_count; i++)
        slots[i] = nw_unset();
    nw_arguments arguments = *instance->made_with;
    arguments.positional = nw_arena_alloc(&eval->arena, (arguments.positional_count + 1) * sizeof(nw_value));
    arguments.positional[0] = nw_none();
    if (arguments.positional_count)
        memcpy(arguments.positional + 1, instance->made_with->positional, arguments.positional_count * sizeof(nw_value));
    arguments.positional_count++;
    call->known &= nw_bind_function(eval, init->as.function, &arguments, slots);
    nw_exception_clear(eval);
    for (uint32_t i = 1; i < code->parameter_count; i++) {
        const char *name = bytes(call, code->parameters[i].name);
        nw_value value = nw_settle(eval, slots[i]);
        const nw_value *own = value.kind == NW_BOOL ? nw_dict_find_name(instance->attributes, code->parameters[i].name) : NULL;
        if (own && own->kind == NW_BOOL) /* it may have been changed since */
            value = *own;
        bool empty = value.kind == NW_TUPLE && value.as.tuple->count == 0 && code->parameters[i].kind == NW_PARAMETER_ARGS;
        if (value.kind == NW_DICT && code->parameters[i].kind == NW_PARAMETER_KWARGS)
            add_rest(call, value.as.dict);
        else if (!empty && !is_silent(name))
            add_named(call, code->parameters[i].name, value);
    }
}

typedef struct state_item {
    const char *name;
    const nw_tensor *tensor;
} state_item;

typedef struct state_items {
    state_item *items;
    uint32_t count, capacity;
} state_items;

static void collect_state(call_text *call, const nw_instance *instance, const char *prefix, state_items *found, int depth);

static void collect_value(call_text *call, nw_symbol key, nw_value value, const char *prefix, state_items *found, int depth)
{
    nw_arena *arena = &call->pivot->eval->arena;
    value = nw_pivot_settle(call->pivot, value);
    bool inner = value.kind == NW_INSTANCE && value.as.instance->class_->is_module;
    if (!inner && value.kind != NW_TENSOR)
        return;
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_format(&text, "%s%s%s", prefix, *prefix ? "." : "", bytes(call, key));
    const char *name = nw_arena_copy(arena, text.bytes, text.size + 1);
    nw_buffer_release(&text);
    if (inner) {
        collect_state(call, value.as.instance, name, found, depth - 1);
        return;
    }
    for (uint32_t i = 0; i < call->pivot->model->state_count; i++)
        if (call->pivot->model->state[i].tensor == value.as.tensor) {
            NW_ARENA_RESERVE(arena, found->items, found->count, found->capacity);
            found->items[found->count++] = (state_item){name, value.as.tensor};
            return;
        }
}

/* The tensors of the state among the attributes of an instance and in its registries, and those of the modules in it. */
static void collect_state(call_text *call, const nw_instance *instance, const char *prefix, state_items *found, int depth)
{
    static const char *const registries[] = {"_parameters", "_buffers", "_modules"};
    if (depth == 0) {
        call->known = false;
        return;
    }
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(instance->attributes, &position));) {
        if (entry->key.kind != NW_STRING)
            continue;
        bool registry = false;
        for (size_t i = 0; i < sizeof registries / sizeof *registries; i++)
            registry |= strcmp(bytes(call, entry->key.as.symbol), registries[i]) == 0;
        if (!registry)
            collect_value(call, entry->key.as.symbol, entry->value, prefix, found, depth);
        uint32_t inner = 0;
        if (registry && entry->value.kind == NW_DICT)
            for (nw_dict_entry *item; (item = nw_dict_next(entry->value.as.dict, &inner));)
                if (item->key.kind == NW_STRING)
                    collect_value(call, item->key.as.symbol, item->value, prefix, found, depth);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const state_item *)a)->name, ((const state_item *)b)->name);
}

static void add_state(call_text *call, const nw_instance *instance)
{
    state_items found = {0};
    collect_state(call, instance, "", &found, MAX_DEPTH);
    if (found.count)
        qsort(found.items, found.count, sizeof *found.items, by_name);
    for (uint32_t i = 0; i < found.count; i++) {
        if (i && strcmp(found.items[i].name, found.items[i - 1].name) == 0)
            continue;
        nw_buffer_format(&call->text, " %s:", found.items[i].name);
        add_child(call, found.items[i].tensor);
    }
}

/* What instance.path, `cell.kernel`, holds; it may be computed. */
static nw_value follow(call_text *call, nw_value value, const char *path, size_t size)
{
    nw_eval *eval = call->pivot->eval;
    for (size_t start = 0; start < size && value.kind != NW_ERROR && value.kind != NW_OPAQUE;) {
        size_t end = start;
        while (end < size && path[end] != '.')
            end++;
        value = nw_settle(eval, nw_get_attribute(eval, value, nw_symbol_intern(eval->symbols, path + start, end - start)));
        start = end + 1;
    }
    nw_exception_clear(eval);
    return nw_pivot_settle(call->pivot, value);
}

/* The state by the names that it has in the call of the other graph that begins in the same way: a stand-in has attributes of these names. */
static void add_state_beside(call_text *call, const nw_value instance)
{
    static const char tensor[] = ":tensor";
    const nw_pivot *beside = call->pivot->beside;
    const char *names = NULL;
    for (uint32_t i = 1; beside && i < beside->count && !names; i++) {
        nw_value of = beside->nodes[i]->op == NW_PIVOT_CALL ? nw_pivot_attribute_of(beside, i, "of") : nw_unset();
        const char *text = of.kind == NW_STRING ? bytes(call, of.as.symbol) : "";
        if (strncmp(text, call->text.bytes, call->text.size) == 0)
            names = text + call->text.size;
    }
    call->known &= names != NULL;
    while (call->known && *names == ' ') {
        size_t size = strcspn(names + 1, " =:");
        if (strncmp(names + 1 + size, tensor, sizeof tensor - 1) != 0)
            return;
        nw_value value = follow(call, instance, names + 1, size);
        call->known &= value.kind == NW_TENSOR;
        nw_buffer_format(&call->text, " %.*s:", (int)size, names + 1);
        if (call->known)
            add_child(call, value.as.tensor);
        names += 1 + size + sizeof tensor - 1;
    }
}

/* ---- results ---- */

static nw_pivot_value result_of(call_text *call, nw_value result, uint32_t *number)
{
    nw_pivot *pivot = call->pivot;
    uint32_t count = result.kind == NW_TUPLE ? result.as.tuple->count : result.kind == NW_LIST ? result.as.list->count : 0;
    if (result.kind == NW_TENSOR) {
        int64_t shape[NW_PIVOT_MAX_RANK];
        const nw_tensor *tensor = result.as.tensor;
        nw_pivot_plain plain = {.op = NW_PIVOT_CALL, .dtype = nw_pivot_dtype((nw_dtype)tensor->dtype), .shape = shape, .children = call->children, .child_count = call->count};
        for (uint32_t i = 0; tensor->shape && i < tensor->rank; i++)
            if (!nw_known_integer(nw_pivot_settle(pivot, tensor->shape[i]), &shape[i]))
                shape[i] = NW_PIVOT_COUNTED_SIZE;
        plain.rank = tensor->shape ? (int)tensor->rank : NW_PIVOT_UNKNOWN_RANK;
        nw_pivot_plain_add(pivot, &plain, "of", nw_string_from(pivot->eval, call->text.bytes, call->text.size));
        nw_pivot_plain_add(pivot, &plain, "result", nw_int((*number)++));
        return nw_pivot_value_node(nw_pivot_make(pivot, &plain));
    }
    nw_pivot_value list = {.kind = NW_PIVOT_VALUE_LIST, .count = count, .host = nw_unset()};
    list.items = nw_arena_zero(&pivot->eval->arena, (count + 1) * sizeof *list.items);
    for (uint32_t i = 0; i < count; i++)
        list.items[i] = result_of(call, result.kind == NW_TUPLE ? result.as.tuple->items[i] : result.as.list->items[i], number);
    return list;
}

/* Not a function of its arguments, or not known to be one. */
static bool is_random(const nw_pivot *pivot, const nw_fact *fact)
{
    const char *effects = nw_symbol_bytes(pivot->eval->symbols, fact->row->effects);
    bool assignment = strcmp(nw_symbol_bytes(pivot->eval->symbols, fact->row->qualified), "torch.Tensor.__setitem__") == 0;
    return fact->kind == NW_FACT_OPERATOR && strcmp(effects, "pure") != 0 && !assignment;
}

/* Stand-ins for a row leave out parameters that say nothing of the result. */
static bool says_something(const call_text *call, nw_symbol parameter, nw_value value)
{
    static const char *const silent[] = {"training", "layout", "device", "requires_grad", "pin_memory", "memory_format", "inplace", "out_int32"};
    for (size_t i = 0; i < sizeof silent / sizeof *silent; i++)
        if (strcmp(bytes(call, parameter), silent[i]) == 0)
            return false;
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : value.kind == NW_LIST && !value.as.list->repeated ? value.as.list->items : NULL;
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : items ? value.as.list->count : 0;
    bool only_none = count > 0;
    for (uint32_t i = 0; i < count; i++)
        only_none &= items[i].kind == NW_NONE;
    return value.kind != NW_NONE && value.kind != NW_UNSET && !only_none;
}

bool nw_pivot_opaque_call(nw_pivot *pivot, uint32_t id, nw_pivot_read_tensor *read, nw_pivot_value *value)
{
    const nw_fact *fact = &pivot->eval->facts[id];
    call_text call = {.pivot = pivot, .fact = id, .read = read, .known = true};
    if (!fact->row || is_random(pivot, fact))
        return false;
    nw_buffer_init(&call.text);
    nw_buffer_text(&call.text, bytes(&call, fact->row->qualified));
    if (fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE) {
        add_constructor(&call, fact->callee.as.instance);
        if (fact->row->is_read_through)
            add_state_beside(&call, fact->callee);
        else
            add_state(&call, fact->callee.as.instance);
    }
    for (uint32_t i = 0; i < fact->argument_count; i++)
        if (says_something(&call, fact->parameters[i], fact->arguments[i]))
            add_named(&call, fact->parameters[i], fact->arguments[i]);
    uint32_t number = 0;
    if (call.known)
        *value = result_of(&call, fact->result, &number);
    nw_buffer_release(&call.text);
    return call.known && number > 0;
}
