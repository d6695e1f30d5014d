"""Pooling, padding, cropping and resizing with the channels on axis 1."""

from torch import nn


@translation("keras.layers.MaxPooling1D", layout="channels_first", ranks=(3,), gain=2)
def max_pooling1d(pool_size=2, strides=None, padding="valid", data_format=None, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if padding in ("valid", "VALID"):
        return nn.MaxPool1d(pool_size, stride=strides)
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.pool_size) == min(made.pool_size):
        return SamePad(max(made.pool_size), max(made.strides), value=-math.inf), nn.MaxPool1d(pool_size, stride=strides)


@translation("keras.layers.AveragePooling1D", layout="channels_first", ranks=(3,), gain=2)
def average_pooling1d(pool_size, strides=None, padding="valid", data_format=None, made=None, **kwargs):
    if data_format != "channels_first" and padding in ("valid", "VALID"):
        return nn.AvgPool1d(pool_size, stride=strides)
    if data_format != "channels_first" and padding in ("same", "SAME") and max(made.strides) == 1 and max(made.pool_size) == min(made.pool_size) and max(made.pool_size) % 2 == 1:
        return nn.AvgPool1d(pool_size, stride=strides, padding=max(made.pool_size) // 2, count_include_pad=False)


@translation("keras.layers.GlobalAveragePooling1D", layout="channels_first", ranks=(3,), gain=2)
def global_average_pooling1d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first":
        return nn.AdaptiveAvgPool1d(1), () if keepdims else nn.Flatten()


@translation("keras.layers.GlobalMaxPooling1D", layout="channels_first", ranks=(3,), gain=2)
def global_max_pooling1d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first":
        return nn.AdaptiveMaxPool1d(1), () if keepdims else nn.Flatten()


@translation("keras.layers.MaxPooling2D", layout="channels_first", ranks=(4,), gain=2)
def max_pooling2d(pool_size=2, strides=None, padding="valid", data_format=None, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if padding in ("valid", "VALID"):
        return nn.MaxPool2d(pool_size, stride=strides)
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.pool_size) == min(made.pool_size):
        return SamePad(max(made.pool_size), max(made.strides), value=-math.inf), nn.MaxPool2d(pool_size, stride=strides)


@translation("keras.layers.AveragePooling2D", layout="channels_first", ranks=(4,), gain=2)
def average_pooling2d(pool_size, strides=None, padding="valid", data_format=None, made=None, **kwargs):
    if data_format != "channels_first" and padding in ("valid", "VALID"):
        return nn.AvgPool2d(pool_size, stride=strides)
    if data_format != "channels_first" and padding in ("same", "SAME") and max(made.strides) == 1 and max(made.pool_size) == min(made.pool_size) and max(made.pool_size) % 2 == 1:
        return nn.AvgPool2d(pool_size, stride=strides, padding=max(made.pool_size) // 2, count_include_pad=False)


@translation("keras.layers.GlobalAveragePooling2D", layout="channels_first", ranks=(4,), gain=2)
def global_average_pooling2d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first":
        return nn.AdaptiveAvgPool2d(1), () if keepdims else nn.Flatten()


@translation("keras.layers.GlobalMaxPooling2D", layout="channels_first", ranks=(4,), gain=2)
def global_max_pooling2d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first":
        return nn.AdaptiveMaxPool2d(1), () if keepdims else nn.Flatten()


@translation("keras.layers.MaxPooling3D", layout="channels_first", ranks=(5,), gain=2)
def max_pooling3d(pool_size=2, strides=None, padding="valid", data_format=None, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if padding in ("valid", "VALID"):
        return nn.MaxPool3d(pool_size, stride=strides)
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.pool_size) == min(made.pool_size):
        return SamePad(max(made.pool_size), max(made.strides), value=-math.inf), nn.MaxPool3d(pool_size, stride=strides)


@translation("keras.layers.AveragePooling3D", layout="channels_first", ranks=(5,), gain=2)
def average_pooling3d(pool_size, strides=None, padding="valid", data_format=None, made=None, **kwargs):
    if data_format != "channels_first" and padding in ("valid", "VALID"):
        return nn.AvgPool3d(pool_size, stride=strides)
    if data_format != "channels_first" and padding in ("same", "SAME") and max(made.strides) == 1 and max(made.pool_size) == min(made.pool_size) and max(made.pool_size) % 2 == 1:
        return nn.AvgPool3d(pool_size, stride=strides, padding=max(made.pool_size) // 2, count_include_pad=False)


@translation("keras.layers.GlobalAveragePooling3D", layout="channels_first", ranks=(5,), gain=2)
def global_average_pooling3d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first":
        return nn.AdaptiveAvgPool3d(1), () if keepdims else nn.Flatten()


@translation("keras.layers.GlobalMaxPooling3D", layout="channels_first", ranks=(5,), gain=2)
def global_max_pooling3d(data_format=None, keepdims=False, **kwargs):
    if data_format != "channels_first":
        return nn.AdaptiveMaxPool3d(1), () if keepdims else nn.Flatten()


@translation("keras.layers.ZeroPadding1D", layout="channels_first", ranks=(3,), gain=1)
def zero_padding1d(padding=1, data_format=None, made=None, **kwargs):
    if data_format != "channels_first":
        return nn.ConstantPad1d((made.padding[0], made.padding[1]), 0.0)


@translation("keras.layers.ZeroPadding2D", layout="channels_first", ranks=(4,), gain=1)
def zero_padding2d(padding=1, data_format=None, made=None, **kwargs):
    if data_format != "channels_first":
        return nn.ZeroPad2d(padding if isinstance(padding, int) else (made.padding[1][0], made.padding[1][1], made.padding[0][0], made.padding[0][1]))


@translation("keras.layers.Cropping1D", layout="channels_first", ranks=(3,), gain=1)
def cropping1d(cropping=(1, 1), made=None, **kwargs):
    return nn.ConstantPad1d((-made.cropping[0], -made.cropping[1]), 0.0)


@translation("keras.layers.Cropping2D", layout="channels_first", ranks=(4,), gain=1)
def cropping2d(cropping=0, data_format=None, made=None, **kwargs):
    if data_format != "channels_first":
        return nn.ZeroPad2d((-made.cropping[1][0], -made.cropping[1][1], -made.cropping[0][0], -made.cropping[0][1]))


@translation("keras.layers.UpSampling2D", layout="channels_first", ranks=(4,), gain=1)
def up_sampling2d(size=2, data_format=None, interpolation="nearest", **kwargs):
    if data_format != "channels_first" and interpolation == "nearest":
        return nn.Upsample(scale_factor=size)
    if data_format != "channels_first" and interpolation == "bilinear":
        return nn.Upsample(scale_factor=size, mode="bilinear")


@translation("keras.layers.SpatialDropout1D", layout="channels_first", ranks=(3,), gain=1)
def spatial_dropout1d(rate, **kwargs):
    return nn.Dropout1d(rate)


@translation("keras.layers.SpatialDropout2D", layout="channels_first", ranks=(4,), gain=1)
def spatial_dropout2d(rate, data_format=None, **kwargs):
    if data_format != "channels_first":
        return nn.Dropout2d(rate)
