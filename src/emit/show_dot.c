/* The network as a graph in the language of Graphviz, and as an SVG picture in layers. */
#include "emit/show_emit.h"
#include "model/model_graph.h"
#include "model/value_text.h"

#include <string.h>

static const char *last_part(const char *dotted)
{
    const char *dot = strrchr(dotted, '.');
    return dot ? dot + 1 : dotted;
}

static void write_label(const nw_model *model, const nw_model_step *step, const char *separator, nw_buffer *out)
{
    const nw_symbols *symbols = model->eval->symbols;
    if (step->has_path && *nw_symbol_bytes(symbols, step->path))
        nw_buffer_format(out, "%s%s", nw_symbol_bytes(symbols, step->path), separator);
    nw_buffer_text(out, last_part(nw_symbol_bytes(symbols, step->class_)));
    if (step->output.kind == NW_TENSOR) {
        nw_buffer_text(out, " ");
        nw_shape_text(model->eval, step->output.as.tensor, out);
    }
}

/* A quoted string of DOT; labels hold no control characters. */
static void write_quoted(const nw_buffer *label, nw_buffer *out)
{
    nw_buffer_byte(out, '"');
    for (size_t i = 0; i < label->size; i++) {
        if (label->bytes[i] == '"')
            nw_buffer_byte(out, '\\');
        nw_buffer_byte(out, label->bytes[i]);
    }
    nw_buffer_byte(out, '"');
}

static void write_edges(const char *to, uint32_t number, const nw_graph_sources *sources, nw_buffer *out)
{
    for (uint32_t i = 0; i < sources->count; i++) {
        uint32_t source = sources->items[i];
        bool is_input = source >= NW_SOURCE_INPUT;
        nw_buffer_format(out, "  %s%u -> %s%u;\n", is_input ? "input" : "step", is_input ? source - NW_SOURCE_INPUT : source, to, number);
    }
}

void nw_emit_dot(const nw_shown *shown, nw_buffer *out)
{
    const nw_model *model = shown->model;
    nw_graph graph = nw_graph_make(model);
    nw_buffer label;
    nw_buffer_init(&label);
    nw_buffer_text(out, "digraph ");
    nw_buffer_text(&label, shown->entry ? shown->entry : shown->class_name);
    write_quoted(&label, out);
    nw_buffer_text(out, " {\n  node [shape=box, fontname=\"sans-serif\"];\n");
    for (uint32_t i = 0; i < model->input_count; i++) {
        nw_buffer_clear(&label);
        nw_buffer_format(&label, "%s ", nw_symbol_bytes(model->eval->symbols, model->inputs[i].name));
        nw_shape_text(model->eval, model->inputs[i].tensor, &label);
        nw_buffer_format(out, "  input%u [shape=ellipse, label=", i);
        write_quoted(&label, out);
        nw_buffer_text(out, "];\n");
    }
    for (uint32_t i = 0; i < model->step_count; i++) {
        nw_buffer_clear(&label);
        write_label(model, &model->steps[i], "\\n", &label);
        nw_buffer_format(out, "  step%u [label=", i);
        write_quoted(&label, out);
        nw_buffer_text(out, "];\n");
        write_edges("step", i, &graph.of_steps[i], out);
    }
    nw_buffer_text(out, "  output0 [shape=ellipse, label=\"output\"];\n");
    write_edges("output", 0, &graph.of_outputs, out);
    nw_buffer_text(out, "}\n");
    nw_buffer_release(&label);
}

/* ---- SVG ---- */

enum { BOX_WIDTH = 260, BOX_HEIGHT = 28, GAP_X = 24, GAP_Y = 26, MARGIN = 20 };

typedef struct svg_layout {
    uint32_t *rank, *column; /* of each node: inputs first, then steps, then the output */
    uint32_t *filled;        /* nodes in each rank so far */
    uint32_t node_count, rank_count, widest;
} svg_layout;

static uint32_t node_of(const nw_model *model, uint32_t source)
{
    return source >= NW_SOURCE_INPUT ? source - NW_SOURCE_INPUT : model->input_count + source;
}

static void place_node(svg_layout *layout, const nw_model *model, uint32_t node, const nw_graph_sources *sources)
{
    uint32_t rank = 0;
    for (uint32_t i = 0; sources && i < sources->count; i++) {
        uint32_t from = node_of(model, sources->items[i]);
        if (from < node && layout->rank[from] + 1 > rank)
            rank = layout->rank[from] + 1;
    }
    layout->rank[node] = rank;
    layout->column[node] = layout->filled[rank]++;
    if (layout->filled[rank] > layout->widest)
        layout->widest = layout->filled[rank];
    if (rank + 1 > layout->rank_count)
        layout->rank_count = rank + 1;
}

/* Each node one rank below the lowest of what it uses; within a rank in the order of execution. */
static svg_layout make_layout(const nw_graph *graph)
{
    const nw_model *model = graph->model;
    nw_arena *arena = &model->eval->arena;
    svg_layout made = {.node_count = model->input_count + model->step_count + 1};
    made.rank = nw_arena_zero(arena, made.node_count * sizeof *made.rank);
    made.column = nw_arena_zero(arena, made.node_count * sizeof *made.column);
    made.filled = nw_arena_zero(arena, (made.node_count + 1) * sizeof *made.filled);
    for (uint32_t i = 0; i < model->input_count; i++)
        place_node(&made, model, i, NULL);
    for (uint32_t i = 0; i < model->step_count; i++)
        place_node(&made, model, model->input_count + i, &graph->of_steps[i]);
    place_node(&made, model, made.node_count - 1, &graph->of_outputs);
    return made;
}

static uint32_t left_of(const svg_layout *layout, uint32_t node)
{
    uint32_t in_rank = layout->filled[layout->rank[node]];
    uint32_t indent = (layout->widest - in_rank) * (BOX_WIDTH + GAP_X) / 2; /* ranks are centred */
    return MARGIN + indent + layout->column[node] * (BOX_WIDTH + GAP_X);
}

static uint32_t top_of(const svg_layout *layout, uint32_t node)
{
    return MARGIN + layout->rank[node] * (BOX_HEIGHT + GAP_Y);
}

static void write_escaped(nw_buffer *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '<': nw_buffer_text(out, "&lt;"); break;
        case '>': nw_buffer_text(out, "&gt;"); break;
        case '&': nw_buffer_text(out, "&amp;"); break;
        default: nw_buffer_byte(out, *text);
        }
}

static void write_box(const svg_layout *layout, uint32_t node, bool round, const char *label, nw_buffer *out)
{
    uint32_t x = left_of(layout, node), y = top_of(layout, node);
    nw_buffer_format(out, "<rect x=\"%u\" y=\"%u\" width=\"%d\" height=\"%d\" rx=\"%d\" fill=\"%s\" stroke=\"#446\"/>\n", x, y, BOX_WIDTH, BOX_HEIGHT,
                     round ? 14 : 3, round ? "#eef" : "#fff");
    nw_buffer_format(out, "<text x=\"%u\" y=\"%u\" text-anchor=\"middle\">", x + BOX_WIDTH / 2, y + 18);
    write_escaped(out, label);
    nw_buffer_text(out, "</text>\n");
}

static void write_lines(const svg_layout *layout, const nw_model *model, uint32_t node, const nw_graph_sources *sources, nw_buffer *out)
{
    for (uint32_t i = 0; i < sources->count; i++) {
        uint32_t from = node_of(model, sources->items[i]);
        uint32_t x1 = left_of(layout, from) + BOX_WIDTH / 2, y1 = top_of(layout, from) + BOX_HEIGHT;
        uint32_t x2 = left_of(layout, node) + BOX_WIDTH / 2, y2 = top_of(layout, node);
        /* A connection over several ranks swings out, so that it is not hidden behind the boxes between. */
        uint32_t swing = layout->rank[node] > layout->rank[from] + 1 ? BOX_WIDTH / 2 + GAP_X : 0;
        nw_buffer_format(out, "<path d=\"M%u,%u C%u,%u %u,%u %u,%u\" fill=\"none\" stroke=\"#889\" marker-end=\"url(#end)\"/>\n", x1, y1, x1 + swing,
                         y1 + GAP_Y, x2 + swing, y2 - GAP_Y, x2, y2);
    }
}

void nw_emit_svg(const nw_shown *shown, nw_buffer *out)
{
    const nw_model *model = shown->model;
    nw_graph graph = nw_graph_make(model);
    svg_layout layout = make_layout(&graph);
    nw_buffer label;
    nw_buffer_init(&label);
    uint32_t width = 2 * MARGIN + layout.widest * (BOX_WIDTH + GAP_X) + BOX_WIDTH / 2, height = 2 * MARGIN + layout.rank_count * (BOX_HEIGHT + GAP_Y);
    nw_buffer_format(out, "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%u\" font-family=\"sans-serif\" font-size=\"11\">\n", width, height);
    nw_buffer_text(out, "<defs><marker id=\"end\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\" refY=\"3\" orient=\"auto\">"
                        "<path d=\"M0,0 L8,3 L0,6 z\" fill=\"#889\"/></marker></defs>\n<title>");
    write_escaped(out, shown->entry ? shown->entry : shown->class_name);
    nw_buffer_text(out, "</title>\n");
    for (uint32_t i = 0; i < model->step_count; i++)
        write_lines(&layout, model, model->input_count + i, &graph.of_steps[i], out);
    write_lines(&layout, model, layout.node_count - 1, &graph.of_outputs, out);
    for (uint32_t i = 0; i < model->input_count; i++) {
        nw_buffer_clear(&label);
        nw_buffer_format(&label, "%s ", nw_symbol_bytes(model->eval->symbols, model->inputs[i].name));
        nw_shape_text(model->eval, model->inputs[i].tensor, &label);
        write_box(&layout, i, true, label.bytes, out);
    }
    for (uint32_t i = 0; i < model->step_count; i++) {
        nw_buffer_clear(&label);
        write_label(model, &model->steps[i], ": ", &label);
        write_box(&layout, model->input_count + i, false, label.bytes, out);
    }
    write_box(&layout, layout.node_count - 1, true, "output", out);
    nw_buffer_text(out, "</svg>\n");
    nw_buffer_release(&label);
}
