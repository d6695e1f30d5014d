/* Calls of the file's own functions, and reads of its properties, that do nothing but compute.
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
/* Whether reading an ATTRIBUTE node calls no property of the file that does more than to compute. */
bool nw_read_is_pure(nw_file_index *index, uint32_t attribute);
/* Whether some class of the file has an operator (`__len__`, `__eq__`, `__getitem__`) that sets something. */
bool nw_file_has_writing_operators(nw_file_index *index);

#endif
