# Loops without an end that are left when a tensor's contents say so: one turn stands for all.
# expect: refused
# entry: Net()
# input: f32[2,4]
import torch
from torch import nn


class Halting(nn.Module):
    """Adaptive computation: as many steps as it takes until all rows want to halt."""

    def __init__(self, features):
        super().__init__()
        self.step = nn.Linear(features, features)
        self.halt = nn.Linear(features, 1)
        self.shift = nn.Parameter(torch.zeros(features))

    def forward(self, x):
        halt, states = torch.zeros(x.shape[0]), []
        while True:
            x = torch.relu(self.step(x))
            halt = halt + torch.sigmoid(self.halt(x)).squeeze(-1)
            states.append(x)
            if (halt > 0.9).all():
                last = x + self.shift
                break
        return last, torch.stack(states).mean(0)


class Search(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.move = nn.Linear(features, features)
        self.found = nn.Linear(features, 3)

    def look(self, x):
        while 1:
            x = self.move(x)
            if x.sum() > 1e6:
                raise ValueError("diverged")
            if x.sum() < 1e6:
                return self.found(x)

    def forward(self, x):
        return self.look(x) + 1


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.halting = Halting(4)
        self.search = Search(4)

    def forward(self, x):
        last, mean = self.halting(x)
        turns = 0
        while True:
            turns += 1
            if mean.sum() > 1e6 or turns == 3:
                break
        return self.search(last), mean, torch.zeros(turns)
