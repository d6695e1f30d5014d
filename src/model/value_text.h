/* Values as people write them: `64`, `"gelu"`, `[1, 64, 8, 8]`, `config.hidden_size`, `torch.nn.GELU`; and as JSON. */
#ifndef NW_MODEL_VALUE_TEXT_H
#define NW_MODEL_VALUE_TEXT_H

#include "base/json.h"
#include "eval/eval.h"

/* Nested containers are cut at a small depth and length. */
void nw_value_text(const nw_eval *eval, nw_value value, nw_buffer *out);
/* Constants as JSON constants, containers as arrays and objects, all else as a string of its text; lost values are null. */
void nw_value_json(const nw_eval *eval, nw_value value, nw_json *json);
/* "[1, 64, ?, 8]"; symbols by their text; "[...]" where the rank is not known. */
void nw_shape_text(const nw_eval *eval, const nw_tensor *tensor, nw_buffer *out);
/* An array of sizes; what is not known is null; `symbols`: symbolic sizes are strings, otherwise null. Unknown rank: null. */
void nw_shape_json(const nw_eval *eval, const nw_tensor *tensor, bool symbols, nw_json *json);
/* The shape of a result: of a tensor, or nested arrays of those of a tuple, list or dictionary; null for all else. */
void nw_result_json(const nw_eval *eval, nw_value result, bool symbols, nw_json *json);

#endif
