/* Work on many files with several threads.
 * The order in which files are done is not fixed; results are kept by number, so that what is printed never depends on it. */
#ifndef NW_DRIVER_PARALLEL_H
#define NW_DRIVER_PARALLEL_H

#include "driver/session.h"

#include <stdint.h>

/* Calls work(data, i) for each i below `count`, each once, on up to session->options.threads threads whose stacks have room for the
 * deepest recursion that a run permits. False: not one thread could be started. */
bool nw_parallel_run(const nw_session *session, uint32_t count, void (*work)(void *data, uint32_t index), void *data);

#endif
