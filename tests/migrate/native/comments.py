# entry: make_model()
# input: f32[2,28,28,1]
"""Comments of a list of layers."""
import keras
from keras import layers


def make_model():
    return keras.Sequential(
        [
            keras.Input(shape=(28, 28, 1)),
            # the only convolution
            layers.Conv2D(8, 3, activation="relu", name="conv"),
            layers.MaxPooling2D(),  # half
            layers.Flatten(),
            layers.Dense(10, activation="softmax"),
        ]
    )
