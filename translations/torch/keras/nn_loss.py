"""Losses as layers; the functions are those of torch.nn.functional."""

import keras
from keras import layers


@adapter("torch.nn._Loss")
class Loss(layers.Layer):
    """What losses have in common."""

    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.reduction = reduction


@adapter("torch.nn.L1Loss")
class L1Loss(layers.Layer):
    """The mean absolute difference."""

    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.reduction = reduction

    def call(self, input, target):
        return l1_loss(input, target, reduction=self.reduction)


@adapter("torch.nn.MSELoss")
class MSELoss(layers.Layer):
    """The mean squared difference."""

    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.reduction = reduction

    def call(self, input, target):
        return mse_loss(input, target, reduction=self.reduction)


@adapter("torch.nn.SmoothL1Loss")
class SmoothL1Loss(layers.Layer):
    """The squared difference below beta, the absolute one above."""

    def __init__(self, size_average=None, reduce=None, reduction="mean", beta=1.0):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.beta = beta
        self.reduction = reduction

    def call(self, input, target):
        return smooth_l1_loss(input, target, reduction=self.reduction, beta=self.beta)


@adapter("torch.nn.HuberLoss")
class HuberLoss(layers.Layer):
    """The squared difference below delta, a multiple of the absolute one above."""

    def __init__(self, reduction="mean", delta=1.0):
        super().__init__()
        self.delta = delta
        self.reduction = reduction

    def call(self, input, target):
        return huber_loss(input, target, reduction=self.reduction, delta=self.delta)


@adapter("torch.nn.NLLLoss")
class NLLLoss(layers.Layer):
    """The negative log probability of the classes; classes are axis 1."""

    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.weight = None if weight is None else keras.Variable(weight, trainable=False, name="weight")
        self.ignore_index = ignore_index
        self.reduction = reduction

    def call(self, input, target):
        return nll_loss(input, target, weight=self.weight, ignore_index=self.ignore_index, reduction=self.reduction)


@adapter("torch.nn.CrossEntropyLoss")
class CrossEntropyLoss(layers.Layer):
    """Cross entropy of logits and classes or probabilities; classes are axis 1."""

    def __init__(self, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean", label_smoothing=0.0):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.weight = None if weight is None else keras.Variable(weight, trainable=False, name="weight")
        self.ignore_index = ignore_index
        self.label_smoothing = label_smoothing
        self.reduction = reduction

    def call(self, input, target):
        return cross_entropy(input, target, weight=self.weight, ignore_index=self.ignore_index, reduction=self.reduction, label_smoothing=self.label_smoothing)


@adapter("torch.nn.BCELoss")
class BCELoss(layers.Layer):
    """Binary cross entropy of probabilities."""

    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.weight = None if weight is None else keras.Variable(weight, trainable=False, name="weight")
        self.reduction = reduction

    def call(self, input, target):
        return binary_cross_entropy(input, target, weight=self.weight, reduction=self.reduction)


@adapter("torch.nn.BCEWithLogitsLoss")
class BCEWithLogitsLoss(layers.Layer):
    """Binary cross entropy of logits."""

    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.weight = None if weight is None else keras.Variable(weight, trainable=False, name="weight")
        self.pos_weight = None if pos_weight is None else keras.Variable(pos_weight, trainable=False, name="pos_weight")
        self.reduction = reduction

    def call(self, input, target):
        return binary_cross_entropy_with_logits(input, target, weight=self.weight, reduction=self.reduction, pos_weight=self.pos_weight)


@adapter("torch.nn.KLDivLoss")
class KLDivLoss(layers.Layer):
    """The Kullback-Leibler divergence from log probabilities."""

    def __init__(self, size_average=None, reduce=None, reduction="mean", log_target=False):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.log_target = log_target
        self.reduction = reduction

    def call(self, input, target):
        return kl_div(input, target, reduction=self.reduction, log_target=self.log_target)


@adapter("torch.nn.HingeEmbeddingLoss")
class HingeEmbeddingLoss(layers.Layer):
    """The input where the target is 1, the hinge of it where it is -1."""

    def __init__(self, margin=1.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.margin = margin
        self.reduction = reduction

    def call(self, input, target):
        return hinge_embedding_loss(input, target, margin=self.margin, reduction=self.reduction)


@adapter("torch.nn.MarginRankingLoss")
class MarginRankingLoss(layers.Layer):
    """How far two inputs are from the order that the target says."""

    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.margin = margin
        self.reduction = reduction

    def call(self, input1, input2, target):
        return margin_ranking_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)


@adapter("torch.nn.CosineEmbeddingLoss")
class CosineEmbeddingLoss(layers.Layer):
    """One minus the cosine for pairs that belong together, the hinge of the cosine for others."""

    def __init__(self, margin=0.0, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.margin = margin
        self.reduction = reduction

    def call(self, input1, input2, target):
        return cosine_embedding_loss(input1, input2, target, margin=self.margin, reduction=self.reduction)


@adapter("torch.nn.TripletMarginLoss")
class TripletMarginLoss(layers.Layer):
    """How much farther the negative should be than the positive."""

    def __init__(self, margin=1.0, p=2.0, eps=1e-06, swap=False, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.margin = margin
        self.p = p
        self.eps = eps
        self.swap = swap
        self.reduction = reduction

    def call(self, anchor, positive, negative):
        return triplet_margin_loss(anchor, positive, negative, margin=self.margin, p=self.p, eps=self.eps, swap=self.swap, reduction=self.reduction)


@adapter("torch.nn.SoftMarginLoss")
class SoftMarginLoss(layers.Layer):
    """log(1 + exp(-target * input))."""

    def __init__(self, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.reduction = reduction

    def call(self, input, target):
        return soft_margin_loss(input, target, reduction=self.reduction)


@adapter("torch.nn.MultiLabelSoftMarginLoss")
class MultiLabelSoftMarginLoss(layers.Layer):
    """Binary cross entropy of logits, averaged over the last axis."""

    def __init__(self, weight=None, size_average=None, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.weight = None if weight is None else keras.Variable(weight, trainable=False, name="weight")
        self.reduction = reduction

    def call(self, input, target):
        return multilabel_soft_margin_loss(input, target, weight=self.weight, reduction=self.reduction)


@adapter("torch.nn.PoissonNLLLoss")
class PoissonNLLLoss(layers.Layer):
    """The negative log likelihood of counts."""

    def __init__(self, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction="mean"):
        super().__init__()
        if size_average is not None or reduce is not None:
            raise NotImplementedError("old arguments for reductions")
        self.log_input = log_input
        self.full = full
        self.eps = eps
        self.reduction = reduction

    def call(self, log_input, target):
        return poisson_nll_loss(log_input, target, log_input=self.log_input, full=self.full, eps=self.eps, reduction=self.reduction)


@adapter("torch.nn.GaussianNLLLoss")
class GaussianNLLLoss(layers.Layer):
    """The negative log likelihood of a normal distribution."""

    def __init__(self, *, full=False, eps=1e-06, reduction="mean"):
        super().__init__()
        self.full = full
        self.eps = eps
        self.reduction = reduction

    def call(self, input, target, var):
        return gaussian_nll_loss(input, target, var, full=self.full, eps=self.eps, reduction=self.reduction)
