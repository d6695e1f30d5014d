# entry: build()
# input: f32[2,6]
"""Layers made from the configurations of others, first values of weights, and shapes that are told again."""
import numpy as np
import tensorflow as tf
from tensorflow import keras


class Block(keras.layers.Layer):
    def __init__(self, units, rate=0.1, **kwargs):
        super().__init__(**kwargs)
        self.units, self.rate = units, rate
        self.dense = keras.layers.Dense(units)

    def call(self, x):
        y = tf.nn.relu(self.dense(x)) * self.rate
        y.set_shape([None, self.units])
        return y

    def get_config(self):
        return {**super().get_config(), "units": self.units, "rate": self.rate}


class Net(keras.Model):
    def __init__(self, block, copies=2, **kwargs):
        super().__init__(**kwargs)
        self.first = keras.layers.Dense(6)
        self.first.build((None, 6))
        self.first.set_weights([np.eye(6), np.zeros(6)])
        self.blocks = [Block.from_config({**block.get_config(), "name": f"copy_{i}"}) for i in range(copies)]
        self.again = type(block).from_config({"units": 3, "rate": 0.5})

    def call(self, x):
        x = self.first(x)
        for block in self.blocks:
            x = block(x)
        return self.again(x)


def build():
    return Net(Block(4))
