#include "driver/pipeline.h"

static const struct {
    uint64_t steps, megabytes; /* steps: evaluated nodes */
    double seconds;            /* of the processor */
    uint32_t facts;            /* layers and operators that run; recurrent layers written out for a migration have many */
} most[] = {
    [NW_RUN_FILE] = {50000000, 256, 8, 1 << 17},
    [NW_RUN_ENTRY] = {50000000, 900, 8, 1 << 17},
    [NW_RUN_TRANSLATION] = {150000000, 3000, 24, 1 << 20},
};

void nw_run_begin(nw_run *run, const nw_session *session, const nw_roots *roots, nw_run_kind kind)
{
    *run = (nw_run){.started = nw_seconds()};
    run->environment = (nw_environment){.roots = roots->items, .root_count = roots->count, .max_file_size = session->options.max_file_size, .trees = session->trees, .translations = session->translations,
                                         .open = kind == NW_RUN_FILE};
    nw_limits limits = {.steps = most[kind].steps, .bytes = most[kind].megabytes << 20, .depth = NW_RUN_DEPTH, .facts = most[kind].facts, .forks = NW_RUN_FORKS,
                        .deadline = nw_thread_seconds() + most[kind].seconds};
    nw_eval_init(&run->eval, session->symbols, &run->environment, limits);
}

void nw_run_end(nw_run *run)
{
    nw_eval_release(&run->eval);
}
