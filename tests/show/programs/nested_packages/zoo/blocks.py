from torch import nn

__all__ = ["Block"]
__all__ += ["make"]


class Block(nn.Sequential):
    pass


def make(n):
    return Block(nn.Linear(n, n), nn.ReLU())
