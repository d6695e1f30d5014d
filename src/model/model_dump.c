/* --dump=facts and --dump=model. */
#include "model/model.h"
#include "model/value_text.h"

static const char *const fact_names[] = {"none", "operator", "layer", "module", "call", "join", "loop", "input"};

static void dump_place(nw_place place, nw_buffer *out)
{
    const char *path;
    nw_position position;
    if (nw_place_position(place, &path, &position))
        nw_buffer_format(out, " @%s:%u", path, position.line);
}

static void dump_arguments(const nw_eval *eval, const nw_symbol *names, const nw_value *arguments, uint32_t count, nw_buffer *out)
{
    nw_buffer_byte(out, '(');
    for (uint32_t i = 0; i < count; i++) {
        if (i)
            nw_buffer_text(out, ", ");
        if (names)
            nw_buffer_format(out, "%s=", nw_symbol_bytes(eval->symbols, names[i]));
        nw_value_text(eval, arguments[i], out);
    }
    nw_buffer_byte(out, ')');
}

void nw_facts_dump(const nw_eval *eval, nw_buffer *out)
{
    for (uint32_t i = 1; i < eval->fact_count; i++) {
        const nw_fact *fact = &eval->facts[i];
        nw_buffer_format(out, "%u %s %s", i, fact_names[fact->kind], nw_symbol_bytes(eval->symbols, fact->name));
        dump_arguments(eval, fact->parameters, fact->arguments, fact->argument_count, out);
        nw_buffer_text(out, " -> ");
        nw_value_text(eval, fact->result, out);
        if (fact->parent)
            nw_buffer_format(out, " in %u", fact->parent);
        if (fact->in_catalog)
            nw_buffer_text(out, " catalog");
        if (fact->condition.v != NW_TRUE.v)
            nw_buffer_format(out, " if %u", fact->condition.v);
        dump_place(fact->place, out);
        nw_buffer_byte(out, '\n');
    }
}

void nw_model_dump(const nw_model *model, nw_buffer *out)
{
    const nw_eval *eval = model->eval;
    for (uint32_t i = 0; i < model->step_count; i++) {
        const nw_model_step *step = &model->steps[i];
        static const char *const kinds[] = {"layer", "operator", "call"};
        nw_buffer_format(out, "%s %s %s", kinds[step->kind], step->has_path ? nw_symbol_bytes(eval->symbols, step->path) : "-",
                         nw_symbol_bytes(eval->symbols, step->class_));
        dump_arguments(eval, step->names, step->arguments, step->argument_count, out);
        nw_buffer_text(out, " -> ");
        nw_value_text(eval, step->output, out);
        nw_buffer_format(out, " %lld", (long long)step->parameters);
        dump_place(step->place, out);
        nw_buffer_byte(out, '\n');
    }
    for (uint32_t i = 0; i < model->state_count; i++) {
        nw_buffer_format(out, "%s %s ", model->state[i].is_parameter ? "parameter" : "buffer", nw_symbol_bytes(eval->symbols, model->state[i].name));
        nw_shape_text(eval, model->state[i].tensor, out);
        nw_buffer_byte(out, '\n');
    }
    for (uint32_t i = 0; i < model->output_count; i++) {
        nw_buffer_format(out, "output %s ", nw_symbol_bytes(eval->symbols, model->outputs[i].name));
        nw_shape_text(eval, model->outputs[i].tensor, out);
        nw_buffer_byte(out, '\n');
    }
}
