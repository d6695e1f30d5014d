"""keras.ops of shapes, axes, joining and indexing."""

import math

import numpy as np
import torch
import torch.nn.functional as F


@adapter("netwright.promoted")
def promoted(values):
    """Tensors of one type."""
    values = [tensor_of(value) for value in values]
    dtype = values[0].dtype
    for value in values[1:]:
        dtype = torch.promote_types(dtype, value.dtype)
    return [value.to(dtype) for value in values]


@translation("keras.ops.shape")
def native_ops_shape(x):
    if is_tensor(x):
        return x.shape


@adapter("keras.ops.shape")
def shape_of(x):
    return tuple(x.shape)


@translation("keras.ops.ndim")
def native_ops_ndim(x):
    if is_tensor(x):
        return x.ndim


@adapter("keras.ops.ndim")
def ndim_of(x):
    return x.ndim


@adapter("keras.ops.size")
def size_of(x):
    return None if None in x.shape else math.prod(x.shape)


@translation("keras.ops.reshape")
def native_ops_reshape(x, newshape):
    if is_tensor(x) and isinstance(newshape, (list, tuple)) and None not in newshape:
        return torch.reshape(x, newshape)


@adapter("keras.ops.reshape")
def reshape(x, newshape):
    if is_symbolic(x):
        return record(reshape, x, newshape)
    newshape = (newshape,) if isinstance(newshape, int) else tuple([-1 if size is None else int(size) for size in newshape])
    return torch.reshape(tensor_of(x), newshape)


@translation("keras.ops.transpose")
def native_ops_transpose(x, axes=None):
    if is_tensor(x) and axes is not None:
        return torch.permute(x, axes)


@adapter("keras.ops.transpose")
def transpose(x, axes=None):
    if is_symbolic(x):
        return record(transpose, x, axes)
    return torch.permute(x, tuple(range(x.ndim))[::-1] if axes is None else tuple(axes))


@adapter("keras.ops.concatenate")
def concatenate_values(xs, axis=0):
    if is_symbolic(xs):
        return record(concatenate_values, xs, axis)
    return torch.cat(promoted(xs), axis)


@adapter("keras.ops.stack")
def stack(x, axis=0):
    if is_symbolic(x):
        return record(stack, x, axis)
    return torch.stack(promoted(x), axis)


@adapter("keras.ops.unstack")
def unstack(x, num=None, axis=0):
    if is_symbolic(x):
        return record(unstack, x, num, axis)
    return list(torch.unbind(x, axis))


@adapter("keras.ops.split")
def split_axis(x, indices_or_sections, axis=0):
    if is_symbolic(x):
        return record(split_axis, x, indices_or_sections, axis)
    if isinstance(indices_or_sections, int):
        return list(torch.split(x, x.shape[axis] // indices_or_sections, axis))
    return list(torch.tensor_split(x, list(indices_or_sections), axis))


@translation("keras.ops.expand_dims")
def native_ops_expand_dims(x, axis):
    if is_tensor(x) and isinstance(axis, int):
        return torch.unsqueeze(x, axis)


@adapter("keras.ops.expand_dims")
def expand_dims(x, axis):
    if is_symbolic(x):
        return record(expand_dims, x, axis)
    axes = [axis] if isinstance(axis, int) else list(axis)
    for one in sorted([one % (x.ndim + len(axes)) for one in axes]):
        x = torch.unsqueeze(x, one)
    return x


@translation("keras.ops.squeeze")
def native_ops_squeeze(x, axis=None):
    if is_tensor(x) and isinstance(axis, int):
        return torch.squeeze(x, axis)


@adapter("keras.ops.squeeze")
def squeeze(x, axis=None):
    if is_symbolic(x):
        return record(squeeze, x, axis)
    return torch.squeeze(x) if axis is None else torch.squeeze(x, axis)


@translation("keras.ops.swapaxes")
def native_ops_swapaxes(x, axis1, axis2):
    if is_tensor(x):
        return torch.swapaxes(x, axis1, axis2)


@adapter("keras.ops.swapaxes")
def swapaxes(x, axis1, axis2):
    if is_symbolic(x):
        return record(swapaxes, x, axis1, axis2)
    return torch.swapaxes(x, axis1, axis2)


@translation("keras.ops.moveaxis")
def native_ops_moveaxis(x, source, destination):
    if is_tensor(x):
        return torch.movedim(x, source, destination)


@adapter("keras.ops.moveaxis")
def moveaxis(x, source, destination):
    if is_symbolic(x):
        return record(moveaxis, x, source, destination)
    return torch.movedim(x, source, destination)


@translation("keras.ops.tile")
def native_ops_tile(x, repeats):
    if is_tensor(x) and isinstance(repeats, (list, tuple)):
        return torch.tile(x, repeats)


@adapter("keras.ops.tile")
def tile(x, repeats):
    if is_symbolic(x):
        return record(tile, x, repeats)
    repeats = [repeats] if isinstance(repeats, int) else list(repeats)
    return torch.tile(x, [int(n) for n in repeats])


@translation("keras.ops.repeat")
def native_ops_repeat(x, repeats, axis=None):
    if is_tensor(x) and isinstance(repeats, int):
        return torch.repeat_interleave(x, repeats, axis)


@adapter("keras.ops.repeat")
def repeat_values(x, repeats, axis=None):
    if is_symbolic(x):
        return record(repeat_values, x, repeats, axis)
    return torch.repeat_interleave(x, repeats, axis)


@translation("keras.ops.broadcast_to")
def native_ops_broadcast_to(x, shape):
    if is_tensor(x) and isinstance(shape, tuple):
        return torch.broadcast_to(x, shape)


@adapter("keras.ops.broadcast_to")
def broadcast_to(x, shape):
    if is_symbolic(x):
        return record(broadcast_to, x, shape)
    return torch.broadcast_to(tensor_of(x), tuple(shape))


@adapter("keras.ops.flip")
def flip(x, axis=None):
    if is_symbolic(x):
        return record(flip, x, axis)
    return torch.flip(x, axes_of(x, axis))


@translation("keras.ops.roll")
def native_ops_roll(x, shift, axis=None):
    if is_tensor(x):
        return torch.roll(x, shift, axis)


@adapter("keras.ops.roll")
def roll(x, shift, axis=None):
    if is_symbolic(x):
        return record(roll, x, shift, axis)
    return torch.roll(x, shift, axis)


@translation("keras.ops.ravel")
def native_ops_ravel(x):
    if is_tensor(x):
        return torch.reshape(x, (-1,))


@adapter("keras.ops.ravel")
def ravel(x):
    if is_symbolic(x):
        return record(ravel, x)
    return torch.reshape(x, (-1,))


@adapter("keras.ops.pad")
def pad_widths(x, pad_width, mode="constant", constant_values=None):
    if is_symbolic(x):
        return record(pad_widths, x, pad_width, mode, constant_values)
    widths = [(pad_width, pad_width)] * x.ndim if isinstance(pad_width, int) else [tuple(width) for width in pad_width]
    widths = widths * x.ndim if len(widths) == 1 else widths
    if mode == "constant":
        return F.pad(x, [n for width in widths[::-1] for n in width], value=constant_values or 0)
    for axis, (before, after) in enumerate(widths):
        index = np.arange(-before, x.shape[axis] + after)
        if mode == "reflect":
            index = x.shape[axis] - 1 - abs(x.shape[axis] - 1 - abs(index))
        elif mode == "symmetric":
            index = np.where(index < 0, -1 - index, np.where(index >= x.shape[axis], 2 * x.shape[axis] - 1 - index, index))
        else:
            raise NotImplementedError(f"Padding mode {mode}.")
        x = torch.index_select(x, axis, torch.tensor(index.tolist(), device=x.device))
    return x


@adapter("keras.ops.take")
def take(x, indices, axis=None):
    if is_symbolic(x, indices):
        return record(take, x, indices, axis)
    indices = tensor_of(indices).long()
    if axis is None:
        return torch.reshape(x, (-1,))[indices]
    axis = axis % x.ndim
    indices = torch.where(indices < 0, indices + x.shape[axis], indices)
    output = torch.index_select(x, axis, torch.reshape(indices, (-1,)))
    return torch.reshape(output, (*x.shape[:axis], *indices.shape, *x.shape[axis + 1:]))


@adapter("keras.ops.take_along_axis")
def take_along_axis(x, indices, axis=None):
    if is_symbolic(x, indices):
        return record(take_along_axis, x, indices, axis)
    if axis is None:
        x, indices, axis = torch.reshape(x, (-1,)), torch.reshape(indices, (-1,)), 0
    return torch.take_along_dim(x, indices.long(), axis)


@adapter("keras.ops.get_item")
def item_of(x, key):
    if is_symbolic(x, key):
        return record(item_of, x, key)
    return get_item(x, key)


@adapter("keras.ops.slice")
def slice_of(inputs, start_indices, shape):
    if is_symbolic(inputs):
        return record(slice_of, inputs, start_indices, shape)
    return inputs[tuple([slice(int(start), None if size == -1 else int(start) + int(size)) for start, size in zip(start_indices, shape)])]


@adapter("keras.ops.slice_update")
def slice_update(inputs, start_indices, updates):
    if is_symbolic(inputs, updates):
        return record(slice_update, inputs, start_indices, updates)
    output = torch.clone(inputs)
    output[tuple([slice(int(start), int(start) + size) for start, size in zip(start_indices, updates.shape)])] = updates
    return output


@adapter("keras.ops.meshgrid")
def meshgrid(*x, indexing="xy"):
    if is_symbolic(x):
        return record(meshgrid, *x, indexing=indexing)
    return list(torch.meshgrid(*[tensor_of(one) for one in x], indexing=indexing))


@translation("keras.ops.tril")
def native_ops_tril(x, k=0):
    if is_tensor(x) and isinstance(k, int):
        return torch.tril(x, k)


@adapter("keras.ops.tril")
def tril(x, k=0):
    if is_symbolic(x):
        return record(tril, x, k)
    return torch.tril(x, int(k))


@translation("keras.ops.triu")
def native_ops_triu(x, k=0):
    if is_tensor(x) and isinstance(k, int):
        return torch.triu(x, k)


@adapter("keras.ops.triu")
def triu(x, k=0):
    if is_symbolic(x):
        return record(triu, x, k)
    return torch.triu(x, int(k))


@adapter("keras.ops.diagonal")
def diagonal_of(x, offset=0, axis1=0, axis2=1):
    if is_symbolic(x):
        return record(diagonal_of, x, offset, axis1, axis2)
    return torch.diagonal(x, offset, axis1, axis2)


@adapter("keras.ops.hstack")
def hstack(xs):
    if is_symbolic(xs):
        return record(hstack, xs)
    return torch.hstack(promoted(xs))


@adapter("keras.ops.vstack")
def vstack(xs):
    if is_symbolic(xs):
        return record(vstack, xs)
    return torch.vstack(promoted(xs))


@adapter("keras.ops.diff")
def diff(a, n=1, axis=-1):
    if is_symbolic(a):
        return record(diff, a, n, axis)
    return torch.diff(a, n, axis)


@adapter("keras.ops.diag")
def diag(x, k=0):
    if is_symbolic(x):
        return record(diag, x, k)
    return torch.diag(x, k)


@adapter("keras.ops.fliplr")
def fliplr(x):
    if is_symbolic(x):
        return record(fliplr, x)
    return torch.flip(x, (1,))


@adapter("keras.ops.flipud")
def flipud(x):
    if is_symbolic(x):
        return record(flipud, x)
    return torch.flip(x, (0,))


@adapter("keras.ops.rot90")
def rot90(array, k=1, axes=(0, 1)):
    if is_symbolic(array):
        return record(rot90, array, k, axes)
    return torch.rot90(array, k, axes)
