"""Indexing, gathering, scattering, masks, triangles and diagonals."""
import math

import keras
import numpy as np
from keras import ops

FLOATING = ("float16", "bfloat16", "float32", "float64")


# ---------------------------------------------------------------- subscripts

@adapter("torch.Tensor.__getitem__")
def index(self, key):
    """self[key], where the key may hold tensors and lists: their values, or for truth values, which may be bytes, the places of the true ones."""
    key = list(key) if isinstance(key, tuple) else [key]
    if any(isinstance(k, bool) for k in key):
        raise NotImplementedError("truth values as an index")
    key = [ops.convert_to_tensor(np.asarray(k)) if isinstance(k, (list, tuple, np.ndarray)) else k for k in key]
    key = [part for k in key for part in (ops.nonzero(k) if ops.is_tensor(k) and ops.dtype(k) in ("bool", "uint8") else [k])]
    taken = sum(k is not None and k is not Ellipsis for k in key)
    rest = [slice(None)] * (ops.ndim(self) - taken)
    at = next((i for i, k in enumerate(key) if k is Ellipsis), len(key))
    key = key[:at] + rest + key[at + 1:]
    plain = self[tuple(slice(None) if ops.is_tensor(k) else k for k in key)]
    left = [k for k in key if not isinstance(k, int)]
    axes = [axis for axis, k in enumerate(left) if ops.is_tensor(k)]
    if not axes:
        return plain
    others = [axis for axis in range(ops.ndim(plain)) if axis not in axes]
    moved = ops.transpose(plain, axes + others)
    sizes = ops.shape(moved)
    position = 0
    for size, axis in zip(sizes, axes):
        part = ops.cast(left[axis], "int32")
        position = position * size + ops.where(part < 0, part + size, part)
    flat = ops.reshape(moved, (math.prod(sizes[:len(axes)]), *sizes[len(axes):]))
    result = ops.take(flat, position, axis=0)
    if axes != list(range(axes[0], axes[0] + len(axes))):
        return result
    new = ops.ndim(position)
    order = [*range(new, new + axes[0]), *range(new), *range(new + axes[0], ops.ndim(result))]
    return ops.transpose(result, order)


@adapter("torch.Tensor.__setitem__")
def index_put(self, key, value):
    """What self is after self[key] = value."""
    shape = ops.shape(self)
    if ops.is_tensor(key) and ops.dtype(key) in ("bool", "uint8"):
        key = ops.cast(key, "bool")
        rest = shape[ops.ndim(key):]
        value = ops.cast(value, self.dtype)
        if ops.ndim(value) > len(rest):  # one for each place that is true, in order
            rows = ops.concatenate([ops.add(index(ops.zeros_like(self), key), value), ops.zeros((1, *rest), dtype=self.dtype)])
            number = ops.maximum(ops.cumsum(ops.cast(ops.reshape(key, (-1,)), "int32")) - 1, 0)
            value = ops.reshape(ops.take(rows, number, axis=0), shape)
        return ops.where(ops.reshape(key, ops.shape(key) + (1,) * len(rest)), value, self)
    positions = index(ops.reshape(ops.arange(math.prod(shape)), shape), key)
    value = ops.broadcast_to(ops.cast(value, self.dtype), ops.shape(positions))
    flat = ops.scatter_update(ops.reshape(self, (-1,)), ops.reshape(positions, (-1, 1)), ops.reshape(value, (-1,)))
    return ops.reshape(flat, shape)


@adapter("torch.index_put")
def put_or_add(input, indices, values, accumulate=False):
    """What input is after input[indices] = values, or with all values added that go to one place."""
    if not accumulate:
        return index_put(input, tuple(indices), values)
    shape = ops.shape(input)
    positions = index(ops.reshape(ops.arange(math.prod(shape)), shape), tuple(indices))
    values = ops.reshape(ops.broadcast_to(ops.cast(values, input.dtype), ops.shape(positions)), (-1,))
    return input + ops.reshape(ops.scatter(ops.reshape(positions, (-1, 1)), values, (math.prod(shape),)), shape)


@translation("torch.index_put")
def _index_put(input, indices, values, accumulate=False):
    if accumulate is False:
        return index_put(input, tuple(indices), values)


@translation("torch.index_put_")
def _index_put_(input, indices, values, accumulate=False):
    if accumulate is False:
        return index_put(input, tuple(indices), values)
    return put_or_add(input, indices, values, accumulate=True)


@adapter("torch.select")
def select(input, dim, index):
    """One element of an axis, which goes."""
    return ops.take(input, index, axis=dim)


@adapter("torch.narrow")
def narrow(input, dim, start, length):
    """A part of an axis."""
    key = [slice(None)] * ops.ndim(input)
    start = start + ops.shape(input)[dim] if start < 0 else start
    key[dim] = slice(start, start + length)
    return input[tuple(key)]


# ---------------------------------------------------------------- gathering

@adapter("torch.gather")
def gather(input, dim, index):
    """The elements of input that index names along dim, at its own places along the other axes."""
    dim = dim % ops.ndim(input)
    part = input[tuple(slice(None) if axis == dim else slice(0, size) for axis, size in enumerate(ops.shape(index)))]
    return ops.take_along_axis(part, index, axis=dim)


@translation("torch.gather")
def _gather(input, dim, index, *, sparse_grad=False, out=None):
    if out is not None or rank(input) == 0:
        return
    if all(index.shape[axis] == input.shape[axis] or axis == dim % rank(input) for axis in range(rank(input))):
        return ops.take_along_axis(input, index, axis=dim)
    return gather(input, dim, index)


@translation("torch.take_along_dim")
def take_along_dim(input, indices, dim=None, *, out=None):
    if out is None and dim is not None:
        return ops.take_along_axis(input, indices, axis=dim)
    if out is None:
        return ops.take_along_axis(ops.reshape(input, (-1,)), ops.reshape(indices, (-1,)), axis=0)


@translation("torch.index_select")
def index_select(input, dim, index, *, out=None):
    if out is None and rank(index) == 1 and rank(input) > 0:
        return ops.take(input, index, axis=dim)
    if out is None and rank(index) == 0 and rank(input) > 0:
        return ops.take(input, ops.reshape(index, (1,)), axis=dim)


@translation("torch.take")
def take(input, index):
    return ops.take(ops.reshape(input, (-1,)), index)


@adapter("torch.masked_select")
def masked_select(input, mask):
    """The elements where the mask is true, as a vector."""
    shape = np.broadcast_shapes(ops.shape(input), ops.shape(mask))
    places = ops.nonzero(ops.reshape(ops.broadcast_to(mask, shape), (-1,)))[0]
    return ops.take(ops.reshape(ops.broadcast_to(input, shape), (-1,)), places)


@translation("torch.masked_select")
def _masked_select(input, mask, *, out=None):
    if out is None:
        return masked_select(input, mask)


@adapter("torch.unique")
def unique(input, sorted=True, return_inverse=False, return_counts=False, dim=None):
    """The different elements in order, where each one is among them, and how often each occurs."""
    values, places, counts = ops.unique(input, return_inverse=True, return_counts=True, axis=dim)
    results = [values]
    if return_inverse:
        results.append(ops.cast(ops.reshape(places, ops.shape(input) if dim is None else (-1,)), "int64"))
    if return_counts:
        results.append(ops.cast(counts, "int64"))
    return results[0] if len(results) == 1 else tuple(results)


@adapter("torch.nonzero")
def nonzero(input, *, as_tuple=False):
    """The places of all elements that are not zero, one in each row, or as one tensor for each axis."""
    places = [ops.cast(x, "int64") for x in ops.nonzero(input)]
    return tuple(places) if as_tuple else ops.stack(places, axis=-1)


@translation("torch.nonzero")
def _nonzero(input, *, out=None, as_tuple=False):
    if out is None and as_tuple:
        return nonzero(input, as_tuple=True)
    if out is None:
        return nonzero(input)


@translation("torch.argwhere")
def argwhere(input):
    return nonzero(input)


# ---------------------------------------------------------------- masks

@translation("torch.masked_fill")
def masked_fill(input, mask, value):
    if dtype(input) in FLOATING or isinstance(value, bool) or is_tensor(value) and dtype(value) == dtype(input):
        return ops.where(mask, value, input)
    if dtype(input) != "bool" and isinstance(value, int):
        return ops.where(mask, value, input)


@translation("torch.Tensor.masked_fill_")
def masked_fill_(self, mask, value):
    if dtype(self) in FLOATING or isinstance(value, bool) or is_tensor(value) and dtype(value) == dtype(self):
        return ops.where(mask, value, self)
    if dtype(self) != "bool" and isinstance(value, int):
        return ops.where(mask, value, self)


# ---------------------------------------------------------------- scattering

@adapter("helper.scatter")
def scatter(input, dim, index, src, reduction=None):
    """Input with src written to, or added at, the places that index names along dim."""
    shape = ops.shape(index)
    places = list(ops.meshgrid(*[ops.arange(size, dtype=index.dtype) for size in shape], indexing="ij"))
    places[dim] = index
    places = ops.reshape(ops.stack(places, axis=-1), (-1, len(shape)))
    if ops.is_tensor(src):
        src = src[tuple(slice(0, size) for size in shape)]
    src = ops.broadcast_to(ops.cast(src, input.dtype), shape)
    return ops.scatter_update(input, places, ops.reshape(src, (-1,)), reduction=reduction)


@adapter("torch.scatter")
def scattered(input, dim, index, src=None, *, value=None, reduce=None):
    """Input with src, or one value, written at the places that index names along dim, or added there."""
    return scatter(input, dim, index, value if src is None else src, {"multiply": "mul"}.get(reduce, reduce))


@translation("torch.scatter")
def _scatter(input, dim, index, src=None, *, value=None, reduce=None, out=None):
    if out is None and rank(input) > 0 and reduce in (None, "add"):
        return scattered(input, dim, index, src, value=value, reduce=reduce)


@translation("torch.Tensor.scatter_")
def scatter_(self, dim, index, src=None, *, value=None, reduce=None):
    if rank(self) > 0 and reduce in (None, "add"):
        return scattered(self, dim, index, src, value=value, reduce=reduce)


@adapter("torch.scatter_add")
def scatter_add(input, dim, index, src):
    """Input with src added at the places that index names along dim."""
    return scatter(input, dim, index, src, "add")


@translation("torch.Tensor.scatter_add_")
def scatter_add_(self, dim, index, src):
    if rank(self) > 0:
        return scatter_add(self, dim, index, src)


@adapter("torch.scatter_reduce")
def scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    """Input with src reduced into the places that index names along dim."""
    if reduce == "mean":
        counts = scatter(ops.ones_like(input) if include_self else ops.zeros_like(input), dim, index, 1, "add")
        input = input if include_self else scatter(input, dim, index, 0)
        return scatter(input, dim, index, src, "add") / ops.maximum(counts, 1)
    if not include_self:
        input = scatter(input, dim, index, {"sum": 0, "prod": 1, "amax": -math.inf, "amin": math.inf}[reduce])
    return scatter(input, dim, index, src, {"sum": "add", "prod": "mul", "amax": "max", "amin": "min"}[reduce])


@translation("torch.scatter_reduce")
def _scatter_reduce(input, dim, index, src, reduce, *, include_self=True):
    if rank(input) > 0 and (include_self and reduce != "mean" or dtype(input) in FLOATING):
        return scatter_reduce(input, dim, index, src, reduce, include_self=include_self)


@adapter("torch.index_add")
def index_add(input, dim, index, source, *, alpha=1):
    """Input with the slices of source added to those that index names."""
    moved, parts = ops.moveaxis(input, dim, 0), ops.moveaxis(source, dim, 0)
    moved = ops.scatter_update(moved, ops.expand_dims(index, -1), parts * alpha if alpha != 1 else parts, reduction="add")
    return ops.moveaxis(moved, 0, dim)


@translation("torch.index_add")
def _index_add(input, dim, index, source, *, alpha=1, out=None):
    if out is None:
        return index_add(input, dim, index, source, alpha=alpha)


@translation("torch.Tensor.index_add_")
def index_add_(self, dim, index, source, *, alpha=1):
    return index_add(self, dim, index, source, alpha=alpha)


@adapter("torch.index_copy")
def index_copy(input, dim, index, source):
    """Input with the slices of source in the place of those that index names."""
    moved = ops.scatter_update(ops.moveaxis(input, dim, 0), ops.expand_dims(index, -1), ops.moveaxis(source, dim, 0))
    return ops.moveaxis(moved, 0, dim)


@translation("torch.index_copy")
def _index_copy(input, dim, index, source, *, out=None):
    if out is None:
        return index_copy(input, dim, index, source)


@translation("torch.Tensor.index_copy_")
def index_copy_(self, dim, index, source):
    return index_copy(self, dim, index, source)


@adapter("torch.index_fill")
def index_fill(input, dim, index, value):
    """Input with a value in the slices that index names."""
    size = ops.shape(input)[dim]
    mask = ops.any(ops.equal(ops.expand_dims(ops.arange(size, dtype=index.dtype), -1), index), axis=-1)
    mask = ops.reshape(mask, [size if axis == dim % ops.ndim(input) else 1 for axis in range(ops.ndim(input))])
    return ops.where(mask, ops.cast(value, input.dtype), input)


@translation("torch.index_fill")
def _index_fill(input, dim, index, value):
    return index_fill(input, dim, index, value)


@translation("torch.Tensor.index_fill_")
def index_fill_(self, dim, index, value):
    return index_fill(self, dim, index, value)


# ---------------------------------------------------------------- triangles and diagonals

@adapter("torch.tril")
def tril(input, diagonal=0):
    """The lower triangle; a diagonal outside of the matrix takes all or nothing."""
    rows, columns = ops.shape(input)[-2:]
    kept = ops.expand_dims(ops.arange(rows), 1) + diagonal >= ops.arange(columns)
    return ops.where(kept, input, ops.zeros_like(input))


@translation("torch.tril")
def _tril(input, diagonal=0, *, out=None):
    if out is None and -input.shape[-2] < diagonal and diagonal < input.shape[-1]:
        return ops.tril(input, k=diagonal)
    if out is None:
        return tril(input, diagonal)


@translation("torch.Tensor.tril_")
def tril_(self, diagonal=0):
    if -self.shape[-2] < diagonal and diagonal < self.shape[-1]:
        return ops.tril(self, k=diagonal)
    return tril(self, diagonal)


@adapter("torch.triu")
def triu(input, diagonal=0):
    """The upper triangle; a diagonal outside of the matrix takes nothing or all."""
    rows, columns = ops.shape(input)[-2:]
    kept = ops.expand_dims(ops.arange(rows), 1) + diagonal <= ops.arange(columns)
    return ops.where(kept, input, ops.zeros_like(input))


@translation("torch.triu")
def _triu(input, diagonal=0, *, out=None):
    if out is None and -input.shape[-2] < diagonal and diagonal < input.shape[-1]:
        return ops.triu(input, k=diagonal)
    if out is None:
        return triu(input, diagonal)


@translation("torch.Tensor.triu_")
def triu_(self, diagonal=0):
    if -self.shape[-2] < diagonal and diagonal < self.shape[-1]:
        return ops.triu(self, k=diagonal)
    return triu(self, diagonal)


@adapter("torch.diag")
def diag(input, diagonal=0):
    """A vector as a diagonal matrix, or the diagonal of a matrix."""
    return ops.diag(input, k=diagonal)


@translation("torch.diagonal")
def diagonal(input, offset=0, dim1=0, dim2=1):
    return ops.diagonal(input, offset=offset, axis1=dim1, axis2=dim2)


@adapter("torch.diag_embed")
def diag_embed(input, offset=0, dim1=-2, dim2=-1):
    """The last axis as a diagonal of matrices, which have the axes dim1 and dim2."""
    size = ops.shape(input)[-1] + abs(offset)
    padded = ops.pad(input, [(0, 0)] * (ops.ndim(input) - 1) + [(0, offset) if offset > 0 else (-offset, 0)])
    matrices = ops.expand_dims(padded, -1) * ops.eye(size, k=offset, dtype=input.dtype)
    return ops.moveaxis(matrices, (-2, -1), (dim1, dim2))


@adapter("torch.trace")
def trace(input):
    """The sum of the diagonal."""
    return ops.trace(input)


@translation("torch.diagflat")
def diagflat(input, offset=0):
    if offset == 0:
        return ops.diagflat(input)


@adapter("torch.diagflat")
def diagonal_matrix(input, offset=0):
    """A matrix with the elements on a diagonal."""
    return ops.diagflat(input, k=offset)


@translation("torch.fill")
def fill(input, value):
    if not is_tensor(value):
        return ops.full_like(input, value)


@adapter("helper.fill_diagonal")
def fill_diagonal(self, fill_value):
    """A matrix with a value on its diagonal."""
    return ops.where(ops.eye(*ops.shape(self), dtype="bool"), ops.cast(fill_value, self.dtype), self)


@translation("torch.Tensor.fill_diagonal_")
def fill_diagonal_(self, fill_value, wrap=False):
    if rank(self) == 2 and not wrap:
        return fill_diagonal(self, fill_value)


@adapter("torch.select_scatter")
def select_scatter(input, src, dim, index):
    """Input with src in the place of one element of an axis."""
    key = [slice(None)] * ops.ndim(input)
    key[dim] = index
    return index_put(input, tuple(key), src)


@adapter("torch.slice_scatter")
def slice_scatter(input, src, dim=0, start=None, end=None, step=1):
    """Input with src in the place of a part of an axis."""
    key = [slice(None)] * ops.ndim(input)
    key[dim] = slice(start, end, step)
    return index_put(input, tuple(key), src)


@translation("torch.Tensor.scatter_reduce_")
def scatter_reduce_(self, dim, index, src, reduce, *, include_self=True):
    if rank(self) > 0 and (include_self and reduce != "mean" or dtype(self) in FLOATING):
        return scatter_reduce(self, dim, index, src, reduce, include_self=include_self)
