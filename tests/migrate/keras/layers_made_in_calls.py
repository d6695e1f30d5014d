# entry: build()
# input: x=f32[2,6]
import keras
from keras import layers


class Block(keras.layers.Layer):
    def __init__(self, units, rate, **kwargs):
        super().__init__(**kwargs)
        self.units = units
        self.rate = rate

    def build(self, input_shape):
        self.dense = layers.Dense(self.units)
        self.norm = keras.Sequential([layers.Dense(self.units), layers.Dropout(0.5)])

    def call(self, inputs):
        x = self.dense(inputs)
        x = layers.Dropout(self.rate)(x)  # made anew in each call
        x = layers.Add()([x, inputs])
        return self.norm(x)


def build():
    inputs = keras.Input((6,))
    return keras.Model(inputs, Block(6, 0.3)(inputs))
