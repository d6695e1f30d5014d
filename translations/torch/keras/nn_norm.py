"""Normalisation."""

from keras import layers, ops


@translation("torch.nn.BatchNorm1d")
def batch_norm1d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None:
        return layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine and bias, scale=affine)


@translation("torch.nn.BatchNorm2d")
def batch_norm2d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None:
        return layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine and bias, scale=affine)


@translation("torch.nn.BatchNorm3d")
def batch_norm3d(num_features, eps=1e-05, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None, *, bias=True):
    if track_running_stats and momentum is not None:
        return layers.BatchNormalization(axis=1, momentum=1 - momentum, epsilon=eps, center=affine and bias, scale=affine)


@translation("torch.nn.LayerNorm")
def layer_norm(normalized_shape, eps=1e-05, elementwise_affine=True, bias=True, device=None, dtype=None):
    if isinstance(normalized_shape, int) or len(normalized_shape) == 1:
        return layers.LayerNormalization(epsilon=eps, center=elementwise_affine and bias, scale=elementwise_affine)
    if len(normalized_shape) == 2:
        return layers.LayerNormalization(axis=[-2, -1], epsilon=eps, center=elementwise_affine and bias, scale=elementwise_affine)
    if len(normalized_shape) == 3:
        return layers.LayerNormalization(axis=[-3, -2, -1], epsilon=eps, center=elementwise_affine and bias, scale=elementwise_affine)
