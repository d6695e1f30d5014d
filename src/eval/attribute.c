/* Attributes: lookup through instance, class and descriptors, by Python's own order. */
#include "eval/attribute.h"

#include "eval/builtin.h"
#include "eval/interpret.h"
#include "eval/layer_copy.h"
#include "eval/summary.h"

#include <stdio.h>
#include <string.h>

/* A method of the catalog that waits for somebody to ask for it. A run that has stopped is asked for methods, too: what they are does not hang on
 * its limits. */
static nw_value *make_method(nw_eval *eval, nw_dict *attributes, nw_symbol name, nw_import *waiting)
{
    enum { METHOD_STEPS = 100000, METHOD_DEPTH = 20 };
    bool stopped = eval->stopped;
    nw_limits limits = eval->limits;
    uint64_t before = eval->steps;
    eval->stopped = false;
    eval->limits.steps = before + METHOD_STEPS;
    eval->limits.bytes = UINT64_MAX;
    eval->limits.depth += METHOD_DEPTH;
    eval->limits.deadline = 0;
    nw_value made = nw_import_resolve(eval, waiting);
    eval->limits = limits;
    eval->limits.steps += eval->steps - before; /* not on the account of who asked first */
    eval->stopped = stopped;
    if (made.kind != NW_ERROR)
        nw_dict_set_fact(eval, attributes, name, made);
    return nw_dict_find_name(attributes, name);
}

/* All that wait. */
static void make_methods(nw_eval *eval, nw_dict *attributes)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(attributes, &position));)
        if (entry->value.kind == NW_IMPORT)
            make_method(eval, attributes, entry->key.as.symbol, entry->value.as.import);
}

nw_value *nw_class_find(nw_eval *eval, const nw_class *class_, nw_symbol name)
{
    uint64_t hash = nw_name_hash(name);
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        nw_dict *attributes = class_->mro[i]->attributes;
        nw_value *found = nw_dict_find_hashed(attributes, name, hash);
        if (found)
            return found->kind == NW_IMPORT ? make_method(eval, attributes, name, found->as.import) : found;
    }
    return NULL;
}

static nw_value run_property(nw_eval *eval, const nw_descriptor *descriptor, nw_value self)
{
    if (descriptor->get.kind == NW_UNSET || descriptor->get.kind == NW_NONE)
        return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "unreadable attribute");
    return nw_call_values(eval, descriptor->get, &self, 1);
}

nw_value nw_bind_attribute(nw_eval *eval, nw_value found, nw_value self, nw_class *class_)
{
    found = nw_settle(eval, found);
    switch (found.kind) {
    case NW_FUNCTION:
        return self.kind == NW_UNSET ? found : nw_method_new(eval, found, self);
    case NW_NATIVE:
        if (self.kind == NW_UNSET || found.as.native->self.kind != NW_UNSET)
            return found;
        return nw_native_new(eval, found.as.native->name, found.as.native->call, self);
    case NW_DESCRIPTOR:
        switch (found.as.descriptor->kind) {
        case NW_STATIC_METHOD:
            return found.as.descriptor->get;
        case NW_CLASS_METHOD:
            return nw_bind_attribute(eval, found.as.descriptor->get, nw_class_value(class_), class_);
        default:
            return self.kind == NW_UNSET ? found : run_property(eval, found.as.descriptor, self);
        }
    case NW_INSTANCE: {
        nw_value *get = nw_class_find(eval, found.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_GET});
        if (!get)
            return found;
        nw_value values[2] = {self.kind == NW_UNSET ? nw_none() : self, nw_class_value(class_)};
        return nw_call_values(eval, nw_bind_attribute(eval, *get, found, found.as.instance->class_), values, 2);
    }
    default:
        return found;
    }
}

nw_value nw_attribute_missing(nw_eval *eval, nw_value object, nw_symbol name)
{
    const nw_class *builtin = nw_has_in_python(eval, nw_type_of(eval, object), name);
    if (builtin)
        return nw_lost(eval, NW_DIAG_NOT_IN_CATALOG, "%s.%s", nw_bytes(eval, builtin->name), nw_bytes(eval, name));
    return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "'%s' object has no attribute '%s'", nw_bytes(eval, nw_type_of(eval, object)->name),
                    nw_bytes(eval, name));
}

bool nw_is_data_descriptor(nw_eval *eval, nw_value found)
{
    if (found.kind == NW_DESCRIPTOR)
        return found.as.descriptor->kind == NW_PROPERTY;
    return found.kind == NW_INSTANCE && nw_class_find(eval, found.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_SET});
}

nw_dict *nw_own_attributes(nw_value object)
{
    switch (object.kind) {
    case NW_INSTANCE: return object.as.instance->attributes;
    case NW_LIST: return object.as.list->attributes;
    case NW_DICT: case NW_SET: return object.as.dict->attributes;
    case NW_TENSOR: return object.as.tensor->attributes;
    case NW_FUNCTION: return object.as.function->attributes;
    case NW_PARTIAL: return object.as.partial->attributes;
    default: return NULL;
    }
}

bool nw_has_slot(nw_eval *eval, const nw_class *class_, nw_symbol name)
{
    nw_symbol dict = nw_symbol_of(eval->symbols, "__dict__");
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        const nw_value *slots = nw_dict_find_name(class_->mro[i]->attributes, nw_symbol_of(eval->symbols, "__slots__"));
        nw_value *items;
        uint32_t count;
        if (!slots)
            continue;
        if (slots->kind == NW_STRING) {
            if (slots->as.symbol.v == name.v)
                return true;
            continue;
        }
        if (nw_collect(eval, *slots, &items, &count) != NW_YES)
            return true;
        for (uint32_t j = 0; j < count; j++)
            if (items[j].kind != NW_STRING || items[j].as.symbol.v == name.v || items[j].as.symbol.v == dict.v)
                return true;
    }
    return false;
}

/* What has slots and a dictionary keeps both in one place here, in Python it does not. */
static bool holds_slot(nw_eval *eval, const nw_class *class_, const nw_dict *attributes)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(attributes, &position));)
        if (entry->key.kind == NW_STRING && nw_has_slot(eval, class_, entry->key.as.symbol))
            return true;
    return false;
}

static nw_value generic_special(nw_eval *eval, nw_value object, nw_symbol name)
{
    switch (name.v) {
    case NW_NAME_DUNDER_CLASS:
        return nw_class_value(nw_type_of(eval, object));
    case NW_NAME_DUNDER_DICT: {
        const nw_class *class_ = nw_type_of(eval, object);
        if (class_->is_sealed && !nw_has_slot(eval, class_, name))
            return nw_unset();
        nw_dict *attributes = nw_own_attributes(object);
        if (attributes && holds_slot(eval, class_, attributes))
            return nw_lost(eval, NW_DIAG_UNSUPPORTED, "the dictionary beside the slots of %s", nw_bytes(eval, class_->name));
        return attributes ? (nw_value){.kind = NW_DICT, .as.dict = attributes} : nw_unset();
    }
    case NW_NAME_DUNDER_DOC:
        return nw_none();
    case NW_NAME_DUNDER_MODULE: {
        const nw_class *class_ = nw_type_of(eval, object);
        return class_->module ? nw_string(class_->module->name) : nw_unset();
    }
    default:
        return nw_unset();
    }
}

/* What the class's __getattr__ gives; UNSET: it has none. */
static nw_value ask_hook(nw_eval *eval, nw_value object, nw_class *class_, nw_symbol name)
{
    nw_value *hook = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_GETATTR});
    nw_value text = nw_string(name);
    return hook ? nw_call_values(eval, nw_bind_attribute(eval, *hook, object, class_), &text, 1) : nw_unset();
}

static nw_value fall_back(nw_eval *eval, nw_value object, nw_class *class_, nw_symbol name)
{
    nw_value special = generic_special(eval, object, name);
    if (special.kind != NW_UNSET)
        return special;
    nw_value given = ask_hook(eval, object, class_, name);
    if (given.kind != NW_UNSET)
        return given;
    if (class_->opaque_base || (object.kind == NW_TENSOR && object.as.tensor->is_supposed))
        return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "%s", nw_bytes(eval, name));
    return nw_attribute_missing(eval, object, name);
}

/* What __getattr__ gives for an attribute whose descriptor raised AttributeError; UNSET, the exception still pending: there is none. */
static nw_value ask_instead(nw_eval *eval, nw_value object, nw_class *class_, nw_symbol name)
{
    nw_value raised = eval->exception;
    nw_exception_clear(eval);
    nw_value asked = ask_hook(eval, object, class_, name);
    if (asked.kind == NW_UNSET)
        eval->exception = raised;
    return asked;
}

/* What the class, or its __getattr__, gives where the object itself has nothing of that name. */
static nw_value not_own(nw_eval *eval, nw_value object, nw_class *class_, nw_value *in_class, nw_symbol name)
{
    nw_dict *own = nw_own_attributes(object);
    if (!in_class)
        return fall_back(eval, object, class_, name);
    if (in_class->kind == NW_DESCRIPTOR && in_class->as.descriptor->kind == NW_CACHED_PROPERTY) {
        nw_value value = run_property(eval, in_class->as.descriptor, object);
        if (value.kind != NW_ERROR && own)
            nw_dict_set_name(eval, own, name, value);
        return value;
    }
    nw_value given = nw_bind_attribute(eval, *in_class, object, class_);
    bool is_missing = given.kind == NW_ERROR && in_class->kind == NW_INSTANCE && nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR);
    nw_value asked = is_missing ? ask_instead(eval, object, class_, name) : nw_unset();
    return asked.kind == NW_UNSET ? given : asked;
}

/* The object has the attribute under one condition only; under the other it is what the class or __getattr__ gives, such as a module in
 * the registry (`if isinstance(act, str): self.act = ACT[act]` and `else: self.act = act`). */
static nw_value partly_own(nw_eval *eval, nw_value object, nw_class *class_, nw_value *in_class, nw_symbol name, const nw_phi *phi)
{
    bool then_missing = phi->then.kind == NW_UNSET;
    nw_value held = then_missing ? phi->otherwise : phi->then;
    nw_guard missing = then_missing ? phi->guard : nw_bdd_not(&eval->bdd, phi->guard);
    if (nw_bdd_and(&eval->bdd, eval->path, missing).v == 0)
        return nw_settle(eval, held);
    nw_value rest = not_own(eval, object, class_, in_class, name);
    if (rest.kind == NW_ERROR && nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR) && held.kind != NW_UNSET) {
        nw_exception_clear(eval); /* the program fails under that condition */
        return nw_settle(eval, held);
    }
    if (rest.kind == NW_ERROR || nw_bdd_implies(&eval->bdd, eval->path, missing))
        return rest;
    return nw_join(eval, missing, rest, nw_settle(eval, held));
}

/* What a property gives. Where it raises AttributeError, whatever for, __getattr__ is asked: a buffer may stand under the property's name. */
static nw_value computed(nw_eval *eval, nw_value object, nw_class *class_, nw_value descriptor, nw_symbol name)
{
    nw_value value = nw_bind_attribute(eval, descriptor, object, class_);
    if (value.kind != NW_ERROR || eval->stopped || !nw_exception_is(eval, NW_EXCEPTION_ATTRIBUTE_ERROR))
        return value;
    nw_value raised = eval->exception;
    nw_exception_clear(eval);
    nw_value given = ask_hook(eval, object, class_, name);
    if (given.kind != NW_UNSET)
        return given;
    eval->exception = raised;
    return value;
}

nw_value nw_get_attribute_plain(nw_eval *eval, nw_value object, nw_symbol name)
{
    nw_class *class_ = nw_type_of(eval, object);
    nw_value *in_class = nw_class_find(eval, class_, name);
    if (in_class && nw_is_data_descriptor(eval, *in_class))
        return computed(eval, object, class_, *in_class, name);
    nw_dict *own = nw_own_attributes(object);
    nw_value *found = own ? nw_dict_find_name(own, name) : NULL;
    if (found && found->kind == NW_PHI && (found->as.phi->then.kind == NW_UNSET) != (found->as.phi->otherwise.kind == NW_UNSET))
        return partly_own(eval, object, class_, in_class, name, found->as.phi);
    if (found) {
        nw_value settled = nw_settle(eval, *found);
        if (settled.kind != NW_UNSET)
            return settled;
    }
    return not_own(eval, object, class_, in_class, name);
}

static nw_value class_list(nw_eval *eval, nw_class *const *classes, uint32_t count)
{
    nw_tuple *tuple = nw_tuple_make(eval, count);
    for (uint32_t i = 0; i < count; i++)
        tuple->items[i] = nw_class_value(classes[i]);
    return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
}

/* ---- qualified names: the path from the module to a definition ---- */


static nw_symbol path_within(const nw_eval *eval, const nw_function *around, nw_symbol name)
{
    if (!around)
        return name;
    nw_symbol locals = nw_symbol_dotted(eval->symbols, nw_function_path(eval, around), nw_symbol_of(eval->symbols, "<locals>"));
    return nw_symbol_dotted(eval->symbols, locals, name);
}

/* A class knows its module and the classes around it by its qualified name. */
nw_symbol nw_class_path(const nw_eval *eval, const nw_class *class_)
{
    nw_text full = nw_symbol_text(eval->symbols, class_->qualified), module = class_->module ? nw_symbol_text(eval->symbols, class_->module->name) : (nw_text){0};
    bool longer = class_->module && full.size > module.size + 1 && memcmp(full.bytes, module.bytes, module.size) == 0;
    return path_within(eval, class_->around, longer ? nw_symbol_of(eval->symbols, full.bytes + module.size + 1) : class_->name);
}

nw_symbol nw_function_path(const nw_eval *eval, const nw_function *function)
{
    if (function->owner)
        return nw_symbol_dotted(eval->symbols, nw_class_path(eval, function->owner), function->name);
    return path_within(eval, function->outer ? function->outer->function : NULL, function->name);
}

static nw_value class_special(nw_eval *eval, nw_class *class_, nw_symbol name)
{
    switch (name.v) {
    case NW_NAME_DUNDER_NAME:
        return nw_string(class_->name);
    case NW_NAME_DUNDER_QUALNAME:
        return nw_string(nw_class_path(eval, class_));
    case NW_NAME_DUNDER_MODULE:
        return nw_string(class_->module ? class_->module->name : nw_symbol_of(eval->symbols, "builtins"));
    case NW_NAME_DUNDER_MRO:
        return class_list(eval, class_->mro, class_->mro_count);
    case NW_NAME_DUNDER_BASES:
        return nw_tuple_new(eval, class_->bases, class_->base_count);
    case NW_NAME_DUNDER_DICT:
        make_methods(eval, class_->attributes);
        return (nw_value){.kind = NW_DICT, .as.dict = nw_dict_copy(eval, class_->attributes)};
    case NW_NAME_DUNDER_CLASS:
        return nw_class_value(class_->metaclass ? class_->metaclass : eval->classes[NW_CLASS_OF_TYPE]);
    case NW_NAME_DUNDER_DOC:
        return nw_none();
    default:
        return nw_unset();
    }
}

static nw_value class_attribute(nw_eval *eval, nw_class *class_, nw_symbol name)
{
    nw_class *metaclass = class_->metaclass ? class_->metaclass : eval->classes[NW_CLASS_OF_TYPE];
    nw_value *in_class = nw_class_find(eval, class_, name);
    if (in_class && name.v != NW_NAME_DUNDER_DICT)
        return nw_bind_attribute(eval, *in_class, nw_unset(), class_);
    nw_value special = class_special(eval, class_, name);
    if (special.kind != NW_UNSET)
        return special;
    nw_value *in_metaclass = nw_class_find(eval, metaclass, name);
    if (in_metaclass)
        return nw_bind_attribute(eval, *in_metaclass, nw_class_value(class_), metaclass);
    nw_value *hook = nw_class_find(eval, metaclass, (nw_symbol){NW_NAME_DUNDER_GETATTR});
    if (hook) {
        nw_value text = nw_string(name);
        return nw_call_values(eval, nw_bind_attribute(eval, *hook, nw_class_value(class_), metaclass), &text, 1);
    }
    if (class_->opaque_base)
        return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "%s.%s", nw_bytes(eval, class_->name), nw_bytes(eval, name));
    bool is_whole = class_->is_module && class_->base_count == 0 && nw_bytes(eval, name)[0] != '_'; /* the catalog has all that is public of torch.nn.Module */
    if (class_->is_catalog && class_->module && class_->module->is_catalog && !is_whole && strncmp(nw_bytes(eval, name), "__", 2) != 0)
        return nw_lost(eval, NW_DIAG_NOT_IN_CATALOG, "%s.%s", nw_bytes(eval, class_->qualified), nw_bytes(eval, name));
    const nw_class *builtin = nw_has_in_python(eval, class_, name);
    builtin = builtin ? builtin : nw_has_in_python(eval, metaclass, name);
    if (builtin)
        return nw_lost(eval, NW_DIAG_NOT_IN_CATALOG, "%s.%s", nw_bytes(eval, builtin->name), nw_bytes(eval, name));
    return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "type object '%s' has no attribute '%s'", nw_bytes(eval, class_->name),
                    nw_bytes(eval, name));
}

/* Whether a module of the catalog tells which public names of the framework's it does not describe, and this is none of them. */
static bool is_certainly_absent(nw_eval *eval, const nw_module *module, nw_symbol name)
{
    const nw_value *others = nw_dict_find_name(module->globals, nw_symbol_of(eval->symbols, "__others__"));
    if (!others || others->kind != NW_TUPLE || nw_bytes(eval, name)[0] == '_')
        return false;
    for (uint32_t i = 0; i < others->as.tuple->count; i++)
        if (others->as.tuple->items[i].as.symbol.v == name.v)
            return false;
    return true;
}

static nw_value module_attribute(nw_eval *eval, nw_module *module, nw_symbol name)
{
    nw_value found = nw_module_find(eval, module, name);
    if (found.kind != NW_UNSET)
        return found;
    if (name.v == NW_NAME_DUNDER_DICT) {
        nw_definitions_run(eval, module, NULL, NULL);
        return (nw_value){.kind = NW_DICT, .as.dict = module->globals};
    }
    if (name.v == NW_NAME_DUNDER_CLASS)
        return nw_class_value(eval->classes[NW_CLASS_OF_MODULE]);
    nw_value *hook = nw_dict_find_name(module->globals, (nw_symbol){NW_NAME_DUNDER_GETATTR});
    if (hook) {
        nw_value text = nw_string(name);
        return nw_call_values(eval, *hook, &text, 1);
    }
    if (module->is_catalog && !is_certainly_absent(eval, module, name))
        return nw_lost(eval, NW_DIAG_NOT_IN_CATALOG, "%s.%s", nw_bytes(eval, module->name), nw_bytes(eval, name));
    if (module->open || module->state == NW_MODULE_FAILED || (module->ast && module->ast->error_count))
        return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "%s.%s", nw_bytes(eval, module->name), nw_bytes(eval, name));
    return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "module '%s' has no attribute '%s'", nw_bytes(eval, module->name), nw_bytes(eval, name));
}

static nw_value super_attribute(nw_eval *eval, const nw_super *super_, nw_symbol name)
{
    bool of_class = super_->self.kind == NW_CLASS;
    nw_class *class_ = of_class ? super_->self.as.class_ : nw_type_of(eval, super_->self);
    if (of_class && class_->metaclass && !nw_is_subclass(class_, super_->after)) { /* in a method of a metaclass */
        of_class = false;
        class_ = class_->metaclass;
    }
    uint32_t i = 0;
    while (i < class_->mro_count && class_->mro[i] != super_->after)
        i++;
    for (i++; i < class_->mro_count; i++) {
        nw_value *found = nw_dict_find_name(class_->mro[i]->attributes, name);
        if (found && found->kind == NW_IMPORT)
            found = make_method(eval, class_->mro[i]->attributes, name, found->as.import);
        if (!found)
            continue;
        bool is_class_method = found->kind == NW_DESCRIPTOR && found->as.descriptor->kind == NW_CLASS_METHOD;
        return nw_bind_attribute(eval, *found, of_class && !is_class_method ? nw_unset() : super_->self, class_);
    }
    if (class_->opaque_base)
        return nw_lost(eval, NW_DIAG_ATTRIBUTE_UNKNOWN, "super().%s", nw_bytes(eval, name));
    if (nw_has_in_python(eval, class_, name))
        return nw_lost(eval, NW_DIAG_NOT_IN_CATALOG, "super().%s", nw_bytes(eval, name));
    return nw_raise(eval, NW_EXCEPTION_ATTRIBUTE_ERROR, "'super' object has no attribute '%s'", nw_bytes(eval, name));
}

static nw_value opaque_attribute(nw_eval *eval, nw_opaque *opaque, nw_symbol name)
{
    if (!opaque->attributes)
        opaque->attributes = nw_dict_make(eval);
    nw_value *known = nw_dict_find_name(opaque->attributes, name);
    if (known)
        return *known;
    char text[256];
    snprintf(text, sizeof text, "%s.%s", nw_bytes(eval, opaque->text), nw_bytes(eval, name));
    nw_value value;
    if (opaque->origin == NW_ORIGIN_LOST) {
        value = nw_lost(eval, opaque->reason, "%s", nw_bytes(eval, opaque->text));
        value.as.opaque->place = opaque->place;
    } else {
        value = nw_symbolic(eval, NW_TYPE_ANY, nw_symbol_of(eval->symbols, text));
    }
    nw_dict_set_name(eval, opaque->attributes, name, value);
    return value;
}

typedef struct arm_attribute {
    const nw_phi *phi;
    nw_symbol name;
} arm_attribute;

static nw_value attribute_then(nw_eval *eval, void *data)
{
    const arm_attribute *access = data;
    return nw_get_attribute(eval, access->phi->then, access->name);
}

static nw_value attribute_otherwise(nw_eval *eval, void *data)
{
    const arm_attribute *access = data;
    return nw_get_attribute(eval, access->phi->otherwise, access->name);
}

/* `co_varnames`: the parameters in Python's order, then the other names of the frame, whose order is that of the compiled code. */
static nw_value variable_names(nw_eval *eval, const nw_ast_function *code)
{
    static const nw_parameter_kind order[] = {NW_PARAMETER_POSITIONAL_ONLY, NW_PARAMETER_NORMAL, NW_PARAMETER_KEYWORD_ONLY, NW_PARAMETER_ARGS, NW_PARAMETER_KWARGS};
    nw_value parts[] = {nw_list_new(eval, NULL, 0), nw_list_new(eval, NULL, 0), nw_bool(code->captured)};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++)
        for (uint32_t i = 0; i < code->parameter_count; i++)
            if (code->parameters[i].kind == order[k])
                nw_list_append(eval, parts[0].as.list, nw_string(code->parameters[i].name));
    for (uint32_t i = code->parameter_count; i < code->slot_count; i++)
        nw_list_append(eval, parts[1].as.list, nw_string(code->slot_names[i]));
    nw_value module = nw_import_module(eval, nw_symbol_of(eval->symbols, "inspect"));
    if (module.kind != NW_MODULE)
        return module;
    return nw_call_values(eval, nw_module_find(eval, module.as.module, nw_symbol_of(eval->symbols, "_variable_names")), parts, 3);
}

static nw_value code_attribute(nw_eval *eval, const nw_ast_function *code, nw_symbol name)
{
    const char *text = nw_bytes(eval, name);
    int64_t count = 0;
    if (strcmp(text, "co_varnames") == 0)
        return variable_names(eval, code);
    if (strcmp(text, "co_argcount") != 0)
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "code attribute %s", text);
    for (uint32_t i = 0; i < code->parameter_count; i++)
        count += code->parameters[i].kind == NW_PARAMETER_POSITIONAL_ONLY || code->parameters[i].kind == NW_PARAMETER_NORMAL;
    return nw_int(count);
}

static nw_value function_attribute(nw_eval *eval, nw_value object, nw_symbol name)
{
    nw_function *function = object.as.function;
    nw_value *found = function->attributes ? nw_dict_find_name(function->attributes, name) : NULL;
    if (found)
        return *found;
    switch (name.v) {
    case NW_NAME_DUNDER_NAME:
        return nw_string(function->name);
    case NW_NAME_DUNDER_QUALNAME:
        return nw_string(nw_function_path(eval, function));
    case NW_NAME_DUNDER_MODULE:
        return nw_string(function->module->name);
    case NW_NAME_DUNDER_DOC:
        return function->code->docstring ? nw_string((nw_symbol){function->module->ast->nodes[function->code->docstring].a}) : nw_none();
    case NW_NAME_DUNDER_DICT:
        if (!function->attributes)
            function->attributes = nw_dict_make(eval);
        return (nw_value){.kind = NW_DICT, .as.dict = function->attributes};
    case NW_NAME_DUNDER_CALL:
        return object;
    case NW_NAME_DUNDER_DEFAULTS: case NW_NAME_DUNDER_ANNOTATIONS: case NW_NAME_DUNDER_KWDEFAULTS:
        return nw_function_part(eval, function, name);
    case NW_NAME_DUNDER_GLOBALS:
        return (nw_value){.kind = NW_DICT, .as.dict = function->module->globals};
    case NW_NAME_DUNDER_CODE:
        return object;
    case NW_NAME_DUNDER_CLOSURE:
        return nw_lost(eval, NW_DIAG_UNSUPPORTED, "function attribute %s", nw_bytes(eval, name));
    default:
        if (strncmp(nw_bytes(eval, name), "co_", 3) == 0) /* of `__code__` */
            return code_attribute(eval, function->code, name);
        return nw_get_attribute_plain(eval, object, name);
    }
}

static nw_value method_attribute(nw_eval *eval, nw_value object, nw_symbol name)
{
    if (name.v == NW_NAME_DUNDER_SELF)
        return object.as.method->self;
    if (name.v == NW_NAME_DUNDER_FUNC)
        return object.as.method->function;
    return nw_get_attribute(eval, object.as.method->function, name);
}

/* fget, fset, fdel and __doc__ of a property. */
static nw_value property_attribute(nw_eval *eval, nw_value object, nw_symbol name)
{
    const nw_descriptor *property = object.as.descriptor;
    const char *text = nw_bytes(eval, name);
    if (property->kind == NW_PROPERTY && name.v == NW_NAME_DUNDER_DOC && property->doc.kind > NW_NONE)
        return property->doc;
    if (property->kind == NW_PROPERTY && name.v == NW_NAME_DUNDER_DOC)
        return property->get.kind > NW_NONE ? nw_get_attribute(eval, property->get, name) : nw_none();
    if (property->kind != NW_PROPERTY || text[0] != 'f')
        return nw_get_attribute_plain(eval, object, name);
    nw_value part = strcmp(text, "fget") == 0 ? property->get : strcmp(text, "fset") == 0 ? property->set : property->remove;
    if (strcmp(text, "fget") != 0 && strcmp(text, "fset") != 0 && strcmp(text, "fdel") != 0)
        return nw_get_attribute_plain(eval, object, name);
    return part.kind == NW_UNSET ? nw_none() : part;
}

/* Whoever looks at the annotations of a class finds what they stand for. */
static bool look_at_annotations(nw_eval *eval, nw_value object, nw_symbol name)
{
    bool looks = name.v == NW_NAME_DUNDER_ANNOTATIONS || (name.v == NW_NAME_DUNDER_DICT && object.kind == NW_CLASS && eval->in_catalog == 0);
    if (!looks || (object.kind != NW_CLASS && object.kind != NW_INSTANCE))
        return true;
    const nw_class *class_ = object.kind == NW_CLASS ? object.as.class_ : object.as.instance->class_;
    for (uint32_t i = 0; i < class_->mro_count; i++)
        if (!nw_class_annotate(eval, class_->mro[i]))
            return false;
    return true;
}

nw_value nw_get_attribute(nw_eval *eval, nw_value object, nw_symbol name)
{
    object = nw_settle(eval, object);
    if (!look_at_annotations(eval, object, name))
        return nw_error();
    switch (object.kind) {
    case NW_ERROR:
        return object;
    case NW_INSTANCE: {
        if (nw_instance_may_wait(eval, object.as.instance, name))
            return nw_bind_attribute(eval, *nw_class_find(eval, object.as.instance->class_, name), object, object.as.instance->class_);
        nw_instance_complete(eval, object.as.instance);
        nw_value *hook = nw_class_find(eval, object.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_GETATTRIBUTE});
        if (hook && hook->kind == NW_FUNCTION) {
            nw_value text = nw_string(name);
            return nw_call_values(eval, nw_bind_attribute(eval, *hook, object, object.as.instance->class_), &text, 1);
        }
        /* Keras wraps each layer's own build. */
        bool wrapped = name.v == NW_NAME_BUILD && object.as.instance->class_->is_keras;
        return nw_get_attribute_plain(eval, object, wrapped ? nw_symbol_of(eval->symbols, "_nw_build") : name);
    }
    case NW_CLASS:
        return class_attribute(eval, object.as.class_, name);
    case NW_MODULE:
        return module_attribute(eval, object.as.module, name);
    case NW_SUPER:
        return super_attribute(eval, object.as.super_, name);
    case NW_OPAQUE:
        return opaque_attribute(eval, object.as.opaque, name);
    case NW_TENSOR: {
        nw_value native = nw_tensor_attribute(eval, object.as.tensor, name);
        return native.kind != NW_UNSET ? native : nw_get_attribute_plain(eval, object, name);
    }
    case NW_FUNCTION:
        return function_attribute(eval, object, name);
    case NW_METHOD:
        return method_attribute(eval, object, name);
    case NW_DESCRIPTOR:
        return property_attribute(eval, object, name);
    case NW_NATIVE:
        return name.v == NW_NAME_DUNDER_NAME ? nw_string_of(eval, object.as.native->name) : nw_get_attribute_plain(eval, object, name);
    case NW_SLICE:
        if (name.v == NW_NAME_START || name.v == NW_NAME_STOP || name.v == NW_NAME_STEP)
            return name.v == NW_NAME_START ? object.as.slice->start : name.v == NW_NAME_STOP ? object.as.slice->stop : object.as.slice->step;
        return nw_get_attribute_plain(eval, object, name);
    case NW_RANGE:
        if (name.v == NW_NAME_START || name.v == NW_NAME_STOP || name.v == NW_NAME_STEP)
            return nw_int(name.v == NW_NAME_START ? object.as.range->start : name.v == NW_NAME_STOP ? object.as.range->stop : object.as.range->step);
        return nw_get_attribute_plain(eval, object, name);
    case NW_PHI: {
        if (eval->in_catalog > 0) {
            eval->undecided = true;
            return nw_error();
        }
        arm_attribute access = {object.as.phi, name};
        return nw_fork(eval, object.as.phi->guard, attribute_then, attribute_otherwise, &access);
    }
    default:
        return nw_get_attribute_plain(eval, object, name);
    }
}
