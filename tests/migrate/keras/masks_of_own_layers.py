# entry: build()
# input: ids=i64[3,7]{0..3}
"""Layers of the program that take masks."""
import keras
from keras import layers
from keras import ops


class Custom(layers.Layer):
    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        self.supports_masking = True

    def call(self, x, mask=None):
        if mask is None:
            return x
        m = ops.expand_dims(ops.cast(mask, "float32"), -1)
        return x * m


class MeanPool(layers.Layer):
    def call(self, x, mask=None):
        if mask is not None:
            m = ops.cast(mask, x.dtype)[..., None]
            return ops.sum(x * m, axis=1) / (ops.sum(m, axis=1) + 1e-6)
        return ops.mean(x, axis=1)

    def compute_mask(self, inputs, mask=None):
        return None


def build():
    ids = keras.Input((7,), dtype="int64")
    x = layers.Embedding(10, 4, mask_zero=True)(ids)
    x = Custom()(x)
    x = layers.Dense(4, activation="tanh")(x)
    return keras.Model(ids, MeanPool()(x))
