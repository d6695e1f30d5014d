# entry: build(4, 6)
# input: x=f32[2,6,6,3]
"""Functions of the program's own, of TensorFlow's backend and with arguments given before as activations; slices with negative steps."""
import functools

import keras
from keras import layers, ops
from tensorflow.keras import backend


def relu6(x):
    return backend.relu(x, max_value=6)


def mish(x):
    return x * ops.tanh(ops.softplus(x))


def build(*widths, act=functools.partial(keras.activations.relu, negative_slope=0.2)):
    x = inputs = keras.Input((6, 6, 3))
    for width in widths:
        x = layers.Conv2D(width, 3, padding="same", use_bias=False)(x)
        x = layers.Activation(relu6)(layers.BatchNormalization()(x))
        x = layers.Activation(act)(layers.Conv2D(width, 1, activation=mish)(x))
    return keras.Model(inputs, [x[:, ::-1], x[..., 5:1:-2], layers.Activation(mish)(x)[:, ::-2, 1:]])
