# Matrix products of every rank combination, bmm, baddbmm, addmm, outer, linear algebra.
# entry: Net()
# input: f32[2,3,4]
import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.v = nn.Parameter(torch.randn(4))
        self.m = nn.Parameter(torch.randn(4, 5))
        self.bil = nn.Bilinear(4, 5, 6)

    def forward(self, x):
        y = x @ self.m
        return (
            y, x @ self.v, self.v @ self.m, self.v @ self.v, self.v @ x.transpose(1, 2), torch.matmul(x[:, None], x.mT), torch.bmm(x, x.mT),
            torch.baddbmm(torch.zeros(1), x, x.mT), torch.addmm(y[0], x[0], self.m), torch.mm(x[0], self.m), x[0].mv(self.v),
            F.linear(x, self.m.t()), F.linear(x, self.m.T, torch.zeros(5)), torch.dot(self.v, self.v), torch.tensordot(x, self.m, dims=1),
            self.bil(x, y), F.cosine_similarity(x, x, dim=-1), torch.cdist(x, x), torch.linalg.vector_norm(x, dim=1), torch.linalg.inv(x[0, :, :3]),
            torch.kron(x[0], self.m), torch.cross(x[..., :3], x[..., :3], dim=-1), torch.trace(x[0]), torch.linalg.svd(x)[1],
        )
