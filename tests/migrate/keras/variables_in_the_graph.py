# single
"""A variable that is an operand beside a symbolic tensor is read when the model runs."""
# entry: build()
# input: a=f32[2,4]
import keras
from keras import layers, ops


def build():
    a = keras.Input((4,))
    shared = layers.Dense(4)
    b = shared(a)
    return keras.Model(a, ops.matmul(b, shared.kernel) + shared.bias)
