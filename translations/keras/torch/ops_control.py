"""Branches and loops of keras.ops and of TensorFlow, whose functions are called as they are."""

import torch


@adapter("netwright.part_of")
def part_of(value, i):
    """The same structure with the i-th part of each tensor."""
    return map_tensors(lambda x: x[i], value)


@adapter("netwright.stack_parts")
def stack_parts(parts):
    """One structure of tensors for several."""
    first = parts[0]
    if isinstance(first, dict):
        return {key: stack_parts([part[key] for part in parts]) for key in first}
    if isinstance(first, (list, tuple)):
        return type(first)([stack_parts(list(items)) for items in zip(*parts)])
    return torch.stack([tensor_of(part) for part in parts])


@adapter("keras.ops.cond")
def cond(pred, true_fn, false_fn):
    return true_fn() if pred else false_fn()


@adapter("keras.ops.switch")
def switch(index, branches, *operands):
    return branches[int(index) if 0 <= int(index) < len(branches) else -1](*operands)  # TensorFlow takes the last one for all other numbers


@adapter("keras.ops.while_loop")
def while_loop(cond, body, loop_vars, maximum_iterations=None):
    if is_symbolic(loop_vars):
        return record(while_loop, cond, body, loop_vars, maximum_iterations)
    many = isinstance(loop_vars, (list, tuple))
    values = tuple(loop_vars) if many else (loop_vars,)
    count = 0
    while (maximum_iterations is None or count < maximum_iterations) and bool(cond(*values)):
        made = body(*values)
        values = tuple(made) if isinstance(made, (list, tuple)) else (made,)
        count += 1
    values = tuple([tensor_of(value) for value in values])
    return values if many else values[0]


@adapter("tensorflow.while_loop")
def tf_while_loop(cond, body, loop_vars, shape_invariants=None, parallel_iterations=10, back_prop=True, swap_memory=False, maximum_iterations=None,
                  name=None):
    values = while_loop(cond, body, tuple(loop_vars), maximum_iterations)
    return list(values) if isinstance(loop_vars, list) else values


@adapter("keras.ops.fori_loop")
def fori_loop(lower, upper, body_fun, init_val):
    if is_symbolic(init_val):
        return record(fori_loop, lower, upper, body_fun, init_val)
    value = init_val
    for i in range(lower, upper):
        value = body_fun(i, value)
    return value


@adapter("keras.ops.map")
def map_parts(f, xs):
    if is_symbolic(xs):
        return record(map_parts, f, xs)
    return stack_parts([f(part_of(xs, i)) for i in range(flat_tensors(xs)[0].shape[0])])


@adapter("keras.ops.scan")
def scan(f, init, xs=None, length=None, reverse=False, unroll=1):
    if is_symbolic(init, xs):
        return record(scan, f, init, xs, length, reverse, unroll)
    count = length if xs is None else flat_tensors(xs)[0].shape[0]
    carry, made = init, []
    order = list(range(count))
    for i in order[::-1] if reverse else order:
        carry, y = f(carry, None if xs is None else part_of(xs, i))
        made.append(y)
    return carry, stack_parts(made[::-1] if reverse else made)


@adapter("tensorflow.scan")
def tf_scan(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, infer_shape=True, reverse=False, name=None):
    order = list(range(flat_tensors(elems)[0].shape[0]))
    order = order[::-1] if reverse else order
    value = part_of(elems, order[0]) if initializer is None else initializer
    made = [value] if initializer is None else []
    for i in order[1:] if initializer is None else order:
        value = fn(value, part_of(elems, i))
        made.append(value)
    return stack_parts(made[::-1] if reverse else made)
