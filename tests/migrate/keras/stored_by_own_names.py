# entry: build()
# input: x=f32[2,4,6]
"""Layers that say for themselves under which names their weights are stored, and store more than weights."""
import typing

import keras
from keras import layers, ops


class Positions(layers.Layer):
    def build(self, shape):
        self.length, self.width = shape[1:]
        self.shift = self.add_weight(shape=(self.width,), name="shift")
        self.table = self.add_weight(shape=(1, self.length, self.width), name="table")
        self.built = True

    def save_own_variables(self, store):
        super().save_own_variables(store)
        store["length"] = self.length

    def load_own_variables(self, store):
        self.shift.assign(store["0"])
        self.table.assign(store["1"])

    def call(self, x):
        return x * self.table + self.shift


class Scale(layers.Layer):
    def build(self, shape):
        self.factor = self.add_weight(shape=(shape[-1],), name="factor")
        self.offset = self.add_weight(shape=(shape[-1],), name="offset")

    def save_own_variables(self, store):
        store["offset"] = self.offset
        store["factor"] = self.factor

    def load_own_variables(self, store):
        self.factor.assign(store["factor"])
        self.offset.assign(store["offset"])

    def call(self, x):
        return ops.tanh(x * self.factor) + self.offset


class Named(keras.Model):
    def __new__(cls, *args, **kwargs):
        return typing.cast(Named, super().__new__(cls, *args, **kwargs))

    def __init__(self, width, **kwargs):
        inputs = layers.Input((4, 6))
        x = Scale()(Positions()(inputs))
        super().__init__(inputs=inputs, outputs=layers.Dense(width)(x), **kwargs)


def build():
    return Named(3, name="named")
