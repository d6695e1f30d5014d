"""TensorFlow along axes."""

import torch


@translation("tensorflow.reduce_sum")
def native_tf_reduce_sum(input_tensor, axis=None, keepdims=False, name=None):
    if is_tensor(input_tensor) and axis is not None and dtype(input_tensor) == "float32":
        return torch.sum(input_tensor, axis, keepdim=keepdims)


@adapter("tensorflow.reduce_sum")
def tf_reduce_sum(input_tensor, axis=None, keepdims=False, name=None):
    input_tensor = tensor_of(input_tensor)
    return torch.sum(input_tensor, axes_of(input_tensor, axis), keepdim=keepdims, dtype=input_tensor.dtype)


@translation("tensorflow.reduce_mean")
def native_tf_reduce_mean(input_tensor, axis=None, keepdims=False, name=None):
    if is_tensor(input_tensor) and axis is not None and dtype(input_tensor) == "float32":
        return torch.mean(input_tensor, axis, keepdim=keepdims)


@adapter("tensorflow.reduce_mean")
def tf_reduce_mean(input_tensor, axis=None, keepdims=False, name=None):
    input_tensor = tensor_of(input_tensor)
    return torch.mean(input_tensor, axes_of(input_tensor, axis), keepdim=keepdims)


@translation("tensorflow.reduce_max")
def native_tf_reduce_max(input_tensor, axis=None, keepdims=False, name=None):
    if is_tensor(input_tensor) and axis is not None:
        return torch.amax(input_tensor, axis, keepdim=keepdims)


@adapter("tensorflow.reduce_max")
def tf_reduce_max(input_tensor, axis=None, keepdims=False, name=None):
    input_tensor = tensor_of(input_tensor)
    return torch.amax(input_tensor, axes_of(input_tensor, axis), keepdim=keepdims)


@translation("tensorflow.reduce_min")
def native_tf_reduce_min(input_tensor, axis=None, keepdims=False, name=None):
    if is_tensor(input_tensor) and axis is not None:
        return torch.amin(input_tensor, axis, keepdim=keepdims)


@adapter("tensorflow.reduce_min")
def tf_reduce_min(input_tensor, axis=None, keepdims=False, name=None):
    input_tensor = tensor_of(input_tensor)
    return torch.amin(input_tensor, axes_of(input_tensor, axis), keepdim=keepdims)


@adapter("tensorflow.reduce_any")
def tf_reduce_any(input_tensor, axis=None, keepdims=False, name=None):
    input_tensor = tensor_of(input_tensor)
    return torch.any(input_tensor, axes_of(input_tensor, axis), keepdim=keepdims)


@adapter("tensorflow.reduce_all")
def tf_reduce_all(input_tensor, axis=None, keepdims=False, name=None):
    input_tensor = tensor_of(input_tensor)
    return torch.all(input_tensor, axes_of(input_tensor, axis), keepdim=keepdims)


@adapter("tensorflow.reduce_prod")
def tf_reduce_prod(input_tensor, axis=None, keepdims=False, name=None):
    input_tensor = tensor_of(input_tensor)
    return reduce_product(input_tensor, axis, keepdims)


@adapter("tensorflow.reduce_logsumexp")
def tf_reduce_logsumexp(input_tensor, axis=None, keepdims=False, name=None):
    return torch.logsumexp(input_tensor, axes_of(input_tensor, axis), keepdim=keepdims)


@adapter("tensorflow.math.reduce_variance")
def tf_reduce_variance(input_tensor, axis=None, keepdims=False, name=None):
    return torch.var(input_tensor, axes_of(input_tensor, axis), correction=0, keepdim=keepdims)


@adapter("tensorflow.math.reduce_std")
def tf_reduce_std(input_tensor, axis=None, keepdims=False, name=None):
    return torch.std(input_tensor, axes_of(input_tensor, axis), correction=0, keepdim=keepdims)


@adapter("tensorflow.math.l2_normalize")
def tf_l2_normalize(x, axis=None, epsilon=1e-12, name=None):
    return x * torch.rsqrt(torch.clamp(torch.sum(x * x, axes_of(x, axis), keepdim=True), min=epsilon))


@adapter("tensorflow.nn.moments")
def tf_moments(x, axes, shift=None, keepdims=False, name=None):
    return torch.mean(x, axes_of(x, axes), keepdim=keepdims), torch.var(x, axes_of(x, axes), correction=0, keepdim=keepdims)


@translation("tensorflow.argmax")
def native_tf_argmax(input, axis=None, output_type=None, name=None):
    if is_tensor(input) and axis is not None and output_type is None:
        return torch.argmax(input, axis)


@adapter("tensorflow.argmax")
def tf_argmax(input, axis=None, output_type=None, name=None):
    return torch.argmax(input, 0 if axis is None else axis).to(torch.int64 if output_type is None else torch_dtype(output_type))


@translation("tensorflow.argmin")
def native_tf_argmin(input, axis=None, output_type=None, name=None):
    if is_tensor(input) and axis is not None and output_type is None:
        return torch.argmin(input, axis)


@adapter("tensorflow.argmin")
def tf_argmin(input, axis=None, output_type=None, name=None):
    return torch.argmin(input, 0 if axis is None else axis).to(torch.int64 if output_type is None else torch_dtype(output_type))


@translation("tensorflow.cumsum")
def native_tf_cumsum(x, axis=0, exclusive=False, reverse=False, name=None):
    if is_tensor(x) and not exclusive and not reverse:
        return torch.cumsum(x, axis)


@adapter("tensorflow.cumsum")
def tf_cumsum(x, axis=0, exclusive=False, reverse=False, name=None):
    if reverse:
        x = torch.flip(x, (axis,))
    output = torch.cumsum(x, axis, dtype=x.dtype)
    if exclusive:
        output = output - x
    return torch.flip(output, (axis,)) if reverse else output


@adapter("tensorflow.norm")
def tf_norm(tensor, ord="euclidean", axis=None, keepdims=None, name=None):
    order = 2 if ord == "euclidean" else ord
    return torch.linalg.vector_norm(tensor, order, axes_of(tensor, axis), bool(keepdims))


@adapter("tensorflow.sort")
def tf_sort(values, axis=-1, direction="ASCENDING", name=None):
    return torch.sort(values, axis, descending=direction == "DESCENDING")[0]


@adapter("tensorflow.math.top_k")
def tf_top_k(input, k=1, sorted=True, index_type="int32", name=None):
    if not sorted and k > 1:
        raise NotImplementedError("The order of results that are not sorted is TensorFlow's own.")
    values, indices = torch.sort(input, dim=-1, descending=True, stable=True)  # of equal elements the first ones
    return TopK(values[..., :k], indices[..., :k].to(torch_dtype(index_type)))
