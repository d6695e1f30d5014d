/* Annotations of a function's parameters, for programs that ask for them (inspect.signature, typing.get_type_hints). */
#include "eval/interpret.h"

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
