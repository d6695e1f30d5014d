"""Patterns of einops as layers."""

import einops


@adapter("einops.layers.tensorflow.Rearrange")
class Rearrange(Layer):
    """Moves, splits and merges axes by a pattern."""

    def __init__(self, pattern, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.axes_lengths = axes_lengths

    def call(self, inputs):
        return einops.rearrange(inputs, self.pattern, **self.axes_lengths)


@adapter("einops.layers.tensorflow.Reduce")
class Reduce(Layer):
    """Reduces axes by a pattern."""

    def __init__(self, pattern, reduction, **axes_lengths):
        super().__init__()
        self.pattern = pattern
        self.reduction = reduction
        self.axes_lengths = axes_lengths

    def call(self, inputs):
        return einops.reduce(inputs, self.pattern, self.reduction, **self.axes_lengths)
