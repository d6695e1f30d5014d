# entry: build()
# input: f32[2,4]
# expect: refused 11
"""What Python code makes of a tensor inside a functional model is not known; nothing behind it is blamed for that."""
import keras
import tensorflow as tf


class Foreign(keras.layers.Layer):
    def call(self, x):
        return tf.numpy_function(lambda array: array + 1, [x], tf.float32)


def build():
    inputs = keras.Input((4,))
    x = keras.layers.Dense(5)(inputs)
    x = Foreign()(x)
    x = keras.ops.reshape(x, (-1, 5))
    x = keras.layers.Dense(3, name="behind")(tf.keras.layers.ReLU()(x))
    return keras.Model(inputs, [keras.layers.Dense(2)(inputs), x])
