"""Layers asked for by `__getattr__`, tuples within an index, a stride in a tuple, and layers that no output depends on in a list of a name that Keras has."""
# entry: Net()
# input: f32[2,4,8,8]
import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, channels, ratio, kernel_size):
        super().__init__()
        self.ratio = ratio
        self.conv1 = nn.Conv2d(channels, ratio * channels, 1, 1, padding=0, bias=False)
        self.conv2 = nn.Conv2d(ratio * channels, channels, kernel_size, padding=1 if kernel_size == 3 else 2)

    def forward(self, x):
        out = x if self.ratio == 1 else torch.sigmoid(self.conv1(x))
        return x + self.conv2(out)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(Block(4, 1, 3), Block(4, 2, 5))
        for level in range(2):
            setattr(self, "head%d" % level, nn.Conv2d(4, 2, 3, stride=(2,), padding=level))

    def forward(self, x):
        x = self.layers(x)
        heads = [self.__getattr__("head{}".format(level))(x).mean(dim=(2, 3)) for level in range(2)]
        grid = torch.stack(heads, dim=-1)
        return grid[..., (1, 0)], grid[:, (1, 0, 1)], grid[:, 1:]
