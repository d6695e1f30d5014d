# Normalisation layers: affine or not, running statistics or not, elementwise or not, shapes and groups.
# entry: Net()
# input: f32[2,6,5,5]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.BatchNorm2d(6, track_running_stats=False)
        self.b = nn.BatchNorm2d(6, affine=False, momentum=None)
        self.c = nn.InstanceNorm2d(6)
        self.d = nn.InstanceNorm2d(6, affine=True, track_running_stats=True)
        self.e = nn.GroupNorm(3, 6, affine=False)
        self.f = nn.LayerNorm([6, 5, 5], elementwise_affine=True)
        self.g = nn.LayerNorm(5, bias=False)
        self.h = nn.LocalResponseNorm(2)
        self.i = nn.RMSNorm(5)
        self.j = nn.SyncBatchNorm(6)

    def forward(self, x):
        x = self.h(self.g(self.f(self.e(self.d(self.c(self.b(self.a(x))))))))
        x = F.layer_norm(x, x.shape[1:]) + F.normalize(x, dim=1) + F.batch_norm(x, self.b.running_mean, self.b.running_var)
        return self.i(x), F.group_norm(x, 2), F.instance_norm(x), torch.linalg.norm(x, dim=-1, keepdim=True), x.norm(), x.std(1)
