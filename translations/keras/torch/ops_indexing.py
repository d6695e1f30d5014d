"""keras.ops that put values at indices, look them up in order, or join and part by numbers of parts."""

import torch
import torch.nn.functional as F


@adapter("netwright.places")
def places(indices):
    """The last axis of indices says where in the first axes."""
    return tuple(torch.unbind(tensor_of(indices).long(), -1))


@adapter("keras.ops.scatter")
def scatter(indices, values, shape):
    if is_symbolic(indices, values):
        return record(scatter, indices, values, shape)
    values = tensor_of(values)
    return torch.zeros(tuple(shape), dtype=values.dtype, device=values.device).index_put(places(indices), values, accumulate=True)


@adapter("keras.ops.scatter_update")
def scatter_update(inputs, indices, updates, reduction=None):
    if is_symbolic(inputs, indices, updates):
        return record(scatter_update, inputs, indices, updates, reduction)
    if reduction not in (None, "add"):
        raise NotImplementedError(f"Updates by {reduction}.")
    inputs = tensor_of(inputs)
    return inputs.index_put(places(indices), tensor_of(updates).to(inputs.dtype), accumulate=reduction == "add")


@adapter("keras.ops.searchsorted")
def searchsorted(sorted_sequence, values, side="left"):
    if is_symbolic(sorted_sequence, values):
        return record(searchsorted, sorted_sequence, values, side)
    return torch.searchsorted(tensor_of(sorted_sequence), tensor_of(values), side=side).to(torch.int32)


@adapter("tensorflow.searchsorted")
def tf_searchsorted(sorted_sequence, values, side="left", out_type=None, name=None):
    return torch.searchsorted(tensor_of(sorted_sequence), tensor_of(values), side=side).to(torch_dtype(out_type or "int32"))


@adapter("keras.ops.digitize")
def digitize(x, bins):
    if is_symbolic(x, bins):
        return record(digitize, x, bins)
    return torch.bucketize(tensor_of(x).float(), tensor_of(bins).float(), right=True).to(torch.int32)


@adapter("keras.ops.segment_sum")
def segment_sum(data, segment_ids, num_segments=None, sorted=False):
    if is_symbolic(data, segment_ids):
        return record(segment_sum, data, segment_ids, num_segments, sorted)
    data = tensor_of(data)
    return torch.zeros(num_segments, *data.shape[1:], dtype=data.dtype, device=data.device).index_add(0, tensor_of(segment_ids).long(), data)


@adapter("keras.ops.multi_hot")
def multi_hot(inputs, num_classes=None, axis=-1, dtype=None, sparse=False, **kwargs):
    if is_symbolic(inputs):
        return record(multi_hot, inputs, num_classes, axis, dtype, sparse)
    return torch.amax(one_hot(tensor_of(inputs), num_classes, axis, dtype, sparse), 1 if inputs.ndim > 1 else 0)


@adapter("keras.ops.append")
def append_values(x1, x2, axis=None):
    if is_symbolic(x1, x2):
        return record(append_values, x1, x2, axis)
    values = promoted([x1, x2])
    return torch.cat([torch.reshape(value, (-1,)) for value in values]) if axis is None else torch.cat(values, axis)


@adapter("keras.ops.array_split")
def array_split(x, indices_or_sections, axis=0):
    if is_symbolic(x):
        return record(array_split, x, indices_or_sections, axis)
    return list(torch.tensor_split(x, indices_or_sections if isinstance(indices_or_sections, int) else tuple(indices_or_sections), axis))


@adapter("keras.ops.average")
def weighted_average(x, axis=None, weights=None):
    if is_symbolic(x, weights):
        return record(weighted_average, x, axis, weights)
    x = tensor_of(x).float()
    if weights is None:
        return torch.mean(x) if axis is None else torch.mean(x, axis)
    weights = tensor_of(weights).to(x.dtype)
    if weights.ndim != x.ndim:
        return torch.tensordot(x, weights, dims=([axis], [0])) / torch.sum(weights)
    return torch.sum(x * weights) / torch.sum(weights) if axis is None else torch.sum(x * weights, axis) / torch.sum(weights, axis)


@adapter("keras.ops.inner")
def inner_product(x1, x2):
    if is_symbolic(x1, x2):
        return record(inner_product, x1, x2)
    return torch.inner(*promoted([x1, x2]))


@adapter("keras.ops.vdot")
def vdot(x1, x2):
    if is_symbolic(x1, x2):
        return record(vdot, x1, x2)
    a, b = promoted([x1, x2])
    return torch.dot(torch.reshape(a, (-1,)), torch.reshape(b, (-1,)))


@adapter("keras.ops.select")
def select(condlist, choicelist, default=0):
    if is_symbolic(condlist, choicelist):
        return record(select, condlist, choicelist, default)
    choices = promoted([*choicelist, default])
    result = choices[-1]
    for condition, choice in list(zip(condlist, choices))[::-1]:
        result = torch.where(condition, choice, result)
    return result


@adapter("keras.ops.heaviside")
def heaviside(x1, x2):
    if is_symbolic(x1, x2):
        return record(heaviside, x1, x2)
    return torch.heaviside(*promoted([x1, x2]))


@adapter("keras.activations.sparsemax")
@adapter("keras.ops.sparsemax")
def sparsemax(x, axis=-1):
    """The nearest distribution: what is below a threshold is zero."""
    if is_symbolic(x):
        return record(sparsemax, x, axis)
    ordered = torch.sort(x, axis, descending=True).values
    total = torch.cumsum(ordered, axis)
    count = torch.arange(1, x.shape[axis] + 1, dtype=x.dtype, device=x.device)
    count = torch.movedim(torch.reshape(count, (*[1] * (x.ndim - 1), -1)), -1, axis)
    support = ordered - (total - 1) / count > 0
    kept = torch.sum(support.to(x.dtype), axis, keepdim=True)
    threshold = (torch.sum(torch.where(support, total, torch.zeros_like(total)), axis, keepdim=True) - 1) / kept
    return F.relu(x - threshold)


@adapter("keras.ops.fft")
def fft(x):
    if is_symbolic(x):
        return record(fft, x)
    made = torch.fft.fft(torch.complex(x[0], x[1]))
    return made.real, made.imag


@adapter("keras.ops.rfft")
def rfft(x, fft_length=None):
    if is_symbolic(x):
        return record(rfft, x, fft_length)
    made = torch.fft.rfft(x, fft_length)
    return made.real, made.imag


@adapter("keras.ops.image.pad_images")
def pad_images(images, top_padding=None, left_padding=None, bottom_padding=None, right_padding=None, target_height=None, target_width=None,
               data_format=None):
    if is_symbolic(images):
        return record(pad_images, images, top_padding, left_padding, bottom_padding, right_padding, target_height, target_width, data_format)
    x = images if data_format == "channels_first" else torch.movedim(images, -1, -3)
    left, right = border(left_padding, right_padding, None if target_width is None else target_width - x.shape[-1])
    top, bottom = border(top_padding, bottom_padding, None if target_height is None else target_height - x.shape[-2])
    x = F.pad(x, (left, right, top, bottom))
    return x if data_format == "channels_first" else torch.movedim(x, -3, -1)


@adapter("netwright.border")
def border(before, after, total):
    """What is added or cut before and after, two of the three being known."""
    if before is None:
        before = total - after
    return before, total - before if after is None else after


@adapter("keras.ops.image.crop_images")
def crop_images(images, top_cropping=None, left_cropping=None, bottom_cropping=None, right_cropping=None, target_height=None, target_width=None,
                data_format=None):
    if is_symbolic(images):
        return record(crop_images, images, top_cropping, left_cropping, bottom_cropping, right_cropping, target_height, target_width, data_format)
    x = images if data_format == "channels_first" else torch.movedim(images, -1, -3)
    left, right = border(left_cropping, right_cropping, None if target_width is None else x.shape[-1] - target_width)
    top, bottom = border(top_cropping, bottom_cropping, None if target_height is None else x.shape[-2] - target_height)
    x = x[..., top:x.shape[-2] - bottom, left:x.shape[-1] - right]
    return x if data_format == "channels_first" else torch.movedim(x, -3, -1)


@adapter("keras.ops.hsplit")
def horizontal_split(x, indices_or_sections):
    if is_symbolic(x):
        return record(horizontal_split, x, indices_or_sections)
    return list(torch.hsplit(x, indices_or_sections))


@adapter("keras.ops.vsplit")
def vertical_split(x, indices_or_sections):
    if is_symbolic(x):
        return record(vertical_split, x, indices_or_sections)
    return list(torch.vsplit(x, indices_or_sections))


@adapter("keras.ops.dsplit")
def depth_split(x, indices_or_sections):
    if is_symbolic(x):
        return record(depth_split, x, indices_or_sections)
    return list(torch.dsplit(x, indices_or_sections))


@adapter("keras.ops.dstack")
def stack_depth(xs):
    if is_symbolic(xs):
        return record(stack_depth, xs)
    return torch.dstack(promoted(xs))


@adapter("keras.ops.isin")
def is_in(x1, x2, assume_unique=False, invert=False):
    if is_symbolic(x1, x2):
        return record(is_in, x1, x2, assume_unique, invert)
    return torch.isin(*promoted([x1, x2]), assume_unique=assume_unique, invert=invert)


@adapter("keras.ops.unravel_index")
def unravelled(indices, shape):
    if is_symbolic(indices):
        return record(unravelled, indices, shape)
    indices = tensor_of(indices)
    if indices.ndim > 1:
        raise NotImplementedError("Indices of several axes, of which Keras' backends make different things.")
    return tuple([one.to(indices.dtype) for one in torch.unravel_index(indices, tuple(shape))])


@adapter("keras.ops.segment_max")
def segment_maximum(data, segment_ids, num_segments=None, sorted=False):
    if is_symbolic(data, segment_ids):
        return record(segment_maximum, data, segment_ids, num_segments, sorted)
    if num_segments is None:
        raise NotImplementedError("Segments that depend on the contents.")
    lowest = torch.finfo(data.dtype).min if data.is_floating_point() else torch.iinfo(data.dtype).min
    made = torch.full((num_segments, *data.shape[1:]), lowest, dtype=data.dtype, device=data.device)
    return torch.index_reduce(made, 0, tensor_of(segment_ids).to(torch.int64), data, "amax")


@adapter("keras.ops.in_top_k")
def in_top_k(targets, predictions, k):
    if is_symbolic(targets, predictions):
        return record(in_top_k, targets, predictions, k)
    own = torch.gather(predictions, 1, tensor_of(targets).to(torch.int64)[:, None])
    return torch.sum((predictions > own).to(torch.int32), 1) < k


@adapter("torch.Tensor.__setitem__")
def index_put(self, key, value):
    """What self is after self[key] = value, in programs that come from PyTorch."""
    self = torch.clone(self)
    self[key] = value.to(self.dtype) if isinstance(value, torch.Tensor) else value
    return self
