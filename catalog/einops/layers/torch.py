"""The patterns of einops as modules of torch."""
from __future__ import annotations

import _nw
from _nw import layer
from einops import EinopsError, _pattern
from torch import einsum
from torch.nn import Module


@layer(pivot="rearrange(input, pattern, axes_lengths)")
class Rearrange(Module):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths
        _pattern.check_pattern(pattern, "rearrange", axes_lengths)

    def forward(self, input) -> Tensor:
        input = _pattern.listed(input)
        return _nw.tensor(_pattern.transformed(input.shape, self.pattern, "rearrange", self.axes_lengths), input.dtype, like=input)


@layer(pivot="pattern_reduce(input, pattern, reduction, axes_lengths)")
class Reduce(Module):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths
        _pattern.check_pattern(pattern, reduction, axes_lengths)

    def forward(self, input) -> Tensor:
        input = _pattern.listed(input)
        shape = _pattern.transformed(input.shape, self.pattern, self.reduction, self.axes_lengths)
        return _nw.tensor(shape, _pattern.reduced_dtype(input.dtype, self.reduction), like=input)


def _flat(groups):
    """A side with its brackets taken away, as text."""
    return " ".join(_pattern.names_of(groups))


@layer
class EinMix(Module):
    def __init__(self, pattern, weight_shape, bias_shape=None, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.weight_shape = weight_shape
        self.bias_shape = bias_shape
        self.axes_lengths = axes_lengths
        left, right = _pattern.sides_of(pattern)
        weight = _pattern.names_of(_pattern.parse(weight_shape, "weight"))
        self._check(left, right, weight)
        left_names = _pattern.names_of(left)
        self.pre_rearrange = None
        if any([group != "..." and len(group) != 1 for group in left]):
            lengths = {name: axes_lengths[name] for name in axes_lengths if name in left_names}
            self.pre_rearrange = Rearrange(pattern.split("->")[0] + "-> " + _flat(left), **lengths)
        self.post_rearrange = None
        if any([group != "..." and (len(group) != 1 or group[0] == "...") for group in right]):
            self.post_rearrange = Rearrange(_flat(right) + " ->" + pattern.split("->")[1])
        self.weight = _nw.Parameter(_nw.tensor([axes_lengths[name] for name in weight]))
        self.bias = None if bias_shape is None else _nw.Parameter(_nw.tensor(self._bias_sizes(right)))
        self.einsum_pattern = self._equation(left, right, weight)

    def _check(self, left, right, weight):
        left_names = _pattern.names_of(left)
        right_names = _pattern.names_of(right)
        if "..." in weight or ("..." in left_names) != ("..." in right_names):
            raise EinopsError("Ellipsis in EinMix should be on both sides, and not in the weight")
        if "..." in left_names and "..." not in left:
            raise EinopsError("Ellipsis on left side can't be in parenthesis")
        for name in left_names + right_names + weight:
            if _pattern.is_number(name):
                raise EinopsError("Anonymous axes (numbers) are not allowed in EinMix")
        for name in right_names:
            if name not in left_names and name not in weight:
                raise EinopsError("Unrecognized identifiers on the right side of EinMix: " + name)
        if "(" in self.weight_shape:
            raise EinopsError("Parenthesis is not allowed in weight shape: " + self.weight_shape)
        for name in weight:
            if name not in self.axes_lengths:
                raise EinopsError("Dimension " + name + " of weight should be specified")
            if name not in left_names and name not in right_names:
                raise EinopsError("Weight axes are redundant: " + name)
        for name in self.axes_lengths:
            if name not in left_names and name not in weight:
                raise EinopsError("Axes are not used in pattern: " + name)

    def _bias_sizes(self, right):
        bias = _pattern.names_of(_pattern.parse(self.bias_shape, "bias"))
        names = _pattern.names_of(right)
        for name in bias:
            if name not in names:
                raise EinopsError("Bias axes not present in output: " + name)
            if name not in self.axes_lengths:
                raise EinopsError("Sizes not provided for bias axes: " + name)
        sizes = []
        for name in names:
            if name == "...":
                if any([size != 1 for size in sizes]):
                    raise EinopsError("all bias dimensions should go after ellipsis in the output")
            else:
                sizes.append(self.axes_lengths[name] if name in bias else 1)
        return sizes

    def _equation(self, left, right, weight):
        names = sorted(set(_pattern.names_of(left) + _pattern.names_of(right) + weight) - {"..."})
        letters = {name: "abcdefghijklmnopqrstuvwxyz"[i] for i, name in enumerate(names)}
        letters["..."] = "..."
        sides = [_pattern.names_of(left), weight, _pattern.names_of(right)]
        texts = ["".join([letters[name] for name in side]) for side in sides]
        return texts[0] + "," + texts[1] + "->" + texts[2]

    def forward(self, input) -> Tensor:
        if self.pre_rearrange is not None:
            input = self.pre_rearrange(input)
        result = einsum(self.einsum_pattern, input, self.weight)
        if self.bias is not None:
            result = result + self.bias
        return result if self.post_rearrange is None else self.post_rearrange(result)
