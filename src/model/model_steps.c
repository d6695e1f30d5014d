/* Steps: the layers and operators among the facts, in the order of execution. */
#include "model/model.h"
#include "model/module_tree.h"

#include <string.h>

/* Inside a layer or an operator: part of it, not a step of its own. Parents stand before their children. */
static bool *find_inner(nw_eval *eval)
{
    bool *inner = nw_arena_zero(&eval->arena, eval->fact_count * sizeof *inner);
    for (uint32_t i = 1; i < eval->fact_count; i++) {
        uint32_t parent = eval->facts[i].parent;
        if (!parent || parent >= i)
            continue;
        const nw_fact *outer = &eval->facts[parent];
        bool leaf = outer->kind == NW_FACT_OPERATOR || (outer->kind == NW_FACT_LAYER && !(outer->row && outer->row->is_container));
        inner[i] = inner[parent] || leaf;
    }
    return inner;
}

static bool is_step(const nw_fact *fact)
{
    if (fact->kind == NW_FACT_OPERATOR && !fact->row && fact->in_catalog)
        return false; /* Keras looking at a call beforehand */
    return fact->kind == NW_FACT_OPERATOR || fact->kind == NW_FACT_CALL ||
           (fact->kind == NW_FACT_LAYER && !(fact->row && fact->row->is_container));
}

/* The function whose parameters name the arguments of a layer's construction. */
static const nw_function *init_of(nw_eval *eval, const nw_class *class_)
{
    const nw_value *init = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    return init && init->kind == NW_FUNCTION ? init->as.function : NULL;
}

/* Names for positional arguments; self stands first among the parameters. */
static nw_symbol positional_name(const nw_function *init, uint32_t index)
{
    if (!init)
        return (nw_symbol){NW_NAME_ARGS};
    const nw_ast_function *code = init->code;
    for (uint32_t i = 1, at = 0; i < code->parameter_count; i++) {
        if (code->parameters[i].kind == NW_PARAMETER_ARGS || (code->parameters[i].kind <= NW_PARAMETER_NORMAL && at++ == index))
            return code->parameters[i].name;
    }
    return (nw_symbol){NW_NAME_ARGS};
}

static void read_construction(nw_eval *eval, const nw_instance *instance, nw_model_step *step)
{
    const nw_arguments *given = instance->made_with;
    if (!given)
        return;
    const nw_function *init = init_of(eval, instance->class_);
    uint32_t count = given->positional_count + given->named_count;
    step->names = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *step->names);
    step->arguments = nw_arena_alloc(&eval->arena, (count + 1) * sizeof *step->arguments);
    for (uint32_t i = 0; i < given->positional_count; i++) {
        step->names[i] = positional_name(init, i);
        step->arguments[i] = given->positional[i];
    }
    for (uint32_t i = 0; i < given->named_count; i++) {
        step->names[given->positional_count + i] = given->names[i];
        step->arguments[given->positional_count + i] = given->named[i];
    }
    step->argument_count = count;
}

static int64_t own_parameters(nw_eval *eval, const nw_instance *instance, int depth);

/* Variables and layers in a list of a Keras layer. */
static int64_t listed_parameters(nw_eval *eval, const nw_instance *instance, const char *attribute, int depth)
{
    int64_t total = 0;
    const nw_value *list = nw_dict_find_name(instance->attributes, nw_symbol_of(eval->symbols, attribute));
    for (uint32_t i = 0; list && list->kind == NW_LIST && i < list->as.list->count; i++) {
        nw_value item = nw_settle(eval, list->as.list->items[i]);
        int64_t elements = item.kind == NW_TENSOR ? nw_tensor_elements(item.as.tensor)
                           : item.kind == NW_INSTANCE && depth < 20 ? own_parameters(eval, item.as.instance, depth + 1) : 0;
        if (elements < 0)
            return -1;
        total += elements;
    }
    return total;
}

static int64_t layer_parameters(nw_eval *eval, const nw_instance *instance, int depth)
{
    static const char *const lists[] = {"_trainable_variables", "_non_trainable_variables", "_layers"};
    int64_t total = 0;
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        int64_t part = listed_parameters(eval, instance, lists[i], depth);
        if (part < 0)
            return -1;
        total += part;
    }
    return total;
}

static int64_t own_parameters(nw_eval *eval, const nw_instance *instance, int depth)
{
    if (instance->class_->is_keras) /* blind: called before its weights could be made */
        return nw_dict_find_name(instance->attributes, nw_symbol_of(eval->symbols, "_nw_blind")) ? -1 : layer_parameters(eval, instance, depth);
    int64_t total = 0;
    const nw_dict *entries = nw_module_dict(eval, instance, (nw_symbol){NW_NAME_PARAMETERS});
    uint32_t position = 0;
    for (nw_dict_entry *entry; entries && (entry = nw_dict_next(entries, &position));) {
        nw_value value = nw_settle(eval, entry->value);
        if (value.kind == NW_NONE)
            continue;
        int64_t elements = value.kind == NW_TENSOR ? nw_tensor_elements(value.as.tensor) : -1;
        if (elements < 0)
            return -1;
        total += elements;
    }
    const nw_dict *modules = nw_module_dict(eval, instance, (nw_symbol){NW_NAME_MODULES});
    position = 0;
    for (nw_dict_entry *entry; modules && depth < 20 && (entry = nw_dict_next(modules, &position));) {
        nw_value child = nw_settle(eval, entry->value);
        int64_t below = child.kind == NW_INSTANCE ? own_parameters(eval, child.as.instance, depth + 1) : 0;
        if (below < 0)
            return -1;
        total += below;
    }
    return total;
}

static void add_step(nw_model *model, const nw_module_names *names, uint32_t id)
{
    nw_eval *eval = model->eval;
    const nw_fact *fact = &eval->facts[id];
    nw_model_step step = {.kind = NW_STEP_OPERATOR, .class_ = fact->name, .output = fact->result, .place = fact->place, .call = fact->place,
                    .condition = fact->condition, .fact = id};
    if (fact->row && fact->row->qualified.v)
        step.class_ = fact->row->qualified;
    if (fact->kind == NW_FACT_LAYER && fact->callee.kind == NW_INSTANCE) {
        const nw_instance *instance = fact->callee.as.instance;
        step.kind = NW_STEP_LAYER;
        step.has_path = nw_module_names_find(names, instance, &step.path);
        step.class_ = nw_class_public_name(instance->class_);
        step.parameters = own_parameters(eval, instance, 0);
        if (instance->place.module)
            step.place = instance->place;
        read_construction(eval, instance, &step);
    } else {
        if (fact->kind == NW_FACT_CALL)
            step.kind = NW_STEP_CALL;
        step.names = fact->parameters;
        step.arguments = fact->arguments;
        step.argument_count = fact->argument_count;
    }
    NW_ARENA_RESERVE(&eval->arena, model->steps, model->step_count, model->step_capacity);
    model->steps[model->step_count++] = step;
}

/* In closed mode a layer that may or may not run, or a step that nobody looked into, means that the network is not known. (Whether an
 * operator runs matters by what it changes, which shows in sizes and state.) The path condition of the end is what must have held for the
 * run to get there: arms that raise are out of it. */
static void check_step(nw_model *model, const nw_model_step *step)
{
    const char *name = nw_symbol_bytes(model->eval->symbols, step->class_);
    if (!model->is_closed)
        return;
    if (step->kind != NW_STEP_OPERATOR && !nw_bdd_implies(&model->eval->bdd, model->eval->path, step->condition))
        nw_model_add_unknown(model, NW_DIAG_CONDITION_UNKNOWN, step->call, name);
    if (step->kind == NW_STEP_CALL)
        nw_model_add_unknown(model, NW_DIAG_CALL_UNKNOWN, step->call, name);
}

void nw_model_read_steps(nw_model *model, uint32_t first_fact)
{
    nw_eval *eval = model->eval;
    nw_module_names names = {0};
    nw_module_names_read(eval, &names, model->root);
    const bool *inner = find_inner(eval);
    for (uint32_t i = first_fact ? first_fact : 1; i < eval->fact_count; i++) {
        if (eval->facts[i].kind == NW_FACT_LOOP && model->is_closed)
            nw_model_add_unknown(model, NW_DIAG_LOOP_SUMMARISED, eval->facts[i].place, "a value is carried around it");
        if (inner[i] || !is_step(&eval->facts[i]))
            continue;
        add_step(model, &names, i);
        check_step(model, &model->steps[model->step_count - 1]);
    }
}
