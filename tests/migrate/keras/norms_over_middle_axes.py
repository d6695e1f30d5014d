"""Batch normalisation over an axis that is neither the first behind the samples nor the last."""
# entry: build()
# input: x=f32[2,4,5,6]
import keras
from keras import layers


def build():
    i = keras.Input((4, 5, 6))
    x = layers.BatchNormalization(axis=2, momentum=0.7)(i)
    x = layers.BatchNormalization(axis=-2, scale=False)(x)
    return keras.Model(i, layers.Conv2D(2, 3)(x))
