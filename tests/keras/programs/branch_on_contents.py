# entry: M()
# input: f32[2,4]
# expect: refused 16 17
"""Which layers run depends on what a tensor holds: the test is named, and the layer, and nothing that follows."""
import keras
from keras import layers, ops


class M(keras.Model):
    def __init__(self):
        super().__init__()
        self.first, self.second = layers.Dense(5), layers.Dense(5)

    def call(self, x):
        x = self.first(x)
        if ops.mean(x) > 0:
            return self.second(x)
        return x * 2
