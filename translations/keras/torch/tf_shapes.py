"""TensorFlow of shapes, axes, joining and making tensors."""

import math

import torch


@translation("tensorflow.shape")
def native_tf_shape(input, out_type=None, name=None):
    if is_tensor(input):
        return input.shape


@adapter("tensorflow.shape")
def tf_shape(input, out_type=None, name=None):
    return tuple(input.shape)


@translation("tensorflow.rank")
def native_tf_rank(input, name=None):
    if is_tensor(input):
        return input.ndim


@adapter("tensorflow.rank")
def tf_rank(input, name=None):
    return input.ndim


@adapter("tensorflow.size")
def tf_size(input, out_type=None, name=None):
    return math.prod(input.shape)


@translation("tensorflow.reshape")
def native_tf_reshape(tensor, shape, name=None):
    if is_tensor(tensor) and isinstance(shape, (list, tuple)):
        return torch.reshape(tensor, shape)


@adapter("tensorflow.reshape")
def tf_reshape(tensor, shape, name=None):
    return torch.reshape(tensor_of(tensor), shape_tuple(shape))


@translation("tensorflow.transpose")
def native_tf_transpose(a, perm=None, conjugate=False, name="transpose"):
    if is_tensor(a) and perm is not None:
        return torch.permute(a, perm)


@adapter("tensorflow.transpose")
def tf_transpose(a, perm=None, conjugate=False, name="transpose"):
    a = tensor_of(a)
    return torch.permute(a, tuple(range(a.ndim))[::-1] if perm is None else tuple(perm))


@translation("tensorflow.expand_dims")
def native_tf_expand_dims(input, axis, name=None):
    if is_tensor(input) and rank(input) and isinstance(axis, int):
        return torch.unsqueeze(input, axis)


@adapter("tensorflow.expand_dims")
def tf_expand_dims(input, axis, name=None):
    return torch.unsqueeze(tensor_of(input), axis[0] if isinstance(axis, (list, tuple)) else axis)


@adapter("tensorflow.squeeze")
def tf_squeeze(input, axis=None, name=None):
    input = tensor_of(input)
    return torch.squeeze(input) if axis is None else torch.squeeze(input, tuple(axis) if isinstance(axis, (list, tuple)) else axis)


@adapter("tensorflow.concat")
def tf_concat(values, axis, name="concat"):
    return torch.cat(promoted(values), axis)


@adapter("tensorflow.stack")
def tf_stack(values, axis=0, name="stack"):
    return torch.stack(promoted(values), axis)


@adapter("tensorflow.unstack")
def tf_unstack(value, num=None, axis=0, name="unstack"):
    return list(value) if isinstance(value, torch.Size) else list(torch.unbind(tensor_of(value), axis))


@adapter("tensorflow.split")
def tf_split(value, num_or_size_splits, axis=0, num=None, name="split"):
    value = tensor_of(value)
    if isinstance(num_or_size_splits, int):
        return list(torch.split(value, value.shape[axis] // num_or_size_splits, axis))
    counts = [int(count) for count in num_or_size_splits]
    rest = value.shape[axis] - sum(counts) - 1  # of a part whose size is -1
    return list(torch.split(value, [rest if count == -1 else count for count in counts], axis))


@translation("tensorflow.tile")
def native_tf_tile(input, multiples, name=None):
    if is_tensor(input) and isinstance(multiples, (list, tuple)):
        return torch.tile(tensor_of(input), multiples)


@adapter("tensorflow.tile")
def tf_tile(input, multiples, name=None):
    return torch.tile(tensor_of(input), [int(n) for n in multiples])


@translation("tensorflow.repeat")
def native_tf_repeat(input, repeats, axis=None, name=None):
    if is_tensor(input) and isinstance(repeats, int):
        return torch.repeat_interleave(input, repeats, axis)


@adapter("tensorflow.repeat")
def tf_repeat(input, repeats, axis=None, name=None):
    return torch.repeat_interleave(tensor_of(input), repeats, axis)


@adapter("tensorflow.broadcast_to")
def tf_broadcast_to(input, shape, name=None):
    return torch.broadcast_to(tensor_of(input), shape_tuple(shape))


@translation("tensorflow.reverse")
def native_tf_reverse(tensor, axis, name=None):
    if is_tensor(tensor) and isinstance(axis, (list, tuple)):
        return torch.flip(tensor, axis)


@adapter("tensorflow.reverse")
def tf_reverse(tensor, axis, name=None):
    tensor = tensor_of(tensor)
    return torch.flip(tensor, axes_of(tensor, axis))


@translation("tensorflow.roll")
def native_tf_roll(input, shift, axis, name=None):
    if is_tensor(input):
        return torch.roll(input, shift, axis)


@adapter("tensorflow.roll")
def tf_roll(input, shift, axis, name=None):
    return torch.roll(input, shift, axis)


@adapter("tensorflow.pad")
def tf_pad(tensor, paddings, mode="CONSTANT", constant_values=0, name=None):
    return pad_widths(tensor, paddings, mode.lower(), constant_values)


@adapter("tensorflow.gather")
def tf_gather(params, indices, validate_indices=None, axis=None, batch_dims=0, name=None):
    params, indices = tensor_of(params), tensor_of(indices)
    batch_dims += indices.ndim if batch_dims < 0 else 0
    axis = batch_dims if axis is None else axis % params.ndim
    if batch_dims == 0:
        return take(params, indices, axis)
    before = axis - batch_dims
    rows = torch.movedim(torch.flatten(params, 0, batch_dims - 1), before + 1, 1)
    index = torch.flatten(indices, 0, batch_dims - 1).long()
    samples = torch.arange(rows.shape[0], device=rows.device).reshape(-1, *[1] * (index.ndim - 1))
    found = torch.movedim(rows[samples, index], list(range(1, index.ndim)), list(range(before + 1, before + index.ndim)))
    return torch.reshape(found, (*params.shape[:batch_dims], *found.shape[1:]))


@adapter("tensorflow.gather_nd")
def tf_gather_nd(params, indices, batch_dims=0, name=None, bad_indices_policy=""):
    params = tensor_of(params)
    if not batch_dims:
        return params[places(indices)]
    indices = tensor_of(indices)
    samples = [torch.arange(size, device=params.device).reshape([-1 if k == i else 1 for k in range(indices.ndim - 1)]) for i, size in enumerate(params.shape[:batch_dims])]
    return params[(*samples, *places(indices))]


@adapter("tensorflow.slice")
def tf_slice(input_, begin, size, name=None):
    return input_[tuple([slice(int(start), None if count == -1 else int(start) + int(count)) for start, count in zip(begin, size)])]


@adapter("tensorflow.strided_slice")
def tf_strided_slice(input_, begin, end, strides=None, begin_mask=0, end_mask=0, ellipsis_mask=0, new_axis_mask=0, shrink_axis_mask=0, var=None,
                     name=None):
    if begin_mask or end_mask or ellipsis_mask or new_axis_mask or shrink_axis_mask:
        raise NotImplementedError("Masks of axes.")
    return get_item(input_, tuple([slice(*part) for part in zip(begin, end, [1] * len(begin) if strides is None else strides)]))


@adapter("tensorflow.one_hot")
def tf_one_hot(indices, depth, on_value=None, off_value=None, axis=None, dtype=None, name=None):
    made = one_hot(tensor_of(indices), depth, -1 if axis is None else axis, dtype)
    if on_value is None and off_value is None:
        return made
    if dtype is None and not (isinstance(on_value, float) and isinstance(off_value, float)):
        raise NotImplementedError("Values that say the type.")
    off_value = 0 if off_value is None else off_value
    return made * ((1 if on_value is None else on_value) - off_value) + off_value


@adapter("tensorflow.boolean_mask")
def tf_boolean_mask(tensor, mask, axis=None, name="boolean_mask"):
    return tensor[(slice(None),) * (axis or 0) + (tensor_of(mask).bool(),)]


@adapter("tensorflow.zeros")
def tf_zeros(shape, dtype="float32", name=None, layout=None):
    return torch.zeros(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("tensorflow.ones")
def tf_ones(shape, dtype="float32", name=None, layout=None):
    return torch.ones(shape_tuple(shape), dtype=torch_dtype(dtype))


@adapter("tensorflow.fill")
def tf_fill(dims, value, name=None, layout=None):
    return torch.full(shape_tuple(dims), value)


@translation("tensorflow.zeros_like")
def native_tf_zeros_like(input, dtype=None, name=None, layout=None):
    if is_tensor(input) and dtype is None:
        return torch.zeros_like(input)


@adapter("tensorflow.zeros_like")
def tf_zeros_like(input, dtype=None, name=None, layout=None):
    return torch.zeros_like(input, dtype=None if dtype is None else torch_dtype(dtype))


@translation("tensorflow.ones_like")
def native_tf_ones_like(input, dtype=None, name=None, layout=None):
    if is_tensor(input) and dtype is None:
        return torch.ones_like(input)


@adapter("tensorflow.ones_like")
def tf_ones_like(input, dtype=None, name=None, layout=None):
    return torch.ones_like(input, dtype=None if dtype is None else torch_dtype(dtype))


@adapter("tensorflow.range")
def tf_range(start, limit=None, delta=1, dtype=None, name="range"):
    return arange(start, limit, delta, dtype)


@adapter("tensorflow.eye")
def tf_eye(num_rows, num_columns=None, batch_shape=None, dtype="float32", name=None):
    if batch_shape is not None:
        raise NotImplementedError("Samples of matrices.")
    return torch.eye(num_rows, num_rows if num_columns is None else num_columns, dtype=torch_dtype(dtype))


@adapter("tensorflow.is_tensor")
def tf_is_tensor(x):
    return isinstance(x, torch.Tensor)


@adapter("tensorflow.sequence_mask")
def tf_sequence_mask(lengths, maxlen=None, dtype=None, name=None):
    lengths = tensor_of(lengths)
    count = int(lengths.max()) if maxlen is None else maxlen
    return (torch.arange(count, device=lengths.device) < lengths[..., None]).to(torch.bool if dtype is None else torch_dtype(dtype))
