# self.apply(init) with isinstance tests, init loops over named_parameters: no change of structure, but it must run.
# entry: Net()
# input: f32[1,3,8,8]
import math

import torch
import torch.nn as nn
from torch.nn import init


def init_weights(m, gain=1.0):
    name = m.__class__.__name__
    if isinstance(m, (nn.Conv2d, nn.Linear)):
        fan = m.weight.shape[0] * math.prod(m.weight.shape[2:])
        m.weight.data.normal_(0, math.sqrt(2.0 / fan))
        if m.bias is not None:
            nn.init.zeros_(m.bias)
    elif name.find("BatchNorm") != -1:
        init.constant_(m.weight, gain)
        m.bias.data.zero_()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 3, bias=False)
        self.bn = nn.BatchNorm2d(4)
        self.fc = nn.Linear(4, 2)
        self.apply(init_weights)
        for name, p in self.named_parameters():
            if "weight" in name and p.dim() > 1:
                nn.init.xavier_uniform_(p)
            elif name.endswith("bias"):
                with torch.no_grad():
                    p.copy_(torch.zeros_like(p))
        for m in self.modules():
            if hasattr(m, "weight") and m is not self.fc:
                m.weight.requires_grad = False

    def forward(self, x):
        return self.fc(self.bn(self.conv(x)).mean((2, 3)))
