/* Arguments and receivers of native functions. */
#include "eval/builtin.h"

#include "eval/interpret.h"

#include <string.h>

nw_value nw_plain(nw_value value)
{
    while (value.kind == NW_INSTANCE && value.as.instance->payload.kind > NW_UNSET)
        value = value.as.instance->payload;
    return value;
}

static const nw_class *program_class(nw_value value)
{
    switch (value.kind) {
    case NW_INSTANCE:
        return value.as.instance->class_;
    case NW_LIST:
        return value.as.list->class_;
    case NW_DICT:
    case NW_SET:
        return value.as.dict->class_;
    case NW_TUPLE:
        return value.as.tuple->class_;
    case NW_CLASS:
        return value.as.class_->metaclass;
    default:
        return NULL;
    }
}

nw_value *nw_special(nw_eval *eval, nw_value value, nw_symbol name)
{
    const nw_class *class_ = program_class(value);
    nw_value *found = class_ ? nw_class_find(eval, class_, name) : NULL;
    return found && found->kind != NW_NATIVE && found->kind != NW_NONE ? found : NULL;
}

nw_value nw_call_special(nw_eval *eval, nw_value value, nw_symbol name, const nw_value *arguments, uint32_t count)
{
    nw_class *class_ = nw_type_of(eval, value);
    nw_value bound = nw_bind_attribute(eval, *nw_special(eval, value, name), value, class_);
    return bound.kind == NW_ERROR ? bound : nw_call_values(eval, bound, arguments, count);
}

nw_answer nw_take_self(nw_eval *eval, const char *method, nw_kind kind, nw_value *self, const nw_arguments **arguments, nw_arguments *storage)
{
    if (self->kind == NW_UNSET) {
        if ((*arguments)->positional_count == 0) {
            if ((*arguments)->open) {
                *self = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "%s", method);
                return NW_MAYBE;
            }
            nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "unbound method %s() needs an argument", method);
            return NW_FAILED;
        }
        *storage = **arguments;
        *self = nw_settle(eval, storage->positional[0]);
        storage->positional++;
        storage->positional_count--;
        *arguments = storage;
    }
    if (kind == NW_KIND_COUNT)
        return NW_YES;
    *self = nw_plain(*self);
    if (self->kind == kind || (kind == NW_INT && self->kind == NW_BOOL))
        return NW_YES;
    if (nw_is_opaque(*self) || (self->kind == NW_INSTANCE && self->as.instance->class_->opaque_base))
        return NW_MAYBE;
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "descriptor '%s' doesn't apply to a '%s' object", method,
             nw_symbol_bytes(eval->symbols, nw_type_of(eval, *self)->name));
    return NW_FAILED;
}

/* ---- binding by a signature ---- */

typedef struct parameter {
    nw_text name; /* not interned: most calls name nothing */
    bool optional, keyword_only;
} parameter;

enum { MAX_PARAMETERS = 16 };

static uint32_t parse_signature(const char *signature, parameter *parameters)
{
    uint32_t count = 0;
    bool keyword_only = false;
    while (*signature) {
        size_t size = strcspn(signature, ",");
        const char *text = signature + strspn(signature, " ");
        size_t length = (size_t)(signature + size - text);
        signature += size + (signature[size] == ',');
        if (length == 1 && *text == '*') {
            keyword_only = true;
            continue;
        }
        bool optional = length && text[length - 1] == '=';
        parameters[count++] = (parameter){{text, (uint32_t)(length - optional)}, optional, keyword_only};
    }
    return count;
}

static bool refuse(nw_eval *eval, const char *function, const char *what, nw_text name)
{
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() %s '%.*s'", function, what, (int)name.size, name.bytes);
    return false;
}

bool nw_bind(nw_eval *eval, const char *function, const char *signature, const nw_arguments *arguments, nw_value *out)
{
    parameter parameters[MAX_PARAMETERS];
    uint32_t count = parse_signature(signature, parameters), positional = 0;
    for (uint32_t i = 0; i < count; i++) {
        out[i] = nw_unset();
        positional += !parameters[i].keyword_only;
    }
    if (arguments->positional_count > positional) {
        nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() takes at most %u positional arguments (%u given)", function, positional, arguments->positional_count);
        return false;
    }
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        out[i] = nw_settle(eval, arguments->positional[i]);
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        uint32_t at = 0;
        nw_text name = nw_symbol_text(eval->symbols, arguments->names[i]);
        while (at < count && (parameters[at].name.size != name.size || memcmp(parameters[at].name.bytes, name.bytes, name.size) != 0))
            at++;
        if (at == count)
            return refuse(eval, function, "got an unexpected keyword argument", name);
        if (out[at].kind != NW_UNSET)
            return refuse(eval, function, "got multiple values for argument", name);
        out[at] = nw_settle(eval, arguments->named[i]);
    }
    for (uint32_t i = 0; i < count; i++) {
        if (out[i].kind != NW_UNSET)
            continue;
        if (arguments->open)
            out[i] = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "%s", function);
        else if (!parameters[i].optional)
            return refuse(eval, function, "missing required argument:", parameters[i].name);
    }
    return true;
}

/* ---- values of arguments ---- */

nw_answer nw_index_of(nw_eval *eval, nw_value value, int64_t *integer)
{
    value = nw_settle(eval, value);
    if (nw_special(eval, value, (nw_symbol){NW_NAME_DUNDER_INDEX}))
        value = nw_call_special(eval, value, (nw_symbol){NW_NAME_DUNDER_INDEX}, NULL, 0);
    value = nw_plain(value);
    if (value.kind == NW_TENSOR)
        value = nw_tensor_number(eval, value, NW_INT);
    if (value.kind == NW_ERROR)
        return NW_FAILED;
    if (nw_known_integer(value, integer))
        return NW_YES;
    if (nw_is_opaque(value))
        return NW_MAYBE;
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "'%s' object cannot be interpreted as an integer", nw_symbol_bytes(eval->symbols, nw_type_of(eval, value)->name));
    return NW_FAILED;
}

nw_text nw_text_of(nw_eval *eval, nw_value string)
{
    return nw_symbol_text(eval->symbols, nw_plain(string).as.symbol);
}

/* Operands of an unknown call: its arguments, keywords as name and value. */
static nw_value *operands_of(nw_eval *eval, const nw_arguments *arguments, uint32_t before, uint32_t *count)
{
    *count = before + arguments->positional_count + arguments->named_count * 2 + (arguments->open ? 1 : 0);
    nw_value *operands = nw_arena_alloc(&eval->arena, (*count + 1) * sizeof *operands);
    uint32_t at = before;
    for (uint32_t i = 0; i < arguments->positional_count; i++)
        operands[at++] = arguments->positional[i];
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        operands[at++] = nw_string(arguments->names[i]);
        operands[at++] = arguments->named[i];
    }
    if (arguments->open)
        operands[at] = nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "*args or **kwargs");
    return operands;
}

nw_value nw_unknown_call(nw_eval *eval, const char *name, nw_opaque_type type, const nw_arguments *arguments)
{
    uint32_t count;
    nw_value *operands = operands_of(eval, arguments, 1, &count);
    operands[0] = nw_string(nw_symbol_of(eval->symbols, name));
    return nw_expression_intern(eval, NW_EXPRESSION_CALL, type, operands, count);
}

nw_value nw_unknown_method(nw_eval *eval, const char *name, nw_opaque_type type, nw_value self, const nw_arguments *arguments)
{
    uint32_t count;
    nw_value *operands = operands_of(eval, arguments, 2, &count);
    operands[0] = nw_string(nw_symbol_of(eval->symbols, name));
    operands[1] = self;
    return nw_expression_intern(eval, NW_EXPRESSION_METHOD, type, operands, count);
}
