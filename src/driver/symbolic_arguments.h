/* Arguments for open mode: a symbol for each parameter. See open.c for which. */
#ifndef NW_DRIVER_SYMBOLIC_ARGUMENTS_H
#define NW_DRIVER_SYMBOLIC_ARGUMENTS_H

#include "model/model.h"

/* `tensors`: the parameters of a composition method, tensors unless told otherwise; their tensors are added to `model`. */
nw_arguments nw_symbolic_arguments(nw_eval *eval, const nw_function *function, bool has_self, bool tensors, nw_model *model);

#endif
