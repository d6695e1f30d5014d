"""keras.losses: objects that a program hands to compile()."""
from __future__ import annotations

import _nw

__public__ = "keras.losses"


class Loss:
    def __init__(self, name=None, reduction="sum_over_batch_size", dtype=None, **kwargs):
        self.name = name
        self.reduction = reduction

    def __call__(self, y_true, y_pred, sample_weight=None):
        return _nw.unknown("a loss")

    def call(self, y_true, y_pred):
        raise NotImplementedError


class _Named(Loss):
    def __init__(self, *args, **kwargs):
        super().__init__(name=kwargs.get("name", None))


class BinaryCrossentropy(_Named):
    pass


class BinaryFocalCrossentropy(_Named):
    pass


class CategoricalCrossentropy(_Named):
    pass


class CategoricalFocalCrossentropy(_Named):
    pass


class SparseCategoricalCrossentropy(_Named):
    pass


class MeanSquaredError(_Named):
    pass


class MeanAbsoluteError(_Named):
    pass


class MeanAbsolutePercentageError(_Named):
    pass


class MeanSquaredLogarithmicError(_Named):
    pass


class CosineSimilarity(_Named):
    pass


class Huber(_Named):
    pass


class LogCosh(_Named):
    pass


class Hinge(_Named):
    pass


class SquaredHinge(_Named):
    pass


class CategoricalHinge(_Named):
    pass


class KLDivergence(_Named):
    pass


class Poisson(_Named):
    pass


class CTC(_Named):
    pass


class Dice(_Named):
    pass


class Tversky(_Named):
    pass


class Circle(_Named):
    pass


def binary_crossentropy(*args, **kwargs):
    return _nw.unknown("a loss")


def categorical_crossentropy(*args, **kwargs):
    return _nw.unknown("a loss")


def sparse_categorical_crossentropy(*args, **kwargs):
    return _nw.unknown("a loss")


def mean_squared_error(*args, **kwargs):
    return _nw.unknown("a loss")


def mean_absolute_error(*args, **kwargs):
    return _nw.unknown("a loss")


def mean_absolute_percentage_error(*args, **kwargs):
    return _nw.unknown("a loss")


def mean_squared_logarithmic_error(*args, **kwargs):
    return _nw.unknown("a loss")


def cosine_similarity(*args, **kwargs):
    return _nw.unknown("a loss")


def huber(*args, **kwargs):
    return _nw.unknown("a loss")


def log_cosh(*args, **kwargs):
    return _nw.unknown("a loss")


def hinge(*args, **kwargs):
    return _nw.unknown("a loss")


def squared_hinge(*args, **kwargs):
    return _nw.unknown("a loss")


def categorical_hinge(*args, **kwargs):
    return _nw.unknown("a loss")


def kl_divergence(*args, **kwargs):
    return _nw.unknown("a loss")


def poisson(*args, **kwargs):
    return _nw.unknown("a loss")


def get(identifier):
    return identifier
