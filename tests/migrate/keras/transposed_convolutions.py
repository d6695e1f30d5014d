# entry: Grow()
# input: x=f32[2,5,6,3]
"""Transposed convolutions of kernels that layers hold themselves."""
import keras
from keras import layers, ops


class Grown(layers.Layer):
    def __init__(self, filters, size, **options):
        super().__init__()
        self.filters = filters
        self.size = size
        self.options = options

    def build(self, shape):
        self.kernel = self.add_weight(shape=(self.size, self.size + 1, self.filters, shape[-1]), name="kernel")

    def call(self, x):
        return ops.conv_transpose(x, self.kernel, **self.options)


class Grow(keras.Model):
    def __init__(self):
        super().__init__()
        self.valid = Grown(4, 3, strides=2)
        self.same = Grown(5, 3, strides=2, padding="same")
        self.plain = Grown(2, 4, padding="same")

    def call(self, x):
        return self.plain(self.same(self.valid(x)))
