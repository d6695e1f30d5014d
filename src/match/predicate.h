/* The conditions of `where`, three-valued, over what a match has bound. */
#ifndef NW_MATCH_PREDICATE_H
#define NW_MATCH_PREDICATE_H

#include "match/unify.h"

typedef enum nw_holds { NW_HOLDS_NO, NW_HOLDS_YES, NW_HOLDS_UNKNOWN } nw_holds;

nw_holds nw_condition_holds(nw_match *match, const nw_condition *condition);
/* What a variable among a condition's arguments is bound to; NULL: another argument. */
nw_binding *nw_binding_of_argument(const nw_match *match, nw_pattern_id argument);
/* The path condition under which the matched code runs, by the first of its calls. */
nw_guard nw_match_path(const nw_match *match);
/* axes.c: whether a value is known to have so many axes, by what the matched code does with it, in this run or in all other ones. */
bool nw_match_has_axes(const nw_match *match, nw_value value, int64_t least);
/* axes.c: whether in some other run of the function the same operand of a matched call passes a test. */
bool nw_match_is_elsewhere(const nw_match *match, nw_value value, bool (*test)(const nw_eval *, nw_value));
/* turned.c: whether a value is known to lie in memory in another order than that of its axes. */
bool nw_match_is_turned(const nw_match *match, nw_value value);
/* recast.c: whether something that was matched behind a softmax is cast to the dtype of a value, or to one that is written down. */
bool nw_is_recast(nw_match *match, const nw_binding *binding);
/* number_text.c: whether an expression gives a number by its words: sizes, constants, arithmetic and roots of them. */
bool nw_is_number_text(const nw_match *match, uint32_t node);
/* What stands against a module's being used by one match only. */
typedef struct nw_module_use {
    const char *why;
    uint32_t node; /* where, 0: nowhere in particular */
} nw_module_use;

/* Whether the module of a binding is made by one statement of a method, and called only by this match; *use says what else
 * there is. */
bool nw_module_is_private(const nw_match *match, const nw_binding *binding, nw_module_use *use);
/* Whether code may mean self.attribute without writing it so: by a text, by a computed name, among the children. */
bool nw_module_is_reached(const nw_match *match, nw_symbol attribute);
/* Whether another mention of the module's attribute only asks whether it is there: `if self.norm is not None` around its call, or
 * `self.norm = None` in the other arm of the `if` that makes it. */
bool nw_mention_follows(const nw_match *match, const nw_binding *binding, uint32_t attribute);
/* Whether an ATTRIBUTE node is of something that has nothing to do with the match's class: another class's self, an import, a configuration. */
/* treated_class.c: some code looks for modules of that class and takes for granted that they have the attribute. */
bool nw_class_is_read(const nw_match *match, const nw_instance *instance, nw_symbol attribute);
/* treated_class.c: some code looks for modules of that class and does more to them than set weights; `node` is its test. */
bool nw_class_is_treated(const nw_match *match, const nw_instance *instance, uint32_t *node);
/* unasked_class.c: some code changes modules that may be of that class without asking for it; `where` is a node of it. */
bool nw_class_is_changed_unasked(const nw_match *match, const nw_instance *instance, uint32_t *where);
bool nw_is_unrelated_attribute(const nw_match *match, uint32_t attribute);
/* Whether an object may be one of the match's class: not `self` of another class, an import, a configuration. */
bool nw_may_be_ours(const nw_match *match, uint32_t object);
/* Whether it is `self` of that class, or an attribute that holds an object of it. */
bool nw_is_ours(const nw_match *match, uint32_t object);
/* Whether a STRING node may name an attribute, alone or in a path of the state. */
bool nw_text_names_attribute(const nw_match *match, uint32_t text, nw_symbol attribute);
/* `self.rate` or `self.config.rate`, read in the match's function, at a statement of __init__: the node itself where it has been set for
 * good by then, or what it will be set to; 0: neither is known. */
uint32_t nw_attribute_in_constructor(const nw_match *match, uint32_t node, uint32_t before);
/* The constructor's parameter (or an attribute of one) that is the only value self.attribute ever gets; 0: there is none. */
uint32_t nw_attribute_parameter(const nw_match *match, uint32_t node);
/* Whether the node is such a parameter, which nothing rebinds. */
bool nw_is_constructor_parameter(const nw_match *match, uint32_t node);
typedef enum nw_making_kind {
    NW_MADE_ALONE,    /* self.conv = Conv() */
    NW_MADE_IN_TUPLE, /* self.conv, self.norm = Conv(), Norm() */
    NW_MADE_BY_TEXT,  /* self.add_module("conv", Conv()), setattr(self, "conv", Conv()) */
} nw_making_kind;
/* Where a module is made and given its attribute. */
typedef struct nw_making {
    uint32_t statement, call;
    uint32_t mention; /* ATTRIBUTE or STRING node that names the attribute */
    nw_making_kind kind;
} nw_making;
/* False: it is not made by a statement of a method that runs as a whole. */
bool nw_module_making(const nw_match *match, const nw_binding *binding, nw_making *making);
/* The statement of nw_module_making, 0: there is none. */
uint32_t nw_module_made_by(const nw_match *match, const nw_binding *binding);

/* class_use.c */
/* Whether the file does more with a class than to make instances and subclasses of it: isinstance, a list of names. */
bool nw_class_is_named(const nw_match *match, const nw_class *class_);
/* Whether of the results of a call, bound to a variable, only one item is used. */
bool nw_only_item_is_used(const nw_match *match, const nw_binding *binding, int64_t item);
/* Whether configurations have that attribute, by what the file reads of them or by a class of configurations in it. */
bool nw_file_knows_attribute(const nw_match *match, nw_symbol name);

#endif
