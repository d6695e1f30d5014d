"""What a layer says of its inputs."""
from __future__ import annotations

import _nw
from keras.src import dtypes, symbolic, tree

__public__ = "keras"


class InputSpec:
    def __init__(self, dtype=None, shape=None, ndim=None, max_ndim=None, min_ndim=None, axes=None, allow_last_axis_squeeze=False, name=None, optional=False):
        self.dtype = dtypes.standardize(dtype) if dtype is not None else None
        self.shape = tuple(shape) if shape is not None else None
        self.ndim = len(self.shape) if shape is not None else ndim
        self.max_ndim = max_ndim
        self.min_ndim = min_ndim
        self.axes = dict(axes) if axes else {}
        self.allow_last_axis_squeeze = allow_last_axis_squeeze
        self.name = name
        self.optional = optional


def _ones_off(shape):
    return shape[:-1] if shape and _nw.known(shape[-1]) and shape[-1] == 1 else shape


def assert_input_compatibility(input_spec, inputs, layer_name):
    specs = tree.flatten(input_spec)
    if isinstance(inputs, dict):
        names = [spec.name for spec in specs]
        if all(names):
            chosen = []
            for name in names:
                if name not in inputs:
                    raise ValueError("Missing data for input " + name)
                chosen.append(inputs[name])
            inputs = chosen
    inputs = tree.flatten(inputs)
    if len(inputs) != len(specs):
        raise ValueError("Layer " + layer_name + " expects another number of inputs.")
    for x, spec in zip(inputs, specs):
        if spec is None or (x is None and spec.optional):
            continue
        if not hasattr(x, "shape"):
            raise ValueError("Inputs to a layer should be tensors.")
        _check(spec, symbolic.static_shape(x), x, layer_name)


def _check(spec, shape, x, layer_name):
    ndim = len(shape)
    message = "Input of layer " + layer_name + " is incompatible with the layer"
    if spec.ndim is not None and not spec.allow_last_axis_squeeze and ndim != spec.ndim:
        raise ValueError(message + ": expected ndim=" + str(spec.ndim) + ", found ndim=" + str(ndim))
    if spec.max_ndim is not None and ndim > spec.max_ndim:
        raise ValueError(message + ": expected a lower ndim")
    if spec.min_ndim is not None and ndim < spec.min_ndim:
        raise ValueError(message + ": expected min_ndim=" + str(spec.min_ndim) + ", found ndim=" + str(ndim))
    if spec.dtype is not None and dtypes.name_of(x) != spec.dtype:
        raise ValueError(message + ": expected another dtype")
    for axis in spec.axes:
        value = spec.axes[axis]
        if value is not None and shape[axis] is not None:
            _nw.check(shape[axis] == value, message + ": expected another size of an axis", ValueError)
    if spec.shape is not None:
        wanted = spec.shape
        if spec.allow_last_axis_squeeze:
            shape, wanted = _ones_off(shape), _ones_off(wanted)
        for a, b in zip(wanted, shape):
            if a is not None and b is not None:
                _nw.check(a == b, message + ": expected another shape", ValueError)
