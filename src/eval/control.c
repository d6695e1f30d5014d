#include "eval/interpret.h"

#include <string.h>

enum { MAX_EXITS = 200, MAX_ERRAND_EXITS = 64 };

/* Each costs as much as there are already. */
static uint32_t most_exits(const nw_eval *eval)
{
    return nw_may_be_given_up(eval) ? MAX_ERRAND_EXITS : MAX_EXITS;
}

static void rebase_exits(nw_eval *eval, uint32_t mark)
{
    for (nw_exit *exit = eval->exits; exit; exit = exit->older) {
        if (exit->mark <= mark)
            continue;
        nw_delta before = nw_trail_between(eval, mark, exit->mark);
        nw_delta both = {nw_arena_alloc(&eval->arena, (before.count + exit->delta.count + 1) * sizeof *both.entries), exit->delta.count};
        if (exit->delta.count)
            memcpy(both.entries, exit->delta.entries, exit->delta.count * sizeof *both.entries);
        for (uint32_t i = 0; i < before.count; i++)
            if (!nw_delta_find(exit->delta, before.entries[i].place))
                both.entries[both.count++] = before.entries[i];
        exit->delta = both;
        exit->mark = mark;
    }
}

static nw_delta capture_and_undo(nw_eval *eval, uint32_t mark)
{
    rebase_exits(eval, mark);
    nw_delta delta = nw_trail_capture(eval, mark);
    nw_trail_undo(eval, mark);
    return delta;
}

void nw_stop_branching(nw_eval *eval)
{
    nw_report_loss(eval, NW_DIAG_BRANCH_LIMIT, nw_here(eval), (nw_symbol){0});
    eval->stopped = eval->branched = true;
}

static void push_exit(nw_eval *eval, nw_status status, nw_value value, nw_guard path, uint32_t mark, nw_delta delta)
{
    uint32_t count = 0;
    for (nw_exit *exit = eval->exits; exit; exit = exit->older)
        count++;
    if (count >= most_exits(eval))
        nw_stop_branching(eval);
    eval->differences++;
    nw_exit *exit = nw_arena_alloc(&eval->arena, sizeof *exit);
    *exit = (nw_exit){eval->exits, status, value, path, mark, delta, eval->exit_count++};
    eval->exits = exit;
}

/* ---- joining two states ---- */

static nw_value state_value(const nw_trail_entry *entry)
{
    return entry->saved.value;
}

static void join_lists(nw_eval *eval, nw_guard guard, const nw_sequence *then, nw_sequence *now)
{
    uint32_t common = then->count < now->count ? then->count : now->count;
    uint32_t most = then->count < now->count ? now->count : then->count;
    nw_value *items = nw_arena_alloc(&eval->arena, (most + 1) * sizeof *items);
    for (uint32_t i = 0; i < common; i++)
        items[i] = nw_join(eval, guard, then->items[i], now->items[i]);
    bool repeated = then->repeated || now->repeated || then->count != now->count;
    if (repeated && most > 0) {
        nw_value any = common ? items[0] : then->count ? then->items[0] : now->items[0];
        for (uint32_t i = 1; i < most; i++) {
            nw_value other = i < common ? items[i] : i < then->count ? then->items[i] : now->items[i];
            any = nw_join(eval, nw_bdd_atom(&eval->bdd), any, other);
        }
        items[0] = any;
    }
    now->items = items;
    now->count = repeated ? (most > 0) : most;
    now->capacity = now->count;
    now->repeated = repeated;
    now->level = eval->level;
}

static void join_dicts(nw_eval *eval, nw_guard guard, const nw_dict *then, nw_dict *now)
{
    nw_dict *joined = nw_dict_make(eval);
    uint32_t position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(then, &position));) {
        const nw_value *other = nw_dict_find(now, entry->key);
        eval->differences += !other;
        nw_dict_set(eval, joined, entry->key, nw_join(eval, guard, entry->value, other ? *other : nw_unset()));
    }
    position = 0;
    for (nw_dict_entry *entry; (entry = nw_dict_next(now, &position));)
        if (!nw_dict_find(then, entry->key)) {
            eval->differences++;
            nw_dict_set(eval, joined, entry->key, nw_join(eval, guard, nw_unset(), entry->value));
        }
    now->entries = joined->entries;
    now->index = joined->index;
    now->count = joined->count;
    now->capacity = joined->capacity;
    now->live = joined->live;
    now->index_size = joined->index_size;
    now->compared = joined->compared;
    now->level = eval->level;
    now->open = then->open || now->open;
    if (then->default_factory.kind != now->default_factory.kind)
        now->default_factory = nw_lost(eval, NW_DIAG_JOIN_LOST, "default factory");
}

static void join_iterators(nw_eval *eval, const nw_iterator *then, nw_iterator *now)
{
    if (then->position == now->position && then->done == now->done && then->kind == now->kind)
        return;
    now->kind = NW_ITERATE_OPAQUE;
    now->extra = nw_lost(eval, NW_DIAG_JOIN_LOST, "an iterator advanced in one branch only");
}

/* place := then-value under guard, otherwise what it holds now. */
static void join_place(nw_eval *eval, nw_guard guard, const nw_trail_entry *then)
{
    switch (then->kind) {
    case NW_TRAIL_VALUE: {
        nw_value *slot = then->place;
        nw_value joined = nw_join(eval, guard, state_value(then), *slot);
        nw_trail_value(eval, slot);
        *slot = joined;
        break;
    }
    case NW_TRAIL_LIST: {
        nw_sequence *list = then->place;
        const nw_sequence *other = then->saved.copy;
        if (other->items == list->items && other->count == list->count)
            break;
        nw_trail_list(eval, list);
        join_lists(eval, guard, other, list);
        break;
    }
    case NW_TRAIL_DICT: {
        nw_dict *dict = then->place;
        const nw_dict *other = then->saved.copy;
        if (other->entries == dict->entries && other->count == dict->count)
            break;
        nw_trail_dict(eval, dict);
        join_dicts(eval, guard, other, dict);
        break;
    }
    default:
        nw_trail_iterator(eval, then->place);
        join_iterators(eval, then->saved.copy, then->place);
    }
}

/* The state of those who left with `delta` since `mark`, joined into the running state. */
static void join_state(nw_eval *eval, nw_guard guard, nw_delta delta, uint32_t mark)
{
    nw_delta now = nw_trail_before(eval, mark); /* what the others wrote since, with the values of before */
    for (uint32_t i = 0; i < delta.count; i++)
        join_place(eval, guard, &delta.entries[i]);
    for (uint32_t i = 0; i < now.count; i++)
        if (!nw_delta_find(delta, now.entries[i].place))
            join_place(eval, guard, &now.entries[i]);
}

static nw_guard choosing(nw_eval *eval, nw_guard first, nw_guard second)
{
    return nw_bdd_restrict(&eval->bdd, first, nw_bdd_or(&eval->bdd, first, second));
}

/* ---- splitting ---- */

void nw_split_begin(nw_eval *eval, nw_split *split, nw_guard guard)
{
    *split = (nw_split){.mark = eval->trail_count, .level = eval->level, .fact_count = eval->fact_count, .path = eval->path};
    eval->path = nw_bdd_and(&eval->bdd, split->path, guard);
    eval->level = ++eval->level_count;
    if (eval->bdd.overflows && !eval->told_overflow) {
        eval->told_overflow = true;
        nw_report_loss(eval, NW_DIAG_BRANCH_LIMIT, nw_here(eval), (nw_symbol){0});
    }
}

void nw_split_other(nw_eval *eval, nw_split *split, nw_guard guard, nw_status status, nw_value value)
{
    split->status = status;
    split->value = value;
    split->first_path = eval->path;
    split->delta = capture_and_undo(eval, split->mark);
    if (status == NW_RAISE) {
        split->value = eval->exception;
        nw_exception_clear(eval);
    }
    eval->path = nw_bdd_and(&eval->bdd, split->path, nw_bdd_not(&eval->bdd, guard));
    eval->level = ++eval->level_count;
}

void nw_split_resume(nw_eval *eval, nw_split *split, const nw_exit *exit, nw_status status, nw_value value)
{
    *split = (nw_split){.mark = exit->mark, .level = eval->level, .fact_count = eval->fact_count, .path = eval->path};
    split->status = status;
    split->value = value;
    split->first_path = eval->path;
    split->delta = capture_and_undo(eval, exit->mark);
    eval->level = ++eval->level_count;
    nw_trail_apply(eval, exit->delta);
    eval->path = exit->path;
}

/* The second arm goes on alone; the first one is kept as an exit, or dropped when its exception meets no handler. */
static nw_status leave_first(nw_eval *eval, nw_split *split, nw_status status)
{
    if (split->status != NW_RAISE || eval->try_depth > 0)
        push_exit(eval, split->status, split->value, split->first_path, split->mark, split->delta);
    else if (eval->exits == NULL && split->level == 0) {
        eval->level = 0; /* nobody can ask for the state before any more */
        eval->trail_count = eval->trail_base;
    }
    return status;
}

/* The first arm goes on alone. */
static nw_status leave_second(nw_eval *eval, nw_split *split, nw_status status, nw_value *value)
{
    nw_guard second_path = eval->path;
    nw_value left = *value;
    if (status == NW_RAISE) {
        left = eval->exception;
        nw_exception_clear(eval);
    }
    nw_delta delta = capture_and_undo(eval, split->mark);
    if (status != NW_RAISE || eval->try_depth > 0)
        push_exit(eval, status, left, second_path, split->mark, delta);
    eval->level = ++eval->level_count;
    nw_trail_apply(eval, split->delta);
    eval->path = split->first_path;
    *value = split->value;
    return split->status;
}

static void restore_level(nw_eval *eval, const nw_split *split)
{
    for (nw_exit *exit = eval->exits; exit; exit = exit->older)
        if (exit->mark >= split->mark)
            return; /* somebody still needs the trail since here */
    eval->level = split->level;
    if (eval->level == 0)
        eval->trail_count = eval->trail_base;
}

nw_status nw_split_end(nw_eval *eval, nw_split *split, nw_status status, nw_value *value)
{
    if (split->status == NW_STOP || status == NW_STOP) {
        restore_level(eval, split);
        return NW_STOP;
    }
    bool first_stays = split->status == NW_NEXT, second_stays = status == NW_NEXT;
    if (split->status != status) {
        if (status == NW_RAISE || (first_stays && !second_stays))
            return leave_second(eval, split, status, value);
        return leave_first(eval, split, status);
    }
    if (status == NW_RAISE) /* both arms raise: the second exception is as good as the first */
        return NW_RAISE;
    nw_guard guard = choosing(eval, split->first_path, eval->path);
    eval->path = nw_bdd_or(&eval->bdd, split->first_path, eval->path);
    join_state(eval, guard, split->delta, split->mark);
    *value = nw_join(eval, guard, split->value, *value);
    restore_level(eval, split);
    return status;
}

/* ---- exits that arrive ---- */

static void unlink_exit(nw_eval *eval, nw_exit *exit)
{
    for (nw_exit **link = &eval->exits; *link; link = &(*link)->older)
        if (*link == exit) {
            *link = exit->older;
            return;
        }
}

nw_exit *nw_exits_take(nw_eval *eval, nw_exit *until, nw_status status, uint32_t before)
{
    for (nw_exit *exit = eval->exits; exit && exit != until; exit = exit->older)
        if (exit->status == status && exit->number < before) {
            unlink_exit(eval, exit);
            return exit;
        }
    return NULL;
}

/* How those who left go on where they arrive. */
static nw_status arrival(const nw_exit *exit)
{
    return exit->status == NW_RETURN ? NW_RETURN : NW_NEXT;
}

/* They go on from here, whoever ran before. */
static nw_status arrive(nw_eval *eval, const nw_exit *exit, nw_value *value)
{
    nw_trail_apply(eval, exit->delta);
    eval->path = exit->path;
    *value = exit->value;
    return arrival(exit);
}

nw_status nw_exits_resume(nw_eval *eval, nw_exit *until, unsigned statuses, nw_value *value)
{
    for (nw_exit *exit = eval->exits; exit && exit != until; exit = exit->older) {
        if (!(statuses & (1u << exit->status)))
            continue;
        unlink_exit(eval, exit);
        capture_and_undo(eval, exit->mark);
        eval->level = ++eval->level_count;
        return arrive(eval, exit, value);
    }
    return NW_STOP;
}

nw_status nw_exits_join(nw_eval *eval, nw_exit *until, unsigned statuses, nw_status status, nw_value *value)
{
    for (nw_exit *exit = eval->exits, *older; exit && exit != until; exit = older) {
        older = exit->older;
        if (!(statuses & (1u << exit->status)))
            continue;
        unlink_exit(eval, exit);
        if (status == arrival(exit)) {
            nw_guard guard = choosing(eval, exit->path, eval->path);
            eval->path = nw_bdd_or(&eval->bdd, exit->path, eval->path);
            join_state(eval, guard, exit->delta, exit->mark);
            *value = nw_join(eval, guard, exit->value, *value);
        } else if (status != NW_STOP) {
            /* The running state went elsewhere (it raises, returns, breaks): those who left go on from here. */
            nw_guard path = eval->path;
            nw_value left = *value;
            if (status == NW_RAISE) {
                left = eval->exception;
                nw_exception_clear(eval);
            }
            nw_delta delta = capture_and_undo(eval, exit->mark);
            if (status != NW_RAISE || eval->try_depth > 0)
                push_exit(eval, status, left, path, exit->mark, delta);
            status = arrive(eval, exit, value);
        }
    }
    return status;
}

/* ---- joining values ---- */

static bool same_value(nw_value a, nw_value b)
{
    if (a.kind != b.kind)
        return false;
    switch (a.kind) {
    case NW_NONE: case NW_UNSET: case NW_ELLIPSIS: case NW_NOT_IMPLEMENTED: case NW_ERROR:
        return true;
    case NW_STRING: case NW_BYTES:
        return a.as.symbol.v == b.as.symbol.v;
    case NW_METHOD:
        return same_value(a.as.method->function, b.as.method->function) && same_value(a.as.method->self, b.as.method->self);
    default:
        return a.as.integer == b.as.integer;
    }
}

static nw_value join_sizes(nw_eval *eval, nw_guard guard, nw_value then, nw_value otherwise)
{
    if (same_value(then, otherwise))
        return then;
    (void)guard;
    eval->differences++;
    nw_value size = nw_lost(eval, NW_DIAG_SHAPE_UNKNOWN, "the branches leave different sizes");
    size.as.opaque->type = NW_TYPE_INT;
    size.as.opaque->minimum = 0;
    return size;
}

static nw_value join_tensors(nw_eval *eval, nw_guard guard, nw_value then, nw_value otherwise)
{
    nw_tensor *a = then.as.tensor, *b = otherwise.as.tensor;
    bool ranked = a->shape && b->shape && a->rank == b->rank;
    nw_value *shape = NULL;
    if (ranked) {
        shape = nw_arena_alloc(&eval->arena, (a->rank + 1u) * sizeof *shape);
        for (uint32_t i = 0; i < a->rank; i++)
            shape[i] = join_sizes(eval, guard, a->shape[i], b->shape[i]);
    }
    nw_value joined = nw_tensor_new(eval, shape, ranked ? a->rank : 0, ranked, a->dtype == b->dtype ? a->dtype : NW_DTYPE_UNKNOWN);
    nw_tensor *tensor = joined.as.tensor;
    eval->differences += !ranked || a->dtype != b->dtype; /* other contents alone change no size and no state */
    tensor->requires_grad = a->requires_grad || b->requires_grad;
    tensor->is_parameter = false;
    nw_value *arms = nw_arena_alloc(&eval->arena, 2 * sizeof *arms);
    arms[0] = then;
    arms[1] = otherwise;
    tensor->node = nw_fact_add(eval, (nw_fact){.kind = NW_FACT_JOIN, .arguments = arms, .argument_count = 2, .result = joined,
                                              .guard = guard, .condition = eval->path});
    return joined;
}

static uint32_t phi_leaves(nw_value value)
{
    return value.kind == NW_PHI ? phi_leaves(value.as.phi->then) + phi_leaves(value.as.phi->otherwise) : 1;
}

static nw_value make_phi(nw_eval *eval, nw_guard guard, nw_value then, nw_value otherwise)
{
    if (then.kind == NW_PHI && same_value(then.as.phi->otherwise, otherwise)) {
        guard = nw_bdd_and(&eval->bdd, guard, then.as.phi->guard);
        then = then.as.phi->then;
    } else if (otherwise.kind == NW_PHI && same_value(otherwise.as.phi->then, then)) {
        guard = nw_bdd_or(&eval->bdd, guard, otherwise.as.phi->guard);
        otherwise = otherwise.as.phi->otherwise;
    }
    if (guard.v <= 1)
        return guard.v ? then : otherwise;
    if (phi_leaves(then) + phi_leaves(otherwise) > 8)
        return nw_lost(eval, NW_DIAG_JOIN_LOST, "more than eight cases");
    nw_phi *phi = nw_arena_alloc(&eval->arena, sizeof *phi);
    *phi = (nw_phi){guard, then, otherwise, ++eval->next_serial};
    return (nw_value){.kind = NW_PHI, .as.phi = phi};
}

/* An import that only one arm looked up is the same module in both. */
static nw_value looked_up(nw_eval *eval, nw_value value)
{
    nw_value resolved = nw_import_resolve(eval, value.as.import);
    if (resolved.kind != NW_ERROR)
        return resolved;
    nw_exception_clear(eval);
    return value;
}

/* A tensor that is there in one arm only: whoever asks which it is meets that test again. */
static bool is_tensor_or_none(nw_value then, nw_value otherwise)
{
    return (then.kind == NW_TENSOR && otherwise.kind == NW_NONE) || (then.kind == NW_NONE && otherwise.kind == NW_TENSOR);
}

nw_value nw_join(nw_eval *eval, nw_guard guard, nw_value then, nw_value otherwise)
{
    if (guard.v <= 1)
        return guard.v ? then : otherwise;
    if (then.kind == NW_IMPORT && otherwise.kind != NW_IMPORT)
        then = looked_up(eval, then);
    else if (otherwise.kind == NW_IMPORT && then.kind != NW_IMPORT)
        otherwise = looked_up(eval, otherwise);
    if (same_value(then, otherwise))
        return then;
    if (then.kind == NW_TENSOR && otherwise.kind == NW_TENSOR && then.as.tensor->class_ == otherwise.as.tensor->class_)
        return join_tensors(eval, guard, then, otherwise);
    if (then.kind == NW_TUPLE && otherwise.kind == NW_TUPLE && then.as.tuple->count == otherwise.as.tuple->count &&
        then.as.tuple->class_ == otherwise.as.tuple->class_) {
        nw_tuple *tuple = nw_tuple_make(eval, then.as.tuple->count);
        tuple->class_ = then.as.tuple->class_;
        for (uint32_t i = 0; i < tuple->count; i++)
            tuple->items[i] = nw_join(eval, guard, then.as.tuple->items[i], otherwise.as.tuple->items[i]);
        return (nw_value){.kind = NW_TUPLE, .as.tuple = tuple};
    }
    /* A local name that only one branch binds: whoever reads it knows that it is bound. */
    eval->differences += then.kind != NW_UNSET && otherwise.kind != NW_UNSET && !is_tensor_or_none(then, otherwise);
    return make_phi(eval, guard, then, otherwise);
}

nw_value nw_settle_gated(nw_eval *eval, nw_value value)
{
    while (value.kind == NW_PHI) {
        const nw_phi *phi = value.as.phi;
        if (phi->then.kind == NW_UNSET || nw_bdd_and(&eval->bdd, eval->path, phi->guard).v == 0)
            value = phi->otherwise;
        else if (phi->otherwise.kind == NW_UNSET || nw_bdd_implies(&eval->bdd, eval->path, phi->guard))
            value = phi->then;
        else
            break;
    }
    return value;
}

nw_value nw_fork(nw_eval *eval, nw_guard guard, nw_branch first, nw_branch second, void *data)
{
    nw_split split;
    nw_split_begin(eval, &split, guard);
    nw_value value = first(eval, data);
    nw_status status = value.kind != NW_ERROR ? NW_NEXT : eval->stopped || eval->undecided ? NW_STOP : NW_RAISE;
    nw_split_other(eval, &split, guard, status, value);
    value = nw_error();
    if (status != NW_STOP) {
        value = second(eval, data);
        status = value.kind != NW_ERROR ? NW_NEXT : eval->stopped || eval->undecided ? NW_STOP : NW_RAISE;
    }
    status = nw_split_end(eval, &split, status, &value);
    return status == NW_NEXT ? value : nw_error();
}
