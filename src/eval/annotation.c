/* Annotations of a function's parameters and of classes, for programs that ask for them (inspect.signature, typing.get_type_hints, the types of a
 * data class's fields). A class keeps them as they are written until then: few programs ask, and their names may stand for much that is to be loaded. */
#include "eval/interpret.h"

#include <string.h>

/* `Optional[torch.Tensor]`: names of the module and what is taken of them, nothing that a function or class around the definition has. */
static bool is_of_module(const nw_ast *ast, uint32_t annotation)
{
    uint32_t start = ast->nodes[annotation].start;
    for (uint32_t i = annotation; i > 0; i--) { /* what is inside of a node comes before it */
        const nw_node *node = &ast->nodes[i];
        bool is_plain = node->kind == NW_NODE_ATTRIBUTE || node->kind == NW_NODE_SUBSCRIPT || node->kind == NW_NODE_TUPLE || node->kind == NW_NODE_NONE;
        if (node->start < start || node->end <= start)
            break;
        if (!is_plain && (node->kind != NW_NODE_NAME || node->b != NW_PLACE_GLOBAL))
            return false;
    }
    return true;
}

static nw_value evaluate_in_module(nw_eval *eval, nw_module *module, uint32_t node)
{
    nw_frame *caller = eval->frame, *frame = nw_frame_new(eval, &module->ast->functions[0], module, NULL);
    nw_trace *trace = eval->trace, *import_trace = eval->import_trace;
    if (trace)
        eval->import_trace = trace;
    eval->trace = NULL; /* to ask for an annotation is not to run it; modules that it imports do run */
    eval->frame = frame;
    nw_value value = nw_evaluate(eval, node);
    eval->frame = caller;
    eval->trace = trace;
    eval->import_trace = import_trace;
    return value;
}

nw_value nw_annotation_evaluate(nw_eval *eval, const nw_function *function, uint32_t node)
{
    const nw_node *annotation = &function->module->ast->nodes[node];
    if (is_of_module(function->module->ast, node))
        return evaluate_in_module(eval, function->module, node);
    nw_buffer text;
    nw_buffer_init(&text);
    nw_buffer_add(&text, function->module->source.text + annotation->start, annotation->end - annotation->start);
    nw_value value = nw_evaluate_text(eval, function->module, text.bytes);
    nw_buffer_release(&text);
    return value;
}

/* `from __future__ import annotations`: they stay texts. */
static bool keeps_texts(nw_eval *eval, const nw_module *module)
{
    const nw_value *name = nw_dict_find_name(module->globals, nw_symbol_of(eval->symbols, "annotations"));
    return name && (name->kind == NW_NONE || (name->kind == NW_IMPORT && strcmp(nw_bytes(eval, name->as.import->module), "__future__") == 0));
}

static nw_value value_of_text(nw_eval *eval, nw_class *class_, nw_value text)
{
    nw_value value = nw_evaluate_text(eval, class_->module, nw_bytes(eval, text.as.symbol));
    bool is_bare_class = value.kind == NW_CLASS && strchr(nw_bytes(eval, text.as.symbol), '['); /* list[int] is list here, in Python it is not */
    if (!is_bare_class && (value.kind != NW_ERROR || eval->exception.kind == NW_UNSET))
        return value;
    if (value.kind == NW_ERROR)
        nw_exception_clear(eval); /* a name of what stands around the class */
    return nw_lost(eval, NW_DIAG_UNSUPPORTED, "the annotation %s", nw_bytes(eval, text.as.symbol));
}

bool nw_class_annotate(nw_eval *eval, nw_class *class_)
{
    nw_value *known = nw_dict_find_name(class_->attributes, (nw_symbol){NW_NAME_DUNDER_ANNOTATIONS});
    if (!known || known->kind != NW_DICT || !class_->node || !class_->module || class_->is_catalog || keeps_texts(eval, class_->module))
        return true;
    nw_dict *annotations = known->as.dict;
    nw_symbol mark = nw_symbol_of(eval->symbols, "evaluated");
    if (annotations->attributes && nw_dict_find_name(annotations->attributes, mark))
        return true;
    if (!annotations->attributes)
        annotations->attributes = nw_dict_make(eval);
    nw_dict_set_name(eval, annotations->attributes, mark, nw_bool(true));
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(annotations, &position));) {
        if (entry->value.kind != NW_STRING)
            continue;
        nw_value key = entry->key, value = value_of_text(eval, class_, entry->value);
        if (value.kind == NW_ERROR)
            return false;
        nw_dict_set(eval, annotations, key, value);
    }
    return true;
}
