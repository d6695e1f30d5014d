# Sequential insert, extend, pop, addition, repetition, slices, deletion; ModuleList arithmetic; ParameterList; ModuleDict pop and update
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        s = nn.Sequential(nn.Linear(8, 8), nn.ReLU(), nn.Linear(8, 4))
        s.insert(1, nn.LayerNorm(8))
        s.append(nn.Tanh())
        s.extend([nn.Linear(4, 4), nn.Dropout()])
        s.pop(-1)
        del s[2]
        self.s = s
        self.t = s[1:3] + nn.Sequential(nn.Linear(4, 2))
        self.u = nn.Sequential(nn.Linear(3, 3)) * 2
        m = nn.ModuleList([nn.Linear(1, i) for i in range(1, 4)])
        m.insert(0, nn.Linear(9, 9))
        m += [nn.Linear(2, 2)]
        m[1] = nn.Linear(7, 7)
        del m[2]
        self.m = m + nn.ModuleList([nn.Identity()])
        self.n = m[1:]
        self.o = nn.ModuleList(m[i] for i in (0, -1))
        d = nn.ModuleDict([("a", nn.Linear(1, 1)), ("b", nn.Linear(2, 2))])
        d.update({"c": nn.Linear(3, 3), "a": nn.Linear(4, 4)})
        d.pop("b")
        self.d = d
        self.p = nn.ParameterList([nn.Parameter(torch.zeros(2)), torch.ones(3)])
        self.p.append(nn.Parameter(torch.zeros(4)))
        self.q = nn.ParameterDict({"x": nn.Parameter(torch.zeros(5))})
        self.q["y"] = torch.zeros(6)
        self.q.update({"z": nn.Parameter(torch.zeros(1))})
        del self.q["x"]
        self.gone = nn.Linear(99, 99)
        del self.gone
        self.re = nn.Linear(1, 1)
        self.late = nn.Linear(2, 2)
        self.re = nn.Linear(5, 5)
        self.none = nn.Linear(3, 3)
        self.none = None
        self.count = len(s) + len(m) + len(d) + len(self.p) + ("y" in self.q)
        self.last = nn.Linear(8, self.count)
    def forward(self, x):
        return self.s(x), self.last(x)
