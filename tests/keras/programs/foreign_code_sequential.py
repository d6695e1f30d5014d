# entry: build()
# input: f32[2,4]
# expect: refused 12
"""What Python code makes of a tensor between layers of a Sequential is not known; nothing behind it is blamed for that."""
import keras
import numpy as np
import tensorflow as tf


class Median(keras.layers.Layer):
    def call(self, x):
        y = tf.numpy_function(lambda array: np.median(array, axis=-1, keepdims=True).astype("float32"), [x], tf.float32)
        return tf.ensure_shape(y, [None, 1])


def build():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(5), Median(), keras.layers.Dense(2)])
