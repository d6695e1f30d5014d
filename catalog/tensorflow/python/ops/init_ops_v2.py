"""tensorflow.python.ops.init_ops_v2: initialisers that layers take like those of Keras."""
from __future__ import annotations

from keras.src.initializers import (Constant, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Identity, LecunNormal, LecunUniform, Ones, Orthogonal,
                                    RandomNormal, RandomUniform, TruncatedNormal, VarianceScaling, Zeros)

glorot_normal = GlorotNormal
glorot_uniform = GlorotUniform
he_normal = HeNormal
he_uniform = HeUniform
lecun_normal = LecunNormal
lecun_uniform = LecunUniform
