# weight_norm, spectral_norm, parametrize, remove_parametrizations, orthogonal, prune
# entry: Net()
# input: f32[2,8]
import torch
import torch.nn as nn
import torch.nn.functional as F

from torch.nn.utils import weight_norm, spectral_norm, remove_weight_norm, parametrize
from torch.nn.utils import parametrizations as P
import torch.nn.utils.prune as prune

class Sym(nn.Module):
    def forward(self, w):
        return w.triu() + w.triu(1).transpose(-1, -2)

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = weight_norm(nn.Linear(8, 8), dim=None)
        self.b = spectral_norm(nn.Linear(8, 8))
        self.c = P.weight_norm(nn.Conv1d(8, 4, 1))
        self.d = P.spectral_norm(nn.Linear(8, 8, bias=False))
        self.e = nn.Linear(8, 8)
        parametrize.register_parametrization(self.e, "weight", Sym())
        self.f = remove_weight_norm(weight_norm(nn.Linear(8, 3)))
        self.g = nn.Linear(8, 8)
        parametrize.register_parametrization(self.g, "weight", Sym())
        parametrize.remove_parametrizations(self.g, "weight")
        self.h = P.orthogonal(nn.Linear(8, 8))
        self.i = prune.l1_unstructured(nn.Linear(8, 2), "weight", amount=0.5)
        self.k = parametrize.is_parametrized(self.e)
        self.l = nn.Linear(8, 1 + self.k)
    def forward(self, x):
        y = self.e(self.d(self.b(self.a(x))))
        return self.f(self.h(y)), self.c(y.unsqueeze(-1)), self.i(self.g(y)), self.l(x)
