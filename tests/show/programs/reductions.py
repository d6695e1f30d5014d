# Reductions: dims as ints, tuples and lists, keepdim, pairs of results, over all elements.
# entry: Net()
# input: f32[2,3,4,5]
import torch
import torch.nn as nn


class Net(nn.Module):
    def forward(self, x):
        values, indices = x.max(dim=1)
        m = x.min(-1, keepdim=True)
        top, at = x.topk(2, dim=2)
        s, i = torch.sort(x, descending=True)
        return (
            x.sum(), x.mean(1), x.mean([2, 3], keepdim=True), x.sum(dim=(0, -1)), values, indices, m.values, m[1], x.max(), x.amax((1, 2)),
            x.argmax(1), x.argmin(dim=0, keepdim=True), top, at, s, i, x.var(1, unbiased=False), torch.std_mean(x, dim=1)[1], x.prod(1),
            x.cumsum(1), torch.logsumexp(x, dim=(1, 2)), x.all(1), (x > 0).any(), x.median(), torch.median(x, 1)[0], x.argsort(dim=1),
            torch.max(x, x * 2), torch.maximum(x, x[:1]), x.norm(dim=1, p=2), x.count_nonzero(1), x.kthvalue(2, dim=1)[0], x.aminmax(dim=0)[0],
        )
