"""Channel shuffling."""
from __future__ import annotations

from _nw import layer
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["ChannelShuffle"]


@layer(pivot="channel_shuffle(input[n, c, ...], groups=groups)")
class ChannelShuffle(Module):
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, input) -> Tensor:
        return F.channel_shuffle(input, self.groups)
