/* Copies of layers: a framework's layer that was made once need not be made again.
 *
 * Purpose: a network makes the same layers with the same arguments hundreds of times, and the catalog's constructors take hundreds of
 * steps each. Where all arguments are plain values such a constructor gives the same object each time, but for the identities of the object,
 * its parameters and its registries: these are made anew, in the order in which the constructor makes them.
 * Ownership: the table lies in the run's arena.
 * Invariants: what is kept is as the constructor left it, the program never sees it; a copy counts as many steps as the original took,
 * so that limits mean the same; once the program changes a class or a module of the catalog nothing is copied any more. Not for Keras,
 * whose layers count themselves. */
#ifndef NW_EVAL_LAYER_COPY_H
#define NW_EVAL_LAYER_COPY_H

#include "eval/value.h"

/* What a constructor must not have done for its object to be kept. */
typedef struct nw_layer_making {
    uint64_t steps;
    uint32_t facts, losses, exits;
    nw_guard path;
    bool may_keep;
} nw_layer_making;

/* A layer of that class made with these arguments; UNSET: it has to be made. */
nw_value nw_layer_copy(struct nw_eval *eval, nw_class *class_, const nw_arguments *arguments);
/* Around the constructor. */
nw_layer_making nw_layer_begin(const struct nw_eval *eval, const nw_class *class_, const nw_arguments *arguments);
void nw_layer_keep(struct nw_eval *eval, const nw_layer_making *making, const nw_instance *made, const nw_arguments *arguments);
/* Something of the catalog was changed. */
void nw_layer_stop_copying(struct nw_eval *eval);

#endif
