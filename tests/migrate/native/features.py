# entry: mlp()
# input: f32[2,20]
"""Layers that are added one by one, in a loop."""
import keras
import tensorflow as tf
from keras import layers, regularizers


def mlp(hidden=(32, 16)):
    model = keras.Sequential()
    model.add(keras.Input(shape=(20,)))
    for units in hidden:
        model.add(layers.Dense(units, activation="relu"))
        model.add(layers.Dropout(0.5))
    model.add(layers.LayerNormalization())
    model.add(layers.Dense(1))
    return model
