# overridden __setattr__ and __getattr__ of modules, apply with selection, named_children renames, register_module, get_submodule, modules counting, buffers
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

class Wrapper(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
    def forward(self, x):
        return self.inner(x)
    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.inner, name)

class Track(nn.Module):
    def __init__(self):
        super().__init__()
        self.names = []
    def __setattr__(self, name, value):
        if isinstance(value, nn.Module):
            self.names.append(name)
            name = name + "_m"
        super().__setattr__(name, value)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = Wrapper(nn.Linear(8, 5))
        self.t = Track()
        self.t.a = nn.Linear(1, 1)
        self.t.b = nn.Linear(2, 2)
        self.register_module("r", nn.Linear(self.w.out_features, 3))
        self.add_module("s", None)
        self.register_buffer("keep", torch.zeros(2), persistent=True)
        self.register_buffer("drop", torch.zeros(3), persistent=False)
        self.apply(self._init)
        n = sum(1 for m in self.modules() if isinstance(m, nn.Linear))
        self.z = nn.Linear(3, n + len(self.t.names) + len(list(self.named_children())))
        for name, child in list(self.named_children()):
            if name == "r":
                setattr(self, name, nn.Sequential(child, nn.ReLU()))
        self.y = nn.Linear(self.get_submodule("r.0").in_features, len(dict(self.named_parameters())))
        self.flag = self.get_parameter("z.weight").shape[0]
        self.x = nn.Linear(1, self.flag + len(list(self.buffers())) + sum(p.numel() for p in self.r.parameters()))
        for p in self.x.parameters():
            p.requires_grad_(False)
        self.v = nn.Linear(1, sum(p.requires_grad for p in self.parameters()))
    def _init(self, m):
        if isinstance(m, nn.Linear) and m.out_features == 5:
            m.extra = nn.Parameter(torch.zeros(4))
    def forward(self, x):
        return self.z(self.r(self.w(x)))
