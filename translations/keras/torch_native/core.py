"""Layers that work on the last axis or on each element."""

import torch
import torch.nn.functional as F
from torch import nn


@translation("keras.backend.is_keras_tensor")
@translation("keras.utils.is_keras_tensor")
def is_keras_tensor(x):
    return isinstance(x, torch.Tensor)


@adapter("keras.activations.get")
def activation_named(identifier, known={None: nn.Identity(), "linear": nn.Identity(), "relu": F.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh,
                                        "softmax": nn.Softmax(dim=-1), "gelu": F.gelu, "silu": F.silu, "swish": F.silu, "elu": F.elu, "selu": F.selu,
                                        "relu6": F.relu6, "softplus": F.softplus, "softsign": F.softsign, "mish": F.mish}):
    """The function that Keras knows by a name; others are themselves."""
    return known[identifier] if identifier is None or isinstance(identifier, str) else identifier


@adapter("netwright.Activation")
class Activation(nn.Module):
    """The function of a name."""

    def __init__(self, name):
        super().__init__()
        self.function = activation_named(name)

    def forward(self, x):
        return self.function(x)


@translation("netwright.activation")
def activation_module(activation, axis=-1):
    """The module of an activation that is an option of another layer; `axis` is that of the channels."""
    if activation is None or activation == "linear":
        return ()
    if activation == "relu":
        return nn.ReLU()
    if activation == "sigmoid":
        return nn.Sigmoid()
    if activation == "tanh":
        return nn.Tanh()
    if activation == "softmax":
        return nn.Softmax(dim=axis)
    if activation == "gelu":
        return nn.GELU()
    if activation == "silu" or activation == "swish":
        return nn.SiLU()
    if activation == "elu":
        return nn.ELU()
    if activation == "selu":
        return nn.SELU()
    if activation == "relu6":
        return nn.ReLU6()
    if activation == "softplus":
        return nn.Softplus()
    if activation == "softsign":
        return nn.Softsign()
    if activation == "leaky_relu":
        return nn.LeakyReLU(0.2)
    if activation == "mish":
        return nn.Mish()
    if activation == "hard_sigmoid":
        return nn.Hardsigmoid()
    if activation == "hard_silu" or activation == "hard_swish":
        return nn.Hardswish()
    if activation == "log_softmax":
        return nn.LogSoftmax(dim=axis)
    if activation == "log_sigmoid":
        return nn.LogSigmoid()


@translation("keras.layers.Dense")
def dense(units, activation=None, use_bias=True, made=None, **kwargs):
    if not is_known(activation):
        return nn.LazyLinear(units, bias=use_bias), Activation(activation)
    return either(nn.Linear(made.kernel.shape[0], units, bias=use_bias), nn.LazyLinear(units, bias=use_bias)), activation_module(spelled(activation))


@translation("keras.layers.Activation")
def activation(activation, **kwargs):
    if not is_known(activation):
        return Activation(activation)
    return activation_module(spelled(activation))


@translation("keras.layers.Activation", layout="channels_first", ranks=(3, 4, 5))
def activation_of_images(activation, **kwargs):
    return activation_module(spelled(activation), 1)


@translation("keras.layers.ReLU")
def relu(max_value=None, negative_slope=0.0, threshold=0.0, **kwargs):
    if threshold == 0 and max_value is None:
        return nn.ReLU() if negative_slope == 0 else nn.LeakyReLU(negative_slope)
    if threshold == 0 and max_value == 6 and negative_slope == 0:
        return nn.ReLU6()


@translation("keras.layers.LeakyReLU")
def leaky_relu(negative_slope=0.3, **kwargs):
    return nn.LeakyReLU(negative_slope)


@translation("keras.layers.ELU")
def elu(alpha=1.0, **kwargs):
    return nn.ELU(alpha)


@translation("keras.layers.Softmax")
def softmax(axis=-1, **kwargs):
    if isinstance(axis, int):
        return nn.Softmax(dim=axis)


@translation("keras.layers.PReLU", layout="channels_first", ranks=(3, 4, 5))
def prelu_of_images(shared_axes=None, made=None, **kwargs):
    if shared_axes is not None and max(made.alpha.shape) == made.alpha.shape[-1] and made.alpha.shape[0] == 1:
        return nn.PReLU(made.alpha.shape[-1])


@translation("keras.layers.PReLU")
def prelu(shared_axes=None, made=None, **kwargs):
    if len(made.alpha.shape) == 1:
        return nn.PReLU(made.alpha.shape[0])


@translation("keras.layers.Dropout")
def dropout(rate, noise_shape=None, seed=None, **kwargs):
    if noise_shape is None:
        return nn.Dropout(rate)
    if noise_shape == (None, 1, 1, 1):
        return SampleDropout(rate)


@adapter("netwright.SampleDropout")
class SampleDropout(nn.Module):
    """Drops whole samples in training."""

    def __init__(self, rate):
        super().__init__()
        self.rate = rate

    def forward(self, x):
        if not self.training:
            return x
        kept = torch.rand([x.shape[0]] + [1] * (x.ndim - 1), device=x.device) >= self.rate
        return x * kept / (1 - self.rate)


@translation("keras.layers.Identity")
def identity(**kwargs):
    return ()


@translation("keras.layers.ActivityRegularization")
def activity_regularization(l1=0.0, l2=0.0, **kwargs):
    return ()


@translation("keras.layers.Embedding")
def embedding(input_dim, output_dim, mask_zero=False, **kwargs):
    if not mask_zero:
        return nn.Embedding(input_dim, output_dim)


@attribute("keras.layers.Embedding.embeddings")
def embeddings(self):
    return self.weight


@translation("keras.layers.Rescaling")
def rescaling(scale, offset=0.0, **kwargs):
    if offset == 0:
        return Rescaling(scale)
    return Rescaling(scale, offset)


@adapter("netwright.Rescaling")
class Rescaling(nn.Module):
    def __init__(self, scale, offset=0.0):
        super().__init__()
        self.scale = scale
        self.offset = offset

    def forward(self, x):
        return x * self.scale + self.offset


@translation("keras.layers.GlobalAveragePooling1D")
def global_average_pooling1d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first" and not keepdims:
        return MeanOverSequence()


@translation("keras.layers.GlobalMaxPooling1D")
def global_max_pooling1d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first" and not keepdims:
        return MaxOverSequence()


@adapter("netwright.MeanOverSequence")
class MeanOverSequence(nn.Module):
    def forward(self, x):
        return x.mean(dim=1)


@adapter("netwright.MaxOverSequence")
class MaxOverSequence(nn.Module):
    def forward(self, x):
        return x.amax(dim=1)
