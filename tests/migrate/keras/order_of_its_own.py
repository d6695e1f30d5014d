# entry: build()
# input: x=f32[3,7]
# refuse: the order in which TensorFlow leaves the largest elements that it need not sort
import keras
from keras import layers, ops


class Hardest(layers.Layer):
    def call(self, x):
        _, places = ops.top_k(x, 3, sorted=False)
        return ops.take_along_axis(x * 2, places, axis=1)


def build():
    inputs = keras.Input((7,))
    return keras.Model(inputs, Hardest()(inputs))
