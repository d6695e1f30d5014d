"""Convolutions on signals, images and volumes with the channels on axis 1."""

import torch.nn.functional as F
from torch import nn


@adapter("netwright.SamePad")
class SamePad(nn.Module):
    """Padding for "same" with strides: as much as the last window needs, the larger part behind."""

    def __init__(self, kernel_size, stride, value=0.0):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride
        self.value = value

    def forward(self, x):
        widths = []
        for size in reversed(x.shape[2:]):
            total = max((-(-size // self.stride) - 1) * self.stride + self.kernel_size - size, 0)
            widths += [total // 2, total - total // 2]
        return F.pad(x, widths, value=self.value)


@adapter("netwright.LazyDepthwiseConv2d")
class LazyDepthwiseConv2d(nn.LazyConv2d):
    """A convolution of each channel by itself, however many there are."""

    def __init__(self, kernel_size, multiplier=1, **options):
        super().__init__(1, kernel_size, **options)
        self.multiplier = multiplier

    def initialize_parameters(self, input):
        self.groups = input.shape[1]
        self.out_channels = self.multiplier * self.groups
        super().initialize_parameters(input)


@translation("keras.layers.Conv1D", layout="channels_first", ranks=(3,), gain=4)
def conv1d(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if padding == "causal":
        return (
            nn.ConstantPad1d(((made.kernel_size[0] - 1) * made.dilation_rate[0], 0), 0.0),
            either(
                nn.Conv1d(made.kernel.shape[1] * made.groups, filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv1d(filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("valid", "VALID") or kernel_size in (1, (1,), [1])):
        return (
            either(
                nn.Conv1d(made.kernel.shape[1] * made.groups, filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv1d(filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("same", "SAME") and strides in (1, (1,), [1])):
        return (
            either(
                nn.Conv1d(made.kernel.shape[1] * made.groups, filters, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv1d(filters, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding == "valid" or (padding == "same" and strides in (1, (1,), [1]))):
        return (
            either(
                nn.Conv1d(made.kernel.shape[1] * made.groups, filters, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv1d(filters, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and isinstance(kernel_size, int) and isinstance(strides, int) and max(made.dilation_rate) == 1:
        return (
            SamePad(kernel_size, strides),
            either(
                nn.Conv1d(made.kernel.shape[1] * made.groups, filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
                nn.LazyConv1d(filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.dilation_rate) == 1:
        return (
            SamePad(max(made.kernel_size), max(made.strides)),
            either(
                nn.Conv1d(made.kernel.shape[1] * made.groups, filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
                nn.LazyConv1d(filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.Conv2D", layout="channels_first", ranks=(4,), gain=4)
def conv2d(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if always(padding in ("valid", "VALID") or kernel_size in (1, (1, 1), [1, 1])):
        return (
            either(
                nn.Conv2d(made.kernel.shape[2] * made.groups, filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv2d(filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("same", "SAME") and strides in (1, (1, 1), [1, 1])):
        return (
            either(
                nn.Conv2d(made.kernel.shape[2] * made.groups, filters, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv2d(filters, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding == "valid" or (padding == "same" and strides in (1, (1, 1), [1, 1]))):
        return (
            either(
                nn.Conv2d(made.kernel.shape[2] * made.groups, filters, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv2d(filters, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and isinstance(kernel_size, int) and isinstance(strides, int) and max(made.dilation_rate) == 1:
        return (
            SamePad(kernel_size, strides),
            either(
                nn.Conv2d(made.kernel.shape[2] * made.groups, filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
                nn.LazyConv2d(filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.dilation_rate) == 1:
        return (
            SamePad(max(made.kernel_size), max(made.strides)),
            either(
                nn.Conv2d(made.kernel.shape[2] * made.groups, filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
                nn.LazyConv2d(filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.Conv3D", layout="channels_first", ranks=(5,), gain=4)
def conv3d(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1, activation=None, use_bias=True, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if always(padding in ("valid", "VALID") or kernel_size in (1, (1, 1, 1), [1, 1, 1])):
        return (
            either(
                nn.Conv3d(made.kernel.shape[3] * made.groups, filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv3d(filters, kernel_size, stride=strides, dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("same", "SAME") and strides in (1, (1, 1, 1), [1, 1, 1])):
        return (
            either(
                nn.Conv3d(made.kernel.shape[3] * made.groups, filters, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv3d(filters, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding == "valid" or (padding == "same" and strides in (1, (1, 1, 1), [1, 1, 1]))):
        return (
            either(
                nn.Conv3d(made.kernel.shape[3] * made.groups, filters, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=groups, bias=use_bias),
                nn.LazyConv3d(filters, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and isinstance(kernel_size, int) and isinstance(strides, int) and max(made.dilation_rate) == 1:
        return (
            SamePad(kernel_size, strides),
            either(
                nn.Conv3d(made.kernel.shape[3] * made.groups, filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
                nn.LazyConv3d(filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.dilation_rate) == 1:
        return (
            SamePad(max(made.kernel_size), max(made.strides)),
            either(
                nn.Conv3d(made.kernel.shape[3] * made.groups, filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
                nn.LazyConv3d(filters, kernel_size, stride=strides, groups=groups, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.DepthwiseConv1D", layout="channels_first", ranks=(3,), gain=4)
def depthwise_conv1d(kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if always(padding in ("valid", "VALID") or kernel_size in (1, (1,), [1])):
        return (
            nn.Conv1d(made.kernel.shape[1], made.kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, dilation=dilation_rate, groups=made.kernel.shape[1], bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("same", "SAME") and strides in (1, (1,), [1])):
        return (
            nn.Conv1d(made.kernel.shape[1], made.kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=made.kernel.shape[1], bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if always(padding == "valid" or (padding == "same" and strides in (1, (1,), [1]))):
        return (
            nn.Conv1d(made.kernel.shape[1], made.kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=made.kernel.shape[1], bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and isinstance(kernel_size, int) and isinstance(strides, int) and max(made.dilation_rate) == 1:
        return (
            SamePad(kernel_size, strides),
            nn.Conv1d(made.kernel.shape[1], made.kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, groups=made.kernel.shape[1], bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.dilation_rate) == 1:
        return (
            SamePad(max(made.kernel_size), max(made.strides)),
            nn.Conv1d(made.kernel.shape[1], made.kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, groups=made.kernel.shape[1], bias=use_bias),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.DepthwiseConv2D", layout="channels_first", ranks=(4,), gain=4)
def depthwise_conv2d(kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1, activation=None, use_bias=True, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if always(padding in ("valid", "VALID") or kernel_size in (1, (1, 1), [1, 1])):
        return (
            either(
                nn.Conv2d(made.kernel.shape[2], made.kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, dilation=dilation_rate, groups=made.kernel.shape[2], bias=use_bias),
                LazyDepthwiseConv2d(kernel_size, multiplier=depth_multiplier, stride=strides, dilation=dilation_rate, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("same", "SAME") and strides in (1, (1, 1), [1, 1])):
        return (
            either(
                nn.Conv2d(made.kernel.shape[2], made.kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=made.kernel.shape[2], bias=use_bias),
                LazyDepthwiseConv2d(kernel_size, multiplier=depth_multiplier, stride=strides, padding="same", dilation=dilation_rate, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if always(padding == "valid" or (padding == "same" and strides in (1, (1, 1), [1, 1]))):
        return (
            either(
                nn.Conv2d(made.kernel.shape[2], made.kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=made.kernel.shape[2], bias=use_bias),
                LazyDepthwiseConv2d(kernel_size, multiplier=depth_multiplier, stride=strides, padding=padding, dilation=dilation_rate, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and isinstance(kernel_size, int) and isinstance(strides, int) and max(made.dilation_rate) == 1:
        return (
            SamePad(kernel_size, strides),
            either(
                nn.Conv2d(made.kernel.shape[2], made.kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, groups=made.kernel.shape[2], bias=use_bias),
                LazyDepthwiseConv2d(kernel_size, multiplier=depth_multiplier, stride=strides, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.dilation_rate) == 1:
        return (
            SamePad(max(made.kernel_size), max(made.strides)),
            either(
                nn.Conv2d(made.kernel.shape[2], made.kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, groups=made.kernel.shape[2], bias=use_bias),
                LazyDepthwiseConv2d(kernel_size, multiplier=depth_multiplier, stride=strides, bias=use_bias),
            ),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.SeparableConv1D", layout="channels_first", ranks=(3,), gain=4)
def separable_conv1d(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1, activation=None, use_bias=True, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if always(padding in ("valid", "VALID") or kernel_size in (1, (1,), [1])):
        return (
            nn.Conv1d(made.depthwise_kernel.shape[1], made.depthwise_kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, dilation=dilation_rate, groups=made.depthwise_kernel.shape[1], bias=False),
            nn.Conv1d(made.depthwise_kernel.shape[1] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("same", "SAME") and strides in (1, (1,), [1])):
        return (
            nn.Conv1d(made.depthwise_kernel.shape[1], made.depthwise_kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=made.depthwise_kernel.shape[1], bias=False),
            nn.Conv1d(made.depthwise_kernel.shape[1] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if always(padding == "valid" or (padding == "same" and strides in (1, (1,), [1]))):
        return (
            nn.Conv1d(made.depthwise_kernel.shape[1], made.depthwise_kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=made.depthwise_kernel.shape[1], bias=False),
            nn.Conv1d(made.depthwise_kernel.shape[1] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and isinstance(kernel_size, int) and isinstance(strides, int) and max(made.dilation_rate) == 1:
        return (
            SamePad(kernel_size, strides),
            nn.Conv1d(made.depthwise_kernel.shape[1], made.depthwise_kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, groups=made.depthwise_kernel.shape[1], bias=False),
            nn.Conv1d(made.depthwise_kernel.shape[1] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.dilation_rate) == 1:
        return (
            SamePad(max(made.kernel_size), max(made.strides)),
            nn.Conv1d(made.depthwise_kernel.shape[1], made.depthwise_kernel.shape[1] * made.depth_multiplier, kernel_size, stride=strides, groups=made.depthwise_kernel.shape[1], bias=False),
            nn.Conv1d(made.depthwise_kernel.shape[1] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.SeparableConv2D", layout="channels_first", ranks=(4,), gain=4)
def separable_conv2d(filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1, activation=None, use_bias=True, made=None, **kwargs):
    if data_format == "channels_first":
        return
    if always(padding in ("valid", "VALID") or kernel_size in (1, (1, 1), [1, 1])):
        return (
            nn.Conv2d(made.depthwise_kernel.shape[2], made.depthwise_kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, dilation=dilation_rate, groups=made.depthwise_kernel.shape[2], bias=False),
            nn.Conv2d(made.depthwise_kernel.shape[2] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if always(padding in ("same", "SAME") and strides in (1, (1, 1), [1, 1])):
        return (
            nn.Conv2d(made.depthwise_kernel.shape[2], made.depthwise_kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, padding="same", dilation=dilation_rate, groups=made.depthwise_kernel.shape[2], bias=False),
            nn.Conv2d(made.depthwise_kernel.shape[2] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if always(padding == "valid" or (padding == "same" and strides in (1, (1, 1), [1, 1]))):
        return (
            nn.Conv2d(made.depthwise_kernel.shape[2], made.depthwise_kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, padding=padding, dilation=dilation_rate, groups=made.depthwise_kernel.shape[2], bias=False),
            nn.Conv2d(made.depthwise_kernel.shape[2] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and isinstance(kernel_size, int) and isinstance(strides, int) and max(made.dilation_rate) == 1:
        return (
            SamePad(kernel_size, strides),
            nn.Conv2d(made.depthwise_kernel.shape[2], made.depthwise_kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, groups=made.depthwise_kernel.shape[2], bias=False),
            nn.Conv2d(made.depthwise_kernel.shape[2] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )
    if padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.dilation_rate) == 1:
        return (
            SamePad(max(made.kernel_size), max(made.strides)),
            nn.Conv2d(made.depthwise_kernel.shape[2], made.depthwise_kernel.shape[2] * made.depth_multiplier, kernel_size, stride=strides, groups=made.depthwise_kernel.shape[2], bias=False),
            nn.Conv2d(made.depthwise_kernel.shape[2] * made.depth_multiplier, filters, 1, bias=use_bias),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.Conv1DTranspose", layout="channels_first", ranks=(3,), gain=4)
def conv1d_transpose(filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1, activation=None, use_bias=True,
                     made=None, **kwargs):
    if data_format == "channels_first" or output_padding is not None or dilation_rate not in (1, (1,)):
        return
    if made.padding in ("valid", "VALID") and min(made.kernel_size) >= max(made.strides):
        return nn.ConvTranspose1d(made.kernel.shape[2], filters, kernel_size, stride=strides, bias=use_bias), activation_module(spelled(activation), 1)
    if made.padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.kernel_size) >= max(made.strides):
        if (max(made.kernel_size) - max(made.strides)) % 2 == 0:
            return (
                nn.ConvTranspose1d(made.kernel.shape[2], filters, kernel_size, stride=strides, padding=(max(made.kernel_size) - max(made.strides)) // 2, bias=use_bias),
                activation_module(spelled(activation), 1),
            )
        if max(made.kernel_size) - max(made.strides) == 1:
            return nn.ConvTranspose1d(made.kernel.shape[2], filters, kernel_size, stride=strides, bias=use_bias), nn.ConstantPad1d((0, -1), 0.0), activation_module(spelled(activation), 1)
        return (
            nn.ConvTranspose1d(made.kernel.shape[2], filters, kernel_size, stride=strides, padding=(max(made.kernel_size) - max(made.strides)) // 2, bias=use_bias),
            nn.ConstantPad1d((0, -1), 0.0),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.Conv2DTranspose", layout="channels_first", ranks=(4,), gain=4)
def conv2d_transpose(filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1, activation=None, use_bias=True,
                     made=None, **kwargs):
    if data_format == "channels_first" or output_padding is not None or dilation_rate not in (1, (1, 1)):
        return
    if made.padding in ("valid", "VALID") and min(made.kernel_size) >= max(made.strides):
        return nn.ConvTranspose2d(made.kernel.shape[3], filters, kernel_size, stride=strides, bias=use_bias), activation_module(spelled(activation), 1)
    if made.padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.kernel_size) >= max(made.strides):
        if (max(made.kernel_size) - max(made.strides)) % 2 == 0:
            return (
                nn.ConvTranspose2d(made.kernel.shape[3], filters, kernel_size, stride=strides, padding=(max(made.kernel_size) - max(made.strides)) // 2, bias=use_bias),
                activation_module(spelled(activation), 1),
            )
        if max(made.kernel_size) - max(made.strides) == 1:
            return nn.ConvTranspose2d(made.kernel.shape[3], filters, kernel_size, stride=strides, bias=use_bias), nn.ZeroPad2d((0, -1, 0, -1)), activation_module(spelled(activation), 1)
        return (
            nn.ConvTranspose2d(made.kernel.shape[3], filters, kernel_size, stride=strides, padding=(max(made.kernel_size) - max(made.strides)) // 2, bias=use_bias),
            nn.ZeroPad2d((0, -1, 0, -1)),
            activation_module(spelled(activation), 1),
        )


@translation("keras.layers.Conv3DTranspose", layout="channels_first", ranks=(5,), gain=4)
def conv3d_transpose(filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1, activation=None, use_bias=True,
                     made=None, **kwargs):
    if data_format == "channels_first" or output_padding is not None or dilation_rate not in (1, (1, 1, 1)):
        return
    if made.padding in ("valid", "VALID") and min(made.kernel_size) >= max(made.strides):
        return nn.ConvTranspose3d(made.kernel.shape[4], filters, kernel_size, stride=strides, bias=use_bias), activation_module(spelled(activation), 1)
    if made.padding in ("same", "SAME") and max(made.strides) == min(made.strides) and max(made.kernel_size) == min(made.kernel_size) and max(made.kernel_size) >= max(made.strides):
        if (max(made.kernel_size) - max(made.strides)) % 2 == 0:
            return (
                nn.ConvTranspose3d(made.kernel.shape[4], filters, kernel_size, stride=strides, padding=(max(made.kernel_size) - max(made.strides)) // 2, bias=use_bias),
                activation_module(spelled(activation), 1),
            )
        if max(made.kernel_size) - max(made.strides) == 1:
            return nn.ConvTranspose3d(made.kernel.shape[4], filters, kernel_size, stride=strides, bias=use_bias), nn.ConstantPad3d((0, -1, 0, -1, 0, -1), 0.0), activation_module(spelled(activation), 1)
        return (
            nn.ConvTranspose3d(made.kernel.shape[4], filters, kernel_size, stride=strides, padding=(max(made.kernel_size) - max(made.strides)) // 2, bias=use_bias),
            nn.ConstantPad3d((0, -1, 0, -1, 0, -1), 0.0),
            activation_module(spelled(activation), 1),
        )
