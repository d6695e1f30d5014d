#include "model/model_graph.h"

enum { MAX_DEPTH = 12 };

static void add_source(const nw_graph *graph, nw_graph_sources *sources, uint32_t source)
{
    for (uint32_t i = 0; i < sources->count; i++)
        if (sources->items[i] == source)
            return;
    NW_ARENA_RESERVE(&graph->model->eval->arena, sources->items, sources->count, sources->capacity);
    sources->items[sources->count++] = source;
}

static void find_node(const nw_graph *graph, uint32_t node, nw_graph_sources *sources, int depth);

/* Where a tensor's value comes from when fact `before` reads it: what made it, or what wrote to its storage since; both
 * where the writing is under a condition that the reading is not. */
static void find_tensor(const nw_graph *graph, const nw_tensor *tensor, uint32_t before, nw_graph_sources *sources, int depth)
{
    nw_eval *eval = graph->model->eval;
    nw_guard reading = before < eval->fact_count ? eval->facts[before].condition : NW_TRUE;
    for (uint32_t i = graph->writer_count; i-- > 0;) {
        const nw_fact *writer = &eval->facts[graph->writers[i]];
        if (graph->writers[i] >= before || nw_tensor_storage(writer->result.as.tensor) != nw_tensor_storage(tensor))
            continue;
        if (graph->writers[i] <= tensor->node)
            break;
        find_node(graph, graph->writers[i], sources, depth);
        if (nw_bdd_implies(&eval->bdd, reading, writer->condition))
            return;
    }
    find_node(graph, tensor->node, sources, depth);
}

/* In-place operators: their result is a tensor that was there before. */
static void find_writers(nw_graph *graph)
{
    nw_eval *eval = graph->model->eval;
    uint32_t capacity = 0;
    for (uint32_t i = 1; i < eval->fact_count; i++) {
        const nw_fact *fact = &eval->facts[i];
        bool is_call = fact->kind == NW_FACT_OPERATOR || fact->kind == NW_FACT_LAYER;
        if (!is_call || fact->result.kind != NW_TENSOR || fact->result.as.tensor->node == i || fact->in_catalog)
            continue;
        NW_ARENA_RESERVE(&eval->arena, graph->writers, graph->writer_count, capacity);
        graph->writers[graph->writer_count++] = i;
    }
}

static void find_value(const nw_graph *graph, nw_value value, uint32_t before, nw_graph_sources *sources, int depth);

static void find_node(const nw_graph *graph, uint32_t node, nw_graph_sources *sources, int depth)
{
    const nw_eval *eval = graph->model->eval;
    if (!node || node >= eval->fact_count || depth > MAX_DEPTH)
        return;
    if (graph->step_of_fact[node]) {
        add_source(graph, sources, graph->step_of_fact[node] - 1);
        return;
    }
    const nw_fact *fact = &eval->facts[node];
    if (fact->kind == NW_FACT_INPUT) {
        for (uint32_t i = 0; i < graph->model->input_count; i++)
            if (graph->model->inputs[i].tensor->node == node)
                add_source(graph, sources, NW_SOURCE_INPUT + i);
        return;
    }
    for (uint32_t i = 0; i < fact->argument_count; i++)
        find_value(graph, fact->arguments[i], node, sources, depth + 1);
}

static void find_value(const nw_graph *graph, nw_value value, uint32_t before, nw_graph_sources *sources, int depth)
{
    uint32_t position = 0;
    if (depth > MAX_DEPTH)
        return;
    switch (value.kind) {
    case NW_TENSOR:
        find_tensor(graph, value.as.tensor, before, sources, depth);
        break;
    case NW_OPAQUE:
        find_node(graph, value.as.opaque->node, sources, depth);
        break;
    case NW_TUPLE:
        for (uint32_t i = 0; i < value.as.tuple->count; i++)
            find_value(graph, value.as.tuple->items[i], before, sources, depth + 1);
        break;
    case NW_LIST:
        for (uint32_t i = 0; i < value.as.list->count; i++)
            find_value(graph, value.as.list->items[i], before, sources, depth + 1);
        break;
    case NW_DICT:
        for (nw_dict_entry *entry; (entry = nw_dict_next(value.as.dict, &position));)
            find_value(graph, entry->value, before, sources, depth + 1);
        break;
    case NW_PHI:
        find_value(graph, value.as.phi->then, before, sources, depth + 1);
        find_value(graph, value.as.phi->otherwise, before, sources, depth + 1);
        break;
    default:
        break;
    }
}

void nw_graph_find(const nw_graph *graph, nw_value value, uint32_t before, nw_graph_sources *sources)
{
    find_value(graph, value, before, sources, 0);
}

nw_graph nw_graph_make(const nw_model *model)
{
    nw_eval *eval = model->eval;
    nw_graph graph = {.model = model};
    graph.step_of_fact = nw_arena_zero(&eval->arena, eval->fact_count * sizeof *graph.step_of_fact);
    graph.of_steps = nw_arena_zero(&eval->arena, (model->step_count + 1) * sizeof *graph.of_steps);
    find_writers(&graph);
    for (uint32_t i = 0; i < model->step_count; i++)
        graph.step_of_fact[model->steps[i].fact] = i + 1;
    for (uint32_t i = 1; i < eval->fact_count; i++)
        if (!graph.step_of_fact[i] && eval->facts[i].parent < i)
            graph.step_of_fact[i] = graph.step_of_fact[eval->facts[i].parent];
    for (uint32_t i = 0; i < model->step_count; i++) {
        const nw_fact *fact = &eval->facts[model->steps[i].fact];
        for (uint32_t j = 0; j < fact->argument_count; j++)
            find_value(&graph, fact->arguments[j], model->steps[i].fact, &graph.of_steps[i], 0);
    }
    for (uint32_t i = 0; i < model->output_count; i++)
        find_tensor(&graph, model->outputs[i].tensor, UINT32_MAX, &graph.of_outputs, 0);
    return graph;
}
