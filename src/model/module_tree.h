/* The module tree of a built model: its instances with their names, in the order in which state_dict() visits them.
 * Ownership: arrays in the run's arena. Invariant: an instance that stands in the tree twice keeps its first name. */
#ifndef NW_MODEL_MODULE_TREE_H
#define NW_MODEL_MODULE_TREE_H

#include "model/model.h"

typedef struct nw_module_names {
    const nw_instance **instances; /* open addressing */
    nw_symbol *paths;
    uint32_t size, count;
} nw_module_names;

void nw_module_names_add(nw_eval *eval, nw_module_names *names, const nw_instance *instance, nw_symbol path);
/* False when the instance is not in the tree. */
bool nw_module_names_find(const nw_module_names *names, const nw_instance *instance, nw_symbol *path);
/* Names of all instances below (and including) the root, without looking at their state. */
void nw_module_names_read(nw_eval *eval, nw_module_names *names, nw_value root);
/* The dictionary in an instance's attribute (such as _modules), or NULL. */
nw_dict *nw_module_dict(nw_eval *eval, const nw_instance *instance, nw_symbol name);

#endif
