# Nyström is no ASCII text.
from torch import nn


class Wide(nn.Linear):
    def __init__(self, width):
        super().__init__(width, 2 * width)


class Kept(nn.Linear):
    pass


__all__ = ["Wide"]
