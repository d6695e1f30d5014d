"""A cache of a tensor that is made of parameters, and one of a container of layers."""
# entry: Net()
# input: x=f32[2,4]
import torch
from torch import nn


class Biased(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention_biases = torch.nn.Parameter(torch.ones(3, 4))
        self.register_buffer('idxs', torch.arange(4).reshape(2, 2))
        self.cache = {}
        self.fc = nn.Linear(4, 4)

    def train(self, mode=True):
        super().train(mode)
        self.cache = {}
        return self

    def get(self, device):
        if torch.jit.is_tracing() or self.training:
            return self.attention_biases[:, self.idxs]
        else:
            key = str(device)
            if key not in self.cache:
                self.cache[key] = self.attention_biases[:, self.idxs]
            return self.cache[key]

    def forward(self, x):
        return self.fc(x) + self.get(x.device).sum()


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Sequential(Biased(), Biased())

    def forward(self, x):
        return self.a(x)
