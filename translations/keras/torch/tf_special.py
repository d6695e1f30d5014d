"""TensorFlow's functions that few programs use: bits, special functions, segments, matrices, losses, images."""

import math

import torch
import torch.nn.functional as F


@adapter("tensorflow.bitwise.bitwise_and")
def tf_bitwise_and(x, y, name=None):
    return torch.bitwise_and(*like_tensors(x, y))


@adapter("tensorflow.bitwise.bitwise_or")
def tf_bitwise_or(x, y, name=None):
    return torch.bitwise_or(*like_tensors(x, y))


@adapter("tensorflow.bitwise.bitwise_xor")
def tf_bitwise_xor(x, y, name=None):
    return torch.bitwise_xor(*like_tensors(x, y))


@adapter("tensorflow.bitwise.left_shift")
def tf_left_shift(x, y, name=None):
    return torch.bitwise_left_shift(*like_tensors(x, y))


@adapter("tensorflow.bitwise.right_shift")
def tf_right_shift(x, y, name=None):
    return torch.bitwise_right_shift(*like_tensors(x, y))


@adapter("tensorflow.bitwise.invert")
def tf_invert(x, name=None):
    return torch.bitwise_not(x)


@adapter("tensorflow.math.xlog1py")
def tf_xlog1py(x, y, name=None):
    return torch.special.xlog1py(*like_tensors(x, y))


@adapter("tensorflow.math.polyval")
def tf_polyval(coeffs, x, name=None):
    made = torch.zeros_like(x)
    for one in coeffs:
        made = made * x + one
    return made


@adapter("tensorflow.math.cumulative_logsumexp")
def tf_cumulative_logsumexp(x, axis=0, exclusive=False, reverse=False, name=None):
    if exclusive:
        raise NotImplementedError("Sums of what comes before.")
    if reverse:
        return torch.flip(torch.logcumsumexp(torch.flip(x, (axis,)), axis), (axis,))
    return torch.logcumsumexp(x, axis)


@adapter("tensorflow.math.ndtri")
def tf_ndtri(x, name=None):
    return torch.special.ndtri(x)


@adapter("tensorflow.math.bessel_i0")
def tf_bessel_i0(x, name=None):
    return torch.special.i0(x)


@adapter("tensorflow.math.bessel_i0e")
def tf_bessel_i0e(x, name=None):
    return torch.special.i0e(x)


@adapter("tensorflow.math.bessel_i1")
def tf_bessel_i1(x, name=None):
    return torch.special.i1(x)


@adapter("tensorflow.math.igamma")
def tf_igamma(a, x, name=None):
    return torch.special.gammainc(*like_tensors(a, x))


@adapter("tensorflow.math.igammac")
def tf_igammac(a, x, name=None):
    return torch.special.gammaincc(*like_tensors(a, x))


@adapter("tensorflow.math.polygamma")
def tf_polygamma(a, x, name=None):
    if not isinstance(a, (int, float)):
        raise NotImplementedError("Orders that a tensor holds.")
    return torch.polygamma(int(a), x)


@adapter("tensorflow.math.nextafter")
def tf_nextafter(x1, x2, name=None):
    return torch.nextafter(*like_tensors(x1, x2))


@adapter("tensorflow.math.reciprocal_no_nan")
def tf_reciprocal_no_nan(x, name=None):
    return torch.where(x == 0, torch.zeros_like(x), torch.reciprocal(torch.where(x == 0, torch.ones_like(x), x)))


@adapter("tensorflow.math.unsorted_segment_max")
def tf_unsorted_segment_max(data, segment_ids, num_segments, name=None):
    if not data.is_floating_point():
        raise NotImplementedError("Segments of integers.")
    made = torch.full((num_segments, *data.shape[1:]), torch.finfo(data.dtype).min, dtype=data.dtype)
    return torch.index_reduce(made, 0, tensor_of(segment_ids).long(), data, "amax")


@adapter("tensorflow.math.unsorted_segment_min")
def tf_unsorted_segment_min(data, segment_ids, num_segments, name=None):
    if not data.is_floating_point():
        raise NotImplementedError("Segments of integers.")
    made = torch.full((num_segments, *data.shape[1:]), torch.finfo(data.dtype).max, dtype=data.dtype)
    return torch.index_reduce(made, 0, tensor_of(segment_ids).long(), data, "amin")


@adapter("tensorflow.math.unsorted_segment_prod")
def tf_unsorted_segment_prod(data, segment_ids, num_segments, name=None):
    if not data.is_floating_point():
        raise NotImplementedError("Segments of integers.")
    made = torch.full((num_segments, *data.shape[1:]), 1.0, dtype=data.dtype)
    return torch.index_reduce(made, 0, tensor_of(segment_ids).long(), data, "prod")


@adapter("tensorflow.math.segment_sum")
def tf_segment_sum(data, segment_ids, name=None):
    ids = tensor_of(segment_ids)
    return tf_unsorted_segment_sum(data, ids, int(ids[-1]) + 1)


@adapter("tensorflow.math.segment_mean")
def tf_segment_mean(data, segment_ids, name=None):
    ids = tensor_of(segment_ids)
    return tf_unsorted_segment_mean(data, ids, int(ids[-1]) + 1)


@adapter("tensorflow.math.segment_max")
def tf_segment_max(data, segment_ids, name=None):
    ids = tensor_of(segment_ids)
    return tf_unsorted_segment_max(data, ids, int(ids[-1]) + 1)


@adapter("tensorflow.math.segment_min")
def tf_segment_min(data, segment_ids, name=None):
    ids = tensor_of(segment_ids)
    return tf_unsorted_segment_min(data, ids, int(ids[-1]) + 1)


@adapter("tensorflow.math.segment_prod")
def tf_segment_prod(data, segment_ids, name=None):
    ids = tensor_of(segment_ids)
    return tf_unsorted_segment_prod(data, ids, int(ids[-1]) + 1)


@adapter("tensorflow.nn.in_top_k")
def tf_in_top_k(targets, predictions, k, name=None):
    return in_top_k(targets, predictions, k)


@adapter("tensorflow.nn.sparse_softmax_cross_entropy_with_logits")
def tf_sparse_softmax_cross_entropy_with_logits(labels, logits, name=None):
    return -torch.gather(torch.log_softmax(logits, -1), -1, labels.long()[..., None])[..., 0]


@adapter("tensorflow.nn.weighted_cross_entropy_with_logits")
def tf_weighted_cross_entropy_with_logits(labels, logits, pos_weight, name=None):
    return (1 - labels) * logits + (1 + (pos_weight - 1) * labels) * F.softplus(-logits)


@adapter("tensorflow.nn.log_poisson_loss")
def tf_log_poisson_loss(targets, log_input, compute_full_loss=False, name=None):
    if compute_full_loss:
        raise NotImplementedError("Stirling's term.")
    return torch.exp(log_input) - log_input * targets


@adapter("tensorflow.nn.weighted_moments")
def tf_weighted_moments(x, axes, frequency_weights, keepdims=False, name=None):
    weights = frequency_weights + torch.zeros_like(x)
    whole = torch.sum(weights, axes_of(x, axes), keepdim=True)
    mean = torch.sum(weights * x, axes_of(x, axes), keepdim=True) / whole
    variance = torch.sum(weights * (x - mean) ** 2, axes_of(x, axes), keepdim=True) / whole
    return (mean, variance) if keepdims else (torch.reshape(mean, [n for i, n in enumerate(mean.shape) if i not in axes_of(x, axes)]), torch.reshape(variance, [n for i, n in enumerate(variance.shape) if i not in axes_of(x, axes)]))


@adapter("tensorflow.tensor_scatter_nd_sub")
def tf_tensor_scatter_nd_sub(tensor, indices, updates, bad_indices_policy="", name=None):
    return tensor.index_put(places(indices), -tensor_of(updates).to(tensor.dtype), accumulate=True)


@adapter("tensorflow.reverse_sequence")
def tf_reverse_sequence(input, seq_lengths, seq_axis=None, batch_axis=None, name=None):
    batch_axis = batch_axis or 0
    size = input.shape[seq_axis]
    place = torch.arange(size)[None, :]
    lengths = tensor_of(seq_lengths).long()[:, None]
    place = torch.where(place < lengths, lengths - 1 - place, place)
    moved = torch.movedim(input, (batch_axis, seq_axis), (0, 1))
    place = torch.reshape(place, (*place.shape, *[1] * (moved.ndim - 2))).expand(moved.shape)
    return torch.movedim(torch.gather(moved, 1, place), (0, 1), (batch_axis, seq_axis))


@adapter("tensorflow.truncatediv")
def tf_truncatediv(x, y, name=None):
    return torch.div(*like_tensors(x, y), rounding_mode="trunc")


@adapter("tensorflow.truncatemod")
def tf_truncatemod(x, y, name=None):
    return torch.fmod(*like_tensors(x, y))


@adapter("tensorflow.saturate_cast")
def tf_saturate_cast(value, dtype, name=None):
    return saturate_cast(value, dtype)


@adapter("tensorflow.linalg.logdet")
def tf_logdet(matrix, name=None):
    return torch.logdet(matrix)


@adapter("tensorflow.linalg.slogdet")
def tf_slogdet(input, name=None):
    sign, logarithm = torch.linalg.slogdet(input)
    return sign, logarithm


@adapter("tensorflow.linalg.expm")
def tf_expm(input, name=None):
    return torch.matrix_exp(input)


@adapter("tensorflow.linalg.cross")
def tf_cross(a, b, name=None):
    return torch.linalg.cross(a, b)


@adapter("tensorflow.linalg.solve")
def tf_solve(matrix, rhs, adjoint=False, name=None):
    return torch.linalg.solve(matrix.mT if adjoint else matrix, rhs)


@adapter("tensorflow.linalg.triangular_solve")
def tf_triangular_solve(matrix, rhs, lower=True, adjoint=False, name=None):
    matrix = torch.tril(matrix) if lower else torch.triu(matrix)
    return torch.linalg.solve_triangular(matrix.mT if adjoint else matrix, rhs, upper=lower == adjoint)


@adapter("tensorflow.linalg.cholesky_solve")
def tf_cholesky_solve(chol, rhs, name=None):
    return torch.cholesky_solve(rhs, torch.tril(chol))


@adapter("tensorflow.linalg.pinv")
def tf_pinv(a, rcond=None, validate_args=False, name=None):
    return torch.linalg.pinv(a) if rcond is None else torch.linalg.pinv(a, rtol=rcond)


@adapter("tensorflow.linalg.matrix_rank")
def tf_matrix_rank(a, tol=None, validate_args=False, name=None):
    return (torch.linalg.matrix_rank(a) if tol is None else torch.linalg.matrix_rank(a, atol=tol, rtol=0.0)).to(torch.int32)


@adapter("tensorflow.image.adjust_contrast")
def tf_image_adjust_contrast(images, contrast_factor):
    mean = torch.mean(images, (-3, -2), keepdim=True)
    return (images - mean) * contrast_factor + mean


@adapter("tensorflow.image.image_gradients")
def tf_image_image_gradients(image):
    down = F.pad(image[:, 1:] - image[:, :-1], (0, 0, 0, 0, 0, 1))
    right = F.pad(image[:, :, 1:] - image[:, :, :-1], (0, 0, 0, 1))
    return down, right


@adapter("tensorflow.image.total_variation")
def tf_image_total_variation(images, name=None):
    down = torch.abs(images[..., 1:, :, :] - images[..., :-1, :, :])
    right = torch.abs(images[..., 1:, :] - images[..., :-1, :])
    return torch.sum(down, (-3, -2, -1)) + torch.sum(right, (-3, -2, -1))


@adapter("tensorflow.image.transpose")
def tf_image_transpose(image, name=None):
    return torch.transpose(image, -3, -2)


@adapter("tensorflow.image.psnr")
def tf_image_psnr(a, b, max_val, name=None):
    return 20 * math.log10(max_val) - 10 * torch.log10(torch.mean((a - b) ** 2, (-3, -2, -1)))


@adapter("tensorflow.math.in_top_k")
def tf_math_in_top_k(targets, predictions, k, name=None):
    return tf_in_top_k(targets, predictions, k)


@adapter("tensorflow.math.zero_fraction")
def tf_zero_fraction(value, name=None):
    return torch.mean((value == 0).float())


@adapter("tensorflow.nn.zero_fraction")
def tf_nn_zero_fraction(value, name=None):
    return torch.mean((value == 0).float())


@adapter("tensorflow.nn.separable_conv2d")
def tf_separable_conv2d(input, depthwise_filter, pointwise_filter, strides, padding, data_format=None, dilations=None, name=None):
    made = tf_depthwise_conv2d(input, depthwise_filter, strides, padding, data_format, dilations)
    return tf_conv2d(made, pointwise_filter, 1, "VALID")


@adapter("tensorflow.nn.atrous_conv2d")
def tf_atrous_conv2d(value, filters, rate, padding, name=None):
    return tf_conv2d(value, filters, 1, padding, dilations=rate)


@adapter("tensorflow.clip_by_global_norm")
def tf_clip_by_global_norm(t_list, clip_norm, use_norm=None, name=None):
    norm = tf_global_norm(t_list) if use_norm is None else use_norm
    return [t * clip_norm / torch.clamp(norm, min=clip_norm) for t in t_list], norm


@adapter("tensorflow.foldl")
def tf_foldl(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    parts = list(elems)
    value = parts.pop(0) if initializer is None else initializer
    for part in parts:
        value = fn(value, part)
    return value


@adapter("tensorflow.foldr")
def tf_foldr(fn, elems, initializer=None, parallel_iterations=10, back_prop=True, swap_memory=False, name=None):
    parts = list(elems)
    value = parts.pop() if initializer is None else initializer
    for part in parts[::-1]:
        value = fn(value, part)
    return value


@adapter("tensorflow.identity_n")
def tf_identity_n(input, name=None):
    return list(input)


@adapter("tensorflow.recompute_grad")
def tf_recompute_grad(f):
    return f


@adapter("tensorflow.image.adjust_brightness")
def tf_image_adjust_brightness(image, delta):
    return image + delta


@adapter("tensorflow.linalg.adjoint")
def tf_adjoint(matrix, name=None):
    if matrix.is_complex():
        raise NotImplementedError("Conjugates of matrices.")
    return matrix.mT


@adapter("tensorflow.linalg.normalize")
def tf_normalize(tensor, ord="euclidean", axis=None, name=None):
    length = tf_norm(tensor, ord, axis, True)
    return tensor / length, length


@adapter("tensorflow.linalg.global_norm")
def tf_global_norm(t_list, name=None):
    return torch.sqrt(sum(torch.sum(t * t) for t in t_list))


@adapter("tensorflow.linalg.tensor_diag")
def tf_tensor_diag(diagonal, name=None):
    return tf_diag(tensor_of(diagonal))
