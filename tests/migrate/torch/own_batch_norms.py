"""Batch normalisations of a program's own: of the framework's common class, and with its check of the input's axes."""
# entry: Net()
# input: x=f32[2,3,5,4]
import torch.nn as nn
import torch.nn.functional as F
from torch.nn.modules.batchnorm import _BatchNorm
from torch.nn.modules.instancenorm import _InstanceNorm


class AnyRank(_BatchNorm):
    def _check_input_dim(self, input):
        if input.dim() < 3:
            raise ValueError(f"expected more than two axes, got {input.dim()}")

    def forward(self, input):
        self._check_input_dim(input)
        return F.batch_norm(input, self.running_mean, self.running_var, self.weight, self.bias, self.training, self.momentum, self.eps)


class Images(nn.BatchNorm2d):
    def forward(self, input):
        self._check_input_dim(input)  # four axes
        return F.batch_norm(input, self.running_mean, self.running_var, self.weight, self.bias, self.training, self.momentum, self.eps)


class Scaled(_InstanceNorm):
    def forward(self, input):
        return F.instance_norm(input, weight=self.weight, bias=self.bias, eps=self.eps) * 2


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = AnyRank(3, momentum=0.01)
        self.second = Images(3, eps=1e-3)
        self.third = Scaled(3, affine=True)
        self.count = sum(isinstance(m, _BatchNorm) for m in self.modules())

    def forward(self, x):
        return self.third(self.second(self.first(x))) + self.count
