# entry: Net(2)
# input: f32[3,4]
"""A layer that only holds others, and is never called itself; weights that are no more than None at first."""
import keras
from keras import layers, ops


class Holder(layers.Layer):
    def __init__(self):
        super().__init__()
        self.items = []

    def append(self, parts):
        self.items.append(parts)

    def __iter__(self):
        return iter(self.items)


class Shift(layers.Layer):
    def __init__(self):
        super().__init__()
        self.offset = None

    def build(self, input_shape):
        self.offset = self.add_weight(shape=(input_shape[-1],), initializer="ones", trainable=False, name="offset")

    def call(self, x):
        return x + self.offset


class Net(keras.Model):
    def __init__(self, depth):
        super().__init__()
        self.blocks = Holder()
        for _ in range(depth):
            self.blocks.append([layers.Dense(4), Shift()])

    def call(self, x):
        for dense, shift in self.blocks:
            x = shift(ops.tanh(dense(x)))
        return x
