# A number as a keyword argument of a layer, numbers in lists, None among the inputs.
# entry: Net()
# input: f32[2,4]
import keras
from keras import layers


class Scale(layers.Layer):
    def call(self, x, other=None, factor=1.0, shifts=()):
        for shift in shifts:
            x = x + shift
        return x * factor if other is None else x * factor + other


class Net(keras.Model):
    def __init__(self):
        super().__init__()
        self.scale = Scale()

    def call(self, x):
        return self.scale(x, None, factor=2.0, shifts=(1, 2.5)) + self.scale(x, x, factor=3)
