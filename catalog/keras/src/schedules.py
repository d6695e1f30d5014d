"""keras.optimizers.schedules: rates that only training asks for."""
from __future__ import annotations

import _nw

__public__ = "keras.optimizers.schedules"


class LearningRateSchedule:
    def __init__(self, *args, **kwargs):
        self._given = (args, kwargs)

    def __call__(self, step):
        return _nw.unknown("a learning rate")


class CosineDecay(LearningRateSchedule):
    pass


class CosineDecayRestarts(LearningRateSchedule):
    pass


class ExponentialDecay(LearningRateSchedule):
    pass


class InverseTimeDecay(LearningRateSchedule):
    pass


class PiecewiseConstantDecay(LearningRateSchedule):
    pass


class PolynomialDecay(LearningRateSchedule):
    pass
