/* Functions that build parts of a functional model: they make layers and call them, and become classes of modules.
 *
 * Purpose: says before anything is written which functions these are, which of their parameters are tensors, and what the classes are called.
 * Ownership: everything lies in the run's arena. Invariant: whoever hands tensors to such a function is one itself. */
#ifndef NW_MIGRATE_BUILDER_H
#define NW_MIGRATE_BUILDER_H

#include "migrate/writer.h"

enum { NW_MAX_BUILDER_PARAMETERS = 64, NW_MAX_BUILDER_SIZES = 4 };

/* A size of a tensor that layers are made with, where it differs between calls: a parameter of the class. */
typedef struct nw_builder_size {
    uint32_t node; /* x.shape[-1] */
    nw_symbol name;
} nw_builder_size;

typedef struct nw_builder {
    nw_module *module;
    const nw_ast_function *code;
    bool makes, applies, is_root; /* it makes layers; calls some; makes the model */
    bool stays;                   /* it takes no part in this */
    uint64_t tensors;             /* bits: parameters that are tensors, or lists of some */
    uint64_t others;              /* bits: parameters that are something else than tensors or None */
    nw_symbol class_name;         /* of what it becomes */
    nw_builder_size sizes[NW_MAX_BUILDER_SIZES];
    uint32_t size_count;
} nw_builder;

/* Whether a value is a tensor, symbolic or not; the same, or a list of tensors. */
bool nw_is_one_tensor(const nw_eval *eval, nw_value value);
bool nw_is_tensor_value(nw_eval *eval, nw_value value);
void nw_find_builders(nw_migration *migration, nw_writer **writers);
/* The builder that a function is; NULL: it is none. */
const nw_builder *nw_builder_of(const nw_migration *migration, const nw_ast_function *code);
/* The one that a call called in all its runs; NULL: another function, or never. */
const nw_builder *nw_builder_called(nw_writer *writer, uint32_t call);
/* What a size of a builder was in all runs of a call of it; UNSET: it differs. */
nw_value nw_builder_size_at(nw_writer *writer, const nw_builder *builder, const nw_builder_size *size, uint32_t call);
/* Whether a call makes a functional model, or one of its inputs: `setting` is "graphs" or "inputs". */
bool nw_is_called_so(nw_writer *writer, uint32_t node, const char *setting);
/* A name that refers to a builder whose class is called otherwise: writes that; false: it does not. */
bool nw_write_builder_name(nw_writer *writer, uint32_t node);

#endif
