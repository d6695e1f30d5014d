"""keras.constraints: objects that a layer keeps; they change no result."""
from __future__ import annotations

__public__ = "keras.constraints"


class Constraint:
    def __init__(self, *args, **kwargs):
        self._given = (args, kwargs)

    def __call__(self, *args, **kwargs):
        return args[0]

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def get_config(self):
        return {}

    def clone(self):
        return self


class NonNeg(Constraint):
    pass


class MaxNorm(Constraint):
    pass


class MinMaxNorm(Constraint):
    pass


class UnitNorm(Constraint):
    pass


max_norm, min_max_norm, non_neg, unit_norm = MaxNorm, MinMaxNorm, NonNeg, UnitNorm
_NAMED = {"max_norm": MaxNorm, "min_max_norm": MinMaxNorm, "non_neg": NonNeg, "unit_norm": UnitNorm, "MaxNorm": MaxNorm, "MinMaxNorm": MinMaxNorm, "NonNeg": NonNeg, "UnitNorm": UnitNorm}


def get(identifier):
    if identifier is None:
        return None
    if isinstance(identifier, dict):
        identifier = identifier.get("class_name")
    if isinstance(identifier, str):
        if identifier not in _NAMED:
            raise ValueError("Could not interpret constraint identifier: " + identifier)
        return _NAMED[identifier]()
    if callable(identifier):
        return identifier
    raise ValueError("Could not interpret constraint identifier: " + str(identifier))


def serialize(value):
    return value


def deserialize(config, custom_objects=None):
    return get(config)
