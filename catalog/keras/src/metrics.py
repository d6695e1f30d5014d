"""keras.metrics: objects that a program keeps; they change no result of a network."""
from __future__ import annotations

import _nw

__public__ = "keras.metrics"


class _Count:
    """A variable of a metric, which is no weight of the model."""

    def __init__(self, shape, name):
        self.shape = shape
        self.name = name

    def assign(self, value):
        return None

    def assign_add(self, value):
        return None

    def assign_sub(self, value):
        return None


class Metric:
    _nw_is_metric = True

    def __init__(self, dtype=None, name=None):
        self.name = name
        self.variables = []

    def add_variable(self, shape, initializer, dtype=None, aggregation="sum", name=None):
        self.variables.append(_Count(shape, name))
        return self.variables[-1]

    def add_weight(self, shape=(), initializer=None, dtype=None, name=None):
        return self.add_variable(shape, initializer, dtype=dtype, name=name)

    def update_state(self, *args, **kwargs):
        return None

    def reset_state(self):
        return None

    def result(self):
        return _nw.unknown("the result of a metric")

    def __call__(self, *args, **kwargs):
        return self.result()


class _Named(Metric):
    def __init__(self, *args, **kwargs):
        super().__init__(name=kwargs.get("name", None))


class Mean(_Named):
    pass


class Sum(_Named):
    pass


class AUC(_Named):
    pass


class Accuracy(_Named):
    pass


class BinaryAccuracy(_Named):
    pass


class BinaryCrossentropy(_Named):
    pass


class BinaryIoU(_Named):
    pass


class CategoricalAccuracy(_Named):
    pass


class CategoricalCrossentropy(_Named):
    pass


class CategoricalHinge(_Named):
    pass


class ConcordanceCorrelation(_Named):
    pass


class CosineSimilarity(_Named):
    pass


class F1Score(_Named):
    pass


class FBetaScore(_Named):
    pass


class FalseNegatives(_Named):
    pass


class FalsePositives(_Named):
    pass


class Hinge(_Named):
    pass


class IoU(_Named):
    pass


class KLDivergence(_Named):
    pass


class LogCoshError(_Named):
    pass


class MeanAbsoluteError(_Named):
    pass


class MeanAbsolutePercentageError(_Named):
    pass


class MeanIoU(_Named):
    pass


class MeanMetricWrapper(_Named):
    pass


class MeanSquaredError(_Named):
    pass


class MeanSquaredLogarithmicError(_Named):
    pass


class OneHotIoU(_Named):
    pass


class OneHotMeanIoU(_Named):
    pass


class PearsonCorrelation(_Named):
    pass


class Poisson(_Named):
    pass


class Precision(_Named):
    pass


class PrecisionAtRecall(_Named):
    pass


class R2Score(_Named):
    pass


class Recall(_Named):
    pass


class RecallAtPrecision(_Named):
    pass


class RootMeanSquaredError(_Named):
    pass


class SensitivityAtSpecificity(_Named):
    pass


class SparseCategoricalAccuracy(_Named):
    pass


class SparseCategoricalCrossentropy(_Named):
    pass


class SparseTopKCategoricalAccuracy(_Named):
    pass


class SpecificityAtSensitivity(_Named):
    pass


class SquaredHinge(_Named):
    pass


class TopKCategoricalAccuracy(_Named):
    pass


class TrueNegatives(_Named):
    pass


class TruePositives(_Named):
    pass
