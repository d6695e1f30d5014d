# entry: make()
# input: f32[2,12]
"""A builder that compiles its model and could load weights."""
from tensorflow import keras
from tensorflow.keras import layers


def make(width=8, path=None):
    inputs = keras.Input(shape=(12,))
    x = inputs
    for _ in range(3):
        x = layers.Dense(width, activation="relu")(x)
    outputs = layers.Dense(1)(x)
    model = keras.Model(inputs, outputs)
    model.compile(optimizer="adam", loss="mse")
    if path is not None:
        model.load_weights(path)
    return model
