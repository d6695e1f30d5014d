#include "eval/operator.h"

#include "eval/builtin.h"
#include "eval/keras.h"

#include <string.h>

enum { MAX_GATED_ARGUMENTS = 3 };

typedef struct operator_call {
    nw_function *function;
    const nw_operator_row *row;
    nw_value *slots;
    nw_instance *layer;      /* NULL: an operator */
    uint32_t serial_before;  /* objects with a greater serial were made by the call */
    nw_value written;        /* see written_by */
    uint32_t writes_before;
} operator_call;

bool nw_operator_nested(const nw_eval *eval)
{
    if ((eval->in_catalog == 0 && eval->in_stand_in == 0) || eval->fact_parent == 0)
        return false;
    uint8_t kind = eval->facts[eval->fact_parent].kind;
    return kind == NW_FACT_OPERATOR || kind == NW_FACT_LAYER;
}

/* ---- the value ---- */

/* False when a tensor among the arguments, or in a list or tuple of them, has an unknown rank. */
static bool ranks_known(nw_value value, int depth)
{
    switch (value.kind) {
    case NW_TENSOR:
        return value.as.tensor->shape || value.as.tensor->is_uninitialized;
    case NW_TUPLE:
        for (uint32_t i = 0; depth && i < value.as.tuple->count; i++)
            if (!ranks_known(value.as.tuple->items[i], depth - 1))
                return false;
        return true;
    case NW_LIST:
        for (uint32_t i = 0; depth && i < value.as.list->count; i++)
            if (!ranks_known(value.as.list->items[i], depth - 1))
                return false;
        return true;
    default:
        return true;
    }
}

/* The operand of an operator of one tensor is something of which nothing is known: nothing follows for the result either. */
static bool operand_lost(nw_eval *eval, const operator_call *call, const nw_value *slots)
{
    const nw_ast_function *code = call->function->code;
    uint32_t first = call->row->is_layer ? 1 : 0;
    if (first >= code->parameter_count || slots[first].kind != NW_OPAQUE || slots[first].as.opaque->type != NW_TYPE_ANY)
        return false;
    if (strcmp(nw_symbol_bytes(eval->symbols, code->parameters[first].name), "input") != 0)
        return false;
    for (uint32_t i = first + 1; i < code->parameter_count; i++)
        if (slots[i].kind == NW_TENSOR && !slots[i].as.tensor->is_parameter)
            return false;
    return true;
}

static nw_value run_or_promise(nw_eval *eval, const operator_call *call, nw_value *slots)
{
    if (operand_lost(eval, call, slots))
        return nw_operator_promise(eval, call->function, call->row, slots);
    for (uint32_t i = 0; i < call->function->code->parameter_count; i++)
        if (!ranks_known(slots[i], 2))
            return nw_operator_promise(eval, call->function, call->row, slots);
    eval->in_catalog++; /* a test that cannot be decided is to be told to us */
    nw_value value = nw_function_run(eval, call->function, slots);
    eval->in_catalog--;
    if (value.kind != NW_ERROR)
        return value;
    if (!eval->undecided)
        return value;
    eval->undecided = false;
    return nw_operator_promise(eval, call->function, call->row, slots);
}

/* A gated argument: the operator's value for each arm, joined. An arm that fails is not the one that is taken. */
static nw_value value_of(nw_eval *eval, const operator_call *call, nw_value *slots, int gated)
{
    for (uint32_t i = 0; i < call->function->code->parameter_count; i++) {
        slots[i] = nw_settle(eval, slots[i]);
        if (slots[i].kind != NW_PHI || gated == MAX_GATED_ARGUMENTS)
            continue;
        const nw_phi *phi = slots[i].as.phi;
        size_t size = call->function->code->slot_count * sizeof *slots;
        nw_value *first = nw_arena_copy(&eval->arena, slots, size), *second = nw_arena_copy(&eval->arena, slots, size);
        first[i] = phi->then;
        second[i] = phi->otherwise;
        nw_value then = value_of(eval, call, first, gated + 1);
        if (eval->stopped)
            return nw_error();
        if (then.kind == NW_ERROR)
            nw_exception_clear(eval);
        nw_value otherwise = value_of(eval, call, second, gated + 1);
        if (then.kind == NW_ERROR || eval->stopped)
            return otherwise;
        if (otherwise.kind != NW_ERROR)
            return nw_join(eval, phi->guard, then, otherwise);
        nw_exception_clear(eval);
        return then;
    }
    return run_or_promise(eval, call, slots);
}

/* ---- whether a layer is as it was ---- */

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 29);
}

static uint64_t mark_value(nw_value value, int depth)
{
    uint64_t hash = mix(1, value.kind);
    if (value.kind == NW_TUPLE && depth) {
        for (uint32_t i = 0; i < value.as.tuple->count; i++)
            hash = mix(hash, mark_value(value.as.tuple->items[i], depth - 1));
        return hash;
    }
    uint32_t position = 0;
    if (value.kind == NW_DICT && depth) {
        for (nw_dict_entry *entry; (entry = nw_dict_next(value.as.dict, &position));)
            hash = mix(mix(hash, entry->key.kind == NW_STRING ? entry->key.as.symbol.v : 0), mark_value(entry->value, depth - 1));
        return hash;
    }
    bool is_symbol = value.kind == NW_STRING || value.kind == NW_BYTES;
    bool is_nothing = value.kind == NW_NONE || value.kind == NW_UNSET || value.kind == NW_ELLIPSIS || value.kind == NW_NOT_IMPLEMENTED;
    return is_nothing ? hash : mix(hash, is_symbol ? value.as.symbol.v : (uint64_t)value.as.integer);
}

uint64_t nw_attributes_mark(const nw_instance *instance)
{
    nw_value attributes = {.kind = NW_DICT, .as.dict = instance->attributes};
    return instance->class_->is_keras ? 0 : mark_value(attributes, 3);
}

/* ---- the fact ---- */

/* A copy of a layer whose hooks compute a weight at each call; NULL: it has none. */
static const nw_instance *layer_as_called(nw_eval *eval, const nw_instance *layer)
{
    const nw_value *hooks = nw_dict_find_name(layer->attributes, (nw_symbol){NW_NAME_FORWARD_PRE_HOOKS});
    uint32_t position = 0;
    if (!hooks || hooks->kind != NW_DICT || !nw_dict_next(hooks->as.dict, &position))
        return NULL;
    nw_instance *copy = nw_arena_copy(&eval->arena, layer, sizeof *layer);
    copy->attributes = nw_dict_copy(eval, layer->attributes);
    return copy;
}

static bool is_spread(const nw_ast_function *code)
{
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].kind == NW_PARAMETER_ARGS || code->parameters[i].kind == NW_PARAMETER_KWARGS)
            return true;
    return false;
}

static void add_argument(nw_eval *eval, nw_fact *fact, uint32_t *capacity, nw_symbol name, nw_value value)
{
    if (fact->argument_count == *capacity) {
        uint32_t old = *capacity;
        *capacity = old ? old * 2 : 8;
        fact->parameters = nw_arena_grow(&eval->arena, fact->parameters, old, *capacity, sizeof *fact->parameters);
        fact->arguments = nw_arena_grow(&eval->arena, fact->arguments, old, *capacity, sizeof *fact->arguments);
    }
    fact->parameters[fact->argument_count] = name;
    fact->arguments[fact->argument_count++] = value;
}

/* Items of *args and **kwargs one by one. */
static void spread_arguments(nw_eval *eval, const operator_call *call, uint32_t first, nw_fact *fact)
{
    uint32_t capacity = 0;
    const nw_ast_function *code = call->function->code;
    for (uint32_t i = first; i < code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &code->parameters[i];
        nw_value value = call->slots[i];
        if (parameter->kind == NW_PARAMETER_ARGS && value.kind == NW_TUPLE) {
            for (uint32_t k = 0; k < value.as.tuple->count; k++)
                add_argument(eval, fact, &capacity, parameter->name, value.as.tuple->items[k]);
        } else if (parameter->kind == NW_PARAMETER_KWARGS && value.kind == NW_DICT) {
            uint32_t position = 0;
            for (nw_dict_entry *entry; (entry = nw_dict_next(value.as.dict, &position));)
                add_argument(eval, fact, &capacity, entry->key.kind == NW_STRING ? entry->key.as.symbol : parameter->name, entry->value);
        } else {
            add_argument(eval, fact, &capacity, parameter->name, value);
        }
    }
}

/* A number or string of a class of the program's, such as that of an enumeration; Keras asks for the class and does not take it. */
static bool is_own_number(const nw_eval *eval, nw_value value)
{
    return !nw_keras_is_used(eval) && value.kind == NW_INSTANCE && !value.as.instance->class_->is_catalog && nw_is_bare(nw_plain(value));
}

/* Lists as they are now: the program may go on changing them. Numbers and strings as what they are. */
static void keep_values(nw_eval *eval, nw_fact *fact)
{
    bool own = false;
    for (uint32_t i = 0; i < fact->argument_count; i++) {
        nw_value value = fact->arguments[i];
        bool list = value.kind == NW_LIST && !value.as.list->repeated;
        if (!list && !is_own_number(eval, value))
            continue;
        if (!own)
            fact->arguments = nw_arena_copy(&eval->arena, fact->arguments, fact->argument_count * sizeof *fact->arguments);
        own = true;
        fact->arguments[i] = list ? nw_list_new(eval, value.as.list->items, value.as.list->count) : nw_plain(value);
        if (!list)
            continue;
        fact->arguments[i].as.list->class_ = value.as.list->class_;
        fact->arguments[i].as.list->attributes = value.as.list->attributes;
    }
}

static bool has_parameter(const nw_ast_function *code, nw_symbol name)
{
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].name.v == name.v)
            return true;
    return false;
}

/* The names of the row's own parameters, as far as there are such: what stands in for a row may name them otherwise. */
static nw_symbol *names_of(nw_eval *eval, const nw_ast_function *code, const nw_ast_function *own)
{
    if (!own || own == code)
        return code->slot_names;
    nw_symbol *names = nw_arena_copy(&eval->arena, code->slot_names, code->slot_count * sizeof *names);
    for (uint32_t i = 0; i < own->parameter_count && i < code->parameter_count; i++)
        if (!has_parameter(own, code->parameters[i].name)) /* a stand-in may have fewer parameters than its row */
            names[i] = own->parameters[i].name;
    return names;
}

static uint32_t record(nw_eval *eval, const operator_call *call, const nw_arguments *arguments, bool nested)
{
    uint32_t first = call->layer ? 1 : 0;
    const nw_ast_function *code = call->function->code, *own = call->row->code;
    nw_fact fact = {.kind = call->layer ? NW_FACT_LAYER : NW_FACT_OPERATOR, .spelled = (uint8_t)(arguments->spelled > first ? arguments->spelled - first : 0), .row = call->row, .name = call->row->qualified, .result = nw_unset(),
                    .callee = call->layer ? (nw_value){.kind = NW_INSTANCE, .as.instance = call->layer} : nw_unset()};
    if (is_spread(code)) {
        spread_arguments(eval, call, first, &fact);
    } else {
        fact.parameters = names_of(eval, code, own) + first;
        fact.arguments = call->slots + first;
        fact.argument_count = code->parameter_count - first;
    }
    if (!eval->environment->open)
        keep_values(eval, &fact);
    if (!eval->environment->open && call->layer) {
        fact.attributes = nw_attributes_mark(call->layer);
        fact.as_called = layer_as_called(eval, call->layer);
    }
    uint32_t number = nw_fact_add(eval, fact);
    eval->facts[number].in_catalog = nested;
    return number;
}

/* ---- the result ---- */

static bool is_true(const nw_value *value)
{
    return value && value->kind == NW_BOOL && value->as.integer;
}

static nw_value *parameter_value(const operator_call *call, nw_symbol name)
{
    const nw_ast_function *code = call->function->code;
    for (uint32_t i = 0; i < code->parameter_count; i++)
        if (code->parameters[i].name.v == name.v)
            return &call->slots[i];
    return NULL;
}

/* What the call writes: the receiver of an in-place operator, the argument `out`. UNSET: nothing. The fact of such a call has
 * the written tensor as its result: from there on the fact stands for that tensor's value. */
static nw_value written_by(const nw_eval *eval, const operator_call *call)
{
    const nw_tensor_names *names = &eval->tensor_state->names;
    uint32_t first = call->layer ? 1 : 0;
    nw_value *out = parameter_value(call, names->out);
    if (out && out->kind == NW_TENSOR)
        return *out;
    if (!call->function->module->is_catalog) /* what stands in for a row gives its result, and writes to nothing */
        return nw_unset();
    nw_text name = nw_symbol_text(eval->symbols, call->function->name);
    bool by_name = name.size > 1 && name.bytes[name.size - 1] == '_' && name.bytes[name.size - 2] != '_'; /* relu_ */
    bool in_place = by_name || call->row->effects.v == names->in_place.v || is_true(parameter_value(call, names->inplace)) ||
                    (call->layer && is_true(nw_dict_find_name(call->layer->attributes, names->inplace)));
    if (!in_place || call->function->code->parameter_count <= first || call->slots[first].kind != NW_TENSOR)
        return nw_unset();
    return call->slots[first];
}

/* The same tensor by another name: it shares storage and attributes with `tensor`, and `fact` is what made it. */
static nw_value twin_of_tensor(nw_eval *eval, nw_tensor *tensor, uint32_t fact)
{
    nw_tensor *twin = nw_tensor_copy(eval, tensor);
    twin->class_ = tensor->class_;
    twin->requires_grad = tensor->requires_grad;
    twin->attributes = tensor->attributes;
    nw_tensor_share(twin, tensor);
    twin->node = fact;
    return nw_tensor_value(twin);
}

static nw_value claim(nw_eval *eval, const operator_call *call, nw_value value, uint32_t fact, int depth);

static void claim_items(nw_eval *eval, const operator_call *call, nw_value *items, uint32_t count, uint32_t fact, int depth)
{
    for (uint32_t i = 0; i < count; i++)
        items[i] = claim(eval, call, items[i], fact, depth - 1);
}

/* Each tensor of the result has this fact as its node. One that was there before the call and is given back as it is gets
 * a twin, so that value numbering goes by operators; parameters and what the call wrote keep their identity. */
static nw_value claim(nw_eval *eval, const operator_call *call, nw_value value, uint32_t fact, int depth)
{
    if (depth == 0)
        return value;
    switch (value.kind) {
    case NW_TENSOR: {
        nw_tensor *tensor = value.as.tensor;
        if (tensor->serial > call->serial_before) {
            tensor->node = fact;
            return value;
        }
        if (tensor->is_parameter || tensor->is_buffer || (call->written.kind == NW_TENSOR && call->written.as.tensor == tensor))
            return value;
        return twin_of_tensor(eval, tensor, fact);
    }
    case NW_TUPLE:
        claim_items(eval, call, value.as.tuple->items, value.as.tuple->count, fact, depth);
        return value;
    case NW_LIST:
        claim_items(eval, call, value.as.list->items, value.as.list->count, fact, depth);
        return value;
    case NW_INSTANCE:
        if (value.as.instance->payload.kind == NW_TUPLE && value.as.instance->serial > call->serial_before)
            claim(eval, call, value.as.instance->payload, fact, depth);
        return value;
    case NW_PHI:
        value.as.phi->then = claim(eval, call, value.as.phi->then, fact, depth - 1);
        value.as.phi->otherwise = claim(eval, call, value.as.phi->otherwise, fact, depth - 1);
        return value;
    case NW_OPAQUE:
        if (value.as.opaque->serial > call->serial_before && value.as.opaque->node == 0)
            value.as.opaque->node = fact;
        return value;
    default:
        return value;
    }
}

static uint32_t writes_to(const nw_tensor *tensor)
{
    return tensor->base ? tensor->base->writes : tensor->writes;
}

/* The written tensor takes the shape of the result and stands for it. Its contents are those that the body has set. */
static nw_value write_result(const operator_call *call, nw_value result)
{
    nw_tensor *target = call->written.as.tensor;
    if (writes_to(target) == call->writes_before)
        nw_tensor_forget_contents(target);
    if (result.kind != NW_TENSOR || result.as.tensor == target)
        return result;
    if (result.as.tensor->shape) {
        target->shape = result.as.tensor->shape;
        target->rank = result.as.tensor->rank;
    }
    return call->written;
}

static nw_value finish(nw_eval *eval, const operator_call *call, uint32_t fact, nw_value result)
{
    if (result.kind == NW_ERROR)
        return result;
    if (call->written.kind == NW_TENSOR)
        result = write_result(call, result);
    if (!fact)
        return result;
    nw_operator_type_result(eval, call->function, result);
    result = claim(eval, call, result, fact, 4);
    eval->facts[fact].result = result;
    return result;
}

/* ---- the call ---- */

static bool is_recorded(const nw_eval *eval, bool nested)
{
    /* Inside a layer the operators that its forward consists of are kept as its normal form; inside an operator nothing. */
    return !nested || eval->facts[eval->fact_parent].kind == NW_FACT_LAYER;
}

/* The layer's row is that of the instance's class, not of the class that defines forward. */
static bool resolve_layer(operator_call *call)
{
    call->row = call->function->row;
    const nw_class *owner = call->function->owner;
    bool is_forward = owner && owner->is_module && call->function->name.v == (owner->is_keras ? NW_NAME_CALL : NW_NAME_FORWARD);
    if (!is_forward)
        return call->row != NULL;
    if (call->function->code->parameter_count == 0 || call->slots[0].kind != NW_INSTANCE)
        return false;
    call->layer = call->slots[0].as.instance;
    call->row = call->layer->class_->row;
    return call->row && call->row->is_layer;
}

nw_symbol nw_operator_parameter(const nw_eval *eval, const nw_ast_function *code, nw_symbol name)
{
    if (!eval->tensor_state || has_parameter(code, name))
        return name;
    const nw_tensor_names *names = &eval->tensor_state->names;
    const nw_symbol pairs[][2] = {{names->axis, names->dim}, {names->keepdims, names->keepdim}, {names->x, names->input},
                                  {names->x1, names->input}, {names->x2, names->other}};
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        if (name.v == pairs[k][0].v && has_parameter(code, pairs[k][1]))
            return pairs[k][1];
    return name;
}

bool nw_operator_keywords(nw_eval *eval, const nw_ast_function *code, const nw_arguments *arguments, nw_arguments *translated)
{
    bool changed = false;
    *translated = *arguments;
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        nw_symbol name = nw_operator_parameter(eval, code, arguments->names[i]);
        if (name.v == arguments->names[i].v)
            continue;
        if (!changed)
            translated->names = nw_arena_copy(&eval->arena, arguments->names, arguments->named_count * sizeof *arguments->names);
        translated->names[i] = name;
        changed = true;
    }
    return changed;
}

/* A tensor that stands for the given one as the result of a fact. Each place of a result has its own, as results of rows have. */
static nw_value twin_of(nw_eval *eval, nw_value value, uint32_t fact, int depth)
{
    if (depth == 0)
        return value;
    if (value.kind == NW_TENSOR && !value.as.tensor->is_parameter && !value.as.tensor->is_buffer)
        return twin_of_tensor(eval, value.as.tensor, fact);
    uint32_t count = value.kind == NW_TUPLE ? value.as.tuple->count : value.kind == NW_LIST && !value.as.list->class_ ? value.as.list->count : 0;
    const nw_value *items = value.kind == NW_TUPLE ? value.as.tuple->items : count ? value.as.list->items : NULL;
    nw_value *parts = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *parts);
    for (uint32_t i = 0; i < count; i++)
        parts[i] = twin_of(eval, items[i], fact, depth - 1);
    if (value.kind == NW_TUPLE && !value.as.tuple->class_)
        return nw_tuple_new(eval, parts, count);
    return value.kind == NW_LIST && count ? nw_list_new(eval, parts, count) : value;
}

/* Whether a class is a stand-in itself. A class derived from one may have changed what it does. */
static bool is_stand_in(const nw_class *class_)
{
    bool own = class_->row && class_->row->is_read_through;
    for (uint32_t i = 0; own && i < class_->base_count; i++)
        own = class_->bases[i].kind != NW_CLASS || class_->bases[i].as.class_->row != class_->row;
    return own;
}

/* The call of a layer that stands for a row and is read through: its operators are facts as ever, and one more says what was called. */
static nw_value call_through(nw_eval *eval, const operator_call *call, const nw_arguments *arguments)
{
    nw_value result = nw_function_run(eval, call->function, call->slots);
    const nw_value self = call->function->code->parameter_count ? call->slots[0] : nw_unset();
    if (result.kind == NW_ERROR || nw_operator_nested(eval) || self.kind != NW_INSTANCE || !is_stand_in(self.as.instance->class_))
        return result;
    operator_call recorded = *call;
    recorded.layer = self.as.instance;
    recorded.row = recorded.layer->class_->row;
    uint32_t fact = record(eval, &recorded, arguments, false);
    if (fact) {
        nw_value twin = twin_of(eval, result, fact, 4);
        eval->facts[fact].inner = result;
        eval->facts[fact].result = twin;
        return twin;
    }
    return result;
}

bool nw_operator_has_meaning(nw_value function)
{
    return function.kind == NW_NONE || (function.kind == NW_FUNCTION && function.as.function->row && function.as.function->row->pivot.v);
}

/* A layer with a function of the program's own, such as Dense(8, activation=lambda x: x * x): its operators follow the layer's. */
static nw_value after_layer(nw_eval *eval, const nw_function *function, nw_value self, nw_value result)
{
    if (result.kind == NW_ERROR || !function->row || !function->row->after.v || !function->module->is_catalog || self.kind != NW_INSTANCE)
        return result;
    const nw_value *found = nw_dict_find_name(self.as.instance->attributes, function->row->after);
    nw_value callee = found ? nw_settle(eval, *found) : nw_none();
    if (nw_operator_has_meaning(callee))
        return result;
    return nw_call_values(eval, callee, &result, 1);
}

static nw_value call_row(nw_eval *eval, nw_function *function, const nw_arguments *arguments, nw_value *self);

nw_value nw_operator_call(nw_eval *eval, nw_function *function, const nw_arguments *arguments)
{
    nw_value self = nw_unset(), result = call_row(eval, function, arguments, &self);
    return after_layer(eval, function, self, result);
}

static nw_value call_row(nw_eval *eval, nw_function *function, const nw_arguments *arguments, nw_value *self)
{
    if (eval->symbolic_class && function->row && !function->row->is_layer && nw_keras_is_symbolic(eval, arguments))
        return nw_keras_symbolic_call(eval, function, arguments);
    uint32_t slot_count = function->code->slot_count;
    operator_call call = {.function = function, .slots = nw_arena_zero(&eval->arena, (slot_count + 1) * sizeof(nw_value))};
    for (uint32_t i = 0; i < slot_count; i++)
        call.slots[i] = nw_unset();
    nw_arguments translated;
    if (arguments->named_count && nw_operator_keywords(eval, function->code, arguments, &translated))
        arguments = &translated;
    if (!nw_bind_function(eval, function, arguments, call.slots))
        return nw_error();
    if (slot_count)
        *self = call.slots[0];
    if (function->row && function->row->is_read_through)
        return call_through(eval, &call, arguments);
    if (!resolve_layer(&call))
        return nw_function_run(eval, function, call.slots);
    bool nested = nw_operator_nested(eval);
    uint32_t fact = is_recorded(eval, nested) ? record(eval, &call, arguments, nested) : 0, outer = eval->fact_parent;
    call.serial_before = eval->next_serial;
    call.written = written_by(eval, &call);
    if (call.written.kind == NW_TENSOR)
        call.writes_before = writes_to(call.written.as.tensor);
    if (fact)
        eval->fact_parent = fact;
    bool stand_in = !function->module->is_catalog;
    eval->in_stand_in += stand_in;
    nw_value result = value_of(eval, &call, call.slots, 0);
    eval->in_stand_in -= stand_in;
    eval->fact_parent = outer;
    return finish(eval, &call, fact, result);
}
