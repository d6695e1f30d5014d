/* Layouts: which tensors of a program get their channels last, and where its text changes between the two orders.
 *
 * Purpose: takes the trace and the facts of a closed run, before anything is rewritten. Every value has one of two layouts: the source's
 * order, or the same with axis 1 behind all others. (Where the source has its channels last, the other order has them on axis 1, and
 * "last" in this page is that one: what the target likes.) Values that must be alike are united: what one piece of text makes or takes in
 * all its runs, and what a layer takes that text cannot come between. What remains is a minimum cut: rows of the tables that the target
 * likes to compute with the channels last pull to one side, what has no such row to the other, and every use of a value in the other
 * layout costs a transpose that is written around the operand.
 * Ownership: everything lies in the run's arena. Invariant: nothing here is believed; the gate reads back what was written. */
#ifndef NW_MIGRATE_LAYOUT_H
#define NW_MIGRATE_LAYOUT_H

#include "migrate/writer.h"
#include "model/model.h"

typedef struct nw_layout nw_layout;

/* The writers of all files. NULL: nothing has its channels last. `free_features`: see nw_layout_is_free. */
nw_layout *nw_layout_find(nw_migration *migration, nw_writer **writers, uint32_t count, const nw_model *model, bool free_features);
/* Whether the call (a constructor: the layers that it makes) or attribute at a node is written for channels last. */
bool nw_layout_is_last(const nw_layout *layout, const nw_module *module, uint32_t node);
/* Whether what is last there is flattened as it lies: the features go to matrix products with parameters alone, whose rows can be turned instead. */
bool nw_layout_is_free(const nw_layout *layout, const nw_module *module, uint32_t node);
/* How many such flattens there are. */
uint32_t nw_layout_free_count(const nw_layout *layout);
/* nw_layout_is_last of layers that are made from a class that is handed around as a value. */
bool nw_layout_class_is_last(const nw_layout *layout, nw_symbol name);
/* The axes of the transpose that is written around an expression; 0: none. */
uint32_t nw_layout_change(const nw_layout *layout, const nw_module *module, uint32_t node, bool *to_last);
/* The same of what a layer among those of a container takes: another one goes in front of it. */
uint32_t nw_layout_change_of_item(const nw_layout *layout, const nw_module *module, uint32_t node, bool *to_last);
/* Inputs and outputs of the model that change; NULL: none does. */
const nw_moved_channels *nw_layout_moved(const nw_layout *layout);
/* Transposes in the text, and those inside of layers. */
uint64_t nw_layout_transposes(const nw_layout *layout);

/* ---- layout_free.c ---- */

/* Whether the features of all that a call flattens, itself or as the layer that it makes, go to matrix products with parameters alone. */
bool nw_layout_features_are_free(const nw_migration *migration, const nw_model *model, const nw_module *module, uint32_t node);

/* ---- layout_cut.c ---- */
typedef struct nw_cut_edge {
    uint32_t a, b, weight; /* both ways */
} nw_cut_edge;

/* The smaller side of a minimum cut that holds `from` but not `to`: side[i] is set for its vertices. */
void nw_layout_cut(nw_arena *arena, uint32_t count, uint32_t from, uint32_t to, const nw_cut_edge *edges, uint32_t edge_count, bool *side);

#endif
