"""Patterns of einops as layers."""

import einops
from keras import layers


@adapter("einops.layers.torch.Rearrange")
class Rearrange(layers.Layer):
    """Moves, splits and merges axes by a pattern."""

    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def call(self, input):
        return einops.rearrange(input, self.pattern, **self.axes_lengths)


@adapter("einops.layers.torch.Reduce")
class Reduce(layers.Layer):
    """Reduces axes by a pattern."""

    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def call(self, input):
        return einops.reduce(input, self.pattern, self.reduction, **self.axes_lengths)
