"""einops: rearranging, reducing and repeating by patterns."""
from __future__ import annotations

import _nw
from _nw import check, op, prod
from einops import _pattern
from einops._pattern import EinopsError

__version__ = "0.8.2"


@op(pivot="rearrange(tensor, pattern, axes_lengths)")
def rearrange(tensor, pattern, **axes_lengths) -> Tensor:
    tensor = _pattern.listed(tensor)
    shape = _pattern.transformed(tensor.shape, pattern, "rearrange", axes_lengths)
    return _nw.tensor(shape, tensor.dtype, like=tensor)


@op(pivot="pattern_repeat(tensor, pattern, axes_lengths)")
def repeat(tensor, pattern, **axes_lengths) -> Tensor:
    tensor = _pattern.listed(tensor)
    shape = _pattern.transformed(tensor.shape, pattern, "repeat", axes_lengths)
    return _nw.tensor(shape, tensor.dtype, like=tensor)


@op(pivot="pattern_reduce(tensor, pattern, reduction, axes_lengths)")
def reduce(tensor, pattern, reduction, **axes_lengths) -> Tensor:
    tensor = _pattern.listed(tensor)
    shape = _pattern.transformed(tensor.shape, pattern, reduction, axes_lengths)
    return _nw.tensor(shape, _pattern.reduced_dtype(tensor.dtype, reduction), like=tensor)


@op(pivot="pattern_einsum(tensors_and_pattern)")
def einsum(*tensors_and_pattern) -> Tensor:
    if len(tensors_and_pattern) < 2:
        raise ValueError("`einops.einsum` takes at minimum two arguments: the tensors (at least one), followed by the pattern.")
    pattern = tensors_and_pattern[-1]
    if not isinstance(pattern, str):
        raise ValueError("The last argument passed to `einops.einsum` must be a string, representing the einsum pattern.")
    tensors = tensors_and_pattern[:-1]
    shape = _pattern.einsum_shape(pattern, [t.shape for t in tensors])
    return _nw.tensor(shape, _nw.promote(*tensors), like=tensors[0])


@op(result="(Tensor, Any)")
def pack(tensors, pattern) -> Any:
    before, after = _pattern.packing(pattern, "pack")
    shapes = []
    size = 0
    for tensor in tensors:
        shape = tuple(tensor.shape)
        if len(shape) < before + after:
            raise EinopsError("packed tensor has fewer axes than the pattern assumes")
        shapes.append(_nw.Size(shape[before:len(shape) - after]))
        size = size + prod(shapes[-1])
    first = tuple(tensors[0].shape)
    result = first[:before] + (size,) + first[len(first) - after:]
    for tensor in tensors:
        shape = tuple(tensor.shape)
        for a, b in zip(shape[:before] + shape[len(shape) - after:], first[:before] + first[len(first) - after:]):
            check(a == b, "Sizes of tensors must match except in one dimension")
    return _nw.tensor(result, _nw.promote(*tensors), like=tensors[0]), shapes


@op(result="(Tensor,) * len(packed_shapes)")
def unpack(tensor, packed_shapes, pattern) -> Any:
    before, after = _pattern.packing(pattern, "unpack")
    shape = tuple(tensor.shape)
    if len(shape) != before + 1 + after:
        raise EinopsError("unpack received input of wrong dim")
    lengths = [-1 if -1 in part else prod(part) for part in packed_shapes]
    if lengths.count(-1) > 1:
        raise EinopsError("unpack received more than one -1 and can't infer dimensions")
    known = sum([length for length in lengths if not isinstance(length, int) or length != -1])
    if -1 in lengths:
        check(shape[before] >= known, "Error during unpack: could not split axis into requested shapes", EinopsError)
    else:
        check(shape[before] == known, "Error during unpack: could not split axis into requested shapes", EinopsError)
    results = []
    for part, length in zip(packed_shapes, lengths):
        part = tuple(part)
        if -1 in part:
            rest = prod([size for size in part if size != -1])
            part = tuple([(shape[before] - known) // rest if size == -1 else size for size in part])
        results.append(_nw.view(tensor, shape[:before] + part + shape[before + 1:]))
    return results


def parse_shape(x, pattern):
    groups = _pattern.parse(pattern, "left", True)
    shape = tuple(x.shape)
    if "..." in groups:
        place = groups.index("...")
        hidden = len(shape) - len(groups) + 1
        if hidden < 0:
            raise RuntimeError("Can't parse shape with this number of dimensions: " + pattern)
        groups = groups[:place] + [["_"]] * hidden + groups[place + 1:]
    if len(groups) != len(shape):
        raise RuntimeError("Can't parse shape with different number of dimensions: " + pattern)
    result = {}
    for group, size in zip(groups, shape):
        if len(group) > 1:
            raise RuntimeError("Can't parse shape with composite axes: " + pattern)
        if len(group) == 0:
            check(size == 1, "Length of axis is not 1: " + pattern)
        elif _pattern.is_number(group[0]):
            check(size == int(group[0].split("@")[0]), "Length of anonymous axis does not match: " + pattern)
        elif group[0] != "_":
            result[group[0]] = size
    return result


@op(effects="host", result="Any")
def asnumpy(tensor) -> Any:
    return tensor.numpy()
