"""Normalisation as functions; channels are axis 1."""
import math

import keras
import numpy as np
from keras import ops


@adapter("torch.nn.functional.layer_norm")
def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-05):
    """Mean 0 and variance 1 over the last axes, then scaled and shifted."""
    axes = tuple(range(-len(normalized_shape), 0))
    mean = ops.mean(input, axis=axes, keepdims=True)
    variance = ops.mean(ops.square(input - mean), axis=axes, keepdims=True)
    output = (input - mean) * ops.rsqrt(variance + eps)
    output = output if weight is None else output * weight
    return output if bias is None else output + bias


@adapter("torch.nn.functional.rms_norm")
def rms_norm(input, normalized_shape, weight=None, eps=None):
    """Mean square 1 over the last axes, then scaled."""
    axes = tuple(range(-len(normalized_shape), 0))
    eps = float(np.finfo(ops.dtype(input)).eps) if eps is None else eps
    output = input * ops.rsqrt(ops.mean(ops.square(input), axis=axes, keepdims=True) + eps)
    return output if weight is None else output * weight


@adapter("helper.normalize_channels")
def normalize_channels(input, mean, variance, weight, bias, eps):
    """(input - mean) / sqrt(variance + eps), scaled and shifted for each channel."""
    shape = (1, -1) + (1,) * (ops.ndim(input) - 2)
    output = (input - mean) * ops.rsqrt(variance + eps)
    output = output if weight is None else output * ops.reshape(weight, shape)
    return output if bias is None else output + ops.reshape(bias, shape)


@adapter("torch.nn.functional.batch_norm")
def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05):
    """Each channel normalised by the statistics of the batch in training, else by the running ones."""
    shape = (1, -1) + (1,) * (ops.ndim(input) - 2)
    if not training:
        return normalize_channels(input, ops.reshape(running_mean, shape), ops.reshape(running_var, shape), weight, bias, eps)
    axes = (0, *range(2, ops.ndim(input)))
    mean = ops.mean(input, axis=axes, keepdims=True)
    variance = ops.mean(ops.square(input - mean), axis=axes, keepdims=True)
    if running_mean is not None:
        count = ops.cast(ops.size(input) / ops.size(mean), input.dtype)
        unbiased = variance * (count / (count - 1))
        running_mean.assign((1 - momentum) * running_mean + momentum * ops.reshape(mean, (-1,)))
        running_var.assign((1 - momentum) * running_var + momentum * ops.reshape(unbiased, (-1,)))
    return normalize_channels(input, mean, variance, weight, bias, eps)


@adapter("torch.nn.functional.instance_norm")
def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05):
    """Each channel of each sample normalised by its own statistics, or all by the running ones."""
    if use_input_stats and running_mean is not None:
        raise NotImplementedError("running statistics of instances")
    if not use_input_stats:
        return batch_norm(input, running_mean, running_var, weight, bias, eps=eps)
    axes = tuple(range(2, ops.ndim(input)))
    mean = ops.mean(input, axis=axes, keepdims=True)
    variance = ops.mean(ops.square(input - mean), axis=axes, keepdims=True)
    return normalize_channels(input, mean, variance, weight, bias, eps)


@translation("torch.nn.functional.instance_norm")
def _instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-05):
    if running_mean is None and use_input_stats and rank(input) > 2:
        return instance_norm(input, weight=weight, bias=bias, eps=eps)


@adapter("torch.nn.functional.group_norm")
def group_norm(input, num_groups, weight=None, bias=None, eps=1e-05):
    """Each group of channels of each sample normalised by its own statistics."""
    shape = ops.shape(input)
    grouped = ops.reshape(input, (shape[0], num_groups, -1))
    mean = ops.mean(grouped, axis=-1, keepdims=True)
    variance = ops.mean(ops.square(grouped - mean), axis=-1, keepdims=True)
    output = ops.reshape((grouped - mean) * ops.rsqrt(variance + eps), shape)
    channels = (1, -1) + (1,) * (len(shape) - 2)
    output = output if weight is None else output * ops.reshape(weight, channels)
    return output if bias is None else output + ops.reshape(bias, channels)


@adapter("torch.nn.functional.local_response_norm")
def local_response_norm(input, size, alpha=0.0001, beta=0.75, k=1.0):
    """Divided by a power of the mean square of neighbouring channels; channels outside count as zero."""
    squares = ops.pad(ops.square(input), [(0, 0), (size // 2, (size - 1) // 2)] + [(0, 0)] * (ops.ndim(input) - 2))
    channels = input.shape[1]
    total = sum(squares[:, i:i + channels] for i in range(size))
    return input / (total * (alpha / size) + k) ** beta
