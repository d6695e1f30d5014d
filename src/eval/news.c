#include "eval/news.h"

#include "eval/eval.h"

#include <string.h>

enum { SIGNATURE_DEPTH = 3, SIGNATURE_ITEMS = 16, FIRST_CAPACITY = 1024, LARGEST_TOLD = 8 };

/* Of one entry: `exact`, numbers and texts count by their value; `by_kind`, functions of the program do not count by what they are. */
typedef struct reader {
    bool exact, by_kind;
} reader;

static uint64_t mix(uint64_t hash, uint64_t value)
{
    hash = (hash ^ value) * 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static uint64_t mix_pointer(uint64_t hash, const void *pointer)
{
    return mix(hash, (uint64_t)(uintptr_t)pointer);
}

static uint64_t mix_value(const reader *r, uint64_t hash, nw_value value, int depth);

static uint64_t mix_values(const reader *r, uint64_t hash, const nw_value *values, uint32_t count, int depth)
{
    hash = mix(hash, count);
    for (uint32_t i = 0; depth > 0 && i < count && i < SIGNATURE_ITEMS; i++)
        hash = mix_value(r, hash, values[i], depth - 1);
    return hash;
}

/* What the program's own lists hold counts, not how much of it. */
static uint64_t mix_kinds(const reader *r, uint64_t hash, const nw_sequence *list, int depth)
{
    uint64_t kinds = 0;
    for (uint32_t i = 0; depth > 0 && i < list->count; i++)
        kinds |= (uint64_t)1 << (mix_value(r, 0, list->items[i], depth - 1) & 63);
    return mix(hash, kinds);
}

/* Axes, steps and flags are small and told apart; numbers of channels and sizes of images are all the same. */
static uint64_t mix_integer(uint64_t hash, int64_t value)
{
    return mix(hash, (uint64_t)(value > LARGEST_TOLD ? LARGEST_TOLD + 1 : value < -LARGEST_TOLD ? -LARGEST_TOLD - 1 : value));
}

static uint64_t mix_tensor(uint64_t hash, const nw_tensor *tensor)
{
    reader exact = {true, false};
    hash = mix_pointer(mix(hash, tensor->dtype), tensor->class_);
    hash = mix(hash, (uint64_t)tensor->is_parameter | (uint64_t)tensor->is_buffer << 1 | (uint64_t)(tensor->data != NULL) << 2 |
                         (uint64_t)(tensor->shape != NULL) << 3 | (uint64_t)tensor->requires_grad << 4);
    return tensor->shape ? mix_values(&exact, hash, tensor->shape, tensor->rank, 2) : hash;
}

static uint64_t mix_function(const reader *r, uint64_t hash, const nw_function *function)
{
    return r->by_kind && !function->module->is_catalog ? hash : mix_pointer(hash, function->code);
}

static uint64_t mix_value(const reader *r, uint64_t hash, nw_value value, int depth)
{
    hash = mix(hash, value.kind);
    switch (value.kind) {
    case NW_DTYPE: return mix(hash, (uint64_t)value.as.integer);
    case NW_BOOL: case NW_FLOAT: return r->exact ? mix(hash, (uint64_t)value.as.integer) : hash;
    case NW_INT: return r->exact ? mix_integer(hash, value.as.integer) : hash;
    case NW_STRING: case NW_BYTES: return r->exact ? mix(hash, value.as.symbol.v) : hash;
    case NW_OPAQUE: return mix(hash, (uint64_t)value.as.opaque->origin << 8 | value.as.opaque->type);
    case NW_TUPLE: return mix_values(r, mix_pointer(hash, value.as.tuple->class_), value.as.tuple->items, value.as.tuple->count, depth);
    case NW_LIST: return r->exact ? mix_values(r, mix(hash, value.as.list->repeated), value.as.list->items, value.as.list->count, depth)
                                  : mix_kinds(r, hash, value.as.list, depth);
    case NW_DICT: case NW_SET: return mix(hash, (uint64_t)value.as.dict->count << 1 | value.as.dict->open);
    case NW_SLICE: return mix_values(r, hash, (nw_value[]){value.as.slice->start, value.as.slice->stop, value.as.slice->step}, 3, depth);
    case NW_FUNCTION: return mix_function(r, hash, value.as.function);
    case NW_METHOD: return mix_values(r, hash, (nw_value[]){value.as.method->function, value.as.method->self}, 2, depth);
    case NW_PARTIAL: return mix_values(r, hash, &value.as.partial->function, 1, depth);
    case NW_NATIVE: return mix_value(r, mix_pointer(hash, value.as.native->name), value.as.native->self, depth - 1);
    case NW_CLASS: return mix_pointer(hash, value.as.class_);
    case NW_INSTANCE: return mix_pointer(hash, value.as.instance->class_);
    case NW_MODULE: return mix_pointer(hash, value.as.module);
    case NW_TENSOR: return mix_tensor(hash, value.as.tensor);
    case NW_PHI: return mix_values(r, hash, (nw_value[]){value.as.phi->then, value.as.phi->otherwise}, 2, depth);
    default: return hash;
    }
}

static bool are_plain(const nw_value *values, uint32_t count);

/* The same, or a list of such values. */
static bool is_plain_argument(nw_value value)
{
    return nw_is_bare(value) || (value.kind == NW_TUPLE && are_plain(value.as.tuple->items, value.as.tuple->count)) ||
           (value.kind == NW_LIST && are_plain(value.as.list->items, value.as.list->count));
}

static bool are_plain(const nw_value *values, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!is_plain_argument(values[i]))
            return false;
    return true;
}

static bool takes_plain(const nw_arguments *given)
{
    return are_plain(given->positional, given->positional_count) && are_plain(given->named, given->named_count);
}

/* Whether one of the program's functions gets nothing but plain values: it makes a model, say, and does not compute. */
static bool is_maker_call(const nw_trace_entry *entry)
{
    return entry->kind == NW_TRACE_CALL && entry->a.kind == NW_FUNCTION && !entry->a.as.function->module->is_catalog && takes_plain(entry->arguments);
}

/* Whether an entry is of something that a translation may be asked for. */
static bool is_of_framework(nw_value value)
{
    if (value.kind == NW_METHOD)
        return is_of_framework(value.as.method->function) || is_of_framework(value.as.method->self);
    if (value.kind == NW_PARTIAL)
        return is_of_framework(value.as.partial->function);
    return value.kind == NW_TENSOR || (value.kind == NW_FUNCTION && value.as.function->module->is_catalog) ||
           (value.kind == NW_CLASS && value.as.class_->is_catalog) || (value.kind == NW_NATIVE && value.as.native->self.kind == NW_TENSOR) ||
           (value.kind == NW_INSTANCE && (value.as.instance->class_->is_catalog || value.as.instance->class_->is_module));
}

/* Whether operators of Python work on plain values, or on those of which nothing is known. */
static bool is_plain_operation(const nw_trace_entry *entry)
{
    return entry->kind == NW_TRACE_OPERATION && (nw_is_bare(entry->a) || entry->a.kind == NW_OPAQUE) &&
           (nw_is_bare(entry->b) || entry->b.kind == NW_OPAQUE || entry->b.kind == NW_UNSET);
}

static uint64_t signature_of(const nw_trace_entry *entry)
{
    bool is_call = entry->kind == NW_TRACE_CALL, is_maker = is_maker_call(entry);
    reader given = {is_of_framework(entry->a) || is_of_framework(entry->b), false}, operand = {given.exact, is_maker || !is_call}, result = {false, true};
    uint64_t hash = mix_value(&operand, mix(entry->node, entry->kind), entry->a, SIGNATURE_DEPTH);
    hash = mix_value(&operand, hash, entry->b, SIGNATURE_DEPTH);
    if (is_call && !is_maker) {
        hash = mix_values(&given, mix(hash, entry->arguments->open), entry->arguments->positional, entry->arguments->positional_count, SIGNATURE_DEPTH);
        for (uint32_t i = 0; i < entry->arguments->named_count; i++)
            hash = mix_value(&given, mix(hash, entry->arguments->names[i].v), entry->arguments->named[i], SIGNATURE_DEPTH);
    }
    if (!is_maker)
        hash = mix_value(&result, hash, entry->result, SIGNATURE_DEPTH);
    return hash ? hash : 1;
}

/* False: it was there. */
static bool put(nw_news *news, uint64_t signature)
{
    uint32_t at = (uint32_t)(signature >> 32) & (news->capacity - 1);
    while (news->signatures[at] && news->signatures[at] != signature)
        at = (at + 1) & (news->capacity - 1);
    bool is_new = !news->signatures[at];
    news->signatures[at] = signature;
    return is_new;
}

static void make_room(nw_eval *eval, nw_news *news)
{
    uint32_t capacity = news->capacity;
    const uint64_t *old = news->signatures;
    news->capacity = capacity ? capacity * 2 : FIRST_CAPACITY;
    news->signatures = nw_arena_zero(&eval->arena, news->capacity * sizeof *news->signatures);
    for (uint32_t i = 0; i < capacity; i++)
        if (old[i])
            put(news, old[i]);
}

void nw_news_note(nw_eval *eval, const nw_trace_entry *entry)
{
    nw_news *news = &eval->trace->news;
    if (entry->module != news->subject || is_plain_operation(entry))
        return;
    if (news->count * 2 >= news->capacity)
        make_room(eval, news);
    news->count += put(news, signature_of(entry));
}

/* ---- what need not run again ---- */

bool nw_news_at_root(const nw_eval *eval)
{
    const nw_frame *frame = eval->frame;
    return eval->trace && eval->trace->news.subject == frame->module && eval->depth == 1 && !eval->on_errand && !eval->summaries && !eval->in_catalog &&
           frame->function && !frame->function->owner;
}

static bool is_handed_on(const nw_eval *eval, uint32_t node)
{
    const nw_node *statement = &eval->frame->module->ast->nodes[eval->frame->statement];
    return statement->kind == NW_NODE_RETURN && statement->a == node;
}

nw_value nw_news_call(nw_eval *eval, uint32_t node, nw_value callee, const nw_arguments *arguments)
{
    nw_function *function = callee.kind == NW_FUNCTION ? callee.as.function : NULL;
    if (!function || !function->is_looked_at || !nw_news_at_root(eval) || !is_handed_on(eval, node) || !takes_plain(arguments))
        return nw_call(eval, callee, arguments);
    if (function->told.kind != NW_ERROR)
        return function->told;
    uint32_t found = eval->trace->news.count;
    nw_value result = nw_call(eval, callee, arguments);
    if (!eval->stopped && eval->trace->news.count == found)
        function->told = result;
    return result;
}
