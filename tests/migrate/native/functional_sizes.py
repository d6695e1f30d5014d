# entry: build_net()
# input: f32[2,16,16,3]
"""Helpers that ask for sizes, choose between layers in expressions, and take options on."""
from keras import Model, layers


def squeeze(x, ratio=0.25):
    channels = x.shape[-1]
    y = layers.GlobalAveragePooling2D()(x)
    y = layers.Reshape((1, 1, channels))(y)
    y = layers.Conv2D(int(channels * ratio), 1, activation="relu")(y)
    y = layers.Conv2D(channels, 1, activation="sigmoid")(y)
    return layers.multiply([x, y])


def block(x, filters, strides=1, padding="same"):
    shortcut = layers.MaxPooling2D(strides)(x) if strides > 1 else x
    x = layers.DepthwiseConv2D(3, strides=strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization(axis=-1)(x)
    x = layers.Conv2D(filters, 1, padding=padding)(x)
    if shortcut.shape[-1] == filters:
        return layers.Add()([x, shortcut])
    return layers.Concatenate(axis=3)([x, shortcut])


def build_net(classes=10, top=True, pooling=None, activation="softmax"):
    inputs = layers.Input((16, 16, 3))
    x = layers.Conv2D(8, 3, padding="SAME")(inputs)
    x = block(x, 8)
    x = squeeze(x, 0.5)
    x = block(x, 16, strides=2)
    x = squeeze(x)
    if top:
        x = layers.GlobalAveragePooling2D(keepdims=True)(x)
        x = layers.Conv2D(classes, 1)(x)
        x = layers.Flatten()(x)
        x = layers.Activation(activation)(x)
    elif pooling == "max":
        x = layers.BatchNormalization()(x)
        x = layers.GlobalMaxPooling2D()(x)
        x = layers.Dense(classes, activation=activation)(x)
    return Model(inputs, x)
