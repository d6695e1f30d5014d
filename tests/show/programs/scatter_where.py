# where, scatter, gather, masked_scatter, clamp, lerp, bucketize, searchsorted, one-hot by scatter.
# entry: Net()
# input: f32[3,6]
import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        idx = x.topk(2, dim=-1).indices
        hot = torch.zeros_like(x).scatter_(1, idx, 1.0)
        gate = torch.where(hot > 0, x, torch.tensor(float("-inf"))).softmax(-1)
        return (
            hot, gate, x.gather(1, idx), torch.scatter(x, 1, idx[:1], 2.0), x.clamp(min=0).clamp_(max=1), torch.lerp(x, x * 2, 0.5),
            x.scatter_add(1, idx, x), torch.bucketize(x, torch.tensor([0.0, 1.0])), x.masked_fill(x > 0, 0).to(x), torch.addcmul(x, x, x, value=0.1),
            x.index_add(1, torch.tensor([0, 1]), x[:, :2]), torch.take_along_dim(x, idx, 1), torch.where(x > 0), x.sign() * x.abs().sqrt(),
        )[:12] + (torch.logical_and(x > 0, x < 1), torch.isnan(x), x.fmod(2), torch.pow(2, x), x.reciprocal().rsqrt(), torch.erf(x))
