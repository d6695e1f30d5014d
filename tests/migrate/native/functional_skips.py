# entry: unet()
# input: f32[2,16,16,3]
"""Skips around pooling and upsampling, and the image itself as an addend."""
from keras import layers, models


def unit(x, filters):
    x = layers.Conv2D(filters, 3, padding="same", activation="relu")(x)
    return layers.BatchNormalization()(x)


def unet(filters=4):
    image = layers.Input((16, 16, 3))
    high = unit(image, filters)
    low = unit(layers.MaxPooling2D()(high), 2 * filters)
    lowest = unit(layers.AveragePooling2D(2)(low), 4 * filters)
    x = layers.UpSampling2D()(lowest)
    x = unit(layers.Concatenate()([low, x]), 2 * filters)
    x = layers.UpSampling2D(interpolation="bilinear")(x)
    x = layers.Concatenate()([x, high, image])
    x = layers.Conv2D(3, 1)(x)
    x = layers.Add()([x, image])
    return models.Model(image, [layers.Activation("sigmoid")(x), layers.GlobalMaxPooling2D()(low)])
