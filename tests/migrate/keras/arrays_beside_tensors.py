# entry: Net()
# input: x=f32[2,6,4]
"""Tables that numpy computes, joined with tensors by Python's operators."""
import keras
import numpy as np
from keras import layers, ops


def encoding(length, depth):
    positions = np.arange(length)[:, np.newaxis]
    angles = positions / 10000 ** (np.arange(depth // 2)[np.newaxis, :] / (depth // 2))
    return np.concatenate([np.sin(angles), np.cos(angles)], axis=-1)


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.table = encoding(16, 4)
        self.dense = layers.Dense(4)

    def call(self, x):
        length = x.shape[1]
        y = x * ops.sqrt(ops.cast(4, "float32")) + self.table[np.newaxis, :length].astype("float32")
        return self.dense(y) - self.table[0], self.table[:length] * y
