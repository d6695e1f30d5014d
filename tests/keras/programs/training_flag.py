# How `training` reaches layers: by the call's own argument, by the context, by a layer that has none.
# entry: Outer()
# input: f32[2,4]
import keras
from keras import layers, ops


class Inner(layers.Layer):
    def __init__(self):
        super().__init__()
        self.a, self.b = layers.Dense(3), layers.Dense(5)

    def call(self, x, training=None):
        if training:
            return self.a(x)
        return self.b(x)


class Plain(layers.Layer):
    def __init__(self):
        super().__init__()
        self.inner = Inner()

    def call(self, x):
        return self.inner(x)


class Outer(keras.Model):
    def __init__(self):
        super().__init__()
        self.plain, self.inner = Plain(), Inner()

    def call(self, x, training=False):
        return self.plain(x), self.inner(x, training=True), self.inner(x)
