"""TensorFlow's composed functions: products without NaN, segments, matrices, losses, signals."""

import math

import torch
import torch.nn.functional as F


@adapter("tensorflow.math.multiply_no_nan")
def tf_multiply_no_nan(x, y, name=None):
    x, y = like_tensors(x, y)
    return torch.where(y == 0, torch.zeros_like(y), x * y)


@adapter("tensorflow.math.xlogy")
def tf_xlogy(x, y, name=None):
    x, y = like_tensors(x, y)
    return torch.where(x == 0, torch.zeros_like(x), x * torch.log(y))


@adapter("tensorflow.math.xdivy")
def tf_xdivy(x, y, name=None):
    x, y = like_tensors(x, y)
    return torch.where(x == 0, torch.zeros_like(x), x / y)


@adapter("tensorflow.math.count_nonzero")
def tf_count_nonzero(input, axis=None, keepdims=None, dtype=torch.int64, name=None):
    return tf_reduce_sum((input != 0).to(torch_dtype(dtype)), axis, keepdims or False)


@adapter("tensorflow.math.reduce_euclidean_norm")
def tf_reduce_euclidean_norm(input_tensor, axis=None, keepdims=False, name=None):
    return torch.linalg.vector_norm(input_tensor, dim=axes_of(input_tensor, axis), keepdim=keepdims)


@translation("tensorflow.math.cumprod")
def native_tf_cumprod(x, axis=0, exclusive=False, reverse=False, name=None):
    if is_tensor(x) and not exclusive and not reverse:
        return torch.cumprod(x, axis)


@adapter("tensorflow.math.scalar_mul")
def tf_scalar_mul(scalar, x, name=None):
    return x * scalar


@adapter("netwright.segment_members")
def segment_members(segment_ids, num_segments):
    """[segments, rows]: whether a row belongs to a segment."""
    segment_ids = tensor_of(segment_ids)
    return segment_ids[None, :] == torch.arange(num_segments, dtype=segment_ids.dtype)[:, None]


@adapter("tensorflow.math.unsorted_segment_sum")
def tf_unsorted_segment_sum(data, segment_ids, num_segments, name=None):
    return torch.tensordot(segment_members(segment_ids, num_segments).to(data.dtype), data, dims=([1], [0]))


@adapter("tensorflow.math.unsorted_segment_mean")
def tf_unsorted_segment_mean(data, segment_ids, num_segments, name=None):
    members = segment_members(segment_ids, num_segments).to(data.dtype)
    counts = torch.clamp(torch.sum(members, 1), min=1.0)
    return torch.tensordot(members, data, dims=([1], [0])) / torch.reshape(counts, (-1, *[1] * (data.ndim - 1)))


@adapter("tensorflow.linalg.matvec")
def tf_matvec(a, b, transpose_a=False, adjoint_a=False, a_is_sparse=False, b_is_sparse=False, name=None):
    return torch.matmul(a.transpose(-1, -2) if transpose_a or adjoint_a else a, b[..., None])[..., 0]


@adapter("tensorflow.linalg.diag")
def tf_diag(diagonal, name="diag", k=0, num_rows=-1, num_cols=-1, padding_value=0, align="RIGHT_LEFT"):
    return diagonal[..., None] * torch.eye(diagonal.shape[-1], dtype=diagonal.dtype)


@adapter("tensorflow.linalg.diag_part")
def tf_diag_part(input, name="diag_part", k=0, padding_value=0, align="RIGHT_LEFT"):
    return torch.diagonal(input, 0, -2, -1)


@adapter("tensorflow.linalg.set_diag")
def tf_set_diag(input, diagonal, name="set_diag", k=0, align="RIGHT_LEFT"):
    return torch.where(torch.eye(input.shape[-1]).to(torch.bool), diagonal[..., None], input)


@adapter("tensorflow.linalg.trace")
def tf_trace(x, name=None):
    return torch.sum(torch.diagonal(x, 0, -2, -1), -1)


@translation("tensorflow.linalg.inv")
def native_tf_inv(input, adjoint=False, name=None):
    if is_tensor(input) and not adjoint:
        return torch.linalg.inv(input)


@translation("tensorflow.linalg.det")
def native_tf_det(input, name=None):
    return torch.linalg.det(input)


@translation("tensorflow.linalg.cholesky")
def native_tf_cholesky(input, name=None):
    return torch.linalg.cholesky(input)


@adapter("tensorflow.nn.crelu")
def tf_crelu(features, axis=-1, name=None):
    return F.relu(torch.cat([features, -features], axis))


@adapter("tensorflow.nn.l2_loss")
def tf_l2_loss(t, name=None):
    return torch.sum(t * t) / 2.0


@adapter("tensorflow.nn.local_response_normalization")
def tf_local_response_normalization(input, depth_radius=5, bias=1, alpha=1, beta=0.5, name=None):
    size = 2 * depth_radius + 1
    return F.local_response_norm(input.movedim(-1, 1), size, alpha=alpha * size, beta=beta, k=bias).movedim(1, -1)


@adapter("tensorflow.nn.softmax_cross_entropy_with_logits")
def tf_softmax_cross_entropy_with_logits(labels, logits, axis=-1, name=None):
    return -torch.sum(labels * F.log_softmax(logits, dim=axis), axis)


@adapter("tensorflow.nn.sigmoid_cross_entropy_with_logits")
def tf_sigmoid_cross_entropy_with_logits(labels=None, logits=None, name=None):
    return F.relu(logits) - logits * labels + torch.log1p(torch.exp(-torch.abs(logits)))


@adapter("tensorflow.nn.conv2d_transpose")
def tf_conv2d_transpose(input, filters, output_shape, strides, padding="SAME", data_format="NHWC", dilations=None, name=None):
    """The gradient of a convolution; the filters are [height, width, out, in]."""
    x = input.movedim(-1, 1) if data_format == "NHWC" else input
    weight = filters.permute(3, 2, 0, 1)
    steps = (strides,) * 2 if isinstance(strides, int) else inner(strides, 2)
    shape = [int(n) for n in shape_tuple(output_shape)]
    wanted = shape[1:3] if data_format == "NHWC" else shape[2:]
    more, cuts = [], []
    for length, size, step, size_wanted in zip(x.shape[2:], weight.shape[2:], steps, wanted):
        full = (length - 1) * step + size
        start = max(full - size_wanted, 0) // 2 if padding == "SAME" else 0
        more.append(max(start + size_wanted - full, 0))
        cuts.append(slice(start, start + size_wanted))
    x = F.conv_transpose2d(x, weight, None, stride=tuple(steps), output_padding=tuple(more))[(slice(None), slice(None), *cuts)]
    return x.movedim(1, -1) if data_format == "NHWC" else x


@translation("tensorflow.math.real")
def native_tf_real(input, name=None):
    return torch.real(input)


@translation("tensorflow.math.imag")
def native_tf_imag(input, name=None):
    return torch.imag(input)


@translation("tensorflow.math.angle")
def native_tf_angle(input, name=None):
    return torch.angle(input)


@translation("tensorflow.math.conj")
def native_tf_conj(x, name=None):
    return torch.conj(x)


@adapter("tensorflow.signal.fft")
def tf_fft(input, name=None):
    return torch.fft.fft(input)


@adapter("tensorflow.signal.ifft")
def tf_ifft(input, name=None):
    return torch.fft.ifft(input)


@adapter("tensorflow.signal.rfft")
def tf_rfft(input_tensor, fft_length=None, name=None):
    return torch.fft.rfft(input_tensor, None if fft_length is None else int(fft_length[0]))


@adapter("tensorflow.signal.irfft")
def tf_irfft(input_tensor, fft_length=None, name=None):
    return torch.fft.irfft(input_tensor, None if fft_length is None else int(fft_length[0]))


@adapter("tensorflow.signal.frame")
def tf_frame(signal, frame_length, frame_step, pad_end=False, pad_value=0, axis=-1, name=None):
    """Windows along an axis, one for each step."""
    axis = axis % signal.ndim
    size = signal.shape[axis]
    count = -(-size // frame_step) if pad_end else max((size - frame_length) // frame_step + 1, 0)
    extra = (count - 1) * frame_step + frame_length - size
    if pad_end and extra > 0:
        widths = [0, 0] * (signal.ndim - 1 - axis) + [0, extra]
        signal = F.pad(signal, widths, value=pad_value)
    return take(signal, [[i * frame_step + j for j in range(frame_length)] for i in range(count)], axis)


@adapter("netwright.signal_window")
def signal_window(size, periodic, dtype, low, high):
    if size <= 1:
        return torch.ones(1)
    angles = torch.tensor([2 * math.pi * i / (size if periodic and size % 2 == 0 else size - 1) for i in range(size)])
    return (low - high * torch.cos(angles)).to(torch_dtype(dtype))


@adapter("tensorflow.signal.hann_window")
def tf_hann_window(window_length, periodic=True, dtype=torch.float32, name=None):
    return signal_window(window_length, periodic, dtype, 0.5, 0.5)


@adapter("tensorflow.signal.hamming_window")
def tf_hamming_window(window_length, periodic=True, dtype=torch.float32, name=None):
    return signal_window(window_length, periodic, dtype, 0.54, 0.46)


@adapter("tensorflow.signal.stft")
def tf_stft(signals, frame_length, frame_step, fft_length=None, window_fn="hann", pad_end=False, name=None):
    if window_fn == "hann":
        window_fn = tf_hann_window
    frames = tf_frame(signals, frame_length, frame_step, pad_end)
    if window_fn is not None:
        frames = frames * window_fn(frame_length, dtype=frames.dtype)
    return torch.fft.rfft(frames, 2 ** math.ceil(math.log2(frame_length)) if fft_length is None else int(fft_length))
