"""keras.regularizers: objects that a layer keeps; they change no result."""
from __future__ import annotations

__public__ = "keras.regularizers"


class Regularizer:
    def __init__(self, *args, **kwargs):
        self._given = (args, kwargs)

    def __call__(self, *args, **kwargs):
        return 0.0

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def get_config(self):
        return {}

    def clone(self):
        return self


class L1L2(Regularizer):
    def __init__(self, l1=0.0, l2=0.0):
        self.l1, self.l2 = l1, l2


class L1(Regularizer):
    def __init__(self, l1=0.01):
        self.l1 = l1


class L2(Regularizer):
    def __init__(self, l2=0.01):
        self.l2 = l2


class OrthogonalRegularizer(Regularizer):
    def __init__(self, factor=0.01, mode="rows"):
        self.factor, self.mode = factor, mode


l1, l2, orthogonal_regularizer = L1, L2, OrthogonalRegularizer


def l1_l2(l1=0.01, l2=0.01):
    return L1L2(l1=l1, l2=l2)


_NAMED = {"l1": L1, "l2": L2, "l1_l2": L1L2, "L1": L1, "L2": L2, "L1L2": L1L2, "orthogonal_regularizer": OrthogonalRegularizer, "OrthogonalRegularizer": OrthogonalRegularizer}


def get(identifier):
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        identifier = identifier.get("class_name")
    if isinstance(identifier, str):
        if identifier not in _NAMED:
            raise ValueError("Could not interpret regularizer identifier: " + identifier)
        return _NAMED[identifier]()
    if callable(identifier):
        return identifier
    raise ValueError("Could not interpret regularizer identifier: " + str(identifier))


def serialize(value):
    return value


def deserialize(config, custom_objects=None):
    return get(config)
