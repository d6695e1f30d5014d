# entry: two_towers(12)
# input: f32[2,12]
# input: i32[2]{0..19}
"""A functional model of two inputs with a layer that is called twice."""
import keras
from keras import layers


def two_towers(features, width=8):
    numbers = keras.Input(shape=(features,))  # as many as there are
    kind = keras.Input(shape=(), dtype="int32")
    shared = layers.Dense(width, activation="tanh", name="shared")
    projected = layers.Dense(
        width,  # as wide
    )(numbers)
    a = shared(projected)
    b = shared(layers.Embedding(20, width)(kind))

    # both together
    both = layers.Concatenate()([a, b, a * b - 1.0])
    both = layers.Dropout(0.1)(both)
    return keras.Model([numbers, kind], [layers.Dense(1)(both), a])
