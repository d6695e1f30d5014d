/* What is installed in the roots beside sources.
 *
 * Purpose: programs ask for versions of packages, and import modules that were compiled.
 * Ownership: nothing is kept. */
#ifndef NW_EVAL_INSTALLED_H
#define NW_EVAL_INSTALLED_H

#include <stdbool.h>
#include <stddef.h>

/* The version of a distribution whose metadata lies in a root; false: there is none. */
bool nw_installed_version(const char *root, const char *distribution, char *version, size_t room);
/* Whether the source of a module lies in a root. */
bool nw_installed_source(const char *root, const char *module);
/* Whether a compiled module lies at a path given without its ending. */
bool nw_installed_compiled(const char *path);

#endif
