"""Keras 3, as its TensorFlow backend computes."""
from __future__ import annotations

from keras import (activations, applications, backend, callbacks, config, constraints, datasets, dtype_policies, initializers, layers, losses, metrics,
                   mixed_precision, models, ops, optimizers, preprocessing, quantizers, random, regularizers, saving, tree, utils)
from keras.src.layers.input_layer import Input
from keras.src.layers.input_spec import InputSpec
from keras.src.layers.layer import DTypePolicy, Layer, Operation
from keras.src.losses import Loss
from keras.src.metrics import Metric
from keras.src.models import Functional, Model, Sequential
from keras.src.ops.core import name_scope
from keras.src.optimizers import Optimizer
from keras.src.random import SeedGenerator
from keras.src.regularizers import Regularizer
from keras.src.initializers import Initializer
from keras.src.constraints import Constraint
from keras.src.symbolic import KerasTensor
from keras.src.variables import Variable
from keras.src.models.function import Function
from keras.src import version as _version

__version__ = "3.15.1"
version = _version.version


def device(name):
    from keras.src.ops.core import name_scope as scope
    return scope("device")


def remat(function):
    return function


class StatelessScope:
    def __init__(self, *args, **kwargs):
        import _nw
        _nw.check(False, "stateless scopes are not read", NotImplementedError)
