"""Distances."""
from __future__ import annotations

from _nw import layer
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["PairwiseDistance", "CosineSimilarity"]


@layer(pivot="norm(subtract(x1, x2) + eps, order=norm, axes=-1, keepdims=keepdim)")
class PairwiseDistance(Module):
    def __init__(self, p=2.0, eps=1e-06, keepdim=False):
        super().__init__()
        self.norm = p
        self.eps = eps
        self.keepdim = keepdim

    def forward(self, x1, x2) -> Tensor:
        return F.pairwise_distance(x1, x2, self.norm, self.eps, self.keepdim)


@layer(pivot="cosine_similarity(x1, x2, axis=dim, epsilon=eps)")
class CosineSimilarity(Module):
    def __init__(self, dim=1, eps=1e-08):
        super().__init__()
        self.dim = dim
        self.eps = eps

    def forward(self, x1, x2) -> Tensor:
        return F.cosine_similarity(x1, x2, self.dim, self.eps)
