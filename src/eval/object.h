/* Objects of the interpreter: making and changing them.
 * All allocation is in eval->arena; all writes are trailed. Functions that can raise return NW_ERROR or false with
 * eval->exception set. Limits: a container above NW_MAX_ITEMS items or a string above NW_MAX_STRING bytes is refused
 * with nw_lost(NW_DIAG_MEMORY_LIMIT). */
#ifndef NW_EVAL_OBJECT_H
#define NW_EVAL_OBJECT_H

#include "eval/value.h"

enum { NW_MAX_ITEMS = 1 << 20, NW_MAX_STRING = 1 << 20 };

nw_value nw_tuple_new(struct nw_eval *eval, const nw_value *items, uint32_t count);
/* An uninitialised tuple to be filled by the caller before anybody else sees it. */
nw_tuple *nw_tuple_make(struct nw_eval *eval, uint32_t count);
nw_value nw_list_new(struct nw_eval *eval, const nw_value *items, uint32_t count);
void nw_list_append(struct nw_eval *eval, nw_sequence *list, nw_value item);
/* Replaces items [from, to) by `count` others. */
void nw_list_splice(struct nw_eval *eval, nw_sequence *list, uint32_t from, uint32_t to, const nw_value *items, uint32_t count);

nw_dict *nw_dict_make(struct nw_eval *eval);
nw_value nw_dict_new(struct nw_eval *eval);
nw_value nw_set_new(struct nw_eval *eval);
/* Hashing and equality of known keys: numbers (1 == 1.0 == True), strings, tuples, None, and everything else by identity.
 * nw_key_known is false for keys whose equality with others cannot be decided (opaque values). */
bool nw_key_known(nw_value key);
/* A list, dict or set as key is unhashable; the caller raises TypeError. */
bool nw_key_hashable(nw_value key);
/* The entry's value, or NULL. The pointer is good until the next write. */
nw_value *nw_dict_find(const nw_dict *dict, nw_value key);
void nw_dict_set(struct nw_eval *eval, nw_dict *dict, nw_value key, nw_value value);
bool nw_dict_remove(struct nw_eval *eval, nw_dict *dict, nw_value key);
void nw_dict_clear(struct nw_eval *eval, nw_dict *dict);
/* By symbol, the common case. */
nw_value *nw_dict_find_name(const nw_dict *dict, nw_symbol name);
/* The same where one name is looked for in several dictionaries: its hash is computed once. */
uint64_t nw_name_hash(nw_symbol name);
nw_value *nw_dict_find_hashed(const nw_dict *dict, nw_symbol name, uint64_t hash);
void nw_dict_set_name(struct nw_eval *eval, nw_dict *dict, nw_symbol name, nw_value value);
/* The same for what is no state of the program (a module that was loaded, an import that was looked up): never undone. */
void nw_dict_set_fact(struct nw_eval *eval, nw_dict *dict, nw_symbol name, nw_value value);
/* Live entry at or after *position, which then is that of the next one; NULL at the end. */
nw_dict_entry *nw_dict_next(const nw_dict *dict, uint32_t *position);
nw_dict *nw_dict_copy(struct nw_eval *eval, const nw_dict *dict);
/* Makes room for that many entries at once. */
void nw_dict_reserve(struct nw_eval *eval, nw_dict *dict, uint32_t count);
/* Gives it arrays of its own, of the same content. */
void nw_dict_detach(struct nw_eval *eval, nw_dict *dict);

nw_value nw_string_of(struct nw_eval *eval, const char *zero_terminated);
nw_value nw_string_from(struct nw_eval *eval, const char *bytes, size_t size);
nw_value nw_range_new(struct nw_eval *eval, int64_t start, int64_t stop, int64_t step);
int64_t nw_range_length(const nw_range *range);
nw_value nw_method_new(struct nw_eval *eval, nw_value function, nw_value self);
nw_value nw_native_new(struct nw_eval *eval, const char *name, nw_native_function call, nw_value self);
nw_value nw_slice_new(struct nw_eval *eval, nw_value start, nw_value stop, nw_value step);
nw_iterator *nw_iterator_make(struct nw_eval *eval, nw_iterator_kind kind, nw_value source);
nw_value nw_iterator_value(nw_iterator *iterator);

#endif
