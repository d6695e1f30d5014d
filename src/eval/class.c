/* Classes: creation, method resolution order, construction of instances, super(). */
#include "eval/interpret.h"
#include "eval/layer_copy.h"
#include "eval/summary.h"

#include <string.h>

/* ---- method resolution order: C3 (Python docs, "The Python 2.3 Method Resolution Order") ---- */

static bool in_tail(nw_class *const *list, uint32_t from, uint32_t count, const nw_class *class_)
{
    for (uint32_t i = from + 1; i < count; i++)
        if (list[i] == class_)
            return true;
    return false;
}

typedef struct merge_list {
    nw_class **items;
    uint32_t at, count;
} merge_list;

static nw_class *next_head(merge_list *lists, uint32_t list_count)
{
    for (uint32_t i = 0; i < list_count; i++) {
        if (lists[i].at == lists[i].count)
            continue;
        nw_class *candidate = lists[i].items[lists[i].at];
        bool good = true;
        for (uint32_t j = 0; j < list_count && good; j++)
            good = lists[j].at == lists[j].count || !in_tail(lists[j].items, lists[j].at, lists[j].count, candidate);
        if (good)
            return candidate;
    }
    return NULL;
}

/* False when the bases cannot be put in one order. */
static bool linearise(nw_eval *eval, nw_class *class_, nw_class **bases, uint32_t base_count)
{
    uint32_t room = 1 + base_count;
    merge_list *lists = nw_arena_zero(&eval->arena, (base_count + 1) * sizeof *lists);
    for (uint32_t i = 0; i < base_count; i++) {
        lists[i] = (merge_list){bases[i]->mro, 0, bases[i]->mro_count};
        room += bases[i]->mro_count;
    }
    lists[base_count] = (merge_list){bases, 0, base_count};
    class_->mro = nw_arena_alloc(&eval->arena, room * sizeof *class_->mro);
    class_->mro[0] = class_;
    class_->mro_count = 1;
    for (;;) {
        nw_class *head = next_head(lists, base_count + 1);
        if (!head)
            break;
        class_->mro[class_->mro_count++] = head;
        for (uint32_t i = 0; i <= base_count; i++)
            lists[i].at += lists[i].at < lists[i].count && lists[i].items[lists[i].at] == head;
    }
    for (uint32_t i = 0; i <= base_count; i++)
        if (lists[i].at < lists[i].count)
            return false;
    return true;
}

/* ---- creation ---- */

static void inherit(nw_eval *eval, nw_class *class_, nw_class *base)
{
    class_->opaque_base |= base->opaque_base;
    class_->own_equality |= base->own_equality;
    class_->is_exception |= base->is_exception;
    class_->is_module |= base->is_module;
    class_->is_keras |= base->is_keras;
    class_->is_tensor |= base->is_tensor;
    if (class_->instance_kind == NW_INSTANCE)
        class_->instance_kind = base->instance_kind;
    if (!class_->construct)
        class_->construct = base->construct;
    if (base->metaclass && !class_->metaclass)
        class_->metaclass = base->metaclass;
    if (!class_->row)
        class_->row = base->row;
    (void)eval;
}

static uint32_t resolve_bases(nw_eval *eval, nw_class *class_, const nw_value *bases, uint32_t base_count, nw_class **out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < base_count; i++) {
        nw_value base = nw_settle(eval, bases[i]);
        if (base.kind == NW_CLASS && base.as.class_ != class_)
            out[count++] = base.as.class_;
        else
            class_->opaque_base = true;
    }
    return count;
}

static bool call_set_names(nw_eval *eval, nw_class *class_)
{
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(class_->attributes, &position));) {
        nw_value value = entry->value;
        if (value.kind != NW_INSTANCE || !nw_class_find(eval, value.as.instance->class_, (nw_symbol){NW_NAME_DUNDER_SET_NAME}))
            continue;
        nw_value values[2] = {nw_class_value(class_), entry->key};
        if (nw_call_method(eval, value, (nw_symbol){NW_NAME_DUNDER_SET_NAME}, values, 2).kind == NW_ERROR)
            return false;
    }
    return true;
}

nw_value nw_class_create(nw_eval *eval, nw_symbol name, const nw_value *bases, uint32_t base_count, nw_dict *attributes)
{
    nw_class *class_ = nw_arena_zero(&eval->arena, sizeof *class_);
    class_->name = class_->qualified = name;
    class_->module = eval->frame ? eval->frame->module : NULL;
    class_->attributes = attributes;
    class_->instance_kind = NW_INSTANCE;
    class_->serial = ++eval->next_serial;
    class_->is_catalog = class_->module && class_->module->is_catalog;
    class_->bases = nw_arena_copy(&eval->arena, bases, base_count * sizeof *bases);
    class_->base_count = base_count;
    if (class_->module)
        class_->qualified = nw_symbol_dotted(eval->symbols, class_->module->name, name);
    nw_class **resolved = nw_arena_alloc(&eval->arena, (base_count + 1) * sizeof *resolved);
    uint32_t count = resolve_bases(eval, class_, bases, base_count, resolved);
    if (count == 0)
        resolved[count++] = eval->classes[NW_CLASS_OF_OBJECT];
    for (uint32_t i = 0; i < count; i++)
        inherit(eval, class_, resolved[i]);
    if (!linearise(eval, class_, resolved, count))
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "Cannot create a consistent method resolution order (MRO) for %s", nw_bytes(eval, name));
    if (class_->is_catalog && strcmp(nw_bytes(eval, class_->qualified), "torch.nn.modules.module.Module") == 0) {
        class_->is_module = true;
        eval->module_class = class_;
    }
    if (class_->is_catalog && strcmp(nw_bytes(eval, class_->qualified), "keras.src.layers.layer.Layer") == 0)
        class_->is_module = class_->is_keras = true;
    return nw_class_value(class_);
}

bool nw_class_set_bases(nw_eval *eval, nw_class *class_, nw_value value)
{
    if (value.kind != NW_TUPLE || value.as.tuple->count == 0 || eval->level > 0) {
        class_->opaque_base = true;
        return true;
    }
    const nw_tuple *bases = value.as.tuple;
    nw_class **resolved = nw_arena_alloc(&eval->arena, bases->count * sizeof *resolved);
    uint32_t count = resolve_bases(eval, class_, bases->items, bases->count, resolved);
    class_->bases = nw_arena_copy(&eval->arena, bases->items, bases->count * sizeof *bases->items);
    class_->base_count = bases->count;
    for (uint32_t i = 0; i < count; i++)
        inherit(eval, class_, resolved[i]);
    if (linearise(eval, class_, resolved, count))
        return true;
    nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "Cannot create a consistent method resolution order (MRO) for %s", nw_bytes(eval, class_->name));
    return false;
}

void nw_class_seal(nw_eval *eval, nw_class *class_)
{
    class_->is_sealed = !class_->is_catalog && nw_dict_find_name(class_->attributes, nw_symbol_of(eval->symbols, "__slots__")) != NULL;
    for (uint32_t i = 1; i + 1 < class_->mro_count; i++)
        class_->is_sealed &= class_->mro[i]->is_sealed;
}

/* Of the catalog, in open mode: a tensor has hundreds of methods, of which a file asks for a few. */
static nw_status run_catalog_body(nw_eval *eval, uint32_t list)
{
    nw_list body = nw_ast_list(nw_ast_here(eval), list);
    nw_status status = NW_NEXT;
    nw_value value = nw_none();
    for (uint32_t i = 0; i < body.count && status == NW_NEXT; i++)
        status = nw_definition_defer_method(eval, body.items[i]) ? NW_NEXT : nw_execute(eval, body.items[i], &value);
    return status;
}

/* Runs the body of a class statement; its names become the attributes. */
static bool run_class_body(nw_eval *eval, const nw_ast_function *code, nw_class *class_)
{
    nw_frame *outer = eval->frame->code->scope == NW_SCOPE_MODULE ? NULL
                      : eval->frame->code->scope == NW_SCOPE_CLASS ? eval->frame->outer : eval->frame;
    nw_frame *frame = nw_frame_new(eval, code, eval->frame->module, outer);
    frame->class_ = class_;
    frame->caller = eval->frame;
    eval->frame = frame;
    nw_value value = nw_none();
    nw_status status = eval->environment->open && class_->is_catalog ? run_catalog_body(eval, code->body) : nw_execute_list(eval, code->body, &value);
    eval->frame = frame->caller;
    if (status != NW_NEXT)
        return false;
    if (code->docstring)
        nw_dict_set_name(eval, class_->attributes, (nw_symbol){NW_NAME_DUNDER_DOC},
                         nw_string((nw_symbol){frame->module->ast->nodes[code->docstring].a}));
    for (uint32_t i = 0; i < code->slot_count; i++)
        if (frame->slots[i].kind != NW_UNSET)
            nw_dict_set_name(eval, class_->attributes, code->slot_names[i], frame->slots[i]);
    bool compares = nw_dict_find_name(class_->attributes, (nw_symbol){NW_NAME_DUNDER_EQ}) != NULL;
    class_->own_equality |= compares;
    if (compares && !class_->is_catalog && !nw_dict_find_name(class_->attributes, (nw_symbol){NW_NAME_DUNDER_HASH}))
        nw_dict_set_name(eval, class_->attributes, (nw_symbol){NW_NAME_DUNDER_HASH}, nw_none());
    nw_class_seal(eval, class_);
    return true;
}

static nw_class *metaclass_of(nw_eval *eval, const nw_arguments *arguments, const nw_class *class_)
{
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v == NW_NAME_METACLASS) {
            nw_value given = nw_settle(eval, arguments->named[i]);
            if (given.kind == NW_CLASS)
                return given.as.class_;
        }
    return class_->metaclass;
}

/* A call with the keywords of a class statement, `metaclass` left out. */
static nw_arguments options_of(nw_eval *eval, const nw_arguments *arguments, nw_value *positional, uint32_t count)
{
    nw_arguments given = {.positional = positional, .positional_count = count};
    given.names = nw_arena_alloc(&eval->arena, (arguments->named_count + 1) * sizeof *given.names);
    given.named = nw_arena_alloc(&eval->arena, (arguments->named_count + 1) * sizeof *given.named);
    for (uint32_t i = 0; i < arguments->named_count; i++)
        if (arguments->names[i].v != NW_NAME_METACLASS) {
            given.names[given.named_count] = arguments->names[i];
            given.named[given.named_count++] = arguments->named[i];
        }
    return given;
}

/* The hooks that may replace or complete a class: __set_name__, __init_subclass__, and the catalog's own
 * __nw_class_created__ (enumerations, named tuples), whose result takes the class's place. */
static nw_value finish_class(nw_eval *eval, nw_value created, const nw_arguments *arguments)
{
    nw_class *class_ = created.as.class_;
    if (!call_set_names(eval, class_))
        return nw_error();
    nw_super after = {class_, created};
    nw_super *super_ = nw_arena_copy(&eval->arena, &after, sizeof after);
    for (uint32_t i = 1; i < class_->mro_count; i++) {
        nw_value *hook = nw_dict_find_name(class_->mro[i]->attributes, (nw_symbol){NW_NAME_DUNDER_INIT_SUBCLASS});
        if (!hook || hook->kind == NW_NATIVE)
            continue;
        nw_value function = hook->kind == NW_DESCRIPTOR ? hook->as.descriptor->get : *hook;
        nw_arguments given = options_of(eval, arguments, &created, 1);
        if (nw_call(eval, function, &given).kind == NW_ERROR)
            return nw_error();
        break;
    }
    (void)super_;
    nw_value *catalog_hook = class_->is_catalog ? NULL : nw_class_find(eval, class_, nw_symbol_of(eval->symbols, "__nw_class_created__"));
    if (catalog_hook)
        return nw_call_values(eval, nw_bind_attribute(eval, *catalog_hook, nw_unset(), class_), &created, 1);
    return created;
}

/* `made`, which a metaclass's __new__ returned, stands for the class that was made of the statement: what was defined in its body belongs to it. */
static void take_place(nw_class *first, nw_class *made)
{
    first->made_anew = made;
    made->node = first->node;
    made->qualified = first->qualified;
}

/* A metaclass of the program with its own __new__ or __init__ builds the class by itself. */
static nw_value apply_metaclass(nw_eval *eval, nw_value created, nw_class *metaclass, const nw_arguments *arguments)
{
    nw_class *class_ = created.as.class_;
    if (!metaclass || metaclass == eval->classes[NW_CLASS_OF_TYPE])
        return created;
    class_->metaclass = metaclass;
    nw_value *init = nw_class_find(eval, metaclass, (nw_symbol){NW_NAME_DUNDER_INIT});
    nw_value *make = nw_class_find(eval, metaclass, (nw_symbol){NW_NAME_DUNDER_NEW});
    nw_value values[4] = {created, nw_string(class_->name), nw_tuple_new(eval, class_->bases, class_->base_count),
                          {.kind = NW_DICT, .as.dict = class_->attributes}};
    if (!metaclass->is_catalog && !nw_class_annotate(eval, class_))
        return nw_error();
    if (make && make->kind != NW_NATIVE) {
        values[0] = nw_class_value(metaclass);
        nw_value function = make->kind == NW_DESCRIPTOR ? make->as.descriptor->get : *make;
        nw_arguments given = options_of(eval, arguments, values, 4);
        created = nw_call(eval, function, &given);
        if (created.kind != NW_CLASS)
            return created;
        created.as.class_->metaclass = metaclass;
        if (created.as.class_ != class_)
            take_place(class_, created.as.class_);
        values[0] = created;
    }
    nw_arguments given = options_of(eval, arguments, values, 4);
    if (init && init->kind == NW_FUNCTION && nw_call(eval, *init, &given).kind == NW_ERROR)
        return nw_error();
    return created;
}

/* The namespace that a metaclass prepares for the body: one that is not a plain empty dict sees what the body does, which is not followed. */
static bool has_plain_namespace(nw_eval *eval, nw_class *metaclass, nw_class *class_, const nw_arguments *arguments)
{
    nw_value *prepare = metaclass ? nw_class_find(eval, metaclass, (nw_symbol){NW_NAME_DUNDER_PREPARE}) : NULL;
    if (!prepare || metaclass->is_catalog || (prepare->kind != NW_DESCRIPTOR && prepare->kind != NW_FUNCTION))
        return true;
    nw_value values[3] = {nw_class_value(metaclass), nw_string(class_->name), nw_tuple_new(eval, class_->bases, class_->base_count)};
    nw_arguments given = options_of(eval, arguments, values, 3);
    nw_value made = nw_call(eval, prepare->kind == NW_DESCRIPTOR ? prepare->as.descriptor->get : *prepare, &given);
    if (made.kind == NW_ERROR)
        return false;
    const nw_class *of = made.kind == NW_DICT ? made.as.dict->class_ : NULL;
    if (made.kind != NW_DICT || made.as.dict->live || made.as.dict->open || (of && of->node))
        nw_report_loss(eval, NW_DIAG_UNSUPPORTED, nw_here(eval), nw_symbol_of(eval->symbols, "a class body in a namespace of its own (__prepare__)"));
    return true;
}

nw_value nw_execute_class(nw_eval *eval, uint32_t node)
{
    const nw_ast *ast = nw_ast_here(eval);
    const nw_node *statement = &ast->nodes[node];
    const uint32_t *parts = ast->extra + statement->b;
    nw_arguments arguments;
    if (!nw_arguments_evaluate(eval, nw_ast_list(ast, parts[0]), &arguments))
        return nw_error();
    nw_value created = nw_class_create(eval, (nw_symbol){statement->a}, arguments.positional, arguments.positional_count, nw_dict_make(eval));
    if (created.kind != NW_CLASS)
        return created;
    nw_class *class_ = created.as.class_;
    class_->node = node;
    class_->around = eval->frame->class_ ? eval->frame->class_->around : eval->frame->function;
    if (eval->frame->class_)
        class_->qualified = nw_symbol_dotted(eval->symbols, eval->frame->class_->qualified, class_->name);
    if (arguments.open)
        class_->opaque_base = true;
    nw_dict_reserve(eval, class_->attributes, nw_ast_list(ast, ast->functions[parts[3]].body).count + 2); /* most statements bind a name */
    if (!has_plain_namespace(eval, metaclass_of(eval, &arguments, class_), class_, &arguments) || !run_class_body(eval, &ast->functions[parts[3]], class_))
        return nw_error();
    created = apply_metaclass(eval, created, metaclass_of(eval, &arguments, class_), &arguments);
    nw_trace_result(eval, nw_trace_add(eval, NW_TRACE_CLASS, node, created, nw_unset(), NULL), created);
    return created.kind == NW_CLASS ? finish_class(eval, created, &arguments) : created;
}

/* ---- instances ---- */

nw_value nw_instance_new(nw_eval *eval, nw_class *class_)
{
    nw_instance *instance = nw_arena_zero(&eval->arena, sizeof *instance);
    instance->class_ = class_;
    instance->attributes = nw_dict_make(eval);
    instance->place = nw_here(eval);
    instance->guard = eval->path;
    instance->serial = ++eval->next_serial;
    instance->payload = nw_unset();
    return (nw_value){.kind = NW_INSTANCE, .as.instance = instance};
}

static bool run_init(nw_eval *eval, nw_class *class_, nw_value self, const nw_arguments *arguments)
{
    nw_value *init = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    if (!init || init->kind == NW_NATIVE) {
        if (!init && !class_->opaque_base && !class_->is_exception && !class_->construct &&
            (arguments->positional_count || arguments->named_count)) {
            nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "%s() takes no arguments", nw_bytes(eval, class_->name));
            return false;
        }
        if (init)
            return nw_call(eval, nw_bind_attribute(eval, *init, self, class_), arguments).kind != NW_ERROR;
        return true;
    }
    return nw_call(eval, nw_bind_attribute(eval, *init, self, class_), arguments).kind != NW_ERROR;
}

/* object.__new__: an empty instance, or a native value for classes that derive from native ones. */
static nw_value make_empty(nw_eval *eval, nw_class *class_, const nw_arguments *arguments)
{
    nw_value self = nw_instance_new(eval, class_);
    if (class_->is_exception) {
        nw_value args = nw_tuple_new(eval, arguments->positional, arguments->positional_count);
        nw_dict_set_name(eval, self.as.instance->attributes, (nw_symbol){NW_NAME_ARGS}, args);
    }
    return self;
}

static nw_value make_plain(nw_eval *eval, nw_class *class_, const nw_arguments *arguments)
{
    nw_value self = make_empty(eval, class_, arguments);
    if (class_->is_module)
        self.as.instance->made_with = nw_arena_copy(&eval->arena, arguments, sizeof *arguments);
    return run_init(eval, class_, self, arguments) ? self : nw_error();
}

static nw_value make_layer(nw_eval *eval, nw_class *class_, const nw_arguments *arguments)
{
    nw_value made = nw_layer_copy(eval, class_, arguments);
    if (made.kind != NW_UNSET)
        return made;
    nw_layer_making making = nw_layer_begin(eval, class_, arguments);
    made = make_plain(eval, class_, arguments);
    if (made.kind != NW_ERROR)
        nw_layer_keep(eval, &making, made.as.instance, arguments);
    return made;
}

/* ---- abstract classes ---- */

static bool is_marked_abstract(nw_eval *eval, const nw_value *method)
{
    if (method->kind == NW_DESCRIPTOR)
        return is_marked_abstract(eval, &method->as.descriptor->get);
    nw_dict *attributes = method->kind == NW_FUNCTION ? method->as.function->attributes : NULL;
    return attributes && nw_dict_find_name(attributes, nw_symbol_of(eval->symbols, "__isabstractmethod__"));
}

static bool has_abstract_method(nw_eval *eval, const nw_class *class_)
{
    for (uint32_t i = 0; i < class_->mro_count; i++) {
        uint32_t position = 0;
        for (nw_dict_entry *entry; (entry = nw_dict_next(class_->mro[i]->attributes, &position));)
            if (entry->key.kind == NW_STRING && is_marked_abstract(eval, &entry->value) && is_marked_abstract(eval, nw_class_find(eval, class_, entry->key.as.symbol)))
                return true;
    }
    return false;
}

static bool descends_from(nw_eval *eval, const nw_class *class_, const char *name)
{
    for (uint32_t i = 0; class_ && i < class_->mro_count; i++)
        if (strcmp(nw_bytes(eval, class_->mro[i]->qualified), name) == 0)
            return true;
    return false;
}

/* Whether abc.ABCMeta made the class and some method of it is still abstract. */
static bool is_abstract(nw_eval *eval, const nw_class *class_)
{
    if (eval->environment->open || class_->is_catalog)
        return false;
    return (descends_from(eval, class_, "abc.ABC") || descends_from(eval, class_->metaclass, "abc.ABCMeta")) && has_abstract_method(eval, class_);
}

nw_value nw_class_construct(nw_eval *eval, nw_class *class_, const nw_arguments *arguments)
{
    if (class_->metaclass) {
        nw_value *call = nw_class_find(eval, class_->metaclass, (nw_symbol){NW_NAME_DUNDER_CALL});
        if (call && call->kind == NW_FUNCTION) {
            nw_arguments with = nw_arguments_with_self(eval, nw_class_value(class_), arguments);
            return nw_call(eval, *call, &with);
        }
    }
    nw_value self;
    if (is_abstract(eval, class_))
        return nw_raise(eval, NW_EXCEPTION_TYPE_ERROR, "Can't instantiate abstract class %s", nw_bytes(eval, class_->name));
    nw_value *make = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_NEW});
    if (make && make->kind != NW_NATIVE) {
        nw_arguments with = nw_arguments_with_self(eval, nw_class_value(class_), arguments);
        self = nw_call(eval, make->kind == NW_DESCRIPTOR ? make->as.descriptor->get : *make, &with);
        if (self.kind == NW_ERROR || !nw_is_subclass(nw_type_of(eval, self), class_))
            return self;
    } else if (class_->construct) {
        self = class_->construct(eval, nw_class_value(class_), arguments);
        if (self.kind == NW_ERROR || !class_->module)
            return self;
    } else {
        if (nw_may_defer(eval, class_))
            return nw_instance_defer(eval, class_, arguments);
        return class_->is_catalog && class_->is_module ? make_layer(eval, class_, arguments) : make_plain(eval, class_, arguments);
    }
    if (self.kind == NW_INSTANCE && class_->is_module)
        self.as.instance->made_with = nw_arena_copy(&eval->arena, arguments, sizeof *arguments);
    return run_init(eval, class_, self, arguments) ? self : nw_error();
}

/* ---- super ---- */

nw_value nw_super_make(nw_eval *eval, const nw_arguments *arguments)
{
    nw_super super_ = {NULL, nw_unset()};
    if (arguments->positional_count >= 2) {
        nw_value class_ = nw_settle(eval, arguments->positional[0]);
        if (class_.kind != NW_CLASS)
            return nw_lost(eval, NW_DIAG_UNSUPPORTED, "super() of an unknown class");
        super_ = (nw_super){class_.as.class_, arguments->positional[1]};
    } else {
        const nw_frame *frame = eval->frame;
        while (frame && !(frame->function && frame->function->owner))
            frame = frame->outer;
        if (!frame || frame->code->parameter_count == 0)
            return nw_raise(eval, NW_EXCEPTION_RUNTIME_ERROR, "super(): no arguments");
        super_.after = frame->function->owner->made_anew ? frame->function->owner->made_anew : frame->function->owner;
        super_.self = frame->slots[frame->code->parameters[0].slot];
        if (super_.self.kind == NW_TUPLE && frame->code->parameters[0].kind == NW_PARAMETER_ARGS && super_.self.as.tuple->count)
            super_.self = super_.self.as.tuple->items[0];
    }
    if (super_.self.kind == NW_OPAQUE)
        return super_.self;
    return (nw_value){.kind = NW_SUPER, .as.super_ = nw_arena_copy(&eval->arena, &super_, sizeof super_)};
}
