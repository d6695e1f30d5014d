# entry: Net()
# input: f32[4,3]
"""Variables that calls write to: an average that only training moves, states that begin anew in each call, counters; tf.Variable is no weight."""
import keras
import tensorflow as tf
from keras import layers, ops


class Norm(layers.Layer):
    def __init__(self, momentum=0.9, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum

    def build(self, shape):
        self.gamma = self.add_weight(shape=(shape[-1],), initializer="ones", name="gamma")
        self.mean = self.add_weight(shape=(shape[-1],), initializer="zeros", trainable=False, name="mean")
        self.variance = self.add_weight(shape=(shape[-1],), initializer="ones", trainable=False, name="variance")

    def call(self, x, training=None):
        if training:
            mean, variance = tf.nn.moments(x, [0])
            self.mean.assign(self.mean * self.momentum + mean * (1 - self.momentum))
            self.variance.assign_sub((self.variance - variance) * (1 - self.momentum))
        else:
            mean, variance = self.mean, self.variance
        return tf.nn.batch_normalization(x, mean, variance, None, self.gamma, 1e-3)


class Memory(layers.Layer):
    def __init__(self):
        super().__init__()
        self.mix = layers.Dense(4)
        self.state = tf.Variable(tf.ones((4, 4)), trainable=False)
        self.scale = tf.Variable(2.0)

    def call(self, x, training=False):
        self.state.assign(tf.zeros_like(self.state))
        for _ in range(3):
            self.state.assign(tf.tanh(self.mix(x) + self.state))
        if training:
            self.scale.assign(self.scale * 0.5)
        return tf.identity(self.state) * self.scale


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.norm, self.memory = Norm(), Memory()
        self.calls = self.add_weight(shape=(), initializer="zeros", dtype="int32", trainable=False, name="calls")

    def call(self, x, training=None):
        self.calls.assign_add(1)
        y = self.memory(self.norm(x, training=training))
        return ops.softmax(y), self.memory.state - 1.0
