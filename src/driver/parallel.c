#include "driver/parallel.h"

#include "driver/pipeline.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

typedef struct shared_work {
    const nw_session *session;
    void (*work)(void *data, uint32_t index);
    void *data;
    uint32_t count;
    atomic_uint next, done;
    pthread_mutex_t progress;
} shared_work;

static void report_progress(shared_work *shared)
{
    const nw_session_options *options = &shared->session->options;
    uint32_t done = atomic_fetch_add(&shared->done, 1) + 1;
    if (!options->progress || shared->count < 2)
        return;
    pthread_mutex_lock(&shared->progress);
    options->progress(options->progress_data, done, shared->count);
    pthread_mutex_unlock(&shared->progress);
}

static void *work_on(void *data)
{
    shared_work *shared = data;
    for (uint32_t i; (i = atomic_fetch_add(&shared->next, 1)) < shared->count;) {
        shared->work(shared->data, i);
        report_progress(shared);
    }
    return NULL;
}

bool nw_parallel_run(const nw_session *session, uint32_t count, void (*work)(void *data, uint32_t index), void *data)
{
    shared_work shared = {.session = session, .work = work, .data = data, .count = count};
    uint32_t threads = session->options.threads < count ? session->options.threads : count;
    pthread_t *ids = calloc(threads + 1, sizeof *ids);
    pthread_attr_t attributes;
    uint32_t started = 0;
    if (!ids || pthread_attr_init(&attributes) != 0) {
        free(ids);
        return count == 0;
    }
    pthread_mutex_init(&shared.progress, NULL);
    if (pthread_attr_setstacksize(&attributes, NW_STACK_BYTES) == 0)
        while (started < threads && pthread_create(&ids[started], &attributes, work_on, &shared) == 0)
            started++;
    for (uint32_t i = 0; i < started; i++)
        pthread_join(ids[i], NULL);
    pthread_attr_destroy(&attributes);
    pthread_mutex_destroy(&shared.progress);
    free(ids);
    return started > 0 || count == 0;
}
