"""Pooling, channels first."""

from keras import layers, ops


@translation("torch.nn.MaxPool2d")
def max_pool2d(kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
    if padding in (0, (0, 0)) and dilation in (1, (1, 1)) and not return_indices and not ceil_mode:
        return layers.MaxPooling2D(kernel_size, strides=stride, data_format="channels_first")


@translation("torch.nn.AvgPool2d")
def avg_pool2d(kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    if padding in (0, (0, 0)) and not ceil_mode and divisor_override is None:
        return layers.AveragePooling2D(kernel_size, strides=stride, data_format="channels_first")


@translation("torch.nn.AdaptiveAvgPool2d")
def adaptive_avg_pool2d(output_size):
    if output_size in (1, (1, 1)):
        return layers.GlobalAveragePooling2D(keepdims=True, data_format="channels_first")
    if isinstance(output_size, int) or isinstance(output_size, tuple) and None not in output_size:
        return layers.AdaptiveAveragePooling2D(output_size, data_format="channels_first")
