"""tensorflow.image."""
from __future__ import annotations

import _nw
from _nw import op
from keras.src import dtypes, rules
from tensorflow import _one, _plain

__public__ = "tensorflow.image"


class ResizeMethod:
    BILINEAR = "bilinear"
    NEAREST_NEIGHBOR = "nearest"
    BICUBIC = "bicubic"
    AREA = "area"
    LANCZOS3 = "lanczos3"
    LANCZOS5 = "lanczos5"
    GAUSSIAN = "gaussian"
    MITCHELLCUBIC = "mitchellcubic"


@op(pivot="resize(images[n, ..., c], size=size, method='linear' if method == 'bilinear' else 'cubic' if method == 'bicubic' else 'nearest', a=-0.5, grid='half_pixel', antialias=antialias) if (method in ('bilinear', 'nearest') or method == 'bicubic' and antialias) and not preserve_aspect_ratio else None")
def resize(images, size, method="bilinear", preserve_aspect_ratio=False, antialias=False, name=None) -> Tensor:
    x = _one(images)
    sizes = rules.sizes_of(size)
    shape = list(x.shape)
    shape[-3], shape[-2] = sizes[0], sizes[1]
    return rules.like(x, shape, None if method == "nearest" else "float32")


@op(pivot="flip(image, axes=-2)")
def flip_left_right(image) -> Tensor:
    return _plain(image)


@op(pivot="flip(image, axes=-3)")
def flip_up_down(image) -> Tensor:
    return _plain(image)


@op
def central_crop(image, central_fraction) -> Tensor:
    x = _one(image)
    if not 0 < central_fraction <= 1:
        raise ValueError("central_fraction must be within (0, 1].")
    shape = list(x.shape)
    for axis in (-3, -2):
        shape[axis] = shape[axis] - 2 * int((shape[axis] - shape[axis] * central_fraction) / 2)
    return rules.like(x, shape)


@op
def rot90(image, k=1, name=None) -> Tensor:
    x = _one(image)
    shape = list(x.shape)
    if k % 2:
        shape[-3], shape[-2] = shape[-2], shape[-3]
    return rules.like(x, shape)


@op
def sobel_edges(image) -> Tensor:
    x = _one(image)
    return rules.like(x, list(x.shape) + [2])


@op
def rgb_to_hsv(images, name=None) -> Tensor:
    return _plain(images)


@op
def hsv_to_rgb(images, name=None) -> Tensor:
    return _plain(images)


@op
def adjust_gamma(image, gamma=1, gain=1) -> Tensor:
    return _plain(image)


@op
def adjust_saturation(image, saturation_factor, name=None) -> Tensor:
    return _plain(image)


@op
def extract_patches(images, sizes, strides, rates, padding, name=None) -> Tensor:
    x = _one(images)
    rows = rules.window(x.shape[1], sizes[1], strides[1], rates[1], padding.lower())
    columns = rules.window(x.shape[2], sizes[2], strides[2], rates[2], padding.lower())
    return rules.like(x, (x.shape[0], rows, columns, sizes[1] * sizes[2] * x.shape[3]))


@op
def rgb_to_grayscale(images, name=None) -> Tensor:
    x = _one(images)
    return rules.like(x, list(x.shape[:-1]) + [1])


@op
def grayscale_to_rgb(images, name=None) -> Tensor:
    x = _one(images)
    return rules.like(x, list(x.shape[:-1]) + [3])


@op
def per_image_standardization(image) -> Tensor:
    return _plain(image, "float32")


@op
def convert_image_dtype(image, dtype, saturate=False, name=None) -> Tensor:
    return _plain(image, dtypes.standardize(dtype))


@op
def crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width) -> Tensor:
    x = _one(image)
    shape = list(x.shape)
    shape[-3], shape[-2] = target_height, target_width
    return rules.like(x, shape)


@op
def pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width) -> Tensor:
    x = _one(image)
    shape = list(x.shape)
    shape[-3], shape[-2] = target_height, target_width
    return rules.like(x, shape)


@op
def resize_with_crop_or_pad(image, target_height, target_width) -> Tensor:
    x = _one(image)
    shape = list(x.shape)
    shape[-3], shape[-2] = target_height, target_width
    return rules.like(x, shape)


@op
def adjust_contrast(images, contrast_factor) -> Tensor:
    return _plain(images)


def adjust_brightness(image, delta):
    from tensorflow import add
    return add(_one(image), delta)


@op
def image_gradients(image) -> (Tensor, Tensor):
    return _plain(image), _plain(image)


@op
def total_variation(images, name=None) -> Tensor:
    x = _one(images)
    return rules.like(x, x.shape[:-3])


@op(pivot="swap_axes(image, -3, -2)")
def transpose(image, name=None) -> Tensor:
    x = _one(image)
    shape = list(x.shape)
    shape[-3], shape[-2] = shape[-2], shape[-3]
    return rules.like(x, shape)


@op
def psnr(a, b, max_val, name=None) -> Tensor:
    x = _one(a)
    return rules.like(x, x.shape[:-3])
