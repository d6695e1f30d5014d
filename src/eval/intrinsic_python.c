/* Natives of _nw that the models of Python's own library need. */
#include "eval/builtin.h"

#include "eval/installed.h"
#include "eval/interpret.h"
#include "eval/regex.h"
#include "eval/summary.h"

#include <string.h>

#define NATIVE(name) static nw_value name(nw_eval *eval, nw_value self, const nw_arguments *arguments)

static nw_symbol symbol(nw_eval *eval, const char *text)
{
    return nw_symbol_of(eval->symbols, text);
}

/* ---- functools.partial ---- */

NATIVE(construct_partial)
{
    (void)self;
    if (arguments->positional_count == 0)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "type 'partial' takes at least one argument");
    nw_partial *partial = nw_arena_zero(&eval->arena, sizeof *partial);
    partial->function = nw_settle(eval, arguments->positional[0]);
    partial->arguments = *arguments;
    partial->arguments.positional++;
    partial->arguments.positional_count--;
    if (partial->function.kind == NW_PARTIAL) { /* partial(partial(f, a), b) is partial(f, a, b), as in CPython */
        const nw_partial *inner = partial->function.as.partial;
        nw_arguments own = partial->arguments;
        nw_partial_merge(eval, inner, &own, &partial->arguments);
        partial->function = inner->function;
    }
    partial->attributes = nw_dict_make(eval);
    nw_dict *keywords = nw_dict_make(eval);
    for (uint32_t i = 0; i < partial->arguments.named_count; i++)
        nw_dict_set_name(eval, keywords, partial->arguments.names[i], partial->arguments.named[i]);
    nw_dict_set_name(eval, partial->attributes, symbol(eval, "func"), partial->function);
    nw_dict_set_name(eval, partial->attributes, symbol(eval, "args"), nw_tuple_new(eval, partial->arguments.positional, partial->arguments.positional_count));
    nw_dict_set_name(eval, partial->attributes, symbol(eval, "keywords"), nw_dict_value(keywords));
    return (nw_value){.kind = NW_PARTIAL, .as.partial = partial};
}

/* ---- named tuples ---- */

const nw_tuple *nw_named_fields(nw_eval *eval, const nw_class *class_)
{
    nw_value *fields = nw_class_find(eval, class_, symbol(eval, "_fields"));
    return fields && fields->kind == NW_TUPLE ? fields->as.tuple : NULL;
}

static uint32_t field_at(const nw_tuple *fields, nw_symbol name)
{
    uint32_t at = 0;
    while (at < fields->count && fields->items[at].as.symbol.v != name.v)
        at++;
    return at;
}

static nw_value construct_named(nw_eval *eval, nw_value self, const nw_arguments *arguments)
{
    const nw_tuple *fields = nw_named_fields(eval, self.as.class_);
    nw_value *defaults = nw_class_find(eval, self.as.class_, symbol(eval, "_field_defaults"));
    const char *name = nw_symbol_bytes(eval->symbols, self.as.class_->name);
    if (!fields || arguments->positional_count > fields->count)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s.__new__() takes too many positional arguments", name);
    nw_tuple *tuple = nw_tuple_make(eval, fields->count);
    tuple->class_ = self.as.class_;
    for (uint32_t i = 0; i < fields->count; i++)
        tuple->items[i] = i < arguments->positional_count ? arguments->positional[i] : nw_unset();
    for (uint32_t i = 0; i < arguments->named_count; i++) {
        uint32_t at = field_at(fields, arguments->names[i]);
        if (at == fields->count || tuple->items[at].kind != NW_UNSET)
            return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s.__new__() got an unexpected keyword argument '%s'", name,
                            nw_symbol_bytes(eval->symbols, arguments->names[i]));
        tuple->items[at] = arguments->named[i];
    }
    for (uint32_t i = 0; i < fields->count; i++) {
        if (tuple->items[i].kind != NW_UNSET)
            continue;
        nw_value *known = defaults && defaults->kind == NW_DICT ? nw_dict_find(defaults->as.dict, fields->items[i]) : NULL;
        if (!known && !arguments->open)
            return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s.__new__() missing required argument: '%s'", name,
                            nw_symbol_bytes(eval->symbols, fields->items[i].as.symbol));
        tuple->items[i] = known ? *known : nw_lost(eval, NW_DIAG_ARGUMENTS_UNKNOWN, "%s", name);
    }
    return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
}

/* The getter of a field: bound to its number, called with the tuple. */
NATIVE(get_field)
{
    nw_value tuple = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    if (tuple.kind != NW_TUPLE || self.as.integer >= tuple.as.tuple->count)
        return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "not a named tuple");
    return nw_settle(eval, tuple.as.tuple->items[self.as.integer]);
}

static nw_value from_items(nw_class *class_, nw_value plain)
{
    if (plain.kind == NW_TUPLE)
        plain.as.tuple->class_ = class_;
    return plain;
}

NATIVE(named_make)
{
    NW_RECEIVER("_make", NW_CLASS);
    NW_BIND("_make", "iterable", 1);
    nw_value *items;
    uint32_t count;
    nw_answer known = nw_collect(eval, out[0], &items, &count);
    const nw_tuple *fields = nw_named_fields(eval, self.as.class_);
    if (known == NW_FAILED)
        return nw_error();
    if (known == NW_MAYBE) {
        nw_value any = items[0];
        count = fields ? fields->count : 0;
        items = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *items);
        for (uint32_t i = 0; i < count; i++)
            items[i] = any;
    }
    if (!fields || fields->count != count)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "Expected %u arguments, got %u", fields ? fields->count : 0, count);
    return from_items(self.as.class_, nw_tuple_new(eval, items, count));
}

NATIVE(named_asdict)
{
    NW_RECEIVER("_asdict", NW_TUPLE);
    const nw_tuple *fields = self.as.tuple->class_ ? nw_named_fields(eval, self.as.tuple->class_) : NULL;
    nw_value dict = nw_dict_new(eval);
    for (uint32_t i = 0; fields && i < fields->count && i < self.as.tuple->count; i++)
        nw_dict_set(eval, dict.as.dict, fields->items[i], self.as.tuple->items[i]);
    return dict;
}

NATIVE(named_replace)
{
    NW_RECEIVER("_replace", NW_TUPLE);
    const nw_tuple *fields = self.as.tuple->class_ ? nw_named_fields(eval, self.as.tuple->class_) : NULL;
    nw_value copy = from_items(self.as.tuple->class_, nw_tuple_new(eval, self.as.tuple->items, self.as.tuple->count));
    for (uint32_t i = 0; fields && i < arguments->named_count; i++) {
        uint32_t at = field_at(fields, arguments->names[i]);
        if (at == fields->count)
            return nw_raise(eval, NW_EXCEPTION_VALUE_ERROR, "Got unexpected field names: ['%s']", nw_symbol_bytes(eval->symbols, arguments->names[i]));
        copy.as.tuple->items[at] = arguments->named[i];
    }
    return copy;
}

static nw_value descriptor(nw_eval *eval, nw_descriptor_kind kind, nw_value get)
{
    nw_descriptor made = {(uint8_t)kind, get, nw_unset(), nw_unset(), nw_unset()};
    return (nw_value){.kind = NW_DESCRIPTOR, .as.descriptor = nw_arena_copy(&eval->arena, &made, sizeof made)};
}

/* C.__new__(cls, ...), also reached by super().__new__ of a class derived from C. */
NATIVE(new_named)
{
    (void)self;
    nw_value class_ = arguments->positional_count ? nw_settle(eval, arguments->positional[0]) : nw_none();
    if (class_.kind != NW_CLASS)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "__new__() needs a class");
    nw_arguments rest = *arguments;
    rest.positional++;
    rest.positional_count--;
    return construct_named(eval, class_, &rest);
}

/* C.__new__.__defaults__ = (...): the usual way to give a named tuple defaults before Python 3.7. */
NATIVE(set_new_defaults)
{
    (void)self;
    nw_instance *maker = arguments->positional[0].as.instance;
    nw_class *class_ = maker->payload.as.class_;
    const nw_tuple *fields = nw_named_fields(eval, class_);
    nw_value *items;
    uint32_t count;
    if (nw_collect(eval, arguments->positional[1], &items, &count) != NW_YES || !fields || count > fields->count)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "__defaults__ must be set to a tuple object");
    nw_value defaults = nw_dict_new(eval);
    for (uint32_t i = 0; i < count; i++)
        nw_dict_set(eval, defaults.as.dict, fields->items[fields->count - count + i], items[i]);
    nw_dict_set_name(eval, class_->attributes, symbol(eval, "_field_defaults"), defaults);
    return nw_none();
}

static nw_value make_new(nw_eval *eval, nw_class *class_)
{
    nw_class *kind = nw_class_native(eval, "named_tuple_new", eval->classes[NW_CLASS_OF_OBJECT], NULL, NW_INSTANCE);
    nw_class_method(eval, kind, "__call__", new_named);
    nw_value defaults = descriptor(eval, NW_PROPERTY, nw_none());
    defaults.as.descriptor->set = nw_native_new(eval, "__defaults__", set_new_defaults, nw_none());
    nw_dict_set_name(eval, kind->attributes, (nw_symbol){NW_NAME_DUNDER_DEFAULTS}, defaults);
    nw_value maker = nw_instance_new(eval, kind);
    maker.as.instance->payload = nw_class_value(class_);
    return descriptor(eval, NW_STATIC_METHOD, maker);
}

static void make_named(nw_eval *eval, nw_class *class_, nw_value fields, nw_value defaults)
{
    static const nw_method_row methods[] = {{"_asdict", named_asdict}, {"_replace", named_replace}, {0}};
    class_->construct = construct_named;
    class_->instance_kind = NW_TUPLE;
    nw_install_methods(eval, class_, methods);
    nw_dict_set_name(eval, class_->attributes, (nw_symbol){NW_NAME_DUNDER_NEW}, make_new(eval, class_));
    nw_dict_set_name(eval, class_->attributes, symbol(eval, "_make"), descriptor(eval, NW_CLASS_METHOD, nw_native_new(eval, "_make", named_make, nw_unset())));
    nw_dict_set_name(eval, class_->attributes, symbol(eval, "_fields"), fields);
    nw_dict_set_name(eval, class_->attributes, symbol(eval, "_field_defaults"), defaults);
    nw_dict_set_name(eval, class_->attributes, (nw_symbol){NW_NAME_DUNDER_MATCH_ARGS}, fields);
    for (uint32_t i = 0; i < fields.as.tuple->count; i++) {
        nw_value get = nw_native_new(eval, "field", get_field, nw_int(i));
        nw_dict_set(eval, class_->attributes, fields.as.tuple->items[i], descriptor(eval, NW_PROPERTY, get));
    }
}

/* "a b", "a, b" or a sequence of names (or of pairs whose first item is the name) as a tuple; UNSET when unknown. */
static nw_value field_names(nw_eval *eval, nw_value given, bool pairs)
{
    nw_value *items;
    uint32_t count;
    given = nw_plain(given);
    if (given.kind == NW_STRING) {
        nw_value comma[] = {nw_string_of(eval, ","), nw_string_of(eval, " ")};
        given = nw_call_method(eval, nw_call_method(eval, given, symbol(eval, "replace"), comma, 2), (nw_symbol){NW_NAME_SPLIT}, NULL, 0);
    }
    nw_answer known = nw_collect(eval, given, &items, &count);
    if (known != NW_YES)
        return known == NW_FAILED ? nw_error() : nw_unset();
    for (uint32_t i = 0; i < count; i++) {
        items[i] = nw_plain(nw_settle(eval, pairs ? nw_get_item(eval, items[i], nw_int(0)) : items[i]));
        if (items[i].kind != NW_STRING)
            return items[i].kind == NW_ERROR ? nw_error() : nw_unset();
    }
    return nw_tuple_new(eval, items, count);
}

static nw_value named_class(nw_eval *eval, nw_value name, nw_value fields, nw_value defaults)
{
    nw_value base = nw_class_value(eval->classes[NW_CLASS_OF_TUPLE]), *items = NULL;
    uint32_t count = 0;
    if (fields.kind == NW_ERROR)
        return fields;
    if (fields.kind == NW_UNSET || name.kind != NW_STRING)
        return nw_lost(eval, NW_DIAG_CALL_UNKNOWN, "a named tuple with unknown fields");
    if (defaults.kind != NW_UNSET && defaults.kind != NW_NONE && nw_collect(eval, defaults, &items, &count) == NW_FAILED)
        return nw_error();
    if (count > fields.as.tuple->count)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "Got more default values than field names");
    nw_value known = nw_dict_new(eval);
    for (uint32_t i = 0; i < count; i++)
        nw_dict_set(eval, known.as.dict, fields.as.tuple->items[fields.as.tuple->count - count + i], items[i]);
    nw_value created = nw_class_create(eval, name.as.symbol, &base, 1, nw_dict_make(eval));
    if (created.kind == NW_CLASS)
        make_named(eval, created.as.class_, fields, known);
    return created;
}

NATIVE(call_namedtuple)
{
    NW_BIND("namedtuple", "typename, field_names, *, rename=, defaults=, module=", 5);
    (void)self;
    if (out[2].kind != NW_UNSET && !(out[2].kind == NW_BOOL && !out[2].as.integer))
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "a named tuple whose fields may be renamed");
    return named_class(eval, nw_plain(out[0]), field_names(eval, out[1], false), out[3]);
}

NATIVE(construct_named_tuple)
{
    (void)self;
    if (arguments->positional_count == 1) { /* NamedTuple("P", x=int) */
        nw_tuple *names = nw_tuple_make(eval, arguments->named_count);
        for (uint32_t i = 0; i < arguments->named_count; i++)
            names->items[i] = nw_string(arguments->names[i]);
        return named_class(eval, nw_plain(arguments->positional[0]), (nw_value){.kind = NW_TUPLE, .as.tuple = names}, nw_unset());
    }
    NW_BIND("NamedTuple", "typename, fields", 2);
    return named_class(eval, nw_plain(out[0]), field_names(eval, out[1], true), nw_unset());
}

/* A class that names NamedTuple as its base: its annotations are the fields. */
NATIVE(named_tuple_created)
{
    (void)self;
    nw_value created = arguments->positional[0];
    nw_class *class_ = created.as.class_;
    nw_value *annotations = nw_dict_find_name(class_->attributes, (nw_symbol){NW_NAME_DUNDER_ANNOTATIONS});
    bool direct = false;
    for (uint32_t i = 0; i < class_->base_count; i++)
        direct |= class_->bases[i].kind == NW_CLASS && class_->bases[i].as.class_->construct == construct_named_tuple && !class_->bases[i].as.class_->module;
    if (!direct)
        return created;
    nw_value names = nw_list_new(eval, NULL, 0), defaults = nw_dict_new(eval);
    uint32_t position = 0;
    const nw_dict *fields = annotations && annotations->kind == NW_DICT ? annotations->as.dict : nw_dict_make(eval);
    for (nw_dict_entry *entry; (entry = nw_dict_next(fields, &position));) {
        nw_value *known = nw_dict_find(class_->attributes, entry->key);
        nw_list_append(eval, names.as.list, entry->key);
        if (known)
            nw_dict_set(eval, defaults.as.dict, entry->key, *known);
    }
    make_named(eval, class_, nw_tuple_new(eval, names.as.list->items, names.as.list->count), defaults);
    return created;
}

/* ---- regular expressions ---- */

static nw_value match_value(nw_eval *eval, const nw_regex *regex, nw_text text, const int64_t *spans)
{
    nw_tuple *bounds = nw_tuple_make(eval, regex->group_count + 1);
    nw_value names = nw_dict_new(eval);
    for (uint32_t i = 0; i <= regex->group_count; i++) {
        nw_value pair[2];
        for (int j = 0; j < 2; j++) {
            int64_t at = spans[2 * i + 1] < 0 ? -1 : spans[2 * i + (uint32_t)j];
            pair[j] = nw_int(at < 0 ? -1 : (int64_t)nw_characters((nw_text){text.bytes, (uint32_t)at}));
        }
        bounds->items[i] = nw_tuple_new(eval, pair, 2);
        if (regex->names[i].size)
            nw_dict_set(eval, names.as.dict, nw_string_from(eval, regex->names[i].bytes, regex->names[i].size), nw_int(i));
    }
    return nw_tuple_new(eval, (nw_value[]){{.kind = NW_TUPLE, .as.tuple = bounds}, names}, 2);
}

NATIVE(call_regex)
{
    NW_BIND("regex", "pattern, string, position, anchor, flags", 5);
    int64_t position, flags, spans[NW_REGEX_MAX_GROUPS * 2];
    nw_value pattern = nw_plain(out[0]), string = nw_plain(out[1]), anchor = nw_plain(out[3]);
    (void)self;
    if (pattern.kind != NW_STRING || string.kind != NW_STRING || anchor.kind != NW_STRING || nw_index_of(eval, out[2], &position) != NW_YES ||
        nw_index_of(eval, nw_integer_of(eval, out[4]), &flags) != NW_YES)
        return eval->exception.kind != NW_UNSET ? nw_error() : nw_unknown_call(eval, "re", NW_TYPE_ANY, arguments);
    nw_regex_anchor how = nw_is_text(anchor, eval, "search") ? NW_REGEX_SEARCH : nw_is_text(anchor, eval, "match") ? NW_REGEX_MATCH : NW_REGEX_FULL_MATCH;
    const char *problem;
    nw_arena arena;
    nw_arena_init(&arena);
    nw_text text = nw_text_of(eval, string);
    nw_regex *regex = nw_regex_compile(&arena, nw_text_of(eval, pattern), (unsigned)flags, &problem);
    nw_regex_result result = regex ? nw_regex_run(regex, text, nw_character_offset(text, position), how, spans) : NW_REGEX_TOO_LONG;
    nw_value value = nw_none();
    if (result == NW_REGEX_FOUND)
        value = match_value(eval, regex, text, spans);
    else if (result == NW_REGEX_TOO_LONG)
        value = nw_lost(eval, NW_DIAG_UNSUPPORTED, "the regular expression %s: %s", nw_symbol_bytes(eval->symbols, pattern.as.symbol),
                        regex ? "too many steps" : problem);
    nw_arena_release(&arena);
    return value;
}

/* ---- modules ---- */

NATIVE(call_import_module)
{
    NW_BIND("import_module", "name, package=", 2);
    nw_value name = nw_plain(out[0]), package = nw_plain(out[1]);
    (void)self;
    if (name.kind != NW_STRING || (package.kind != NW_STRING && package.kind != NW_UNSET && package.kind != NW_NONE))
        return nw_lost(eval, NW_DIAG_MODULE_NOT_FOUND, "a name that is not constant");
    nw_text text = nw_text_of(eval, name);
    uint32_t dots = 0;
    while (dots < text.size && text.bytes[dots] == '.')
        dots++;
    if (!dots)
        return nw_import_installed(eval, name.as.symbol);
    if (package.kind != NW_STRING)
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "the 'package' argument is required to perform a relative import");
    nw_text home = nw_text_of(eval, package);
    for (uint32_t i = 1; i < dots; i++) {
        while (home.size && home.bytes[home.size - 1] != '.')
            home.size--;
        home.size -= home.size > 0;
    }
    nw_buffer full;
    nw_buffer_init(&full);
    nw_buffer_add(&full, home.bytes, home.size);
    if (text.size > dots)
        nw_buffer_byte(&full, '.');
    nw_buffer_add(&full, text.bytes + dots, text.size - dots);
    nw_value absolute = nw_buffer_value(eval, &full);
    return nw_import_installed(eval, absolute.as.symbol);
}

NATIVE(call_modules)
{
    (void)self, (void)arguments;
    return nw_dict_value(eval->modules);
}

/* ---- signatures ---- */

typedef struct signature {
    nw_value list, absent;
    const nw_partial *bound; /* what a partial has given already, NULL when there is none */
    uint32_t skip;           /* positional parameters that are bound */
} signature;

static nw_value annotation_of(nw_eval *eval, const nw_function *function, uint32_t node, nw_value absent)
{
    if (!node)
        return absent;
    const nw_node *annotation = &function->module->ast->nodes[node];
    nw_value value = nw_annotation_evaluate(eval, function, node);
    if (value.kind != NW_ERROR || eval->exception.kind == NW_UNSET)
        return value;
    nw_exception_clear(eval); /* a name that comes later: as it is written */
    return nw_string_from(eval, function->module->source.text + annotation->start, annotation->end - annotation->start);
}

static void list_parameters(nw_eval *eval, const nw_function *function, signature *of)
{
    static const char *const kinds[] = {"POSITIONAL_ONLY", "POSITIONAL_OR_KEYWORD", "VAR_POSITIONAL", "KEYWORD_ONLY", "VAR_KEYWORD"};
    bool keyword_only = false;
    for (uint32_t i = 0; i < function->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &function->code->parameters[i];
        if (of->skip && parameter->kind <= NW_PARAMETER_NORMAL) {
            of->skip--;
            continue;
        }
        nw_value given = nw_unset();
        for (uint32_t j = 0; of->bound && j < of->bound->arguments.named_count; j++)
            if (of->bound->arguments.names[j].v == parameter->name.v)
                given = of->bound->arguments.named[j];
        keyword_only |= given.kind != NW_UNSET; /* as inspect.signature has it */
        uint8_t kind = keyword_only && parameter->kind == NW_PARAMETER_NORMAL ? NW_PARAMETER_KEYWORD_ONLY : parameter->kind;
        nw_value missing = function->defaults && function->defaults[i].kind != NW_UNSET ? function->defaults[i] : of->absent;
        nw_value row[] = {nw_string(parameter->name), nw_string_of(eval, kinds[kind]), given.kind != NW_UNSET ? given : missing,
                          annotation_of(eval, function, parameter->annotation, of->absent)};
        nw_list_append(eval, of->list.as.list, nw_tuple_new(eval, row, 4));
    }
}

/* What functools.wraps noted, as inspect.unwrap follows it. */
static nw_value unwrap(nw_eval *eval, nw_value callable)
{
    for (int depth = 0; depth < 64 && callable.kind == NW_FUNCTION && callable.as.function->attributes; depth++) {
        nw_value *wrapped = nw_dict_find_name(callable.as.function->attributes, (nw_symbol){NW_NAME_DUNDER_WRAPPED});
        if (!wrapped)
            break;
        callable = nw_settle(eval, *wrapped);
    }
    return callable;
}

nw_value nw_function_part(nw_eval *eval, const nw_function *function, nw_symbol name)
{
    nw_value list = nw_list_new(eval, NULL, 0), dict = nw_dict_new(eval);
    for (uint32_t i = 0; i < function->code->parameter_count; i++) {
        const nw_ast_parameter *parameter = &function->code->parameters[i];
        nw_value given = function->defaults ? function->defaults[i] : nw_unset();
        if (name.v == NW_NAME_DUNDER_ANNOTATIONS)
            given = annotation_of(eval, function, parameter->annotation, nw_unset());
        if (given.kind == NW_UNSET)
            continue;
        if (name.v == NW_NAME_DUNDER_ANNOTATIONS || parameter->kind == NW_PARAMETER_KEYWORD_ONLY)
            nw_dict_set_name(eval, dict.as.dict, parameter->name, given);
        else
            nw_list_append(eval, list.as.list, given);
    }
    if (name.v == NW_NAME_DUNDER_ANNOTATIONS) {
        nw_value result = annotation_of(eval, function, function->code->returns, nw_unset());
        if (result.kind != NW_UNSET)
            nw_dict_set_name(eval, dict.as.dict, nw_symbol_of(eval->symbols, "return"), result);
        return dict;
    }
    bool positional = name.v == NW_NAME_DUNDER_DEFAULTS;
    if (positional ? list.as.list->count == 0 : dict.as.dict->live == 0)
        return nw_none();
    return positional ? nw_tuple_new(eval, list.as.list->items, list.as.list->count) : dict;
}

NATIVE(call_parameters)
{
    NW_BIND("parameters", "callable, unwraps=", 2);
    signature of = {.list = nw_list_new(eval, NULL, 0), .absent = self};
    bool stays = out[1].kind == NW_BOOL && !out[1].as.integer;
    nw_value callable = stays ? out[0] : unwrap(eval, out[0]);
    if (callable.kind == NW_PARTIAL) {
        of.bound = callable.as.partial;
        of.skip = of.bound->arguments.positional_count;
        callable = nw_settle(eval, of.bound->function);
    }
    if (callable.kind == NW_CLASS || callable.kind == NW_INSTANCE) {
        nw_symbol name = {callable.kind == NW_CLASS ? NW_NAME_DUNDER_INIT : NW_NAME_DUNDER_CALL};
        nw_value *found = nw_class_find(eval, callable.kind == NW_CLASS ? callable.as.class_ : callable.as.instance->class_, name);
        callable = found ? *found : nw_none();
        of.skip++;
    } else if (callable.kind == NW_METHOD) {
        callable = callable.as.method->function;
        of.skip++;
    }
    if (callable.kind == NW_NATIVE && of.skip) /* object.__init__ */
        return of.list;
    if (callable.kind != NW_FUNCTION)
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "the signature of something that is not a function of the program");
    list_parameters(eval, callable.as.function, &of);
    return of.list;
}

NATIVE(call_method)
{
    NW_BIND("method", "function, instance", 2);
    (void)self;
    return nw_method_new(eval, out[0], out[1]);
}

/* ---- functions that remember ---- */

/* The function again, with room for its results; anything else as it is. Open mode sees every call. */
NATIVE(call_remembering)
{
    NW_BIND("remembering", "function, most", 2);
    (void)self;
    if (out[0].kind != NW_FUNCTION || eval->environment->open)
        return out[0];
    nw_function *function = nw_arena_copy(&eval->arena, out[0].as.function, sizeof *function);
    function->results = nw_dict_make(eval);
    function->most_results = nw_is_integer(out[1]) ? (uint32_t)out[1].as.integer : 0;
    function->attributes = NULL;
    return (nw_value){.kind = NW_FUNCTION, .as.function = function};
}

/* Whether every call counts, as in closed mode: open mode looks at each function by itself. */
NATIVE(call_runs_all)
{
    (void)self, (void)arguments;
    return nw_bool(!eval->environment->open);
}

NATIVE(call_forget)
{
    NW_BIND("forget", "function", 1);
    (void)self;
    nw_dict *results = out[0].kind == NW_FUNCTION ? out[0].as.function->results : NULL;
    if (results) {
        nw_trail_dict(eval, results);
        nw_dict_clear(eval, results);
    }
    return nw_none();
}

/* ---- what is installed ---- */

/* Whether a module can be found, as an import would; open mode does not know where the program will run. */
NATIVE(call_installed)
{
    NW_BIND("installed", "name", 1);
    (void)self;
    nw_value name = nw_plain(out[0]);
    if (name.kind != NW_STRING || eval->environment->open)
        return nw_lost(eval, NW_DIAG_MODULE_NOT_FOUND, "whether a package is installed");
    bool there = nw_import_locate(eval, name.as.symbol) || nw_import_is_compiled(eval, name.as.symbol);
    for (uint32_t i = 0; !there && i < eval->environment->beside_count; i++)
        there = nw_installed_source(eval->environment->beside[i], nw_bytes(eval, name.as.symbol));
    return nw_bool(there && !nw_import_is_absent(eval, name.as.symbol));
}

/* The version of a distribution as its metadata in a root gives it, or None. */
NATIVE(call_installed_version)
{
    NW_BIND("installed_version", "distribution", 1);
    (void)self;
    nw_value name = nw_plain(out[0]);
    if (name.kind != NW_STRING || eval->environment->open)
        return nw_lost(eval, NW_DIAG_MODULE_NOT_FOUND, "the version of an installed package");
    char version[128];
    const nw_environment *environment = eval->environment;
    for (uint32_t i = 0; i < environment->root_count + environment->beside_count; i++) {
        const char *root = i < environment->root_count ? environment->roots[i] : environment->beside[i - environment->root_count];
        if (nw_installed_version(root, nw_bytes(eval, name.as.symbol), version, sizeof version))
            return nw_string_of(eval, version);
    }
    return nw_none();
}

/* ---- context managers made of generators ---- */

/* The end of the first yield of a function's own body, 0 when there is none. */
static uint32_t end_of_yield(const nw_ast *ast, const nw_node *whole)
{
    for (uint32_t i = 1; i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        if ((node->kind == NW_NODE_YIELD || node->kind == NW_NODE_YIELD_FROM) && node->start >= whole->start && node->end <= whole->end)
            return node->end;
    }
    return 0;
}

/* A generator that does not wait at its yield has run in one go, so what stands behind it ran before the body of the `with`: that is a loss where
 * it does anything. */
NATIVE(check_context_manager)
{
    (void)self;
    NW_BIND("check_context_manager", "function, generator", 2);
    nw_value callable = unwrap(eval, out[0]);
    bool waits = out[1].kind == NW_ITERATOR && out[1].as.iterator->coroutine;
    if (callable.kind != NW_FUNCTION || eval->environment->open || waits)
        return nw_none();
    const nw_function *function = callable.as.function;
    const nw_ast *ast = function->module->ast;
    const nw_node *whole = &ast->nodes[function->code->node];
    uint32_t behind = end_of_yield(ast, whole);
    for (uint32_t i = 1; behind && i < ast->node_count; i++) {
        const nw_node *node = &ast->nodes[i];
        bool acts = node->kind >= NW_NODE_EXPRESSION && node->kind <= NW_NODE_TYPE_ALIAS && node->kind != NW_NODE_PASS;
        if (acts && node->start >= behind && node->end <= whole->end) {
            nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), symbol(eval, "a context manager that acts after its yield"));
            break;
        }
    }
    return nw_none();
}

NATIVE(call_seal)
{
    NW_BIND("seal", "class", 1);
    (void)self;
    if (out[0].kind == NW_CLASS)
        nw_class_seal(eval, out[0].as.class_);
    return nw_none();
}

void nw_python_intrinsics_install(nw_eval *eval, nw_dict *globals)
{
    static const nw_method_row natives[] = {
        {"namedtuple", call_namedtuple}, {"remembering", call_remembering}, {"forget", call_forget}, {"runs_all", call_runs_all}, {"installed", call_installed}, {"installed_version", call_installed_version}, {"check_context_manager", check_context_manager}, {"regex", call_regex},
        {"import_module", call_import_module}, {"modules", call_modules}, {"method", call_method}, {"seal", call_seal},
    };
    nw_class *object = eval->classes[NW_CLASS_OF_OBJECT];
    eval->classes[NW_CLASS_OF_PARTIAL] = nw_class_native(eval, "partial", object, construct_partial, NW_PARTIAL);
    nw_class *named = nw_class_native(eval, "NamedTuple", eval->classes[NW_CLASS_OF_TUPLE], construct_named_tuple, NW_TUPLE);
    nw_class_method(eval, named, "__nw_class_created__", named_tuple_created);
    nw_value absent = nw_instance_new(eval, nw_class_native(eval, "_empty", object, NULL, NW_INSTANCE));
    nw_dict_set_name(eval, globals, symbol(eval, "absent"), absent);
    nw_dict_set_name(eval, globals, symbol(eval, "parameters"), nw_native_new(eval, "parameters", call_parameters, absent));
    nw_dict_set_name(eval, globals, symbol(eval, "partial"), nw_class_value(eval->classes[NW_CLASS_OF_PARTIAL]));
    nw_dict_set_name(eval, globals, symbol(eval, "OrderedDict"), nw_class_value(eval->classes[NW_CLASS_OF_ORDERED_DICT]));
    nw_dict_set_name(eval, globals, symbol(eval, "defaultdict"), nw_class_value(eval->classes[NW_CLASS_OF_DEFAULT_DICT]));
    nw_dict_set_name(eval, globals, symbol(eval, "NamedTuple"), nw_class_value(named));
    for (size_t i = 0; i < sizeof natives / sizeof *natives; i++)
        nw_dict_set_name(eval, globals, symbol(eval, natives[i].name), nw_native_new(eval, natives[i].name, natives[i].call, nw_unset()));
}
