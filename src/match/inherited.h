/* What a class gets from bases in other files, told from their text.
 * Takes a CLASS statement of a module; the files of its bases are read (names/trees.h), never run. */
#ifndef NW_MATCH_INHERITED_H
#define NW_MATCH_INHERITED_H

#include "eval/eval.h"

/* Whether a base may assign that attribute to self. False: every base is known, and it is a method of one or nothing. */
bool nw_may_inherit(nw_eval *eval, nw_module *module, uint32_t class_node, nw_symbol attribute);

/* Whether the name, imported from another file, is a class with a forward of its own that does more than to apply one operator. */
bool nw_is_large_module(nw_eval *eval, nw_module *module, nw_symbol name);

#endif
