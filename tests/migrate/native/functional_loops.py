# entry: SegmentationNet((16, 16, 3), depth=2)
# input: f32[2,16,16,3]
"""Helpers with tests, loops in loops, several layers of one name and layers that are shared."""
from keras import Model, layers


def stack(x, filters, repeats=2, *, strides=1, dropout=0.0):
    """Some convolutions, of which the first may have strides."""
    for i in range(repeats):
        if i == 0:
            x = layers.Conv2D(filters, 3, strides=strides, padding="same")(x)
        else:
            x = layers.Conv2D(filters, 3, padding="same", use_bias=False)(x)
            for _ in range(2):
                x = layers.BatchNormalization(epsilon=1e-5)(x)
        x = layers.LeakyReLU(0.1)(x)  # after each
    if dropout:
        x = layers.Dropout(dropout)(x)
    return x


def join(x, skip=None):
    # two branches
    if skip is None:
        return x
    x = layers.Concatenate()([x, skip])
    return x


def scale(x, factor):
    return x * factor


def SegmentationNet(input_shape, depth=3, filters=8, classes=4, activation="softmax"):
    if depth < 1:
        raise ValueError("too few levels")
    image = layers.Input(
        shape=input_shape,  # without the batch
        name="image",
    )
    widths = [filters * 2**level for level in range(depth)]
    head = layers.Conv2D(classes, 1, name="head")
    x = image
    for level, width in enumerate(widths):
        x = stack(x, width, strides=1 if level == 0 else 2, dropout=0.1 * level)
    first = x
    x = layers.UpSampling2D(2)(x)
    x = stack(x, widths[-1], repeats=1)
    y = layers.Conv2DTranspose(widths[-1], 2, strides=2)(first)
    x = join(x, y)
    x = scale(x, factor=0.5)
    if activation is not None:
        x = layers.Activation(activation)(head(x))
    else:
        x = head(x)
    model = Model(inputs=image, outputs=x, name="segmentation")
    # the model is ready
    return model
