# entry: make_net()
# input: f32[2,16,16,3]
"""A functional model with a shortcut."""
import keras
from keras import layers


def make_net(classes=10):
    """A residual network."""
    # the image
    inputs = keras.Input((16, 16, 3))
    x = layers.Conv2D(8, 3, padding="same", activation="relu")(inputs)
    y = layers.Conv2D(8, 3, padding="same", name="second")(x)
    y = layers.BatchNormalization()(y)
    x = layers.Add()([x, y])  # the shortcut
    x = layers.Activation("relu")(x + y)

    x = layers.GlobalAveragePooling2D()(x)
    outputs = layers.Dense(classes, activation="softmax")(x)
    model = keras.Model(inputs=inputs, outputs=outputs, name="net")
    return model
