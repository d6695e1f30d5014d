# Unknown batch and unknown sizes of the image: a fully convolutional network with a fixed pool at the end.
# entry: Net()
# input: f32[?,3,?,?]
# expect: either
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Conv2d(3, 4, 3, 1, 1), nn.ReLU(), nn.Conv2d(4, 6, 1))
        self.pool = nn.AdaptiveAvgPool2d(2)

    def forward(self, x):
        y = self.net(x)
        return self.pool(y).flatten(1), y
