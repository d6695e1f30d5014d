/* Whether a file still parses with some edits.
 * Takes the tree of the file and edits that are sorted and disjoint; parses again only the definitions that they change. */
#ifndef NW_EDIT_REPARSE_H
#define NW_EDIT_REPARSE_H

#include "match/finding.h"
#include "syntax/ast.h"

bool nw_edits_parse(const nw_ast *ast, nw_symbols *symbols, const nw_finding_edit *edits, uint32_t count);

#endif
