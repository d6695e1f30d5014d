/* What another framework asks of the program's modules besides what the source does.
 * Ownership: nothing of its own; what it finds lies in the run's arena. */
#ifndef NW_DRIVER_ASKED_H
#define NW_DRIVER_ASKED_H

#include "eval/eval.h"

/* A layer of Keras asks itself for an attribute before it sets it, and `__getattr__` of a class of the program answers. For the trace alone: what that
 * runs is to be migrated too. What goes wrong there is nobody's concern. */
void nw_ask_attributes(nw_eval *eval);

#endif
