"""What builders of classifiers of images share, and checks of options."""

import torch


@adapter("keras.src.applications.imagenet_utils.obtain_input_shape")
def obtain_input_shape(input_shape, default_size, min_size, data_format, require_flatten, weights=None):
    """The shape of a model's images, without their number."""
    first = data_format == "channels_first"
    channels = 3
    if weights != "imagenet" and input_shape and len(input_shape) == 3:
        channels = input_shape[0] if first else input_shape[-1]
    default_shape = (channels, default_size, default_size) if first else (default_size, default_size, channels)
    if weights == "imagenet" and require_flatten:
        if input_shape is not None and input_shape != default_shape:
            raise ValueError(f"`input_shape` should be {default_shape}, not {input_shape}.")
        return default_shape
    if input_shape:
        if len(input_shape) != 3:
            raise ValueError("`input_shape` must be a tuple of three integers.")
        if weights == "imagenet" and input_shape[0 if first else -1] != 3:
            raise ValueError(f"The input must have 3 channels: {input_shape}.")
        if any(size is not None and size < min_size for size in (input_shape[1:] if first else input_shape[:2])):
            raise ValueError(f"Input size must be at least {min_size}x{min_size}: {input_shape}.")
    elif require_flatten:
        input_shape = default_shape
    else:
        input_shape = (3, None, None) if first else (None, None, 3)
    if require_flatten and None in input_shape:
        raise ValueError(f"If `include_top` is True, you should specify a static `input_shape`: {input_shape}.")
    return input_shape


@adapter("keras.src.applications.imagenet_utils.correct_pad")
def correct_pad(inputs, kernel_size):
    """The padding of images in front of a convolution that halves them."""
    height, width = inputs.shape[1:3]
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    adjust = (1, 1) if height is None else (1 - height % 2, 1 - width % 2)
    half = (kernel_size[0] // 2, kernel_size[1] // 2)
    return ((half[0] - adjust[0], half[0]), (half[1] - adjust[1], half[1]))


@adapter("keras.src.applications.imagenet_utils.validate_activation")
def validate_activation(classifier_activation, weights):
    """Weights of somebody else's training go with their own activation."""
    named = classifier_activation is None or isinstance(classifier_activation, str)
    name = classifier_activation if named else getattr(classifier_activation, "__name__", "")
    if weights is not None and name not in (None, "linear", "softmax"):
        raise ValueError(f"Only `None` and `softmax` go with pretrained weights, not {classifier_activation}.")


@adapter("keras.src.utils.argument_validation.standardize_tuple")
def standardize_tuple(value, n, name, allow_zero=False):
    """A number, or several, as so many."""
    found = (value,) * n if isinstance(value, int) else tuple(value)
    if len(found) != n or any(one < 0 or (one == 0 and not allow_zero) for one in found):
        raise ValueError(f"The `{name}` argument must be a tuple of {n} integers, not {value}.")
    return found


@adapter("keras.src.utils.argument_validation.standardize_padding")
def standardize_padding(value, allow_causal=False):
    """The name of a padding in small letters."""
    padding = value if isinstance(value, (list, tuple)) else value.lower()
    if isinstance(padding, str) and padding not in (("valid", "same", "causal") if allow_causal else ("valid", "same")):
        raise ValueError(f"The `padding` argument cannot be {value}.")
    return padding


@adapter("keras.backend.standardize_data_format")
def standardize_data_format(data_format):
    """The order of axes that is meant."""
    if data_format not in (None, "channels_last", "channels_first"):
        raise ValueError(f"The `data_format` argument cannot be {data_format}.")
    return data_format or "channels_last"


@adapter("keras.src.applications.imagenet_utils.preprocess_input")
def preprocess_input(x, data_format=None, mode="caffe"):
    """Images with the numbers that a network was trained with."""
    if is_symbolic(x):
        return record(preprocess_input, x, data_format, mode)
    x = x if isinstance(x, torch.Tensor) else torch.as_tensor(x, dtype=torch.float32)
    axis = -3 if data_format == "channels_first" else -1
    if mode == "tf":
        return x / 127.5 - 1.0
    if mode == "torch":
        x, mean, deviation = x / 255.0, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]
    else:
        x, mean, deviation = torch.flip(x, [axis]), [103.939, 116.779, 123.68], [1.0, 1.0, 1.0]
    shape = [3] + [1] * (-1 - axis)
    mean, deviation = [torch.tensor(numbers, dtype=x.dtype, device=x.device).reshape(shape) for numbers in (mean, deviation)]
    return (x - mean) / deviation
