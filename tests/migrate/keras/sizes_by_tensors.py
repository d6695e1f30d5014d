# entry: Padded(4)
# input: f32[2,5,3]
"""Sizes and branches by tensors of known numbers: an array of numpy with such sizes, and a condition that no run decides otherwise."""
import keras
import numpy as np
from keras import ops


class Padded(keras.Model):
    def __init__(self, step):
        super().__init__()
        self.step = step
        self.dense = keras.layers.Dense(3)

    def call(self, x):
        length = x.shape[1]
        whole = ops.cast(ops.ceil(ops.cast(length, "float32") / ops.cast(self.step, "float32")) * self.step, "int32")
        places = np.zeros((int(whole), 1), "float32")
        for start in range(0, int(whole), self.step):
            places[start:] += 1
        more = self.step * 2 - length
        x = self.dense(ops.pad(x, [[0, 0], [0, more], [0, 0]])) * np.ones((whole, 3), "float32") + places
        is_padded = ops.logical_or(ops.greater(more, 0), ops.logical_not(ops.less_equal(self.step, 4)))
        return ops.cond(is_padded, lambda: x[:, :length], lambda: x)
