import torch.nn as nn

from ..layers.norm import UNIT


class ConvAct(nn.Sequential):
    def __init__(self, i, o):
        super().__init__(nn.Conv2d(i, o, UNIT - 1, padding="same"), nn.Hardswish())


def _hidden(width):
    return nn.Linear(width, UNIT)
