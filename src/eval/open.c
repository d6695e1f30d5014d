#include "eval/open.h"

#include "eval/interpret.h"
#include "eval/symbolic.h"

#include <string.h>

static bool mentions(nw_text text, const char *word)
{
    size_t size = strlen(word);
    for (uint32_t i = 0; i + size <= text.size; i++)
        if (memcmp(text.bytes + i, word, size) == 0)
            return true;
    return false;
}

static bool is_text(nw_text text, const char *word)
{
    return text.size == strlen(word) && memcmp(text.bytes, word, text.size) == 0;
}

static nw_text annotation_text(const nw_function *function, const nw_ast_parameter *parameter)
{
    if (!parameter->annotation)
        return (nw_text){"", 0};
    const nw_node *node = &function->module->ast->nodes[parameter->annotation];
    return (nw_text){function->module->source.text + node->start, node->end - node->start};
}

static bool takes_tensors(const nw_function *function)
{
    return function->name.v == NW_NAME_FORWARD || function->name.v == NW_NAME_CALL;
}

/* None or the other, by the test `name is None`. */
static nw_value or_none(nw_eval *eval, nw_symbol name, nw_value other)
{
    nw_value symbol = nw_symbolic(eval, NW_TYPE_ANY, name);
    nw_guard is_none = nw_atom_for(eval, NW_OPERATOR_IS, symbol, nw_none());
    return nw_join(eval, is_none, nw_none(), other);
}

static nw_value without_annotation(nw_eval *eval, const nw_function *function, const nw_ast_parameter *parameter, nw_value standard)
{
    switch (standard.kind) {
    case NW_UNSET:
        return takes_tensors(function) ? nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN) : nw_symbolic(eval, NW_TYPE_ANY, parameter->name);
    case NW_NONE: return or_none(eval, parameter->name, nw_symbolic(eval, NW_TYPE_ANY, parameter->name));
    case NW_BOOL: return nw_symbolic(eval, NW_TYPE_BOOL, parameter->name);
    case NW_INT: return nw_symbolic(eval, NW_TYPE_NUMBER, parameter->name);
    case NW_FLOAT: return nw_symbolic(eval, NW_TYPE_NUMBER, parameter->name);
    case NW_STRING: return nw_symbolic(eval, NW_TYPE_STRING, parameter->name);
    default: return nw_symbolic(eval, NW_TYPE_ANY, parameter->name);
    }
}

static bool names_only_tensor(nw_text annotation)
{
    return mentions(annotation, "Tensor") && !mentions(annotation, "Tuple") && !mentions(annotation, "tuple") && !mentions(annotation, "List") &&
           !mentions(annotation, "list") && !mentions(annotation, "Dict") && !mentions(annotation, "dict") && !mentions(annotation, "Union") &&
           !mentions(annotation, "Callable") && !mentions(annotation, "Sequence") && !mentions(annotation, "Iterable");
}

nw_value nw_open_argument(nw_eval *eval, const nw_function *function, const nw_ast_parameter *parameter)
{
    if (parameter->kind == NW_PARAMETER_ARGS)
        return nw_symbolic(eval, NW_TYPE_TUPLE, parameter->name);
    if (parameter->kind == NW_PARAMETER_KWARGS) {
        nw_value dict = nw_dict_new(eval);
        dict.as.dict->open = true;
        return dict;
    }
    nw_value standard = function->defaults ? function->defaults[parameter - function->code->parameters] : nw_unset();
    nw_text annotation = annotation_text(function, parameter);
    if (annotation.size == 0)
        return without_annotation(eval, function, parameter, standard);
    bool optional = mentions(annotation, "Optional") || mentions(annotation, "None") || standard.kind == NW_NONE;
    nw_value value;
    if (names_only_tensor(annotation))
        value = nw_tensor_new(eval, NULL, 0, false, NW_DTYPE_UNKNOWN);
    else if (is_text(annotation, "bool") || is_text(annotation, "Optional[bool]"))
        value = nw_symbolic(eval, NW_TYPE_BOOL, parameter->name);
    else if (is_text(annotation, "int") || is_text(annotation, "Optional[int]"))
        value = nw_symbolic(eval, NW_TYPE_INT, parameter->name);
    else if (is_text(annotation, "float") || is_text(annotation, "Optional[float]"))
        value = nw_symbolic(eval, NW_TYPE_NUMBER, parameter->name);
    else if (is_text(annotation, "str") || is_text(annotation, "Optional[str]"))
        value = nw_symbolic(eval, NW_TYPE_STRING, parameter->name);
    else
        value = nw_symbolic(eval, NW_TYPE_ANY, parameter->name);
    return optional ? or_none(eval, parameter->name, value) : value;
}

static nw_arguments no_arguments(void)
{
    return (nw_arguments){.open_positional = nw_unset(), .open_named = nw_unset()};
}

static void forget_failure(nw_eval *eval)
{
    nw_exception_clear(eval);
    eval->undecided = false;
}

/* Symbolic arguments for all parameters of `function`; the first is `self` where that is set. */
static nw_value *make_arguments(nw_eval *eval, const nw_function *function, nw_value self)
{
    const nw_ast_function *code = function->code;
    nw_value *arguments = nw_arena_alloc(&eval->arena, (code->parameter_count + 1) * sizeof *arguments);
    for (uint32_t i = 0; i < code->parameter_count; i++)
        arguments[i] = i == 0 && self.kind != NW_UNSET ? self : nw_open_argument(eval, function, &code->parameters[i]);
    return arguments;
}

/* Runs the function on bound arguments; a generator's body runs too. */
static nw_value run_with(nw_eval *eval, nw_function *function, const nw_value *arguments, uint32_t *activation)
{
    const nw_ast_function *code = function->code;
    nw_frame *frame = nw_frame_new(eval, code, function->module, function->outer);
    *activation = frame->activation;
    for (uint32_t i = 0; i < code->parameter_count; i++)
        frame->slots[code->parameters[i].slot] = arguments[i];
    if (code->is_generator)
        frame->yields = nw_list_new(eval, NULL, 0).as.list;
    return nw_frame_run(eval, function, frame);
}

nw_value nw_open_instance(nw_eval *eval, nw_class *class_)
{
    nw_value instance = nw_instance_new(eval, class_);
    nw_value *init = nw_class_find(eval, class_, (nw_symbol){NW_NAME_DUNDER_INIT});
    nw_guard path = eval->path;
    if (init && init->kind == NW_FUNCTION && !init->as.function->module->is_catalog) {
        uint32_t activation;
        nw_value *arguments = make_arguments(eval, init->as.function, instance);
        if (run_with(eval, init->as.function, arguments, &activation).kind == NW_ERROR)
            forget_failure(eval);
    } else if (init) {
        nw_arguments none = no_arguments();
        if (nw_call(eval, nw_bind_attribute(eval, *init, instance, class_), &none).kind == NW_ERROR)
            forget_failure(eval);
    }
    eval->exits = NULL;
    eval->path = path;
    return instance;
}

nw_open_run nw_open_call(nw_eval *eval, nw_function *function, nw_value self)
{
    nw_open_run run = {.function = function, .self = self, .first_fact = eval->fact_count};
    nw_guard path = eval->path;
    uint32_t mark = eval->trail_count, level = eval->level;
    eval->level = ++eval->level_count;
    run.arguments = make_arguments(eval, function, self);
    run.result = run_with(eval, function, run.arguments, &run.activation);
    if (run.result.kind == NW_ERROR)
        forget_failure(eval);
    nw_trail_undo(eval, mark);
    eval->exits = NULL;
    eval->level = level;
    eval->path = path;
    run.end_fact = eval->fact_count;
    return run;
}
