/* Running what a module defines, so that facts say what its code does.
 *
 * Every class is made with symbols for its constructor's arguments, then each of its methods runs on that instance as a root of its
 * own; every function of the top level runs too. Those that are not needed are left out. What a method writes is undone, so that roots do not see each other's traces.
 * Takes a module that was loaded in open mode; the facts of all roots stay in eval. */
#ifndef NW_MATCH_ROOT_H
#define NW_MATCH_ROOT_H

#include "eval/eval.h"

struct nw_file_index;
struct nw_need;

/* The instance that a class's methods ran on. */
typedef struct nw_root_instance {
    const nw_class *class_;
    nw_value value;
} nw_root_instance;

typedef struct nw_root_instances {
    nw_root_instance *items;
    uint32_t count, capacity;
} nw_root_instances;

/* Adds the index's instances, in the run's arena. */
void nw_roots_run(struct nw_file_index *index, const struct nw_need *need);

#endif
