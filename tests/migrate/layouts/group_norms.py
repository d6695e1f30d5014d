"""Groups of channels of a single large image: sums over axes that lie apart lose digits on TensorFlow."""
# entry: Net()
# input: x=f32[1,3,96,96]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(3, 16, 3, padding=1)
        self.norm = nn.GroupNorm(4, 16)
        self.second = nn.Conv2d(16, 16, 3, padding=1)
        self.whole = nn.GroupNorm(1, 16)
        self.last = nn.Conv2d(16, 3, 3, padding=1)

    def forward(self, x):
        x = self.norm(self.first(x).relu())
        x = self.whole(self.second(x).relu())
        return self.last(x)
