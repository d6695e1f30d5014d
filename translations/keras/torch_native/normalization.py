"""Normalisation."""

from torch import nn

RUNNING_VARIANCE = "the running variance takes the unbiased variance of a batch, Keras's the biased one"


@translation("keras.layers.BatchNormalization")
def batch_normalization(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, made=None, **kwargs):
    if made.axis == made.input_spec.ndim - 1 or made.axis == -1:
        if made.input_spec.ndim == 2 and center and scale:
            return noted(RUNNING_VARIANCE, nn.BatchNorm1d(made.gamma.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6)))
        if made.input_spec.ndim == 2 and not center and not scale:
            return noted(RUNNING_VARIANCE, nn.BatchNorm1d(made.moving_mean.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6), affine=False))


@translation("keras.layers.BatchNormalization", layout="channels_first", ranks=(3, 4, 5), gain=2)
def batch_normalization_of_images(axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, made=None, **kwargs):
    if is_unreached(made) and center and scale and momentum == 0.99:
        return nn.LazyBatchNorm2d(eps=epsilon, momentum=0.01)
    if is_unreached(made) and center and scale:
        return nn.LazyBatchNorm2d(eps=epsilon, momentum=1 - momentum)
    if made.axis == made.input_spec.ndim - 1 or made.axis == -1:
        if made.input_spec.ndim == 3 and center and scale:
            return noted(RUNNING_VARIANCE, either(
                nn.BatchNorm1d(made.gamma.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6)),
                nn.LazyBatchNorm1d(eps=epsilon, momentum=round(1 - made.momentum, 6)),
            ))
        if made.input_spec.ndim == 3 and not center and not scale:
            return noted(RUNNING_VARIANCE, nn.BatchNorm1d(made.moving_mean.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6), affine=False))
        if made.input_spec.ndim == 4 and center and scale:
            return noted(RUNNING_VARIANCE, either(
                nn.BatchNorm2d(made.gamma.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6)),
                nn.LazyBatchNorm2d(eps=epsilon, momentum=round(1 - made.momentum, 6)),
            ))
        if made.input_spec.ndim == 4 and not center and not scale:
            return noted(RUNNING_VARIANCE, nn.BatchNorm2d(made.moving_mean.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6), affine=False))
        if made.input_spec.ndim == 5 and center and scale:
            return noted(RUNNING_VARIANCE, either(
                nn.BatchNorm3d(made.gamma.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6)),
                nn.LazyBatchNorm3d(eps=epsilon, momentum=round(1 - made.momentum, 6)),
            ))
        if made.input_spec.ndim == 5 and not center and not scale:
            return noted(RUNNING_VARIANCE, nn.BatchNorm3d(made.moving_mean.shape[0], eps=epsilon, momentum=round(1 - made.momentum, 6), affine=False))


@translation("keras.layers.LayerNormalization")
def layer_normalization(axis=-1, epsilon=0.001, center=True, scale=True, made=None, **kwargs):
    if (made.axis == -1 or made.axis == [-1]) and center and scale:
        return nn.LayerNorm(made.gamma.shape[0], eps=epsilon)
    if (made.axis == -1 or made.axis == [-1]) and scale:
        return nn.LayerNorm(made.gamma.shape[0], eps=epsilon, bias=False)
