# entry: Net()
# input: f32[2,6,4]
"""Functions of tensors, and layers of several."""
import keras
import tensorflow as tf
from keras import layers, ops


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.scale = self.add_weight(shape=(4,), initializer="ones", name="scale")
        self.kept = self.add_weight(shape=(4, 4), trainable=False)
        self.product = layers.Multiply()
        self.top = layers.Concatenate(axis=1)
        self.highest = layers.GlobalMaxPooling1D()

    def call(self, x):
        places = ops.cast(ops.arange(6), "float32")
        y = x * self.scale + ops.matmul(x, ops.transpose(self.kept)) / ops.sqrt(4.0)
        y = y * ops.transpose(x, (0, 2, 1))[:, :1, :4] + tf.sqrt(tf.cast(4, tf.float32))
        a, b = ops.split(y, 2, axis=-1)
        y = tf.concat([a, tf.matmul(b, b, transpose_b=True)], axis=-1)
        y = self.top([y, self.product([y, y])])
        return self.highest(y), ops.mean(y, axis=1), ops.concatenate([a, b], axis=2) + places[:1]
