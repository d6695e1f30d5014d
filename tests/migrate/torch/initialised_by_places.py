"""Weights that are initialised place by place: none of it is part of the network, and the layout asks nothing of it."""
# entry: Net()
# input: f32[2,3,8,8]
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.reset_parameters()

    def reset_parameters(self):
        for module in self.modules():
            if isinstance(module, nn.Conv2d):
                first = module.weight[0]
                nn.init.normal_(first, std=0.02)
                centre = module.weight[:, :, 1, 1] * 2 + first.mean()
                nn.init.constant_(centre, 0.5)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))
