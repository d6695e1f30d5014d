"""tensorflow.python.ops.init_ops: initialisers by their old names."""
from __future__ import annotations

from keras.src.initializers import (Constant, GlorotNormal, GlorotUniform, Identity, Ones, Orthogonal, RandomNormal, RandomUniform, TruncatedNormal,
                                    VarianceScaling, Zeros)

zeros_initializer = Zeros
ones_initializer = Ones
constant_initializer = Constant
random_normal_initializer = RandomNormal
random_uniform_initializer = RandomUniform
truncated_normal_initializer = TruncatedNormal
glorot_normal_initializer = GlorotNormal
glorot_uniform_initializer = GlorotUniform
