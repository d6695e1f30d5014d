# entry: Net()
# input: f32[2,3,10,10]
# transposes: 1 0
"""A view whose second size is written out, an activation and a dropout behind it; two heads take the features."""
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3)
        self.drop = nn.Dropout(0.3)
        self.a = nn.Linear(4 * 4 * 4, 6)
        self.b = nn.Linear(4 * 4 * 4, 3, bias=False)

    def forward(self, x):
        x = F.max_pool2d(self.conv(x), 2)
        x = x.view(-1, 4 * 4 * 4)
        x = self.drop(F.leaky_relu(x, 0.2))
        return self.a(x), self.b(x)
