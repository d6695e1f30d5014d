# entry: Net()
# input: f32[4,6]
"""What only training does: noise, paths that are left out, averages that move along, a head of its own."""
import keras
import tensorflow as tf
from keras import layers, ops


class Average(layers.Layer):
    """Centres by a moving average."""

    def build(self, shape):
        self.mean = self.add_weight(shape=(shape[-1],), initializer="zeros", trainable=False, name="mean")
        self.count = self.add_weight(shape=(), initializer="zeros", trainable=False, name="count")

    def call(self, x, training=None):
        if training:
            # moves along
            self.mean.assign(0.9 * self.mean + 0.1 * ops.mean(x, axis=0))
            self.count.assign_add(1.0)
        return x - self.mean


class DropPath(layers.Layer):
    def __init__(self, rate, **kwargs):
        super().__init__(**kwargs)
        self.rate = rate

    def call(self, x, training=False):
        if training:
            keep = 1 - self.rate
            mask = tf.floor(keep + tf.random.uniform((tf.shape(x)[0], 1)))
            return x / keep * mask
        return x


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.dense = layers.Dense(5)
        self.average = Average()
        self.drop = DropPath(0.3)
        self.head = layers.Dense(2)
        self.aside = layers.Dense(3)  # for training alone

    def call(self, x, training=None):
        x = self.average(self.dense(x), training=training)
        x = x + self.drop(x, training=training)
        if training:
            noise = keras.random.normal(ops.shape(x))
            return self.head(x + noise), self.aside(x)
        return self.head(x)
