"""Runs one expression in PyTorch and, through the tables, in Keras, and compares what comes out."""

import collections
import itertools
import os

os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if "KERAS_BACKEND" not in os.environ:
    try:
        import tensorflow  # noqa: F401
    except ImportError:
        os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import tables
import torch

TOLERANCE = 1e-5


def grid(text, **choices):
    """The text with each combination of the choices filled in."""
    return [text.format(**dict(zip(choices, values))) for values in itertools.product(*choices.values())]


# ---------------------------------------------------------------- inputs


def floats(*shape, seed=0, low=-2.0, high=2.0):
    return np.random.default_rng(seed + sum(shape)).uniform(low, high, shape).astype("float32")


def integers(*shape, limit, seed=0):
    return np.random.default_rng(seed).integers(0, limit, shape).astype("int64")


def booleans(*shape, seed=0):
    return np.random.default_rng(seed).random(shape) < 0.4


# ---------------------------------------------------------------- results


def leaves(value, path=""):
    """The tensors and numbers in a result, each with its place."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from leaves(item, f"{path}.{key}")
    elif isinstance(value, (list, tuple)) and not hasattr(value, "detach"):
        yield path + ".len", len(value)
        for i, item in enumerate(value):
            yield from leaves(item, f"{path}[{i}]")
    elif value is None or isinstance(value, (str, bool, int, float)):
        yield path, value
    elif hasattr(value, "detach"):
        yield path, value.detach().resolve_conj().cpu().numpy()
    else:
        yield path, keras.ops.convert_to_numpy(value)


def assert_same(got, want, tolerance=TOLERANCE):
    """Equal in structure, shape and value; dtypes are compared by kind, since Keras' integers are 32 bits wide."""
    got, want = list(leaves(got)), list(leaves(want))
    assert [path for path, _ in got] == [path for path, _ in want]
    for (path, left), (_, right) in zip(got, want):
        if not isinstance(right, np.ndarray):
            assert left == right, f"{path}: {left!r} instead of {right!r}"
            continue
        left = np.asarray(left)
        assert left.shape == right.shape, f"{path}: shape {left.shape} instead of {right.shape}"
        assert left.dtype.kind == right.dtype.kind or {left.dtype.kind, right.dtype.kind} <= {"i", "u"}, f"{path}: {left.dtype} instead of {right.dtype}"
        if right.dtype.kind in "fc":
            assert np.array_equal(np.isfinite(left), np.isfinite(right)), f"{path}: not finite in other places"
            same = np.where(np.isfinite(right), 0, np.where(np.isnan(right), np.isnan(left), left == right) == False)  # noqa: E712
            assert not same.any(), f"{path}: other infinities"
            finite = np.isfinite(right)
            scale = max(1e-3, np.abs(right[finite]).max(initial=0))
            worst = np.abs(left[finite].astype("float64") - right[finite]).max(initial=0)
            assert worst <= tolerance * scale, f"{path}: differs by {worst:.3g} of {scale:.3g}"
        else:
            assert np.array_equal(left, right), f"{path}: other values"


# ---------------------------------------------------------------- weights


def randomise(module, seed=0):
    """Weights away from the initial ones, with statistics that are not trivial."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, tensor in module.state_dict().items():
            if tensor.dtype.is_floating_point:
                values = torch.rand(tensor.shape, generator=generator)
                tensor.copy_(values + 0.5 if name.endswith("running_var") else values * 1.4 - 0.7)


def transposed(array, *order):
    return array.transpose(order)


def kernel_of_convolution(array):
    return array.transpose(*range(2, array.ndim), 1, 0)


def kernel_of_depthwise(array, variable):
    """[channels * multiplier, 1, ...] as [..., channels, multiplier]."""
    channels = variable.shape[-2]
    array = array.reshape((channels, array.shape[0] // channels) + array.shape[2:])
    return array.transpose(*range(2, array.ndim), 0, 1)


# For each native layer: the Keras variable's name, the torch name, and how one becomes the other.
def native_rules():
    layers = keras.layers
    plain = {"bias": ("bias", None)}
    norm = {"gamma": ("weight", None), "beta": ("bias", None), "moving_mean": ("running_mean", None), "moving_variance": ("running_var", None)}
    convolution = {"kernel": ("weight", lambda array, variable: kernel_of_convolution(array)), **plain}
    return {
        layers.Dense: {"kernel": ("weight", lambda array, variable: array.T), **plain},
        layers.Conv1D: convolution, layers.Conv2D: convolution, layers.Conv3D: convolution,
        layers.Conv1DTranspose: convolution, layers.Conv2DTranspose: convolution, layers.Conv3DTranspose: convolution,
        layers.DepthwiseConv1D: {"kernel": ("weight", kernel_of_depthwise), **plain},
        layers.DepthwiseConv2D: {"kernel": ("weight", kernel_of_depthwise), **plain},
        layers.BatchNormalization: norm, layers.GroupNormalization: norm, layers.LayerNormalization: norm,
        layers.RMSNormalization: {"scale": ("weight", None)},
        layers.PReLU: {"alpha": ("weight", lambda array, variable: array.reshape(variable.shape))},
        layers.Embedding: {"embeddings": ("weight", None)},
    }


def held(value, found):
    """Layers and variables in an attribute's value."""
    if isinstance(value, keras.Variable) or isinstance(value, keras.Layer) and value.weights:
        found.append(value)
    elif isinstance(value, dict):
        for item in value.values():
            held(item, found)
    elif isinstance(value, (list, tuple)):
        for item in value:
            held(item, found)
    return found


def places_of_variables(layer):
    """Where the layer holds each of its variables: an attribute, or a place in a list or dict."""
    def walk(value, name):
        if isinstance(value, keras.Variable):
            yield id(value), name
        elif isinstance(value, (list, tuple, dict)):
            for key, item in value.items() if isinstance(value, dict) else enumerate(value):
                yield from walk(item, f"{name}.{key}")
    for name, value in vars(layer).items():
        if not name.startswith("_"):
            yield from walk(value, name)


class Copy:
    """Copies the weights of a torch module into a Keras layer; what was copied is remembered to see that nothing is left over."""

    def __init__(self, module, layer):
        self.state = {name: tensor.detach().numpy() for name, tensor in itertools.chain(module.named_parameters(remove_duplicate=False), module.named_buffers(remove_duplicate=False))}
        self.persistent = set(module.state_dict())
        self.used, self.set = set(), set()
        self.rules = native_rules()
        self.layer(layer, module, "")
        left = {name for name in self.persistent - self.used if not name.endswith("num_batches_tracked")}
        assert not left, f"weights without a place in Keras: {sorted(left)}"
        unset = [variable.path for variable in layer.weights if id(variable) not in self.set and "seed" not in variable.path]
        assert not unset, f"Keras variables without a weight of torch: {unset}"

    def assign(self, variable, name, change=None):
        assert name in self.state, f"torch has no weight {name}; it has {sorted(self.state)}"
        array = self.state[name]
        if change is not None:
            array = change(array, variable)
        assert tuple(array.shape) == tuple(variable.shape), f"{name}: {array.shape} for {variable.shape}"
        variable.assign(array)
        self.used.add(name)
        self.set.add(id(variable))

    def layer(self, layer, module, prefix):
        rule = next((self.rules[kind] for kind in type(layer).__mro__ if kind in self.rules), None)
        own = type(layer) in self.rules
        if own or (rule and not any(name.split(".")[-1] == "weight" for name in [v.name for v in layer._trainable_variables])):
            for variable in layer._trainable_variables + layer._non_trainable_variables:
                self.assign(variable, prefix + rule[variable.name][0], rule[variable.name][1])
            return
        if isinstance(layer, keras.Sequential):
            children = [(name, child) for name, child in module.named_children()]
            assert len(children) == len(layer.layers)
            for (name, child), inner in zip(children, layer.layers):
                self.layer(inner, child, prefix + name + ".")
            return
        places = dict(places_of_variables(layer))
        for variable in layer._trainable_variables + layer._non_trainable_variables:
            self.assign(variable, prefix + places.get(id(variable), variable.name))
        self.attributes(layer, module, prefix)

    def attributes(self, layer, module, prefix):
        """Layers held by attributes: the torch module has them under the same names."""
        seen = set()
        for name, value in list(vars(layer).items()):
            if name.startswith("_") and name not in ("_modules",):
                continue
            self.value(value, module if name == "_modules" else None, module, name, prefix, seen)

    def value(self, value, holder, module, name, prefix, seen):
        if isinstance(value, keras.Layer):
            if id(value) not in seen and value.weights:
                seen.add(id(value))
                self.layer(value, module.get_submodule(name), prefix + name + ".")
        elif isinstance(value, (list, tuple)) and held(value, []):
            child = holder if holder is not None else module.get_submodule(name)
            for i, item in enumerate(value):
                self.value(item, None, child, str(i), prefix if holder is not None else prefix + name + ".", seen)
        elif isinstance(value, dict) and held(value, []):
            child = holder if holder is not None else module.get_submodule(name)
            for key, item in value.items():
                self.value(item, None, child, key, prefix if holder is not None else prefix + name + ".", seen)


# ---------------------------------------------------------------- both sides


def namespaces(only_called=False, adapter=False):
    """The names of a case's text, for torch and for Keras."""
    found = tables.load("torch", "keras")
    source = {"torch": torch, "nn": torch.nn, "F": torch.nn.functional}
    target = {name: found.names(value.__name__, only_called, adapter) for name, value in source.items()}
    try:
        import einops.layers.torch
        source["einops"] = einops
        target["einops"] = found.names("einops")
    except ImportError:
        pass
    for names in (source, target):
        names["OrderedDict"] = collections.OrderedDict
        names["np"] = np
    return source, target


def to_torch(value):
    if isinstance(value, np.ndarray):
        return torch.from_numpy(value.copy())
    if isinstance(value, (list, tuple)):
        return type(value)(to_torch(item) for item in value)
    return value


def to_keras(value):
    if isinstance(value, np.ndarray):
        return keras.ops.convert_to_tensor(value.astype("int32") if value.dtype.kind == "i" else value)
    if isinstance(value, (list, tuple)):
        return type(value)(to_keras(item) for item in value)
    return value


def copies(value):
    """Writing in place into a leaf is not allowed."""
    if isinstance(value, (list, tuple)):
        return type(value)(copies(item) for item in value)
    return value.clone() if hasattr(value, "clone") else value


def first_float(value):
    return next((item for _, item in leaves_of(value) if is_float(item)), None)


def leaves_of(value, path=""):
    if isinstance(value, (list, tuple)) and not hasattr(value, "shape"):
        for i, item in enumerate(value):
            yield from leaves_of(item, f"{path}[{i}]")
    else:
        yield path, value


def is_float(value):
    return hasattr(value, "dtype") and "float" in str(value.dtype)


class Layer:
    """A module and its translation, made from one text."""

    def __init__(self, text, only_called=False, make=None, adapter=False, tensors=None):
        """`tensors`: values that the text names."""
        source, target = namespaces(only_called, adapter)
        for name, value in (tensors or {}).items():
            source[name], target[name] = to_torch(value), to_keras(value)
        torch.manual_seed(0)
        self.text = text
        self.module = (make(source["nn"], torch.from_numpy) if make else eval(text, source)).eval()
        self.layer = make(target["nn"], keras.ops.convert_to_tensor) if make else eval(text, target)

    def check(self, *inputs, tolerance=TOLERANCE, gradient=True, symbolic=True, weights=True, **options):
        """Compares results, then gradients, then the results of a traced model with open batch size."""
        keywords = {name: to_keras(value) for name, value in options.items()}
        with torch.no_grad():
            self.module(*[to_torch(value) for value in inputs], **{name: to_torch(value) for name, value in options.items()})
        randomise(self.module)
        arguments = [to_keras(value) for value in inputs]
        self.layer(*arguments, training=False, **keywords)
        if weights:
            Copy(self.module, self.layer)
        sources = [to_torch(value) for value in inputs]
        if first_float(sources) is not None:
            first_float(sources).requires_grad_()
        want = self.module(*copies(sources), **{name: to_torch(value) for name, value in options.items()})
        got = self.layer(*arguments, training=False, **keywords)
        assert_same(got, want, tolerance)
        if gradient and keras.backend.backend() == "tensorflow":
            self.check_gradient(sources, want, arguments, keywords, tolerance * 10)
        if symbolic:
            self.check_traced(arguments, keywords, want, tolerance)

    def check_gradient(self, sources, want, arguments, keywords, tolerance):
        import tensorflow as tf
        source, result = first_float(sources), first_float(want)
        if source is None or result is None or not result.requires_grad:
            return
        factors = np.random.default_rng(7).uniform(0.5, 2, result.shape).astype("float32")
        (result * torch.from_numpy(factors)).sum().backward()
        with tf.GradientTape() as tape:
            target = first_float(arguments)
            tape.watch(target)
            loss = keras.ops.sum(first_float(self.layer(*arguments, training=False, **keywords)) * factors)
        got = tape.gradient(loss, target)
        if source.grad is None:
            assert got is None
            return
        assert_same(tf.convert_to_tensor(got) if got is not None else tf.zeros_like(target), source.grad, tolerance)

    def check_traced(self, arguments, keywords, want, tolerance):
        if not all(hasattr(value, "shape") and len(value.shape) for value in arguments):
            return
        inputs = [keras.Input(batch_shape=tuple(value.shape), dtype=keras.backend.standardize_dtype(value.dtype)) for value in arguments]
        model = keras.Model(inputs, self.layer(*inputs, training=False, **keywords))
        assert_same(model(arguments if len(arguments) > 1 else arguments[0], training=False), want, tolerance)


def check_layer(text, *inputs, only_called=False, make=None, tensors=None, **options):
    Layer(text, only_called, make, tensors=tensors).check(*inputs, **options)


def check_adapter(text, *inputs, **options):
    """As a class that is passed around as a value: the adapter, where a template would do."""
    Layer(text, adapter=True).check(*inputs, **options)


def check_expression(text, tolerance=TOLERANCE, **inputs):
    """A function call or an expression over tensors, the same text on both sides: "torch.roll(x, 1, dims=2)"."""
    source, target = namespaces()
    want = eval(text, source, {name: to_torch(value) for name, value in inputs.items()})
    got = eval(text, target, {name: to_keras(value) for name, value in inputs.items()})
    assert_same(got, want, tolerance)


def refused(text, only_called=False):
    """Whether the tables leave the call alone."""
    try:
        eval(text, namespaces(only_called)[1])
    except (tables.Untranslated, NotImplementedError):
        return True
    return False
