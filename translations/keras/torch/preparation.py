"""Layers that prepare images: what changes them at random does so in training only."""

import torch
import torch.nn.functional as F


@adapter("netwright.Augmentation")
class Augmentation(Layer):
    """Random changes in training; in evaluation the images pass on."""

    def __init__(self, name=None, trainable=True, dtype=None, **kwargs):
        super().__init__(name=name, trainable=trainable, dtype=dtype)

    def call(self, inputs, training=None):
        if training:
            raise NotImplementedError("Random changes of images are not carried over.")
        return inputs


@adapter("keras.layers.RandomFlip")
class RandomFlip(Augmentation):
    def __init__(self, mode="horizontal_and_vertical", seed=None, data_format=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomRotation")
class RandomRotation(Augmentation):
    def __init__(self, factor, fill_mode="reflect", interpolation="bilinear", seed=None, fill_value=0.0, data_format=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomZoom")
class RandomZoom(Augmentation):
    def __init__(self, height_factor, width_factor=None, fill_mode="reflect", interpolation="bilinear", seed=None, fill_value=0.0, data_format=None,
                 **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomTranslation")
class RandomTranslation(Augmentation):
    def __init__(self, height_factor, width_factor, fill_mode="reflect", interpolation="bilinear", seed=None, fill_value=0.0, data_format=None,
                 **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomContrast")
class RandomContrast(Augmentation):
    def __init__(self, factor, value_range=(0, 255), seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomBrightness")
class RandomBrightness(Augmentation):
    def __init__(self, factor, value_range=(0, 255), seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.Resizing")
class Resizing(Layer):
    def __init__(self, height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant",
                 fill_value=0.0, antialias=False, data_format=None, **kwargs):
        super().__init__(**kwargs)
        if crop_to_aspect_ratio or pad_to_aspect_ratio or antialias or interpolation not in ("nearest", "bilinear"):
            raise NotImplementedError("Resizing with other options.")
        self.height = height
        self.width = width
        self.interpolation = interpolation
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        x = inputs if self.data_format == "channels_first" else inputs.movedim(-1, 1)
        if self.interpolation == "nearest":
            x = F.interpolate(x, (self.height, self.width), mode="nearest-exact")
        else:
            x = F.interpolate(x.to(torch.float32), (self.height, self.width), mode="bilinear", align_corners=False)
        return x if self.data_format == "channels_first" else x.movedim(1, -1)
