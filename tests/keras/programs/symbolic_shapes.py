# What a layer sees of a batch of unknown size while the model is put together.
# entry: build()
# input: f32[3,6,4]
import keras
from keras import layers, ops


class Patches(layers.Layer):
    def call(self, x):
        assert x.shape[1] == 6
        batch, length, size = ops.shape(x)
        x = ops.reshape(x, (batch, length // 2, 2 * size))
        return ops.concatenate([ops.broadcast_to(ops.zeros((1, 1, 2 * size)), (batch, 1, 2 * size)), x], axis=1)


def build():
    inputs = keras.Input((6, 4))
    x = Patches()(inputs)
    assert x.shape == (None, 4, 8), x.shape
    b = ops.shape(x)[0]
    x = layers.Reshape((2, -1))(x)
    assert x.shape == (None, 2, 16)
    x = x[:, -1]
    assert tuple(x.shape) == (None, 16)
    return keras.Model(inputs, layers.Dense(x.shape[-1] // 4)(x))
