# Classes that say themselves what is in their state: below others, and with what was given to them handed on.
# entry: Net()
# input: f32[2,4]
import torch.nn as nn


class Wrapped(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.model = nn.Linear(4, width)

    def state_dict(self, destination=None, prefix="", keep_vars=False):
        return self.model.state_dict(destination=destination, prefix=prefix, keep_vars=keep_vars)

    def forward(self, x):
        return self.model(x)


class Renamed(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 2)
        self.norm = nn.BatchNorm1d(2)

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        super()._save_to_state_dict(destination, prefix, keep_vars)
        destination[prefix + "extra"] = self.a.weight.detach()

    def forward(self, x):
        return self.norm(self.a(x))


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.wrapped = Wrapped(3)
        self.renamed = Renamed()
        self.plain = nn.Linear(4, 5)

    def state_dict(self, *args, **kwargs):
        state = super().state_dict(*args, **kwargs)
        return {name: value for name, value in state.items() if not name.startswith("plain.bias")}

    def forward(self, x):
        return self.wrapped(x), self.renamed(x), self.plain(x)
