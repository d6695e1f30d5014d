#include "eval/trace.h"

#include "eval/eval.h"

uint32_t nw_trace_add(nw_eval *eval, nw_trace_kind kind, uint32_t node, nw_value a, nw_value b, const nw_arguments *arguments)
{
    nw_trace *trace = eval->trace;
    if (!trace || eval->frame->module->is_catalog)
        return 0;
    if (trace->count == NW_TRACE_ENTRIES) {
        trace->full = true;
        return 0;
    }
    NW_ARENA_RESERVE(&eval->arena, trace->entries, trace->count, trace->capacity);
    const nw_arguments *kept = arguments ? nw_arena_copy(&eval->arena, arguments, sizeof *arguments) : NULL;
    trace->entries[trace->count++] =
        (nw_trace_entry){.module = eval->frame->module, .node = node, .kind = (uint8_t)kind, .a = a, .b = b, .result = nw_unset(), .arguments = kept, .fact = eval->fact_count, .fact_end = eval->fact_count, .end = trace->count + 1};
    return trace->count;
}

void nw_trace_result(nw_eval *eval, uint32_t entry, nw_value result)
{
    if (!entry)
        return;
    nw_trace_entry *completed = &eval->trace->entries[entry - 1];
    completed->result = result;
    completed->fact_end = eval->fact_count;
    completed->end = eval->trace->count;
}
