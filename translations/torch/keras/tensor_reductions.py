"""Reductions, scans, order and norms."""
import collections
import math

import keras
from keras import ops

FLOATING = ("float16", "bfloat16", "float32", "float64")


# ---------------------------------------------------------------- sums, extremes

@translation("torch.sum")
def torch_sum(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if out is not None:
        return
    if dtype is not None and (dim == () or dim == []):
        return ops.sum(ops.cast(input, dtype), keepdims=keepdim)
    if dtype is not None:
        return ops.sum(ops.cast(input, dtype), axis=dim, keepdims=keepdim)
    if dim == () or dim == []:
        return ops.sum(input, keepdims=keepdim)
    return ops.sum(input, axis=dim, keepdims=keepdim)


@translation("torch.nansum")
def nansum(input, dim=None, keepdim=False, *, dtype=None):
    if dtype is None and dim != ():
        return ops.nansum(input, axis=dim, keepdims=keepdim)


@translation("torch.mean")
def mean(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if out is not None:
        return
    if dtype is not None and (dim == () or dim == []):
        return ops.mean(ops.cast(input, dtype), keepdims=keepdim)
    if dtype is not None:
        return ops.mean(ops.cast(input, dtype), axis=dim, keepdims=keepdim)
    if dim == () or dim == []:
        return ops.mean(input, keepdims=keepdim)
    return ops.mean(input, axis=dim, keepdims=keepdim)


@translation("torch.nanmean")
def nanmean(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if out is None and dtype is None and dim != ():
        return ops.nanmean(input, axis=dim, keepdims=keepdim)


@translation("torch.prod")
def prod(input, dim=None, keepdim=False, *, dtype=None, out=None):
    if out is None and dtype is None:
        return ops.prod(input, axis=dim, keepdims=keepdim)
    if out is None:
        return ops.prod(ops.cast(input, dtype), axis=dim, keepdims=keepdim)


@adapter("torch.max")
def max_and_index(input, dim, keepdim=False):
    """The largest values along an axis and where they are."""
    index = ops.argmax(input, axis=dim, keepdims=True)
    values = ops.take_along_axis(input, index, axis=dim)
    if not keepdim:
        values, index = ops.squeeze(values, axis=dim), ops.squeeze(index, axis=dim)
    return collections.namedtuple("Extreme", ["values", "indices"])(values, ops.cast(index, "int64"))


@translation("torch.max")
def torch_max(input, dim=None, keepdim=False, *, other=None, out=None):
    if out is not None:
        return
    if other is not None:
        return ops.maximum(input, other)
    if dim is None:
        return ops.max(input)
    if is_tensor(dim):
        return ops.maximum(input, dim)
    return max_and_index(input, dim, keepdim=keepdim)


@adapter("torch.min")
def min_and_index(input, dim, keepdim=False):
    """The smallest values along an axis and where they are."""
    index = ops.argmin(input, axis=dim, keepdims=True)
    values = ops.take_along_axis(input, index, axis=dim)
    if not keepdim:
        values, index = ops.squeeze(values, axis=dim), ops.squeeze(index, axis=dim)
    return collections.namedtuple("Extreme", ["values", "indices"])(values, ops.cast(index, "int64"))


@translation("torch.min")
def torch_min(input, dim=None, keepdim=False, *, other=None, out=None):
    if out is not None:
        return
    if other is not None:
        return ops.minimum(input, other)
    if dim is None:
        return ops.min(input)
    if is_tensor(dim):
        return ops.minimum(input, dim)
    return min_and_index(input, dim, keepdim=keepdim)


@translation("torch.amax")
def amax(input, dim=(), keepdim=False, *, out=None):
    if out is None and (dim == () or dim == []):
        return ops.max(input, keepdims=keepdim)
    if out is None:
        return ops.max(input, axis=dim, keepdims=keepdim)


@translation("torch.amin")
def amin(input, dim=(), keepdim=False, *, out=None):
    if out is None and (dim == () or dim == []):
        return ops.min(input, keepdims=keepdim)
    if out is None:
        return ops.min(input, axis=dim, keepdims=keepdim)


@adapter("torch.aminmax")
def aminmax(input, *, dim=None, keepdim=False):
    """The smallest and the largest values."""
    values = ops.min(input, axis=dim, keepdims=keepdim), ops.max(input, axis=dim, keepdims=keepdim)
    return collections.namedtuple("Range", ["min", "max"])(*values)


@translation("torch.aminmax")
def _aminmax(input, *, dim=None, keepdim=False, out=None):
    if out is None:
        return aminmax(input, dim=dim, keepdim=keepdim)


@translation("torch.argmax")
def argmax(input, dim=None, keepdim=False):
    return ops.cast(ops.argmax(input, axis=dim, keepdims=keepdim), "int64")


@translation("torch.argmin")
def argmin(input, dim=None, keepdim=False):
    return ops.cast(ops.argmin(input, axis=dim, keepdims=keepdim), "int64")


@translation("torch.any")
def torch_any(input, dim=None, keepdim=False, *, out=None):
    if out is None and dtype(input) != "uint8" and dim != () and dim != []:
        return ops.any(input, axis=dim, keepdims=keepdim)


@translation("torch.all")
def torch_all(input, dim=None, keepdim=False, *, out=None):
    if out is None and dtype(input) != "uint8" and dim != () and dim != []:
        return ops.all(input, axis=dim, keepdims=keepdim)


@translation("torch.count_nonzero")
def count_nonzero(input, dim=None):
    return ops.count_nonzero(input, axis=dim)


@translation("torch.logsumexp")
def logsumexp(input, dim, keepdim=False, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return ops.logsumexp(input, axis=dim, keepdims=keepdim)


# ---------------------------------------------------------------- variance, norms

@adapter("torch.var")
def variance(input, dim=None, unbiased=None, keepdim=False, *, correction=1):
    """The mean squared deviation, with the number of elements less correction as divisor."""
    mean = ops.mean(input, axis=dim, keepdims=True)
    squares = ops.square(input - mean)
    total = ops.sum(squares, axis=dim, keepdims=keepdim)
    count = ops.size(squares) / ops.size(mean)
    correction = correction if unbiased is None else int(unbiased)
    return total / ops.cast(count - correction, total.dtype)


@adapter("torch.std")
def standard_deviation(input, dim=None, unbiased=None, keepdim=False, *, correction=1):
    """The root of the variance."""
    return ops.sqrt(variance(input, dim, unbiased, keepdim, correction=correction))


@translation("torch.var")
def var(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None):
    if out is not None:
        return
    if isinstance(dim, bool) and dim:
        return variance(input)
    if isinstance(dim, bool) or unbiased is False and dim is None:
        return ops.var(input)
    if unbiased is False or correction == 0 and unbiased is None:
        return ops.var(input, axis=dim, keepdims=keepdim)
    return variance(input, dim=dim, keepdim=keepdim, correction=correction)


@translation("torch.std")
def std(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None):
    if out is not None:
        return
    if isinstance(dim, bool) and dim:
        return standard_deviation(input)
    if isinstance(dim, bool) or unbiased is False and dim is None:
        return ops.std(input)
    if unbiased is False or correction == 0 and unbiased is None:
        return ops.std(input, axis=dim, keepdims=keepdim)
    return standard_deviation(input, dim=dim, keepdim=keepdim, correction=correction)


@adapter("torch.var_mean")
def var_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1):
    """The variance, with the number of elements less correction as divisor, and the mean."""
    return variance(input, dim, unbiased, keepdim, correction=correction), ops.mean(input, axis=dim, keepdims=keepdim)


@translation("torch.var_mean")
def _var_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None):
    if out is not None or isinstance(dim, bool):
        return
    if unbiased is False:
        return var_mean(input, dim=dim, keepdim=keepdim, correction=0)
    return var_mean(input, dim=dim, keepdim=keepdim, correction=correction)


@adapter("torch.std_mean")
def std_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1):
    """The standard deviation, with the number of elements less correction as divisor, and the mean."""
    return standard_deviation(input, dim, unbiased, keepdim, correction=correction), ops.mean(input, axis=dim, keepdims=keepdim)


@translation("torch.std_mean")
def _std_mean(input, dim=None, unbiased=None, keepdim=False, *, correction=1, out=None):
    if out is not None or isinstance(dim, bool):
        return
    if unbiased is False:
        return std_mean(input, dim=dim, keepdim=keepdim, correction=0)
    return std_mean(input, dim=dim, keepdim=keepdim, correction=correction)


@adapter("torch.linalg.vector_norm")
def vector_norm(x, ord=2, dim=None, keepdim=False):
    """The norm of the elements along dim (all of them by default); its gradient at zero is zero."""
    size = ops.abs(x)
    if ord == float("inf"):
        return ops.max(size, axis=dim, keepdims=keepdim)
    if ord == -float("inf"):
        return ops.min(size, axis=dim, keepdims=keepdim)
    if ord == 0:
        return ops.sum(ops.cast(ops.not_equal(x, 0), x.dtype), axis=dim, keepdims=keepdim)
    if ord == 1:
        return ops.sum(size, axis=dim, keepdims=keepdim)
    total = ops.sum(ops.square(x) if ord == 2 else size**ord, axis=dim, keepdims=keepdim)
    inside = ops.where(total > 0, total, ops.ones_like(total))
    root = ops.sqrt(inside) if ord == 2 else inside ** (1 / ord)
    return ops.where(total > 0, root, ops.zeros_like(total))


@translation("torch.linalg.vector_norm")
def _vector_norm(x, ord=2, dim=None, keepdim=False, *, dtype=None, out=None):
    if out is None and dtype is None and (ord >= 1 or ord == 0):
        return vector_norm(x, ord=ord, dim=dim, keepdim=keepdim)


@translation("torch.norm")
def norm(input, p="fro", dim=None, keepdim=False, out=None, dtype=None):
    if out is not None or dtype is not None or p == "nuc":
        return
    if p == "fro" or p is None:
        return vector_norm(input, dim=dim, keepdim=keepdim)
    if p in (1, 2) or p == math.inf:
        return vector_norm(input, ord=p, dim=dim, keepdim=keepdim)
    if p >= 0:
        return general_norm(input, p=p, dim=dim, keepdim=keepdim)


@adapter("torch.norm")
def general_norm(input, p="fro", dim=None, keepdim=False):
    """The norm of the elements along dim, by the sum of their powers."""
    return vector_norm(input, ord=p, dim=dim, keepdim=keepdim)


@translation("torch.linalg.norm")
def linalg_norm(A, ord=None, dim=None, keepdim=False, *, out=None, dtype=None):
    if out is not None or dtype is not None:
        return
    if ord is None:
        return vector_norm(A, dim=dim, keepdim=keepdim)
    if (isinstance(dim, int) or dim is None and rank(A) == 1) and not isinstance(ord, str) and (ord >= 1 or ord == 0):
        return vector_norm(A, ord=ord, dim=dim, keepdim=keepdim)
    if ord == "fro":
        return vector_norm(A, dim=dim, keepdim=keepdim)
    if dim is None and rank(A) == 2:
        return matrix_norm(A, ord=ord, keepdim=keepdim)
    if isinstance(dim, tuple) and len(dim) == 2:
        return matrix_norm(A, ord=ord, dim=dim, keepdim=keepdim)


@adapter("torch.dist")
def dist(input, other, p=2):
    """The norm of a difference."""
    return vector_norm(ops.subtract(input, other), ord=p)


# ---------------------------------------------------------------- scans

@translation("torch.cumsum")
def cumsum(input, dim, *, dtype=None, out=None):
    if out is None and dtype is None:
        return ops.cumsum(input, axis=dim)
    if out is None:
        return ops.cumsum(ops.cast(input, dtype), axis=dim)


@translation("torch.Tensor.cumsum_")
def cumsum_(self, dim, *, dtype=None):
    if dtype is None:
        return ops.cumsum(self, axis=dim)


@translation("torch.cumprod")
def cumprod(input, dim, *, dtype=None, out=None):
    if out is None and dtype is None:
        return ops.cumprod(input, axis=dim)
    if out is None:
        return ops.cumprod(ops.cast(input, dtype), axis=dim)


@adapter("torch.diff")
def diff(input, n=1, dim=-1, prepend=None, append=None):
    """Differences of neighbours along an axis."""
    parts = [part for part in (prepend, input, append) if part is not None]
    return ops.diff(ops.concatenate(parts, axis=dim) if len(parts) > 1 else input, n=n, axis=dim)


# ---------------------------------------------------------------- order

@adapter("torch.sort")
def sort(input, dim=-1, descending=False, stable=False):
    """The sorted values along an axis and where they were."""
    index = argsort(input, dim=dim, descending=descending, stable=stable)
    return collections.namedtuple("Sorted", ["values", "indices"])(ops.take_along_axis(input, index, axis=dim), index)


@translation("torch.sort")
def _sort(input, dim=-1, descending=False, stable=False, *, out=None):
    if out is None and rank(input) > 0 and (stable or dtype(input) in FLOATING):
        return sort(input, dim=dim, descending=descending, stable=stable)
    if out is None and rank(input) > 0 and not descending:
        return sorted_values(input, dim)


@adapter("helper.sorted_values")
def sorted_values(input, dim):
    """The sorted values along an axis; PyTorch leaves it open which of several equal elements comes first."""
    return collections.namedtuple("Sorted", ["values", "indices"])(ops.sort(input, axis=dim), None)


@adapter("torch.argsort")
def argsort(input, dim=-1, descending=False, stable=False):
    """The indices that sort along an axis; equal elements keep their order."""
    if not stable and "float" not in str(ops.dtype(input)):
        raise NotImplementedError("PyTorch leaves it open which of several equal elements comes first, unless stable=True")
    if not descending:
        return ops.cast(ops.argsort(input, axis=dim), "int64")
    backwards = ops.argsort(ops.flip(input, axis=dim), axis=dim)
    last = ops.shape(input)[dim] - 1
    return ops.cast(last - ops.flip(backwards, axis=dim), "int64")


@translation("torch.argsort")
def _argsort(input, dim=-1, descending=False, stable=False):
    if rank(input) > 0 and (stable or dtype(input) in FLOATING):
        return argsort(input, dim=dim, descending=descending, stable=stable)


@translation("torch.msort")
def msort(input, *, out=None):
    if out is None:
        return ops.sort(input, axis=0)


@adapter("torch.topk")
def topk(input, k, dim=-1, largest=True):
    """The k largest (or smallest) values along an axis, sorted, and where they are."""
    if "float" not in str(ops.dtype(input)):
        raise NotImplementedError("PyTorch leaves it open which of several equal elements comes first")
    moved = ops.moveaxis(input if largest else -input, dim, -1)
    values, index = ops.top_k(moved, k)
    values, index = ops.moveaxis(values, -1, dim), ops.moveaxis(index, -1, dim)
    return collections.namedtuple("Top", ["values", "indices"])(values if largest else -values, ops.cast(index, "int64"))


@translation("torch.topk")
def _topk(input, k, dim=-1, largest=True, sorted=True, *, out=None):
    if out is None and dtype(input) in FLOATING:
        return topk(input, k, dim=dim, largest=largest)


@adapter("torch.median")
def median(input, dim=None, keepdim=False):
    """The element in the middle (the lower one of two), along an axis with its place."""
    if dim is not None:
        return kth_value(input, (input.shape[dim] + 1) // 2, dim, keepdim)
    flat = ops.sort(ops.reshape(input, (-1,)))
    return flat[(ops.shape(flat)[0] - 1) // 2]


@translation("torch.median")
def _median(input, dim=None, keepdim=False, *, out=None):
    if out is None and dim is None:
        return median(input)
    if out is None:
        return median(input, dim=dim, keepdim=keepdim)


@translation("torch.quantile")
def quantile(input, q, dim=None, keepdim=False, *, interpolation="linear", out=None):
    if out is None:
        return ops.quantile(input, q, axis=dim, method=interpolation, keepdims=keepdim)


@adapter("torch.kthvalue")
def kth_value(input, k, dim=-1, keepdim=False):
    """The element that is k-th along an axis when sorted, counted from 1, and its place."""
    index = ops.take(argsort(input, dim, stable=True), [k - 1], axis=dim)
    values = ops.take_along_axis(input, index, axis=dim)
    if not keepdim:
        values, index = ops.squeeze(values, axis=dim), ops.squeeze(index, axis=dim)
    return collections.namedtuple("Kth", ["values", "indices"])(values, index)


@translation("torch.kthvalue")
def kthvalue(input, k, dim=-1, keepdim=False, *, out=None):
    if out is None:
        return kth_value(input, k, dim=dim, keepdim=keepdim)


@adapter("helper.running_extreme")
def running_extreme(input, dim, largest):
    """The largest or smallest element so far along an axis, and its place."""
    values, index = [], []
    for i, part in enumerate(ops.unstack(input, axis=dim)):
        new = True if i == 0 else (part >= values[-1] if largest else part <= values[-1])
        values.append(part if i == 0 else ops.where(new, part, values[-1]))
        index.append(ops.zeros_like(part, dtype="int64") if i == 0 else ops.where(new, i, index[-1]))
    return collections.namedtuple("Running", ["values", "indices"])(ops.stack(values, axis=dim), ops.stack(index, axis=dim))


@adapter("torch.cummax")
def cummax(input, dim):
    """The largest element so far along an axis, and its place."""
    return running_extreme(input, dim, True)


@translation("torch.cummax")
def _cummax(input, dim, *, out=None):
    if out is None:
        return cummax(input, dim)


@adapter("torch.cummin")
def cummin(input, dim):
    """The smallest element so far along an axis, and its place."""
    return running_extreme(input, dim, False)


@translation("torch.cummin")
def _cummin(input, dim, *, out=None):
    if out is None:
        return cummin(input, dim)


@translation("torch.Tensor.cumprod_")
def cumprod_(self, dim, *, dtype=None):
    if dtype is None:
        return ops.cumprod(self, axis=dim)


@adapter("torch.logcumsumexp")
def logcumsumexp(input, dim):
    """The logarithms of the sums of exponentials up to each place."""
    output = ops.moveaxis(input, dim, 0)
    step = 1
    while step < output.shape[0]:  # each place takes in what as many places before it hold
        before = ops.concatenate([ops.full_like(output[:step], -math.inf), output[:-step]], axis=0)
        output = ops.logaddexp(output, before)
        step *= 2
    return ops.moveaxis(output, 0, dim)


@adapter("torch.searchsorted")
def searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None):
    """Where the values belong in a sorted vector, or in the rows of a tensor: before equal elements, or behind them."""
    behind = right or side == "right"
    if ops.ndim(sorted_sequence) == 1:
        places = ops.reshape(ops.searchsorted(sorted_sequence, ops.reshape(input, (-1,)), side="right" if behind else "left"), ops.shape(input))
    else:
        elements, values = ops.expand_dims(sorted_sequence, -2), ops.expand_dims(input, -1)
        places = ops.sum(ops.cast(elements <= values if behind else elements < values, "int32"), axis=-1)
    return ops.cast(places, "int32" if out_int32 else "int64")


@adapter("torch.bucketize")
def bucketize(input, boundaries, *, out_int32=False, right=False):
    """The number of the interval between the boundaries in which each element lies."""
    return searchsorted(boundaries, input, out_int32=out_int32, right=right)


@translation("torch.searchsorted")
def _searchsorted(sorted_sequence, input, *, out_int32=False, right=False, side=None, out=None, sorter=None):
    if out is None and sorter is None and is_tensor(input) and (side is None or not right):
        return searchsorted(sorted_sequence, input, out_int32=out_int32, right=right, side=side)


@translation("torch.bucketize")
def _bucketize(input, boundaries, *, out_int32=False, right=False, out=None):
    if out is None and is_tensor(input):
        return bucketize(input, boundaries, out_int32=out_int32, right=right)


@translation("torch.trapezoid")
def trapezoid(y, x=None, *, dx=None, dim=-1):
    if x is not None and dx is None:
        return ops.trapezoid(y, x, axis=dim)
    if x is None and dx is not None:
        return ops.trapezoid(y, dx=dx, axis=dim)
    if x is None and dx is None:
        return ops.trapezoid(y, axis=dim)


# ---------------------------------------------------------------- functions in variables

@adapter("torch.sum")
def sum_along(input, dim=None, keepdim=False, *, dtype=None):
    """The sum, along axes if there are any."""
    return ops.sum(input if dtype is None else ops.cast(input, dtype), axis=None if dim in ((), []) else dim, keepdims=keepdim)


@adapter("torch.mean")
def mean_along(input, dim=None, keepdim=False, *, dtype=None):
    """The mean, along axes if there are any."""
    return ops.mean(input if dtype is None else ops.cast(input, dtype), axis=None if dim in ((), []) else dim, keepdims=keepdim)


@adapter("torch.prod")
def product_along(input, dim=None, keepdim=False, *, dtype=None):
    """The product, along an axis if there is one."""
    return ops.prod(input if dtype is None else ops.cast(input, dtype), axis=dim, keepdims=keepdim)


@adapter("torch.amax")
def largest_along(input, dim=(), keepdim=False):
    """The largest number, along axes if there are any."""
    return ops.max(input, axis=None if dim in ((), []) else dim, keepdims=keepdim)


@adapter("torch.amin")
def smallest_along(input, dim=(), keepdim=False):
    """The smallest number, along axes if there are any."""
    return ops.min(input, axis=None if dim in ((), []) else dim, keepdims=keepdim)


@adapter("torch.argmax")
def place_of_largest(input, dim=None, keepdim=False):
    """Where the largest number is, along an axis if there is one."""
    return ops.cast(ops.argmax(input, axis=dim, keepdims=keepdim), "int64")


@adapter("torch.argmin")
def place_of_smallest(input, dim=None, keepdim=False):
    """Where the smallest number is, along an axis if there is one."""
    return ops.cast(ops.argmin(input, axis=dim, keepdims=keepdim), "int64")


@adapter("torch.cumsum")
def running_sum(input, dim, *, dtype=None):
    """The sums so far along an axis."""
    return ops.cumsum(input if dtype is None else ops.cast(input, dtype), axis=dim)
