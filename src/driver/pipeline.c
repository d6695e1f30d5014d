#include "driver/pipeline.h"

#include <time.h>

/* One entry may be a network of a thousand layers; of files that are read whole there are many. */
enum { OPEN_BYTES_MB = 256, CLOSED_BYTES_MB = 3000, CLOSED_TIMES = 3 };

static double read_clock(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double nw_seconds(void)
{
    return read_clock(CLOCK_MONOTONIC);
}

void nw_run_begin(nw_run *run, const nw_session *session, const nw_roots *roots, bool open)
{
    *run = (nw_run){.started = nw_seconds()};
    run->environment = (nw_environment){.roots = roots->items, .root_count = roots->count, .max_file_size = session->options.max_file_size, .trees = session->trees,
                                         .open = open};
    nw_limits limits = {.steps = (uint64_t)NW_RUN_STEPS * (open ? 1 : CLOSED_TIMES), .bytes = (uint64_t)(open ? OPEN_BYTES_MB : CLOSED_BYTES_MB) << 20,
                        .depth = NW_RUN_DEPTH, .forks = NW_RUN_FORKS,
                        .deadline = read_clock(CLOCK_THREAD_CPUTIME_ID) + NW_RUN_SECONDS * (open ? 1 : CLOSED_TIMES)};
    nw_eval_init(&run->eval, session->symbols, &run->environment, limits);
}

void nw_run_end(nw_run *run)
{
    nw_eval_release(&run->eval);
}
