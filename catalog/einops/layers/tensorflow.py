"""The patterns of einops as layers of Keras."""
from __future__ import annotations

import _nw
from _nw import layer
from einops import _pattern
from keras.src import rules
from keras.src.layers.layer import Layer


@layer(pivot="rearrange(inputs, pattern, axes_lengths)")
class Rearrange(Layer):
    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths
        _pattern.check_pattern(pattern, "rearrange", axes_lengths)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.like(inputs, _pattern.transformed(inputs.shape, self.pattern, "rearrange", self.axes_lengths))


@layer(pivot="pattern_reduce(inputs, pattern, reduction, axes_lengths)")
class Reduce(Layer):
    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths
        _pattern.check_pattern(pattern, reduction, axes_lengths)
        self._nw_ready()

    def call(self, inputs) -> Tensor:
        return rules.like(inputs, _pattern.transformed(inputs.shape, self.pattern, self.reduction, self.axes_lengths))
