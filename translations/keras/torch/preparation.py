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


@adapter("keras.layers.RandomHue")
class RandomHue(Augmentation):
    def __init__(self, factor, value_range=(0, 255), data_format=None, seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomSaturation")
class RandomSaturation(Augmentation):
    def __init__(self, factor, value_range=(0, 255), data_format=None, seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomGrayscale")
class RandomGrayscale(Augmentation):
    def __init__(self, factor=0.5, data_format=None, seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomErasing")
class RandomErasing(Augmentation):
    def __init__(self, factor=1.0, scale=(0.02, 0.33), fill_value=None, value_range=(0, 255), seed=None, data_format=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomGaussianBlur")
class RandomGaussianBlur(Augmentation):
    def __init__(self, factor=1.0, kernel_size=3, sigma=1.0, value_range=(0, 255), data_format=None, seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomInvert")
class RandomInvert(Augmentation):
    def __init__(self, factor=1.0, value_range=(0, 255), seed=None, data_format=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomSharpness")
class RandomSharpness(Augmentation):
    def __init__(self, factor, value_range=(0, 255), data_format=None, seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomShear")
class RandomShear(Augmentation):
    def __init__(self, x_factor=0.0, y_factor=0.0, interpolation="bilinear", fill_mode="reflect", fill_value=0.0, data_format=None,
                 seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomPerspective")
class RandomPerspective(Augmentation):
    def __init__(self, factor=1.0, scale=1.0, interpolation="bilinear", fill_value=0.0, seed=None, data_format=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomColorDegeneration")
class RandomColorDegeneration(Augmentation):
    def __init__(self, factor, value_range=(0, 255), data_format=None, seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.RandomElasticTransform")
class RandomElasticTransform(Augmentation):
    def __init__(self, factor=1.0, scale=1.0, interpolation="bilinear", fill_mode="reflect", fill_value=0.0, value_range=(0, 255),
                 seed=None, data_format=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.MixUp")
class MixUp(Augmentation):
    def __init__(self, alpha=0.2, data_format=None, seed=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.CutMix")
class CutMix(Augmentation):
    def __init__(self, factor=1.0, seed=None, data_format=None, **kwargs):
        super().__init__(**kwargs)


@adapter("keras.layers.Resizing")
class Resizing(Layer):
    def __init__(self, height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant",
                 fill_value=0.0, antialias=False, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.size = (height, width)
        self.interpolation = interpolation
        self.options = (antialias, crop_to_aspect_ratio, pad_to_aspect_ratio, fill_mode, fill_value)
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        x = inputs if self.interpolation == "nearest" else inputs.to(torch.float32)
        return resize_images(x, self.size, self.interpolation, *self.options, self.data_format)


@adapter("keras.layers.CenterCrop")
class CenterCrop(Layer):
    """The middle of images; those that are smaller are scaled, so that they keep their proportions."""

    def __init__(self, height, width, data_format=None, **kwargs):
        super().__init__(**kwargs)
        self.height = height
        self.width = width
        self.data_format = data_format or "channels_last"

    def call(self, inputs):
        inputs = inputs.to(torch.float32)
        x = inputs if self.data_format == "channels_first" else inputs.movedim(-1, -3)
        height, width = x.shape[-2:]
        if height < self.height or width < self.width:
            return resize_images(inputs, (self.height, self.width), crop_to_aspect_ratio=True, data_format=self.data_format)
        top, left = (height - self.height) // 2, (width - self.width) // 2
        x = x[..., top:top + self.height, left:left + self.width]
        return x if self.data_format == "channels_first" else x.movedim(-3, -1)


@adapter("keras.layers.Discretization")
class Discretization(Layer):
    """Which of the ranges between some boundaries holds a number."""

    def __init__(self, bin_boundaries=None, num_bins=None, epsilon=0.01, output_mode="int", sparse=False, dtype=None, name=None):
        super().__init__(name=name, dtype=dtype)
        if bin_boundaries is None or sparse or output_mode not in ("int", "one_hot"):
            raise NotImplementedError("Boundaries that are found in data, and other encodings.")
        self.bin_boundaries = bin_boundaries
        self.output_mode = output_mode

    def call(self, inputs):
        found = digitize(inputs, self.bin_boundaries)
        if self.output_mode == "int":
            return found
        x = found.long()
        x = x[..., 0] if x.ndim > 1 and x.shape[-1] == 1 else x
        return F.one_hot(x, len(self.bin_boundaries) + 1).to(torch.float32)


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
