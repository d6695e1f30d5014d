# entry: build()
# input: x=f32[2,64]
"""Sizes and angles of complex numbers are real; pieces of signals with another border than zero; numbers that are computed with as tensors."""
import keras
import tensorflow as tf
from keras import layers, ops


class Spectrum(layers.Layer):
    def call(self, x):
        z = tf.signal.stft(x, 16, 8, 16)
        return tf.abs(z)


class Response(layers.Layer):
    def __init__(self, rate):
        super().__init__()
        self.epsilon, self.rate = -1e-3, rate

    def call(self, x, training=None):
        epsilon = tf.math.abs(tf.cast(self.epsilon, dtype=self.dtype))
        kept = tf.keras.backend.random_bernoulli([], p=self.rate)
        x = x * tf.math.rsqrt(tf.reduce_mean(tf.square(x), axis=1, keepdims=True) + epsilon) * tf.round(epsilon + 1.6) * tf.sign(epsilon)
        return x * kept if training else x * self.rate


class Decibel(layers.Layer):
    def call(self, x):
        level = 10.0 * (tf.math.log(tf.maximum(x, 1e-5)) / tf.math.log(tf.constant(10, dtype=x.dtype)))
        return tf.maximum(level, tf.reduce_max(level, axis=(1, 2), keepdims=True) - 60.0)


def build():
    inputs = keras.Input((64,))
    level = Decibel()(Spectrum()(inputs))
    pieces = layers.Lambda(lambda x: tf.signal.frame(x, 10, 6, pad_end=True, pad_value=0.5, axis=1))(inputs)
    phase = layers.Lambda(lambda x: ops.abs(tf.cast(x, tf.complex64)) + tf.math.real(tf.signal.stft(x, 16, 64, 16))[:, :1, 0])(inputs)
    return keras.Model(inputs, [Response(0.7)(layers.Dense(3)(level)), pieces, phase])
