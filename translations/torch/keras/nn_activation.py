"""Activations."""

import keras
from keras import activations, layers, ops


@translation("torch.nn.ReLU")
def relu(inplace=False):
    return layers.ReLU()


@adapter("torch.nn.ReLU")
class ReLU(layers.Layer):
    """max(x, 0)."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def call(self, input):
        return ops.relu(input)


@translation("torch.nn.ReLU6")
def relu6(inplace=False):
    return layers.ReLU(max_value=6)


@adapter("torch.nn.ReLU6")
class ReLU6(layers.Layer):
    """min(max(x, 0), 6)."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def call(self, input):
        return ops.relu6(input)


@translation("torch.nn.LeakyReLU")
def leaky_relu(negative_slope=0.01, inplace=False):
    if negative_slope >= 0:
        return layers.LeakyReLU(negative_slope=negative_slope)


@adapter("torch.nn.LeakyReLU")
class LeakyReLU(layers.Layer):
    """x where positive, negative_slope * x elsewhere."""

    def __init__(self, negative_slope=0.01, inplace=False):
        super().__init__()
        self.negative_slope = negative_slope
        self.inplace = inplace

    def call(self, input):
        return ops.leaky_relu(input, negative_slope=self.negative_slope)


@adapter("torch.nn.RReLU")
class RReLU(layers.Layer):
    """Leaky ReLU with a slope drawn between lower and upper for each element in training, their mean otherwise."""

    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace

    def call(self, input, training=False):
        if training:
            slope = keras.random.uniform(ops.shape(input), self.lower, self.upper)
            return ops.where(input >= 0, input, slope * input)
        return ops.leaky_relu(input, negative_slope=(self.lower + self.upper) / 2)


@adapter("torch.nn.PReLU")
class PReLU(layers.Layer):
    """Leaky ReLU with a learned slope, one for all or one for each channel (axis 1)."""

    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.init = init
        self.weight = self.add_weight(shape=(num_parameters,), initializer=keras.initializers.Constant(init), name="weight")

    def call(self, input):
        slope = self.weight
        if self.num_parameters > 1 and len(input.shape) > 2:
            slope = ops.reshape(slope, (-1,) + (1,) * (len(input.shape) - 2))
        return ops.where(input >= 0, input, slope * input)


@translation("torch.nn.ELU")
def elu(alpha=1.0, inplace=False):
    return layers.ELU(alpha=alpha)


@adapter("torch.nn.ELU")
class ELU(layers.Layer):
    """x where positive, alpha * (exp(x) - 1) elsewhere."""

    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def call(self, input):
        return ops.elu(input, alpha=self.alpha)


@translation("torch.nn.CELU")
def celu(alpha=1.0, inplace=False):
    if alpha == 1.0:
        return layers.Activation("celu")


@adapter("torch.nn.CELU")
class CELU(layers.Layer):
    """max(x, 0) + min(alpha * (exp(x / alpha) - 1), 0)."""

    def __init__(self, alpha=1.0, inplace=False):
        super().__init__()
        self.alpha = alpha
        self.inplace = inplace

    def call(self, input):
        return ops.celu(input, alpha=self.alpha)


@translation("torch.nn.SELU")
def selu(inplace=False):
    return layers.Activation("selu")


@adapter("torch.nn.SELU")
class SELU(layers.Layer):
    """Scaled exponential linear unit."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def call(self, input):
        return ops.selu(input)


@translation("torch.nn.GELU")
def gelu(approximate="none"):
    if approximate == "none":
        return layers.Activation("gelu")


@adapter("torch.nn.GELU")
class GELU(layers.Layer):
    """Gaussian error linear unit, exact or by tanh."""

    def __init__(self, approximate="none"):
        super().__init__()
        self.approximate = approximate

    def call(self, input):
        return ops.gelu(input, approximate=self.approximate == "tanh")


@translation("torch.nn.SiLU")
def silu(inplace=False):
    return layers.Activation("silu")


@adapter("torch.nn.SiLU")
class SiLU(layers.Layer):
    """x * sigmoid(x)."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def call(self, input):
        return ops.silu(input)


@translation("torch.nn.Mish")
def mish(inplace=False):
    return layers.Activation("mish")


@adapter("torch.nn.Mish")
class Mish(layers.Layer):
    """x * tanh(softplus(x))."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def call(self, input):
        return activations.mish(input)


@translation("torch.nn.Hardswish")
def hardswish(inplace=False):
    return layers.Activation("hard_silu")


@adapter("torch.nn.Hardswish")
class Hardswish(layers.Layer):
    """x * relu6(x + 3) / 6."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def call(self, input):
        return ops.hard_silu(input)


@translation("torch.nn.Hardsigmoid")
def hardsigmoid(inplace=False):
    return layers.Activation("hard_sigmoid")


@adapter("torch.nn.Hardsigmoid")
class Hardsigmoid(layers.Layer):
    """relu6(x + 3) / 6."""

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace

    def call(self, input):
        return ops.hard_sigmoid(input)


@translation("torch.nn.Hardtanh")
def hardtanh(min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
    if min_value is None and max_value is None:
        if min_val == -1.0 and max_val == 1.0:
            return layers.Activation("hard_tanh")
        if min_val == 0 and max_val == 6:
            return layers.ReLU(max_value=6)


@adapter("torch.nn.Hardtanh")
class Hardtanh(layers.Layer):
    """x kept between min_val and max_val."""

    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value
        self.inplace = inplace

    def call(self, input):
        return ops.clip(input, self.min_val, self.max_val)


@translation("torch.nn.Sigmoid")
def sigmoid(*args, **kwargs):
    return layers.Activation("sigmoid")


@adapter("torch.nn.Sigmoid")
class Sigmoid(layers.Layer):
    """1 / (1 + exp(-x))."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def call(self, input):
        return ops.sigmoid(input)


@translation("torch.nn.Tanh")
def tanh(*args, **kwargs):
    return layers.Activation("tanh")


@adapter("torch.nn.Tanh")
class Tanh(layers.Layer):
    """The hyperbolic tangent."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def call(self, input):
        return ops.tanh(input)


@translation("torch.nn.LogSigmoid")
def log_sigmoid(*args, **kwargs):
    return layers.Activation("log_sigmoid")


@adapter("torch.nn.LogSigmoid")
class LogSigmoid(layers.Layer):
    """log(sigmoid(x))."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def call(self, input):
        return ops.log_sigmoid(input)


@translation("torch.nn.Softplus")
def softplus(beta=1.0, threshold=20.0):
    if beta == 1.0 and threshold == 20.0:
        return layers.Activation("softplus")


@adapter("torch.nn.Softplus")
class Softplus(layers.Layer):
    """log(1 + exp(beta * x)) / beta, and x itself where beta * x is above the threshold."""

    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def call(self, input):
        scaled = input * self.beta
        smooth = ops.softplus(scaled) / self.beta
        return smooth if self.threshold >= 20 else ops.where(scaled > self.threshold, input, smooth)


@translation("torch.nn.Softshrink")
def softshrink(lambd=0.5):
    if lambd == 0.5:
        return layers.Activation("soft_shrink")


@adapter("torch.nn.Softshrink")
class Softshrink(layers.Layer):
    """x moved towards zero by lambd, zero where that would change its sign."""

    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def call(self, input):
        return ops.soft_shrink(input, threshold=self.lambd)


@translation("torch.nn.Hardshrink")
def hardshrink(lambd=0.5):
    if lambd == 0.5:
        return layers.Activation("hard_shrink")


@adapter("torch.nn.Hardshrink")
class Hardshrink(layers.Layer):
    """x, and zero where its magnitude is at most lambd."""

    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def call(self, input):
        return ops.hard_shrink(input, threshold=self.lambd)


@translation("torch.nn.Tanhshrink")
def tanhshrink(*args, **kwargs):
    return layers.Activation("tanh_shrink")


@adapter("torch.nn.Tanhshrink")
class Tanhshrink(layers.Layer):
    """x - tanh(x)."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def call(self, input):
        return ops.tanh_shrink(input)


@translation("torch.nn.Softsign")
def softsign(*args, **kwargs):
    return layers.Activation("softsign")


@adapter("torch.nn.Softsign")
class Softsign(layers.Layer):
    """x / (1 + |x|)."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def call(self, input):
        return ops.softsign(input)


@adapter("torch.nn.Threshold")
class Threshold(layers.Layer):
    """x where it is above the threshold, the value elsewhere."""

    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace

    def call(self, input):
        return activations.threshold(input, self.threshold, self.value)


@adapter("torch.nn.GLU")
class GLU(layers.Layer):
    """The first half of an axis times the sigmoid of the second half."""

    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def call(self, input):
        first, second = ops.split(input, 2, axis=self.dim)
        return first * ops.sigmoid(second)


@translation("torch.nn.Softmax")
def softmax(dim=None):
    if dim is not None:
        return layers.Softmax(axis=dim)


@adapter("torch.nn.Softmax")
class Softmax(layers.Layer):
    """Softmax over an axis; without one, over the first for tensors of 0, 1 or 3 axes and over the second for others."""

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def call(self, input):
        axis = self.dim
        if axis is None:
            axis = 0 if len(input.shape) in (0, 1, 3) else 1
        return ops.softmax(input, axis=axis)


@adapter("torch.nn.Softmin")
class Softmin(layers.Layer):
    """Softmax of -x; without an axis, over the first for tensors of 0, 1 or 3 axes and over the second for others."""

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def call(self, input):
        axis = self.dim
        if axis is None:
            axis = 0 if len(input.shape) in (0, 1, 3) else 1
        return ops.softmax(-input, axis=axis)


@adapter("torch.nn.LogSoftmax")
class LogSoftmax(layers.Layer):
    """log(softmax(x)); without an axis, over the first for tensors of 0, 1 or 3 axes and over the second for others."""

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def call(self, input):
        axis = self.dim
        if axis is None:
            axis = 0 if len(input.shape) in (0, 1, 3) else 1
        return ops.log_softmax(input, axis=axis)


@translation("torch.nn.LogSoftmax")
def log_softmax(dim=None):
    if dim == -1:
        return layers.Activation("log_softmax")


@translation("torch.nn.Softmax2d")
def softmax2d(*args, **kwargs):
    return layers.Softmax(axis=-3)


@adapter("torch.nn.Softmax2d")
class Softmax2d(layers.Layer):
    """Softmax over the channels of images, channels first."""

    def __init__(self, *args, **kwargs):
        super().__init__()

    def call(self, input):
        return ops.softmax(input, axis=-3)


@translation("torch.nn.Dropout")
def dropout(p=0.5, inplace=False):
    return layers.Dropout(p)


@adapter("torch.nn.Dropout")
class Dropout(layers.Dropout):
    """Dropout with probability p."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__(p)
        self.p = p
        self.inplace = inplace


@adapter("helper.ChannelDropout")
class ChannelDropout(layers.Layer):
    """Drops whole channels with probability p, channels first; `rank` axes follow the channels, and the batch may be missing."""

    def __init__(self, p, inplace, rank):
        super().__init__()
        self.p = p
        self.inplace = inplace
        self.rank = rank

    def call(self, input, training=False):
        if not training or self.p == 0:
            return input
        first = len(input.shape) - self.rank
        return keras.random.dropout(input, self.p, noise_shape=ops.shape(input)[:first] + (1,) * self.rank)


@adapter("torch.nn.Dropout1d")
class Dropout1d(ChannelDropout):
    """Drops whole channels of one-dimensional signals."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__(p, inplace, 1)


@translation("torch.nn.Dropout2d")
def dropout2d(p=0.5, inplace=False, made=None):
    if not is_known(input_rank(made)) or input_rank(made) == 4:
        return layers.SpatialDropout2D(p, data_format="channels_first")


@adapter("torch.nn.Dropout2d")
class Dropout2d(ChannelDropout):
    """Drops whole channels of images."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__(p, inplace, 2)


@translation("torch.nn.Dropout3d")
def dropout3d(p=0.5, inplace=False):
    return layers.SpatialDropout3D(p, data_format="channels_first")


@adapter("torch.nn.Dropout3d")
class Dropout3d(ChannelDropout):
    """Drops whole channels of volumes."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__(p, inplace, 3)


@translation("torch.nn.AlphaDropout")
def alpha_dropout(p=0.5, inplace=False):
    return layers.AlphaDropout(p)


@adapter("torch.nn.AlphaDropout")
class AlphaDropout(layers.AlphaDropout):
    """Dropout that keeps mean and variance of self-normalising networks."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__(p)
        self.p = p
        self.inplace = inplace


@adapter("torch.nn.FeatureAlphaDropout")
class FeatureAlphaDropout(layers.AlphaDropout):
    """Dropout of whole channels, on axis 1, that keeps mean and variance of self-normalising networks."""

    def __init__(self, p=0.5, inplace=False):
        super().__init__(p)
        self.p = p
        self.inplace = inplace

    def call(self, inputs, training=False):
        if self.noise_shape is None:
            self.noise_shape = tuple(inputs.shape[:2]) + (1,) * (len(inputs.shape) - 2)
        return super().call(inputs, training=training)
