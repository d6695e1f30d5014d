#include "driver/pipeline.h"

#include <pthread.h>
#include <string.h>
#include <time.h>

enum { RUN_BYTES_MB = 1500, STACK_MB = 256 };

double nw_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

void nw_run_begin(nw_run *run, const nw_session *session, const nw_roots *roots, bool open)
{
    *run = (nw_run){.started = nw_seconds()};
    nw_symbols_init(&run->symbols);
    run->environment = (nw_environment){.roots = roots->items, .root_count = roots->count, .max_file_size = session->options.max_file_size, .open = open};
    nw_limits limits = {.steps = NW_RUN_STEPS, .bytes = (uint64_t)RUN_BYTES_MB << 20, .depth = NW_RUN_DEPTH, .forks = NW_RUN_FORKS,
                        .deadline = run->started + NW_RUN_SECONDS};
    nw_eval_init(&run->eval, &run->symbols, &run->environment, limits);
}

void nw_run_end(nw_run *run)
{
    nw_eval_release(&run->eval);
    nw_symbols_release(&run->symbols);
}

/* ---- a stack of its own ---- */

typedef struct job {
    void (*work)(void *data);
    void *data;
} job;

static void *start(void *data)
{
    const job *given = data;
    given->work(given->data);
    return NULL;
}

bool nw_run_on_stack(void (*work)(void *data), void *data)
{
    job given = {work, data};
    pthread_attr_t attributes;
    pthread_t thread;
    if (pthread_attr_init(&attributes) != 0)
        return false;
    bool made = pthread_attr_setstacksize(&attributes, (size_t)STACK_MB << 20) == 0 && pthread_create(&thread, &attributes, start, &given) == 0;
    pthread_attr_destroy(&attributes);
    return made && pthread_join(thread, NULL) == 0;
}
