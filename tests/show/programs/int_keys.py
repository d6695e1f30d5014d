# ModuleDict with keys made from numbers and paths, keys replaced because a dot is not allowed.
# entry: Net({1: 4, 2: 6, "a.b": 3})
# input: f32[1,5]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.heads = nn.ModuleDict({str(k).replace(".", "_"): nn.Linear(5, w) for k, w in widths.items()})
        self.order = sorted(widths, key=str)
        for k in list(self.heads)[:1]:
            self.heads[k + k] = self.heads[k]

    def forward(self, x):
        return {k: self.heads[str(k).replace(".", "_")](x) for k in self.order}
