"""keras.losses: functions of two tensors, and objects that reduce what these give."""

import math

import torch
import torch.nn.functional as F


@adapter("netwright.same_ranks")
def same_ranks(y_true, y_pred):
    """Both as floating tensors of the predictions' type; a last axis of one that only one of them has is not put in or taken away."""
    y_pred = tensor_of(y_pred)
    y_true = tensor_of(y_true).to(y_pred.dtype)
    if y_true.ndim != y_pred.ndim:
        raise NotImplementedError("Targets of another rank.")
    return y_true, y_pred


@adapter("netwright.hinge_labels")
def hinge_labels(y_true):
    """Labels of 0 and 1 as -1 and 1."""
    binary = torch.all((y_true == 0) | (y_true == 1))
    return torch.where(binary, 2.0 * y_true - 1.0, y_true)


@adapter("keras.losses.Loss")
class Loss:
    """What becomes of the results of `call`."""

    def __init__(self, name=None, reduction="sum_over_batch_size", dtype=None):
        self.name = name
        self.reduction = reduction
        self.dtype = dtype

    def __call__(self, y_true, y_pred, sample_weight=None):
        if sample_weight is not None or self.dtype is not None:
            raise NotImplementedError("A loss with weights or of another type.")
        made = self.call(y_true, y_pred)
        if self.reduction in ("none", None):
            return made
        return torch.sum(made) if self.reduction == "sum" else torch.mean(made)


@adapter("netwright.LossFunction")
class LossFunction(Loss):
    """A function of targets and predictions."""

    def __init__(self, function, reduction, name, dtype, **options):
        super().__init__(name, reduction, dtype)
        self.function = function
        self.options = options

    def call(self, y_true, y_pred):
        return self.function(y_true, y_pred, **self.options)


@adapter("keras.losses.mean_squared_error")
def loss_mean_squared_error(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.mean((y_true - y_pred) ** 2, -1)


@adapter("keras.losses.mean_absolute_error")
def loss_mean_absolute_error(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.mean(torch.abs(y_true - y_pred), -1)


@adapter("keras.losses.mean_absolute_percentage_error")
def loss_mean_absolute_percentage_error(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return 100.0 * torch.mean(torch.abs((y_true - y_pred) / torch.clamp(torch.abs(y_true), min=1e-7)), -1)


@adapter("keras.losses.mean_squared_logarithmic_error")
def loss_mean_squared_logarithmic_error(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.mean((torch.log(torch.clamp(y_pred, min=1e-7) + 1) - torch.log(torch.clamp(y_true, min=1e-7) + 1)) ** 2, -1)


@adapter("keras.losses.cosine_similarity")
def loss_cosine_similarity(y_true, y_pred, axis=-1):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return -torch.sum(normalize_along(y_true, axis) * normalize_along(y_pred, axis), axis)


@adapter("keras.losses.huber")
def loss_huber(y_true, y_pred, delta=1.0):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.mean(F.huber_loss(y_pred, y_true, reduction="none", delta=delta), -1)


@adapter("keras.losses.log_cosh")
def loss_log_cosh(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    error = y_pred - y_true
    return torch.mean(error + F.softplus(-2.0 * error) - math.log(2.0), -1)


@adapter("keras.losses.hinge")
def loss_hinge(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.mean(torch.relu(1.0 - hinge_labels(y_true) * y_pred), -1)


@adapter("keras.losses.squared_hinge")
def loss_squared_hinge(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.mean(torch.relu(1.0 - hinge_labels(y_true) * y_pred) ** 2, -1)


@adapter("keras.losses.categorical_hinge")
def loss_categorical_hinge(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.relu(torch.amax((1.0 - y_true) * y_pred, -1) - torch.sum(y_true * y_pred, -1) + 1.0)


@adapter("keras.losses.kl_divergence")
def loss_kl_divergence(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    y_true, y_pred = torch.clamp(y_true, 1e-7, 1), torch.clamp(y_pred, 1e-7, 1)
    return torch.sum(y_true * torch.log(y_true / y_pred), -1)


@adapter("keras.losses.poisson")
def loss_poisson(y_true, y_pred):
    y_true, y_pred = same_ranks(y_true, y_pred)
    return torch.mean(y_pred - y_true * torch.log(y_pred + 1e-7), -1)


@adapter("keras.losses.binary_crossentropy")
def loss_binary_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = same_ranks(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    return torch.mean(binary_crossentropy(y_true, y_pred, from_logits), axis)


@adapter("keras.losses.binary_focal_crossentropy")
def loss_binary_focal_crossentropy(y_true, y_pred, apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = same_ranks(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + 0.5 * label_smoothing
    if from_logits:
        y_pred = torch.sigmoid(y_pred)
    hit = y_true * y_pred + (1 - y_true) * (1 - y_pred)
    made = (1.0 - hit) ** gamma * binary_crossentropy(y_true, y_pred)
    if apply_class_balancing:
        made = made * (y_true * alpha + (1 - y_true) * (1 - alpha))
    return torch.mean(made, axis)


@adapter("keras.losses.categorical_crossentropy")
def loss_categorical_crossentropy(y_true, y_pred, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = same_ranks(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + label_smoothing / y_true.shape[-1]
    return categorical_crossentropy(y_true, y_pred, from_logits, axis)


@adapter("keras.losses.categorical_focal_crossentropy")
def loss_categorical_focal_crossentropy(y_true, y_pred, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1):
    y_true, y_pred = same_ranks(y_true, y_pred)
    if label_smoothing:
        y_true = y_true * (1.0 - label_smoothing) + label_smoothing / y_true.shape[-1]
    if from_logits:
        y_pred = torch.softmax(y_pred, axis)
    output = torch.clamp(y_pred / torch.sum(y_pred, axis, keepdim=True), 1e-7, 1 - 1e-7)
    return torch.sum(-(1.0 - output) ** gamma * alpha * y_true * torch.log(output), axis)


@adapter("keras.losses.sparse_categorical_crossentropy")
def loss_sparse_categorical_crossentropy(y_true, y_pred, from_logits=False, ignore_class=None, axis=-1):
    if ignore_class is not None:
        raise NotImplementedError("A loss that makes a mask.")
    return sparse_categorical_crossentropy(tensor_of(y_true), y_pred, from_logits, axis)


@adapter("keras.losses.dice")
def loss_dice(y_true, y_pred, axis=None):
    y_true, y_pred = same_ranks(y_true, y_pred)
    axes = axes_of(y_pred, axis)
    return 1 - 2.0 * torch.sum(y_true * y_pred, axes) / (torch.sum(y_true, axes) + torch.sum(y_pred, axes) + 1e-7)


@adapter("keras.losses.tversky")
def loss_tversky(y_true, y_pred, alpha=0.5, beta=0.5, axis=None):
    y_true, y_pred = same_ranks(y_true, y_pred)
    axes = axes_of(y_pred, axis)
    both = torch.sum(y_true * y_pred, axes)
    return 1 - both / (both + torch.sum((1 - y_pred) * y_true, axes) * alpha + torch.sum(y_pred * (1 - y_true), axes) * beta + 1e-7)


@adapter("keras.losses.MeanSquaredError")
class MeanSquaredErrorLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="mean_squared_error", dtype=None):
        super().__init__(loss_mean_squared_error, reduction, name, dtype)


@adapter("keras.losses.MeanAbsoluteError")
class MeanAbsoluteErrorLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="mean_absolute_error", dtype=None):
        super().__init__(loss_mean_absolute_error, reduction, name, dtype)


@adapter("keras.losses.MeanAbsolutePercentageError")
class MeanAbsolutePercentageErrorLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="mean_absolute_percentage_error", dtype=None):
        super().__init__(loss_mean_absolute_percentage_error, reduction, name, dtype)


@adapter("keras.losses.MeanSquaredLogarithmicError")
class MeanSquaredLogarithmicErrorLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="mean_squared_logarithmic_error", dtype=None):
        super().__init__(loss_mean_squared_logarithmic_error, reduction, name, dtype)


@adapter("keras.losses.CosineSimilarity")
class CosineSimilarityLoss(LossFunction):
    def __init__(self, axis=-1, reduction="sum_over_batch_size", name="cosine_similarity", dtype=None):
        super().__init__(loss_cosine_similarity, reduction, name, dtype, axis=axis)


@adapter("keras.losses.Huber")
class HuberLoss(LossFunction):
    def __init__(self, delta=1.0, reduction="sum_over_batch_size", name="huber_loss", dtype=None):
        super().__init__(loss_huber, reduction, name, dtype, delta=delta)


@adapter("keras.losses.LogCosh")
class LogCoshLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="log_cosh", dtype=None):
        super().__init__(loss_log_cosh, reduction, name, dtype)


@adapter("keras.losses.Hinge")
class HingeLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="hinge", dtype=None):
        super().__init__(loss_hinge, reduction, name, dtype)


@adapter("keras.losses.SquaredHinge")
class SquaredHingeLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="squared_hinge", dtype=None):
        super().__init__(loss_squared_hinge, reduction, name, dtype)


@adapter("keras.losses.CategoricalHinge")
class CategoricalHingeLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="categorical_hinge", dtype=None):
        super().__init__(loss_categorical_hinge, reduction, name, dtype)


@adapter("keras.losses.KLDivergence")
class KLDivergenceLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="kl_divergence", dtype=None):
        super().__init__(loss_kl_divergence, reduction, name, dtype)


@adapter("keras.losses.Poisson")
class PoissonLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="poisson", dtype=None):
        super().__init__(loss_poisson, reduction, name, dtype)


@adapter("keras.losses.BinaryCrossentropy")
class BinaryCrossentropyLoss(LossFunction):
    def __init__(self, from_logits=False, label_smoothing=0.0, axis=-1, reduction="sum_over_batch_size", name="binary_crossentropy", dtype=None):
        super().__init__(loss_binary_crossentropy, reduction, name, dtype, from_logits=from_logits, label_smoothing=label_smoothing, axis=axis)


@adapter("keras.losses.BinaryFocalCrossentropy")
class BinaryFocalCrossentropyLoss(LossFunction):
    def __init__(self, apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1, reduction="sum_over_batch_size", name="binary_focal_crossentropy", dtype=None):
        super().__init__(loss_binary_focal_crossentropy, reduction, name, dtype, apply_class_balancing=apply_class_balancing, alpha=alpha, gamma=gamma, from_logits=from_logits, label_smoothing=label_smoothing, axis=axis)


@adapter("keras.losses.CategoricalCrossentropy")
class CategoricalCrossentropyLoss(LossFunction):
    def __init__(self, from_logits=False, label_smoothing=0.0, axis=-1, reduction="sum_over_batch_size", name="categorical_crossentropy", dtype=None):
        super().__init__(loss_categorical_crossentropy, reduction, name, dtype, from_logits=from_logits, label_smoothing=label_smoothing, axis=axis)


@adapter("keras.losses.CategoricalFocalCrossentropy")
class CategoricalFocalCrossentropyLoss(LossFunction):
    def __init__(self, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1, reduction="sum_over_batch_size", name="categorical_focal_crossentropy", dtype=None):
        super().__init__(loss_categorical_focal_crossentropy, reduction, name, dtype, alpha=alpha, gamma=gamma, from_logits=from_logits, label_smoothing=label_smoothing, axis=axis)


@adapter("keras.losses.SparseCategoricalCrossentropy")
class SparseCategoricalCrossentropyLoss(LossFunction):
    def __init__(self, from_logits=False, ignore_class=None, reduction="sum_over_batch_size", axis=-1, name="sparse_categorical_crossentropy", dtype=None):
        super().__init__(loss_sparse_categorical_crossentropy, reduction, name, dtype, from_logits=from_logits, ignore_class=ignore_class, axis=axis)


@adapter("keras.losses.Dice")
class DiceLoss(LossFunction):
    def __init__(self, reduction="sum_over_batch_size", name="dice", axis=None, dtype=None):
        super().__init__(loss_dice, reduction, name, dtype, axis=axis)


@adapter("keras.losses.Tversky")
class TverskyLoss(LossFunction):
    def __init__(self, alpha=0.5, beta=0.5, reduction="sum_over_batch_size", name="tversky", axis=None, dtype=None):
        super().__init__(loss_tversky, reduction, name, dtype, alpha=alpha, beta=beta, axis=axis)
