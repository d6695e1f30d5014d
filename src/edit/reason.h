/* Why a condition of a rule refuses a site, in the words of the source.
 * Ownership: the text lies in the run's arena. */
#ifndef NW_EDIT_REASON_H
#define NW_EDIT_REASON_H

#include "match/unify.h"

const char *nw_reason_of_condition(const nw_match *match, const nw_condition *condition);

#endif
