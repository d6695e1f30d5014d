"""keras.optimizers: objects that a program hands to compile(); they change no result of a network."""
from __future__ import annotations

__public__ = "keras.optimizers"


class Optimizer:
    def __init__(self, *args, **kwargs):
        self._given = (args, kwargs)

    def minimize(self, *args, **kwargs):
        return None

    def apply_gradients(self, *args, **kwargs):
        return None

    def apply(self, *args, **kwargs):
        return None

    def build(self, *args, **kwargs):
        return None


class SGD(Optimizer):
    pass


class RMSprop(Optimizer):
    pass


class Adam(Optimizer):
    pass


class AdamW(Optimizer):
    pass


class Adadelta(Optimizer):
    pass


class Adagrad(Optimizer):
    pass


class Adamax(Optimizer):
    pass


class Adafactor(Optimizer):
    pass


class Nadam(Optimizer):
    pass


class Ftrl(Optimizer):
    pass


class Lion(Optimizer):
    pass


class Lamb(Optimizer):
    pass


class LossScaleOptimizer(Optimizer):
    pass


class Muon(Optimizer):
    pass


def get(identifier):
    return identifier


def serialize(optimizer):
    return optimizer


def deserialize(config, custom_objects=None):
    return config
