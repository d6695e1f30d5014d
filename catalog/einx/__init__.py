"""einx: one pattern for all operands of an operation, "b n, b n d -> b n d", with brackets around the axes that it works on."""
from __future__ import annotations

import _nw
from _nw import op
from einops import _pattern
from torch import _rules as rules


def _bracketed(text):
    """The expression without its brackets, and the names inside them."""
    names = []
    for part in text.split("[")[1:]:
        names = names + part.split("]")[0].replace("(", " ").replace(")", " ").split()
    return text.replace("[", " ").replace("]", " "), names


def _shape(x):
    return tuple(x.shape) if _nw.is_tensor(x) else ()


def _inputs(texts, tensors, given):
    """Parsed operands, the sizes of all axes and how many axes the ellipsis stands for."""
    sizes = dict(given)
    hidden = 0
    sides = []
    for text, tensor in zip(texts, tensors):
        groups = _pattern.parse(_bracketed(text)[0], "left", False, True)
        if "..." in groups:
            hidden = len(_shape(tensor)) - len(groups) + 1
            groups = _pattern.spell_ellipsis(groups, hidden)
        sizes = _pattern.match_left(groups, _shape(tensor), sizes)
        sides.append(groups)
    return sides, sizes, hidden


def _sized(groups, sizes):
    return tuple([_nw.prod([sizes[name] if name in sizes else int(name.split("@")[0]) for name in group]) for group in groups])


def _result(pattern, tensors, given, without=False):
    """The shape of the result; `without`: where no right side is given, the bracketed axes vanish."""
    left, arrow, right = pattern.partition("->")
    texts = left.split(",")
    if len(texts) != len(tensors):
        raise ValueError("einx: the pattern has another number of operands")
    sides, sizes, hidden = _inputs(texts, tensors, given)
    if arrow:
        text, names = _bracketed(right)
        return _sized(_pattern.spell_ellipsis(_pattern.parse(text, "right", False, True), hidden), sizes)
    if without:
        inside = _bracketed(texts[0])[1]
        gone = inside + ([name for name in sizes if name.startswith("...")] if "..." in inside else [])
        return _sized([[name for name in group if name not in gone] for group in sides[0] if not group or [name for name in group if name not in gone]], sizes)
    names = set([name for side in sides for name in _pattern.names_of(side)])
    for side in sides:
        if set(_pattern.names_of(side)) == names:
            return _sized(side, sizes)
    raise ValueError("einx: the result of " + pattern + " is not determined")


def _new(shape, dtype, tensors):
    return _nw.tensor(shape, dtype, like=[t for t in tensors if _nw.is_tensor(t)][0])


def _reduced(pattern, tensor, keepdims, given):
    if "[" not in pattern and "->" not in pattern:
        raise ValueError("einx: no axis is marked")
    if keepdims:
        text, inside = _bracketed(pattern)
        groups, sizes, hidden = _inputs([text], [tensor], given)
        return _sized([[name for name in group if name not in inside] for group in groups[0]], sizes)
    return _result(pattern, [tensor], given, True)


@op()
def id(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), tensors[0].dtype, tensors)


rearrange = id


@op()
def dot(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def where(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors[1:]), tensors)


@op()
def get_at(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), tensors[0].dtype, tensors)


@op()
def set_at(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _nw.tensor(tensors[0].shape, tensors[0].dtype, like=tensors[0])


add_at = subtract_at = set_at


def matches(pattern, *tensors, **parameters) -> bool:
    try:
        _inputs(pattern.split(","), tensors, parameters)
    except RuntimeError:
        return False
    return True


def solve_axes(pattern, *tensors, **parameters) -> dict:
    sides, sizes, hidden = _inputs(pattern.split(","), tensors, parameters)
    return {name: sizes[name] for name in sizes if name.isidentifier()}


@op()
def add(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def subtract(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def multiply(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def maximum(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def minimum(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def logaddexp(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def divide(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.inexact(_nw.promote(*tensors)), tensors)


@op()
def true_divide(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.inexact(_nw.promote(*tensors)), tensors)


@op()
def floor_divide(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def mod(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), _nw.promote(*tensors), tensors)


@op()
def equal(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def not_equal(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def less(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def less_equal(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def greater(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def greater_equal(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def logical_and(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def logical_or(pattern, *tensors, backend=None, **parameters) -> Tensor:
    return _new(_result(pattern, tensors, parameters), rules.BOOL, tensors)


@op()
def sum(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), rules.summed(tensor.dtype), [tensor])


@op()
def prod(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), rules.summed(tensor.dtype), [tensor])


@op()
def max(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), tensor.dtype, [tensor])


@op()
def min(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), tensor.dtype, [tensor])


@op()
def mean(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), tensor.dtype, [tensor])


@op()
def var(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), tensor.dtype, [tensor])


@op()
def std(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), tensor.dtype, [tensor])


@op()
def logsumexp(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), tensor.dtype, [tensor])


@op()
def any(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), rules.BOOL, [tensor])


@op()
def all(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), rules.BOOL, [tensor])


@op()
def argmax(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), rules.INT64, [tensor])


@op()
def argmin(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), rules.INT64, [tensor])


@op()
def count_nonzero(pattern, tensor, *, keepdims=False, backend=None, **parameters) -> Tensor:
    return _new(_reduced(pattern, tensor, keepdims, parameters), rules.INT64, [tensor])


@op()
def softmax(pattern, tensor, *, backend=None, **parameters) -> Tensor:
    return _new(tensor.shape, tensor.dtype, [tensor])


@op()
def log_softmax(pattern, tensor, *, backend=None, **parameters) -> Tensor:
    return _new(tensor.shape, tensor.dtype, [tensor])


@op()
def flip(pattern, tensor, *, backend=None, **parameters) -> Tensor:
    return _new(tensor.shape, tensor.dtype, [tensor])


@op()
def sort(pattern, tensor, *, backend=None, **parameters) -> Tensor:
    return _new(tensor.shape, tensor.dtype, [tensor])


@op()
def argsort(pattern, tensor, *, backend=None, **parameters) -> Tensor:
    return _new(tensor.shape, rules.INT64, [tensor])


@op()
def roll(pattern, tensor, *, shift=None, backend=None, **parameters) -> Tensor:
    return _new(tensor.shape, tensor.dtype, [tensor])
