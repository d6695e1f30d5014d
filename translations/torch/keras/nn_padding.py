"""Padding of the last axes."""

from keras import layers, ops


@adapter("helper.Padding")
class Padding(layers.Layer):
    """Pads the last `count` axes; `padding` is one number, or a pair for each axis, the last axis first."""

    def __init__(self, padding, count, mode, value=0.0):
        super().__init__()
        self.padding = sizes(padding, 2 * count)
        self.mode = mode
        self.value = value

    def call(self, input):
        before, after = self.padding[::2][::-1], self.padding[1::2][::-1]
        return pad_axes(input, list(zip(before, after)), self.mode, self.value)


@adapter("torch.nn.CircularPad1d")
class CircularPad1d(Padding):
    """Pads one-dimensional signals (circular)."""

    def __init__(self, padding):
        super().__init__(padding, 1, "circular")


@adapter("torch.nn.CircularPad2d")
class CircularPad2d(Padding):
    """Pads images (circular)."""

    def __init__(self, padding):
        super().__init__(padding, 2, "circular")


@adapter("torch.nn.CircularPad3d")
class CircularPad3d(Padding):
    """Pads volumes (circular)."""

    def __init__(self, padding):
        super().__init__(padding, 3, "circular")


@adapter("torch.nn.ReflectionPad1d")
class ReflectionPad1d(Padding):
    """Pads one-dimensional signals (reflect)."""

    def __init__(self, padding):
        super().__init__(padding, 1, "reflect")


@adapter("torch.nn.ReflectionPad2d")
class ReflectionPad2d(Padding):
    """Pads images (reflect)."""

    def __init__(self, padding):
        super().__init__(padding, 2, "reflect")


@adapter("torch.nn.ReflectionPad3d")
class ReflectionPad3d(Padding):
    """Pads volumes (reflect)."""

    def __init__(self, padding):
        super().__init__(padding, 3, "reflect")


@adapter("torch.nn.ReplicationPad1d")
class ReplicationPad1d(Padding):
    """Pads one-dimensional signals (replicate)."""

    def __init__(self, padding):
        super().__init__(padding, 1, "replicate")


@adapter("torch.nn.ReplicationPad2d")
class ReplicationPad2d(Padding):
    """Pads images (replicate)."""

    def __init__(self, padding):
        super().__init__(padding, 2, "replicate")


@adapter("torch.nn.ReplicationPad3d")
class ReplicationPad3d(Padding):
    """Pads volumes (replicate)."""

    def __init__(self, padding):
        super().__init__(padding, 3, "replicate")


@adapter("torch.nn.ConstantPad1d")
class ConstantPad1d(Padding):
    """Pads one-dimensional signals with a value."""

    def __init__(self, padding, value):
        super().__init__(padding, 1, "constant", value)


@adapter("torch.nn.ConstantPad2d")
class ConstantPad2d(Padding):
    """Pads images with a value."""

    def __init__(self, padding, value):
        super().__init__(padding, 2, "constant", value)


@adapter("torch.nn.ConstantPad3d")
class ConstantPad3d(Padding):
    """Pads volumes with a value."""

    def __init__(self, padding, value):
        super().__init__(padding, 3, "constant", value)


@adapter("torch.nn.ZeroPad1d")
class ZeroPad1d(Padding):
    """Pads one-dimensional signals with zeros."""

    def __init__(self, padding):
        super().__init__(padding, 1, "constant")


@translation("torch.nn.ZeroPad2d")
def zero_pad2d(padding):
    if isinstance(padding, int) and padding >= 0:
        return layers.ZeroPadding2D(padding, data_format="channels_first")


@adapter("torch.nn.ZeroPad2d")
class ZeroPad2d(Padding):
    """Pads images with zeros."""

    def __init__(self, padding):
        super().__init__(padding, 2, "constant")


@translation("torch.nn.ZeroPad3d")
def zero_pad3d(padding):
    if isinstance(padding, int) and padding >= 0:
        return layers.ZeroPadding3D(padding, data_format="channels_first")


@adapter("torch.nn.ZeroPad3d")
class ZeroPad3d(Padding):
    """Pads volumes with zeros."""

    def __init__(self, padding):
        super().__init__(padding, 3, "constant")
