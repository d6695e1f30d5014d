/* --paths: for people, the sequence of layers and operators along each feasible path. Nothing else in the program enumerates paths. */
#include "emit/show_emit.h"
#include "eval/guard_text.h"

enum { MAX_PATHS = 64 };

typedef struct path_writer {
    const nw_model *model;
    bool *taken; /* of each step, on the path so far */
    uint32_t written;
    nw_buffer *out;
} path_writer;

static void write_path(path_writer *writer, nw_guard guard)
{
    const nw_model *model = writer->model;
    const nw_symbols *symbols = model->eval->symbols;
    if (writer->written == MAX_PATHS)
        nw_buffer_text(writer->out, "  ... and more\n");
    if (writer->written++ >= MAX_PATHS)
        return;
    nw_buffer_text(writer->out, "  ");
    nw_guard_text(model->eval, guard, writer->out);
    nw_buffer_byte(writer->out, ':');
    bool any = false;
    for (uint32_t i = 0; i < model->step_count; i++)
        if (writer->taken[i]) {
            nw_buffer_format(writer->out, "%s%s", any ? ", " : " ", nw_symbol_bytes(symbols, model->steps[i].class_));
            any = true;
        }
    nw_buffer_byte(writer->out, '\n');
}

static void follow(path_writer *writer, uint32_t from, nw_guard path)
{
    nw_eval *eval = writer->model->eval;
    for (uint32_t i = from; i < writer->model->step_count && writer->written <= MAX_PATHS; i++) {
        nw_guard with = nw_bdd_and(&eval->bdd, path, writer->model->steps[i].condition);
        writer->taken[i] = with.v != NW_FALSE.v;
        if (with.v == NW_FALSE.v || with.v == path.v)
            continue;
        follow(writer, i + 1, with);
        writer->taken[i] = false;
        follow(writer, i + 1, nw_bdd_and(&eval->bdd, path, nw_bdd_not(&eval->bdd, writer->model->steps[i].condition)));
        return;
    }
    write_path(writer, path);
}

void nw_emit_paths(const nw_shown *shown, nw_buffer *out)
{
    path_writer writer = {.model = shown->model, .out = out};
    writer.taken = nw_arena_zero(&shown->model->eval->arena, shown->model->step_count + 1);
    nw_buffer_format(out, "%s\n", shown->entry ? shown->entry : shown->class_name);
    follow(&writer, 0, NW_TRUE);
}
