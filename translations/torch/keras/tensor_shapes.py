"""Shapes, order of axes, joining and splitting."""
import functools
import math

import keras
import numpy as np
from keras import ops

FLOATING = ("float16", "bfloat16", "float32", "float64")


# ---------------------------------------------------------------- shape and size

@translation("torch.Tensor.size")
def size(self, dim=None):
    if dim is None:
        return ops.shape(self)
    return ops.shape(self)[dim]


@translation("torch.Tensor.dim")
def dim(self):
    return ops.ndim(self)


@translation("torch.Tensor.ndimension")
def ndimension(self):
    return ops.ndim(self)


@translation("torch.numel")
def numel(input):
    return math.prod(ops.shape(input))


@translation("torch.Tensor.nelement")
def nelement(self):
    return math.prod(ops.shape(self))


@translation("torch.Tensor.__len__")
def length(self):
    return ops.shape(self)[0]


@translation("torch.Size")
def torch_size(*args):
    if len(args) == 1:
        return tuple(args[0])


@attribute("torch.Tensor.shape")
def tensor_shape(self):
    return ops.shape(self)


@attribute("torch.Tensor.ndim")
def tensor_ndim(self):
    return ops.ndim(self)


@attribute("torch.Tensor.T")
def tensor_T(self):
    return ops.transpose(self)


@attribute("torch.Tensor.mT")
def tensor_mT(self):
    return ops.swapaxes(self, -2, -1)


# ---------------------------------------------------------------- views

@translation("torch.Tensor.view")
def view(self, *shape, size=None, dtype=None):
    if dtype is not None or len(shape) == 1 and not isinstance(shape[0], (int, tuple, list)):
        return
    if size is not None:
        return ops.reshape(self, size)
    if len(shape) == 1 and isinstance(shape[0], (tuple, list)):
        return ops.reshape(self, shape[0])
    return ops.reshape(self, shape)


@translation("torch.Tensor.reshape")
def tensor_reshape(self, *sizes, shape=None):
    if shape is not None:
        return ops.reshape(self, shape)
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        return ops.reshape(self, sizes[0])
    return ops.reshape(self, sizes)


@translation("torch.reshape")
def reshape(input, shape):
    return ops.reshape(input, shape)


@translation("torch.Tensor.view_as")
def view_as(self, other):
    return ops.reshape(self, ops.shape(other))


@translation("torch.Tensor.reshape_as")
def reshape_as(self, other):
    return ops.reshape(self, ops.shape(other))


@adapter("torch.flatten")
def flatten(input, start_dim=0, end_dim=-1):
    """The axes from start_dim to end_dim as one."""
    shape = ops.shape(input)
    start, end = start_dim % len(shape), end_dim % len(shape)
    return ops.reshape(input, (*shape[:start], math.prod(shape[start:end + 1]), *shape[end + 1:]))


@translation("torch.flatten")
def _flatten(input, start_dim=0, end_dim=-1):
    if start_dim == 0 and (end_dim == -1 or end_dim == rank(input) - 1):
        return ops.reshape(input, (-1,))
    if start_dim == 1 and rank(input) > 1 and (end_dim == -1 or end_dim == rank(input) - 1):
        return ops.reshape(input, (ops.shape(input)[0], -1))
    if rank(input) > 0:
        return flatten(input, start_dim, end_dim)


@translation("torch.ravel")
def ravel(input):
    return ops.reshape(input, (-1,))


@adapter("torch.unflatten")
def unflatten(input, dim, sizes):
    """One axis as several."""
    shape = ops.shape(input)
    dim = dim % len(shape)
    return ops.reshape(input, (*shape[:dim], *sizes, *shape[dim + 1:]))


@adapter("torch.squeeze")
def squeeze(input, dim=None):
    """Without the given axes, or any, that have size one."""
    if dim is None:
        return ops.squeeze(input)
    dims = [d % ops.ndim(input) for d in (dim if isinstance(dim, (tuple, list)) else (dim,))]
    return ops.reshape(input, [n for d, n in enumerate(ops.shape(input)) if d not in dims or n != 1])


@translation("torch.squeeze")
def _squeeze(input, dim=None):
    if dim is None:
        return ops.squeeze(input)
    if isinstance(dim, int) and input.shape[dim] == 1:
        return ops.squeeze(input, axis=dim)
    return squeeze(input, dim)


@translation("torch.Tensor.squeeze_")
def squeeze_(self, dim=None):
    if dim is None:
        return ops.squeeze(self)
    return squeeze(self, dim)


@translation("torch.unsqueeze")
def unsqueeze(input, dim):
    return ops.expand_dims(input, dim)


@translation("torch.Tensor.unsqueeze_")
def unsqueeze_(self, dim):
    return ops.expand_dims(self, dim)


@adapter("torch.Tensor.expand")
def expand(self, *sizes, size=None):
    """Axes of size one repeated, without a copy, to the given sizes; -1 keeps a size."""
    sizes = size if size is not None else sizes[0] if isinstance(sizes[0], (tuple, list)) else sizes
    shape = ops.shape(self)
    new = len(sizes) - len(shape)
    return ops.broadcast_to(self, tuple(shape[i - new] if n == -1 else n for i, n in enumerate(sizes)))


@translation("torch.Tensor.expand")
def _expand(self, *sizes, size=None, implicit=False):
    if size is not None and -1 not in size:
        return ops.broadcast_to(self, size)
    if size is not None:
        return expand(self, size=size)
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)) and -1 not in sizes[0]:
        return ops.broadcast_to(self, sizes[0])
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        return expand(self, sizes[0])
    if -1 not in sizes:
        return ops.broadcast_to(self, sizes)
    return expand(self, *sizes)


@translation("torch.Tensor.expand_as")
def expand_as(self, other):
    return ops.broadcast_to(self, ops.shape(other))


@translation("torch.broadcast_to")
def broadcast_to(input, size):
    if -1 not in size:
        return ops.broadcast_to(input, size)
    return expand(input, size)


@adapter("torch.broadcast_tensors")
def broadcast_tensors(*tensors):
    """All tensors in their common shape."""
    shape = functools.reduce(np.broadcast_shapes, [ops.shape(x) for x in tensors])
    return tuple(ops.broadcast_to(x, shape) for x in tensors)


@translation("torch.Tensor.repeat")
def repeat(self, *sizes, repeats=None):
    if repeats is not None:
        return ops.tile(self, repeats)
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        return ops.tile(self, sizes[0])
    return ops.tile(self, sizes)


@translation("torch.tile")
def tile(input, dims):
    return ops.tile(input, dims)


@translation("torch.Tensor.tile")
def tensor_tile(self, *sizes, dims=None):
    if dims is not None:
        return ops.tile(self, dims)
    if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)):
        return ops.tile(self, sizes[0])
    return ops.tile(self, sizes)


@adapter("torch.repeat_interleave")
def repeat_by_counts(input, repeats, dim=None):
    """Each element of an axis as often as its count says."""
    return ops.repeat(input, repeats, axis=dim)


@translation("torch.repeat_interleave")
def repeat_interleave(input, repeats=None, dim=None, *, output_size=None):
    if repeats is not None and is_tensor(repeats):
        return repeat_by_counts(input, repeats, dim)
    if repeats is not None:
        return ops.repeat(input, repeats, axis=dim)


# ---------------------------------------------------------------- order of axes

@translation("torch.permute")
def permute(input, dims):
    return ops.transpose(input, dims)


@translation("torch.Tensor.permute")
def tensor_permute(self, *axes, dims=None):
    if dims is not None:
        return ops.transpose(self, dims)
    if len(axes) == 1 and isinstance(axes[0], (tuple, list)):
        return ops.transpose(self, axes[0])
    return ops.transpose(self, axes)


@adapter("torch.transpose")
def swapped(input, dim0, dim1):
    """Two axes change places."""
    return ops.swapaxes(input, dim0, dim1)


@translation("torch.transpose")
def transpose(input, dim0, dim1):
    return ops.swapaxes(input, dim0, dim1)


@translation("torch.Tensor.transpose_")
def transpose_(self, dim0, dim1):
    return ops.swapaxes(self, dim0, dim1)


@translation("torch.swapaxes")
def swapaxes(input, axis0, axis1):
    return ops.swapaxes(input, axis0, axis1)


@translation("torch.swapdims")
def swapdims(input, dim0, dim1):
    return ops.swapaxes(input, dim0, dim1)


@translation("torch.t")
def t(input):
    return ops.transpose(input)


@translation("torch.Tensor.t_")
def t_(self):
    return ops.transpose(self)


@translation("torch.movedim")
def movedim(input, source, destination):
    return ops.moveaxis(input, source, destination)


@translation("torch.adjoint")
def adjoint(input):
    if dtype(input) in FLOATING:
        return ops.swapaxes(input, -2, -1)


@translation("torch.flip")
def flip(input, dims):
    return ops.flip(input, axis=dims)


@translation("torch.Tensor.flip")
def tensor_flip(self, *axes, dims=None):
    if dims is not None:
        return ops.flip(self, axis=dims)
    if len(axes) == 1:
        return ops.flip(self, axis=axes[0])
    return ops.flip(self, axis=axes)


@translation("torch.fliplr")
def fliplr(input):
    return ops.flip(input, axis=1)


@translation("torch.flipud")
def flipud(input):
    return ops.flip(input, axis=0)


@translation("torch.roll")
def roll(input, shifts, dims=None):
    return ops.roll(input, shifts, axis=dims)


@adapter("torch.rot90")
def rot90(input, k=1, dims=(0, 1)):
    """Quarter turns from the first axis towards the second."""
    if k % 4 == 2:
        return ops.flip(input, axis=tuple(dims))
    if k % 4 == 1:
        return ops.swapaxes(ops.flip(input, axis=dims[1]), *dims)
    return ops.flip(ops.swapaxes(input, *dims), axis=dims[1]) if k % 4 == 3 else input


# ---------------------------------------------------------------- joining

@translation("torch.cat")
def cat(tensors, dim=0, *, out=None):
    if out is None:
        return ops.concatenate(tensors, axis=dim)


@translation("torch.stack")
def stack(tensors, dim=0, *, out=None):
    if out is None:
        return ops.stack(tensors, axis=dim)


@translation("torch.hstack")
def hstack(tensors, *, out=None):
    if out is None and is_tensor(tensors[0]) and rank(tensors[0]) == 1:
        return ops.concatenate(tensors, axis=0)
    if out is None and is_tensor(tensors[0]) and rank(tensors[0]) > 1:
        return ops.concatenate(tensors, axis=1)


@translation("torch.vstack")
def vstack(tensors, *, out=None):
    if out is None and all((is_tensor(x) and rank(x) == 1 for x in tensors)):
        return ops.stack(tensors, axis=0)
    if out is None and all((is_tensor(x) and rank(x) > 1 for x in tensors)):
        return ops.concatenate(tensors, axis=0)
    if out is None:
        return stack_rows(tensors)


@adapter("torch.vstack")
def stack_rows(tensors):
    """Vectors as rows, and matrices, below each other."""
    return ops.concatenate([ops.expand_dims(x, 0) if ops.ndim(x) == 1 else x for x in tensors], axis=0)


@translation("torch.dstack")
def dstack(tensors, *, out=None):
    if out is None and all((is_tensor(x) and rank(x) == 2 for x in tensors)):
        return ops.stack(tensors, axis=2)
    if out is None and is_tensor(tensors[0]) and rank(tensors[0]) > 2:
        return ops.concatenate(tensors, axis=2)
    if out is None:
        return stack_depth(tensors)


@adapter("torch.dstack")
def stack_depth(tensors):
    """Vectors and matrices one behind the other, along a third axis."""
    tensors = [ops.expand_dims(x, 0) if ops.ndim(x) == 1 else x for x in tensors]
    return ops.concatenate([ops.expand_dims(x, 2) if ops.ndim(x) == 2 else x for x in tensors], axis=2)


@adapter("torch.column_stack")
def column_stack(tensors):
    """Vectors as columns, and matrices, side by side."""
    return ops.concatenate([ops.expand_dims(x, 1) if ops.ndim(x) == 1 else x for x in tensors], axis=1)


@translation("torch.column_stack")
def _column_stack(tensors, *, out=None):
    if out is None:
        return column_stack(tensors)


# ---------------------------------------------------------------- splitting

@adapter("torch.split")
def split(tensor, split_size_or_sections, dim=0):
    """Pieces of one size (the last may be smaller), or of the sizes in a list."""
    sizes, total = split_size_or_sections, tensor.shape[dim]
    if isinstance(sizes, int):
        sizes = [min(sizes, total - start) for start in range(0, total, sizes)]
    ends = np.cumsum(sizes)[:-1]
    return tuple(ops.split(tensor, ends.tolist(), axis=dim)) if len(ends) else (tensor,)


@translation("torch.split_with_sizes")
def split_with_sizes(input, split_sizes, dim=0):
    return split(input, split_sizes, dim)


@translation("torch.Tensor.split")
def tensor_split_method(self, split_size, dim=0):
    return split(self, split_size, dim)


@adapter("torch.chunk")
def chunk(input, chunks, dim=0):
    """Up to that many pieces of one size; the last may be smaller."""
    return split(input, -(-input.shape[dim] // chunks), dim)


@translation("torch.chunk")
def _chunk(input, chunks, dim=0):
    if input.shape[dim] % chunks == 0:
        return ops.split(input, chunks, axis=dim)
    return chunk(input, chunks, dim)


@translation("torch.unsafe_chunk")
def unsafe_chunk(input, chunks, dim=0):
    return chunk(input, chunks, dim)


@translation("torch.unsafe_split")
def unsafe_split(tensor, split_size_or_sections, dim=0):
    return split(tensor, split_size_or_sections, dim)


@adapter("torch.tensor_split")
def tensor_split(input, indices_or_sections, dim=0):
    """Pieces that end at the given indices, or that many pieces of nearly one size, the larger ones first."""
    if isinstance(indices_or_sections, int):
        return tuple(ops.array_split(input, indices_or_sections, axis=dim))
    return tuple(ops.split(input, list(indices_or_sections), axis=dim))


@translation("torch.tensor_split")
def _tensor_split(input, indices_or_sections=None, dim=0, *, indices=None, sections=None):
    if indices_or_sections is not None and not is_tensor(indices_or_sections):
        return tensor_split(input, indices_or_sections, dim)
    if indices is not None and not is_tensor(indices):
        return tensor_split(input, indices, dim)
    if sections is not None:
        return tensor_split(input, sections, dim)


@adapter("torch.hsplit")
def hsplit(input, indices_or_sections):
    """Pieces along the second axis, or the only one."""
    return tensor_split(input, indices_or_sections, 0 if len(input.shape) == 1 else 1)


@adapter("torch.vsplit")
def vsplit(input, indices_or_sections):
    """Pieces along the first axis."""
    return tensor_split(input, indices_or_sections, 0)


@translation("torch.atleast_1d")
def atleast_1d(*tensors):
    if len(tensors) == 1 and is_tensor(tensors[0]) and rank(tensors[0]) >= 1:
        return tensors[0]
    if len(tensors) == 1 and is_tensor(tensors[0]):
        return ops.expand_dims(tensors[0], 0)


@translation("torch.atleast_2d")
def atleast_2d(*tensors):
    if len(tensors) == 1 and is_tensor(tensors[0]) and rank(tensors[0]) >= 2:
        return tensors[0]
    if len(tensors) == 1 and is_tensor(tensors[0]) and rank(tensors[0]) == 1:
        return ops.expand_dims(tensors[0], 0)


@translation("torch.atleast_3d")
def atleast_3d(*tensors):
    if len(tensors) == 1 and is_tensor(tensors[0]) and rank(tensors[0]) >= 3:
        return tensors[0]
    if len(tensors) == 1 and is_tensor(tensors[0]) and rank(tensors[0]) == 2:
        return ops.expand_dims(tensors[0], -1)


@translation("torch.unbind")
def unbind(input, dim=0):
    return ops.unstack(input, axis=dim)


@translation("torch.Tensor.__iter__")
def iterate(self):
    return iter(ops.unstack(self))


# ---------------------------------------------------------------- windows

@adapter("torch.Tensor.unfold")
def sliding_windows(self, dimension, size, step):
    """Windows along an axis, as a new last axis of that size."""
    count = (self.shape[dimension] - size) // step + 1
    dimension = dimension % ops.ndim(self)
    index = np.arange(count)[:, None] * step + np.arange(size)
    windows = ops.take(self, index, axis=dimension)
    return ops.moveaxis(windows, dimension + 1, -1)


@adapter("torch.meshgrid")
def meshgrid_of(*tensors, indexing=None):
    """Grids of the places that vectors name; of rows first unless another indexing is asked for."""
    tensors = tensors[0] if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) else tensors
    return tuple(ops.meshgrid(*tensors, indexing=indexing or "ij"))


@translation("torch.meshgrid")
def meshgrid(*tensors, indexing=None):
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)) and indexing == "xy":
        return ops.meshgrid(*tensors[0], indexing="xy")
    if len(tensors) == 1 and isinstance(tensors[0], (list, tuple)):
        return ops.meshgrid(*tensors[0], indexing="ij")
    if indexing == "xy":
        return ops.meshgrid(*tensors, indexing="xy")
    return ops.meshgrid(*tensors, indexing="ij")


@adapter("torch.nn.utils.rnn.pad_sequence")
def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    """Sequences of different lengths, filled up to the longest, as one tensor."""
    longest = max(ops.shape(x)[0] for x in sequences)
    filled = []
    for x in sequences:
        missing = longest - ops.shape(x)[0]
        widths = [(0, missing) if padding_side == "right" else (missing, 0)] + [(0, 0)] * (ops.ndim(x) - 1)
        filled.append(ops.pad(x, widths, constant_values=padding_value))
    return ops.stack(filled, axis=0 if batch_first else 1)


@adapter("torch.cartesian_prod")
def cartesian_prod(*tensors):
    """All combinations of the elements of vectors, one in each row."""
    grids = ops.meshgrid(*tensors, indexing="ij")
    return ops.stack([ops.reshape(x, (-1,)) for x in grids], axis=-1)


@adapter("torch.cat")
def cat(tensors, dim=0):
    """Tensors joined along an axis."""
    return ops.concatenate(tensors, axis=dim)


@adapter("torch.stack")
def stack(tensors, dim=0):
    """Tensors joined along a new axis."""
    return ops.stack(tensors, axis=dim)


@adapter("helper.in_order")
def in_order(whole, part):
    """The elements of a part in the shape of the whole."""
    return ops.reshape(part, ops.shape(whole))
