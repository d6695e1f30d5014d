# ModuleDict: from dict, pairs and updates; items, keys, values, in, pop, and iteration order.
# entry: Net()
# input: f32[1,4]
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleDict({"b": nn.Linear(4, 2), "a": nn.Linear(4, 3)})
        self.heads["c"] = nn.Linear(4, 1)
        self.heads.update({"d": nn.Linear(4, 5), "a": nn.Linear(4, 6)})
        self.gone = self.heads.pop("d")
        self.acts = nn.ModuleDict([["relu", nn.ReLU()], ["prelu", nn.PReLU()]])
        self.params = nn.ParameterDict({"x": nn.Parameter(self.gone.weight[0].detach())})
        self.plist = nn.ParameterList([nn.Parameter(self.gone.bias.detach()), nn.Parameter(self.gone.weight.detach())])

    def forward(self, x):
        out = {}
        for name, head in self.heads.items():
            out[name] = self.acts["prelu" if name != "a" else "relu"](head(x))
        if "a" in self.heads and "d" not in self.heads:
            out["keys"] = [self.heads[k](x) for k in self.heads.keys()]
        out["p"] = x * self.params["x"] + self.plist[0].sum() + self.plist[1][1]
        return out
