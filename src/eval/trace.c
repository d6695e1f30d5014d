#include "eval/trace.h"

#include "eval/eval.h"

/* Whether a node was recorded so often that more of it would tell nothing new. */
static bool is_enough(nw_eval *eval, const nw_module *module, uint32_t node)
{
    nw_trace *trace = eval->trace;
    uint32_t at = 0;
    while (at < trace->counts_count && trace->counts[at].module != module)
        at++;
    if (at == trace->counts_count) {
        NW_ARENA_RESERVE(&eval->arena, trace->counts, trace->counts_count, trace->counts_capacity);
        trace->counts[trace->counts_count++] = (nw_trace_counts){module, nw_arena_zero(&eval->arena, (module->ast->node_count + 1) * sizeof(uint32_t))};
    }
    nw_trace_counts found = trace->counts[at];
    if (at > 0) { /* the module that runs comes first */
        trace->counts[at] = trace->counts[0];
        trace->counts[0] = found;
    }
    bool is_beside = trace->news.subject && trace->news.subject != module;
    return found.runs[node]++ >= (is_beside ? NW_TRACE_RUNS_BESIDE : NW_TRACE_RUNS);
}

/* Whether nw_trace_result follows for an entry of that kind. */
static bool has_result(nw_trace_kind kind)
{
    return kind != NW_TRACE_ATTRIBUTE_STORE && kind != NW_TRACE_IMPORT;
}

uint32_t nw_trace_add(nw_eval *eval, nw_trace_kind kind, uint32_t node, nw_value a, nw_value b, const nw_arguments *arguments)
{
    nw_trace *trace = eval->trace;
    if (!trace || eval->frame->module->is_catalog || is_enough(eval, eval->frame->module, node))
        return 0;
    if (trace->count == NW_TRACE_ENTRIES) {
        trace->full = true;
        return 0;
    }
    NW_ARENA_RESERVE(&eval->arena, trace->entries, trace->count, trace->capacity);
    const nw_arguments *kept = arguments ? nw_arena_copy(&eval->arena, arguments, sizeof *arguments) : NULL;
    trace->count++;
    trace->entries[trace->count - 1] =
        (nw_trace_entry){.module = eval->frame->module, .node = node, .kind = (uint8_t)kind, .a = a, .b = b, .result = nw_unset(), .arguments = kept, .fact = eval->fact_count, .fact_end = eval->fact_count, .end = trace->count};
    if (!has_result(kind))
        nw_news_note(eval, &trace->entries[trace->count - 1]);
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
    nw_news_note(eval, completed);
}
