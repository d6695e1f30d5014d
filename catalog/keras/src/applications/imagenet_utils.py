"""What builders of classifiers of images share: checks of their options, and paddings."""
from __future__ import annotations

import _nw
from _nw import op
from keras.src import rules, state
from keras.src.tensor import Tensor

__public__ = "keras.src.applications.imagenet_utils"


@op
def preprocess_input(x, data_format=None, mode="caffe") -> Tensor:
    return rules.like(x) if _nw.is_tensor(x) else _nw.unknown("an image that was prepared")


def decode_predictions(preds, top=5):
    return _nw.unknown("names of classes")


def _check_sizes(sizes, min_size, channels, weights, input_shape):
    if len(input_shape) != 3:
        raise ValueError("`input_shape` must be a tuple of three integers.")
    if channels != 3 and weights == "imagenet":
        raise ValueError("The input must have 3 channels; Received `input_shape=" + str(input_shape) + "`")
    for size in sizes:
        if size is not None and size < min_size:
            raise ValueError("Input size must be at least " + str(min_size) + "x" + str(min_size) + "; Received: input_shape=" + str(input_shape))


def obtain_input_shape(input_shape, default_size, min_size, data_format, require_flatten, weights=None):
    first = data_format == "channels_first"
    channels = 3
    if weights != "imagenet" and input_shape and len(input_shape) == 3:
        channels = input_shape[0] if first else input_shape[-1]
    default_shape = (channels, default_size, default_size) if first else (default_size, default_size, channels)
    if weights == "imagenet" and require_flatten:
        if input_shape is not None and input_shape != default_shape:
            raise ValueError("When setting `include_top=True` and loading `imagenet` weights, `input_shape` should be " + str(default_shape) +
                             ".  Received: input_shape=" + str(input_shape))
        return default_shape
    if input_shape:
        sizes = input_shape[1:3] if first else input_shape[0:2]
        _check_sizes(sizes, min_size, input_shape[0 if first else -1], weights, input_shape)
    elif require_flatten:
        input_shape = default_shape
    else:
        input_shape = (3, None, None) if first else (None, None, 3)
    if require_flatten and None in input_shape:
        raise ValueError("If `include_top` is True, you should specify a static `input_shape`. Received: input_shape=" + str(input_shape))
    return input_shape


def correct_pad(inputs, kernel_size):
    axis = 2 if state.settings["image_data_format"] == "channels_first" else 1
    sizes = inputs.shape[axis:axis + 2]
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    adjust = (1, 1) if sizes[0] is None else (1 - sizes[0] % 2, 1 - sizes[1] % 2)
    half = (kernel_size[0] // 2, kernel_size[1] // 2)
    return ((half[0] - adjust[0], half[0]), (half[1] - adjust[1], half[1]))


def validate_activation(classifier_activation, weights):
    from keras.src import activations
    if weights is None:
        return None
    classifier_activation = activations.get(classifier_activation)
    if classifier_activation not in (activations.get("softmax"), activations.get(None)):
        raise ValueError("Only `None` and `softmax` activations are allowed for the `classifier_activation` argument when using pretrained weights, "
                         "with `include_top=True`; Received: classifier_activation=" + str(classifier_activation))
    return None
