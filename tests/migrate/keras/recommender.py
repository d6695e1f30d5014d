# entry: Recommender(3)
# input: f32[2,5,6]
"""Crossed features, with weights in lists that `build` fills under a test, initialisers by name that are made again, masks by -2**32 + 1, and what training asks for."""
import tensorflow as tf
from tensorflow import keras


def again(initializer):
    return initializer.__class__.from_config(initializer.get_config())


class Cross(keras.layers.Layer):
    def __init__(self, count, form="vector", initializer="glorot_uniform", **kwargs):
        super().__init__(**kwargs)
        self.count = count
        self.form = form
        self.initializer = keras.initializers.get(initializer)

    def build(self, input_shape):
        size = int(input_shape[-1])
        if self.form == "vector":
            self.kernels = [self.add_weight(name="kernel" + str(i), shape=(size, 1), initializer=again(self.initializer)) for i in range(self.count)]
        else:
            self.kernels = [self.add_weight(name="kernel" + str(i), shape=(size, size), initializer=again(self.initializer)) for i in range(self.count)]
        self.biases = [self.add_weight(name="bias" + str(i), shape=(size,), initializer=keras.initializers.get("zeros")) for i in range(self.count)]
        super().build(input_shape)

    def call(self, inputs):
        x = inputs
        for kernel, bias in zip(self.kernels, self.biases):
            x = inputs * tf.matmul(x, kernel) + bias + x
        return x


class Recommender(keras.Model):
    def __init__(self, count):
        super().__init__()
        self.cross = Cross(count)
        self.callbacks = [keras.callbacks.EarlyStopping(patience=2), keras.callbacks.ModelCheckpoint("best.keras", save_best_only=True)]

    def call(self, queries):
        mask = tf.nn.relu(queries[:, :, :1])
        crossed = self.cross(queries)
        scores = tf.matmul(crossed, queries, transpose_b=True)
        paddings = tf.ones_like(scores) * (-2 ** 32 + 1)
        scores = tf.where(tf.equal(mask, tf.zeros_like(mask)), paddings, scores)
        return tf.matmul(tf.nn.softmax(scores), queries)
