"""Layers that prepare images: what changes them at random does so in training only."""

import torch
import torch.nn.functional as F


@adapter("netwright.Augmentation")
class Augmentation(Layer):
    """Random changes in training; in evaluation the images pass on."""

    def __init__(self, name=None, trainable=True, dtype=None, **kwargs):
        super().__init__(name=name, trainable=trainable, dtype=dtype)
        self.supports_masking = True

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


@adapter("keras.layers.CenterCrop")
class CenterCrop(Layer):
    """The middle of images; those that are smaller are not scaled."""

    def __init__(self, height, width, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.height = height
        self.width = width
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        x = inputs if self.data_format == "channels_first" else inputs.movedim(-1, -3)
        height, width = x.shape[-2:]
        if height < self.height or width < self.width:
            raise NotImplementedError("Images that are smaller than what is cut out.")
        top, left = (height - self.height) // 2, (width - self.width) // 2
        x = x[..., top:top + self.height, left:left + self.width]
        return x if self.data_format == "channels_first" else x.movedim(-3, -1)


@adapter("keras.layers.CategoryEncoding")
class CategoryEncoding(Layer):
    """Which of a number of categories are there, or how often."""

    def __init__(self, num_tokens=None, output_mode="multi_hot", sparse=False, **kwargs):
        super().__init__(**kwargs)
        if sparse or output_mode not in ("one_hot", "multi_hot", "count"):
            raise NotImplementedError("Sparse encodings.")
        self.num_tokens = num_tokens
        self.output_mode = output_mode

    def call(self, inputs, count_weights=None):
        if self.output_mode == "one_hot":
            x = inputs[..., 0] if inputs.ndim > 0 and inputs.shape[-1] == 1 else inputs
            return F.one_hot(x.long(), self.num_tokens).to(torch.float32)
        found = F.one_hot(inputs.long(), self.num_tokens).to(torch.float32)
        if self.output_mode == "multi_hot":
            return torch.amax(found, -2)
        return torch.sum(found if count_weights is None else found * count_weights[..., None], -2)
