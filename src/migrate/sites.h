/* Sites: the trace by syntax node, and what follows from it for the whole program.
 * Ownership: arrays in the run's arena. Invariant: the entries of a node are in the order of evaluation. */
#ifndef NW_MIGRATE_SITES_H
#define NW_MIGRATE_SITES_H

#include "migrate/migrate.h"

typedef struct nw_sites {
    const nw_trace *trace;
    nw_arena *arena;
    nw_module **modules;
    uint32_t **first; /* by module, then node: number of the first entry + 1 */
    uint32_t module_count, module_capacity;
    uint32_t **reached; /* by module, then byte: how many evaluated nodes start before it; NULL: nobody asked yet */
    uint8_t **inside; /* by module, then byte: it stands in a function */
    uint32_t *next;   /* by entry: number of the next one of the same node + 1 */
    nw_module **parts; /* modules of the program that were read as an attribute of their package */
    uint32_t part_count, part_capacity;
    uint8_t *dead;    /* by entry: it happened within something that is left out */
    bool any_dead;
    /* Objects that are used for more than being called: the calls that made them, and classes that are asked for. */
    nw_place *kept;
    uint32_t kept_count, kept_capacity;
    nw_class **kept_classes;
    uint32_t kept_class_count, kept_class_capacity;
} nw_sites;

nw_sites *nw_sites_make(nw_eval *eval);
/* What happened within the runs of the calls and attributes between two bytes of a module no longer counts, once nw_sites_forget_dead ran. */
void nw_sites_leave_out(nw_sites *sites, const nw_module *module, uint32_t start, uint32_t end);
/* The same of one call, without its arguments. */
void nw_sites_leave_out_call(nw_sites *sites, const nw_module *module, uint32_t node);
void nw_sites_forget_dead(nw_sites *sites);
/* The first entry of a node, and the one after another; NULL: no more. */
const nw_trace_entry *nw_sites_first(const nw_sites *sites, const nw_module *module, uint32_t node);
const nw_trace_entry *nw_sites_next(const nw_sites *sites, const nw_trace_entry *entry);
/* Whether a node was evaluated, otherwise than in training mode alone. */
bool nw_sites_ran(const nw_sites *sites, const nw_module *module, uint32_t node);
/* The same of something below the bytes of a node. */
bool nw_sites_reached(const nw_sites *sites, const nw_module *module, uint32_t start, uint32_t end);
/* Whether the program reads a module as an attribute of its package (`package.part.f()`), wherever that was imported. */
bool nw_sites_is_part(const nw_sites *sites, const nw_module *module);
/* Whether a function ran of the module of that name, or of one inside of it. */
bool nw_sites_ran_within(const nw_sites *sites, nw_eval *eval, nw_symbol name);
/* Whether a call of that runs code of the program, or a layer. */
bool nw_is_own_code(nw_value callee);
/* The object made by the call at `place` must keep the interface of its class. */
void nw_sites_keep(nw_sites *sites, nw_eval *eval, nw_place place);
void nw_sites_keep_class(nw_sites *sites, nw_eval *eval, nw_class *class_);
bool nw_sites_kept(const nw_sites *sites, const nw_module *module, const nw_node *call, const nw_class *class_);

#endif
