# entry: Net()
# input: f32[2,3,8,8]
# transposes: 3 2
"""Features that are returned, or normalised by their number, keep their order; those of the third flatten need not."""
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, stride=2, padding=1)
        self.more = nn.Conv2d(4, 4, 3, padding=1)
        self.norm = nn.BatchNorm1d(4 * 4 * 4)
        self.a = nn.Linear(4 * 4 * 4, 5)
        self.b = nn.Linear(4 * 4 * 4, 5)

    def forward(self, x):
        x = self.more(self.conv(x))
        seen = torch.flatten(x, 1)
        normed = torch.flatten(x * 2, 1)
        free = torch.flatten(x + 1, 1)
        return seen, self.a(self.norm(normed)), self.b(free)
