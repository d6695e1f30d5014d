"""Weights that are computed from others whenever they are read."""

import math

import keras
from keras import ops


@adapter("helper.computed")
def computed(module, name, compute):
    """Makes an attribute of a layer what `compute` gives for the layer, whenever it is read."""
    delattr(module, name)
    module.__class__ = type(type(module).__name__, (type(module),), {name: property(compute)})
    return module


@adapter("helper.uncomputed")
def uncomputed(module, name):
    """Makes an attribute that is computed a variable again, of the value that it has."""
    value = keras.Variable(getattr(module, name), name=name)
    module.__class__ = type(module).__bases__[0]
    setattr(module, name, value)
    return module


@adapter("helper.weight_of_norm")
def weight_of_norm(v, g, dim=0):
    """A direction with a length: v / |v| * g, the norm over all axes but `dim`; -1: over all."""
    axes = [axis for axis in range(len(v.shape)) if dim == -1 or axis != dim % len(v.shape)]
    return v / ops.sqrt(ops.sum(ops.square(v), axis=axes, keepdims=True)) * g


@adapter("torch.nn.utils.weight_norm")
def weight_norm(module, name="weight", dim=0):
    """Splits a weight of a layer into lengths, NAME_g, and directions, NAME_v."""
    dim = -1 if dim is None else dim
    weight = ops.convert_to_tensor(getattr(module, name))
    axes = [axis for axis in range(len(weight.shape)) if dim == -1 or axis != dim % len(weight.shape)]
    setattr(module, name + "_g", keras.Variable(ops.sqrt(ops.sum(ops.square(weight), axis=axes, keepdims=dim != -1)), name=name + "_g"))
    setattr(module, name + "_v", keras.Variable(weight, name=name + "_v"))
    return computed(module, name, lambda layer: weight_of_norm(getattr(layer, name + "_v"), getattr(layer, name + "_g"), dim))


@adapter("torch.nn.utils.remove_weight_norm")
def remove_weight_norm(module, name="weight"):
    """Puts a weight of a layer together again."""
    uncomputed(module, name)
    delattr(module, name + "_g")
    delattr(module, name + "_v")
    return module


@adapter("torch.nn.utils.parametrizations.weight_norm")
def weight_norm_parametrization(module, name="weight", dim=0):
    """Splits a weight of a layer into lengths, NAME_g, and directions, NAME_v."""
    return weight_norm(module, name, dim)


@adapter("helper.weight_of_spectral_norm")
def weight_of_spectral_norm(weight, u, v, dim=0, eps=1e-12):
    """A weight divided by its largest singular value, whose vectors are u and v; a vector by its length."""
    if u is None:
        return weight / ops.maximum(ops.sqrt(ops.sum(ops.square(weight))), eps)
    rows = ops.reshape(ops.moveaxis(weight, dim, 0), (u.shape[0], v.shape[0]))
    return weight / ops.sum(u * ops.matmul(rows, v))


@adapter("torch.nn.utils.spectral_norm")
def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    """Divides a weight of a layer by its largest singular value, whose vectors NAME_u and NAME_v come with the weights."""
    weight = ops.convert_to_tensor(getattr(module, name))
    if dim is None:
        dim = 1 if type(module).__name__.startswith("ConvTranspose") else 0
    setattr(module, name + "_orig", keras.Variable(weight, name=name + "_orig"))
    if len(weight.shape) > 1:
        rows = weight.shape[dim]
        columns = math.prod(weight.shape) // rows
        setattr(module, name + "_u", keras.Variable(ops.ones((rows,)) / rows**0.5, trainable=False, name=name + "_u"))
        setattr(module, name + "_v", keras.Variable(ops.ones((columns,)) / columns**0.5, trainable=False, name=name + "_v"))
    return computed(module, name, lambda layer: weight_of_spectral_norm(getattr(layer, name + "_orig"), getattr(layer, name + "_u", None), getattr(layer, name + "_v", None), dim, eps))


@adapter("torch.nn.utils.remove_spectral_norm")
def remove_spectral_norm(module, name="weight"):
    """Makes a weight of a layer what it is divided by its largest singular value."""
    uncomputed(module, name)
    for kind in ("_orig", "_u", "_v"):
        delattr(module, name + kind)
    return module


@adapter("torch.nn.utils.parametrizations.spectral_norm")
def spectral_norm_parametrization(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    """Divides a weight of a layer by its largest singular value, whose vectors NAME_u and NAME_v come with the weights."""
    return spectral_norm(module, name, n_power_iterations, eps, dim)


@adapter("torch.nn.utils.parametrize.register_parametrization")
def register_parametrization(module, tensor_name, parametrization, *, unsafe=False):
    """Makes a weight of a layer what a layer computes from it, or from what that layer's right_inverse makes of it."""
    count = len([name for name in vars(module) if name.startswith(f"{tensor_name}_parametrization")])
    earlier = None if count == 0 else getattr(type(module), tensor_name).fget
    setattr(module, f"{tensor_name}_parametrization{count}", parametrization)
    if count > 0:
        module.__class__ = type(module).__bases__[0]
        module.__class__ = type(type(module).__name__, (type(module),), {tensor_name: property(lambda layer: parametrization(earlier(layer)))})
        return module
    weight = ops.convert_to_tensor(getattr(module, tensor_name))
    if hasattr(parametrization, "right_inverse"):
        weight = parametrization.right_inverse(weight)
    parts = weight if isinstance(weight, (tuple, list)) else [weight]
    names = [f"{tensor_name}_original{i}" for i in range(len(parts))]
    for name, part in zip(names, parts):
        setattr(module, name, keras.Variable(part, name=name))
    return computed(module, tensor_name, lambda layer: parametrization(*[ops.convert_to_tensor(getattr(layer, name)) for name in names]))
