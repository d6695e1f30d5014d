# entry: build()
# input: f32[2,32,32,3]
"""A functional model of helpers and loops."""
from keras import layers, Model


def conv_block(x, filters, kernel, strides=1):
    """Convolution, normalisation and activation."""
    # no bias in front of the norm
    x = layers.Conv2D(filters, kernel, strides=strides, padding="same", use_bias=False)(x)
    x = layers.BatchNormalization()(x)  # Keras' own momentum
    x = layers.Activation("relu")(x)
    return x


def residual(x, filters, project=False):
    shortcut = x
    if project:
        # sizes differ
        shortcut = layers.Conv2D(filters, 1)(x)
    x = conv_block(x, filters, 3)
    x = conv_block(x, filters, 3)
    return layers.Add()([x, shortcut])


def build(input_shape=(32, 32, 3), n=3, classes=10, include_top=True):
    inputs = layers.Input(input_shape)
    x = inputs
    # the stages
    for i in range(n):
        x = conv_block(x, 16 * 2**i, 3)
        x = layers.MaxPooling2D()(x)
    for filters in (64, 80):
        x = residual(x, filters, project=filters > 64)
        if filters > 64:
            x = layers.Dropout(0.2)(x)
    if include_top:
        x = layers.GlobalAveragePooling2D()(x)
        x = layers.Dense(classes, activation="softmax")(x)
    else:
        x = layers.GlobalMaxPooling2D()(x)
    return Model(inputs, x)
