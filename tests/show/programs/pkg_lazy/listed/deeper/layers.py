from torch import nn


class Deep(nn.Linear):
    def __init__(self, width):
        super().__init__(width, 4)


__all__ = ["Deep"]
