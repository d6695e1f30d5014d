#include "eval/layer_copy.h"

#include "eval/interpret.h"

#include <string.h>

enum { FIRST_CAPACITY = 256, MOST_TENSORS = 32, COPY_DEPTH = 6, FRAMES_OF_CONSTRUCTOR = 16 };

typedef struct original {
    nw_class *class_; /* NULL: free */
    nw_arguments arguments;
    const nw_instance *layer;
    uint64_t hash, steps;
} original;

typedef struct nw_layer_table {
    original *originals; /* open addressing */
    uint32_t count, capacity;
    bool stopped;
} nw_layer_table;

/* ---- arguments ---- */

static bool is_plain(nw_value value)
{
    switch (value.kind) {
    case NW_NONE: case NW_BOOL: case NW_INT: case NW_FLOAT: case NW_STRING: case NW_DTYPE:
        return true;
    case NW_TUPLE:
        for (uint32_t i = 0; i < value.as.tuple->count; i++)
            if (!is_plain(value.as.tuple->items[i]))
                return false;
        return !value.as.tuple->class_;
    default:
        return false;
    }
}

static bool are_plain(const nw_arguments *arguments)
{
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        if (!is_plain(arguments->positional[i]))
            return false;
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (!is_plain(arguments->named[i]))
            return false;
    return !arguments->open;
}

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static uint64_t bits_of(nw_value value)
{
    uint64_t bits = 0;
    switch (value.kind) {
    case NW_FLOAT: memcpy(&bits, &value.as.number, sizeof bits); return bits;
    case NW_STRING: return value.as.symbol.v;
    case NW_NONE: return 0;
    default: return (uint64_t)value.as.integer;
    }
}

static uint64_t mix_plain(uint64_t hash, nw_value value)
{
    hash = mix(hash, value.kind);
    if (value.kind != NW_TUPLE)
        return mix(hash, bits_of(value));
    for (uint32_t i = 0; i < value.as.tuple->count; i++)
        hash = mix_plain(hash, value.as.tuple->items[i]);
    return mix(hash, value.as.tuple->count);
}

static uint64_t hash_of(const nw_class *class_, const nw_arguments *arguments)
{
    uint64_t hash = mix((uint64_t)(uintptr_t)class_, arguments->positional_count);
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        hash = mix_plain(hash, arguments->positional[i]);
    for (uint32_t i = 0; i < arguments->named_count; i++)
        hash = mix_plain(mix(hash, arguments->names[i].v), arguments->named[i]);
    return hash;
}

/* 1, True and 1.0 are not the same here, nor are 0.0 and -0.0. */
static bool is_same(nw_value a, nw_value b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind != NW_TUPLE)
        return bits_of(a) == bits_of(b);
    if (a.as.tuple->count != b.as.tuple->count)
        return false;
    for (uint32_t i = 0; i < a.as.tuple->count; i++)
        if (!is_same(a.as.tuple->items[i], b.as.tuple->items[i]))
            return false;
    return true;
}

static bool are_same(const nw_arguments *a, const nw_arguments *b)
{
    if (a->positional_count != b->positional_count || a->named_count != b->named_count)
        return false;
    for (uint32_t i = 0; i < a->positional_count; i++)
        if (!is_same(a->positional[i], b->positional[i]))
            return false;
    for (uint32_t i = 0; i < a->named_count; i++)
        if (a->names[i].v != b->names[i].v || !is_same(a->named[i], b->named[i]))
            return false;
    return true;
}

/* ---- copying ---- */

typedef struct copier {
    nw_eval *eval;
    const nw_tensor *tensors[MOST_TENSORS]; /* those met so far, and their copies */
    nw_tensor *copies[MOST_TENSORS];
    uint32_t count;
    bool failed; /* something is in it that cannot be copied */
} copier;

static nw_value copy_value(copier *c, nw_value value, int depth);

static nw_value copy_tensor(copier *c, const nw_tensor *tensor)
{
    for (uint32_t i = 0; i < c->count; i++)
        if (c->tensors[i] == tensor)
            return (nw_value){.kind = NW_TENSOR, .as.tensor = c->copies[i]};
    c->failed |= c->count == MOST_TENSORS || tensor->node || tensor->base || tensor->attributes || tensor->writes || tensor->device.kind != NW_UNSET;
    if (c->failed)
        return nw_unset();
    nw_tensor *copy = nw_arena_copy(&c->eval->arena, tensor, sizeof *tensor);
    copy->serial = ++c->eval->next_serial;
    c->tensors[c->count] = tensor;
    c->copies[c->count++] = copy;
    return (nw_value){.kind = NW_TENSOR, .as.tensor = copy};
}

static nw_dict *copy_dict(copier *c, const nw_dict *dict, int depth)
{
    c->failed |= dict->open || dict->compared || dict->attributes || dict->default_factory.kind != NW_UNSET;
    nw_dict *copy = nw_dict_make(c->eval);
    if (dict->live) {
        copy = nw_dict_copy(c->eval, dict);
        uint32_t position = 0;
        for (nw_dict_entry *entry; !c->failed && (entry = nw_dict_next(copy, &position));) {
            c->failed |= !is_plain(entry->key);
            entry->value = entry->value.kind == NW_UNSET ? entry->value : copy_value(c, entry->value, depth);
        }
    }
    copy->class_ = dict->class_;
    return copy;
}

static nw_value copy_list(copier *c, const nw_sequence *list)
{
    nw_value copy = nw_list_new(c->eval, list->items, list->count);
    c->failed |= list->repeated || list->class_ || list->attributes || copy.kind != NW_LIST;
    for (uint32_t i = 0; i < list->count; i++)
        c->failed |= !is_plain(list->items[i]);
    return copy;
}

/* A layer within the layer. */
static nw_value copy_instance(copier *c, const nw_instance *instance, int depth)
{
    c->failed |= depth == 0 || !instance->class_->is_catalog || !instance->class_->is_module || instance->class_->is_keras || instance->pending ||
                 instance->payload.kind != NW_UNSET;
    if (c->failed)
        return nw_unset();
    nw_value copy = nw_instance_new(c->eval, instance->class_);
    copy.as.instance->made_with = instance->made_with;
    copy.as.instance->attributes = copy_dict(c, instance->attributes, depth - 1);
    return copy;
}

static nw_value copy_value(copier *c, nw_value value, int depth)
{
    switch (value.kind) {
    case NW_TENSOR: return copy_tensor(c, value.as.tensor);
    case NW_DICT: case NW_SET: return (nw_value){.kind = value.kind, .as.dict = copy_dict(c, value.as.dict, depth)};
    case NW_LIST: return copy_list(c, value.as.list);
    case NW_INSTANCE: return copy_instance(c, value.as.instance, depth);
    case NW_FUNCTION: case NW_CLASS: case NW_MODULE:
        return value;
    default:
        c->failed |= !is_plain(value);
        return value;
    }
}

/* ---- the table ---- */

static original *find(const nw_layer_table *table, const nw_class *class_, const nw_arguments *arguments, uint64_t hash)
{
    uint32_t at = (uint32_t)(hash >> 32) & (table->capacity - 1);
    while (table->originals[at].class_) {
        original *o = &table->originals[at];
        if (o->hash == hash && o->class_ == class_ && are_same(&o->arguments, arguments))
            return o;
        at = (at + 1) & (table->capacity - 1);
    }
    return &table->originals[at];
}

static void make_room(nw_eval *eval, nw_layer_table *table)
{
    nw_layer_table old = *table;
    table->capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
    table->originals = nw_arena_zero(&eval->arena, table->capacity * sizeof *table->originals);
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.originals[i].class_)
            *find(table, old.originals[i].class_, &old.originals[i].arguments, old.originals[i].hash) = old.originals[i];
}

static bool may_keep(const nw_eval *eval, const nw_class *class_, const nw_arguments *arguments)
{
    return class_->is_catalog && class_->is_module && !class_->is_keras && class_->row && !(eval->layers && eval->layers->stopped) && are_plain(arguments);
}

nw_value nw_layer_copy(nw_eval *eval, nw_class *class_, const nw_arguments *arguments)
{
    nw_layer_table *table = eval->layers;
    if (!table || !table->count || !may_keep(eval, class_, arguments))
        return nw_unset();
    const original *o = find(table, class_, arguments, hash_of(class_, arguments));
    if (!o->class_ || eval->steps + o->steps >= eval->limits.steps || eval->depth + FRAMES_OF_CONSTRUCTOR >= eval->limits.depth || !nw_step(eval))
        return nw_unset();
    eval->steps += o->steps - 1;
    copier c = {.eval = eval};
    nw_value copy = copy_instance(&c, o->layer, COPY_DEPTH);
    copy.as.instance->made_with = nw_arena_copy(&eval->arena, arguments, sizeof *arguments);
    return copy;
}

nw_layer_making nw_layer_begin(const nw_eval *eval, const nw_class *class_, const nw_arguments *arguments)
{
    return (nw_layer_making){eval->steps, eval->fact_count, eval->loss_count, eval->exit_count, eval->path, may_keep(eval, class_, arguments)};
}

void nw_layer_keep(nw_eval *eval, const nw_layer_making *making, const nw_instance *made, const nw_arguments *arguments)
{
    if (!making->may_keep || making->facts != eval->fact_count || making->losses != eval->loss_count || making->exits != eval->exit_count ||
        making->path.v != eval->path.v || eval->steps == making->steps)
        return;
    if (!eval->layers)
        eval->layers = nw_arena_zero(&eval->arena, sizeof *eval->layers);
    nw_layer_table *table = eval->layers;
    if (table->count * 2 >= table->capacity)
        make_room(eval, table);
    uint64_t hash = hash_of(made->class_, arguments);
    original *o = find(table, made->class_, arguments, hash);
    copier c = {.eval = eval};
    nw_value kept = o->class_ ? nw_unset() : copy_instance(&c, made, COPY_DEPTH);
    if (kept.kind != NW_INSTANCE || c.failed)
        return;
    *o = (original){made->class_, *nw_arguments_keep(eval, arguments), kept.as.instance, hash, eval->steps - making->steps};
    table->count++;
}

void nw_layer_stop_copying(nw_eval *eval)
{
    if (!eval->layers)
        eval->layers = nw_arena_zero(&eval->arena, sizeof *eval->layers);
    eval->layers->stopped = true;
}
