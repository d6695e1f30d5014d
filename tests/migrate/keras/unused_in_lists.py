# entry: Net()
# input: f32[2,3,4]
"""Variables that no output asks for, in layers within lists, lists of lists and dictionaries."""
import keras
from keras import layers, ops


class Block(layers.Layer):
    def __init__(self, units):
        super().__init__()
        self.mix = layers.Dense(units)
        self.memory = self.add_weight(shape=(1, units), initializer="zeros", trainable=False, name="memory")

    def call(self, x, remember=False):
        x = self.mix(x)
        return x + self.memory if remember else x

    def forget(self):
        self.memory.assign(ops.zeros_like(self.memory))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.blocks = [Block(5), Block(6)]
        self.deep_blocks = [[Block(4)], [Block(3), Block(2)]]
        self.named = {"first": Block(7)}
        self.unit = layers.UnitNormalization(axis=1)

    def call(self, x):
        for block in self.blocks:
            x = block(x)
        for row in self.deep_blocks:
            for block in row:
                x = block(x)
        return self.unit(self.named["first"](x))
