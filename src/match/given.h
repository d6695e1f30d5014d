/* Whether code of the file may make a value a tensor where the run that is looked at had a number: another argument for a parameter with a
 * default, or for a constructor's parameter that an attribute keeps.
 * Takes nodes of the file; owns nothing. False: no code of the file does. */
#ifndef NW_MATCH_GIVEN_H
#define NW_MATCH_GIVEN_H

#include "match/site.h"

bool nw_may_be_given_tensor(nw_file_index *index, uint32_t node);

#endif
