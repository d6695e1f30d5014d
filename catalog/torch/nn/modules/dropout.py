"""Dropout layers."""
from __future__ import annotations

from _nw import check, layer
from torch.nn import functional as F
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__all__ = ["Dropout", "Dropout1d", "Dropout2d", "Dropout3d", "AlphaDropout", "FeatureAlphaDropout"]


class _DropoutNd(Module):
    def __init__(self, p=0.5, inplace=False):
        super().__init__()
        check(p >= 0 and p <= 1, "dropout probability has to be between 0 and 1", ValueError)
        self.p = p
        self.inplace = inplace

    def extra_repr(self):
        return f"p={self.p}, inplace={self.inplace}"


@layer(effects="rng", pivot="dropout(input, rate=p, training=training)")
class Dropout(_DropoutNd):
    def forward(self, input) -> Tensor:
        return F.dropout(input, self.p, self.training, self.inplace)


@layer(effects="rng", pivot="dropout(input[n, c, ...], rate=p, training=training, share='...')")
class Dropout1d(_DropoutNd):
    def forward(self, input) -> Tensor:
        return F.dropout1d(input, self.p, self.training, self.inplace)


@layer(effects="rng", pivot="dropout(input[n, c, ...], rate=p, training=training, share='...')")
class Dropout2d(_DropoutNd):
    def forward(self, input) -> Tensor:
        return F.dropout2d(input, self.p, self.training, self.inplace)


@layer(effects="rng", pivot="dropout(input[n, c, ...], rate=p, training=training, share='...')")
class Dropout3d(_DropoutNd):
    def forward(self, input) -> Tensor:
        return F.dropout3d(input, self.p, self.training, self.inplace)


@layer(effects="rng", pivot="alpha_dropout(input, rate=p, training=training)")
class AlphaDropout(_DropoutNd):
    def forward(self, input) -> Tensor:
        return F.alpha_dropout(input, self.p, self.training)


@layer(effects="rng", pivot="feature_alpha_dropout(input[n, c, ...], rate=p, training=training)")
class FeatureAlphaDropout(_DropoutNd):
    def forward(self, input) -> Tensor:
        return F.feature_alpha_dropout(input, self.p, self.training)
