/* From a match to the edits of the file.
 *
 * Purpose: the right side of a rule in the file's own words: its imports, its quotes and indentation, its names.
 * Ownership: everything lies in the run's arena, but for the edits, which nw_findings_add copies.
 * Invariants: edits are ranges of the original bytes, sorted and disjoint; a rewrite that cannot be shown to keep the meaning gives no
 * edits but a reason. */
#ifndef NW_EDIT_REWRITE_H
#define NW_EDIT_REWRITE_H

#include "base/buffer.h"
#include "diag/diag.h"
#include "match/finding.h"
#include "match/unify.h"

enum { NW_MAX_EDITS = 48, NW_MAX_ROOTS = 4, NW_MAX_NEW = 16 };

typedef struct nw_rewrite {
    nw_match *match;
    nw_term roots[NW_MAX_ROOTS];
    nw_finding_edit edits[NW_MAX_EDITS];
    uint32_t edit_count;
    uint32_t first, end;        /* bytes of the matched statements */
    bool loses_comment;
    nw_diagnostic_id refused;   /* why there are no edits; NW_DIAG_NONE: there are */
    const char *detail;
    nw_symbol fresh[NW_MAX_NEW]; /* attribute names chosen for new instances, by variable */
    nw_variable_id fresh_of[NW_MAX_NEW];
    uint32_t fresh_count;
    nw_node_set removed;        /* statements that go */
    nw_node_set renamed;        /* ATTRIBUTE nodes that ask whether a module is there that goes: they ask for the new one */
    nw_node_set sunk;           /* of these, the ones that other arms of `sunk_under` get a copy of, see sink.c */
    uint32_t sunk_under;        /* IF, 0: none sank */
    uint32_t made_under;        /* the IF of __init__ in whose arm the new modules are made, 0: none */
    const char *self_name;      /* of the function that is being written */
    bool imports_torch;         /* by its own name, which the file does not have yet */
    bool in_sequence;           /* modules are held by an nn.Sequential, not by attributes */
    uint32_t init_statement;    /* at which new modules are made, 0: the forward side is being written */
} nw_rewrite;

/* What happens in __init__. */
typedef struct nw_init_plan {
    uint32_t last;     /* the statement at which new modules are made */
    bool last_goes;
    uint32_t function; /* of __init__ */
    uint32_t split;    /* the statement that makes several objects of which some stay, 0: none */
} nw_init_plan;

/* False: refused, see `refused`. */
bool nw_rewrite_make(nw_rewrite *rewrite);
bool nw_rewrite_refuse(nw_rewrite *rewrite, nw_diagnostic_id id, const char *detail);
bool nw_rewrite_add(nw_rewrite *rewrite, uint32_t start, uint32_t end, const char *text, size_t size);

/* names.c: a qualified name as the file spells it; adds the import that it needs. */
bool nw_rewrite_name(nw_rewrite *rewrite, const char *qualified, uint32_t function, nw_buffer *out);
/* `torch` as a name of the file; adds the import that it needs. False: the name means something else. */
bool nw_rewrite_package(nw_rewrite *rewrite, const char *name);
/* helper.c: what the rule's new code calls, once in a file. */
bool nw_rewrite_helper(nw_rewrite *rewrite);
/* template.c: a template with its holes filled. */
bool nw_rewrite_template(nw_rewrite *rewrite, const nw_template *template, uint32_t function, nw_buffer *out);
/* Whether a node is evaluated once whenever its statement is. */
bool nw_rewrite_is_straight(const nw_rewrite *rewrite, uint32_t node, uint32_t statement);
/* A name, an attribute or a constant, or elementwise work on them: it may be evaluated twice. */
bool nw_rewrite_is_plain(const nw_file_index *index, uint32_t node);
/* How often it would write a variable. */
uint32_t nw_rewrite_occurrences(const nw_rewrite *rewrite, const nw_template *template, nw_variable_id variable);
/* The attribute of an instance variable, chosen afresh where the rewrite makes it. */
nw_symbol nw_rewrite_attribute(nw_rewrite *rewrite, nw_variable_id variable);
/* statements.c: takes a statement out with its lines. */
bool nw_rewrite_remove(nw_rewrite *rewrite, uint32_t statement);
bool nw_rewrite_has_comment(const nw_rewrite *rewrite, uint32_t start, uint32_t end);
/* sink.c: whether the statement of a definition may sink into the arm where the root stands; it is then among `sunk`. */
bool nw_rewrite_sink(nw_rewrite *rewrite, const nw_def_use *def_use, const nw_definition *definition);
/* Writes the copies for the other arms. */
bool nw_rewrite_write_copies(nw_rewrite *rewrite);
/* The modules of statements that sank are made where the new ones are not: under the opposite of the test. */
bool nw_rewrite_split_modules(nw_rewrite *rewrite);
/* Whether the module of a binding is called by a statement that sank. */
bool nw_rewrite_stays(const nw_rewrite *rewrite, const nw_binding *binding);
/* construct.c: which statements of __init__ make the new modules, and which go. */
bool nw_rewrite_plan_init(nw_rewrite *rewrite, nw_init_plan *plan);
/* Whether the texts that the new modules are made of mean the same there. */
bool nw_rewrite_check_init_texts(nw_rewrite *rewrite, const nw_init_plan *plan);
bool nw_rewrite_write_init(nw_rewrite *rewrite, const nw_init_plan *plan);
/* Attributes of modules that go, where code asks whether they are there: they ask for the new one. */
bool nw_rewrite_rename_mentions(nw_rewrite *rewrite);
/* rewrite.c: the text of a node. */
const char *nw_rewrite_source(const nw_rewrite *rewrite, uint32_t node);
/* Whether the modules that the new code no longer calls are the ones that __init__ made, without hooks. */
bool nw_rewrite_check_modules(nw_rewrite *rewrite);
/* surroundings.c: whether code around the site leaves room for new code at all. */
bool nw_rewrite_check_surroundings(nw_rewrite *rewrite);
/* Whether code around the site leaves room for a test that decides between new and old code. */
bool nw_rewrite_may_ask(nw_rewrite *rewrite, const nw_template *test);
/* Whether nobody else can see the memory that an in-place operation on `node` changes. */
bool nw_rewrite_owns_storage(const nw_rewrite *rewrite, uint32_t node);
/* The same for all that matched calls write in place. */
bool nw_rewrite_owns_overwritten(const nw_rewrite *rewrite);
/* Refuses because the name bound by `target` is used elsewhere. */
bool nw_rewrite_refuse_use(nw_rewrite *rewrite, uint32_t target);
/* move.c: whether a statement changes what the text at `node` reads; whether a call does nothing but compute. */
bool nw_rewrite_is_disturbed(const nw_rewrite *rewrite, uint32_t node, uint32_t statement);
bool nw_rewrite_is_harmless_call(const nw_rewrite *rewrite, uint32_t call);
/* order.c: whether one of two texts does something that the other one may see, so that they must be evaluated in their order. */
bool nw_rewrite_is_order_seen(const nw_rewrite *rewrite, uint32_t one, uint32_t other);
/* Whether the new code evaluates its operands in an order in which they give what they gave. */
bool nw_rewrite_keeps_order(nw_rewrite *rewrite);
/* Whether the text at `node` means the same at `to`, a later statement of the same block. */
bool nw_rewrite_may_move(const nw_rewrite *rewrite, uint32_t node, uint32_t to);

#endif
