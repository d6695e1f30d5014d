"""Sizes that tensors of numbers say, and names of parameters that only a regulariser uses."""
# entry: Net((2, 4, 3))
# input: x=f32[2,4,3]
import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, shape):
        super().__init__()
        size = torch.prod(torch.tensor(shape[1:])).item()
        self.all = nn.ModuleDict({"a": nn.Linear(size, 4), "b": nn.Linear(4, int(torch.tensor(shape).sum()))})
        self.scale = nn.Parameter(torch.ones(1))
        self.penalised = []
        self.add_weights(self.all.parameters())
        self.add_weights(filter(lambda x: "weight" in x[0], self.all["a"].named_parameters()))
        self.add_weights(self.scale)

    def add_weights(self, weights):
        if isinstance(weights, torch.nn.parameter.Parameter):
            weights = [weights]
        self.penalised.append((list(weights), 0.01))

    def forward(self, x):
        x = self.all["a"](x.flatten(1))
        return self.all["b"](x) * self.scale
