# entry: build()
# input: f32[2,15,15,4]
"""Layers of images."""
import keras
from keras import layers


def build():
    return keras.Sequential([
        keras.Input((15, 15, 4)),
        layers.DepthwiseConv2D(3, strides=2, padding="same", depth_multiplier=2, activation="hard_silu"),
        layers.SeparableConv2D(8, (3, 3), strides=(2, 2), padding="same", activation="tanh"),
        layers.PReLU(shared_axes=[1, 2]),
        layers.SpatialDropout2D(0.2),
        layers.Conv2DTranspose(6, 3, activation="leaky_relu"),
        layers.Conv2DTranspose(6, 4, strides=2, padding="same"),
        layers.Conv2D(6, (3, 1), padding="same", dilation_rate=2, groups=3, activation="log_sigmoid"),
        layers.Conv2D(6, 1, strides=2, padding="same"),
        layers.MaxPooling2D(3, strides=2, padding="same"),
        layers.Activation("sigmoid"),
        layers.Identity(),
        layers.ActivityRegularization(0.1),
        layers.GlobalMaxPooling2D(),
        layers.Reshape((3, 2)),
        layers.Reshape((2, 3, 1)),
        layers.GlobalAveragePooling2D(keepdims=True),
        layers.Flatten(),
    ])
