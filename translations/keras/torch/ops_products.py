"""keras.ops: products, linear algebra, and those of neural networks."""

import torch
import torch.nn.functional as F


@translation("keras.ops.einsum")
def native_ops_einsum(subscripts, *operands, **kwargs):
    if len(operands) > 0 and is_tensor(operands[0]):
        return torch.einsum(subscripts, *operands)


@adapter("keras.ops.einsum")
def einsum(subscripts, *operands, **kwargs):
    if is_symbolic(operands):
        return record(einsum, subscripts, *operands, **kwargs)
    return torch.einsum(subscripts.replace(' ', ''), *operands)


@adapter("keras.ops.dot")
def dot_product(x1, x2):
    if is_symbolic(x1, x2):
        return record(dot_product, x1, x2)
    if x1.ndim == 0 or x2.ndim == 0:
        return x1 * x2
    return torch.tensordot(x1, x2, dims=([x1.ndim - 1], [max(x2.ndim - 2, 0)]))


@adapter("keras.ops.tensordot")
def tensordot(x1, x2, axes=2):
    if is_symbolic(x1, x2):
        return record(tensordot, x1, x2, axes)
    if not isinstance(axes, int):
        axes = tuple([[pair] if isinstance(pair, int) else list(pair) for pair in axes])
    return torch.tensordot(x1, x2, dims=axes)


@adapter("keras.ops.outer")
def outer(x1, x2):
    if is_symbolic(x1, x2):
        return record(outer, x1, x2)
    return torch.outer(torch.reshape(x1, (-1,)), torch.reshape(x2, (-1,)))


@adapter("keras.ops.cross")
def cross_product(x1, x2, axisa=-1, axisb=-1, axisc=-1, axis=None):
    if is_symbolic(x1, x2):
        return record(cross_product, x1, x2, axisa, axisb, axisc, axis)
    if axis is not None:
        axisa = axisb = axisc = axis
    return torch.linalg.cross(x1.movedim(axisa, -1), x2.movedim(axisb, -1), dim=-1).movedim(-1, axisc)


@adapter("keras.ops.trace")
def trace_of(x, offset=0, axis1=0, axis2=1):
    if is_symbolic(x):
        return record(trace_of, x, offset, axis1, axis2)
    return torch.sum(torch.diagonal(x, offset, axis1, axis2), -1)


@adapter("keras.ops.inv")
def inverse(x):
    if is_symbolic(x):
        return record(inverse, x)
    return torch.linalg.inv(x)


@adapter("keras.ops.det")
def determinant(x):
    if is_symbolic(x):
        return record(determinant, x)
    return torch.linalg.det(x)


@adapter("keras.ops.solve")
def solve(a, b):
    if is_symbolic(a, b):
        return record(solve, a, b)
    return torch.linalg.solve(a, b)


@adapter("keras.ops.cholesky")
def cholesky(x, upper=False):
    if is_symbolic(x):
        return record(cholesky, x, upper)
    output = torch.linalg.cholesky(x)
    return output.mT if upper else output


@adapter("keras.ops.layer_normalization")
def layer_normalization(x, gamma=None, beta=None, axis=-1, epsilon=None, **kwargs):
    if is_symbolic(x, gamma, beta):
        return record(layer_normalization, x, gamma, beta, axis, epsilon, **kwargs)
    axes = sorted([one % x.ndim for one in ([axis] if isinstance(axis, int) else axis)])
    last = list(range(-len(axes), 0))
    shape = [x.shape[one] for one in axes]
    weight = None if gamma is None else torch.reshape(gamma, shape)
    bias = None if beta is None else torch.reshape(beta, shape)
    return F.layer_norm(torch.movedim(x, axes, last), shape, weight, bias, 1e-7 if epsilon is None else epsilon).movedim(last, axes)


@adapter("keras.ops.rms_normalization")
def rms_normalization(x, scale=None, axis=-1, epsilon=None):
    if is_symbolic(x, scale):
        return record(rms_normalization, x, scale, axis, epsilon)
    axes = [axis] if isinstance(axis, int) else list(axis)
    output = x * torch.rsqrt(torch.mean(x * x, axes, keepdim=True) + (1e-7 if epsilon is None else epsilon))
    return output if scale is None else output * scale


@adapter("keras.ops.batch_normalization")
def batch_normalization(x, mean, variance, axis, offset=None, scale=None, epsilon=0.001):
    if is_symbolic(x, mean, variance):
        return record(batch_normalization, x, mean, variance, axis, offset, scale, epsilon)
    shape = [1] * x.ndim
    shape[axis] = x.shape[axis]
    factor = torch.rsqrt(torch.reshape(variance, shape) + epsilon)
    if scale is not None:
        factor = factor * torch.reshape(scale, shape)
    output = (x - torch.reshape(mean, shape)) * factor
    return output if offset is None else output + torch.reshape(offset, shape)


@adapter("keras.ops.dot_product_attention")
def dot_product_attention(query, key, value, bias=None, mask=None, scale=None, is_causal=False, flash_attention=None, attn_logits_soft_cap=None):
    if is_symbolic(query, key, value):
        return record(dot_product_attention, query, key, value, bias, mask, scale, is_causal, flash_attention, attn_logits_soft_cap)
    if is_causal and (mask is not None or bias is not None):
        causal = torch.ones(query.shape[1], key.shape[1], dtype=torch.bool, device=query.device).tril()
        mask = causal if mask is None else mask & causal
        is_causal = False
    given = None if mask is None else torch.where(mask, 0.0, -2.4e38).to(query.dtype)  # a place that sees nothing sees everything alike
    if bias is not None:
        given = bias if mask is None else torch.where(mask, bias, torch.full_like(bias, -3e38))
    if key.shape[2] != query.shape[2]:
        key = torch.repeat_interleave(key, query.shape[2] // key.shape[2], 2)
        value = torch.repeat_interleave(value, query.shape[2] // value.shape[2], 2)
    output = F.scaled_dot_product_attention(query.transpose(1, 2), key.transpose(1, 2), value.transpose(1, 2), given, is_causal=is_causal, scale=scale)
    return output.transpose(1, 2)


@adapter("keras.ops.conv")
def convolution(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    if is_symbolic(inputs, kernel):
        return record(convolution, inputs, kernel, strides, padding, data_format, dilation_rate)
    inputs, kernel = tensor_of(inputs), tensor_of(kernel)
    rank = inputs.ndim - 2
    x = inputs if data_format == "channels_first" else inputs.movedim(-1, 1)
    weight = torch.permute(kernel, (rank + 1, rank, *range(rank)))
    x = convolve(x, weight, None, sizes(strides, rank), padding, sizes(dilation_rate, rank), x.shape[1] // weight.shape[1])
    return x if data_format == "channels_first" else x.movedim(1, -1)


@adapter("keras.ops.depthwise_conv")
def depthwise_convolution(inputs, kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    if is_symbolic(inputs, kernel):
        return record(depthwise_convolution, inputs, kernel, strides, padding, data_format, dilation_rate)
    inputs, kernel = tensor_of(inputs), tensor_of(kernel)
    rank = inputs.ndim - 2
    x = inputs if data_format == "channels_first" else inputs.movedim(-1, 1)
    weight = torch.permute(kernel, (rank, rank + 1, *range(rank)))
    weight = torch.reshape(weight, (-1, 1, *weight.shape[2:]))
    x = convolve(x, weight, None, sizes(strides, rank), padding, sizes(dilation_rate, rank), x.shape[1])
    return x if data_format == "channels_first" else x.movedim(1, -1)


@adapter("keras.ops.max_pool")
def max_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    if is_symbolic(inputs):
        return record(max_pool, inputs, pool_size, strides, padding, data_format)
    return MaxPooling(inputs.ndim - 2, pool_size, strides, padding, data_format)(inputs)


@adapter("keras.ops.average_pool")
def average_pool(inputs, pool_size, strides=None, padding="valid", data_format=None):
    if is_symbolic(inputs):
        return record(average_pool, inputs, pool_size, strides, padding, data_format)
    return AveragePooling(inputs.ndim - 2, pool_size, strides, padding, data_format)(inputs)


@adapter("keras.ops.image.extract_patches")
def extract_patches(images, size, strides=None, dilation_rate=1, padding="valid", data_format=None):
    """Windows of images, those of one place as one row of channels."""
    if is_symbolic(images):
        return record(extract_patches, images, size, strides, dilation_rate, padding, data_format)
    if data_format == "channels_first":
        raise NotImplementedError("Channels before the rest.")
    size = sizes(size, 2)
    strides = size if strides is None else sizes(strides, 2)
    dilation_rate = sizes(dilation_rate, 2)
    x = images.movedim(-1, -3)
    if padding == "same":
        x = pad_axes(x, same_widths(x.shape[-2:], size, strides, dilation_rate))
    rows, columns = [(n - rate * (k - 1) - 1) // step + 1 for n, k, step, rate in zip(x.shape[-2:], size, strides, dilation_rate)]
    windows = []
    for i in range(size[0]):
        for k in range(size[1]):
            top, left = i * dilation_rate[0], k * dilation_rate[1]
            windows.append(x[..., top:top + (rows - 1) * strides[0] + 1:strides[0], left:left + (columns - 1) * strides[1] + 1:strides[1]])
    return torch.cat([window.movedim(-3, -1) for window in windows], -1)


@adapter("keras.ops.image.rgb_to_grayscale")
def rgb_to_grayscale(images, data_format=None):
    if is_symbolic(images):
        return record(rgb_to_grayscale, images, data_format)
    axis = -3 if data_format == "channels_first" else -1
    weights = torch.tensor([0.2989, 0.587, 0.114], dtype=images.dtype, device=images.device)
    return torch.sum(images.movedim(axis, -1) * weights, -1, keepdim=True).movedim(-1, axis)


@adapter("netwright.to_aspect_ratio")
def to_aspect_ratio(x, size, fill):
    """The middle of images, of the proportions of a size; with a number to fill, all of them and borders of it."""
    height, width = x.shape[-2:]
    rows, columns = int(width * size[0] / size[1]), int(height * size[1] / size[0])
    if fill is None:
        rows, columns = max(min(height, rows), 1), max(min(width, columns), 1)
        top, left = (height - rows) // 2, (width - columns) // 2
        return x[..., top:top + rows, left:left + columns]
    top, left = (max(height, rows) - height) // 2, (max(width, columns) - width) // 2
    return F.pad(x, (left, left, top, top), value=fill)


@adapter("keras.ops.image.resize")
def resize_images(images, size, interpolation="bilinear", antialias=False, crop_to_aspect_ratio=False, pad_to_aspect_ratio=False,
                  fill_mode="constant", fill_value=0.0, data_format=None):
    if is_symbolic(images):
        return record(resize_images, images, size, interpolation, antialias, crop_to_aspect_ratio, pad_to_aspect_ratio, fill_mode, fill_value, data_format)
    x = images if data_format == "channels_first" else torch.movedim(images, -1, -3)
    if crop_to_aspect_ratio or pad_to_aspect_ratio:
        x = to_aspect_ratio(x, size, fill_value if pad_to_aspect_ratio else None)
    batch = x if images.ndim == 4 else x[None]
    if interpolation == "nearest":
        batch = F.interpolate(batch, tuple(size), mode="nearest-exact")
    elif interpolation == "bilinear":
        batch = F.interpolate(batch, tuple(size), mode="bilinear", align_corners=False, antialias=antialias)
    elif interpolation == "bicubic" and antialias:  # without, PyTorch's cubic is another one
        batch = F.interpolate(batch, tuple(size), mode="bicubic", align_corners=False, antialias=True)
    else:
        raise NotImplementedError(f"Interpolation {interpolation}.")
    x = batch if images.ndim == 4 else batch[0]
    return x if data_format == "channels_first" else torch.movedim(x, -3, -1)


@adapter("keras.ops.separable_conv")
def separable_convolution(inputs, depthwise_kernel, pointwise_kernel, strides=1, padding="valid", data_format=None, dilation_rate=1):
    if is_symbolic(inputs, depthwise_kernel, pointwise_kernel):
        return record(separable_convolution, inputs, depthwise_kernel, pointwise_kernel, strides, padding, data_format, dilation_rate)
    made = depthwise_convolution(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    return convolution(made, pointwise_kernel, 1, "valid", data_format)


@adapter("keras.ops.adaptive_average_pool")
def adaptive_average_pool(inputs, output_size, data_format=None):
    if is_symbolic(inputs):
        return record(adaptive_average_pool, inputs, output_size, data_format)
    pool = (F.adaptive_avg_pool1d, F.adaptive_avg_pool2d, F.adaptive_avg_pool3d)[inputs.ndim - 3]
    size = sizes(output_size, inputs.ndim - 2)
    return pool(inputs, size) if data_format == "channels_first" else pool(inputs.movedim(-1, 1), size).movedim(1, -1)


@adapter("keras.ops.adaptive_max_pool")
def adaptive_max_pool(inputs, output_size, data_format=None):
    if is_symbolic(inputs):
        return record(adaptive_max_pool, inputs, output_size, data_format)
    pool = (F.adaptive_max_pool1d, F.adaptive_max_pool2d, F.adaptive_max_pool3d)[inputs.ndim - 3]
    size = sizes(output_size, inputs.ndim - 2)
    return pool(inputs, size) if data_format == "channels_first" else pool(inputs.movedim(-1, 1), size).movedim(1, -1)


@adapter("keras.ops.unfold")
def unfold_windows(x, kernel_size, dilation=1, padding=0, stride=1):
    if is_symbolic(x):
        return record(unfold_windows, x, kernel_size, dilation, padding, stride)
    return F.unfold(x, kernel_size, dilation, padding, stride)


@adapter("keras.ops.fold")
def fold_windows(x, output_size, kernel_size, dilation=1, padding=0, stride=1):
    if is_symbolic(x):
        return record(fold_windows, x, output_size, kernel_size, dilation, padding, stride)
    return F.fold(x, output_size, kernel_size, dilation, padding, stride)


@adapter("keras.ops.depth_to_space")
def depth_to_space(x, block_size, data_format="channels_last"):
    if is_symbolic(x):
        return record(depth_to_space, x, block_size, data_format)
    if data_format == "channels_first":
        return depth_to_space(x.movedim(1, -1), block_size).movedim(-1, 1)
    b, h, w, c = x.shape
    parts = torch.reshape(x, (b, h, w, block_size, block_size, c // block_size ** 2))
    return torch.reshape(torch.permute(parts, (0, 1, 3, 2, 4, 5)), (b, h * block_size, w * block_size, -1))


@adapter("keras.ops.space_to_depth")
def space_to_depth(x, block_size, data_format="channels_last"):
    if is_symbolic(x):
        return record(space_to_depth, x, block_size, data_format)
    if data_format == "channels_first":
        return space_to_depth(x.movedim(1, -1), block_size).movedim(-1, 1)
    b, h, w, c = x.shape
    parts = torch.reshape(x, (b, h // block_size, block_size, w // block_size, block_size, c))
    return torch.reshape(torch.permute(parts, (0, 1, 3, 2, 4, 5)), (b, h // block_size, w // block_size, -1))


@adapter("keras.ops.psnr")
def peak_signal_to_noise(x1, x2, max_val):
    if is_symbolic(x1, x2):
        return record(peak_signal_to_noise, x1, x2, max_val)
    return 20 * torch.log10(tensor_of(max_val).to(x2.dtype)) - 10 * torch.log10(torch.mean((x1 - x2) ** 2))
