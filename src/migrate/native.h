/* Natives: definitions of a program that are adapters of the tables for the way back.
 *
 * Purpose: a program that `migrate` wrote holds adapters, which stand for what the framework that it came from has itself. When such a
 * program is migrated to that framework again, they are not translated: the framework's own takes their place under the same name.
 * A definition counts as an adapter only if its text is the adapter's, and if every name in it means what it means there; what somebody has
 * changed is a part of the program like any other.
 * Ownership: everything lies in the arena of the run that they were found in, which outlives those that use them. */
#ifndef NW_MIGRATE_NATIVE_H
#define NW_MIGRATE_NATIVE_H

#include "eval/eval.h"
#include "eval/stand_in.h"

typedef enum nw_native_fate {
    NW_NATIVE_IMPORTED, /* an import takes its place */
    NW_NATIVE_ASSIGNED, /* an assignment does: what it stands for is a method of tensors */
    NW_NATIVE_ADAPTED,  /* an adapter of the target's, under the same name: it has nothing that is called so */
    NW_NATIVE_GONE,     /* a helper of others, which are gone too */
    NW_NATIVE_KEPT,     /* it stands for nothing that has a name, and is needed */
} nw_native_fate;

typedef struct nw_native_definition {
    nw_symbol module, name; /* in the program */
    nw_symbol means;        /* torch.nn.Conv2d */
    uint32_t start, end;    /* of the statement */
    uint32_t adapter;       /* its number; only native.c knows of what */
    uint8_t fate;           /* nw_native_fate */
} nw_native_definition;

typedef struct nw_natives {
    nw_native_definition *items;
    uint32_t count, capacity;
} nw_natives;

/* Those of the program that a run has read; `from` is its framework, `to` the one that it is to be migrated to. */
void nw_natives_find(nw_natives *natives, nw_eval *eval, const char *from, const char *to, const char *entry);
/* Containers of layers are to be migrated like the rest of the program; false: there are none. */
bool nw_natives_keep_containers(nw_natives *natives, nw_eval *eval, const char *entry);
/* What they stand for when the program is read again. */
void nw_natives_stand_ins(const nw_natives *natives, nw_eval *eval, nw_stand_ins *stand_ins);
/* The one that is no longer there, but its name may be: around a byte of a module, or by its name; NULL: none. */
const nw_native_definition *nw_native_around(const nw_natives *natives, nw_symbol module, uint32_t start);
const nw_native_definition *nw_native_named(const nw_natives *natives, nw_symbol module, nw_symbol name);
/* The method that classes are given on the way here where `from` must not try them; empty: there is none. Whether a statement of a class is it. */
nw_symbol nw_untried_method(const nw_eval *eval, const char *from, const char *to);
bool nw_is_untried(const nw_eval *eval, nw_symbol untried, const nw_module *module, uint32_t statement);
/* Whether text that stays uses a name of its file; *within: some that goes does. */
bool nw_is_used_beside(const nw_natives *natives, const nw_module *module, nw_symbol name, bool *within);
/* Whether a class is one of modules, or derives from one. */
bool nw_is_native_class(const nw_natives *natives, const nw_class *class_);

#endif
