# entry: Blocks(3, 5, gain=0.5, unheard_of=1)
# input: x=f32[2,5]
"""Numbers of a numpy array that are asked for themselves, first values by functions of two arguments, and options that a functional model ignores."""
import keras
import numpy as np
from keras import layers, ops


class Gain(layers.Layer):
    def __init__(self, value, **kwargs):
        super().__init__(**kwargs)
        self.value = value

    def build(self, shape):
        self.gain = self.add_weight(shape=(), initializer=lambda shape, dtype: ops.cast(self.value, dtype), name="gain")
        self.shift = self.add_weight(shape=(shape[-1],), initializer=lambda shape, dtype=None: ops.zeros(shape, dtype), name="shift")
        self.built = True

    def call(self, x):
        return x * self.gain + self.shift


def plain(rate):
    return rate.item() if hasattr(rate, "item") else rate


class Blocks(keras.Model):
    def __init__(self, count, width, gain=1.0, **kwargs):
        rates = [rate.item() for rate in np.linspace(0.1, 0.3, count)]
        x = inputs = layers.Input((width,))
        for i, rate in enumerate(rates):
            x = layers.Dropout(plain(rate))(x)
            x = Gain(gain + np.float32(rate).item())(layers.Dense(width, activation="relu", name=f"dense_{i}")(x))
        super().__init__(inputs=inputs, outputs=x, **kwargs)
