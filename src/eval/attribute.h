/* What reading attributes (attribute.c) and writing them (attribute_write.c) have in common. */
#ifndef NW_EVAL_ATTRIBUTE_H
#define NW_EVAL_ATTRIBUTE_H

#include "eval/eval.h"

/* AttributeError; what Python's own class has and the catalog leaves out is unknown instead. */
nw_value nw_attribute_missing(nw_eval *eval, nw_value object, nw_symbol name);
bool nw_is_data_descriptor(nw_eval *eval, nw_value found);
/* Attributes kept on the object itself, for kinds that can have them. */
nw_dict *nw_own_attributes(nw_value object);
/* Whether the class or a base lists the name, or `__dict__`, among its slots. What is not known lists everything. */
bool nw_has_slot(nw_eval *eval, const nw_class *class_, nw_symbol name);
/* Its __qualname__. */
nw_symbol nw_class_path(const nw_eval *eval, const nw_class *class_);
nw_symbol nw_function_path(const nw_eval *eval, const nw_function *function);

#endif
