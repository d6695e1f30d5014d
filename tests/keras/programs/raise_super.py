# super().__init__() is forgotten.
# entry: Net()
# input: f32[2,4]
import keras
from keras import layers


class Net(layers.Layer):
    def __init__(self):
        self.units = 3

    def call(self, x):
        return x
