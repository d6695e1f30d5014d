"""Normalisation."""

import math

RUNNING_VARIANCE = "the running variance takes the biased variance of a batch, PyTorch's the unbiased one"

from keras import layers, ops


@translation("torch.nn.BatchNorm1d")
def batch_norm1d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@translation("torch.nn.BatchNorm2d")
def batch_norm2d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@translation("torch.nn.BatchNorm3d")
def batch_norm3d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@translation("torch.nn.SyncBatchNorm")
def sync_batch_norm(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and process_group is None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@translation("torch.nn.LazyBatchNorm1d")
def lazy_batch_norm1d(eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@translation("torch.nn.LazyBatchNorm2d")
def lazy_batch_norm2d(eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@translation("torch.nn.LazyBatchNorm3d")
def lazy_batch_norm3d(eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None and bias:
        return noted(RUNNING_VARIANCE, layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine, scale=affine))


@adapter("torch.nn._BatchNorm")
class BatchNorm(layers.Layer):
    """Batch normalisation over axis 1; the running variance is the unbiased one, momentum is the weight of the new value."""

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        self.weight = self.bias = self.running_mean = self.running_var = None
        if affine:
            self.weight = self.add_weight(shape=(num_features,), initializer="ones", name="weight")
        if affine and bias:
            self.bias = self.add_weight(shape=(num_features,), initializer="zeros", name="bias")
        if track_running_stats:
            self.running_mean = self.add_weight(shape=(num_features,), initializer="zeros", trainable=False, name="running_mean")
            self.running_var = self.add_weight(shape=(num_features,), initializer="ones", trainable=False, name="running_var")
            self.num_batches_tracked = self.add_weight(shape=(), initializer="zeros", dtype="int32", trainable=False, name="num_batches_tracked")

    def call(self, input, training=False):
        mean, variance = self.running_mean, self.running_var
        if training or not self.track_running_stats:
            axes = [axis for axis in range(len(input.shape)) if axis != 1]
            mean, variance = ops.moments(input, axes)
            if training and self.track_running_stats:
                self.update(mean, variance, ops.size(input) / self.num_features)
        return ops.batch_normalization(input, mean, variance, 1, offset=self.bias, scale=self.weight, epsilon=self.eps)

    def update(self, mean, variance, count):
        count = ops.cast(count, variance.dtype)
        self.num_batches_tracked.assign(self.num_batches_tracked + 1)
        momentum = self.momentum
        if momentum is None:
            momentum = 1 / ops.cast(self.num_batches_tracked, variance.dtype)
        self.running_mean.assign(self.running_mean + momentum * (mean - self.running_mean))
        self.running_var.assign(self.running_var + momentum * (variance * count / (count - 1) - self.running_var))


@adapter("torch.nn.BatchNorm1d")
class BatchNorm1d(BatchNorm):
    """Batch normalisation of vectors or one-dimensional signals, channels first."""


@adapter("torch.nn.BatchNorm2d")
class BatchNorm2d(BatchNorm):
    """Batch normalisation of images, channels first."""


@adapter("torch.nn.BatchNorm3d")
class BatchNorm3d(BatchNorm):
    """Batch normalisation of volumes, channels first."""


@dropped("torch.nn.BatchNorm1d._check_input_dim", note="a check of the input's axes")
def batch_norm1d_check_input_dim(self, input):
    pass


@dropped("torch.nn.BatchNorm2d._check_input_dim", note="a check of the input's axes")
def batch_norm2d_check_input_dim(self, input):
    pass


@dropped("torch.nn.BatchNorm3d._check_input_dim", note="a check of the input's axes")
def batch_norm3d_check_input_dim(self, input):
    pass


@dropped("torch.nn.InstanceNorm1d._check_input_dim", note="a check of the input's axes")
def instance_norm1d_check_input_dim(self, input):
    pass


@dropped("torch.nn.InstanceNorm2d._check_input_dim", note="a check of the input's axes")
def instance_norm2d_check_input_dim(self, input):
    pass


@dropped("torch.nn.InstanceNorm3d._check_input_dim", note="a check of the input's axes")
def instance_norm3d_check_input_dim(self, input):
    pass


@adapter("torch.nn.SyncBatchNorm")
class SyncBatchNorm(BatchNorm):
    """Batch normalisation; the group of processes is the one that the program runs with."""

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None, *, bias=True):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, bias=bias)
        self.process_group = process_group


@translation("torch.nn.SyncBatchNorm.convert_sync_batchnorm")
def convert_sync_batchnorm(module, process_group=None):
    return module


@translation("torch.nn.LayerNorm")
def layer_norm(normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None):
    if not bias and elementwise_affine and (isinstance(normalized_shape, int) or len(normalized_shape) == 1):
        return layers.LayerNormalization(epsilon=eps, center=False)
    if isinstance(normalized_shape, int) or len(normalized_shape) == 1:
        return layers.LayerNormalization(epsilon=eps, center=elementwise_affine, scale=elementwise_affine)
    if bias and len(normalized_shape) == 2:
        return layers.LayerNormalization(axis=[-2, -1], epsilon=eps, center=elementwise_affine, scale=elementwise_affine)
    if bias and len(normalized_shape) == 3:
        return layers.LayerNormalization(axis=[-3, -2, -1], epsilon=eps, center=elementwise_affine, scale=elementwise_affine)


@adapter("torch.nn.LayerNorm")
class LayerNorm(layers.Layer):
    """Layer normalisation over the last axes, which have the sizes normalized_shape."""

    def __init__(self, normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        self.weight = self.bias = None
        if elementwise_affine:
            self.weight = self.add_weight(shape=self.normalized_shape, initializer="ones", name="weight")
        if elementwise_affine and bias:
            self.bias = self.add_weight(shape=self.normalized_shape, initializer="zeros", name="bias")

    def call(self, input):
        axes = list(range(-len(self.normalized_shape), 0))
        mean = ops.mean(input, axis=axes, keepdims=True)
        variance = ops.var(input, axis=axes, keepdims=True)
        output = (input - mean) * ops.rsqrt(variance + self.eps)
        if self.weight is not None:
            output = output * self.weight
        return output if self.bias is None else output + self.bias


@translation("torch.nn.RMSNorm")
def rms_norm(normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None):
    if elementwise_affine and (isinstance(normalized_shape, int) or len(normalized_shape) == 1):
        if eps is None:
            return layers.RMSNormalization(epsilon=1.1920928955078125e-07)
        return layers.RMSNormalization(epsilon=eps)


@adapter("torch.nn.RMSNorm")
class RMSNorm(layers.Layer):
    """Division by the root of the mean square over the last axes; eps is the one of float32 where none is given."""

    def __init__(self, normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = (normalized_shape,) if isinstance(normalized_shape, int) else tuple(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        self.weight = self.add_weight(shape=self.normalized_shape, initializer="ones", name="weight") if elementwise_affine else None

    def call(self, x):
        axes = list(range(-len(self.normalized_shape), 0))
        eps = 1.1920928955078125e-07 if self.eps is None else self.eps
        output = x * ops.rsqrt(ops.mean(ops.square(x), axis=axes, keepdims=True) + eps)
        return output if self.weight is None else output * self.weight


@translation("torch.nn.GroupNorm")
def group_norm(num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True):
    if bias:
        return layers.GroupNormalization(num_groups, axis=1, epsilon=eps, center=affine, scale=affine)


@adapter("torch.nn.GroupNorm")
class GroupNorm(layers.Layer):
    """Normalisation over groups of channels, channels first."""

    def __init__(self, num_groups, num_channels, eps=1e-05, affine=True, device=None, dtype=None, *, bias=True):
        super().__init__()
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        self.weight = self.bias = None
        if affine:
            self.weight = self.add_weight(shape=(num_channels,), initializer="ones", name="weight")
        if affine and bias:
            self.bias = self.add_weight(shape=(num_channels,), initializer="zeros", name="bias")

    def call(self, input):
        shape = ops.shape(input)
        groups = ops.reshape(input, (shape[0], self.num_groups, -1))
        mean = ops.mean(groups, axis=-1, keepdims=True)
        variance = ops.var(groups, axis=-1, keepdims=True)
        output = ops.reshape((groups - mean) * ops.rsqrt(variance + self.eps), shape)
        channels = (-1,) + (1,) * (len(shape) - 2)
        if self.weight is not None:
            output = output * ops.reshape(self.weight, channels)
        return output if self.bias is None else output + ops.reshape(self.bias, channels)


@adapter("torch.nn._InstanceNorm")
class InstanceNorm(layers.Layer):
    """Normalisation of each channel of each sample, channels first; with running statistics only if asked for."""

    axes = None  # with the batch axis, which may be missing

    def __init__(self, num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        self.weight = self.bias = self.running_mean = self.running_var = None
        if affine:
            self.weight = self.add_weight(shape=(num_features,), initializer="ones", name="weight")
        if affine and bias:
            self.bias = self.add_weight(shape=(num_features,), initializer="zeros", name="bias")
        if track_running_stats:
            self.running_mean = self.add_weight(shape=(num_features,), initializer="zeros", trainable=False, name="running_mean")
            self.running_var = self.add_weight(shape=(num_features,), initializer="ones", trainable=False, name="running_var")

    def call(self, input, training=False):
        return batched(lambda x: self.normalise(x, training), input, self.axes or len(input.shape))

    def normalise(self, input, training):
        if self.track_running_stats and not training:
            return ops.batch_normalization(input, self.running_mean, self.running_var, 1, offset=self.bias, scale=self.weight, epsilon=self.eps)
        axes = list(range(2, len(input.shape)))
        channels = (-1,) + (1,) * len(axes)
        mean, variance = ops.moments(input, axes, keepdims=True)
        if self.track_running_stats:
            self.update(mean, variance, math.prod(ops.shape(input)[2:]))
        output = (input - mean) * ops.rsqrt(variance + self.eps)
        if self.weight is not None:
            output = output * ops.reshape(self.weight, channels)
        return output if self.bias is None else output + ops.reshape(self.bias, channels)

    def update(self, mean, variance, count):
        mean = ops.reshape(ops.mean(mean, axis=0), (-1,))
        variance = ops.reshape(ops.mean(variance, axis=0), (-1,)) * count / (count - 1)
        self.running_mean.assign(self.running_mean + self.momentum * (mean - self.running_mean))
        self.running_var.assign(self.running_var + self.momentum * (variance - self.running_var))


@translation("torch.nn.InstanceNorm1d")
def instance_norm1d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 3:
        return
    if not track_running_stats and bias:
        return layers.GroupNormalization(-1, axis=1, epsilon=eps, center=affine, scale=affine)


@adapter("torch.nn.InstanceNorm1d")
class InstanceNorm1d(InstanceNorm):
    """Instance normalisation of one-dimensional signals, channels first."""

    axes = 3


@translation("torch.nn.InstanceNorm2d")
def instance_norm2d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 4:
        return
    if not track_running_stats and bias:
        return layers.GroupNormalization(-1, axis=1, epsilon=eps, center=affine, scale=affine)


@adapter("torch.nn.InstanceNorm2d")
class InstanceNorm2d(InstanceNorm):
    """Instance normalisation of images, channels first."""

    axes = 4


@translation("torch.nn.InstanceNorm3d")
def instance_norm3d(num_features, eps=1e-05, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None, *, bias=True, made=None):
    if is_known(input_rank(made)) and input_rank(made) != 5:
        return
    if not track_running_stats and bias:
        return layers.GroupNormalization(-1, axis=1, epsilon=eps, center=affine, scale=affine)


@adapter("torch.nn.InstanceNorm3d")
class InstanceNorm3d(InstanceNorm):
    """Instance normalisation of volumes, channels first."""

    axes = 5


@adapter("torch.nn.LocalResponseNorm")
class LocalResponseNorm(layers.Layer):
    """Division by a power of the mean square of `size` neighbouring channels, channels first."""

    def __init__(self, size, alpha=0.0001, beta=0.75, k=1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def call(self, input):
        channels = input.shape[1]
        widths = [(0, 0), (self.size // 2, (self.size - 1) // 2)] + [(0, 0)] * (len(input.shape) - 2)
        squares = ops.pad(ops.square(input), widths)
        total = sum(squares[:, i:i + channels] for i in range(self.size))
        return input / (self.k + self.alpha * total / self.size) ** self.beta
