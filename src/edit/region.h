/* The part of a function that a guarded rewrite replaces: the statements of one block from the first that the match no longer needs to the
 * one that holds its result.
 * On a way through the arms of its `if` statements (a set of literals) it is known which statements run; those that were matched go, the
 * others stay as they are. A variant is what a rule's form makes of one such way.
 * Ownership: the region lies with its caller, the variants in the run's arena.
 * Stages: guarded.c finds the variants and chooses among them, region_uses.c judges them, region_text.c writes them. */
#ifndef NW_EDIT_REGION_H
#define NW_EDIT_REGION_H

#include "edit/match_work.h"
#include "edit/returned.h"

enum { NW_MAX_VARIANTS = 24, NW_MAX_LIFTED = 8 };

typedef struct nw_region {
    nw_match_work *w;
    nw_list block;
    uint32_t first, last;    /* statements of the block, by position */
    uint32_t lifted[NW_MAX_LIFTED]; /* statements between them that are put in front of the guard, which reads what they set; in their order */
    uint32_t lifted_count;
    nw_outcome *variants[NW_MAX_VARIANTS];
    nw_literal_set needs[NW_MAX_VARIANTS]; /* of each: what must hold for it */
    uint32_t count;
    nw_literal_set guard;    /* of all */
    nw_literal_set splits;   /* tests that tell the variants apart */
    nw_returned returned;    /* results that callers do not always read */
    const char *detail;      /* why there is no variant */
    nw_diagnostic_id reason;
} nw_region;

typedef bool nw_region_visitor(nw_region *r, nw_outcome *variant, uint32_t statement, void *data);

/* Sets block, first and last from the variants. False: they do not stand in one block, or there is nothing to put under a condition. */
bool nw_region_set_extent(nw_region *r);
/* The statement of the block that holds a node, counted from 0; the block's size: none. */
uint32_t nw_region_position(const nw_region *r, uint32_t node);
/* Whether a match no longer needs a statement. */
bool nw_region_is_crossed(const nw_match *match, uint32_t statement);
/* What a test reads is the same at the region's start and at `until`. It is written there with the operand in the place of a value that is
 * alike. */
bool nw_region_is_steady(const nw_region *r, const nw_match *match, uint32_t core, uint32_t until);
bool nw_region_is_lifted(const nw_region *r, uint32_t statement);
/* Puts in front of the region the statements of it that set what a test reads, where that changes nothing. False: something else sets it, or
 * they must stay where they are; then none is moved. */
bool nw_region_lift(nw_region *r, const nw_outcome *variant, uint32_t core);
/* Whether a variant serves the ways on which these tests go as decided. */
bool nw_region_fits(const nw_region *r, uint32_t variant, const nw_literal_set *decided);

/* `if scores.size() != (b, n): raise`, `assert scores.shape == ...`: what it looks at is as the sizes of the operands are; no limit. */
bool nw_region_is_size_check(const nw_region *r, uint32_t statement);
/* `weights = softmax(scores)` that nothing reads, and whose calls do nothing but compute. */
bool nw_region_is_idle(const nw_region *r, const nw_outcome *variant, uint32_t statement);
/* Whether a statement reads what a variant no longer computes, and not only a dtype or a device that something alike answers for. */
bool nw_region_reads_dropped(nw_region *r, nw_outcome *variant, uint32_t statement);
/* Every statement from `from` to before `to` of a block that a variant leaves in place, in order. False: the visitor said so. */
bool nw_region_visit_kept(nw_region *r, nw_outcome *variant, const nw_literal_set *known, nw_list block, uint32_t from, uint32_t to, nw_region_visitor *visitor, void *data);

/* region_uses.c; false: r->reason and r->detail say why. May add to what the variant needs. */
bool nw_region_check_variant(nw_region *r, uint32_t at);
bool nw_region_leaves_operands(nw_region *r, uint32_t at);
/* region_text.c: the region's edits and its guard in words, into the outcome. False: it cannot be written. */
bool nw_region_write(nw_region *r, nw_outcome *out);

#endif
