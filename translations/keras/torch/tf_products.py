"""TensorFlow: products, windows and images."""

import math

import torch
import torch.nn.functional as F


@adapter("netwright.inner")
def inner(value, rank):
    """Numbers for the spatial axes out of those for all."""
    value = [value] if isinstance(value, int) else list(value)
    return tuple(value * rank if len(value) == 1 else value if len(value) == rank else value[1:-1])


@translation("tensorflow.matmul")
def native_tf_matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False,
                     output_type=None, grad_a=False, grad_b=False, name=None):
    if is_tensor(a) and is_tensor(b) and not transpose_a and not transpose_b and not adjoint_a and not adjoint_b and output_type is None:
        return torch.matmul(a, b)


@adapter("tensorflow.matmul")
def tf_matmul(a, b, transpose_a=False, transpose_b=False, adjoint_a=False, adjoint_b=False, a_is_sparse=False, b_is_sparse=False, output_type=None,
              grad_a=False, grad_b=False, name=None):
    if a_is_sparse or b_is_sparse or output_type is not None:
        raise NotImplementedError("Sparse factors.")
    a, b = tensor_of(a), tensor_of(b)
    a = a.transpose(-1, -2) if transpose_a or adjoint_a else a
    b = b.transpose(-1, -2) if transpose_b or adjoint_b else b
    return torch.matmul(a, b)


@adapter("tensorflow.einsum")
def tf_einsum(equation, *inputs, **kwargs):
    return torch.einsum(equation.replace(" ", ""), *inputs)


@adapter("tensorflow.tensordot")
def tf_tensordot(a, b, axes, name=None):
    return tensordot(a, b, axes)


@translation("tensorflow.linalg.matrix_transpose")
def native_tf_linalg_matrix_transpose(a, name="matrix_transpose", conjugate=False):
    if is_tensor(a):
        return a.transpose(-1, -2)


@adapter("tensorflow.linalg.matrix_transpose")
def tf_matrix_transpose(a, name="matrix_transpose", conjugate=False):
    return a.transpose(-1, -2)


@adapter("tensorflow.linalg.band_part")
def tf_band_part(input, num_lower, num_upper, name=None):
    x = input if num_upper < 0 else torch.tril(input, num_upper)
    return x if num_lower < 0 else torch.triu(x, -num_lower)


@adapter("tensorflow.nn.depth_to_space")
def tf_depth_to_space(input, block_size, data_format="NHWC", name=None):
    if data_format != "NHWC":
        raise NotImplementedError("Channels before the rest.")
    batch, height, width, channels = input.shape
    x = torch.reshape(input, (batch, height, width, block_size, block_size, channels // block_size ** 2))
    return torch.reshape(torch.permute(x, (0, 1, 3, 2, 4, 5)), (batch, height * block_size, width * block_size, -1))


@adapter("tensorflow.nn.space_to_depth")
def tf_space_to_depth(input, block_size, data_format="NHWC", name=None):
    if data_format != "NHWC":
        raise NotImplementedError("Channels before the rest.")
    batch, height, width, channels = input.shape
    x = torch.reshape(input, (batch, height // block_size, block_size, width // block_size, block_size, channels))
    return torch.reshape(torch.permute(x, (0, 1, 3, 2, 4, 5)), (batch, height // block_size, width // block_size, -1))


@adapter("tensorflow.nn.embedding_lookup")
def tf_embedding_lookup(params, ids, max_norm=None, name=None):
    if max_norm is not None:
        raise NotImplementedError("Norms of vectors.")
    return F.embedding(ids.long(), params)


@adapter("tensorflow.nn.batch_normalization")
def tf_batch_normalization(x, mean, variance, offset, scale, variance_epsilon, name=None):
    factor = torch.rsqrt(variance + variance_epsilon)
    factor = factor if scale is None else factor * scale
    output = (x - mean) * factor
    return output if offset is None else output + offset


@adapter("netwright.within_borders")
def within_borders(x, padding):
    """The tensor within the borders that a list of widths gives it, and what is left to pad."""
    if isinstance(padding, str):
        return x, padding.lower()
    return F.pad(x, [width for pair in reversed(padding) for width in pair]), "valid"


@adapter("tensorflow.nn.conv1d")
def tf_conv1d(input, filters, stride, padding, data_format="NWC", dilations=None, name=None):
    if not isinstance(padding, str) or data_format != "NWC":
        raise NotImplementedError("Widths of padding, or channels before the rest.")
    return convolution(input, filters, inner(stride, 1), padding.lower(), None, 1 if dilations is None else inner(dilations, 1))


@adapter("tensorflow.nn.conv2d")
def tf_conv2d(input, filters, strides, padding, data_format="NHWC", dilations=None, name=None):
    if data_format != "NHWC":
        raise NotImplementedError("Channels before the rest.")
    x, padding = within_borders(input, padding)
    return convolution(x, filters, inner(strides, 2), padding, None, 1 if dilations is None else inner(dilations, 2))


@adapter("tensorflow.nn.conv3d")
def tf_conv3d(input, filters, strides, padding, data_format="NDHWC", dilations=None, name=None):
    if data_format != "NDHWC":
        raise NotImplementedError("Channels before the rest.")
    x, padding = within_borders(input, padding)
    return convolution(x, filters, inner(strides, 3), padding, None, 1 if dilations is None else inner(dilations, 3))


@adapter("tensorflow.nn.max_pool2d")
def tf_max_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    if not isinstance(padding, str) or data_format != "NHWC":
        raise NotImplementedError("Widths of padding, or channels before the rest.")
    return max_pool(input, inner(ksize, 2), inner(strides, 2), padding.lower())


@adapter("tensorflow.nn.avg_pool2d")
def tf_avg_pool2d(input, ksize, strides, padding, data_format="NHWC", name=None):
    if not isinstance(padding, str) or data_format != "NHWC":
        raise NotImplementedError("Widths of padding, or channels before the rest.")
    return average_pool(input, inner(ksize, 2), inner(strides, 2), padding.lower())


@adapter("netwright.pool_images")
def pool_images(pool, input, ksize, strides, padding, data_format):
    """Pooling whose window and steps are given for the spatial axes or for all."""
    if not isinstance(padding, str) or (data_format or "N").startswith("NC"):
        raise NotImplementedError("Widths of padding, or channels before the rest.")
    rank = input.ndim - 2
    return pool(input, inner(ksize, rank), inner(strides, rank), padding.lower())


@adapter("tensorflow.nn.max_pool")
def tf_max_pool(input, ksize, strides, padding, data_format=None, name=None):
    return pool_images(max_pool, input, ksize, strides, padding, data_format)


@adapter("tensorflow.nn.max_pool1d")
def tf_max_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    return pool_images(max_pool, input, ksize, strides, padding, data_format)


@adapter("tensorflow.nn.max_pool3d")
def tf_max_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    return pool_images(max_pool, input, ksize, strides, padding, data_format)


@adapter("tensorflow.nn.avg_pool")
def tf_avg_pool(input, ksize, strides, padding, data_format=None, name=None):
    return pool_images(average_pool, input, ksize, strides, padding, data_format)


@adapter("tensorflow.nn.avg_pool1d")
def tf_avg_pool1d(input, ksize, strides, padding, data_format="NWC", name=None):
    return pool_images(average_pool, input, ksize, strides, padding, data_format)


@adapter("tensorflow.nn.avg_pool3d")
def tf_avg_pool3d(input, ksize, strides, padding, data_format="NDHWC", name=None):
    return pool_images(average_pool, input, ksize, strides, padding, data_format)


@adapter("tensorflow.nn.depthwise_conv2d")
def tf_depthwise_conv2d(input, filter, strides, padding, data_format=None, dilations=None, name=None):
    if (data_format or "NHWC") != "NHWC":
        raise NotImplementedError("Channels before the rest.")
    x, padding = within_borders(input, padding)
    return depthwise_convolution(x, filter, inner(strides, 2), padding, None, 1 if dilations is None else inner(dilations, 2))


@adapter("tensorflow.image.rgb_to_grayscale")
def tf_rgb_to_grayscale(images, name=None):
    weights = torch.tensor([0.2989, 0.587, 0.114], dtype=images.dtype, device=images.device)
    return torch.sum(images * weights, -1, keepdim=True)


@adapter("tensorflow.image.grayscale_to_rgb")
def tf_grayscale_to_rgb(images, name=None):
    return torch.cat([images, images, images], -1)


@adapter("tensorflow.image.crop_to_bounding_box")
def tf_crop_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    return image[..., offset_height:offset_height + target_height, offset_width:offset_width + target_width, :]


@adapter("tensorflow.image.pad_to_bounding_box")
def tf_pad_to_bounding_box(image, offset_height, offset_width, target_height, target_width):
    height, width = image.shape[-3:-1]
    return F.pad(image, (0, 0, offset_width, target_width - offset_width - width, offset_height, target_height - offset_height - height))


@adapter("tensorflow.image.per_image_standardization")
def tf_per_image_standardization(image):
    image = image.to(torch.float32)
    axes = (-3, -2, -1)
    deviation = torch.sqrt(torch.var(image, axes, correction=0, keepdim=True))
    least = 1.0 / math.sqrt(math.prod(image.shape[-3:]))
    return (image - torch.mean(image, axes, keepdim=True)) / torch.clamp(deviation, min=least)


@adapter("tensorflow.image.extract_patches")
def tf_extract_patches(images, sizes, strides, rates, padding, name=None):
    return extract_patches(images, tuple(sizes[1:3]), tuple(strides[1:3]), tuple(rates[1:3]), padding.lower())


@value("tensorflow.image.ResizeMethod.BILINEAR")
def resize_bilinear():
    return "bilinear"


@value("tensorflow.image.ResizeMethod.NEAREST_NEIGHBOR")
def resize_nearest():
    return "nearest"


@value("tensorflow.image.ResizeMethod.BICUBIC")
def resize_bicubic():
    return "bicubic"


@adapter("tensorflow.image.resize")
def tf_resize(images, size, method="bilinear", preserve_aspect_ratio=False, antialias=False, name=None):
    if preserve_aspect_ratio:
        raise NotImplementedError("Resizing with other options.")
    return resize_images(images, tuple(size), method, antialias, data_format="channels_last")


@translation("tensorflow.image.flip_left_right")
def native_tf_image_flip_left_right(image):
    if is_tensor(image):
        return torch.flip(image, (-2,))


@adapter("tensorflow.image.flip_left_right")
def tf_flip_left_right(image):
    return torch.flip(image, (-2,))


@translation("tensorflow.image.flip_up_down")
def native_tf_image_flip_up_down(image):
    if is_tensor(image):
        return torch.flip(image, (-3,))


@adapter("tensorflow.image.flip_up_down")
def tf_flip_up_down(image):
    return torch.flip(image, (-3,))
