/* Guards in words: "not output_attentions and mask is not None".
 * Made of the texts of the atoms; stays short: beyond a depth the rest is "...". */
#ifndef NW_EVAL_GUARD_TEXT_H
#define NW_EVAL_GUARD_TEXT_H

#include "base/buffer.h"
#include "eval/eval.h"

void nw_guard_text(nw_eval *eval, nw_guard guard, nw_buffer *out);

#endif
