# entry: Net()
# input: f32[2,12,12,3]
"""Layers of several tensors, features that are weighed by channel, and a decoder."""
import keras
from keras import layers, ops


class Squeeze(layers.Layer):
    def __init__(self, channels, ratio=4):
        super().__init__()
        self.pool = layers.GlobalAveragePooling2D(keepdims=True)
        self.down = layers.Conv2D(channels // ratio, 1, activation="relu")
        self.up = layers.Conv2D(channels, 1, activation="sigmoid")

    def call(self, x):
        return x * self.up(self.down(self.pool(x)))


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.first = layers.Conv2D(8, 3, strides=2, padding="same")
        self.left = layers.Conv2D(8, 3, padding="same", activation="relu")
        self.right = layers.DepthwiseConv2D(3, padding="same", depth_multiplier=1)
        self.norms = {"left": layers.BatchNormalization(), "right": layers.BatchNormalization(center=False, scale=False)}
        self.join = layers.Concatenate()
        self.squeeze = Squeeze(16)
        self.add = layers.Add()
        self.mix = layers.Conv2D(8, 1)
        self.grow = layers.Conv2DTranspose(4, 2, strides=2)
        self.out = layers.Conv2D(2, 1, activation="softmax")

    def call(self, x):
        x = self.first(x)
        left = self.norms["left"](self.left(x))
        right = self.norms["right"](self.right(x))
        y = self.squeeze(self.join([left, right]))
        y = self.add([self.mix(y), x])
        y = ops.concatenate([self.grow(y), self.grow(x)], axis=-1)
        return self.out(y), ops.mean(y, axis=[1, 2])
