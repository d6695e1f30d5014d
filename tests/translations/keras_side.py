"""Runs a piece of Keras code with Keras and, through the tables, with PyTorch, and compares what comes out."""

import contextlib
import functools
import inspect
import os

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import einops.layers.tensorflow
import keras
import numpy as np
import tables
import tensorflow as tf
import torch

TOLERANCE = 1e-5

# Adapters for each other, and what only the catalog knows by these names.
INTERNAL = ("netwright.", "torch.Tensor.", "keras.src.", "keras.ops.name_scope", "keras._TrackedList.", "tensorflow.name_scope", "tensorflow.Tensor", "keras.backend.get_keras_mask",
            "keras.backend.set_keras_mask", "keras.backend.standardize_data_format")
RANDOM = np.random.default_rng(7)


def start_numbers(seed):
    """From here on the same numbers are drawn for the same seed."""
    RANDOM.bit_generator.state = np.random.default_rng(seed).bit_generator.state


class KerasNames(tables.Names):
    """A dotted name of Keras or TensorFlow; the same object under another name has the row of the first. As in files with several meanings of a
    call, templates may be left out."""

    def __init__(self, tables, name, only_adapters=False):
        super().__init__(tables, name)
        self.only_adapters = only_adapters

    def __getattr__(self, part):
        if part.startswith("__"):
            raise AttributeError(part)
        name = row_name(self.name + "." + part)
        if name in self.tables.values and not inspect.ismodule(real(name)):
            return self.tables.value(name)
        return KerasNames(self.tables, name, self.only_adapters)

    def __call__(self, *args, **kwargs):
        if self.only_adapters and self.name in self.tables.adapters:
            return self.tables.adapter(self.name)(*[self.plain(value) for value in args], **{key: self.plain(value) for key, value in kwargs.items()})
        return self.tables.translate(self.name, [self.plain(value) for value in args], {key: self.plain(value) for key, value in kwargs.items()})

    def plain(self, value):
        """A name among the arguments is the value that it stands for."""
        if isinstance(value, KerasNames):
            return self.tables.value(value.name)
        if isinstance(value, list):
            return [self.plain(item) for item in value]
        return tuple(self.plain(item) for item in value) if type(value) is tuple else value


@functools.lru_cache(None)
def known_names():
    """Rows by the identity of what they name."""
    loaded = tables.load("keras", "torch")
    found = {}
    for rows in (loaded.adapters, loaded.translations, loaded.values, loaded.dropped):
        for name in rows:
            with contextlib.suppress(AttributeError):  # names of Keras 2's backend are not in Keras 3
                if not name.startswith(INTERNAL):
                    found.setdefault(id(real(name)), name)
    return found


def real(name):
    parts = name.split(".")
    value = {"keras": keras, "einops": einops}.get(parts[0], tf)
    for part in parts[1:]:
        if value is keras.layers and not hasattr(value, part):  # it is exported under another name
            return next(one for one in vars(value).values() if getattr(one, "__name__", "") == part)
        value = getattr(value, part) if hasattr(value, part) or value is not tf else getattr(tf.math, part)  # the catalog keeps some a level higher
    return value


@functools.lru_cache(None)
def row_name(name):
    loaded = tables.load("keras", "torch")
    if name in loaded.adapters or name in loaded.translations:
        return name
    try:
        return known_names().get(id(real(name)), name)
    except AttributeError:
        return name


def both(text):
    """The value of the expression, or `build()` of a program, with Keras and with PyTorch."""
    loaded = tables.load("keras", "torch")
    results = []
    for framework, tensorflow, patterns in ((keras, tf, einops), [KerasNames(loaded, name) for name in ("keras", "tensorflow", "einops")]):
        names = {"keras": framework, "einops": patterns, "layers": framework.layers, "ops": framework.ops, "tf": tensorflow, "np": np, "functools": functools}
        if "\n" in text:
            exec(text, names)
            results.append(names["build"]())
        else:
            results.append(eval(text, names))
    return results


# ---------------------------------------------------------------- weights


def fill(model):
    """Random weights, so that none of them is without influence."""
    for weight in model.weights:
        value = RANDOM.uniform(-0.5, 0.5, weight.shape).astype("float32")
        if "variance" in weight.name or "var" in weight.name:
            value = abs(value) + 0.5
        if "float" in str(weight.dtype):
            weight.assign(value)
    for layer in model._flatten_layers():
        if hasattr(layer, "finalize_state"):
            layer.finalize_state()


def owner_of(model, weight):
    for layer in model._flatten_layers():
        if any(one is weight for one in layer._trainable_variables + layer._non_trainable_variables):
            return type(layer).__name__
    return ""


def converted(owner, weight, name):
    """A weight of Keras in the layout of PyTorch."""
    value = weight.numpy()
    if owner.startswith("DepthwiseConv") and weight.name == "kernel" or weight.name == "depthwise_kernel":
        value = np.moveaxis(value, (-2, -1), (0, 1))
        return value.reshape(value.shape[0] * value.shape[1], 1, *value.shape[2:])
    if name.endswith(("weight_ih", "weight_hh")):
        return value.T
    if name.endswith("weight") and weight.name.endswith("kernel"):
        return np.moveaxis(value, (-1, -2), (0, 1))
    return value


def recurrent_weights(source, target):
    """Those of recurrent layers, by name, and the ones of Keras that they are: columns are rows there, and a GRU begins with the update gate."""
    new, done = {}, []
    cells = [layer.cell for layer in source._flatten_layers() if type(layer).__name__ in ("LSTM", "GRU", "SimpleRNN")]
    for cell, (name, module) in zip(cells, [pair for pair in target.named_modules() if isinstance(pair[1], torch.nn.RNNBase)]):
        values = [weight.numpy().T for weight in cell.weights]
        if type(cell).__name__ == "GRUCell":
            values = [np.concatenate([np.split(value, 3)[i] for i in (1, 0, 2)]) for value in values]
        if len(values) > 2:
            biases = values.pop()
            if not module.bias:  # PyTorch's layer has two or none
                new[name.removesuffix("rnn") + "only_bias"] = torch.tensor(biases)
            values += [biases, 0 * biases] if biases.ndim == 1 else [biases[:, 0], biases[:, 1]]
        new.update({f"{name}.{key}": torch.tensor(value) for key, value in zip(module.state_dict(), values)})
        done += cell.weights
    return new, done


# What a weight is called there and here, where that is not the same.
MEANING = {"weight": ("kernel", "gamma", "scale"), "bias": ("bias", "beta"), "running_mean": ("moving_mean",), "running_var": ("moving_variance",),
           "depthwise_weight": ("depthwise_kernel",), "pointwise_weight": ("pointwise_kernel",), "adapt_mean": ("mean",), "adapt_variance": ("variance",),
           "weight_ih": ("kernel",), "weight_hh": ("recurrent_kernel",), "query_kernel": ("kernel",), "query_bias": ("bias",), "key_kernel": ("kernel",),
           "key_bias": ("bias",), "value_kernel": ("kernel",), "value_bias": ("bias",), "output_kernel": ("kernel",), "output_bias": ("bias",)}


def copy_weights(source, target):
    """Each weight of Keras goes to the first of that shape and meaning that is left: both sides make them in one order, but for those in lists."""
    state = target.state_dict(keep_vars=True)
    left = {id(value): name for name, value in reversed(state.items())}
    left = {name: state[name] for name in state if name in left.values()}
    new, done = recurrent_weights(source, target)
    left = {name: left[name] for name in left if name not in new}
    weights = [weight for weight in source.weights if all(weight is not other for other in done)]
    assert len(left) == len(weights), (list(left), [weight.path for weight in weights])
    for weight in weights:
        for name, old in left.items():
            value = converted(owner_of(source, weight), weight, name)
            last = name.split(".")[-1]
            if value.shape == tuple(old.shape) and weight.name in MEANING.get(last, (last,)):
                new.update({other: torch.tensor(value) for other in state if state[other] is old})
                del left[name]
                break
        else:
            raise AssertionError((weight.path, value.shape, {name: tuple(value.shape) for name, value in left.items()}))
    target.load_state_dict(new, strict=True)


# ---------------------------------------------------------------- comparing


def leaves(value):
    if isinstance(value, dict):
        return [leaf for key in sorted(value) for leaf in leaves(value[key])]
    if isinstance(value, (list, tuple)):
        return [leaf for item in value for leaf in leaves(item)]
    if isinstance(value, torch.Tensor):
        return [value.detach().numpy()]
    return [np.array(value)]


def same(got, want):
    got, want = leaves(got), leaves(want)
    assert len(got) == len(want)
    for one, other in zip(got, want):
        assert one.shape == other.shape, (one.shape, other.shape)
        assert one.dtype.kind == other.dtype.kind, (one.dtype, other.dtype)
        if other.size:
            scale = max(1.0, np.abs(np.nan_to_num(other.astype("float64"))).max()) if other.dtype.kind in "fiu" else 1.0
            np.testing.assert_allclose(one, other, rtol=0, atol=TOLERANCE * scale)


def tensors(values, make):
    if isinstance(values, (list, tuple)):
        return [tensors(value, make) for value in values]
    return make(values) if isinstance(values, np.ndarray) else values


def check_layer(text, *inputs, **kwargs):
    """A layer or model, called with the arrays."""
    source, target = both(text)
    source(*tensors(inputs, tf.constant), **kwargs)
    fill(source)
    want = source(*tensors(inputs, tf.constant), **kwargs)
    target.eval()
    with torch.no_grad():
        target(*tensors(inputs, torch.tensor), **kwargs)
        copy_weights(source, target)
        same(target(*tensors(inputs, torch.tensor), **kwargs), want)
    return source, target


def value_of(text, framework, tensorflow, arrays):
    names = {"keras": framework, "ops": framework.ops, "layers": framework.layers, "tf": tensorflow, "np": np, "K": framework.backend}
    names.update(arrays)
    return eval(text, names)


def check_value(text, symbolic=True, **arrays):
    """An expression of tensors: by templates, by adapters, and as a functional model."""
    loaded = tables.load("keras", "torch")
    given = {name: tensors(value, tf.constant) for name, value in arrays.items()}
    want = value_of(text, keras, tf, given)
    for only_adapters in (False, True):
        names = [KerasNames(loaded, package, only_adapters) for package in ("keras", "tensorflow")]
        same(value_of(text, *names, {name: tensors(value, torch.tensor) for name, value in arrays.items()}), want)
    names = [KerasNames(loaded, package, True) for package in ("keras", "tensorflow")]
    inputs = {name: names[0].Input(value.shape[1:], dtype=str(value.dtype)) for name, value in arrays.items() if isinstance(value, np.ndarray)}
    if symbolic and inputs and len(inputs) == len(arrays) and all(value.ndim > 1 and value.shape[0] > 1 for value in arrays.values()) and "shape" not in text:
        model = names[0].Model(list(inputs.values()), value_of(text, *names, inputs))
        same(model(*[torch.tensor(value) for value in arrays.values()]), want)


def floats(*shape, low=-2.0, high=2.0):
    return RANDOM.uniform(low, high, shape).astype("float32")
