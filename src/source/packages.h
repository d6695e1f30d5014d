/* The packages of a Python environment, found without importing anything.
 *
 * Purpose: whether what a rule requires is installed: distributions and versions from *.dist-info and *.egg-info, symbols by reading
 * source. The environment is that of --python, otherwise the active virtual environment, otherwise `python3`, and PYTHONPATH.
 * A virtual environment is read from pyvenv.cfg; without one, one `python3 -I -c` prints sys.path, while other work goes on: it may
 * take a tenth of a second, and its answer is waited for when somebody asks for a package.
 * Ownership: everything lies in an arena of its own, until nw_packages_release. Invariant: names are normalised (PEP 503: lower case, runs
 * of -_. are one -). Threads: several may ask at once. */
#ifndef NW_SOURCE_PACKAGES_H
#define NW_SOURCE_PACKAGES_H

#include "base/arena.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

typedef struct nw_package {
    const char *name, *version;
} nw_package;

typedef struct nw_packages nw_packages;

struct nw_packages {
    nw_arena arena;
    pthread_mutex_t lock;
    bool is_read;
    pid_t asked;          /* the interpreter that prints sys.path, 0: none is asked */
    int answer;           /* where from */
    const char **folders; /* site-packages and PYTHONPATH, in order */
    uint32_t folder_count, folder_capacity;
    nw_package *items;
    uint32_t count, capacity;
};

void nw_packages_begin(nw_packages *packages, const char *python);
void nw_packages_release(nw_packages *packages);
/* From here on folders and items stay as they are. */
void nw_packages_await(nw_packages *packages);
/* The installed version, or NULL. The first folder that has the package decides, as in Python. */
const char *nw_packages_version(nw_packages *packages, const char *name);
/* version >= least and version < below; empty or NULL bounds hold. By release numbers (PEP 440); pre-releases come before. */
bool nw_version_between(const char *version, const char *least, const char *below);

typedef enum nw_presence { NW_ABSENT, NW_PRESENT, NW_PRESENCE_UNKNOWN } nw_presence;

/* Whether a dotted name is defined in the source of its module; unknown where there is no source. */
nw_presence nw_packages_symbol(nw_packages *packages, const char *dotted);

#endif
