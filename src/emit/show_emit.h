/* Models as text, JSON, pictures and the DSL.
 * Takes finished models; writes to a buffer; never asks the interpreter to run anything. */
#ifndef NW_EMIT_SHOW_EMIT_H
#define NW_EMIT_SHOW_EMIT_H

#include "model/model.h"

/* One class or one entry, with what belongs to it besides the model. */
typedef struct nw_shown {
    const nw_model *model;
    const char *entry;      /* the expression, or NULL: an open model */
    const char *class_name; /* open mode: the qualified name of the class or function */
    const char *path;       /* its file */
    uint32_t line;
} nw_shown;

/* The object of the command line page; closed: one entry. */
void nw_emit_json(const nw_shown *shown, nw_buffer *out);
/* One object of the same form, without its braces' version: an element of "classes". */
void nw_emit_class_json(const nw_shown *shown, nw_buffer *out);
void nw_emit_text(const nw_shown *shown, bool color, nw_buffer *out);

/* For Graphviz. */
void nw_emit_dot(const nw_shown *shown, nw_buffer *out);
/* A picture in layers. */
void nw_emit_svg(const nw_shown *shown, nw_buffer *out);
/* The language of layers and tensor operations of the Adopter paper: an init part and a forward part. */
void nw_emit_dsl(const nw_shown *shown, nw_buffer *out);
/* The steps along each feasible path, with its condition; cut after some. */
void nw_emit_paths(const nw_shown *shown, nw_buffer *out);

#endif
