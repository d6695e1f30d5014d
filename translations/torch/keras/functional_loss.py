"""Losses as functions; classes are axis 1."""
import math

import keras
from keras import ops


@adapter("helper.reduce_loss")
def reduce_loss(loss, reduction):
    """The mean or the sum of all elements, or all of them."""
    if reduction == "mean":
        return ops.mean(loss)
    return ops.sum(loss) if reduction == "sum" else loss


@adapter("torch.nn.functional.mse_loss")
def mse_loss(input, target, reduction="mean"):
    return reduce_loss(ops.square(input - target), reduction)


@translation("torch.nn.functional.mse_loss")
def _mse_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if size_average is None and reduce is None and weight is None:
        return mse_loss(input, target, reduction=reduction)


@adapter("torch.nn.functional.l1_loss")
def l1_loss(input, target, reduction="mean"):
    return reduce_loss(ops.abs(input - target), reduction)


@translation("torch.nn.functional.l1_loss")
def _l1_loss(input, target, size_average=None, reduce=None, reduction="mean", weight=None):
    if size_average is None and reduce is None and weight is None:
        return l1_loss(input, target, reduction=reduction)


@adapter("torch.nn.functional.smooth_l1_loss")
def smooth_l1_loss(input, target, reduction="mean", beta=1.0):
    """Squares below beta, distances above."""
    distance = ops.abs(input - target)
    if beta == 0:
        return reduce_loss(distance, reduction)
    return reduce_loss(ops.where(distance < beta, 0.5 * ops.square(distance) / beta, distance - 0.5 * beta), reduction)


@translation("torch.nn.functional.smooth_l1_loss")
def _smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    if size_average is None and reduce is None:
        return smooth_l1_loss(input, target, reduction=reduction, beta=beta)


@adapter("torch.nn.functional.huber_loss")
def huber_loss(input, target, reduction="mean", delta=1.0):
    """Squares below delta, distances above."""
    distance = ops.abs(input - target)
    return reduce_loss(ops.where(distance < delta, 0.5 * ops.square(distance), delta * (distance - 0.5 * delta)), reduction)


@translation("torch.nn.functional.huber_loss")
def _huber_loss(input, target, reduction="mean", delta=1.0, weight=None):
    if weight is None:
        return huber_loss(input, target, reduction=reduction, delta=delta)


@adapter("torch.nn.functional.nll_loss")
def nll_loss(input, target, weight=None, ignore_index=-100, reduction="mean"):
    """The negative log-probability of the target classes; the mean is weighted by their weights."""
    axis = 1 if ops.ndim(input) > 1 else 0
    counted = ops.not_equal(target, ignore_index)
    target = ops.where(counted, target, 0)
    loss = -ops.squeeze(ops.take_along_axis(input, ops.expand_dims(target, axis), axis=axis), axis=axis)
    factor = ops.ones_like(loss) if weight is None else ops.take(weight, target, axis=0)
    factor = ops.where(counted, factor, 0.0)
    loss = ops.where(counted, loss * factor, 0.0)
    return ops.sum(loss) / ops.sum(factor) if reduction == "mean" else reduce_loss(loss, reduction)


@translation("torch.nn.functional.nll_loss")
def _nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return nll_loss(input, target, weight=weight, ignore_index=ignore_index, reduction=reduction)


@adapter("torch.nn.functional.cross_entropy")
def cross_entropy(input, target, weight=None, ignore_index=-100, reduction="mean", label_smoothing=0.0):
    """Cross-entropy of logits with target classes, or with probabilities of the same shape."""
    axis = 1 if ops.ndim(input) > 1 else 0
    classes = input.shape[axis]
    log_probability = ops.log_softmax(input, axis=axis)
    factors = 1.0 if weight is None else ops.reshape(weight, (-1,) + (1,) * (ops.ndim(input) - 1 - axis))
    if ops.ndim(target) == ops.ndim(input):
        target = target * (1 - label_smoothing) + label_smoothing / classes
        loss = -ops.sum(log_probability * target * factors, axis=axis)
        return ops.sum(loss) / (math.prod(ops.shape(input)) // classes) if reduction == "mean" else reduce_loss(loss, reduction)
    loss = nll_loss(log_probability, target, weight, ignore_index, reduction)
    if label_smoothing == 0:
        return loss
    counted = ops.not_equal(target, ignore_index)
    smooth = ops.where(counted, -ops.sum(log_probability * factors, axis=axis), 0.0)
    if reduction == "mean":
        kept = ops.cast(counted, input.dtype) if weight is None else ops.where(counted, ops.take(weight, ops.where(counted, target, 0), axis=0), 0.0)
        smooth = ops.sum(smooth) / ops.sum(kept)
    else:
        smooth = reduce_loss(smooth, reduction)
    return (1 - label_smoothing) * loss + label_smoothing / classes * smooth


@translation("torch.nn.functional.cross_entropy")
def _cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean", label_smoothing=0.0):
    if size_average is None and reduce is None:
        return cross_entropy(input, target, weight=weight, ignore_index=ignore_index, reduction=reduction, label_smoothing=label_smoothing)


@adapter("torch.nn.functional.binary_cross_entropy")
def binary_cross_entropy(input, target, weight=None, reduction="mean"):
    """Cross-entropy of probabilities; logarithms are at least -100."""
    loss = -(target * ops.maximum(ops.log(input), -100.0) + (1 - target) * ops.maximum(ops.log(1 - input), -100.0))
    return reduce_loss(loss if weight is None else loss * weight, reduction)


@translation("torch.nn.functional.binary_cross_entropy")
def _binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return binary_cross_entropy(input, target, weight=weight, reduction=reduction)


@adapter("torch.nn.functional.binary_cross_entropy_with_logits")
def binary_cross_entropy_with_logits(input, target, weight=None, reduction="mean", pos_weight=None):
    """Cross-entropy of the sigmoid of logits."""
    positive = target if pos_weight is None else target * pos_weight
    loss = -(positive * ops.log_sigmoid(input) + (1 - target) * ops.log_sigmoid(-input))
    return reduce_loss(loss if weight is None else loss * weight, reduction)


@translation("torch.nn.functional.binary_cross_entropy_with_logits")
def _binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None):
    if size_average is None and reduce is None:
        return binary_cross_entropy_with_logits(input, target, weight=weight, reduction=reduction, pos_weight=pos_weight)


@adapter("torch.nn.functional.kl_div")
def kl_div(input, target, reduction="mean", log_target=False):
    """Kullback-Leibler divergence; input holds logarithms."""
    if log_target:
        loss = ops.exp(target) * (target - input)
    else:
        loss = ops.where(target > 0, target * ops.log(ops.where(target > 0, target, 1.0)), 0.0) - target * input
    return ops.sum(loss) / ops.shape(loss)[0] if reduction == "batchmean" else reduce_loss(loss, reduction)


@translation("torch.nn.functional.kl_div")
def _kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    if size_average is None and reduce is None:
        return kl_div(input, target, reduction=reduction, log_target=log_target)


@adapter("torch.nn.functional.hinge_embedding_loss")
def hinge_embedding_loss(input, target, margin=1.0, reduction="mean"):
    """Input where the target is 1, what is missing to the margin where it is -1."""
    loss = ops.where(target == 1, input, 0.0) + ops.where(target == -1, ops.relu(margin - input), 0.0)
    return reduce_loss(loss, reduction)


@translation("torch.nn.functional.hinge_embedding_loss")
def _hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return hinge_embedding_loss(input, target, margin=margin, reduction=reduction)


@adapter("torch.nn.functional.margin_ranking_loss")
def margin_ranking_loss(input1, input2, target, margin=0, reduction="mean"):
    return reduce_loss(ops.relu(-target * (input1 - input2) + margin), reduction)


@translation("torch.nn.functional.margin_ranking_loss")
def _margin_ranking_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return margin_ranking_loss(input1, input2, target, margin=margin, reduction=reduction)


@adapter("torch.nn.functional.cosine_embedding_loss")
def cosine_embedding_loss(input1, input2, target, margin=0, reduction="mean"):
    """1 - cosine where the target is 1, the cosine above the margin where it is -1."""
    product = ops.sum(input1 * input2, axis=-1)
    cosine = product / ops.sqrt((ops.sum(ops.square(input1), axis=-1) + 1e-12) * (ops.sum(ops.square(input2), axis=-1) + 1e-12))
    loss = ops.where(target == 1, 1 - cosine, 0.0) + ops.where(target == -1, ops.relu(cosine - margin), 0.0)
    return reduce_loss(loss, reduction)


@translation("torch.nn.functional.cosine_embedding_loss")
def _cosine_embedding_loss(input1, input2, target, margin=0, size_average=None, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return cosine_embedding_loss(input1, input2, target, margin=margin, reduction=reduction)


@adapter("torch.nn.functional.triplet_margin_loss")
def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, reduction="mean"):
    """How much farther than the margin allows the positive is from the anchor than the negative."""
    def distance(a, b):
        return ops.sum(ops.abs(a - b + eps) ** p, axis=-1) ** (1 / p)

    away = distance(anchor, negative)
    if swap:
        away = ops.minimum(away, distance(positive, negative))
    return reduce_loss(ops.relu(distance(anchor, positive) - away + margin), reduction)


@translation("torch.nn.functional.triplet_margin_loss")
def _triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2, eps=1e-06, swap=False, size_average=None, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return triplet_margin_loss(anchor, positive, negative, margin=margin, p=p, eps=eps, swap=swap, reduction=reduction)


@adapter("torch.nn.functional.soft_margin_loss")
def soft_margin_loss(input, target, reduction="mean"):
    return reduce_loss(ops.log1p(ops.exp(-target * input)), reduction)


@translation("torch.nn.functional.soft_margin_loss")
def _soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return soft_margin_loss(input, target, reduction=reduction)


@adapter("torch.nn.functional.multilabel_soft_margin_loss")
def multilabel_soft_margin_loss(input, target, weight=None, reduction="mean"):
    """The mean over classes of the cross-entropies of sigmoids."""
    loss = -(target * ops.log_sigmoid(input) + (1 - target) * ops.log_sigmoid(-input))
    return reduce_loss(ops.mean(loss if weight is None else loss * weight, axis=-1), reduction)


@translation("torch.nn.functional.multilabel_soft_margin_loss")
def _multilabel_soft_margin_loss(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return multilabel_soft_margin_loss(input, target, weight=weight, reduction=reduction)


@adapter("torch.nn.functional.poisson_nll_loss")
def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction="mean"):
    """The negative log-likelihood of Poisson distributed counts; `full`: with Stirling's term for what only the target gives."""
    if size_average is not None or reduce is not None:
        raise NotImplementedError("old arguments for reductions")
    loss = ops.exp(input) - target * input if log_input else input - target * ops.log(input + eps)
    if full:
        large = ops.maximum(target, 1.0)
        loss = loss + ops.where(target > 1, large * ops.log(large) - large + 0.5 * ops.log(2 * math.pi * large), ops.zeros_like(large))
    return reduce_loss(loss, reduction)


@translation("torch.nn.functional.poisson_nll_loss")
def _poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction="mean"):
    if size_average is None and reduce is None:
        return poisson_nll_loss(input, target, log_input=log_input, full=full, eps=eps, reduction=reduction)


@adapter("torch.nn.functional.gaussian_nll_loss")
def gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction="mean"):
    """The negative log-likelihood of normally distributed targets; variances are at least eps."""
    if ops.ndim(var) != ops.ndim(input):
        raise NotImplementedError("variances of another rank")
    var = var + ops.stop_gradient(ops.maximum(var, eps) - var)
    loss = 0.5 * (ops.log(var) + ops.square(input - target) / var)
    return reduce_loss(loss + 0.5 * math.log(2 * math.pi) if full else loss, reduction)


@translation("torch.nn.functional.gaussian_nll_loss")
def _gaussian_nll_loss(input, target, var, full=False, eps=1e-06, reduction="mean"):
    if is_tensor(var) and rank(var) == rank(input):
        return gaussian_nll_loss(input, target, var, full=full, eps=eps, reduction=reduction)
