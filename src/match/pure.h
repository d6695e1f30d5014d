/* Calls of the file's own functions that do nothing but compute.
 *
 * Purpose: code may be evaluated earlier or later than such a call. What it does is read off the text of its function, whose operators are
 * known by facts; a function that never ran is not known.
 * Ownership: none. */
#ifndef NW_MATCH_PURE_H
#define NW_MATCH_PURE_H

#include "match/site.h"

/* Whether a CALL node is one of a function of this file, or of a method on self, that writes nothing that was there before, draws no random
 * numbers and calls only such functions and operators without effects. */
bool nw_call_is_pure(nw_file_index *index, uint32_t call);

#endif
