"""keras.ops.image."""
from __future__ import annotations

import _nw
from _nw import check, known, op
from keras.src import dtypes, rules, state

__public__ = "keras.ops.image"


@op(pivot="resize(images[n, ..., c], size=size, method='linear' if interpolation == 'bilinear' else 'cubic' if interpolation == 'bicubic' else interpolation, a=-0.5, grid='half_pixel', antialias=antialias) if data_format != 'channels_first' and (interpolation in ('nearest', 'bilinear') or interpolation == 'bicubic' and antialias) and not crop_to_aspect_ratio and not pad_to_aspect_ratio else resize(images[n, c, ...], size=size, method='linear' if interpolation == 'bilinear' else 'cubic' if interpolation == 'bicubic' else interpolation, a=-0.5, grid='half_pixel', antialias=antialias) if (interpolation in ('nearest', 'bilinear') or interpolation == 'bicubic' and antialias) and not crop_to_aspect_ratio and not pad_to_aspect_ratio else None")
def resize(images, size, interpolation="bilinear", antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant",
           fill_value=0.0, data_format=None) -> Tensor:
    x = rules.convert(images)
    check(len(size) == 2, "Expected `size` to be a tuple of 2 integers.", ValueError)
    check(len(x.shape) in (3, 4), "Invalid images rank: expected rank 3 (single image) or rank 4 (batch of images).", ValueError)
    if interpolation not in ("bilinear", "nearest", "lanczos3", "lanczos5", "bicubic"):
        raise ValueError("Invalid `interpolation` argument: " + str(interpolation))
    shape = list(x.shape)
    first = len(shape) - (3 if state.data_format(data_format) == "channels_last" else 2)
    shape[first], shape[first + 1] = size[0], size[1]
    name = dtypes.name_of(x)
    return rules.like(x, shape, name)


@op
def affine_transform(images, transform, interpolation="bilinear", fill_mode="constant", fill_value=0, data_format=None) -> Tensor:
    return rules.same(images)


@op
def pad_images(images, top_padding=None, left_padding=None, bottom_padding=None, right_padding=None, target_height=None, target_width=None, data_format=None) -> Tensor:
    x = rules.convert(images)
    shape = list(x.shape)
    first = len(shape) - (3 if state.data_format(data_format) == "channels_last" else 2)
    shape[first] = target_height if target_height is not None else shape[first] + top_padding + bottom_padding
    shape[first + 1] = target_width if target_width is not None else shape[first + 1] + left_padding + right_padding
    return rules.like(x, shape)


@op
def crop_images(images, top_cropping=None, left_cropping=None, bottom_cropping=None, right_cropping=None, target_height=None, target_width=None, data_format=None) -> Tensor:
    x = rules.convert(images)
    shape = list(x.shape)
    first = len(shape) - (3 if state.data_format(data_format) == "channels_last" else 2)
    shape[first] = target_height if target_height is not None else shape[first] - top_cropping - bottom_cropping
    shape[first + 1] = target_width if target_width is not None else shape[first + 1] - left_cropping - right_cropping
    return rules.like(x, shape)


@op
def rgb_to_grayscale(images, data_format=None) -> Tensor:
    x = rules.convert(images)
    shape = list(x.shape)
    shape[-1 if state.data_format(data_format) == "channels_last" else -3] = 1
    return rules.like(x, shape)


@op
def rgb_to_hsv(images, data_format=None) -> Tensor:
    return rules.same(images)


@op
def hsv_to_rgb(images, data_format=None) -> Tensor:
    return rules.same(images)


@op
def extract_patches(images, size, strides=None, dilation_rate=1, padding="valid", data_format=None) -> Tensor:
    x = rules.convert(images)
    size = (size, size) if isinstance(size, int) else tuple(size)
    strides = size if strides is None else (strides, strides) if isinstance(strides, int) else tuple(strides)
    layout = state.data_format(data_format)
    batched = len(x.shape) == 4
    shape = list(x.shape) if batched else [1] + list(x.shape)
    sizes = rules.windows(shape, size, strides, (dilation_rate, dilation_rate), padding, layout)
    made = rules.arranged(shape[0], sizes, size[0] * size[1] * rules.channels(shape, layout), layout)
    return rules.like(x, made if batched else made[1:])


@op
def map_coordinates(inputs, coordinates, order, fill_mode="constant", fill_value=0) -> Tensor:
    return rules.like(rules.convert(inputs), rules.shape_of(coordinates)[1:])


@op
def gaussian_blur(images, kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None) -> Tensor:
    return rules.same(images)


@op
def elastic_transform(images, alpha=20.0, sigma=5.0, interpolation="bilinear", fill_mode="reflect", fill_value=0.0, seed=None, data_format=None) -> Tensor:
    return rules.same(images)


@op
def perspective_transform(images, start_points, end_points, interpolation="bilinear", fill_value=0, data_format=None) -> Tensor:
    return rules.same(images)


@op
def scale_and_translate(images, output_shape, scale, translation, spatial_dims, method, antialias=True) -> Tensor:
    return rules.like(rules.convert(images), output_shape)
