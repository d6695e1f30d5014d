"""Losses."""
from __future__ import annotations

from _nw import check, layer, prod, tensor
from torch.nn import functional as F
from torch.nn.modules.distance import PairwiseDistance
from torch.nn.modules.linear import Linear
from torch.nn.modules.linear_cross_entropy_options import LinearCrossEntropyOptions
from torch.nn.modules.module import Module

__public__ = "torch.nn"
__others__ = ("Callable", "Tensor", "deprecated", "math")
__all__ = ["L1Loss", "NLLLoss", "NLLLoss2d", "PoissonNLLLoss", "GaussianNLLLoss", "KLDivLoss", "MSELoss", "BCELoss",
           "BCEWithLogitsLoss", "HingeEmbeddingLoss", "MultiLabelMarginLoss", "SmoothL1Loss", "HuberLoss",
           "SoftMarginLoss", "CrossEntropyLoss", "LinearCrossEntropyLoss", "MultiLabelSoftMarginLoss",
           "CosineEmbeddingLoss", "MarginRankingLoss", "MultiMarginLoss", "TripletMarginLoss",
           "TripletMarginWithDistanceLoss", "CTCLoss"]


class _Loss(Module):
    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        self.reduction = F._reduction(size_average, reduce, reduction)


class _WeightedLoss(_Loss):
    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)


@layer(pivot="mean_absolute_error(input, target, reduction=reduction)")
class L1Loss(_Loss):
    def forward(self, input, target) -> Tensor:
        return F.l1_loss(input, target, reduction=self.reduction)


@layer(pivot="negative_log_likelihood(input[n, c, ...], target, weight=weight, ignore=ignore_index,"
             " reduction=reduction)")
class NLLLoss(_WeightedLoss):
    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index

    def forward(self, input, target) -> Tensor:
        return F.nll_loss(input, target, self.weight, ignore_index=self.ignore_index, reduction=self.reduction)


@layer(pivot="negative_log_likelihood(input[n, c, ...], target, weight=weight, ignore=ignore_index,"
             " reduction=reduction)")
class NLLLoss2d(NLLLoss):
    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
        super().__init__(weight, size_average, ignore_index, reduce, reduction)


@layer(pivot="poisson_negative_log_likelihood(log_input, target, full=full, epsilon=eps, reduction=reduction)")
class PoissonNLLLoss(_Loss):
    def __init__(self, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.log_input = log_input
        self.full = full
        self.eps = eps

    def forward(self, log_input, target) -> Tensor:
        return F.poisson_nll_loss(log_input, target, self.log_input, self.full, None, self.eps, None, self.reduction)


@layer(pivot="gaussian_negative_log_likelihood(input, target, var, full=full, epsilon=eps, reduction=reduction)")
class GaussianNLLLoss(_Loss):
    def __init__(self, *, full=False, eps=1e-06, reduction="mean"):
        super().__init__(reduction=reduction)
        self.full = full
        self.eps = eps

    def forward(self, input, target, var) -> Tensor:
        return F.gaussian_nll_loss(input, target, var, self.full, self.eps, self.reduction)


@layer(pivot="kl_divergence(input, target, log_target=log_target, reduction='batch_mean' if reduction =="
             " 'batchmean' else reduction)")
class KLDivLoss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean", log_target=False):
        super().__init__(size_average, reduce, reduction)
        self.log_target = log_target

    def forward(self, input, target) -> Tensor:
        return F.kl_div(input, target, reduction=self.reduction, log_target=self.log_target)


@layer(pivot="mean_squared_error(input, target, reduction=reduction)")
class MSELoss(_Loss):
    def forward(self, input, target) -> Tensor:
        return F.mse_loss(input, target, reduction=self.reduction)


@layer(pivot="binary_cross_entropy(input, target, weight=weight, reduction=reduction)")
class BCELoss(_WeightedLoss):
    def forward(self, input, target) -> Tensor:
        return F.binary_cross_entropy(input, target, self.weight, reduction=self.reduction)


@layer(pivot="binary_cross_entropy_logits(input, target, weight=weight, positive_weight=pos_weight,"
             " reduction=reduction)")
class BCEWithLogitsLoss(_Loss):
    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None):
        super().__init__(size_average, reduce, reduction)
        self.register_buffer("weight", weight)
        self.register_buffer("pos_weight", pos_weight)

    def forward(self, input, target) -> Tensor:
        return F.binary_cross_entropy_with_logits(input, target, self.weight, pos_weight=self.pos_weight,
                                                  reduction=self.reduction)


@layer(pivot="hinge_embedding(input, target, margin=margin, reduction=reduction)")
class HingeEmbeddingLoss(_Loss):
    def __init__(self, margin=1.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input, target) -> Tensor:
        return F.hinge_embedding_loss(input, target, self.margin, reduction=self.reduction)


@layer(pivot="multilabel_margin(input, target, reduction=reduction)")
class MultiLabelMarginLoss(_Loss):
    def forward(self, input, target) -> Tensor:
        return F.multilabel_margin_loss(input, target, reduction=self.reduction)


@layer(pivot="smooth_l1(input, target, beta=beta, reduction=reduction)")
class SmoothL1Loss(_Loss):
    def __init__(self, size_average=None, reduce=None, reduction="mean", beta=1.0):
        super().__init__(size_average, reduce, reduction)
        self.beta = beta

    def forward(self, input, target) -> Tensor:
        return F.smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


@layer(pivot="huber(input, target, delta=delta, reduction=reduction)")
class HuberLoss(_Loss):
    def __init__(self, reduction="mean", delta=1.0):
        super().__init__(reduction=reduction)
        self.delta = delta

    def forward(self, input, target) -> Tensor:
        return F.huber_loss(input, target, self.reduction, self.delta)


@layer(pivot="soft_margin(input, target, reduction=reduction)")
class SoftMarginLoss(_Loss):
    def forward(self, input, target) -> Tensor:
        return F.soft_margin_loss(input, target, reduction=self.reduction)


@layer(pivot="cross_entropy(input[n, c, ...], target, weight=weight, ignore=ignore_index,"
             " smoothing=label_smoothing, reduction=reduction)")
class CrossEntropyLoss(_WeightedLoss):
    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean",
                 label_smoothing=0.0):
        super().__init__(weight, size_average, reduce, reduction)
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing

    def forward(self, input, target) -> Tensor:
        return F.cross_entropy(input, target, self.weight, ignore_index=self.ignore_index, reduction=self.reduction,
                               label_smoothing=self.label_smoothing)


@layer(pivot="cross_entropy(linear(input[..., i], kernel=linear.weight[o, i], bias=linear.bias[o]), target,"
             " weight=weight, ignore=ignore_index, smoothing=label_smoothing, reduction=reduction)")
class LinearCrossEntropyLoss(_WeightedLoss):
    def __init__(self, in_features, num_classes, *, out_features=(), bias=False, device=None, dtype=None,
                 reduction="mean", weight=None, ignore_index=None, label_smoothing=0.0, options=None):
        check(weight is None or tuple(weight.shape) == (num_classes,), "expected weight of another shape")
        check(label_smoothing >= 0 and label_smoothing <= 1.0, "expected label_smoothing to be in range [0, 1]")
        super().__init__(weight=weight, reduction=reduction)
        self.num_classes = num_classes
        self.out_features = out_features
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing
        self.linear = Linear(in_features, num_classes * prod(out_features), bias=bias, dtype=dtype)
        self.options = options

    def forward(self, input, target) -> Tensor:
        rows = (self.num_classes,) + tuple(self.out_features)
        weight = tensor(rows + (self.linear.in_features,), like=self.linear.weight)
        bias = None if self.linear.bias is None else tensor(rows, like=self.linear.bias)
        return F.linear_cross_entropy(input, weight, target, linear_bias=bias, weight=self.weight,
                                      reduction=self.reduction, ignore_index=self.ignore_index,
                                      label_smoothing=self.label_smoothing, options=self.options)


@layer(pivot="reduce_mean(binary_cross_entropy_logits(input, target, weight=weight, reduction='none'), axes=-1)"
             " if reduction == 'none' else None")
class MultiLabelSoftMarginLoss(_WeightedLoss):
    def forward(self, input, target) -> Tensor:
        return F.multilabel_soft_margin_loss(input, target, self.weight, reduction=self.reduction)


@layer(pivot="cosine_embedding(input1, input2, target, margin=margin, reduction=reduction)")
class CosineEmbeddingLoss(_Loss):
    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1, input2, target) -> Tensor:
        return F.cosine_embedding_loss(input1, input2, target, self.margin, reduction=self.reduction)


@layer(pivot="margin_ranking(input1, input2, target, margin=margin, reduction=reduction)")
class MarginRankingLoss(_Loss):
    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        self.margin = margin

    def forward(self, input1, input2, target) -> Tensor:
        return F.margin_ranking_loss(input1, input2, target, self.margin, reduction=self.reduction)


@layer(pivot="multi_margin(input, target, order=p, margin=margin, weight=weight, reduction=reduction)")
class MultiMarginLoss(_WeightedLoss):
    def __init__(self, p=1, margin=1.0, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__(weight, size_average, reduce, reduction)
        check(p == 1 or p == 2, "only p == 1 and p == 2 supported", ValueError)
        check(weight is None or weight.ndim == 1, "expected weight to be None or 1D tensor", ValueError)
        self.p = p
        self.margin = margin

    def forward(self, input, target) -> Tensor:
        return F.multi_margin_loss(input, target, self.p, self.margin, self.weight, reduction=self.reduction)


@layer(pivot="triplet_margin(anchor, positive, negative, margin=margin, order=p, epsilon=eps, swap=swap,"
             " reduction=reduction)")
class TripletMarginLoss(_Loss):
    def __init__(self, margin=1.0, p=2.0, eps=1e-06, swap=False, size_average=None, reduce=None, reduction="mean"):
        super().__init__(size_average, reduce, reduction)
        check(margin > 0, "expected margin to be greater than 0", ValueError)
        self.margin = margin
        self.p = p
        self.eps = eps
        self.swap = swap

    def forward(self, anchor, positive, negative) -> Tensor:
        return F.triplet_margin_loss(anchor, positive, negative, self.margin, self.p, self.eps, self.swap,
                                     reduction=self.reduction)


@layer
class TripletMarginWithDistanceLoss(_Loss):
    def __init__(self, *, distance_function=None, margin=1.0, swap=False, reduction="mean"):
        super().__init__(reduction=reduction)
        check(margin > 0, "expected margin to be greater than 0", ValueError)
        self.distance_function = PairwiseDistance() if distance_function is None else distance_function
        self.margin = margin
        self.swap = swap

    def forward(self, anchor, positive, negative) -> Tensor:
        return F.triplet_margin_with_distance_loss(anchor, positive, negative,
                                                   distance_function=self.distance_function, margin=self.margin,
                                                   swap=self.swap, reduction=self.reduction)


@layer(pivot="ctc(log_probs, targets, input_lengths, target_lengths, blank=blank, reduction=reduction,"
             " zero_infinity=zero_infinity)")
class CTCLoss(_Loss):
    def __init__(self, blank=0, reduction="mean", zero_infinity=False):
        super().__init__(reduction=reduction)
        self.blank = blank
        self.zero_infinity = zero_infinity

    def forward(self, log_probs, targets, input_lengths, target_lengths) -> Tensor:
        return F.ctc_loss(log_probs, targets, input_lengths, target_lengths, self.blank, self.reduction,
                          self.zero_infinity)
