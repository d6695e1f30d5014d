/* Attributes that a file reaches by names which it computes: setattr(self, f"norm{i}", ...), getattr(self, name), self.children().
 *
 * Purpose: what is said of an attribute from the places that name it holds only if no other place may mean it too.
 * Ownership: nothing is kept but views of the tree and of symbols.
 * Invariants: conservative: a part of a name that is not plain may be any text. */
#ifndef NW_MATCH_COMPUTED_H
#define NW_MATCH_COMPUTED_H

#include "match/site.h"

/* What is known of a computed name: how it starts and how it ends. */
typedef struct nw_computed_name {
    uint32_t call;       /* CALL node that uses it */
    uint32_t object;     /* whose attribute it is */
    nw_text start, end;
    bool has_number;     /* between the two stand digits, at least one */
    bool writes;         /* setattr, add_module, delattr: not only read */
} nw_computed_name;

/* Whether a call reaches an attribute by a name that is not written in it. */
bool nw_computed_name_of(const nw_file_index *index, uint32_t call, nw_computed_name *name);
/* Whether the name may be this one. */
bool nw_computed_may_be(const nw_computed_name *name, nw_text attribute);
/* Whether an ATTRIBUTE node is of the modules inside an object, without their names: self.children(), self._modules. Code that only asks them
 * for their class and sets their weights does not count. */
bool nw_takes_children(const nw_file_index *index, uint32_t attribute);

#endif
