# Weight and spectral normalisation, by function and by parametrization, change the names in the state.
# entry: Net()
# input: f32[1,4,9]
import torch.nn as nn
from torch.nn.utils import spectral_norm, weight_norm
from torch.nn.utils.parametrizations import weight_norm as weight_norm2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = weight_norm(nn.Conv1d(4, 6, 3))
        self.b = spectral_norm(nn.Conv1d(6, 5, 1))
        self.c = weight_norm2(nn.Linear(7, 3))

    def forward(self, x):
        return self.c(self.b(self.a(x)))
