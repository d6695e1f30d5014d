"""What TensorFlow and Keras make of images and of pieces of signals."""

import itertools

import torch
import torch.nn.functional as F


@adapter("tensorflow.image.central_crop")
def tf_central_crop(image, central_fraction):
    top, left = [int((size - size * central_fraction) / 2) for size in image.shape[-3:-1]]
    return image[..., top:image.shape[-3] - top, left:image.shape[-2] - left, :]


@adapter("tensorflow.image.rot90")
def tf_rot90(image, k=1, name=None):
    return torch.rot90(image, k, (-3, -2))


@adapter("tensorflow.image.resize_with_crop_or_pad")
def tf_resize_with_crop_or_pad(image, target_height, target_width):
    """The middle of an image, or the image in the middle of zeros."""
    for axis, target in ((-3, target_height), (-2, target_width)):
        size = image.shape[axis]
        if size > target:
            image = torch.narrow(image, axis, (size - target) // 2, target)
        else:
            before = (target - size) // 2
            image = F.pad(image, [0, 0] * (-1 - axis) + [before, target - size - before])
    return image


@adapter("tensorflow.image.sobel_edges")
def tf_sobel_edges(image):
    down = torch.tensor([[-1.0, -2.0, -1.0], [0.0, 0.0, 0.0], [1.0, 2.0, 1.0]], dtype=image.dtype, device=image.device)
    channels = image.shape[-1]
    x = F.pad(image.movedim(-1, 1), (1, 1, 1, 1), mode="reflect")
    edges = [F.conv2d(x, kernel.expand(channels, 1, 3, 3), groups=channels).movedim(1, -1) for kernel in (down, down.T)]
    return torch.stack(edges, -1)


@adapter("tensorflow.image.rgb_to_hsv")
def tf_rgb_to_hsv(images, name=None):
    red, green, blue = torch.unbind(images, -1)
    value = torch.amax(images, -1)
    extent = value - torch.amin(images, -1)
    zero = torch.zeros_like(value)
    saturation = torch.where(value > 0, extent / value, zero)
    norm = 1 / (6 * extent)
    hue = torch.where(value == red, norm * (green - blue), torch.where(value == green, norm * (blue - red) + 2 / 6, norm * (red - green) + 4 / 6))
    hue = torch.where(extent > 0, hue, zero)
    return torch.stack([torch.where(hue < 0, hue + 1, hue), saturation, value], -1)


@adapter("tensorflow.image.hsv_to_rgb")
def tf_hsv_to_rgb(images, name=None):
    hue, saturation, value = torch.unbind(images, -1)
    hue = 6 * hue
    parts = [torch.abs(hue - 3) - 1, 2 - torch.abs(hue - 2), 2 - torch.abs(hue - 4)]
    return torch.stack([((1 - saturation) + saturation * torch.clamp(part, 0, 1)) * value for part in parts], -1)


@adapter("tensorflow.image.adjust_gamma")
def tf_adjust_gamma(image, gamma=1, gain=1):
    return gain * image ** gamma


@adapter("tensorflow.image.adjust_saturation")
def tf_adjust_saturation(image, saturation_factor, name=None):
    hue, saturation, value = torch.unbind(tf_rgb_to_hsv(image), -1)
    return tf_hsv_to_rgb(torch.stack([hue, torch.clamp(saturation * saturation_factor, 0, 1), value], -1))


@adapter("keras.ops.image.rgb_to_hsv")
def rgb_to_hsv(images, data_format=None):
    if is_symbolic(images):
        return record(rgb_to_hsv, images, data_format)
    axis = -3 if data_format == "channels_first" else -1
    return tf_rgb_to_hsv(images.movedim(axis, -1)).movedim(-1, axis)


@adapter("keras.ops.image.hsv_to_rgb")
def hsv_to_rgb(images, data_format=None):
    if is_symbolic(images):
        return record(hsv_to_rgb, images, data_format)
    axis = -3 if data_format == "channels_first" else -1
    return tf_hsv_to_rgb(images.movedim(axis, -1)).movedim(-1, axis)


@adapter("keras.ops.image.gaussian_blur")
def gaussian_blur(images, kernel_size=(3, 3), sigma=(1.0, 1.0), data_format=None):
    if is_symbolic(images):
        return record(gaussian_blur, images, kernel_size, sigma, data_format)
    x = images if data_format == "channels_first" else images.movedim(-1, -3)
    rows = []
    for size, deviation in zip(kernel_size, sigma):
        row = torch.exp(-0.5 * ((torch.arange(size, dtype=x.dtype, device=x.device) - (size - 1) / 2) / deviation) ** 2)
        rows.append(row / torch.sum(row))
    kernel = torch.reshape(torch.outer(rows[1], rows[0]), (1, 1, *kernel_size)).expand(x.shape[-3], 1, *kernel_size)
    x = F.conv2d(x, kernel, padding="same", groups=x.shape[-3])
    return x if data_format == "channels_first" else x.movedim(-3, -1)


@adapter("keras.ops.image.map_coordinates")
def map_coordinates(inputs, coordinates, order, fill_mode="constant", fill_value=0):
    """The values between the elements of a tensor; beyond its borders that of the nearest, or a number."""
    if is_symbolic(inputs, coordinates):
        return record(map_coordinates, inputs, coordinates, order, fill_mode, fill_value)
    if order not in (0, 1) or fill_mode not in ("constant", "nearest"):
        raise NotImplementedError(f"Order {order}, fill mode {fill_mode}.")
    choices = []
    for place, size in zip(torch.unbind(coordinates), inputs.shape):
        lower = torch.floor(place) if order else torch.round(place)
        found = [(lower, 1 - (place - lower)), (lower + 1, place - lower)] if order else [(lower, torch.ones_like(place))]
        choices.append([(torch.clamp(index, 0, size - 1).long(), (index >= 0) & (index < size), weight) for index, weight in found])
    result = 0
    for parts in itertools.product(*choices):
        value = inputs[tuple([index for index, _, _ in parts])]
        for _, is_within, weight in parts:
            value = torch.where(is_within, value, fill_value) if fill_mode == "constant" else value
        for _, _, weight in parts:
            value = value * weight
        result = result + value
    return result


@adapter("tensorflow.signal.overlap_and_add")
def tf_overlap_and_add(signal, frame_step, name=None):
    count, size = signal.shape[-2:]
    pieces = [F.pad(signal[..., i, :], (i * frame_step, (count - 1 - i) * frame_step)) for i in range(count)]
    return torch.sum(torch.stack(pieces), 0)
