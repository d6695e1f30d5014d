"""keras.ops that reduce, count and sort along axes."""

import collections
import math

import torch


@adapter("netwright.axes_of")
def axes_of(x, axis):
    """Axes as a tuple; None: all of them."""
    if axis is None:
        return tuple(range(x.ndim))
    return tuple([one % x.ndim for one in ([axis] if isinstance(axis, int) else axis)])


@adapter("netwright.counted")
def counted(x):
    """Truth values as integers, for sums."""
    return x.to(torch.int32) if x.dtype == torch.bool else x


@adapter("netwright.real")
def real(x):
    """Integers as floating numbers, for means."""
    return x if x.is_floating_point() else x.to(torch.float32)


@translation("keras.ops.sum")
def native_ops_sum(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.sum(x, axis, keepdim=keepdims)


@adapter("keras.ops.sum")
def reduce_sum(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_sum, x, axis, keepdims)
    return torch.sum(counted(x), axes_of(x, axis), keepdim=keepdims, dtype=counted(x).dtype)


@translation("keras.ops.mean")
def native_ops_mean(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.mean(x, axis, keepdim=keepdims)


@adapter("keras.ops.mean")
def reduce_mean(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_mean, x, axis, keepdims)
    return torch.mean(real(x), axes_of(x, axis), keepdim=keepdims)


@translation("keras.ops.var")
def native_ops_var(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.var(x, axis, correction=0, keepdim=keepdims)


@adapter("keras.ops.var")
def reduce_variance(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_variance, x, axis, keepdims)
    return torch.var(real(x), axes_of(x, axis), correction=0, keepdim=keepdims)


@translation("keras.ops.std")
def native_ops_std(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None and dtype(x) == "float32":
        return torch.std(x, axis, correction=0, keepdim=keepdims)


@adapter("keras.ops.std")
def reduce_deviation(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_deviation, x, axis, keepdims)
    return torch.std(real(x), axes_of(x, axis), correction=0, keepdim=keepdims)


@translation("keras.ops.max")
def native_ops_max(x, axis=None, keepdims=False, initial=None):
    if is_tensor(x) and axis is not None and initial is None:
        return torch.amax(x, axis, keepdim=keepdims)


@adapter("keras.ops.max")
def reduce_max(x, axis=None, keepdims=False, initial=None):
    if is_symbolic(x):
        return record(reduce_max, x, axis, keepdims, initial)
    output = torch.amax(x, axes_of(x, axis), keepdim=keepdims)
    return output if initial is None else torch.clamp(output, min=initial)


@translation("keras.ops.min")
def native_ops_min(x, axis=None, keepdims=False, initial=None):
    if is_tensor(x) and axis is not None and initial is None:
        return torch.amin(x, axis, keepdim=keepdims)


@adapter("keras.ops.min")
def reduce_min(x, axis=None, keepdims=False, initial=None):
    if is_symbolic(x):
        return record(reduce_min, x, axis, keepdims, initial)
    output = torch.amin(x, axes_of(x, axis), keepdim=keepdims)
    return output if initial is None else torch.clamp(output, max=initial)


@translation("keras.ops.amax")
def native_ops_amax(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None:
        return torch.amax(x, axis, keepdim=keepdims)


@adapter("keras.ops.amax")
def reduce_amax(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_amax, x, axis, keepdims)
    return torch.amax(x, axes_of(x, axis), keepdim=keepdims)


@translation("keras.ops.amin")
def native_ops_amin(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None:
        return torch.amin(x, axis, keepdim=keepdims)


@adapter("keras.ops.amin")
def reduce_amin(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_amin, x, axis, keepdims)
    return torch.amin(x, axes_of(x, axis), keepdim=keepdims)


@adapter("keras.ops.prod")
def reduce_product(x, axis=None, keepdims=False, dtype=None):
    if is_symbolic(x):
        return record(reduce_product, x, axis, keepdims, dtype)
    x = counted(x) if dtype is None else x.to(torch_dtype(dtype))
    for one in sorted(axes_of(x, axis), reverse=True):
        x = torch.prod(x, one, keepdim=keepdims, dtype=x.dtype)
    return x


@adapter("keras.ops.all")
def reduce_all(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_all, x, axis, keepdims)
    return torch.all(x.bool(), axes_of(x, axis), keepdim=keepdims)


@adapter("keras.ops.any")
def reduce_any(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(reduce_any, x, axis, keepdims)
    return torch.any(x.bool(), axes_of(x, axis), keepdim=keepdims)


@translation("keras.ops.logsumexp")
def native_ops_logsumexp(x, axis=None, keepdims=False):
    if is_tensor(x) and axis is not None:
        return torch.logsumexp(x, axis, keepdim=keepdims)


@adapter("keras.ops.logsumexp")
def logsumexp(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(logsumexp, x, axis, keepdims)
    return torch.logsumexp(x, axes_of(x, axis), keepdim=keepdims)


@translation("keras.ops.argmax")
def native_ops_argmax(x, axis=None, keepdims=False):
    if is_tensor(x):
        return torch.argmax(x, axis, keepdim=keepdims).to(torch.int32)


@adapter("keras.ops.argmax")
def argmax(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(argmax, x, axis, keepdims)
    return torch.argmax(x, axis, keepdim=keepdims).to(torch.int32)


@translation("keras.ops.argmin")
def native_ops_argmin(x, axis=None, keepdims=False):
    if is_tensor(x):
        return torch.argmin(x, axis, keepdim=keepdims).to(torch.int32)


@adapter("keras.ops.argmin")
def argmin(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(argmin, x, axis, keepdims)
    return torch.argmin(x, axis, keepdim=keepdims).to(torch.int32)


@adapter("keras.ops.count_nonzero")
def count_nonzero(x, axis=None):
    if is_symbolic(x):
        return record(count_nonzero, x, axis)
    return torch.count_nonzero(x, axes_of(x, axis)).to(torch.int32)


@translation("keras.ops.cumsum")
def native_ops_cumsum(x, axis=None, dtype=None):
    if is_tensor(x) and axis is not None and dtype is None:
        return torch.cumsum(x, axis)


@adapter("keras.ops.cumsum")
def cumsum(x, axis=None, dtype=None):
    if is_symbolic(x):
        return record(cumsum, x, axis, dtype)
    x = counted(x) if dtype is None else x.to(torch_dtype(dtype))
    return torch.cumsum(torch.reshape(x, (-1,)) if axis is None else x, 0 if axis is None else axis, dtype=x.dtype)


@translation("keras.ops.cumprod")
def native_ops_cumprod(x, axis=None, dtype=None):
    if is_tensor(x) and axis is not None and dtype is None:
        return torch.cumprod(x, axis)


@adapter("keras.ops.cumprod")
def cumprod(x, axis=None, dtype=None):
    if is_symbolic(x):
        return record(cumprod, x, axis, dtype)
    x = counted(x) if dtype is None else x.to(torch_dtype(dtype))
    return torch.cumprod(torch.reshape(x, (-1,)) if axis is None else x, 0 if axis is None else axis, dtype=x.dtype)


@adapter("keras.ops.moments")
def moments(x, axes, keepdims=False, synchronized=False):
    if is_symbolic(x):
        return record(moments, x, axes, keepdims, synchronized)
    return torch.mean(x, axes_of(x, axes), keepdim=keepdims), torch.var(x, axes_of(x, axes), correction=0, keepdim=keepdims)


@adapter("keras.ops.norm")
def norm(x, ord=None, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(norm, x, ord, axis, keepdims)
    return torch.linalg.norm(x, ord, None if axis is None else axis, keepdims)


@adapter("keras.ops.normalize")
def normalize_along(x, axis=-1, order=2, epsilon=None):
    if is_symbolic(x):
        return record(normalize_along, x, axis, order, epsilon)
    epsilon = 1e-7 if epsilon is None else epsilon
    if order == 2:
        return x * torch.rsqrt(torch.clamp(torch.sum(x * x, axis, keepdim=True), min=epsilon ** 2))
    return x / torch.clamp(torch.linalg.norm(x, order, axis, True), min=epsilon)


@adapter("keras.ops.median")
def median(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(median, x, axis, keepdims)
    return torch.quantile(x, 0.5, axis, keepdim=keepdims)


@translation("keras.ops.sort")
def native_ops_sort(x, axis=-1):
    if is_tensor(x):
        return torch.sort(x, axis)[0]


@adapter("keras.ops.sort")
def sort_values(x, axis=-1):
    if is_symbolic(x):
        return record(sort_values, x, axis)
    return torch.sort(x, axis)[0]


@adapter("keras.ops.argsort")
def argsort(x, axis=-1):
    if is_symbolic(x):
        return record(argsort, x, axis)
    return torch.argsort(x, dim=axis, stable=True).to(torch.int32)


@adapter("netwright.TopK")
class TopK(collections.namedtuple("TopK", ("values", "indices"))):
    """The largest values, and where they stand."""


@adapter("keras.ops.top_k")
def top_k(x, k, sorted=True):
    if is_symbolic(x):
        return record(top_k, x, k, sorted)
    if not sorted and k > 1:
        raise NotImplementedError("The order of results that are not sorted is TensorFlow's own.")
    values, indices = torch.sort(x, dim=-1, descending=True, stable=True)  # of equal elements the first ones
    return TopK(values[..., :k], indices[..., :k].to(torch.int32))


@adapter("netwright.quantiles")
def quantiles(function, x, q, axis, method, keepdims):
    """Quantiles along several axes as one; those of several q's come first."""
    x, q, axes = real(tensor_of(x)), real(tensor_of(q)), axes_of(x, axis)
    kept = [one for one in range(x.ndim) if one not in axes]
    flat = torch.reshape(torch.permute(x, (*kept, *axes)), (*[x.shape[one] for one in kept], -1))
    made = function(flat, q.to(x.dtype), dim=-1, interpolation=method)
    return torch.reshape(made, (*q.shape, *[1 if one in axes else size for one, size in enumerate(x.shape)])) if keepdims else made


@adapter("keras.ops.quantile")
def quantile(x, q, axis=None, method="linear", keepdims=False):
    if is_symbolic(x):
        return record(quantile, x, q, axis, method, keepdims)
    return quantiles(torch.quantile, x, q, axis, method, keepdims)


@adapter("keras.ops.nansum")
def nansum(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nansum, x, axis, keepdims)
    return reduce_sum(torch.where(torch.isnan(x), torch.zeros_like(x), x), axis, keepdims)


@adapter("keras.ops.nanmean")
def nanmean(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nanmean, x, axis, keepdims)
    return torch.nanmean(real(x), axes_of(x, axis), keepdim=keepdims)


@adapter("keras.ops.nanprod")
def nanprod(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nanprod, x, axis, keepdims)
    return reduce_product(torch.where(torch.isnan(x), torch.ones_like(x), x), axis, keepdims)


@adapter("keras.ops.nanmax")
def nanmax(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nanmax, x, axis, keepdims)
    missing = torch.isnan(x)
    found = torch.amax(torch.where(missing, torch.full_like(x, -math.inf), x), axes_of(x, axis), keepdim=keepdims)
    return torch.where(reduce_all(missing, axis, keepdims), torch.full_like(found, math.nan), found)


@adapter("keras.ops.nanmin")
def nanmin(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nanmin, x, axis, keepdims)
    missing = torch.isnan(x)
    found = torch.amin(torch.where(missing, torch.full_like(x, math.inf), x), axes_of(x, axis), keepdim=keepdims)
    return torch.where(reduce_all(missing, axis, keepdims), torch.full_like(found, math.nan), found)


@adapter("keras.ops.nanvar")
def nanvar(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nanvar, x, axis, keepdims)
    x = real(x)
    return torch.nanmean((x - torch.nanmean(x, axes_of(x, axis), keepdim=True)) ** 2, axes_of(x, axis), keepdim=keepdims)


@adapter("keras.ops.nanstd")
def nanstd(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nanstd, x, axis, keepdims)
    return torch.sqrt(nanvar(x, axis, keepdims))


@adapter("keras.ops.ptp")
def peak_to_peak(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(peak_to_peak, x, axis, keepdims)
    return torch.amax(x, axes_of(x, axis), keepdim=keepdims) - torch.amin(x, axes_of(x, axis), keepdim=keepdims)


@adapter("keras.ops.trapezoid")
def trapezoid(y, x=None, dx=1.0, axis=-1):
    if is_symbolic(y, x):
        return record(trapezoid, y, x, dx, axis)
    return torch.trapezoid(real(y), dx=dx, dim=axis) if x is None else torch.trapezoid(real(y), tensor_of(x), dim=axis)


@adapter("keras.ops.percentile")
def percentile(x, q, axis=None, method="linear", keepdims=False):
    if is_symbolic(x):
        return record(percentile, x, q, axis, method, keepdims)
    return quantile(x, tensor_of(q) / 100, axis, method, keepdims)


@adapter("keras.ops.nanquantile")
def nanquantile(x, q, axis=None, method="linear", keepdims=False):
    if is_symbolic(x):
        return record(nanquantile, x, q, axis, method, keepdims)
    return quantiles(torch.nanquantile, x, q, axis, method, keepdims)


@adapter("keras.ops.nanpercentile")
def nanpercentile(x, q, axis=None, method="linear", keepdims=False):
    if is_symbolic(x):
        return record(nanpercentile, x, q, axis, method, keepdims)
    return nanquantile(x, tensor_of(q) / 100, axis, method, keepdims)


@adapter("keras.ops.nanmedian")
def nanmedian(x, axis=None, keepdims=False):
    if is_symbolic(x):
        return record(nanmedian, x, axis, keepdims)
    return nanquantile(x, 0.5, axis, keepdims=keepdims)


@adapter("keras.ops.nancumsum")
def nancumsum(x, axis=None, dtype=None):
    if is_symbolic(x):
        return record(nancumsum, x, axis, dtype)
    return cumsum(torch.where(torch.isnan(x), torch.zeros_like(x), x), axis, dtype)


@adapter("keras.ops.nancumprod")
def nancumprod(x, axis=None, dtype=None):
    if is_symbolic(x):
        return record(nancumprod, x, axis, dtype)
    return cumprod(torch.where(torch.isnan(x), torch.ones_like(x), x), axis, dtype)
