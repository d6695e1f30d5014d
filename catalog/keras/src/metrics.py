"""keras.metrics: objects that a program keeps; they change no result of a network."""
from __future__ import annotations

import _nw

__public__ = "keras.metrics"


class Metric:
    _nw_is_metric = True

    def __init__(self, name=None, dtype=None, **kwargs):
        self.name = name
        self.variables = []

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


class Accuracy(_Named):
    pass


class BinaryAccuracy(_Named):
    pass


class CategoricalAccuracy(_Named):
    pass


class SparseCategoricalAccuracy(_Named):
    pass


class TopKCategoricalAccuracy(_Named):
    pass


class MeanSquaredError(_Named):
    pass


class MeanAbsoluteError(_Named):
    pass


class RootMeanSquaredError(_Named):
    pass


class AUC(_Named):
    pass


class Precision(_Named):
    pass


class Recall(_Named):
    pass


class MeanIoU(_Named):
    pass
