/* The language of paper "Automated Deep Learning Optimization via DSL-Based Source Code Transformation": a sequence of nodes
 * `layer_type(inputs) -> variable;` and `a + b -> variable;`, one part for construction and one for the composition method.
 * Variables keep the program's names where a node's result is assigned to one; others are temp_1, temp_2, ... */
#include "emit/show_emit.h"
#include "eval/guard_text.h"
#include "model/model_graph.h"
#include "model/module_tree.h"
#include "model/value_text.h"

#include <string.h>

typedef struct dsl_writer {
    const nw_model *model;
    nw_graph graph;
    nw_symbol *names; /* of each step's result; 0: temp_N */
    uint32_t *temporaries;
    nw_buffer *out;
} dsl_writer;

/* `name = CALL`: the name; `return CALL` and all else: none. */
static nw_symbol assigned_name(const nw_model *model, const nw_model_step *step)
{
    const nw_fact *fact = &model->eval->facts[step->fact];
    if (!fact->place.module || !fact->place.module->ast || !fact->statement)
        return (nw_symbol){0};
    const nw_ast *ast = fact->place.module->ast;
    if (fact->statement >= ast->node_count || ast->nodes[fact->statement].kind != NW_NODE_ASSIGN)
        return (nw_symbol){0};
    const nw_node *statement = &ast->nodes[fact->statement];
    nw_list targets = nw_ast_list(ast, statement->a);
    const nw_node *value = &ast->nodes[statement->b];
    if (targets.count != 1 || ast->nodes[targets.items[0]].kind != NW_NODE_NAME || value->start != fact->place.start || value->end != fact->place.end)
        return (nw_symbol){0};
    return (nw_symbol){ast->nodes[targets.items[0]].a};
}

static void write_step_name(const dsl_writer *writer, uint32_t step)
{
    if (writer->names[step].v)
        nw_buffer_text(writer->out, nw_symbol_bytes(writer->model->eval->symbols, writer->names[step]));
    else
        nw_buffer_format(writer->out, "temp_%u", writer->temporaries[step]);
}

/* A variable, a choice of variables, or a constant. */
static void write_operand(const dsl_writer *writer, const nw_model_step *step, nw_value value)
{
    const nw_eval *eval = writer->model->eval;
    nw_graph_sources sources = {0};
    nw_graph_find(&writer->graph, value, step->fact, &sources);
    if (sources.count == 0 && value.kind == NW_TENSOR) {
        nw_buffer_text(writer->out, value.as.tensor->is_parameter ? "parameter" : "tensor");
        return;
    }
    if (sources.count == 0) {
        nw_value_text(eval, value, writer->out);
        return;
    }
    for (uint32_t i = 0; i < sources.count; i++) {
        if (i)
            nw_buffer_text(writer->out, " | ");
        if (sources.items[i] >= NW_SOURCE_INPUT)
            nw_buffer_text(writer->out, nw_symbol_bytes(eval->symbols, writer->model->inputs[sources.items[i] - NW_SOURCE_INPUT].name));
        else
            write_step_name(writer, sources.items[i]);
    }
}

/* The text of an operator that Python writes between or before its operands, or NULL. */
static const char *operator_sign(const char *name)
{
    static const char *const signs[][2] = {{"torch.add", " + "}, {"torch.sub", " - "}, {"torch.mul", " * "}, {"torch.div", " / "},
                                           {"torch.matmul", " @ "}, {"torch.pow", " ** "}, {"torch.remainder", " % "}, {"torch.floor_divide", " // "}};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(signs[i][0], name) == 0)
            return signs[i][1];
    return NULL;
}

static bool is_default(const nw_value value)
{
    return value.kind == NW_UNSET || value.kind == NW_NONE;
}

static void write_call(const dsl_writer *writer, const nw_model_step *step)
{
    const nw_eval *eval = writer->model->eval;
    const nw_fact *fact = &eval->facts[step->fact];
    const char *name = nw_symbol_bytes(eval->symbols, step->class_);
    uint32_t first = step->kind == NW_STEP_LAYER && fact->argument_count && fact->arguments[0].kind == NW_INSTANCE; /* self */
    const char *sign = step->kind == NW_STEP_OPERATOR && fact->argument_count >= 2 ? operator_sign(name) : NULL;
    if (sign) {
        write_operand(writer, step, fact->arguments[0]);
        nw_buffer_text(writer->out, sign);
        write_operand(writer, step, fact->arguments[1]);
        return;
    }
    nw_buffer_format(writer->out, "%s(", name);
    bool written = false;
    for (uint32_t i = first; i < fact->argument_count; i++) {
        if (is_default(fact->arguments[i]))
            continue;
        if (written)
            nw_buffer_text(writer->out, ", ");
        if (fact->arguments[i].kind != NW_TENSOR && fact->parameters && i > first)
            nw_buffer_format(writer->out, "%s=", nw_symbol_bytes(eval->symbols, fact->parameters[i]));
        write_operand(writer, step, fact->arguments[i]);
        written = true;
    }
    nw_buffer_byte(writer->out, ')');
}

static void write_forward(dsl_writer *writer)
{
    const nw_model *model = writer->model;
    nw_buffer_text(writer->out, "forward:\n");
    for (uint32_t i = 0; i < model->step_count; i++) {
        nw_buffer_text(writer->out, "  ");
        if (model->steps[i].condition.v != NW_TRUE.v) {
            nw_buffer_text(writer->out, "[");
            nw_guard_text(model->eval, model->steps[i].condition, writer->out);
            nw_buffer_text(writer->out, "] ");
        }
        write_call(writer, &model->steps[i]);
        nw_buffer_text(writer->out, " -> ");
        write_step_name(writer, i);
        nw_buffer_text(writer->out, ";\n");
    }
}

/* The constructions of the layers of the tree, once each, in the order of the first run. */
static void write_init(const dsl_writer *writer)
{
    const nw_model *model = writer->model;
    nw_eval *eval = model->eval;
    nw_module_names seen = {0};
    nw_buffer_text(writer->out, "init:\n");
    for (uint32_t i = 0; i < model->step_count; i++) {
        const nw_model_step *step = &model->steps[i];
        nw_symbol path;
        if (step->kind != NW_STEP_LAYER || !step->has_path)
            continue;
        const nw_instance *instance = eval->facts[step->fact].callee.as.instance;
        if (nw_module_names_find(&seen, instance, &path))
            continue;
        nw_module_names_add(eval, &seen, instance, step->path);
        nw_buffer_format(writer->out, "  %s(", nw_symbol_bytes(eval->symbols, step->class_));
        for (uint32_t j = 0; j < step->argument_count; j++) {
            nw_buffer_format(writer->out, "%s%s=", j ? ", " : "", nw_symbol_bytes(eval->symbols, step->names[j]));
            nw_value_text(eval, step->arguments[j], writer->out);
        }
        nw_buffer_format(writer->out, ") -> %s;\n", nw_symbol_bytes(eval->symbols, step->path));
    }
}

void nw_emit_dsl(const nw_shown *shown, nw_buffer *out)
{
    const nw_model *model = shown->model;
    nw_arena *arena = &model->eval->arena;
    dsl_writer writer = {.model = model, .graph = nw_graph_make(model), .out = out};
    writer.names = nw_arena_zero(arena, (model->step_count + 1) * sizeof *writer.names);
    writer.temporaries = nw_arena_zero(arena, (model->step_count + 1) * sizeof *writer.temporaries);
    uint32_t temporaries = 0;
    for (uint32_t i = 0; i < model->step_count; i++) {
        writer.names[i] = assigned_name(model, &model->steps[i]);
        if (!writer.names[i].v)
            writer.temporaries[i] = ++temporaries;
    }
    nw_buffer_format(out, "# %s\n", shown->entry ? shown->entry : shown->class_name);
    write_init(&writer);
    write_forward(&writer);
}
