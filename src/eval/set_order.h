/* The order in which Python goes through a set. */
#ifndef NW_EVAL_SET_ORDER_H
#define NW_EVAL_SET_ORDER_H

#include "eval/eval.h"

/* A tuple of the items in that order; UNSET where nobody knows it, or there is nothing to order: they are taken as they came. */
nw_value nw_set_ordered(nw_eval *eval, const nw_dict *set);

#endif
