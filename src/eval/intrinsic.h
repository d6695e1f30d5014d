/* The natives of module _nw that know tensors: what intrinsic*.c share. docs/catalog-language.md says what each means. */
#ifndef NW_EVAL_INTRINSIC_H
#define NW_EVAL_INTRINSIC_H

#include "eval/tensor.h"

typedef struct nw_intrinsic {
    const char *name;
    nw_native_function call;
} nw_intrinsic;

/* Positional arguments straight into `out`, others by names; false: TypeError is pending. */
bool nw_intrinsic_bind(nw_eval *eval, const char *name, const char *signature, uint32_t required, uint32_t most, const nw_arguments *arguments,
                       nw_value *out);
void nw_intrinsic_define(nw_eval *eval, nw_dict *globals, const nw_intrinsic *intrinsics, uint32_t count);
/* A shape argument: known, or not. False: an exception is pending. sizes has room for NW_MAX_RANK. */
bool nw_shape_read(nw_eval *eval, nw_value value, nw_value *sizes, uint32_t *rank, bool *known);

void nw_math_intrinsics_install(nw_eval *eval, nw_dict *globals);   /* math */
void nw_tensor_intrinsics_install(nw_eval *eval, nw_dict *globals); /* tensor, view, flat, promote, broadcast, ... */
void nw_tensor_classes_install(nw_eval *eval, nw_dict *globals);    /* TensorBase, Parameter, Buffer, Size, DType, Device */
void nw_module_intrinsics_install(nw_eval *eval, nw_dict *globals); /* module_setattr and its like */
void nw_walk_intrinsics_install(nw_eval *eval, nw_dict *globals);   /* modules_below, set_mode */
void nw_disk_intrinsics_install(nw_eval *eval, nw_dict *globals);   /* disk_kind, disk_names, disk_text, disk_change */
/* Makes a class a layer of that row. */
void nw_row_mark_layer(nw_eval *eval, nw_class *class_, nw_operator_row *row);
void nw_row_intrinsics_install(nw_eval *eval, nw_dict *globals);    /* op, layer, container */

#endif
