#include "model/model.h"

#include <assert.h>
#include <string.h>

void nw_model_init(nw_model *model, nw_eval *eval, nw_place fallback, bool is_closed)
{
    *model = (nw_model){.eval = eval, .root = nw_unset(), .parameters = -1, .buffers = -1, .is_closed = is_closed, .fallback = fallback};
    nw_diagnostics_init(&model->unknown);
    nw_diagnostics_init(&model->without_place);
}

void nw_model_release(nw_model *model)
{
    nw_diagnostics_release(&model->unknown);
    nw_diagnostics_release(&model->without_place);
}

void nw_model_add_input(nw_model *model, nw_symbol name, const nw_tensor *tensor)
{
    NW_ARENA_RESERVE(&model->eval->arena, model->inputs, model->input_count, model->input_capacity);
    model->inputs[model->input_count++] = (nw_model_value){name, tensor};
}

/* ---- places ---- */

bool nw_place_position(nw_place place, const char **path, nw_position *position)
{
    if (!place.module || !place.module->path || !place.module->source.bytes)
        return false;
    *path = place.module->path;
    *position = nw_source_position(&place.module->source, place.start);
    return true;
}

static bool is_users(nw_place place)
{
    return place.module && place.module->path && !place.module->is_catalog && place.module->source.bytes;
}

void nw_model_add_unknown(nw_model *model, nw_diagnostic_id id, nw_place place, const char *detail)
{
    nw_diagnostics *list = is_users(place) ? &model->unknown : &model->without_place;
    place = is_users(place) ? place : model->fallback;
    nw_diagnostic item = {.id = id, .start = place.start, .end = place.end, .detail = detail};
    nw_position position = {1, 1};
    nw_place_position(place, &item.path, &position);
    item.line = position.line;
    item.column = position.column;
    nw_diagnostics_add(list, item);
}

/* ---- values ---- */

const nw_opaque *nw_lost_origin(const nw_opaque *opaque)
{
    if (opaque->origin == NW_ORIGIN_LOST)
        return opaque;
    for (uint32_t i = 0; i < opaque->operand_count; i++)
        if (opaque->operands[i].kind == NW_OPAQUE) {
            const nw_opaque *lost = nw_lost_origin(opaque->operands[i].as.opaque);
            if (lost)
                return lost;
        }
    return NULL;
}

const nw_opaque *nw_unknown_origin(const nw_opaque *opaque)
{
    if (opaque->origin == NW_ORIGIN_LOST || opaque->reason)
        return opaque;
    for (uint32_t i = 0; i < opaque->operand_count; i++)
        if (opaque->operands[i].kind == NW_OPAQUE) {
            const nw_opaque *unknown = nw_unknown_origin(opaque->operands[i].as.opaque);
            if (unknown)
                return unknown;
        }
    return NULL;
}

/* The first of the values, one level of lists deep, of which something was lost: what is not known at all, or a tensor without a shape. */
static nw_value first_lost(nw_eval *eval, const nw_value *values, uint32_t count, int depth)
{
    for (uint32_t i = 0; i < count; i++) {
        nw_value value = nw_settle(eval, values[i]), inner = nw_unset();
        if ((value.kind == NW_TENSOR && !value.as.tensor->shape) || (value.kind == NW_OPAQUE && nw_lost_origin(value.as.opaque)))
            return value;
        if (depth && value.kind == NW_LIST)
            inner = first_lost(eval, value.as.list->items, value.as.list->count, depth - 1);
        if (depth && value.kind == NW_TUPLE)
            inner = first_lost(eval, value.as.tuple->items, value.as.tuple->count, depth - 1);
        if (inner.kind != NW_UNSET)
            return inner;
    }
    return nw_unset();
}

/* The operator that first did not know a shape; `*value` is what it was given, where that is not known. */
static const nw_fact *first_without_shape(nw_eval *eval, nw_value *value)
{
    const nw_fact *fact = NULL;
    for (uint32_t made = value->as.tensor->node; made && value->kind == NW_TENSOR;) {
        fact = &eval->facts[made];
        nw_value lost = first_lost(eval, fact->arguments, fact->argument_count, 1);
        uint32_t before = lost.kind == NW_TENSOR ? lost.as.tensor->node : 0;
        if (lost.kind != NW_UNSET)
            *value = lost;
        made = before < made ? before : 0;
    }
    return fact;
}

void nw_model_add_lost(nw_model *model, nw_value value, nw_place place, const char *name)
{
    nw_symbols *symbols = model->eval->symbols;
    const nw_fact *fact = value.kind == NW_TENSOR ? first_without_shape(model->eval, &value) : NULL;
    const nw_opaque *lost = value.kind == NW_OPAQUE ? nw_unknown_origin(value.as.opaque) : NULL;
    if (lost)
        nw_model_add_unknown(model, lost->reason, lost->place, nw_symbol_bytes(symbols, lost->text));
    else if (fact && fact->name.v)
        nw_model_add_unknown(model, NW_DIAG_SHAPE_UNKNOWN, fact->place, nw_symbol_bytes(symbols, fact->name));
    else
        nw_model_add_unknown(model, value.kind == NW_TENSOR ? NW_DIAG_SHAPE_UNKNOWN : NW_DIAG_JOIN_LOST, place, name);
}

int64_t nw_tensor_elements(const nw_tensor *tensor)
{
    if (!tensor->shape)
        return -1;
    int64_t product = 1;
    for (uint32_t i = 0; i < tensor->rank; i++) {
        int64_t size;
        if (!nw_known_integer(tensor->shape[i], &size) || size < 0 || __builtin_mul_overflow(product, size, &product))
            return -1;
    }
    return product;
}

const char *nw_dtype_short_name(nw_dtype dtype)
{
    switch (dtype) {
    case NW_DTYPE_FLOAT32: return "f32";
    case NW_DTYPE_FLOAT64: return "f64";
    case NW_DTYPE_FLOAT16: return "f16";
    case NW_DTYPE_BFLOAT16: return "bf16";
    case NW_DTYPE_INT8: return "i8";
    case NW_DTYPE_INT16: return "i16";
    case NW_DTYPE_INT32: return "i32";
    case NW_DTYPE_INT64: return "i64";
    case NW_DTYPE_UINT8: return "u8";
    case NW_DTYPE_UINT16: return "u16";
    case NW_DTYPE_UINT32: return "u32";
    case NW_DTYPE_UINT64: return "u64";
    case NW_DTYPE_COMPLEX64: return "c64";
    case NW_DTYPE_COMPLEX128: return "c128";
    default: break;
    }
    static const char *const names[] = {"unknown",
#define NW_DTYPE_ROW(id, name, category, size) name,
#include "eval/dtype.def"
#undef NW_DTYPE_ROW
    };
    return names[dtype];
}

nw_symbol nw_class_public_name(const nw_class *class_)
{
    return class_->is_catalog && class_->row && class_->row->qualified.v ? class_->row->qualified : class_->qualified;
}

/* Whether the framework, or a module of it, was loaded: what is found without running a package does not load it. */
static bool is_loaded(const nw_eval *eval, const char *framework)
{
    size_t size = strlen(framework);
    uint32_t position = 0;
    for (const nw_dict_entry *entry; (entry = nw_dict_next(eval->modules, &position));) {
        const char *name = entry->key.kind == NW_STRING ? nw_symbol_bytes(eval->symbols, entry->key.as.symbol) : "";
        bool same = strncmp(name, framework, size) == 0 && (name[size] == '\0' || name[size] == '.');
        if (same && entry->value.kind == NW_MODULE && entry->value.as.module->state != NW_MODULE_NEW)
            return true;
    }
    return false;
}

nw_symbol nw_framework_of(nw_eval *eval)
{
    if (eval->framework == NW_FRAMEWORK_KERAS)
        return nw_symbol_of(eval->symbols, "keras");
    static const char *const names[] = {"torch", "keras"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (is_loaded(eval, names[i]))
            return nw_symbol_of(eval->symbols, names[i]);
    return (nw_symbol){0};
}

/* ---- what was lost ---- */

/* In open mode what is not understood inside of imported files is theirs, as long as the analysis went on. */
static bool concerns(const nw_model *model, const nw_loss *loss)
{
    bool stops = loss->id == NW_DIAG_STEP_LIMIT || loss->id == NW_DIAG_MEMORY_LIMIT;
    return model->is_closed || stops || !loss->place.module || loss->place.module == model->fallback.module;
}

void nw_model_read_losses(nw_model *model)
{
    nw_eval *eval = model->eval;
    for (uint32_t i = 0; i < eval->loss_count; i++)
        if (concerns(model, &eval->losses[i]))
            nw_model_add_unknown(model, eval->losses[i].id, eval->losses[i].place, nw_symbol_bytes(eval->symbols, eval->losses[i].detail));
    if (eval->exception.kind != NW_UNSET) {
        nw_buffer text;
        nw_buffer_init(&text);
        nw_place place = eval->exception_place;
        nw_exception_describe(eval, &text);
        nw_model_add_unknown(model, NW_DIAG_RAISES, place, text.bytes);
        nw_buffer_release(&text);
    }
    for (uint32_t i = 0, placed = model->unknown.count; i < model->without_place.count && !placed; i++)
        nw_diagnostics_add(&model->unknown, model->without_place.items[i]);
    nw_diagnostics_sort(&model->unknown);
}

/* ---- invariants ---- */

void nw_model_verify(const nw_model *model)
{
    for (uint32_t i = 1; i < model->step_count; i++)
        assert(model->steps[i - 1].fact < model->steps[i].fact);
    for (uint32_t i = 0; i < model->step_count; i++)
        assert(model->steps[i].kind == NW_STEP_LAYER || !model->steps[i].has_path);
    if (model->state_count < 4096) /* quadratic: enough for tests */
        for (uint32_t i = 0; i < model->state_count; i++)
            for (uint32_t j = 0; j < i; j++)
                assert(model->state[i].name.v != model->state[j].name.v);
    for (uint32_t i = 0; i < model->unknown.count; i++)
        assert(model->unknown.items[i].line > 0);
}
